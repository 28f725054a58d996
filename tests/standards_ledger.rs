//! The ledger: it agrees with a plain JSON Schema validator where nothing is uncertain, and nothing
//! that is missing, misspelt or uncertain ever turns a verdict into *met*.

use dualcert::record::field;
use dualcert::standard::{Expected, Standard, Standards};
use dualcert::verdict::{ClauseStatus, DecisionRule, Status, judge, judge_clause};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn standards() -> Vec<Standard> {
    let shipped = Standards::shipped().expect("the shipped standards pass their gates");
    shipped
        .programmes()
        .iter()
        .flat_map(|p| p.standards())
        .cloned()
        .collect()
}

/// Every example record without uncertainty.
fn exact_records(standards: &[Standard]) -> Vec<Value> {
    let mut records: Vec<Value> = standards
        .iter()
        .flat_map(|s| &s.examples)
        .map(|e| e.record.clone())
        .collect();
    for record in &mut records {
        let uncertainty = record["uncertainty"].as_object_mut().expect("object");
        uncertainty
            .values_mut()
            .for_each(|value| *value = json!(0.0));
    }
    records
}

fn met_or_not_applicable(status: ClauseStatus) -> bool {
    matches!(status, ClauseStatus::Met | ClauseStatus::NotApplicable)
}

#[test]
fn the_ledger_is_the_plain_validator_where_nothing_is_uncertain() {
    let standards = standards();
    let records = exact_records(&standards);
    assert!(records.len() > 100);
    let mut accepted = 0;
    for standard in &standards {
        for record in &records {
            for rule in [DecisionRule::GuardBanded, DecisionRule::Simple] {
                let judgement = judge(standard, record, rule);
                let plain = standard.accepts(record);
                accepted += usize::from(plain);
                assert_eq!(
                    judgement.verdict == Status::Met,
                    plain,
                    "{} {record}",
                    standard.name()
                );
            }
            for clause in &standard.clauses {
                let line = judge_clause(clause, record, DecisionRule::GuardBanded);
                let plain = !clause.applies_to(record) || clause.accepts(record);
                assert_eq!(
                    met_or_not_applicable(line.verdict),
                    plain,
                    "{} {record}",
                    clause.id
                );
            }
        }
    }
    assert!(
        accepted > 50,
        "the comparison must not be one of refusals only"
    );
}

#[test]
fn every_example_gets_the_verdict_it_stands_under() {
    for standard in standards() {
        for example in standard.examples.iter().filter(|e| !e.clause.is_empty()) {
            let judgement = judge(&standard, &example.record, DecisionRule::GuardBanded);
            let line = judgement
                .clauses
                .iter()
                .find(|line| line.id == example.clause);
            let expected = match example.expected {
                Expected::Pass => ClauseStatus::Met,
                Expected::Fail => ClauseStatus::Failed,
                Expected::NotApplicable => ClauseStatus::NotApplicable,
                Expected::Undecided => ClauseStatus::Undecided,
            };
            assert_eq!(
                line.expect("the clause").verdict,
                expected,
                "{}",
                example.sentence
            );
        }
    }
}

#[test]
fn a_record_without_content_is_refused_by_the_file_and_by_every_body() {
    let nulls: Map<String, Value> = field::ALL
        .iter()
        .map(|field| (field.name.to_owned(), Value::Null))
        .collect();
    for hollow in [
        json!({}),
        Value::Object(nulls),
        json!([]),
        json!(null),
        json!("record"),
        json!(1),
    ] {
        for standard in standards() {
            assert!(!standard.accepts(&hollow), "{} {hollow}", standard.name());
            let judgement = judge(&standard, &hollow, DecisionRule::Simple);
            assert_eq!(judgement.verdict, Status::CouldNotJudge);
            assert!(judgement.clauses.is_empty() && judgement.reason.is_some());
            for clause in &standard.clauses {
                assert!(
                    !hollow.is_object() || !clause.accepts(&hollow),
                    "{}",
                    clause.id
                );
                let line = judge_clause(clause, &hollow, DecisionRule::Simple);
                assert_ne!(line.verdict, ClauseStatus::Met, "{}", clause.id);
            }
        }
    }
}

