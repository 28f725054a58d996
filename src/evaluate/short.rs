//! Currents of three-phase short circuits from the states before them.

use super::EvaluateError;
use super::corner::{States, materials};
use super::currents::Points;
use super::prepared::Prepared;
use crate::operate::map::FluxMap;
use crate::operate::point::Point;
use crate::operate::short_circuit::{self, Transient};
use crate::operate::study::{Cost, Study};

/// The worse of the short circuits from no load and from field weakening at maximum speed, with winding
/// resistance, by its most negative d current.
pub(super) fn worst_transient(
    prepared: &Prepared,
    map: &FluxMap,
    points: &Points,
) -> Option<Transient> {
    let speed = prepared.standard.pole_pairs as f64 * prepared.application.requirement.max_speed;
    let resistance = prepared.limits.resistance;
    [(0.0, 0.0), (points.max_speed.id, points.max_speed.iq)]
        .into_iter()
        .filter_map(|before| short_circuit::transient(map, resistance, speed, before))
        .min_by(|a, b| a.least_d.0.total_cmp(&b.least_d.0))
}

/// The d current of the undamped short circuit from no load, magnets coldest.
pub(super) fn cold_short_circuit(
    prepared: &Prepared,
    states: &States,
    cost: &mut Cost,
) -> Result<(f64, f64), EvaluateError> {
    let mut study = Study::new(
        &prepared.coarse,
        materials(prepared, &states.cold),
        prepared.standard.sector.unknowns(),
    );
    let found = fault_on(prepared, &mut study, 0.0)?;
    cost.add(&study.cost);
    Ok((found.id, 0.0))
}

/// The undamped short circuit on one grid, from the flux linkage of no load or `before` [V s] if that is more.
pub(super) fn fault_on(
    prepared: &Prepared,
    study: &mut Study,
    before: f64,
) -> Result<Point, EvaluateError> {
    let no_load = study.at(0.0, 0.0)?;
    let before = no_load.psi_d.abs().max(before);
    let reach = study.at(-prepared.limits.current, 0.0)?;
    let slope = (no_load.psi_d - reach.psi_d) / prepared.limits.current;
    let guess = -(no_load.psi_d + before) / slope;
    Ok(study.d_current_for((-before, before), guess, slope)?)
}

/// Flux linkage [V s] that may stand before a short circuit at maximum speed: that of field weakening, or
/// what the voltage allows and the current can make.
pub(super) fn flux_before_fault(prepared: &Prepared, points: &Points) -> f64 {
    linkage_before_fault(prepared, &points.max_speed, points.largest_linkage)
}

/// The same from the point of most torque at maximum speed and the largest flux linkage [V s].
pub(super) fn linkage_before_fault(prepared: &Prepared, max_speed: &Point, largest: f64) -> f64 {
    let at_speed = max_speed.psi_d.hypot(max_speed.psi_q);
    let electrical =
        prepared.standard.pole_pairs as f64 * prepared.application.requirement.max_speed;
    // The flux map reaches a tenth beyond the current limit, and its corner 1.4 times as far.
    within_reach(at_speed, prepared.limits.voltage / electrical, largest)
}

/// A converter with more voltage than the machine can use gives it no more flux than its currents do.
fn within_reach(at_speed: f64, by_voltage: f64, by_current: f64) -> f64 {
    at_speed.max(by_voltage.min(by_current))
}

/// The d current of a three-phase short circuit without damping: the flux linkage before the fault
/// stays with the stator while the rotor turns half an electrical turn, so that ψ_d = -|ψ before|
/// (A. E. Fitzgerald, C. Kingsley, S. D. Umans, "Electric Machinery", 6th ed. 2003, constant flux
/// linkage theorem). The worse of no load and of field weakening at maximum speed.
pub(super) fn undamped_short_circuit(
    prepared: &Prepared,
    points: &Points,
    coarse: &mut Study,
    standard: &mut Study,
) -> Result<Point, EvaluateError> {
    let no_load = standard.at(0.0, 0.0)?;
    let before = no_load.psi_d.abs().max(flux_before_fault(prepared, points));
    let reach = coarse.at(-prepared.limits.current, 0.0)?;
    let slope = (no_load.psi_d - reach.psi_d) / prepared.limits.current;
    let guess = if slope > 0.0 {
        -(no_load.psi_d + before) / slope
    } else {
        -2.0 * prepared.limits.current
    };
    let rough = coarse.d_current_for((-before, before), guess, slope)?;
    let beside = coarse.at(0.98 * rough.id, 0.0)?;
    let local = (beside.psi_d - rough.psi_d) / (beside.id - rough.id);
    Ok(standard.d_current_for((-before, before), rough.id, local)?)
}

#[cfg(test)]
mod tests {
    use super::within_reach;

    #[test]
    fn voltage_counts_up_to_what_the_current_can_make_and_no_further() {
        assert_eq!(within_reach(0.1, 0.12, 0.3), 0.12);
        assert_eq!(within_reach(0.1, 0.2, 0.3), 0.2);
        assert_eq!(within_reach(0.1, 5.0, 0.3), 0.3);
        assert_eq!(within_reach(0.25, 0.2, 0.3), 0.25);
    }
}
