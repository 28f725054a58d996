//! The search over the catalogue.

use crate::parallel::each_or_first_error;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::offer::{Offer, Origin, offers};
use super::trial::{Binding, Stand, Trial, binding, hopeless, judgements, margins, met};
use crate::date::Date;
use crate::design::{Candidate, Design, DiffusionDeclaration};
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
    /// Candidates that declare the terms of pathways A and B, or whose supply is assumed.
    pub terms_of: [String; 2],
    /// Margins of the blocking clauses of the five standards over their scales, the smallest first, of values that are
    /// uncertain: what is declared or counted may stand at its limit.
    pub margin_ratios: Vec<f64>,
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
    /// Magnets solved at verdict level: one solution serves every trial of a grade.
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
    let screened = each_or_first_error(asked, |(side, offer)| screen(question, side, offer))?;
    let screened: Vec<Screening> = screened.into_iter().flatten().collect();
    let mut open: Vec<&Open> = Vec::new();
    for screening in &screened {
        if let Screening::Open(one) = screening
            && open.iter().all(|known| known.magnet() != one.magnet())
        {
            open.push(one);
        }
    }
    let solutions: Vec<Solution> = each_or_first_error(open, |one| solution(question, one))?;
    let solved = solutions.iter().filter(|s| s.facts.is_ok()).count();
    let trials: Vec<Trial> = each_or_first_error(screened, |screening| match screening {
        Screening::Closed(trial) => Ok(*trial),
        Screening::Open(one) => judged(question, *one, &solutions),
    })?;
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
    // The largest of the smallest margins first, where those are alike of the next, then the least heavy rare earth on B, then on A, then the least cost of B, then of
    // A. Costs are those of raw materials that have a price, which is why they come last.
    pairs.sort_by(|x, y| {
        let heavy = |found: &Found, side: usize| found.heavy_rare_earth_kg[side];
        let cost =
            |found: &Found, side: usize| found.magnet_cost_usd[side].unwrap_or(f64::INFINITY);
        leximin(&y.margin_ratios, &x.margin_ratios)
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

/// What is known of a trial without a field solution.
enum Screening {
    /// A clause fails whatever the field is.
    Closed(Box<Trial>),
    /// It has to be solved.
    Open(Box<Open>),
}

/// A trial that has to be solved.
struct Open {
    offer: Offer,
    side: Side,
}

impl Open {
    /// What its field hangs on: the same machine has the same field with the same magnet, whoever supplies it.
    fn magnet(&self) -> (&str, Option<&DiffusionDeclaration>) {
        let pathway = &self.offer.pathway;
        (&pathway.grade, pathway.declaration.diffusion.as_ref())
    }
}

/// The field of a magnet in the machine, or why there is none.
struct Solution {
    grade: String,
    diffusion: Option<DiffusionDeclaration>,
    facts: Result<Arc<Facts>, String>,
}

/// The machine with one pathway only.
fn prepared<'q>(
    question: &Question<'q>,
    candidate: &'q Candidate,
) -> Result<Prepared<'q>, EvaluateError> {
    let mut prepared = Prepared::new(&question.design.application, candidate, question.library)?;
    prepared.as_of = question.as_of;
    Ok(prepared)
}

/// A grade on a pathway as far as it needs no field; `None` where the library has no data for it at these
/// temperatures.
fn screen(
    question: &Question,
    side: Side,
    offer: Offer,
) -> Result<Option<Screening>, EvaluateError> {
    let candidate = with_one(question.candidate, side, &offer);
    let Ok(unsolved) = evaluate::without_field(&prepared(question, &candidate)?, side, NOT_SOLVED)
    else {
        return Ok(None);
    };
    let record = unsolved.to_value();
    let first = judgements(question.programme, side, &record, question.rule);
    if !hopeless(&first, &record, NOT_SOLVED) {
        return Ok(Some(Screening::Open(Box::new(Open { offer, side }))));
    }
    Ok(Some(Screening::Closed(Box::new(Trial {
        offer,
        side,
        stand: Stand::Screened,
        record,
        facts: None,
        binding: binding(&first),
    }))))
}

fn solution(question: &Question, open: &Open) -> Result<Solution, EvaluateError> {
    let candidate = with_one(question.candidate, open.side, &open.offer);
    let (grade, diffusion) = open.magnet();
    let facts = evaluate::facts_of(&prepared(question, &candidate)?, open.side);
    Ok(Solution {
        grade: grade.to_owned(),
        diffusion: diffusion.cloned(),
        facts: facts.map(Arc::new).map_err(|error| error.to_string()),
    })
}

/// A trial judged with the field of its magnet.
fn judged(question: &Question, open: Open, solutions: &[Solution]) -> Result<Trial, EvaluateError> {
    let candidate = with_one(question.candidate, open.side, &open.offer);
    let prepared = prepared(question, &candidate)?;
    let of_magnet = |s: &&Solution| (s.grade.as_str(), s.diffusion.as_ref()) == open.magnet();
    let found = solutions.iter().find(of_magnet).map(|s| &s.facts);
    let Open { offer, side } = open;
    let filled = match found {
        Some(Ok(facts)) => evaluate::record_of(&prepared, side, facts)
            .map(|record| (record, Arc::clone(facts)))
            .map_err(|error| error.to_string()),
        Some(Err(reason)) => Err(reason.clone()),
        None => Err(NOT_SOLVED.to_owned()),
    };
    let (record, facts) = match filled {
        Ok((record, facts)) => (record, Some(facts)),
        Err(reason) => (evaluate::without_field(&prepared, side, &reason)?, None),
    };
    let record = record.to_value();
    let last = judgements(question.programme, side, &record, question.rule);
    Ok(Trial {
        offer,
        side,
        stand: if met(&last) {
            Stand::Meets
        } else {
            Stand::Solved
        },
        record,
        facts,
        binding: binding(&last),
    })
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
    let prepared = prepared(question, &candidate)?;
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
        terms_of: [a.offer.terms_of.clone(), b.offer.terms_of.clone()],
        margin_ratios: margins(&judged.judgements),
        heavy_rare_earth_kg: [heavy(a), heavy(b)],
    }))
}

/// Compares by the smallest margin, and where those are alike by the next.
fn leximin(x: &[f64], y: &[f64]) -> Ordering {
    let pairs = x.iter().zip(y).map(|(x, y)| x.total_cmp(y));
    let differ = pairs.into_iter().find(|order| order.is_ne());
    differ.unwrap_or_else(|| x.len().cmp(&y.len()))
}

/// What of a candidate a pair changes.
fn changes(candidate: &Candidate, a: &Trial, b: &Trial) -> Vec<String> {
    let mut told = Vec::new();
    for trial in [a, b] {
        let side = trial.side.key();
        let old = trial.side.pathway(candidate);
        let of = &trial.offer.terms_of;
        let terms = match trial.offer.origin {
            Origin::Present => continue,
            Origin::Offered => format!("on the terms of candidate {of}"),
            Origin::Assumed => {
                format!("data of the library and the supply of candidate {of} assumed")
            }
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

#[cfg(test)]
mod tests {
    use super::leximin;
    use std::cmp::Ordering;

    #[test]
    fn the_next_margin_decides_where_the_smallest_are_alike() {
        assert_eq!(leximin(&[0.1, 0.3], &[0.1, 0.2]), Ordering::Greater);
        assert_eq!(leximin(&[0.05, 0.9], &[0.1, 0.1]), Ordering::Less);
        assert_eq!(leximin(&[0.1], &[0.1]), Ordering::Equal);
        assert_eq!(leximin(&[], &[0.1]), Ordering::Less);
    }
}
