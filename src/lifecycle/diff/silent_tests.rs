//! Changes that no set of values shows, and records that nothing blocks.

use super::change::Class;
use super::property_tests::changed;
use super::{Bump, diff};
use crate::standard::{Standard, versions};
use crate::verdict::{DecisionRule, Status, judge};
use serde_json::{Value, json};

/// Motor B of traction motors, changed.
fn motor_b(change: impl FnOnce(&mut Value)) -> Standard {
    let all = versions(None).unwrap();
    let newest = all
        .into_iter()
        .rfind(|s| s.header.series == "ev_traction_motor_b");
    changed(&newest.unwrap(), change).unwrap()
}

/// The same values within bounds that are written at another place: the margin of an uncertain value is another.
#[test]
fn bounds_that_admit_the_same_and_are_written_elsewhere_are_no_refactoring() {
    let with = |limit: Value| {
        motor_b(|schema| {
            let field = "rated_efficiency_ratio";
            let mut limit = limit;
            limit["type"] = json!("number");
            schema["$defs"]["p15"]["properties"][field] = limit;
        })
    };
    let (within, beyond) = (
        with(json!({"minimum": 0.93})),
        with(json!({"exclusiveMinimum": 0.929_999})),
    );
    for (old, new, class, bump) in [
        (&within, &beyond, Class::Loosened, Bump::Minor),
        (&beyond, &within, Class::Tightened, Bump::Major),
    ] {
        let found = diff(old, new).unwrap();
        assert_eq!(found.changes[0].classes, [class]);
        assert_eq!((found.required, found.disagreements.len()), (bump, 0));
    }
}

/// A record that only information speaks of meets nothing.
#[test]
fn where_nothing_blocks_nothing_is_met() {
    let old = motor_b(|_| ());
    // What asks machines without magnets is advice.
    let advice = motor_b(|schema| {
        for clause in schema["$defs"].as_object_mut().unwrap().values_mut() {
            if clause["x-clause"] != "0" && clause.get("if").is_none() {
                clause["x-level"] = json!("should");
            }
        }
    });
    let of_examples = old.examples.iter().map(|example| &example.record);
    let mut bare = of_examples.filter(|record| record["has_magnets"] == false);
    let record = bare.next().unwrap();
    let judged = |standard| judge(standard, record, DecisionRule::GuardBanded).verdict;
    assert_ne!(judged(&old), Status::CouldNotJudge);
    assert_eq!(judged(&advice), Status::CouldNotJudge);
    let found = diff(&old, &advice).unwrap();
    assert_eq!(
        (found.required, found.disagreements.len()),
        (Bump::Major, 0)
    );
    let lowered = found.changes.iter();
    assert!(
        lowered
            .filter(|change| change.classes.contains(&Class::NothingLeft))
            .count()
            > 3
    );
}

/// What judges nothing is a change of the file all the same, and a number of another clause is not taken in silence.
#[test]
fn texts_of_clause_0_and_numbers_that_are_taken_are_told() {
    let old = motor_b(|_| ());
    let texts =
        motor_b(|schema| schema["$defs"]["identity"]["description"] = json!("Other words."));
    let found = diff(&old, &texts).unwrap();
    assert_eq!((found.required, found.header.len()), (Bump::Patch, 1));
    assert_eq!(found.shortfalls.len(), 1, "{:?}", found.shortfalls);
    let swapped = motor_b(|schema| {
        schema["$defs"]["p8"]["x-clause"] = json!("P13");
        schema["$defs"]["p13"]["x-clause"] = json!("P8");
    });
    let found = diff(&old, &swapped).unwrap();
    let taken = found.shortfalls.iter();
    let taken = taken.filter(|line| line.contains("was another clause"));
    assert_eq!(taken.count(), 2, "{:?}", found.shortfalls);
}

/// An acknowledgement speaks of the standard as a whole too.
#[test]
fn what_changes_beside_the_clauses_has_to_be_meant() {
    let old = motor_b(|_| ());
    let withdrawn = motor_b(|schema| schema["x-standard"]["status"] = json!("withdrawn"));
    let held = |changes: Value| {
        let mut found = diff(&old, &withdrawn).unwrap();
        let before = found.shortfalls.len();
        let file =
            json!({"series": found.series, "from": found.from, "to": found.to, "changes": changes});
        found
            .acknowledge(&serde_json::from_value(file).unwrap())
            .unwrap();
        found.shortfalls.len() - before
    };
    let whole = json!([{"clause": "standard", "classes": [], "reason": "nobody uses it"}]);
    assert_eq!((held(json!([])), held(whole.clone())), (1, 0));
    // Where nothing of the kind changes it is stale.
    let mut same = diff(&old, &old).unwrap();
    let before = same.shortfalls.len();
    let file = json!({"series": same.series, "from": same.from, "to": same.to, "changes": whole});
    same.acknowledge(&serde_json::from_value(file).unwrap())
        .unwrap();
    assert_eq!(same.shortfalls.len(), before + 1);
}
