//! What changes of a standard beside what it judges: header, title, clause 0 in its words, order.

use crate::lifecycle::words;
use crate::standard::Standard;
use serde_json::Value;

/// What changes in the header beside the version.
pub(super) fn changes(old: &Standard, new: &Standard) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let (one, other) = (&old.header, &new.header);
    let lines = [
        ("title", old.title.clone(), new.title.clone()),
        (
            "description",
            old.description.clone(),
            new.description.clone(),
        ),
        (
            "status",
            words::status(one.status).to_owned(),
            words::status(other.status).to_owned(),
        ),
        ("issued", text(&one.issued), text(&other.issued)),
        (
            "effective from",
            text(&one.effective_from),
            text(&other.effective_from),
        ),
        (
            "record schema",
            one.record_schema.clone(),
            other.record_schema.clone(),
        ),
        (
            "title of clause 0",
            old.identity.title.clone(),
            new.identity.title.clone(),
        ),
        ("other texts of clause 0", texts(old), texts(new)),
        ("$id", place(old), place(new)),
        ("order of the clauses", order(old, new), order(new, old)),
    ];
    lines
        .into_iter()
        .filter(|(_, one, other)| one != other)
        .map(|(what, one, other)| format!("{what}: {one} → {other}"))
        .collect()
}

/// Clause 0 without its title and what it pins, as it is written.
fn texts(standard: &Standard) -> String {
    let clauses = standard.schema["$defs"].as_object();
    let mut clause = clauses
        .and_then(|clauses| clauses.values().next())
        .cloned()
        .unwrap_or_default();
    if let Value::Object(members) = &mut clause {
        for key in ["title", "required", "properties"] {
            members.remove(key);
        }
    }
    clause.to_string()
}

/// `$id` without the version.
fn place(standard: &Standard) -> String {
    let id = standard.schema["$id"].as_str().unwrap_or_default();
    id.trim_end_matches(&standard.header.version).to_owned()
}

/// The clauses that another version has too, in their order.
fn order(standard: &Standard, other: &Standard) -> String {
    let shared = standard
        .clauses
        .iter()
        .map(|clause| clause.id.as_str())
        .filter(|id| other.clauses.iter().any(|clause| clause.id == *id));
    shared.collect::<Vec<_>>().join(", ")
}
