//! The record of a switched reluctance machine: the fields of other machines where they mean the same, and no
//! others. Nothing of d and q axes, of magnets or of their faults is in it.

use super::bookkeeping;
use super::continuous::Continuous;
use super::points::{PoleFacts, PolePoint};
use super::setting::PoleSetting;
use crate::evaluate::EvaluateError;
use crate::evaluate::fill::losses::{
    self as lost, CLASS, IRON, IRON_LOSSES, MECHANICAL, MOTOR, STRANDS,
};
use crate::evaluate::fill::{HEAT, beyond_material, put, put_word};
use crate::evaluate::heat;
use crate::evaluate::losses::{Losses, PointLosses};
use crate::evaluate::pathway::Twin;
use crate::evaluate::steady::{self, Names};
use crate::evaluate::uncertainty::{Band, PHASE_TORQUE, SECTION, band};
use crate::evaluate::{lasting, stress};
use crate::network::plan::Part;
use crate::operate::reluctance::cycle::Cycle;
use crate::record::Record;
use crate::record::field as f;
use crate::record::field::Field;
use crate::unit::{kw, minutes};
use crate::validation::model::{beyond_flux_density, outside_range, shipped};
use crate::validation::reference::groups;

/// How every torque of a drive comes about.
pub(super) const DRIVEN: &str = "drive on the map of one phase, current held without ripple, switches without loss; \
                      difference to all phases fed together in the numerical part";

/// A record being filled.
struct PoleFilling<'a> {
    record: Record,
    setting: &'a PoleSetting<'a>,
    facts: &'a PoleFacts,
    /// Why no quantity of the field solution can be judged; empty inside the validated range.
    outside: Vec<String>,
}

/// Fills the record.
///
/// # Errors
/// When the record refuses a number, or a material is unknown.
pub(super) fn record(setting: &PoleSetting, facts: &PoleFacts) -> Result<Record, EvaluateError> {
    let mut filling = PoleFilling {
        record: bookkeeping::record(setting)?,
        outside: outside(setting, facts),
        setting,
        facts,
    };
    filling.rated()?;
    filling.peak()?;
    filling.max_speed()?;
    filling.heat()?;
    filling.lasting((&steady::S1, &facts.continuous))?;
    filling.lasting((&steady::S2, &facts.short_time))?;
    let requirement = &setting.application.requirement;
    filling.record.put_number(
        &f::SHORT_TIME_DURATION_MIN,
        lasting::short_time(requirement) / minutes::SCALE,
        0.0,
        lasting::basis(requirement),
    )?;
    stress::put(&mut filling.record, &facts.stress)?;
    Ok(filling.record)
}

pub(super) fn section(sections: &[(Part, f64)], part: Part) -> Option<f64> {
    sections.iter().find(|(p, _)| *p == part).map(|(_, b)| *b)
}

fn outside(setting: &PoleSetting, facts: &PoleFacts) -> Vec<String> {
    let mut outside = outside_range(
        shipped(),
        setting.family(),
        &groups(&setting.candidate.topology),
    );
    let at = |part| section(&facts.peak_sections[0], part);
    match (at(Part::Tooth), at(Part::Yoke)) {
        (Some(tooth), Some(yoke)) => {
            outside.extend(beyond_flux_density(
                shipped(),
                setting.family(),
                tooth,
                yoke,
            ));
        }
        _ => outside.push("no flux density of tooth and yoke is known".to_owned()),
    }
    let steels = &setting.materials.steels;
    outside.extend(beyond_material(steels, &facts.limit_sections));
    outside
}

