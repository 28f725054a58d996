use super::*;
use crate::network::law::IronLaw;
use crate::network::newton::{Materials, Solver};
use crate::network::reading::gap_torque;
use crate::network::sector::Sector;
use crate::winding::{WindingScheme, layout};
use std::f64::consts::PI;

pub(super) fn machine() -> Axial {
    Axial {
        arrangement: Arrangement::SingleSided,
        air_gap: 1e-3,
        outer_diameter: 0.16,
        inner_diameter: 0.1,
        stator: AxialStator {
            slot_count: 12,
            yoke_thickness: Some(12e-3),
            slotless: false,
            slot: AxialSlot {
                opening_width: 3e-3,
                opening_height: 1.5e-3,
                wedge_height: 1e-3,
                width: 12e-3,
                main_depth: 18e-3,
            },
        },
        rotor: AxialRotor {
            pole_count: 8,
            magnet_thickness: 5e-3,
            magnet_outline: MagnetOutline::Sector(SectorOutline { arc: 0.75 }),
            halbach: None,
            interior: None,
            back_iron_thickness: Some(10e-3),
        },
    }
}

pub(super) fn coils() -> Layout {
    let scheme = WindingScheme {
        slots: 12,
        poles: 8,
        layers: 2,
        coil_pitch: 1,
        turns_per_coil: 20.0,
        parallel_paths: 1,
        phase_sets: 1,
    };
    layout(scheme).expect("a balanced winding")
}

/// Of lamination steel, as [`solved_with`].
fn solved(axial: &Axial, enlargement: f64) -> Vec<f64> {
    let library = crate::material::Library::builtin();
    let steel = library.steel("M19_29G").expect("a steel");
    let law = IronLaw::new(&steel.bh, 0.95).expect("a curve");
    solved_with(axial, enlargement, law, 1.0)
}

/// Flux linkages of the phases [V s] and torque [N m] at so many times three currents that sum to nothing.
fn solved_with(axial: &Axial, enlargement: f64, law: IronLaw, times: f64) -> Vec<f64> {
    let coils = coils();
    let plan = axial.enlarged_plan(&coils, Resolution::Coarse, enlargement);
    let sector = Sector::new(&plan).expect("a grid");
    let materials = Materials {
        steels: vec![law.clone(), law],
        remanence: 1.2,
        recoil_permeability: 1.05,
        kept: None,
    };
    let mut phases = vec![vec![0.0; sector.unknowns()]; 3];
    for (slot, sides) in coils.slots[..plan.stator.pitches].iter().enumerate() {
        for (side, coil) in sides.iter().enumerate() {
            for (unknown, share) in sector.coil_vector(slot, side) {
                phases[coil.phase][unknown] += share * coil.conductors;
            }
        }
    }
    let currents = [60.0, -20.0, -40.0].map(|i| i * times);
    let load: Vec<f64> = (0..sector.unknowns())
        .map(|u| (0..3).map(|k| currents[k] * phases[k][u]).sum())
        .collect();
    let mut solver = Solver::new(&sector);
    let (state, _) = solver.solve(&materials, &load, 2, None).expect("a field");
    let linked = |phase: &Vec<f64>| phase.iter().zip(&state.a).map(|(w, a)| w * a).sum::<f64>();
    let mut found: Vec<f64> = phases.iter().map(|p| sector.metres() * linked(p)).collect();
    found.push(gap_torque(&sector, &state));
    found
}

#[test]
fn the_circle_on_which_slices_are_drawn_is_large_enough() {
    let (one, larger) = (
        solved(&machine(), ENLARGEMENT),
        solved(&machine(), 4.0 * ENLARGEMENT),
    );
    let smaller = solved(&machine(), ENLARGEMENT / 100.0);
    let scale = one.iter().map(|x| x.abs()).fold(0.0, f64::max);
    for ((a, b), c) in one.iter().zip(&larger).zip(&smaller) {
        assert!((a - b).abs() < 2e-5 * scale, "{a} {b}");
        assert!((a - c).abs() < 5e-3 * scale, "{a} {c}");
    }
    // A circle that is not large shows.
    assert!(
        one.iter()
            .zip(&smaller)
            .any(|(a, c)| (a - c).abs() > 1e-5 * scale)
    );
}

