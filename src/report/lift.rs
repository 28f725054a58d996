//! A report of `check --format json` read again, and an older one with what today's also say. Names were added to
//! version 1.0 and never changed: what follows from the report itself is added, the rest stays absent and is told.

use super::{FORMAT_VERSION, Tool};
use crate::evaluate::Level;
use crate::record::Record;
use crate::source::{pointer, quoted};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A report in today's form.
#[derive(Debug, Clone, PartialEq)]
pub struct Lifted {
    /// The report; as it was where nothing changed.
    pub report: Value,
    /// What was added, a line each.
    pub changes: Vec<String>,
    /// What today's reports say beside it and what it says beside them, a line each.
    pub differences: Vec<String>,
}

/// Why a document is no report that this program would have written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{pointer}: {found}")]
pub struct NoReport {
    /// Where.
    pub pointer: String,
    /// What stands there, and what was expected.
    pub found: String,
}

/// Names that every report of today has in the objects of a place; `*` is any index.
const NAMES: [(&str, &[&str]); 5] = [
    (
        "",
        &[
            "format_version",
            "tool",
            "as_of",
            "level",
            "decision_rule",
            "files",
            "portfolio",
            "summary",
        ],
    ),
    (
        "/files/*",
        &[
            "file",
            "status",
            "name",
            "as_of",
            "as_of_from",
            "application",
            "application_from",
            "findings",
            "candidates",
        ],
    ),
    (
        "/files/*/candidates/*",
        &[
            "id",
            "topology",
            "place",
            "meets_both",
            "statuses",
            "notes",
            "records",
            "judgements",
            "remedies",
            "choke_points",
            "supply",
            "change_rule",
        ],
    ),
    ("/files/*/candidates/*/records/*", &["pathway", "record"]),
    (
        "/summary",
        &["files", "candidates", "meets_both", "does_not", "exit_code"],
    ),
];

/// Names that stand in some reports of every version.
const NOT_ALWAYS: [&str; 1] = ["markets"];

/// What becomes of a file, in the words of reports.
const STATUSES: [&str; 4] = ["judged", "invalid_design", "unreadable", "solver_failed"];

/// Reads a report strictly, every record included, and lifts it.
///
/// # Errors
/// The first place that a report of this program would not hold.
pub fn lift(report: &Value) -> Result<Lifted, NoReport> {
    let counts = read(report)?;
    let mut lifted = report.clone();
    let mut changes = Vec::new();
    let mut add =
        |object: &mut Map<String, Value>, place: &str, name: &str, value: Value, why: &str| {
            if !object.contains_key(name) {
                changes.push(format!("{place}/{name}: {value} added, {why}"));
                object.insert(name.to_owned(), value);
            }
        };
    if let Some(whole) = lifted.as_object_mut() {
        add(
            whole,
            "",
            "level",
            json!(Level::Verdict),
            "the only level there was",
        );
        add(
            whole,
            "",
            "portfolio",
            Value::Null,
            "no design told how many are built",
        );
        if let Some(summary) = whole.get_mut("summary").and_then(Value::as_object_mut) {
            add(
                summary,
                "/summary",
                "does_not",
                json!(counts.does_not),
                "counted",
            );
        }
    }
    let differences = differences(&lifted);
    Ok(Lifted {
        report: lifted,
        changes,
        differences,
    })
}

/// What a summary counts.
#[derive(Default)]
struct Counts {
    candidates: usize,
    meets_both: usize,
    does_not: usize,
}

fn read(report: &Value) -> Result<Counts, NoReport> {
    expect(report, "", "format_version", "the version", |found| {
        found == FORMAT_VERSION
    })?;
    expect(
        &report["tool"],
        "/tool",
        "name",
        "the name of this program",
        |found| found == Tool::THIS.name,
    )?;
    expect(
        &report["tool"],
        "/tool",
        "version",
        "a version",
        Value::is_string,
    )?;
    let mut counts = Counts::default();
    for (index, file) in list(report, "", "files")?.iter().enumerate() {
        read_file(file, &pointer::element("/files", index), &mut counts)?;
    }
    let summary = &report["summary"];
    let files = list(report, "", "files")?.len();
    for (name, counted) in [
        ("files", files),
        ("candidates", counts.candidates),
        ("meets_both", counts.meets_both),
        ("does_not", counts.does_not),
    ] {
        if name != "does_not" || summary.get(name).is_some() {
            let expected = format!("{counted}, which is what the report holds");
            expect(summary, "/summary", name, &expected, |found| {
                *found == json!(counted)
            })?;
        }
    }
    expect(
        summary,
        "/summary",
        "exit_code",
        "an exit code",
        Value::is_u64,
    )?;
    Ok(counts)
}

