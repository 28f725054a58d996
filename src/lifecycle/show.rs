//! One standard as it reads: for people, for publication, as JSON.

use super::{market, words};
use crate::report::{FORMAT_VERSION, Tool, limit_text, with_unit};
use crate::source::nearest;
use crate::standard::{Clause, Standard};
use serde_json::{Value, json};
use std::fmt::Write;

/// The version of a standard that a name means: `ev_traction_motor_b`, its newest version, or
/// `ev_traction_motor_b/0.1.0`. `standards` has the oldest version of a series first.
///
/// # Errors
/// One sentence with the nearest name.
pub fn find<'s>(standards: &'s [Standard], name: &str) -> Result<&'s Standard, String> {
    let (series, version) = match name.split_once('/') {
        Some((series, version)) => (series, Some(version)),
        None => (name, None),
    };
    let of_series: Vec<&Standard> = standards
        .iter()
        .filter(|s| s.header.series == series)
        .collect();
    let Some(newest) = of_series.last() else {
        let known = standards.iter().map(|s| s.header.series.as_str());
        let meant = nearest(series, known)
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(format!(
            "no standard `{name}`{meant}; `standard list` shows what there is"
        ));
    };
    let Some(version) = version else {
        return Ok(newest);
    };
    let exact = of_series.iter().find(|s| s.header.version == version);
    exact.copied().ok_or_else(|| {
        let known: Vec<&str> = of_series
            .iter()
            .map(|s| s.header.version.as_str())
            .collect();
        format!(
            "no version {version} of {series}, only {}",
            known.join(", ")
        )
    })
}

/// For people.
pub fn show_text(standard: &Standard) -> String {
    let mut text = String::new();
    let header = &standard.header;
    let _ = writeln!(text, "{}", standard.title);
    let _ = writeln!(text, "{}", standard.name());
    let _ = writeln!(text, "  status   {}", state(standard));
    let _ = writeln!(
        text,
        "  judges   {} {}, sector {}",
        header.subject.name(),
        header.side.name(),
        header.sector
    );
    let _ = writeln!(text, "  record   {}", header.record_schema);
    let _ = writeln!(text, "  digest   sha256:{}", standard.digest);
    let _ = writeln!(text, "  {}\n", standard.description);
    let _ = writeln!(text, "0 {} (shall)", standard.identity.title);
    for (field, words) in &standard.identity.pinned {
        let _ = writeln!(text, "  {}", words::is(field, words));
    }
    for clause in &standard.clauses {
        let _ = write!(text, "\n{}", clause_text(clause, ""));
    }
    market::text(&mut text, standard);
    text
}

/// A clause for people, each line after `indent`.
pub(super) fn clause_text(clause: &Clause, indent: &str) -> String {
    let mut text = String::new();
    let level = words::level(clause.level);
    let _ = writeln!(text, "{indent}{} {} ({level})", clause.id, clause.title);
    let mut line = |key: &str, words: String| {
        let _ = writeln!(text, "{indent}  {key:<11}{words}");
    };
    line("asks", words::asks(clause));
    line("applies", words::applies(clause));
    if !clause.covered_by.is_empty() {
        line("covered by", words::covers(clause));
    }
    line("means", clause.description.clone());
    line("because", clause.rationale.clone());
    line("source", words::source(&clause.source));
    for other in words::background(&clause.source) {
        line("background", other);
    }
    line("change", clause.remedy.join(", ").replace('_', " "));
    text
}

fn state(standard: &Standard) -> String {
    let header = &standard.header;
    let mut state = words::status(header.status).to_owned();
    for (what, day) in [
        ("issued", &header.issued),
        ("effective from", &header.effective_from),
    ] {
        if let Some(day) = day {
            let _ = write!(state, ", {what} {day}");
        }
    }
    if let Some(before) = &header.supersedes {
        let _ = write!(state, ", replaces {before}");
    }
    state
}

