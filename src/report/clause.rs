//! The clauses that stand in a candidate's way.

use super::human::{limit_text, value_text, with_unit};
use super::{CandidateReport, ClauseReport, ClauseVerdict, Judgement};
use std::fmt::Write;

/// Verdicts in the order in which they are told: what is certain to be wrong first.
const TOLD: [ClauseVerdict; 3] = [
    ClauseVerdict::Failed,
    ClauseVerdict::Undecided,
    ClauseVerdict::CouldNotJudge,
];

/// Everything of a candidate that is not met, with value, limit, margin and what may be changed.
/// Clauses that block come before those that advise.
pub(super) fn obstacles(candidate: &CandidateReport, place: &str) -> String {
    let mut text = String::new();
    for blocking in [true, false] {
        for verdict in TOLD {
            for judgement in &candidate.judgements {
                let told = judgement.clauses.iter().filter(|clause| {
                    clause.verdict == verdict && (clause.level == "shall") == blocking
                });
                for clause in told {
                    obstacle(&mut text, judgement, clause, place);
                }
            }
        }
    }
    text
}

fn obstacle(text: &mut String, judgement: &Judgement, clause: &ClauseReport, place: &str) {
    let standard = &judgement.standard;
    let side = match standard.side.as_str() {
        "pair" => String::new(),
        side => format!(" {}", side.to_uppercase()),
    };
    let advice = match clause.level.as_str() {
        "shall" => String::new(),
        level => format!(" ({level}, does not block)"),
    };
    let verdict = clause.verdict.words();
    let ClauseReport {
        id, title, field, ..
    } = clause;
    let _ = writeln!(
        text,
        "  {verdict}: {}{side} {id}, {title}{advice}",
        standard.subject
    );
    let _ = write!(text, "    {field}: ");
    let _ = match (clause.value.is_null(), clause.uncertainty) {
        (true, _) => write!(text, "no value"),
        (false, Some(band)) if band > 0.0 => {
            let value = value_text(&clause.value);
            write!(text, "{} ± {band}", with_unit(&value, &clause.unit))
        }
        (false, _) => write!(
            text,
            "{}",
            with_unit(&value_text(&clause.value), &clause.unit)
        ),
    };
    let _ = write!(
        text,
        ", limit {}",
        with_unit(&limit_text(&clause.limit), &clause.unit)
    );
    if let Some(margin) = clause.margin {
        let _ = write!(
            text,
            ", margin {}",
            with_unit(&margin.to_string(), &clause.unit)
        );
    }
    text.push('\n');
    if let Some(basis) = &clause.basis {
        let _ = writeln!(text, "    basis: {basis}");
    }
    if clause.verdict == ClauseVerdict::Undecided {
        let _ = writeln!(
            text,
            "    the margin is smaller than the uncertainty; a finite-element solution or a test of \
             {field} would decide"
        );
    }
    if !clause.remedy.is_empty() {
        let _ = writeln!(text, "    change: {}", clause.remedy.join(", "));
    }
    let _ = writeln!(text, "    at {place}");
}
