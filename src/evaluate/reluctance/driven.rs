//! A switched reluctance machine at many operating points: what its drive does and what it loses, on the coarse grid.

use super::losses;
use super::setting::{PoleSetting, USUAL};
use super::settled::{Asked, Found};
use crate::evaluate::EvaluateError;
use crate::evaluate::losses::Losses;
use crate::operate::reluctance::cycle::Cycle;
use crate::operate::reluctance::drive::{Drive, DriveError};
use crate::operate::reluctance::machine::PoleMachine;
use crate::operate::reluctance::optimum::{Aim, like, optimum_about, optimum_of};
use crate::operate::reluctance::turn::Turn;
use crate::operate::reluctance::waves::Alone;
use crate::operate::strategy::Mode;
use crate::operate::study::Cost;
use crate::resolution::Resolution;

/// The machine with the fields of one phase.
pub(in crate::evaluate) struct Driven<'s> {
    setting: &'s PoleSetting<'s>,
    machine: PoleMachine,
    drive: Drive,
    alone: Alone,
    unit: usize,
}

/// The same cycle with the fields of single phases added up, and with all phases solved together.
#[derive(Debug, Clone, PartialEq)]
pub struct BothWays {
    /// Added up.
    pub added: Losses,
    /// Solved together.
    pub together: Losses,
}

impl<'s> Driven<'s> {
    /// Solves the fields of one phase.
    ///
    /// # Errors
    /// When the geometry does not allow it, or a field does not converge.
    pub(in crate::evaluate) fn new(setting: &'s PoleSetting<'s>) -> Result<Self, EvaluateError> {
        let machine = setting.machine(Resolution::Coarse)?;
        let unit = setting.machine(Resolution::Standard)?.sector.unknowns();
        let currents = setting.currents(USUAL);
        let alone = Alone::solve(&machine, &setting.materials, &currents, unit)?;
        Ok(Self {
            drive: setting.drive(&alone.map, 1.0)?,
            setting,
            machine,
            alone,
            unit,
        })
    }

    /// Effort of the fields.
    pub(in crate::evaluate) fn cost(&self) -> Cost {
        self.alone.cost
    }

    /// The cycle of an aim at a speed above zero [rad/s], driving or braking; nothing where the limits of the design do
    /// not allow it.
    ///
    /// # Errors
    /// As [`optimum_of`], but for what is out of reach.
    pub(in crate::evaluate) fn best(
        &self,
        mode: Mode,
        speed: f64,
        aim: Aim,
    ) -> Result<Option<Cycle>, EvaluateError> {
        match self.found(mode, speed, aim) {
            Ok(cycle) => Ok(Some(cycle)),
            Err(DriveError::OutOfReach { .. }) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// The same where what is out of reach is an error.
    ///
    /// # Errors
    /// As [`optimum_of`].
    pub(in crate::evaluate) fn found(
        &self,
        mode: Mode,
        speed: f64,
        aim: Aim,
    ) -> Result<Cycle, DriveError> {
        let (circuit, limits) = (self.setting.circuit(speed), self.setting.limits());
        optimum_of(&self.drive, &circuit, &limits, (mode, aim))
    }

    /// The cycle of a torque [N m] at a speed above zero [rad/s] that loses less than the other of two: that of the least
    /// current, and that of the least sum of copper and iron if iron goes with the square of the largest flux linkage from
    /// there (as in [`super::continuous`]). Which of both loses less is told by the losses themselves.
    ///
    /// # Errors
    /// When no cycle within the limits of the design gives the torque, or as [`Driven::losses`].
    pub(in crate::evaluate) fn sparing(
        &self,
        (mode, speed, torque): Asked,
    ) -> Result<Found, EvaluateError> {
        let cycle = self.found(mode, speed, Aim::LeastCurrent(torque))?;
        let losses = self.losses(&cycle)?;
        let Ok(iron) = &losses.iron else {
            return Ok((cycle, losses));
        };
        let iron = iron.total() / cycle.most_linkage().powi(2);
        let aim = (mode, Aim::LeastLoss { torque, iron });
        let (circuit, limits) = (self.setting.circuit(speed), self.setting.limits());
        let other = optimum_about(&self.drive, &circuit, &limits, aim, &cycle);
        let found = (cycle, losses);
        let better = other.map_or(Ok(None), |other| self.less(&found, other))?;
        Ok(better.unwrap_or(found))
    }

    /// The cycle of a point with the angles of another one, where it loses less than what the point has.
    ///
    /// # Errors
    /// As [`Driven::losses`].
    pub(super) fn better(
        &self,
        (mode, speed, torque): Asked,
        own: &Found,
        other: &Cycle,
    ) -> Result<Option<Found>, EvaluateError> {
        let (circuit, limits) = (self.setting.circuit(speed), self.setting.limits());
        let aim = (mode, Aim::LeastCurrent(torque));
        let like = like(&self.drive, &circuit, &limits, aim, other);
        like.map_or(Ok(None), |like| self.less(own, like))
    }

    /// A cycle with its losses if they are less than those of one that is known.
    fn less(&self, known: &Found, cycle: Cycle) -> Result<Option<Found>, EvaluateError> {
        let sum = |of: &Losses| Some(of.iron.as_ref().ok()?.total() + of.winding());
        let Some(least) = sum(&known.1).filter(|least| cycle.copper_loss < *least) else {
            return Ok(None);
        };
        let losses = self.losses(&cycle)?;
        Ok(sum(&losses)
            .is_some_and(|sum| sum < least)
            .then_some((cycle, losses)))
    }

    /// What a cycle loses.
    ///
    /// # Errors
    /// When a material or the conductor has no data.
    pub(in crate::evaluate) fn losses(&self, cycle: &Cycle) -> Result<Losses, EvaluateError> {
        let periods = self.alone.periods(&self.machine, cycle);
        let found = losses::of_periods(self.setting, &self.machine, &[periods], cycle)?;
        Ok(found.losses)
    }

    /// What is lost at a speed [rad/s] while no phase is fed.
    pub(in crate::evaluate) fn idle(&self, speed: f64) -> Losses {
        losses::idle(self.setting, speed)
    }

    /// What a cycle loses both ways.
    ///
    /// # Errors
    /// When a field does not converge, or as [`Driven::losses`].
    pub(in crate::evaluate) fn both_ways(
        &self,
        cycle: &Cycle,
        cost: &mut Cost,
    ) -> Result<BothWays, EvaluateError> {
        let materials = &self.setting.materials;
        let turn = Turn::solve(&self.machine, materials, cycle, 1, (cost, self.unit))?;
        let together = losses::at(self.setting, &self.machine, &turn, cycle)?;
        Ok(BothWays {
            added: self.losses(cycle)?,
            together: together.losses,
        })
    }
}