/// The standard, a record that meets it, and the fields that it reads of that record.
fn met_by_its_base() -> Vec<(Standard, Value, Vec<&'static str>)> {
    let each = standards().into_iter().map(|standard| {
        let record = standard.examples[0].record.clone();
        let judged = standard
            .clauses
            .iter()
            .filter(|clause| clause.applies_to(&record));
        let shall = judged.filter(|clause| clause.level == dualcert::standard::Level::Shall);
        let mut fields: Vec<&str> = shall.map(|clause| clause.field.name).collect();
        fields.extend(standard.identity.pinned.iter().map(|(field, _)| field.name));
        (standard, record, fields)
    });
    each.collect()
}

#[test]
fn a_field_that_is_missing_or_no_fact_is_never_met() {
    for (standard, record, fields) in met_by_its_base() {
        assert_eq!(
            judge(&standard, &record, DecisionRule::GuardBanded).verdict,
            Status::Met
        );
        for name in fields {
            let sound = record[name].clone();
            let without = || {
                let mut record = record.clone();
                record.as_object_mut().expect("object").remove(name);
                record
            };
            let with = |value: Value| {
                let mut record = record.clone();
                record[name] = value;
                record
            };
            let mut misspelt = without();
            misspelt[format!("{name}_")] = sound.clone();
            let text = Value::from(format!("{sound} "));
            let damaged = [
                without(),
                misspelt,
                with(Value::Null),
                with(text),
                with(json!([sound])),
                with(json!({})),
                with(json!("NaN")),
                with(json!("")),
            ];
            for record in damaged {
                for rule in [DecisionRule::GuardBanded, DecisionRule::Simple] {
                    let verdict = judge(&standard, &record, rule).verdict;
                    let why = format!("{} {name} {record}", standard.name());
                    assert!(
                        matches!(verdict, Status::CouldNotJudge | Status::Failed),
                        "{why}"
                    );
                }
                assert!(!standard.accepts(&record), "{} {name}", standard.name());
            }
        }
    }
}

#[test]
fn a_number_without_its_uncertainty_is_never_met() {
    for (standard, record, fields) in met_by_its_base() {
        for name in fields.into_iter().filter(|name| record[*name].is_number()) {
            for uncertainty in [None, Some(json!(null)), Some(json!(-1.0)), Some(json!("0"))] {
                let mut record = record.clone();
                let stated = record["uncertainty"].as_object_mut().expect("object");
                stated.remove(name);
                if let Some(uncertainty) = uncertainty {
                    stated.insert(name.to_owned(), uncertainty);
                }
                let verdict = judge(&standard, &record, DecisionRule::GuardBanded).verdict;
                assert_eq!(verdict, Status::CouldNotJudge, "{} {name}", standard.name());
            }
        }
    }
}

#[test]
fn the_reason_of_an_absent_quantity_reaches_the_ledger() {
    let (standard, mut record, _) = of_series("ev_traction_motor_a");
    let name = "peak_torque_to_requirement_ratio";
    record.as_object_mut().expect("object").remove(name);
    record["uncertainty"]
        .as_object_mut()
        .expect("object")
        .remove(name);
    record["basis"][name] =
        json!("outside the validated range: bridge / gap 3.1, validated up to 2.0");
    let judgement = judge(&standard, &record, DecisionRule::GuardBanded);
    assert_eq!(judgement.verdict, Status::CouldNotJudge);
    let line = judgement
        .clauses
        .iter()
        .find(|line| line.field == name)
        .expect("the clause");
    assert_eq!(line.verdict, ClauseStatus::CouldNotJudge);
    let reason = line.reason.as_deref().expect("a reason");
    assert!(
        reason.contains("outside the validated range") && reason.contains(name),
        "{reason}"
    );

    record["peak_current_to_limit_ratio"] = json!(1.2);
    let judgement = judge(&standard, &record, DecisionRule::GuardBanded);
    assert_eq!(
        judgement.verdict,
        Status::Failed,
        "a failed shall is decisive"
    );
}

