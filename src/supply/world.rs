//! Dated shares of the world's production, the governance of countries and recycling rates: context that
//! stands beside a declaration and never replaces it.
//!
//! The data are small tables with their sources: `world.json`, `governance.json`. What no source tells
//! (samarium, strontium, electrical steel, metal and alloy) has no row.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::declaration::Stage;
use super::element::Element;
use crate::date::Date;

/// Where a number of these tables comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A legal or official text.
    Primary,
    /// A named page that quotes it.
    Secondary,
    /// A page that quotes a page.
    Tertiary,
    /// Computed from a published data set.
    Dataset,
    /// From memory.
    Recalled,
}

/// Shares of one year at one stage.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// Elements that the shares speak for.
    pub elements: Vec<Element>,
    /// Stage.
    pub stage: Stage,
    /// Year of the production.
    pub year: u16,
    /// What the source counts, in its words.
    pub covers: String,
    /// Shares by country [1]; what is missing to one belongs to countries that the source lumps or omits.
    pub shares: BTreeMap<String, f64>,
    /// Who says so.
    pub source: String,
    /// How.
    pub evidence: Evidence,
    /// How far to trust it.
    pub confidence: String,
    /// What to mind.
    #[serde(default)]
    pub note: Option<String>,
}

/// Values by country or element with their source.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What is measured.
    pub measure: String,
    /// Year.
    pub year: u16,
    /// Who says so.
    pub source: String,
    /// How.
    pub evidence: Evidence,
    /// The values.
    pub values: BTreeMap<String, f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    governance: Table,
    recycling: Table,
}

static WORLD: LazyLock<Vec<World>> =
    LazyLock::new(|| shipped("world.json", include_str!("world.json")));

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| shipped("governance.json", include_str!("governance.json")));

/// Reads a table of the program. One that does not parse must end the run, for an empty table would say
/// that no rule holds; a test excludes it.
pub(super) fn shipped<T: DeserializeOwned>(name: &str, text: &str) -> T {
    match serde_json::from_str(text) {
        Ok(table) => table,
        Err(error) => panic!("the shipped table {name} does not parse: {error}"),
    }
}

/// Every row of world shares.
#[must_use]
pub fn world() -> &'static [World] {
    &WORLD
}

/// The shares of an element at a stage: the latest year that does not lie after the date; of one year the
/// row that names more of the world.
#[must_use]
pub fn shares_at(element: Element, stage: Stage, date: Date) -> Option<&'static World> {
    let rows = WORLD.iter().filter(|row| {
        row.stage == stage && row.elements.contains(&element) && row.year <= date.year()
    });
    rows.max_by(|a, b| {
        let named = |row: &World| row.shares.values().sum::<f64>();
        a.year.cmp(&b.year).then(named(a).total_cmp(&named(b)))
    })
}

/// Governance of a country on the scale of the European method, 0 the best and 10 the worst:
/// (2.5 − estimate) × 2. `None` where the table has no value.
#[must_use]
pub fn governance(country: &str) -> Option<f64> {
    let estimate = TABLES.governance.values.get(country)?;
    Some((2.5 - estimate) * 2.0)
}

/// Part of the input of an element that comes from recycled old products [1], worldwide or in Europe as
/// the source has it. `None` where the table has no value.
#[must_use]
pub fn recycling_rate(element: Element) -> Option<f64> {
    let values = &TABLES.recycling.values;
    values.get(element.symbol()).copied()
}

#[cfg(test)]
mod tests {
    use super::super::contradiction::is_country;
    use super::*;

    #[test]
    fn the_tables_are_read_and_possible() {
        assert!(WORLD.len() >= 18, "{}", WORLD.len());
        for row in WORLD.iter() {
            let sum: f64 = row.shares.values().sum();
            assert!(sum <= 1.0005 && sum > 0.0, "{row:?}");
            assert!(row.shares.keys().all(|code| is_country(code)), "{row:?}");
            assert!(row.evidence != Evidence::Recalled, "{row:?}");
            assert!(!row.elements.is_empty() && !row.source.is_empty());
        }
        let tables = &*TABLES;
        assert!(tables.governance.values.keys().all(|code| is_country(code)));
        for estimate in tables.governance.values.values() {
            assert!((-2.5..=2.5).contains(estimate));
        }
        for (symbol, rate) in &tables.recycling.values {
            let known = |e: &Element| e.symbol() == symbol;
            assert!(Element::OF_MAGNETS.iter().any(known), "{symbol}");
            assert!((0.0..=1.0).contains(rate));
        }
    }

    #[test]
    fn the_latest_year_that_is_past_is_shown() {
        let at = |date: &str| {
            let date = date.parse().expect("a day");
            shares_at(Element::Ga, Stage::Separation, date).map(|row| (row.year, row.shares["CN"]))
        };
        assert_eq!(at("2026-06-01"), Some((2024, 0.9868)));
        assert_eq!(at("2023-12-31"), Some((2023, 0.9832)));
        assert_eq!(at("2022-12-31"), None);
        let never = "2026-06-01".parse().expect("a day");
        assert!(shares_at(Element::Sr, Stage::Mining, never).is_none());
    }
}
