//! Temperatures at the rated point, for as long as it takes.

use super::cooled::{self, Cooled};
use super::fill::{current_share, rated_parts};
use super::losses::{Losses, PointLosses};
use super::pathway::Facts;
use super::prepared::Prepared;
use super::reluctance::setting::PoleSetting;
use super::uncertainty::Band;
use crate::choke::Heated as HeatedPlace;
use crate::heat::machine::{Cylinder, Drawn, Settled, Sources};
use crate::record::field::{self as f, Field};
use crate::unit::round_significant;

/// The machine in thermal balance.
#[derive(Debug, Clone, PartialEq)]
pub struct Heated {
    settled: Settled,
    /// Temperature of the coolant [°C].
    coolant: f64,
    /// Temperature that the insulation bears [°C], and its class.
    class: (f64, &'static str),
    /// Expanded uncertainty of a rise over itself.
    share: f64,
    /// Whether the magnets of a disc have a temperature of their own.
    discs: bool,
    /// Share of the losses that goes with the square of the current.
    by_current: f64,
    basis: String,
}

/// Balance of losses and cooling at the rated point, magnets hottest, as long as it takes; or why there is none.
pub(super) fn rated(prepared: &Prepared, losses: &PointLosses) -> Result<Heated, String> {
    let estimated = prepared.copper.end_turns_estimated;
    balance(&cooled::of_slots(prepared)?, losses, estimated, None)
}

/// The same of a switched reluctance machine. How much of the circumference its gap is narrow changes as it turns: the
/// part over which poles of both sides face each other in the mean is the least, all of it the most, and the hotter
/// winding counts.
pub(super) fn rated_of_poles(
    setting: &PoleSetting,
    losses: &PointLosses,
) -> Result<Heated, String> {
    let estimated = setting.copper.end_turns_estimated;
    balance(&cooled::of_poles(setting)?, losses, estimated, Some(1.0))
}

/// The balance of a machine with the gap as it is drawn, or also with another part of the circumference where it is
/// narrow: the hotter of the two, and what they differ by in its uncertainty.
pub(super) fn balance(
    cooled: &Cooled,
    losses: &PointLosses,
    end_turns_estimated: bool,
    other: Option<f64>,
) -> Result<Heated, String> {
    let Cooled {
        drawn,
        films,
        metal,
        coolant: (coolant, of),
        class,
    } = cooled;
    let (coolant, class) = (*coolant, *class);
    let sources = sources(&losses.losses)?;
    let discs = matches!(drawn, Drawn::Disc(_));
    let settle = |drawn: &Drawn| drawn.settle(films, &sources, metal, (losses.speed, coolant));
    let mut settled = settle(drawn)?;
    let mut apart = 0.0;
    if let (Some(faces), Drawn::Cylinder(drawn)) = (other, drawn) {
        let then = settle(&Drawn::Cylinder(Cylinder { faces, ..*drawn }))?;
        apart = (then.hot_spot - settled.hot_spot).abs();
        if then.hot_spot > settled.hot_spot {
            settled = then;
        }
    }
    let by_gap = apart / (settled.hot_spot - coolant).max(f64::MIN_POSITIVE);
    let UncertainLosses {
        share: by_losses,
        by_current,
    } = uncertain_losses(end_turns_estimated, losses, discs)?;
    Ok(Heated {
        settled,
        coolant,
        class,
        share: by_losses.hypot(1.0).hypot(by_gap),
        discs,
        by_current,
        basis: format!(
            "{} places in balance with {} W at {} rpm and the {of} at {coolant} degC, films and conductivities as \
             declared; no measured machine speaks of its temperatures, so that the rise counts as uncertain as a \
             whole, losses by {} % more{}{}{}",
            ["five", "six", "seven", "eight"][drawn.places().clamp(5, 8) - 5],
            round_significant(settled.losses, 4),
            round_significant(losses.speed / crate::unit::rpm::SCALE, 4),
            round_significant(100.0 * by_losses, 2),
            other.map_or_else(String::new, |_| format!(
                ", the gap of salient poles by {} %",
                // To a thousandth: where all heat of the rotor crosses the gap, both agree but for rounding.
                (1e5 * by_gap).round() / 1e3
            )),
            if discs {
                ", iron as a whole among them for the flux at its edges, which no slice holds"
            } else {
                ""
            },
            super::WEAK
        ),
    })
}

/// What all losses together leave open.
pub(super) struct UncertainLosses {
    /// Expanded uncertainty over their sum.
    pub(super) share: f64,
    /// Share of them that goes with the square of the current.
    by_current: f64,
}

/// What all losses together leave open.
pub(super) fn uncertain_losses(
    end_turns_estimated: bool,
    losses: &PointLosses,
    discs: bool,
) -> Result<UncertainLosses, String> {
    let lost = lost(end_turns_estimated, losses, discs)?;
    let uncertain = lost
        .iter()
        .map(|b| b.uncertainty.powi(2))
        .sum::<f64>()
        .sqrt();
    let all = lost.iter().map(|b| b.value).sum::<f64>();
    let [winding, _, magnets, _] = &lost;
    Ok(UncertainLosses {
        share: uncertain / all,
        by_current: (winding.value + magnets.value) / all,
    })
}

/// Losses with their uncertainty: winding, iron, magnets, friction. What the flux of the end turns and of the ends of the
/// teeth makes of the iron of discs is in no slice, so that it counts as uncertain as a whole once more.
pub(super) fn lost(
    end_turns_estimated: bool,
    losses: &PointLosses,
    discs: bool,
) -> Result<[Band; 4], String> {
    let mut lost = rated_parts(end_turns_estimated, losses)?;
    if discs {
        let iron = &mut lost[1];
        iron.uncertainty = iron.uncertainty.hypot(iron.value);
    }
    Ok(lost)
}

/// The balance of the rated point as a record tells it: of discs the current for the rated torque is uncertain by what
/// their slices leave out, and with its square the losses of winding and magnets.
pub(super) fn told(prepared: &Prepared, facts: &Facts) -> Result<Heated, String> {
    let found = facts.heat.clone()?;
    if !found.discs {
        return Ok(found);
    }
    let more = current_share(prepared, facts)?;
    let by_current = found.by_current * ((1.0 + more).powi(2) - 1.0);
    Ok(Heated {
        share: found.share.hypot(by_current),
        basis: format!(
            "the current for the rated torque by {} % and with it the losses by {} %; {}",
            round_significant(100.0 * more, 2),
            round_significant(100.0 * by_current, 2),
            found.basis
        ),
        ..found
    })
}

/// Losses where they heat, or which is not known.
pub(super) fn sources(lost: &Losses) -> Result<Sources, String> {
    let iron = lost.iron.clone()?;
    Ok(Sources {
        copper: lost.copper,
        proximity: lost.proximity,
        tooth: iron.tooth,
        yoke: iron.yoke,
        rotor: iron.rotor,
        magnet: lost.magnet.clone()?,
        air: lost.windage,
    })
}

impl Heated {
    /// Rises of winding and magnets over those that they may have: to the thermal class, and to a temperature [°C].
    pub(super) fn over(&self, magnets: f64) -> [f64; 2] {
        let over = |at: f64, limit: f64| {
            (at - self.coolant) / (limit - self.coolant).max(f64::MIN_POSITIVE)
        };
        [
            over(self.settled.hot_spot, self.class.0),
            over(self.settled.parts.magnet, magnets),
        ]
    }

