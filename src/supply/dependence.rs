//! How far one pathway hangs on one place: the judged aggregates of its links.
//!
//! One rule runs through all of them: what is not declared never helps. The undeclared remainder of a
//! stage is one unknown country, and that country may be the one that is already the largest. So each
//! number is the worst that agrees with the declaration, and declaring more can only improve it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::declaration::{Evidence, SHARE_TOLERANCE_RATIO, Source};
use super::link::Link;

/// The judged aggregates of the links of a pathway.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Dependence {
    /// Links that are not declared in full.
    pub undeclared_stage_count: u32,
    /// Share of the largest country in the worst link [1].
    pub largest_country_share_ratio: f64,
    /// Herfindahl-Hirschman index of countries in the worst link [1].
    pub herfindahl_index_ratio: f64,
    /// Independent sources in the link that has fewest.
    pub independent_sources_min_count: u32,
    /// Share that documents cover in the link that has least [1].
    pub evidenced_share_min_ratio: f64,
    /// Sources that are only assumed.
    pub assumed_source_count: u32,
}

/// The aggregates of one link; the rows of the evidence table.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkDependence {
    /// Share by what stands behind it: evidenced, declared, assumed [1].
    pub share_by_evidence: [f64; 3],
    /// Share that nobody declares [1].
    pub undeclared_share_ratio: f64,
    /// The country with the largest declared share; none where nothing is declared.
    pub largest_country: Option<String>,
    /// Its share, the undeclared share counted to it [1].
    pub largest_country_share_ratio: f64,
    /// Herfindahl-Hirschman index of countries if the undeclared share is spread over countless others [1].
    pub herfindahl_index_lower_ratio: f64,
    /// The same if the undeclared share belongs to the largest [1]. This one is judged.
    pub herfindahl_index_ratio: f64,
    /// Independent sources.
    pub independent_sources_count: u32,
}

/// Least share of a stage with which a source counts as one [1]: below a twentieth its plant has shown
/// samples and not deliveries.
pub const MATERIAL_SHARE_RATIO: f64 = 0.05;

/// The aggregates of links whose declaration is without contradictions. Each is the worst over the links
/// and never a mean over masses, which would hide a part in a hundred of dysprosium.
#[must_use]
pub fn dependence(links: &[Link]) -> Dependence {
    let each: Vec<LinkDependence> = links.iter().map(|l| link_dependence(l.sources)).collect();
    let worst = |value: fn(&LinkDependence) -> f64| each.iter().map(value).fold(0.0, f64::max);
    let sources = links.iter().flat_map(|link| link.sources);
    Dependence {
        undeclared_stage_count: count(
            each.iter()
                .filter(|link| link.undeclared_share_ratio > 0.0)
                .count(),
        ),
        largest_country_share_ratio: worst(|link| link.largest_country_share_ratio),
        herfindahl_index_ratio: worst(|link| link.herfindahl_index_ratio),
        independent_sources_min_count: each
            .iter()
            .map(|link| link.independent_sources_count)
            .min()
            .unwrap_or(0),
        evidenced_share_min_ratio: each
            .iter()
            .map(|link| link.share_by_evidence[0])
            .fold(1.0, f64::min),
        assumed_source_count: count(
            sources
                .filter(|source| source.evidence == Evidence::Assumed)
                .count(),
        ),
    }
}

/// The aggregates of the sources of one link.
#[must_use]
pub fn link_dependence(sources: &[Source]) -> LinkDependence {
    let undeclared = undeclared_share_ratio(sources);
    let countries = by_country(sources);
    let shares = worst_shares(&countries, undeclared);
    let behind = |evidence: Evidence| -> f64 {
        let of = sources.iter().filter(|s| s.evidence == evidence);
        of.map(|s| s.share_ratio).sum()
    };
    let declared: Vec<f64> = countries.iter().map(|(_, share)| *share).collect();
    LinkDependence {
        share_by_evidence: [Evidence::Evidenced, Evidence::Declared, Evidence::Assumed].map(behind),
        undeclared_share_ratio: undeclared,
        largest_country: largest(&countries).map(|at| countries[at].0.to_owned()),
        largest_country_share_ratio: shares.iter().copied().fold(0.0, f64::max),
        herfindahl_index_lower_ratio: herfindahl_index(&declared),
        herfindahl_index_ratio: herfindahl_index(&shares),
        independent_sources_count: independent_sources(sources),
    }
}

/// Declared shares by country [1], in the order in which the countries are first named.
pub(super) fn by_country(sources: &[Source]) -> Vec<(&str, f64)> {
    let mut shares: Vec<(&str, f64)> = Vec::new();
    for source in sources {
        match shares.iter_mut().find(|known| known.0 == source.country) {
            Some(known) => known.1 += source.share_ratio,
            None => shares.push((&source.country, source.share_ratio)),
        }
    }
    shares
}

