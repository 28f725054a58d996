//! Supply on the shipped design and on changes of it: what counts as independent, and which day it is.
//!
//! The machines are given a direct voltage at which they cannot be solved: what is declared is judged all
//! the same, and the tests are quick.

use dualcert::design::{Candidate, Design};
use dualcert::evaluate::{self, Assessment};
use dualcert::material::Library;
use dualcert::source::Document;
use dualcert::standard::{Standard, Standards};
use dualcert::supply::{Source, Stage};
use dualcert::verdict::{ClauseStatus, DecisionRule, judge};
use serde_json::{Value, json};

fn shipped(name: &str) -> Design {
    let path = format!("designs/{name}.json");
    let text = std::fs::read_to_string(&path).expect("the shipped design");
    let document = Document::parse(&path, &text).expect("JSON");
    Design::load(&document).expect("a valid design")
}

fn assess(id: &str, day: Option<&str>, change: impl Fn(&mut Candidate)) -> Assessment {
    let mut design = shipped("ev_traction");
    design.application.requirement.dc_voltage = 1e-3;
    let mut candidate = design.candidate(id).expect("the candidate").clone();
    change(&mut candidate);
    let day = day.map(|text| text.parse().expect("a day"));
    evaluate::candidate_at(&design.application, &candidate, Library::builtin(), day)
        .expect("evaluated")
}

fn record(found: &Assessment, pathway: &str) -> Value {
    let of = |r: &&evaluate::PathwayRecord| r.pathway == pathway;
    let record = found.records.iter().find(of).expect("a record");
    record.record.to_value()
}

/// The verdict of one clause.
fn clause(standard: &Standard, record: &Value, id: &str) -> ClauseStatus {
    let judgement = judge(standard, record, DecisionRule::GuardBanded);
    let found = judgement.clauses.iter().find(|clause| clause.id == id);
    found.expect("the clause").verdict
}

/// Clauses on sources of magnet B, and those of the pair on what is shared.
fn supply_clauses(found: &Assessment) -> Vec<(&'static str, ClauseStatus)> {
    supply_clauses_of("ev_traction", found)
}

fn supply_clauses_of(sector: &str, found: &Assessment) -> Vec<(&'static str, ClauseStatus)> {
    let standards = Standards::shipped().expect("the shipped standards");
    let programme = standards.programme(sector).expect("the sector");
    let (b, pair) = (record(found, "b"), record(found, "pair"));
    let of_b = ["B-M4", "B-M5", "B-M6"].map(|id| (id, clause(&programme.magnet_b, &b, id)));
    let of_pair = ["I5", "I7"].map(|id| (id, clause(&programme.interchange, &pair, id)));
    of_b.into_iter().chain(of_pair).collect()
}

fn supply_of_b(candidate: &mut Candidate) -> &mut dualcert::supply::Declaration {
    &mut candidate
        .magnet_pathways
        .b
        .as_mut()
        .expect("pathway B")
        .supply
}

fn supply_of_a(candidate: &Candidate) -> dualcert::supply::Declaration {
    candidate
        .magnet_pathways
        .a
        .as_ref()
        .expect("pathway A")
        .supply
        .clone()
}

/// Other names in the same place.
fn renamed(sources: &[Source]) -> Vec<Source> {
    let other = |source: &Source| Source {
        supplier: format!("second {}", source.supplier),
        ..source.clone()
    };
    sources.iter().map(other).collect()
}

#[test]
fn a_chain_of_its_own_is_independent() {
    let found = assess("ipm-smco", None, |_| {});
    for (id, verdict) in supply_clauses(&found) {
        assert_eq!(verdict, ClauseStatus::Met, "{id}");
    }
    assert!(found.common_mode.is_empty(), "{:?}", found.common_mode);
}

#[test]
fn a_second_supplier_in_the_same_country_frees_nothing() {
    let found = assess("ipm-smco", None, |candidate| {
        let a = supply_of_a(candidate);
        let b = supply_of_b(candidate);
        b.stages.mining = renamed(&a.stages.mining);
        b.stages.separation = renamed(&a.stages.separation);
        b.stages.metal_and_alloy = renamed(&a.stages.metal_and_alloy);
        b.stages.magnet = renamed(&a.stages.magnet);
    });
    let verdicts = supply_clauses(&found);
    let of = |id: &str| {
        verdicts
            .iter()
            .find(|(name, _)| *name == id)
            .map(|(_, v)| *v)
    };
    assert_eq!(of("B-M4"), Some(ClauseStatus::Met), "all is declared");
    assert_eq!(of("I7"), Some(ClauseStatus::Met), "no supplier is shared");
    for id in ["B-M5", "B-M6", "I5"] {
        assert_eq!(of(id), Some(ClauseStatus::Failed), "{id}");
    }
    let stages: Vec<Stage> = found.common_mode.iter().map(|place| place.stage).collect();
    assert_eq!(stages, Stage::ALL);
    assert!(
        found
            .common_mode
            .iter()
            .all(|p| p.country.as_deref() == Some("CN"))
    );
}

