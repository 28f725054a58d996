//! Damages a shipped standard and says which gates refused.
//! Shared by the tests of the gates; not each of them uses all of it.
#![allow(dead_code)]

use dualcert::standard::{Standard, StandardError, TextFile};
use serde_json::Value;
use std::path::Path;

/// A shipped standard and its examples, to be damaged.
pub struct Pair {
    pub standard: Value,
    pub examples: Value,
}

pub fn read(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("standards")
        .join(path);
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

pub fn shipped(stem: &str) -> Pair {
    Pair {
        standard: read(&format!("{stem}.json")),
        examples: read(&format!("{stem}.examples.json")),
    }
}

pub fn text(name: &str, value: &Value) -> TextFile {
    TextFile {
        name: name.to_owned(),
        text: serde_json::to_string_pretty(value).expect("JSON"),
    }
}

pub fn load(pair: &Pair) -> Result<Standard, Vec<StandardError>> {
    let examples = text("s.examples.json", &pair.examples);
    Standard::load(&text("s.json", &pair.standard), Some(&examples))
}

/// Damages a shipped standard and says which gates refused, with the clause.
pub fn refused(stem: &str, damage: impl Fn(&mut Pair)) -> Vec<(String, &'static str)> {
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

pub fn magnet_a(damage: impl Fn(&mut Value)) -> Vec<(String, &'static str)> {
    refused("magnet/ev_traction/a-1", |pair| damage(&mut pair.standard))
}

pub fn magnet_a_clause(key: &str, damage: impl Fn(&mut Value)) -> Vec<(String, &'static str)> {
    magnet_a(|standard| damage(&mut standard["$defs"][key]))
}

#[track_caller]
pub fn only(found: &[(String, &'static str)], clause: &str, code: &str) {
    assert!(!found.is_empty());
    for each in found {
        assert_eq!((each.0.as_str(), each.1), (clause, code), "{found:?}");
    }
}
