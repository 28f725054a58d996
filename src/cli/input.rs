//! Reading files, and `-` for standard input.

use super::exit;
use crate::report::FileStatus;
use crate::source::{Document, Excerpt, Finding, MAXIMUM_BYTES, Place};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The name of standard input on the command line and in reports.
const STANDARD_INPUT: &str = "-";

/// Why a file gives no document.
#[derive(Clone)]
pub(super) struct Refusal {
    /// Whether it could not be read, or was read and is no strict JSON.
    pub(super) status: FileStatus,
    /// What is wrong.
    pub(super) findings: Vec<Finding>,
}

impl From<Refusal> for (u8, String) {
    /// The end of a command that needs the file.
    fn from(refusal: Refusal) -> (u8, String) {
        (exit::INVALID, told(&refusal.findings))
    }
}

/// Whether the path names standard input.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// A path as reports name it.
pub(super) fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Reads a file, or `stdin` for `-`, as a document.
pub(super) fn document(path: &Path, stdin: &mut dyn Read) -> Result<Document, Refusal> {
    parsed(path, &bytes(path, stdin)?)
}

/// The document of bytes that were read from a file.
pub(super) fn parsed(path: &Path, bytes: &[u8]) -> Result<Document, Refusal> {
    Document::from_bytes(&name_of(path), bytes).map_err(|refused| Refusal {
        status: FileStatus::InvalidDesign,
        findings: refused.findings,
    })
}

/// The text of a file that is no document by itself. Of one that is no text, the error says where it ceases to be.
pub(super) fn text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| {
        let refused = Document::from_bytes(&name_of(path), error.as_bytes()).err();
        let first = refused.and_then(|refused| refused.findings.into_iter().next());
        first.map_or_else(
            || error.to_string(),
            |finding| {
                let (line, column) = (finding.place.line, finding.place.column);
                let (found, expected, fix) = (finding.found, finding.expected, finding.fix);
                format!("line {line}, column {column}: {found}, expected {expected}; {fix}")
            },
        )
    })
}

/// Findings as one text for people.
pub(super) fn told(findings: &[Finding]) -> String {
    let each: Vec<String> = findings.iter().map(ToString::to_string).collect();
    each.join("\n\n")
}

/// Refuses a command line that names standard input twice: it can be read once.
pub(super) fn once<'p>(files: impl IntoIterator<Item = &'p PathBuf>) -> Result<(), String> {
    let named = files.into_iter().filter(|file| is_standard_input(file));
    if named.count() > 1 {
        return Err("error: standard input (-) can be read once".to_owned());
    }
    Ok(())
}

/// Reads a file, or `stdin` for `-`. Never more than one byte beyond what a document may have.
pub(super) fn bytes(path: &Path, stdin: &mut dyn Read) -> Result<Vec<u8>, Refusal> {
    let name = name_of(path);
    let mut bytes = Vec::new();
    let bound = MAXIMUM_BYTES as u64 + 1;
    let read = if is_standard_input(path) {
        stdin.take(bound).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(bound).read_to_end(&mut bytes))
    };
    read.map_err(|error| Refusal {
        status: FileStatus::Unreadable,
        findings: vec![unreadable(&name, path, &error)],
    })?;
    Ok(bytes)
}

fn unreadable(name: &str, path: &Path, error: &io::Error) -> Finding {
    let found = match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read the file".to_owned(),
        _ if path.is_dir() => "a directory".to_owned(),
        _ => error.to_string(),
    };
    Finding {
        code: "unreadable-file",
        file: name.to_owned(),
        place: Place::START,
        pointer: String::new(),
        found,
        expected: "a file that can be read".to_owned(),
        fix: "name a file, or - for standard input".to_owned(),
        excerpt: Excerpt::default(),
        related: None,
    }
}
