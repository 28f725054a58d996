//! What to write in place of what a gate refused, where the gate knows it.

use super::fault::Fault;
use crate::record::DIGITS;
use crate::record::field::{self, Field, Kind};
use crate::source::nearest;
use crate::unit::round_significant;
use serde_json::json;

impl Fault {
    /// The text to write instead, as it would stand in the file; `None` where only the author knows.
    pub fn instead(&self) -> Option<String> {
        match self {
            Fault::MissingKey { key } => skeleton(key).map(|text| format!("\"{key}\": {text}")),
            Fault::UnknownField { field } => {
                let names = field::ALL.iter().map(|field| field.name);
                nearest(field, names).map(|name| json!(name).to_string())
            }
            Fault::WrongType { expected, .. } => Some(format!("\"type\": {}", json!(expected))),
            Fault::WrongUnit { expected, .. } => Some(format!("\"x-unit\": {}", json!(expected))),
            Fault::UnknownWord { field, .. } => field::find(field).and_then(listed),
            Fault::Unpinned { field } => field::find(field).and_then(|field| {
                listed(field).map(|words| {
                    format!(
                        "\"{}\": {{\"enum\": {words}}}, less what is not meant",
                        field.name
                    )
                })
            }),
            Fault::UnroundedLimit { found } => {
                Some(json!(round_significant(*found, DIGITS)).to_string())
            }
            Fault::FractionOfACount { found, .. } => {
                Some(format!("{} or {}", found.floor(), found.ceil()))
            }
            Fault::EmptyInterval { lower, upper } if lower > upper => Some(format!(
                "a lower bound {upper} and an upper bound {lower}, if they were exchanged"
            )),
            Fault::BrokenChain { before, .. } => Some(format!("\"supersedes\": {}", json!(before))),
            Fault::WrongOrder { expected, .. } => {
                let all: Vec<_> = expected
                    .iter()
                    .map(|key| json!({"$ref": format!("#/$defs/{key}")}))
                    .collect();
                Some(format!("\"allOf\": {}", json!(all)))
            }
            _ => None,
        }
    }

    /// What to change, with what to write instead where that is known.
    pub fn change(&self) -> String {
        match self.instead() {
            Some(text) => format!("{}; write {text}", self.fix()),
            None => self.fix().to_owned(),
        }
    }
}

/// The form of a clause's key; the words in angle brackets are the author's.
fn skeleton(key: &str) -> Option<&'static str> {
    Some(match key {
        "x-source" => {
            r#"{"document": "<title>", "edition": "<edition>", "evidence": "<primary, secondary, … or project>"}"#
        }
        "x-rationale" => r#""<why the limit stands where it stands>""#,
        "x-level" => r#""<shall, should or info>""#,
        "x-clause" => r#""<number>""#,
        "x-clause-revision" => "1",
        "x-quantity" => r#""<the judged field>""#,
        "x-unit" => r#""<unit of the judged field>""#,
        "x-scale" => "<a typical size of a margin, in the unit>",
        "x-remedy" => r#"["<what a designer may change>"]"#,
        "type" => r#""number", "string" or "boolean", as the field is"#,
        "edition" => r#""<edition>""#,
        "evidence" => r#""<primary, secondary, … or project>""#,
        _ => return None,
    })
}

/// The words of an enumerated field, as a list in JSON.
fn listed(field: &'static Field) -> Option<String> {
    match field.kind {
        Kind::Boolean => Some("[true, false]".to_owned()),
        _ if field.allowed.is_empty() => None,
        _ => Some(json!(field.allowed).to_string()),
    }
}
