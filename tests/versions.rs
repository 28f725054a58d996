//! A file of every version of every form, kept for ever: each must be read, and lifted to the current one.
//! A new version adds its file here; none is changed or taken out.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dualcert::certificate::{self, CERTIFICATE_VERSION, PublicKey, Trust, sha256};
use dualcert::design::design_schema;
use dualcert::record::{RECORD_VERSION, Record};
use dualcert::report::FORMAT_VERSION;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every file with the SHA-256 of its bytes.
const KEPT: [(&str, &str); 13] = [
    (
        "certificate-1.0.json",
        "743a2a23fbc10d5b0c6173356f6749e317d0e112338645d5f907be4180c2cbb2",
    ),
    (
        "certificate-1.1.json",
        "43c008717d9a07a594d0330c205509d286ba0d5cd28e16f3fa0fe55b0d55de9f",
    ),
    (
        "certificate-1.2.json",
        "8fab9cf2a104c1acdc7ebc1734f7f425201ffa981644ff45c3b207571080eaf8",
    ),
    (
        "certificate-1.3.json",
        "52c56a78b102d202b4b588aed032ba3eb64cc806cde498779537fff8e5340749",
    ),
    (
        "design-1.0.json",
        "74bd4afba176c9129aded072f5cbc90f2f2521289b25b4c11116f3c97174edb8",
    ),
    (
        "design-of-certificate-1.3.json",
        "483d21ea03ec7366a52df1d025d9164ef0555a6eaca48ec32a22c9b179f0212c",
    ),
    (
        "key-2.pub",
        "1da9715b32a724df5cf802d8b5d34404fef6857dcb2b956c691a43259c048a52",
    ),
    (
        "key-3.pub",
        "c41cbc594c89ad306a55919630bd281b954b4f99d720235a74e51af98bd3cf40",
    ),
    (
        "key.pub",
        "131182830fcabce86b8944945f6195245cc12241ff0a90f038f191d9d6575951",
    ),
    (
        "record-1.0-a.json",
        "f68dfede25c34e3166c0834ebe7b00bb613361385e4449ccabefc8e3be2ee0c7",
    ),
    (
        "record-1.0-b.json",
        "9cb86e44431487fc7c6d4bcdafc5ba0a41858eed3123632f6274f64386e9675c",
    ),
    (
        "record-1.0-pair.json",
        "aa035160848eb06d096f342809cd99159885c59a854f9c7f5e40495221aa4a51",
    ),
    (
        "report-1.0.json",
        "308fe35fa3eeb0735ecbe76623f46a72e2399a45a6258374fd1f2cdc4b08f782",
    ),
];

