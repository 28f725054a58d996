//! What a scenario leaves of a pathway.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::course::{Touched, build};
use super::file::Scenario;
use crate::supply::{Element, Sheet, Stage};
use crate::unit::six_digits;

/// Whether machines are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Production {
    /// Everything, over the whole time.
    Full,
    /// Less than everything, for some of the time.
    Reduced,
    /// Nothing at the end.
    Stopped,
    /// Nobody can say.
    CouldNotJudge,
}

/// A link that a scenario touches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Elements, or the material of the machine.
    pub elements: Vec<Element>,
    /// Stage.
    pub stage: Stage,
    /// Countries through which it is touched.
    pub countries: Vec<String>,
    /// Whether an undeclared part is touched, which may lie in any country.
    pub undeclared: bool,
    /// Part that does not come once every delay is over [1].
    #[serde(serialize_with = "six_digits::number")]
    pub lost_ratio: f64,
    /// Days on which the touched part does not come at all [d].
    pub delay_days: f64,
}

/// What changes in the cost of a pathway's magnets and the machine's own materials.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CostChange {
    /// Cost of what has a price [USD].
    #[serde(serialize_with = "six_digits::number")]
    pub before_usd: f64,
    /// The same with the prices of the scenario [USD].
    #[serde(serialize_with = "six_digits::number")]
    pub after_usd: f64,
    /// Change [USD].
    #[serde(serialize_with = "six_digits::number")]
    pub change_usd: f64,
    /// Change over the cost before [1]; none where nothing costs anything.
    #[serde(serialize_with = "six_digits::option")]
    pub change_ratio: Option<f64>,
    /// What has no price and is in no sum.
    pub unpriced: Vec<Element>,
}

/// What a scenario leaves of a pathway.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Name of the scenario; of an embargo the country, `undeclared` for one that nobody names.
    pub scenario: String,
    /// Pathway: `a` or `b`; `machine` for one without magnets.
    pub pathway: &'static str,
    /// How long it lasts [d].
    pub duration_days: f64,
    /// Whether machines are built.
    pub production: Production,
    /// Why nobody can say.
    pub reason: Option<String>,
    /// Whether machines are still built on the last day; none where nobody can say.
    pub buildable: Option<bool>,
    /// First day on which less than everything is built [d]; none if that never happens.
    #[serde(serialize_with = "six_digits::option")]
    pub cover_days: Option<f64>,
    /// The same if the machine's own materials all came [d].
    #[serde(serialize_with = "six_digits::option")]
    pub magnet_cover_days: Option<f64>,
    /// What is built over the whole time, over full production [1].
    #[serde(serialize_with = "six_digits::option")]
    pub volume_kept_ratio: Option<f64>,
    /// Part of the magnets' material that still flows once every delay is over: the worst link, if what is left
    /// of one stage can be sent to what is left of the next [1].
    #[serde(serialize_with = "six_digits::option")]
    pub magnet_flow_kept_ratio: Option<f64>,
    /// The same at its lower bound, if nothing can be sent elsewhere: what each stage of an element loses is lost
    /// once more [1].
    #[serde(serialize_with = "six_digits::option")]
    pub magnet_flow_kept_fixed_routes_ratio: Option<f64>,
    /// Part of copper and electrical steel that still flows [1].
    #[serde(serialize_with = "six_digits::number")]
    pub machine_flow_kept_ratio: f64,
    /// Stock that was counted [d]; none where none is declared, which counts as none.
    pub stock_days: Option<f64>,
    /// What it does to the cost; none without a day at which prices are taken.
    pub cost: Option<CostChange>,
    /// The links that are touched.
    pub hits: Vec<Hit>,
}

/// What every scenario leaves of every pathway with a sheet, or of the machine where it has no magnets.
#[must_use]
pub fn outcomes(scenarios: &[Scenario], sheets: &[Sheet]) -> Vec<Outcome> {
    let machine = sheets.iter().find(|sheet| sheet.pathway == "machine");
    let mut pathways: Vec<&Sheet> = sheets.iter().filter(|s| s.pathway != "machine").collect();
    if pathways.is_empty() {
        pathways.extend(machine);
    }
    let each = scenarios.iter().flat_map(|scenario| {
        pathways
            .iter()
            .map(move |sheet| outcome(scenario, sheet, machine))
    });
    each.collect()
}

