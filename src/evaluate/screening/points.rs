//! The points of most torque, with few solutions: a sketch of the flux map from one rotor position shows where they
//! lie, single positions correct it there, and a whole point is solved where it ends.

use crate::evaluate::EvaluateError;
use crate::evaluate::currents::{REACH, none};
use crate::evaluate::prepared::Prepared;
use crate::operate::map::{FluxMap, Spacing};
use crate::operate::point::{FluxDensities, Point};
use crate::operate::strategy::{Mode, Setpoint, Strategy};
use crate::operate::study::Study;

/// Nodes of the sketch in each direction.
const SKETCH: (usize, Spacing) = (4, Spacing::Square);
/// Single positions that correct it on the way to a point.
const GLANCES: usize = 2;
/// Whole points that are solved at most.
const READINGS: usize = 2;
/// A search ends when what it leaves open is less than this share of the torque.
const AGREES: f64 = 0.01;

/// A point of most torque at a speed.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::evaluate) struct Strongest {
    /// The point that was solved.
    pub(in crate::evaluate) point: Point,
    /// Flux densities there.
    pub(in crate::evaluate) densities: FluxDensities,
    /// Most torque on the sketch that agrees with it there [N m].
    pub(in crate::evaluate) torque: f64,
    /// How far the two torques differ: what the search leaves open [N m].
    pub(in crate::evaluate) search: f64,
}

/// The sketch of the flux map.
///
/// # Errors
/// When a field does not converge.
pub(super) fn sketch(prepared: &Prepared, study: &mut Study) -> Result<FluxMap, EvaluateError> {
    Ok(study.sketch(REACH * prepared.limits.current, SKETCH)?)
}

/// The point of most torque within current and voltage at a speed of the rotor [rad/s].
///
/// # Errors
/// When no current keeps the voltage or a field does not converge.
pub(super) fn strongest(
    prepared: &Prepared,
    sketch: &FluxMap,
    study: &mut Study,
    speed: f64,
) -> Result<Strongest, EvaluateError> {
    let on = |map: &FluxMap| -> Result<Setpoint, EvaluateError> {
        Strategy::new(map, prepared.limits, Mode::Motor)
            .strongest(speed)
            .ok_or_else(|| none(prepared, speed))
    };
    let mut map = sketch.clone();
    let mut place = on(&map)?;
    for _ in 0..GLANCES {
        let (seen, _) = study.glance(place.id, place.iq)?;
        map = map.corrected_at(&seen);
        let next = on(&map)?;
        let settled = (next.torque - seen.torque).abs() <= AGREES * seen.torque.abs();
        place = next;
        if settled {
            break;
        }
    }
    let mut readings = 0;
    loop {
        let (point, densities) = study.read(place.id, place.iq)?;
        map = map.corrected_at(&point);
        place = on(&map)?;
        readings += 1;
        let search = (place.torque - point.torque).abs();
        if readings == READINGS || search <= AGREES * point.torque.abs() {
            return Ok(Strongest {
                point,
                densities,
                torque: place.torque,
                search,
            });
        }
    }
}
