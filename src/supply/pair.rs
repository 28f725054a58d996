//! What two pathways have in common: the places where one event stops both.

use std::collections::BTreeSet;

use serde::Serialize;

use super::declaration::Stage;
use super::dependence::{count, supplier_names, undeclared_share_ratio};
use super::element::Element;
use super::link::Link;
use crate::unit::round_significant;

/// The judged aggregates of a pair of chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// Stages where the two share a country.
    pub shared_country_stage_count: u32,
    /// Suppliers that deliver to both, at any stage.
    pub shared_supplier_count: u32,
}

/// One place on which both pathways draw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommonMode {
    /// The stage.
    pub stage: Stage,
    /// The country; none where a part is undeclared on either side, which may be any country.
    pub country: Option<String>,
    /// Elements of pathway A that pass there.
    pub elements_a: Vec<Element>,
    /// Elements of pathway B that pass there.
    pub elements_b: Vec<Element>,
    /// The most of any of them on pathway A [1].
    pub share_a_ratio: f64,
    /// The most of any of them on pathway B [1].
    pub share_b_ratio: f64,
}

/// What the links of pathways A and B share.
#[must_use]
pub fn shared(a: &[Link], b: &[Link]) -> Shared {
    let stages: BTreeSet<Stage> = common_mode(a, b).iter().map(|place| place.stage).collect();
    let suppliers = all_suppliers(a).intersection(&all_suppliers(b)).count();
    Shared {
        shared_country_stage_count: count(stages.len()),
        shared_supplier_count: count(suppliers),
    }
}

/// Every stage and country on which both pathways draw, whatever the element: a country that closes its
/// separation plants closes them for all. An undeclared part on either side may be any country, so it
/// counts as shared. In the order of the stages, then of the countries, the undeclared last.
#[must_use]
pub fn common_mode(a: &[Link], b: &[Link]) -> Vec<CommonMode> {
    let mut found = Vec::new();
    for stage in Stage::ALL {
        let countries: BTreeSet<&str> = a
            .iter()
            .filter(|link| link.stage == stage)
            .flat_map(|link| link.sources)
            .map(|source| source.country.as_str())
            .collect();
        for country in countries {
            let (in_a, in_b) = (
                Passing::of(a, stage, |link| share_of(link, country)),
                Passing::of(b, stage, |link| share_of(link, country)),
            );
            if in_a.share > 0.0 && in_b.share > 0.0 {
                found.push(place(stage, Some(country.to_owned()), in_a, in_b));
            }
        }
        let open = |links| Passing::of(links, stage, |l| undeclared_share_ratio(l.sources));
        let (in_a, in_b) = (open(a), open(b));
        if in_a.share > 0.0 || in_b.share > 0.0 {
            found.push(place(stage, None, in_a, in_b));
        }
    }
    found
}

/// Share of a link that a country holds [1], as declared.
fn share_of(link: &Link, country: &str) -> f64 {
    let here = link.sources.iter().filter(|s| s.country == country);
    here.map(|source| source.share_ratio).sum()
}

/// What of one pathway passes through one place.
struct Passing {
    elements: Vec<Element>,
    /// The most of any link [1]; zero where nothing passes.
    share: f64,
}

impl Passing {
    fn of(links: &[Link], stage: Stage, share: impl Fn(&Link) -> f64) -> Passing {
        let mut elements = BTreeSet::new();
        let mut most = 0.0_f64;
        for link in links.iter().filter(|link| link.stage == stage) {
            let share = share(link);
            if share > 0.0 {
                elements.extend(link.elements.iter().copied());
                most = most.max(share);
            }
        }
        Passing {
            elements: elements.into_iter().collect(),
            share: most,
        }
    }
}

fn place(stage: Stage, country: Option<String>, a: Passing, b: Passing) -> CommonMode {
    CommonMode {
        stage,
        country,
        elements_a: a.elements,
        elements_b: b.elements,
        share_a_ratio: round_significant(a.share, 6),
        share_b_ratio: round_significant(b.share, 6),
    }
}

