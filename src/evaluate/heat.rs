//! Temperatures at the rated point, for as long as it takes.

use super::fill::rated_parts;
use super::losses::{Losses, PointLosses};
use super::prepared::Prepared;
use super::reluctance::setting::PoleSetting;
use super::uncertainty::Band;
use crate::choke::Heated as HeatedPlace;
use crate::design::{Application, Candidate, Cooling};
use crate::heat::insulation;
use crate::heat::machine::{Drawn, Films, Metal, Settled, Sources};
use crate::material::Library;
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
    basis: String,
}

/// A machine with its cooling, as its design declares it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cooled {
    pub(super) drawn: Drawn,
    pub(super) films: Films,
    pub(super) metal: Metal,
    /// Temperature of what takes the heat [°C], and what that is.
    pub(super) coolant: (f64, &'static str),
    /// Temperature that the insulation bears [°C], and its class.
    pub(super) class: (f64, &'static str),
}

/// What cools a machine with a slotted stator, or why that is not known.
pub(super) fn cooled(prepared: &Prepared) -> Result<Cooled, String> {
    let machine = (prepared.application, prepared.candidate, prepared.library);
    declared(machine, || drawn(prepared))
}

/// What cools a machine that is drawn, or why that is not known.
fn declared(
    (application, candidate, library): (&Application, &Candidate, &Library),
    drawn: impl FnOnce() -> Result<Drawn, String>,
) -> Result<Cooled, String> {
    let thermal = candidate
        .thermal
        .as_ref()
        .ok_or("no films and conductivities are declared (`thermal`)")?;
    let class = thermal.insulation_class.name();
    let limit = insulation::temperature_c(class)
        .ok_or_else(|| format!("the thermal class {class} has no temperature"))?;
    let environment = &application.environment;
    let (coolant, of) = match candidate.cooling {
        Cooling::WaterJacket(_) | Cooling::OilSpray(_) => {
            (environment.coolant_temperature, "coolant")
        }
        Cooling::Air(_) => (environment.ambient_temperature, "surrounding air"),
    };
    if coolant >= limit {
        return Err(format!(
            "the {of} of {coolant} degC is as hot as insulation of class {class} may be"
        ));
    }
    let conductor = library
        .conductor(&candidate.winding.conductor.material)
        .map_err(|e| e.to_string())?;
    Ok(Cooled {
        drawn: drawn()?,
        films: Films {
            core: thermal.core_conductivity,
            resin: thermal.impregnation_conductivity,
            liner: (thermal.liner_thickness, thermal.liner_conductivity),
            coolant: thermal.coolant_film,
            contact: thermal.core_contact,
            end_windings: thermal.end_winding_conductance,
            rotor: thermal.rotor_conductance,
        },
        metal: Metal {
            resistivity_20c: conductor.resistivity_20c_ohm_m,
            coefficient: conductor.temperature_coefficient_per_k,
            reference_c: environment.winding_temperature,
        },
        coolant: (coolant, of),
        class: (limit, class),
    })
}

/// Balance of losses and cooling at the rated point, magnets hottest, as long as it takes; or why there is none.
pub(super) fn rated(prepared: &Prepared, losses: &PointLosses) -> Result<Heated, String> {
    let estimated = prepared.copper.end_turns_estimated;
    balance(&cooled(prepared)?, losses, estimated, None)
}

/// The same of a switched reluctance machine. How much of the circumference its gap is narrow changes as it turns: the
/// part over which poles of both sides face each other in the mean is the least, all of it the most, and the hotter
/// winding counts.
pub(super) fn rated_of_poles(
    setting: &PoleSetting,
    losses: &PointLosses,
) -> Result<Heated, String> {
    let estimated = setting.copper.end_turns_estimated;
    balance(&cooled_of_poles(setting)?, losses, estimated, Some(1.0))
}

/// What cools a switched reluctance machine, or why that is not known.
pub(super) fn cooled_of_poles(setting: &PoleSetting) -> Result<Cooled, String> {
    let machine = (setting.application, setting.candidate, setting.library);
    declared(machine, || poles(setting))
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
    let settle = |drawn: &Drawn| drawn.settle(films, &sources, metal, (losses.speed, coolant));
    let mut settled = settle(drawn)?;
    let mut apart = 0.0;
    if let Some(faces) = other {
        let then = settle(&Drawn { faces, ..*drawn })?;
        apart = (then.hot_spot - settled.hot_spot).abs();
        if then.hot_spot > settled.hot_spot {
            settled = then;
        }
    }
    let by_gap = apart / (settled.hot_spot - coolant).max(f64::MIN_POSITIVE);
    let lost = rated_parts(end_turns_estimated, losses)?;
    let uncertain = lost
        .iter()
        .map(|b| b.uncertainty.powi(2))
        .sum::<f64>()
        .sqrt();
    let by_losses = uncertain / lost.iter().map(|b| b.value).sum::<f64>();
    Ok(Heated {
        settled,
        coolant,
        class,
        share: by_losses.hypot(1.0).hypot(by_gap),
        basis: format!(
            "five places in balance with {} W at {} rpm and the {of} at {coolant} degC, films and conductivities as \
             declared; no measured machine speaks of its temperatures, so that the rise counts as uncertain as a \
             whole, losses by {} % more{}{}",
            round_significant(settled.losses, 4),
            round_significant(losses.speed / crate::unit::rpm::SCALE, 4),
            round_significant(100.0 * by_losses, 2),
            other.map_or_else(String::new, |_| format!(
                ", the gap of salient poles by {} %",
                // To a thousandth: where all heat of the rotor crosses the gap, both agree but for rounding.
                (1e5 * by_gap).round() / 1e3
            )),
            super::WEAK
        ),
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
        rotor: iron.rotor + lost.magnet.clone()?,
        air: lost.windage,
    })
}

fn drawn(prepared: &Prepared) -> Result<Drawn, String> {
    let (candidate, bill) = (prepared.candidate, &prepared.bill);
    let stator = candidate
        .topology
        .lamination()
        .ok_or("no network of temperatures for a stator of this type")?;
    let phases = (3 * candidate.winding.phase_sets) as f64;
    let turns = prepared.layout.series_turns() * phases;
    Ok(Drawn {
        slots: bill.slots,
        slot_area: bill.slot_area,
        slot_depth: stator.slot_depth(),
        tooth_width: stator.tooth_width(),
        back_radius: stator.back_radius(),
        yoke_height: stator.yoke_height(),
        gap_radius: stator.gap_radius(),
        gap: bill.air_gap,
        faces: 1.0,
        stack: bill.stack_length,
        stacking: candidate.stator_steel.stacking_factor,
        metal_area: metal_area(candidate, turns)?,
        end_turn: prepared.copper.end_turn,
    })
}

/// Metal in all slots, both sides of each coil [m²], by the series turns of all phases together.
fn metal_area(candidate: &Candidate, turns: f64) -> Result<f64, String> {
    let winding = &candidate.winding;
    let area = winding
        .conductor
        .area()
        .ok_or("the conductor has no cross-section")?;
    Ok(2.0 * turns * winding.parallel_paths as f64 * area)
}

/// A pole is a tooth, and the coil sides of two poles share a slot, each beside its own.
fn poles(setting: &PoleSetting) -> Result<Drawn, String> {
    let (candidate, bill) = (setting.candidate, setting.srm.bill());
    let stator = setting
        .srm
        .heated()
        .ok_or("a pole side does not reach the yoke")?;
    let turns = setting.layout.series_turns() * setting.layout.phases as f64;
    Ok(Drawn {
        slots: bill.slots,
        slot_area: bill.slot_area,
        slot_depth: stator.coil_height,
        tooth_width: stator.pole_width,
        back_radius: stator.back_radius,
        yoke_height: stator.yoke_height,
        gap_radius: stator.gap_radius,
        gap: bill.air_gap,
        faces: stator.facing,
        stack: bill.stack_length,
        stacking: candidate.stator_steel.stacking_factor,
        metal_area: metal_area(candidate, turns)?,
        end_turn: setting.copper.end_turn,
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
            over(self.settled.rotor, magnets),
        ]
    }

    /// Rise of the winding over that to its thermal class.
    pub(super) fn winding_over(&self) -> f64 {
        self.over(f64::INFINITY)[0]
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
                value: self.settled.rotor,
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
            of(|h| h.temperature(h.settled.rotor, "rotor with its magnets, one temperature")),
        ),
    ]
}