impl PoleFilling<'_> {
    fn exact(&mut self, field: &Field, value: f64, basis: &str) -> Result<(), EvaluateError> {
        Ok(self.record.put_number(field, value, 0.0, basis)?)
    }

    fn put(
        &mut self,
        field: &Field,
        found: Result<Band, String>,
        what: &str,
    ) -> Result<(), EvaluateError> {
        put(&mut self.record, &self.outside, field, found, what)
    }

    /// The band of a mean torque; the scale is the most torque at base speed.
    fn torque(&self, point: &PolePoint) -> Result<Band, String> {
        let scale = self.facts.limit.torque.standard.max(point.torque.standard);
        self.torque_on(point, scale)
    }

    /// The band of a mean torque on a scale [N m], with what the end turns leave open.
    fn torque_on(&self, point: &PolePoint, scale: f64) -> Result<Band, String> {
        let stated = self.facts.tolerances_stated;
        let mut found = band(
            self.setting.family(),
            PHASE_TORQUE,
            &point.torque,
            scale,
            stated,
        )?;
        found.uncertainty = found.uncertainty.hypot(point.end_turns);
        found.basis += &format!(
            ", end turns {}: from none to twice the inductance of a ring in air",
            crate::unit::round_significant(point.end_turns, 3)
        );
        Ok(found)
    }

    fn rated(&mut self) -> Result<(), EvaluateError> {
        let facts = self.facts;
        let (point, losses) = match &facts.rated {
            Ok(found) => found,
            Err(reason) => {
                for field in [
                    &f::RATED_TORQUE_N_M,
                    &f::RATED_CURRENT_A,
                    &f::RATED_COPPER_LOSS_W,
                    &f::RATED_EFFICIENCY_RATIO,
                    &f::RATED_EFFICIENCY_CLASS,
                    &f::RATED_LOSS_TO_IE2_LOSS_RATIO,
                    &f::RATED_LOSS_TO_IE3_LOSS_RATIO,
                    &f::RATED_LOSS_TO_IE4_LOSS_RATIO,
                ] {
                    self.record.put_unjudgeable(field, reason.clone())?;
                }
                return Ok(());
            }
        };
        let what = format!(
            "least root mean square current at base speed for the required torque, {}; {DRIVEN}",
            angles(&point.cycle)
        );
        self.put(&f::RATED_TORQUE_N_M, self.torque(point), &what)?;
        let stated = "peak of the phase current at which the point is stated";
        self.exact(&f::RATED_CURRENT_A, point.cycle.peak_current, stated)?;
        self.losses(point, losses)
    }

    fn losses(&mut self, point: &PolePoint, losses: &PointLosses) -> Result<(), EvaluateError> {
        let estimated = self.setting.copper.end_turns_estimated;
        let copper = lost::copper(estimated, losses);
        let current = format!(
            "{} A root mean square",
            crate::unit::round_significant(point.cycle.rms_current, 4)
        );
        self.put(&f::RATED_COPPER_LOSS_W, Ok(copper.clone()), &current)?;
        self.put(
            &f::RATED_PROXIMITY_LOSS_W,
            Ok(lost::proximity(losses)),
            STRANDS,
        )?;
        let iron = format!("{IRON}; the bias of flux that never turns its sign is not counted");
        for (field, of) in IRON_LOSSES {
            self.put(field, lost::iron(losses, of), &iron)?;
        }
        self.put(
            &f::RATED_MECHANICAL_LOSS_W,
            lost::mechanical(losses),
            MECHANICAL,
        )?;
        let torque = point.torque.standard;
        let motor = lost::efficiency(losses, &copper, torque, Losses::motor_efficiency);
        self.put(&f::RATED_EFFICIENCY_RATIO, motor.clone(), MOTOR)?;
        let classes = lost::against_classes(losses, torque, &motor);
        let (class, outside) = (&f::RATED_EFFICIENCY_CLASS, &self.outside);
        put_word(
            &mut self.record,
            outside,
            class,
            lost::class_reached(&classes),
        )?;
        for (field, found) in classes {
            self.put(field, found, CLASS)?;
        }
        Ok(())
    }

    fn peak(&mut self) -> Result<(), EvaluateError> {
        let facts = self.facts;
        let q = &self.setting.application.requirement;
        let word = if facts.peak_reached {
            "required_torque"
        } else {
            "current_limit"
        };
        self.record.put_text(&f::PEAK_POINT, word, "base speed")?;
        let what = format!(
            "least peak current at base speed, {}; {DRIVEN}",
            angles(&facts.peak.cycle)
        );
        self.put(&f::PEAK_TORQUE_N_M, self.torque(&facts.peak), &what)?;
        let most = format!(
            "most torque at base speed within voltage, peak and root mean square current, {}; {DRIVEN}",
            angles(&facts.limit.cycle)
        );
        let required = q.peak_torque;
        let ratio = self.torque(&facts.limit).map(|b| b.scaled(1.0 / required));
        self.put(&f::PEAK_TORQUE_TO_REQUIREMENT_RATIO, ratio, &most)?;
        let current = self.peak_current();
        let what = "peak of the phase current for the peak torque";
        self.put(&f::PEAK_CURRENT_A, current.clone(), what)?;
        self.put(
            &f::PEAK_CURRENT_TO_LIMIT_RATIO,
            current.map(|b| b.scaled(1.0 / q.max_phase_current)),
            "that current over the limit",
        )?;
        self.sections()?;
        let (share, basis) = lost::end_turns(self.setting.copper.end_turns_estimated);
        let value = facts.peak.cycle.copper_loss;
        let copper = Band {
            value,
            uncertainty: share * value,
            basis: format!("{basis}; even current density"),
        };
        let current = "root mean square current at the winding temperature";
        self.put(&f::PEAK_COPPER_LOSS_W, Ok(copper), current)
    }

    /// Flux densities at the peak point.
    fn sections(&mut self) -> Result<(), EvaluateError> {
        for (field, part) in [
            (&f::PEAK_TOOTH_FLUX_DENSITY_MAX_T, Part::Tooth),
            (&f::PEAK_YOKE_FLUX_DENSITY_MAX_T, Part::Yoke),
        ] {
            let [standard, coarse] = &self.facts.peak_sections;
            if let (Some(standard), Some(coarse)) = (section(standard, part), section(coarse, part))
            {
                let twin = Twin {
                    standard,
                    coarse,
                    input: 0.0,
                    check: 0.0,
                };
                let found = band(
                    self.setting.family(),
                    SECTION,
                    &twin,
                    standard,
                    self.facts.tolerances_stated,
                );
                let what = "section mean where the peak point links most flux";
                self.put(field, found, what)?;
            }
        }
        Ok(())
    }

    /// The current at the peak point carries the uncertainty of the torque, which is the required one; at the
    /// current limit it is exact.
    fn peak_current(&self) -> Result<Band, String> {
        let facts = self.facts;
        let value = facts.peak.cycle.peak_current;
        if !facts.peak_reached {
            return Ok(Band {
                value,
                uncertainty: 0.0,
                basis: "within the current limits; the required torque is out of reach".to_owned(),
            });
        }
        if facts.torque_per_ampere <= 0.0 {
            return Err("the torque no longer rises with current at the peak point".to_owned());
        }
        let torque = self.torque(&facts.peak)?;
        Ok(Band {
            value,
            uncertainty: torque.uncertainty / facts.torque_per_ampere,
            basis: format!(
                "uncertainty of the torque over its change with current; {}",
                torque.basis
            ),
        })
    }

    /// The temperatures of the winding; there are no magnets whose temperature could be told.
    fn heat(&mut self) -> Result<(), EvaluateError> {
        let [spot, ratio, _] = heat::bands(&self.facts.heat);
        for (field, found) in [spot, ratio] {
            self.put(field, found, HEAT)?;
        }
        Ok(())
    }

    /// What cooling allows under a duty. The model of the torque is that of the other points; temperatures add
    /// what they leave open, and losses of iron and friction theirs to the power of the shaft.
    fn lasting(
        &mut self,
        (names, found): (&Names, &Result<Continuous, String>),
    ) -> Result<(), EvaluateError> {
        let found = found.as_ref().map_err(Clone::clone);
        let torque = found.clone().and_then(|at| {
            let model = self.torque(&at.point)?;
            Ok(Band {
                uncertainty: model.uncertainty.hypot(at.by_heat),
                basis: format!("{}; {}", model.basis, at.basis),
                ..model
            })
        });
        let estimated = self.setting.copper.end_turns_estimated;
        let power = found.clone().and_then(|at| {
            let torque = torque.clone()?;
            let parts = lost::rated_parts(estimated, &at.losses)?;
            let shaft = lost::shaft_power(&parts, at.losses.speed, &torque);
            Ok(shaft.scaled(1.0 / kw::SCALE))
        });
        let current = found.clone().map(|at| Band {
            value: at.point.cycle.peak_current,
            uncertainty: at.per_torque.abs() * at.by_heat,
            basis: at.basis.clone(),
        });
        let required = self.setting.application.requirement.rated_torque;
        let when = found.as_ref().map_or("", |at| at.when.as_str());
        for (field, found) in steady::numbers(names, torque, required, power, current) {
            self.put(field, found, when)?;
        }
        let bound = found.map(|at| (at.bound.name(), format!("{}; {}", at.when, at.basis)));
        put_word(&mut self.record, &self.outside, names.bound, bound)
    }

    /// What a single pulse gives hangs on the least inductance, to which the end turns add. The scale of the error
    /// is that of its references: the most torque of a phase with the current of the pulse.
    fn max_speed(&mut self) -> Result<(), EvaluateError> {
        let (facts, q) = (self.facts, &self.setting.application.requirement);
        let point = &facts.max_speed;
        let what = format!(
            "most torque at maximum speed within voltage, peak and root mean square current, {}; {DRIVEN}",
            angles(&point.cycle)
        );
        let scale = facts.max_speed_static_torque.max(point.torque.standard);
        let torque = self.torque_on(point, scale);
        let power = torque.clone().map(|b| b.scaled(q.max_speed));
        self.put(&f::MAX_SPEED_TORQUE_N_M, torque, &what)?;
        let kilowatts = power.clone().map(|b| b.scaled(1.0 / kw::SCALE));
        self.put(&f::MAX_SPEED_POWER_KW, kilowatts, &what)?;
        let ratio = power.map(|b| b.scaled(1.0 / q.max_speed_power));
        self.put(&f::MAX_SPEED_POWER_TO_REQUIREMENT_RATIO, ratio, &what)
    }
}

/// The angles of a pulse in words.
pub(super) fn angles(cycle: &Cycle) -> String {
    let degrees = |angle: f64| crate::unit::round_significant(angle.to_degrees(), 4);
    format!(
        "on at {} and off at {} degrees from unaligned",
        degrees(cycle.control.on),
        degrees(cycle.control.off)
    )
}
