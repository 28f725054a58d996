//! Switched reluctance machines as users meet them: the map of a phase, what is refused, and that nothing of
//! them is passed while no record of them is computed.

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

/// No record is computed, so that nothing may pass and nothing fail.
#[test]
fn check_could_not_judge_and_says_why() {
    let (code, text, _) = dualcert(&["check", "-", "--format", "json"], &design());
    assert_eq!(code, 5);
    let report: Value = serde_json::from_str(&text).unwrap();
    let candidate = &report["files"][0]["candidates"][0];
    assert_eq!(candidate["meets_both"], Value::Null);
    let statuses = &candidate["statuses"];
    for (standard, status) in [
        ("magnet_a", "not_required"),
        ("motor_a", "could_not_judge"),
        ("magnet_b", "not_required"),
        ("motor_b", "could_not_judge"),
        ("interchange", "not_required"),
    ] {
        assert_eq!(statuses[standard], status, "{statuses}");
    }
    assert!(text.contains("no record of a switched reluctance machine is computed"));
    for rule in [&["--decision-rule", "simple"][..], &["--require", "any"]] {
        let (code, _, _) = dualcert(&[&["check", "-"], rule].concat(), &design());
        assert_eq!(code, 5, "{rule:?}");
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
