//! The stress of the rotor at overspeed, and how far it is from yielding.

use super::behind::{counted, mark};
use super::retention;
use super::retention_disc;
use super::sleeve::made;
use super::uncertainty::{Band, OF_DISTANCE};
use crate::choke::RotorStress;
use crate::design::{Application, Candidate, Retention};
use crate::material::Library;
use crate::record::field as f;
use crate::record::{Record, RecordError};
use crate::stress::cut::Peak;
use crate::stress::plane::Spin;
use crate::stress::{Fineness, peaks};
use crate::topology::axial::DiscSeat;
use crate::topology::{RotorPosition, Topology};
use crate::unit::{mpa, round_significant, rpm};
use crate::validation::model::{common_uncertainty, shipped};

/// Least numerical uncertainty of a stress, over itself: the estimate from two meshes may vanish by chance.
const STRESS_FLOOR: f64 = 0.02;

/// How far the yield strength of a sheet may lie below the typical value of a library that states no minimum, over
/// itself: an assumption of this project, about what rolling direction and batches make.
const TYPICAL_STRENGTH: f64 = 0.05;

/// The rotor where it is nearest to its strength, at overspeed: where its iron is stressed most, or what holds magnets on
/// its surface.
#[derive(Debug, Clone, PartialEq)]
pub struct Stressed {
    /// Where, and how much at standard fineness.
    pub peak: Peak,
    /// The stress [Pa].
    pub stress: Band,
    /// What it is that the part bears there.
    pub bears: &'static str,
    /// How much that is [Pa] and who says so; or why none is known.
    pub strength: Result<Band, String>,
}

impl Stressed {
    /// Strength over stress; or why it is unknown.
    ///
    /// # Errors
    /// When no strength is known.
    pub fn margin(&self) -> Result<Band, String> {
        let strength = self.strength.clone()?;
        let stress = &self.stress;
        let value = strength.value / stress.value;
        let by_stress = value * stress.uncertainty / stress.value;
        Ok(Band {
            value,
            uncertainty: by_stress.hypot(strength.uncertainty / stress.value),
            basis: format!("{} {}; {}", self.bears, strength.basis, stress.basis),
        })
    }

    /// The place as a choke point; nothing where no yield strength is known.
    pub(super) fn choke(&self) -> Option<RotorStress> {
        let strength = self.strength.as_ref().ok()?;
        Some(RotorStress {
            place: self.peak.place,
            at: self.peak.at,
            stress: self.stress.value,
            strength: strength.value,
        })
    }
}

/// Where the rotor of a candidate with magnets of a density [kg/m³], zero without magnets, is nearest to its strength; or
/// why that cannot be told. What holds magnets on the outside of a rotor is part of it.
///
/// # Errors
/// When drawing and design leave open what holds a part, or a stress cannot be solved.
pub(super) fn rotor(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    magnet: f64,
) -> Result<Stressed, String> {
    if let Topology::Axial(axial) = &candidate.topology {
        if axial.rotor.interior.is_some() {
            return Err(WITHIN_DISC.to_owned());
        }
        return disc(application, candidate, library, axial.seat(), magnet);
    }
    if candidate.topology.turns_its_magnetisation() {
        return Err(PUSHED.to_owned());
    }
    let outside = |seat: &crate::topology::surface::Seat| seat.position == RotorPosition::Inner;
    let Some(seat) = candidate.topology.seat().filter(outside) else {
        return iron(application, candidate, library, magnet);
    };
    let retention = candidate
        .retention
        .as_ref()
        .ok_or_else(|| Retention::missing(&seat))?;
    let held = retention::Held::of(application, candidate, &seat, magnet);
    let parts = match retention {
        Retention::Bond(bond) => vec![
            iron(application, candidate, library, magnet)?,
            held.bond(bond)?,
        ],
        Retention::Sleeve(sleeve) => {
            let steel = library
                .steel(&candidate.rotor_steel.grade)
                .map_err(|e| e.to_string())?;
            let hottest = application.environment.magnet_temperature_hot;
            let sleeve = made(sleeve, library, hottest)?;
            let mut parts = held.sleeve(&sleeve, steel.density_kg_per_m3)?;
            let alone = iron(application, candidate, library, 0.0)?;
            parts.stressed.push(parts.pressed.on(alone));
            parts.stressed
        }
        Retention::Ring(_) => {
            return Err("a ring around magnets that do not lie on a disc".to_owned());
        }
    };
    weakest(parts)
}

