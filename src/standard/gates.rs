//! Gates 2 to 4 on a file whose shape is right: the header, the order of the clauses, clause 0.

use super::clause::{Clause, Identity, Level, words};
use super::fault::{Fault, StandardError};
use super::raw::{self, Header, RawClause, Side, Subject};
use super::{clash, clause_gates, shape};
use crate::date::Date;
use crate::record::RECORD_VERSION;
use crate::record::field::{self, Field, Kind, Records};
use crate::source::{Document, pointer};
use serde_json::Value;

/// A standard's file under the gates: where a fault goes and what the header says.
pub(super) struct Gate<'d> {
    pub document: &'d Document,
    pub header: Header,
    pub errors: Vec<StandardError>,
}

impl Gate<'_> {
    pub fn refuse(&mut self, at: &str, fault: Fault) {
        self.errors.push(shape::refuse(self.document, at, fault));
    }

    /// Which record the standard judges.
    pub fn records(&self) -> Records {
        match self.header.side {
            Side::Pair => Records::Pair,
            Side::A | Side::B | Side::Any => Records::Evaluation,
        }
    }

    /// The table's field of that name, if the judged record has it.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        field::find(name).filter(|field| field.belongs_to(self.records()))
    }
}

/// Header, identity clause and clauses; errors are left in the gate.
pub(super) fn pass(gate: &mut Gate<'_>) -> Option<(Identity, Vec<Clause>)> {
    header(gate);
    let clauses = read_clauses(gate)?;
    order(gate, &clauses);
    numbers(gate, &clauses);
    let (key, raw) = clauses.first()?;
    if raw.id != "0" {
        let at = pointer::member("/$defs", key);
        gate.refuse(
            &at,
            Fault::NoIdentity {
                found: raw.id.clone(),
            },
        );
        return None;
    }
    let identity = identity(gate, key, raw);
    conditions_are_pinned(gate, key, &identity, &clauses[1..]);
    let built: Vec<Clause> = clauses[1..]
        .iter()
        .filter_map(|(key, raw)| clause_gates::build(gate, &identity, key, raw))
        .collect();
    if built.len() + 1 == clauses.len() {
        clashes(gate, &identity, &built);
    }
    Some((identity, built))
}

/// Clauses that no record meets together.
fn clashes(gate: &mut Gate<'_>, identity: &Identity, clauses: &[Clause]) {
    for (earlier, place) in clash::within(identity, clauses) {
        let (one, other) = (&clauses[place], &clauses[earlier]);
        let fault = Fault::Clash {
            field: one.field.name.to_owned(),
            this: one.limit.to_value().to_string(),
            other: other.id.clone(),
            that: other.limit.to_value().to_string(),
        };
        gate.refuse(&pointer::member("/$defs", &one.key), fault);
    }
}

