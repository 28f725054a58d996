//! What two pathways have in common: the places where one event stops both.

use std::collections::BTreeSet;

use serde::Serialize;

use super::declaration::{Declaration, Source, Stage};
use super::dependence::{supplier_names, undeclared_share_ratio};

/// The judged aggregates of a pair of declarations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// Stages where the two share a country.
    pub shared_country_stage_count: u32,
    /// Suppliers that deliver to both, at any stage.
    pub shared_supplier_count: u32,
}

/// What pathways A and B share.
#[must_use]
pub fn shared(a: &Declaration, b: &Declaration) -> Shared {
    let stages = Stage::ALL
        .into_iter()
        .filter(|stage| shares_country(a.stages.sources(*stage), b.stages.sources(*stage)))
        .count();
    let suppliers = all_suppliers(a).intersection(&all_suppliers(b)).count();
    Shared {
        shared_country_stage_count: u32::try_from(stages).unwrap_or(u32::MAX),
        shared_supplier_count: u32::try_from(suppliers).unwrap_or(u32::MAX),
    }
}

/// Whether one country serves this stage of both. An undeclared part on either side may be any
/// country, so it counts as shared.
fn shares_country(a: &[Source], b: &[Source]) -> bool {
    undeclared_share_ratio(a) > 0.0
        || undeclared_share_ratio(b) > 0.0
        || a.iter()
            .any(|source| b.iter().any(|other| other.country == source.country))
}

/// Names of all suppliers of a declaration, letter case and spacing aside. A supplier that is not
/// named cannot be compared; the undeclared stage shows in [`Shared::shared_country_stage_count`].
fn all_suppliers(declaration: &Declaration) -> BTreeSet<String> {
    Stage::ALL
        .into_iter()
        .flat_map(|stage| supplier_names(declaration.stages.sources(stage)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::declaration::Evidence;
    use super::*;

    fn everywhere(country: &str, supplier: &str) -> Declaration {
        let source = vec![Source {
            country: country.into(),
            supplier: supplier.into(),
            share_ratio: 1.0,
            evidence: Evidence::Evidenced,
        }];
        let mut declaration = Declaration::default();
        declaration.stages.mining = source.clone();
        declaration.stages.separation = source.clone();
        declaration.stages.metal_and_alloy = source.clone();
        declaration.stages.magnet = source;
        declaration
    }

    #[test]
    fn two_separate_chains_share_nothing() {
        let found = shared(&everywhere("CN", "North"), &everywhere("AU", "South"));
        assert_eq!(found.shared_country_stage_count, 0);
        assert_eq!(found.shared_supplier_count, 0);
    }

    #[test]
    fn one_name_written_twice_is_one_supplier() {
        let found = shared(
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
        assert_eq!(
            shared(&everywhere("CN", "North"), &open).shared_country_stage_count,
            2
        );
        assert_eq!(
            shared(&open, &everywhere("CN", "North")).shared_country_stage_count,
            2
        );
        let all = shared(&everywhere("CN", "North"), &everywhere("CN", "North"));
        assert_eq!(all.shared_country_stage_count, 4);
    }
}
