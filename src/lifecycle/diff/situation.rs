//! The situations that clauses may distinguish: every combination of identity words that a record can
//! hold and one of the two versions speaks of.

use crate::record::Record;
use crate::record::field::{self, Field, Kind};
use crate::standard::{Clause, Level, OTHER_WORD, Standard};
use serde_json::{Value, json};

/// More combinations than this are not looked at one by one.
const MOST: usize = 4096;

/// A combination of identity words, as a whole record that is sound in everything else.
#[derive(Debug, Clone)]
pub(super) struct Situation {
    /// The record.
    pub record: Value,
    /// Whether the old version speaks of it.
    pub old: bool,
    /// Whether the new version does.
    pub new: bool,
}

/// All of them.
#[derive(Debug)]
pub(super) struct Situations {
    /// Those of which at least one version speaks.
    pub all: Vec<Situation>,
    /// Whether they are all there are. If not, nothing is proved by them.
    pub complete: bool,
}

impl Situations {
    /// The situations of two versions.
    pub fn of(old: &Standard, new: &Standard) -> Situations {
        let base = base(old, new);
        let domains: Vec<(&Field, Vec<Value>)> = fields(old, new)
            .into_iter()
            .map(|field| (field, domain(field, old, new)))
            .collect();
        let size = domains
            .iter()
            .map(|(_, words)| words.len())
            .try_fold(1_usize, usize::checked_mul);
        let complete = size.is_some_and(|size| size <= MOST);
        let mut records = vec![base];
        if complete {
            for (field, words) in &domains {
                records = records
                    .iter()
                    .flat_map(|record| words.iter().map(|word| with(record, field, word)))
                    .collect();
            }
        }
        let all = records
            .into_iter()
            .filter(|record| Record::from_value(record).is_ok())
            .map(|record| Situation {
                old: speaks(old, &record),
                new: speaks(new, &record),
                record,
            })
            .filter(|situation| situation.old || situation.new)
            .collect();
        Situations { all, complete }
    }

    /// One in which a clause of the old version judged and none of the new does: the record could not be judged any more. Of
    /// a market that is nothing against a record.
    pub fn left_alone(&self, old: &Standard, new: &Standard) -> Option<&Situation> {
        if new.market.is_some() {
            return None;
        }
        self.common()
            .find(|s| judged(old, &s.record) && !judged(new, &s.record))
    }

    /// Those of which both versions speak.
    pub fn common(&self) -> impl Iterator<Item = &Situation> {
        self.all.iter().filter(|s| s.old && s.new)
    }
}

/// Whether clause 0 admits the record, by its words.
fn speaks(standard: &Standard, record: &Value) -> bool {
    standard.identity.pinned.iter().all(|(field, words)| {
        record
            .get(field.name)
            .is_some_and(|found| words.contains(found))
    })
}

/// Whether the condition of a clause holds, by its words.
pub(super) fn applies(clause: &Clause, record: &Value) -> bool {
    clause.condition.iter().flatten().all(|(field, words)| {
        record
            .get(field.name)
            .is_some_and(|found| words.contains(found))
    })
}

/// Whether a clause that blocks judges the record.
pub(super) fn judged(standard: &Standard, record: &Value) -> bool {
    standard
        .clauses
        .iter()
        .any(|clause| clause.level == Level::Shall && applies(clause, record))
}

/// The record that both versions' examples begin with.
fn base(old: &Standard, new: &Standard) -> Value {
    let of = |standard: &Standard| {
        let first = standard.examples.first();
        first.map_or_else(|| json!({}), |example| example.record.clone())
    };
    let (mut record, before) = (of(new), of(old));
    for (name, value) in before.as_object().into_iter().flatten() {
        match (record.get_mut(name), value) {
            (Some(Value::Object(own)), Value::Object(more)) => {
                for (name, value) in more {
                    own.entry(name.clone()).or_insert_with(|| value.clone());
                }
            }
            (Some(_), _) => {}
            (None, value) => record[name] = value.clone(),
        }
    }
    record
}

/// The identity fields that a record of this kind has and that have enumerated words, or that one of
/// the versions pins.
fn fields(old: &Standard, new: &Standard) -> Vec<&'static Field> {
    let pinned = |field: &Field| {
        let both = old.identity.pinned.iter().chain(&new.identity.pinned);
        both.into_iter()
            .any(|(pinned, _)| pinned.name == field.name)
    };
    let base = base(old, new);
    field::ALL
        .iter()
        .copied()
        .filter(|field| field.identity && base.get(field.name).is_some())
        .filter(|field| pinned(field) || field.kind == Kind::Boolean || !field.allowed.is_empty())
        .collect()
}

/// The words of the versions that pin the field, or every word where one does not.
fn domain(field: &Field, old: &Standard, new: &Standard) -> Vec<Value> {
    let mut words: Vec<Value> = Vec::new();
    for standard in [old, new] {
        let pinned = standard
            .identity
            .pinned
            .iter()
            .find(|(f, _)| f.name == field.name);
        let these = match (pinned, field.kind) {
            (Some((_, words)), _) => words.clone(),
            (None, Kind::Boolean) => vec![json!(true), json!(false)],
            // Where any word may stand, one that nobody lists stands for all of them.
            (None, _) if field.allowed.is_empty() => vec![json!(OTHER_WORD)],
            (None, _) => field.allowed.iter().map(|word| json!(word)).collect(),
        };
        words.extend(these);
    }
    let mut unique: Vec<Value> = Vec::new();
    for word in words {
        if !unique.contains(&word) {
            unique.push(word);
        }
    }
    unique
}

fn with(record: &Value, field: &Field, word: &Value) -> Value {
    let mut record = record.clone();
    record[field.name] = word.clone();
    record
}