/// Why what holds the pieces of an array is not judged.
pub(super) const PUSHED: &str = "the pieces of a Halbach array push each other off their seat, and with how much is not \
                                 known here";

/// Why the stress of iron with magnets in it that turns as a disc is not judged.
const WITHIN_DISC: &str =
    "no law here tells the stress of a disc whose iron holds magnets within it";

/// The disc of a machine with axial flux where it is nearest to its strength.
fn disc(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    seat: Option<DiscSeat>,
    magnet: f64,
) -> Result<Stressed, String> {
    let seat =
        seat.ok_or("what holds magnets that flux passes straight is not described by the design")?;
    let retention = candidate.retention.as_ref().ok_or(
        "what glues the magnets to the disc is not stated; add `retention` to the candidate",
    )?;
    let machine = (application, candidate, library);
    weakest(retention_disc::parts(machine, &seat, retention, magnet)?)
}

/// The part that is nearest to its strength with its uncertainty; one whose strength is unknown, since it may be that.
fn weakest(parts: Vec<Stressed>) -> Result<Stressed, String> {
    let least = |part: &Stressed| {
        part.margin()
            .map_or(f64::NEG_INFINITY, |m| m.value - m.uncertainty)
    };
    let mut parts = parts.into_iter();
    let first = parts.next().ok_or("the rotor has no parts")?;
    Ok(parts.fold(first, |a, b| if least(&b) < least(&a) { b } else { a }))
}

/// Model uncertainty of a stress over itself and where it comes from, in words.
pub(super) fn model() -> Result<(f64, String), String> {
    let model = common_uncertainty(shipped(), "rotor_stress")
        .ok_or("no reference machine validates rotor_stress")?;
    let words = format!(
        "{}, by independent finite elements{}",
        counted(&model, "rotor_stress"),
        mark(model.is_weak())
    );
    Ok((model.ratio, words))
}

/// The iron of the rotor, with magnets that hang on it or press on it.
fn iron(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    magnet: f64,
) -> Result<Stressed, String> {
    let choice = &candidate.rotor_steel;
    let steel = library.steel(&choice.grade).map_err(|e| e.to_string())?;
    let requirement = &application.requirement;
    let spin = Spin {
        speed: requirement.max_speed * requirement.overspeed,
        iron: steel.density_kg_per_m3,
        magnet: magnet / choice.stacking_factor,
    };
    let worst = |topology: &Topology, fineness| -> Result<Peak, String> {
        let found = peaks(&topology.solid()?, &spin, fineness).map_err(|e| e.to_string())?;
        found
            .first()
            .copied()
            .ok_or_else(|| "the rotor has no section".to_owned())
    };
    let peak = worst(&candidate.topology, Fineness::Standard)?;
    let coarse = worst(&candidate.topology, Fineness::Coarse)?.stress;
    let by_bridge = candidate
        .tolerances
        .as_ref()
        .and_then(|t| t.bridge_thickness)
        .and_then(|by| {
            let changed = |by| candidate.topology.with_bridge_changed(by);
            Some([changed(by)?, changed(-by)?])
        });
    let mut input = 0.0_f64;
    for topology in by_bridge.iter().flatten() {
        input = input.max((worst(topology, Fineness::Coarse)?.stress - coarse).abs());
    }
    let strength = strength(choice.yield_strength, steel.yield_strength_pa).ok_or_else(|| {
        format!(
            "no yield strength of the steel {} is known; state `yield_strength_mpa` in `rotor_steel`",
            choice.grade
        )
    });
    Ok(Stressed {
        stress: band(
            (peak.stress, coarse),
            input,
            by_bridge.is_some(),
            &peak,
            &spin,
        )?,
        peak,
        bears: "yield strength",
        strength,
    })
}

