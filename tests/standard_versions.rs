//! `standard diff` and `standard impact` as their users see them.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use dualcert::standard::{Standard, versions};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn standard(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .current_dir(root())
        .arg("standard")
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().expect("an exit code, not a signal");
    (code, text(output.stdout), text(output.stderr))
}

/// Motor B of EV traction with its torque clause at 1 instead of 0.95, its examples brought along.
struct Tightened(TempDir);

impl Tightened {
    fn new(version: &str, supersedes: &str, revision: u64) -> Tightened {
        let folder = TempDir::new().unwrap();
        let read = |name: &str| -> Value {
            let path = root().join("standards/motor/ev_traction").join(name);
            serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
        };
        let (mut standard, mut examples) = (read("b-1.json"), read("b-1.examples.json"));
        let series = "ev_traction_motor_b";
        standard["$id"] = json!(format!(
            "https://dualcert.invalid/standards/{series}/{version}"
        ));
        standard["x-standard"]["version"] = json!(version);
        standard["x-standard"]["supersedes"] = json!(supersedes);
        let field = "peak_torque_to_requirement_ratio";
        let clause = &mut standard["$defs"]["p4"];
        clause["x-clause-revision"] = json!(revision);
        clause["properties"][field]["minimum"] = json!(1);
        examples["base"][field] = json!(1.1);
        examples["clauses"]["P4"] = json!({
            "pass": {"exactly the torque": {field: 1}}, "fail": {"one step less": {field: 0.999999}}});
        let write = |name: &str, value: &Value| {
            fs::write(folder.path().join(name), format!("{value:#}")).unwrap();
        };
        write("b.json", &standard);
        write("b.examples.json", &examples);
        Tightened(folder)
    }

    fn file(&self, name: &str) -> String {
        self.0.path().join(name).to_string_lossy().into_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.0.path().join(name), text).unwrap();
        self.file(name)
    }
}

const MOTOR_B: &str = "standards/motor/ev_traction/b-1.json";

fn present() -> (String, u64) {
    let all = versions(None).unwrap();
    let newest = all
        .iter()
        .rfind(|s| s.header.series == "ev_traction_motor_b")
        .unwrap();
    let clause = newest
        .clauses
        .iter()
        .find(|clause| clause.id == "P4")
        .unwrap();
    (newest.header.version.clone(), clause.revision)
}

/// The present version with its last two numbers raised.
fn steps() -> [String; 2] {
    let (version, _) = present();
    let mut numbers = version.split('.').map(|n| n.parse::<u64>().unwrap());
    let mut next = || numbers.next().unwrap();
    let (major, minor, patch) = (next(), next(), next());
    let great = if major == 0 {
        format!("0.{}.0", minor + 1)
    } else {
        format!("{}.0.0", major + 1)
    };
    [format!("{major}.{minor}.{}", patch + 1), great]
}

#[test]
fn the_first_two_drafts_compare() {
    let names = [
        "diff",
        "ev_traction_magnet_b/0.1.0",
        "ev_traction_magnet_b/0.2.0",
    ];
    let (code, text, stderr) = standard(&names);
    assert_eq!((code, stderr.as_str()), (0, ""), "{text}");
    insta::assert_snapshot!("diff_magnet_b", text);
    let (code, _, _) = standard(&["diff", names[2], names[1]]);
    assert_eq!(code, 1, "backwards is no new version");
}

#[test]
fn a_version_that_is_raised_too_little_is_refused() {
    let (version, revision) = present();
    let [small, great] = steps();
    let case = |version_to: &str, revision: u64| {
        let new = Tightened::new(version_to, &version, revision);
        standard(&["diff", MOTOR_B, &new.file("b.json")])
    };
    let (code, text, _) = case(&small, revision + 1);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("the changes ask for a major step"), "{text}");
    assert!(text.contains("no longer accepted  0.95 ≤ … < 1"), "{text}");
    assert!(
        text.contains("clause met → failed, whole standard accepted → refused"),
        "{text}"
    );
    let (code, text, _) = case(&great, revision);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("its x-clause-revision is still"), "{text}");
    let (code, text, _) = case(&great, revision + 1);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn changes_are_acknowledged_one_by_one() {
    let (version, revision) = present();
    let [_, great] = steps();
    let new = Tightened::new(&great, &version, revision + 1);
    let file = new.file("b.json");
    let meant = |changes: Value| json!({"series": "ev_traction_motor_b", "from": version, "to": great, "changes": changes});
    let run = |meant: &Value| {
        let path = new.write("meant.json", &meant.to_string());
        standard(&["diff", MOTOR_B, &file, "--acknowledge", &path])
    };
    let p4 = json!({"clause": "P4", "classes": ["tightened"], "reason": "B is as strong as A now"});
    let (code, text, _) = run(&meant(json!([p4])));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("B is as strong as A now"), "{text}");
    let (code, text, _) = run(&meant(json!([])));
    assert!(code == 1 && text.contains("is not acknowledged"), "{text}");
    let stale = json!({"clause": "P8", "classes": ["removed"], "reason": "not needed"});
    let (code, text, _) = run(&meant(json!([p4, stale])));
    assert!(code == 1 && text.contains("does not change so"), "{text}");
    let silent = json!({"clause": "P4", "classes": ["tightened"], "reason": " "});
    assert_eq!(run(&meant(json!([silent]))).0, 3);
    let mut other = meant(json!([p4]));
    other["from"] = json!("0.0.1");
    assert_eq!(run(&other).0, 3);
    let mut open = meant(json!([p4]));
    open["comment"] = json!("x");
    assert_eq!(run(&open).0, 3);
}

