//! The gate on what a market file says is covered: a clause of a programme covers a clause of a market only if it
//! judges the same field, accepts nothing that the market refuses, and can judge a record of which the market speaks.

use super::clause::{Clause, CoreClause};
use super::fault::{Fault, StandardError};
use super::set::{Accepted, Difference};
use super::{Standard, TextFile, shape};
use crate::record::field::Field;
use crate::source::{Document, pointer};
use serde_json::Value;

/// Every claim of the markets that the other standards do not bear out. `texts` hold the files, for the places.
pub(super) fn faults(
    markets: &[Standard],
    cores: &[Standard],
    texts: &[TextFile],
) -> Vec<StandardError> {
    let mut errors = Vec::new();
    for market in markets {
        for clause in &market.clauses {
            for (claim, index) in clause.covered_by.iter().zip(0..) {
                if let Some(fault) = against(clause, claim, cores) {
                    let at = pointer::member("/$defs", &clause.key);
                    let at = format!("{at}/x-covered-by/{index}");
                    errors.push(placed(market, clause, &at, fault, texts));
                }
            }
        }
    }
    errors
}

/// What is wrong with one claim.
fn against(clause: &Clause, claim: &CoreClause, cores: &[Standard]) -> Option<Fault> {
    let name = || claim.to_string();
    let standard = cores
        .iter()
        .find(|core| core.header.series == claim.standard);
    let core = standard.and_then(|standard| {
        let mut clauses = standard.clauses.iter();
        clauses.find(|core| core.id == claim.clause)
    });
    let (Some(standard), Some(core)) = (standard, core) else {
        return Some(Fault::UnknownCore { claim: name() });
    };
    if core.field.name != clause.field.name {
        return Some(Fault::CoreOtherField {
            claim: name(),
            found: core.field.name.to_owned(),
            expected: clause.field.name.to_owned(),
        });
    }
    let beyond = Accepted::of(core).minus(&Accepted::of(clause), clause.field);
    if !beyond.is_empty() {
        return Some(Fault::CoreLaxer {
            claim: name(),
            beyond: told(&beyond, clause.field),
        });
    }
    let together = meet(clause, &standard.identity.pinned)
        && meet(clause, core.condition.as_deref().unwrap_or_default());
    (!together).then(|| Fault::CoreElsewhere { claim: name() })
}

/// Whether the condition of a clause and other words can hold of one record.
fn meet(clause: &Clause, words: &[(&'static Field, Vec<Value>)]) -> bool {
    clause.condition.iter().flatten().all(|(field, own)| {
        let mut same = words.iter().filter(|(other, _)| other.name == field.name);
        same.all(|(_, others)| own.iter().any(|word| others.contains(word)))
    })
}

/// One of the values in words.
fn told(beyond: &Difference, field: &Field) -> String {
    let word = beyond.words.first().map(Value::to_string);
    let samples = beyond.intervals.first().map(|range| range.samples(field));
    let number = samples.and_then(|samples| samples.first().copied());
    let number = number.map(|number| format!("{number} {}", field.unit).replace(" 1", ""));
    word.or(number).map_or_else(
        || "any value".to_owned(),
        |value| format!("{} {value}", field.name),
    )
}

fn placed(
    market: &Standard,
    clause: &Clause,
    at: &str,
    fault: Fault,
    texts: &[TextFile],
) -> StandardError {
    let text = texts.iter().find(|text| text.name == market.file);
    let document = text.and_then(|text| Document::parse(&text.name, &text.text).ok());
    match document {
        Some(document) => shape::refuse(&document, at, fault),
        None => StandardError {
            file: market.file.clone(),
            clause: Some(clause.id.clone()),
            pointer: at.to_owned(),
            place: None,
            fault,
        },
    }
}
