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
use dualcert::network::newton::{Materials, Solver, State};
use dualcert::network::plan::{BodyPlan, Medium, Outline, Region, SectorPlan, Spacing};
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
        Direction::Halbach(_) => "halbach",
    };
    let mut rotor = json!({
        "pole_count": 2 * r.pole_pairs,
        "magnet_thickness_mm": mm((r.top - r.seat).abs()),
        "magnet_arc_ratio": r.arc,
        "magnetisation": direction
    });
    if let Direction::Halbach(pieces) = r.direction {
        rotor["segments_per_pole"] = json!(pieces);
    }
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
    let back = r.bore * if outer { 0.6 } else { 1.5 };
    smooth_up_to(back, body, r, columns)
}

/// The same with iron up to a radius.
fn smooth_up_to(back: f64, body: &BodyPlan, r: &Rotor, columns: usize) -> BodyPlan {
    let outer = r.seat > r.bore;
    let width = r.bore * body.pitch / columns as f64;
    let middle = 0.5 * (r.bore + r.top);
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
    let (sector, state) = still(&plan, r);
    GapField::of(&sector, &state)
}

/// The field of a plan without currents, iron without reluctance.
fn still(plan: &SectorPlan, r: &Rotor) -> (Sector, State) {
    let sector = Sector::new(plan).unwrap();
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
    (sector, state)
}

/// Cosine and sine of a wave about the axis of the first pole [T].
fn about_the_pole(wave: &Wave, pole_pairs: usize) -> (f64, f64) {
    let axis = std::f64::consts::PI / (2 * pole_pairs) as f64;
    let (s, c) = (wave.order as f64 * axis - wave.phase).sin_cos();
    (wave.amplitude * c, -wave.amplitude * s)
}

#[track_caller]
fn agrees(case: &Case) {
    agrees_with(case, &by_network(case), case.rotor.pole_pairs);
}

/// The same of a field with so many pole pairs, which those of the closed form may be a multiple of.
#[track_caller]
fn agrees_with(case: &Case, found: &GapField, pole_pairs: usize) {
    let exact = case.rotor.gap_harmonics(4);
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
        let share = case
            .rotor
            .tangential_share((2 * k + 1) * case.rotor.pole_pairs);
        let order = (2 * k + 1) * pole_pairs;
        let radial = found.wave(Component::Radial, order);
        let tangential = found.wave(Component::Tangential, order);
        let name = |direction| format!("{direction} harmonic {}", 2 * k + 1);
        let (cosine, sine) = about_the_pole(&radial, pole_pairs);
        close(&name("radial"), bound, cosine, *exact);
        close(&name("radial, across,"), bound, sine, 0.0);
        let (cosine, sine) = about_the_pole(&tangential, pole_pairs);
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

#[test]
fn halbach_arrays_have_the_exact_field() {
    for (pairs, slots) in MACHINES {
        for pieces in [2, 3, 4, 5] {
            let mut array = case(pairs, slots, 1.0, Direction::Halbach(pieces), false);
            array.rotor.recoil_permeability = 1.05;
            agrees(&array);
        }
    }
    let mut outer = case(5, 12, 1.0, Direction::Halbach(3), false);
    (outer.rotor.bore, outer.rotor.top, outer.rotor.seat) = (0.030, 0.031, 0.034);
    agrees(&outer);
}

/// Slices are flat; the closed form is round. On a circle as large as the one on which slices are drawn it is flat too.
#[test]
fn halbach_arrays_on_a_disc_have_the_exact_field() {
    let scheme = WindingScheme {
        slots: 12,
        poles: 8,
        layers: 2,
        coil_pitch: 1,
        turns_per_coil: 10.0,
        parallel_paths: 1,
        phase_sets: 1,
    };
    let coils = layout(scheme).unwrap();
    for pieces in [2, 3, 4, 6] {
        let machine: Topology = serde_json::from_value(json!({"axial": {
            "arrangement": "single_sided",
            "air_gap_mm": 2.0, "outer_diameter_mm": 150.2, "inner_diameter_mm": 149.8,
            "stator": {"slot_count": 12, "yoke_thickness_mm": 20.0, "slot": {
                "opening_width_mm": 3.0, "opening_height_mm": 1.0, "width_mm": 10.0, "main_depth_mm": 10.0}},
            "rotor": {"pole_count": 8, "magnet_thickness_mm": 8.0, "back_iron_thickness_mm": 20.0,
                "magnet_outline": {"sector": {"arc_ratio": 1.0}},
                "halbach": {"segments_per_pole": pieces}}
        }}))
        .unwrap();
        assert_eq!(machine.fits(), vec![]);
        // The slice in the middle: all of them hardly differ.
        let mut plan = machine.plan(&coils, Resolution::Standard).unwrap();
        let mut plan = plan.beside.swap_remove(1);
        let columns = plan.columns / plan.stator.pitches;
        let middle = plan.rotor.curves[0].radius_at(0.0);
        let drawn = Rotor {
            pole_pairs: 4 * plan.enlargement as usize,
            seat: middle - 9e-3,
            top: middle - 1e-3,
            bore: middle + 1e-3,
            recoil_permeability: 1.05,
            ..case(4, 12, 1.0, Direction::Halbach(pieces), false).rotor
        };
        plan.stator = smooth_up_to(middle + 0.02, &plan.stator, &drawn, columns);
        plan.stator_sections.clear();
        let (sector, state) = still(&plan, &drawn);
        let case = Case {
            rotor: drawn,
            slots: 12,
        };
        agrees_with(&case, &GapField::of(&sector, &state), 4);
    }
}

/// What makes an array other than the closed form is refused by name.
#[test]
fn an_array_with_gaps_or_without_pieces_is_refused() {
    let codes = |case: &Case| {
        let misfits = topology(case).fits();
        misfits.iter().map(|m| m.code).collect::<Vec<_>>()
    };
    let array = |pieces, arc, iron| case(5, 12, arc, Direction::Halbach(pieces), iron);
    for (case, expected) in [
        (array(3, 1.0, false), vec![]),
        (array(3, 0.9, false), vec!["halbach-with-gaps"]),
        (array(1, 1.0, false), vec!["halbach-pieces-out-of-range"]),
        (array(9, 1.0, false), vec!["halbach-pieces-out-of-range"]),
        (array(3, 1.0, true), vec!["halbach-with-gaps"]),
    ] {
        let mut found = codes(&case);
        // The stator of a case is taken away before it is solved.
        found.retain(|code| code.starts_with("halbach"));
        assert_eq!(found, expected);
    }
}
