use super::super::file::{Flow, OnPathway, PriceChange, builtin, names};
use super::super::{embargoes, outcomes};
use super::*;
use crate::date::Date;
use crate::material::Family;
use crate::supply::{Contents, Declaration, Evidence, Refining, Source, material_links};

fn source(country: &str, share_ratio: f64) -> Source {
    Source {
        country: country.into(),
        supplier: format!("{country} works"),
        share_ratio,
        evidence: Evidence::Declared,
    }
}

fn day() -> Date {
    "2026-06-01".parse().expect("a day")
}

/// A magnet of 2 kg with 30 % Nd, every stage from one list.
fn declared(sources: &[Source], stock_days: Option<f64>) -> Declaration {
    let mut declaration = Declaration {
        stock_days,
        ..Declaration::default()
    };
    declaration.stages.mining = sources.to_vec();
    declaration.stages.separation = sources.to_vec();
    declaration.stages.metal_and_alloy = sources.to_vec();
    declaration.stages.magnet = sources.to_vec();
    declaration
}

fn sheet(declaration: &Declaration, elements: &[(Element, f64)]) -> Sheet {
    let contents = Contents::new(Family::Ndfeb, elements.to_vec());
    Sheet::of_magnet("a", declaration, Some(&contents), 2.0, Some(day()))
}

fn neodymium(declaration: &Declaration) -> Sheet {
    sheet(declaration, &[(Element::Nd, 0.3)])
}

/// A scenario of 100 days in which flows of a country keep a part after a delay.
fn scenario(country: &str, kept_ratio: f64, delay_days: f64) -> Scenario {
    Scenario {
        schema: None,
        scenario_version: "1.0".into(),
        name: "test".into(),
        title: "test".into(),
        source: "test".into(),
        duration_days: 100.0,
        flows: vec![Flow {
            pathways: vec![],
            countries: vec![country.into()],
            elements: vec![],
            stages: vec![],
            kept_ratio,
            delay_days,
            basis: "test".into(),
        }],
        prices: vec![],
    }
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("a number");
    assert!((found - expected).abs() < 1e-9, "{found} {expected}");
}

/// By hand: 0.7 of every stage is lost, 21 days of stock fill the lack for 21 / 0.7 = 30 days, and over 100
/// days 0.3 · 100 + 21 = 51 days of production are built.
#[test]
fn stock_fills_the_lack_of_a_stage() {
    let declaration = declared(&[source("CN", 0.7), source("AU", 0.3)], Some(21.0));
    let found = outcome(&scenario("CN", 0.0, 0.0), &neodymium(&declaration), None);
    assert_eq!(found.production, Production::Reduced);
    near(found.cover_days, 30.0);
    near(found.volume_kept_ratio, 0.51);
    near(found.magnet_flow_kept_ratio, 0.3);
    // Four stages lose 0.7 each: with fixed routes nothing may be left.
    near(found.magnet_flow_kept_fixed_routes_ratio, 0.0);
    assert_eq!(found.hits.len(), 4);
}

/// By hand: nothing of 0.7 for 40 days, then half of it. Lack 0.7 for 40 d, then 0.35 for 60 d: 28 + 21 = 49 d
/// of production. 31.5 d of stock last 40 d and then (31.5 − 28) / 0.35 = 10 d more.
#[test]
fn a_delay_is_bridged_first() {
    let declaration = declared(&[source("CN", 0.7), source("AU", 0.3)], Some(31.5));
    let found = outcome(&scenario("CN", 0.5, 40.0), &neodymium(&declaration), None);
    near(found.cover_days, 50.0);
    near(found.volume_kept_ratio, (100.0 - 49.0 + 31.5) / 100.0);
    near(found.magnet_flow_kept_ratio, 0.65);
    // With stock for all of it nothing is felt.
    let enough = declared(&[source("CN", 0.7), source("AU", 0.3)], Some(49.0));
    let found = outcome(&scenario("CN", 0.5, 40.0), &neodymium(&enough), None);
    assert_eq!(found.production, Production::Full);
    assert_eq!(found.cover_days, None);
    near(found.volume_kept_ratio, 1.0);
}

#[test]
fn what_no_flow_touches_is_built_in_full() {
    let declaration = declared(&[source("AU", 1.0)], None);
    let found = outcome(&scenario("CN", 0.0, 0.0), &neodymium(&declaration), None);
    assert_eq!(found.production, Production::Full);
    assert!(found.hits.is_empty());
    near(found.magnet_flow_kept_fixed_routes_ratio, 1.0);
}

/// An undeclared part may lie in the country, whichever it is.
#[test]
fn what_is_undeclared_is_hit_by_every_embargo() {
    let open = Declaration::default();
    for country in ["CN", "AU", "KP"] {
        let found = outcome(&scenario(country, 0.0, 0.0), &neodymium(&open), None);
        assert_eq!(found.production, Production::Stopped, "{country}");
        assert_eq!(found.buildable, Some(false));
        near(found.cover_days, 0.0);
        assert!(found.hits.iter().all(|hit| hit.undeclared));
    }
    let half = declared(&[source("AU", 0.6)], Some(8.0));
    let found = outcome(&scenario("CN", 0.0, 0.0), &neodymium(&half), None);
    near(found.magnet_flow_kept_ratio, 0.6);
    near(found.cover_days, 20.0);
}

