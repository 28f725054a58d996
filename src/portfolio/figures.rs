//! The figures of a fleet.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::targets::{Targets, targets};
use crate::design::Fleet;
use crate::supply::{Element, Sheet, Stage};
use crate::unit::six_digits;

/// One design of a fleet, as it goes in.
#[derive(Debug, Clone, Copy)]
pub struct Member<'m> {
    /// File of the design.
    pub file: &'m str,
    /// Sector.
    pub sector: &'m str,
    /// How many are built, and on which pathway.
    pub fleet: &'m Fleet,
    /// Supply sheets of its candidate; none where it was not evaluated.
    pub sheets: &'m [Sheet],
}

/// A design of the fleet in the report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// File.
    pub file: String,
    /// Sector.
    pub sector: String,
    /// Candidate that is built.
    pub candidate: String,
    /// Machines a year.
    pub machines_per_year_count: u64,
    /// Part of them on pathway B [1].
    pub pathway_b_share_ratio: f64,
    /// Why it is in no figure, or not in all; none where nothing is missing.
    pub missing: Option<String>,
}

/// What the fleet uses of an element.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElementRow {
    /// Element or material.
    pub element: Element,
    /// Mass a year [t].
    #[serde(serialize_with = "six_digits::number")]
    pub tonnes_per_year: f64,
}

/// Where the fleet gets an element at a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageRow {
    /// Element or material.
    pub element: Element,
    /// Stage.
    pub stage: Stage,
    /// Mass a year [t].
    #[serde(serialize_with = "six_digits::number")]
    pub tonnes_per_year: f64,
    /// Declared shares by country [1].
    #[serde(serialize_with = "six_digits::map")]
    pub declared_ratio: BTreeMap<String, f64>,
    /// Share that nobody declares [1].
    #[serde(serialize_with = "six_digits::number")]
    pub undeclared_ratio: f64,
    /// Country with the largest declared share.
    pub largest_country: Option<String>,
    /// Its share with the undeclared counted to it [1].
    #[serde(serialize_with = "six_digits::number")]
    pub largest_country_share_ratio: f64,
    /// Steps of the path that are met.
    pub steps_met_count: usize,
}

/// How far the fleet hangs on a country at worst.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryRow {
    /// Country; none for one that nobody names.
    pub country: Option<String>,
    /// Its share where it is largest, the undeclared counted to it [1].
    #[serde(serialize_with = "six_digits::number")]
    pub share_ratio: f64,
    /// The element there.
    pub element: Element,
    /// The stage there.
    pub stage: Stage,
    /// Steps of the path that are met.
    pub steps_met_count: usize,
}

/// Stock of magnets in a sector.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectorStock {
    /// Sector.
    pub sector: String,
    /// Machines with magnets a year, by which the mean is weighted.
    #[serde(serialize_with = "six_digits::number")]
    pub machines_per_year: f64,
    /// Least stock of any pathway in use [d]; undeclared counts as none.
    #[serde(serialize_with = "six_digits::number")]
    pub least_days: f64,
    /// Mean stock over machines [d]; undeclared counts as none.
    #[serde(serialize_with = "six_digits::number")]
    pub mean_days: f64,
    /// Whether even the least stock reaches the lower end of the aim.
    pub least_reaches_aim: bool,
}

/// Recycled content of the magnets of the fleet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recycled {
    /// Mass of magnets a year [t].
    #[serde(serialize_with = "six_digits::number")]
    pub magnets_tonnes_per_year: f64,
    /// Recycled mass over it; undeclared counts as none [1].
    #[serde(serialize_with = "six_digits::number")]
    pub recycled_content_ratio: f64,
    /// Part of the magnets for which nothing is declared [1].
    #[serde(serialize_with = "six_digits::number")]
    pub undeclared_ratio: f64,
    /// Whether it reaches the aim.
    pub reaches_aim: bool,
}

/// The figures of a fleet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Portfolio {
    /// The aims beside which the figures stand.
    pub targets: Targets,
    /// The designs.
    pub members: Vec<Weighed>,
    /// Whether every design is in every figure.
    pub complete: bool,
    /// Tonnes by element and material.
    pub elements: Vec<ElementRow>,
    /// Sources by element and stage.
    pub stages: Vec<StageRow>,
    /// Dependence by country, the largest first.
    pub countries: Vec<CountryRow>,
    /// Stock by sector.
    pub stock: Vec<SectorStock>,
    /// Recycled content; none without magnets.
    pub recycled: Option<Recycled>,
}

