//! The evidence sheet of a pathway: what is declared link by link, what the world looks like beside it and
//! which rules touch it. No standard judges it; every judged aggregate can be worked out from it by hand.

use serde::Serialize;

use super::declaration::{Declaration, Source, Stage};
use super::dependence::link_dependence;
use super::element::Element;
use super::link::{Contents, Link, links};
use super::price::{Cost, cost};
use super::risk::link_risk;
use super::rule::{RuleOnPathway, rules_on};
use super::world::{Evidence, shares_at};
use crate::date::Date;
use crate::unit::six_digits;

/// What is known about the supply of a pathway.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// Pathway: `a` or `b`; `machine` for its materials.
    pub pathway: &'static str,
    /// The day at which rules and world shares are taken; none where neither the command, the design nor
    /// a standard names one.
    pub as_of: Option<Date>,
    /// Judged elements and their masses; empty where the composition is not known.
    pub elements: Vec<ElementMass>,
    /// Mass of the magnets [kg]; none for the machine.
    #[serde(serialize_with = "six_digits::option")]
    pub magnet_mass_kg: Option<f64>,
    /// Declared stock of magnets [d].
    pub stock_days: Option<f64>,
    /// Declared recycled mass over the mass of the magnets [1].
    pub recycled_share_ratio: Option<f64>,
    /// What the elements, or the materials of the machine, cost on the day; none without a day or where the
    /// composition is not known.
    pub cost: Option<Cost>,
    /// The links.
    pub links: Vec<LinkRow>,
    /// Rules issued by the day that touch the pathway.
    pub rules: Vec<RuleOnPathway>,
}

/// Mass of an element in the magnets of the machine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElementMass {
    /// Element.
    pub element: Element,
    /// Mass [kg].
    #[serde(serialize_with = "six_digits::number")]
    pub mass_kg: f64,
}

/// One link with its measures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkRow {
    /// Elements that pass.
    pub elements: Vec<Element>,
    /// Stage.
    pub stage: Stage,
    /// Sources as declared.
    pub sources: Vec<Source>,
    /// Share that documents cover [1].
    #[serde(serialize_with = "six_digits::number")]
    pub evidenced_share_ratio: f64,
    /// Share that rests on a word [1].
    #[serde(serialize_with = "six_digits::number")]
    pub declared_share_ratio: f64,
    /// Share that is only assumed [1].
    #[serde(serialize_with = "six_digits::number")]
    pub assumed_share_ratio: f64,
    /// Share that nobody declares [1].
    #[serde(serialize_with = "six_digits::number")]
    pub undeclared_share_ratio: f64,
    /// Country with the largest declared share.
    pub largest_country: Option<String>,
    /// Its share with the undeclared counted to it [1].
    #[serde(serialize_with = "six_digits::number")]
    pub largest_country_share_ratio: f64,
    /// Herfindahl-Hirschman index at its lower bound [1].
    #[serde(serialize_with = "six_digits::number")]
    pub herfindahl_index_lower_ratio: f64,
    /// The same at its upper bound, which is judged [1].
    #[serde(serialize_with = "six_digits::number")]
    pub herfindahl_index_ratio: f64,
    /// Independent sources.
    pub independent_sources_count: u32,
    /// Supply risk by the European method, or why there is none.
    pub supply_risk: Risk,
    /// The world's shares, context only.
    pub world: Vec<WorldRow>,
}

/// A supply risk or the input that is missing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// The risk.
    Ratio(#[serde(serialize_with = "six_digits::number")] f64),
    /// What is missing.
    Missing(String),
}

/// The largest producer of the world.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorldRow {
    /// Element.
    pub element: Element,
    /// Year.
    pub year: u16,
    /// Country.
    pub country: String,
    /// Its share [1].
    pub share_ratio: f64,
    /// Who says so.
    pub source: &'static str,
    /// How.
    pub evidence: Evidence,
}

impl Sheet {
    /// The sheet of a magnet pathway with the mass of its magnets [kg]. Without a known composition the
    /// sheet has no links: nobody can say which elements there are.
    #[must_use]
    pub fn of_magnet(
        pathway: &'static str,
        declaration: &Declaration,
        contents: Option<&Contents>,
        magnet_mass: f64,
        as_of: Option<Date>,
    ) -> Sheet {
        let declared = Sheet {
            magnet_mass_kg: Some(magnet_mass),
            stock_days: declaration.stock_days,
            recycled_share_ratio: declaration.recycled_share_ratio,
            ..Sheet::of_links(pathway, &[], as_of)
        };
        let Some(contents) = contents else {
            return declared;
        };
        let links = links(declaration, contents);
        let masses: Vec<(Element, f64)> = contents
            .elements
            .iter()
            .map(|(element, share)| (*element, share * magnet_mass))
            .collect();
        let row = |&(element, mass_kg): &(Element, f64)| ElementMass { element, mass_kg };
        Sheet {
            elements: masses.iter().map(row).collect(),
            cost: as_of.map(|day| cost(&masses, day)),
            rules: as_of.map_or_else(Vec::new, |day| rules_on(contents.family, &links, day)),
            links: Sheet::of_links(pathway, &links, as_of).links,
            ..declared
        }
    }

    /// The sheet of links, without masses and rules.
    #[must_use]
    pub fn of_links(pathway: &'static str, links: &[Link], as_of: Option<Date>) -> Sheet {
        Sheet {
            pathway,
            as_of,
            elements: Vec::new(),
            magnet_mass_kg: None,
            stock_days: None,
            recycled_share_ratio: None,
            cost: None,
            links: links.iter().map(|link| link_row(link, as_of)).collect(),
            rules: Vec::new(),
        }
    }
}

fn link_row(link: &Link, as_of: Option<Date>) -> LinkRow {
    let found = link_dependence(link.sources);
    let [evidenced, declared, assumed] = found.share_by_evidence;
    let beside = |date: Date| {
        link.elements
            .iter()
            .filter_map(move |e| world_row(*e, link.stage, date))
    };
    LinkRow {
        elements: link.elements.clone(),
        stage: link.stage,
        sources: link.sources.to_vec(),
        evidenced_share_ratio: evidenced,
        declared_share_ratio: declared,
        assumed_share_ratio: assumed,
        undeclared_share_ratio: found.undeclared_share_ratio,
        largest_country: found.largest_country,
        largest_country_share_ratio: found.largest_country_share_ratio,
        herfindahl_index_lower_ratio: found.herfindahl_index_lower_ratio,
        herfindahl_index_ratio: found.herfindahl_index_ratio,
        independent_sources_count: found.independent_sources_count,
        supply_risk: link_risk(link).map_or_else(|e| Risk::Missing(e.to_string()), Risk::Ratio),
        world: as_of.map_or_else(Vec::new, |date| beside(date).collect()),
    }
}

fn world_row(element: Element, stage: Stage, date: Date) -> Option<WorldRow> {
    let row = shares_at(element, stage, date)?;
    let largest = row.shares.iter().max_by(|a, b| a.1.total_cmp(b.1))?;
    Some(WorldRow {
        element,
        year: row.year,
        country: largest.0.clone(),
        share_ratio: *largest.1,
        source: &row.source,
        evidence: row.evidence,
    })
}