/// What a scenario leaves of one pathway.
#[must_use]
pub fn outcome(scenario: &Scenario, sheet: &Sheet, machine: Option<&Sheet>) -> Outcome {
    let own = sheet.pathway == "machine";
    let magnet = if own {
        vec![]
    } else {
        touched(scenario, sheet.pathway, sheet)
    };
    let materials = machine.map_or_else(Vec::new, |of| touched(scenario, sheet.pathway, of));
    let duration = scenario.duration_days;
    let hits = magnet.iter().chain(&materials);
    let hits = hits.filter_map(|touched| hit(touched, duration));
    let mut found = Outcome {
        scenario: scenario.name.clone(),
        pathway: sheet.pathway,
        duration_days: duration,
        production: Production::CouldNotJudge,
        reason: None,
        buildable: None,
        cover_days: None,
        magnet_cover_days: None,
        volume_kept_ratio: None,
        magnet_flow_kept_ratio: None,
        magnet_flow_kept_fixed_routes_ratio: None,
        machine_flow_kept_ratio: kept(&materials),
        stock_days: sheet.stock_days,
        cost: cost_change(scenario, sheet, machine.filter(|_| !own)),
        hits: hits.collect(),
    };
    if !own && sheet.links.is_empty() {
        found.reason = Some(
            "no source tells what the magnets are made of, so nobody can say which flows they hang on"
                .to_owned(),
        );
        return found;
    }
    let stock = sheet.stock_days.unwrap_or(0.0);
    let course = build((&magnet, &materials), stock, duration);
    let alone = build((&magnet, &[]), stock, duration);
    found.production = match course.short_from {
        None => Production::Full,
        Some(_) if course.at_the_end > 0.0 => Production::Reduced,
        Some(_) => Production::Stopped,
    };
    found.buildable = Some(found.production != Production::Stopped);
    found.cover_days = course.short_from;
    found.volume_kept_ratio = Some(course.volume);
    if !own {
        found.magnet_cover_days = alone.short_from;
        found.magnet_flow_kept_ratio = Some(kept(&magnet));
        found.magnet_flow_kept_fixed_routes_ratio = Some(kept_fixed(&magnet));
    }
    found
}

/// What a scenario does to the links of a sheet, for a pathway.
fn touched<'s>(scenario: &Scenario, pathway: &str, sheet: &'s Sheet) -> Vec<Touched<'s>> {
    let each = sheet.links.iter();
    each.map(|link| Touched::new(scenario, pathway, link))
        .collect()
}

/// The flow of the worst link once every delay is over [1].
fn kept(links: &[Touched]) -> f64 {
    let lost = links.iter().map(|link| link.lost(f64::INFINITY));
    1.0 - lost.fold(0.0, f64::max)
}

/// The flow of the worst element if the losses of its stages add up [1].
fn kept_fixed(links: &[Touched]) -> f64 {
    let elements: BTreeSet<Option<Element>> = links
        .iter()
        .flat_map(|t| t.link.elements.iter().copied().map(Some))
        .chain([None])
        .collect();
    let passes = |touched: &Touched, element: Option<Element>| match element {
        Some(element) => touched.link.elements.contains(&element),
        None => touched.link.elements.is_empty(),
    };
    let each = elements.into_iter().map(|element| {
        let lost: f64 = links
            .iter()
            .filter(|touched| passes(touched, element))
            .map(|touched| touched.lost(f64::INFINITY))
            .sum();
        (1.0 - lost).max(0.0)
    });
    each.fold(1.0, f64::min)
}

fn hit(touched: &Touched, end: f64) -> Option<Hit> {
    let lost = touched.lost(f64::INFINITY);
    let delay = touched.delay().min(end);
    (lost > 0.0 || delay > 0.0).then(|| Hit {
        elements: touched.link.elements.clone(),
        stage: touched.link.stage,
        countries: touched.countries.iter().map(|&c| c.to_owned()).collect(),
        undeclared: touched.undeclared,
        lost_ratio: lost,
        delay_days: delay,
    })
}

fn cost_change(scenario: &Scenario, sheet: &Sheet, machine: Option<&Sheet>) -> Option<CostChange> {
    let factors: BTreeMap<Element, f64> = scenario
        .prices
        .iter()
        .flat_map(|change| change.elements.iter().map(|e| (*e, change.factor_ratio)))
        .collect();
    let costs: Vec<_> = [Some(sheet), machine]
        .into_iter()
        .flatten()
        .map(|sheet| sheet.cost.as_ref())
        .collect::<Option<_>>()?;
    let before: f64 = costs.iter().map(|cost| cost.priced_usd).sum();
    let after: f64 = costs.iter().map(|cost| cost.with_factors(&factors)).sum();
    let unpriced: BTreeSet<Element> = costs.iter().flat_map(|c| c.unpriced.clone()).collect();
    Some(CostChange {
        before_usd: before,
        after_usd: after,
        change_usd: after - before,
        change_ratio: (before > 0.0).then(|| (after - before) / before),
        unpriced: unpriced.into_iter().collect(),
    })
}

#[cfg(test)]
#[path = "outcome_tests.rs"]
mod tests;
