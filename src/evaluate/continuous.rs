//! The most torque at base speed that cooling allows for as long as it takes (duty S1) or for a time from cold (S2), and what
//! bounds it.

use super::cooled::{self, Cooled};
use super::currents::Points;
use super::fill::losses::shaft_power;
use super::fill::{Word, by_voltage};
use super::heat;
use super::lasting::Lasting;
use super::losses::{Losses, PointLosses};
use super::pathway::{Facts, Twin};
use super::prepared::Prepared;
use super::steady::{self, Load, Names};
use super::uncertainty::{Band, TORQUE, band};
use super::view::heat::Bound;
use crate::operate::map::FluxMap;
use crate::operate::point::Point;
use crate::operate::strategy::{Mode, Strategy};
use crate::record::field::Field;
use crate::topology::Topology;
use crate::unit::{kw, round_significant};

/// Steps to the torque at which a limit is met: to a millionth of the most.
const HALVINGS: usize = 20;
/// Share of a torque by which it is changed to see what a limit makes of it.
const BESIDE: f64 = 0.01;

/// The point of most torque under a duty.
#[derive(Debug, Clone, PartialEq)]
pub struct Continuous {
    /// Torque of the gap [N m].
    torque: f64,
    /// Magnitude of the current [A], and its change with torque [A/(N m)].
    current: (f64, f64),
    bound: Bound,
    /// By how much the torque is uncertain because temperatures are [N m].
    by_heat: f64,
    losses: PointLosses,
    /// How it comes about.
    when: String,
    basis: String,
}

/// Finds the point, on the map corrected at the rated point, whose losses are known. No further field is solved: at one
/// speed copper, eddy currents in its strands and those in the magnets go with the square of the current, iron with the
/// square of the flux linkage, as models of losses in control have it (e.g. S. Morimoto et al., "Loss minimization control of permanent magnet synchronous motor drives", IEEE
/// Trans. Ind. Electron. 41 (1994) 511-517, whose iron resistance lies across the voltage). What that leaves open is taken to
/// be what the parts of iron and magnets change by: slots alone make some of the latter.
pub(super) fn find(
    prepared: &Prepared,
    (map, points): (&FluxMap, &Points),
    rated: &PointLosses,
    lasting: &Lasting,
) -> Result<Continuous, String> {
    let map = map.corrected_at(&points.rated);
    let search = Search {
        prepared,
        cooled: cooled::of_slots(prepared)?,
        lasting,
        strategy: Strategy::new(&map, prepared.limits, Mode::Motor),
        map: &map,
        limit: &points.limit,
        rated: &points.rated,
        known: rated,
    };
    let start = points.rated.torque;
    let cool = search.load(start)?.is_cool();
    let end = if cool { points.limit.torque } else { 0.0 };
    search.found(search.between((start, cool), end)?)
}

struct Search<'p> {
    prepared: &'p Prepared<'p>,
    cooled: Cooled,
    lasting: &'p Lasting,
    strategy: Strategy<'p>,
    map: &'p FluxMap,
    /// Most torque of the supply.
    limit: &'p Point,
    rated: &'p Point,
    /// Losses of the rated point.
    known: &'p PointLosses,
}

