//! A candidate on a market: what the programmes cover, what the clauses of the market say on their own, and what no
//! calculation shows.

use super::{
    Candidate, ClauseStatus, DecisionRule, Evaluation, Judgement, Status, judge, ledger::name,
};
use crate::standard::{Evidence, Level, Market, Proof, Standard};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a market says of a candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarketVerdict {
    /// Series of its file.
    pub series: String,
    /// Version of its file.
    pub version: String,
    /// The market, as people call it.
    pub name: String,
    /// What its clauses say of all records together; nothing of what is open.
    pub verdict: Status,
    /// Its clauses, record by record.
    pub judgements: Vec<Judgement>,
    /// Which of the clauses that are met are covered by a clause of the programme that is met.
    pub covered: Vec<Covered>,
    /// What no calculation shows.
    pub open: Vec<OpenRequirement>,
    /// Rules of the market that do not bind the machine.
    pub outside: Vec<OutsideRule>,
}

/// A clause of a market that a clause of the programme covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Covered {
    /// Pathway of the record.
    pub pathway: String,
    /// Number of the market's clause.
    pub clause: String,
    /// Series of the standard that covers it.
    pub by_standard: String,
    /// Its version.
    pub by_version: String,
    /// Number of the clause that covers it.
    pub by_clause: String,
}

/// A requirement of a market that no calculation shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenRequirement {
    /// Number.
    pub id: String,
    /// Title.
    pub title: String,
    /// `shall` where law asks for it.
    #[schemars(with = "String")]
    pub level: Level,
    /// How it is shown.
    pub proof: Proof,
    /// What is asked.
    pub asks: String,
    /// Where it comes from.
    pub source: String,
    /// How well that is known.
    #[schemars(with = "String")]
    pub evidence: Evidence,
}

/// A rule of a market that does not bind the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideRule {
    /// Number.
    pub id: String,
    /// Title.
    pub title: String,
    /// Why it does not bind.
    pub because: String,
    /// Where it comes from.
    pub source: String,
    /// How well that is known.
    #[schemars(with = "String")]
    pub evidence: Evidence,
}

impl MarketVerdict {
    /// Whether every blocking clause of the market is met; `None` when that could not be judged.
    pub fn meets(&self) -> Option<bool> {
        match self.verdict {
            Status::Met | Status::NotRequired => Some(true),
            Status::Failed | Status::Undecided => Some(false),
            Status::CouldNotJudge => None,
        }
    }

    /// What covers a clause on a pathway.
    pub fn cover(&self, pathway: &str, clause: &str) -> Option<&Covered> {
        let mut covered = self.covered.iter();
        covered.find(|one| one.pathway == pathway && one.clause == clause)
    }
}

/// Judges a candidate on a market. `core` holds what the programme said of the same records: a clause is covered only
/// where it is met itself and one of the clauses that it names is met on the same record.
pub fn judge_market(
    market: &Standard,
    asks: &Market,
    sector: &str,
    candidate: Candidate<'_>,
    core: &[Judgement],
    rule: DecisionRule,
) -> MarketVerdict {
    let records = match candidate {
        Candidate::Magnets { a, b, .. } => vec![("a", a), ("b", b)],
        Candidate::Magnetless(record) => vec![("none", record)],
    };
    let judgements: Vec<Judgement> = records
        .iter()
        .map(|(pathway, evaluation)| of_record(market, pathway, *evaluation, rule))
        .collect();
    let covered = judgements
        .iter()
        .flat_map(|judgement| covered(market, judgement, core))
        .collect();
    let known: Vec<Option<&Value>> = records
        .iter()
        .map(|(_, evaluation)| match evaluation {
            Evaluation::Record(record) => Some(*record),
            Evaluation::NotDeclared | Evaluation::NotEvaluated(_) => None,
        })
        .collect();
    MarketVerdict {
        series: market.header.series.clone(),
        version: market.header.version.clone(),
        name: asks.name.clone(),
        verdict: overall(&judgements),
        covered,
        open: open(asks, sector, &known),
        outside: outside(asks, &known),
        judgements,
    }
}

