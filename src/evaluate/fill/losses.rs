//! Losses and efficiencies.

use super::{Filling, Word};
use crate::efficiency_class;
use crate::evaluate::EvaluateError;
use crate::evaluate::behind::passed_on;
use crate::evaluate::losses::{Losses, PointLosses};
use crate::evaluate::uncertainty::{Band, IRON_LOSS, estimated_resistance, loss_band};
use crate::loss::copper::loss as direct_current;
use crate::loss::sample::IronLoss;
use crate::record::DIGITS;
use crate::record::field as f;
use crate::record::field::Field;
use crate::unit::round_significant;

/// A part of the loss of iron.
type OfIron = fn(&IronLoss) -> f64;

/// Losses of iron at the rated point, as a whole and by place.
pub(in crate::evaluate) const IRON_LOSSES: [(&Field, OfIron); 4] = [
    (&f::RATED_IRON_LOSS_W, IronLoss::total),
    (&f::RATED_TOOTH_IRON_LOSS_W, |i| i.tooth),
    (&f::RATED_YOKE_IRON_LOSS_W, |i| i.yoke),
    (&f::RATED_ROTOR_IRON_LOSS_W, |i| i.rotor),
];

/// A value with its expanded uncertainty and its basis, or why it is unknown.
type Found = Result<Band, String>;

impl Filling<'_> {
    pub(super) fn losses(&mut self) -> Result<(), EvaluateError> {
        let Some(facts) = self.facts else {
            return Ok(());
        };
        let (rated, torque) = (&facts.losses, facts.torque[2].standard);
        let copper = copper(self.prepared.copper.end_turns_estimated, rated);
        self.put_known(&f::RATED_COPPER_LOSS_W, &copper)?;
        self.put(&f::RATED_PROXIMITY_LOSS_W, Ok(proximity(rated)), STRANDS)?;
        for (field, of) in IRON_LOSSES {
            self.put(field, iron(rated, of), IRON)?;
        }
        self.put(&f::RATED_MAGNET_LOSS_W, magnet(rated), MAGNET)?;
        self.put(&f::RATED_MECHANICAL_LOSS_W, mechanical(rated), MECHANICAL)?;
        let generator = efficiency(rated, &copper, torque, Losses::generator_efficiency);
        self.put(&f::RATED_GENERATOR_EFFICIENCY_RATIO, generator, GENERATOR)?;
        let motor = efficiency(rated, &copper, torque, Losses::motor_efficiency);
        self.put(&f::RATED_EFFICIENCY_RATIO, motor.clone(), MOTOR)?;
        let classes = against_classes(rated, torque, &motor);
        self.word(&f::RATED_EFFICIENCY_CLASS, class_reached(&classes))?;
        for (field, found) in classes {
            self.put(field, found, CLASS)?;
        }
        let (share, basis) = end_turns(self.prepared.copper.end_turns_estimated);
        let sets = self.prepared.layout.scheme.phase_sets;
        let current = facts.peak.id.hypot(facts.peak.iq);
        let value = direct_current(sets, self.prepared.copper.resistance, current);
        let peak = Band {
            value,
            uncertainty: share * value,
            basis: format!("{basis}; direct current"),
        };
        self.put_known(&f::PEAK_COPPER_LOSS_W, &peak)
    }

    /// Copper loss follows from the current of the record, whether the field that led to it is validated or not.
    fn put_known(&mut self, field: &Field, band: &Band) -> Result<(), EvaluateError> {
        let basis = format!("{COPPER}; {}", band.basis);
        Ok(self
            .record
            .put_number(field, band.value, band.uncertainty, basis)?)
    }
}

/// How well the resistance is known, and why.
pub(in crate::evaluate) fn end_turns(estimated: bool) -> (f64, String) {
    if estimated {
        estimated_resistance()
    } else {
        (0.01, "end turns as stated, 1 % for the wire".to_owned())
    }
}

