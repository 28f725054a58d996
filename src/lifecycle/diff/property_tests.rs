//! Whatever is changed in whichever shipped standard, the classes of the change are those that judging
//! records under both versions shows.

use super::change::Class;
use super::example::of_one;
use super::situation::Situations;
use super::{Bump, diff};
use crate::record::field::{self, Kind};
use crate::standard::{Accepted, Difference, Standard, TextFile, versions};
use crate::unit::round_significant;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A standard with its clauses changed and its examples left as they are; the gates on clauses hold.
pub(super) fn changed(standard: &Standard, change: impl FnOnce(&mut Value)) -> Option<Standard> {
    let mut schema = standard.schema.clone();
    change(&mut schema);
    let clauses = schema["$defs"].as_object()?;
    let blocking = clauses
        .iter()
        .filter(|(_, clause)| clause["x-level"] == "shall");
    let listed: Vec<Value> = blocking
        .map(|(key, _)| json!({"$ref": format!("#/$defs/{key}")}))
        .collect();
    schema["allOf"] = json!(listed);
    let text = TextFile {
        name: "changed.json".to_owned(),
        text: schema.to_string(),
    };
    let mut changed = Standard::without_examples(&text).ok()?;
    changed.examples = standard.examples.clone();
    Some(changed)
}

fn body(clause: &mut Value) -> &mut Value {
    let field = clause["x-quantity"].as_str().unwrap().to_owned();
    let body = if clause.get("then").is_some() {
        &mut clause["then"]
    } else {
        clause
    };
    &mut body["properties"][field.as_str()]
}

/// One random edit of one clause.
fn edit(clause: &mut Value, kind: usize, by: f64, pick: usize) {
    let quantity = clause["x-quantity"].as_str().unwrap().to_owned();
    let field = field::find(&quantity).unwrap();
    match (kind, field.kind) {
        (0..=3, Kind::Number) => bound(body(clause), field.is_count(), kind, by),
        (0..=3, Kind::Boolean) => {
            let flag = body(clause)["const"].as_bool().unwrap();
            *body(clause) = json!({"type": "boolean", "const": !flag});
        }
        (0..=3, Kind::Text) => {
            let kept: Vec<&str> = field
                .allowed
                .iter()
                .copied()
                .cycle()
                .skip(pick)
                .take(1 + kind % 2)
                .collect();
            *body(clause) = json!({"type": "string", "enum": kept});
        }
        (4, _) => {
            let levels = ["shall", "should", "info"];
            clause["x-level"] = json!(levels[pick % 3]);
        }
        (5, _) => {
            let families = ["ndfeb", "ferrite", "smco", "bonded"];
            let condition = json!({"required": ["magnet_family"], "properties": {
                "magnet_family": {"enum": [families[pick % 4], families[(pick + 1) % 4]]}}});
            conditional(clause, Some(condition));
        }
        (6, _) => conditional(clause, None),
        (7, _) => clause["x-clause"] = json!(format!("Z{pick}")),
        _ => clause["title"] = json!("Another title"),
    }
}

fn bound(limit: &mut Value, count: bool, kind: usize, by: f64) {
    let keys = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"];
    let present = keys
        .iter()
        .find(|key| limit.get(**key).is_some())
        .copied()
        .unwrap();
    let value = limit[present].as_f64().unwrap();
    let object = limit.as_object_mut().unwrap();
    let moved = |by: f64| {
        if count {
            (value + (by * 4.0).round()).max(0.0)
        } else {
            round_significant(value + by * value.abs().max(0.1), 6)
        }
    };
    match kind {
        0 => drop(object.insert(present.to_owned(), json!(moved(by)))),
        1 => drop(object.insert(present.to_owned(), json!(moved(by * 1e-5)))),
        2 => {
            // The same number, no longer or newly within.
            let other = match present {
                "minimum" => "exclusiveMinimum",
                "exclusiveMinimum" => "minimum",
                "maximum" => "exclusiveMaximum",
                _ => "maximum",
            };
            object.shift_remove(present);
            object.insert(other.to_owned(), json!(value));
        }
        _ => {
            let upper = present.contains("inimum");
            let key = if upper { "maximum" } else { "minimum" };
            let other = moved(if upper {
                by.abs() + 0.5
            } else {
                -by.abs() - 0.5
            });
            object.insert(key.to_owned(), json!(other));
        }
    }
}

