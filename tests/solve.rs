//! `dualcert solve` as its users run it, where it shows the field or the flux map.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use serde_json::Value;
use std::process::{Command, Output};

const DESIGN: &str = "designs/ev_traction.json";
const POINT: [&str; 2] = ["--id-a=-100", "--iq-a=150"];

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dualcert"));
    command.arg("solve").args(arguments).output().unwrap()
}

/// What a run on a shipped candidate prints.
fn shipped(arguments: &[&str]) -> String {
    let mut all = vec![DESIGN, "--candidate", "ipm-smco", "--resolution", "coarse"];
    all.extend(arguments);
    let output = run(&all);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), told.as_str()), (Some(0), ""));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let mut all = arguments.to_vec();
    all.extend(["--format", "json"]);
    serde_json::from_str(&shipped(&all)).unwrap()
}

fn number(object: &Value, key: &str) -> f64 {
    object[key].as_f64().unwrap_or_else(|| panic!("{key}"))
}

#[test]
fn the_gap_is_shown_to_people() {
    insta::assert_snapshot!(shipped(
        &[&POINT[..], &["--gap", "--harmonics", "5"]].concat()
    ));
}

#[test]
fn the_gap_goes_round_the_machine() {
    let sheet = json(&[&POINT[..], &["--gap", "--position-deg", "20"]].concat());
    let samples = sheet["samples"].as_array().unwrap();
    let (first, last) = (&samples[0], &samples[samples.len() - 1]);
    let sum = number(first, "angle_deg") + number(last, "angle_deg");
    assert!((sum - 360.0).abs() < 1e-3, "{first} {last}");
    let peak = samples.iter().map(|s| number(s, "radial_t").abs());
    let peak = peak.fold(0.0, f64::max);
    assert_eq!(peak, number(&sheet, "air_gap_flux_density_max_t"));
    let mean = samples
        .iter()
        .map(|s| number(s, "radial_t").abs())
        .sum::<f64>();
    let mean = mean / samples.len() as f64;
    assert!((mean - number(&sheet, "air_gap_flux_density_mean_t")).abs() < 1e-5);
    let fundamental = &sheet["waves"][0];
    assert_eq!(fundamental["order"], sheet["pole_pairs"]);
    assert_eq!(
        fundamental["radial_t"],
        sheet["air_gap_flux_density_fundamental_t"]
    );
    // The grid turns by whole columns, 15 of them a pole at the least.
    assert!((number(&sheet, "position_deg") - 20.0).abs() <= 6.0);
    let csv = shipped(&[&POINT[..], &["--gap", "--format", "csv"]].concat());
    assert_eq!(csv.lines().count(), samples.len() + 1);
    assert_eq!(csv.lines().next(), Some("angle_deg,radial_t,tangential_t"));
}

/// With the current along q only, the crest of the fundamental without current stands on the pole.
#[test]
fn the_position_is_that_of_the_pole() {
    for position in ["0", "45", "-90", "765"] {
        let at = format!("--position-deg={position}");
        let sheet = json(&["--id-a", "0", "--iq-a", "0", "--gap", &at]);
        let asked: f64 = position.parse().unwrap();
        let turned = number(&sheet, "position_deg");
        assert!((turned - asked).abs() <= 6.0, "{turned} for {asked}");
        // Phase a of this winding has its axis where its conductors' phasor says; the crest of the wave
        // follows the pole by the same angle.
        let still = json(&["--id-a", "0", "--iq-a", "0", "--gap"]);
        let phase = |sheet: &Value| number(&sheet["waves"][0], "radial_phase_deg");
        let moved = phase(&sheet) - phase(&still) - (turned - number(&still, "position_deg"));
        let off = (moved / 360.0 - (moved / 360.0).round()) * 360.0;
        assert!(off.abs() < 1.5, "{off}");
    }
}

#[test]
fn the_cells_fill_the_sector_and_carry_its_flux() {
    let sheet = json(&[&POINT[..], &["--field"]].concat());
    let cells = sheet["cells"].as_array().unwrap();
    let sectors = number(&sheet, "repeating_sectors");
    let area: f64 = cells.iter().map(|c| number(c, "area_mm2")).sum();
    // Shaft and outer diameter of the lamination.
    let design: Value = serde_json::from_str(&std::fs::read_to_string(DESIGN).unwrap()).unwrap();
    let ipm = &design["candidates"][0]["topology"]["ipm"];
    let outer = number(&ipm["stator"], "outer_diameter_mm");
    let shaft = number(&ipm["rotor"], "shaft_diameter_mm");
    let whole = std::f64::consts::PI / 4.0 * (outer.powi(2) - shaft.powi(2));
    assert!(
        (area * sectors / whole - 1.0).abs() < 2e-3,
        "{area} {whole}"
    );
    let places: std::collections::BTreeSet<(String, String)> = cells
        .iter()
        .map(|c| {
            let text = |key: &str| c[key].as_str().unwrap().to_owned();
            (text("region"), text("material"))
        })
        .collect();
    insta::assert_debug_snapshot!(places);
    let csv = shipped(&[&POINT[..], &["--field", "--format", "csv"]].concat());
    assert_eq!(csv.lines().count(), cells.len() + 1);
}

