//! Magnets on a rotor against laws by hand, and what is refused.

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

/// The shipped servo motor, whose magnets nothing holds, with changes of its candidate, by pointers.
fn servo(changes: &[(&str, Value)]) -> Design {
    let mut value: Value = serde_json::from_str(include_str!("../../designs/servo.json")).unwrap();
    let candidate = value["candidates"][0].as_object_mut().unwrap();
    candidate.remove("retention");
    let strong = ("/rotor_steel/yield_strength_mpa", json!(300.0));
    for (pointer, to) in std::iter::once(&strong).chain(changes) {
        let (above, key) = pointer.rsplit_once('/').unwrap();
        value["candidates"][0].pointer_mut(above).unwrap()[key] = to.clone();
    }
    let document = Document::parse("servo.json", &value.to_string()).unwrap();
    Design::load(&document).unwrap()
}

fn judged(design: &Design) -> Result<Stressed, String> {
    let library = Library::builtin();
    rotor(&design.application, &design.candidates[0], library, MAGNET)
}

fn bond(strength: f64) -> (&'static str, Value) {
    (
        "/retention",
        json!({"bond": {"strength_mpa": strength, "bonded_share_ratio": 0.9}}),
    )
}

fn sleeve(changes: &[(&str, Value)]) -> (&'static str, Value) {
    let mut sleeve = json!({
        "material": "carbon fibre", "density_kg_per_m3": 1600.0, "hoop_modulus_mpa": 140e3,
        "radial_modulus_mpa": 9e3, "poisson_ratio": 0.3, "hoop_strength_mpa": 1400.0,
        "hoop_expansion_per_k": 0.0, "interference_min_mm": 0.12, "interference_max_mm": 0.16,
        "hotter_than_magnets_k": 0.0, "magnet_modulus_mpa": 160e3,
        "magnet_radial_expansion_per_k": 5e-6, "iron_modulus_mpa": 200e3,
        "iron_expansion_per_k": 12e-6
    });
    for (key, to) in changes {
        sleeve[key] = to.clone();
    }
    ("/retention", json!({"sleeve": sleeve}))
}

/// Thick enough that the air gap is left as it was.
const DRAWN: [(&str, f64); 2] = [
    ("/topology/spm/rotor/sleeve_thickness_mm", 1.0),
    ("/topology/spm/air_gap_mm", 1.0),
];