#[test]
fn advice_is_reported_and_does_not_block() {
    let (standard, mut record, _) = of_series("ev_traction_magnet_b");
    record["recycled_content_ratio"] = json!(0.0);
    let judgement = judge(&standard, &record, DecisionRule::GuardBanded);
    assert_eq!(judgement.verdict, Status::Met);
    assert!(standard.accepts(&record), "a plain validator says the same");
    let line = judgement.clauses.iter().find(|line| line.id == "B-M8");
    assert_eq!(line.map(|line| line.verdict), Some(ClauseStatus::Failed));
}

fn of_series(series: &str) -> (Standard, Value, Vec<&'static str>) {
    let mut all = met_by_its_base().into_iter();
    all.find(|(standard, ..)| standard.header.series == series)
        .expect("a shipped series")
}

#[test]
fn another_sector_is_named_and_not_judged() {
    let (standard, mut record, _) = of_series("ev_traction_magnet_a");
    record["sector"] = json!("marine");
    let judgement = judge(&standard, &record, DecisionRule::GuardBanded);
    assert_eq!(judgement.verdict, Status::CouldNotJudge);
    let reason = judgement.reason.expect("a reason");
    assert!(
        reason.contains("sector is \"marine\", not \"ev_traction\""),
        "{reason}"
    );
    assert!(judgement.clauses.is_empty());
}

#[test]
fn a_margin_is_judged_as_it_is_printed() {
    // 0.3 − 0.1 and their like are not the decimal numbers they seem.
    let (standard, mut record, _) = of_series("ev_traction_interchange");
    let name = "b_to_a_peak_torque_ratio";
    record[name] = json!(1.07);
    record["uncertainty"][name] = json!(0.03);
    let judgement = judge(&standard, &record, DecisionRule::GuardBanded);
    let line = judgement
        .clauses
        .iter()
        .find(|line| line.field == name)
        .expect("the clause");
    assert_eq!((line.margin, line.margin_ratio), (Some(0.03), Some(0.6)));
    assert_eq!(
        (&line.limit, &line.limits),
        (&json!(1.1), &json!({"minimum": 0.95, "maximum": 1.1}))
    );
    assert_eq!(line.verdict, ClauseStatus::Met);
}

proptest! {
    #[test]
    fn uncertainty_never_makes_a_verdict_met(
        which in 0usize..100_000, value in -3.0f64..3.0, less in 0.0f64..0.2, more in 0.0f64..0.2,
    ) {
        thread_local! { static STANDARDS: Vec<(Standard, Value, Vec<&'static str>)> = met_by_its_base(); }
        STANDARDS.with(|standards| {
            let (standard, record, fields) = &standards[which % standards.len()];
            let numbers: Vec<&str> = fields.iter().copied().filter(|name| record[*name].is_number()).collect();
            prop_assume!(!numbers.is_empty());
            let name = numbers[which / 7 % numbers.len()];
            let base = record[name].as_f64().expect("a number");
            let under = |uncertainty: f64| {
                let mut record = record.clone();
                record[name] = json!(dualcert::unit::round_significant(base * value + value, 6));
                record["uncertainty"][name] = json!(uncertainty);
                judge(standard, &record, DecisionRule::GuardBanded).verdict
            };
            let (sharp, blunt) = (under(less), under(less + more));
            prop_assert!(blunt != Status::Met || sharp == Status::Met);
            prop_assert!(sharp != Status::Met || under(0.0) == Status::Met);
            // Nor does it turn what failed into anything but undecided.
            prop_assert!(sharp == Status::Failed || blunt != Status::Failed);
            Ok(())
        })?;
    }
}
