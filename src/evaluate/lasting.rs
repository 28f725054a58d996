//! For how long a machine is loaded when its torque is sought, and how warm that makes it.

use super::EvaluateError;
use super::cooled::Cooled;
use super::heat;
use super::losses::PointLosses;
use super::steady::Load;
use crate::design::{Application, Candidate, Requirement};
use crate::heat::course::{Capacities, Heating, Moment};
use crate::heat::duty::Duty;
use crate::heat::machine::{Cylinder, Drawn, Masses, WITHOUT_END};
use crate::mass;
use crate::material::{Conductor, Library};
use crate::unit::round_significant;

/// Time under load from cold where a design states none [s]: that of the maximum power over 30 minutes of electric drive
/// trains (UN Regulation No. 85).
pub(super) const USUAL: f64 = 1800.0;

/// Specific heat of copper and of aluminium at 25 °C [J/(kg K)] (CRC Handbook of Chemistry and Physics).
const SPECIFIC_HEAT: [(&str, f64); 2] = [("Cu", 385.0), ("Al", 897.0)];
/// Share of a conductor that must be of metals whose specific heat is known.
const KNOWN: f64 = 0.95;

/// Duty S2 of an application: the time under load [s].
pub(super) fn short_time(requirement: &Requirement) -> f64 {
    requirement.short_time.unwrap_or(USUAL)
}

/// Whose time that is.
pub(super) fn basis(requirement: &Requirement) -> &'static str {
    if requirement.short_time.is_some() {
        "requirement of the application"
    } else {
        "no time is stated (`short_time_min` in `requirement`): that of the maximum power over 30 minutes of electric drive trains"
    }
}

/// How long a machine is loaded.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lasting {
    /// S1: until nothing grows warmer.
    Always,
    /// S2: for a time [s] from the temperature of the coolant on.
    FromCold(Box<Heating>, f64),
}

impl Lasting {
    /// Duty S2 of an application for a machine with masses, or why it is not known how the machine takes up heat.
    ///
    /// # Errors
    /// When the library does not have the conductor.
    pub(super) fn from_cold(
        cooled: Result<Cooled, String>,
        masses: &mass::Masses,
        (application, candidate, library): (&Application, &Candidate, &Library),
    ) -> Result<Result<Self, String>, EvaluateError> {
        let conductor = library.conductor(&candidate.winding.conductor.material)?;
        let time = short_time(&application.requirement);
        let heating = cooled.and_then(|cooled| heating(&cooled, masses, conductor));
        Ok(heating.map(|heating| Self::FromCold(Box::new(heating), time)))
    }

    fn duty(&self) -> Duty {
        match self {
            Lasting::Always => Duty::Continuous,
            Lasting::FromCold(_, time) => Duty::ShortTime(*time),
        }
    }

    /// What losses make of the machine, and the temperature that its magnets may have [°C], infinite where there are none;
    /// with another part of the circumference where the gap is narrow, the hotter of both.
    pub(super) fn load(
        &self,
        cooled: &Cooled,
        losses: &PointLosses,
        end_turns_estimated: bool,
        (other, magnets): (Option<f64>, f64),
    ) -> Result<Load, String> {
        match self {
            Lasting::Always => Load::of(
                heat::balance(cooled, losses, end_turns_estimated, other),
                magnets,
            ),
            Lasting::FromCold(heating, time) => {
                let limits = [cooled.class.0, magnets];
                let warm = warmed((heating, *time), losses, end_turns_estimated, other);
                match warm {
                    Ok(warm) => Ok(warm.load(limits)),
                    Err(reason) if reason == WITHOUT_END => Ok(Load::without_end()),
                    Err(reason) => Err(reason),
                }
            }
        }
    }

    /// How a point under this duty comes about, by what is chosen of the machine.
    pub(super) fn words(&self, chosen: &str) -> String {
        let cold = match self {
            Lasting::Always => "",
            Lasting::FromCold(..) => " from the temperature of the coolant on",
        };
        format!(
            "duty {}{cold} at base speed, {chosen} for the torque; temperatures by a network of conductances",
            self.duty()
        )
    }
}