fn largest(countries: &[(&str, f64)]) -> Option<usize> {
    let every = countries.iter().enumerate();
    every
        .max_by(|a, b| a.1.1.total_cmp(&b.1.1))
        .map(|(index, _)| index)
}

/// The share of a stage that no source covers [1]: `1 − Σ s`, zero within the rounding of typed
/// shares, one for a stage without sources.
#[must_use]
pub fn undeclared_share_ratio(sources: &[Source]) -> f64 {
    let missing = 1.0 - sources.iter().map(|source| source.share_ratio).sum::<f64>();
    if missing > SHARE_TOLERANCE_RATIO {
        missing
    } else {
        0.0
    }
}

/// Shares by country [1], the undeclared share added to the largest: the worst division among
/// countries that agrees with the declaration, for the largest share and for the index alike (the sum
/// of squares grows most where the largest grows).
fn worst_shares(countries: &[(&str, f64)], undeclared: f64) -> Vec<f64> {
    let mut shares: Vec<f64> = countries.iter().map(|(_, share)| *share).collect();
    match largest(countries) {
        Some(index) => shares[index] += undeclared,
        None => shares.push(undeclared),
    }
    // Shares typed as 0.333 three times sum to a little off one; no country has more than the whole.
    for share in &mut shares {
        *share = share.min(1.0);
    }
    shares
}

/// Herfindahl-Hirschman index `Σ s²` over countries [1]: 1 for one country, 1/n for n equal ones
/// (A. O. Hirschman, "The Paternity of an Index", Am. Econ. Rev. 54, 1964; used by the EU criticality
/// assessments).
fn herfindahl_index(shares: &[f64]) -> f64 {
    shares
        .iter()
        .map(|share| share * share)
        .sum::<f64>()
        .min(1.0)
}

/// The most sources of a stage of which no two share a country or a supplier.
///
/// Two plants of one supplier fall together, and so do two suppliers under one export rule; so both
/// must differ. That is the largest matching between countries and suppliers, found by augmenting
/// paths (H. W. Kuhn, "The Hungarian method", Nav. Res. Logist. 2, 1955). The undeclared part counts
/// nothing, and neither does a source below [`MATERIAL_SHARE_RATIO`]: a sample order is no second source.
#[must_use]
pub fn independent_sources(sources: &[Source]) -> u32 {
    let delivered = |of: &Source| -> f64 {
        let one = |s: &&Source| {
            s.country == of.country && normalised(&s.supplier) == normalised(&of.supplier)
        };
        sources.iter().filter(one).map(|s| s.share_ratio).sum()
    };
    let material: Vec<Source> = sources
        .iter()
        .filter(|s| delivered(s) >= MATERIAL_SHARE_RATIO - SHARE_TOLERANCE_RATIO)
        .cloned()
        .collect();
    let sources = material.as_slice();
    let countries: BTreeSet<&str> = sources.iter().map(|s| s.country.as_str()).collect();
    let mut supplier_of: Vec<(String, Option<&str>)> = supplier_names(sources)
        .into_iter()
        .map(|supplier| (supplier, None))
        .collect();
    let mut found = 0;
    for country in countries {
        let mut seen = BTreeSet::new();
        if augment(country, sources, &mut supplier_of, &mut seen) {
            found += 1;
        }
    }
    found
}

/// Finds a supplier for `country`, moving other countries to other suppliers where that helps.
fn augment<'a>(
    country: &'a str,
    sources: &'a [Source],
    supplier_of: &mut Vec<(String, Option<&'a str>)>,
    seen: &mut BTreeSet<usize>,
) -> bool {
    for source in sources.iter().filter(|source| source.country == country) {
        let name = normalised(&source.supplier);
        let Some(index) = supplier_of.iter().position(|known| known.0 == name) else {
            continue;
        };
        if !seen.insert(index) {
            continue;
        }
        let free = match supplier_of[index].1 {
            None => true,
            Some(holder) => augment(holder, sources, supplier_of, seen),
        };
        if free {
            supplier_of[index].1 = Some(country);
            return true;
        }
    }
    false
}

/// Supplier names of some sources, normalised, each once.
pub(super) fn supplier_names(sources: &[Source]) -> BTreeSet<String> {
    sources
        .iter()
        .map(|source| normalised(&source.supplier))
        .collect()
}

