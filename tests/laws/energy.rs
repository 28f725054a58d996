//! Energy, co-energy, and what follows from them: linkages, inductances, torque.

use crate::subject::{
    Solved, Subject, assert_close, at, at_phases, linear_materials, materials, still,
};
use dualcert::network::newton::{Materials, Solver};
use dualcert::network::reading::gap_torque;
use dualcert::operate::machine::Machine;
use dualcert::resolution::Resolution;
use std::f64::consts::TAU;

fn co_energy(machine: &Machine, materials: &Materials, phases: &[f64], solved: &Solved) -> f64 {
    let mut solver = Solver::new(&machine.sector);
    solver.co_energy(materials, &machine.load(phases), &solved.state)
}

fn linked(phases: &[f64], linkages: &[f64]) -> f64 {
    phases.iter().zip(linkages).map(|(i, psi)| i * psi).sum()
}

/// In a linear machine co-energy is half of what currents and linkages make together; the other half
/// is the energy. Magnets add what they do alone and how far they help.
pub fn in_a_linear_machine_energy_is_co_energy(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let (id, iq) = subject.motoring();
    let phases = machine.phase_currents(id, iq, 1);
    let bare = linear_materials(0.0);
    let solved = at_phases(&machine, &bare, &phases, 1);
    let product = linked(&phases, &solved.linkages);
    let co = co_energy(&machine, &bare, &phases, &solved);
    assert!(product > 0.0);
    assert_close(product - co, co, co, 1e-6, "energy and co-energy");

    let with_magnets = linear_materials(1.2);
    let alone = at_phases(&machine, &with_magnets, &still(&machine), 1);
    let both = at_phases(&machine, &with_magnets, &phases, 1);
    let gained = co_energy(&machine, &with_magnets, &phases, &both)
        - co_energy(&machine, &with_magnets, &still(&machine), &alone);
    let half = 0.5 * (linked(&phases, &alone.linkages) + linked(&phases, &both.linkages));
    assert_close(
        gained,
        half,
        product,
        1e-6,
        "co-energy gained over the magnets",
    );
}

pub fn linkage_is_the_slope_of_co_energy(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let (id, iq) = subject.motoring();
    let phases = machine.phase_currents(id, iq, 1);
    let solved = at_phases(&machine, &materials, &phases, 1);
    let scale = solved.psi_d.hypot(solved.psi_q);
    let step = 0.01 * subject.current;
    for k in 0..phases.len() {
        let near = |by: f64| {
            let mut moved = phases.clone();
            moved[k] += by;
            let solved = at_phases(&machine, &materials, &moved, 1);
            co_energy(&machine, &materials, &moved, &solved)
        };
        let slope = (near(step) - near(-step)) / (2.0 * step);
        assert_close(slope, solved.linkages[k], scale, 1e-3, "slope of co-energy");
    }
}

pub fn mutual_inductances_are_reciprocal(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let (id, iq) = subject.motoring();
    let phases = machine.phase_currents(id, iq, 1);
    let step = 0.05 * subject.current;
    let column = |k: usize| {
        let at = |by: f64| {
            let mut moved = phases.clone();
            moved[k] += by;
            at_phases(&machine, &materials, &moved, 1).linkages
        };
        let (high, low) = (at(step), at(-step));
        let both = high.iter().zip(low);
        both.map(|(high, low)| (high - low) / (2.0 * step))
            .collect::<Vec<f64>>()
    };
    let inductance: Vec<Vec<f64>> = (0..phases.len()).map(column).collect();
    let own = |(k, row): (usize, &Vec<f64>)| row[k];
    let largest = inductance.iter().enumerate().map(own).fold(0.0, f64::max);
    for (a, row) in inductance.iter().enumerate() {
        for (b, column) in inductance[..a].iter().enumerate() {
            assert_close(row[b], column[a], largest, 5e-3, "mutual inductance");
        }
    }
    for (k, row) in inductance.iter().enumerate() {
        assert!(row[k] > 0.0, "a phase by itself stores energy");
    }
}

/// Mean torque over sixty electrical degrees: from linkages and currents, from the stress in the gap,
/// and from co-energy while the rotor turns under currents that stand still.
pub fn three_torques_agree(subject: &Subject) {
    let machine = subject.machine(Resolution::Standard);
    let materials = materials(1.2);
    let (id, iq) = subject.motoring();
    let sector = &machine.sector;
    let column = TAU / (sector.columns * sector.sectors) as f64;
    // Away from the first columns, so that a step back stays at a position that exists.
    let start = sector.columns;
    let (mut by_linkage, mut by_stress, mut by_co_energy) = (0.0, 0.0, 0.0);
    let shifts: Vec<usize> = machine.shifts().map(|s| s + start).collect();
    for &shift in &shifts {
        let phases = machine.phase_currents(id, iq, shift);
        let here = at(&machine, &materials, (id, iq), shift);
        let of_a_set = 1.5 * machine.pole_pairs as f64 * (here.psi_d * iq - here.psi_q * id);
        by_linkage += machine.phase_sets() as f64 * of_a_set;
        by_stress += gap_torque(sector, &here.state);
        let turned = |shift| {
            let solved = at_phases(&machine, &materials, &phases, shift);
            co_energy(&machine, &materials, &phases, &solved)
        };
        by_co_energy += (turned(shift + 1) - turned(shift - 1)) / (2.0 * column);
    }
    let n = shifts.len() as f64;
    let [linkage, stress, energy] = [by_linkage, by_stress, by_co_energy].map(|t| t / n);
    assert!(linkage > 0.0);
    assert_close(stress, linkage, linkage, 0.01, "gap stress and linkages");
    assert_close(energy, linkage, linkage, 0.01, "co-energy and linkages");
}
