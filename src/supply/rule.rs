//! Export controls, procurement rules and duties: data with the dates between which they hold.
//!
//! The rules are `rules.json`, each with its source and evidence. Nothing here says what is allowed; a
//! rule that holds and touches a link of a pathway is a fact that is listed and counted.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::declaration::{Source, Stage};
use super::dependence::{by_country, undeclared_share_ratio};
use super::element::Element;
use super::link::Link;
use super::world::{Evidence, shipped};
use crate::date::Date;
use crate::material::Family;
use crate::unit::round_significant;

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// A licence or a ban of a country of origin.
    ExportControl,
    /// A buyer that may not buy.
    Procurement,
    /// A share that a law sets as its aim.
    Benchmark,
    /// Something to be published or put on a label.
    InformationDuty,
    /// A material that a state declares critical.
    Designation,
    /// A measure against persons, technology or equipment, which no element tells.
    Notice,
}

/// A time in which a rule does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// First day.
    pub from: Date,
    /// First day on which the rule holds again.
    pub until: Date,
    /// Who says so.
    pub source: String,
    /// How.
    pub evidence: Evidence,
}

/// What a rule touches; an empty list is no restriction.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scope {
    /// Elements.
    pub elements: Vec<Element>,
    /// Magnet families.
    pub families: Vec<Family>,
    /// Stages.
    pub stages: Vec<Stage>,
    /// Countries in which the stage is done.
    pub countries: Vec<String>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A stable name.
    pub id: String,
    /// Whose rule it is.
    pub jurisdiction: String,
    /// The instrument.
    pub instrument: String,
    /// What it does.
    pub kind: RuleKind,
    /// What it says, in one sentence.
    pub subject: String,
    /// Day of issue.
    pub issued: Date,
    /// First day on which it holds.
    pub effective_from: Date,
    /// Times in which it does not.
    #[serde(default)]
    pub suspended: Vec<Suspension>,
    /// What it touches.
    pub scope: Scope,
    /// Of a benchmark: the largest share of one country [1].
    #[serde(default)]
    pub largest_country_share_ratio: Option<f64>,
    /// Of a benchmark: countries to which it does not apply.
    #[serde(default)]
    pub not_third_countries: Vec<String>,
    /// Who says so.
    pub source: String,
    /// How.
    pub evidence: Evidence,
    /// What to mind.
    #[serde(default)]
    pub note: Option<String>,
}

/// Where a rule stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Issued and not yet in effect.
    Announced,
    /// Holds.
    InForce,
    /// Issued and suspended.
    Suspended,
}

/// A link that a rule touches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Touched {
    /// Elements of the link that the rule names, or all.
    pub elements: Vec<Element>,
    /// Stage.
    pub stage: Stage,
    /// The countries through which it is touched; empty where an undeclared part may be one of them.
    pub countries: Vec<String>,
    /// Share of the link in these countries, the undeclared part counted to them [1].
    pub share_ratio: f64,
}

/// A rule that touches a pathway, as it stands on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleOnPathway {
    /// The rule's name.
    pub id: &'static str,
    /// The instrument.
    pub instrument: &'static str,
    /// What it does.
    pub kind: RuleKind,
    /// What it says.
    pub subject: &'static str,
    /// Where it stands.
    pub standing: Standing,
    /// First day on which it holds.
    pub effective_from: Date,
    /// First day on which it holds again, of a suspended rule.
    pub suspended_until: Option<Date>,
    /// What it touches.
    pub touches: Vec<Touched>,
    /// Who says so; of a suspended rule who says that it is.
    pub source: &'static str,
    /// How.
    pub evidence: Evidence,
}

static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| shipped("rules.json", include_str!("rules.json")));

/// Every rule.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rules that are in force on one day and not on another: between such days what is judged is not the same.
#[must_use]
pub fn rules_between(one: Date, other: Date) -> Vec<&'static Rule> {
    let changed = |rule: &&Rule| rule.is_in_force(one) != rule.is_in_force(other);
    RULES.iter().filter(changed).collect()
}

impl Rule {
    /// Whether it holds on a day.
    #[must_use]
    pub fn is_in_force(&self, date: Date) -> bool {
        matches!(self.standing(date), Some((Standing::InForce, _)))
    }

    /// Where the rule stands on a day, with the suspension that holds then; `None` before its issue.
    #[must_use]
    pub fn standing(&self, date: Date) -> Option<(Standing, Option<&Suspension>)> {
        if date < self.issued {
            return None;
        }
        let suspension = self
            .suspended
            .iter()
            .find(|s| s.from <= date && date < s.until);
        let standing = match suspension {
            Some(_) => Standing::Suspended,
            None if date < self.effective_from => Standing::Announced,
            None => Standing::InForce,
        };
        Some((standing, suspension))
    }

