//! What a pulse between two angles gives for an aim, within limits: the current that serves it best.

use super::cycle::Cycle;
use super::drive::{Circuit, Control, Drive};
use super::optimum::{Aim, Angles, Limits};
use crate::operate::strategy::Mode;

/// Currents agree with a limit within this share: the steps of a search.
const AGREES: f64 = 1e-9;
/// Torques agree with the one asked for within this share.
const TORQUE_AGREES: f64 = 1e-6;

/// Share by which a pulse that nothing holds gives more than is asked for: enough to be held a little.
const OVER: f64 = 1e-4;

/// What a search asks for.
pub(super) struct Reach<'a> {
    pub(super) drive: &'a Drive,
    pub(super) circuit: &'a Circuit,
    pub(super) limits: &'a Limits,
    /// Sign of the torque.
    pub(super) sign: f64,
    pub(super) aim: Aim,
}

impl<'a> Reach<'a> {
    /// A search one way.
    pub(super) fn new(
        drive: &'a Drive,
        circuit: &'a Circuit,
        limits: &'a Limits,
        (mode, aim): (Mode, Aim),
    ) -> Self {
        Self {
            drive,
            circuit,
            limits,
            sign: mode.sign(),
            aim,
        }
    }

    /// The angles of a cycle.
    pub(super) fn angles(&self, cycle: &Cycle) -> Angles {
        let Control { on, off, .. } = cycle.control;
        (on / self.drive.pitch(), (off - on) / self.drive.pitch())
    }

    /// How good a cycle is.
    pub(super) fn score(&self, cycle: &Cycle) -> f64 {
        match self.aim {
            Aim::MostTorque => self.sign * cycle.mean_torque,
            Aim::LeastCurrent(_) => -cycle.rms_current,
            Aim::LeastPeak(_) => -cycle.peak_current,
            Aim::LeastLoss { iron, .. } => {
                -(cycle.copper_loss + iron * cycle.most_linkage().powi(2))
            }
        }
    }

    fn follow(&self, (on, dwell): Angles, current: f64) -> Option<Cycle> {
        let pitch = self.drive.pitch();
        let control = Control {
            on: on * pitch,
            off: (on + dwell) * pitch,
            current,
        };
        self.drive.follow(self.circuit, &control).ok()
    }

    /// The cycle of the best current at given angles; nothing where no current within the limits serves.
    pub(super) fn at(&self, angles: Angles) -> Option<Cycle> {
        let limits = self.limits;
        let at = |current: f64| {
            let cycle = self.follow(angles, current)?;
            (cycle.peak_current <= limits.peak * (1.0 + AGREES)).then_some(cycle)
        };
        let mut most = at(limits.peak)?;
        if most.rms_current > limits.rms {
            // The root mean square rises with the current at which it is held.
            most = between(&at, most, |c| c.rms_current - limits.rms, limits.rms)?;
            if most.rms_current > limits.rms * (1.0 + TORQUE_AGREES) {
                return None;
            }
        }
        let sign = self.sign;
        let Some(torque) = self.aim.torque() else {
            return (sign * most.mean_torque > 0.0).then_some(most);
        };
        if sign * most.mean_torque < torque * (1.0 - TORQUE_AGREES) {
            return None;
        }
        let found = between(&at, most, |c| sign * c.mean_torque - torque, torque)?;
        let off = (sign * found.mean_torque - torque).abs();
        (off <= 10.0 * TORQUE_AGREES * torque).then_some(found)
    }

    /// The latest turn-on, within a distance from one, with which a pulse to a turn-off gives the torque of the aim though
    /// nothing below the limit holds its current, all over the rotor pitch; nothing where there is none, or no torque is
    /// asked for.
    pub(super) fn edge(&self, off: f64, (about, apart): (f64, f64)) -> Option<f64> {
        let torque = self.aim.torque()?;
        let wanted = torque * (1.0 + OVER);
        let excess = |on: f64| {
            let cycle = self.follow((on, off - on), self.limits.peak)?;
            Some(self.sign * cycle.mean_torque - wanted)
        };
        let (late, early) = (about + apart, about - apart);
        let (below, above) = (excess(late)?, excess(early)?);
        if below >= 0.0 || above <= 0.0 {
            return None;
        }
        root(((late, below), (early, above)), 0.1 * OVER * torque, excess)
    }
}

/// The cycle at the current up to that of a cycle at which an excess vanishes that is the whole scale short of it without
/// current.
fn between(
    at: &dyn Fn(f64) -> Option<Cycle>,
    mut most: Cycle,
    excess: impl Fn(&Cycle) -> f64,
    scale: f64,
) -> Option<Cycle> {
    // Above its peak nothing is held.
    most.control.current = most.control.current.min(most.peak_current);
    let ends = ((0.0, -scale), (most.control.current, excess(&most)));
    let mut last = Some(most);
    root(ends, TORQUE_AGREES * scale, |current| {
        last = at(current);
        last.as_ref().map(&excess)
    })?;
    last
}

/// Where a function vanishes between two places, of which the first has a value below and the second one above, by the
/// Illinois rule (M. Dowell, P. Jarratt, "A modified regula falsi method for computing the root of an equation", BIT 11
/// (1971) 168-174); the place that was tried last. Nothing where it has no value on the way.
fn root(
    ((mut low, mut below), (mut high, mut above)): ((f64, f64), (f64, f64)),
    agrees: f64,
    mut at: impl FnMut(f64) -> Option<f64>,
) -> Option<f64> {
    let (mut last, mut found) = (high, above);
    let mut side = 0;
    for _ in 0..40 {
        if found.abs() <= agrees {
            break;
        }
        last = high - above * (high - low) / (above - below);
        found = at(last)?;
        if found > 0.0 {
            (high, above) = (last, found);
            if side > 0 {
                below *= 0.5;
            }
            side = 1;
        } else {
            (low, below) = (last, found);
            if side < 0 {
                above *= 0.5;
            }
            side = -1;
        }
    }
    Some(last)
}
