//! From the facts about a candidate to its verdict.

use crate::cli::physics::Evaluated;
use crate::design::{Candidate, Pathway};
use crate::standard::Standards;
use crate::verdict::{
    self, CandidateVerdict, DecisionRule, Evaluation, Judgement, MarketVerdict, Statuses,
};

/// The standards of a run and how they are applied.
pub(in crate::cli) struct Judge {
    pub(in crate::cli) standards: Standards,
    pub(in crate::cli) rule: DecisionRule,
}

impl Judge {
    /// Judges what physics said about a candidate. Without standards for its sector nothing can be
    /// judged; the second value says so.
    pub(in crate::cli) fn verdict(
        &self,
        sector: &str,
        candidate: &Candidate,
        evaluated: &Result<Evaluated, String>,
    ) -> (CandidateVerdict, Option<String>) {
        let Some(programme) = self.standards.programme(sector) else {
            let known: Vec<&str> = self
                .standards
                .programmes()
                .iter()
                .map(|programme| programme.sector.as_str())
                .collect();
            let reason = format!(
                "no standard for sector `{sector}`, only for {}",
                known.join(", ")
            );
            return (unjudged(), Some(reason));
        };
        let verdict = verdict::judge_candidate(programme, subject(candidate, evaluated), self.rule);
        (verdict, None)
    }

    /// What markets say of the same facts, after the programme has spoken.
    pub(in crate::cli) fn markets(
        &self,
        names: &[String],
        sector: &str,
        candidate: &Candidate,
        evaluated: &Result<Evaluated, String>,
        core: &[Judgement],
    ) -> Vec<MarketVerdict> {
        let asked = names.iter().filter_map(|name| {
            let market = self.standards.market(name)?;
            Some((market, market.market.as_ref()?))
        });
        asked
            .map(|(market, asks)| {
                let subject = subject(candidate, evaluated);
                verdict::judge_market(market, asks, sector, subject, core, self.rule)
            })
            .collect()
    }
}

/// What there is to judge of a candidate.
fn subject<'e>(
    candidate: &Candidate,
    evaluated: &'e Result<Evaluated, String>,
) -> verdict::Candidate<'e> {
    let declared = &candidate.magnet_pathways;
    let both = declared.a.as_ref().and(declared.b.as_ref());
    if candidate.has_magnets() {
        verdict::Candidate::Magnets {
            a: of_pathway("a", declared.a.as_ref(), evaluated),
            b: of_pathway("b", declared.b.as_ref(), evaluated),
            pair: of_pathway("pair", both, evaluated),
        }
    } else {
        verdict::Candidate::Magnetless(record("none", evaluated))
    }
}

fn of_pathway<'e>(
    name: &str,
    declared: Option<&Pathway>,
    evaluated: &'e Result<Evaluated, String>,
) -> Evaluation<'e> {
    match declared {
        None => Evaluation::NotDeclared,
        Some(_) => record(name, evaluated),
    }
}

/// The record of a pathway, or why there is none.
fn record<'e>(name: &str, evaluated: &'e Result<Evaluated, String>) -> Evaluation<'e> {
    let facts = match evaluated {
        Ok(facts) => facts,
        Err(reason) => return Evaluation::NotEvaluated(reason),
    };
    if let Some(found) = facts.records.iter().find(|record| record.pathway == name) {
        return Evaluation::Record(&found.record);
    }
    let failure = facts.failures.iter().find(|(pathway, _)| *pathway == name);
    Evaluation::NotEvaluated(failure.map_or("no record came of it", |(_, reason)| reason))
}

/// A candidate that no standard speaks of.
fn unjudged() -> CandidateVerdict {
    let none = verdict::Status::CouldNotJudge;
    CandidateVerdict {
        meets_both: None,
        statuses: Statuses {
            magnet_a: none,
            motor_a: none,
            magnet_b: none,
            motor_b: none,
            interchange: none,
        },
        judgements: Vec::new(),
    }
}