fn read_file(file: &Value, at: &str, counts: &mut Counts) -> Result<(), NoReport> {
    expect(file, at, "file", "a name", Value::is_string)?;
    let known = |found: &Value| found.as_str().is_some_and(|word| STATUSES.contains(&word));
    expect(file, at, "status", &STATUSES.join(", "), known)?;
    for (index, candidate) in list(file, at, "candidates")?.iter().enumerate() {
        let at = pointer::element(&pointer::member(at, "candidates"), index);
        expect(candidate, &at, "id", "a name", Value::is_string)?;
        let open = |found: &Value| found.is_boolean() || found.is_null();
        expect(candidate, &at, "meets_both", "true, false or null", open)?;
        counts.candidates += 1;
        match candidate["meets_both"].as_bool() {
            Some(true) => counts.meets_both += 1,
            Some(false) => counts.does_not += 1,
            None => {}
        }
        list(candidate, &at, "judgements")?;
        for (index, one) in list(candidate, &at, "records")?.iter().enumerate() {
            let at = pointer::element(&pointer::member(&at, "records"), index);
            Record::check(&one["record"]).map_err(|error| NoReport {
                pointer: pointer::member(&at, "record"),
                found: error.to_string(),
            })?;
            let own = &one["record"]["pathway"];
            expect(
                one,
                &at,
                "pathway",
                &format!("{own}, that of the record"),
                |found| found == own,
            )?;
        }
    }
    Ok(())
}

fn expect(
    object: &Value,
    at: &str,
    name: &str,
    expected: &str,
    is: impl Fn(&Value) -> bool,
) -> Result<(), NoReport> {
    let refuse = |found: String| NoReport {
        pointer: pointer::member(at, name),
        found: format!("{found}, expected {expected}"),
    };
    match object.get(name) {
        Some(found) if is(found) => Ok(()),
        Some(found) => Err(refuse(quoted(&found.to_string()))),
        None => Err(refuse("nothing".to_owned())),
    }
}

fn list<'v>(object: &'v Value, at: &str, name: &str) -> Result<&'v [Value], NoReport> {
    expect(object, at, name, "a list", Value::is_array)?;
    Ok(object[name].as_array().map_or(&[], Vec::as_slice))
}

/// Names that today's reports have and this one has not, and the other way round, once a place.
fn differences(report: &Value) -> Vec<String> {
    let mut told = Vec::new();
    for (place, names) in NAMES {
        let (mut absent, mut unknown) = (BTreeSet::new(), BTreeSet::new());
        for object in objects(report, place) {
            absent.extend(
                names
                    .iter()
                    .filter(|name| !object.contains_key(**name))
                    .copied(),
            );
            let known = |name: &&str| names.contains(name) || NOT_ALWAYS.contains(name);
            unknown.extend(
                object
                    .keys()
                    .map(String::as_str)
                    .filter(|name| !known(name)),
            );
        }
        for name in absent {
            told.push(format!("{place}/{name}: absent, it does not follow from the report; check the design again for it"));
        }
        for name in unknown {
            told.push(format!(
                "{place}/{}: kept, no name that this version knows",
                quoted(name)
            ));
        }
    }
    told
}

/// The objects at a place.
fn objects<'v>(report: &'v Value, place: &str) -> Vec<&'v Map<String, Value>> {
    let mut found = vec![report];
    for step in place.split('/').skip(1) {
        found = match step {
            "*" => found
                .into_iter()
                .filter_map(Value::as_array)
                .flatten()
                .collect(),
            name => found
                .into_iter()
                .filter_map(|value| value.get(name))
                .collect(),
        };
    }
    found.into_iter().filter_map(Value::as_object).collect()
}
