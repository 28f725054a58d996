//! The angles and the current of a phase that suit a purpose best.

use super::cycle::Cycle;
use super::drive::{Circuit, Control, Drive, DriveError};
use crate::operate::strategy::Mode;
use rayon::prelude::*;

/// What currents a phase may carry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Largest current [A].
    pub peak: f64,
    /// Largest root mean square [A].
    pub rms: f64,
}

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// The most torque.
    MostTorque,
    /// The least root mean square current, with which copper loses least, for a torque [N m].
    LeastCurrent(f64),
    /// The least peak current for a torque [N m].
    LeastPeak(f64),
}

/// Currents agree with a limit within this share: the steps of a search.
const AGREES: f64 = 1e-9;
/// Torques agree with the one asked for within this share.
const TORQUE_AGREES: f64 = 1e-6;

/// Turn-on angles and lengths of pulses of the first look, over a rotor pitch. A pulse that brakes is about the image
/// of one that drives, on the other side of the aligned position.
const ON: (f64, f64, usize) = (-0.35, 0.2, 12);
const ON_BRAKING: (f64, f64, usize) = (0.25, 0.8, 12);
const DWELL: (f64, f64, usize) = (0.06, 0.5, 12);
/// Widths of the search around the best of it, halved so many times.
const FIRST_STEP: f64 = 0.025;
const HALVINGS: usize = 6;

/// The best control for an aim within limits.
///
/// First a grid of angles, then a compass search around the best places of it (R. Hooke, T. A. Jeeves, "Direct
/// search solution of numerical and statistical problems", J. ACM 8 (1961) 212-229): torque over angles has
/// corners where a limit begins to bind. Pulses that leave no time without current are left out.
///
/// # Errors
/// When nothing within the limits gives what is wanted.
pub fn optimum(
    drive: &Drive,
    circuit: &Circuit,
    limits: &Limits,
    aim: Aim,
) -> Result<Cycle, DriveError> {
    optimum_of(drive, circuit, limits, (Mode::Motor, aim))
}

/// The same for a machine that drives or brakes; torques of the aim are magnitudes.
///
/// # Errors
/// As [`optimum`].
pub fn optimum_of(
    drive: &Drive,
    circuit: &Circuit,
    limits: &Limits,
    (mode, aim): (Mode, Aim),
) -> Result<Cycle, DriveError> {
    let sense = (mode.sign(), aim);
    let at = |(on, dwell): (f64, f64)| {
        let pitch = drive.pitch();
        best_current(drive, circuit, limits, sense, (on * pitch, dwell * pitch))
    };
    let first = match mode {
        Mode::Motor => ON,
        Mode::Generator => ON_BRAKING,
    };
    let even = |(from, to, count): (f64, f64, usize), k: usize| {
        from + (to - from) * k as f64 / (count - 1) as f64
    };
    let starts: Vec<(f64, f64)> = (0..first.2 * DWELL.2)
        .map(|k| (even(first, k / DWELL.2), even(DWELL, k % DWELL.2)))
        .collect();
    let mut found = hills(sense, &starts, &at);
    if found.is_empty() && aim != Aim::MostTorque {
        // Close to the most torque a few angles alone serve, which the grid may miss; those of the most torque do.
        let strongest = optimum_of(drive, circuit, limits, (mode, Aim::MostTorque))
            .map_err(|_| out_of_reach(circuit, limits, aim))?;
        let Control { on, off, .. } = strongest.control;
        let place = (on / drive.pitch(), (off - on) / drive.pitch());
        found = hills(sense, &[place], &at);
    }
    let mut best: Option<Place> = None;
    for start in found {
        let top = climb(start, sense, &at);
        if best
            .as_ref()
            .is_none_or(|(_, b)| score(sense, &top.1) > score(sense, b))
        {
            best = Some(top);
        }
    }
    best.map(|(_, cycle)| cycle)
        .ok_or_else(|| out_of_reach(circuit, limits, aim))
}

/// Most starts of the second search, and how far they lie apart, over the rotor pitch.
const HILLS: usize = 3;
const APART: f64 = 0.1;

/// The best places of some, apart from one another: what is wanted may have more than one top.
fn hills(
    sense: (f64, Aim),
    places: &[(f64, f64)],
    at: &(impl Fn((f64, f64)) -> Option<Cycle> + Sync),
) -> Vec<Place> {
    let tried: Vec<Option<Cycle>> = places.par_iter().map(|&place| at(place)).collect();
    let mut all: Vec<Place> = places
        .iter()
        .zip(tried)
        .filter_map(|(place, cycle)| Some((*place, cycle?)))
        .collect();
    // Equals stay in their order.
    all.sort_by(|a, b| score(sense, &b.1).total_cmp(&score(sense, &a.1)));
    // The most torque has one top, as far as is known; at its other ends a pulse barely ends before the next begins, and a
    // machine a little off its drawing would not follow.
    let most = if sense.1 == Aim::MostTorque { 1 } else { HILLS };
    let mut chosen: Vec<Place> = vec![];
    for ((on, dwell), cycle) in all {
        let near = |other: &Place| (on - other.0.0).hypot(dwell - other.0.1) < APART;
        if chosen.len() < most && !chosen.iter().any(near) {
            chosen.push(((on, dwell), cycle));
        }
    }
    chosen
}

