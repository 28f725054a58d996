//! The most torque at base speed that cooling allows a switched reluctance machine for as long as it takes (duty S1) or for a
//! time from cold (S2), and what bounds it.

use super::points::PolePoint;
use super::setting::PoleSetting;
use crate::evaluate::cooled::{self, Cooled};
use crate::evaluate::lasting::Lasting;
use crate::evaluate::losses::{Losses, PointLosses};
use crate::evaluate::steady::{self, Load};
use crate::evaluate::view::heat::Bound;
use crate::operate::reluctance::cycle::Cycle;
use crate::unit::round_significant;

/// Steps to the torque at which the limit is met: to a thousandth of the way.
const HALVINGS: usize = 10;
/// Share of a torque by which it is changed to see what the limit makes of it: well above what two searches for the best
/// angles differ by.
const BESIDE: f64 = 0.03;

/// The point of most torque under a duty.
#[derive(Debug, Clone)]
pub(in crate::evaluate) struct Continuous {
    pub(super) point: PolePoint,
    pub(super) bound: Bound,
    /// By how much the torque is uncertain because temperatures are [N m].
    pub(super) by_heat: f64,
    /// Change of the peak current with torque [A/(N m)].
    pub(super) per_torque: f64,
    pub(super) losses: PointLosses,
    /// How it comes about.
    pub(super) when: String,
    pub(super) basis: String,
}

/// What the search asks of the machine: the cycle of least current for a torque at base speed, and a cycle as an operating
/// point. Neither solves a field.
pub(super) trait Driven {
    /// The cycle for a torque [N m].
    fn cycle(&self, torque: f64) -> Result<Cycle, String>;
    /// Its point.
    fn point(&self, cycle: Cycle) -> Result<PolePoint, String>;
}

/// Finds the point from the losses of the rated one. No further field is solved: copper and the eddy currents in its
/// strands go with the square of the root mean square current, iron with that of the largest flux linkage of a phase, as
/// models of losses in control have it (e.g. S. Morimoto et al., "Loss minimization control of permanent magnet
/// synchronous motor drives", IEEE Trans. Ind. Electron. 41 (1994) 511-517, whose iron resistance lies across the
/// voltage). What that leaves open is taken to be what the part of the iron changes by.
pub(super) fn find(
    setting: &PoleSetting,
    driven: &impl Driven,
    (rated, known): &(PolePoint, PointLosses),
    limit: &PolePoint,
    lasting: &Lasting,
) -> Result<Continuous, String> {
    let search = Search {
        cooled: cooled::of_poles(setting)?,
        lasting,
        estimated: setting.copper.end_turns_estimated,
        driven,
        rated: &rated.cycle,
        known,
        limit: &limit.cycle,
    };
    let start = rated.cycle.mean_torque;
    let cool = search.load(&rated.cycle, true)?.is_cool();
    let (torque, open) = if cool {
        search.between((start, limit.cycle.mean_torque), true)?
    } else {
        search.between((0.0, start), false)?
    };
    search.found(torque, open)
}

struct Search<'s, D> {
    cooled: Cooled,
    lasting: &'s Lasting,
    estimated: bool,
    driven: &'s D,
    rated: &'s Cycle,
    /// Losses of the rated point.
    known: &'s PointLosses,
    /// The most torque of the supply.
    limit: &'s Cycle,
}

impl<D: Driven> Search<'_, D> {
    fn cycle(&self, torque: f64) -> Result<Cycle, String> {
        if torque >= self.limit.mean_torque {
            return Ok(self.limit.clone());
        }
        self.driven.cycle(torque)
    }

    /// Losses of a cycle; those of iron as its flux linkage has them, or as at the rated point.
    fn losses(&self, cycle: &Cycle, iron_follows: bool) -> PointLosses {
        let current = (cycle.rms_current / self.rated.rms_current).powi(2);
        let flux = if iron_follows {
            (cycle.most_linkage() / self.rated.most_linkage()).powi(2)
        } else {
            1.0
        };
        let known = &self.known.losses;
        PointLosses {
            speed: self.known.speed,
            losses: Losses {
                copper: cycle.copper_loss,
                proximity: known.proximity * current,
                iron: known.iron.clone().map(|iron| iron.times(flux)),
                ..known.clone()
            },
        }
    }

    fn load(&self, cycle: &Cycle, iron_follows: bool) -> Result<Load, String> {
        self.load_of(&self.losses(cycle, iron_follows))
    }

    fn load_of(&self, losses: &PointLosses) -> Result<Load, String> {
        let other = (Some(1.0), f64::INFINITY);
        self.lasting
            .load(&self.cooled, losses, self.estimated, other)
    }

    /// The most torque between two, of which the lesser stays cool, or no torque does, and how far the limit lies above it at
    /// most [N m].
    fn between(&self, (low, high): (f64, f64), low_is_cool: bool) -> Result<(f64, f64), String> {
        if low_is_cool {
            if self.load(self.limit, true)?.is_cool() {
                return Ok((high, 0.0));
            }
        } else {
            let mut without = self.losses(self.rated, true);
            without.losses.copper = 0.0;
            without.losses.proximity = 0.0;
            without.losses.iron = without.losses.iron.map(|iron| iron.times(0.0));
            if !self.load_of(&without)?.is_cool() {
                return Err(steady::NONE.to_owned());
            }
        }
        let (low, high) = steady::halved((low, high), HALVINGS, |torque| {
            Ok(self.load(&self.cycle(torque)?, true)?.is_cool())
        })?;
        if low == 0.0 {
            return Err(
                "at base speed cooling allows less than a thousandth of the rated torque"
                    .to_owned(),
            );
        }
        Ok((low, high - low))
    }

    fn found(&self, torque: f64, open: f64) -> Result<Continuous, String> {
        let cycle = self.cycle(torque)?;
        let load = self.load(&cycle, true)?;
        let less = self.cycle(torque * (1.0 - BESIDE))?;
        let apart = BESIDE * torque;
        let kept = self.load(&cycle, false)?;
        let by_heat = load.by_heat((&self.load(&less, true)?, apart), &kept)? + open;
        let bound = if torque >= self.limit.mean_torque {
            Bound::Supply
        } else {
            Bound::Winding
        };
        Ok(Continuous {
            bound,
            by_heat,
            per_torque: (cycle.peak_current - less.peak_current) / apart,
            losses: self.losses(&cycle, true),
            when: self.lasting.words("least root mean square current"),
            basis: format!(
                "losses from those of the rated point, iron as the square of the flux linkage; winding at {} % of the rise that it may have, bounded by {}; {}",
                round_significant(100.0 * load.ratios[0], 3),
                bound.name(),
                load.basis
            ),
            point: self.driven.point(cycle)?,
        })
    }
}
