//! `standard diff`, `standard judge` and `standard impact` as their users see them.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

#[path = "standard_versions/folders.rs"]
mod folders;

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
    // With its size, a change is acknowledged as large as it is and no larger.
    let sized = |gone: &str| {
        let mut sized = p4.clone();
        sized["no_longer_accepted"] = json!([gone]);
        run(&meant(json!([sized])))
    };
    assert_eq!(sized("0.95 ≤ … < 1").0, 0);
    let (code, text, _) = sized("0.98 ≤ … < 1");
    let told = [
        "is tightened, no longer accepted 0.95 ≤ … < 1 and that is not acknowledged",
        "is acknowledged as tightened, no longer accepted 0.98 ≤ … < 1 and does not change so",
    ];
    assert!(
        code == 1 && told.iter().all(|told| text.contains(told)),
        "{text}"
    );
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
    // A file that is named twice is one; a copy counts and is told.
    let one = Path::new(&path).join("one.json");
    let named = one.to_string_lossy().into_owned();
    let replayed = |arguments: &[&str]| -> Value {
        let all = [
            &["impact", old, &file, "--format", "json", "--records"],
            arguments,
        ]
        .concat();
        serde_json::from_str(&standard(&all).1).unwrap()
    };
    assert_eq!(replayed(&[&path, "--records", &named]), impact);
    let copy = Path::new(&path).join("copy.json");
    fs::write(&copy, format!("{:#}", records[0])).unwrap();
    let count = |impact: &Value| impact["repeated"].as_array().unwrap().len();
    let twice = replayed(&[&path]);
    assert_eq!(count(&twice), count(&impact) + 1);
    assert_eq!(
        twice["records"].as_array().unwrap().len(),
        records.len() + 1
    );
    let (_, judged, _) = standard(&["judge", "--records", &path]);
    assert!(judged.contains("the same twice: "), "{judged}");
    fs::remove_file(copy).unwrap();
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
    fs::write(path.join("bad.json"), b"{\n\"a\": \"\xff\"}").unwrap();
    let (code, _, stderr) = impact(&path);
    assert!(code == 3 && stderr.contains("bad.json:2:7: "), "{stderr}");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert_eq!(impact(&empty).0, 5);
    assert_eq!(impact(&folder.path().join("nothing")).0, 3);
}

#[test]
fn an_archive_is_judged_under_what_is_in_force_as_the_plain_schemas_say() {
    let folder = TempDir::new().unwrap();
    let (path, records) = archive(folder.path());
    let path = path.to_string_lossy().into_owned();
    let read = |arguments: &[&str]| {
        let json = ["--records", &path, "--format", "json"];
        let (code, text, stderr) = standard(&[&["judge"], arguments, &json[..]].concat());
        let judged: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{stderr}"));
        (code, judged)
    };
    let (code, judged) = read(&[MOTOR_B]);
    let told = judged["records"].as_array().unwrap();
    assert_eq!(told.len(), records.len());
    // What a plain validator refuses is never met, and what it accepts never failed: it knows no uncertainties.
    let all = versions(None).unwrap();
    let motor = all
        .iter()
        .rfind(|s| s.header.series == "ev_traction_motor_b")
        .unwrap();
    for (one, record) in told.iter().zip(records[2..].iter().chain(&records[..2])) {
        let against = if motor.accepts(record) {
            "failed"
        } else {
            "met"
        };
        assert_ne!(one["verdict"], against, "{one}");
    }
    let tally = &judged["standards"][0];
    let count = |verdict: &str| told.iter().filter(|one| one["verdict"] == verdict).count();
    for verdict in ["met", "failed", "undecided", "could_not_judge"] {
        assert_eq!(tally[verdict], count(verdict));
    }
    let expected = if count("could_not_judge") > 0 { 5 } else { 1 };
    assert_eq!(code, expected);
    for one in told {
        let clauses = one["clauses"].as_array().unwrap();
        let met = clauses.iter().all(|clause| clause["verdict"] == "met");
        assert_eq!(one["verdict"] == "met", met, "{one}");
        let failed = clauses.iter().filter(|c| c["verdict"] == "failed");
        for margin in failed.filter_map(|clause| clause["margin"].as_f64()) {
            assert!(margin <= 0.0, "{one}");
        }
    }
    // The program's own standards: those of the other sectors and sides speak of none of the records.
    let (_, own) = read(&[]);
    let series: Vec<&Value> = own["standards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["series"])
        .collect();
    assert!(
        series.contains(&&json!("ev_traction_motor_b")),
        "{series:?}"
    );
    assert_eq!(
        own["records"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["series"] == "ev_traction_motor_b")
            .count(),
        records.len()
    );
    assert!(count("met") > 0 && count("failed") > 0);
    // One that conforms alone is success.
    let met = told.iter().position(|one| one["verdict"] == "met").unwrap();
    let good = records[2..].iter().chain(&records[..2]).nth(met).unwrap();
    let file = folder.path().join("good.json");
    fs::write(&file, good.to_string()).unwrap();
    let (code, text, stderr) = standard(&["judge", MOTOR_B, "--records", &file.to_string_lossy()]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{text}");
    assert!(
        text.contains(": 1 met, 0 failed, 0 undecided, 0 could not be judged"),
        "{text}"
    );
}

#[test]
fn what_is_no_record_hides_none_and_nothing_judged_is_no_success() {
    let folder = TempDir::new().unwrap();
    let (path, records) = archive(folder.path());
    let judge = |path: &Path| standard(&["judge", MOTOR_B, "--records", &path.to_string_lossy()]);
    let good = records[0].to_string();
    let bytes = [
        &b"\xff\n"[..],
        good.as_bytes(),
        b"\n\n{\"a\":1,\"a\":1}\n",
        &good.as_bytes()[..40],
        b"\n",
    ]
    .concat();
    fs::write(path.join("bytes.jsonl"), bytes).unwrap();
    let twice = good.replacen('{', "{\"sector\":\"ev_traction\",", 1);
    fs::write(path.join("twice.json"), twice).unwrap();
    fs::write(path.join("mark.json"), format!("\u{feff}{good}")).unwrap();
    fs::write(path.join("deep.json"), "[".repeat(100_000)).unwrap();
    fs::write(path.join("empty.json"), "").unwrap();
    let (_, text, stderr) = judge(&path);
    let told = [
        "bytes.jsonl:1: ",
        "bytes.jsonl:4:1:8: key `a` a second time",
        "bytes.jsonl:5:1:",
        "twice.json:1:",
        "mark.json:1:1: a byte order mark",
        "deep.json:1:65: ",
        "empty.json:1:1: an empty file",
    ];
    for words in told {
        assert!(stderr.contains(words), "{words}: {stderr}");
    }
    assert!(
        text.contains(&format!("{} that cannot be read", told.len())),
        "{text}"
    );
    let judged = text
        .lines()
        .next()
        .unwrap()
        .split(' ')
        .filter_map(|word| word.parse::<usize>().ok());
    assert_eq!(judged.sum::<usize>(), records.len() + 1, "{text}");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert_eq!(judge(&empty).0, 5);
    assert_eq!(judge(&folder.path().join("nothing")).0, 3);
    let one = path.join("one.json");
    let one = one.to_str().unwrap();
    assert_eq!(
        standard(&["judge", "standards/market/eu-0.json", "--records", one]).0,
        4
    );
    assert_eq!(
        standard(&["judge", MOTOR_B, "--records", one, "--output", one]).0,
        2
    );
    assert_eq!(
        standard(&[
            "judge",
            "standards/magnet/wind_generator/a-1.json",
            "--records",
            one
        ])
        .0,
        5
    );
}
