use super::*;
use crate::material::Family;
use crate::supply::{Contents, Declaration, Evidence, Source};
use crate::unit::round_significant;

fn source(country: &str, share_ratio: f64) -> Source {
    Source {
        country: country.into(),
        supplier: format!("{country} works"),
        share_ratio,
        evidence: Evidence::Declared,
    }
}

fn declared(sources: &[Source], stock: Option<f64>, recycled: Option<f64>) -> Declaration {
    let mut declaration = Declaration {
        stock_days: stock,
        recycled_share_ratio: recycled,
        ..Declaration::default()
    };
    declaration.stages.mining = sources.to_vec();
    declaration.stages.separation = sources.to_vec();
    declaration.stages.metal_and_alloy = sources.to_vec();
    declaration.stages.magnet = sources.to_vec();
    declaration
}

/// Magnets of a mass [kg] with 30 % neodymium.
fn sheet(pathway: &'static str, declaration: &Declaration, mass: f64) -> Sheet {
    let contents = Contents::new(Family::Ndfeb, vec![(Element::Nd, 0.3)]);
    Sheet::of_magnet(pathway, declaration, Some(&contents), mass, None)
}

fn fleet(machines_per_year_count: u64, pathway_b_share_ratio: f64) -> Fleet {
    Fleet {
        candidate: "c".into(),
        machines_per_year_count,
        pathway_b_share_ratio,
    }
}

fn member<'m>(sector: &'m str, fleet: &'m Fleet, sheets: &'m [Sheet]) -> Member<'m> {
    Member {
        file: "d.json",
        sector,
        fleet,
        sheets,
    }
}

/// By hand: 1000 cars, 0.25 of them on B. A has 2 kg of magnets with 0.6 kg of neodymium from CN, B 1.6 kg with
/// 0.48 kg, of which 0.5 from AU and 0.5 from US. 750 · 0.6 = 450 kg and 250 · 0.48 = 120 kg are 0.57 t; CN has
/// 450 / 570 = 0.789474 of it. Stock: (750 · 45 + 250 · 100) / 1000 = 58.75 d, the least 45 d. Magnets
/// 750 · 2 + 250 · 1.6 = 1900 kg, recycled 400 · 0.2 = 80 kg, which is 0.042105; 1500 / 1900 are undeclared.
#[test]
fn one_fleet_by_hand() {
    let a = declared(&[source("CN", 1.0)], Some(45.0), None);
    let b = declared(
        &[source("AU", 0.5), source("US", 0.5)],
        Some(100.0),
        Some(0.2),
    );
    let sheets = [sheet("a", &a, 2.0), sheet("b", &b, 1.6)];
    let cars = fleet(1000, 0.25);
    let found = portfolio(&[member("ev_traction", &cars, &sheets)]).expect("a fleet");
    assert!(found.complete);
    let near = |x: f64, y: f64| assert!((x - y).abs() < 1e-9, "{x} {y}");
    near(found.elements[0].tonnes_per_year, 0.57);
    assert_eq!(found.stages.len(), 4);
    let row = &found.stages[0];
    assert_eq!(row.largest_country.as_deref(), Some("CN"));
    near(row.largest_country_share_ratio, 450.0 / 570.0);
    near(row.declared_ratio["AU"], 60.0 / 570.0);
    assert_eq!(row.steps_met_count, 0);
    let countries: Vec<(Option<&str>, usize)> = found
        .countries
        .iter()
        .map(|row| (row.country.as_deref(), row.steps_met_count))
        .collect();
    assert_eq!(
        countries,
        [(Some("CN"), 0), (Some("AU"), 3), (Some("US"), 3)]
    );
    near(found.stock[0].mean_days, 58.75);
    near(found.stock[0].least_days, 45.0);
    assert!(!found.stock[0].least_reaches_aim);
    let recycled = found.recycled.expect("magnets");
    near(recycled.recycled_content_ratio, 80.0 / 1900.0);
    near(recycled.undeclared_ratio, 1500.0 / 1900.0);
    assert!(!recycled.reaches_aim);
}

/// Two sectors: the second alone on B has 120 days and 0.4 from one country at most.
#[test]
fn sectors_have_their_own_stock() {
    let b = declared(
        &[source("AU", 0.4), source("US", 0.35), source("CA", 0.25)],
        Some(120.0),
        Some(0.15),
    );
    let open = declared(&[source("AU", 1.0)], None, None);
    let (of_b, of_a) = ([sheet("b", &b, 1.0)], [sheet("a", &open, 1.0)]);
    let (wind, cars) = (fleet(10, 1.0), fleet(10, 0.0));
    let found = portfolio(&[
        member("wind_generator", &wind, &of_b),
        member("ev_traction", &cars, &of_a),
    ])
    .expect("a fleet");
    let stock: Vec<(&str, f64, bool)> = found
        .stock
        .iter()
        .map(|row| (row.sector.as_str(), row.least_days, row.least_reaches_aim))
        .collect();
    assert_eq!(
        stock,
        [("ev_traction", 0.0, false), ("wind_generator", 120.0, true)]
    );
    let alone = portfolio(&[member("wind_generator", &wind, &of_b)]).expect("a fleet");
    assert_eq!(alone.stages[0].steps_met_count, 1);
    assert!(alone.recycled.expect("magnets").reaches_aim);
}

/// What is undeclared counts to every country, and to one that nobody names.
#[test]
fn nothing_undeclared_is_diversified() {
    let half = declared(&[source("AU", 0.3), source("US", 0.2)], None, None);
    let sheets = [sheet("a", &half, 1.0)];
    let cars = fleet(1, 0.0);
    let found = portfolio(&[member("ev_traction", &cars, &sheets)]).expect("a fleet");
    let shares: Vec<(Option<&str>, f64)> = found
        .countries
        .iter()
        .map(|row| {
            (
                row.country.as_deref(),
                round_significant(row.share_ratio, 6),
            )
        })
        .collect();
    assert_eq!(shares, [(Some("AU"), 0.8), (Some("US"), 0.7), (None, 0.5)]);
    assert_eq!(found.stages[0].steps_met_count, 0);
    let nothing = [sheet("a", &Declaration::default(), 1.0)];
    let found = portfolio(&[member("ev_traction", &cars, &nothing)]).expect("a fleet");
    assert_eq!(found.countries.len(), 1);
    assert_eq!(found.countries[0].share_ratio, 1.0);
}

#[test]
fn what_is_unknown_is_said() {
    let cars = fleet(1, 0.0);
    let unknown = [Sheet::of_magnet(
        "a",
        &Declaration::default(),
        None,
        1.0,
        None,
    )];
    for sheets in [&unknown[..], &[]] {
        let found = portfolio(&[member("ev_traction", &cars, sheets)]).expect("a fleet");
        assert!(!found.complete);
        assert!(found.members[0].missing.is_some());
    }
    assert!(portfolio(&[]).is_none());
}
