use super::fit::place;
use super::{Application, Design};
use crate::source::{Document, Finding};
use crate::topology::Misfit;
use proptest::prelude::*;
use serde_json::{Value, json};

mod comments;

const SHIPPED: &str = include_str!("../../designs/ev_traction.json");

fn load(text: &str) -> Result<Design, Vec<Finding>> {
    Design::load(&Document::parse("d.json", text).unwrap())
}

/// The shipped design with one value replaced, added or (by `None`) removed.
fn altered(pointer: &str, value: Option<Value>) -> String {
    let mut root: Value = serde_json::from_str(SHIPPED).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match (root.pointer_mut(parent).unwrap(), value) {
        (Value::Object(map), Some(value)) => {
            map.insert(key.to_owned(), value);
        }
        (Value::Object(map), None) => {
            map.remove(key).unwrap();
        }
        (Value::Array(list), Some(value)) => list[key.parse::<usize>().unwrap()] = value,
        _ => panic!("nothing to alter at {pointer}"),
    }
    serde_json::to_string_pretty(&root).unwrap()
}

fn findings(pointer: &str, value: Option<Value>) -> Vec<(&'static str, String)> {
    load(&altered(pointer, value))
        .expect_err("refused")
        .into_iter()
        .map(|finding| (finding.code, finding.pointer))
        .collect()
}

#[test]
fn the_shipped_design_loads_and_survives_writing_and_reading() {
    let design = load(SHIPPED).unwrap_or_else(|wrong| panic!("{}", wrong[0]));
    assert_eq!(design.candidates.len(), 8);
    let text = serde_json::to_string_pretty(&design).unwrap();
    assert_eq!(load(&text).unwrap(), design);
    let written: Value = serde_json::from_str(&text).unwrap();
    let rewritten = serde_json::to_string_pretty(&load(&text).unwrap()).unwrap();
    assert_eq!(written, serde_json::from_str::<Value>(&rewritten).unwrap());
}

