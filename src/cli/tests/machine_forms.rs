//! What pipelines read of runs that could not begin, and of files in which something is wrong.

use super::certificates::Bench;
use super::*;
use std::collections::BTreeSet;

const FORMS: [&str; 6] = ["json", "jsonl", "sarif", "junit", "github", "markdown"];

/// Code and standard output of `check` in a form.
fn told(form: &str, arguments: &[&str]) -> (u8, String) {
    let (code, stdout, _) = outcome(&[&["check", "--format", form], arguments].concat(), "");
    (code, stdout)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_file_that_every_design_needs_is_told_in_every_form() {
    let folder = Folder::new();
    let design = folder.design("d.json", &["meets"]);
    let broken = folder.file("broken.json", "{\n  \"requirement\": nothing\n}\n");
    let missing = format!("{broken}.missing");
    for flag in ["--application", "--materials", "--scenario"] {
        for (file, place) in [(&broken, (2, 18)), (&missing, (1, 1))] {
            for form in FORMS {
                let (code, text) = told(form, &[&design, flag, file]);
                assert_eq!(code, 3, "{flag} {form}: {text}");
                assert!(text.contains("broken.json"), "{flag} {form}: {text}");
            }
            let run = parsed(&told("json", &[&design, flag, file]).1);
            let files = run["files"].as_array().unwrap();
            assert_eq!(files.len(), 1, "no design was looked at");
            let found = &files[0]["findings"][0]["place"];
            assert_eq!(
                (&found["line"], &found["column"]),
                (&json!(place.0), &json!(place.1))
            );
            assert_eq!(run["summary"]["exit_code"], 3);
        }
    }
    // Rows that are read and cannot be.
    let row = folder.file("rows.json", "{\"magnets\": [{}]}");
    let (code, text) = told("json", &[&design, "--materials", &row]);
    let found = parsed(&text)["files"][0]["findings"][0].clone();
    assert_eq!(
        (code, &found["code"]),
        (3, &json!("impossible-material")),
        "{found:#}"
    );
}

#[test]
fn a_second_place_is_told_in_every_form() {
    let text = with_ids(&["meets"]);
    let doubled = text.replacen(
        "\"design_version\"",
        "\"name\": \"first\",\n  \"design_version\"",
        1,
    );
    let folder = Folder::new();
    let file = folder.file("doubled.json", &doubled);
    let finding = parsed(&told("json", &[&file]).1)["files"][0]["findings"][0].clone();
    assert_eq!(finding["code"], "duplicate-key", "{finding:#}");
    let other = &finding["related"];
    assert_eq!(other["note"], "first stated at");
    let (line, column) = (&other["place"]["line"], &other["place"]["column"]);
    assert_ne!(line, &finding["place"]["line"]);
    for form in ["sarif", "github", "markdown", "junit"] {
        let told = told(form, &[&file]).1;
        assert!(
            told.contains(&format!("first stated at {line}:{column}")),
            "{form}: {told}"
        );
    }
    let sarif = parsed(&told("sarif", &[&file]).1);
    let related = &sarif["runs"][0]["results"][0]["relatedLocations"][0];
    assert_eq!(&related["physicalLocation"]["region"]["startLine"], line);
}

#[test]
fn a_finding_keeps_its_fingerprint_when_its_candidate_moves() {
    let folder = Folder::new();
    let print = |ids: &[&str], wrong: &[&str]| {
        let mut design = parsed(&with_ids(ids));
        for candidate in design["candidates"].as_array_mut().unwrap() {
            if wrong.contains(&candidate["id"].as_str().unwrap()) {
                candidate["winding"]["layers"] = json!(7);
            }
        }
        let file = folder.file("moved.json", &design.to_string());
        let sarif = parsed(&told("sarif", &[&file]).1);
        let results = sarif["runs"][0]["results"].as_array().unwrap().clone();
        let prints = results
            .iter()
            .map(|one| one["partialFingerprints"].to_string());
        prints.collect::<BTreeSet<String>>()
    };
    let alone = print(&["weak"], &["weak"]);
    assert_eq!(alone.len(), 1);
    assert_eq!(alone, print(&["meets", "unsure", "weak"], &["weak"]));
    assert_ne!(alone, print(&["meets", "weak"], &["meets"]));
    // Two of one name are told apart by their places.
    assert!(print(&["weak", "weak"], &["weak"]).len() >= 2);
}

#[test]
fn standard_input_is_no_file_to_write() {
    let bench = Bench::new();
    let design = bench.design.as_str();
    for arguments in [
        &["check", design, "--output", "-"][..],
        &["check", design, "--also", "json=-"],
        &["check", design, "--csv", "-"],
        &[
            "solve",
            design,
            "--candidate",
            "meets",
            "--id-a",
            "0",
            "--iq-a",
            "0",
            "--output",
            "-",
        ],
        &["migrate", design, "--output", "-"],
        &["keygen", "--output", "-"],
        &["init", "--topology", "spm", "--output", "-"],
    ] {
        let (code, stdout, stderr) = outcome(arguments, "");
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}: {stderr}");
        assert!(
            stderr.contains("no file to write"),
            "{arguments:?}: {stderr}"
        );
    }
    assert!(!std::path::Path::new("-").exists());
}

