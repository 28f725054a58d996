//! Certificates with the double of physics: what is certified, what is refused, and that nothing
//! survives a changed byte.

use super::*;
use crate::certificate::{self, Envelope, PrivateKey, Trust, sha256};
use seal::payload;

mod countersigned;
mod credential;
mod forged;
mod foundation;
mod magnet_data;
mod standing;

/// A folder with a design of the double's candidates and a key.
pub(super) struct Bench {
    pub(super) folder: Folder,
    pub(super) design: String,
    key: String,
}

impl Bench {
    pub(super) fn new() -> Bench {
        let folder = Folder::new();
        let ids = ["meets", "weak", "one-country", "breaks", "unsure", "banded"];
        let design = folder.design("d.json", &ids);
        let key = PrivateKey::from_seed(&[1; 32]);
        folder.file("key.pub", &key.public().to_pem());
        let key = folder.file("key", &key.to_pem());
        Bench {
            folder,
            design,
            key,
        }
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.folder.0.path().join(name).display().to_string()
    }

    pub(super) fn certify(&self, candidate: &str, more: &[&str]) -> (u8, String, String) {
        let head = ["certify", &self.design, "--candidate", candidate];
        let key = ["--key", &self.key, "--issued-at", "2026-12-01"];
        outcome(&[&head[..], &key, more].concat(), "")
    }

    /// A certificate of the candidate that meets both, as a file.
    pub(super) fn certificate(&self, more: &[&str]) -> String {
        let (code, text, stderr) = self.certify("meets", &[&["--allow", "draft"], more].concat());
        assert_eq!((code, stderr.as_str()), (0, ""));
        self.folder.file("c.cert.json", &text)
    }

    /// Exit code and answer of `verify` as of a day within the term.
    pub(super) fn verify(&self, certificate: &str, more: &[&str]) -> (u8, Value) {
        let public = self.path("key.pub");
        let head = ["verify", certificate, "--format", "json"];
        let trust: &[&str] = if more.contains(&"--trust") {
            &[]
        } else {
            &["--public-key", &public]
        };
        let day: &[&str] = if more.contains(&"--as-of") {
            &[]
        } else {
            &["--as-of", "2026-12-01"]
        };
        let (code, stdout, stderr) = outcome(&[&head[..], trust, day, more].concat(), "");
        assert_eq!(stderr, "");
        (code, serde_json::from_str(&stdout).unwrap())
    }
}

/// Taking certificates apart and signing them anew, as an attacker with a key would.
pub(super) mod seal {
    use super::*;
    use ::base64::Engine;
    use ::base64::engine::general_purpose::STANDARD;

    /// The statement of a certificate.
    pub(in crate::cli::tests) fn payload(file: &str) -> Value {
        let envelope: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let bytes = STANDARD.decode(envelope["payload"].as_str().unwrap());
        serde_json::from_slice(&bytes.unwrap()).unwrap()
    }

    /// A changed statement with the id that follows from it, signed.
    pub(in crate::cli::tests) fn resealed(mut statement: Value, key: &PrivateKey) -> String {
        statement["predicate"]["id"] = json!("");
        let id = format!("dc1-{}", &sha256(statement.to_string().as_bytes())[..32]);
        statement["predicate"]["id"] = json!(id);
        let kind = "application/vnd.in-toto+json";
        let bytes = statement.to_string();
        let envelope = Envelope::seal(kind, bytes.as_bytes(), std::slice::from_ref(key));
        serde_json::to_string(&envelope).unwrap()
    }
}

#[test]
fn what_meets_both_is_certified_and_verified_at_every_level() {
    let bench = Bench::new();
    let file = bench.certificate(&["--issuer", "Hub"]);
    let (code, answer) = bench.verify(&file, &["--design", &bench.design]);
    assert_eq!(
        (code, &answer["outcome"]),
        (0, &json!("valid")),
        "{answer:#}"
    );
    let levels = answer["levels"].as_array().unwrap();
    assert_eq!(levels.len(), 3);
    assert!(
        levels.iter().all(|level| level["holds"] == true),
        "{answer:#}"
    );
    assert_eq!(answer["issuer"], json!("Hub"));
    let title = answer["title"].as_str().unwrap();
    assert!(title.contains("calculated, not tested"), "{title}");
    assert!(title.contains("allowed: draft standards"), "{title}");
    let (code, answer) = bench.verify(&file, &[]);
    assert_eq!((code, &answer["levels"][2]["holds"]), (0, &Value::Null));
}