fn header(gate: &mut Gate<'_>) {
    let id = gate.document.value()["$id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let expected = format!("/{}/{}", gate.header.series, gate.header.version);
    if !id.ends_with(&expected) {
        gate.refuse("/$id", Fault::WrongId { found: id });
    }
    let days = [
        ("issued", gate.header.issued.clone()),
        ("effective_from", gate.header.effective_from.clone()),
    ];
    for (key, day) in days {
        if let Some(found) = day.filter(|day| day.parse::<Date>().is_err()) {
            gate.refuse(&format!("/x-standard/{key}"), Fault::NotADay { found });
        }
    }
    let header = &gate.header;
    if let (Some(issued), Some(effective)) = (header.issued.clone(), header.effective_from.clone())
        && let (Ok(first), Ok(from)) = (issued.parse::<Date>(), effective.parse::<Date>())
        && from < first
    {
        let fault = Fault::HoldsBeforeIssue { issued, effective };
        gate.refuse("/x-standard/effective_from", fault);
    }
    let replaced = gate.header.supersedes.clone();
    if let Some(found) = replaced.filter(|found| raw::numbers(found) >= gate.header.numbers()) {
        let version = gate.header.version.clone();
        gate.refuse(
            "/x-standard/supersedes",
            Fault::ReplacesLater { version, found },
        );
    }
    let range = gate.header.record_schema.clone();
    if !admits(&range, RECORD_VERSION) {
        gate.refuse(
            "/x-standard/record_schema",
            Fault::OtherRecordSchema { found: range },
        );
    }
}

/// Whether `>=1.0, <2` holds a version.
fn admits(range: &str, version: &str) -> bool {
    let read = |text: &str| {
        let mut parts = text.trim().split('.').map(|part| part.parse::<u32>().ok());
        Some((parts.next()??, parts.next().flatten().unwrap_or(0)))
    };
    let Some((lower, upper)) = range.split_once(',') else {
        return false;
    };
    let lower = lower.trim().strip_prefix(">=").and_then(read);
    let upper = upper.trim().strip_prefix('<').and_then(read);
    match (lower, upper, read(version)) {
        (Some(lower), Some(upper), Some(version)) => lower <= version && version < upper,
        _ => false,
    }
}

fn read_clauses(gate: &mut Gate<'_>) -> Option<Vec<(String, RawClause)>> {
    let mut clauses = Vec::new();
    for (key, value) in gate.document.value()["$defs"].as_object()? {
        match serde_json::from_value(value.clone()) {
            Ok(raw) => clauses.push((key.clone(), raw)),
            Err(error) => {
                let at = pointer::member("/$defs", key);
                gate.refuse(&at, Fault::NotAStandard(error.to_string()));
            }
        }
    }
    Some(clauses)
}

/// `allOf` is the blocking clauses in their order, so that a plain validator refuses exactly what
/// this program calls failed.
fn order(gate: &mut Gate<'_>, clauses: &[(String, RawClause)]) {
    let blocking = clauses.iter().filter(|(_, raw)| raw.level == Level::Shall);
    let expected: Vec<String> = blocking.map(|(key, _)| key.clone()).collect();
    let listed = gate.document.value()["allOf"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let found: Vec<String> = listed
        .iter()
        .filter_map(|item| item["$ref"].as_str()?.strip_prefix("#/$defs/"))
        .map(str::to_owned)
        .collect();
    if found != expected {
        gate.refuse("/allOf", Fault::WrongOrder { found, expected });
    }
}

fn numbers(gate: &mut Gate<'_>, clauses: &[(String, RawClause)]) {
    for (index, (key, raw)) in clauses.iter().enumerate() {
        if let Some((other, _)) = clauses[..index]
            .iter()
            .find(|(_, earlier)| earlier.id == raw.id)
        {
            let at = format!("{}/x-clause", pointer::member("/$defs", key));
            let fault = Fault::DuplicateClause {
                id: raw.id.clone(),
                other: other.clone(),
            };
            gate.refuse(&at, fault);
        }
    }
}

fn identity(gate: &mut Gate<'_>, key: &str, raw: &RawClause) -> Identity {
    let at = pointer::member("/$defs", key);
    let mut pinned = Vec::new();
    for (name, schema) in &raw.properties {
        let here = pointer::member(&format!("{at}/properties"), name);
        match gate.field(name) {
            Some(field) if field.identity => {
                let words = words(schema);
                clause_gates::check_words(gate, &here, field, &words);
                pinned.push((field, words));
            }
            _ => gate.refuse(
                &here,
                Fault::UnknownField {
                    field: name.clone(),
                },
            ),
        }
    }
    let mut names: Vec<&str> = vec!["sector", "pathway", "record_version"];
    names.extend(raw.required.iter().map(String::as_str));
    names.extend(raw.properties.keys().map(String::as_str));
    for name in names {
        let required = raw.required.iter().any(|required| required == name);
        if !required || !raw.properties.contains_key(name) {
            gate.refuse(
                &at,
                Fault::Unpinned {
                    field: name.to_owned(),
                },
            );
        }
    }
    agrees_with_header(gate, &at, &pinned);
    let (title, revision) = (raw.title.clone(), raw.revision);
    Identity {
        title,
        revision,
        pinned,
    }
}

/// Sector and pathway of clause 0 are those of the header. A motor is judged without magnets too, so
/// that a motor standard may add the pathway `none`.
fn agrees_with_header(gate: &mut Gate<'_>, at: &str, pinned: &[(&'static Field, Vec<Value>)]) {
    let side = gate.header.side.name();
    let may_be_none = gate.header.subject == Subject::Motor;
    let sector = gate.header.sector.clone();
    let market = gate.header.subject == Subject::Market;
    for (field, words) in pinned {
        let fits = match field.name {
            // A machine is sold with either pathway, and in any sector.
            "pathway" if market => {
                words.len() == 3 && words.iter().all(|word| *word != Side::Pair.name())
            }
            "sector" if market => !words.is_empty(),
            "sector" => words.iter().all(|word| *word == sector) && words.len() == 1,
            "pathway" => {
                words.iter().any(|word| word == side)
                    && words
                        .iter()
                        .all(|word| word == side || (may_be_none && word == "none"))
            }
            "record_version" => words.iter().all(|word| word == RECORD_VERSION),
            _ => true,
        };
        if !fits {
            let found = words
                .iter()
                .map(Value::to_string)
                .collect::<Vec<_>>()
                .join(", ");
            let fault = Fault::IdentityMismatch {
                field: field.name.to_owned(),
                found,
            };
            gate.refuse(
                &pointer::member(&format!("{at}/properties"), field.name),
                fault,
            );
        }
    }
}

/// Every field that a condition reads is pinned by clause 0: an `if` on a missing field never fires.
fn conditions_are_pinned(
    gate: &mut Gate<'_>,
    key: &str,
    identity: &Identity,
    clauses: &[(String, RawClause)],
) {
    let read = clauses.iter().filter_map(|(_, raw)| raw.condition.as_ref());
    let mut names: Vec<&String> = read
        .flat_map(|condition| condition.properties.keys())
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let is_condition = field::find(name).is_some_and(decides_applicability);
        if is_condition && !identity.pinned.iter().any(|(field, _)| field.name == name) {
            let at = pointer::member("/$defs", key);
            gate.refuse(
                &at,
                Fault::Unpinned {
                    field: name.clone(),
                },
            );
        }
    }
}

/// Only a flag or an enumerated word of the identity may decide: a misspelt word can then be found.
pub(super) fn decides_applicability(field: &Field) -> bool {
    field.identity && (field.kind == Kind::Boolean || !field.allowed.is_empty())
}
