//! What losses owe to physics: none at rest, power that adds up, eddy currents that cutting stops.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::design::Design;
use dualcert::evaluate::{Conditions, Side, point};
use dualcert::loss::proximity::Section;
use dualcert::loss::sample::{Cuts, Ends, Sample, Wires};
use dualcert::material::Library;
use dualcert::network::law::IronLaw;
use dualcert::network::newton::Materials;
use dualcert::operate::machine::Machine;
use dualcert::operate::study::Study;
use dualcert::resolution::Resolution;
use dualcert::source::Document;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::f64::consts::PI;

type Point = BTreeMap<&'static str, f64>;

/// A design as a file holds it, comments and all.
fn loaded(text: &str) -> Design {
    Design::load(&Document::parse("d.json", text).unwrap()).unwrap()
}

/// The shipped lamination with keys of the candidate put beside its own, at peak currents and a speed [rpm].
fn solved(change: &[(&str, Value)], (id, iq): (f64, f64), rpm: f64) -> Point {
    let text = include_str!("../designs/ev_traction.json");
    let mut design: Value = serde_json::from_str(text).unwrap();
    let first = &mut design["candidates"][0];
    first.as_object_mut().unwrap().remove("mechanical");
    for steel in ["stator_steel", "rotor_steel"] {
        first[steel]
            .as_object_mut()
            .unwrap()
            .remove("build_factor_ratio");
    }
    for (pointer, value) in change {
        let (place, key) = pointer.rsplit_once('/').unwrap();
        first.pointer_mut(place).unwrap()[key] = value.clone();
    }
    let design = loaded(&design.to_string());
    let request = point::Request {
        conditions: Conditions {
            side: Side::A,
            magnet_temperature: 100.0,
            resolution: Resolution::Coarse,
        },
        id,
        iq,
        speed: Some(rpm * PI / 30.0),
    };
    let library = Library::builtin();
    point::solve(
        &design.application,
        &design.candidates[0],
        library,
        &request,
    )
    .unwrap()
    .into_iter()
    .collect()
}

const FRICTION: f64 = 0.4;

fn with_friction() -> (&'static str, Value) {
    (
        "/mechanical",
        json!({"bearing_friction_torque_n_m": FRICTION}),
    )
}

#[test]
fn shaft_power_and_losses_are_the_electrical_power() {
    let (id, iq, rpm) = (-40.0, 80.0, 3000.0);
    let speed = rpm * PI / 30.0;
    let p = solved(&[with_friction()], (id, iq), rpm);
    let electrical = 1.5 * p["voltage_peak_v"] * f64::hypot(id, iq) * p["power_factor_ratio"];
    // The terminals see the winding with even current; eddy currents in it come on top.
    let fed = electrical + p["proximity_loss_w"];
    let lost = [
        "copper_loss_w",
        "iron_loss_w",
        "magnet_loss_w",
        "windage_loss_w",
        "bearing_loss_w",
    ];
    let lost: f64 = lost.iter().map(|name| p[name]).sum();
    let shaft = p["efficiency_ratio"] * fed;
    assert!(
        (shaft + lost - fed).abs() < 1e-9 * fed,
        "{shaft} + {lost} is not {fed}"
    );
    assert!((p["bearing_loss_w"] - FRICTION * speed).abs() < 1e-9);
    // A generator has the same losses the other way round.
    let g = solved(&[with_friction()], (id, -iq), rpm);
    assert!((g["torque_n_m"] + p["torque_n_m"]).abs() < 1e-3 * p["torque_n_m"]);
    let (driven, given) = (-g["torque_n_m"] * speed, g["efficiency_ratio"]);
    let drag = [
        "iron_loss_w",
        "magnet_loss_w",
        "windage_loss_w",
        "bearing_loss_w",
    ];
    let drag: f64 = drag.iter().map(|name| g[name]).sum();
    assert!((given - (driven - g["copper_loss_w"]) / (driven + drag)).abs() < 1e-12);
    assert!(given < 1.0 && p["efficiency_ratio"] < 1.0);
}

#[test]
fn the_parts_of_the_iron_are_the_iron() {
    let p = solved(&[], (-40.0, 80.0), 3000.0);
    let parts = ["tooth_iron_loss_w", "yoke_iron_loss_w", "rotor_iron_loss_w"].map(|name| p[name]);
    assert!(parts.iter().all(|w| *w > 0.0), "{parts:?}");
    assert!((parts.iter().sum::<f64>() / p["iron_loss_w"] - 1.0).abs() < 1e-12);
    let built = solved(
        &[("/stator_steel/build_factor_ratio", json!(1.5))],
        (-40.0, 80.0),
        3000.0,
    );
    for (name, factor) in [("tooth_iron_loss_w", 1.5), ("rotor_iron_loss_w", 1.0)] {
        assert!((built[name] / p[name] - factor).abs() < 1e-9, "{name}");
    }
}