/// Mass a year [kg] by country, and what nobody declares, at one stage of one element.
#[derive(Debug, Default)]
struct Flow {
    by_country: BTreeMap<String, f64>,
    undeclared: f64,
    total: f64,
}

/// A sheet with the machines a year that use it.
fn in_use<'m>(member: &Member<'m>) -> impl Iterator<Item = (&'m Sheet, f64)> {
    let machines = member.fleet.machines_per_year_count as f64;
    let on_b = member.fleet.pathway_b_share_ratio;
    let part = move |pathway: &str| match pathway {
        "a" => 1.0 - on_b,
        "b" => on_b,
        _ => 1.0,
    };
    let each = member.sheets.iter();
    each.map(move |sheet| (sheet, machines * part(sheet.pathway)))
        .filter(|(_, number)| *number > 0.0)
}

/// The figures of a fleet; `None` without a design that says how many are built.
#[must_use]
pub fn portfolio(members: &[Member]) -> Option<Portfolio> {
    if members.is_empty() {
        return None;
    }
    let aims = targets();
    let weighed: Vec<Weighed> = members.iter().map(weigh).collect();
    let flows = flows(members);
    let steps = |share: f64| {
        let steps = aims.largest_country_share_ratio.iter();
        steps.filter(|step| share <= **step).count()
    };
    let mut elements: BTreeMap<Element, f64> = BTreeMap::new();
    for (sheet, number) in members.iter().flat_map(in_use) {
        for row in &sheet.elements {
            *elements.entry(row.element).or_default() += number * row.mass_kg;
        }
    }
    let stages: Vec<StageRow> = flows
        .iter()
        .map(|((element, stage), flow)| stage_row(*element, *stage, flow, steps))
        .collect();
    Some(Portfolio {
        targets: aims.clone(),
        complete: weighed.iter().all(|member| member.missing.is_none()),
        members: weighed,
        elements: elements
            .into_iter()
            .map(|(element, kg)| ElementRow {
                element,
                tonnes_per_year: kg / 1e3,
            })
            .collect(),
        countries: countries(&stages, steps),
        stages,
        stock: stock(members, aims),
        recycled: recycled(members, aims),
    })
}

fn weigh(member: &Member) -> Weighed {
    let unknown = |pathway: &&Sheet| pathway.pathway != "machine" && pathway.links.is_empty();
    let missing = if member.sheets.is_empty() {
        Some("could not be evaluated; in no figure".to_owned())
    } else {
        let in_use: Vec<&Sheet> = in_use(member).map(|(sheet, _)| sheet).collect();
        let open = in_use.iter().copied().find(unknown);
        open.map(|sheet| {
            format!(
                "no source tells what the magnets of pathway {} are made of; their elements are in no figure",
                sheet.pathway
            )
        })
    };
    Weighed {
        file: member.file.to_owned(),
        sector: member.sector.to_owned(),
        candidate: member.fleet.candidate.clone(),
        machines_per_year_count: member.fleet.machines_per_year_count,
        pathway_b_share_ratio: member.fleet.pathway_b_share_ratio,
        missing,
    }
}

fn flows(members: &[Member]) -> BTreeMap<(Element, Stage), Flow> {
    let mut flows: BTreeMap<(Element, Stage), Flow> = BTreeMap::new();
    for (sheet, number) in members.iter().flat_map(in_use) {
        let mass = |element: &Element| {
            let row = sheet.elements.iter().find(|row| row.element == *element);
            row.map_or(0.0, |row| number * row.mass_kg)
        };
        for link in &sheet.links {
            for element in &link.elements {
                let mass = mass(element);
                let flow = flows.entry((*element, link.stage)).or_default();
                flow.total += mass;
                flow.undeclared += mass * link.undeclared_share_ratio;
                for source in &link.sources {
                    let country = flow.by_country.entry(source.country.clone());
                    *country.or_default() += mass * source.share_ratio;
                }
            }
        }
    }
    flows.retain(|_, flow| flow.total > 0.0);
    flows
}