/// For publication: Markdown with one table of the clauses and one section a clause.
pub fn show_markdown(standard: &Standard) -> String {
    let mut text = String::new();
    let header = &standard.header;
    let _ = writeln!(text, "# {}\n", prose(&standard.title));
    let _ = writeln!(text, "{}\n", prose(&standard.description));
    let _ = writeln!(text, "| | |\n|---|---|");
    let judges = format!(
        "{} {}, sector {}",
        header.subject.name(),
        header.side.name(),
        header.sector
    );
    for (key, value) in [
        ("series", header.series.clone()),
        ("version", header.version.clone()),
        ("status", state(standard)),
        ("judges", judges),
        ("record schema", header.record_schema.clone()),
        ("digest", format!("sha256:{}", standard.digest)),
    ] {
        let _ = writeln!(text, "| {key} | {} |", cell(&value));
    }
    let _ = writeln!(
        text,
        "\n## Clauses\n\n| clause | title | level | asks | applies |\n|---|---|---|---|---|"
    );
    let pinned: Vec<String> = standard
        .identity
        .pinned
        .iter()
        .map(|(f, w)| words::is(f, w))
        .collect();
    let _ = writeln!(
        text,
        "| 0 | {} | shall | {} | always |",
        cell(&standard.identity.title),
        cell(&pinned.join("; "))
    );
    for clause in &standard.clauses {
        let limit = with_unit(&limit_text(&clause.limit.to_value()), clause.field.unit);
        let _ = writeln!(
            text,
            "| {} | {} | {} | `{}` {} | {} |",
            clause.id,
            cell(&clause.title),
            words::level(clause.level),
            clause.field.name,
            cell(&limit),
            cell(&words::applies(clause)),
        );
    }
    for clause in &standard.clauses {
        let _ = writeln!(
            text,
            "\n### {} {}\n\n{}\n",
            clause.id,
            prose(&clause.title),
            prose(&clause.description)
        );
        let _ = writeln!(text, "- Rationale: {}", prose(&clause.rationale));
        let source = words::source(&clause.source);
        let _ = writeln!(text, "- Source: {}", prose(&source));
        for other in words::background(&clause.source) {
            let _ = writeln!(text, "- Background: {}", prose(&other));
        }
        if !clause.covered_by.is_empty() {
            let _ = writeln!(text, "- Covered by: {}", prose(&words::covers(clause)));
        }
        let _ = writeln!(text, "- Revision of the clause: {}", clause.revision);
    }
    market::markdown(&mut text, standard);
    text
}

/// Text in a table cell.
pub(super) fn cell(text: &str) -> String {
    prose(text).replace('|', "\\|")
}

/// Text as text: no mark-up of a page and no link.
fn prose(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('[', "\\[")
}

/// As JSON: what was read of the standard, clause by clause.
pub fn show_json(standard: &Standard) -> Value {
    let pinned = |(field, words): &(&crate::record::field::Field, Vec<Value>)| json!({"field": field.name, "words": words});
    let mut shown = json!({
        "format_version": FORMAT_VERSION,
        "tool": Tool::THIS,
        "file": standard.file,
        "header": standard.header,
        "title": standard.title,
        "description": standard.description,
        "digest": format!("sha256:{}", standard.digest),
        "identity": standard.identity.pinned.iter().map(pinned).collect::<Vec<_>>(),
        "clauses": standard.clauses.iter().map(clause_json).collect::<Vec<_>>(),
    });
    if standard.market.is_some() {
        shown["market"] = standard.schema["x-market"].clone();
    }
    shown
}

/// One clause as JSON.
pub(super) fn clause_json(clause: &Clause) -> Value {
    let condition = clause.condition.as_ref().map(|condition| {
        let part = |(field, words): &(&'static crate::record::field::Field, Vec<Value>)| {
            json!({"field": field.name, "words": words})
        };
        condition.iter().map(part).collect::<Vec<_>>()
    });
    let mut shown = json!({
        "id": clause.id,
        "title": clause.title,
        "description": clause.description,
        "revision": clause.revision,
        "level": clause.level,
        "field": clause.field.name,
        "limit": clause.limit.to_value(),
        "unit": clause.field.unit,
        "condition": condition,
        "rationale": clause.rationale,
        "source": clause.source,
        "remedy": clause.remedy,
    });
    if !clause.covered_by.is_empty() {
        shown["covered_by"] = json!(clause.covered_by);
    }
    shown
}
