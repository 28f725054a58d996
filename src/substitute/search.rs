//! The search over the catalogue.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::Value;

use super::offer::{Offer, Origin, offers};
use super::trial::{Binding, Stand, Trial, binding, hopeless, judgements, met, smallest_margin};
use crate::date::Date;
use crate::design::{Candidate, Design};
use crate::evaluate::{self, EvaluateError, Facts, Prepared, Side};
use crate::material::Library;
use crate::standard::Programme;
use crate::supply::Element;
use crate::verdict::{self, DecisionRule, Evaluation, Status};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The design; its candidates' declarations are the offers.
    pub design: &'q Design,
    /// The candidate whose laminations, winding and cooling are kept.
    pub candidate: &'q Candidate,
    /// The catalogue.
    pub library: &'q Library,
    /// The standards.
    pub programme: &'q Programme,
    /// How margins are held against uncertainties.
    pub rule: DecisionRule,
    /// The day at which rules on supply are taken.
    pub as_of: Option<Date>,
    /// Grades to be tried on pathways A and B; empty tries all.
    pub grades: [&'q [String]; 2],
}

/// A pair that meets both.
#[derive(Debug, Clone)]
pub struct Found {
    /// The machine with its new pathways.
    pub candidate: Candidate,
    /// Terms of pathway A.
    pub origin_a: Origin,
    /// Terms of pathway B.
    pub origin_b: Origin,
    /// Smallest margin of any blocking clause of the five standards over its scale.
    pub smallest_margin_ratio: f64,
    /// Heavy rare earth of pathways A and B [kg].
    pub heavy_rare_earth_kg: [f64; 2],
    /// Cost of the magnets' raw materials on pathways A and B as far as they have a price [USD]; none without a day
    /// at which prices are taken.
    pub magnet_cost_usd: [Option<f64>; 2],
    /// What has no price on either pathway and is in neither cost.
    pub unpriced: Vec<Element>,
    /// What differs from the candidate as it is, in words.
    pub changed: Vec<String>,
}

/// What became of a search.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Pairs that meet both, best first.
    pub pairs: Vec<Found>,
    /// Every trial on pathway A and on pathway B that does not meet its side, nearest first.
    pub unmet: Vec<Trial>,
    /// Pairs of which each pathway meets its side and the interchange does not: grades and what binds.
    pub apart: Vec<(String, String, Binding)>,
    /// Grades tried, and how many had to be solved.
    pub tried: usize,
    /// Trials solved at verdict level.
    pub solved: usize,
}

/// Tries every grade on both pathways.
///
/// # Errors
/// When the machine itself cannot be evaluated.
pub fn search(question: &Question) -> Result<Outcome, EvaluateError> {
    crate::dense::use_one_thread();
    Prepared::new(
        &question.design.application,
        question.candidate,
        question.library,
    )?;
    let mut asked: Vec<(Side, Offer)> = Vec::new();
    for (side, wanted) in [(Side::A, question.grades[0]), (Side::B, question.grades[1])] {
        for magnet in question.library.magnets() {
            if !wanted.is_empty() && !wanted.contains(&magnet.grade) {
                continue;
            }
            let found = offers(
                magnet,
                side,
                question.candidate,
                &question.design.candidates,
            );
            asked.extend(found.into_iter().map(|offer| (side, offer)));
        }
    }
    let tried = asked.len();
    let trials: Vec<Trial> = asked
        .into_par_iter()
        .filter_map(|(side, offer)| trial(question, side, offer).transpose())
        .collect::<Result<_, _>>()?;
    let solved = trials.iter().filter(|trial| trial.facts.is_some()).count();
    let (fit, mut unmet): (Vec<Trial>, Vec<Trial>) = trials
        .into_iter()
        .partition(|trial| trial.stand == Stand::Meets);
    let (mut pairs, mut apart) = (Vec::new(), Vec::new());
    let solved_on = |side: Side| {
        let of = fit.iter().filter(move |trial| trial.side == side);
        of.filter_map(|trial| Some((trial, trial.facts.as_deref()?)))
    };
    for (a, facts_a) in solved_on(Side::A) {
        for (b, facts_b) in solved_on(Side::B) {
            match pair(question, (a, facts_a), (b, facts_b))? {
                Ok(found) => pairs.push(found),
                Err(binding) => apart.push((a.grade().to_owned(), b.grade().to_owned(), binding)),
            }
        }
    }
    // The largest margin first, then the least heavy rare earth on B, then on A, then the least cost of B, then of
    // A. Costs are those of raw materials that have a price, which is why they come last.
    pairs.sort_by(|x, y| {
        let heavy = |found: &Found, side: usize| found.heavy_rare_earth_kg[side];
        let cost =
            |found: &Found, side: usize| found.magnet_cost_usd[side].unwrap_or(f64::INFINITY);
        y.smallest_margin_ratio
            .total_cmp(&x.smallest_margin_ratio)
            .then(heavy(x, 1).total_cmp(&heavy(y, 1)))
            .then(heavy(x, 0).total_cmp(&heavy(y, 0)))
            .then(cost(x, 1).total_cmp(&cost(y, 1)))
            .then(cost(x, 0).total_cmp(&cost(y, 0)))
    });
    let distance = |trial: &Trial| {
        let margin = trial.binding.as_ref().and_then(|b| b.margin_ratio);
        margin.unwrap_or(f64::NEG_INFINITY)
    };
    unmet.sort_by(|x, y| {
        x.stand
            .cmp(&y.stand)
            .then(distance(y).total_cmp(&distance(x)))
    });
    Ok(Outcome {
        pairs,
        unmet,
        apart,
        tried,
        solved,
    })
}

