//! Every gate refuses what it is there for, by clause and place.

use dualcert::standard::{Fault, Standard, StandardError, Standards, TextFile};
use serde_json::{Value, json};
use std::path::Path;

/// A shipped standard and its examples, to be damaged.
struct Pair {
    standard: Value,
    examples: Value,
}

fn read(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("standards")
        .join(path);
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

fn shipped(stem: &str) -> Pair {
    Pair {
        standard: read(&format!("{stem}.json")),
        examples: read(&format!("{stem}.examples.json")),
    }
}

fn text(name: &str, value: &Value) -> TextFile {
    TextFile {
        name: name.to_owned(),
        text: serde_json::to_string_pretty(value).expect("JSON"),
    }
}

fn load(pair: &Pair) -> Result<Standard, Vec<StandardError>> {
    let examples = text("s.examples.json", &pair.examples);
    Standard::load(&text("s.json", &pair.standard), Some(&examples))
}

/// Damages a shipped standard and says which gates refused, with the clause.
fn refused(stem: &str, damage: impl Fn(&mut Pair)) -> Vec<(String, &'static str)> {
    let mut pair = shipped(stem);
    damage(&mut pair);
    let errors = load(&pair).expect_err("a damaged standard is refused");
    for error in &errors {
        let message = error.to_string();
        assert!(
            message.starts_with("s.json:") || message.starts_with("s.examples.json:"),
            "{message}"
        );
        assert!(
            error.place.is_some() && !error.fault.expected().is_empty(),
            "{message}"
        );
    }
    errors
        .iter()
        .map(|error| (error.clause.clone().unwrap_or_default(), error.fault.code()))
        .collect()
}

fn magnet_a(damage: impl Fn(&mut Value)) -> Vec<(String, &'static str)> {
    refused("magnet/ev_traction/a-0", |pair| damage(&mut pair.standard))
}

fn magnet_a_clause(key: &str, damage: impl Fn(&mut Value)) -> Vec<(String, &'static str)> {
    magnet_a(|standard| damage(&mut standard["$defs"][key]))
}

#[track_caller]
fn only(found: &[(String, &'static str)], clause: &str, code: &str) {
    assert!(!found.is_empty());
    for each in found {
        assert_eq!((each.0.as_str(), each.1), (clause, code), "{found:?}");
    }
}

#[test]
fn undamaged_the_standards_load() {
    for stem in [
        "magnet/ev_traction/a-0",
        "magnet/ev_traction/b-0",
        "motor/ev_traction/a-0",
        "motor/ev_traction/b-0",
        "interchange/ev_traction/pair-0",
    ] {
        load(&shipped(stem)).expect(stem);
    }
}

#[test]
fn a_keyword_outside_the_closed_shape_is_refused() {
    let limit = |key: &'static str, change: fn(&mut Value)| {
        magnet_a_clause(key, move |clause| {
            let body = if clause["then"].is_null() {
                clause
            } else {
                &mut clause["then"]
            };
            let field = body["required"][0].as_str().expect("a field").to_owned();
            change(&mut body["properties"][field]);
        })
    };
    // Misspelt: a plain validator would accept every record.
    let rename = |value: &mut Value| {
        let object = value.as_object_mut().expect("object");
        let bound = object.remove("minimum").expect("minimum");
        object.insert("minimun".to_owned(), bound);
    };
    only(&limit("a-m2", rename), "A-M2", "standard-shape");
    let missing_type = |value: &mut Value| {
        value.as_object_mut().expect("object").remove("type");
    };
    only(&limit("a-m2", missing_type), "A-M2", "standard-shape");
    only(
        &limit("a-m2", |v| v["const"] = json!("x")),
        "A-M2",
        "standard-shape",
    );
    only(
        &limit("a-m2", |v| v["exclusiveMinimum"] = json!(1)),
        "A-M2",
        "standard-shape",
    );
    only(
        &limit("a-m2", |v| v["multipleOf"] = json!(1)),
        "A-M2",
        "standard-shape",
    );
    only(
        &limit("a-m2", |v| v["type"] = json!("integer")),
        "A-M2",
        "standard-shape",
    );
    only(
        &limit("a-m2", |v| v["type"] = json!(["number", "null"])),
        "A-M2",
        "standard-shape",
    );
    only(
        &limit("a-m1", |v| v["minimum"] = json!(1)),
        "A-M1",
        "standard-shape",
    );
    only(
        &limit("a-m2", |v| v["minimum"] = json!("1.17")),
        "A-M2",
        "standard-not-a-schema",
    );
}

#[test]
fn a_clause_of_another_shape_is_refused() {
    let without = |key: &'static str| {
        magnet_a_clause("a-m6", move |clause| {
            clause.as_object_mut().expect("object").remove(key);
        })
    };
    for key in [
        "required",
        "properties",
        "title",
        "x-unit",
        "x-scale",
        "x-source",
        "x-level",
        "x-remedy",
    ] {
        only(&without(key), "A-M6", "standard-shape");
    }
    only(
        &magnet_a_clause("a-m6", |c| c["x-colour"] = json!("red")),
        "A-M6",
        "standard-shape",
    );
    only(
        &magnet_a_clause("a-m6", |c| c["$anchor"] = json!("here")),
        "A-M6",
        "standard-shape",
    );
    only(
        &magnet_a_clause("a-m6", |c| c["anyOf"] = json!([true])),
        "A-M6",
        "standard-shape",
    );
    only(
        &magnet_a_clause("a-m6", |c| c["x-scale"] = json!(0)),
        "A-M6",
        "standard-shape",
    );
    only(
        &magnet_a_clause("a-m6", |c| c["x-remedy"] = json!(["luck"])),
        "A-M6",
        "standard-shape",
    );
    only(
        &magnet_a_clause("a-m2", |c| c["required"] = json!(["sector"])),
        "A-M2",
        "standard-shape",
    );
    only(
        &magnet_a_clause("a-m2", |c| c["else"] = json!(false)),
        "A-M2",
        "standard-shape",
    );
    let two = magnet_a_clause("a-m6", |c| {
        c["properties"]["stock_days_min_d"] = json!({"type": "number", "minimum": 1})
    });
    only(&two, "A-M6", "standard-shape");
    let two = magnet_a_clause("a-m2", |c| {
        c["then"]["required"] = json!(["stock_days_min_d", "sector"])
    });
    only(&two, "A-M2", "standard-shape");
    let remote =
        |pair: &mut Value| pair["allOf"][1]["$ref"] = json!("https://example.com/clause.json");
    only(&magnet_a(remote), "", "standard-shape");
    only(
        &magnet_a(|s| s["$anchor"] = json!("top")),
        "",
        "standard-shape",
    );
    only(
        &magnet_a(|s| s["required"] = json!(["sector"])),
        "",
        "standard-shape",
    );
    only(
        &magnet_a(|s| s["$schema"] = json!("http://json-schema.org/draft-07/schema#")),
        "",
        "standard-shape",
    );
    only(
        &magnet_a(|s| s["x-standard"]["side"] = json!("pair")),
        "",
        "standard-shape",
    );
}

#[test]
fn header_and_order_agree_with_the_clauses() {
    only(
        &magnet_a(|s| s["x-standard"]["version"] = json!("0.2.0")),
        "",
        "standard-id",
    );
    only(
        &magnet_a(|s| s["x-standard"]["record_schema"] = json!(">=2.0, <3")),
        "",
        "standard-record-schema",
    );
    only(
        &magnet_a(|s| s["allOf"].as_array_mut().expect("list").swap(1, 2)),
        "",
        "standard-clause-order",
    );
    let drop_last = |s: &mut Value| {
        s["allOf"].as_array_mut().expect("list").pop();
    };
    only(&magnet_a(drop_last), "", "standard-clause-order");
    let lowered = magnet_a_clause("a-m6", |c| c["x-level"] = json!("should"));
    only(&lowered, "", "standard-clause-order");
    let twice = magnet_a_clause("a-m6", |c| c["x-clause"] = json!("A-M5"));
    only(&twice, "A-M5", "standard-duplicate-clause");
    let blocks = refused("magnet/ev_traction/b-0", |pair| {
        pair.standard["allOf"]
            .as_array_mut()
            .expect("list")
            .push(json!({"$ref": "#/$defs/b-m8"}));
    });
    only(&blocks, "", "standard-clause-order");
}

#[test]
fn the_identity_clause_pins_what_conditions_read() {
    let identity = |damage: fn(&mut Value)| magnet_a_clause("identity", damage);
    let unread =
        identity(|c| c["required"] = json!(["record_version", "sector", "pathway", "has_magnets"]));
    only(&unread, "0", "standard-identity-open");
    let open = identity(|c| {
        c["properties"]
            .as_object_mut()
            .expect("object")
            .remove("magnet_family");
    });
    only(&open, "0", "standard-identity-open");
    only(
        &identity(|c| c["properties"]["pathway"] = json!({"const": "b"})),
        "0",
        "standard-identity-mismatch",
    );
    only(
        &identity(|c| c["properties"]["pathway"] = json!({"enum": ["a", "none"]})),
        "0",
        "standard-identity-mismatch",
    );
    let misspelt = identity(|c| {
        c["properties"]["magnet_family"] = json!({"enum": ["ndfeb", "ferite"]});
    });
    assert_eq!(misspelt[0], ("0".to_owned(), "standard-unknown-word"));
    let typed = identity(|c| c["properties"]["sector"] = json!({"type": "string"}));
    only(&typed, "0", "standard-shape");
    let conditional = identity(|c| {
        c["if"] =
            json!({"required": ["sector"], "properties": {"sector": {"const": "ev_traction"}}})
    });
    only(&conditional, "0", "standard-shape");
    let late = magnet_a_clause("identity", |c| c["x-clause"] = json!("9"));
    assert!(!late.is_empty());
}

#[test]
fn a_clause_judges_a_field_that_exists_as_it_is() {
    let m6 = |damage: fn(&mut Value)| magnet_a_clause("a-m6", damage);
    only(
        &m6(|c| c["x-unit"] = json!("K")),
        "A-M6",
        "standard-wrong-unit",
    );
    only(
        &m6(|c| c["x-quantity"] = json!("magnet_mass_kg")),
        "A-M6",
        "standard-several-fields",
    );
    only(
        &m6(|c| c["required"] = json!(["magnet_mass_kg"])),
        "A-M6",
        "standard-several-fields",
    );
    let unknown = m6(|c| {
        c["x-quantity"] = json!("magnet_colour");
        c["required"] = json!(["magnet_colour"]);
        c["properties"] = json!({"magnet_colour": {"type": "number", "minimum": 1}});
    });
    only(&unknown, "A-M6", "standard-unknown-field");
    let of_the_pair = m6(|c| {
        c["x-quantity"] = json!("same_laminations");
        c["required"] = json!(["same_laminations"]);
        c["properties"] = json!({"same_laminations": {"type": "boolean", "const": true}});
    });
    only(&of_the_pair, "A-M6", "standard-unknown-field");
    let wrong_type = m6(|c| {
        c["properties"] =
            json!({"magnet_reference_temperature_c": {"type": "string", "const": "20"}})
    });
    only(&wrong_type, "A-M6", "standard-wrong-type");
    let word = magnet_a_clause("a-m1", |c| {
        c["properties"]["magnet_data_kind"]["enum"] = json!(["minimal"])
    });
    only(&word, "A-M1", "standard-unknown-word");
    let recalled = m6(|c| c["x-source"]["evidence"] = json!("recalled"));
    only(&recalled, "A-M6", "standard-recalled");
}

#[test]
fn a_condition_reads_identity_only() {
    let m2 = |damage: fn(&mut Value)| magnet_a_clause("a-m2", damage);
    let quantity = m2(
        |c| c["if"] = json!({"required": ["magnet_data_kind"], "properties": {"magnet_data_kind": {"const": "minimum"}}}),
    );
    only(&quantity, "A-M2", "standard-condition-field");
    let free_text = m2(|c| {
        c["if"] = json!({"required": ["topology"], "properties": {"topology": {"const": "ipm"}}})
    });
    only(&free_text, "A-M2", "standard-condition-field");
    only(
        &m2(|c| c["if"]["properties"]["magnet_family"]["const"] = json!("NdFeB")),
        "A-M2",
        "standard-unknown-word",
    );
    let number = m2(|c| c["if"]["properties"]["magnet_family"] = json!({"minimum": 1}));
    only(&number, "A-M2", "standard-shape");
    let dead = m2(|c| c["if"]["properties"]["magnet_family"]["const"] = json!("none"));
    assert!(
        dead.contains(&("A-M2".to_owned(), "standard-dead-condition")),
        "{dead:?}"
    );
    let not_required = m2(|c| c["if"]["required"] = json!(["has_magnets"]));
    only(&not_required, "A-M2", "standard-several-fields");
}

#[test]
fn a_limit_is_a_number_that_a_record_can_hold() {
    let m6 = |limits: Value| {
        magnet_a_clause("a-m6", move |c| {
            let mut schema = json!({"type": "number"});
            for (key, value) in limits.as_object().expect("object") {
                schema[key] = value.clone();
            }
            c["properties"] = json!({"magnet_reference_temperature_c": schema});
        })
    };
    only(
        &m6(json!({"minimum": 18.000_000_1})),
        "A-M6",
        "standard-limit-digits",
    );
    only(
        &m6(json!({"minimum": 28, "maximum": 18})),
        "A-M6",
        "standard-empty-interval",
    );
    let count = refused("magnet/ev_traction/b-0", |pair| {
        pair.standard["$defs"]["b-m4"]["properties"]["undeclared_stage_count"]["maximum"] =
            json!(0.5);
    });
    only(&count, "B-M4", "standard-limit-count");
}

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
        refused("magnet/ev_traction/a-0", |pair| damage(&mut pair.examples))
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

    let pair = shipped("magnet/ev_traction/a-0");
    let errors = Standard::load(&text("s.json", &pair.standard), None).expect_err("no examples");
    assert_eq!(errors[0].fault, Fault::NoExamples);
}

