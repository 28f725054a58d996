//! The forms of the report of `check`.

use crate::report::{self, Run};
use crate::standard::Standards;
use clap::ValueEnum;

/// Form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// JSON Lines: a head, a line a file, the summary
    Jsonl,
    /// SARIF 2.1.0, with regions in the design file
    Sarif,
    /// JUnit XML: a suite a candidate and standard, a case a clause
    Junit,
    /// Annotations of a GitHub workflow, worst first
    Github,
    /// Markdown, for summaries and comments
    Markdown,
}

impl Format {
    /// The run in this form. `width` is that of a terminal, for people.
    pub(super) fn render(
        self,
        run: &Run,
        standards: &Standards,
        width: Option<u16>,
    ) -> Result<String, serde_json::Error> {
        Ok(match self {
            Format::Human => report::human(run, width),
            Format::Json => run.json()?,
            Format::Jsonl => report::lines(run)?,
            Format::Sarif => report::sarif(run, standards)?,
            Format::Junit => report::junit(run),
            Format::Github => report::github(run),
            Format::Markdown => report::markdown(run),
        })
    }
}
