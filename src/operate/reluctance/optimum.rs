//! The angles and the current of a phase that suit a purpose best.

use super::cycle::Cycle;
use super::drive::{Circuit, Drive, DriveError};
use super::reach::Reach;
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
    /// The least loss of copper and iron for a torque.
    LeastLoss {
        /// Torque [N m].
        torque: f64,
        /// Loss of iron over the square of the largest flux linkage of a phase [W/(V s)²].
        iron: f64,
    },
}

impl Aim {
    /// The torque that is asked for [N m]; none where it is the aim itself.
    pub(super) fn torque(self) -> Option<f64> {
        match self {
            Self::MostTorque => None,
            Self::LeastCurrent(torque)
            | Self::LeastPeak(torque)
            | Self::LeastLoss { torque, .. } => Some(torque),
        }
    }
}

/// Turn-on angles and lengths of pulses of the first look, over a rotor pitch. A pulse that brakes is about the image
/// of one that drives, on the other side of the aligned position.
const ON: (f64, f64, usize) = (-0.35, 0.2, 12);
const ON_BRAKING: (f64, f64, usize) = (0.25, 0.8, 12);
const DWELL: (f64, f64, usize) = (0.06, 0.5, 12);
/// Widths of the search around the best of it, halved so many times.
const FIRST_STEP: f64 = 0.025;
const HALVINGS: usize = 6;
/// Turn-on moves by less than so many times as far as turn-off along the edge of what a pulse gives.
const ALONG: f64 = 4.0;

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
    let reach = Reach::new(drive, circuit, limits, (mode, aim));
    let first = match mode {
        Mode::Motor => ON,
        Mode::Generator => ON_BRAKING,
    };
    let even = |(from, to, count): (f64, f64, usize), k: usize| {
        from + (to - from) * k as f64 / (count - 1) as f64
    };
    let starts: Vec<Angles> = (0..first.2 * DWELL.2)
        .map(|k| (even(first, k / DWELL.2), even(DWELL, k % DWELL.2)))
        .collect();
    let mut found = hills(&reach, &starts);
    if found.is_empty() && aim != Aim::MostTorque {
        // Close to the most torque a few angles alone serve, which the grid may miss; those of the most torque do.
        let strongest = optimum_of(drive, circuit, limits, (mode, Aim::MostTorque))
            .map_err(|_| out_of_reach(circuit, limits, aim))?;
        found = hills(&reach, &[reach.angles(&strongest)]);
    }
    best_of(&reach, found).ok_or_else(|| out_of_reach(circuit, limits, aim))
}

/// The best control for an aim on the hill on which a cycle is; nothing where its angles do not serve it.
pub fn optimum_about(
    drive: &Drive,
    circuit: &Circuit,
    limits: &Limits,
    (mode, aim): (Mode, Aim),
    about: &Cycle,
) -> Option<Cycle> {
    let reach = Reach::new(drive, circuit, limits, (mode, aim));
    best_of(&reach, hills(&reach, &[reach.angles(about)]))
}

/// The cycle for the torque of an aim with the angles of another cycle, or with its turn-off and the turn-on that gives the
/// torque though nothing holds the current, whichever serves the aim better; nothing where neither gives it.
pub fn like(
    drive: &Drive,
    circuit: &Circuit,
    limits: &Limits,
    (mode, aim): (Mode, Aim),
    other: &Cycle,
) -> Option<Cycle> {
    let reach = Reach::new(drive, circuit, limits, (mode, aim));
    let (on, dwell) = reach.angles(other);
    let off = on + dwell;
    let edge = reach.edge(off, (on, ALONG * FIRST_STEP));
    let along = edge.and_then(|on| reach.at((on, off - on)));
    let held = reach.at((on, dwell));
    match (held, along) {
        (Some(held), Some(along)) if reach.score(&along) > reach.score(&held) => Some(along),
        (held, along) => held.or(along),
    }
}

