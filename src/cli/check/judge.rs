//! From the facts about a candidate to its verdict.

use crate::cli::physics::Evaluated;
use crate::design::{Candidate, Pathway};
use crate::standard::Standards;
use crate::verdict::{self, CandidateVerdict, DecisionRule, Evaluation, Statuses};

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
        let declared = &candidate.magnet_pathways;
        let both = declared.a.as_ref().and(declared.b.as_ref());
        let subject = if candidate.has_magnets() {
            verdict::Candidate::Magnets {
                a: of_pathway("a", declared.a.as_ref(), evaluated),
                b: of_pathway("b", declared.b.as_ref(), evaluated),
                pair: of_pathway("pair", both, evaluated),
            }
        } else {
            verdict::Candidate::Magnetless(record("none", evaluated))
        };
        let verdict = verdict::judge_candidate(programme, subject, self.rule);
        (verdict, None)
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
