//! Magnets on a disc against laws by hand, and what is not judged.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use super::super::stress::{Stressed, rotor};
use crate::design::Design;
use crate::material::Library;
use crate::source::Document;
use crate::stress::fit::{Blocks, Fit};
use crate::stress::ring::{Ring, equivalent};
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

fn sleeve(strength: f64, interference: [f64; 2]) -> Value {
    json!({
        "material": "carbon fibre", "density_kg_per_m3": 1600.0, "hoop_modulus_mpa": 140e3,
        "radial_modulus_mpa": 9e3, "poisson_ratio": 0.3, "hoop_strength_mpa": strength,
        "hoop_expansion_per_k": 0.0, "interference_min_mm": interference[0],
        "interference_max_mm": interference[1], "hotter_than_magnets_k": 0.0,
        "magnet_modulus_mpa": 160e3, "magnet_radial_expansion_per_k": 0.0,
        "iron_modulus_mpa": 200e3, "iron_expansion_per_k": 0.0
    })
}

/// A ring of 4 mm around the disc, a hub with a bore of 60 mm, glue of a strength below the magnets.
fn ring(sleeve: Value, glue: f64) -> (&'static str, Value) {
    (
        "/retention",
        json!({"ring": {
            "thickness_mm": 4.0, "hub_bore_diameter_mm": 60.0, "sleeve": sleeve,
            "bond": {"strength_mpa": glue, "bonded_share_ratio": 0.8}
        }}),
    )
}

#[test]
fn no_sleeve_on_a_disc_and_no_ring_where_it_cannot_be() {
    let whole = sleeve(1400.0, [1.0, 1.1]);
    let refused = disc(&[("/retention", json!({"sleeve": whole}))]).unwrap_err();
    assert!(refused.contains("sleeve-on-disc"), "{refused}");
    let (at, mut held) = ring(whole, 8.0);
    held["ring"]["hub_bore_diameter_mm"] = json!(140.0);
    let refused = disc(&[(at, held)]).unwrap_err();
    assert!(refused.contains("hub-without-thickness"), "{refused}");
    let refused = disc(&[ring(sleeve(1400.0, [1.1, 1.0]), 8.0)]).unwrap_err();
    assert!(refused.contains("out-of-order"), "{refused}");
    let outline = json!({"parallel_sides": {"width_mm": 25.0}});
    let parallel = disc(&[
        ring(sleeve(1400.0, [1.0, 1.1]), 8.0),
        ("/topology/axial/rotor/magnet_outline", outline),
    ]);
    let open = judged(&parallel.unwrap()).unwrap_err();
    assert!(open.contains("parallel sides"), "{open}");
}

/// Against the elastic bodies put together by hand: the ring over columns on a hub that the disc and its magnets pull
/// outwards, bent over what is between two magnets.
#[test]
fn a_weak_ring_is_the_sleeve_over_columns_on_a_hub() {
    let found = judged(&disc(&[ring(sleeve(10.0, [1.0, 1.0]), 1000.0)]).unwrap()).unwrap();
    assert_eq!(found.peak.place, "ring around the disc");
    let speed = 7200.0 * std::f64::consts::TAU / 60.0;
    let steel = Library::builtin()
        .steel("M19_29G")
        .unwrap()
        .density_kg_per_m3;
    let iron = |outer: f64, density: f64| Ring {
        inner: 0.03,
        outer,
        hoop_modulus: 190e9,
        radial_modulus: 190e9,
        poisson: crate::stress::plane::POISSON,
        density,
    };
    let (alone, magnets) = (0.95 * steel, 7600.0 * 0.78 * 5.0 / 15.0);
    let grown = |ring: Ring| ring.under(0.0, 0.0, speed).displacement(0.07);
    let with_disc = grown(iron(0.118, alone + magnets)) / grown(iron(0.07, alone));
    assert!(with_disc > 1.5, "{with_disc}");
    let fit = Fit {
        sleeve: Ring {
            inner: 0.118,
            outer: 0.122,
            hoop_modulus: 140e9,
            radial_modulus: 9e9,
            poisson: 0.3,
            density: 1600.0,
        },
        iron: iron(0.07, alone * with_disc),
        magnets: Blocks {
            density: 7600.0,
            modulus: 160e9,
            share: 0.78,
        },
    };
    let held = fit.at(speed, 0.5e-3);
    let most = (0..=16)
        .map(|k| equivalent(held.sleeve.stress(0.118 + 0.004 * f64::from(k) / 16.0)))
        .fold(0.0, f64::max);
    let half_gap = std::f64::consts::PI / 12.0 * 0.22;
    let bent = 1.0 + 6.0 * 0.5 * 0.118 * half_gap * half_gap / 0.004;
    let ratio = found.stress.value / (bent * most);
    assert!((ratio - 1.0).abs() < 1e-9, "{ratio}");
}

