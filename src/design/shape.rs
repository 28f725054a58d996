//! Which part of a schema speaks about a value.

use crate::source::pointer;
use serde_json::Value;

/// The schema of the value at `pointer` within `document`; none where the schema has no say.
pub(super) fn schema_at<'s>(
    schema: &'s Value,
    document: &Value,
    pointer: &str,
) -> Option<&'s Value> {
    let mut here = resolve(schema, schema);
    let mut value = document;
    for step in pointer::steps(pointer) {
        here = match value {
            Value::Array(_) => here.get("items")?,
            _ => branch(schema, here, &step)?.get("properties")?.get(&step)?,
        };
        here = resolve(schema, here);
        value = match value {
            Value::Array(list) => list.get(step.parse::<usize>().ok()?)?,
            Value::Object(map) => map.get(&step)?,
            _ => return None,
        };
    }
    Some(here)
}

/// Follows a reference within the schema.
pub(super) fn resolve<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| root.pointer(reference.trim_start_matches('#')))
        .unwrap_or(schema)
}

/// The alternative of a tagged choice that has the key `tag`, or the schema itself if it is no choice.
pub(super) fn branch<'s>(root: &'s Value, schema: &'s Value, tag: &str) -> Option<&'s Value> {
    match schema.get("oneOf").and_then(Value::as_array) {
        None => Some(schema),
        Some(alternatives) => alternatives
            .iter()
            .map(|alternative| resolve(root, alternative))
            .find(|alternative| {
                alternative
                    .get("properties")
                    .is_some_and(|properties| properties.get(tag).is_some())
            }),
    }
}

/// Keys that an object of this schema may have; for a tagged choice its tags.
pub(super) fn keys<'s>(root: &'s Value, schema: &'s Value) -> Vec<&'s str> {
    let own = |schema: &'s Value| {
        schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|properties| properties.keys().map(String::as_str))
    };
    match schema.get("oneOf").and_then(Value::as_array) {
        None => own(schema).collect(),
        Some(alternatives) => alternatives
            .iter()
            .flat_map(|alternative| own(resolve(root, alternative)))
            .collect(),
    }
}

/// Words that a string of this schema may be.
pub(super) fn words(schema: &Value) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array);
    let alternatives = schema.get("oneOf").and_then(Value::as_array);
    listed
        .into_iter()
        .flatten()
        .chain(
            alternatives
                .into_iter()
                .flatten()
                .filter_map(|alternative| alternative.get("const")),
        )
        .filter_map(Value::as_str)
        .collect()
}

/// First sentence of what the schema says about a value, without its full stop.
pub(super) fn meaning(schema: &Value) -> Option<&str> {
    let description = schema.get("description")?.as_str()?;
    let line = description.lines().next()?;
    Some(line.trim_end_matches('.'))
}
