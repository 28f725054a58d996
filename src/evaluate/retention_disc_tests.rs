//! Magnets on a disc against laws by hand, and what is not judged.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use super::super::stress::{Stressed, rotor};
use crate::design::Design;
use crate::material::Library;
use crate::source::Document;
use serde_json::{Value, json};

const MAGNET: f64 = 7600.0;

/// The shipped machine with separate teeth with changes of its candidate, by pointers.
fn disc(changes: &[(&str, Value)]) -> Result<Design, String> {
    let file = include_str!("../../designs/ev_traction.json");
    let mut value: Value = serde_json::from_str(file).unwrap();
    let candidates = value["candidates"].as_array_mut().unwrap();
    candidates.retain(|candidate| candidate["id"] == "axial-low-dy");
    let strong = ("/rotor_steel/yield_strength_mpa", json!(300.0));
    for (pointer, to) in std::iter::once(&strong).chain(changes) {
        let (above, key) = pointer.rsplit_once('/').unwrap();
        value["candidates"][0].pointer_mut(above).unwrap()[key] = to.clone();
    }
    let document = Document::parse("disc.json", &value.to_string()).unwrap();
    Design::load(&document).map_err(|findings| format!("{findings:?}"))
}

fn judged(design: &Design) -> Result<Stressed, String> {
    rotor(
        &design.application,
        &design.candidates[0],
        Library::builtin(),
        MAGNET,
    )
}

fn bond(strength: f64) -> (&'static str, Value) {
    (
        "/retention",
        json!({"bond": {"strength_mpa": strength, "bonded_share_ratio": 0.8}}),
    )
}

#[test]
fn what_is_not_stated_is_not_judged() {
    let mut design = disc(&[]).unwrap();
    design.candidates[0].retention = None;
    let nothing = judged(&design).unwrap_err();
    assert!(
        nothing.contains("glues") && nothing.contains("`retention`"),
        "{nothing}"
    );
}

/// By hand: 7600 kg/m³ · (753.98 rad/s)² · 5 mm · 96.043 mm = 2.0748 MPa over four fifths of the face. The torque
/// of one of two discs, 150 N m, on twelve faces of 0.78 · 49.218 mm · 48 mm at 70 mm. Bending 3 · 5/48 of the
/// first. The pull of the stator, (1.6 T)² / 2 μ₀ = 1.01859 MPa, over four fifths.
#[test]
fn the_joint_is_sheared_bent_and_pulled() {
    let found = judged(&disc(&[bond(8.0)]).unwrap()).unwrap();
    assert_eq!(found.peak.place, "joint between magnets and disc");
    let speed = 7200.0 * std::f64::consts::TAU / 60.0;
    let centre =
        2.0 / 3.0 * (0.118_f64.powi(3) - 0.07_f64.powi(3)) / (0.118_f64.powi(2) - 0.07_f64.powi(2));
    let flung = 7600.0 * speed * speed * 0.005 * centre / 0.8;
    let face = 0.78 * std::f64::consts::TAU * 0.094 / 12.0 * 0.048;
    let driven = 150.0 / (12.0 * face * 0.8 * 0.07);
    let tension = 3.0 * flung * 0.005 / 0.048 + 1.018_592e6 / 0.8;
    let by_hand =
        tension / 2.0 + (tension * tension / 4.0 + flung * flung + driven * driven).sqrt();
    let ratio = found.stress.value / by_hand;
    assert!((ratio - 1.0).abs() < 1e-5, "{ratio}");
    assert!(
        (flung / 0.8_f64.recip() / 2.0748e6 - 1.0).abs() < 1e-3,
        "{flung}"
    );
}

/// The rotating disk with a hole, (3 + ν)/4 ρ ω² b² + (1 − ν)/4 ρ ω² a² at its bore (Timoshenko and Goodier 1970),
/// of iron that bears the magnets too, and the cantilever that its pull bends.
#[test]
fn a_strong_joint_leaves_the_bore_of_the_disc() {
    let found = judged(&disc(&[bond(1000.0)]).unwrap()).unwrap();
    assert_eq!(found.peak.place, "bore of the disc");
    let speed = 7200.0 * std::f64::consts::TAU / 60.0;
    let iron = Library::builtin()
        .steel("M19_29G")
        .unwrap()
        .density_kg_per_m3;
    let (a, b) = (0.07_f64, 0.118_f64);
    let density = iron + 7600.0 * 0.78 * 0.005 / 0.015 / 0.95;
    let nu = crate::stress::plane::POISSON;
    let spun = density * speed * speed / 4.0 * ((3.0 + nu) * b * b + (1.0 - nu) * a * a);
    let moment = 1.018_592e6 * ((b.powi(3) - a.powi(3)) / 3.0 - a * (b * b - a * a) / 2.0) / a;
    let by_hand = spun + 6.0 * moment / 0.015_f64.powi(2) / 0.95;
    let ratio = found.stress.value / by_hand;
    assert!((ratio - 1.0).abs() < 1e-5, "{ratio}");
    assert!(found.margin().unwrap().value > 1.0);
}

#[test]
fn a_joint_fails_with_speed_and_with_less_glue() {
    let design = disc(&[bond(8.0)]).unwrap();
    let slow = judged(&design).unwrap();
    assert!(slow.margin().unwrap().value > 1.0);
    let mut fast = design.clone();
    fast.application.requirement.max_speed *= 3.0;
    assert!(judged(&fast).unwrap().margin().unwrap().value < 1.0);
    let weak = judged(&disc(&[bond(1.0)]).unwrap()).unwrap();
    assert!(weak.margin().unwrap().value < 1.0);
}

#[test]
fn no_sleeve_on_a_disc_and_no_glue_without_iron() {
    let sleeve = json!({"sleeve": {
        "material": "carbon fibre", "density_kg_per_m3": 1600.0, "hoop_modulus_mpa": 140e3,
        "radial_modulus_mpa": 9e3, "poisson_ratio": 0.3, "hoop_strength_mpa": 1400.0,
        "hoop_expansion_per_k": 0.0, "interference_min_mm": 0.12, "interference_max_mm": 0.16,
        "hotter_than_magnets_k": 0.0, "magnet_modulus_mpa": 160e3,
        "magnet_radial_expansion_per_k": 5e-6, "iron_modulus_mpa": 200e3,
        "iron_expansion_per_k": 12e-6
    }});
    let refused = disc(&[("/retention", sleeve)]).unwrap_err();
    assert!(refused.contains("sleeve-on-disc"), "{refused}");
}