#[test]
fn a_magnet_plant_elsewhere_on_the_same_oxide_frees_nothing() {
    let found = assess("ipm-smco", None, |candidate| {
        let a = supply_of_a(candidate);
        let b = supply_of_b(candidate);
        b.stages.separation = renamed(&a.stages.separation);
    });
    let verdicts = supply_clauses(&found);
    for id in ["B-M5", "B-M6", "I5"] {
        assert!(
            verdicts.contains(&(id, ClauseStatus::Failed)),
            "{verdicts:?}"
        );
    }
    let [place] = found.common_mode.as_slice() else {
        panic!("{:?}", found.common_mode);
    };
    assert_eq!(place.stage, Stage::Separation);
    let listed = found.choke_points.iter().any(|point| {
        point.mechanism == "common_mode" && point.location.contains("separation in CN")
    });
    assert!(listed, "{:?}", found.choke_points);
}

/// The magnets of a shipped design of another sector in the machine of these tests, judged by that sector.
fn assess_magnets_of((name, sector): (&str, &str), change: impl Fn(&mut Candidate)) -> Assessment {
    let mut design = shipped("ev_traction");
    design.application.requirement.dc_voltage = 1e-3;
    sector.clone_into(&mut design.application.sector);
    let mut candidate = design.candidate("ipm-smco").expect("the candidate").clone();
    candidate.magnet_pathways = shipped(name).candidates[0].magnet_pathways.clone();
    change(&mut candidate);
    evaluate::candidate_at(&design.application, &candidate, Library::builtin(), None)
        .expect("evaluated")
}

/// A magnet plant elsewhere on the same oxide frees nothing in the other sectors either. A second chain in one country,
/// which shares more than that, frees no more.
#[test]
fn independence_is_asked_for_in_every_sector() {
    for sector in [
        ("industrial_drive", "industrial_drive"),
        ("defence_vehicle", "defence_vehicle"),
        ("servo", "precision_servo"),
        ("wind_generator", "wind_generator"),
    ] {
        let found = assess_magnets_of(sector, |candidate| {
            let a = supply_of_a(candidate);
            supply_of_b(candidate).stages.separation = renamed(&a.stages.separation);
        });
        let verdicts = supply_clauses_of(sector.1, &found);
        for id in ["B-M5", "B-M6", "I5"] {
            assert!(
                verdicts.contains(&(id, ClauseStatus::Failed)),
                "{sector:?} {verdicts:?}"
            );
        }
        let shared = found
            .common_mode
            .iter()
            .any(|p| p.stage == Stage::Separation && p.country.as_deref() == Some("CN"));
        assert!(shared, "{sector:?}");
    }
}

/// One grade that leans on gallium: until the gallium has a declared source, nothing about it is diversified.
#[test]
fn a_substitution_that_moves_the_choke_point_is_seen() {
    let found = assess("ipm-hre-free", Some("2026-06-01"), |candidate| {
        supply_of_b(candidate).elements.ga = None;
    });
    let verdicts = supply_clauses(&found);
    for id in ["B-M4", "B-M5", "B-M6", "I5"] {
        assert!(
            verdicts.contains(&(id, ClauseStatus::Failed)),
            "{verdicts:?}"
        );
    }
    let b = record(&found, "b");
    assert_eq!(b["undeclared_stage_count"], json!(3));
    assert_eq!(b["export_controlled_element_count"], json!(1));
    let world = found.choke_points.iter().find(|point| {
        point.mechanism == "world_concentration" && point.location.contains("separation of Ga")
    });
    assert_eq!(world.map(|point| point.value), Some(0.9868));
}

