//! Markets in a certificate: what the programmes cover of each, what its own clauses say, and what stays open.

use super::check::Fault;
use super::issue::{Judged, certified, subject};
use super::refusal::{Refusal, objections};
use super::statement::{Allowance, CertifiedRecord, CertifiedStandard, Predicate};
use crate::source::quoted;
use crate::standard::{Evidence, Standard, Standards};
use crate::verdict::{
    self, Covered, DecisionRule, Judgement, MarketVerdict, OpenRequirement, OutsideRule, Status,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is certified of a market.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertifiedMarket {
    /// The market, as people call it.
    pub name: String,
    /// Its clauses, record by record, with digest and version of its file.
    pub ledgers: Vec<CertifiedStandard>,
    /// Which of the clauses a clause of the programme covers.
    pub covered: Vec<Covered>,
    /// What this certificate does not show.
    pub open: Vec<OpenRequirement>,
    /// Rules of the market that do not bind the machine.
    pub outside: Vec<OutsideRule>,
}

impl CertifiedMarket {
    /// The clause of the programme that covers a clause of one of its ledgers.
    pub(super) fn cover(&self, ledger: &CertifiedStandard, clause: &str) -> Option<&Covered> {
        let mut covered = self.covered.iter();
        covered.find(|one| one.pathway == ledger.pathway && one.clause == clause)
    }
}

/// The file of a market with what it says.
pub(super) struct OnMarket<'m> {
    market: &'m Standard,
    verdict: MarketVerdict,
}

impl<'m> OnMarket<'m> {
    /// Judges stored records on a market; nothing if the standard is not the file of one.
    ///
    /// # Errors
    /// When a record is missing.
    pub(super) fn of(
        market: &'m Standard,
        sector: &str,
        records: &[CertifiedRecord],
        core: &[Judged<'_>],
    ) -> Result<Option<Self>, Refusal> {
        let Some(asks) = &market.market else {
            return Ok(None);
        };
        let has_magnets = records.iter().any(|record| record.pathway != "none");
        let candidate = subject(records, has_magnets)?;
        let core: Vec<Judgement> = core.iter().map(|one| one.judgement.clone()).collect();
        let rule = DecisionRule::GuardBanded;
        let verdict = verdict::judge_market(market, asks, sector, candidate, &core, rule);
        Ok(Some(OnMarket { market, verdict }))
    }

    /// Its ledgers with the standard that made them.
    pub(super) fn judged(&self) -> Vec<Judged<'m>> {
        let ledgers = self.verdict.judgements.iter();
        ledgers
            .map(|judgement| Judged {
                standard: self.market,
                judgement: judgement.clone(),
            })
            .collect()
    }

    /// Everything that stands against certifying on this market, each once.
    pub(super) fn objections(&self, allowed: &[Allowance]) -> Vec<Refusal> {
        let mut found: Vec<Refusal> = Vec::new();
        for judged in self.judged() {
            let (standard, verdict) = (judged.standard.name(), judged.judgement.verdict);
            let pathway = judged.judgement.pathway.clone();
            for refusal in objections(&[judged], allowed) {
                let refusal = match refusal {
                    // No clause speaks of the record, which is nothing against it.
                    Refusal::NotMet { .. } if verdict == Status::NotRequired => continue,
                    Refusal::NotMet { .. } => Refusal::OffMarket {
                        standard: standard.clone(),
                        pathway: pathway.clone(),
                        verdict: verdict.words(),
                    },
                    other => other,
                };
                if !found.contains(&refusal) {
                    found.push(refusal);
                }
            }
        }
        found
    }

    /// What is certified of it.
    pub(super) fn certified(&self) -> CertifiedMarket {
        let verdict = self.verdict.clone();
        CertifiedMarket {
            name: verdict.name,
            ledgers: certified(&self.judged()),
            covered: verdict.covered,
            open: verdict.open,
            outside: verdict.outside,
        }
    }

    /// What a reader must know of it.
    pub(super) fn note(&self) -> String {
        let open = self.verdict.open.len();
        let recalled = self.verdict.open.iter();
        let recalled = recalled.filter(|one| one.evidence == Evidence::Recalled);
        format!(
            "Market {}: {} of its clauses are covered by the programme; {open} of its requirements are open and not \
             shown by this certificate, {} of them known from memory only. Its file is no list of all that the market \
             asks for.",
            self.verdict.name,
            self.verdict.covered.len(),
            recalled.count()
        )
    }
}

/// The markets of a certificate judged again, each by the file that it names and compared as a whole.
pub(super) fn rejudged<'s>(
    predicate: &Predicate,
    standards: &'s Standards,
    judged: &[Judged<'_>],
) -> Result<Vec<OnMarket<'s>>, Fault> {
    let mut known: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for stated in &predicate.markets {
        let differs = || other(stated);
        let market = file_of(stated, standards)?;
        let sector = &predicate.application.sector;
        let now = OnMarket::of(market, sector, &predicate.records, judged);
        let now = now.map_err(Fault::Objection)?.ok_or_else(differs)?;
        if now.certified() != *stated || known.contains(&market.header.series.as_str()) {
            return Err(differs());
        }
        known.push(&market.header.series);
        found.push(now);
    }
    Ok(found)
}

/// What is certified of a market is not what its file says.
fn other(stated: &CertifiedMarket) -> Fault {
    Fault::Verdict {
        what: format!("market {}", quoted(&stated.name)),
    }
}

/// The file by which a market was judged.
pub(super) fn file_of<'s>(
    stated: &CertifiedMarket,
    standards: &'s Standards,
) -> Result<&'s Standard, Fault> {
    let ledger = stated.ledgers.first().ok_or_else(|| other(stated))?;
    let mut markets = standards.markets().iter();
    let market = markets.find(|market| market.digest == ledger.sha256);
    market.ok_or_else(|| Fault::OtherStandard {
        standard: quoted(&format!("{} {}", ledger.series, ledger.version)),
        sha256: quoted(&ledger.sha256),
    })
}
