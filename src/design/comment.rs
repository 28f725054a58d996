//! Comments in a design file: JSON has none, so every object may hold the key `$comment` with a text or
//! a list of texts. It is skipped before anything else reads the file and takes part in nothing.

use super::form::{finding, shown};
use crate::source::{Document, Finding, pointer};
use serde_json::{Map, Value, json};

/// The key of a comment.
pub(super) const KEY: &str = "$comment";

/// The value of a document without its comments, and a finding for each comment that is no text. What is
/// left keeps its place in the document, since a place is found by keys.
pub(super) fn without_comments(document: &Document) -> (Value, Vec<Finding>) {
    let mut findings = Vec::new();
    let value = strip(document, document.value(), "", &mut findings);
    (value, findings)
}

/// Recursion is bounded by the depth of a document.
fn strip(document: &Document, value: &Value, at: &str, findings: &mut Vec<Finding>) -> Value {
    match value {
        Value::Object(map) => {
            let mut kept = Map::new();
            for (key, inner) in map {
                let here = pointer::member(at, key);
                if key != KEY {
                    kept.insert(key.clone(), strip(document, inner, &here, findings));
                } else if !is_text(inner) {
                    findings.push(no_text(document, inner, &here));
                }
            }
            Value::Object(kept)
        }
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(index, inner)| {
                let here = pointer::element(at, index);
                strip(document, inner, &here, findings)
            })
            .collect(),
        plain => plain.clone(),
    }
}

fn is_text(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Array(lines) => lines.iter().all(Value::is_string),
        _ => false,
    }
}

fn no_text(document: &Document, value: &Value, at: &str) -> Finding {
    let words = [
        shown(value),
        "a string or a list of strings: a comment".to_owned(),
        "write the comment as text; a key that begins otherwise is no comment".to_owned(),
    ];
    finding(document, "wrong-type", at, false, words)
}

/// Lets every object of a schema hold a comment.
pub(super) fn allow_comments(schema: &mut Value) {
    admit(schema);
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        definitions.insert("Comment".to_owned(), comment());
    }
}

fn admit(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.values_mut().for_each(admit);
            if map.get("additionalProperties") == Some(&Value::Bool(false)) {
                let properties = map.entry("properties").or_insert_with(|| json!({}));
                if let Value::Object(properties) = properties {
                    properties.insert(KEY.to_owned(), json!({"$ref": "#/$defs/Comment"}));
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(admit),
        _ => {}
    }
}

fn comment() -> Value {
    json!({
        "description": "For people; skipped by the program.",
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    })
}
