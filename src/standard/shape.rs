//! Gate 1: a valid JSON Schema 2020-12, and within the closed part of it that a standard may use.

use super::fault::{Fault, StandardError};
use crate::source::{Document, is_unseen, nearest, pointer};
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;
use std::sync::OnceLock;

/// The closed meta-schema as shipped.
pub const META_SCHEMA: &str = include_str!("../../standards/standard.schema.json");
/// The shape of an examples file as shipped.
pub const EXAMPLES_SCHEMA: &str = include_str!("../../standards/examples.schema.json");

/// Keys that a misspelt one may have been meant to be.
const KEYWORDS: [&str; 31] = [
    "title",
    "description",
    "required",
    "properties",
    "if",
    "then",
    "type",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "const",
    "enum",
    "allOf",
    "$defs",
    "x-clause",
    "x-clause-revision",
    "x-level",
    "x-rationale",
    "x-source",
    "x-quantity",
    "x-unit",
    "x-scale",
    "x-remedy",
    "x-standard",
    "x-market",
    "x-covered-by",
    "x-proof",
    "open",
    "outside",
    "undecided",
];

/// Every way in which the text is not a standard's shape.
pub(super) fn check(document: &Document) -> Vec<StandardError> {
    if let Err(error) = jsonschema::draft202012::meta::validate(document.value()) {
        let at = error.instance_path().to_string();
        return vec![refuse(document, &at, Fault::NotASchema(error.to_string()))];
    }
    static META: OnceLock<Result<jsonschema::Validator, String>> = OnceLock::new();
    let mut errors = hold(
        document,
        META.get_or_init(|| compile(META_SCHEMA)),
        Fault::NotAStandard,
    );
    texts(document, document.value(), "", &mut errors);
    errors
}

/// Texts that say nothing, or other than what is seen: a limit may be read off a rendering, and a rendering goes to terminals.
fn texts(document: &Document, value: &Value, at: &str, errors: &mut Vec<StandardError>) {
    match value {
        Value::String(text) if text.trim().is_empty() => {
            errors.push(refuse(document, at, Fault::Blank));
        }
        Value::String(text) => {
            if let Some(hidden) = text.chars().find(|c| is_unseen(*c)) {
                let found = format!("U+{:04X}", u32::from(hidden));
                errors.push(refuse(document, at, Fault::Unseen { found }));
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                texts(document, item, &format!("{at}/{place}"), errors);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                texts(document, member, &pointer::member(at, key), errors);
            }
        }
        _ => {}
    }
}

/// Every way in which the text is not a file of examples.
pub(super) fn check_examples(document: &Document) -> Vec<StandardError> {
    static META: OnceLock<Result<jsonschema::Validator, String>> = OnceLock::new();
    hold(
        document,
        META.get_or_init(|| compile(EXAMPLES_SCHEMA)),
        Fault::BadExamples,
    )
}

fn compile(text: &str) -> Result<jsonschema::Validator, String> {
    let schema: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    jsonschema::draft202012::new(&schema).map_err(|error| error.to_string())
}

fn hold(
    document: &Document,
    meta: &Result<jsonschema::Validator, String>,
    fault: fn(String) -> Fault,
) -> Vec<StandardError> {
    match meta {
        Err(message) => vec![refuse(document, "", Fault::NotASchema(message.clone()))],
        Ok(meta) => meta
            .iter_errors(document.value())
            .flat_map(|error| explain(document, &error, fault))
            .collect(),
    }
}

/// A refusal of the meta-schema in words; a key that it does not know is told by itself, at its place,
/// with the key that was probably meant.
fn explain(
    document: &Document,
    error: &ValidationError<'_>,
    fault: fn(String) -> Fault,
) -> Vec<StandardError> {
    let at = error.instance_path().to_string();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|key| {
                let told = match nearest(key, KEYWORDS) {
                    Some(_) if KEYWORDS.contains(&key.as_str()) => {
                        format!("the key {key} may not stand here")
                    }
                    Some(meant) => format!("the key {key} is unknown; did you mean {meant}?"),
                    None => format!("the key {key} is unknown"),
                };
                let here = pointer::member(&at, key);
                let place = document.locate_key(&here);
                let refused = refuse(document, &here, fault(told));
                StandardError {
                    place: Some(place),
                    ..refused
                }
            })
            .collect(),
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default().to_owned();
            vec![refuse(document, &at, Fault::MissingKey { key })]
        }
        ValidationErrorKind::FalseSchema => {
            let place = document.locate_key(&at);
            let refused = refuse(
                document,
                &at,
                fault("this key may not stand here".to_owned()),
            );
            vec![StandardError {
                place: Some(place),
                ..refused
            }]
        }
        _ => vec![refuse(document, &at, fault(error.to_string()))],
    }
}

/// The error at a JSON pointer, with the number of the clause in which the pointer lies.
pub(super) fn refuse(document: &Document, at: &str, fault: Fault) -> StandardError {
    let steps: Vec<String> = pointer::steps(at).take(3).collect();
    let clause = match steps.as_slice() {
        [first, key, ..] if first == "$defs" => document.value()["$defs"][key.as_str()]["x-clause"]
            .as_str()
            .map(str::to_owned)
            .or(Some(key.clone())),
        [first, id, ..] if first == "clauses" => Some(id.clone()),
        [first, list, index] if first == "x-market" => {
            let entry = &document.value()["x-market"][list.as_str()];
            let entry = index.parse().ok().and_then(|index: usize| entry.get(index));
            entry
                .and_then(|entry| entry["x-clause"].as_str())
                .map(str::to_owned)
        }
        _ => None,
    };
    StandardError {
        file: document.name().to_owned(),
        clause,
        pointer: at.to_owned(),
        place: Some(document.locate(at)),
        fault,
    }
}
