//! Gates 2 to 4 on one clause: the field it judges, its limit, its condition, and that no record
//! without content passes it.

use super::authority;
use super::clause::{Bound, Clause, Evidence, Identity, Level, Limit, words};
use super::fault::Fault;
use super::gates::{Gate, decides_applicability};
use super::raw::{RawBody, RawClause};
use super::set::Accepted;
use crate::record::DIGITS;
use crate::record::field::{self, Field, Kind};
use crate::source::pointer;
use crate::unit::round_significant;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

pub(super) type Condition = Vec<(&'static Field, Vec<Value>)>;

/// The clause, or `None` when a gate refused it; the errors are in the gate.
pub(super) fn build(
    gate: &mut Gate<'_>,
    identity: &Identity,
    key: &str,
    raw: &RawClause,
) -> Option<Clause> {
    let before = gate.errors.len();
    let at = pointer::member("/$defs", key);
    if raw.source.evidence == Evidence::Recalled && raw.level == Level::Shall {
        gate.refuse(&format!("{at}/x-level"), Fault::RecalledShall);
    }
    let field = judged_field(gate, &at, raw)?;
    source(gate, &at, field, raw);
    let body = raw.body();
    let body_at = format!("{at}{}", raw.body_pointer());
    let limit = limit(gate, &body_at, field, &body);
    let condition = raw
        .condition
        .as_ref()
        .map(|c| condition(gate, &at, identity, c));
    let body = compile(gate, &body_at, &body)?;
    hollow(gate, &body_at, &body);
    let applies = match &raw.condition {
        Some(condition) => Some(compile(gate, &format!("{at}/if"), condition)?),
        None => None,
    };
    (gate.errors.len() == before).then(|| Clause {
        id: raw.id.clone(),
        key: key.to_owned(),
        title: raw.title.clone(),
        description: raw.description.clone(),
        revision: raw.revision,
        level: raw.level,
        rationale: raw.rationale.clone(),
        source: raw.source.clone(),
        field,
        limit,
        scale: raw.scale,
        remedy: raw.remedy.clone(),
        covered_by: raw.covered_by.clone(),
        condition,
        applies,
        body,
    })
}

/// What the source may not be named for.
fn source(gate: &mut Gate<'_>, at: &str, field: &'static Field, raw: &RawClause) {
    let document = || raw.source.document.clone();
    let here = format!("{at}/x-source");
    if raw.source.evidence == Evidence::Project && authority::is_public(&raw.source.document) {
        let fault = Fault::PublicAsProject {
            document: document(),
        };
        gate.refuse(&format!("{here}/evidence"), fault);
    }
    let sector = &gate.header.sector;
    if let Some(reason) = authority::not_for(&raw.source, sector, field) {
        let fault = Fault::NotItsSubject {
            document: document(),
            field: field.name.to_owned(),
            sector: sector.clone(),
            reason,
        };
        gate.refuse(&format!("{here}/document"), fault);
    }
}

/// Gate 3: one field, the same in `x-quantity`, `required` and `properties`, with its type and unit.
fn judged_field(gate: &mut Gate<'_>, at: &str, raw: &RawClause) -> Option<&'static Field> {
    let body = raw.body();
    let required = body.required.join(", ");
    let judged = body
        .properties
        .keys()
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let quantity = raw.quantity.clone();
    let Some(field) = gate.field(&quantity) else {
        gate.refuse(
            &format!("{at}/x-quantity"),
            Fault::UnknownField { field: quantity },
        );
        return None;
    };
    if required != quantity || judged != quantity {
        gate.refuse(
            at,
            Fault::SeveralFields {
                quantity,
                required,
                judged,
            },
        );
        return None;
    }
    let here = pointer::member(
        &format!("{at}{}/properties", raw.body_pointer()),
        field.name,
    );
    let found = body.properties[field.name]["type"]
        .as_str()
        .unwrap_or_default();
    if found != field.kind.schema_type() {
        let (found, expected) = (found.to_owned(), field.kind.to_string());
        gate.refuse(
            &here,
            Fault::WrongType {
                field: quantity.clone(),
                found,
                expected,
            },
        );
        return None;
    }
    if raw.unit != field.unit {
        let (found, expected) = (raw.unit.clone(), field.unit.to_owned());
        let fault = Fault::WrongUnit {
            field: quantity,
            found,
            expected,
        };
        gate.refuse(&format!("{at}/x-unit"), fault);
    }
    Some(field)
}

fn limit(gate: &mut Gate<'_>, at: &str, field: &'static Field, body: &RawBody) -> Limit {
    let here = pointer::member(&format!("{at}/properties"), field.name);
    let limit = Limit::of(&body.properties[field.name]);
    let mut exchanged = false;
    match &limit {
        Limit::OneOf(words) => check_words(gate, &here, field, words),
        Limit::Bounds { lower, upper } => {
            for bound in [lower, upper].into_iter().flatten() {
                check_bound(gate, &here, field, *bound);
            }
            if let (Some(lower), Some(upper)) = (lower, upper)
                && (lower.value >= upper.value || Accepted::of_limit(&limit).is_empty(field))
            {
                let (lower, upper) = (lower.value, upper.value);
                gate.refuse(&here, Fault::EmptyInterval { lower, upper });
                exchanged = true;
            }
        }
    }
    let accepted = Accepted::of_limit(&limit);
    let field_name = field.name.to_owned();
    if accepted.is_everything(field) {
        gate.refuse(&here, Fault::Vacuous { field: field_name });
    } else if accepted.is_out_of_reach(field) && !exchanged {
        let (least, most) = field.range();
        gate.refuse(
            &here,
            Fault::OutOfReach {
                field: field_name,
                least,
                most,
            },
        );
    }
    limit
}

fn check_bound(gate: &mut Gate<'_>, at: &str, field: &Field, bound: Bound) {
    let found = bound.value;
    if round_significant(found, DIGITS) != found {
        gate.refuse(at, Fault::UnroundedLimit { found });
    }
    if field.is_count() && found.fract() != 0.0 {
        gate.refuse(
            at,
            Fault::FractionOfACount {
                field: field.name.to_owned(),
                found,
            },
        );
    }
}

/// Words of the field's kind and, where they are enumerated, of its set.
pub(super) fn check_words(gate: &mut Gate<'_>, at: &str, field: &Field, words: &[Value]) {
    for word in words {
        let known = match (field.kind, word) {
            (Kind::Boolean, Value::Bool(_)) => true,
            (Kind::Text, Value::String(word)) => {
                field.allowed.is_empty() || field.allowed.contains(&word.as_str())
            }
            _ => false,
        };
        if !known {
            let (field, found) = (field.name.to_owned(), word.to_string());
            gate.refuse(at, Fault::UnknownWord { field, found });
        }
    }
}

pub(super) fn condition(
    gate: &mut Gate<'_>,
    at: &str,
    identity: &Identity,
    raw: &RawBody,
) -> Condition {
    let at = format!("{at}/if");
    let every = |name: &String| raw.properties.contains_key(name);
    if raw.required.len() != raw.properties.len() || !raw.required.iter().all(every) {
        let quantity = "the condition".to_owned();
        let (required, judged) = (raw.required.join(", "), keys(raw));
        gate.refuse(
            &at,
            Fault::SeveralFields {
                quantity,
                required,
                judged,
            },
        );
    }
    let mut condition = Vec::new();
    for (name, schema) in &raw.properties {
        let here = pointer::member(&format!("{at}/properties"), name);
        match gate
            .field(name)
            .filter(|field| decides_applicability(field))
        {
            Some(field) => {
                let words = words(schema);
                check_condition(gate, &here, identity, field, &words);
                condition.push((field, words));
            }
            None => gate.refuse(
                &here,
                Fault::ConditionNotIdentity {
                    field: name.clone(),
                },
            ),
        }
    }
    condition
}

/// The words exist, and clause 0 admits at least one of them.
fn check_condition(
    gate: &mut Gate<'_>,
    at: &str,
    identity: &Identity,
    field: &Field,
    words: &[Value],
) {
    let before = gate.errors.len();
    check_words(gate, at, field, words);
    let spelt = gate.errors.len() == before;
    let pinned = identity
        .pinned
        .iter()
        .find(|(pinned, _)| pinned.name == field.name);
    let possible = pinned.is_none_or(|(_, admitted)| words.iter().any(|w| admitted.contains(w)));
    if spelt && !possible {
        let found = words
            .iter()
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        gate.refuse(
            at,
            Fault::ConditionNeverHolds {
                field: field.name.to_owned(),
                found,
            },
        );
    }
}

/// The fields of a body, as messages list them.
fn keys(body: &RawBody) -> String {
    body.properties
        .keys()
        .cloned()
        .collect::<Vec<_>>()
        .join(", ")
}

pub(super) fn compile(gate: &mut Gate<'_>, at: &str, body: &RawBody) -> Option<Validator> {
    match jsonschema::draft202012::new(
        &json!({"required": body.required, "properties": body.properties}),
    ) {
        Ok(validator) => Some(validator),
        Err(error) => {
            gate.refuse(at, Fault::NotASchema(error.to_string()));
            None
        }
    }
}

/// Gate 2: neither `{}` nor the record whose every field is null passes a body.
fn hollow(gate: &mut Gate<'_>, at: &str, body: &Validator) {
    for (name, record) in hollow_records() {
        if body.is_valid(&record) {
            gate.refuse(at, Fault::Hollow { record: name });
        }
    }
}

/// The records that hold nothing.
pub(super) fn hollow_records() -> [(&'static str, Value); 2] {
    let nulls: Map<String, Value> = field::ALL
        .iter()
        .map(|field| (field.name.to_owned(), Value::Null))
        .collect();
    [
        ("{}", json!({})),
        ("every field null", Value::Object(nulls)),
    ]
}
