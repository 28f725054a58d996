//! Folders of standards as their authors see them: one standard more or less, a file that cannot be read, a role that is
//! missing.

use super::{root, standard};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What every form of a pipeline says of a path, with the exit code.
fn linted(path: &str, code: i32) -> [Value; 2] {
    let json = |format: &str| -> Value {
        let (found, text, stderr) = standard(&["lint", path, "--format", format]);
        assert_eq!((found, stderr.as_str()), (code, ""), "{format}");
        serde_json::from_str(&text).unwrap()
    };
    let both = [json("json"), json("sarif")];
    for format in ["junit", "github", "markdown", "jsonl"] {
        let (found, text, stderr) = standard(&["lint", path, "--format", format]);
        assert_eq!((found, stderr.as_str()), (code, ""), "{format}");
        for finding in both[0]["findings"].as_array().unwrap() {
            let file = Path::new(finding["file"].as_str().unwrap());
            let name = file.file_name().unwrap().to_string_lossy();
            assert!(
                text.contains(name.trim_end_matches(".json")),
                "{format}: {text}"
            );
        }
    }
    both
}

/// What cannot be read, or is no text, is a finding in every form, and the others are looked at all the same.
#[test]
fn a_standard_that_cannot_be_read_is_a_finding() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_string_lossy().into_owned();
    for name in ["us-0.json", "us-0.examples.json"] {
        fs::copy(
            root().join("standards/market").join(name),
            folder.path().join(name),
        )
        .unwrap();
    }
    fs::write(folder.path().join("bad.json"), b"{\n\"a\": \"\xff\"}").unwrap();
    let [json, sarif] = linted(&path, 3);
    assert_eq!(json["findings"][0]["code"], "standard-not-json");
    assert_eq!(json["findings"][0]["place"]["line"], 2);
    let passes: Vec<&Value> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["passes"])
        .collect();
    assert_eq!(passes, [false, true]);
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 2);

    let missing = folder
        .path()
        .join("none.json")
        .to_string_lossy()
        .into_owned();
    let [json, sarif] = linted(&missing, 3);
    assert_eq!(json["findings"][0]["code"], "unreadable-file");
    assert_eq!(json["findings"][0]["found"], "no such file");
    assert_eq!(
        sarif["runs"][0]["invocations"][0]["executionSuccessful"],
        false
    );
    // A link to nothing is a file of the folder that cannot be read.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.path().join("link.json")).unwrap();
        let [json, _] = linted(&path, 3);
        assert_eq!(json["findings"].as_array().unwrap().len(), 2);
        let (code, _, stderr) = standard(&["diff", &path, &path]);
        assert!(code == 3 && stderr.contains("link.json"), "{stderr}");
    }
}

/// What is missing beside a standard, or there twice, has a file, a line and a column, and no standard is refused for
/// what is missing beside it.
#[test]
fn a_fault_between_files_has_a_place() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_string_lossy().into_owned();
    let copy = |from: &str, to: &str| {
        fs::copy(root().join("standards").join(from), folder.path().join(to)).unwrap();
    };
    for ending in ["json", "examples.json"] {
        copy(
            &format!("motor/ev_traction/b-1.{ending}"),
            &format!("b.{ending}"),
        );
    }
    let [json, sarif] = linted(&path, 4);
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 4, "{json:#}");
    let line = 1 + fs::read_to_string(folder.path().join("b.json"))
        .unwrap()
        .lines()
        .position(|line| line.contains("\"sector\""))
        .unwrap();
    for finding in findings {
        assert_eq!(finding["code"], "standard-missing");
        assert_eq!(finding["pointer"], "/x-standard/sector");
        assert_eq!(finding["place"]["line"], line);
    }
    assert_eq!(json["files"][0]["passes"], true);
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for ending in ["json", "examples.json"] {
        copy(
            &format!("motor/ev_traction/b-1.{ending}"),
            &format!("c.{ending}"),
        );
    }
    let [json, _] = linted(&path, 4);
    let findings = json["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .all(|one| one["place"]["line"].as_u64() > Some(1)),
        "{json:#}"
    );
}

/// What is added to a folder is told, and what is gone from it is no new version of it.
#[test]
fn folders_may_differ_by_a_standard() {
    let folder = TempDir::new().unwrap();
    let copy = |name: &str| {
        let from = root().join("standards/market").join(name);
        fs::copy(from, folder.path().join(name)).unwrap();
    };
    let mut names: Vec<String> = fs::read_dir(root().join("standards/market"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let [one, other] = [&names[0..2], &names[2..4]];
    one.iter().for_each(|name| copy(name));
    let small = folder.path().to_string_lossy().into_owned();
    let whole = TempDir::new().unwrap();
    for name in one.iter().chain(other) {
        let from = root().join("standards/market").join(name);
        fs::copy(from, whole.path().join(name)).unwrap();
    }
    let large = whole.path().to_string_lossy().into_owned();
    let (code, text, stderr) = standard(&["diff", &small, &large, "--format", "json"]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{text}");
    let compared: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(compared.len(), 2);
    assert_eq!(compared[1]["from"], Value::Null);
    assert!(compared[1]["clause_count"].as_u64().unwrap() > 0);
    let (code, text, _) = standard(&["diff", &large, &small]);
    assert!(
        code == 1 && text.contains("wrong: ") && text.contains("status withdrawn"),
        "{text}"
    );
    // One file beside a folder is compared with its own series alone.
    let file = whole.path().join(&other[1]).to_string_lossy().into_owned();
    let (code, text, _) = standard(&["diff", &file, &large]);
    assert!(code == 0 && text.contains("0 clauses change"), "{text}");
    let (code, _, stderr) = standard(&["diff", &small, &file]);
    assert!(
        code == 4 && stderr.contains("their series differ"),
        "{stderr}"
    );
    let motor = "standards/motor/ev_traction/b-1.json";
    let (code, _, stderr) = standard(&["diff", motor, &large]);
    assert!(
        code == 4 && stderr.contains("has no version of"),
        "{stderr}"
    );
    // Of whom a change hits, a standard that is gone cannot tell; one that is new hits nobody.
    let records = whole.path().join("records.jsonl");
    fs::write(&records, "").unwrap();
    let records = records.to_string_lossy().into_owned();
    let (code, text, _) = standard(&["impact", &small, &large, "--records", &records]);
    assert!(
        text.contains("is new: no record was judged"),
        "{code} {text}"
    );
    let (code, _, stderr) = standard(&["impact", &large, &small, "--records", &records]);
    assert!(code == 4 && stderr.contains("is gone from"), "{stderr}");
}