/// Puts the body of a clause under a condition, or frees it.
fn conditional(clause: &mut Value, condition: Option<Value>) {
    let object = clause.as_object_mut().unwrap();
    object.shift_remove("if");
    let body = object.shift_remove("then").unwrap_or_else(|| {
        json!({"required": object["required"].clone(), "properties": object["properties"].clone()})
    });
    object.shift_remove("required");
    object.shift_remove("properties");
    match condition {
        Some(condition) => {
            object.insert("if".to_owned(), condition);
            object.insert("then".to_owned(), body);
        }
        None => {
            object.insert("required".to_owned(), body["required"].clone());
            object.insert("properties".to_owned(), body["properties"].clone());
        }
    }
}

/// Holds the comparison of two versions against what it must be, whatever they are.
fn holds(old: &Standard, new: &Standard) -> Result<(), TestCaseError> {
    let found = diff(old, new).expect("versions of one standard");
    prop_assert!(found.disagreements.is_empty(), "{:?}", found.disagreements);
    for change in &found.changes {
        let silent = [Class::Editorial, Class::Refactor, Class::Renumbered];
        let judges = change.classes.iter().any(|class| !silent.contains(class));
        prop_assert_eq!(judges, change.counter_example.is_some(), "{:?}", change);
        let Some(example) = &change.counter_example else {
            continue;
        };
        // A record that ceases to be accepted asks for a new first number.
        if example.accepted_before && !example.accepted_after {
            prop_assert_eq!(change.bump, Bump::Major, "{:?}", change);
        }
        let level = [Class::LevelRaised, Class::LevelLowered];
        if change.classes.iter().all(|class| !level.contains(class)) {
            prop_assert_ne!(example.before, example.after, "{:?}", change);
        }
    }
    Ok(())
}

proptest! {
    // Each case judges some 40,000 records.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn classes_agree_with_judging_records_under_both(
        standard in any::<prop::sample::Index>(),
        edits in prop::collection::vec(
            (any::<prop::sample::Index>(), 0_usize..9, -0.9_f64..0.9, 0_usize..12), 1..3),
        removed in any::<Option<prop::sample::Index>>(),
        backwards in any::<bool>(),
    ) {
        let all = versions(None).expect("the shipped standards");
        let old = standard.get(&all);
        let new = changed(old, |schema| {
            for (clause, kind, by, pick) in &edits {
                let key = clause.get(&old.clauses).key.clone();
                edit(&mut schema["$defs"][key.as_str()], *kind, *by, *pick);
            }
            if let Some(removed) = removed {
                let key = &removed.get(&old.clauses).key;
                schema["$defs"].as_object_mut().unwrap().shift_remove(key);
            }
        });
        // What the gates refuse is no version.
        prop_assume!(new.is_some());
        let new = new.unwrap();
        if backwards {
            holds(&new, old)?;
        } else {
            holds(old, &new)?;
        }
    }
}

#[test]
fn the_shipped_versions_compare() {
    let all = versions(None).expect("the shipped standards");
    let mut compared = 0;
    for pair in all.windows(2) {
        if pair[0].header.series == pair[1].header.series {
            holds(&pair[0], &pair[1]).unwrap();
            compared += 1;
        }
    }
    assert!(compared >= 2);
}

