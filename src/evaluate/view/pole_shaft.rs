//! What a switched reluctance machine does at a torque of its shaft, between points at which its drive was searched.

use super::shaft::{Loaded, Working};
use crate::evaluate::EvaluateError;
use crate::evaluate::losses::Losses;
use crate::evaluate::reluctance::driven::{BothWays, Driven};
use crate::evaluate::reluctance::settled::{beside, settled};
use crate::operate::reluctance::optimum::Aim;
use crate::operate::strategy::Mode;
use crate::operate::study::Cost;
use crate::parallel::each_or_first_error;

/// Even steps of speed, and of torque up to the most at each speed; losses are straight between them.
const SPEEDS: usize = 16;
const LOADS: usize = 8;

/// What the machine gives and loses at one speed, one way.
struct Column {
    /// Most torque of the gap [N m], a magnitude.
    most: f64,
    /// Losses at even steps of torque from none to the most.
    lost: Vec<Losses>,
}

/// Losses at a torque of the gap, as they are taken and as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Torque of the gap [N m].
    pub gap: f64,
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Between the points.
    pub between: Losses,
    /// At a point of its own, with the fields of single phases added up and with all phases solved together.
    pub itself: BothWays,
}

/// The machine with its points up to a speed, driving and generating.
pub(super) struct PoleTurning<'d> {
    driven: &'d Driven<'d>,
    /// Driving and generating; the first column is that of the first step above rest.
    columns: [Vec<Column>; 2],
    step: f64,
}

impl<'d> PoleTurning<'d> {
    /// Searches the points up to a speed [rad/s]: at each torque the drive with the least loss of copper and iron.
    ///
    /// # Errors
    /// When a loss cannot be found, or a torque below the most has no drive.
    pub(super) fn new(driven: &'d Driven<'d>, fastest: f64) -> Result<Self, EvaluateError> {
        let step = fastest / SPEEDS as f64;
        let [motor, generator] = Mode::BOTH.map(|mode| columns(driven, mode, step));
        Ok(Self {
            driven,
            columns: [motor?, generator?],
            step,
        })
    }

    fn of(&self, gap: f64) -> (Mode, &[Column]) {
        let [motor, generator] = &self.columns;
        if gap < 0.0 {
            (Mode::Generator, generator)
        } else {
            (Mode::Motor, motor)
        }
    }

    /// The columns about a speed and the share of the way between them. Below the first step there is that one alone:
    /// currents are held there, and follow from the torque.
    fn about(&self, speed: f64) -> (usize, usize, f64) {
        let place = speed / self.step - 1.0;
        if place <= 0.0 {
            return (0, 0, 0.0);
        }
        let low = (place as usize).min(SPEEDS - 2);
        (low, low + 1, place - low as f64)
    }

    /// The most torque one way [N m], a magnitude.
    fn most(&self, columns: &[Column], speed: f64) -> f64 {
        let (low, high, share) = self.about(speed);
        let [a, b] = [low, high].map(|k| columns[k].most);
        a + share * (b - a)
    }

    /// Losses at a share of the most torque.
    fn at_load(&self, columns: &[Column], load: f64, speed: f64) -> Losses {
        let (low, high, share) = self.about(speed);
        let [a, b] = [low, high].map(|k| columns[k].at(load));
        let mut losses = a.towards(&b, share);
        if speed < self.step {
            // At rest nothing but the current loses power.
            let turned = speed / self.step;
            losses.proximity *= turned;
            losses.iron = losses.iron.map(|iron| iron.times(turned));
        }
        let turning = self.driven.idle(speed);
        losses.windage = turning.windage;
        losses.bearings = turning.bearings;
        losses
    }

    /// A moment both ways; nothing where the search by itself finds no drive.
    ///
    /// # Errors
    /// When a field does not converge, or a loss is unknown.
    pub(super) fn moment(
        &self,
        gap: f64,
        speed: f64,
        cost: &mut Cost,
    ) -> Result<Option<Moment>, EvaluateError> {
        let (mode, _) = self.of(gap);
        let Some(working) = self.at_gap(gap, speed)? else {
            return Ok(None);
        };
        let own = settled(self.driven, &[((mode, speed, gap.abs()), vec![])])?;
        let Some((cycle, _)) = own.into_iter().next().flatten() else {
            return Ok(None);
        };
        Ok(Some(Moment {
            gap,
            speed,
            between: working.losses,
            itself: self.driven.both_ways(&cycle, cost)?,
        }))
    }
}

impl Column {
    fn at(&self, load: f64) -> Losses {
        let place = load * LOADS as f64;
        let low = (place as usize).min(LOADS - 1);
        self.lost[low].towards(&self.lost[low + 1], place - low as f64)
    }
}

/// The columns of one way, at even steps of speed [rad/s].
fn columns(driven: &Driven, mode: Mode, step: f64) -> Result<Vec<Column>, EvaluateError> {
    let speeds: Vec<f64> = (1..=SPEEDS).map(|k| step * k as f64).collect();
    let strongest = each_or_first_error(&speeds, |speed| -> Result<_, EvaluateError> {
        let cycle = driven.found(mode, *speed, Aim::MostTorque)?;
        let losses = driven.losses(&cycle)?;
        Ok((cycle.mean_torque.abs(), losses))
    })?;
    let mut beside = beside(SPEEDS, LOADS - 1).into_iter();
    let mut points = vec![];
    for (speed, (most, _)) in speeds.iter().zip(&strongest) {
        let torques = (1..LOADS).map(|k| most * k as f64 / LOADS as f64);
        points.extend(torques.map(|t| (mode, *speed, t)).zip(beside.by_ref()));
    }
    let mut found = settled(driven, &points)?.into_iter().zip(&points);
    let mut all = vec![];
    for (speed, (most, losses)) in speeds.iter().zip(strongest) {
        let mut lost = vec![driven.idle(*speed)];
        for (found, (asked, _)) in found.by_ref().take(LOADS - 1) {
            // Why there is none is told where it was looked for.
            lost.push(found.map_or_else(|| driven.sparing(*asked), Ok)?.1);
        }
        lost.push(losses);
        all.push(Column { most, lost });
    }
    Ok(all)
}

impl Loaded for PoleTurning<'_> {
    fn idle(&self, speed: f64) -> Losses {
        self.driven.idle(speed)
    }

    fn at_gap(&self, gap: f64, speed: f64) -> Result<Option<Working>, EvaluateError> {
        let (_, columns) = self.of(gap);
        let load = gap.abs() / self.most(columns, speed);
        if load > 1.0 {
            return Ok(None);
        }
        Working::new(gap, self.at_load(columns, load, speed)).map(Some)
    }

    fn braking(&self, speed: f64) -> Result<Option<Working>, EvaluateError> {
        let [_, generator] = &self.columns;
        let gap = -self.most(generator, speed);
        Working::new(gap, self.at_load(generator, 1.0, speed)).map(Some)
    }
}
