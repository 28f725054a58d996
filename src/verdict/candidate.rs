//! The five statuses of a candidate and whether it meets both standards.

use super::ledger::{judge, name};
use super::{DecisionRule, Judgement, Status};
use crate::standard::{Programme, Side, Standard};
use serde::Serialize;
use serde_json::Value;

/// What there is to judge of one pathway or of the pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Evaluation<'r> {
    /// The record.
    Record(&'r Value),
    /// The design declares no such pathway.
    NotDeclared,
    /// Declared, and no record came of it; the reason.
    NotEvaluated(&'r str),
}

/// What there is to judge of one candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Candidate<'r> {
    /// A machine with magnets.
    Magnets {
        /// Pathway A.
        a: Evaluation<'r>,
        /// Pathway B.
        b: Evaluation<'r>,
        /// B relative to A. Ignored when a pathway is not declared.
        pair: Evaluation<'r>,
    },
    /// A machine without magnets: its single record, of pathway `none`.
    Magnetless(Evaluation<'r>),
}

/// The status of each of the five standards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Statuses {
    /// Magnet A on record A.
    pub magnet_a: Status,
    /// Motor A on record A.
    pub motor_a: Status,
    /// Magnet B on record B.
    pub magnet_b: Status,
    /// Motor B on record B.
    pub motor_b: Status,
    /// Interchange on the pair record.
    pub interchange: Status,
}

impl Statuses {
    /// In the order in which they are printed.
    pub fn all(&self) -> [Status; 5] {
        [
            self.magnet_a,
            self.motor_a,
            self.magnet_b,
            self.motor_b,
            self.interchange,
        ]
    }

    /// Whether the candidate meets both; `None` when that could not be judged. Failure of one is
    /// decisive; what could not be judged comes before what is undecided.
    pub fn meets_both(&self) -> Option<bool> {
        let all = self.all();
        if all.contains(&Status::Failed) {
            Some(false)
        } else if all.contains(&Status::CouldNotJudge) {
            None
        } else {
            Some(!all.contains(&Status::Undecided))
        }
    }
}

/// A candidate under the five standards of its sector.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateVerdict {
    /// Whether it meets both, null when that could not be judged.
    pub meets_both: Option<bool>,
    /// The five statuses.
    pub statuses: Statuses,
    /// The ledgers behind them. A standard that is not required has none.
    pub judgements: Vec<Judgement>,
}

impl CandidateVerdict {
    /// The verdict as far as a screening may go: a candidate does not meet both, or is not judged. It never meets both,
    /// even under standards that ask for nothing of the field.
    #[must_use]
    pub fn of_screening(self) -> Self {
        Self {
            meets_both: self.meets_both.filter(|meets| !meets),
            ..self
        }
    }
}

/// Judges a candidate under a programme.
pub fn judge_candidate(
    programme: &Programme,
    candidate: Candidate<'_>,
    rule: DecisionRule,
) -> CandidateVerdict {
    let mut judgements = Vec::new();
    let mut status = |standard: &Standard, evaluation: Evaluation<'_>| {
        let judgement = of_evaluation(standard, evaluation, rule);
        let verdict = judgement.verdict;
        judgements.push(judgement);
        verdict
    };
    let statuses = match candidate {
        Candidate::Magnets { a, b, pair } => {
            let undeclared = [a, b].into_iter().any(|e| e == Evaluation::NotDeclared);
            let pair = if undeclared {
                Evaluation::NotDeclared
            } else {
                pair
            };
            Statuses {
                magnet_a: status(&programme.magnet_a, a),
                motor_a: status(&programme.motor_a, a),
                magnet_b: status(&programme.magnet_b, b),
                motor_b: status(&programme.motor_b, b),
                interchange: status(&programme.interchange, pair),
            }
        }
        Candidate::Magnetless(record) => {
            let motor_a = status(&programme.motor_a, record);
            let motor_b = status(&programme.motor_b, record);
            let not = Status::NotRequired;
            Statuses {
                magnet_a: not,
                motor_a,
                magnet_b: not,
                motor_b,
                interchange: not,
            }
        }
    };
    CandidateVerdict {
        meets_both: statuses.meets_both(),
        statuses,
        judgements,
    }
}

fn of_evaluation(standard: &Standard, evaluation: Evaluation<'_>, rule: DecisionRule) -> Judgement {
    let pathway = standard.header.side.name().to_owned();
    let (verdict, reason) = match evaluation {
        Evaluation::Record(record) => return judge(standard, record, rule),
        Evaluation::NotDeclared => (Status::Failed, not_declared(standard.header.side)),
        Evaluation::NotEvaluated(reason) => (Status::CouldNotJudge, reason.to_owned()),
    };
    let (standard, clauses) = (name(standard), Vec::new());
    Judgement {
        standard,
        pathway,
        verdict,
        reason: Some(reason),
        clauses,
    }
}

fn not_declared(side: Side) -> String {
    match side {
        Side::A => "pathway A not declared".to_owned(),
        Side::B => "pathway B not declared".to_owned(),
        Side::Pair => "not both pathways are declared".to_owned(),
        Side::Any => "the pathway is not declared".to_owned(),
    }
}
