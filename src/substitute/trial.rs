//! One grade on one pathway: evaluated as far as it takes to know whether it meets its own two standards.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::offer::{Offer, Origin};
use crate::evaluate::{Facts, Side};
use crate::standard::{Level, Programme, Standard};
use crate::verdict::{ClauseStatus, ClauseVerdict, DecisionRule, Judgement, Status, judge};

/// How far a trial came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// Meets the standards of its side.
    Meets,
    /// Solved, and a clause of its side is not met.
    Solved,
    /// A clause that needs no field solution is not met; not solved.
    Screened,
}

/// The clause that keeps a trial from its side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Binding {
    /// Standard, for example `motor b`.
    pub standard: String,
    /// Number of the clause.
    pub clause: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub verdict: ClauseStatus,
    /// The judged field.
    pub field: String,
    /// What the record holds.
    pub value: Value,
    /// The limit.
    pub limit: Value,
    /// Unit.
    pub unit: String,
    /// Signed distance to the limit over the scale of the clause.
    pub margin_ratio: Option<f64>,
    /// How many clauses are not met.
    pub unmet_count: usize,
}

/// A grade on a pathway.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Its terms.
    pub offer: Offer,
    /// Which pathway.
    pub side: Side,
    /// How far it came.
    pub stand: Stand,
    /// The record, with the field solution if it was solved.
    pub record: Value,
    /// The solution.
    pub facts: Option<Arc<Facts>>,
    /// What keeps it from its side; the clause that is farthest from being met.
    pub binding: Option<Binding>,
}

impl Trial {
    /// Grade.
    #[must_use]
    pub fn grade(&self) -> &str {
        &self.offer.pathway.grade
    }

    /// Whether its supply is only assumed.
    #[must_use]
    pub fn assumed(&self) -> bool {
        self.offer.origin == Origin::Assumed
    }
}

/// The two standards of a side.
fn of_side(programme: &Programme, side: Side) -> [&Standard; 2] {
    match side {
        Side::A => [&programme.magnet_a, &programme.motor_a],
        Side::B => [&programme.magnet_b, &programme.motor_b],
    }
}

/// Holds a record against the standards of a side.
pub(super) fn judgements(
    programme: &Programme,
    side: Side,
    record: &Value,
    rule: DecisionRule,
) -> [Judgement; 2] {
    of_side(programme, side).map(|standard| judge(standard, record, rule))
}

/// Whether nothing that a field solution could still give would make these met: a blocking clause fails, or is
/// undecided or cannot be judged for another reason than that nothing was solved. `waiting` is that reason; a
/// field of which the record says nothing at all may come with the solution.
pub(super) fn hopeless(judgements: &[Judgement], record: &Value, waiting: &str) -> bool {
    let waits = |field: &str| {
        let basis = record["basis"].get(field);
        basis.is_none_or(|reason| reason.as_str() == Some(waiting))
    };
    let failed = judgements
        .iter()
        .any(|judgement| judgement.verdict == Status::Failed);
    failed
        || blocking(judgements).any(|(_, clause)| {
            let open = matches!(
                clause.verdict,
                ClauseStatus::Undecided | ClauseStatus::CouldNotJudge
            );
            open && !waits(&clause.field)
        })
}

/// Whether both are met.
pub(super) fn met(judgements: &[Judgement]) -> bool {
    judgements
        .iter()
        .all(|judgement| judgement.verdict == Status::Met)
}

fn blocking(judgements: &[Judgement]) -> impl Iterator<Item = (&Judgement, &ClauseVerdict)> {
    judgements
        .iter()
        .flat_map(|judgement| {
            judgement
                .clauses
                .iter()
                .map(move |clause| (judgement, clause))
        })
        .filter(|(_, clause)| clause.level == Level::Shall)
}

/// Margins of the blocking clauses over their scales, the smallest first, of values that are uncertain. What is declared
/// or counted is what it is: at its limit it has nothing to lose, and it would hide how near the rest is.
pub(super) fn margins(judgements: &[Judgement]) -> Vec<f64> {
    let uncertain = blocking(judgements).filter(|(_, c)| c.uncertainty.is_some_and(|u| u > 0.0));
    let mut margins: Vec<f64> = uncertain.filter_map(|(_, c)| c.margin_ratio).collect();
    margins.sort_by(f64::total_cmp);
    margins
}

/// The unmet blocking clause that lies farthest from its limit; of clauses without a margin the first.
pub(super) fn binding(judgements: &[Judgement]) -> Option<Binding> {
    let unmet: Vec<(&Judgement, &ClauseVerdict)> = blocking(judgements)
        .filter(|(_, clause)| {
            !matches!(
                clause.verdict,
                ClauseStatus::Met | ClauseStatus::NotApplicable
            )
        })
        .collect();
    let margin = |clause: &ClauseVerdict| clause.margin_ratio.unwrap_or(f64::INFINITY);
    let (judgement, clause) = unmet
        .iter()
        .min_by(|a, b| margin(a.1).total_cmp(&margin(b.1)))?;
    Some(Binding {
        standard: format!(
            "{} {}",
            judgement.standard.subject.name(),
            judgement.standard.side.name()
        ),
        clause: clause.id.clone(),
        title: clause.title.clone(),
        verdict: clause.verdict,
        field: clause.field.clone(),
        value: clause.value.clone(),
        limit: clause.limit.clone(),
        unit: clause.unit.clone(),
        margin_ratio: clause.margin_ratio,
        unmet_count: unmet.len(),
    })
}
