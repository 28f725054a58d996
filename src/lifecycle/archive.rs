//! Records that were kept, text by text: read strictly, in parallel, and none of them held any longer than it takes
//! to judge it.

use crate::record::Record;
use crate::source;
use crate::verdict::ClauseVerdict;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};

/// One text of an archive: a record, or a report of `check --format json` with many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// What messages call it, for example `records.jsonl:17`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// What a record holds in the field of a clause, and how far that is from the limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// Field.
    pub field: String,
    /// Value; null when the record has none.
    pub value: Value,
    /// The limit.
    pub limits: Value,
    /// Unit of value, limit and margin.
    pub unit: String,
    /// Signed distance to the limit, positive within.
    pub margin: Option<f64>,
    /// Uncertainty of the value.
    pub uncertainty: Option<f64>,
}

impl Measured {
    pub(super) fn of(line: &ClauseVerdict) -> Self {
        Self {
            field: line.field.clone(),
            value: line.value.clone(),
            limits: line.limits.clone(),
            unit: line.unit.clone(),
            margin: line.margin,
            uncertainty: line.uncertainty,
        }
    }
}

/// A record that holds exactly what an earlier one holds. Both count, since two machines may be alike; whether it is one that
/// was kept twice only their owner knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// Name of the later one.
    pub record: String,
    /// Name of the first.
    pub same_as: String,
}

/// What became of the records of one text.
type OfText<T> = Vec<Result<Made<T>, String>>;

/// A record of an archive and what it holds, in short.
struct Made<T> {
    name: String,
    content: u64,
    made: T,
}

/// What was made of every record of an archive, in its order.
pub(super) struct Replayed<T> {
    /// One for each record.
    pub(super) found: Vec<T>,
    /// Records that hold what an earlier one holds.
    pub(super) repeated: Vec<Repeated>,
    /// What is no record, one sentence each.
    pub(super) unreadable: Vec<String>,
}

/// Makes something of every record of an archive. A text that cannot be read is told and hides no other.
pub(super) fn each<T: Send>(
    archive: impl Iterator<Item = Result<Archived, String>> + Send,
    make: impl Fn(&str, &Value) -> T + Sync,
) -> Replayed<T> {
    let mut made: Vec<(usize, OfText<T>)> = archive
        .enumerate()
        .par_bridge()
        .map(|(place, archived)| (place, of_text(archived, &make)))
        .collect();
    made.sort_unstable_by_key(|(place, _)| *place);
    let mut replayed = Replayed {
        found: Vec::with_capacity(made.len()),
        repeated: Vec::new(),
        unreadable: Vec::new(),
    };
    let mut first: HashMap<u64, String> = HashMap::new();
    for one in made.into_iter().flat_map(|(_, of_text)| of_text) {
        match one {
            Err(refusal) => replayed.unreadable.push(refusal),
            Ok(one) => {
                match first.entry(one.content) {
                    Entry::Occupied(known) => replayed.repeated.push(Repeated {
                        record: one.name,
                        same_as: known.get().clone(),
                    }),
                    Entry::Vacant(place) => {
                        place.insert(one.name);
                    }
                }
                replayed.found.push(one.made);
            }
        }
    }
    replayed
}

/// The same for records that hold the same, in whatever order of their keys.
fn content(record: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    record.hash(&mut hasher);
    hasher.finish()
}

fn of_text<T>(archived: Result<Archived, String>, make: &impl Fn(&str, &Value) -> T) -> OfText<T> {
    let read = archived.and_then(|archived| {
        let value = value(&archived)?;
        Ok((archived.name, value))
    });
    let (name, value) = match read {
        Ok(read) => read,
        Err(refusal) => return vec![Err(refusal)],
    };
    let judge = |name: &str, record: &Value| {
        let read = Record::check(record).map_err(|error| format!("{name}: {error}"));
        read.map(|()| Made {
            name: name.to_owned(),
            content: content(record),
            made: make(name, record),
        })
    };
    if value.get("record_version").is_some() {
        return vec![judge(&name, &value)];
    }
    let Some(files) = value.get("files").and_then(Value::as_array) else {
        return vec![Err(format!(
            "{name}: neither a record (no record_version) nor a report of check (no files)"
        ))];
    };
    let mut made = Vec::new();
    for candidate in files.iter().flat_map(|file| list(file, "candidates")) {
        for report in list(candidate, "records") {
            let word = |value: &Value| value.as_str().unwrap_or("?").to_owned();
            let (id, pathway) = (word(&candidate["id"]), word(&report["pathway"]));
            made.push(judge(
                &format!("{name}: {id}, pathway {pathway}"),
                &report["record"],
            ));
        }
    }
    made
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    let list = value.get(key).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn value(archived: &Archived) -> Result<Value, String> {
    source::value(&archived.name, &archived.text).map_err(|refused| {
        let first = refused.findings.first().map(|finding| {
            let (line, column) = (finding.place.line, finding.place.column);
            format!("{}:{line}:{column}: {}", archived.name, finding.found)
        });
        first.unwrap_or_else(|| format!("{}: no JSON", archived.name))
    })
}
