//! On how many machines the uncertainties of the judged clauses rest.

use super::issue::Judged;
use super::market::OnMarket;
use crate::evaluate::behind;
use crate::standard::Level;
use crate::verdict::ClauseVerdict;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The machines behind the uncertainties of one quantity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Validation {
    /// The quantity, as the accuracy table of the solver names it.
    pub quantity: String,
    /// Different machines whose results were compared with it.
    pub machine_count: usize,
    /// Whether a built and measured machine is among them.
    pub has_built_machine: bool,
    /// The `shall` clauses whose uncertainty rests on them, each with the series of its standard.
    pub clauses: Vec<String>,
}

impl Validation {
    /// Whether as many machines stand behind the quantity elsewhere, built ones if it says so.
    pub(super) fn is_within(&self, others: &[Validation]) -> bool {
        others.iter().any(|other| {
            other.quantity == self.quantity
                && other.machine_count >= self.machine_count
                && other.has_built_machine >= self.has_built_machine
        })
    }
}

/// Every quantity behind a `shall` clause of programme and markets, in the order of the clauses.
pub(super) fn validation(judged: &[Judged<'_>], markets: &[OnMarket<'_>]) -> Vec<Validation> {
    let of_markets: Vec<Judged<'_>> = markets.iter().flat_map(OnMarket::judged).collect();
    let mut found: Vec<Validation> = Vec::new();
    for (name, clause) in blocking(judged.iter().chain(&of_markets)) {
        for one in behind(clause.basis.as_deref().unwrap_or_default()) {
            let same = |v: &&mut Validation| {
                (v.quantity.as_str(), v.machine_count, v.has_built_machine)
                    == (one.quantity, one.machine_count, one.has_built_machine)
            };
            match found.iter_mut().find(same) {
                Some(known) if known.clauses.contains(&name) => {}
                Some(known) => known.clauses.push(name.clone()),
                None => found.push(Validation {
                    quantity: one.quantity.to_owned(),
                    machine_count: one.machine_count,
                    has_built_machine: one.has_built_machine,
                    clauses: vec![name.clone()],
                }),
            }
        }
    }
    found
}

/// The `shall` clauses with an uncertainty for which no machine is counted.
pub(super) fn uncounted<'j>(judged: impl Iterator<Item = &'j Judged<'j>>) -> Vec<String> {
    blocking(judged)
        .filter(|(_, clause)| clause.uncertainty.is_some_and(|u| u > 0.0))
        .filter(|(_, clause)| behind(clause.basis.as_deref().unwrap_or_default()).is_empty())
        .map(|(name, _)| name)
        .collect()
}

/// The `shall` clauses that judged something, with their names.
fn blocking<'j>(
    judged: impl Iterator<Item = &'j Judged<'j>>,
) -> impl Iterator<Item = (String, &'j ClauseVerdict)> {
    judged.flat_map(|one| {
        let series = &one.standard.header.series;
        let clauses = one.judgement.clauses.iter();
        clauses
            .filter(|clause| clause.level == Level::Shall)
            .map(move |clause| (format!("{series} {}", clause.id), clause))
    })
}
