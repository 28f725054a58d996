//! Temperatures of the shipped design as they are judged: declared films give them, and none are made up.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What `check` says of the candidate that meets both, on pathway A alone and with a change.
fn judged(change: impl Fn(&mut Value)) -> Value {
    judged_for(|_| {}, change)
}

/// The same with a change of what is required.
fn judged_for(require: impl Fn(&mut Value), change: impl Fn(&mut Value)) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("designs/ev_traction.json")).unwrap();
    let mut design: Value = serde_json::from_str(&text).unwrap();
    design.as_object_mut().unwrap().remove("fleet");
    let candidates = design["candidates"].as_array_mut().unwrap();
    candidates.retain(|c| c["id"] == "ipm-smco");
    let candidate = &mut candidates[0];
    candidate["magnet_pathways"]
        .as_object_mut()
        .unwrap()
        .remove("b");
    change(candidate);
    require(&mut design["application"]["requirement"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("design.json");
    fs::write(&path, design.to_string()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(["check", "--format", "json"])
        .arg(&path)
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["files"][0]["candidates"][0].clone()
}

fn clause<'a>(candidate: &'a Value, id: &str) -> &'a Value {
    candidate["judgements"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|j| j["clauses"].as_array().unwrap())
        .find(|c| c["id"] == id)
        .unwrap()
}

/// Without a `thermal` block the clause on the winding cannot be judged, and says what is missing; the clause on the
/// rotor does not hang on it. A film that is far too poor gives no temperature either, and no pass.
#[test]
fn what_is_not_declared_or_has_no_balance_is_not_judged() {
    let without = judged(|c| {
        c.as_object_mut().unwrap().remove("thermal");
    });
    let heat = clause(&without, "P12");
    assert_eq!(heat["verdict"], "could_not_judge");
    assert!(heat.to_string().contains("`thermal`"), "{heat}");
    assert_eq!(clause(&without, "P13")["verdict"], "met");
    let runaway = judged(|c| {
        c["thermal"]["coolant_film_w_per_m2_k"] = json!(0.1);
        c["thermal"]["end_winding_conductance_w_per_k"] = json!(0.0);
        c["thermal"]["rotor_conductance_w_per_k"] = json!(0.0);
    });
    let heat = clause(&runaway, "P12");
    assert_eq!(heat["verdict"], "could_not_judge");
    assert!(heat.to_string().contains("heats itself"), "{heat}");
    for (judged, reason) in [
        (&without, "`thermal`"),
        (&runaway, "than the cooling takes"),
    ] {
        let record = &judged["records"][0]["record"];
        for field in [
            "continuous_torque_n_m",
            "continuous_power_kw",
            "continuous_bound",
        ] {
            assert!(record.get(field).is_none(), "{record}");
            let told = record["basis"][field].as_str().unwrap();
            assert!(told.contains(reason), "{told}");
        }
        // What no cooling takes is stored for a while.
        let short = record.get("short_time_torque_n_m").and_then(Value::as_f64);
        let undeclared = reason.contains("thermal");
        assert_eq!(short.is_none(), undeclared, "{record}");
        assert!(short.unwrap_or(0.0) < 120.0, "{record}");
        let fields = ["_to_requirement_ratio", "_n_m"].map(|end| format!("short_time_torque{end}"));
        let others = ["power_kw", "current_a", "bound"].map(|end| format!("short_time_{end}"));
        for field in fields.iter().chain(&others) {
            assert_eq!(record.get(field).is_none(), undeclared, "{field}");
        }
        // Nor is there a year of a wind that nobody states.
        assert!(!record.to_string().contains("wind_year"), "{record}");
    }
}

/// Cooling that bears whatever the supply gives leaves the supply as what bounds the torque: that is the most torque of the
/// record, and no heat makes it uncertain.
#[test]
fn with_cooling_enough_the_supply_bounds_the_steady_torque() {
    let cooled = judged(|c| {
        c["thermal"]["coolant_film_w_per_m2_k"] = json!(50_000.0);
        c["thermal"]["end_winding_conductance_w_per_k"] = json!(1000.0);
        c["thermal"]["rotor_conductance_w_per_k"] = json!(1000.0);
    });
    let record = &cooled["records"][0]["record"];
    assert_eq!(record["continuous_bound"], "supply");
    let number = |part: &Value, field: &str| part[field].as_f64().unwrap();
    let required = number(record, "requirement_peak_torque_n_m");
    let most = number(record, "peak_torque_to_requirement_ratio") * required;
    let steady = number(record, "continuous_torque_n_m");
    assert!((steady / most - 1.0).abs() < 1e-5, "{steady} {most}");
    let open = &record["uncertainty"];
    let of_most = number(open, "peak_torque_to_requirement_ratio") * required;
    let of_steady = number(open, "continuous_torque_n_m");
    assert!((of_steady / of_most - 1.0).abs() < 1e-4, "{of_steady}");
}

