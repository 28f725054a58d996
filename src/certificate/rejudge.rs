//! Levels 2 and 3 of checking a certificate, but for computing: its records judged again, its words and declarations compared.

use super::check::{Fault, Opened};
use super::issue::{Judged, certified, change_rule, judged, supply, weakest_evidence};
use super::market::{self, OnMarket};
use super::refusal::{Refusal, assumptions, objections};
use super::statement::{Allowance, CertifiedRecord, Predicate, RESOLUTION};
use super::validation::validation;
use super::words::{Foundation, notes, title};
use crate::design::{Candidate, Design};
use crate::source::quoted;
use crate::standard::{Programme, Standards};
use crate::verdict::Judgement;
use serde_json::Value;

/// Level 2: judges the stored records again by the same standards and compares every line. Gives the
/// number of clauses.
///
/// # Errors
/// The first difference, or the standard that is not at hand.
pub fn rejudge(opened: &Opened, standards: &Standards) -> Result<usize, Fault> {
    let predicate = opened.predicate();
    let programme = programme(predicate, standards)?;
    let has_magnets = predicate.records.iter().any(|r| r.pathway != "none");
    let judged = judged(programme, &predicate.records, has_magnets).map_err(Fault::Objection)?;
    for stated in &predicate.standards {
        let same = |own: &Judged<'_>| own.standard.digest == stated.sha256;
        if !judged.iter().any(same) {
            return Err(Fault::OtherStandard {
                standard: quoted(&format!("{} {}", stated.series, stated.version)),
                sha256: quoted(&stated.sha256),
            });
        }
    }
    let differs = |what: &str| Fault::Verdict {
        what: what.to_owned(),
    };
    let now = certified(&judged);
    if now.len() != predicate.standards.len() || now.is_empty() {
        return Err(differs("the list of standards"));
    }
    let mut clauses = 0;
    for (now, stated) in now.iter().zip(&predicate.standards) {
        let name = format!("{} {}", now.series, now.version);
        let lines = now.clauses.iter().zip(&stated.clauses);
        for (own, theirs) in lines {
            if own != theirs {
                return Err(differs(&format!("{name}, clause {}", own.id)));
            }
            clauses += 1;
        }
        if now != stated {
            return Err(differs(&name));
        }
    }
    let markets = market::rejudged(predicate, standards, &judged)?;
    clauses += markets
        .iter()
        .flat_map(OnMarket::judged)
        .map(|one| one.judgement.clauses.len())
        .sum::<usize>();
    let mut against = against(&judged, &markets, predicate);
    against.extend(assumptions(
        &predicate.supply,
        &predicate.material_supply,
        &predicate.allowed,
    ));
    if let Some(objection) = against.into_iter().next() {
        return Err(Fault::Objection(objection));
    }
    if weakest_evidence(&judged) != predicate.weakest_evidence {
        return Err(differs("the weakest evidence"));
    }
    if predicate.certificate_version.states_foundation()
        && validation(&judged, &markets) != predicate.validation
    {
        return Err(differs("the machines behind the uncertainties"));
    }
    match words(predicate, &judged, &markets) {
        Some(what) => Err(differs(what)),
        None => Ok(clauses),
    }
}

/// Part of level 3: what stands against certifying the records that were computed again, given what was allowed. What the
/// stored ones say of themselves, such as on how many machines an uncertainty rests, is not believed: no fewer than are
/// stated may stand behind it now. Gives whether others do.
///
/// # Errors
/// The first objection, or what is not at hand.
pub fn stands(
    opened: &Opened,
    standards: &Standards,
    computed: &[(&'static str, &Value)],
) -> Result<bool, Fault> {
    let predicate = opened.predicate();
    let programme = programme(predicate, standards)?;
    let records: Vec<CertifiedRecord> = computed
        .iter()
        .map(|&(pathway, record)| CertifiedRecord {
            pathway: pathway.to_owned(),
            record: record.clone(),
        })
        .collect();
    let has_magnets = records.iter().any(|r| r.pathway != "none");
    let judged = judged(programme, &records, has_magnets).map_err(Fault::Recomputed)?;
    let mut markets = Vec::new();
    for stated in &predicate.markets {
        let market = market::file_of(stated, standards)?;
        let sector = &predicate.application.sector;
        let now = OnMarket::of(market, sector, &records, &judged);
        markets.extend(now.map_err(Fault::Recomputed)?);
    }
    if let Some(refusal) = against(&judged, &markets, predicate).into_iter().next() {
        return Err(Fault::Recomputed(refusal));
    }
    if !predicate.certificate_version.states_foundation() {
        return Ok(false);
    }
    let now = validation(&judged, &markets);
    match predicate.validation.iter().find(|one| !one.is_within(&now)) {
        Some(beyond) => Err(Fault::Foundation {
            quantity: beyond.quantity.clone(),
            stated: beyond.machine_count,
        }),
        None => Ok(now != predicate.validation),
    }
}

/// The programme by which a certificate was judged.
fn programme<'s>(predicate: &Predicate, standards: &'s Standards) -> Result<&'s Programme, Fault> {
    let sector = &predicate.application.sector;
    let found = standards.programme(sector);
    found.ok_or_else(|| Fault::NoStandards {
        sector: quoted(sector),
    })
}

