//! The scenarios of a run: those of the program by name, those of users as files.

use super::input::{self, Refusal};
use crate::report::FileStatus;
use crate::scenario::{Scenario, builtin, names};
use crate::source::{Document, nearest, quoted};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Whether a word of `--scenario` names a file: it has a folder or an ending, which no name has.
pub(super) fn is_file(word: &str) -> bool {
    word.contains(['/', '\\', '.'])
}

/// The words of `--scenario` that name files.
pub(super) fn files(words: &[String]) -> impl Iterator<Item = PathBuf> {
    let files = words.iter().filter(|word| is_file(word));
    files.map(PathBuf::from)
}

/// Why there is no scenario.
pub(super) enum Refused {
    /// What was said on the command line, in words for the user.
    Word(String),
    /// What is wrong with a file.
    File(Refusal),
}

/// Opens the scenarios in the order in which they are named.
pub(super) fn open(words: &[String]) -> Result<Vec<Scenario>, Refused> {
    let mut found: Vec<Scenario> = Vec::new();
    for word in words {
        let scenario = if is_file(word) {
            read(Path::new(word)).map_err(Refused::File)?
        } else {
            let known = builtin(word).ok_or_else(|| Refused::Word(unknown(word)))?;
            known.clone()
        };
        if found.iter().any(|known| known.name == scenario.name) {
            let told = format!(
                "error: two scenarios are called `{}`; a report could not tell them apart",
                scenario.name
            );
            return Err(Refused::Word(told));
        }
        found.push(scenario);
    }
    Ok(found)
}

fn read(path: &Path) -> Result<Scenario, Refusal> {
    let document: Document = input::document(path, &mut Closed)?;
    Scenario::load(&document).map_err(|findings| Refusal {
        status: FileStatus::InvalidDesign,
        findings,
    })
}

/// A scenario is never read from standard input, which holds designs.
struct Closed;

impl Read for Closed {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Ok(0)
    }
}

fn unknown(word: &str) -> String {
    let known: Vec<&str> = names().collect();
    let meant = nearest(word, known.iter().copied())
        .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
    format!(
        "error: no scenario `{}`, only {} and files, which end in .json{meant}",
        quoted(word),
        known.join(", ")
    )
}
