//! A fleet of two designs as a process, against numbers worked out by hand from the printed sheets.
//!
//! The designs are given a direct voltage at which they cannot be solved: supply needs no field.

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::Path;
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

/// Writes a design with one candidate of the shipped one and a fleet.
fn write(folder: &TempDir, name: &str, candidate: &str, fleet: Value) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("designs/ev_traction.json")).expect("the design");
    let mut design: Value = serde_json::from_str(&text).expect("JSON");
    design["application"]["requirement"]["dc_voltage_v"] = json!(1e-3);
    let candidates = design["candidates"].as_array().expect("a list").clone();
    let one = candidates.into_iter().find(|c| c["id"] == candidate);
    design["candidates"] = json!([one.expect("the candidate")]);
    design["fleet"] = fleet;
    std::fs::write(folder.path().join(name), format!("{design:#}")).expect("written");
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn two_designs_make_one_fleet() {
    let folder = tempfile::tempdir().expect("a folder");
    let fleet = |candidate: &str, number: u64, on_b: f64| json!({"candidate": candidate, "machines_per_year_count": number, "pathway_b_share_ratio": on_b});
    write(
        &folder,
        "x.json",
        "ipm-incumbent",
        fleet("ipm-incumbent", 30_000, 0.0),
    );
    write(
        &folder,
        "y.json",
        "ipm-low-dy",
        fleet("ipm-low-dy", 10_000, 1.0),
    );
    let (_, out, told) = dualcert(
        folder.path(),
        &["check", "x.json", "y.json", "--format", "json"],
    );
    assert_eq!(told, "");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let found = &report["portfolio"];
    assert_eq!(found["complete"], true);
    // Dysprosium: the incumbent on A and the low-Dy machine on B, each by its printed sheet.
    let mass = |file: usize, pathway: &str| {
        let sheets = &report["files"][file]["candidates"][0]["supply"]["sheets"];
        let sheet = sheets.as_array().expect("a list").iter();
        let sheet = sheet
            .clone()
            .find(|s| s["pathway"] == pathway)
            .expect("a sheet");
        let rows = sheet["elements"].as_array().expect("a list");
        let row = rows
            .iter()
            .find(|row| row["element"] == "Dy")
            .expect("dysprosium");
        number(&row["mass_kg"])
    };
    let (of_x, of_y) = (30.0 * mass(0, "a"), 10.0 * mass(1, "b"));
    let rows = found["elements"].as_array().expect("a list");
    let dysprosium = rows
        .iter()
        .find(|row| row["element"] == "Dy")
        .expect("a row");
    let tonnes = number(&dysprosium["tonnes_per_year"]);
    assert!(
        (tonnes - (of_x + of_y)).abs() < 1e-4 * tonnes,
        "{dysprosium}"
    );
    // Its separation: China has all of the first, Malaysia half of the second.
    let stages = found["stages"].as_array().expect("a list");
    let at = |row: &&Value| row["element"] == "Dy" && row["stage"] == "separation";
    let separation = stages.iter().find(at).expect("a row");
    let share = |country: &str| number(&separation["declared_ratio"][country]);
    assert!(
        (share("CN") - of_x / (of_x + of_y)).abs() < 1e-5,
        "{separation}"
    );
    assert!(
        (share("MY") - 0.5 * of_y / (of_x + of_y)).abs() < 1e-5,
        "{separation}"
    );
    assert_eq!(found["countries"][0]["country"], "CN");
    assert_eq!(found["countries"][0]["steps_met_count"], 0);
    // Stock 45 d for three of four machines, 100 d for the fourth.
    assert_eq!(number(&found["stock"][0]["mean_days"]), 58.75);
    assert_eq!(number(&found["stock"][0]["least_days"]), 45.0);
    assert_eq!(found["stock"][0]["least_reaches_aim"], false);
    let recycled = number(&found["recycled"]["recycled_content_ratio"]);
    assert!(0.0 < recycled && recycled < 0.2, "{recycled}");

    let (_, out, _) = dualcert(folder.path(), &["check", "x.json", "y.json"]);
    assert!(
        out.contains("portfolio: 40000 machines a year of 2 designs"),
        "{out}"
    );
    assert!(
        out.contains("stock, ev_traction: least 45 d, mean 58.75 d, aim 90 to 120 d"),
        "{out}"
    );
    let (_, out, _) = dualcert(folder.path(), &["check", "y.json", "--format", "jsonl"]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[lines.len() - 2].starts_with(r#"{"portfolio":"#),
        "{out}"
    );
}

#[test]
fn a_fleet_of_what_is_not_there_is_refused_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = |fleet: Value| {
        write(&folder, "z.json", "ipm-low-dy", fleet);
        let (code, _, told) = dualcert(folder.path(), &["check", "z.json"]);
        assert_eq!(code, 3, "{told}");
        told
    };
    let told = refused(json!({"candidate": "ipm-lowdy", "machines_per_year_count": 1}));
    assert!(
        told.contains("z.json:") && told.contains("ipm-low-dy"),
        "{told}"
    );
    for fleet in [
        json!({"candidate": "ipm-low-dy", "machines_per_year_count": 0}),
        json!({"candidate": "ipm-low-dy", "machines_per_year_count": 1.5}),
        json!({"candidate": "ipm-low-dy", "machines_per_year_count": 1, "pathway_b_share_ratio": 1.1}),
        json!({"candidate": "ipm-low-dy"}),
    ] {
        let told = refused(fleet);
        assert!(told.contains("/fleet") || told.contains("fleet"), "{told}");
    }
}
