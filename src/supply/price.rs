//! What the raw materials of a machine cost on a day: dated prices and price floors, data with their sources.
//!
//! Prices of rare earths are those of oxides, taken to the element by the mass of the oxide: that is the value
//! of the raw material and no price of a magnet, for which no dated series by grade was found. What has no
//! price (cobalt, gallium, boron, strontium and others) is named and never counts as nothing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::element::Element;
use super::world::{Evidence, shipped};
use crate::date::Date;
use crate::unit::six_digits;

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The oxide in which the element is traded.
    Oxide,
    /// The metal, or the material of the machine itself.
    Metal,
}

/// A price of a day.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// A stable name.
    pub id: String,
    /// Elements for which it is the price.
    pub elements: Vec<Element>,
    /// Of what.
    pub form: Form,
    /// The day; of a mean the last or middle one of its time.
    pub date: Date,
    /// Lowest and highest [USD/kg].
    pub usd_per_kg: [f64; 2],
    /// Where and how it was paid.
    pub market: String,
    /// Who says so.
    pub source: String,
    /// How.
    pub evidence: Evidence,
}

/// A price below which a buyer of public standing has promised not to go.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// A stable name.
    pub id: String,
    /// Elements.
    pub elements: Vec<Element>,
    /// Of what.
    pub form: Form,
    /// First day.
    pub effective_from: Date,
    /// The floor [USD/kg].
    pub usd_per_kg: f64,
    /// What it is.
    pub subject: String,
    /// Who says so.
    pub source: String,
    /// How.
    pub evidence: Evidence,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    prices: Vec<Price>,
    floors: Vec<Floor>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| shipped("prices.json", include_str!("prices.json")));

/// Relative atomic mass of oxygen (IUPAC 2021, abridged).
const OXYGEN: f64 = 15.999;

/// Mass of the traded oxide that holds one unit of mass of the element [1]: M(oxide) / (n M(element)), atomic
/// masses of IUPAC 2021, abridged; `None` for what is not traded as an oxide.
fn oxide_per_element(element: Element) -> Option<f64> {
    let (mass, atoms, oxygen) = match element {
        Element::Nd => (144.24, 2.0, 3.0),
        Element::Pr => (140.91, 6.0, 11.0),
        Element::Dy => (162.50, 2.0, 3.0),
        Element::Tb => (158.93, 4.0, 7.0),
        Element::Sm => (150.36, 2.0, 3.0),
        _ => return None,
    };
    Some(1.0 + oxygen * OXYGEN / (atoms * mass))
}

/// The price of an element in what it is traded as.
fn per_element(element: Element, form: Form, usd_per_kg: f64) -> Option<f64> {
    match form {
        Form::Metal => Some(usd_per_kg),
        Form::Oxide => oxide_per_element(element).map(|mass| mass * usd_per_kg),
    }
}

/// The latest price of an element that is not after a day.
fn price_at(element: Element, day: Date) -> Option<&'static Price> {
    let known = TABLE
        .prices
        .iter()
        .filter(|p| p.elements.contains(&element) && p.date <= day);
    known.max_by_key(|p| p.date)
}

/// The highest floor of an element that holds on a day.
fn floor_at(element: Element, day: Date) -> Option<&'static Floor> {
    let known = TABLE
        .floors
        .iter()
        .filter(|f| f.elements.contains(&element) && f.effective_from <= day);
    known.max_by(|a, b| a.usd_per_kg.total_cmp(&b.usd_per_kg))
}

/// What one element costs in one machine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CostRow {
    /// The element, or the material.
    pub element: Element,
    /// Its mass [kg].
    #[serde(serialize_with = "six_digits::number")]
    pub mass_kg: f64,
    /// Name of the price.
    pub price: &'static str,
    /// Its day.
    pub date: Date,
    /// Where it was paid.
    pub market: &'static str,
    /// Lowest and highest price of the element, the mass of its oxide counted [USD/kg].
    #[serde(serialize_with = "six_digits::pair")]
    pub usd_per_kg: [f64; 2],
    /// Cost at the middle of the two [USD].
    #[serde(serialize_with = "six_digits::number")]
    pub cost_usd: f64,
    /// Name of the floor that would raise it; none where no floor holds or the price is above.
    pub floor: Option<&'static str>,
    /// Cost at the floor, where that is higher than at the middle price [USD].
    #[serde(serialize_with = "six_digits::number")]
    pub cost_at_floor_usd: f64,
    /// Who states the price.
    pub source: &'static str,
    /// How.
    pub evidence: Evidence,
}

/// What the materials of a pathway, or of the machine, cost on a day as far as prices are known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cost {
    /// What has a price.
    pub rows: Vec<CostRow>,
    /// What has none, and is in no sum.
    pub unpriced: Vec<Element>,
    /// Sum of what has a price [USD].
    #[serde(serialize_with = "six_digits::number")]
    pub priced_usd: f64,
    /// The same with the floors [USD].
    #[serde(serialize_with = "six_digits::number")]
    pub priced_at_floor_usd: f64,
}