/// Copper loss with eddy currents. Estimated end turns are known as well as those of a built machine, others as
/// exactly as the design states them; eddy currents count as uncertain as a whole.
pub(in crate::evaluate) fn copper(end_turns_estimated: bool, point: &PointLosses) -> Band {
    let (share, basis) = end_turns(end_turns_estimated);
    let lost = &point.losses;
    Band {
        value: lost.winding(),
        uncertainty: (share * lost.copper).hypot(lost.proximity),
        basis: format!(
            "{basis}; eddy currents {} uncertain as a whole",
            short(lost.proximity)
        ),
    }
}

/// Losses at the rated point: winding, iron, magnets, friction; or why one of them is unknown.
pub(in crate::evaluate) fn rated_parts(
    end_turns_estimated: bool,
    rated: &PointLosses,
) -> Result<[Band; 4], String> {
    Ok([
        copper(end_turns_estimated, rated),
        iron(rated, IronLoss::total)?,
        magnet(rated)?,
        mechanical(rated)?,
    ])
}

/// Power of the shaft at a torque of the gap and a speed [rad/s]: iron, magnets and friction take theirs from it.
pub(in crate::evaluate) fn shaft_power(lost: &[Band; 4], speed: f64, torque: &Band) -> Band {
    let [_, drag @ ..] = lost;
    let lost: f64 = drag.iter().map(|b| b.value).sum();
    let squares = drag.iter().map(|b| b.uncertainty.powi(2)).sum::<f64>();
    Band {
        value: torque.value * speed - lost,
        uncertainty: (squares + (torque.uncertainty * speed).powi(2)).sqrt(),
        basis: format!(
            "less {} W of iron, magnets and friction; {}",
            round_significant(lost, 3),
            torque.basis
        ),
    }
}

/// Eddy currents in the strands: uncertain as a whole.
pub(in crate::evaluate) fn proximity(point: &PointLosses) -> Band {
    let value = point.losses.proximity;
    Band {
        value,
        uncertainty: value,
        basis: "by the field that crosses the strands; no reference speaks of it, so that it counts as \
                uncertain as a whole"
            .to_owned(),
    }
}

/// An efficiency of the power of the gap, which moves with the uncertainty of every loss.
pub(in crate::evaluate) fn efficiency(
    point: &PointLosses,
    copper: &Band,
    torque: f64,
    of: Efficiency,
) -> Found {
    let power = torque * point.speed;
    let value = of(&point.losses, power)?;
    let others = [
        iron(point, IronLoss::total)?,
        magnet(point)?,
        mechanical(point)?,
    ];
    let parts = others.iter().chain([copper]);
    let known = passed_on(parts.map(|b| b.basis.as_str()));
    let squares = |bands: &[Band]| bands.iter().map(|b| b.uncertainty.powi(2)).sum::<f64>();
    let lost = (copper.uncertainty.powi(2) + squares(&others)).sqrt();
    Ok(Band {
        value,
        // A watt lost more takes at most a watt from the outgoing power: dη <= dP / P.
        uncertainty: lost / power,
        basis: format!(
            "{} W of the gap; copper {}, iron {}, magnets {}, friction {} W, together uncertain by {} W{known}",
            short(power),
            short(copper.value),
            short(others[0].value),
            short(others[1].value),
            short(others[2].value),
            short(lost)
        ),
    })
}

