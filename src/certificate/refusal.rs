//! What stands against certifying, and what of it may be allowed.

use super::issue::Judged;
use super::statement::{Allowance, Supply};
use crate::date::Date;
use crate::design::MaterialSupply;
use crate::evaluate::WEAK;
use crate::standard::{Level, Standard, Status as StandardStatus};
use crate::supply::{Evidence, Refining, Source, rules_between};
use crate::verdict::{Judgement, Status};

/// Why there is no certificate.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// A standard is not met.
    #[error("{standard}: {verdict}, and only a candidate that meets both gets a certificate")]
    NotMet {
        /// Series and version.
        standard: String,
        /// Its verdict.
        verdict: &'static str,
    },
    /// A blocking clause of a market is not met.
    #[error(
        "{standard}, pathway {pathway}: {verdict}; without --market it would be certified for no market"
    )]
    OffMarket {
        /// Series and version.
        standard: String,
        /// Pathway of the record.
        pathway: String,
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
        "the supply of {of} is partly assumed; --allow assumed would certify it and say so in the title"
    )]
    IsAssumed {
        /// The pathway or the material.
        of: String,
    },
    /// The last day lies before the day of issue.
    #[error("it would end on {not_after}, before it is issued on {issued_at}")]
    EndsBeforeItBegins {
        /// Day of issue.
        issued_at: Date,
        /// Last day.
        not_after: Date,
    },
    /// Judged by the rules of a day that has not come when it is issued.
    #[error("the rules on supply of {as_of} are not known on {issued_at}, the day of issue")]
    RulesOfLater {
        /// Day of the rules.
        as_of: Date,
        /// Day of issue.
        issued_at: Date,
    },
    /// Judged by rules that are others on the day of issue.
    #[error(
        "on {issued_at}, the day of issue, other rules on supply hold than on {as_of}, by which it was judged: {rules}; \
         judge with --as-of {issued_at}"
    )]
    OtherRules {
        /// Day of the rules.
        as_of: Date,
        /// Day of issue.
        issued_at: Date,
        /// Names of those that differ.
        rules: String,
    },
    /// A standard that is not in force yet.
    #[error("{standard} is in force from {effective_from}, after {issued_at}, the day of issue")]
    NotInForce {
        /// Series and version.
        standard: String,
        /// Its first day.
        effective_from: Date,
        /// Day of issue.
        issued_at: Date,
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
            found.push(Refusal::NotMet {
                standard: name(),
                verdict: judgement.verdict.words(),
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

/// What was judged by other rules, or by other standards, than hold on the day of issue.
pub(super) fn untimely<'s>(
    standards: impl Iterator<Item = &'s Standard>,
    as_of: Option<Date>,
    issued_at: Date,
) -> Vec<Refusal> {
    let early = standards.filter_map(|standard| {
        let effective_from: Date = standard.header.effective_from.as_deref()?.parse().ok()?;
        (issued_at < effective_from).then(|| Refusal::NotInForce {
            standard: standard.name(),
            effective_from,
            issued_at,
        })
    });
    let mut found: Vec<Refusal> = early.collect();
    let Some(as_of) = as_of else {
        return found;
    };
    if as_of > issued_at {
        found.push(Refusal::RulesOfLater { as_of, issued_at });
        return found;
    }
    let rules: Vec<&str> = rules_between(as_of, issued_at)
        .into_iter()
        .map(|rule| rule.id.as_str())
        .collect();
    if !rules.is_empty() {
        found.push(Refusal::OtherRules {
            as_of,
            issued_at,
            rules: rules.join(", "),
        });
    }
    found
}

/// Whatever of the supply is assumed, unless that is allowed.
pub(super) fn assumptions(
    supply: &[Supply],
    materials: &MaterialSupply,
    allowed: &[Allowance],
) -> Vec<Refusal> {
    if allowed.contains(&Allowance::Assumed) {
        return Vec::new();
    }
    let pathways = supply.iter().map(|one| {
        let assumed = any_assumed(one.supply.every_source());
        (format!("pathway {}", one.pathway), assumed)
    });
    let MaterialSupply {
        copper,
        electrical_steel,
    } = materials;
    let materials = [
        ("copper", copper),
        ("the electrical steel", electrical_steel),
    ];
    let materials = materials.into_iter().map(|(name, entry)| {
        let assumed = any_assumed(entry.iter().flat_map(Refining::every_source));
        (name.to_owned(), assumed)
    });
    let found = pathways.chain(materials).filter(|(_, assumed)| *assumed);
    found.map(|(of, _)| Refusal::IsAssumed { of }).collect()
}

fn any_assumed<'s>(mut sources: impl Iterator<Item = &'s Source>) -> bool {
    sources.any(|source| source.evidence == Evidence::Assumed)
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
    use super::{Allowance, Supply, assumptions};
    use serde_json::{Value, json};

    const STAGES: [&str; 4] = ["mining", "separation", "metal_and_alloy", "magnet"];

    fn source(evidence: &str) -> Value {
        json!([{"country": "DE", "supplier": "S", "share_ratio": 1.0, "evidence": evidence}])
    }

    /// What is refused of a pathway and of the materials.
    fn told(supply: &Value, materials: &Value, allowed: &[Allowance]) -> Vec<String> {
        let supply = Supply {
            pathway: "b".to_owned(),
            grade: "G".to_owned(),
            supply: serde_json::from_value(supply.clone()).unwrap(),
        };
        let materials = serde_json::from_value(materials.clone()).unwrap();
        let found = assumptions(&[supply], &materials, allowed);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_assumed_source_is_seen_wherever_it_stands() {
        for word in ["assumed", "declared", "evidenced"] {
            let count = usize::from(word == "assumed");
            for stage in STAGES {
                let declared = json!({"stages": {stage: source(word)}});
                let found = told(&declared, &json!({}), &[]);
                assert_eq!(found.len(), count, "{stage}");
                assert!(found.iter().all(|text| text.contains("pathway b")));
                if stage == "magnet" {
                    continue;
                }
                for element in crate::supply::Element::OF_MAGNETS {
                    let entry = json!({element.symbol(): {stage: source(word)}});
                    let declared = json!({"elements": entry});
                    assert_eq!(told(&declared, &json!({}), &[]).len(), count, "{entry}");
                }
                for material in ["copper", "electrical_steel"] {
                    let materials = json!({material: {stage: source(word)}});
                    assert_eq!(told(&json!({}), &materials, &[]).len(), count);
                    let allowed = [Allowance::Assumed];
                    assert!(told(&json!({}), &materials, &allowed).is_empty());
                }
            }
        }
    }
}