/// Names of all suppliers of some links, letter case and spacing aside. A supplier that is not named
/// cannot be compared; the undeclared stage shows in [`Shared::shared_country_stage_count`].
fn all_suppliers(links: &[Link]) -> BTreeSet<String> {
    links
        .iter()
        .flat_map(|link| supplier_names(link.sources))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::declaration::{Declaration, Evidence, Source};
    use super::super::element::Refining;
    use super::super::link::{Contents, links};
    use super::*;
    use crate::material::Family;

    fn at(country: &str, supplier: &str) -> Vec<Source> {
        vec![Source {
            country: country.into(),
            supplier: supplier.into(),
            share_ratio: 1.0,
            evidence: Evidence::Evidenced,
        }]
    }

    fn everywhere(country: &str, supplier: &str) -> Declaration {
        let mut declaration = Declaration::default();
        declaration.stages.mining = at(country, supplier);
        declaration.stages.separation = at(country, supplier);
        declaration.stages.metal_and_alloy = at(country, supplier);
        declaration.stages.magnet = at(country, supplier);
        declaration
    }

    fn judge(a: &Declaration, b: &Declaration) -> (Shared, Vec<CommonMode>) {
        let contents = Contents::new(Family::Ndfeb, vec![(Element::Nd, 0.3)]);
        let (a, b) = (links(a, &contents), links(b, &contents));
        (shared(&a, &b), common_mode(&a, &b))
    }

    #[test]
    fn two_separate_chains_share_nothing() {
        let (found, places) = judge(&everywhere("CN", "North"), &everywhere("AU", "South"));
        assert_eq!(found.shared_country_stage_count, 0);
        assert_eq!(found.shared_supplier_count, 0);
        assert!(places.is_empty());
    }

    #[test]
    fn one_name_written_twice_is_one_supplier() {
        let (found, _) = judge(
            &everywhere("CN", "North  Star"),
            &everywhere("AU", " north star"),
        );
        assert_eq!(found.shared_country_stage_count, 0);
        assert_eq!(found.shared_supplier_count, 1);
    }

    #[test]
    fn what_is_not_declared_may_be_shared() {
        let mut open = everywhere("AU", "South");
        open.stages.separation.clear();
        open.stages.magnet[0].share_ratio = 0.9;
        let count = |a: &Declaration, b: &Declaration| judge(a, b).0.shared_country_stage_count;
        assert_eq!(count(&everywhere("CN", "North"), &open), 2);
        assert_eq!(count(&open, &everywhere("CN", "North")), 2);
        assert_eq!(count(&everywhere("CN", "N"), &everywhere("CN", "N")), 4);
    }

    /// By hand: the magnet plant of B stands in Japan, its oxide comes out of the same country as that
    /// of A. One stage is shared, and it is named.
    #[test]
    fn one_separator_country_behind_both_is_named() {
        let mut b = everywhere("AU", "South");
        b.stages.separation = at("CN", "another plant");
        let (found, places) = judge(&everywhere("CN", "North"), &b);
        assert_eq!(found.shared_country_stage_count, 1);
        assert_eq!(found.shared_supplier_count, 0);
        let place = CommonMode {
            stage: Stage::Separation,
            country: Some("CN".into()),
            elements_a: vec![Element::Nd],
            elements_b: vec![Element::Nd],
            share_a_ratio: 1.0,
            share_b_ratio: 1.0,
        };
        assert_eq!(places, [place]);
    }

    #[test]
    fn one_country_refines_cobalt_for_one_and_neodymium_for_the_other() {
        let mut a = everywhere("CN", "North");
        a.elements.nd = None;
        let mut b = everywhere("AU", "South");
        b.elements.co = Some(Refining {
            mining: at("CA", "mine"),
            separation: at("CN", "refinery"),
            metal_and_alloy: at("FI", "works"),
        });
        let light = Contents::new(Family::Ndfeb, vec![(Element::Nd, 0.3)]);
        let with_cobalt = vec![(Element::Nd, 0.3), (Element::Co, 0.01)];
        let with_cobalt = Contents::new(Family::Ndfeb, with_cobalt);
        let places = common_mode(&links(&a, &light), &links(&b, &with_cobalt));
        assert_eq!(places.len(), 1);
        assert_eq!(places[0].elements_b, [Element::Co]);
    }
}
