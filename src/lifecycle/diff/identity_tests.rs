//! What clause 0 admits and what the clauses leave to judge, from one version to the next.

use super::change::{Class, Proof};
use super::property_tests::changed;
use super::{Bump, Diff, diff};
use crate::standard::{Standard, versions};
use serde_json::{Value, json};

fn magnet_a() -> Standard {
    let all = versions(None).unwrap();
    let newest = all
        .into_iter()
        .rfind(|s| s.header.series == "ev_traction_magnet_a");
    newest.unwrap()
}

/// The standard with more pinned by clause 0.
fn pinned(words: &[(&str, Value)]) -> Standard {
    let standard = magnet_a();
    let pin = |schema: &mut Value| {
        let identity = &mut schema["$defs"]["identity"];
        for (field, schema) in words {
            identity["required"]
                .as_array_mut()
                .unwrap()
                .push(json!(field));
            identity["properties"][field] = schema.clone();
        }
    };
    changed(&standard, pin).unwrap()
}

fn of_identity(found: &Diff) -> (Vec<Class>, Bump) {
    let change = found.changes.iter().find(|change| change.clause == "0");
    let change = change.unwrap_or_else(|| panic!("{found:?}"));
    (change.classes.clone(), change.bump)
}

/// Of a field that may hold any word, those that nobody lists are admitted by the version that does not pin it.
#[test]
fn words_that_nobody_lists_are_told_apart() {
    let (open, narrow) = (
        magnet_a(),
        pinned(&[("topology", json!({"enum": ["ipm", "spm"]}))]),
    );
    let widened = diff(&narrow, &open).unwrap();
    assert_eq!(
        of_identity(&widened),
        (vec![Class::ApplicabilityWidened], Bump::Minor)
    );
    let narrowed = diff(&open, &narrow).unwrap();
    assert_eq!(
        of_identity(&narrowed),
        (vec![Class::ApplicabilityNarrowed], Bump::Major)
    );
    for found in [&widened, &narrowed] {
        assert_eq!(found.disagreements, Vec::<String>::new());
        let shown = found.changes[0].counter_example.as_ref().unwrap();
        let both = (shown.accepted_before, shown.accepted_after);
        assert!(both.0 != both.1, "{both:?}");
    }
}

/// Where there are too many situations to look at them all, nothing is said to be the same.
#[test]
fn too_many_situations_are_not_called_the_same() {
    let many = |count: usize| -> Value {
        let words: Vec<String> = (0..count).map(|k| format!("word-{k}")).collect();
        let mut words: Vec<Value> = words.into_iter().map(Value::from).collect();
        words.extend([json!("ipm"), json!("interior_permanent_magnet")]);
        json!({"enum": words})
    };
    let wide = |count| pinned(&[("topology", many(count)), ("machine_family", many(80))]);
    let found = diff(&wide(80), &wide(79)).unwrap();
    assert_eq!(
        of_identity(&found),
        (vec![Class::Undetermined], Bump::Major)
    );
    assert_eq!(found.changes[0].proof, Proof::Undetermined);
    assert_eq!(diff(&wide(80), &wide(80)).unwrap().changes, []);
}

/// A record that no clause judges has no verdict, so that it ceases to conform.
#[test]
fn clauses_that_go_and_leave_nothing_to_judge_ask_for_a_major_step() {
    let old = magnet_a();
    let without = |keys: &[&str]| {
        let remove = |schema: &mut Value| {
            let clauses = schema["$defs"].as_object_mut().unwrap();
            clauses.retain(|key, _| !keys.contains(&key.as_str()));
        };
        changed(&old, remove).unwrap()
    };
    // Only clauses on sintered magnets of neodymium are left: ferrite has nothing to meet.
    let of_all: Vec<&str> = old
        .clauses
        .iter()
        .filter(|clause| {
            clause
                .condition
                .iter()
                .flatten()
                .all(|(_, words)| words.contains(&json!("ferrite")))
        })
        .map(|clause| clause.key.as_str())
        .collect();
    let found = diff(&old, &without(&of_all)).unwrap();
    assert_eq!(found.required, Bump::Major);
    assert_eq!(found.disagreements, Vec::<String>::new());
    let gone = |change: &&super::Change| change.classes.contains(&Class::NothingLeft);
    assert_eq!(found.changes.iter().filter(gone).count(), of_all.len());
    // With one of them left there is a verdict.
    let found = diff(&old, &without(&of_all[1..])).unwrap();
    assert_eq!(found.required, Bump::Minor);
    assert_eq!(found.changes.iter().filter(gone).count(), 0);
}

/// By a standard that is withdrawn nothing is certified, though its clauses stand as they stood.
#[test]
fn withdrawing_a_standard_asks_for_a_major_step() {
    let old = magnet_a();
    let status = |word: &str| {
        let word = word.to_owned();
        changed(&old, |schema| schema["x-standard"]["status"] = json!(word)).unwrap()
    };
    let found = diff(&old, &status("withdrawn")).unwrap();
    assert_eq!((found.required, found.changes.len()), (Bump::Major, 0));
    assert_eq!(found.header, ["status: published → withdrawn"]);
    let back = diff(&status("withdrawn"), &old).unwrap();
    assert_eq!(back.required, Bump::Minor);
}

/// Over more than one step the version that is replaced lies between, and that is no fault of the newest.
#[test]
fn more_than_one_step_is_told_as_such() {
    let all = versions(None).unwrap();
    let named = |version: &str| {
        let found = all
            .iter()
            .find(|s| s.header.series == "ev_traction_magnet_a" && s.header.version == version);
        found.unwrap()
    };
    let far = diff(named("0.1.0"), named("1.1.0")).unwrap();
    let told = far.shortfalls.join("\n");
    assert!(
        told.contains("more than one step; compare 1.0.0 and 1.1.0"),
        "{told}"
    );
    assert!(
        diff(named("1.0.0"), named("1.1.0"))
            .unwrap()
            .shortfalls
            .is_empty()
    );
}
