//! Verdicts: a record held against a standard, clause by clause.
//!
//! Five things are kept apart everywhere: met, failed, undecided, not applicable, and *could not
//! judge*. A missing, misspelt or non-finite number is never met.

mod candidate;
mod clause;
mod ledger;
mod market;

pub use candidate::{Candidate, CandidateVerdict, Evaluation, Statuses, judge_candidate};
pub use clause::judge_clause;
pub use ledger::judge;
pub use market::{Covered, MarketVerdict, OpenRequirement, OutsideRule, judge_alone, judge_market};

use crate::standard::{Level, Side, Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How a margin smaller than the uncertainty is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionRule {
    /// Guard-banded acceptance (JCGM 106): such a margin is undecided.
    #[default]
    GuardBanded,
    /// Shared risk: the value alone decides. Shown everywhere, and not to be certified.
    Simple,
}

/// What a clause says to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClauseStatus {
    /// Holds, by at least the uncertainty.
    Met,
    /// Does not hold, by at least the uncertainty.
    Failed,
    /// The margin is smaller than the uncertainty.
    Undecided,
    /// The clause does not speak of the record.
    NotApplicable,
    /// The record does not say what the clause asks.
    CouldNotJudge,
}

impl ClauseStatus {
    /// The word that people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Failed => "failed",
            Self::Undecided => "undecided",
            Self::NotApplicable => "not applicable",
            Self::CouldNotJudge => "could not judge",
        }
    }
}

/// What a standard says to a record or a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Every applicable `shall` is met.
    Met,
    /// A `shall` failed, or the pathway is not declared.
    Failed,
    /// A `shall` is undecided and none failed.
    Undecided,
    /// The standard does not speak of the record, or a `shall` could not be judged and none failed.
    CouldNotJudge,
    /// The machine has no magnets, so that the standard has nothing to judge.
    NotRequired,
}

impl Status {
    /// The word that people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Failed => "failed",
            Self::Undecided => "undecided",
            Self::CouldNotJudge => "could not judge",
            Self::NotRequired => "not required",
        }
    }
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClauseVerdict {
    /// Number of the clause.
    pub id: String,
    /// Title.
    pub title: String,
    /// Whether it blocks.
    pub level: Level,
    /// What it says.
    pub verdict: ClauseStatus,
    /// The judged field.
    pub field: String,
    /// What the record holds; null when absent.
    pub value: Value,
    /// The bound that is nearest to the value, the word, or the list of words.
    pub limit: Value,
    /// The whole limit in the words of the standard.
    pub limits: Value,
    /// Unit of value, limit, margin and uncertainty.
    pub unit: String,
    /// Signed distance to the nearest bound, positive within.
    pub margin: Option<f64>,
    /// Margin divided by the clause's scale, by which clauses can be ordered.
    pub margin_ratio: Option<f64>,
    /// Expanded uncertainty (k = 2) of the value.
    pub uncertainty: Option<f64>,
    /// How value and uncertainty were obtained.
    pub basis: Option<String>,
    /// Quantities that a designer may change.
    pub remedy: Vec<String>,
    /// Why the clause is undecided or could not be judged.
    pub reason: Option<String>,
}

/// Which standard judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandardName {
    /// Series.
    pub series: String,
    /// Version.
    pub version: String,
    /// What is judged.
    pub subject: Subject,
    /// For which side.
    pub side: Side,
}

/// The ledger of one record under one standard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// The standard.
    pub standard: StandardName,
    /// Pathway of the record: a, b, none or pair.
    pub pathway: String,
    /// What the standard says as a whole.
    pub verdict: Status,
    /// Why nothing was judged, where that is so.
    pub reason: Option<String>,
    /// The clauses in their order; empty when clause 0 does not hold.
    pub clauses: Vec<ClauseVerdict>,
}

impl Judgement {
    /// The blocking clause with the smallest margin over its scale; none where none has a margin.
    pub fn nearest(&self) -> Option<&ClauseVerdict> {
        let blocking = self
            .clauses
            .iter()
            .filter(|line| line.level == Level::Shall);
        let margins = blocking.filter_map(|line| Some((line.margin_ratio?, line)));
        let nearest = margins.min_by(|(one, _), (other, _)| one.total_cmp(other));
        nearest.map(|(_, line)| line)
    }
}
