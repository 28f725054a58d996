//! `dualcert standard lint`: the gates, told file by file.

use crate::cli::{Streams, exit, output, standards};
use crate::lifecycle;
use crate::standard::{TextFile, checked};
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
    let mut code = exit::MEETS_BOTH;
    let (mut texts, mut whole) = (Vec::new(), false);
    let mut named = Vec::new();
    for file in &command.files {
        let (files, is_folder) = match gather(file) {
            Ok(gathered) => gathered,
            Err(message) => {
                streams.say(message);
                code = exit::INVALID;
                continue;
            }
        };
        whole |= is_folder;
        if !is_folder {
            named.extend(files.first().map(|file| file.name.clone()));
        }
        texts.extend(
            files
                .into_iter()
                .filter(|file| !known(&texts, file))
                .collect::<Vec<_>>(),
        );
    }
    let checked = checked(&texts, whole);
    if !checked.errors.is_empty() {
        code = exit::worst([code, exit::BAD_STANDARD]);
    }
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

fn known(texts: &[TextFile], file: &TextFile) -> bool {
    texts.iter().any(|other| other.name == file.name)
}

/// The texts that an argument names, and whether it is a folder. An examples file stands for its
/// standard.
fn gather(file: &Path) -> Result<(Vec<TextFile>, bool), String> {
    if file.is_dir() {
        return Ok((standards::files(file)?, true));
    }
    let name = file.to_string_lossy();
    let standard = match name.strip_suffix(".examples.json") {
        Some(stem) => PathBuf::from(format!("{stem}.json")),
        None => file.to_owned(),
    };
    Ok((standards::pair(&standard)?, false))
}