    /// The links of a magnet of a family that the rule touches. An undeclared part may lie in any country,
    /// so it is touched.
    #[must_use]
    pub fn touches(&self, family: Family, links: &[Link]) -> Vec<Touched> {
        if !self.scope.families.is_empty() && !self.scope.families.contains(&family) {
            return Vec::new();
        }
        links
            .iter()
            .filter_map(|link| self.touches_link(link))
            .collect()
    }

    /// The third country whose share of a link may lie above a limit, the undeclared part counted to it; no
    /// country where the undeclared part alone may be one that does. `None` where none can.
    fn above_benchmark(&self, sources: &[Source], limit: f64) -> Option<Vec<String>> {
        let third = by_country(sources).into_iter().filter(|(country, _)| {
            !self
                .not_third_countries
                .iter()
                .any(|known| known == country)
        });
        let largest = third.max_by(|a, b| a.1.total_cmp(&b.1));
        let declared = largest.map_or(0.0, |(_, share)| share);
        let above = declared + undeclared_share_ratio(sources) > limit;
        above.then(|| {
            largest
                .map(|(country, _)| country.to_owned())
                .into_iter()
                .collect()
        })
    }

    fn touches_link(&self, link: &Link) -> Option<Touched> {
        let scope = &self.scope;
        if !scope.stages.is_empty() && !scope.stages.contains(&link.stage) {
            return None;
        }
        let named = |element: &Element| scope.elements.contains(element);
        let elements: Vec<Element> = if scope.elements.is_empty() {
            link.elements.clone()
        } else {
            link.elements.iter().copied().filter(named).collect()
        };
        if elements.is_empty() && !link.elements.is_empty() {
            return None;
        }
        let countries = match self.largest_country_share_ratio {
            Some(limit) => self.above_benchmark(link.sources, limit)?,
            None => {
                let countries: BTreeSet<&String> = link
                    .sources
                    .iter()
                    .map(|source| &source.country)
                    .filter(|country| scope.countries.contains(country))
                    .collect();
                let open = undeclared_share_ratio(link.sources) > 0.0;
                if countries.is_empty() && !open && !scope.countries.is_empty() {
                    return None;
                }
                countries.into_iter().cloned().collect()
            }
        };
        let inside = |source: &&Source| countries.contains(&source.country);
        let declared: f64 = link
            .sources
            .iter()
            .filter(inside)
            .map(|s| s.share_ratio)
            .sum();
        let share = (declared + undeclared_share_ratio(link.sources)).min(1.0);
        Some(Touched {
            elements,
            stage: link.stage,
            share_ratio: round_significant(share, 6),
            countries,
        })
    }
}

/// The rules issued by a day that touch a pathway, in the order of the table.
#[must_use]
pub fn rules_on(family: Family, links: &[Link], date: Date) -> Vec<RuleOnPathway> {
    RULES
        .iter()
        .filter_map(|rule| {
            let (standing, suspension) = rule.standing(date)?;
            let touches = rule.touches(family, links);
            (!touches.is_empty()).then(|| RuleOnPathway {
                id: &rule.id,
                instrument: &rule.instrument,
                kind: rule.kind,
                subject: &rule.subject,
                standing,
                effective_from: rule.effective_from,
                suspended_until: suspension.map(|s| s.until),
                touches,
                source: suspension.map_or(&rule.source, |s| &s.source),
                evidence: suspension.map_or(rule.evidence, |s| s.evidence),
            })
        })
        .collect()
}

/// What of a pathway rules in force touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flags {
    /// Elements under an export control of a country that they pass through.
    pub export_controlled_element_count: usize,
    /// Links in a country from which a procurement rule forbids them.
    pub procurement_restricted_stage_count: usize,
    /// Links in which one country holds more than a benchmark allows.
    pub benchmark_exceeded_stage_count: usize,
    /// Duties to inform.
    pub information_duty_count: usize,
}

/// Counts what the rules in force touch; rules that are announced or suspended do not count.
#[must_use]
pub fn flags(rules: &[RuleOnPathway]) -> Flags {
    let of = |kind: RuleKind| {
        rules
            .iter()
            .filter(move |rule| rule.kind == kind && rule.standing == Standing::InForce)
    };
    let links = |kind: RuleKind| -> usize {
        let touched = of(kind).flat_map(|rule| &rule.touches);
        touched
            .map(|t| (t.stage, t.elements.clone()))
            .collect::<BTreeSet<_>>()
            .len()
    };
    let elements: BTreeSet<Element> = of(RuleKind::ExportControl)
        .flat_map(|rule| &rule.touches)
        .flat_map(|touched| touched.elements.iter().copied())
        .collect();
    Flags {
        export_controlled_element_count: elements.len(),
        procurement_restricted_stage_count: links(RuleKind::Procurement),
        benchmark_exceeded_stage_count: links(RuleKind::Benchmark),
        information_duty_count: of(RuleKind::InformationDuty).count(),
    }
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
