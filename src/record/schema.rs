//! The record schema, generated from the field table, so that anyone can check a record without this
//! program.

use super::field::{ALL, Field, Kind, Records};
use super::{RECORD_VERSION, RecordError};
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

/// Largest relative difference of a number that is computed again: the last of six digits.
pub const RECOMPUTE_RELATIVE_RATIO: f64 = 1e-5;
/// Largest difference as a share of the uncertainty: a hundredth of what is not known anyway.
pub const RECOMPUTE_OF_UNCERTAINTY_RATIO: f64 = 0.01;

/// The schema as shipped in `standards/record.schema.json`.
pub fn record_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("https://dualcert.invalid/record/{RECORD_VERSION}"),
        "title": "What physics and bookkeeping say about one candidate: facts and no judgement",
        "description": "An evaluation record speaks of one candidate under one magnet pathway, a pair record of pathway B relative to pathway A. Generated from the field table; every number has an expanded uncertainty (k = 2) and a basis. A field that is absent while its basis stands could not be judged, and the basis says why.",
        "x-record-version": RECORD_VERSION,
        "x-recompute": {
            "description": "A record that is computed again, on another processor or by another version, agrees when words and flags are equal and every number and uncertainty differs by at most the larger of relative_ratio times the value and of_uncertainty_ratio times the uncertainty.",
            "relative_ratio": RECOMPUTE_RELATIVE_RATIO,
            "of_uncertainty_ratio": RECOMPUTE_OF_UNCERTAINTY_RATIO,
        },
        "if": {"required": ["pathway"], "properties": {"pathway": {"const": "pair"}}},
        "then": {"$ref": "#/$defs/pair"},
        "else": {"$ref": "#/$defs/evaluation"},
        "$defs": {
            "evaluation": object(Records::Evaluation),
            "pair": object(Records::Pair),
        },
    })
}

fn object(records: Records) -> Value {
    let fields = || ALL.iter().filter(move |field| field.belongs_to(records));
    let mut properties = Map::new();
    let mut uncertainty = Map::new();
    let mut basis = Map::new();
    for field in fields() {
        properties.insert(field.name.to_owned(), property(field, records));
        basis.insert(
            field.name.to_owned(),
            json!({"type": "string", "minLength": 1}),
        );
        if field.kind == Kind::Number {
            uncertainty.insert(
                field.name.to_owned(),
                json!({"type": "number", "minimum": 0}),
            );
        }
    }
    let mut required: Vec<&str> = fields().filter(|f| f.identity).map(|f| f.name).collect();
    required.extend(["uncertainty", "basis"]);
    let same_names = "Expanded uncertainty (k = 2) of every number, in the unit of its field.";
    properties.insert("uncertainty".to_owned(), closed(uncertainty, same_names));
    let origin = "How value and uncertainty were obtained, or why there is no value.";
    properties.insert("basis".to_owned(), closed(basis, origin));
    let mut object = json!({
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": properties,
    });
    if records == Records::Evaluation {
        // A record that says two things about its magnets would be judged by whichever is asked.
        object["if"] = json!({"properties": {"pathway": {"const": "none"}}});
        object["then"] = json!({"properties": {
            "has_magnets": {"const": false}, "magnet_family": {"const": "none"}, "magnet_diffused": {"const": false}}});
        object["else"] = json!({"properties": {
            "has_magnets": {"const": true}, "magnet_family": {"not": {"const": "none"}}}});
    }
    object
}

fn closed(properties: Map<String, Value>, description: &str) -> Value {
    json!({
        "type": "object",
        "description": description,
        "additionalProperties": false,
        "properties": properties,
    })
}

fn property(field: &Field, records: Records) -> Value {
    let mut schema = json!({"description": field.doc});
    match field.kind {
        Kind::Number if field.is_count() => {
            schema["type"] = json!("integer");
            schema["minimum"] = json!(0);
        }
        Kind::Text if field.allowed.is_empty() => {
            schema["type"] = json!("string");
            schema["minLength"] = json!(1);
        }
        Kind::Text => {
            schema["type"] = json!("string");
            schema["enum"] = json!(words(field, records));
        }
        kind => schema["type"] = json!(kind.schema_type()),
    }
    if field.kind == Kind::Number {
        schema["x-unit"] = json!(field.unit);
    }
    if field.identity {
        schema["x-identity"] = json!(true);
    }
    schema
}

/// The words of an enumerated field; of the pathways only those that this record can have.
fn words(field: &Field, records: Records) -> Vec<&'static str> {
    let fits = |word: &&str| {
        field.name != super::field::PATHWAY.name || (*word == "pair") == (records == Records::Pair)
    };
    field.allowed.iter().copied().filter(fits).collect()
}

/// The validator of a record, compiled once.
fn validator(records: Records) -> Result<&'static jsonschema::Validator, RecordError> {
    // A compiled form of a constant, not state: every call gives the same validators.
    static VALIDATORS: OnceLock<Result<[jsonschema::Validator; 2], String>> = OnceLock::new();
    let compile =
        |records| jsonschema::draft202012::new(&object(records)).map_err(|e| e.to_string());
    let compiled = VALIDATORS
        .get_or_init(|| Ok([compile(Records::Evaluation)?, compile(Records::Pair)?]))
        .as_ref()
        .map_err(|message| RecordError::Schema {
            pointer: String::new(),
            message: message.clone(),
        })?;
    Ok(&compiled[usize::from(records == Records::Pair)])
}

/// Whether a record is of its schema.
pub(super) fn accepts(value: &Value, records: Records) -> bool {
    validator(records).is_ok_and(|validator| validator.is_valid(value))
}

/// Holds a record against its schema.
pub(super) fn check(value: &Value, records: Records) -> Result<(), RecordError> {
    validator(records)?
        .validate(value)
        .map_err(|error| RecordError::Schema {
            pointer: error.instance_path().to_string(),
            message: error.to_string(),
        })
}
