//! Switched reluctance machines as users meet them: the map of a phase, its drive, and what is refused.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use dualcert::topology::Topology;
use dualcert::validation::model::{outside_range, shipped};
use dualcert::validation::reference::groups;
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

/// The design that `init` writes.
fn design() -> Value {
    let (code, text, _) = dualcert(&["init", "--topology", "srm"], &Value::Null);
    assert_eq!(code, 0);
    serde_json::from_str(&text).unwrap()
}

const MAP: [&str; 7] = [
    "solve",
    "-",
    "--candidate",
    "srm-1",
    "--map",
    "--resolution",
    "coarse",
];

#[test]
fn people_see_the_inductances_and_the_mean_torque() {
    let (code, shown, told) = dualcert(&MAP, &design());
    assert_eq!((code, told.as_str()), (0, ""));
    insta::assert_snapshot!(shown);
}

#[test]
fn the_map_as_json_and_as_a_table_is_the_same() {
    let three = [&MAP[..], &["--current-a-range", "20:100:3"]].concat();
    let (_, text, _) = dualcert(&[&three[..], &["--format", "json"]].concat(), &design());
    let sheet: Value = serde_json::from_str(&text).unwrap();
    let map = sheet["map"].as_array().unwrap();
    let number = |row: &Value, key: &str| row[key].as_f64().unwrap();
    assert_eq!(map.len(), 3 * 12);
    assert_eq!(number(&map[0], "position_deg"), 0.0);
    assert_eq!(number(&map[35], "position_deg"), 22.5);
    let phase = &sheet["phase"][2];
    let linkage = number(phase, "aligned_inductance_h") * 100.0;
    assert!((linkage / number(&map[2], "flux_linkage_wb") - 1.0).abs() < 1e-5);
    let fall = number(&map[2], "co_energy_j") - number(&map[35], "co_energy_j");
    let mean = fall / 22.5_f64.to_radians();
    assert!((mean / number(phase, "mean_torque_n_m") - 1.0).abs() < 1e-4);
    let (_, table, _) = dualcert(&[&three[..], &["--format", "csv"]].concat(), &design());
    assert_eq!(table.lines().count(), 1 + 36);
    assert!(table.starts_with("current_a,position_deg,flux_linkage_wb,co_energy_j,torque_n_m,"));
}

#[test]
fn the_map_is_the_same_on_any_number_of_threads() {
    let on = |threads: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
            .args(MAP)
            .env("RAYON_NUM_THREADS", threads)
            .write_stdin(design().to_string())
            .output()
            .unwrap();
        output.stdout
    };
    assert_eq!(on("1"), on("3"));
}

const SOLVE: [&str; 6] = [
    "solve",
    "-",
    "--candidate",
    "srm-1",
    "--resolution",
    "coarse",
];

