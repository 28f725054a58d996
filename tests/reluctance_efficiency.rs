//! Losses and efficiency of a switched reluctance machine over torque and speed, as a process: what a user sees.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use serde_json::{Value, json};

fn dualcert(arguments: &[&str], input: &Value) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(arguments)
        .write_stdin(input.to_string())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

/// What `init` writes, with bearings.
fn design() -> Value {
    let (code, text, _) = dualcert(&["init", "--topology", "srm"], &Value::Null);
    assert_eq!(code, 0);
    let mut design: Value = serde_json::from_str(&text).unwrap();
    design["candidates"][0]["mechanical"] = json!({"bearing_friction_torque_n_m": 0.1});
    design
}

const SOLVE: [&str; 6] = [
    "solve",
    "-",
    "--candidate",
    "srm-1",
    "--resolution",
    "coarse",
];

const GRID: [&str; 3] = [
    "--efficiency-map",
    "--speed-rpm-range=1500:6000:2",
    "--torque-n-m-range=10:70:3",
];

fn sheet(arguments: &[&str]) -> Value {
    let asked = [&SOLVE[..], arguments, &["--format", "json"]].concat();
    let (code, text, told) = dualcert(&asked, &design());
    assert_eq!((code, told.as_str()), (0, ""));
    serde_json::from_str(&text).unwrap()
}

fn of(row: &Value, key: &str) -> f64 {
    row[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} of {row}"))
}

#[test]
fn powers_of_the_map_add_up_driving_and_generating_and_its_points_are_those_of_the_drive() {
    let map = sheet(&GRID);
    let rows = map["efficiency_map"].as_array().unwrap();
    let asked = of(&map, "points_within_limits") + of(&map, "points_beyond_limits");
    assert_eq!(
        (asked, rows.len() as f64),
        (12.0, of(&map, "points_within_limits"))
    );
    assert!(of(&map, "points_beyond_limits") > 0.0);
    for row in rows {
        let [electrical, shaft] = ["electrical_power_kw", "shaft_power_kw"].map(|key| of(row, key));
        let lost = ["copper_loss_w", "iron_loss_w", "mechanical_loss_w"].map(|key| of(row, key));
        assert!(lost.iter().all(|loss| *loss > 0.0), "{row}");
        let kept = electrical - shaft - 1e-3 * lost.iter().sum::<f64>();
        assert!(kept.abs() < 1e-4 * electrical.abs(), "{row}");
        let generating = row["mode"] == "generator";
        let efficiency = if generating {
            electrical / shaft
        } else {
            shaft / electrical
        };
        assert!(
            (efficiency - of(row, "efficiency_ratio")).abs() < 1e-4,
            "{row}"
        );
        assert_eq!(of(row, "torque_n_m") < 0.0, generating);
        assert!(of(row, "current_peak_a") <= 120.001 && of(row, "current_rms_a") <= 84.86);
    }
    // The angles and the current of a point give the same torque and about the same losses when all phases are solved.
    for row in [&rows[0], rows.last().unwrap()] {
        let arguments = ["speed_rpm", "turn_on_deg", "turn_off_deg", "held_current_a"];
        let [speed, on, off, held] = arguments.map(|key| of(row, key).to_string());
        let drive = sheet(&[
            "--speed-rpm",
            &speed,
            "--turn-on-deg",
            &on,
            "--turn-off-deg",
            &off,
            "--current-a",
            &held,
        ]);
        let torque = of(row, "torque_n_m");
        assert!(
            (of(&drive, "torque_n_m") / torque - 1.0).abs() < 0.01,
            "{row}"
        );
        let copper = of(&drive, "copper_loss_w") + of(&drive, "proximity_loss_w");
        assert!(
            (copper / of(row, "copper_loss_w") - 1.0).abs() < 0.02,
            "{row}"
        );
        let iron = of(&drive, "iron_loss_w");
        assert!(
            (iron / of(row, "iron_loss_w") - 1.0).abs() < 0.06,
            "{iron} {row}"
        );
    }
    let checks = map["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 3);
    for check in checks {
        let share = of(check, "iron_loss_w") / of(check, "all_phases_iron_loss_w");
        assert!((share - 1.0).abs() < 0.06, "{check}");
    }
}

#[test]
fn a_map_is_a_table_and_needs_bearings() {
    let asked = [
        &SOLVE[..],
        &[
            "--efficiency-map",
            "--speed-rpm-range=2000:2000:1",
            "--torque-n-m-range=20:20:1",
        ],
    ]
    .concat();
    let (code, table, _) = dualcert(&[&asked[..], &["--format", "csv"]].concat(), &design());
    assert_eq!((code, table.lines().count()), (0, 3));
    assert!(table.starts_with("mode,speed_rpm,torque_n_m,turn_on_deg,"));
    let mut bare = design();
    bare["candidates"][0]
        .as_object_mut()
        .unwrap()
        .shift_remove("mechanical");
    let (code, out, told) = dualcert(&asked, &bare);
    assert_eq!((code, out.as_str()), (5, ""));
    assert!(
        told.contains("no bearing friction torque is declared"),
        "{told}"
    );
}

#[test]
fn an_envelope_has_the_speeds_that_were_asked_for() {
    let rows = sheet(&["--envelope", "--speed-rpm-range=1000:7000:2"])["envelope"].clone();
    let speeds: Vec<f64> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|r| of(r, "speed_rpm"))
        .collect();
    assert_eq!(speeds, [1000.0, 7000.0]);
}