/// A machine with its cooling and the heat that it takes up.
///
/// # Errors
/// When the specific heat of the conductor is not known.
pub(super) fn heating(
    cooled: &Cooled,
    masses: &mass::Masses,
    conductor: &Conductor,
) -> Result<Heating, String> {
    let masses = Masses {
        winding: masses.copper,
        stator: masses.stator_core,
        rotor: masses.rotor_core,
        magnet: masses.magnet,
    };
    let capacity = specific_heat(conductor)?;
    Ok(Heating {
        drawn: cooled.drawn,
        films: cooled.films,
        metal: cooled.metal,
        capacities: Capacities::of(&cooled.drawn, &masses, capacity),
        coolant: cooled.coolant.0,
    })
}

/// Specific heat of a conductor by what it is made of [J/(kg K)].
fn specific_heat(conductor: &Conductor) -> Result<f64, String> {
    let of = |metal: &str| {
        let made_of = conductor.composition.as_ref();
        made_of.map_or(0.0, |found| found.share(metal))
    };
    let known: f64 = SPECIFIC_HEAT.iter().map(|(metal, _)| of(metal)).sum();
    if known < KNOWN {
        return Err(format!(
            "the conductor {} is not known to be of copper or aluminium, so that its specific heat is not known",
            conductor.name
        ));
    }
    let sum = SPECIFIC_HEAT.iter().map(|(metal, heat)| of(metal) * heat);
    Ok(sum.sum::<f64>() / known)
}

/// A machine that was cold a time ago.
struct Warm {
    coolant: f64,
    /// Hottest place of the winding, and the magnets [°C].
    hottest: [f64; 2],
    /// Expanded uncertainty of a rise over itself.
    share: f64,
    basis: String,
}

impl Warm {
    fn load(self, limits: [f64; 2]) -> Load {
        let over = |k: usize| {
            (self.hottest[k] - self.coolant) / (limits[k] - self.coolant).max(f64::MIN_POSITIVE)
        };
        Load {
            ratios: [over(0), over(1)],
            share: self.share,
            basis: self.basis,
        }
    }
}

/// How warm losses make a machine in a time [s]. Its rises count as uncertain as a whole as those of the balance do: what
/// the capacities leave open is on the safe side, since insulation, resin, frame and shaft take up nothing.
fn warmed(
    (heating, time): (&Heating, f64),
    losses: &PointLosses,
    end_turns_estimated: bool,
    other: Option<f64>,
) -> Result<Warm, String> {
    let sources = heat::sources(&losses.losses)?;
    let duty = Duty::ShortTime(time);
    let after = |drawn: Drawn| -> Result<[f64; 2], String> {
        let machine = Heating {
            drawn,
            ..heating.clone()
        };
        let moments = machine.course(&sources, losses.speed, duty)?;
        let most = |of: fn(&Moment) -> f64| moments.iter().map(of).fold(f64::MIN, f64::max);
        Ok([most(|m| m.hot_spot), most(|m| m.rotor)])
    };
    let mut hottest = after(heating.drawn)?;
    let mut apart = 0.0;
    if let (Some(faces), Drawn::Cylinder(drawn)) = (other, heating.drawn) {
        let then = after(Drawn::Cylinder(Cylinder { faces, ..drawn }))?;
        apart = (then[0] - hottest[0]).abs();
        if then[0] > hottest[0] {
            hottest = then;
        }
    }
    let rise = hottest[0] - heating.coolant;
    let by_gap = apart / rise.max(f64::MIN_POSITIVE);
    let discs = matches!(heating.drawn, Drawn::Disc(_));
    let by_losses = heat::uncertain_losses(end_turns_estimated, losses, discs)?.share;
    Ok(Warm {
        coolant: heating.coolant,
        hottest,
        share: by_losses.hypot(1.0).hypot(by_gap),
        basis: format!(
            "{} places warmed for {} min from the coolant at {} degC, at {} rpm, films and conductivities as declared, \
             conductors, laminations and magnets alone taking up heat; no measured machine speaks of its temperatures, so \
             that the rise counts as uncertain as a whole, losses by {} % more{}",
            heating.drawn.places(),
            round_significant(time / 60.0, 6),
            heating.coolant,
            round_significant(losses.speed / crate::unit::rpm::SCALE, 4),
            round_significant(100.0 * by_losses, 2),
            super::WEAK
        ),
    })
}
