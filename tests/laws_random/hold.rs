//! What is asked of a random machine: its grid is sound and holds what the drawing holds, and the field
//! is found.

use crate::draw::Case;
use dualcert::material::Library;
use dualcert::network::law::IronLaw;
use dualcert::network::mesh::PitchMesh;
use dualcert::network::newton::{Materials, Solver};
use dualcert::network::reading::gap_torque;
use dualcert::network::sector::Side;
use dualcert::operate::machine::Machine;
use dualcert::resolution::Resolution;
use dualcert::topology::Topology;
use dualcert::winding::layout;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Newton iterations that no field may need: ten times what is usual from a cold start.
pub const ITERATIONS: usize = 120;

/// Least Jacobian at a Gauss point over the mean of its cell: above zero where no cell is inverted in
/// the eyes of the integration. The Jacobian of a bilinear cell is linear, so that a Gauss point lies the
/// share 1/√3 of the way from the mean to the corner; a corner of a skewed cell may itself be beyond zero.
pub fn least_jacobian(mesh: &PitchMesh) -> f64 {
    let mut least = f64::INFINITY;
    let sense = (mesh.rho[[1, 0]] - mesh.rho[[0, 0]]).signum();
    for i in 0..mesh.rows() {
        for j in 0..mesh.columns() {
            let at = |a: usize, b: usize| (mesh.rho[[i + a, j + b]], mesh.phi[[i + a, j + b]]);
            let cross = |o: (f64, f64), x: (f64, f64), e: (f64, f64)| {
                (x.0 - o.0) * (e.1 - o.1) - (e.0 - o.0) * (x.1 - o.1)
            };
            let corners = [
                cross(at(0, 0), at(1, 0), at(0, 1)),
                -cross(at(1, 0), at(0, 0), at(1, 1)),
                -cross(at(0, 1), at(1, 1), at(0, 0)),
                cross(at(1, 1), at(0, 1), at(1, 0)),
            ]
            .map(|c| c * sense);
            let mean = corners.iter().sum::<f64>() / 4.0;
            let worst = corners.iter().fold(f64::INFINITY, |a, c| a.min(*c));
            let worst = mean + (worst - mean) / 3.0_f64.sqrt();
            least = least.min(if mean > 0.0 { worst / mean } else { -1.0 });
        }
    }
    least
}

pub fn close(found: f64, expected: f64, share: f64) -> bool {
    (found - expected).abs() <= share * expected.abs()
}

/// What a case came to, for the count at the end.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Refused,
    Solved,
}

/// The laws for one case.
pub fn hold(case: &Case) -> Result<Outcome, TestCaseError> {
    let topology = &case.topology;
    if !topology.fits().is_empty() {
        return Ok(Outcome::Refused);
    }
    let layout = layout(case.scheme).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let plan = topology
        .plan(&layout, Resolution::Coarse)
        .ok_or_else(|| TestCaseError::fail("it fits and has no plan"))?;
    let machine = Machine::new(&plan, &layout, Resolution::Coarse)
        .map_err(|e| TestCaseError::fail(e.to_string()))?;
    let sector = &machine.sector;
    for side in [Side::Rotor, Side::Stator] {
        let body = sector.body(side);
        for pitch in &body.slices {
            let least = least_jacobian(&pitch.mesh);
            prop_assert!(least > 0.0, "{side:?}: a cell is inverted, {least}");
        }
    }
    contents(case, topology, &machine)?;
    solve(case, &machine)?;
    Ok(Outcome::Solved)
}

/// Magnets and coils are in the grid, whole.
fn contents(case: &Case, topology: &Topology, machine: &Machine) -> Result<(), TestCaseError> {
    let bill = topology.bill();
    // Slices stand for equal lengths, and half a machine with two gaps for both halves.
    let slices = machine.sector.slices as f64;
    let halves = machine.sector.length * slices / bill.stack_length;
    let magnet = bill.magnet_area / bill.poles as f64 / halves;
    let rotor = machine.sector.rotor.slices.iter();
    let found = rotor.map(|p| p.cells.magnet_area).sum::<f64>() / slices;
    prop_assert!(
        close(found, magnet, 0.15),
        "magnet area of a pole {found} in the grid, {magnet} in the drawing"
    );
    let stator = machine.sector.stator.slices.iter();
    let coils = stator.flat_map(|p| &p.cells.coil_area).sum::<f64>() / slices;
    prop_assert!(
        close(coils, bill.slot_area * machine.sector.coil_share, 0.1),
        "slot area {coils} in the grid, {} in the drawing, of which {} are in the grid",
        bill.slot_area,
        machine.sector.coil_share
    );
    let sides = machine.sector.stator.slices[0].cells.coils.len();
    prop_assert_eq!(sides, case.scheme.layers);
    // Magnets through which flux passes straight, without pockets in iron.
    let bare = machine.sector.rotor.bounds_by_symmetry() && bill.pocket_clearance.is_none();
    prop_assert!((bill.rotor_iron_area > 0.0) != bare && bill.stator_iron_area > 0.0);
    Ok(())
}

fn solve(case: &Case, machine: &Machine) -> Result<(), TestCaseError> {
    let steel = Library::builtin().steel("M19_29G").unwrap();
    let law = IronLaw::new(&steel.bh, 0.95).unwrap();
    let materials = Materials {
        steels: vec![law.clone(), law],
        remanence: case.remanence,
        recoil_permeability: 1.05,
        kept: None,
    };
    let mut solver = Solver::new(&machine.sector);
    // Ampere-turns of a slot over the conductors that the scheme puts there.
    let conductors = case.scheme.turns_per_coil * case.scheme.layers as f64;
    let current = case.current_density * case.topology.bill().slot_area * 0.45 / conductors;
    for (id, iq) in [(0.0, 0.0), (-0.6 * current, 0.8 * current)] {
        let load = machine.load(machine.phase_currents(id, iq, case.shift));
        let (state, effort) = solver
            .solve(&materials, &load, case.shift, None)
            .map_err(|e| TestCaseError::fail(format!("{id} A, {iq} A: {e}")))?;
        prop_assert!(effort.iterations <= ITERATIONS, "{effort:?}");
        prop_assert!(state.a.iter().all(|a| a.is_finite()));
        prop_assert!(gap_torque(&machine.sector, &state).is_finite());
    }
    Ok(())
}
