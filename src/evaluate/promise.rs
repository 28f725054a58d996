//! What a design declares of its machine that no calculation shows: the insulation of the winding, the grade of vibration.

use crate::design::{Application, Candidate};
use crate::record::field as f;
use crate::record::{Record, RecordError};

/// Voltage between the terminals of a machine over that of one step of its converter, at most [-]: a step that runs along
/// a cable and meets a much larger impedance comes back with its own height. A. von Jouanne, P. Enjeti and W. Gray,
/// "Application issues for PWM adjustable speed AC motor drives", IEEE Industry Applications Magazine 2 (1996), from
/// memory. Steps that follow each other before the first has died away can add up to more, which this leaves out.
const REFLECTED: f64 = 2.0;

/// Puts what is declared into a record; nothing of what is not.
///
/// # Errors
/// When the record refuses a number.
pub(super) fn put(
    record: &mut Record,
    (application, candidate): (&Application, &Candidate),
) -> Result<(), RecordError> {
    if let Some(borne) = candidate.winding.insulation_impulse_voltage {
        let step = application.requirement.dc_voltage;
        let basis = format!(
            "twice the direct voltage of {step} V, one step reflected at the terminals, over the {borne} V that are \
             declared; steps that overlap are left out"
        );
        let field = &f::CONVERTER_IMPULSE_TO_INSULATION_RATIO;
        record.put_number(field, REFLECTED * step / borne, 0.0, basis)?;
    }
    if let Some(grade) = candidate.mechanical.and_then(|m| m.vibration_grade) {
        record.put_text(&f::VIBRATION_GRADE, grade.name(), "declared by the design")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::source::Document;
    use serde_json::{Value, json};

    fn record(change: impl Fn(&mut Value)) -> Record {
        let text = include_str!("../../designs/servo.json");
        let mut value: Value = serde_json::from_str(text).expect("JSON");
        let candidate = &mut value["candidates"][0];
        candidate["mechanical"] = json!({"bearing_friction_torque_n_m": 0.01});
        if let Some(winding) = candidate["winding"].as_object_mut() {
            winding.remove("insulation_impulse_voltage_v");
        }
        change(candidate);
        let document = Document::parse("d.json", &value.to_string()).expect("JSON");
        let design = Design::load(&document).expect("a design");
        let mut record = Record::evaluation();
        put(&mut record, (&design.application, &design.candidates[0])).expect("numbers");
        record
    }

    #[test]
    fn what_is_declared_is_told_and_nothing_is_filled_in() {
        let silent = record(|_| {});
        for field in [
            &f::CONVERTER_IMPULSE_TO_INSULATION_RATIO,
            &f::VIBRATION_GRADE,
        ] {
            assert!(!silent.speaks_of(field), "{}", field.name);
        }
        // 560 V of direct voltage make 1120 V at the most.
        let told = record(|c| {
            c["winding"]["insulation_impulse_voltage_v"] = json!(1400);
            c["mechanical"]["vibration_grade"] = json!("b");
        });
        let ratio = told.get_number(f::CONVERTER_IMPULSE_TO_INSULATION_RATIO.name);
        assert_eq!(ratio, Some(0.8));
        assert_eq!(told.get_text(f::VIBRATION_GRADE.name), Some("b"));
    }
}
