//! Parts of a standard in words, the same in every rendering.

use crate::record::field::Field;
use crate::report::{limit_text, value_text, with_unit};
use crate::standard::{Clause, Entry, Evidence, Level, Source, Status};
use serde_json::Value;

/// The level as a standard writes it.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Shall => "shall",
        Level::Should => "should",
        Level::Info => "info",
    }
}

/// The status as a standard writes it.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Published => "published",
        Status::Withdrawn => "withdrawn",
    }
}

/// The evidence word and what it means.
pub(super) fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Primary => "primary: the official text was read",
        Evidence::Secondary => "secondary: a page that states it was read",
        Evidence::Tertiary => "tertiary: a page that quotes such a page was read",
        Evidence::Dataset => "dataset: computed from published data",
        Evidence::Brief => "brief: asked for by the project's brief",
        Evidence::Project => "project: set by this project for the reason given",
        Evidence::Recalled => "recalled: remembered and not confirmed",
    }
}

/// Field and limit: `peak_torque_to_requirement_ratio ≥ 0.95`.
pub(super) fn asks(clause: &Clause) -> String {
    let limit = limit_text(&clause.limit.to_value());
    let is = if clause.limit.margin(0.0).is_some() {
        " "
    } else {
        " is "
    };
    format!(
        "{}{is}{}",
        clause.field.name,
        with_unit(&limit, clause.field.unit)
    )
}

/// Level, field and limit, condition: what a clause says in one line.
pub(super) fn said(clause: &Clause) -> String {
    format!(
        "{}, {}, {}",
        level(clause.level),
        asks(clause),
        applies(clause)
    )
}

/// The condition: `where magnet_family is ndfeb`, or `always`.
pub(super) fn applies(clause: &Clause) -> String {
    match &clause.condition {
        None => "always".to_owned(),
        Some(condition) => {
            let parts: Vec<String> = condition.iter().map(|(f, words)| is(f, words)).collect();
            format!("where {}", parts.join(" and "))
        }
    }
}

/// `has_magnets is true`, `magnet_family is ndfeb or smco`.
pub(super) fn is(field: &Field, words: &[Value]) -> String {
    format!("{} is {}", field.name, either(words))
}

/// The clauses of programmes that cover a clause of a market, or `none`.
pub(super) fn covers(clause: &Clause) -> String {
    if clause.covered_by.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<String> = clause.covered_by.iter().map(ToString::to_string).collect();
    names.join(", ")
}

/// The condition of an entry of a market, or `always`.
pub(super) fn concerns(entry: &Entry) -> String {
    match &entry.condition {
        None => "always".to_owned(),
        Some(condition) => {
            let parts: Vec<String> = condition.iter().map(|(f, words)| is(f, words)).collect();
            format!("where {}", parts.join(" and "))
        }
    }
}

/// Words joined by *or*.
pub(super) fn either(words: &[Value]) -> String {
    let words: Vec<String> = words.iter().map(value_text).collect();
    words.join(" or ")
}

/// Document, edition, place and evidence in one line.
pub(super) fn source(source: &Source) -> String {
    let place = source
        .clause
        .as_ref()
        .map_or_else(String::new, |clause| format!(", {clause}"));
    format!(
        "{}, edition {}{place} ({})",
        source.document,
        source.edition,
        evidence(source.evidence)
    )
}

/// The documents that speak of the same thing, one line each.
pub(super) fn background(source: &Source) -> Vec<String> {
    let lines = source.background.iter().map(|other| {
        let edition = other
            .edition
            .as_ref()
            .map_or_else(String::new, |edition| format!(", edition {edition}"));
        let place = other
            .clause
            .as_ref()
            .map_or_else(String::new, |clause| format!(", {clause}"));
        format!(
            "{}{edition}{place}: {} ({})",
            other.document,
            other.says,
            evidence(other.evidence)
        )
    });
    lines.collect()
}