/// Numbers of a design with more digits than are written anywhere.
#[test]
fn a_design_of_many_digits_is_that_of_its_certificate() {
    fn many_digits(value: &mut Value) {
        match value {
            Value::Object(members) => members.values_mut().for_each(many_digits),
            Value::Array(list) => list.iter_mut().for_each(many_digits),
            Value::Number(number) if number.as_f64() != Some(0.0) => {
                *value = json!(number.as_f64().unwrap() * (1.0 + 3e-14));
            }
            _ => {}
        }
    }
    let bench = Bench::new();
    let mut design: Value =
        serde_json::from_str(&fs::read_to_string(&bench.design).unwrap()).unwrap();
    many_digits(&mut design["application"]["environment"]);
    for (_, value) in design["application"]["requirement"]
        .as_object_mut()
        .unwrap()
    {
        many_digits(value);
    }
    fs::write(&bench.design, design.to_string()).unwrap();
    let file = bench.certificate(&[]);
    let (code, answer) = bench.verify(&file, &["--design", &bench.design]);
    assert_eq!(
        (code, &answer["outcome"]),
        (0, &json!("valid")),
        "{answer:#}"
    );
}

#[test]
fn the_payload_follows_its_schema_and_the_digests_are_of_the_exact_bytes() {
    let bench = Bench::new();
    let statement = payload(&bench.certificate(&[]));
    let schema = certificate::certificate_schema();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(&statement)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(statement["_type"], json!("https://in-toto.io/Statement/v1"));
    let design = &statement["subject"][0];
    assert_eq!(design["name"], json!("d.json"));
    let bytes = fs::read(&bench.design).unwrap();
    assert_eq!(design["digest"]["sha256"], json!(sha256(&bytes)));
    let records = statement["predicate"]["records"].as_array().unwrap();
    for (subject, record) in statement["subject"].as_array().unwrap()[1..]
        .iter()
        .zip(records)
    {
        let text = record["record"].to_string();
        assert_eq!(subject["digest"]["sha256"], json!(sha256(text.as_bytes())));
    }
    let standards = statement["predicate"]["standards"].as_array().unwrap();
    assert_eq!((records.len(), standards.len()), (3, 5));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let bench = Bench::new();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| bench.certify("meets", &["--allow", "draft"]))
    };
    assert_eq!(with(1), with(2));
}

#[test]
fn everything_else_is_refused_and_told_why() {
    let bench = Bench::new();
    let folder = Folder::new();
    let drafts = markets::copied(&folder, &|name, value| {
        if name.ends_with("motor/ev_traction/a-1.json") {
            value["x-standard"]["status"] = json!("draft");
        }
    });
    let of_drafts = ["--standards", &drafts];
    let weak_draft = ["--allow", "weak", "--standards", &drafts];
    let draft = ["--allow", "draft"];
    let both = ["--allow", "draft", "--allow", "weak"];
    let third = ["--allow", "draft", "--assessor", "third-party"];
    let early = ["--allow", "draft", "--not-after", "2026-10-31"];
    let cases: [(&str, &[&str], u8, &str); 9] = [
        (
            "meets",
            &of_drafts,
            1,
            "ev_traction_motor_a 1.0.0 is a draft",
        ),
        ("weak", &both, 1, "P4 Peak torque (undecided)"),
        (
            "one-country",
            &both,
            1,
            "B-M5 No country holds too much (failed)",
        ),
        ("breaks", &both, 5, "did not converge"),
        ("unsure", &draft, 1, "P4 of ev_traction_motor_b"),
        ("unsure", &weak_draft, 1, "is a draft"),
        ("nobody", &both, 3, "no candidate `nobody`"),
        ("meets", &third, 1, "name the trust file"),
        ("meets", &early, 1, "before it is issued"),
    ];
    for (candidate, more, expected, words) in cases {
        let (code, stdout, stderr) = bench.certify(candidate, more);
        assert_eq!(
            (code, stdout.as_str()),
            (expected, ""),
            "{candidate} {more:?}"
        );
        assert!(stderr.contains(words), "{candidate} {more:?}: {stderr}");
    }
    // What is read is never written over, least of all a key.
    let before = fs::read(&bench.key).unwrap();
    let over = ["--allow", "draft", "--output", &bench.key];
    assert_eq!(bench.certify("meets", &over).0, 2);
    assert_eq!(fs::read(&bench.key).unwrap(), before);
    // Before anything is solved, which here would end in 5, and leaving nothing behind.
    assert_eq!(bench.certify("breaks", &over).0, 2);
    let new = bench.path("new.cert.json");
    let refused = bench.certify("weak", &["--allow", "draft", "--output", &new]);
    assert_eq!((refused.0, PathBuf::from(&new).exists()), (1, false));
    let (code, text, _) = bench.certify("unsure", &both);
    assert_eq!(code, 0);
    let file = bench.folder.file("unsure.cert.json", &text);
    let title = payload(&file)["predicate"]["title"].to_string();
    assert!(
        title.contains("draft standards, weak validation basis"),
        "{title}"
    );
    assert_eq!(bench.verify(&file, &[]).0, 0);
}

