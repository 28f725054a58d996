//! What must not change when the machine is mirrored, turned or scaled.

use crate::subject::{Subject, assert_close, at, at_phases, materials, still};
use dualcert::network::newton::Solver;
use dualcert::network::reading::gap_torque;
use dualcert::network::sector::Side;
use dualcert::network::spot;
use dualcert::operate::machine::Machine;
use dualcert::operate::study::Study;
use dualcert::resolution::Resolution;
use std::f64::consts::TAU;

/// The solver stops at a residual of 1e-5 of the load; answers that should be equal are so to this.
const SOLVED: f64 = 1e-4;

/// The shift at which the rotor stands mirrored to where it stands at `shift`. The mirror is the middle
/// of the axes of the three-phase sets.
fn mirrored(machine: &Machine, shift: usize) -> usize {
    let turn = 2 * machine.sector.columns * machine.sector.sectors;
    (0..turn)
        .find(|&other| {
            let sets = machine.phase_sets();
            // Axes lie less than 60° apart, so that none of the differences wraps.
            let both = |set| {
                machine.electrical_angle_of(set, shift) + machine.electrical_angle_of(set, other)
            };
            let sum = (0..sets).map(both).sum::<f64>() / sets as f64;
            (sum / TAU - (sum / TAU).round()).abs() < 1e-9
        })
        .expect("the grid has a mirrored position")
}

pub fn mirroring_turns_torque_and_q_flux_around(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let (id, iq) = subject.motoring();
    for shift in [0, 1, 4] {
        let one = at(&machine, &materials, (id, iq), shift);
        let other = at(&machine, &materials, (id, -iq), mirrored(&machine, shift));
        let scale = one.psi_d.hypot(one.psi_q);
        assert_close(other.psi_d, one.psi_d, scale, SOLVED, "d linkage");
        assert_close(other.psi_q, -one.psi_q, scale, SOLVED, "q linkage");
        let torque = |solved: &crate::subject::Solved| gap_torque(&machine.sector, &solved.state);
        let (t, u) = (torque(&one), torque(&other));
        assert_close(u, -t, t, 1e-3, "torque");
        assert!(t > 0.0, "this quadrant drives");
    }
}

pub fn a_turn_by_one_pole_reverses_the_linkages(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let pole = machine.sector.rotor.columns;
    let one = at(&machine, &materials, subject.motoring(), 2);
    let other = at(&machine, &materials, subject.motoring(), 2 + pole);
    let scale = one.psi_d.hypot(one.psi_q);
    for (a, b) in one.linkages.iter().zip(other.linkages) {
        assert_close(b, -a, scale, SOLVED, "phase linkage");
    }
    assert_close(other.psi_d, one.psi_d, scale, SOLVED, "d linkage");
    assert_close(other.psi_q, one.psi_q, scale, SOLVED, "q linkage");
}

pub fn a_turn_by_one_slot_changes_nothing_without_current(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let slot = machine.sector.stator.columns;
    let mut solver = Solver::new(&machine.sector);
    let mut facts = |shift| {
        let solved = at(&machine, &materials, (0.0, 0.0), shift);
        let load = machine.load(still(&machine));
        let energy = solver.co_energy(&materials, &load, &solved.state);
        (energy, gap_torque(&machine.sector, &solved.state))
    };
    let (one, other) = (facts(1), facts(1 + slot));
    assert_close(other.0, one.0, one.0, 1e-7, "co-energy");
    // Cogging is a small difference of large stresses: its scale is the energy of the whole field.
    assert_close(other.1, one.1, one.0, SOLVED, "torque");
}

/// Rotor and currents turned by the slots of one pole and phase: another phase takes the part of the
/// first, and nothing else changes. A single slot is not enough where a phase belt holds several.
pub fn a_turn_by_one_phase_belt_with_its_currents_changes_nothing(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let sector = &machine.sector;
    let slot = sector.stator.columns;
    let scheme = subject.layout.scheme;
    let belt = (1..=scheme.slots)
        .find(|slots| (3 * slots * scheme.poles).is_multiple_of(scheme.slots))
        .unwrap();
    let (one, other) = (
        at(&machine, &materials, subject.motoring(), 1),
        at(&machine, &materials, subject.motoring(), 1 + belt * slot),
    );
    let scale = one.psi_d.hypot(one.psi_q);
    assert_close(other.psi_d, one.psi_d, scale, SOLVED, "d linkage");
    assert_close(other.psi_q, one.psi_q, scale, SOLVED, "q linkage");
    let torque = gap_torque(sector, &one.state);
    let turned = gap_torque(sector, &other.state);
    assert_close(turned, torque, torque, 1e-3, "torque");
}

/// Lengths and currents times k keep H and B; the potential grows by k, the linkage by k for the
/// potential and k for the length of the stack, the torque by k for the current beside.
pub fn scaled_lengths_and_currents_scale_linkage_and_torque(subject: &Subject) {
    let k = 2.0;
    let larger = subject.scaled(k);
    let materials = materials(1.2);
    let (one, other) = (
        subject.machine(Resolution::Coarse),
        larger.machine(Resolution::Coarse),
    );
    let phases = one.phase_currents(subject.motoring().0, subject.motoring().1, 2);
    let a = at_phases(&one, &materials, &phases, 2);
    let larger: Vec<f64> = phases.iter().map(|i| k * i).collect();
    let b = at_phases(&other, &materials, &larger, 2);
    let scale = a.psi_d.hypot(a.psi_q) * k * k;
    for (small, large) in a.linkages.iter().zip(b.linkages) {
        assert_close(large, k * k * small, scale, SOLVED, "phase linkage");
    }
    let (small, large) = (
        gap_torque(&one.sector, &a.state),
        gap_torque(&other.sector, &b.state),
    );
    assert_close(large, k * k * k * small, large, 1e-3, "torque");
}

/// Losses need the field over a whole period and solve a sixth of it: the rest is that sixth moved along by
/// slots and poles. Here it is solved.
pub fn the_next_sixth_of_a_period_is_known_from_this_one(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let (id, iq) = subject.motoring();
    let mut study = Study::new(&machine, materials.clone(), machine.sector.unknowns());
    let periods = study.period(id, iq).unwrap().unwrap();
    let positions = machine.fine_shifts().count();
    let sixth = machine.sector.columns * machine.sector.sectors / (6 * machine.pole_pairs);
    let sides = || [Side::Rotor, Side::Stator].into_iter();
    for (side, period) in periods.iter().flat_map(|both| sides().zip(both)) {
        assert!(period.blocks() >= 1);
        for ahead in [1, 2, 3] {
            let solved = at(&machine, &materials, (id, iq), ahead * sixth);
            let readings = spot::read(
                &machine.sector,
                (period.slice, side),
                &period.spots,
                &solved.state,
            );
            let largest = readings.iter().map(|r| r.a.abs()).fold(0.0, f64::max);
            let n = ahead * positions % (period.blocks() * positions);
            for (k, reading) in readings.iter().enumerate() {
                let (pitch, spot) = (k / period.spots.len(), k % period.spots.len());
                let known = period.wave(pitch, spot).nth(n).unwrap();
                let what = format!("{side:?}, {ahead} sixths ahead, pitch {pitch}, spot {spot}");
                assert_close(known.a, reading.a, largest, 5e-4, &what);
                for (b, c) in known.b.iter().zip(reading.b) {
                    assert_close(*b, c, 1.0, 5e-3, &what);
                }
            }
        }
    }
}