fn path(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/versions").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// Exit code, standard output and standard error of `migrate` on a kept file.
fn migrate(name: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .arg("migrate")
        .arg(name)
        .args(more)
        .current_dir(path(""))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// What a certificate states.
fn payload(name: &str) -> Value {
    let envelope: Value = serde_json::from_str(&text(name)).unwrap();
    let bytes = STANDARD.decode(envelope["payload"].as_str().unwrap());
    serde_json::from_slice(&bytes.unwrap()).unwrap()
}

#[test]
fn what_is_kept_is_never_changed_and_no_version_is_without_a_file() {
    let mut found: Vec<String> = fs::read_dir(path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    let kept: Vec<&str> = KEPT.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, kept);
    for (name, digest) in KEPT {
        assert_eq!(sha256(&fs::read(path(name)).unwrap()), digest, "{name}");
    }
    let schema = design_schema();
    let design = schema["properties"]["design_version"]["const"].as_str();
    let current = [
        format!("design-{}.json", design.unwrap()),
        format!("record-{RECORD_VERSION}-a.json"),
        format!("certificate-{CERTIFICATE_VERSION}.json"),
        format!("report-{FORMAT_VERSION}.json"),
    ];
    for name in current {
        assert!(kept.contains(&name.as_str()), "no file {name}");
    }
}

#[test]
fn what_is_of_the_current_version_stays_byte_for_byte() {
    for (name, _) in KEPT {
        let is_record = name.starts_with("record-");
        if is_record {
            let value = serde_json::from_str(&text(name)).unwrap();
            Record::from_value(&value).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        if is_record || name.starts_with("design-") || name.starts_with("report-") {
            let (code, stdout, stderr) = migrate(name, &[]);
            assert_eq!((code, stdout == text(name)), (Some(0), true), "{stderr}");
            assert!(stderr.contains("nothing changed"), "{stderr}");
        }
    }
}

#[test]
fn certificates_of_every_version_hold_and_the_older_is_lifted_to_what_the_newer_states() {
    let key = PublicKey::from_pem(&text("key.pub")).unwrap();
    let trust = Trust::in_one("kept", key);
    let newer = PublicKey::from_pem(&text("key-2.pub")).unwrap();
    let newest = PublicKey::from_pem(&text("key-3.pub")).unwrap();
    for (name, trust) in [
        ("certificate-1.0.json", &trust),
        ("certificate-1.1.json", &trust),
        ("certificate-1.2.json", &Trust::in_one("kept", newer)),
        ("certificate-1.3.json", &Trust::in_one("kept", newest)),
    ] {
        let opened = certificate::open(name, text(name).as_bytes(), trust).unwrap();
        let version = opened.predicate().certificate_version;
        assert_eq!(name, format!("certificate-{version}.json"));
    }
    let (code, stdout, _) = migrate("certificate-1.3.json", &["--public-key", "key-3.pub"]);
    assert_eq!((code, stdout), (Some(0), text("certificate-1.3.json")));
    let (code, stdout, stderr) = migrate("certificate-1.2.json", &["--public-key", "key-2.pub"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains("validation: left out"), "{stderr}");
    let lifted: Value = serde_json::from_str(&stdout).unwrap();
    assert!(lifted["predicate"].get("validation").is_none());
    let trusted = ["--public-key", "key.pub"];
    let design = [&trusted[..], &["--design", "design-1.0.json"]].concat();
    let (code, first, stderr) = migrate("certificate-1.0.json", &design);
    assert_eq!(code, Some(0), "{stderr}");
    insta::assert_snapshot!("lifted_certificate", stderr);
    // Made of the same design, so that both come to the same, with the same id.
    for more in [&trusted[..], &design] {
        let (code, stdout, stderr) = migrate("certificate-1.1.json", more);
        assert_eq!((code, &stdout), (Some(0), &first), "{stderr}");
        assert!(!stderr.contains("material_supply"), "{stderr}");
    }
    let lifted: Value = serde_json::from_str(&first).unwrap();
    let mut older = payload("certificate-1.1.json");
    older["predicate"]["certificate_version"] = CERTIFICATE_VERSION.into();
    older["predicate"]["id"] = lifted["predicate"]["id"].clone();
    assert_eq!(lifted, older);
}

/// The standards of the kept certificates were replaced since; the program has them still.
#[test]
fn certificates_by_standards_that_were_replaced_are_judged_again_by_these() {
    for (name, key) in [
        ("certificate-1.0.json", "key.pub"),
        ("certificate-1.1.json", "key.pub"),
        ("certificate-1.2.json", "key-2.pub"),
        ("certificate-1.3.json", "key-3.pub"),
    ] {
        let run = |standards: &[&str]| {
            let head = ["verify", name, "--public-key", key, "--as-of", "2026-12-01"];
            let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
                .args([&head[..], &["--format", "json"], standards].concat())
                .current_dir(path(""))
                .output()
                .unwrap();
            let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
            (output.status.code(), answer)
        };
        for standards in [&[][..], &["--standards", "../../standards"]] {
            let (code, answer) = run(standards);
            assert_eq!(
                (code, &answer["outcome"]),
                (Some(0), &"valid".into()),
                "{name}: {answer:#}"
            );
            let levels = answer["levels"].to_string();
            let stated = payload(name)["predicate"]["standards"].clone();
            let stated = stated.as_array().unwrap().iter();
            let told = stated.filter(|one| {
                let words = |key: &str| one[key].as_str().unwrap().to_owned();
                let name = format!("{} {}", words("series"), words("version"));
                levels.contains(&format!("{name} has been replaced since"))
            });
            assert!(
                told.count() > 0
                    || ["certificate-1.2.json", "certificate-1.3.json"].contains(&name),
                "{levels}"
            );
        }
    }
}

/// The values of a certificate of an older program are those of today, within the tolerance that the record schema states, and
/// so are its verdicts, by what is known of uncertainties today.
#[test]
fn certificates_of_an_older_schema_are_computed_again() {
    let design = ["--design", "design-1.0.json", "--public-key", "key.pub"];
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(["verify", "certificate-1.0.json", "--as-of", "2026-12-01"])
        .args([&design[..], &["--format", "json"]].concat())
        .current_dir(path(""))
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["outcome"], "valid", "{answer:#}");
    let told = answer["levels"][2]["message"].as_str().unwrap();
    assert!(
        told.contains("every value within the stated tolerance"),
        "{told}"
    );
    for one in answer["differences"].as_array().unwrap() {
        let field = one["field"].as_str().unwrap();
        let obtained = one["stored"].is_null();
        assert!(field.starts_with("uncertainty/") || obtained, "{one}");
    }
}

/// The first that was kept with its design and states on how many machines its uncertainties rest.
#[test]
fn a_certificate_with_its_foundation_is_computed_again() {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(["verify", "certificate-1.3.json", "--as-of", "2026-12-01"])
        .args(["--design", "design-of-certificate-1.3.json"])
        .args(["--public-key", "key-3.pub", "--format", "json"])
        .current_dir(path(""))
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["outcome"], "valid", "{answer:#}");
    let validation = answer["validation"].as_array().unwrap();
    let torque = validation.iter().find(|one| one["quantity"] == "torque");
    assert_eq!(torque.unwrap()["machine_count"], 6);
}

#[test]
fn what_cannot_be_lifted_is_told() {
    let design = ["--design", "record-1.0-a.json"];
    let trusted = ["--public-key", "key.pub"];
    let others = [
        "--design",
        "design-1.0.json",
        "--materials",
        "record-1.0-a.json",
    ];
    let cases: [(&str, &[&str], i32, &str); 6] = [
        (
            "certificate-1.0.json",
            &[&trusted[..], &others].concat(),
            1,
            "the materials are not those of the certificate",
        ),
        (
            "certificate-1.0.json",
            &[],
            2,
            "name --public-key or --trust",
        ),
        ("certificate-1.0.json", &trusted, 1, "with --design"),
        (
            "certificate-1.0.json",
            &[&trusted[..], &design].concat(),
            1,
            "not the file that was certified",
        ),
        ("key.pub", &[], 3, "key.pub:1:"),
        ("no-such.json", &[], 3, "no such file"),
    ];
    for (name, more, expected, words) in cases {
        let (code, stdout, stderr) = migrate(name, more);
        assert_eq!((code, stdout.as_str()), (Some(expected), ""), "{stderr}");
        assert!(stderr.contains(words), "{name} {more:?}: {stderr}");
    }
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.json").display().to_string();
    for (content, words) in [
        (
            text("design-1.0.json").replacen("1.0", "2.0", 1),
            "design_version",
        ),
        (
            text("record-1.0-a.json").replacen("1.0", "2.0", 1),
            "record_version",
        ),
        ("{}".to_owned(), "neither a design"),
    ] {
        fs::write(&other, content).unwrap();
        let (code, stdout, stderr) = migrate(&other, &[]);
        assert_eq!((code, stdout.as_str()), (Some(3), ""), "{stderr}");
        assert!(stderr.contains(words), "{stderr}");
    }
}

/// The report without what the first reports of its version did not say yet.
fn first_report() -> Value {
    let mut report: Value = serde_json::from_str(&text("report-1.0.json")).unwrap();
    let take = |object: &mut Value, names: &[&str]| {
        let object = object.as_object_mut().unwrap();
        object.retain(|name, _| !names.contains(&name.as_str()));
    };
    take(&mut report, &["level", "portfolio"]);
    take(&mut report["summary"], &["does_not"]);
    let file = &mut report["files"][0];
    take(file, &["as_of_from"]);
    take(
        &mut file["candidates"][0],
        &["remedies", "supply", "change_rule"],
    );
    report
}

fn migrate_value(value: &Value) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.json");
    fs::write(&file, value.to_string()).unwrap();
    let (code, stdout, stderr) = migrate(file.to_str().unwrap(), &[]);
    (
        code,
        stdout,
        stderr.replace(file.to_str().unwrap(), "report.json"),
    )
}

#[test]
fn a_report_of_the_first_form_is_lifted_as_far_as_it_tells() {
    let first = first_report();
    let (code, stdout, stderr) = migrate_value(&first);
    assert_eq!(code, Some(0), "{stderr}");
    insta::assert_snapshot!("lifted_report", stderr);
    let lifted: Value = serde_json::from_str(&stdout).unwrap();
    let count = lifted["files"][0]["candidates"][0]["meets_both"] == false;
    assert_eq!(lifted["summary"]["does_not"], u8::from(count));
    assert_eq!(
        (&lifted["level"], &lifted["portfolio"]),
        (&"verdict".into(), &Value::Null)
    );
    // Nothing that stood there is another, and lifting once is enough.
    let mut back = lifted.clone();
    for name in ["level", "portfolio"] {
        back.as_object_mut().unwrap().remove(name);
    }
    back["summary"].as_object_mut().unwrap().remove("does_not");
    assert_eq!(back, first);
    let (code, _, stderr) = migrate_value(&lifted);
    assert!(
        code == Some(0) && stderr.contains("nothing changed"),
        "{stderr}"
    );
}

#[test]
fn a_report_that_no_check_would_write_is_refused_where_it_stands() {
    let sound: Value = serde_json::from_str(&text("report-1.0.json")).unwrap();
    let record = "/files/0/candidates/0/records/0/record";
    let cases: [(&str, Value, &str); 12] = [
        ("/format_version", "2.0".into(), "/format_version: "),
        ("/tool/name", "other".into(), "/tool/name: "),
        ("/files/0/status", "fine".into(), "/files/0/status: "),
        ("/files/0/candidates", Value::Null, "/files/0/candidates: "),
        (
            "/files/0/candidates/0/meets_both",
            "yes".into(),
            "/files/0/candidates/0/meets_both: ",
        ),
        (
            "/files/0/candidates/0/meets_both",
            true.into(),
            "/summary/meets_both: ",
        ),
        (
            "/files/0/candidates/0/id",
            1.into(),
            "/files/0/candidates/0/id: ",
        ),
        (
            "/files/0/candidates/0/records/0/pathway",
            "b".into(),
            "/records/0/pathway: ",
        ),
        (record, Value::Null, "/records/0/record: "),
        (
            "/files/0/candidates/0/records/0/record/sector",
            "marine".into(),
            "/records/0/record: ",
        ),
        ("/summary/files", 2.into(), "/summary/files: "),
        ("/summary", Value::Null, "/summary/files: "),
    ];
    for (pointer, value, words) in cases {
        let mut wrong = sound.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        let (code, stdout, stderr) = migrate_value(&wrong);
        assert_eq!(
            (code, stdout.as_str()),
            (Some(3), ""),
            "{pointer}: {stderr}"
        );
        assert!(stderr.contains(words), "{pointer}: {stderr}");
    }
    let mut more = sound;
    more["files"][0]["colour"] = "blue".into();
    let (code, _, stderr) = migrate_value(&more);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains("/files/*/colour: kept"), "{stderr}");
}