/// The compass search from a place.
fn climb(
    start: Place,
    sense: (f64, Aim),
    at: &(impl Fn((f64, f64)) -> Option<Cycle> + Sync),
) -> Place {
    let mut best = start;
    let mut width = FIRST_STEP;
    for _ in 0..HALVINGS {
        // A step may be taken again and again, but not without end.
        for _ in 0..8 {
            let (on, dwell) = best.0;
            let around = [
                (on - width, dwell),
                (on + width, dwell),
                (on, dwell - width),
                (on, dwell + width),
                (on - width, dwell + width),
                (on + width, dwell - width),
            ];
            if !improve(&mut best, sense, &around, at) {
                break;
            }
        }
        width *= 0.5;
    }
    best
}

/// A place of the search, turn-on and length of the pulse over the rotor pitch, with its cycle.
type Place = ((f64, f64), Cycle);

/// Takes the best of some places if it is better than the one at hand, and says whether it did. They are tried side
/// by side and compared in order, so that the first of equals is taken on any number of threads.
fn improve(
    best: &mut Place,
    sense: (f64, Aim),
    places: &[(f64, f64)],
    at: &(impl Fn((f64, f64)) -> Option<Cycle> + Sync),
) -> bool {
    let tried: Vec<Option<Cycle>> = places.par_iter().map(|&place| at(place)).collect();
    let mut moved = false;
    for (place, cycle) in places.iter().zip(tried) {
        if let Some(cycle) = cycle
            && score(sense, &cycle) > score(sense, &best.1)
        {
            *best = (*place, cycle);
            moved = true;
        }
    }
    moved
}

fn score((sign, aim): (f64, Aim), cycle: &Cycle) -> f64 {
    match aim {
        Aim::MostTorque => sign * cycle.mean_torque,
        Aim::LeastCurrent(_) => -cycle.rms_current,
        Aim::LeastPeak(_) => -cycle.peak_current,
    }
}

fn out_of_reach(circuit: &Circuit, limits: &Limits, aim: Aim) -> DriveError {
    DriveError::OutOfReach {
        peak_a: limits.peak,
        rms_a: limits.rms,
        wanted: match aim {
            Aim::MostTorque => "any torque".to_owned(),
            Aim::LeastCurrent(torque) | Aim::LeastPeak(torque) => format!("{torque} N m"),
        },
        speed_rpm: circuit.speed / crate::unit::rpm::SCALE,
    }
}

/// The cycle of the best current at given turn-on and length of the pulse [rad]; nothing where no current
/// within the limits serves.
fn best_current(
    drive: &Drive,
    circuit: &Circuit,
    limits: &Limits,
    (sign, aim): (f64, Aim),
    (on, dwell): (f64, f64),
) -> Option<Cycle> {
    let at = |current: f64| {
        let control = Control {
            on,
            off: on + dwell,
            current,
        };
        let cycle = drive.follow(circuit, &control).ok()?;
        (cycle.peak_current <= limits.peak * (1.0 + AGREES)).then_some(cycle)
    };
    let mut most = at(limits.peak)?;
    if most.rms_current > limits.rms {
        // The root mean square rises with the current at which it is held.
        most = between(
            &at,
            (0.0, limits.peak),
            |c| c.rms_current - limits.rms,
            limits.rms,
        )?;
        if most.rms_current > limits.rms * (1.0 + TORQUE_AGREES) {
            return None;
        }
    }
    match aim {
        Aim::MostTorque => (sign * most.mean_torque > 0.0).then_some(most),
        Aim::LeastCurrent(torque) | Aim::LeastPeak(torque) => {
            if sign * most.mean_torque < torque * (1.0 - TORQUE_AGREES) {
                return None;
            }
            let highest = most.control.current;
            let found = between(
                &at,
                (0.0, highest),
                |c| sign * c.mean_torque - torque,
                torque,
            )?;
            ((sign * found.mean_torque - torque).abs() <= 10.0 * TORQUE_AGREES * torque)
                .then_some(found)
        }
    }
}

/// The cycle at the current between two [A] at which an excess vanishes, by the Illinois rule (M. Dowell,
/// P. Jarratt, "A modified regula falsi method for computing the root of an equation", BIT 11 (1971) 168-174).
fn between(
    at: &dyn Fn(f64) -> Option<Cycle>,
    (mut low, mut high): (f64, f64),
    excess: impl Fn(&Cycle) -> f64,
    scale: f64,
) -> Option<Cycle> {
    let mut below = excess(&at(low)?);
    let mut last = at(high)?;
    let mut above = excess(&last);
    let mut side = 0;
    for _ in 0..40 {
        if excess(&last).abs() <= TORQUE_AGREES * scale {
            break;
        }
        let middle = high - above * (high - low) / (above - below);
        last = at(middle)?;
        let found = excess(&last);
        if found > 0.0 {
            (high, above) = (middle, found);
            if side > 0 {
                below *= 0.5;
            }
            side = 1;
        } else {
            (low, below) = (middle, found);
            if side < 0 {
                above *= 0.5;
            }
            side = -1;
        }
    }
    Some(last)
}
