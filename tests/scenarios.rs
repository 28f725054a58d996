//! Scenarios on the shipped design, as a process, against numbers worked out by hand from its declarations.
//!
//! The design is given a direct voltage at which it cannot be solved: supply needs no field, and the tests are
//! quick.

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn dualcert(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    let code = output.status.code().expect("a code");
    (code, text(output.stdout), text(output.stderr))
}

/// A folder with the shipped design as `d.json`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("designs/ev_traction.json")).expect("the design");
    let mut design: Value = serde_json::from_str(&text).expect("JSON");
    design["application"]["requirement"]["dc_voltage_v"] = json!(1e-3);
    std::fs::write(folder.path().join("d.json"), design.to_string()).expect("written");
    folder
}

/// The supply of a candidate under scenarios.
fn supply(folder: &Path, candidate: &str, scenarios: &[&str]) -> Value {
    let mut arguments = vec![
        "check",
        "d.json",
        "--candidate",
        candidate,
        "--format",
        "json",
    ];
    for scenario in scenarios {
        arguments.extend(["--scenario", scenario]);
    }
    let (_, out, told) = dualcert(folder, &arguments);
    assert_eq!(told, "");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    report["files"][0]["candidates"][0].clone()
}

fn row<'v>(candidate: &'v Value, scenario: &str, pathway: &str) -> &'v Value {
    let rows = candidate["supply"]["scenarios"].as_array().expect("a list");
    let of = |row: &&Value| row["scenario"] == scenario && row["pathway"] == pathway;
    rows.iter().find(of).expect("a row")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// Pathway A comes from one country with 45 days of stock: 45 of 365 days are built. Pathway B draws nothing
/// on it.
#[test]
fn an_embargo_stops_the_path_of_one_country_and_leaves_the_other() {
    let folder = folder();
    let found = supply(
        folder.path(),
        "ipm-low-dy",
        &["shock_embargo", "managed_detente"],
    );
    let a = row(&found, "shock_embargo", "a");
    assert_eq!(a["production"], "stopped");
    assert_eq!(a["buildable"], false);
    assert_eq!(number(&a["cover_days"]), 45.0);
    assert_eq!(number(&a["volume_kept_ratio"]), 0.123_288);
    assert_eq!(number(&a["magnet_flow_kept_ratio"]), 0.0);
    let b = row(&found, "shock_embargo", "b");
    assert_eq!(b["production"], "full");
    assert_eq!(b["cover_days"], Value::Null);
    assert_eq!(b["hits"], json!([]));
    for pathway in ["a", "b"] {
        let calm = row(&found, "managed_detente", pathway);
        assert_eq!(calm["production"], "full");
        assert_eq!(number(&calm["cost"]["change_usd"]), 0.0);
    }
}

/// Pathway A of a market that takes nothing from Japan and the United States still needs wire and sheet, of
/// which 0.6 comes from Japan: 0.4 is built, and no stock of magnets helps.
#[test]
fn the_machines_own_materials_count() {
    let folder = folder();
    let found = supply(folder.path(), "ipm-low-dy", &["structural_dual_system"]);
    let a = row(&found, "structural_dual_system", "a");
    assert_eq!(a["production"], "reduced");
    assert_eq!(number(&a["machine_flow_kept_ratio"]), 0.4);
    assert_eq!(number(&a["volume_kept_ratio"]), 0.4);
    assert_eq!(number(&a["cover_days"]), 0.0);
    assert_eq!(a["magnet_cover_days"], Value::Null);
    assert_eq!(
        row(&found, "structural_dual_system", "b")["production"],
        "full"
    );
}

/// The change of the cost from the printed rows: the same sum with the factors of the file.
#[test]
fn the_cost_follows_from_the_printed_prices() {
    let folder = folder();
    let found = supply(folder.path(), "ipm-low-dy", &["shock_embargo"]);
    let sheets = found["supply"]["sheets"].as_array().expect("a list");
    let rows = |pathway: &str| -> Vec<Value> {
        let sheet = sheets.iter().find(|s| s["pathway"] == pathway);
        let rows = sheet.expect("a sheet")["cost"]["rows"].as_array();
        rows.expect("rows").clone()
    };
    let all = [rows("a"), rows("machine")].concat();
    let factor = |element: &str| match element {
        "Nd" | "Pr" => 1.63,
        "Dy" => 3.6,
        "Tb" => 4.1,
        _ => 1.0,
    };
    let (mut before, mut after) = (0.0, 0.0);
    for row in &all {
        let [low, high] = [0, 1].map(|k| number(&row["usd_per_kg"][k]));
        let cost = number(&row["mass_kg"]) * 0.5 * (low + high);
        before += cost;
        after += cost * factor(row["element"].as_str().expect("a name"));
    }
    let cost = &row(&found, "shock_embargo", "a")["cost"];
    assert!((number(&cost["before_usd"]) - before).abs() < 1e-4 * before);
    assert!((number(&cost["change_usd"]) - (after - before)).abs() < 1e-4 * after);
    assert!(after > before);
    assert_eq!(cost["unpriced"], json!(["Co", "B"]));
}