/// A supplier's name as it is compared: lower case, one space between words.
fn normalised(supplier: &str) -> String {
    supplier
        .split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A count that fits its field.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::declaration::{Declaration, Stage};
    use super::super::element::Element;
    use super::super::link::{Contents, links};
    use super::*;
    use crate::material::Family;

    fn of(declaration: &Declaration) -> Dependence {
        let contents = Contents::new(Family::Smfen, vec![(Element::Sm, 0.2)]);
        dependence(&links(declaration, &contents))
    }

    fn source(country: &str, supplier: &str, share_ratio: f64) -> Source {
        Source {
            country: country.into(),
            supplier: supplier.into(),
            share_ratio,
            evidence: Evidence::Declared,
        }
    }

    #[test]
    fn nothing_declared_is_the_worst_case() {
        let worst = of(&Declaration::default());
        assert_eq!(worst.undeclared_stage_count, 4);
        assert_eq!(worst.largest_country_share_ratio, 1.0);
        assert_eq!(worst.herfindahl_index_ratio, 1.0);
        assert_eq!(worst.independent_sources_min_count, 0);
        assert_eq!(worst.evidenced_share_min_ratio, 0.0);
    }

    #[test]
    fn a_full_declaration_by_hand() {
        let mut declaration = Declaration::default();
        let two = vec![source("AU", "Lynas", 0.6), source("US", "MP", 0.4)];
        declaration.stages.mining = two.clone();
        declaration.stages.separation = two.clone();
        declaration.stages.metal_and_alloy = two.clone();
        declaration.stages.magnet = vec![
            source("JP", "P", 0.5),
            source("DE", "V", 0.3),
            source("JP", "S", 0.2),
        ];
        let found = of(&declaration);
        assert_eq!(found.undeclared_stage_count, 0);
        assert!((found.largest_country_share_ratio - 0.7).abs() < 1e-12);
        assert!((found.herfindahl_index_ratio - 0.58).abs() < 1e-12);
        assert_eq!(found.independent_sources_min_count, 2);
    }

    /// The index by hand: 0.5² + 0.3² = 0.34 at the least, (0.5 + 0.2)² + 0.3² = 0.58 at the most.
    #[test]
    fn an_index_of_a_lump_has_two_bounds() {
        let found = link_dependence(&[source("AU", "Lynas", 0.5), source("US", "MP", 0.3)]);
        assert!((found.herfindahl_index_lower_ratio - 0.34).abs() < 1e-12);
        assert!((found.herfindahl_index_ratio - 0.58).abs() < 1e-12);
        assert_eq!(found.largest_country.as_deref(), Some("AU"));
    }

    #[test]
    fn one_element_without_an_entry_is_one_unknown_country() {
        let mut declaration = Declaration::default();
        let two = vec![source("AU", "Lynas", 0.5), source("US", "MP", 0.5)];
        for stage in Stage::ALL {
            match stage {
                Stage::Mining => declaration.stages.mining = two.clone(),
                Stage::Separation => declaration.stages.separation = two.clone(),
                Stage::MetalAndAlloy => declaration.stages.metal_and_alloy = two.clone(),
                Stage::Magnet => declaration.stages.magnet = two.clone(),
            }
        }
        let pure = Contents::new(Family::Ndfeb, vec![(Element::Nd, 0.3)]);
        assert_eq!(
            dependence(&links(&declaration, &pure)).largest_country_share_ratio,
            0.5
        );
        let leaning = Contents::new(
            Family::Ndfeb,
            vec![(Element::Nd, 0.3), (Element::Ga, 0.005)],
        );
        let found = dependence(&links(&declaration, &leaning));
        assert_eq!(found.undeclared_stage_count, 3);
        assert_eq!(found.largest_country_share_ratio, 1.0);
        assert_eq!(found.independent_sources_min_count, 0);
    }

    #[test]
    fn the_undeclared_part_counts_to_the_largest() {
        let stage = [source("AU", "Lynas", 0.5), source("US", "MP", 0.3)];
        assert!((undeclared_share_ratio(&stage) - 0.2).abs() < 1e-12);
        let shares = worst_shares(&by_country(&stage), 0.2);
        assert!((shares[0] - 0.7).abs() < 1e-12);
    }

    #[test]
    fn sources_are_independent_when_country_and_supplier_differ() {
        assert_eq!(
            independent_sources(&[source("CN", "a", 0.5), source("CN", "b", 0.5)]),
            1
        );
        assert_eq!(
            independent_sources(&[source("CN", "a", 0.5), source("JP", " A ", 0.5)]),
            1
        );
        assert_eq!(
            independent_sources(&[source("CN", "a", 0.5), source("JP", "b", 0.5)]),
            2
        );
        // Needs an augmenting path: CN takes a first, then must move to b for JP.
        let three = [
            source("CN", "a", 0.4),
            source("CN", "b", 0.3),
            source("JP", "a", 0.3),
        ];
        assert_eq!(independent_sources(&three), 2);
    }

    #[test]
    fn shares_in_thirds_are_the_whole() {
        let thirds = [
            source("A", "a", 0.333_333_3),
            source("B", "b", 0.333_333_3),
            source("C", "c", 0.333_333_3),
        ];
        assert_eq!(undeclared_share_ratio(&thirds), 0.0);
    }
}
