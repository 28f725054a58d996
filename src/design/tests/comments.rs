//! Comments stand anywhere and change nothing.

use super::*;

/// The value with a comment in every object, as a text or a list of texts.
fn commented(value: Value, list: bool) -> Value {
    match value {
        Value::Object(map) => {
            let comment = if list { json!(["a", "b"]) } else { json!("a") };
            let inner = map.into_iter().map(|(key, v)| (key, commented(v, list)));
            std::iter::once(("$comment".to_owned(), comment))
                .chain(inner)
                .collect()
        }
        Value::Array(values) => values.into_iter().map(|v| commented(v, list)).collect(),
        plain => plain,
    }
}

#[test]
fn comments_stand_in_any_object_and_change_nothing() {
    let plain = load(SHIPPED).unwrap();
    let validator = jsonschema::draft202012::new(super::super::design_schema()).unwrap();
    for list in [false, true] {
        let value = commented(serde_json::from_str(SHIPPED).unwrap(), list);
        assert!(validator.is_valid(&value), "editors may not mark a comment");
        assert_eq!(load(&value.to_string()).unwrap(), plain);
    }
    let block = &serde_json::from_str::<Value>(SHIPPED).unwrap()["application"];
    let text = commented(block.clone(), false).to_string();
    let document = Document::parse("a.json", &text).unwrap();
    assert_eq!(Application::load(&document).unwrap(), plain.application);
}

#[test]
fn what_is_wrong_beside_a_comment_is_found_as_without_one() {
    let wrong = [
        ("/candidates/0/topology", json!({"imp": {}})),
        ("/candidates/0/topology/ipm/air_gap_mm", json!("0.75")),
        ("/candidates/1/winding/layers", json!(3)),
        ("/candidates/2/cooling", json!({"air": {}, "oil_spray": {}})),
        ("/application/requirement/peak_torque_n_m", json!(100)),
        ("/candidates/3/topology/ipm/air_gap_mm", json!(-1)),
    ];
    for (pointer, value) in wrong {
        let text = altered(pointer, Some(value));
        let with = commented(serde_json::from_str(&text).unwrap(), false);
        let told = |text: &str| -> Vec<(&'static str, String, String)> {
            let findings = load(text).expect_err("refused");
            let told = |f: Finding| (f.code, f.pointer, f.found);
            findings.into_iter().map(told).collect()
        };
        assert_eq!(told(&text), told(&with.to_string()), "{pointer}");
    }
}

#[test]
fn a_comment_is_text() {
    for (comment, code) in [
        (json!(1), "wrong-type"),
        (json!({"air_gap_mm": 1}), "wrong-type"),
        (json!(["a", 1]), "wrong-type"),
        (json!(null), "wrong-type"),
    ] {
        let at = "/candidates/0/topology/ipm/$comment";
        assert_eq!(findings(at, Some(comment)), [(code, at.to_owned())]);
    }
    let misspelt = "/candidates/0/$coment";
    let found = findings(misspelt, Some(json!("x")));
    assert_eq!(found, [("unknown-key", misspelt.to_owned())]);
}
