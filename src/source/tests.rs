use super::{Document, Finding, MAXIMUM_DEPTH};
use proptest::prelude::*;
use serde_json::{Value, json};

fn refused(text: &str) -> Finding {
    let error = Document::parse("f.json", text).expect_err("refused");
    error.findings.into_iter().next().unwrap()
}

#[test]
fn values_and_keys_are_located_in_characters() {
    let text = "{\n  \"µ\": {\"a\": [1, \"x\"]}\n}\n";
    let document = Document::parse("f.json", text).unwrap();
    let place = document.locate("/µ/a/1");
    assert_eq!((place.line, place.column, place.end_column), (2, 18, 21));
    let key = document.locate_key("/µ/a");
    assert_eq!((key.line, key.column, key.end_column), (2, 9, 12));
    assert_eq!(document.locate("/µ/missing"), document.locate("/µ"));
    assert_eq!(document.locate("").end_line, 3);
}

#[test]
fn what_is_not_strict_json_is_refused_with_a_code_and_a_pointer() {
    let cases = [
        (r#"{"a": NaN}"#, "not-a-finite-number", "/a", 7),
        (r#"{"a": -Infinity}"#, "not-a-finite-number", "/a", 7),
        (r#"{"a": 1e999}"#, "number-out-of-range", "/a", 7),
        (r#"{"a": 01}"#, "malformed-number", "/a", 7),
        (r#"{"a": [1,]}"#, "trailing-comma", "/a/1", 10),
        (r#"{"a": 1} x"#, "trailing-text", "", 10),
        (r#"{"a": 1 // x"#, "comment", "/a", 9),
        (r#"{'a': 1}"#, "single-quote", "", 2),
        (r#"{"a": 1"#, "unexpected-end", "/a", 8),
        ("", "empty-file", "", 1),
        ("\u{feff}{}", "byte-order-mark", "", 1),
        (r#"{"a": "\ud800"}"#, "malformed-json", "/a", 14),
    ];
    for (text, code, pointer, column) in cases {
        let finding = refused(text);
        assert_eq!(
            (finding.code, finding.pointer.as_str(), finding.place.column),
            (code, pointer, column),
            "{text}: {finding}"
        );
    }
}

#[test]
fn both_places_of_a_duplicate_key_are_named_and_all_duplicates_reported() {
    let text = "{\"a\": {\"b\": 1,\n \"b\": 2},\n \"\\u0061\": 3}";
    let error = Document::parse("f.json", text).unwrap_err();
    let shown: Vec<_> = error
        .findings
        .iter()
        .map(|f| {
            (
                f.pointer.as_str(),
                f.place.line,
                f.related.as_ref().unwrap().0.line,
            )
        })
        .collect();
    assert_eq!(shown, [("/a/b", 2, 1), ("/a", 3, 1)]);
}

#[test]
fn nesting_is_measured_before_any_recursion() {
    let at_limit = format!("{}{}", "[".repeat(MAXIMUM_DEPTH), "]".repeat(MAXIMUM_DEPTH));
    assert!(Document::parse("f.json", &at_limit).is_ok());
    for opening in ["[", "{\"a\":"] {
        let deep = opening.repeat(2_000_000);
        assert_eq!(refused(&deep).code, "nested-too-deeply");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_where_they_stand() {
    let error = Document::from_bytes("f.json", b"{\n \"a\": \"\xff\"}").unwrap_err();
    let finding = &error.findings[0];
    assert_eq!(
        (finding.code, finding.place.line, finding.place.column),
        ("not-utf-8", 2, 8)
    );
    assert!(finding.found.contains("0xff"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Every value's located text must read back as that value.
fn assert_located(document: &Document, value: &Value, pointer: &str) {
    let span = document.span(pointer).value;
    let read: Value = serde_json::from_str(&document.text[span.0..span.1]).unwrap();
    assert_eq!(read, *value, "at {pointer}");
    match value {
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                assert_located(document, inner, &super::pointer::element(pointer, index));
            }
        }
        Value::Object(map) => {
            for (key, inner) in map {
                assert_located(document, inner, &super::pointer::member(pointer, key));
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Document::from_bytes("f.json", &bytes);
    }

    #[test]
    fn nothing_like_json_panics(text in r#"([\[\]{},:"'/*\\ \n0-9eE+.µ-]|true|null|NaN|"a"|\\u[dD]8){0,60}"#) {
        if let Err(error) = Document::parse("f.json", &text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn json_reads_as_serde_json_reads_it(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty {
            serde_json::to_string_pretty(&value).unwrap()
        } else {
            value.to_string()
        };
        let document = Document::parse("f.json", &text).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(document.value(), &expected);
        assert_located(&document, &expected, "");
    }
}

#[test]
fn a_document_keeps_its_name_text_and_value() {
    let document = Document::parse("f.json", "[1]").unwrap();
    assert_eq!((document.name(), document.text()), ("f.json", "[1]"));
    assert_eq!(*document.value(), json!([1]));
}