/// A ring that presses less at rest than overspeed takes does not hold its magnets, and a faster disc needs more.
#[test]
fn magnets_that_leave_the_hub_are_not_held() {
    let loose = judged(&disc(&[ring(sleeve(5000.0, [0.1, 0.1]), 1000.0)]).unwrap()).unwrap();
    assert_eq!(loose.peak.place, "contact between magnets and hub");
    assert!(loose.margin().unwrap().value < 1.0);
    let tight = disc(&[ring(sleeve(5000.0, [1.6, 1.7]), 1000.0)]).unwrap();
    let contact = |design: &Design| {
        let found = judged(design).unwrap();
        (found.peak.place, found.margin().unwrap().value)
    };
    let held = contact(&tight);
    let mut fast = tight.clone();
    fast.application.requirement.max_speed *= 3.0;
    let flung = contact(&fast);
    assert!(held.1 > flung.1, "{held:?} {flung:?}");
    assert!(flung.1 < 1.0, "{flung:?}");
}

/// Of the magnets that a ring presses on their hub the glue bears the torque and the pull of the stator alone.
#[test]
fn a_ring_leaves_the_glue_the_torque_and_the_pull() {
    let held = disc(&[
        ring(sleeve(50_000.0, [1.6, 1.7]), 1.0),
        ("/rotor_steel/yield_strength_mpa", json!(50_000.0)),
    ]);
    let found = judged(&held.unwrap()).unwrap();
    assert_eq!(found.peak.place, "joint between magnets and disc");
    let face = 0.78 * std::f64::consts::TAU * 0.094 / 12.0 * 0.048;
    let driven = 150.0 / (12.0 * face * 0.8 * 0.07);
    let tension = 1.018_592e6 / 0.8;
    let by_hand = tension / 2.0 + (tension * tension / 4.0 + driven * driven).sqrt();
    let ratio = found.stress.value / by_hand;
    assert!((ratio - 1.0).abs() < 1e-5, "{ratio}");
}

/// The hub is as thick as disc and magnets, is pulled where magnets are, and bears what the ring presses on it.
#[test]
fn a_hub_of_weak_iron_is_bent_and_pressed() {
    let held = disc(&[
        ring(sleeve(50_000.0, [1.6, 1.6]), 1000.0),
        ("/rotor_steel/yield_strength_mpa", json!(10.0)),
    ]);
    let found = judged(&held.unwrap()).unwrap();
    let (a, b, bore) = (0.07_f64, 0.118_f64, 0.03);
    let pulled = (b.powi(3) - a.powi(3)) / 3.0 - bore * (b * b - a * a) / 2.0;
    let bent = 6.0 * 1.018_592e6 * pulled / bore / 0.02_f64.powi(2) / 0.95;
    assert_eq!(found.peak.place, "bore of the hub");
    assert!(found.stress.value > bent, "{} {bent}", found.stress.value);
    assert!(
        found.stress.value < 4.0 * bent,
        "{} {bent}",
        found.stress.value
    );
}