/// The best of what a climb reaches from some places.
fn best_of(reach: &Reach, starts: Vec<Place>) -> Option<Cycle> {
    let mut best: Option<Place> = None;
    for start in starts {
        let top = climb(start, reach);
        if best
            .as_ref()
            .is_none_or(|(_, b)| reach.score(&top.1) > reach.score(b))
        {
            best = Some(top);
        }
    }
    best.map(|(_, cycle)| cycle)
}

/// Most starts of the second search, and how far they lie apart, over the rotor pitch.
const HILLS: usize = 3;
const APART: f64 = 0.1;

/// The best places of some, apart from one another: what is wanted may have more than one top.
fn hills(reach: &Reach, places: &[Angles]) -> Vec<Place> {
    let tried: Vec<Option<Cycle>> = places.par_iter().map(|&place| reach.at(place)).collect();
    let mut all: Vec<Place> = places
        .iter()
        .zip(tried)
        .filter_map(|(place, cycle)| Some((*place, cycle?)))
        .collect();
    // Equals stay in their order.
    all.sort_by(|a, b| reach.score(&b.1).total_cmp(&reach.score(&a.1)));
    // The most torque has one top, as far as is known; at its other ends a pulse barely ends before the next begins, and a
    // machine a little off its drawing would not follow.
    let most = if reach.aim == Aim::MostTorque {
        1
    } else {
        HILLS
    };
    let mut chosen: Vec<Place> = vec![];
    for ((on, dwell), cycle) in all {
        let near = |other: &Place| (on - other.0.0).hypot(dwell - other.0.1) < APART;
        if chosen.len() < most && !chosen.iter().any(near) {
            chosen.push(((on, dwell), cycle));
        }
    }
    chosen
}

/// The compass search from a place. Beyond the angles of which a pulse that nothing holds just gives the torque, none does.
/// Tops lie on this edge, which runs across the directions of a compass, so that it is followed too: without, the search
/// ended anywhere along it.
fn climb(start: Place, reach: &Reach) -> Place {
    let mut best = start;
    let mut width = FIRST_STEP;
    for _ in 0..HALVINGS {
        // A step may be taken again and again, but not without end.
        for _ in 0..8 {
            let (on, dwell) = best.0;
            let mut around = vec![
                (on - width, dwell),
                (on + width, dwell),
                (on, dwell - width),
                (on, dwell + width),
                (on - width, dwell + width),
                (on + width, dwell - width),
            ];
            for off in [on + dwell - width, on + dwell + width] {
                let turn_on = reach.edge(off, (on, ALONG * width));
                around.extend(turn_on.map(|turn_on| (turn_on, off - turn_on)));
            }
            if !improve(&mut best, reach, &around) {
                break;
            }
        }
        width *= 0.5;
    }
    best
}

/// Turn-on and length of the pulse over the rotor pitch.
pub(super) type Angles = (f64, f64);

/// A place of the search with its cycle.
type Place = (Angles, Cycle);

/// Takes the best of some places if it is better than the one at hand, and says whether it did. They are tried side
/// by side and compared in order, so that the first of equals is taken on any number of threads.
fn improve(best: &mut Place, reach: &Reach, places: &[Angles]) -> bool {
    let tried: Vec<Option<Cycle>> = places.par_iter().map(|&place| reach.at(place)).collect();
    let mut moved = false;
    for (place, cycle) in places.iter().zip(tried) {
        if let Some(cycle) = cycle
            && reach.score(&cycle) > reach.score(&best.1)
        {
            *best = (*place, cycle);
            moved = true;
        }
    }
    moved
}

fn out_of_reach(circuit: &Circuit, limits: &Limits, aim: Aim) -> DriveError {
    DriveError::OutOfReach {
        peak_a: limits.peak,
        rms_a: limits.rms,
        wanted: aim
            .torque()
            .map_or_else(|| "any torque".to_owned(), |torque| format!("{torque} N m")),
        speed_rpm: circuit.speed / crate::unit::rpm::SCALE,
    }
}
