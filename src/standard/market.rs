//! What a market asks for beyond the programmes, in the words of its file: the clauses of the file are judged as those
//! of any standard, and what no calculation can show is listed as open.

use super::clause::{Clause, Evidence, Identity, Level, Source};
use super::clause_gates::{self, Condition};
use super::fault::Fault;
use super::gates::Gate;
use super::raw::{RawBody, RawEntry, RawMarket, Subject};
use crate::source::pointer;
use jsonschema::Validator;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `x-market` after the gates.
#[derive(Debug, Clone)]
pub struct Market {
    /// The market, as people call it.
    pub name: String,
    /// What no calculation can show.
    pub open: Vec<Open>,
    /// Rules of the market that do not bind.
    pub outside: Vec<Outside>,
}

/// How an open requirement is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A test of a built machine or magnet.
    Test,
    /// A document of somebody who is responsible for it.
    Document,
    /// A mark on the product.
    Marking,
    /// An assessment by a body other than the maker.
    Assessment,
}

impl Proof {
    /// The word of the file.
    pub fn name(self) -> &'static str {
        match self {
            Proof::Test => "test",
            Proof::Document => "document",
            Proof::Marking => "marking",
            Proof::Assessment => "assessment",
        }
    }
}

/// A requirement that no calculation can show.
#[derive(Debug, Clone)]
pub struct Open {
    /// Its level: law that binds is `shall`.
    pub level: Level,
    /// How it is shown.
    pub proof: Proof,
    /// What it is.
    pub entry: Entry,
}

/// A rule of the market that does not bind the machine.
#[derive(Debug, Clone)]
pub struct Outside {
    /// What it is.
    pub entry: Entry,
}

/// What open requirements and rules that do not bind have in common.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Number, unique among clauses and entries.
    pub id: String,
    /// Title.
    pub title: String,
    /// What is asked, or why the rule does not bind.
    pub description: String,
    /// Why it is listed as it is.
    pub rationale: String,
    /// Where it comes from.
    pub source: Source,
    /// The identity words under which it applies; `None` when it always does.
    pub condition: Option<Condition>,
    applies: Option<Validator>,
}

impl Entry {
    /// Whether it speaks of the record, by its `if`.
    pub fn applies_to(&self, record: &Value) -> bool {
        let condition = self.applies.as_ref();
        condition.is_none_or(|validator| validator.is_valid(record))
    }

    /// Whether it may speak of a record of a sector, whatever else the record holds.
    pub fn concerns(&self, sector: &str) -> bool {
        let mut conditions = self.condition.iter().flatten();
        conditions
            .all(|(field, words)| field.name != "sector" || words.iter().any(|word| word == sector))
    }
}

/// Reads `x-market`; `None` for the standards of programmes. Errors are left in the gate.
pub(super) fn read(gate: &mut Gate<'_>, identity: &Identity, clauses: &[Clause]) -> Option<Market> {
    if gate.header.subject != Subject::Market {
        return None;
    }
    let raw: RawMarket = match serde_json::from_value(gate.document.value()["x-market"].clone()) {
        Ok(raw) => raw,
        Err(error) => {
            gate.refuse("/x-market", Fault::NotAStandard(error.to_string()));
            return None;
        }
    };
    let mut known: Vec<String> = clauses.iter().map(|clause| clause.id.clone()).collect();
    let open = raw.open.iter().zip(0..).filter_map(|(raw, index)| {
        let at = format!("/x-market/open/{index}");
        let (level, proof) = (raw.level?, raw.proof?);
        if raw.source.evidence == Evidence::Recalled && level == Level::Shall {
            gate.refuse(&format!("{at}/x-level"), Fault::RecalledShall);
        }
        let entry = entry(gate, &at, identity, raw, &mut known)?;
        Some(Open {
            level,
            proof,
            entry,
        })
    });
    let open = open.collect();
    let outside = raw.outside.iter().zip(0..).filter_map(|(raw, index)| {
        let at = format!("/x-market/outside/{index}");
        if raw.source.evidence == Evidence::Recalled {
            let at = format!("{at}/x-source/evidence");
            gate.refuse(&at, Fault::RecalledOutside);
        }
        let entry = entry(gate, &at, identity, raw, &mut known)?;
        Some(Outside { entry })
    });
    let outside = outside.collect();
    Some(Market {
        name: raw.name,
        open,
        outside,
    })
}

fn entry(
    gate: &mut Gate<'_>,
    at: &str,
    identity: &Identity,
    raw: &RawEntry,
    known: &mut Vec<String>,
) -> Option<Entry> {
    if known.contains(&raw.id) {
        let (id, other) = (raw.id.clone(), raw.id.clone());
        let at = pointer::member(at, "x-clause");
        gate.refuse(&at, Fault::DuplicateClause { id, other });
    }
    known.push(raw.id.clone());
    let compiled = |gate: &mut Gate<'_>, raw: &RawBody| {
        let condition = clause_gates::condition(gate, at, identity, raw);
        let applies = clause_gates::compile(gate, &format!("{at}/if"), raw)?;
        Some((condition, applies))
    };
    let (condition, applies) = match &raw.condition {
        None => (None, None),
        Some(raw) => {
            let (condition, applies) = compiled(gate, raw)?;
            (Some(condition), Some(applies))
        }
    };
    Some(Entry {
        id: raw.id.clone(),
        title: raw.title.clone(),
        description: raw.description.clone(),
        rationale: raw.rationale.clone(),
        source: raw.source.clone(),
        condition,
        applies,
    })
}