/// The stress test of every check agrees with the judged field: the worst country of the magnets' links.
#[test]
fn the_worst_embargo_is_the_judged_one() {
    let folder = folder();
    for candidate in ["ipm-incumbent", "ipm-low-dy", "ipm-smco", "ipm-hre-free"] {
        let found = supply(folder.path(), candidate, &[]);
        assert_eq!(found["supply"]["scenarios"], json!([]));
        let records = found["records"].as_array().expect("a list");
        for pathway in ["a", "b"] {
            let record = records.iter().find(|r| r["pathway"] == pathway);
            let judged = number(&record.expect("a record")["record"]["embargo_cover_d"]);
            let rows = found["supply"]["embargoes"].as_array().expect("a list");
            let days = rows
                .iter()
                .filter(|row| row["pathway"] == pathway)
                .filter_map(|row| row["magnet_cover_days"].as_f64());
            let worst = days.fold(365.0, f64::min);
            assert_eq!(worst, judged.min(365.0), "{candidate} {pathway}");
        }
    }
}

fn own(folder: &Path, change: impl Fn(&mut Value)) -> PathBuf {
    let mut scenario = json!({
        "scenario_version": "1.0", "name": "strike", "title": "A strike", "source": "a user",
        "duration_days": 90,
        "flows": [{"countries": ["JP"], "stages": ["magnet"], "kept_ratio": 0.5, "basis": "half the shifts"}],
        "prices": []
    });
    change(&mut scenario);
    let file = folder.join("strike.json");
    std::fs::write(&file, format!("{scenario:#}")).expect("written");
    file
}

/// Of magnet B 0.6 is made in Japan: half of it is lost, 0.3, which 100 days of stock bridge for longer than
/// the 90 days that it lasts.
#[test]
fn users_write_their_own() {
    let folder = folder();
    own(folder.path(), |_| {});
    let found = supply(folder.path(), "ipm-low-dy", &["strike.json"]);
    let b = row(&found, "strike", "b");
    assert_eq!(b["production"], "full");
    assert_eq!(number(&b["magnet_flow_kept_ratio"]), 0.7);
    assert_eq!(number(&b["hits"][0]["lost_ratio"]), 0.3);
    let (_, out, _) = dualcert(
        folder.path(),
        &[
            "check",
            "d.json",
            "--candidate",
            "ipm-low-dy",
            "--scenario",
            "strike.json",
        ],
    );
    assert!(
        out.contains("strike, pathway B: built in full over 90 d"),
        "{out}"
    );
    assert!(out.contains("(JP): loses 0.3"), "{out}");
}

#[test]
fn what_is_no_scenario_is_refused_with_its_place() {
    let folder = folder();
    let told = |scenario: &str| {
        let (code, out, told) =
            dualcert(folder.path(), &["check", "d.json", "--scenario", scenario]);
        // Of a word nothing is reported, of a file that it was refused; no design was looked at.
        assert!(
            out.is_empty() || out.contains("0 candidates in 1 file"),
            "{out}"
        );
        assert_eq!(out.is_empty(), code == 2, "{out}");
        (code, told)
    };
    let (code, text) = told("shock_embargoe");
    assert_eq!(code, 2);
    assert!(text.contains("did you mean `shock_embargo`?"), "{text}");
    assert_eq!(told("absent.json").0, 3);
    type Change = fn(&mut Value);
    let wrong: [(Change, &str); 6] = [
        (|s| s["flows"][0]["kept_ratio"] = json!(1.5), "kept_ratio"),
        (
            |s| s["flows"][0]["countries"][0] = json!("ZZ"),
            "ISO 3166-1",
        ),
        (|s| s["flows"][0]["country"] = json!("JP"), "country"),
        (|s| s["duration_days"] = json!(0), "duration_days"),
        (
            |s| s["prices"] = json!([{"elements": ["Nd", "Nd"], "factor_ratio": 2, "basis": "b"}]),
            "second time",
        ),
        (
            |s| s["flows"][0]["elements"] = json!(["Unobtainium"]),
            "Unobtainium",
        ),
    ];
    for (change, named) in wrong {
        own(folder.path(), change);
        let (code, text) = told("strike.json");
        assert_eq!(code, 3, "{text}");
        assert!(
            text.contains("strike.json:") && text.contains(named),
            "{text}"
        );
    }
    own(folder.path(), |s| s["name"] = json!("shock_embargo"));
    let twice = [
        "check",
        "d.json",
        "--scenario",
        "shock_embargo",
        "--scenario",
        "strike.json",
    ];
    assert_eq!(dualcert(folder.path(), &twice).0, 2);
}

/// The schema beside the scenarios is the program's, and the shipped scenarios are valid under it.
#[test]
fn the_schema_beside_the_scenarios_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let (code, schema, _) = dualcert(&root, &["schema", "scenario"]);
    assert_eq!(code, 0);
    let path = root.join("scenario.schema.json");
    if std::env::var_os("DUALCERT_UPDATE").is_some() {
        std::fs::write(&path, &schema).expect("written");
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == schema,
        "scenarios/scenario.schema.json is stale; run with DUALCERT_UPDATE=1"
    );
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let mut seen = 0;
    for name in dualcert::scenario::names() {
        let text = std::fs::read_to_string(root.join(format!("{name}.json"))).expect("the file");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert!(validator.is_valid(&value), "{name}");
        assert_eq!(value["name"], name);
        seen += 1;
    }
    assert_eq!(seen, 4);
}
