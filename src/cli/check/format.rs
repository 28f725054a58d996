//! The forms of the report of `check`.

use crate::report::{self, Run};
use crate::standard::Standards;
use clap::ValueEnum;
use std::path::PathBuf;
use std::str::FromStr;

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
    /// Whether it can be written file by file: it says nothing of a file that hangs on another.
    pub(super) fn flows(self) -> bool {
        matches!(self, Format::Human | Format::Jsonl)
    }

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

/// A form and the file that it goes to: `sarif=check.sarif`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormatFile {
    pub(super) format: Format,
    pub(super) file: PathBuf,
}

impl FromStr for FormatFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let forms = || {
            let names = Format::value_variants()
                .iter()
                .filter_map(Format::to_possible_value);
            let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
            names.join(", ")
        };
        let Some((format, file)) = text.split_once('=') else {
            return Err(format!(
                "expected a form, `=` and a file, as in sarif=check.sarif; forms: {}",
                forms()
            ));
        };
        let Ok(format) = <Format as ValueEnum>::from_str(format, false) else {
            return Err(format!("no form `{format}`, only {}", forms()));
        };
        if file.is_empty() {
            return Err("no file behind `=`".to_owned());
        }
        Ok(Self {
            format,
            file: file.into(),
        })
    }
}