    /// Expanded uncertainty of a rise over itself.
    pub(super) fn share(&self) -> f64 {
        self.share
    }

    /// How the balance was found.
    pub(super) fn basis(&self) -> &str {
        &self.basis
    }

    /// A temperature with the uncertainty of its rise [°C].
    fn temperature(&self, at: f64, place: &str) -> Band {
        Band {
            value: at,
            uncertainty: self.share * (at - self.coolant).abs(),
            basis: format!("{place}; {}", self.basis),
        }
    }

    fn hot_spot(&self) -> Band {
        self.temperature(self.settled.hot_spot, self.place())
    }

    fn place(&self) -> &'static str {
        if self.settled.hot_spot_in_end {
            "end windings"
        } else {
            "winding in the slots"
        }
    }

    /// Rise of the hottest place of the winding over the rise that its insulation bears.
    fn ratio(&self) -> Band {
        let (allowed, class) = (self.class.0 - self.coolant, self.class.1);
        let spot = self.hot_spot();
        Band {
            value: (spot.value - self.coolant) / allowed,
            uncertainty: spot.uncertainty / allowed,
            basis: format!("rise over the {allowed} K to class {class}; {}", spot.basis),
        }
    }

    /// The place of the winding that a designer looks at.
    pub(super) fn hottest_of_winding(&self) -> HeatedPlace {
        HeatedPlace {
            mechanism: "hot_spot",
            location: format!(
                "{}, rated point, insulation of class {}",
                self.place(),
                self.class.1
            ),
            value: self.settled.hot_spot,
            limit: self.class.0,
            coolant: self.coolant,
        }
    }

    /// The places that a designer looks at.
    pub(super) fn places(&self, magnets_assumed: f64) -> Vec<HeatedPlace> {
        vec![
            self.hottest_of_winding(),
            HeatedPlace {
                mechanism: "magnet_temperature",
                location: "magnets, rated point, against the hottest temperature that the application states".to_owned(),
                value: self.settled.parts.magnet,
                limit: magnets_assumed,
                coolant: self.coolant,
            },
        ]
    }
}

/// What of the balance stands in a record.
pub(super) fn bands(found: &Result<Heated, String>) -> [(&'static Field, Result<Band, String>); 3] {
    let of = |band: fn(&Heated) -> Band| found.as_ref().map(band).map_err(Clone::clone);
    [
        (&f::WINDING_HOT_SPOT_TEMPERATURE_C, of(Heated::hot_spot)),
        (&f::WINDING_HOT_SPOT_TO_CLASS_RATIO, of(Heated::ratio)),
        (
            &f::RATED_MAGNET_TEMPERATURE_C,
            of(|h| {
                let place = if h.discs {
                    "magnets, one temperature"
                } else {
                    "rotor with its magnets, one temperature"
                };
                h.temperature(h.settled.parts.magnet, place)
            }),
        ),
    ]
}
