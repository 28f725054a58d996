//! Records that were kept, text by text: read strictly, in parallel, and none of them held any longer than it takes
//! to judge it.

use crate::record::Record;
use crate::source;
use crate::verdict::ClauseVerdict;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

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

/// What was made of every record of an archive, in its order.
pub(super) struct Replayed<T> {
    /// One for each record.
    pub(super) found: Vec<T>,
    /// What is no record, one sentence each.
    pub(super) unreadable: Vec<String>,
}

/// Makes something of every record of an archive. A text that cannot be read is told and hides no other.
pub(super) fn each<T: Send>(
    archive: impl Iterator<Item = Result<Archived, String>> + Send,
    make: impl Fn(&str, &Value) -> T + Sync,
) -> Replayed<T> {
    let mut made: Vec<(usize, Vec<Result<T, String>>)> = archive
        .enumerate()
        .par_bridge()
        .map(|(place, archived)| (place, of_text(archived, &make)))
        .collect();
    made.sort_unstable_by_key(|(place, _)| *place);
    let mut replayed = Replayed {
        found: Vec::with_capacity(made.len()),
        unreadable: Vec::new(),
    };
    for one in made.into_iter().flat_map(|(_, of_text)| of_text) {
        match one {
            Ok(found) => replayed.found.push(found),
            Err(refusal) => replayed.unreadable.push(refusal),
        }
    }
    replayed
}

fn of_text<T>(
    archived: Result<Archived, String>,
    make: &impl Fn(&str, &Value) -> T,
) -> Vec<Result<T, String>> {
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
        read.map(|()| make(name, record))
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