fn sheet(arguments: &[&str]) -> Value {
    let asked = [&SOLVE[..], arguments, &["--format", "json"]].concat();
    let (code, text, told) = dualcert(&asked, &design());
    assert_eq!((code, told.as_str()), (0, ""));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn one_current_at_one_position_is_that_of_the_map_and_mirrors_about_the_aligned_position() {
    let at = |position: &str| {
        sheet(&[
            "--current-a",
            "40",
            "--position-from-unaligned-deg",
            position,
        ])
    };
    let map = sheet(&["--map", "--current-a-range", "40:40:1"]);
    let ends = map["map"].as_array().unwrap();
    for (position, row) in [("22.5", &ends[0]), ("0", &ends[11]), ("-45", &ends[11])] {
        let point = at(position);
        for key in ["flux_linkage_wb", "co_energy_j"] {
            let (a, b) = (point[key].as_f64().unwrap(), row[key].as_f64().unwrap());
            assert!((a / b - 1.0).abs() < 1e-5, "{position} {key}: {a} {b}");
        }
    }
    let (before, after) = (at("13.3"), at("31.7"));
    let torque = |point: &Value| point["torque_n_m"].as_f64().unwrap();
    assert!(torque(&before) > 1.0);
    assert!((torque(&before) / torque(&after) + 1.0).abs() < 1e-4);
}

const PULSE: [&str; 6] = [
    "--speed-rpm",
    "2000",
    "--turn-on-deg",
    "-2",
    "--turn-off-deg=16",
    "--current-a=100",
];

#[test]
fn people_see_what_a_pulse_gives() {
    let (code, shown, told) = dualcert(&[&SOLVE[..], &PULSE].concat(), &design());
    assert_eq!((code, told.as_str()), (0, ""));
    insta::assert_snapshot!(shown);
}

#[test]
fn the_waveforms_of_a_pulse_have_its_means() {
    let sheet = sheet(&PULSE);
    let fact = |key: &str| sheet[key].as_f64().unwrap();
    let rows = sheet["cycle"].as_array().unwrap();
    let column =
        |key: &str| -> Vec<f64> { rows.iter().map(|row| row[key].as_f64().unwrap()).collect() };
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let torque = column("torque_n_m");
    assert!((mean(&torque) / fact("torque_n_m") - 1.0).abs() < 1e-5);
    let phase = mean(&column("phase_torque_n_m"));
    assert!((3.0 * phase / fact("torque_n_m") - 1.0).abs() < 1e-5);
    let speed = 2000.0 * std::f64::consts::PI / 30.0;
    assert!((fact("torque_n_m") * speed / fact("mechanical_power_w") - 1.0).abs() < 1e-5);
    let out = fact("mechanical_power_w") + fact("copper_loss_w");
    assert!((out / fact("electrical_power_w") - 1.0).abs() < 1e-3);
    assert!(fact("energy_residual_ratio").abs() < 1e-3);
    let most = column("current_a").into_iter().fold(0.0, f64::max);
    assert!((most / fact("current_peak_a") - 1.0).abs() < 1e-5 && most <= 100.0);
    let work = fact("loop_area_j") * 24.0 / (2.0 * std::f64::consts::PI);
    assert!((work / fact("torque_n_m") - 1.0).abs() < 2e-3);
}

#[test]
fn the_best_torque_falls_with_speed_and_keeps_the_limits() {
    let envelope = sheet(&["--envelope"]);
    let rows = envelope["envelope"].as_array().unwrap();
    assert_eq!(rows.len(), 10);
    let of = |row: &Value, key: &str| row[key].as_f64().unwrap();
    for pair in rows.windows(2) {
        assert!(of(&pair[1], "torque_n_m") < of(&pair[0], "torque_n_m"));
        assert!(
            of(&pair[1], "held_share_of_pulse_ratio") < of(&pair[0], "held_share_of_pulse_ratio")
        );
    }
    for row in rows {
        assert!(of(row, "current_peak_a") <= 120.0);
        assert!(of(row, "current_rms_a") <= 84.853);
    }
    // The same machine asked for less gives it with less current than any pulse of the most torque.
    let least = sheet(&["--speed-rpm", "800", "--torque-n-m", "25"]);
    assert!((least["torque_n_m"].as_f64().unwrap() - 25.0).abs() < 1e-3);
    assert!(of(&least, "current_rms_a") < 0.6 * of(&rows[0], "current_rms_a"));
    let csv = [&SOLVE[..], &["--envelope", "--format", "csv"]].concat();
    let (_, table, _) = dualcert(&csv, &design());
    assert_eq!(table.lines().count(), 11);
    assert!(table.starts_with("speed_rpm,torque_n_m,mechanical_power_kw,turn_on_deg,"));
}

#[test]
fn what_no_drive_does_is_refused_by_name() {
    for (arguments, code, part) in [
        (
            &[
                "--speed-rpm=60000",
                "--turn-on-deg=-15",
                "--turn-off-deg=20",
            ][..],
            5,
            "continuous conduction",
        ),
        (
            &["--speed-rpm=900", "--turn-on-deg=5", "--turn-off-deg=4"],
            5,
            "make no pulse",
        ),
        (
            &["--speed-rpm=900", "--torque-n-m=900"],
            5,
            "no turn-on and turn-off angles within 120 A peak",
        ),
        (&["--speed-rpm=-900"], 3, "above zero"),
        (&["--speed-rpm=900", "--current-a=9"], 3, "--turn-on-deg"),
        (&["--current-a=9"], 3, "--position-from-unaligned-deg"),
        (
            &["--current-a=0", "--position-from-unaligned-deg=1"],
            2,
            "above zero",
        ),
        (&["--speed-rpm=900", "--turn-on-deg=5"], 2, "--turn-off-deg"),
        (&["--envelope", "--map"], 2, "cannot be used"),
        (&["--heat"], 3, "--heat: of a switched"),
        (&["--drive-cycle=wltc-3b"], 5, "vehicle"),
        (
            &["--drive-cycle=wltc-3b", "--current-a=5"],
            3,
            "--current-a: a map",
        ),
        (&["--envelope", "--current-a=5"], 3, "--current-a: a map"),
        (&["--map", "--current-a=5"], 3, "--current-a: a map"),
        (
            &["--envelope", "--speed-rpm-range=0:9:2"],
            3,
            "no pulse ends while the rotor rests",
        ),
        (
            &["--efficiency-map", "--speed-rpm-range=0:9:2"],
            3,
            "no pulse ends while the rotor rests",
        ),
        (
            &["--efficiency-map", "--torque-n-m-range=0:9:2"],
            2,
            "above zero",
        ),
        (
            &["--envelope", "--torque-n-m-range=1:9:2"],
            2,
            "cannot be used",
        ),
    ] {
        let (found, out, told) = dualcert(&[&SOLVE[..], arguments].concat(), &design());
        assert_eq!((found, out.as_str()), (code, ""), "{arguments:?} {told}");
        assert!(told.contains(part), "{told}");
    }
    let (_, ipm, _) = dualcert(&["init", "--topology", "ipm"], &Value::Null);
    let ipm: Value = serde_json::from_str(&ipm).unwrap();
    let id = ipm["candidates"][0]["id"].as_str().unwrap();
    for (arguments, code, part) in [
        (
            &["--map", "--current-a-range=1:9:3"][..],
            3,
            "the phases of this machine are joined",
        ),
        (&["--speed-rpm=900", "--torque-n-m=9"], 3, "are joined"),
        (&["--speed-rpm=900"], 2, "--id-a and --iq-a"),
    ] {
        let asked = [&["solve", "-", "--candidate", id], arguments].concat();
        let (found, _, told) = dualcert(&asked, &ipm);
        assert_eq!(found, code, "{arguments:?} {told}");
        assert!(told.contains(part), "{told}");
    }
}

/// What `check` says of the design with one value changed, or removed.
fn changed(pointer: &str, key: &str, value: Option<Value>) -> String {
    let mut design = design();
    let object = design
        .pointer_mut(pointer)
        .unwrap()
        .as_object_mut()
        .unwrap();
    match value {
        Some(value) => {
            object.insert(key.to_owned(), value);
        }
        None => {
            object.shift_remove(key);
        }
    }
    let (code, _, told) = dualcert(&["check", "-"], &design);
    format!("exit code {code}\n{told}")
}

#[test]
fn what_cannot_be_built_is_refused_at_its_key() {
    let srm = "/candidates/0/topology/srm";
    let part = |side: &str| format!("{srm}/{side}");
    let (stator, rotor) = (part("stator"), part("rotor"));
    for (name, pointer, key, value) in [
        ("no_phases", &rotor, "pole_count", Some(json!(12))),
        ("too_few_poles", &rotor, "pole_count", Some(json!(1))),
        ("arc_beyond_pitch", &stator, "pole_arc_deg", Some(json!(30))),
        (
            "pole_ends_in_a_point",
            &stator,
            "pole_taper_deg",
            Some(json!(-44)),
        ),
        ("poles_overlap", &rotor, "pole_taper_deg", Some(json!(40))),
        (
            "taper_out_of_range",
            &stator,
            "pole_taper_deg",
            Some(json!(50)),
        ),
        ("no_poles", &stator, "yoke_thickness_mm", Some(json!(40))),
        (
            "no_room_for_coils",
            &stator,
            "coil_clearance_mm",
            Some(json!(30)),
        ),
        (
            "bore_outside",
            &stator,
            "bore_diameter_mm",
            Some(json!(200)),
        ),
        ("no_shaft", &rotor, "shaft_diameter_mm", None),
        ("two_edges", &rotor, "outer_diameter_mm", Some(json!(100))),
    ] {
        insta::assert_snapshot!(name, changed(pointer, key, value));
    }
}

/// The template with twelve poles of two teeth each and a rotor of twenty-eight, and one change to the stator.
fn toothed(key: &str, value: Value) -> String {
    let reference: Value =
        serde_json::from_str(include_str!("reference/srm_12s28p_two_teeth.json")).unwrap();
    let mut srm = reference["topology"]["srm"].clone();
    *srm.pointer_mut(&format!("/stator/{key}")).unwrap() = value;
    changed("/candidates/0/topology", "srm", Some(srm))
}

#[test]
fn teeth_that_cannot_be_built_are_refused_at_their_key() {
    for (name, key, value) in [
        ("one_tooth", "teeth/count_per_pole", json!(1)),
        ("teeth_without_grooves", "teeth/tooth_arc_deg", json!(9)),
        ("teeth_beside_coils", "teeth/tooth_height_mm", json!(6.5)),
        ("teeth_of_no_height", "teeth/tooth_height_mm", json!(0)),
        ("teeth_off_rotor_pitch", "pole_arc_deg", json!(21)),
        ("too_many_teeth", "teeth/count_per_pole", json!(7)),
    ] {
        insta::assert_snapshot!(name, toothed(key, value));
    }
}

/// Poles with several teeth are a family of their own: neither its range nor its errors are those of other poles.
#[test]
fn several_teeth_are_validated_by_themselves() {
    let of = |text: &str, key: &str, value: Value| -> Topology {
        let mut reference: Value = serde_json::from_str(text).unwrap();
        if let Some(place) = reference["topology"]["srm"].pointer_mut(key) {
            *place = value;
        }
        serde_json::from_value(reference["topology"].clone()).unwrap()
    };
    let outside = |topology: &Topology| {
        outside_range(shipped(), topology.validated_as(), &groups(topology)).join("; ")
    };
    let toothed = include_str!("reference/srm_12s28p_two_teeth.json");
    let plain = include_str!("reference/srm_12s8p.json");
    assert_eq!(outside(&of(toothed, "/none", Value::Null)), "");
    assert_eq!(outside(&of(plain, "/none", Value::Null)), "");
    let three = of(toothed, "/stator/teeth/count_per_pole", json!(3));
    assert!(outside(&three).contains("teeth per stator pole is 3"));
    let deep = of(plain, "/air_gap_mm", json!(1.2));
    assert!(outside(&deep).contains("air gap over pole pitch"));
}

#[test]
fn windings_and_magnets_that_do_not_belong_are_refused_at_their_key() {
    let (candidate, winding) = ("/candidates/0", "/candidates/0/winding");
    for (name, pointer, key, value) in [
        ("star", winding, "connection", json!("star")),
        ("one_layer", winding, "layers", json!(1)),
        ("sets", winding, "phase_sets", json!(2)),
        ("paths", winding, "parallel_paths", json!(3)),
        ("table", winding, "slot_table", json!(["A+ A-"])),
        (
            "pieces",
            candidate,
            "magnet_segmentation",
            json!({"axial_count": 2, "across_count": 2}),
        ),
    ] {
        insta::assert_snapshot!(name, changed(pointer, key, Some(value)));
    }
    let interior: Value =
        serde_json::from_str(include_str!("refusals/valid/two-candidates.json")).unwrap();
    let pathways = interior["candidates"][0]["magnet_pathways"].clone();
    insta::assert_snapshot!(
        "pathways",
        changed(candidate, "magnet_pathways", Some(pathways))
    );
    let mut joined = interior;
    joined["candidates"][0]["winding"]["connection"] = json!("independent");
    let (code, _, told) = dualcert(&["check", "-"], &joined);
    insta::assert_snapshot!(
        "independent_phases_of_a_magnet_machine",
        format!("exit code {code}\n{told}")
    );
}

#[test]
fn points_and_axes_that_it_does_not_have_are_refused() {
    let base = ["solve", "-", "--candidate", "srm-1"];
    for (arguments, part) in [
        (&["--id-a=-1", "--iq-a=1"][..], "has no d and q currents"),
        (
            &["--map", "--id-a-range=-10:0:2"],
            "has no d and q currents",
        ),
        (&["--map", "--current-a-range=0:10:2"], "above zero"),
        (&["--map", "--pathway", "A"], "no magnet pathway"),
    ] {
        let (code, out, told) = dualcert(&[&base[..], arguments].concat(), &design());
        assert_eq!((code, out.as_str()), (3, ""), "{arguments:?}");
        assert!(told.contains(part), "{told}");
    }
    let (_, ipm, _) = dualcert(&["init", "--topology", "ipm"], &Value::Null);
    let ipm: Value = serde_json::from_str(&ipm).unwrap();
    let id = ipm["candidates"][0]["id"].as_str().unwrap();
    let asked = [
        "solve",
        "-",
        "--candidate",
        id,
        "--map",
        "--current-a-range",
        "1:2:2",
    ];
    let (code, _, told) = dualcert(&asked, &ipm);
    assert_eq!(code, 3);
    assert!(
        told.contains("the phases of this machine are joined"),
        "{told}"
    );
}
