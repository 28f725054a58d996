//! The map of one phase of a switched reluctance machine, and one point of it.

use super::map::Axis;
use crate::design::{Application, Candidate};
use crate::evaluate::reluctance::setting::{PoleSetting, USUAL};
use crate::evaluate::{Conditions, EvaluateError};
use crate::material::Library;
use crate::operate::reluctance::map::PhaseMap;
use crate::topology::srm::Srm;
use crate::winding::pole::PoleLayout;

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
    machine: (&Candidate, &Srm),
    library: &Library,
    conditions: &Conditions,
    currents: Option<Axis>,
) -> Result<OfPhase, EvaluateError> {
    let setting = PoleSetting::new(application, machine, library)?;
    let machine = setting.machine(conditions.resolution)?;
    let limit = setting.limits().peak;
    let currents = currents.unwrap_or(Axis {
        from: limit / USUAL as f64,
        to: limit,
        count: USUAL,
    });
    let map = PhaseMap::solve(&machine, &setting.materials, &currents.values(), USUAL)?;
    Ok(OfPhase {
        layout: setting.layout,
        map,
    })
}

/// One phase at a current and a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhasePoint {
    /// Flux linkage [V s].
    pub linkage: f64,
    /// Magnetic co-energy of the machine [J].
    pub co_energy: f64,
    /// Torque in the direction of motion [N m].
    pub torque: f64,
    /// Largest use of the range of the steel data at this current, wherever the rotor stands.
    pub data_use: f64,
}

/// Solves one phase at a current above zero [A] at every position of the grid and reads it at an angle from the
/// unaligned position in the direction of motion [rad].
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, or a field does not converge.
pub fn point(
    application: &Application,
    machine: (&Candidate, &Srm),
    library: &Library,
    conditions: &Conditions,
    (current, angle): (f64, f64),
) -> Result<PhasePoint, EvaluateError> {
    let setting = PoleSetting::new(application, machine, library)?;
    let machine = setting.machine(conditions.resolution)?;
    let map = PhaseMap::solve(&machine, &setting.materials, &[current], usize::MAX)?;
    let (linkage, co_energy, torque) = map.between(0, angle);
    Ok(PhasePoint {
        linkage,
        co_energy,
        torque,
        data_use: map.data_use.iter().copied().fold(0.0, f64::max),
    })
}
