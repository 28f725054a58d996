//! Flux is neither made nor lost, and does not come from nothing.

use crate::subject::{Solved, Subject, assert_close, at, linear_materials, materials};
use dualcert::network::newton::rotor_points;
use dualcert::network::sector::{Sector, Side};
use dualcert::operate::machine::Machine;
use dualcert::resolution::Resolution;

/// Allowed difference of two sums of one flux, over the flux of a pole.
const FLUX: f64 = 1e-9;

/// Flux per length [Wb/m] through the first row of a body beside the middle of the gap, from the flux
/// densities of its cells over the columns `from..to`; and the same from the potentials of its corners.
fn row_flux(
    sector: &Sector,
    a: &[f64],
    body: (usize, Side),
    columns: std::ops::Range<usize>,
    shift: usize,
) -> (f64, f64) {
    let value = |row: usize, column: usize| {
        let (u, sign) = sector.unknown(body, row, column, shift).unwrap();
        sign * a[u]
    };
    let pitch = &sector.body(body.1).slices[body.0];
    let height = (pitch.mesh.rho[[0, 0]] - pitch.mesh.rho[[1, 0]]).abs();
    let mut from_cells = 0.0;
    for column in columns.clone() {
        let nodes = [
            value(0, column),
            value(1, column),
            value(0, column + 1),
            value(1, column + 1),
        ];
        for p in pitch.cells.cell(0, column % pitch.cells.columns).0 {
            let b: f64 = p.radial.iter().zip(nodes).map(|(g, a)| g * a).sum();
            // A ring of thin rows: area over height is the width that the flux crosses.
            from_cells += b * p.area / height;
        }
    }
    let edge = |column| 0.5 * (value(0, column) + value(1, column));
    (from_cells, edge(columns.end) - edge(columns.start))
}

pub fn gap_flux_is_the_difference_of_potentials(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let sector = &machine.sector;
    let shift = 3;
    let solved = at(&machine, &materials(1.2), subject.motoring(), shift);
    let a = &solved.state.a;
    let width = sector.columns / sector.rotor.pitches;
    let no_load = at(&machine, &materials(1.2), (0.0, 0.0), shift);
    for slice in 0..sector.slices {
        let rotor = (slice, Side::Rotor);
        let pole = row_flux(sector, a, rotor, 0..width, shift).0.abs();
        assert!(pole > 0.0);
        for side in [Side::Rotor, Side::Stator] {
            for columns in [0..width / 2, 0..width, 0..sector.columns] {
                let (cells, nodes) = row_flux(sector, a, (slice, side), columns.clone(), shift);
                let what = format!("slice {slice} {side:?} {columns:?}");
                assert_close(cells, nodes, pole, FLUX, &what);
            }
            let net = row_flux(sector, a, (slice, side), 0..2 * sector.columns, shift).0;
            assert_close(net, 0.0, pole, FLUX, "net flux of two sectors");
        }
        // Poles alternate: what leaves through one returns through the next, at no load exactly.
        let of = |pole: usize| {
            let range = pole * width..(pole + 1) * width;
            row_flux(sector, &no_load.state.a, rotor, range, shift).0
        };
        let both: f64 = (0..2 * sector.rotor.pitches).map(of).sum();
        assert_close(both, 0.0, of(0), FLUX, "net flux of all poles");
        assert!(of(0) * of(1) < 0.0, "poles do not alternate");
    }
}

/// d flux linkage [V s] of conductors that would lie in the middle of the gap, each at the centre of its
/// slot: all of the flux that crosses the gap, with what slots modulate of it.
fn linkage_of_gap(subject: &Subject, machine: &Machine, solved: &Solved, shift: usize) -> f64 {
    let sector = &machine.sector;
    let width = sector.stator.columns;
    let at = |column: usize| {
        let (column, sign) = sector.wrap(column);
        let of = |slice| sector.first_of_column(slice, column) + sector.mid_gap_row;
        let potentials = (0..sector.slices).map(|slice| solved.state.a[of(slice)]);
        sign * potentials.sum::<f64>()
    };
    let scale = sector.metres() * sector.coil_share;
    let mut phases = vec![0.0; 3 * machine.phase_sets()];
    for slot in 0..sector.stator.pitches {
        let (low, high) = (slot * width + width / 2, slot * width + width.div_ceil(2));
        let potential = 0.5 * (at(low) + at(high));
        for side in &subject.layout.slots[slot] {
            phases[side.phase] += scale * side.conductors * potential;
        }
    }
    machine.park(phases, shift).0
}

pub fn linked_flux_is_the_flux_that_crosses_the_gap(subject: &Subject) {
    let machine = subject.machine(Resolution::Standard);
    // Iron that does not saturate: saturated teeth drive flux across the slots, which links a part of them.
    let materials = linear_materials(1.2);
    let (mut linked, mut crossing) = (0.0, 0.0);
    for shift in machine.shifts() {
        let solved = at(&machine, &materials, (0.0, 0.0), shift);
        linked += solved.psi_d;
        crossing += linkage_of_gap(subject, &machine, &solved, shift);
    }
    // Field that turns round in the slot openings without reaching the coils is the difference.
    assert_close(linked, crossing, crossing, 0.03, "no-load linkage");
}

pub fn without_sources_there_is_no_field(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let solved = at(&machine, &materials(0.0), (0.0, 0.0), 2);
    assert!(solved.state.a.iter().all(|a| *a == 0.0));
    // A magnet that has lost everything is no magnet.
    let mut lost = materials(1.2);
    lost.kept = Some(vec![0.0; rotor_points(&machine.sector)]);
    let solved = at(&machine, &lost, (0.0, 0.0), 2);
    assert!(solved.state.a.iter().all(|a| *a == 0.0));
}