fn stage_row(
    element: Element,
    stage: Stage,
    flow: &Flow,
    steps: impl Fn(f64) -> usize,
) -> StageRow {
    let shares: BTreeMap<String, f64> = flow
        .by_country
        .iter()
        .map(|(country, kg)| (country.clone(), kg / flow.total))
        .collect();
    let undeclared = flow.undeclared / flow.total;
    let largest = shares.iter().max_by(|a, b| a.1.total_cmp(b.1));
    let share = (largest.map_or(0.0, |(_, share)| *share) + undeclared).min(1.0);
    StageRow {
        element,
        stage,
        tonnes_per_year: flow.total / 1e3,
        largest_country: largest.map(|(country, _)| country.clone()),
        declared_ratio: shares,
        undeclared_ratio: undeclared,
        largest_country_share_ratio: share,
        steps_met_count: steps(share),
    }
}

/// Every country where its share is largest; a country that nobody names stands for what is undeclared.
fn countries(stages: &[StageRow], steps: impl Fn(f64) -> usize) -> Vec<CountryRow> {
    let named: BTreeSet<&String> = stages
        .iter()
        .flat_map(|s| s.declared_ratio.keys())
        .collect();
    let open = stages.iter().any(|row| row.undeclared_ratio > 0.0);
    let asked = named.into_iter().map(Some).chain(open.then_some(None));
    let mut found: Vec<CountryRow> = asked
        .filter_map(|country| {
            let share = |row: &StageRow| {
                let declared = country.and_then(|c| row.declared_ratio.get(c));
                (declared.copied().unwrap_or(0.0) + row.undeclared_ratio).min(1.0)
            };
            let worst = stages.iter().max_by(|a, b| {
                let order = share(a).total_cmp(&share(b));
                // Of equal shares the first in the order of the rows.
                order.then((b.element, b.stage).cmp(&(a.element, a.stage)))
            })?;
            Some(CountryRow {
                country: country.cloned(),
                share_ratio: share(worst),
                element: worst.element,
                stage: worst.stage,
                steps_met_count: steps(share(worst)),
            })
        })
        .collect();
    found.sort_by(|a, b| b.share_ratio.total_cmp(&a.share_ratio));
    found
}

/// Sheets of magnets in use.
fn magnets<'m>(member: &Member<'m>) -> impl Iterator<Item = (&'m Sheet, f64)> {
    in_use(member).filter(|(sheet, _)| sheet.pathway != "machine")
}

fn stock(members: &[Member], aims: &Targets) -> Vec<SectorStock> {
    let sectors: BTreeSet<&str> = members.iter().map(|member| member.sector).collect();
    let of = |sector: &str| -> Option<SectorStock> {
        let here = members.iter().filter(|member| member.sector == sector);
        let days: Vec<(f64, f64)> = here
            .flat_map(magnets)
            .map(|(sheet, number)| (sheet.stock_days.unwrap_or(0.0), number))
            .collect();
        let machines: f64 = days.iter().map(|(_, number)| number).sum();
        let least = days
            .iter()
            .map(|(days, _)| *days)
            .fold(f64::INFINITY, f64::min);
        let mean = days.iter().map(|(days, number)| days * number).sum::<f64>() / machines;
        (machines > 0.0).then(|| SectorStock {
            sector: sector.to_owned(),
            machines_per_year: machines,
            least_days: least,
            mean_days: mean,
            least_reaches_aim: least >= aims.stock_days[0],
        })
    };
    sectors.into_iter().filter_map(of).collect()
}

fn recycled(members: &[Member], aims: &Targets) -> Option<Recycled> {
    let (mut total, mut recycled, mut open) = (0.0, 0.0, 0.0);
    for (sheet, number) in members.iter().flat_map(magnets) {
        let mass = number * sheet.magnet_mass_kg.unwrap_or(0.0);
        total += mass;
        match sheet.recycled_share_ratio {
            Some(share) => recycled += mass * share,
            None => open += mass,
        }
    }
    (total > 0.0).then(|| Recycled {
        magnets_tonnes_per_year: total / 1e3,
        recycled_content_ratio: recycled / total,
        undeclared_ratio: open / total,
        reaches_aim: recycled / total >= aims.recycled_content_min_ratio,
    })
}

#[cfg(test)]
#[path = "figures_tests.rs"]
mod tests;
