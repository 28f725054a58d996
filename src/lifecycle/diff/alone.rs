//! A standard that only one of two folders has.

use super::{FORMAT_VERSION, Tool};
use crate::standard::Standard;
use serde::Serialize;

/// A standard without another version to compare it with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alone {
    /// Version of this shape.
    pub format_version: &'static str,
    /// Who says it.
    pub tool: Tool,
    /// Series.
    pub series: String,
    /// Its version before; none where it is new.
    pub from: Option<String>,
    /// Its version now; none where it is gone.
    pub to: Option<String>,
    /// Its clauses beyond clause 0.
    pub clause_count: usize,
    /// What is wrong with that: nothing, or one sentence each.
    pub shortfalls: Vec<String>,
}

impl Alone {
    fn of(standard: &Standard, [from, to]: [Option<String>; 2]) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            tool: Tool::THIS,
            series: standard.header.series.clone(),
            from,
            to,
            clause_count: standard.clauses.len(),
            shortfalls: Vec::new(),
        }
    }

    /// One by which nothing was judged before.
    pub fn added(standard: &Standard) -> Self {
        Self::of(standard, [None, Some(standard.header.version.clone())])
    }

    /// One that is gone: what conformed to it has nothing to conform to, and nobody is told.
    pub fn removed(standard: &Standard) -> Self {
        let version = &standard.header.version;
        let told = format!(
            "{} {version} is gone without a word; keep it with the status withdrawn, as a new version",
            standard.header.series
        );
        Self {
            shortfalls: vec![told],
            ..Self::of(standard, [Some(version.clone()), None])
        }
    }

    /// For people.
    pub fn text(&self) -> String {
        let (series, count) = (&self.series, self.clause_count);
        let mut text = match (&self.from, &self.to) {
            (None, Some(to)) => format!(
                "{series} {to} is new, with {count} clauses beyond clause 0; nothing was judged by it before\n"
            ),
            (from, _) => format!(
                "{series} {} is gone, with {count} clauses beyond clause 0\n",
                from.as_deref().unwrap_or_default()
            ),
        };
        for line in &self.shortfalls {
            text += &format!("  wrong: {line}\n");
        }
        text
    }
}