/// A slip of the unit or of the pen is no machine: what is declared is believed, and would meet whatever is asked.
#[test]
fn every_number_has_bounds() {
    fn unbounded(schema: &Value, at: &str, found: &mut Vec<String>) {
        let has = |keys: [&str; 2]| keys.iter().any(|key| schema.get(key).is_some());
        let both = has(["minimum", "exclusiveMinimum"]) && has(["maximum", "exclusiveMaximum"]);
        if schema["type"] == "number" && !both {
            found.push(at.to_owned());
        }
        match schema {
            Value::Object(map) => {
                for (key, inner) in map {
                    unbounded(inner, &format!("{at}/{key}"), found);
                }
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    unbounded(inner, &format!("{at}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = vec![];
    unbounded(super::design_schema(), "", &mut found);
    assert_eq!(found, Vec::<String>::new());
    for (pointer, value) in [
        ("/application/requirement/semiconductor_voltage_v", 1e300),
        ("/application/requirement/peak_torque_n_m", 1e30),
        ("/candidates/0/thermal/coolant_film_w_per_m2_k", 1e9),
        ("/candidates/0/topology/ipm/stack_length_mm", 1e20),
    ] {
        let told = findings(pointer, Some(json!(value)));
        assert_eq!(told, [("out-of-range", pointer.to_owned())]);
    }
}

#[test]
fn units_become_si() {
    let design = load(SHIPPED).unwrap();
    let requirement = &design.application.requirement;
    assert!((requirement.max_speed - 6000.0 * std::f64::consts::PI / 30.0).abs() < 1e-9);
    assert_eq!(requirement.max_speed_power, 50_000.0);
    assert!(
        (design.candidates[0]
            .winding
            .conductor
            .strand_diameter
            .unwrap()
            - 0.912e-3)
            .abs()
            < 1e-15
    );
}

#[test]
fn each_wrong_value_is_found_at_its_place() {
    let c = "/candidates/1";
    let ipm = format!("{c}/topology/ipm");
    let b = format!("{c}/magnet_pathways/b");
    let requirement = "/application/requirement";
    let cases = [
        (format!("{ipm}/air_gap_mm"), json!("0.75"), "wrong-type"),
        (format!("{ipm}/air_gap_mm"), Value::Null, "wrong-type"),
        (
            format!("{ipm}/stator/slot_count"),
            json!(48.5),
            "wrong-type",
        ),
        (
            format!("{ipm}/stator/slot_count"),
            json!(-48),
            "out-of-range",
        ),
        (
            format!("{ipm}/stator/slot_count"),
            json!(1e18),
            "out-of-range",
        ),
        (format!("{c}/winding/layers"), json!(3), "out-of-range"),
        (
            format!("{c}/winding/connection"),
            json!("wye"),
            "unknown-word",
        ),
        (format!("{c}/id"), json!("Ipm Low"), "wrong-form"),
        (format!("{c}/id"), json!("ipm-incumbent"), "duplicate-id"),
        (format!("{c}/magnet_pathways/b"), Value::Null, "wrong-type"),
        (
            format!("{b}/supply/stages/mining/0/country"),
            json!("Australia"),
            "wrong-form",
        ),
        (
            format!("{b}/supply/stages/mining/0/supplier"),
            json!(" "),
            "nameless-supplier",
        ),
        (
            format!("{b}/supply/stages/mining/0/share_ratio"),
            json!(1.1),
            "out-of-range",
        ),
        (
            format!("{b}/declaration/data_kind"),
            json!("minimal"),
            "unknown-word",
        ),
        (
            format!("{requirement}/peak_torque_n_m"),
            json!(0),
            "out-of-range",
        ),
        (
            format!("{requirement}/base_speed_rpm"),
            json!(6001),
            "out-of-order",
        ),
        (
            format!("{requirement}/overspeed_ratio"),
            json!(0.9),
            "out-of-range",
        ),
        ("/candidates".to_owned(), json!([]), "too-few"),
        ("/design_version".to_owned(), json!("2.0"), "unknown-word"),
        ("/as_of".to_owned(), json!("2026-02-30"), "no-such-day"),
        ("/as_of".to_owned(), json!("soon"), "wrong-form"),
    ];
    let source = "/candidates/0/geometry_source";
    let unfit = [
        "",
        "  ",
        "two\nlines",
        "turned \u{202e}round",
        &"x".repeat(201),
    ]
    .map(|text| (source.to_owned(), json!(text), "not-one-line"));
    for (pointer, value, code) in cases.into_iter().chain(unfit) {
        assert_eq!(findings(&pointer, Some(value)), [(code, pointer)]);
    }
}

#[test]
fn shares_above_the_whole_are_found_at_the_stage() {
    let stage = "/candidates/2/magnet_pathways/b/supply/stages/magnet";
    let found = findings(&format!("{stage}/0/share_ratio"), Some(json!(0.7)));
    assert_eq!(found, [("shares-exceed-whole", stage.to_owned())]);
}

#[test]
fn a_count_may_be_written_with_a_decimal_point() {
    let text = altered(
        "/candidates/0/topology/ipm/stator/slot_count",
        Some(json!(48.0)),
    );
    assert!(text.contains("48.0"));
    assert_eq!(load(&text).unwrap(), load(SHIPPED).unwrap());
}

#[test]
fn a_topology_that_is_not_known_is_named_with_those_that_are() {
    let wrong = load(&altered("/candidates/0/topology", Some(json!({"imp": {}})))).unwrap_err();
    assert_eq!(wrong.len(), 1);
    assert_eq!(
        (wrong[0].code, wrong[0].pointer.as_str()),
        ("unknown-variant", "/candidates/0/topology/imp")
    );
    assert!(wrong[0].expected.contains("`ipm`"), "{}", wrong[0]);
    let none = findings("/candidates/0/topology", Some(json!({})));
    assert_eq!(
        none,
        [("not-one-choice", "/candidates/0/topology".to_owned())]
    );
    let text = findings("/candidates/0/topology", Some(json!("ipm")));
    assert_eq!(text, [("wrong-type", "/candidates/0/topology".to_owned())]);
}

#[test]
fn another_unit_is_one_finding_and_not_also_a_missing_key() {
    let mut root: Value = serde_json::from_str(SHIPPED).unwrap();
    let ipm = root.pointer_mut("/candidates/0/topology/ipm").unwrap();
    let map = ipm.as_object_mut().unwrap();
    map.remove("air_gap_mm");
    map.insert("air_gap_m".to_owned(), json!(0.00075));
    map.remove("stack_length_mm");
    let wrong = load(&root.to_string()).unwrap_err();
    let codes: Vec<_> = wrong.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["missing-key", "wrong-unit"]);
    assert!(
        wrong[1].fix.contains("\"air_gap_mm\": 0.75"),
        "{}",
        wrong[1]
    );
    assert!(wrong[0].expected.contains("[mm]"), "{}", wrong[0]);
}

#[test]
fn every_key_of_the_shipped_design_is_refused_when_misspelt() {
    fn misspell(value: &Value, at: &str, all: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    all.push(format!("{at}/{key}"));
                    misspell(inner, &format!("{at}/{key}"), all);
                }
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate().take(1) {
                    misspell(inner, &format!("{at}/{index}"), all);
                }
            }
            _ => {}
        }
    }
    let root: Value = serde_json::from_str(SHIPPED).unwrap();
    let mut all = Vec::new();
    misspell(&root, "", &mut all);
    assert!(all.len() > 80);
    for pointer in all {
        let mut changed = root.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let map = changed
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap();
        let value = map.remove(key).unwrap();
        map.insert(format!("{key}x"), value);
        let wrong = load(&changed.to_string()).expect_err("misspelt");
        let here = format!("{pointer}x");
        assert!(
            wrong.iter().any(|finding| finding.pointer == here),
            "{here}: {}",
            wrong[0]
        );
    }
}

#[test]
fn an_application_may_stand_alone_and_is_checked_alike() {
    let root: Value = serde_json::from_str(SHIPPED).unwrap();
    let text = root["application"].to_string();
    let block = Application::load(&Document::parse("a.json", &text).unwrap()).unwrap();
    assert_eq!(block, load(SHIPPED).unwrap().application);
    let hot = text.replace(
        "\"magnet_temperature_hot_c\":120",
        "\"magnet_temperature_hot_c\":-60",
    );
    let wrong = Application::load(&Document::parse("a.json", &hot).unwrap()).unwrap_err();
    assert_eq!(wrong[0].code, "out-of-order");
    assert_eq!(wrong[0].pointer, "/environment/magnet_temperature_cold_c");
}

#[test]
fn a_misfit_points_at_its_key() {
    let document = Document::parse("d.json", SHIPPED).unwrap();
    let design = load(SHIPPED).unwrap();
    let misfit = |path: &[&'static str]| Misfit {
        code: "bridge-too-thin",
        path: path.to_vec(),
        found: "0 mm".to_owned(),
        expected: "more".to_owned(),
        fix: "raise it".to_owned(),
    };
    let misfits = [
        misfit(&["rotor", "bridge_thickness_mm"]),
        misfit(&["winding", "layers"]),
        misfit(&["nowhere"]),
    ];
    let placed = place(&document, 2, &design.candidates[2], &misfits);
    let pointers: Vec<_> = placed
        .iter()
        .map(|finding| finding.pointer.as_str())
        .collect();
    assert_eq!(
        pointers,
        [
            "/candidates/2/topology/ipm/rotor/bridge_thickness_mm",
            "/candidates/2/winding/layers",
            "/candidates/2/topology/ipm"
        ]
    );
}

/// Keywords of a schema that can refuse a value, wherever they stand.
fn keywords(schema: &Value, found: &mut std::collections::BTreeSet<String>) {
    // What stands under these is named by us: a key there is a name, not a keyword.
    let names = ["properties", "$defs", "patternProperties"];
    match schema {
        Value::Object(map) => {
            for (key, inner) in map {
                if names.contains(&key.as_str()) {
                    let named = inner.as_object().into_iter().flat_map(|map| map.values());
                    named.for_each(|inner| keywords(inner, found));
                } else {
                    found.insert(key.clone());
                    if !["const", "enum", "default", "examples"].contains(&key.as_str()) {
                        keywords(inner, found);
                    }
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| keywords(inner, found)),
        _ => {}
    }
}

#[test]
fn every_keyword_of_the_schema_has_words_of_ours() {
    let mut found = std::collections::BTreeSet::new();
    keywords(&super::schema::DESIGN.schema, &mut found);
    let told = [
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "items",
        "maxItems",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "oneOf",
        "pattern",
        "required",
        "type",
    ];
    let silent = [
        "$id",
        "$schema",
        "$comment",
        "title",
        "description",
        "default",
        "examples",
        "format",
    ];
    let unknown: Vec<_> = found
        .iter()
        .filter(|word| !told.contains(&word.as_str()) && !silent.contains(&word.as_str()))
        .collect();
    assert!(
        unknown.is_empty(),
        "{unknown:?} would be told in the words of the validator"
    );
}

#[test]
fn what_is_empty_or_too_long_is_told_in_our_words() {
    let mut root: Value = serde_json::from_str(SHIPPED).unwrap();
    let mut all = Vec::new();
    pointers(&root, "", &mut all);
    for pointer in all {
        let here = root.pointer_mut(&pointer).unwrap();
        let Value::Array(list) = here else { continue };
        let Some(first) = list.first().cloned() else {
            continue;
        };
        let before = std::mem::replace(here, json!(vec![first; 300]));
        let told = load(&root.to_string());
        *root.pointer_mut(&pointer).unwrap() = before;
        for finding in told.err().into_iter().flatten() {
            assert_ne!(finding.code, "not-in-schema", "{finding}");
        }
    }
    let opening = "/candidates/0/topology/ipm/rotor/opening";
    let found = findings(opening, Some(json!({})));
    assert_eq!(found, [("too-few", opening.to_owned())]);
}

fn any_change() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(if number.is_finite() { number } else { 0.0 })),
        "[a-z_]{0,12}".prop_map(Value::from),
        Just(json!({})),
        Just(json!([])),
    ]
}

