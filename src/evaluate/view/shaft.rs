//! What a machine does at a torque of its shaft: currents, losses and the power of its supply.

use crate::evaluate::EvaluateError;
use crate::evaluate::loss_map::{AtSpeed, LossMap};
use crate::evaluate::losses::Losses;
use crate::operate::map::FluxMap;
use crate::operate::search::Limits;
use crate::operate::strategy::{Mode, Strategy};
use crate::parallel::each_or_first_error;

/// Repetitions until the torque of the gap and the drag of the rotor agree; three are usual.
const ROUNDS: usize = 20;
/// They agree within this share of the drag.
const AGREES: f64 = 1e-6;

/// What the machine does.
pub(super) struct Working {
    /// Torque of the gap [N m].
    pub(super) gap: f64,
    pub(super) losses: Losses,
    pub(super) drag: f64,
}

impl Working {
    /// With a torque of the gap [N m].
    ///
    /// # Errors
    /// When a loss is unknown.
    pub(super) fn new(gap: f64, losses: Losses) -> Result<Self, EvaluateError> {
        let drag = losses.drag().map_err(EvaluateError::UnknownLoss)?;
        Ok(Self { gap, losses, drag })
    }

    /// Power from the supply [W]; negative where it gets some.
    pub(super) fn electrical(&self, speed: f64) -> f64 {
        self.gap * speed + self.losses.winding()
    }
}

/// What a drag [W] makes of a machine, repeated with the drag that it then has until both agree; nothing where they do not.
///
/// # Errors
/// Those of one round.
pub(in crate::evaluate) fn settled<T, E>(
    first: f64,
    mut at: impl FnMut(f64) -> Result<(f64, T), E>,
) -> Result<Option<T>, E> {
    let mut drag = first;
    for _ in 0..ROUNDS {
        let (next, found) = at(drag)?;
        if (next - drag).abs() <= AGREES * next.min(drag) {
            return Ok(Some(found));
        }
        drag = next;
    }
    Ok(None)
}

/// A machine whose losses follow from the torque of its gap and its speed.
pub(super) trait Loaded {
    /// Losses without current.
    fn idle(&self, speed: f64) -> Losses;

    /// With a torque of the gap [N m] at a speed above rest [rad/s]; nothing where the supply does not allow it.
    ///
    /// # Errors
    /// When a loss is unknown.
    fn at_gap(&self, gap: f64, speed: f64) -> Result<Option<Working>, EvaluateError>;

    /// With as much braking as the envelope allows.
    ///
    /// # Errors
    /// When a loss is unknown.
    fn braking(&self, speed: f64) -> Result<Option<Working>, EvaluateError>;

    /// With a torque of the shaft [N m] at a speed above rest [rad/s]: the gap gives what the shaft takes and what drags
    /// the rotor. Nothing where the supply does not allow it.
    ///
    /// # Errors
    /// When a loss is unknown, or torque and drag do not agree.
    fn at_shaft(&self, shaft: f64, speed: f64) -> Result<Option<Working>, EvaluateError> {
        let idle = self
            .idle(speed)
            .drag()
            .map_err(EvaluateError::UnknownLoss)?;
        // What the supply does not allow ends the search as an error does.
        let at = |drag: f64| match self.at_gap(shaft + drag / speed, speed) {
            Ok(Some(working)) => Ok((working.drag, working)),
            Ok(None) => Err(None),
            Err(error) => Err(Some(error)),
        };
        match settled(idle, at) {
            Ok(Some(working)) => Ok(Some(working)),
            Ok(None) => Err(EvaluateError::NotSettled { torque_n_m: shaft }),
            Err(None) => Ok(None),
            Err(Some(error)) => Err(error),
        }
    }
}

/// Speeds at which losses are taken; between two of them they are straight.
const SPEEDS: usize = 48;

/// A machine whose losses are known up to a speed.
pub(super) struct Turning<'m> {
    /// Driving and generating.
    strategies: [Strategy<'m>; 2],
    /// Losses at even steps of speed from rest.
    lost: Vec<AtSpeed<'m>>,
    step: f64,
}

impl<'m> Turning<'m> {
    /// Of a flux map and a map of losses, up to a speed [rad/s].
    ///
    /// # Errors
    /// When a material or the conductor has no data.
    pub(super) fn new(
        (map, losses): (&'m FluxMap, &'m LossMap<'m>),
        limits: Limits,
        fastest: f64,
    ) -> Result<Self, EvaluateError> {
        let step = fastest / SPEEDS as f64;
        let lost = each_or_first_error(0..=SPEEDS, |k| losses.at_speed(step * k as f64))?;
        Ok(Self {
            strategies: Mode::BOTH.map(|mode| Strategy::new(map, limits, mode)),
            lost,
            step,
        })
    }

    fn losses(&self, speed: f64, id: f64, iq: f64) -> Losses {
        let place = speed / self.step;
        let k = (place as usize).min(self.lost.len() - 2);
        let [low, high] = [k, k + 1].map(|k| self.lost[k].at(id, iq));
        low.towards(&high, place - k as f64)
    }
}

impl Loaded for Turning<'_> {
    fn idle(&self, speed: f64) -> Losses {
        self.losses(speed, 0.0, 0.0)
    }

    fn at_gap(&self, gap: f64, speed: f64) -> Result<Option<Working>, EvaluateError> {
        let [motor, generator] = &self.strategies;
        let strategy = if gap < 0.0 { generator } else { motor };
        let Some(at) = strategy.line(gap.abs()).and_then(|line| line.at(speed)) else {
            return Ok(None);
        };
        Working::new(gap, self.losses(speed, at.id, at.iq)).map(Some)
    }

    fn braking(&self, speed: f64) -> Result<Option<Working>, EvaluateError> {
        let [_, generator] = &self.strategies;
        let Some(most) = generator.strongest(speed) else {
            return Ok(None);
        };
        Working::new(most.torque, self.losses(speed, most.id, most.iq)).map(Some)
    }
}