/// The cost of masses by element [kg] on a day.
#[must_use]
pub fn cost(masses: &[(Element, f64)], day: Date) -> Cost {
    let row = |element: Element, mass: f64| -> Option<CostRow> {
        let price = price_at(element, day)?;
        let [low, high] = price.usd_per_kg;
        let usd_per_kg = [
            per_element(element, price.form, low)?,
            per_element(element, price.form, high)?,
        ];
        let middle = 0.5 * (usd_per_kg[0] + usd_per_kg[1]);
        let floor = floor_at(element, day).and_then(|floor| {
            let least = per_element(element, floor.form, floor.usd_per_kg)?;
            (least > middle).then_some((floor, least))
        });
        Some(CostRow {
            element,
            mass_kg: mass,
            price: &price.id,
            date: price.date,
            market: &price.market,
            usd_per_kg,
            cost_usd: mass * middle,
            floor: floor.map(|(floor, _)| floor.id.as_str()),
            cost_at_floor_usd: mass * floor.map_or(middle, |(_, least)| least),
            source: &price.source,
            evidence: price.evidence,
        })
    };
    let mut found = Cost {
        rows: Vec::new(),
        unpriced: Vec::new(),
        priced_usd: 0.0,
        priced_at_floor_usd: 0.0,
    };
    for (element, mass) in masses {
        match row(*element, *mass) {
            Some(priced) => {
                found.priced_usd += priced.cost_usd;
                found.priced_at_floor_usd += priced.cost_at_floor_usd;
                found.rows.push(priced);
            }
            None => found.unpriced.push(*element),
        }
    }
    found
}

impl Cost {
    /// The cost [USD] if the prices of elements change by factors; others stay.
    #[must_use]
    pub fn with_factors(&self, factors: &BTreeMap<Element, f64>) -> f64 {
        let each = self.rows.iter().map(|row| {
            let factor = factors.get(&row.element).copied().unwrap_or(1.0);
            row.cost_usd * factor
        });
        each.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn the_table_is_read_and_possible() {
        for price in &TABLE.prices {
            let [low, high] = price.usd_per_kg;
            assert!(0.0 < low && low <= high, "{price:?}");
            assert!(price.evidence != Evidence::Recalled, "{price:?}");
            for element in &price.elements {
                assert!(
                    per_element(*element, price.form, low).is_some(),
                    "{price:?}"
                );
            }
        }
        for floor in &TABLE.floors {
            assert!(floor.usd_per_kg > 0.0 && !floor.source.is_empty());
        }
    }

    /// By hand: Nd2O3 2 · 144.24 + 3 · 15.999 = 336.477 over 288.48 is 1.1664; Pr6O11 1.2081 and Tb4O7 1.1762.
    #[test]
    fn oxides_are_heavier_than_their_element() {
        for (element, expected) in [
            (Element::Nd, 1.1664),
            (Element::Pr, 1.2082),
            (Element::Dy, 1.1477),
            (Element::Tb, 1.1762),
            (Element::Sm, 1.1596),
        ] {
            let found = oxide_per_element(element).expect("an oxide");
            assert!((found - expected).abs() < 1e-4, "{element:?} {found}");
        }
    }

    /// By hand for 1 kg of a magnet with 31 % Nd and 6.5 % Dy on 2026-06-01: 0.31 · 1.16638 · 123 = 44.474,
    /// 0.065 · 1.14768 · 291 = 21.708; cobalt has no price and is named.
    #[test]
    fn a_magnet_by_hand() {
        let masses = [
            (Element::Nd, 0.31),
            (Element::Dy, 0.065),
            (Element::Co, 0.01),
        ];
        let found = cost(&masses, day("2026-06-01"));
        assert!((found.rows[0].cost_usd - 44.474).abs() < 2e-3, "{found:?}");
        assert!((found.rows[1].cost_usd - 21.708).abs() < 2e-3, "{found:?}");
        assert_eq!(found.unpriced, [Element::Co]);
        assert_eq!(
            found.priced_usd, found.priced_at_floor_usd,
            "123 is above 110"
        );
    }

    /// In September 2025 the middle price was 83.75 and the floor 110: 0.31 · 1.16638 · (110 − 83.75) = 9.491.
    #[test]
    fn a_floor_raises_what_is_below_it_from_its_first_day() {
        let masses = [(Element::Nd, 0.31)];
        let found = cost(&masses, day("2025-10-01"));
        assert_eq!(found.rows[0].floor, Some("us.mp_materials.2025-07"));
        let raised = found.priced_at_floor_usd - found.priced_usd;
        assert!((raised - 9.491).abs() < 2e-3, "{raised}");
        let before = cost(&masses, day("2025-07-01"));
        assert_eq!(before.rows[0].floor, None);
    }

    #[test]
    fn without_a_price_of_the_time_there_is_none() {
        let found = cost(&[(Element::Nd, 1.0)], day("2020-01-01"));
        assert!(found.rows.is_empty());
        assert_eq!(found.unpriced, [Element::Nd]);
    }
}