#[test]
fn a_pattern_gives_designs_and_what_it_names_itself() {
    let folder = Folder::new();
    folder.design("d.json", &["meets"]);
    folder.file("d.cert.json", "{}");
    folder.file("d.schema.json", "{}");
    let at = |name: &str| folder.0.path().join(name).display().to_string();
    let files = |pattern: &str| {
        let run = parsed(&told("json", &[&at(pattern)]).1);
        let names = run["files"].as_array().unwrap().clone();
        names
            .iter()
            .map(|one| one["file"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(files("*.json"), [json!(at("d.json")).to_string()]);
    assert_eq!(files("*.cert.json"), [json!(at("d.cert.json")).to_string()]);
}

#[test]
fn a_status_list_and_an_unreadable_certificate_have_a_form_for_programs() {
    let bench = Bench::new();
    let (list, key, public) = (
        bench.path("s.jsonl"),
        bench.path("key"),
        bench.path("key.pub"),
    );
    let id = format!("dc1-{}", "a".repeat(32));
    let add = [
        "status",
        "add",
        &list,
        "--certificate",
        &id,
        "--state",
        "withdrawn",
    ];
    let tail = [
        "--since",
        "2026-11-10",
        "--reason",
        "magnets",
        "--key",
        &key,
    ];
    assert_eq!(outcome(&[&add[..], &tail].concat(), "").0, 0);
    let show = [
        "status",
        "show",
        &list,
        "--public-key",
        &public,
        "--format",
        "json",
    ];
    let all = parsed(&outcome(&show, "").1);
    assert_eq!(
        (&all["entry_count"], &all["entries"][0]["reason"]),
        (&json!(1), &json!("magnets"))
    );
    let one = |id: &str, day: &str| {
        let more = ["--certificate", id, "--as-of", day];
        parsed(&outcome(&[&show[..], &more].concat(), "").1)
    };
    assert_eq!(one(&id, "2026-11-10")["entry"]["state"], "withdrawn");
    assert_eq!(one(&id, "2026-11-09")["entry"], Value::Null);
    assert_eq!(one(&id, "2026-11-09")["last_sha256"], all["last_sha256"]);
    // Seen by what it is, not taken for a certificate.
    let (code, _, stderr) = outcome(&["migrate", &list, "--public-key", &public], "");
    assert_eq!(code, 3);
    assert!(stderr.contains("status list"), "{stderr}");
    let missing = bench.path("no.cert.json");
    let (code, answer) = bench.verify(&missing, &[]);
    assert_eq!((code, &answer["outcome"]), (3, &json!("unreadable")));
    let message = answer["levels"][0]["message"].as_str().unwrap();
    assert!(message.contains("no such file"), "{message}");
}