/// The ledger of one record by itself, under a standard of a programme or of a market. That no clause of a market speaks of it
/// is nothing against it.
pub fn judge_alone(standard: &Standard, record: &Value, rule: DecisionRule) -> Judgement {
    let judgement = judge(standard, record, rule);
    let mut lines = judgement.clauses.iter();
    let silent = standard.market.is_some()
        && !judgement.clauses.is_empty()
        && lines.all(|line| line.verdict == ClauseStatus::NotApplicable);
    if silent {
        Judgement {
            verdict: Status::NotRequired,
            reason: None,
            ..judgement
        }
    } else {
        judgement
    }
}

/// The ledger of one record, or why there is none.
fn of_record(
    market: &Standard,
    pathway: &str,
    evaluation: Evaluation<'_>,
    rule: DecisionRule,
) -> Judgement {
    let reason = match evaluation {
        Evaluation::Record(record) => return judge_alone(market, record, rule),
        Evaluation::NotDeclared => format!("pathway {} is not declared", pathway.to_uppercase()),
        Evaluation::NotEvaluated(reason) => reason.to_owned(),
    };
    Judgement {
        standard: name(market),
        pathway: pathway.to_owned(),
        verdict: Status::CouldNotJudge,
        reason: Some(reason),
        clauses: Vec::new(),
    }
}

fn covered(market: &Standard, judgement: &Judgement, core: &[Judgement]) -> Vec<Covered> {
    let lines = market.clauses.iter().zip(&judgement.clauses);
    let met = lines.filter(|(_, line)| line.verdict == ClauseStatus::Met);
    met.filter_map(|(clause, _)| {
        clause.covered_by.iter().find_map(|claim| {
            let mut same = core.iter().filter(|one| {
                one.pathway == judgement.pathway && one.standard.series == claim.standard
            });
            let by = same.find(|one| {
                let mut lines = one.clauses.iter();
                lines.any(|line| line.id == claim.clause && line.verdict == ClauseStatus::Met)
            })?;
            Some(Covered {
                pathway: judgement.pathway.clone(),
                clause: clause.id.clone(),
                by_standard: claim.standard.clone(),
                by_version: by.standard.version.clone(),
                by_clause: claim.clause.clone(),
            })
        })
    })
    .collect()
}

/// The worst of the records, in the order of a candidate: failed, could not judge, undecided, met.
fn overall(judgements: &[Judgement]) -> Status {
    let any = |verdict| judgements.iter().any(|one| one.verdict == verdict);
    let order = [
        Status::Failed,
        Status::CouldNotJudge,
        Status::Undecided,
        Status::Met,
    ];
    order
        .into_iter()
        .find(|verdict| any(*verdict))
        .unwrap_or(Status::NotRequired)
}

/// Open is what speaks of any record, and of a record that is missing whatever it might speak of.
fn open(asks: &Market, sector: &str, records: &[Option<&Value>]) -> Vec<OpenRequirement> {
    let concerned = asks.open.iter().filter(|open| {
        records.iter().any(|record| match record {
            Some(record) => open.entry.applies_to(record),
            None => open.entry.concerns(sector),
        })
    });
    concerned
        .map(|open| {
            let entry = &open.entry;
            OpenRequirement {
                id: entry.id.clone(),
                title: entry.title.clone(),
                level: open.level,
                proof: open.proof,
                asks: entry.description.clone(),
                source: entry.source.document.clone(),
                evidence: entry.source.evidence,
            }
        })
        .collect()
}

/// A rule does not bind only what is known: every record is there and the entry speaks of it.
fn outside(asks: &Market, records: &[Option<&Value>]) -> Vec<OutsideRule> {
    let concerned = asks.outside.iter().filter(|outside| {
        records
            .iter()
            .all(|record| record.is_some_and(|record| outside.entry.applies_to(record)))
    });
    concerned
        .map(|outside| {
            let entry = &outside.entry;
            OutsideRule {
                id: entry.id.clone(),
                title: entry.title.clone(),
                because: entry.description.clone(),
                source: entry.source.document.clone(),
                evidence: entry.source.evidence,
            }
        })
        .collect()
}