/// Pointers of every value of a document.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, inner)| pointers(inner, &format!("{at}/{key}"), all)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, inner)| pointers(inner, &format!("{at}/{index}"), all)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn any_value_anywhere_is_taken_or_refused_with_a_place(pick in any::<prop::sample::Index>(), value in any_change()) {
        let mut root: Value = serde_json::from_str(SHIPPED).unwrap();
        let mut all = Vec::new();
        pointers(&root, "", &mut all);
        let pointer = pick.get(&all).clone();
        *root.pointer_mut(&pointer).unwrap() = value;
        match load(&root.to_string()) {
            Ok(design) => {
                let again = load(&serde_json::to_string(&design).unwrap());
                prop_assert!(again.is_ok(), "{}", again.unwrap_err()[0]);
            }
            Err(wrong) => {
                prop_assert!(!wrong.is_empty());
                prop_assert!(wrong.iter().all(|finding| finding.code != "unreadable-value"), "{}", wrong[0]);
                prop_assert!(wrong.iter().all(|finding| finding.code != "not-in-schema"), "{}", wrong[0]);
            }
        }
    }
}

#[test]
fn a_geometry_that_cannot_be_built_is_refused_at_its_key() {
    let bridge = "/candidates/0/topology/ipm/rotor/bridge_thickness_mm";
    let found = findings(bridge, Some(json!(-1)));
    assert!(
        found.iter().any(|(_, pointer)| pointer == bridge),
        "{found:?}"
    );
}

#[test]
fn a_winding_that_is_not_balanced_is_refused() {
    let winding = "/candidates/0/winding";
    let paths = findings(&format!("{winding}/parallel_paths"), Some(json!(3)));
    assert_eq!(
        paths,
        [("unequal-paths", format!("{winding}/parallel_paths"))]
    );
    let pitch = findings(&format!("{winding}/coil_pitch_slots"), Some(json!(48)));
    assert_eq!(
        pitch,
        [("wrong-coil-pitch", format!("{winding}/coil_pitch_slots"))]
    );
}
