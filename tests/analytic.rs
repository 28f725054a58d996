//! Machines that can be solved in closed form: magnets on a rotor opposite a smooth stator, iron without
//! reluctance. The network is held to the exact field.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

#[path = "analytic/exact.rs"]
mod exact;

use dualcert::geometry::Curve;
use dualcert::network::gap::{Component, GapField, Wave};
use dualcert::network::law::IronLaw;
use dualcert::network::newton::{Materials, Solver};
use dualcert::network::plan::{BodyPlan, Medium, Outline, Region, Spacing};
use dualcert::network::sector::Sector;
use dualcert::resolution::Resolution;
use dualcert::topology::Topology;
use dualcert::winding::{WindingScheme, layout};
use exact::{Direction, Rotor};
use serde_json::json;

/// Largest error of a harmonic over the fundamental. Edges of iron between the magnets are singular: there
/// the network converges more slowly than beside magnets alone.
const SURFACE_BOUND: f64 = 0.003;
const INSET_BOUND: f64 = 0.01;
/// The tangential field is a slope across the gap, one order coarser than the radial one along it.
const TANGENTIAL_BOUND: f64 = 0.01;

/// What a case varies.
struct Case {
    rotor: Rotor,
    /// Slots, only to choose the columns and how much of the machine repeats.
    slots: usize,
}

/// The machine of a case, with slots that are taken away again below.
fn topology(case: &Case) -> Topology {
    let r = &case.rotor;
    let mm = |length: f64| 1e3 * length;
    let outer = r.seat > r.bore;
    let stator = json!({
        "slot_count": case.slots,
        "bore_diameter_mm": if outer { mm(r.bore) } else { 2.0 * mm(r.bore) },
        "outer_diameter_mm": if outer { 2.0 * mm(r.bore) } else { 4.0 * mm(r.bore) },
        "slot": {
            "opening_width_mm": 1.0, "opening_height_mm": 1.0, "wedge_height_mm": 1.0,
            "top_width_mm": 2.0, "bottom_width_mm": 2.0, "main_depth_mm": 5.0,
            "bottom_corner_radius_mm": 0.0
        }
    });
    let direction = match r.direction {
        Direction::Radial => "radial",
        Direction::Parallel => "parallel",
    };
    let mut rotor = json!({
        "pole_count": 2 * r.pole_pairs,
        "magnet_thickness_mm": mm((r.top - r.seat).abs()),
        "magnet_arc_ratio": r.arc,
        "magnetisation": direction
    });
    let back = if outer {
        "outer_diameter_mm"
    } else {
        "shaft_diameter_mm"
    };
    rotor[back] = json!(2.0 * mm(r.seat) * if outer { 1.3 } else { 0.5 });
    let mut machine = json!({
        "air_gap_mm": mm((r.bore - r.top).abs()),
        "rotor_position": if outer { "outer" } else { "inner" },
        "stack_length_mm": 50.0,
        "stator": stator,
        "rotor": rotor
    });
    let name = if r.iron_between { "inset" } else { "spm" };
    if r.iron_between {
        machine["iron_between_magnets"] = json!({"height_mm": mm((r.top - r.seat).abs())});
    }
    serde_json::from_value(json!({ name: machine })).unwrap()
}

/// A stator without slots in place of the one of a plan.
fn smooth(body: &BodyPlan, r: &Rotor, columns: usize) -> BodyPlan {
    let outer = r.seat > r.bore;
    let width = r.bore * body.pitch / columns as f64;
    let middle = 0.5 * (r.bore + r.top);
    let back = r.bore * if outer { 0.6 } else { 1.5 };
    let gap_side = if outer {
        Outline::Annulus(r.bore, f64::INFINITY)
    } else {
        Outline::Annulus(0.0, r.bore)
    };
    BodyPlan {
        regions: vec![Region {
            outline: gap_side,
            medium: Medium::Air,
        }],
        curves: [middle, r.bore, back].map(Curve::circle).to_vec(),
        spacing: vec![
            Spacing::Graded {
                first: 1.05 * (middle - r.bore).abs(),
                coarsest: 1.6 * width,
                growth: 25.0 * width,
            };
            2
        ],
        lines: vec![],
        ..body.clone()
    }
}

