//! Clauses that no value of their field meets together, in a record that both speak of.

use super::clause::{Clause, Level};
use super::set::Accepted;
use super::{Identity, Side, Standard};
use crate::record::field::Field;
use serde_json::{Value, json};

/// Words that a field may hold, by name.
type Words<'c> = (&'static Field, &'c [Value]);

/// Two blocking clauses of one standard that exclude one another, by their places: every clause judges one field, so that
/// nothing else can.
pub(super) fn within(identity: &Identity, clauses: &[Clause]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (place, one) in clauses.iter().enumerate() {
        for (earlier, other) in clauses[..place].iter().enumerate() {
            let parts: Vec<Words> = [&identity.pinned]
                .into_iter()
                .chain(&one.condition)
                .chain(&other.condition)
                .flatten()
                .map(|(field, words)| (*field, words.as_slice()))
                .collect();
            if exclude(one, other) && meet(&parts) {
                found.push((earlier, place));
            }
        }
    }
    found
}

/// The blocking clauses of standards of two sides that exclude one another for one machine.
pub(super) fn between<'s>(a: &'s Standard, b: &'s Standard) -> Vec<(&'s Clause, &'s Clause)> {
    let mut found = Vec::new();
    for one in &a.clauses {
        for other in &b.clauses {
            let sides = [(a, one), (b, other)];
            if sides
                .iter()
                .any(|(standard, clause)| !own(standard.header.side, clause))
            {
                continue;
            }
            let parts: Vec<Words> = sides
                .iter()
                .flat_map(|(standard, clause)| {
                    let condition = clause.condition.iter().flatten();
                    standard.identity.pinned.iter().chain(condition)
                })
                .filter(|(field, _)| field.name != PATHWAY)
                .map(|(field, words)| (*field, words.as_slice()))
                .collect();
            if exclude(one, other) && meet(&parts) {
                found.push((one, other));
            }
        }
    }
    found
}

/// The field in which the two records of one machine differ.
const PATHWAY: &str = "pathway";

/// Whether a clause may judge a record of its side's own pathway.
fn own(side: Side, clause: &Clause) -> bool {
    let mut conditions = clause.condition.iter().flatten();
    conditions.all(|(field, words)| field.name != PATHWAY || words.contains(&json!(side.name())))
}

fn exclude(one: &Clause, other: &Clause) -> bool {
    let blocking = [one, other]
        .iter()
        .all(|clause| clause.level == Level::Shall);
    blocking
        && one.field.name == other.field.name
        && Accepted::of(one).excludes(&Accepted::of(other), one.field)
}

/// Whether some words of identity fulfil all that is said of them.
fn meet(parts: &[Words]) -> bool {
    parts.iter().all(|(field, words)| {
        let same: Vec<&[Value]> = parts
            .iter()
            .filter(|(other, _)| other.name == field.name)
            .map(|(_, words)| *words)
            .collect();
        words
            .iter()
            .any(|word| same.iter().all(|words| words.contains(word)))
    })
}
