//! Gates 4 and 5: the examples of a standard, which show for every clause what was meant.
//!
//! Boundary values are written by the author and not made from the limit: made ones would follow a
//! mistyped limit, written ones contradict it.

use super::clause::{Clause, Limit};
use super::fault::Fault;
use super::fault::StandardError;
use super::{Standard, shape, step};
use crate::record::Record;
use crate::record::field::{self, Kind};
use crate::source::{Document, pointer};
use serde_json::{Map, Value, json};

/// The verdict under which an example stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The clause holds.
    Pass,
    /// The clause does not hold.
    Fail,
    /// The clause does not speak of the record.
    NotApplicable,
    /// The margin is smaller than the uncertainty.
    Undecided,
}

impl Expected {
    const ALL: [Expected; 4] = [
        Expected::Pass,
        Expected::Fail,
        Expected::NotApplicable,
        Expected::Undecided,
    ];

    /// The word of the file.
    pub fn name(self) -> &'static str {
        match self {
            Expected::Pass => "pass",
            Expected::Fail => "fail",
            Expected::NotApplicable => "na",
            Expected::Undecided => "undecided",
        }
    }
}

/// One example: a record and what a clause says to it.
#[derive(Debug, Clone)]
pub struct Example {
    /// Number of the clause; empty for the base record, which meets every clause.
    pub clause: String,
    /// What the clause says to it.
    pub expected: Expected,
    /// What the example shows.
    pub sentence: String,
    /// The whole record.
    pub record: Value,
}

/// Reads the examples and holds them against the standard.
pub(super) fn pass(
    standard: &Standard,
    document: &Document,
) -> Result<Vec<Example>, Vec<StandardError>> {
    let errors = shape::check_examples(document);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut errors = keys(standard, document);
    let examples = expand(document);
    for (at, example) in &examples {
        errors.extend(check(standard, example).map(|fault| shape::refuse(document, at, fault)));
    }
    let examples: Vec<Example> = examples.into_iter().map(|(_, example)| example).collect();
    for clause in &standard.clauses {
        let faults = contrast(clause, &examples)
            .into_iter()
            .chain(boundaries(clause, &examples));
        let at = pointer::member("/clauses", &clause.id);
        errors.extend(faults.map(|fault| shape::refuse(document, &at, fault)));
    }
    if errors.is_empty() {
        Ok(examples)
    } else {
        Err(errors)
    }
}

/// The file is this standard's and speaks of its clauses only.
fn keys(standard: &Standard, document: &Document) -> Vec<StandardError> {
    let mut errors = Vec::new();
    let series = &document.value()["standard"];
    if *series != standard.header.series {
        let fault = Fault::BadExamples(format!("they belong to the standard {series}"));
        errors.push(shape::refuse(document, "/standard", fault));
    }
    for id in document.value()["clauses"]
        .as_object()
        .into_iter()
        .flat_map(Map::keys)
    {
        if !standard.clauses.iter().any(|clause| clause.id == *id) {
            let fault = Fault::BadExamples(format!("the standard has no clause {id}"));
            errors.push(shape::refuse(
                document,
                &pointer::member("/clauses", id),
                fault,
            ));
        }
    }
    errors
}

/// Every example as a whole record, the base first.
fn expand(document: &Document) -> Vec<(String, Example)> {
    let empty = Map::new();
    let value = document.value();
    let base = value["base"].as_object().unwrap_or(&empty);
    let mut examples = vec![(
        "/base".to_owned(),
        Example {
            clause: String::new(),
            expected: Expected::Pass,
            sentence: "the base record".to_owned(),
            record: complete(base.clone()),
        },
    )];
    for (id, groups) in value["clauses"].as_object().unwrap_or(&empty) {
        for expected in Expected::ALL {
            let Some(group) = groups[expected.name()].as_object() else {
                continue;
            };
            for (sentence, changes) in group {
                let at = pointer::member("/clauses", id);
                let at = pointer::member(&pointer::member(&at, expected.name()), sentence);
                let record = complete(changed(base, changes.as_object().unwrap_or(&empty)));
                let (clause, sentence) = (id.clone(), sentence.clone());
                examples.push((
                    at,
                    Example {
                        clause,
                        expected,
                        sentence,
                        record,
                    },
                ));
            }
        }
    }
    examples
}

