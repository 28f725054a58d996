//! What is proposed to clear a choke point clears it, and less does not.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::choke::ChokePoint;
use dualcert::design::Design;
use dualcert::evaluate::candidate;
use dualcert::evaluate::clear::{Cleared, fixes};
use dualcert::material::Library;
use dualcert::source::Document;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn designs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("designs")
}

fn load(value: &Value) -> Design {
    let document = Document::parse("design.json", &value.to_string()).unwrap();
    Design::load(&document).unwrap()
}

/// The choke point that a fix speaks of, on a machine.
fn of(points: &[ChokePoint], fixed: &Cleared) -> f64 {
    points
        .iter()
        .find(|p| (p.mechanism, p.key, p.pathway) == (fixed.mechanism, fixed.key, fixed.pathway))
        .unwrap()
        .margin_ratio
}

/// Every fix clears its point on the machine evaluated anew, and four fifths of the change do not; gives the mechanisms
/// for which a change was found.
fn holds(value: &Value, index: usize) -> Vec<&'static str> {
    let library = Library::builtin();
    let solved = |value: &Value| {
        let design = load(value);
        let one = &design.candidates[index];
        candidate(&design.application, one, library)
            .unwrap()
            .choke_points
    };
    let now = solved(value);
    let all = fixes(&load(value), index, library).unwrap();
    let clears = |fixed: &Cleared| -> Option<&'static str> {
        assert!(of(&now, fixed) < 0.0);
        let fix = fixed.fix.as_ref()?;
        let count = value.pointer(&fix.pointer).unwrap().is_u64();
        let with = |to: f64| {
            let mut changed = value.clone();
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a count"
            )]
            let number = if count { json!(to as u64) } else { json!(to) };
            *changed.pointer_mut(&fix.pointer).unwrap() = number;
            of(&solved(&changed), fixed)
        };
        assert!(with(fix.to) >= 0.0, "{fixed:?}");
        // Of a count and of the last digits there is no smaller change.
        if !count && (fix.to / fix.from - 1.0).abs() > 0.004 {
            let less = fix.from + 0.8 * (fix.to - fix.from);
            assert!(with(less) < 0.0, "{fixed:?} {less}");
        }
        Some(fixed.mechanism)
    };
    let found: Vec<&'static str> = all.par_iter().filter_map(clears).collect();
    // Every point beyond its limit is spoken of, but for parts that saturate by design.
    let open = now
        .iter()
        .filter(|p| p.kind == "physical" && p.margin_ratio < 0.0);
    for point in open.filter(|p| !["bridge", "rib"].contains(&p.key)) {
        let told = |f: &&Cleared| {
            (f.mechanism, f.key, f.pathway) == (point.mechanism, point.key, point.pathway)
        };
        assert!(all.iter().any(|f| told(&f)), "{point:?}");
    }
    found
}

/// A machine with thin bridges, little cooling and semiconductors for a little less voltage than it makes.
#[test]
fn what_is_proposed_clears_and_less_does_not() {
    let text = fs::read_to_string(designs().join("ev_traction.json")).unwrap();
    let mut value: Value = serde_json::from_str(&text).unwrap();
    value.as_object_mut().unwrap().remove("fleet");
    let candidates = value["candidates"].as_array_mut().unwrap();
    candidates.retain(|c| c["id"] == "ipm-smco");
    let one = &mut candidates[0];
    one["magnet_pathways"].as_object_mut().unwrap().remove("b");
    one["topology"]["ipm"]["rotor"]["bridge_thickness_mm"] = json!(1.0);
    one["thermal"]["coolant_film_w_per_m2_k"] = json!(60.0);
    one["thermal"]["end_winding_conductance_w_per_k"] = json!(4.0);
    let requirement = &mut value["application"]["requirement"];
    // So that no tooth saturates: what clears that takes long to find.
    requirement["max_phase_current_a"] = json!(90.0);
    requirement["peak_torque_n_m"] = json!(121.0);
    requirement["semiconductor_voltage_v"] = json!(1195.0);
    let mut found = holds(&value, 0);
    found.sort_unstable();
    found.dedup();
    assert_eq!(
        found,
        ["hot_spot", "magnet_temperature", "rotor_stress", "voltage"]
    );
}

/// With `DUALCERT_CASES`: every candidate of every shipped design.
#[test]
fn what_is_proposed_for_shipped_designs_clears() {
    if std::env::var_os("DUALCERT_CASES").is_none() {
        return;
    }
    for file in fs::read_dir(designs()).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let Ok(design) = Design::load(&Document::parse("design.json", &text).unwrap()) else {
            // The schema beside them.
            continue;
        };
        let value = serde_json::to_value(&design).unwrap();
        for index in 0..design.candidates.len() {
            let found = holds(&value, index);
            println!(
                "{} {}: {found:?}",
                path.display(),
                design.candidates[index].id
            );
        }
    }
}
