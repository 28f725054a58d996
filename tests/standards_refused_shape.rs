//! The gates on the shape of a standard refuse by clause and place.

#[path = "standards/damage.rs"]
mod damage;

use damage::*;
use dualcert::standard::{Standard, TextFile};
use serde_json::{Value, json};

#[test]
fn what_is_published_says_since_when() {
    for day in ["issued", "effective_from"] {
        let undated = magnet_a(|standard| standard["x-standard"][day] = Value::Null);
        only(&undated, "", "standard-shape");
    }
}

#[test]
fn undamaged_the_standards_load() {
    for stem in [
        "magnet/ev_traction/a-1",
        "magnet/ev_traction/b-1",
        "motor/ev_traction/a-1",
        "motor/ev_traction/b-1",
        "interchange/ev_traction/pair-1",
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
    let untyped = limit("a-m2", missing_type);
    assert!(untyped.contains(&("A-M2".to_owned(), "standard-missing-key")));
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
        only(&without(key), "A-M6", "standard-missing-key");
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
        &magnet_a(|s| s["x-standard"]["version"] = json!("9.9.9")),
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
    let blocks = refused("magnet/ev_traction/b-1", |pair| {
        pair.standard["allOf"]
            .as_array_mut()
            .expect("list")
            .push(json!({"$ref": "#/$defs/b-m8"}));
    });
    only(&blocks, "", "standard-clause-order");
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

#[test]
fn a_message_names_the_place_the_fault_and_the_change() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/standards/magnet/ev_traction/a-1.json"
    );
    let sound = std::fs::read_to_string(path).expect("a file");
    let message = |from: &str, to: &str| {
        let text = sound.replacen(from, to, 1);
        assert_ne!(text, sound);
        let file = TextFile {
            name: "a-0.json".to_owned(),
            text,
        };
        Standard::load(&file, None).expect_err("refused")[0].to_string()
    };
    let misspelt = message("\"minimum\": 1.17", "\"minimun\": 1.17");
    let at = "/$defs/a-m2/then/properties/magnet_remanence_20c_min_t/minimun";
    assert!(misspelt.starts_with("a-0.json:"), "{misspelt}");
    assert!(
        misspelt.ends_with(&format!(
            ": clause A-M2 at {at}: a standard may not say this: the key minimun is unknown; did you \
             mean minimum?; change: correct the spelling, or remove what a standard may not say"
        )),
        "{misspelt}"
    );
    let unit = message("\"x-unit\": \"T\"", "\"x-unit\": \"mT\"");
    assert!(
        unit.ends_with(
            ": clause A-M2 at /$defs/a-m2/x-unit: x-unit of magnet_remanence_20c_min_t is mT, and its \
             unit is T; change: write the unit of the record schema and the limit in that unit; write \
             \"x-unit\": \"T\""
        ),
        "{unit}"
    );
}
