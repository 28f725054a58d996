//! The built-in stress test of every check: one country delivers nothing for a year.

use std::collections::BTreeSet;

use super::file::{Flow, Scenario};
use super::outcome::{Outcome, outcome};
use crate::supply::Sheet;

/// How long the country delivers nothing [d].
const DURATION_DAYS: f64 = 365.0;

/// Name of the embargo by a country that nobody names.
const UNNAMED: &str = "undeclared";

/// What is left of every pathway with a sheet if a country delivers nothing, for every country that the pathway
/// or the machine draws on, the worst first; an undeclared part is taken to lie in that country each time.
#[must_use]
pub fn embargoes(sheets: &[Sheet]) -> Vec<Outcome> {
    let machine = sheets.iter().find(|sheet| sheet.pathway == "machine");
    let mut found = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.pathway != "machine") {
        let links = || {
            sheet
                .links
                .iter()
                .chain(machine.iter().flat_map(|m| &m.links))
        };
        let mut countries: BTreeSet<&str> = links()
            .flat_map(|link| &link.sources)
            .map(|source| source.country.as_str())
            .collect();
        if links().any(|link| link.undeclared_share_ratio > 0.0) {
            countries.insert(UNNAMED);
        }
        let mut rows: Vec<Outcome> = countries
            .into_iter()
            .map(|country| outcome(&of(country), sheet, machine))
            .collect();
        let built = |row: &Outcome| row.volume_kept_ratio.unwrap_or(0.0);
        rows.sort_by(|x, y| built(x).total_cmp(&built(y)));
        found.extend(rows);
    }
    found
}

/// The embargo of one country. Of the country that nobody names only what is undeclared is taken: no declared
/// country has its code.
fn of(country: &str) -> Scenario {
    Scenario {
        schema: None,
        scenario_version: "1.0".to_owned(),
        name: country.to_owned(),
        title: format!("embargo by {country}"),
        source: "stress test of every check".to_owned(),
        duration_days: DURATION_DAYS,
        flows: vec![Flow {
            pathways: vec![],
            countries: vec![country.to_owned()],
            elements: vec![],
            stages: vec![],
            kept_ratio: 0.0,
            delay_days: 0.0,
            basis: "the stress test itself".to_owned(),
        }],
        prices: vec![],
    }
}