/// What `solve --heat` shows of the candidate that meets both.
fn heat(duty: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "solve",
            "designs/ev_traction.json",
            "--candidate",
            "ipm-smco",
        ])
        .args(["--heat", "--duty", duty, "--speed-rpm-range", "1500:6000:3"])
        .args(["--format", "json"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// At rated torque the balance is that of the record, but for the corner of the magnets and the finer points; a machine
/// that rests three quarters of the time may give more torque at every speed, and never passes a limit.
#[test]
fn the_balance_is_that_of_the_record_and_rest_allows_more_torque() {
    let (always, mostly_at_rest) = (heat("s1"), heat("s3:25"));
    let record = judged(|_| {});
    let record = &record["records"][0]["record"];
    let near = |shown: &str, judged: &str| {
        let rise = |value: &Value| value.as_f64().unwrap() - 65.0;
        let (shown, judged) = (rise(&always[shown]), rise(&record[judged]));
        assert!((shown / judged - 1.0).abs() < 0.05, "{shown} {judged}");
    };
    near("rated_hot_spot_max_c", "winding_hot_spot_temperature_c");
    near("rated_magnet_max_c", "rated_magnet_temperature_c");
    let rows = |sheet: &Value| sheet["torque"].as_array().unwrap().clone();
    // The steady torque of the record, at base speed, which is the first of the speeds.
    let number = |field: &str| record[field].as_f64().unwrap();
    let (steady, shown) = (number("continuous_torque_n_m"), &rows(&always)[0]);
    let there = shown["torque_n_m"].as_f64().unwrap();
    assert!((steady / there - 1.0).abs() < 0.05, "{steady} {there}");
    assert_eq!(record["continuous_bound"], shown["bound_by"]);
    let speed = 1500.0 * std::f64::consts::PI / 30.0;
    let (gap, shaft) = (steady * speed, 1e3 * number("continuous_power_kw"));
    assert!(shaft < gap && shaft > 0.95 * gap, "{shaft} {gap}");
    let ratio = number("continuous_torque_to_requirement_ratio");
    assert!((ratio * number("requirement_rated_torque_n_m") / steady - 1.0).abs() < 1e-5);
    // A rise that is uncertain as a whole leaves a third of the torque open at least: it grows with a power of two to three.
    let open = record["uncertainty"]["continuous_torque_n_m"]
        .as_f64()
        .unwrap();
    assert!(open > 0.3 * steady, "{open} of {steady}");
    for (long, short) in rows(&always).iter().zip(rows(&mostly_at_rest)) {
        let of = |row: &Value, key: &str| row[key].as_f64().unwrap();
        assert!(of(&short, "torque_n_m") > of(long, "torque_n_m"));
        for row in [long, &short] {
            assert!(of(row, "hot_spot_c") <= 180.0 && of(row, "magnet_c") <= 120.0);
            let (gap_to_limit, bound) = match row["bound_by"].as_str().unwrap() {
                "winding" => (180.0 - of(row, "hot_spot_c"), true),
                "magnets" => (120.0 - of(row, "magnet_c"), true),
                _ => (0.0, false),
            };
            assert!(!bound || gap_to_limit < 0.2, "{row}");
        }
    }
    assert_eq!(always["course"].as_array().unwrap().len(), 1);
    assert_eq!(mostly_at_rest["course"].as_array().unwrap().len(), 200);
}

#[test]
fn a_machine_without_declared_cooling_shows_no_temperature() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("designs/ev_traction.json")).unwrap();
    let mut design: Value = serde_json::from_str(&text).unwrap();
    for candidate in design["candidates"].as_array_mut().unwrap() {
        candidate.as_object_mut().unwrap().remove("thermal");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("design.json");
    fs::write(&path, design.to_string()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .arg("solve")
        .arg(&path)
        .args(["--candidate", "ipm-smco", "--heat"])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(5));
    assert!(
        told.contains("no films and conductivities are declared (`thermal`)"),
        "{told}"
    );
}

/// Half an hour from cold allows more torque than any time, and leaves no less of it open; a day allows what any time does. The
/// short time is that of `solve --heat`, but for the corner of the magnets and the finer points.
#[test]
fn half_an_hour_from_cold_allows_more_and_a_day_no_more() {
    let run = |minutes: Option<f64>| {
        let judged = judged_for(
            |requirement| {
                if let Some(minutes) = minutes {
                    requirement["short_time_min"] = json!(minutes);
                }
            },
            |c| c["thermal"]["coolant_film_w_per_m2_k"] = json!(60.0),
        );
        judged["records"][0]["record"].clone()
    };
    let number = |record: &Value, field: &str| record[field].as_f64().unwrap();
    let (half_an_hour, day) = (run(None), run(Some(1440.0)));
    assert_eq!(number(&half_an_hour, "short_time_duration_min"), 30.0);
    assert_eq!(number(&day, "short_time_duration_min"), 1440.0);
    let always = number(&half_an_hour, "continuous_torque_n_m");
    let short = number(&half_an_hour, "short_time_torque_n_m");
    assert!(short > 1.02 * always, "{short} {always}");
    let most = number(&half_an_hour, "peak_torque_to_requirement_ratio")
        * number(&half_an_hour, "requirement_peak_torque_n_m");
    assert!(short < most * (1.0 + 1e-5), "{short} {most}");
    let of_day = number(&day, "short_time_torque_n_m");
    assert!((of_day / always - 1.0).abs() < 1e-4, "{of_day} {always}");
    assert_eq!(number(&day, "continuous_torque_n_m"), always);
    let open = number(&half_an_hour["uncertainty"], "short_time_torque_n_m");
    assert!(open > 0.1 * short, "{open}");
    let rated = number(&half_an_hour, "requirement_rated_torque_n_m");
    let ratio = number(&half_an_hour, "short_time_torque_to_requirement_ratio");
    assert!((ratio * rated / short - 1.0).abs() < 1e-5, "{ratio}");
    let speed = 1500.0 * std::f64::consts::PI / 30.0;
    let (gap, shaft) = (
        short * speed,
        1e3 * number(&half_an_hour, "short_time_power_kw"),
    );
    assert!(shaft < gap && shaft > 0.95 * gap, "{shaft} {gap}");
}