/// A recipe with one touched element is not made without it.
#[test]
fn one_element_stops_the_magnet() {
    let mut declaration = declared(&[source("AU", 1.0)], None);
    declaration.elements.dy = Some(Refining {
        mining: vec![source("CN", 1.0)],
        separation: vec![source("CN", 1.0)],
        metal_and_alloy: vec![source("AU", 1.0)],
    });
    let both = sheet(&declaration, &[(Element::Nd, 0.3), (Element::Dy, 0.01)]);
    let mut licence = scenario("CN", 0.4, 0.0);
    licence.flows[0].elements = vec![Element::Dy];
    let found = outcome(&licence, &both, None);
    near(found.magnet_flow_kept_ratio, 0.4);
    // Mining and separation of dysprosium lose 0.6 each.
    near(found.magnet_flow_kept_fixed_routes_ratio, 0.0);
    licence.flows[0].elements = vec![Element::Tb];
    let found = outcome(&licence, &both, None);
    assert_eq!(found.production, Production::Full);
}

#[test]
fn a_flow_of_one_pathway_leaves_the_other() {
    let declaration = declared(&[source("CN", 1.0)], None);
    let mut other = scenario("CN", 0.0, 0.0);
    other.flows[0].pathways = vec![OnPathway::B];
    let found = outcome(&other, &neodymium(&declaration), None);
    assert_eq!(found.production, Production::Full);
}

/// Stock of magnets does not stand in for steel.
#[test]
fn no_stock_of_magnets_replaces_steel() {
    let declaration = declared(&[source("AU", 1.0)], Some(1000.0));
    let entry = Refining {
        mining: vec![source("AU", 1.0)],
        separation: vec![source("JP", 0.6), source("DE", 0.4)],
        metal_and_alloy: vec![source("DE", 1.0)],
    };
    let links = material_links(Element::ElectricalSteel, Some(&entry));
    let machine = Sheet::of_links("machine", &links, None);
    let found = outcome(
        &scenario("JP", 0.0, 0.0),
        &neodymium(&declaration),
        Some(&machine),
    );
    near(found.cover_days, 0.0);
    assert_eq!(found.magnet_cover_days, None);
    near(found.volume_kept_ratio, 0.4);
    assert_eq!(found.production, Production::Reduced);
}

/// By hand: 0.6 kg of neodymium at 1.16638 · 123 USD/kg cost 86.079 USD; half as much again is 43.039 more.
#[test]
fn a_price_changes_the_cost() {
    let declaration = declared(&[source("AU", 1.0)], None);
    let mut dear = scenario("CN", 1.0, 0.0);
    dear.prices = vec![PriceChange {
        elements: vec![Element::Nd],
        factor_ratio: 1.5,
        basis: "test".into(),
    }];
    let found = outcome(&dear, &neodymium(&declaration), None);
    let cost = found.cost.expect("prices of the day");
    assert!((cost.before_usd - 86.079).abs() < 2e-3, "{cost:?}");
    assert!((cost.change_usd - 43.039).abs() < 2e-3, "{cost:?}");
    near(cost.change_ratio, 0.5);
}

#[test]
fn an_unknown_composition_cannot_be_judged() {
    let unknown = Sheet::of_magnet("a", &Declaration::default(), None, 2.0, Some(day()));
    for name in names() {
        let scenario = builtin(name).expect("a scenario");
        let found = outcome(scenario, &unknown, None);
        assert_eq!(found.production, Production::CouldNotJudge);
        assert_eq!((found.buildable, found.volume_kept_ratio), (None, None));
    }
}

/// The stress test names the worst country first, and a chain of which nothing is declared has one row.
#[test]
fn every_country_is_tried() {
    let declaration = declared(&[source("CN", 0.7), source("AU", 0.3)], Some(35.0));
    let found = embargoes(&[neodymium(&declaration)]);
    let rows: Vec<(&str, Option<f64>)> = found
        .iter()
        .map(|row| (row.scenario.as_str(), row.cover_days))
        .collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].0, "CN");
    near(rows[0].1, 50.0);
    near(rows[1].1, 35.0 / 0.3);
    let found = embargoes(&[neodymium(&Declaration::default())]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].scenario, "undeclared");
    assert_eq!(found[0].production, Production::Stopped);
}

#[test]
fn the_shipped_scenarios_leave_what_they_say() {
    let of = |name: &str, declaration: &Declaration| {
        let scenario = builtin(name).expect("a scenario").clone();
        outcomes(&[scenario], &[neodymium(declaration)]).remove(0)
    };
    let china = declared(&[source("CN", 1.0)], Some(45.0));
    let elsewhere = declared(&[source("AU", 0.5), source("EE", 0.5)], Some(100.0));
    assert_eq!(of("managed_detente", &china).production, Production::Full);
    // Neodymium needs no licence in this scenario.
    assert_eq!(
        of("gradual_escalation", &china).production,
        Production::Full
    );
    let shock = of("shock_embargo", &china);
    assert_eq!(shock.production, Production::Stopped);
    near(shock.cover_days, 45.0);
    near(shock.volume_kept_ratio, 45.0 / 365.0);
    assert_eq!(of("shock_embargo", &elsewhere).production, Production::Full);
    let undeclared = of("structural_dual_system", &Declaration::default());
    assert_eq!(undeclared.production, Production::Stopped);
}
