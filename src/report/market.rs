//! What markets say of a candidate, for people.

use super::clause::measured;
use super::{CandidateReport, plural};
use crate::standard::Level;
use crate::verdict::{ClauseStatus, MarketVerdict, OpenRequirement};
use std::fmt::Write;

/// Every market that was asked for: covered, judged on its own, open, and what does not bind.
pub(super) fn list(candidate: &CandidateReport) -> String {
    let mut text = String::new();
    for market in &candidate.markets {
        let _ = writeln!(text, "  market {}: {}", market.name, headline(market));
        clauses(&mut text, market);
        for open in &market.open {
            let _ = writeln!(text, "    open: {}", open_line(open));
        }
        for rule in &market.outside {
            let _ = writeln!(
                text,
                "    does not bind: {} {} ({}, {})",
                rule.id,
                rule.title,
                rule.source,
                rule.evidence.name()
            );
        }
    }
    text
}

/// The counts in one line, with the file that they come from.
pub(super) fn headline(market: &MarketVerdict) -> String {
    let lines = || market.judgements.iter().flat_map(|one| &one.clauses);
    let with = |verdict| lines().filter(|line| line.verdict == verdict).count();
    let covered = market.covered.len();
    let rest = [
        (with(ClauseStatus::Met) - covered, "met on its own"),
        (with(ClauseStatus::Failed), "failed"),
        (with(ClauseStatus::Undecided), "undecided"),
        (with(ClauseStatus::CouldNotJudge), "could not judge"),
    ];
    let mut text = format!("{covered} covered by the programme");
    for (count, word) in rest.into_iter().filter(|(count, _)| *count > 0) {
        let _ = write!(text, ", {count} {word}");
    }
    let open = market.open.len();
    let _ = write!(
        text,
        ", {} open; {} {}",
        plural(open, "requirement"),
        market.series,
        market.version
    );
    text
}

fn clauses(text: &mut String, market: &MarketVerdict) {
    for judgement in &market.judgements {
        let pathway = match judgement.pathway.as_str() {
            "none" => String::new(),
            pathway => format!(", pathway {}", pathway.to_uppercase()),
        };
        if let Some(reason) = &judgement.reason {
            let _ = writeln!(text, "    {}{pathway}: {reason}", judgement.verdict.words());
        }
        for line in &judgement.clauses {
            let of = format!("{} {}{pathway}", line.id, line.title);
            let advice = advice(line.level);
            let _ = match (line.verdict, market.cover(&judgement.pathway, &line.id)) {
                (ClauseStatus::NotApplicable, _) => Ok(()),
                (_, Some(by)) => writeln!(
                    text,
                    "    covered: {of}, by {} {} {}",
                    by.by_standard, by.by_version, by.by_clause
                ),
                (verdict, None) => writeln!(
                    text,
                    "    {}: {of}{advice}: {}",
                    verdict.words(),
                    measured(line)
                ),
            };
        }
    }
}

/// One open requirement: how it is shown, what it is, and how well that is known.
pub(super) fn open_line(open: &OpenRequirement) -> String {
    format!(
        "{} {}{}: shown by {} only ({}, {})",
        open.id,
        open.title,
        advice(open.level),
        open.proof.name(),
        open.source,
        open.evidence.name()
    )
}

fn advice(level: Level) -> &'static str {
    match level {
        Level::Shall => "",
        Level::Should => " (should)",
        Level::Info => " (information)",
    }
}
