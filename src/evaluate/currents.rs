//! The operating points of a candidate under one magnet state: found on the coarse flux map, corrected
//! until the solution at standard resolution agrees.

use super::EvaluateError;
use super::prepared::Prepared;
use crate::operate::map::FluxMap;
use crate::operate::point::Point;
use crate::operate::search::{Found, least_current, strongest};
use crate::operate::study::Study;

/// Currents of the judged operating points, and what they rest on.
#[derive(Debug, Clone)]
pub struct Points {
    /// Most torque within the current limit at base speed.
    pub limit: Point,
    /// The point of the required peak torque, or the limit.
    pub peak: Point,
    /// Whether the required peak torque is reached.
    pub peak_reached: bool,
    /// The point of the rated torque, or the limit.
    pub rated: Point,
    /// Most torque at maximum speed.
    pub max_speed: Point,
    /// Change of torque with current at the peak point [N m/A].
    pub torque_per_ampere: f64,
    /// Largest flux linkage of the map [V s].
    pub largest_linkage: f64,
}

/// How far a flux map reaches over the current limit.
pub(super) const REACH: f64 = 1.1;
/// Torque agrees when it misses the requirement by less than this share of it.
const TORQUE_AGREES: f64 = 2e-4;
/// Voltage agrees when it exceeds the limit by less than this share of it.
const VOLTAGE_AGREES: f64 = 1e-3;
/// Corrections of the map at a point; two are usual.
const CORRECTIONS: usize = 6;

/// Finds the operating points.
///
/// # Errors
/// When the supply cannot feed the machine at a speed or a field does not converge.
pub fn find(
    prepared: &Prepared,
    map: &FluxMap,
    standard: &mut Study,
) -> Result<Points, EvaluateError> {
    let requirement = &prepared.application.requirement;
    let (base, top) = (requirement.base_speed, requirement.max_speed);
    let limit = most(prepared, map, standard, base)?;
    let (peak, peak_reached) = torque(
        prepared,
        map,
        standard,
        requirement.peak_torque,
        base,
        &limit,
    )?;
    let (rated, _) = torque(
        prepared,
        map,
        standard,
        requirement.rated_torque,
        base,
        &limit,
    )?;
    let max_speed = most(prepared, map, standard, top)?;
    let corrected = map.corrected_at(&peak);
    let step = 0.02;
    let torque_per_ampere = (corrected.torque(peak.id * (1.0 + step), peak.iq * (1.0 + step))
        - corrected.torque(peak.id * (1.0 - step), peak.iq * (1.0 - step)))
        / (2.0 * step * peak.id.hypot(peak.iq));
    Ok(Points {
        limit,
        peak,
        peak_reached,
        rated,
        max_speed,
        torque_per_ampere,
        largest_linkage: map.largest_linkage(),
    })
}

pub(super) fn none(prepared: &Prepared, speed: f64) -> EvaluateError {
    EvaluateError::NoOperatingPoint {
        current_a: prepared.limits.current,
        voltage_v: prepared.limits.voltage,
        speed_rpm: speed / crate::unit::rpm::SCALE,
    }
}

/// Most torque at a speed: the search is repeated on the map corrected at the point found, until the
/// standard solution keeps the voltage.
pub(super) fn most(
    prepared: &Prepared,
    map: &FluxMap,
    study: &mut Study,
    speed: f64,
) -> Result<Point, EvaluateError> {
    let mut map = map.clone();
    let mut best: Option<Point> = None;
    for _ in 0..CORRECTIONS {
        let found =
            strongest(&map, speed, &prepared.limits).ok_or_else(|| none(prepared, speed))?;
        let point = study.at(found.id, found.iq)?;
        map = map.corrected_at(&point);
        let voltage = map.voltage(point.id, point.iq, speed, prepared.limits.resistance);
        if voltage <= prepared.limits.voltage * (1.0 + VOLTAGE_AGREES) {
            let settled = best
                .as_ref()
                .is_some_and(|b| point.torque <= b.torque * (1.0 + TORQUE_AGREES));
            if best.as_ref().is_none_or(|b| point.torque > b.torque) {
                best = Some(point);
            }
            if settled || found_agrees(&found, &map) {
                break;
            }
        }
    }
    best.ok_or_else(|| none(prepared, speed))
}

/// Whether the map, corrected at a point, still gives the torque that the search saw there.
fn found_agrees(found: &Found, map: &FluxMap) -> bool {
    (map.torque(found.id, found.iq) - found.torque).abs()
        <= 10.0 * TORQUE_AGREES * found.torque.abs()
}

/// The point of a required torque with the least current, or the limit point if that is out of reach.
fn torque(
    prepared: &Prepared,
    map: &FluxMap,
    study: &mut Study,
    required: f64,
    speed: f64,
    limit: &Point,
) -> Result<(Point, bool), EvaluateError> {
    if limit.torque < required {
        return Ok((limit.clone(), false));
    }
    let mut map = map.corrected_at(limit);
    for _ in 0..CORRECTIONS {
        let (found, reached) = least_current(&map, required, speed, &prepared.limits)
            .ok_or_else(|| none(prepared, speed))?;
        if !reached {
            return Ok((limit.clone(), true));
        }
        let point = study.at(found.id, found.iq)?;
        map = map.corrected_at(&point);
        let agrees = (point.torque - required).abs() <= TORQUE_AGREES * required;
        if agrees {
            return Ok((point, true));
        }
    }
    Err(EvaluateError::NotSettled {
        torque_n_m: required,
    })
}
