//! What is proposed to clear a choke point clears it, and less does not.
//!
//! `DUALCERT_CASES` asks for the shipped designs: `all` of them, those of one file (`servo`) or one candidate
//! (`servo/spm-15-14`). With `--nocapture` each fix is told as soon as it is tried.

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
use std::time::Instant;

fn designs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("designs")
}

fn load(value: &Value) -> Design {
    let document = Document::parse("design.json", &value.to_string()).unwrap();
    Design::load(&document).unwrap()
}

/// Whether a choke point is the one that a fix speaks of.
fn is_of(point: &ChokePoint, fixed: &Cleared) -> bool {
    (point.mechanism, point.key, point.pathway) == (fixed.mechanism, fixed.key, fixed.pathway)
}

/// The machine evaluated anew with a number of its design changed, without the pathway that is not asked about.
fn anew(value: &Value, index: usize, fixed: &Cleared, pointer: &str, to: Value) -> f64 {
    let mut changed = value.clone();
    *changed.pointer_mut(pointer).unwrap() = to;
    let other = if fixed.pathway == "a" { "b" } else { "a" };
    let pathways = changed["candidates"][index].get_mut("magnet_pathways");
    if let Some(pathways) = pathways.and_then(Value::as_object_mut) {
        pathways.remove(other);
    }
    let points = points(&load(&changed), index);
    let point = points.iter().find(|p| is_of(p, fixed));
    point.unwrap().margin_ratio
}

fn points(design: &Design, index: usize) -> Vec<ChokePoint> {
    let one = &design.candidates[index];
    candidate(&design.application, one, Library::builtin())
        .unwrap()
        .choke_points
}

/// Whether the change that a fix tells clears its point and four fifths of it do not; the complaint if not.
fn tried(value: &Value, index: usize, fixed: &Cleared) -> Result<(), String> {
    let Some(fix) = &fixed.fix else {
        return Ok(());
    };
    let count = value.pointer(&fix.pointer).unwrap().is_u64();
    let with = |to: f64| {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count"
        )]
        let number = if count { json!(to as u64) } else { json!(to) };
        anew(value, index, fixed, &fix.pointer, number)
    };
    let then = with(fix.to);
    if then < 0.0 {
        return Err(format!("does not clear: {then}"));
    }
    // Of a count and of the last digits there is no smaller change.
    if !count && (fix.to / fix.from - 1.0).abs() > 0.004 {
        let less = fix.from + 0.8 * (fix.to - fix.from);
        let margin = with(less);
        if margin >= 0.0 {
            return Err(format!("{less} clears too: {margin}"));
        }
    }
    Ok(())
}

/// Every fix clears its point on the machine evaluated anew, and four fifths of the change do not; gives the mechanisms
/// for which a change was found.
fn holds(value: &Value, index: usize) -> Vec<&'static str> {
    let design = load(value);
    let begun = Instant::now();
    let all = fixes(&design, index, Library::builtin()).unwrap();
    let name = &design.candidates[index].id;
    println!(
        "{name}: {} points beyond their limits, {} s",
        all.len(),
        begun.elapsed().as_secs()
    );
    let failed: Vec<String> = all
        .par_iter()
        .filter_map(|fixed| {
            let found = tried(value, index, fixed);
            let word = found.as_ref().err().map_or("holds", String::as_str);
            let spent = begun.elapsed().as_secs();
            println!("{name}: {word}, {spent} s: {fixed:?}");
            found.err().map(|error| format!("{error}: {fixed:?}"))
        })
        .collect();
    assert!(failed.is_empty(), "{name}: {failed:#?}");
    // What is spoken of is beyond its limit, and every point beyond it is spoken of but for parts that saturate by design.
    let now = points(&design, index);
    for fixed in &all {
        assert!(now.iter().any(|p| is_of(p, fixed) && p.margin_ratio < 0.0));
    }
    let open = now
        .iter()
        .filter(|p| p.kind == "physical" && p.margin_ratio < 0.0);
    for point in open.filter(|p| !["bridge", "rib"].contains(&p.key)) {
        assert!(all.iter().any(|f| is_of(point, f)), "{point:?}");
    }
    let cleared = all.iter().filter(|f| f.fix.is_some());
    cleared.map(|f| f.mechanism).collect()
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

/// With `DUALCERT_CASES`: candidates of shipped designs.
#[test]
fn what_is_proposed_for_shipped_designs_clears() {
    let Ok(asked) = std::env::var("DUALCERT_CASES") else {
        return;
    };
    let mut tried = 0;
    for file in fs::read_dir(designs()).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let Ok(design) = Design::load(&Document::parse("design.json", &text).unwrap()) else {
            // The schema beside them.
            continue;
        };
        let value = serde_json::to_value(&design).unwrap();
        let stem = path.file_stem().unwrap().to_string_lossy();
        for (index, one) in design.candidates.iter().enumerate() {
            let names = [
                "all".to_owned(),
                stem.to_string(),
                format!("{stem}/{}", one.id),
            ];
            if names.contains(&asked) {
                println!("{stem}/{}: {:?}", one.id, holds(&value, index));
                tried += 1;
            }
        }
    }
    assert!(tried > 0, "`{asked}` is no shipped design");
}