#[test]
fn a_thin_machine_is_one_slice() {
    // Where inside and outside hardly differ all slices are alike and share linkage and torque by their length.
    let thin = |width: f64| Axial {
        outer_diameter: 0.13 + width,
        inner_diameter: 0.13 - width,
        ..machine()
    };
    let (one, two) = (
        solved(&thin(1e-4), ENLARGEMENT),
        solved(&thin(2e-4), ENLARGEMENT),
    );
    for (a, b) in one.iter().zip(&two) {
        assert!((2.0 * a - b).abs() < 1e-4 * two[3].abs(), "{a} {b}");
    }
}

/// The same machine with its slots on both sides of a common yoke is two machines.
#[test]
fn two_rotors_on_a_common_yoke_are_two_machines() {
    let one = machine();
    let mut two = machine();
    two.arrangement = Arrangement::DoubleRotor;
    two.stator.yoke_thickness = one.stator.yoke_thickness.map(|yoke| 2.0 * yoke);
    let (a, b) = (solved(&one, ENLARGEMENT), solved(&two, ENLARGEMENT));
    for (a, b) in a.iter().zip(&b) {
        assert!((2.0 * a - b).abs() < 1e-9 * b.abs(), "{a} {b}");
    }
    let (one, two) = (one.bill(), two.bill());
    assert!((2.0 * one.magnet_area - two.magnet_area).abs() < 1e-15);
    assert!((2.0 * one.stator_iron_area - two.stator_iron_area).abs() < 1e-15);
    assert!((2.0 * one.rotor_iron_area - two.rotor_iron_area).abs() < 1e-15);
    assert_eq!((one.windings, two.windings), (1, 2));
}

/// Where iron costs no excitation it does not matter whether flux passes straight or turns round behind.
#[test]
fn without_drop_in_the_iron_straight_and_returning_flux_are_alike() {
    let ideal = || IronLaw::linear(1e6);
    let one = solved_with(&machine(), ENLARGEMENT, ideal(), 1.0);
    let mut between = machine();
    between.arrangement = Arrangement::DoubleStator;
    between.rotor.magnet_thickness *= 2.0;
    between.rotor.back_iron_thickness = None;
    let both = solved_with(&between, ENLARGEMENT, ideal(), 1.0);
    // Separate teeth carry the turns of one machine for two gaps, and need twice the current.
    let mut teeth = machine();
    teeth.arrangement = Arrangement::Yokeless;
    teeth.stator.slot.main_depth *= 2.0;
    teeth.stator.yoke_thickness = None;
    let straight = solved_with(&teeth, ENLARGEMENT, ideal(), 2.0);
    for k in 0..4 {
        let scale = if k < 3 { one[0].abs() } else { one[3].abs() };
        let gaps = if k < 3 { 1.0 } else { 2.0 };
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-3 * scale, "{k}: {a} {b}");
        close(2.0 * one[k], both[k]);
        close(gaps * one[k], straight[k]);
    }
}

#[test]
fn volumes_are_those_of_rings_less_slots() {
    let axial = machine();
    let bill = axial.bill();
    let length = bill.stack_length;
    assert!((length - 0.03).abs() < 1e-12);
    let ring = PI * (0.08_f64.powi(2) - 0.05_f64.powi(2));
    let slots = 12.0 * length * (12e-3 * 18e-3 + 3e-3 * 1.5e-3 + 7.5e-3 * 1e-3);
    for (found, expected) in [
        (bill.magnet_area * length, 0.75 * ring * 5e-3),
        (bill.rotor_iron_area * length, ring * 10e-3),
        (bill.stator_iron_area * length, ring * 32.5e-3 - slots),
    ] {
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
    }
}

#[test]
fn depth_in_a_magnet_is_the_way_to_its_nearest_face() {
    let axial = machine();
    let radius = axial
        .radii(slices(Resolution::Standard))
        .nth(1)
        .expect("a slice");
    let surface = radius * ENLARGEMENT - 0.5e-3;
    let half = 0.75 * axial.pole_pitch(radius) / 2.0;
    let at = |down: f64, across: f64| axial.magnet_depth(surface - down, across / (surface - down));
    for (down, across, expected) in [
        (1e-3, 0.0, 1e-3),
        (4.5e-3, 0.0, 0.5e-3),
        (2.5e-3, half - 1e-3, 1e-3),
        (2.5e-3, -half + 2e-3, 2e-3),
        (2.5e-3, half + 1e-3, 0.0),
        (-1e-3, 0.0, 0.0),
    ] {
        let found = at(down, across);
        assert!((found - expected).abs() < 1e-9, "{down} {across}: {found}");
    }
}