/// The weaker of what the design states and what the library knows [Pa], and which it is: a statement never makes a
/// sheet stronger.
pub(super) fn strength(stated: Option<f64>, known: Option<f64>) -> Option<Band> {
    let say = |value: f64, share: f64, source: &str| Band {
        value,
        uncertainty: share * value,
        basis: format!("{} MPa {source}", round_significant(value / mpa::SCALE, 4)),
    };
    let typical = "of the library of steels, typical, 5 % uncertain";
    match (stated, known) {
        (Some(stated), Some(known)) if known <= stated => Some(say(
            known,
            TYPICAL_STRENGTH,
            &format!("{typical}, less than stated"),
        )),
        (Some(stated), _) => Some(say(
            stated,
            0.0,
            "as the design states it, taken as the least",
        )),
        (None, Some(known)) => Some(say(known, TYPICAL_STRENGTH, typical)),
        (None, None) => None,
    }
}

fn band(
    (standard, coarse): (f64, f64),
    input: f64,
    tolerances_stated: bool,
    peak: &Peak,
    spin: &Spin,
) -> Result<Band, String> {
    let (ratio, machines) = model()?;
    let numeric = (OF_DISTANCE * (standard - coarse).abs()).max(STRESS_FLOOR * standard);
    let by_model = ratio * standard;
    let s = |x: f64| round_significant(x / mpa::SCALE, 3);
    let input_words = if tolerances_stated {
        format!("{} MPa", s(input))
    } else {
        "0, no tolerance of a bridge stated".to_owned()
    };
    Ok(Band {
        value: standard,
        uncertainty: (numeric * numeric + by_model * by_model + input * input).sqrt(),
        basis: format!(
            "{} at {} mm, {} degrees from the axis of the half pole, {} rpm; plane stress, magnets as mass without \
             tension, bore free of press fit, membrane and bending of every section, sharp corners left to yield \
             locally; numerical {} MPa, model {} MPa from {machines}, input {input_words}",
            peak.place,
            round_significant(peak.at.radius() * 1e3, 3),
            round_significant(peak.at.angle().to_degrees(), 3),
            round_significant(spin.speed / rpm::SCALE, 4),
            s(numeric),
            s(by_model),
        ),
    })
}

/// Puts the stress of the rotor into a record.
///
/// # Errors
/// When the record refuses a number.
pub(super) fn put(
    record: &mut Record,
    found: &Result<Stressed, String>,
) -> Result<(), RecordError> {
    let stress = found.as_ref().map_err(Clone::clone);
    let strength = stress.clone().and_then(|s| s.strength.clone());
    let bands = [
        (
            &f::ROTOR_STRESS_MAX_MPA,
            stress.clone().map(|s| s.stress.scaled(1.0 / mpa::SCALE)),
        ),
        (
            &f::ROTOR_YIELD_STRENGTH_MPA,
            strength.map(|band| band.scaled(1.0 / mpa::SCALE)),
        ),
        (
            &f::ROTOR_YIELD_MARGIN_RATIO,
            stress.and_then(Stressed::margin),
        ),
    ];
    for (field, band) in bands {
        match band {
            Ok(b) => record.put_number(field, b.value, b.uncertainty, b.basis)?,
            Err(reason) => record.put_unjudgeable(field, reason)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::strength;

    /// What is stated may make a sheet weaker than the library knows it, never stronger; nothing known is nothing.
    #[test]
    fn the_weaker_of_two_yield_strengths_counts() {
        let value = |stated, known| strength(stated, known).map(|s| s.value);
        assert_eq!(value(Some(400e6), Some(350e6)), Some(350e6));
        assert_eq!(value(Some(300e6), Some(350e6)), Some(300e6));
        assert_eq!(value(Some(300e6), None), Some(300e6));
        assert_eq!(value(None, Some(350e6)), Some(350e6));
        assert_eq!(value(None, None), None);
        // A typical value is uncertain, a stated least is not.
        let share = |stated, known| strength(stated, known).map(|s| s.uncertainty / s.value);
        assert_eq!(share(Some(300e6), Some(350e6)), Some(0.0));
        assert_eq!(share(Some(400e6), Some(350e6)), Some(0.05));
        assert_eq!(share(None, Some(350e6)), Some(0.05));
    }
}