#[test]
fn what_cannot_be_compared_is_no_success() {
    let magnet = "standards/magnet/ev_traction/b-1.json";
    let (code, _, stderr) = standard(&["diff", magnet, MOTOR_B]);
    assert!(
        code == 4 && stderr.contains("not versions of one standard"),
        "{stderr}"
    );
    let (code, _, stderr) = standard(&["diff", MOTOR_B, "nothing.json"]);
    assert!(code == 3 && stderr.contains("nothing.json"), "{stderr}");
    let (code, _, stderr) = standard(&["diff", MOTOR_B, "standards/record.schema.json"]);
    assert!(code == 4 && !stderr.is_empty(), "{stderr}");
    assert_eq!(standard(&["diff", MOTOR_B, "designs"]).0, 4);
}

#[test]
fn a_folder_is_compared_with_itself() {
    let (code, text, _) = standard(&["diff", "standards", "standards", "--format", "json"]);
    assert_eq!(code, 0, "{text}");
    let diffs: Vec<Value> = serde_json::from_str(&text).unwrap();
    let current = versions(None)
        .unwrap()
        .iter()
        .filter(|s| s.judges())
        .count();
    assert_eq!(diffs.len(), current);
    for diff in diffs {
        assert_eq!(
            (&diff["changes"], &diff["required"]),
            (&json!([]), &json!("none"))
        );
    }
}

/// Every example of motor B as an archive of single files, one report and JSON Lines.
fn archive(folder: &Path) -> (PathBuf, Vec<Value>) {
    let all = versions(None).unwrap();
    let motor: &Standard = all
        .iter()
        .rfind(|s| s.header.series == "ev_traction_motor_b")
        .unwrap();
    let records: Vec<Value> = motor.examples.iter().map(|e| e.record.clone()).collect();
    let path = folder.join("records");
    fs::create_dir(&path).unwrap();
    let lines: Vec<String> = records[2..].iter().map(Value::to_string).collect();
    fs::write(path.join("lines.jsonl"), lines.join("\n")).unwrap();
    fs::write(path.join("one.json"), records[0].to_string()).unwrap();
    let report = json!({"files": [{"candidates": [
        {"id": "x", "records": [{"pathway": "b", "record": records[1]}]}]}]});
    fs::write(path.join("report.json"), report.to_string()).unwrap();
    (path, records)
}

#[test]
fn an_archive_is_replayed_record_by_record() {
    let (version, revision) = present();
    let [_, great] = steps();
    let new = Tightened::new(&great, &version, revision + 1);
    let (path, records) = archive(new.0.path());
    let file = new.file("b.json");
    let (path, old) = (path.to_string_lossy().into_owned(), MOTOR_B);
    let (code, text, stderr) =
        standard(&["impact", old, &file, "--records", &path, "--format", "json"]);
    assert_eq!((code, stderr.as_str()), (1, ""), "{text}");
    let impact: Value = serde_json::from_str(&text).unwrap();
    let effects = impact["records"].as_array().unwrap();
    assert_eq!(effects.len(), records.len());
    // Counted here by the plain values, without the ledger.
    let torque = |record: &Value| record["peak_torque_to_requirement_ratio"].as_f64();
    let loses = effects
        .iter()
        .filter(|effect| effect["outcome"] == "loses")
        .count();
    let fallen = records
        .iter()
        .filter(|r| torque(r).is_some_and(|t| (0.95..1.0).contains(&t)))
        .count();
    assert!(loses >= 1 && loses <= fallen, "{loses} of {fallen}");
    assert_eq!(impact["standards"][0]["loses"], loses);
    for effect in effects.iter().filter(|effect| effect["outcome"] == "loses") {
        let line = &effect["clauses"][0];
        assert_eq!(
            (&line["id"], &line["after"]),
            (&json!("P4"), &json!("failed"))
        );
        assert!(line["margin"].as_f64().unwrap() < 0.0);
    }
    for effect in effects.iter().filter(|effect| effect["outcome"] == "keeps") {
        assert!(
            effect["clauses"][0]["margin"].as_f64().unwrap() >= 0.0,
            "{effect}"
        );
    }
    let (code, text, _) = standard(&["impact", old, old, "--records", &path]);
    assert!(code == 0 && text.contains(": 0 lose, 0 gain, "), "{text}");
}

#[test]
fn an_archive_that_cannot_be_read_is_no_success() {
    let folder = TempDir::new().unwrap();
    let (path, records) = archive(folder.path());
    let impact = |path: &Path| {
        standard(&[
            "impact",
            MOTOR_B,
            MOTOR_B,
            "--records",
            &path.to_string_lossy(),
        ])
    };
    let mut wrong = records[0].clone();
    wrong["peak_torque_to_requirement_ratio"] = json!("strong");
    for bad in [wrong.to_string(), "{\"a\": 1}".to_owned(), "{".to_owned()] {
        fs::write(path.join("bad.json"), bad).unwrap();
        let (code, text, stderr) = impact(&path);
        assert!(code == 3 && stderr.contains("bad.json"), "{stderr}");
        assert!(text.contains("1 that cannot be read"), "{text}");
    }
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert_eq!(impact(&empty).0, 5);
    assert_eq!(impact(&folder.path().join("nothing")).0, 3);
}
