//! The map of one phase of a switched reluctance machine.

use super::map::Axis;
use crate::design::{Application, Candidate};
use crate::evaluate::{Conditions, EvaluateError};
use crate::material::Library;
use crate::network::newton::Materials;
use crate::operate::reluctance::machine::PoleMachine;
use crate::operate::reluctance::map::PhaseMap;
use crate::topology::srm::Srm;
use crate::validation::reference::steel_laws;
use crate::winding::pole::PoleLayout;

/// Currents and positions of a map that nobody stated otherwise.
const USUAL: usize = 12;

/// A map with what it is a map of.
#[derive(Debug, Clone, PartialEq)]
pub struct OfPhase {
    /// Where the coils lie.
    pub layout: PoleLayout,
    /// The map.
    pub map: PhaseMap,
}

/// Solves the map of one phase at even steps of its current, by default twelve up to the current limit of the
/// design.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, or a field does not converge.
pub fn solve(
    application: &Application,
    (candidate, srm): (&Candidate, &Srm),
    library: &Library,
    conditions: &Conditions,
    currents: Option<Axis>,
) -> Result<OfPhase, EvaluateError> {
    crate::dense::use_one_thread();
    let layout = candidate.winding.on_poles(srm)?;
    let plan = srm
        .plan(&layout, conditions.resolution)
        .ok_or(EvaluateError::Geometry)?;
    let machine = PoleMachine::new(&plan, &layout, conditions.resolution)?;
    let materials = Materials {
        steels: steel_laws(library, &candidate.stator_steel, &candidate.rotor_steel)?,
        remanence: 0.0,
        recoil_permeability: 1.0,
        kept: None,
    };
    let limit = application.requirement.max_phase_current;
    let currents = currents.unwrap_or(Axis {
        from: limit / USUAL as f64,
        to: limit,
        count: USUAL,
    });
    let map = PhaseMap::solve(&machine, &materials, &currents.values(), USUAL)?;
    Ok(OfPhase { layout, map })
}
