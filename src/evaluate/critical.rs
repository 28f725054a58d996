//! The first critical speed of a rotor whose shaft is declared.

use crate::design::{Application, Candidate};
use crate::record::field as f;
use crate::record::{Record, RecordError};
use crate::stress::shaft::Shaft;
use crate::unit::{round_significant, rpm};

/// Puts the first critical speed into a record with the mass of laminations and magnets of the rotor [kg]; nothing where
/// no shaft is declared.
///
/// # Errors
/// When the record refuses a number.
pub(super) fn put(
    record: &mut Record,
    (application, candidate): (&Application, &Candidate),
    rotor: f64,
) -> Result<(), RecordError> {
    let Some(declared) = candidate.mechanical.and_then(|m| m.shaft) else {
        return Ok(());
    };
    let shaft = Shaft {
        diameter: declared.diameter,
        span: declared.span,
        modulus: declared.modulus,
        density: declared.density,
        bearing: declared.bearing,
        rotor: rotor + declared.other_mass,
    };
    let speed = shaft.first_critical_speed();
    let basis = format!(
        "sum of Dunkerley: round shaft as declared, rotor of {} kg as a point in its middle that neither stiffens it nor \
         tilts, two bearings; no measured rotor speaks of it, so that it counts as uncertain as a whole{}",
        round_significant(shaft.rotor, 4),
        super::WEAK
    );
    let most = application.requirement.max_speed;
    for (field, scale) in [
        (&f::FIRST_CRITICAL_SPEED_RPM, rpm::SCALE),
        (&f::FIRST_CRITICAL_SPEED_TO_MAX_SPEED_RATIO, most),
    ] {
        let value = speed / scale;
        record.put_number(field, value, value, basis.clone())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::source::Document;
    use serde_json::{Value, json};

    fn record(shaft: Option<Value>) -> Record {
        let text = include_str!("../../designs/servo.json");
        let mut value: Value = serde_json::from_str(text).expect("JSON");
        let mut mechanical = json!({"bearing_friction_torque_n_m": 0.01});
        if let Some(shaft) = shaft {
            mechanical["shaft"] = shaft;
        }
        value["candidates"][0]["mechanical"] = mechanical;
        let document = Document::parse("servo.json", &value.to_string()).expect("JSON");
        let design = Design::load(&document).expect("a design");
        let mut record = Record::evaluation();
        put(
            &mut record,
            (&design.application, &design.candidates[0]),
            2.0,
        )
        .expect("a record");
        record
    }

    /// A shaft that is all: its rotor and what is beside it weigh, and nothing is said of one that is not declared.
    #[test]
    fn only_what_is_declared_is_told() {
        let shaft = |other: f64| {
            json!({
                "diameter_mm": 20.0, "bearing_span_mm": 120.0, "bearing_stiffness_n_per_m": 5e7,
                "modulus_mpa": 206e3, "density_kg_per_m3": 7850.0, "other_mass_kg": other
            })
        };
        let at = |record: &Record| record.get_number(f::FIRST_CRITICAL_SPEED_RPM.name);
        let light = at(&record(Some(shaft(0.0)))).expect("a speed");
        let heavy = at(&record(Some(shaft(1.0)))).expect("a speed");
        assert!(heavy < light);
        let ratio =
            record(Some(shaft(0.0))).get_number(f::FIRST_CRITICAL_SPEED_TO_MAX_SPEED_RATIO.name);
        assert!((ratio.expect("a ratio") * 1500.0 / light - 1.0).abs() < 1e-5);
        assert!(!record(None).speaks_of(&f::FIRST_CRITICAL_SPEED_RPM));
    }
}
