//! What the gates say of files, for people and as JSON.

use crate::report::{FORMAT_VERSION, Tool};
use crate::source::{Document, Finding, Place};
use crate::standard::{Checked, Fault, StandardError, TextFile};
use serde::Serialize;

/// The findings of the gates over some files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lint {
    /// Version of this shape.
    pub format_version: &'static str,
    /// Who says it.
    pub tool: Tool,
    /// Every standard looked at.
    pub files: Vec<Seen>,
    /// Everything that is wrong, in order of file and place.
    pub findings: Vec<Told>,
    #[serde(skip)]
    human: Vec<String>,
}

/// One standard looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seen {
    /// File.
    pub file: String,
    /// Whether every gate let it pass.
    pub passes: bool,
    /// Series and version; none when the file is refused.
    pub standard: Option<String>,
    /// Clauses beyond clause 0.
    pub clauses: Option<usize>,
    /// Examples, the base record included.
    pub examples: Option<usize>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// Stable code of the gate.
    pub code: &'static str,
    /// File; `standards` where none was found.
    pub file: String,
    /// Number of the clause.
    pub clause: Option<String>,
    /// Line, column and end; none where the file cannot be read.
    pub place: Option<Place>,
    /// JSON pointer.
    pub pointer: String,
    /// What was found, which is the reason.
    pub found: String,
    /// What was expected.
    pub expected: &'static str,
    /// What to change.
    pub fix: &'static str,
    /// What to write instead, where the gate knows it.
    pub instead: Option<String>,
}

impl Lint {
    /// What the gates said.
    pub fn of(checked: &Checked, texts: &[TextFile]) -> Lint {
        let seen = |file: &String| {
            let standard = checked.standards.iter().find(|s| s.file == *file);
            Seen {
                file: file.clone(),
                passes: standard.is_some()
                    && !checked.errors.iter().any(|error| is_of(error, file)),
                standard: standard.map(|s| s.name()),
                clauses: standard.map(|s| s.clauses.len()),
                examples: standard.map(|s| s.examples.len()),
            }
        };
        Lint {
            format_version: FORMAT_VERSION,
            tool: Tool::THIS,
            files: checked.files.iter().map(seen).collect(),
            findings: checked.errors.iter().map(told).collect(),
            human: checked.errors.iter().map(|e| human(e, texts)).collect(),
        }
    }

    /// For people: the findings in the manner of a compiler.
    pub fn faults(&self) -> &[String] {
        &self.human
    }

    /// For people: one line a file.
    pub fn text(&self) -> String {
        let line = |seen: &Seen| match (&seen.standard, seen.clauses, seen.examples) {
            (Some(name), Some(clauses), Some(examples)) if seen.passes => format!(
                "{}: {name} passes, {clauses} clauses beyond clause 0, {examples} examples\n",
                seen.file
            ),
            _ => format!("{}: refused\n", seen.file),
        };
        let lines: String = self.files.iter().map(line).collect();
        lines + &self.summary()
    }

    /// For people: one line on the whole.
    pub fn summary(&self) -> String {
        let passed = self.files.iter().filter(|seen| seen.passes).count();
        format!(
            "{passed} of {} standards pass, {} findings\n",
            self.files.len(),
            self.findings.len()
        )
    }
}

/// Whether a fault is one of this file, and not of what is missing beside it.
fn is_of(error: &StandardError, file: &str) -> bool {
    error.file == file && !matches!(error.fault, Fault::Missing { .. })
}

fn told(error: &StandardError) -> Told {
    Told {
        code: error.fault.code(),
        file: error.file.clone(),
        clause: error.clause.clone(),
        place: error.place,
        pointer: error.pointer.clone(),
        found: error.fault.to_string(),
        expected: error.fault.expected(),
        fix: error.fault.fix(),
        instead: error.fault.instead(),
    }
}

/// With the source line where there is one. A file that is no JSON has its own excerpt.
fn human(error: &StandardError, texts: &[TextFile]) -> String {
    let text = texts.iter().find(|text| text.name == error.file);
    let finding = text.map(|text| match Document::parse(&text.name, &text.text) {
        Ok(document) => error.finding(&document),
        Err(refused) => {
            let same = |finding: &&Finding| error.place == Some(finding.place);
            let first = refused.findings.iter().find(same);
            first
                .or(refused.findings.first())
                .cloned()
                .unwrap_or_else(|| unreachable!("a refusal has at least one finding"))
        }
    });
    match (finding, error.place) {
        (Some(finding), Some(_)) => finding.to_string(),
        _ => format!("error[{}]: {error}", error.fault.code()),
    }
}