/// Everything in what was judged, on the markets too, that stands against a certificate with what it allows.
fn against(judged: &[Judged<'_>], markets: &[OnMarket<'_>], predicate: &Predicate) -> Vec<Refusal> {
    let mut found = objections(judged, &predicate.allowed);
    let of_markets = markets
        .iter()
        .flat_map(|one| one.objections(&predicate.allowed));
    found.extend(of_markets);
    found
}

/// The first of the words for readers that do not follow from the rest of the certificate.
fn words(
    predicate: &Predicate,
    judged: &[Judged<'_>],
    markets: &[OnMarket<'_>],
) -> Option<&'static str> {
    let judgements: Vec<Judgement> = judged.iter().map(|one| one.judgement.clone()).collect();
    let grades: Vec<&str> = predicate.supply.iter().map(|s| s.grade.as_str()).collect();
    let rule = change_rule(&grades, &predicate.records, &judgements);
    if !predicate.certificate_version.words_follow() {
        // The rule without anything of the candidate is what the first certificates hold.
        let rules = [rule, change_rule(&[], &[], &[])];
        let untold = |allowance: &Allowance| !predicate.title.contains(&allowance.to_string());
        return if !rules.contains(&predicate.change_rule) {
            Some("the change rule")
        } else if predicate.allowed.iter().any(untold) {
            Some("the title")
        } else {
            None
        };
    }
    let stated = predicate.certificate_version.states_foundation();
    let from = stated.then(|| Foundation {
        geometry_source: predicate.design.geometry_source.as_deref(),
        validation: &predicate.validation,
    });
    if rule != predicate.change_rule {
        Some("the change rule")
    } else if title(&predicate.allowed) != predicate.title {
        Some("the title")
    } else if notes(judged, &predicate.allowed, markets, from.as_ref()) != predicate.notes {
        Some("the notes")
    } else {
        None
    }
}

/// Part of level 3: what is stated of a candidate beside its records is what its design says.
///
/// # Errors
/// The first thing that the design says otherwise.
pub fn declares(opened: &Opened, design: &Design, candidate: &Candidate) -> Result<(), Fault> {
    let predicate = opened.predicate();
    let differs = |what: &str| {
        let what = what.to_owned();
        Err(Fault::Declaration { what })
    };
    if predicate.solver.name != env!("CARGO_PKG_NAME") || predicate.solver.resolution != RESOLUTION
    {
        return differs("the program or the resolution that is said to have computed it");
    }
    if predicate.design.name != design.name {
        return differs("the name of the design");
    }
    if predicate.design.topology != candidate.topology.name() {
        return differs("the topology");
    }
    if predicate.certificate_version.states_foundation()
        && predicate.design.geometry_source != candidate.geometry_source
    {
        return differs("the source of the geometry");
    }
    if predicate.supply != supply(candidate) {
        return differs("the supply of the magnets");
    }
    let materials = &candidate.material_supply;
    if !predicate.certificate_version.states_material_supply() {
        // It is not stated there, so that only the design can show what was assumed.
        let against = assumptions(&[], materials, &predicate.allowed);
        return against
            .into_iter()
            .next()
            .map_or(Ok(()), |refusal| Err(Fault::Objection(refusal)));
    }
    if predicate.material_supply != *materials {
        return differs("the supply of conductor and laminations");
    }
    Ok(())
}
