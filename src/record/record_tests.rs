use super::{Record, RecordError, field};
use serde_json::{Value, json};

fn evaluation() -> Record {
    let mut record = Record::evaluation();
    for (field, word) in [
        (&field::SECTOR, "ev_traction"),
        (&field::PATHWAY, "a"),
        (&field::TOPOLOGY, "ipm"),
        (&field::MACHINE_FAMILY, "interior_permanent_magnet"),
        (&field::MAGNET_FAMILY, "ndfeb"),
        (&field::COOLING, "water_jacket"),
    ] {
        record.put_text(field, word, "").expect("identity");
    }
    record
        .put_flag(&field::HAS_MAGNETS, true, "")
        .expect("identity");
    record
        .put_flag(&field::MAGNET_DIFFUSED, false, "")
        .expect("identity");
    record
}

#[test]
fn a_record_is_rounded_once_and_listed_in_table_order() {
    let mut record = evaluation();
    record
        .put_number(&field::MAGNET_MASS_KG, 1.234_567_89, 0.0, "geometry")
        .expect("put");
    record
        .put_number(&field::PEAK_TORQUE_N_M, 300.000_49, 4.567_891_2, "solver")
        .expect("put");
    record
        .put_number(&field::UNDECLARED_STAGE_COUNT, 2.0, 0.0, "declared")
        .expect("put");
    let value = record.to_value();
    assert_eq!(value["magnet_mass_kg"], json!(1.23457));
    assert_eq!(value["undeclared_stage_count"], json!(2));
    assert_eq!(value["uncertainty"]["peak_torque_n_m"], json!(4.56789));
    assert_eq!(value["uncertainty"]["magnet_mass_kg"], json!(0.0));
    let names: Vec<&String> = value.as_object().expect("object").keys().collect();
    assert_eq!(names[0], "record_version");
    assert_eq!(names[names.len() - 2..], ["uncertainty", "basis"]);
    let place = |name: &str| names.iter().position(|n| *n == name).expect("listed");
    assert!(place("peak_torque_n_m") < place("magnet_mass_kg"));
    assert_eq!(Record::from_value(&value), Ok(record));
}

#[test]
fn a_value_that_is_no_fact_is_refused() {
    let mut record = evaluation();
    for value in [f64::NAN, f64::INFINITY] {
        let refused = record.put_number(&field::PEAK_TORQUE_N_M, value, 0.0, "solver");
        assert!(matches!(refused, Err(RecordError::NotFinite { .. })));
        let refused = record.put_number(&field::PEAK_TORQUE_N_M, 1.0, value, "solver");
        assert!(matches!(refused, Err(RecordError::BadUncertainty { .. })));
    }
    let refused = record.put_number(&field::PEAK_TORQUE_N_M, 1.0, -1e-9, "solver");
    assert!(matches!(refused, Err(RecordError::BadUncertainty { .. })));
    let refused = record.put_number(&field::MAGNET_GRADE, 1.0, 0.0, "design");
    assert!(matches!(refused, Err(RecordError::WrongKind { .. })));
    let refused = record.put_number(&field::PEAK_TORQUE_N_M, 1.0, 0.0, "");
    assert!(matches!(refused, Err(RecordError::NoBasis { .. })));
    let refused = record.put_number(&field::B_TO_A_PEAK_TORQUE_RATIO, 1.0, 0.0, "solver");
    assert!(matches!(refused, Err(RecordError::OtherRecord { .. })));
    let refused = record.put_number(&field::UNDECLARED_STAGE_COUNT, 0.5, 0.0, "declared");
    assert!(matches!(refused, Err(RecordError::NotACount { .. })));
    let refused = record.put_text(&field::MAGNET_DATA_KIND, "minimal", "declared");
    assert!(matches!(refused, Err(RecordError::UnknownWord { .. })));
    let refused = record.put_text(&field::SECTOR, "ev_traction", "");
    assert_eq!(
        refused,
        Err(RecordError::SetTwice {
            field: "sector".to_owned()
        })
    );
}

#[test]
fn a_quantity_that_could_not_be_judged_keeps_its_reason() {
    let mut record = evaluation();
    let reason = "outside the validated range: bridge / gap 3.1, validated up to 2.0";
    record
        .put_unjudgeable(&field::PEAK_TORQUE_N_M, reason)
        .expect("put");
    let value = record.to_value();
    assert!(value.get("peak_torque_n_m").is_none());
    assert_eq!(value["basis"]["peak_torque_n_m"], json!(reason));
    assert_eq!(Record::from_value(&value), Ok(record));
}

#[test]
fn a_record_that_was_tampered_with_is_refused() {
    let mut record = evaluation();
    record
        .put_number(&field::PEAK_TORQUE_N_M, 300.0, 4.0, "solver")
        .expect("put");
    let sound = record.to_value();
    assert_eq!(Record::check(&sound), Ok(()));
    let refuse = |change: &dyn Fn(&mut Value)| {
        let mut value = sound.clone();
        change(&mut value);
        let read = Record::from_value(&value);
        assert!(read.is_err(), "{value}");
        assert_eq!(Record::check(&value), read.map(drop));
    };
    refuse(&|v| v["peak_torque_n_m"] = Value::Null);
    refuse(&|v| v["peak_torque_n_m"] = json!("300"));
    refuse(&|v| v["peak_torque_n_m"] = json!(300.000_001));
    refuse(&|v| v["peak_torque"] = json!(300.0));
    refuse(&|v| v["uncertainty"] = json!({}));
    refuse(&|v| v["basis"] = json!({}));
    refuse(&|v| v["uncertainty"]["peak_torque_n_m"] = json!(-4.0));
    refuse(&|v| v["uncertainty"]["rated_torque_n_m"] = json!(4.0));
    refuse(&|v| v["has_magnets"] = json!(false));
    refuse(&|v| v["pathway"] = json!("none"));
    refuse(&|v| v["sector"] = json!("marine"));
    refuse(&|v| v["record_version"] = json!("2.0"));
    refuse(&|v| *v = json!([]));
}
