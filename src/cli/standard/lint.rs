//! `dualcert standard lint`: the gates, told file by file.

use crate::cli::input::{Refusal, UNREADABLE};
use crate::cli::{Streams, exit, output, standards};
use crate::lifecycle;
use crate::source::Finding;
use crate::standard::{Fault, StandardError, TextFile, checked};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// For the end of `--help`.
pub(super) const HELP: &str =
    "Exit codes: 0 every standard passes, 3 a file cannot be read, 4 a gate refuses.";

/// Form of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// JSON Lines: a line a file
    Jsonl,
    /// SARIF 2.1.0, with regions in the standards
    Sarif,
    /// JUnit XML: a suite a file, a case a finding
    Junit,
    /// Annotations of a GitHub workflow
    Github,
    /// Markdown, for summaries and comments
    Markdown,
}

/// Arguments of `standard lint`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Lint {
    /// Standards, each with its examples beside it, or folders whose programmes have to be complete
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(super) fn run(command: &Lint, streams: &mut Streams<'_>) -> u8 {
    let gathered = Gathered::of(&command.files);
    let texts = gathered.texts;
    let mut code = exit::MEETS_BOTH;
    let mut checked = checked(&texts, gathered.whole && gathered.unread.is_empty());
    if !checked.errors.is_empty() {
        code = exit::BAD_STANDARD;
    }
    for finding in &gathered.unread {
        code = exit::worst([code, exit::INVALID]);
        checked.files.push(finding.file.clone());
        checked.errors.push(unread(finding));
    }
    checked.files.sort();
    let mut named = gathered.named;
    named.retain(|name| !checked.files.contains(name));
    for name in &named {
        streams.say(format_args!(
            "error: {name} is no standard by its name; examples, schemas, curves and `released.json` are none"
        ));
        code = exit::worst([code, exit::BAD_STANDARD]);
    }
    if named.is_empty() && checked.files.is_empty() && code == exit::MEETS_BOTH {
        streams
            .say("error: none of the files is a standard; examples, schemas and curves are none");
        code = exit::BAD_STANDARD;
    }
    let lint = lifecycle::Lint::of(&checked, &texts);
    let text = match command.format {
        Format::Human => {
            for fault in lint.faults() {
                streams.say(format_args!("{fault}\n"));
            }
            Ok(lint.text())
        }
        Format::Json => serde_json::to_string_pretty(&lint).map(|text| text + "\n"),
        Format::Jsonl => lint.lines(),
        Format::Sarif => lint.sarif(code),
        Format::Junit => Ok(lint.junit()),
        Format::Github => Ok(lint.github()),
        Format::Markdown => Ok(lint.markdown()),
    };
    let text = match text {
        Ok(text) => text,
        Err(error) => {
            streams.say(format_args!("error: cannot write the findings: {error}"));
            return exit::worst([code, exit::INVALID]);
        }
    };
    output::write(text.as_bytes(), None, streams, code)
}

/// What the arguments name.
#[derive(Default)]
struct Gathered {
    /// Texts, each once.
    texts: Vec<TextFile>,
    /// What gives no text.
    unread: Vec<Finding>,
    /// Files that are named by themselves.
    named: Vec<String>,
    /// Whether a folder is among them.
    whole: bool,
}

impl Gathered {
    fn of(arguments: &[PathBuf]) -> Self {
        let mut gathered = Self::default();
        for argument in arguments {
            if argument.is_dir() {
                gathered.whole = true;
                match standards::each(argument) {
                    Ok(files) => files.into_iter().for_each(|file| gathered.add(file)),
                    Err(refusal) => gathered.unread.extend(refusal.findings),
                }
            } else {
                gathered.add_pair(argument);
            }
        }
        gathered
    }

    /// A standard with its examples; an examples file stands for its standard.
    fn add_pair(&mut self, argument: &Path) {
        let name = argument.to_string_lossy();
        let standard = match name.strip_suffix(".examples.json") {
            Some(stem) => PathBuf::from(format!("{stem}.json")),
            None => argument.to_owned(),
        };
        match standards::pair(&standard) {
            Ok(files) => {
                self.named
                    .extend(files.first().map(|file| file.name.clone()));
                files.into_iter().for_each(|file| self.add(Ok(file)));
            }
            Err(refusal) => self.add(Err(refusal)),
        }
    }

    fn add(&mut self, file: Result<TextFile, Refusal>) {
        match file {
            Ok(file) if self.texts.iter().any(|known| known.name == file.name) => {}
            Ok(file) => self.texts.push(file),
            Err(refusal) => self.unread.extend(refusal.findings),
        }
    }
}

/// The finding of a file that gives no text, among those of the gates.
fn unread(finding: &Finding) -> StandardError {
    let is_text = finding.code != UNREADABLE;
    StandardError {
        file: finding.file.clone(),
        clause: None,
        pointer: String::new(),
        place: is_text.then_some(finding.place),
        fault: if is_text {
            Fault::NotJson(finding.found.clone())
        } else {
            Fault::Unreadable(finding.found.clone())
        },
    }
}