#[test]
fn nothing_but_copper_loses_at_rest() {
    let p = solved(&[with_friction()], (-40.0, 80.0), 0.0);
    for name in [
        "iron_loss_w",
        "magnet_loss_w",
        "proximity_loss_w",
        "windage_loss_w",
        "bearing_loss_w",
    ] {
        assert_eq!(p[name], 0.0, "{name}");
    }
    assert!(p["copper_loss_w"] > 0.0);
}

#[test]
fn eddy_currents_grow_with_the_square_of_the_speed_and_iron_a_little_less() {
    let [slow, fast] = [1500.0, 3000.0].map(|rpm| solved(&[], (-40.0, 80.0), rpm));
    let growth = |name| fast[name] / slow[name];
    assert!((growth("magnet_loss_w") - 4.0).abs() < 1e-9);
    assert!((growth("proximity_loss_w") - 4.0).abs() < 1e-9);
    assert!(
        (2.0..4.0).contains(&growth("iron_loss_w")),
        "{}",
        growth("iron_loss_w")
    );
}

#[test]
fn cutting_magnets_and_strands_stops_eddy_currents() {
    let cut = |axial: usize, across: usize| {
        let pieces = json!({"axial_count": axial, "across_count": across});
        solved(&[("/magnet_segmentation", pieces)], (-40.0, 80.0), 3000.0)["magnet_loss_w"]
    };
    let whole = cut(1, 1);
    assert!(cut(1, 2) < 0.8 * whole);
    assert!(cut(1, 4) < cut(1, 2) && cut(10, 1) < cut(5, 1) && cut(5, 1) < whole);
    // Pieces far shorter than wide lose with the square of their length.
    let (a, b) = (cut(100, 1), cut(200, 1));
    assert!((a / b - 4.0).abs() < 0.05, "{a} {b}");
    // As much copper in four times the strands of half the diameter.
    let strands = |count: usize, diameter: f64| {
        let conductor =
            json!({"material": "copper", "strands": count, "strand_diameter_mm": diameter});
        solved(&[("/winding/conductor", conductor)], (-40.0, 80.0), 3000.0)
    };
    let (thick, thin) = (strands(13, 0.912), strands(52, 0.456));
    let eddy = thick["proximity_loss_w"] / thin["proximity_loss_w"];
    assert!((eddy - 4.0).abs() < 1e-6, "{eddy}");
    let dc = |p: &Point| p["copper_loss_w"] - p["proximity_loss_w"];
    assert!((dc(&thick) / dc(&thin) - 1.0).abs() < 1e-9);
}

/// Without magnets and saturation the field across a slot is that of the current below, B = µ0 n i I(y) / b(y),
/// I(y) the share of the coil below the height y. Cells that the slot's side cuts must not lend the strands the
/// flux of the tooth.
#[test]
fn strands_see_the_field_of_the_slot_and_not_that_of_the_tooth() {
    let text = include_str!("../designs/ev_traction.json");
    let design = loaded(text);
    let candidate = &design.candidates[0];
    let layout = candidate.layout().unwrap();
    let plan = candidate
        .topology
        .plan(&layout, Resolution::Coarse)
        .unwrap();
    let machine = Machine::new(&plan, &layout, Resolution::Coarse).unwrap();
    let materials = Materials {
        steels: vec![IronLaw::linear(2000.0); 2],
        remanence: 0.0,
        recoil_permeability: 1.05,
        kept: None,
    };
    let current = 30.0;
    let mut study = Study::new(&machine, materials, machine.sector.unknowns());
    let period = study.period(0.0, current).unwrap().unwrap();
    let whole = Cuts {
        axial: 1,
        across: 1,
        halved: false,
        ends: Ends::Inside,
    };
    let sample = Sample::of(&machine.sector, &period, 6.5e-3, whole);
    let (frequency, resistivity, diameter) = (200.0, 2.5e-8, 0.912e-3_f64);
    let wires = Wires {
        section: Section::Round(diameter),
        length: 1.0,
        resistivity,
    };
    // The slot is 8 mm wide below and 5 mm above; nine conductors fill it evenly.
    let (mut square, mut below) = (0.0, 0.0);
    let (steps, area) = (1000, 6.5);
    for k in 0..steps {
        let width = 8.0 - 3.0 * (f64::from(k) + 0.5) / f64::from(steps);
        let share = width / area / f64::from(steps);
        below += share;
        let b = 4e-7 * PI * 9.0 * current * below / (width * 1e-3);
        square += share * b * b;
    }
    let omega = 2.0 * PI * frequency;
    let expected = PI * diameter.powi(4) * omega * omega * square / (128.0 * resistivity);
    let found = sample.proximity_loss(frequency, &wires);
    assert!((found / expected - 1.0).abs() < 0.15, "{found} {expected}");
}

#[test]
fn without_a_declared_friction_there_is_no_efficiency() {
    let p = solved(&[], (-40.0, 80.0), 3000.0);
    assert!(!p.contains_key("efficiency_ratio") && !p.contains_key("bearing_loss_w"));
}