#[test]
fn each_class_is_the_one_that_an_edit_makes() {
    let all = versions(None).expect("the shipped standards");
    let motor = all
        .iter()
        .rfind(|s| s.header.series == "ev_traction_motor_b")
        .unwrap();
    let one = |key: &str, edit: &dyn Fn(&mut Value)| {
        let new = changed(motor, |schema| edit(&mut schema["$defs"][key])).expect("sound");
        let found = diff(motor, &new).unwrap();
        assert!(found.disagreements.is_empty(), "{:?}", found.disagreements);
        assert_eq!(found.changes.len(), 1, "{:?}", found.changes);
        let change = &found.changes[0];
        (
            change.classes.clone(),
            change.bump,
            change.no_longer_accepted.clone(),
            change.newly_accepted.clone(),
        )
    };
    let limit = |value: Value| move |clause: &mut Value| *body(clause) = value.clone();
    let none: Vec<String> = Vec::new();
    assert_eq!(
        one("p4", &limit(json!({"type": "number", "minimum": 1}))),
        (
            vec![Class::Tightened],
            Bump::Major,
            vec!["0.95 ≤ … < 1".to_owned()],
            none.clone()
        )
    );
    assert_eq!(
        one("p4", &limit(json!({"type": "number", "minimum": 0.9}))),
        (
            vec![Class::Loosened],
            Bump::Minor,
            none.clone(),
            vec!["0.9 ≤ … < 0.95".to_owned()]
        )
    );
    assert_eq!(
        one("p4", &limit(json!({"type": "number", "maximum": 2}))),
        (
            vec![Class::Shifted],
            Bump::Major,
            vec!["> 2".to_owned()],
            vec!["< 0.95".to_owned()]
        )
    );
    // The next number of a record: another keyword, the same set, and more room for a value with an uncertainty.
    assert_eq!(
        one(
            "p4",
            &limit(json!({"type": "number", "exclusiveMinimum": 0.949999}))
        ),
        (
            vec![Class::Loosened],
            Bump::Minor,
            none.clone(),
            none.clone()
        )
    );
    assert_eq!(
        one(
            "p4",
            &limit(json!({"type": "number", "exclusiveMinimum": 0.95}))
        ),
        (
            vec![Class::Tightened],
            Bump::Major,
            vec!["0.95".to_owned()],
            none.clone()
        )
    );
    assert_eq!(
        one("p4", &|c| c["title"] = json!("Torque")).0,
        [Class::Editorial]
    );
    assert_eq!(
        one("p4", &|c| c["x-clause"] = json!("P40")).0,
        [Class::Renumbered]
    );
    assert_eq!(
        one("p4", &|c| c["x-level"] = json!("should")).0,
        [Class::LevelLowered]
    );
    let free = one("p8", &|clause| conditional(clause, None));
    assert_eq!(
        (free.0, free.1),
        (vec![Class::ApplicabilityWidened], Bump::Major)
    );
    let narrow =
        json!({"required": ["magnet_family"], "properties": {"magnet_family": {"const": "ndfeb"}}});
    let narrowed = one("p8", &|clause| conditional(clause, Some(narrow.clone())));
    assert_eq!(
        (narrowed.0, narrowed.1),
        (vec![Class::ApplicabilityNarrowed], Bump::Minor)
    );
}

/// A clause that one version only has: some record fails it, whatever its limit.
#[test]
fn every_clause_alone_has_a_record_that_fails_it() {
    for standard in versions(None).expect("the shipped standards") {
        let situations = Situations::of(&standard, &standard);
        for clause in &standard.clauses {
            let failing = Difference::everything_but(&Accepted::of(clause), clause.field);
            let example = of_one(clause, true, &failing, [&standard; 2], &situations);
            assert_eq!(example.is_some(), !failing.is_empty(), "{}", clause.id);
        }
    }
}

#[test]
fn a_replay_that_sees_something_else_is_told() {
    // The other way round the algebra would be wrong; the replay must see it.
    let all = versions(None).expect("the shipped standards");
    let motor = all
        .iter()
        .rfind(|s| s.header.series == "ev_traction_motor_b")
        .unwrap();
    let tighter = changed(motor, |schema| {
        *body(&mut schema["$defs"]["p4"]) = json!({"type": "number", "minimum": 1});
    })
    .unwrap();
    let situations = Situations::of(motor, &tighter);
    let clause = |s: &Standard| s.clauses.iter().find(|c| c.key == "p4").cloned().unwrap();
    let forward = super::replay::of_clause(&clause(motor), &clause(&tighter), &situations);
    let backward = super::replay::of_clause(&clause(&tighter), &clause(motor), &situations);
    assert_ne!(forward.transitions, backward.transitions);
    let whole = super::replay::of_standards(motor, &tighter, &situations);
    assert!(whole.disagreements(Bump::Major).is_empty());
    assert_eq!(whole.disagreements(Bump::Patch).len(), 1);
}