fn changed(base: &Map<String, Value>, changes: &Map<String, Value>) -> Map<String, Value> {
    let mut record = base.clone();
    for (name, value) in changes {
        match (record.get_mut(name), value) {
            (_, Value::Null) => {
                record.shift_remove(name);
            }
            (Some(Value::Object(there)), Value::Object(more)) => there.extend(more.clone()),
            _ => {
                record.insert(name.clone(), value.clone());
            }
        }
    }
    record
}

/// Adds what an example leaves unsaid: no uncertainty, and that it is an example.
fn complete(mut record: Map<String, Value>) -> Value {
    let stated = record.shift_remove("uncertainty").unwrap_or_default();
    let (mut uncertainty, mut basis) = (Map::new(), Map::new());
    for name in record.keys() {
        let kind = field::find(name).map(|field| field.kind);
        if kind == Some(Kind::Number) {
            let value = stated.get(name).cloned().unwrap_or(json!(0.0));
            uncertainty.insert(name.clone(), value);
        }
        basis.insert(name.clone(), json!("example"));
    }
    record.insert("uncertainty".to_owned(), Value::Object(uncertainty));
    record.insert("basis".to_owned(), Value::Object(basis));
    Value::Object(record)
}

fn check(standard: &Standard, example: &Example) -> Option<Fault> {
    let sentence = || example.sentence.clone();
    if let Err(error) = Record::from_value(&example.record) {
        return Some(Fault::ExampleNotARecord {
            example: sentence(),
            message: error.to_string(),
        });
    }
    let disagrees = |found: String| {
        let expected = example.expected.name();
        Some(Fault::ExampleDisagrees {
            example: sentence(),
            expected,
            found,
        })
    };
    if !standard.speaks_of(&example.record) {
        return disagrees("outside clause 0".to_owned());
    }
    let mut judged = standard
        .clauses
        .iter()
        .filter(|clause| example.clause.is_empty() || clause.id == example.clause);
    let wrong = judged.find_map(|clause| {
        let found = found(clause, example);
        // The base record may be one that a conditional clause does not speak of.
        let base = example.clause.is_empty() && found == Expected::NotApplicable;
        (found != example.expected && !base).then_some((clause, found))
    });
    wrong.and_then(|(clause, found)| {
        disagrees(format!("{} under clause {}", found.name(), clause.id))
    })
}

fn found(clause: &Clause, example: &Example) -> Expected {
    let record = &example.record;
    if !clause.applies_to(record) {
        return Expected::NotApplicable;
    }
    let name = clause.field.name;
    let margin = record[name]
        .as_f64()
        .and_then(|value| clause.limit.margin(value));
    let uncertainty = record["uncertainty"][name].as_f64().unwrap_or(0.0);
    if margin.is_some_and(|margin| uncertainty > 0.0 && margin.value.abs() < uncertainty) {
        return Expected::Undecided;
    }
    if clause.accepts(record) {
        Expected::Pass
    } else {
        Expected::Fail
    }
}

/// Pairs of a passing and a failing example that are equal in every field but the judged one.
fn pairs<'e>(
    clause: &'e Clause,
    examples: &'e [Example],
) -> impl Iterator<Item = (&'e Value, &'e Value)> {
    let of = move |expected| {
        examples
            .iter()
            .filter(move |e| e.clause == clause.id && e.expected == expected)
    };
    let name = clause.field.name;
    of(Expected::Pass)
        .flat_map(move |pass| of(Expected::Fail).map(move |fail| (&pass.record, &fail.record)))
        .filter(move |(pass, fail)| {
            field::ALL
                .iter()
                .all(|field| field.name == name || pass.get(field.name) == fail.get(field.name))
        })
}

fn contrast(clause: &Clause, examples: &[Example]) -> Option<Fault> {
    let field = clause.field.name.to_owned();
    pairs(clause, examples)
        .next()
        .is_none()
        .then_some(Fault::NoContrast { field })
}

fn boundaries(clause: &Clause, examples: &[Example]) -> Vec<Fault> {
    let Limit::Bounds { lower, upper } = clause.limit else {
        return Vec::new();
    };
    let name = clause.field.name;
    [(lower, false), (upper, true)]
        .into_iter()
        .filter_map(|(bound, upper)| Some((bound?, upper)))
        .filter_map(|(bound, upper)| {
            let (pass, fail) = step::either_side(clause.field, bound, clause.scale, upper);
            let shown = pairs(clause, examples).any(|(passing, failing)| {
                passing[name].as_f64() == Some(pass) && failing[name].as_f64() == Some(fail)
            });
            (!shown).then_some(Fault::NoBoundary {
                limit: bound.value,
                pass,
                fail,
            })
        })
        .collect()
}
