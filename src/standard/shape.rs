//! Gate 1: a valid JSON Schema 2020-12, and within the closed part of it that a standard may use.

use super::fault::{Fault, StandardError};
use crate::source::{Document, pointer};
use serde_json::Value;
use std::sync::OnceLock;

/// The closed meta-schema as shipped.
pub const META_SCHEMA: &str = include_str!("../../standards/standard.schema.json");
/// The shape of an examples file as shipped.
pub const EXAMPLES_SCHEMA: &str = include_str!("../../standards/examples.schema.json");

/// Every way in which the text is not a standard's shape.
pub(super) fn check(document: &Document) -> Vec<StandardError> {
    if let Err(error) = jsonschema::draft202012::meta::validate(document.value()) {
        let at = error.instance_path().to_string();
        return vec![refuse(document, &at, Fault::NotASchema(error.to_string()))];
    }
    static META: OnceLock<Result<jsonschema::Validator, String>> = OnceLock::new();
    hold(
        document,
        META.get_or_init(|| compile(META_SCHEMA)),
        Fault::NotAStandard,
    )
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
            .map(|error| {
                let at = error.instance_path().to_string();
                let message = match error.kind() {
                    jsonschema::error::ValidationErrorKind::FalseSchema => {
                        "this keyword may not stand here".to_owned()
                    }
                    _ => error.to_string(),
                };
                refuse(document, &at, fault(message))
            })
            .collect(),
    }
}

/// The error at a JSON pointer, with the number of the clause in which the pointer lies.
pub(super) fn refuse(document: &Document, at: &str, fault: Fault) -> StandardError {
    let steps: Vec<String> = pointer::steps(at).take(2).collect();
    let clause = match steps.as_slice() {
        [first, key] if first == "$defs" => document.value()["$defs"][key.as_str()]["x-clause"]
            .as_str()
            .map(str::to_owned)
            .or(Some(key.clone())),
        [first, id] if first == "clauses" => Some(id.clone()),
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