#[test]
fn another_design_or_another_key_is_told() {
    let bench = Bench::new();
    let file = bench.certificate(&[]);
    let text = fs::read_to_string(&bench.design).unwrap();
    let other = bench
        .folder
        .file("other.json", &text.replacen('{', "{ ", 1));
    let (code, answer) = bench.verify(&file, &["--design", &other]);
    assert_eq!((code, &answer["outcome"]), (1, &json!("design_differs")));
    let stranger = PrivateKey::from_seed(&[2; 32]).public().to_pem();
    let stranger = bench.folder.file("stranger.pub", &stranger);
    let line = [
        "verify",
        &file,
        "--public-key",
        &stranger,
        "--as-of",
        "2026-12-01",
    ];
    let (code, stdout, _) = outcome(&line, "");
    assert_eq!(code, 1);
    assert!(
        stdout.contains("not genuine") && stdout.contains("is not trusted"),
        "{stdout}"
    );
    // Nobody trusted is wrong usage, and what is no certificate is not genuine.
    assert_eq!(code_of(&["verify", &file]), 2);
    let design = [
        "verify",
        &bench.design,
        "--public-key",
        &bench.path("key.pub"),
    ];
    assert_eq!(code_of(&design), 1);
    assert_eq!(
        code_of(&["verify", "no/such", "--public-key", &bench.path("key.pub")]),
        3
    );
}

/// A source with that evidence, as the only one of its stage.
fn sourced(evidence: &str) -> Value {
    json!({"mining": [
        {"country": "CL", "supplier": "S", "share_ratio": 1.0, "evidence": evidence}
    ]})
}

#[test]
fn what_is_assumed_of_copper_or_steel_stands_against_a_certificate() {
    let bench = Bench::new();
    let text = fs::read_to_string(&bench.design).unwrap();
    for (material, evidence) in [
        ("copper", "assumed"),
        ("electrical_steel", "assumed"),
        ("copper", "declared"),
    ] {
        let mut design: Value = serde_json::from_str(&text).unwrap();
        design["candidates"][0]["material_supply"] = json!({material: sourced(evidence)});
        bench.folder.file("d.json", &design.to_string());
        let (code, text, stderr) = bench.certify("meets", &["--allow", "draft"]);
        if evidence == "declared" {
            assert_eq!(code, 0, "{stderr}");
        } else {
            assert_eq!((code, text.as_str()), (1, ""));
            assert!(stderr.contains("is partly assumed"), "{stderr}");
        }
        let file = bench.certificate(&["--allow", "assumed"]);
        let stated = &payload(&file)["predicate"]["material_supply"][material];
        assert_eq!(*stated, sourced(evidence));
        assert_eq!(bench.verify(&file, &["--design", &bench.design]).0, 0);
    }
}

#[test]
fn materials_and_design_may_come_from_standard_input_once() {
    let bench = Bench::new();
    let rows = r#"{"magnets": [], "steels": [], "conductors": []}"#;
    let certify = |design: &str, stdin: &str| {
        let head = [
            "certify",
            design,
            "--candidate",
            "meets",
            "--materials",
            "-",
        ];
        let tail = [
            "--key",
            &bench.key,
            "--issued-at",
            "2026-12-01",
            "--allow",
            "draft",
        ];
        outcome(&[&head[..], &tail].concat(), stdin)
    };
    assert_eq!(certify("-", rows).0, 2);
    let (code, text, stderr) = certify(&bench.design, rows);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let file = bench.folder.file("m.cert.json", &text);
    let subjects = payload(&file)["subject"].clone();
    let last = subjects.as_array().unwrap().last().unwrap();
    assert_eq!(last["digest"]["sha256"], json!(sha256(rows.as_bytes())));
    let public = bench.path("key.pub");
    let verify = |materials: &str| {
        let head = [
            "verify",
            &file,
            "--public-key",
            &public,
            "--as-of",
            "2026-12-01",
        ];
        let tail = ["--design", &bench.design, "--materials", "-"];
        outcome(&[&head[..], &tail].concat(), materials).0
    };
    assert_eq!(verify(rows), 0);
    assert_eq!(verify(&format!("{rows} ")), 1);
}

fn code_of(arguments: &[&str]) -> u8 {
    outcome(arguments, "").0
}

#[test]
fn a_key_is_written_once_for_its_owner_only() {
    let folder = Folder::new();
    let path = folder.0.path().join("new.key");
    let name = path.display().to_string();
    let (code, id, _) = outcome(&["keygen", "--output", &name], "");
    assert_eq!(code, 0);
    let private = PrivateKey::from_pem(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(id.trim(), private.public().id());
    let public = fs::read_to_string(format!("{name}.pub")).unwrap();
    assert_eq!(public, private.public().to_pem());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert_eq!(code_of(&["keygen", "--output", &name]), 3);
    assert_eq!(fs::read_to_string(&path).unwrap(), private.to_pem());
}