#[test]
fn a_grade_of_unknown_composition_cannot_be_judged_on_its_sources() {
    let found = assess("ipm-smco", Some("2026-06-01"), |candidate| {
        if let Some(b) = &mut candidate.magnet_pathways.b {
            b.grade = "TbF3-diffused".to_owned();
        }
    });
    for (id, verdict) in supply_clauses(&found) {
        assert_eq!(verdict, ClauseStatus::CouldNotJudge, "{id}");
    }
}

#[test]
fn without_a_day_no_rule_is_judged() {
    let found = assess("ipm-incumbent", None, |_| {});
    let a = record(&found, "a");
    assert_eq!(a.get("export_controlled_element_count"), None);
    let why = a["basis"]["export_controlled_element_count"].as_str();
    assert!(why.is_some_and(|why| why.contains("no day")), "{why:?}");
}

/// By hand: 100 days of stock, at most 0.6 of a stage in one country: 100 / 0.6 = 166.667 days. With one
/// stage of gallium undeclared one country may hold all of it: 100 / 1 = 100 days. The incumbent has 45
/// days and one country: 45.
#[test]
fn stock_bridges_what_an_embargo_takes() {
    let cover =
        |found: &Assessment, pathway: &str| record(found, pathway)["embargo_cover_d"].clone();
    let free = assess("ipm-hre-free", None, |_| {});
    assert_eq!(cover(&free, "b"), json!(166.667));
    assert_eq!(cover(&free, "a"), json!(45.0));
    let open = assess("ipm-hre-free", None, |candidate| {
        if let Some(gallium) = &mut supply_of_b(candidate).elements.ga {
            gallium.separation.clear();
        }
    });
    assert_eq!(cover(&open, "b"), json!(100.0));
    let silent = assess("ipm-hre-free", None, |candidate| {
        supply_of_b(candidate).stock_days = None;
    });
    assert_eq!(cover(&silent, "b"), Value::Null);
    let standards = Standards::shipped().expect("the shipped standards");
    let motor_b = &standards
        .programme("ev_traction")
        .expect("the sector")
        .motor_b;
    let verdict = |found: &Assessment| clause(motor_b, &record(found, "b"), "P16");
    assert_eq!(verdict(&free), ClauseStatus::Met);
    assert_eq!(verdict(&silent), ClauseStatus::CouldNotJudge);
    let incumbent = assess("ipm-incumbent", None, |_| {});
    assert_eq!(verdict(&incumbent), ClauseStatus::Failed);
}

/// One magnet in both pathways changes nothing of the rotor; cobalt is heavier than neodymium iron.
#[test]
fn the_rotor_of_another_magnet_is_weighed() {
    let mass = |id: &str| {
        let found = assess(id, None, |_| {});
        record(&found, "pair")["b_to_a_magnet_mass_ratio"].as_f64()
    };
    assert_eq!(mass("ipm-incumbent"), Some(1.0));
    assert!(mass("ipm-smco").is_some_and(|ratio| ratio > 1.05 && ratio < 1.2));
}

/// The same design on four days: rules that touch it and what is counted.
#[test]
fn the_same_design_on_four_days() {
    let mut told = String::new();
    for day in ["2025-03-01", "2025-10-15", "2026-06-01", "2027-01-02"] {
        for (id, pathway) in [
            ("ipm-incumbent", "a"),
            ("ipm-hre-free", "b"),
            ("ipm-smco", "b"),
        ] {
            let found = assess(id, Some(day), |_| {});
            let record = record(&found, pathway);
            told.push_str(&format!("{day}, {id}, pathway {pathway}\n"));
            for field in [
                "export_controlled_element_count",
                "procurement_restricted_stage_count",
                "benchmark_exceeded_stage_count",
                "information_duty_count",
            ] {
                told.push_str(&format!("  {field}: {}\n", record[field]));
            }
            let sheet = found
                .supply
                .iter()
                .find(|s| s.pathway == pathway)
                .expect("a sheet");
            for rule in &sheet.rules {
                let standing = serde_json::to_value(rule.standing).expect("a word");
                let until = rule.suspended_until.map(|day| format!(" until {day}"));
                let stages: Vec<&str> = rule.touches.iter().map(|t| t.stage.key()).collect();
                told.push_str(&format!(
                    "  {}: {}{}, evidence {}, touches {}\n",
                    rule.id,
                    standing.as_str().unwrap_or_default(),
                    until.unwrap_or_default(),
                    serde_json::to_value(rule.evidence).expect("a word"),
                    stages.join(" ")
                ));
            }
        }
    }
    insta::assert_snapshot!(told);
}
