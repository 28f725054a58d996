//! What stands in a standard beside its clauses: what a record must be about, and what a market lists and nothing judges.

use super::explain::meant;
use super::show::show_json;
use super::{market, words};
use crate::report::{FORMAT_VERSION, Tool};
use crate::standard::Standard;
use serde_json::{Value, json};
use std::fmt::Write;

/// One of them.
#[derive(Debug)]
pub struct Beside<'s> {
    /// The standard, in its newest version or that which was named.
    pub standard: &'s Standard,
    id: &'s str,
    text: String,
}

/// Those that a name means: `0` in every standard, `CN-10`, or `market_cn/CN-10`. `standards` has the oldest version of a
/// series first.
pub fn beside<'s>(standards: &'s [Standard], name: &'s str) -> Vec<Beside<'s>> {
    let (meant, id) = meant(standards, name);
    meant
        .into_iter()
        .filter_map(|standard| {
            let text = if id == "0" {
                identity(standard)
            } else {
                market::entry(standard, id)?
            };
            Some(Beside { standard, id, text })
        })
        .collect()
}

/// Every name that means one.
pub fn names_beside(standards: &[Standard]) -> Vec<String> {
    let of = |standard: &Standard| {
        let listed = standard.market.iter().flat_map(|market| {
            let open = market.open.iter().map(|open| open.entry.id.clone());
            open.chain(market.outside.iter().map(|rule| rule.entry.id.clone()))
        });
        let named = |id: String| [format!("{}/{id}", standard.header.series), id];
        listed.flat_map(named).collect::<Vec<_>>()
    };
    standards.iter().flat_map(of).collect()
}

fn identity(standard: &Standard) -> String {
    let mut text = format!("0 {} (shall)\n", standard.identity.title);
    for (field, words) in &standard.identity.pinned {
        let _ = writeln!(text, "  {}", words::is(field, words));
    }
    text
}

impl Beside<'_> {
    /// For people.
    pub fn text(&self) -> String {
        format!("{}\n{}", self.standard.name(), self.text)
    }

    fn json(&self) -> Value {
        let whole = show_json(self.standard);
        let listed = ["open", "outside"].into_iter().flat_map(|list| {
            let entries = whole["market"][list].as_array();
            entries.into_iter().flatten()
        });
        let entry = listed
            .into_iter()
            .find(|entry| entry["x-clause"] == self.id);
        json!({
            "standard": self.standard.header,
            "id": self.id,
            "says": entry.unwrap_or(&whole["identity"]),
        })
    }
}

/// All of them as one JSON document.
pub fn document_beside(found: &[Beside<'_>]) -> Value {
    let found: Vec<Value> = found.iter().map(Beside::json).collect();
    json!({"format_version": FORMAT_VERSION, "tool": Tool::THIS, "clauses": [], "beside": found})
}