/// The candidate with one pathway only.
fn with_one(candidate: &Candidate, side: Side, offer: &Offer) -> Candidate {
    let mut one = candidate.clone();
    let pathway = Some(offer.pathway.clone());
    (one.magnet_pathways.a, one.magnet_pathways.b) = match side {
        Side::A => (pathway, None),
        Side::B => (None, pathway),
    };
    one
}

/// Why a record that was not solved lacks what a solution gives.
const NOT_SOLVED: &str = "not solved";

/// A grade on a pathway; `None` where the library has no data for it at these temperatures.
fn trial(question: &Question, side: Side, offer: Offer) -> Result<Option<Trial>, EvaluateError> {
    let candidate = with_one(question.candidate, side, &offer);
    let mut prepared = Prepared::new(&question.design.application, &candidate, question.library)?;
    prepared.as_of = question.as_of;
    let Ok(unsolved) = evaluate::without_field(&prepared, side, NOT_SOLVED) else {
        return Ok(None);
    };
    let judged = |record: &Value| judgements(question.programme, side, record, question.rule);
    let record = unsolved.to_value();
    let first = judged(&record);
    if hopeless(&first, &record, NOT_SOLVED) {
        return Ok(Some(Trial {
            offer,
            side,
            stand: Stand::Screened,
            record,
            facts: None,
            smallest_margin_ratio: smallest_margin(&first),
            binding: binding(&first),
        }));
    }
    let (record, facts) = match evaluate::pathway_of(&prepared, side) {
        Ok((record, facts)) => (record, Some(Box::new(facts))),
        Err(error) => {
            let unsolved = evaluate::without_field(&prepared, side, &error.to_string())?;
            (unsolved, None)
        }
    };
    let record = record.to_value();
    let last = judged(&record);
    Ok(Some(Trial {
        offer,
        side,
        stand: if met(&last) {
            Stand::Meets
        } else {
            Stand::Solved
        },
        record,
        facts,
        smallest_margin_ratio: smallest_margin(&last),
        binding: binding(&last),
    }))
}

/// The pair of two trials that meet their sides, or what of the interchange binds.
fn pair(
    question: &Question,
    (a, facts_a): (&Trial, &Facts),
    (b, facts_b): (&Trial, &Facts),
) -> Result<Result<Found, Binding>, EvaluateError> {
    let mut candidate = question.candidate.clone();
    candidate.magnet_pathways.a = Some(a.offer.pathway.clone());
    candidate.magnet_pathways.b = Some(b.offer.pathway.clone());
    candidate.id = name(&question.candidate.id, a.grade(), b.grade());
    candidate.description = Some(format!(
        "{} with {} and {}",
        question.candidate.id,
        a.grade(),
        b.grade()
    ));
    let mut prepared = Prepared::new(&question.design.application, &candidate, question.library)?;
    prepared.as_of = question.as_of;
    let record = evaluate::pair_of(&prepared, facts_a, facts_b)?.to_value();
    let judged = verdict::judge_candidate(
        question.programme,
        verdict::Candidate::Magnets {
            a: Evaluation::Record(&a.record),
            b: Evaluation::Record(&b.record),
            pair: Evaluation::Record(&record),
        },
        question.rule,
    );
    if judged.statuses.interchange != Status::Met
        && let Some(found) = binding(&judged.judgements)
    {
        return Ok(Err(found));
    }
    let heavy = |trial: &Trial| {
        let kg = trial.record["heavy_rare_earth_mass_kg"].as_f64();
        kg.unwrap_or(f64::INFINITY)
    };
    let sheets = evaluate::sheets(&prepared)?;
    let cost = |side: Side| {
        let sheet = sheets.iter().find(|sheet| sheet.pathway == side.key());
        sheet.and_then(|sheet| sheet.cost.as_ref())
    };
    let costs = [cost(Side::A), cost(Side::B)];
    let unpriced: BTreeSet<Element> = costs
        .iter()
        .flatten()
        .flat_map(|cost| cost.unpriced.iter().copied())
        .collect();
    Ok(Ok(Found {
        magnet_cost_usd: costs.map(|cost| cost.map(|found| found.priced_usd)),
        unpriced: unpriced.into_iter().collect(),
        changed: changes(question.candidate, a, b),
        candidate,
        origin_a: a.offer.origin,
        origin_b: b.offer.origin,
        smallest_margin_ratio: smallest_margin(&judged.judgements).unwrap_or(f64::NEG_INFINITY),
        heavy_rare_earth_kg: [heavy(a), heavy(b)],
    }))
}

/// What of a candidate a pair changes.
fn changes(candidate: &Candidate, a: &Trial, b: &Trial) -> Vec<String> {
    let mut told = Vec::new();
    for trial in [a, b] {
        let side = trial.side.key();
        let old = trial.side.pathway(candidate);
        let terms = match trial.offer.origin {
            Origin::Present => continue,
            Origin::Offered => "on the terms of another candidate of the file",
            Origin::Assumed => "supply and data assumed",
        };
        let was = old.map_or_else(|| "nothing".to_owned(), |pathway| pathway.grade.clone());
        told.push(format!(
            "pathway {side}: {} instead of {was}, {terms}",
            trial.grade()
        ));
    }
    told
}

/// An id that the design format allows.
fn name(id: &str, a: &str, b: &str) -> String {
    let plain = |text: &str| -> String {
        let letter = |c: char| match c {
            'a'..='z' | '0'..='9' | '.' | '_' | '-' => c,
            _ => '-',
        };
        text.to_lowercase().chars().map(letter).collect()
    };
    let mut name = format!("{}.{}.{}", plain(id), plain(a), plain(b));
    name.truncate(64);
    name
}