impl Search<'_> {
    /// Currents of a torque [A].
    fn currents(&self, torque: f64) -> (f64, f64) {
        let end = (self.limit.id, self.limit.iq);
        if torque >= self.limit.torque {
            return end;
        }
        let line = self.strategy.line(torque);
        let at = line.and_then(|line| line.at(self.known.speed));
        // The map may end a little before the solved point of most torque.
        at.map_or(end, |at| (at.id, at.iq))
    }

    /// Magnitude of the current of a torque [A].
    fn current(&self, torque: f64) -> f64 {
        let (id, iq) = self.currents(torque);
        id.hypot(iq)
    }

    /// Losses at a torque; those of iron and magnets as flux linkage and current have them, or not below those of the rated point
    /// and iron as there.
    fn losses(&self, torque: f64, fields_follow: bool) -> PointLosses {
        let square = |(x, y): (f64, f64)| x * x + y * y;
        let (rated, here) = ((self.rated.id, self.rated.iq), self.currents(torque));
        let current = square(here) / square(rated);
        let linkage = |(id, iq)| square(self.map.linkages(id, iq));
        let (flux, eddies) = if fields_follow {
            (linkage(here) / linkage(rated), current)
        } else {
            (1.0, current.max(1.0))
        };
        let known = &self.known.losses;
        PointLosses {
            speed: self.known.speed,
            losses: Losses {
                copper: known.copper * current,
                proximity: known.proximity * current,
                iron: known.iron.clone().map(|iron| iron.times(flux)),
                magnet: known.magnet.clone().map(|lost| lost * eddies),
                ..known.clone()
            },
        }
    }

    fn load(&self, torque: f64) -> Result<Load, String> {
        self.load_of(&self.losses(torque, true))
    }

    fn load_of(&self, losses: &PointLosses) -> Result<Load, String> {
        let estimated = self.prepared.copper.end_turns_estimated;
        let magnets = self.prepared.application.environment.magnet_temperature_hot;
        self.lasting
            .load(&self.cooled, losses, estimated, (None, magnets))
    }

    /// The most torque between the rated one, of which it is known whether it stays cool, and an end.
    fn between(&self, (start, cool): (f64, bool), end: f64) -> Result<f64, String> {
        let is_cool = |torque: f64| Ok::<_, String>(self.load(torque)?.is_cool());
        if cool && is_cool(end)? {
            return Ok(end);
        }
        if !cool && !is_cool(end)? {
            return Err(steady::NONE.to_owned());
        }
        let ends = if cool { (start, end) } else { (end, start) };
        Ok(steady::halved(ends, HALVINGS, is_cool)?.0)
    }

    fn found(&self, torque: f64) -> Result<Continuous, String> {
        let load = self.load(torque)?;
        let less = torque * (1.0 - BESIDE);
        let bound = if torque >= self.limit.torque {
            Bound::Supply
        } else if load.ratios[0] >= load.ratios[1] {
            Bound::Winding
        } else {
            Bound::Magnets
        };
        let kept = self.load_of(&self.losses(torque, false))?;
        let by_heat = load.by_heat((&self.load(less)?, torque - less), &kept)?;
        let current = self.current(torque);
        let per_torque = (current - self.current(less)) / (torque - less);
        let percent = load.ratios.map(|ratio| round_significant(100.0 * ratio, 3));
        Ok(Continuous {
            torque,
            current: (current, per_torque),
            bound,
            by_heat,
            losses: self.losses(torque, true),
            when: self
                .lasting
                .words("magnets hottest, least remanence, least current"),
            basis: format!(
                "losses from those of the rated point, iron as the square of the flux linkage; winding at {} % and magnets at {} % of the rise that they may have, bounded by {}; {}",
                percent[0],
                percent[1],
                bound.name(),
                load.basis
            ),
        })
    }
}

impl Continuous {
    /// Torque with the uncertainty of its temperatures and that of the rated torque, by the share of both torques.
    fn torque(&self, prepared: &Prepared, facts: &Facts) -> Result<Band, String> {
        let [most, _, rated, _] = &facts.torque;
        let near = if self.bound == Bound::Supply {
            most
        } else {
            rated
        };
        let share = self.torque / near.standard;
        let twin = Twin {
            standard: self.torque,
            coarse: near.coarse * share,
            input: near.input * share,
            check: near.check * share,
        };
        let (topology, stated) = (prepared.candidate.topology.name(), facts.tolerances_stated);
        let model = band(topology, TORQUE, &twin, most.standard, stated)?;
        let at = if self.bound == Bound::Supply {
            &facts.peak
        } else {
            &facts.rated
        };
        let model = by_voltage(prepared, facts, model, at)?;
        Ok(Band {
            value: self.torque,
            uncertainty: model.uncertainty.hypot(self.by_heat),
            basis: format!("{}; {}", model.basis, self.basis),
        })
    }

    /// Power of the shaft: iron, magnets and friction take theirs from that of the gap.
    fn power(&self, prepared: &Prepared, torque: &Band) -> Result<Band, String> {
        let (estimated, topology) = (
            prepared.copper.end_turns_estimated,
            &prepared.candidate.topology,
        );
        let discs = matches!(topology, Topology::Axial(_));
        let lost = heat::lost(estimated, &self.losses, discs)?;
        Ok(shaft_power(&lost, self.losses.speed, torque))
    }

    fn current(&self) -> Band {
        let (value, per_torque) = self.current;
        Band {
            value,
            uncertainty: per_torque.abs() * self.by_heat,
            basis: self.basis.clone(),
        }
    }
}

/// What of the point stands in a record, and the word of what bounds it.
pub(super) struct Told {
    /// Numbers.
    pub(super) numbers: [(&'static Field, Result<Band, String>); 4],
    /// Word and its basis.
    pub(super) bound: (&'static Field, Word),
    /// How the point comes about; nothing where there is none.
    pub(super) when: String,
}

/// What a record tells of the point, or why there is none.
pub(super) fn told(
    prepared: &Prepared,
    facts: &Facts,
    (names, found): (&Names, &Result<Continuous, String>),
) -> Told {
    let found = found.as_ref().map_err(Clone::clone);
    let torque = found
        .clone()
        .and_then(|point| point.torque(prepared, facts));
    let required = prepared.application.requirement.rated_torque;
    let power = found.clone().and_then(|point| {
        let power = point.power(prepared, &torque.clone()?)?;
        Ok(power.scaled(1.0 / kw::SCALE))
    });
    Told {
        when: found
            .as_ref()
            .map_or_else(|_| String::new(), |point| point.when.clone()),
        numbers: steady::numbers(
            names,
            torque,
            required,
            power,
            found.clone().map(Continuous::current),
        ),
        bound: (
            names.bound,
            found.map(|point| {
                (
                    point.bound.name(),
                    format!("{}; {}", point.when, point.basis),
                )
            }),
        ),
    }
}
