//! Records that two versions judge otherwise. Where to look is the algebra's; whether a record shows it
//! is decided by judging it.

use super::change::CounterExample;
use super::replay::{Transition, put, transition};
use super::situation::Situations;
use crate::record::field::Field;
use crate::report::{value_text, with_unit};
use crate::standard::{Accepted, Clause, Difference, Standard};
use crate::verdict::{ClauseStatus, DecisionRule, judge_clause};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A situation of which one version only speaks.
pub(super) fn of_situation(record: &Value, [old, new]: [&Standard; 2]) -> CounterExample {
    CounterExample {
        holds: identity_of(record),
        before: None,
        after: None,
        accepted_before: old.accepts(record),
        accepted_after: new.accepts(record),
        record: record.clone(),
    }
}

/// A record that fails a clause which one version only has.
pub(super) fn of_one(
    clause: &Clause,
    added: bool,
    failing: &Difference,
    standards: [&Standard; 2],
    situations: &Situations,
) -> Option<CounterExample> {
    let records = candidates(situations, &[(clause.field, values(failing, clause.field))]);
    let fails = |record: &Value| judged(clause, record) == ClauseStatus::Failed;
    let found = records.into_iter().find(fails)?;
    let status = Some(ClauseStatus::Failed);
    let (before, after) = if added {
        (None, status)
    } else {
        (status, None)
    };
    Some(example(found, &[clause], before, after, standards))
}

/// A record that is judged otherwise; one that loses rather than one that gains.
pub(super) fn of_both(
    [old, new]: [&Clause; 2],
    [lost, gained]: [&Difference; 2],
    expected: &BTreeSet<Transition>,
    standards: [&Standard; 2],
    situations: &Situations,
) -> Option<CounterExample> {
    let mut of_new = values(
        &Difference::everything_but(&Accepted::of(new), new.field),
        new.field,
    );
    let mut of_old = values(
        &Difference::everything_but(&Accepted::of(old), old.field),
        old.field,
    );
    of_old.extend(values(
        &Difference::everything(&Accepted::of(old)),
        old.field,
    ));
    of_new.extend(values(
        &Difference::everything(&Accepted::of(new)),
        new.field,
    ));
    if old.field.name == new.field.name {
        let near = values(lost, old.field)
            .into_iter()
            .chain(values(gained, old.field));
        of_new = near
            .chain(of_new)
            .chain(std::mem::take(&mut of_old))
            .collect();
    }
    let fields = if of_old.is_empty() {
        vec![(new.field, of_new)]
    } else {
        vec![(new.field, of_new), (old.field, of_old)]
    };
    let records = candidates(situations, &fields);
    let pick = |wanted: Transition, failed: bool| {
        let fits = |record: &&Value| {
            transition(old, new, record) == Some(wanted)
                && (!failed || judged(new, record) == ClauseStatus::Failed)
        };
        expected
            .contains(&wanted)
            .then(|| records.iter().find(fits))
            .flatten()
    };
    let raised = (new.level != old.level)
        .then(|| {
            records
                .iter()
                .find(|record| judged(new, record) == ClauseStatus::Failed)
        })
        .flatten();
    let found = pick(Transition::Lost, false)
        .or_else(|| pick(Transition::NowAsked, true))
        .or_else(|| pick(Transition::Gained, false))
        .or_else(|| pick(Transition::NowAsked, false))
        .or_else(|| pick(Transition::NoLongerAsked, false))
        .or(raised)?;
    let (before, after) = (Some(judged(old, found)), Some(judged(new, found)));
    Some(example(
        found.clone(),
        &[old, new],
        before,
        after,
        standards,
    ))
}

fn example(
    record: Value,
    clauses: &[&Clause],
    before: Option<ClauseStatus>,
    after: Option<ClauseStatus>,
    [old, new]: [&Standard; 2],
) -> CounterExample {
    let mut holds: Vec<String> = Vec::new();
    for clause in clauses {
        let text = format!(
            "{} {}",
            clause.field.name,
            with_unit(&value_text(&record[clause.field.name]), clause.field.unit)
        );
        if !holds.contains(&text) {
            holds.push(text);
        }
    }
    CounterExample {
        holds: format!("{} ({})", holds.join(", "), identity_of(&record)),
        before,
        after,
        accepted_before: old.accepts(&record),
        accepted_after: new.accepts(&record),
        record,
    }
}

/// The identity words by which clauses are told apart.
fn identity_of(record: &Value) -> String {
    let names = ["pathway", "has_magnets", "magnet_family", "magnet_diffused"];
    let said = names.iter().filter_map(|name| {
        let word = record.get(name)?;
        Some(format!("{name} {}", value_text(word)))
    });
    said.collect::<Vec<_>>().join(", ")
}

fn judged(clause: &Clause, record: &Value) -> ClauseStatus {
    judge_clause(clause, record, DecisionRule::GuardBanded).verdict
}

/// Records of every situation with every combination of the values.
fn candidates(situations: &Situations, fields: &[(&Field, Vec<Value>)]) -> Vec<Value> {
    let mut records: Vec<Value> = situations.all.iter().map(|s| s.record.clone()).collect();
    for (field, values) in fields {
        records = values
            .iter()
            .flat_map(|value| {
                records.iter().map(|record| {
                    let mut record = record.clone();
                    put(&mut record, field, value.clone());
                    record
                })
            })
            .collect();
    }
    records
}

/// Values of every part of a difference, those at its ends first, and its words.
fn values(difference: &Difference, field: &Field) -> Vec<Value> {
    let number = |value: f64| {
        if field.is_count() {
            json!(value as u64)
        } else {
            json!(value)
        }
    };
    let numbers = difference.intervals.iter();
    let ends = numbers.flat_map(|interval| interval.samples(field).into_iter().map(number));
    ends.chain(difference.words.iter().cloned()).collect()
}
