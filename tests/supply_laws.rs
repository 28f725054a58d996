//! Laws of the supply aggregates, over random declarations.

use dualcert::material::Family;
use dualcert::supply::{
    CommonMode, Contents, Declaration, Dependence, Element, Evidence, Refining, Shared, Source,
    common_mode, links, rules_on,
};
use proptest::prelude::*;

/// A stage whose shares sum to `total`.
fn stage() -> impl Strategy<Value = Vec<Source>> {
    (
        prop::collection::vec((0_usize..4, 0_usize..4, 0.05_f64..1.0), 0..5),
        prop_oneof![Just(1.0), 0.3_f64..1.0],
    )
        .prop_map(|(parts, total)| {
            let sum: f64 = parts.iter().map(|part| part.2).sum();
            parts
                .into_iter()
                .map(|(country, supplier, weight)| Source {
                    country: ["CN", "AU", "US", "JP"][country].into(),
                    supplier: ["north", "South", "east star", "West"][supplier].into(),
                    share_ratio: weight / sum * total,
                    evidence: Evidence::Declared,
                })
                .collect()
        })
}

fn refining() -> impl Strategy<Value = Refining> {
    (stage(), stage(), stage()).prop_map(|(mining, separation, metal_and_alloy)| Refining {
        mining,
        separation,
        metal_and_alloy,
    })
}

fn declaration() -> impl Strategy<Value = Declaration> {
    let entries = (prop::option::of(refining()), prop::option::of(refining()));
    (stage(), stage(), stage(), stage(), entries).prop_map(
        |(mining, separation, metal, magnet, (gallium, dysprosium))| {
            let mut declaration = Declaration::default();
            declaration.stages.mining = mining;
            declaration.stages.separation = separation;
            declaration.stages.metal_and_alloy = metal;
            declaration.stages.magnet = magnet;
            declaration.elements.ga = gallium;
            declaration.elements.dy = dysprosium;
            declaration
        },
    )
}

/// A NdFeB magnet that leans on gallium.
fn contents() -> Contents {
    Contents::new(
        Family::Ndfeb,
        vec![
            (Element::Nd, 0.3),
            (Element::Dy, 0.01),
            (Element::Ga, 0.005),
        ],
    )
}

fn dependence(declaration: &Declaration) -> Dependence {
    dualcert::supply::dependence(&links(declaration, &contents()))
}

fn shared(a: &Declaration, b: &Declaration) -> Shared {
    dualcert::supply::shared(&links(a, &contents()), &links(b, &contents()))
}

fn common(a: &Declaration, b: &Declaration) -> Vec<CommonMode> {
    common_mode(&links(a, &contents()), &links(b, &contents()))
}

proptest! {
    /// Two plants in one country are one dependence, however the share is written.
    #[test]
    fn splitting_a_share_within_a_country_never_lowers_dependence(
        whole in declaration(),
        part in 0.1_f64..0.9,
        supplier in "[a-z]{3}",
    ) {
        let mut split = whole.clone();
        for stage in [&mut split.stages.mining, &mut split.stages.magnet] {
            if let Some(first) = stage.first_mut() {
                let mut second = first.clone();
                second.share_ratio = first.share_ratio * part;
                first.share_ratio -= second.share_ratio;
                // Under the same supplier: nothing new has been bought.
                stage.push(second);
            }
        }
        let (before, after) = (dependence(&whole), dependence(&split));
        prop_assert!(after.largest_country_share_ratio >= before.largest_country_share_ratio - 1e-12);
        prop_assert!(after.herfindahl_index_ratio >= before.herfindahl_index_ratio - 1e-12);
        prop_assert_eq!(after.independent_sources_min_count, before.independent_sources_min_count);
        // Even under another supplier the country stays one country.
        if let Some(last) = split.stages.magnet.last_mut() {
            last.supplier = supplier;
        }
        let renamed = dependence(&split);
        prop_assert!(renamed.largest_country_share_ratio >= before.largest_country_share_ratio - 1e-12);
        prop_assert!(renamed.herfindahl_index_ratio >= before.herfindahl_index_ratio - 1e-12);
    }

    /// Leaving a source out never makes a pathway look better.
    #[test]
    fn what_is_not_declared_never_helps(
        full in declaration(),
        other in declaration(),
        stage in 0_usize..4,
        index in 0_usize..5,
    ) {
        let mut open = full.clone();
        let sources = match stage {
            0 => &mut open.stages.mining,
            1 => &mut open.stages.separation,
            2 => &mut open.stages.metal_and_alloy,
            _ => &mut open.stages.magnet,
        };
        if index < sources.len() {
            sources.remove(index);
        }
        let (before, after) = (dependence(&full), dependence(&open));
        prop_assert!(after.undeclared_stage_count >= before.undeclared_stage_count);
        prop_assert!(after.largest_country_share_ratio >= before.largest_country_share_ratio - 1e-9);
        prop_assert!(after.herfindahl_index_ratio >= before.herfindahl_index_ratio - 1e-9);
        prop_assert!(after.independent_sources_min_count <= before.independent_sources_min_count);
        let (before, after) = (shared(&full, &other), shared(&open, &other));
        prop_assert!(after.shared_country_stage_count >= before.shared_country_stage_count);
    }

    /// Every aggregate stays where its name says.
    #[test]
    fn ratios_are_ratios(any in declaration()) {
        let found = dependence(&any);
        prop_assert!(any.contradictions().is_empty());
        prop_assert!((0.25..=1.0).contains(&found.largest_country_share_ratio));
        prop_assert!((0.24..=1.0).contains(&found.herfindahl_index_ratio));
        prop_assert!(found.largest_country_share_ratio.powi(2) <= found.herfindahl_index_ratio + 1e-9);
        let itself = shared(&any, &any);
        prop_assert_eq!(itself.shared_country_stage_count, 4);
    }

    /// Nothing undeclared is ever treated as diversified: an element without an entry makes every measure
    /// the worst there is.
    #[test]
    fn an_element_without_an_entry_is_the_worst_case(any in declaration()) {
        let mut open = any.clone();
        open.elements.ga = None;
        let found = dependence(&open);
        prop_assert!(found.undeclared_stage_count >= 3);
        prop_assert_eq!(found.largest_country_share_ratio, 1.0);
        prop_assert_eq!(found.herfindahl_index_ratio, 1.0);
        prop_assert_eq!(found.independent_sources_min_count, 0);
        prop_assert_eq!(found.evidenced_share_min_ratio, 0.0);
        let day = "2026-06-01".parse().unwrap();
        let named: Vec<&str> = rules_on(Family::Ndfeb, &links(&open, &contents()), day)
            .iter()
            .map(|rule| rule.id)
            .collect();
        prop_assert!(named.contains(&"cn.mofcom.2023-23"), "{named:?}");
    }

    /// The list of shared places tells no more and no less than the count that is judged.
    #[test]
    fn every_shared_stage_is_listed(a in declaration(), b in declaration()) {
        let places = common(&a, &b);
        let mut stages: Vec<_> = places.iter().map(|place| place.stage).collect();
        stages.dedup();
        prop_assert_eq!(stages.len(), shared(&a, &b).shared_country_stage_count as usize);
        let mirrored = common(&b, &a);
        prop_assert_eq!(places.len(), mirrored.len());
    }
}
