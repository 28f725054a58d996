//! What a few coarse solutions say of one magnet pathway.

use super::fault::{Fault, worst};
use super::moved::{Moved, moved};
use super::points::{Strongest, sketch, strongest};
use crate::evaluate::EvaluateError;
use crate::evaluate::corner::{States, materials, strong_corner};
use crate::evaluate::pathway::turning;
use crate::evaluate::prepared::{Prepared, Side};
use crate::evaluate::readings::line_voltage_peak;
use crate::evaluate::stress::Stressed;
use crate::material::MagnetState;
use crate::operate::study::{Cost, Study};

/// What is known of a pathway at screening level.
#[derive(Debug, Clone)]
pub(in crate::evaluate) struct Screened {
    /// Magnets hottest, least remanence and coercivity.
    pub(in crate::evaluate) hot: MagnetState,
    /// Remanence, magnets coldest [T].
    pub(in crate::evaluate) cold_remanence: f64,
    /// Most torque at base speed.
    pub(in crate::evaluate) limit: Strongest,
    /// Most torque at maximum speed.
    pub(in crate::evaluate) max_speed: Strongest,
    /// Largest flux linkage of the sketch [V s].
    pub(in crate::evaluate) largest_linkage: f64,
    /// No-load flux linkage at nominal remanence and 20 °C [V s].
    pub(in crate::evaluate) no_load_linkage: f64,
    /// Fundamental of the gap flux density there [T].
    pub(in crate::evaluate) no_load_gap: f64,
    /// No-load flux linkage, magnets coldest, greatest remanence [V s].
    pub(in crate::evaluate) cold_linkage: f64,
    /// Peak of the line-to-line voltage then at maximum speed [V].
    pub(in crate::evaluate) fault_voltage: f64,
    /// The short circuit at the greatest remanence, or why there is none.
    pub(in crate::evaluate) fault: Result<Fault, String>,
    /// How far the stated tolerances move these numbers.
    pub(in crate::evaluate) moved: Moved,
    /// The rotor at overspeed, or why its stress is unknown.
    pub(in crate::evaluate) stress: Result<Stressed, String>,
    /// Effort.
    pub(in crate::evaluate) cost: Cost,
}

/// Solves a pathway on the coarse grid.
///
/// # Errors
/// When a material has no data, the supply cannot feed the machine, or a field does not converge.
pub(super) fn solve(prepared: &Prepared, side: Side) -> Result<Screened, EvaluateError> {
    let pathway = side
        .pathway(prepared.candidate)
        .ok_or(EvaluateError::Undeclared(side.key()))?;
    let states = States::of(prepared, pathway)?;
    let strong = strong_corner(prepared, pathway, &states.hot)?;
    let requirement = &prepared.application.requirement;
    let unit = prepared.standard.sector.unknowns();
    let study =
        |state: &MagnetState| Study::new(&prepared.coarse, materials(prepared, state), unit);
    let mut hot = study(&states.hot);
    let map = sketch(prepared, &mut hot)?;
    let limit = strongest(prepared, &map, &mut hot, requirement.base_speed)?;
    let max_speed = strongest(prepared, &map, &mut hot, requirement.max_speed)?;
    let largest_linkage = map.largest_linkage();
    let mut fault_study = study(&strong);
    let before = (&max_speed.point, largest_linkage);
    let fault = worst(prepared, &strong, &mut fault_study, before)?;
    let mut nominal = study(&states.nominal);
    let (no_load, densities) = nominal.read(0.0, 0.0)?;
    let mut cold = study(&states.cold_strong);
    let cold_linkage = cold.at(0.0, 0.0)?.psi_d;
    let electrical = prepared.coarse.pole_pairs as f64 * requirement.max_speed;
    let fault_voltage =
        electrical * line_voltage_peak(&cold, prepared.candidate.winding.connection)?;
    let mut cost = Cost::default();
    for part in [&hot.cost, &fault_study.cost, &nominal.cost, &cold.cost] {
        cost.add(part);
    }
    let at = [&limit.point, &max_speed.point].map(|p| (p.id, p.iq));
    let short = fault.as_ref().ok().map(|f| f.currents);
    let moved = moved(prepared, (&states, &strong), (at, short), &mut cost)?;
    Ok(Screened {
        cold_remanence: states.cold.remanence_t,
        limit,
        max_speed,
        largest_linkage,
        no_load_linkage: no_load.psi_d,
        no_load_gap: densities.gap_fundamental,
        cold_linkage,
        fault_voltage,
        fault,
        moved,
        stress: turning(prepared, pathway)?,
        cost,
        hot: states.hot,
    })
}
