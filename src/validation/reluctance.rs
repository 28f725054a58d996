//! Maps of switched reluctance machines against those of references.

use super::entry::Writer;
use super::reference::{Comparison, Reference, ReferenceError};
use crate::network::law::IronLaw;
use crate::network::newton::Materials;
use crate::network::newton::Solver;
use crate::network::plan::Part;
use crate::network::reading::section_flux_densities;
use crate::operate::reluctance::machine::PoleMachine;
use crate::operate::reluctance::map::PhaseMap;
use crate::resolution::Resolution;
use crate::topology::srm::Srm;
use serde::Deserialize;

/// A map of one phase as its source gives it: positions in the outer order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenPhaseMap {
    /// Phase currents, rising [A].
    pub current_a: Vec<f64>,
    /// Mechanical angles from the aligned to the unaligned position [deg].
    pub position_deg: Vec<f64>,
    /// Flux linkage of the phase [V s], a list of currents a position.
    #[serde(default)]
    pub flux_linkage_wb: Vec<Vec<f64>>,
    /// Torque towards the aligned position [N m], a list of currents a position.
    #[serde(default)]
    pub torque_n_m: Vec<Vec<f64>>,
    /// Mean of that torque from unaligned to aligned [N m], a value a current.
    #[serde(default)]
    pub mean_torque_n_m: Vec<f64>,
}

/// Largest flux densities [T] in poles and yoke of the stator.
pub(super) struct Largest {
    pub(super) tooth: f64,
    pub(super) yoke: f64,
}

/// Rows of a switched reluctance machine at one resolution.
///
/// # Errors
/// When the machine cannot be solved.
pub(super) fn rows(
    (reference, srm): (&Reference, &Srm),
    steels: &[IronLaw],
    resolution: Resolution,
    rows: &mut Vec<super::row::Row>,
) -> Result<Largest, ReferenceError> {
    let layout = reference.winding.on_poles(srm)?;
    let plan = srm
        .plan(&layout, resolution)
        .ok_or_else(|| ReferenceError::Geometry(reference.machine.clone()))?;
    let machine = PoleMachine::new(&plan, &layout, resolution)?;
    let mut largest = Largest {
        tooth: 0.0,
        yoke: 0.0,
    };
    for comparison in &reference.comparisons {
        let materials = Materials {
            steels: steels.to_vec(),
            remanence: comparison.remanence_t,
            recoil_permeability: comparison.recoil_permeability,
            kept: None,
        };
        for given in &comparison.phase_maps {
            aligned(&machine, &materials, given, &mut largest)?;
            let mut writer = Writer {
                reference,
                comparison,
                resolution,
                rows,
            };
            // A grid that lacks a position of the source is compared in what needs none.
            let shifts: Option<Vec<usize>> = given
                .position_deg
                .iter()
                .map(|p| machine.shift_at(p.to_radians()))
                .collect();
            let currents = &given.current_a;
            let map = if let Some(shifts) = shifts {
                let map = PhaseMap::at(&machine, &materials, currents, &shifts)?;
                writer.phase_linkages(given, &map);
                map
            } else {
                PhaseMap::solve(&machine, &materials, currents, usize::MAX)?
            };
            writer.phase_torques(given, &map);
            // Where poles begin to overlap the slope is too steep for the coarse grid: it misses up to a fifth.
            let local = comparison.tolerances.local_torque_ratio.is_some();
            if local && resolution != Resolution::Coarse {
                let whole = PhaseMap::solve(&machine, &materials, currents, usize::MAX)?;
                writer.local_torques(given, &whole);
            }
        }
    }
    Ok(largest)
}

/// Reads the flux densities of the stator where the largest current stands aligned.
fn aligned(
    machine: &PoleMachine,
    materials: &Materials,
    given: &GivenPhaseMap,
    largest: &mut Largest,
) -> Result<(), ReferenceError> {
    let mut phases = vec![0.0; machine.phases()];
    phases[0] = given.current_a.iter().copied().fold(0.0, f64::max);
    let mut solver = Solver::new(&machine.sector);
    let (state, _) = solver.solve(materials, &machine.load(&phases), 0, None)?;
    for (part, b) in section_flux_densities(&machine.sector, &state) {
        match part {
            Part::Tooth => largest.tooth = largest.tooth.max(b),
            Part::Yoke => largest.yoke = largest.yoke.max(b),
            _ => {}
        }
    }
    Ok(())
}

impl Comparison {
    /// Largest flux linkage of the phase maps [V s].
    pub(super) fn largest_phase_linkage(&self) -> f64 {
        let maps = self.phase_maps.iter().flat_map(|m| &m.flux_linkage_wb);
        maps.flatten().copied().fold(0.0, f64::max)
    }
}