#[test]
fn the_map_is_solved_node_by_node() {
    let arguments = ["--map", "--id-a-range=-100:0:3", "--iq-a-range", "0:150:3"];
    insta::assert_snapshot!(shipped(&[&arguments[..], &["--format", "csv"]].concat()));
    let map = json(&arguments);
    let point = json(&POINT);
    let node = &map["map"][2];
    assert_eq!(
        (&node["id_a"], &node["iq_a"]),
        (&point["id_a"], &point["iq_a"])
    );
    // They start from different neighbours and end at the same field, to the tolerance of the solver.
    for key in ["flux_linkage_d_wb", "flux_linkage_q_wb", "torque_n_m"] {
        let (found, expected) = (number(node, key), number(&point, key));
        assert!(
            (found / expected - 1.0).abs() < 2e-4,
            "{key} {found} {expected}"
        );
    }
}

#[test]
fn the_map_is_the_same_on_any_number_of_threads() {
    let map = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dualcert"));
        command.args(["solve", DESIGN, "--candidate", "ipm-smco", "--map"]);
        command.args(["--resolution", "coarse", "--id-a-range=-100:0:3"]);
        command.args(["--iq-a-range", "0:100:2", "--format", "json"]);
        command.env("RAYON_NUM_THREADS", threads).output().unwrap()
    };
    let (one, three) = (map("1"), map("3"));
    assert_eq!(one.status.code(), Some(0));
    assert_eq!(one.stdout, three.stdout);
}

#[test]
fn the_envelope_is_shown_to_people() {
    insta::assert_snapshot!(shipped(&["--envelope", "--speed-rpm-range=0:6000:5"]));
}

#[test]
fn the_efficiency_map_is_a_table_of_its_own() {
    let map = [
        "--efficiency-map",
        "--speed-rpm-range=1500:6000:2",
        "--torque-n-m-range=60:180:2",
    ];
    insta::assert_snapshot!(shipped(&map));
    insta::assert_snapshot!(shipped(&[&map[..], &["--format", "csv"]].concat()));
    let sheet = json(&map);
    let rows = sheet["efficiency_map"].as_array().unwrap();
    assert_eq!(sheet["points_within_limits"], rows.len());
    for row in rows {
        let (shaft, electrical) = (
            number(row, "shaft_power_kw"),
            number(row, "electrical_power_kw"),
        );
        let ratio = if row["mode"] == "motor" {
            shaft / electrical
        } else {
            electrical / shaft
        };
        assert!(
            (ratio - number(row, "efficiency_ratio")).abs() < 1e-5,
            "{row}"
        );
    }
}

#[test]
fn every_machine_type_is_shown() {
    for topology in ["ipm", "spoke", "spm", "inset"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("design.json");
        let file = file.to_str().unwrap();
        let mut init = Command::new(env!("CARGO_BIN_EXE_dualcert"));
        let made = init.args(["init", "--topology", topology, "--output", file]);
        assert!(made.output().unwrap().status.success());
        let text = std::fs::read_to_string(file).unwrap();
        let design: Value = serde_json::from_str(&text).unwrap();
        let id = design["candidates"][0]["id"].as_str().unwrap();
        for view in [
            &["--gap", "--id-a=0", "--iq-a=2"][..],
            &["--field", "--id-a=0", "--iq-a=2"],
            &["--map", "--id-a-range=-1:0:2", "--iq-a-range=1:1:1"],
            &["--envelope", "--speed-rpm-range=0:100:2"],
        ] {
            let grid = ["--resolution", "coarse", "--format", "json"];
            let output = run(&[&[file, "--candidate", id][..], view, &grid].concat());
            let told = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{topology} {view:?}: {told}");
            let sheet: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(sheet["topology"], topology);
        }
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    let refused = |arguments: &[&str]| {
        let output = run(&[&[DESIGN, "--candidate", "ipm-smco"][..], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        let told = String::from_utf8(output.stderr).unwrap();
        format!("{}\n{}", arguments.join(" "), told.lines().next().unwrap())
    };
    let told = [
        &["--id-a=1"][..],
        &["--gap", "--field", "--id-a=1", "--iq-a=1"],
        &["--gap", "--map"],
        &["--map", "--id-a=1"],
        &["--map", "--position-deg=1"],
        &["--id-a=1", "--iq-a=1", "--position-deg=1"],
        &["--id-a=1", "--iq-a=1", "--gap", "--position-deg=nan"],
        &["--id-a=1", "--iq-a=1", "--gap", "--position-deg=1e9"],
        &["--id-a=1", "--iq-a=1", "--id-a-range=0:1:2"],
        &["--map", "--id-a-range=0:-100:2"],
        &["--map", "--id-a-range=0:100"],
        &["--map", "--harmonics=5"],
        &["--gap", "--id-a=1", "--iq-a=1", "--speed-rpm=100"],
        &["--envelope", "--id-a=1", "--iq-a=1"],
        &["--envelope", "--efficiency-map"],
        &["--envelope", "--speed-rpm=100"],
        &["--envelope", "--speed-rpm-range=-5:100:2"],
        &["--envelope", "--torque-n-m-range=1:2:2"],
        &["--efficiency-map", "--torque-n-m-range=0:2:2"],
        &["--map", "--speed-rpm-range=0:100:2"],
        &["--drive-cycle=wltc-3b", "--id-a=1", "--iq-a=1"],
        &["--drive-cycle=wltc-3b", "--speed-rpm-range=0:100:2"],
    ]
    .map(refused);
    insta::assert_snapshot!(told.join("\n\n"));
}
