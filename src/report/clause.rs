//! The clauses that stand in a candidate's way.

use super::CandidateReport;
use super::human::{limit_text, value_text, with_unit};
use crate::source::Place;
use crate::standard::{Level, Side};
use crate::verdict::{ClauseStatus, ClauseVerdict, Judgement, Status};
use std::fmt::Write;

/// Verdicts in the order in which they are told: what is certain to be wrong first.
const TOLD: [ClauseStatus; 3] = [
    ClauseStatus::Failed,
    ClauseStatus::CouldNotJudge,
    ClauseStatus::Undecided,
];

/// Everything of a candidate that is not met, with value, limit, margin and what may be changed.
/// Clauses that block come before those that advise.
pub(super) fn obstacles(candidate: &CandidateReport, file: &str) -> String {
    let mut text = String::new();
    without_clauses(&mut text, &candidate.judgements);
    for blocking in [true, false] {
        for verdict in TOLD {
            for judgement in &candidate.judgements {
                let told = judgement.clauses.iter().filter(|clause| {
                    clause.verdict == verdict && (clause.level == Level::Shall) == blocking
                });
                for clause in told {
                    let Place { line, column, .. } = candidate.place_of(judgement, clause);
                    let place = format!("{file}:{line}:{column}");
                    obstacle(&mut text, judgement, clause, &place);
                }
            }
        }
    }
    text
}

/// Standards that said something about a record as a whole; those of one reason share a line.
fn without_clauses(text: &mut String, judgements: &[Judgement]) {
    let mut lines: Vec<(Status, &str, Vec<String>)> = Vec::new();
    for judgement in judgements {
        let Some(reason) = judgement.reason.as_deref() else {
            continue;
        };
        let name = standard_name(judgement);
        match lines
            .iter_mut()
            .find(|line| (line.0, line.1) == (judgement.verdict, reason))
        {
            Some(line) => line.2.push(name),
            None => lines.push((judgement.verdict, reason, vec![name])),
        }
    }
    for (verdict, reason, names) in lines {
        let _ = writeln!(
            text,
            "  {}: {}: {reason}",
            verdict.words(),
            names.join(", ")
        );
    }
}

/// Subject and side of a standard, for example `motor B`.
pub(super) fn standard_name(judgement: &Judgement) -> String {
    let subject = judgement.standard.subject.name();
    match judgement.standard.side {
        Side::A => format!("{subject} A"),
        Side::B => format!("{subject} B"),
        Side::Pair => subject.to_owned(),
        Side::Any => judgement.standard.series.replace('_', " "),
    }
}

fn obstacle(text: &mut String, judgement: &Judgement, clause: &ClauseVerdict, place: &str) {
    let advice = match clause.level {
        Level::Shall => "",
        Level::Should => " (should, does not block)",
        Level::Info => " (information, does not block)",
    };
    let verdict = clause.verdict.words();
    let standard = standard_name(judgement);
    let ClauseVerdict { id, title, .. } = clause;
    let _ = writeln!(text, "  {verdict}: {standard} {id}, {title}{advice}");
    let _ = writeln!(text, "    {}", measured(clause));
    if let Some(reason) = &clause.reason {
        let _ = writeln!(text, "    {reason}");
    }
    if let Some(basis) = &clause.basis {
        let _ = writeln!(text, "    basis: {basis}");
    }
    if !clause.remedy.is_empty() {
        let _ = writeln!(text, "    change: {}", remedy_words(clause));
    }
    let _ = writeln!(text, "    at {place}");
}

/// What may be changed, as people read it.
pub(super) fn remedy_words(clause: &ClauseVerdict) -> String {
    let words: Vec<String> = clause.remedy.iter().map(|r| r.replace('_', " ")).collect();
    words.join(", ")
}

/// Field, value with its uncertainty, limit and margin, all in the field's unit.
pub(super) fn measured(clause: &ClauseVerdict) -> String {
    let unit = &clause.unit;
    let value = match (clause.value.is_null(), clause.uncertainty) {
        (true, _) => "no value".to_owned(),
        (false, Some(band)) if band > 0.0 => {
            let range = format!("{} ± {band}", value_text(&clause.value));
            with_unit(&range, unit)
        }
        (false, _) => with_unit(&value_text(&clause.value), unit),
    };
    let limit = with_unit(&limit_text(&clause.limits), unit);
    let margin = clause.margin.map_or_else(String::new, |margin| {
        format!(", margin {}", with_unit(&margin.to_string(), unit))
    });
    format!("{}: {value}, limit {limit}{margin}", clause.field)
}