#[test]
fn a_text_that_is_no_strict_json_is_refused_at_its_place() {
    for (text, line) in [
        ("{\"a\": 1,\n \"a\": 2}", 2),
        ("{\"a\": 1e999}", 1),
        ("{}}", 1),
        ("", 1),
    ] {
        let file = TextFile {
            name: "s.json".to_owned(),
            text: text.to_owned(),
        };
        let errors = Standard::load(&file, None).expect_err("refused");
        assert_eq!(errors[0].fault.code(), "standard-not-json");
        assert_eq!(errors[0].place.expect("a place").line, line, "{text}");
    }
}

fn folder() -> Vec<TextFile> {
    let stems = [
        "magnet/ev_traction/a-0",
        "magnet/ev_traction/b-0",
        "motor/ev_traction/a-0",
        "motor/ev_traction/b-0",
        "interchange/ev_traction/pair-0",
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
            name: file.name.replace("a-0", "a-1"),
            text: file.text.clone(),
        });
    }
    assert_eq!(set_codes(&twice), ["standard-ambiguous"]);
}

#[test]
fn motor_standards_that_exclude_each_other_are_refused() {
    let mut files = folder();
    // Motor A asks for torque that only motor B forbids: each holds by itself.
    let mut pair = shipped("motor/ev_traction/b-0");
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
            "motor/ev_traction/b-0.json" => *file = text(&file.name, &pair.standard),
            "motor/ev_traction/b-0.examples.json" => *file = text(&file.name, &pair.examples),
            _ => {}
        }
    }
    assert_eq!(set_codes(&files), ["standard-contradiction"]);
}
