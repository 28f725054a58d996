//! From what the command line names to documents: folders, patterns, JSON Lines. Whatever names nothing
//! is told as a file that could not be read: a run over nothing is no success.

use crate::cli::folder;
use crate::cli::input::{self, Refusal};
use crate::report::FileStatus;
use crate::source::{Document, Excerpt, Finding, MAXIMUM_BYTES, Place};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Most lines of a file in JSON Lines; bounds memory, not use.
const MAXIMUM_LINES: usize = 10_000;

/// One design to be read.
#[derive(Clone)]
pub(super) struct Source {
    path: PathBuf,
    /// Its line, of one in a file of JSON Lines.
    line: Option<usize>,
    /// Its document, or why there is none, where it was read already.
    held: Option<Box<Result<Document, Refusal>>>,
}

impl Source {
    fn file(path: PathBuf) -> Self {
        Self {
            path,
            line: None,
            held: None,
        }
    }

    fn read(path: &Path, line: Option<usize>, read: Result<Document, Refusal>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            held: Some(Box::new(read)),
        }
    }

    /// The path that it comes from.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Its line, of one in a file of JSON Lines.
    pub(super) fn line(&self) -> Option<usize> {
        self.line
    }

    /// Its document.
    pub(super) fn document(self, stdin: &mut dyn Read) -> Result<Document, Refusal> {
        match self.held {
            Some(read) => *read,
            None => input::document(&self.path, stdin),
        }
    }
}

/// Everything that the arguments name, in their order; within a folder or a pattern by name.
pub(super) fn expand(arguments: &[PathBuf], stdin: &mut dyn Read) -> Vec<Source> {
    let mut sources = Vec::new();
    for argument in arguments {
        if input::is_standard_input(argument) {
            sources.extend(standard_input(argument, stdin));
        } else if argument.is_dir() {
            let found = folder::files(argument, &is_design);
            if found.is_empty() {
                sources.push(nothing(argument, "a folder without a design file"));
            }
            for file in found {
                match file {
                    Ok(file) => sources.extend(one(file, stdin)),
                    Err((path, error)) => sources.push(nothing(&path, &error.to_string())),
                }
            }
        } else if is_pattern(argument) {
            sources.extend(matching(argument, stdin));
        } else {
            sources.extend(one(argument.clone(), stdin));
        }
    }
    sources
}

/// A file, or the lines of one that ends in `.jsonl`.
fn one(file: PathBuf, stdin: &mut dyn Read) -> Vec<Source> {
    if file.extension().is_some_and(|ending| ending == "jsonl") {
        lines(&file, stdin)
    } else {
        vec![Source::file(file)]
    }
}

/// One document, or, where its first line is one by itself and more follow, JSON Lines. Read here, since it can be read once
/// only.
fn standard_input(path: &Path, stdin: &mut dyn Read) -> Vec<Source> {
    let bytes = match input::bytes(path, stdin) {
        Ok(bytes) => bytes,
        Err(refusal) => return vec![Source::read(path, None, Err(refusal))],
    };
    let whole = input::parsed(path, &bytes);
    let mut lines = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    let first_is_one = |line: &[u8]| input::parsed(path, line).is_ok();
    if whole.is_err() && lines.next().is_some_and(first_is_one) && lines.next().is_some() {
        return of_lines(path, &bytes);
    }
    vec![Source::read(path, None, whole)]
}

fn is_pattern(argument: &Path) -> bool {
    let text = argument.to_string_lossy();
    text.contains(['*', '?', '[']) && !argument.exists()
}

fn matching(argument: &Path, stdin: &mut dyn Read) -> Vec<Source> {
    let paths = match glob::glob(&argument.to_string_lossy()) {
        Ok(paths) => paths,
        Err(error) => return vec![nothing(argument, &error.to_string())],
    };
    // A pattern takes what a folder gives, or else only what it says itself.
    let ending = argument.to_string_lossy();
    let asked = |path: &Path| {
        let name = path.to_string_lossy();
        let other = OTHERS.iter().find(|other| name.ends_with(**other));
        other.is_none_or(|other| ending.ends_with(other))
    };
    let mut sources = Vec::new();
    for path in paths {
        match path {
            Ok(path) if path.is_file() && asked(&path) => sources.extend(one(path, stdin)),
            Ok(_) => {}
            Err(error) => sources.push(nothing(error.path(), &error.error().to_string())),
        }
    }
    if sources.is_empty() {
        sources.push(nothing(argument, "a pattern that no file matches"));
    }
    sources
}

/// How the names of other files of this program end.
const OTHERS: [&str; 2] = [".schema.json", ".cert.json"];

/// Whether a file in a folder is a design by its name: what ends in `.json` or `.jsonl` and is not by its name
/// something else of this program.
fn is_design(name: &str) -> bool {
    let other = OTHERS.iter().any(|other| name.ends_with(other));
    !other && (name.ends_with(".json") || name.ends_with(".jsonl"))
}

/// One design a line. Each keeps the number of its line; empty lines are passed over.
fn lines(file: &Path, stdin: &mut dyn Read) -> Vec<Source> {
    let bytes = match input::bytes(file, stdin) {
        Ok(bytes) => bytes,
        Err(refusal) => return vec![Source::read(file, None, Err(refusal))],
    };
    of_lines(file, &bytes)
}

fn of_lines(file: &Path, bytes: &[u8]) -> Vec<Source> {
    if bytes.len() > MAXIMUM_BYTES || bytes.split(|byte| *byte == b'\n').count() > MAXIMUM_LINES {
        let bound = format!(
            "more than {MAXIMUM_LINES} lines or {} MiB",
            MAXIMUM_BYTES >> 20
        );
        return vec![nothing(file, &bound)];
    }
    let name = input::name_of(file);
    let mut sources = Vec::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        // Empty lines in front give every message the line of the file.
        let mut padded = vec![b'\n'; index];
        padded.extend_from_slice(line);
        let read = Document::from_bytes(&name, &padded).map_err(|refused| Refusal {
            status: FileStatus::InvalidDesign,
            findings: refused.findings,
        });
        sources.push(Source::read(file, Some(index + 1), read));
    }
    if sources.is_empty() {
        sources.push(nothing(file, "a file without a line"));
    }
    sources
}

fn nothing(path: &Path, found: &str) -> Source {
    let finding = Finding {
        code: "unreadable-file",
        file: input::name_of(path),
        place: Place::START,
        pointer: String::new(),
        found: found.to_owned(),
        expected: "at least one design file".to_owned(),
        fix: "name a design file, a folder or pattern with some, or - for standard input"
            .to_owned(),
        excerpt: Excerpt::default(),
        related: None,
    };
    let refusal = Refusal {
        status: FileStatus::Unreadable,
        findings: vec![finding],
    };
    Source::read(path, None, Err(refusal))
}