fn sleeved(changes: &[(&str, Value)], more: &[(&'static str, Value)]) -> Design {
    let mut all: Vec<(&str, Value)> = DRAWN.map(|(key, to)| (key, json!(to))).to_vec();
    all.push(sleeve(changes));
    all.extend(more.iter().cloned());
    servo(&all)
}

/// The motor at so many times its speed.
fn faster(mut design: Design, times: f64) -> Design {
    design.application.requirement.max_speed *= times;
    design
}

#[test]
fn what_is_not_stated_is_not_judged() {
    let nothing = judged(&servo(&[])).unwrap_err();
    assert!(
        nothing.contains("glues") && nothing.contains("`retention`"),
        "{nothing}"
    );
    let drawn = ("/topology/spm/rotor/sleeve_thickness_mm", json!(1.0));
    let silent = judged(&servo(std::slice::from_ref(&drawn))).unwrap_err();
    assert!(silent.contains("sleeve is drawn"), "{silent}");
    let both = judged(&servo(&[drawn, bond(10.0)])).unwrap_err();
    assert!(both.contains("bond alone"), "{both}");
    let bread = (
        "/topology/spm/rotor/magnet_shape",
        json!({"eccentric_arc": {"outer_radius_mm": 30.0}}),
    );
    let narrow = ("/topology/spm/rotor/magnet_arc_ratio", json!(0.8));
    let lines = judged(&sleeved(&[], &[narrow, bread])).unwrap_err();
    assert!(lines.contains("lies on lines"), "{lines}");
    // Iron of which no strength is known leaves the whole open, however strong the glue.
    let mut weak = servo(&[bond(1000.0)]);
    weak.candidates[0].rotor_steel.yield_strength = None;
    let reason = judged(&weak).unwrap().margin().unwrap_err();
    assert!(reason.contains("no yield strength"), "{reason}");
}

/// Radial sides: σ = ρ ω² (r₂³ − r₁³) / (3 r₁) over the bonded share; with the shear of the torque the larger principal
/// stress. It rises with the square of speed where no torque is asked for.
#[test]
fn glue_holds_what_the_magnets_weigh() {
    let mut design = servo(&[bond(5.0)]);
    design.application.requirement.peak_torque = 1e-9;
    let found = judged(&design).unwrap();
    assert_eq!(found.peak.place, "joint between magnets and rotor");
    let seat = design.candidates[0].topology.seat().unwrap();
    let speed = design.application.requirement.max_speed * 1.2;
    let (low, high) = (seat.radius, seat.top);
    let by_hand = MAGNET * speed * speed * (high.powi(3) - low.powi(3)) / (3.0 * low) / 0.9;
    let stress = found.stress.value;
    assert!((stress / by_hand - 1.0).abs() < 1e-4, "{stress} {by_hand}");
    let margin = found.margin().unwrap().value;
    assert!((margin * stress / 5e6 - 1.0).abs() < 1e-9);
    let twice = judged(&faster(design.clone(), 2.0)).unwrap().stress.value;
    assert!((twice / stress / 4.0 - 1.0).abs() < 1e-9);
    // Without turning, the shear of the torque is left.
    design.application.requirement.peak_torque = 12.0;
    let still = judged(&faster(design.clone(), 1e-6)).unwrap().stress.value;
    let area = std::f64::consts::TAU * low * 0.94 * 0.033 * 0.9;
    assert!((still * low * area / 12.0 - 1.0).abs() < 2e-3);
    // Weak iron is told instead of strong glue.
    design.candidates[0].rotor_steel.yield_strength = Some(1.0e6);
    let iron = judged(&faster(design, 3.0)).unwrap();
    assert!(iron.peak.place.contains("rotor"), "{}", iron.peak.place);
    assert_eq!(iron.bears, "yield strength");
}

/// A sleeve that is fast enough is stressed by the square of speed, and then the contact is gone: the pressure that it
/// has at rest over what speed takes is less than one exactly where magnets would have to hang on the seat.
#[test]
fn a_sleeve_loses_its_contact_before_it_is_told_to_hold() {
    let of = |times| judged(&faster(sleeved(&[], &[]), times)).unwrap();
    let slow = of(1.0).margin().unwrap();
    assert!(slow.value > 1.0, "{slow:?}");
    let fast = of(60.0);
    assert_eq!(fast.peak.place, "contact between magnets and rotor");
    assert!(fast.margin().unwrap().value < 1.0);
    let twice = of(120.0);
    let ratio = twice.stress.value / fast.stress.value;
    assert!((ratio - 4.0).abs() < 1e-9, "{ratio}");
}

/// Every sleeve that is worse in one thing is never judged better.
#[test]
fn worse_sleeves_are_not_judged_better() {
    let margin = |changes: &[(&str, Value)]| {
        let found = judged(&faster(sleeved(changes, &[]), 25.0)).unwrap();
        let margin = found.margin().unwrap();
        margin.value - margin.uncertainty
    };
    let base = margin(&[]);
    for worse in [
        ("hoop_strength_mpa", json!(400.0)),
        ("interference_min_mm", json!(0.02)),
        ("interference_max_mm", json!(0.6)),
        ("hotter_than_magnets_k", json!(80.0)),
        ("density_kg_per_m3", json!(8000.0)),
    ] {
        let found = margin(std::slice::from_ref(&worse));
        assert!(found <= base + 1e-9, "{worse:?}: {found} {base}");
    }
    // Metal that grows as the rotor does keeps its fit, one that grows more loses it in the heat.
    let metal = |expansion: f64| {
        margin(&[
            ("radial_modulus_mpa", json!(140e3)),
            ("hoop_expansion_per_k", json!(expansion)),
        ])
    };
    assert!(metal(2.4e-5) < metal(1.2e-5));
}

/// A sleeve that is looser than its magnets holds nothing, which is told as a margin below zero and is no defect.
#[test]
fn a_loose_sleeve_has_no_contact() {
    let loose = [
        ("interference_min_mm", json!(0.0)),
        ("hoop_expansion_per_k", json!(5e-5)),
    ];
    let found = judged(&sleeved(&loose, &[])).unwrap();
    assert_eq!(found.peak.place, "contact between magnets and rotor");
    assert!(found.margin().unwrap().value < 0.0);
}

/// Magnets of an outer rotor press on its yoke and need nothing else.
#[test]
fn an_outer_rotor_holds_its_magnets_by_itself() {
    let mut value: Value =
        serde_json::from_str(include_str!("../../tests/reference/iea_15mw.json")).unwrap();
    let topology = value["topology"].take();
    let mut design = servo(&[]);
    design.candidates[0].topology = serde_json::from_value(topology).unwrap();
    let found = judged(&design).unwrap();
    assert_eq!(found.bears, "yield strength");
    assert!(found.margin().unwrap().value > 0.0);
}

#[path = "sleeve_tests.rs"]
mod sleeves;

/// Over every gap the chord is shorter than the arc by r γ³ / 24: eight gaps of nine degrees at 30 mm take 6 µm of the
/// radius, and magnets that touch each other take nothing.
#[test]
fn a_sleeve_that_runs_straight_over_gaps_loses_what_its_chords_are_shorter() {
    let with = |arc: f64, half_gap: f64| {
        super::Shrunk {
            places: ["sleeve", "contact"],
            back: 0.01,
            seat: 0.026,
            top: 0.030,
            sleeve: 0.001,
            arc,
            half_gap,
            magnet: 7500.0,
            speed: 600.0,
            temperatures: [20.0, 120.0],
            stacking: 1.0,
        }
        .flattened()
    };
    let half = 0.2 * std::f64::consts::PI / 8.0;
    let gap: f64 = 2.0 * half;
    let of_series = 8.0 * 0.030 * gap.powi(3) / 24.0 / (2.0 * std::f64::consts::PI);
    assert!((with(0.8, half) / of_series - 1.0).abs() < 1e-3);
    assert!((of_series - 6.2e-6).abs() < 1e-7);
    assert_eq!(with(1.0, 0.0), 0.0);
}
