use super::super::contradiction::is_country;
use super::super::declaration::{Evidence as Behind, Source};
use super::*;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn source(country: &str) -> Vec<Source> {
    vec![Source {
        country: country.into(),
        supplier: "works".into(),
        share_ratio: 1.0,
        evidence: Behind::Declared,
    }]
}

#[test]
fn every_rule_is_read_and_has_its_dates_in_order() {
    assert!(RULES.len() >= 14, "{}", RULES.len());
    for rule in RULES.iter() {
        assert!(rule.issued <= rule.effective_from, "{}", rule.id);
        assert!(rule.scope.countries.iter().all(|c| is_country(c)));
        assert!(rule.not_third_countries.iter().all(|c| is_country(c)));
        assert!(rule.suspended.iter().all(|s| s.from < s.until));
        let benchmark = rule.kind == RuleKind::Benchmark;
        assert_eq!(benchmark, rule.largest_country_share_ratio.is_some());
        let twice = RULES.iter().filter(|other| other.id == rule.id).count();
        assert_eq!(twice, 1, "{}", rule.id);
    }
}

/// The suspension ends on its day and not after it, and what follows is another evidence.
#[test]
fn a_rule_holds_from_its_day_on_and_not_while_suspended() {
    let rule = RULES
        .iter()
        .find(|r| r.id == "cn.mofcom.2025-57")
        .expect("a rule");
    let at = |text: &str| rule.standing(day(text)).map(|(standing, _)| standing);
    assert_eq!(at("2025-10-08"), None);
    assert_eq!(at("2025-10-15"), Some(Standing::Announced));
    assert_eq!(at("2025-11-07"), Some(Standing::Suspended));
    assert_eq!(at("2026-11-10"), Some(Standing::Suspended));
    assert_eq!(at("2027-01-09"), Some(Standing::Suspended));
    assert_eq!(at("2027-01-10"), Some(Standing::InForce));
    let (_, suspension) = rule.standing(day("2026-12-01")).expect("issued");
    assert_eq!(suspension.map(|s| s.evidence), Some(Evidence::Tertiary));
}

/// By hand on four days: a NdDyFeB magnet whose every stage is in China.
#[test]
fn the_same_pathway_on_four_days() {
    let china = source("CN");
    let link = |stage| Link {
        elements: vec![Element::Nd, Element::Dy],
        stage,
        sources: &china,
    };
    let links = Stage::ALL.map(link);
    let on = |text: &str| flags(&rules_on(Family::Ndfeb, &links, day(text)));
    let before = on("2025-03-01");
    assert_eq!(before.export_controlled_element_count, 0);
    assert_eq!(before.procurement_restricted_stage_count, 2);
    assert_eq!(before.benchmark_exceeded_stage_count, 4);
    assert_eq!(on("2025-10-15").export_controlled_element_count, 1);
    assert_eq!(on("2026-06-01").export_controlled_element_count, 1);
    assert_eq!(on("2026-12-31").procurement_restricted_stage_count, 2);
    assert_eq!(on("2027-01-02").procurement_restricted_stage_count, 4);
    assert_eq!(on("2027-06-01").information_duty_count, 1);
}

#[test]
fn a_country_that_nobody_names_may_be_the_one() {
    let flagged = |sources: &[Source]| {
        let link = Link {
            elements: vec![Element::Dy],
            stage: Stage::Separation,
            sources,
        };
        let found = flags(&rules_on(Family::Ndfeb, &[link], day("2026-06-01")));
        found.export_controlled_element_count
    };
    assert_eq!(flagged(&[]), 1);
    assert_eq!(flagged(&source("AU")), 0);
    let mut part = source("AU");
    part[0].share_ratio = 0.9;
    assert_eq!(flagged(&part), 1);
}

/// Of a benchmark on third countries: whatever a share is declared from, the rest may come from one of them.
#[test]
fn the_undeclared_part_may_lie_in_a_third_country_whatever_is_declared() {
    let flagged = |shares: &[(&str, f64)]| {
        let sources: Vec<Source> = shares
            .iter()
            .map(|(country, share)| Source {
                share_ratio: *share,
                ..source(country).remove(0)
            })
            .collect();
        let link = Link {
            elements: vec![Element::Nd],
            stage: Stage::Separation,
            sources: &sources,
        };
        flags(&rules_on(Family::Ndfeb, &[link], day("2026-06-01"))).benchmark_exceeded_stage_count
    };
    assert_eq!(flagged(&[]), 1);
    assert_eq!(flagged(&[("DE", 1.0)]), 0);
    assert_eq!(flagged(&[("DE", 0.3)]), 1, "0.7 of it may be one");
    assert_eq!(flagged(&[("DE", 0.4)]), 0, "0.6 is below the mark");
    assert_eq!(flagged(&[("DE", 0.31), ("CN", 0.3)]), 1, "0.3 and 0.39");
    assert_eq!(flagged(&[("DE", 0.5), ("CN", 0.5)]), 0);
    assert_eq!(flagged(&[("CN", 0.66), ("DE", 0.34)]), 1);
    assert_eq!(flagged(&[("DE", 0.2), ("CN", 0.4), ("VN", 0.4)]), 0);
}