/// Losses over those of the nominal motor of each class, from the efficiency of a motor.
pub(in crate::evaluate) fn against_classes(
    point: &PointLosses,
    torque: f64,
    motor: &Found,
) -> [(&'static Field, Found); 3] {
    let over = |class: &str| {
        let motor = motor.clone()?;
        let shaft = torque * point.speed - point.losses.drag()?;
        if motor.value <= 0.0 || shaft <= 0.0 {
            return Err("the losses take all of the power".to_owned());
        }
        let nominal = efficiency_class::nominal(class, shaft, point.speed)?;
        let value = efficiency_class::loss_ratio(motor.value, nominal.efficiency);
        // d(1/η) = dη / η².
        let one = efficiency_class::loss_ratio(0.5, nominal.efficiency);
        let uncertainty = one * motor.uncertainty / motor.value.powi(2);
        let known = passed_on(core::iter::once(motor.basis.as_str()));
        Ok(Band {
            value,
            uncertainty,
            basis: format!(
                "efficiency {} against {} of {class} at {} kW, curve of {} poles{known}",
                round_significant(motor.value, 4),
                nominal.efficiency,
                short(shaft / 1e3),
                nominal.poles
            ),
        })
    };
    [
        (&f::RATED_LOSS_TO_IE2_LOSS_RATIO, over("IE2")),
        (&f::RATED_LOSS_TO_IE3_LOSS_RATIO, over("IE3")),
        (&f::RATED_LOSS_TO_IE4_LOSS_RATIO, over("IE4")),
    ]
}

/// The class that is reached by losses over those of the nominal motors, uncertainty included; or why it is open.
pub(in crate::evaluate) fn class_reached(ratios: &[(&'static Field, Found); 3]) -> Word {
    let mut bands = vec![];
    for (_, found) in ratios {
        bands.push(found.as_ref().map_err(Clone::clone)?);
    }
    // As the record holds them.
    let as_told = |b: &Band| [b.value, b.uncertainty].map(|x| round_significant(x, DIGITS));
    let margins: Vec<String> = ["IE2", "IE3", "IE4"]
        .iter()
        .zip(&bands)
        .map(|(class, b)| {
            let margin = 100.0 * (1.0 - b.value);
            let (margin, open) = (short(margin), short(100.0 * b.uncertainty));
            format!("{margin} +/- {open} % of the losses of {class} left")
        })
        .collect();
    let known = passed_on(bands.iter().map(|b| b.basis.as_str()));
    let basis = format!("{CLASS}; {}{known}", margins.join(", "));
    let reached = bands.iter().rposition(|b| {
        let [value, uncertainty] = as_told(b);
        value + uncertainty <= 1.0
    });
    match (reached, bands.first().map(|b| as_told(b))) {
        (Some(index), _) => Ok((["ie2", "ie3", "ie4"][index], basis)),
        (None, Some([value, uncertainty])) if value - uncertainty > 1.0 => Ok(("below_ie2", basis)),
        _ => Err(format!("whether IE2 is reached is open: {basis}")),
    }
}

/// How an efficiency comes from losses and the power of the gap [W].
pub(in crate::evaluate) type Efficiency = fn(&Losses, f64) -> Result<f64, String>;

const COPPER: &str = "at the winding temperature";
pub(in crate::evaluate) const STRANDS: &str = "slots only, strands transposed";
pub(in crate::evaluate) const IRON: &str =
    "tabulated loss of the steel at each harmonic, along both axes of its ellipse";
const MAGNET: &str = "eddy currents without reaction, each block without net current";
pub(in crate::evaluate) const MECHANICAL: &str =
    "bearings as declared, drag of air by the Reynolds number";
pub(in crate::evaluate) const MOTOR: &str = "shaft power over electrical power of the fundamental";
pub(in crate::evaluate) const CLASS: &str = "cubics of Regulation (EU) 2019/1781 for 50 Hz, by rated speed as IEC TS 60034-30-2 has it; losses of \
     the fundamental only";
const GENERATOR: &str = "the same torque of the gap and the same losses, turned around";

fn short(x: f64) -> f64 {
    round_significant(x, 3)
}

/// A loss of the iron: what rests on data beyond the table of its steel counts as half uncertain. How much
/// more a core loses than strips of its steel is for the design to say: unsaid, it may be as much again
/// (Pyrhönen and others, cited in `loss::mechanical`, correct calculated losses of teeth by up to two), and the
/// loss counts as uncertain as a whole.
pub(in crate::evaluate) fn iron(point: &PointLosses, of: fn(&IronLoss) -> f64) -> Found {
    let whole = point.losses.iron.as_ref().map_err(Clone::clone)?;
    let beyond = if whole.total() > 0.0 {
        whole.beyond / whole.total()
    } else {
        0.0
    };
    let mut found = loss_band(IRON_LOSS, of(whole))?;
    found.uncertainty = found.uncertainty.hypot(0.5 * beyond * found.value);
    if beyond > 0.0 {
        let share = short(100.0 * beyond);
        found.basis +=
            &format!("; {share} % of it beyond the table of the steel, half of that uncertain");
    }
    if !point.losses.build_declared {
        found.uncertainty = found.uncertainty.hypot(found.value);
        found.basis += "; no build factor declared, uncertain as a whole";
    }
    Ok(found)
}

/// Loss of the magnets: the one reference that states it says itself that its mesh does not resolve it.
fn magnet(point: &PointLosses) -> Found {
    let value = point.losses.magnet.clone()?;
    let mut basis =
        "2-D field at coarse resolution; no reference resolves it, so that it counts as \
                     uncertain as a whole"
            .to_owned();
    if point.losses.magnet_reaction > 1.0 {
        let width = short(point.losses.magnet_reaction);
        basis += &format!("; pieces are {width} times twice the skin depth wide: overestimated");
    }
    Ok(Band {
        value,
        uncertainty: value,
        basis,
    })
}

/// Friction: the torque of the bearings is the designer's word, the drag of the air is known within a
/// fifth at best (J. Saari, see `loss::mechanical`) and counts as uncertain as a whole.
pub(in crate::evaluate) fn mechanical(point: &PointLosses) -> Found {
    let (bearings, windage) = (point.losses.bearings()?, point.losses.windage);
    Ok(Band {
        value: bearings + windage,
        uncertainty: windage,
        basis: format!(
            "bearings {} W as declared; air {} W, uncertain as a whole",
            short(bearings),
            short(windage)
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{Band, CLASS, class_reached, f};

    /// Losses over those of the nominal motors, each uncertain by as much, and the class that is reached.
    fn reached(ratios: [f64; 3], uncertainty: f64) -> Result<&'static str, String> {
        let band = |value| Band {
            value,
            uncertainty,
            basis: CLASS.to_owned(),
        };
        let [two, three, four] = ratios.map(|value| Ok(band(value)));
        let found = class_reached(&[
            (&f::RATED_LOSS_TO_IE2_LOSS_RATIO, two),
            (&f::RATED_LOSS_TO_IE3_LOSS_RATIO, three),
            (&f::RATED_LOSS_TO_IE4_LOSS_RATIO, four),
        ]);
        found.map(|(word, _)| word)
    }

    /// A class counts where the losses stay within those of its nominal motor with all of their uncertainty; below IE2 is
    /// only what surely is, and what lies between is open.
    #[test]
    fn a_class_is_reached_with_the_uncertainty_and_no_word_is_said_of_what_is_open() {
        assert_eq!(reached([0.5, 0.6, 0.8], 0.2), Ok("ie4"));
        assert_eq!(reached([0.5, 0.6, 0.8], 0.200_01), Ok("ie3"));
        assert_eq!(reached([0.7, 0.9, 1.2], 0.2), Ok("ie2"));
        assert_eq!(reached([1.3, 1.5, 1.8], 0.2), Ok("below_ie2"));
        for open in [[0.9, 1.1, 1.3], [1.1, 1.3, 1.5], [1.2, 1.4, 1.6]] {
            let reason = reached(open, 0.2).unwrap_err();
            assert!(
                reason.contains("whether IE2 is reached is open"),
                "{reason}"
            );
        }
    }

    #[test]
    fn without_a_ratio_there_is_no_class() {
        let none = |field| (field, Err("no class of efficiency".to_owned()));
        let found = class_reached(&[
            none(&f::RATED_LOSS_TO_IE2_LOSS_RATIO),
            none(&f::RATED_LOSS_TO_IE3_LOSS_RATIO),
            none(&f::RATED_LOSS_TO_IE4_LOSS_RATIO),
        ]);
        assert_eq!(found, Err("no class of efficiency".to_owned()));
    }
}
