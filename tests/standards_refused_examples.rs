//! The gates on examples and on a programme refuse by clause and place.

#[path = "standards/damage.rs"]
mod damage;

use damage::*;
use dualcert::standard::{Fault, Standard, Standards, TextFile};
use serde_json::{Value, json};

#[test]
fn a_limit_that_moves_by_one_step_contradicts_its_examples() {
    for limit in [1.16999, 1.17001] {
        let moved = magnet_a_clause("a-m2", |c| {
            c["then"]["properties"]["magnet_remanence_20c_min_t"]["minimum"] = json!(limit);
        });
        assert!(
            moved.iter().all(|(clause, _)| clause == "A-M2"),
            "{moved:?}"
        );
    }
    let excluded = magnet_a_clause("a-m2", |c| {
        c["then"]["properties"]["magnet_remanence_20c_min_t"] =
            json!({"type": "number", "exclusiveMinimum": 1.17});
    });
    assert!(
        excluded.contains(&("A-M2".to_owned(), "standard-example-disagrees")),
        "{excluded:?}"
    );
    let turned = magnet_a_clause("a-m2", |c| {
        c["then"]["properties"]["magnet_remanence_20c_min_t"] =
            json!({"type": "number", "maximum": 1.17});
    });
    assert!(
        turned
            .iter()
            .any(|(_, code)| *code == "standard-example-disagrees"),
        "{turned:?}"
    );
    let unconditional = magnet_a_clause("a-m2", |c| {
        let then = c
            .as_object_mut()
            .expect("object")
            .remove("then")
            .expect("then");
        c.as_object_mut().expect("object").remove("if");
        c["required"] = then["required"].clone();
        c["properties"] = then["properties"].clone();
    });
    only(&unconditional, "A-M2", "standard-example-disagrees");
}

#[test]
fn every_clause_needs_its_examples() {
    let examples = |damage: fn(&mut Value)| {
        refused("magnet/ev_traction/a-1", |pair| damage(&mut pair.examples))
    };
    only(
        &examples(|e| e["clauses"]["A-M2"]["fail"] = json!({})),
        "A-M2",
        "standard-examples-shape",
    );
    let removed = examples(|e| {
        e["clauses"].as_object_mut().expect("object").remove("A-M2");
    });
    assert!(
        removed.contains(&("A-M2".to_owned(), "standard-no-contrast")),
        "{removed:?}"
    );
    let far = examples(|e| {
        e["clauses"]["A-M2"]["fail"] = json!({"far below": {"magnet_remanence_20c_min_t": 1.0}})
    });
    only(&far, "A-M2", "standard-no-boundary");
    let two_fields = examples(|e| {
        e["clauses"]["A-M2"]["fail"] = json!({"and another grade": {"magnet_remanence_20c_min_t": 1.16999, "magnet_grade": "N33"}});
    });
    assert!(
        two_fields.contains(&("A-M2".to_owned(), "standard-no-contrast")),
        "{two_fields:?}"
    );
    let misnamed = examples(|e| {
        e["clauses"]["A-M1"]["fail"] = json!({"misspelt": {"magnet_data_kindd": "typical"}})
    });
    assert!(
        misnamed.contains(&("A-M1".to_owned(), "standard-example-record")),
        "{misnamed:?}"
    );
    only(
        &examples(|e| e["standard"] = json!("other")),
        "",
        "standard-examples-shape",
    );
    let stranger = examples(|e| e["clauses"]["A-M99"] = e["clauses"]["A-M1"].clone());
    assert!(
        stranger.contains(&("A-M99".to_owned(), "standard-examples-shape")),
        "{stranger:?}"
    );
    let base = examples(|e| e["base"]["magnet_remanence_20c_min_t"] = json!(1.0));
    only(&base, "", "standard-example-disagrees");

    let pair = shipped("magnet/ev_traction/a-1");
    let errors = Standard::load(&text("s.json", &pair.standard), None).expect_err("no examples");
    assert_eq!(errors[0].fault, Fault::NoExamples);
}

fn folder() -> Vec<TextFile> {
    let stems = [
        "magnet/ev_traction/a-1",
        "magnet/ev_traction/b-1",
        "motor/ev_traction/a-1",
        "motor/ev_traction/b-1",
        "interchange/ev_traction/pair-1",
    ];
    let both = |stem: &str| {
        let pair = shipped(stem);
        [
            text(&format!("{stem}.json"), &pair.standard),
            text(&format!("{stem}.examples.json"), &pair.examples),
        ]
    };
    stems.iter().flat_map(|stem| both(stem)).collect()
}

fn set_codes(files: &[TextFile]) -> Vec<&'static str> {
    let errors = Standards::load(files).expect_err("an inconsistent set is refused");
    errors.iter().map(|error| error.fault.code()).collect()
}

#[test]
fn a_sector_has_exactly_one_standard_for_each_role() {
    let files = folder();
    assert!(Standards::load(&files).is_ok());
    assert_eq!(set_codes(&files[2..]), ["standard-missing"]);
    assert_eq!(set_codes(&[]), ["standard-none"]);
    let mut twice = files.clone();
    for file in &files[..2] {
        twice.push(TextFile {
            name: file.name.replace("a-1", "a-2"),
            text: file.text.clone(),
        });
    }
    assert_eq!(set_codes(&twice), ["standard-ambiguous"]);
}

#[test]
fn motor_standards_that_exclude_each_other_are_refused() {
    let mut files = folder();
    // Motor A asks for torque that only motor B forbids: each holds by itself.
    let mut pair = shipped("motor/ev_traction/b-1");
    let schema =
        &mut pair.standard["$defs"]["p4"]["properties"]["peak_torque_to_requirement_ratio"];
    *schema = json!({"type": "number", "maximum": 0.95});
    pair.examples["base"]["peak_torque_to_requirement_ratio"] = json!(0.9);
    pair.examples["clauses"]["P4"] = json!({
        "pass": {"at the limit": {"peak_torque_to_requirement_ratio": 0.95}},
        "fail": {"one step above": {"peak_torque_to_requirement_ratio": 0.950001}},
    });
    for file in &mut files {
        match file.name.as_str() {
            "motor/ev_traction/b-1.json" => *file = text(&file.name, &pair.standard),
            "motor/ev_traction/b-1.examples.json" => *file = text(&file.name, &pair.examples),
            _ => {}
        }
    }
    assert_eq!(set_codes(&files), ["standard-contradiction"]);
}