/// The gap of a case, by the network.
fn by_network(case: &Case) -> GapField {
    let r = &case.rotor;
    let topology = topology(case);
    let scheme = WindingScheme {
        slots: case.slots,
        poles: 2 * r.pole_pairs,
        layers: 2,
        coil_pitch: 1,
        turns_per_coil: 10.0,
        parallel_paths: 1,
        phase_sets: 1,
    };
    let coils = layout(scheme).unwrap();
    let mut plan = topology.plan(&coils, Resolution::Standard).unwrap();
    let columns = plan.columns / plan.stator.pitches;
    plan.stator = smooth(&plan.stator, r, columns);
    plan.stator_sections.clear();
    let sector = Sector::new(&plan).unwrap();
    let materials = Materials {
        steels: vec![IronLaw::linear(1e5); 2],
        remanence: r.remanence,
        recoil_permeability: r.recoil_permeability,
        kept: None,
    };
    let still = vec![0.0; sector.unknowns()];
    let (state, _) = Solver::new(&sector)
        .solve(&materials, &still, 0, None)
        .unwrap();
    GapField::of(&sector, &state)
}

/// Cosine and sine of a wave about the axis of the first pole [T].
fn about_the_pole(wave: &Wave, pole_pairs: usize) -> (f64, f64) {
    let axis = std::f64::consts::PI / (2 * pole_pairs) as f64;
    let (s, c) = (wave.order as f64 * axis - wave.phase).sin_cos();
    (wave.amplitude * c, -wave.amplitude * s)
}

#[track_caller]
fn agrees(case: &Case) {
    let exact = case.rotor.gap_harmonics(4);
    let found = by_network(case);
    let bound = if case.rotor.iron_between {
        INSET_BOUND
    } else {
        SURFACE_BOUND
    };
    let scale = exact_scale(&case.rotor);
    let close = |what: &str, bound: f64, found: f64, exact: f64| {
        let error = (found - exact) / scale;
        assert!(
            error.abs() <= bound,
            "{what}: {found:.5} T, exactly {exact:.5} T, {:.2} % of the fundamental off",
            100.0 * error
        );
    };
    for (k, exact) in exact.iter().enumerate() {
        let order = (2 * k + 1) * case.rotor.pole_pairs;
        let share = case.rotor.tangential_share(order);
        let radial = found.wave(Component::Radial, order);
        let tangential = found.wave(Component::Tangential, order);
        let name = |direction| format!("{direction} harmonic {}", 2 * k + 1);
        let (cosine, sine) = about_the_pole(&radial, case.rotor.pole_pairs);
        close(&name("radial"), bound, cosine, *exact);
        close(&name("radial, across,"), bound, sine, 0.0);
        let (cosine, sine) = about_the_pole(&tangential, case.rotor.pole_pairs);
        let bound = TANGENTIAL_BOUND;
        close(&name("tangential"), bound, sine, share * exact);
        close(&name("tangential, across,"), bound, cosine, 0.0);
    }
}

fn exact_scale(rotor: &Rotor) -> f64 {
    rotor.gap_harmonics(1)[0].abs()
}

fn case(pole_pairs: usize, slots: usize, arc: f64, direction: Direction, iron: bool) -> Case {
    Case {
        rotor: Rotor {
            pole_pairs,
            seat: 0.0255,
            top: 0.0290,
            bore: 0.0300,
            arc,
            direction,
            iron_between: iron,
            remanence: 1.2,
            // What lies between surface magnets is air: the closed form knows one permeability only.
            recoil_permeability: if iron { 1.05 } else { 1.0 },
            modes: 80,
        },
        slots,
    }
}

const BOTH: [Direction; 2] = [Direction::Radial, Direction::Parallel];
/// Pole pairs and slots.
const MACHINES: [(usize, usize); 4] = [(2, 6), (4, 12), (5, 12), (8, 18)];

#[track_caller]
fn every_inner_rotor_agrees(iron: bool) {
    for (pairs, slots) in MACHINES {
        for direction in BOTH {
            for arc in [0.6, 0.75, 0.9] {
                agrees(&case(pairs, slots, arc, direction, iron));
            }
        }
    }
}

#[test]
fn surface_magnets_have_the_exact_field() {
    every_inner_rotor_agrees(false);
}

#[test]
fn inset_magnets_have_the_exact_field() {
    every_inner_rotor_agrees(true);
}

#[test]
fn magnets_of_an_outer_rotor_have_the_exact_field() {
    for iron in [false, true] {
        for direction in BOTH {
            let mut outer = case(5, 12, 0.8, direction, iron);
            (outer.rotor.bore, outer.rotor.top, outer.rotor.seat) = (0.030, 0.031, 0.034);
            agrees(&outer);
        }
    }
}

/// The closed form of inset magnets is a series; half of it says the same.
#[test]
fn the_closed_form_has_converged() {
    for (pairs, slots) in MACHINES {
        for direction in BOTH {
            let whole = case(pairs, slots, 0.75, direction, true).rotor;
            let half = Rotor {
                modes: 40,
                ..whole.clone()
            };
            let scale = exact_scale(&whole);
            for (a, b) in half.gap_harmonics(4).iter().zip(whole.gap_harmonics(4)) {
                assert!((a - b).abs() < 1e-3 * scale, "{a} {b}");
            }
        }
    }
}
