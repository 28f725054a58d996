//! A machine with axial flux as a user meets it: what is refused, what `solve` shows, what is judged.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use serde_json::{Value, json};

fn dualcert(arguments: &[&str], input: &str) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .write_stdin(input)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

fn template() -> String {
    let (code, text, told) = dualcert(&["init", "--topology", "axial"], "");
    assert_eq!((code, told.as_str()), (0, ""));
    text
}

#[test]
fn what_cannot_be_built_is_refused_at_its_key() {
    let valid: Value = serde_json::from_str(&template()).unwrap();
    let mut told = String::new();
    for (key, to) in [
        ("inner_diameter_mm", json!(190.0)),
        ("stator/slot/width_mm", json!(28.0)),
        ("stator/slot/opening_width_mm", json!(16.0)),
        ("stator/slot/opening_height_mm", json!(0)),
        (
            "rotor/magnet_outline",
            json!({"parallel_sides": {"width_mm": 50}}),
        ),
        ("rotor/pole_count", json!(7)),
        ("air_gap_mm", json!(-1.0)),
        ("stator/slot/main_depth_mm", json!(2.0)),
        ("arrangement", json!("yokeless")),
        ("arrangement", json!("double_stator")),
        ("arrangement", json!("triple")),
    ] {
        let mut changed = valid.clone();
        let pointer = format!("/candidates/0/topology/axial/{key}");
        *changed.pointer_mut(&pointer).unwrap() = to.clone();
        let (code, _, err) = dualcert(&["check", "-"], &format!("{changed:#}"));
        assert_eq!(code, 3, "{key}: {to}");
        told.push_str(&format!("--- {key}: {to}\n{err}"));
    }
    insta::assert_snapshot!(told);
}

fn solved(candidate: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["solve", "-", "--candidate", "axial-1", "--format", "json"];
    arguments.extend(["--resolution", "coarse"]);
    arguments.extend(more);
    let (code, out, told) = dualcert(&arguments, candidate);
    assert_eq!(code, 0, "{told}");
    serde_json::from_str(&out).unwrap()
}

/// The quantities of a sheet, wherever it keeps them.
fn number(sheet: &Value, name: &str) -> f64 {
    fn find<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
        match value {
            Value::Object(map) => map
                .get(name)
                .or_else(|| map.values().find_map(|inner| find(inner, name))),
            Value::Array(list) => list.iter().find_map(|inner| find(inner, name)),
            _ => None,
        }
    }
    let found = find(sheet, name).and_then(Value::as_f64);
    found.unwrap_or_else(|| panic!("no {name} in {sheet}"))
}

#[test]
fn an_operating_point_has_torque_losses_and_the_gap_of_its_middle_slice() {
    let design = template();
    let point = solved(
        &design,
        &["--id-a", "0", "--iq-a", "50", "--speed-rpm", "1500"],
    );
    let torque = number(&point, "torque_n_m");
    let stress = number(&point, "gap_stress_torque_n_m");
    assert!(
        torque > 15.0 && (stress / torque - 1.0).abs() < 0.05,
        "{torque} {stress}"
    );
    for name in [
        "copper_loss_w",
        "iron_loss_w",
        "magnet_loss_w",
        "windage_loss_w",
    ] {
        assert!(number(&point, name) > 0.0, "{name}");
    }
    let gap = solved(&design, &["--gap", "--id-a", "0", "--iq-a", "0"]);
    let radius = number(&gap, "gap_radius_mm");
    assert!((radius - 72.5).abs() < 1e-6, "{radius}");
}

#[test]
fn nothing_that_rests_on_the_field_is_judged() {
    let mut design: Value = serde_json::from_str(&template()).unwrap();
    let pathways = design.pointer_mut("/candidates/0/magnet_pathways").unwrap();
    pathways.as_object_mut().unwrap().remove("b");
    let (code, out, told) = dualcert(&["check", "-", "--format", "json"], &design.to_string());
    // What needs no field is judged: of the supply nothing is declared.
    assert_eq!(code, 1, "{told}");
    let report: Value = serde_json::from_str(&out).unwrap();
    let candidate = &report["files"][0]["candidates"][0];
    assert_eq!(candidate["meets_both"], false);
    for record in candidate["records"].as_array().unwrap() {
        let text = record.to_string();
        assert!(text.contains("hold no flux along the radius"), "{text}");
    }
    let record = &candidate["records"][0].to_string();
    assert!(record.contains("magnet_mass_kg"), "{record}");
}
