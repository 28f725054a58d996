//! What stands against certifying, and what of it may be allowed.

use super::issue::Judged;
use super::statement::{Allowance, Supply};
use crate::date::Date;
use crate::evaluate::WEAK;
use crate::standard::{Level, Status as StandardStatus};
use crate::verdict::{Judgement, Status};
use serde_json::Value;

/// Why there is no certificate.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// A standard is not met.
    #[error("{standard} is {verdict}, and only a candidate that meets both gets a certificate")]
    NotMet {
        /// Series and version.
        standard: String,
        /// Its verdict.
        verdict: &'static str,
    },
    /// A standard is no longer in force.
    #[error("{standard} is withdrawn")]
    Withdrawn {
        /// Series and version.
        standard: String,
    },
    /// A standard is a draft.
    #[error(
        "{standard} is a draft; --allow draft would certify against it and say so in the title"
    )]
    IsDraft {
        /// Series and version.
        standard: String,
    },
    /// A clause rests on few machines.
    #[error(
        "{clause} of {standard} rests on fewer than three machines ({field}); --allow weak would certify it and say so in the title"
    )]
    IsWeak {
        /// Series and version.
        standard: String,
        /// Number of the clause.
        clause: String,
        /// The judged field.
        field: String,
    },
    /// Something of the supply is assumed.
    #[error(
        "the supply of pathway {pathway} is partly assumed; --allow assumed would certify it and say so in the title"
    )]
    IsAssumed {
        /// Pathway.
        pathway: String,
    },
    /// The last day lies before the day of issue.
    #[error("it would end on {not_after}, before it is issued on {issued_at}")]
    EndsBeforeItBegins {
        /// Day of issue.
        issued_at: Date,
        /// Last day.
        not_after: Date,
    },
    /// The records do not belong to the standards of the sector.
    #[error("there is no record of pathway {pathway}")]
    NoRecord {
        /// Pathway.
        pathway: &'static str,
    },
    /// A value cannot be written as JSON.
    #[error("cannot write the certificate: {0}")]
    Unwritable(String),
}

/// Everything that stands against certifying, given what is allowed.
pub(super) fn objections(judged: &[Judged<'_>], allowed: &[Allowance]) -> Vec<Refusal> {
    let mut found = Vec::new();
    for Judged {
        standard,
        judgement,
    } in judged
    {
        let name = || standard.name();
        if judgement.verdict != Status::Met {
            let verdict = match judgement.verdict {
                Status::Failed => "failed",
                Status::Undecided => "undecided",
                _ => "not to be judged",
            };
            found.push(Refusal::NotMet {
                standard: name(),
                verdict,
            });
        }
        match standard.header.status {
            StandardStatus::Published => {}
            StandardStatus::Withdrawn => found.push(Refusal::Withdrawn { standard: name() }),
            StandardStatus::Draft if allowed.contains(&Allowance::Draft) => {}
            StandardStatus::Draft => found.push(Refusal::IsDraft { standard: name() }),
        }
        if !allowed.contains(&Allowance::Weak) {
            let weak = weak_clauses(judgement).map(|(clause, field)| Refusal::IsWeak {
                standard: name(),
                clause,
                field,
            });
            found.extend(weak);
        }
    }
    found
}

/// The pathways of whose supply something is assumed, unless that is allowed.
pub(super) fn assumptions(supply: &[Supply], allowed: &[Allowance]) -> Vec<Refusal> {
    if allowed.contains(&Allowance::Assumed) {
        return Vec::new();
    }
    let is_assumed = |pathway: &&Supply| {
        // What cannot be written cannot be shown to be free of assumptions either.
        serde_json::to_value(&pathway.supply).map_or(true, |declared| has_assumption(&declared))
    };
    supply
        .iter()
        .filter(is_assumed)
        .map(|pathway| Refusal::IsAssumed {
            pathway: pathway.pathway.clone(),
        })
        .collect()
}

/// Whether a source anywhere in a declaration has the evidence `assumed`.
fn has_assumption(declared: &Value) -> bool {
    match declared {
        Value::Object(members) => members
            .iter()
            .any(|(key, inner)| (key == "evidence" && inner == "assumed") || has_assumption(inner)),
        Value::Array(list) => list.iter().any(has_assumption),
        _ => false,
    }
}

/// The `shall` clauses that rest on too few machines.
pub(super) fn weak_clauses(judgement: &Judgement) -> impl Iterator<Item = (String, String)> + '_ {
    judgement
        .clauses
        .iter()
        .filter(|clause| clause.level == Level::Shall)
        .filter(|clause| clause.basis.as_deref().is_some_and(|b| b.contains(WEAK)))
        .map(|clause| (clause.id.clone(), clause.field.clone()))
}

#[cfg(test)]
mod tests {
    use super::has_assumption;
    use serde_json::json;

    #[test]
    fn an_assumed_source_is_seen_wherever_it_stands() {
        let with = |word: &str| {
            json!({"stages": {"mining": [{"country": "CN", "evidence": "declared"}]},
                "elements": {"cobalt": {"stages": {"magnet": [{"country": "CN", "evidence": word}]}}}})
        };
        assert!(has_assumption(&with("assumed")));
        assert!(!has_assumption(&with("evidenced")));
        assert!(!has_assumption(&json!({"supplier": "assumed"})));
    }
}
