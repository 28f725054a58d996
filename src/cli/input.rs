//! Reading files, and `-` for standard input.

use super::exit;
use crate::report::FileStatus;
use crate::source::{Document, Excerpt, Finding, MAXIMUM_BYTES, Place};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The name of standard input on the command line and in reports.
const STANDARD_INPUT: &str = "-";

/// The code of what cannot be read.
pub(super) const UNREADABLE: &str = "unreadable-file";

/// Why a file gives no document.
#[derive(Clone)]
pub(super) struct Refusal {
    /// Whether it could not be read, or was read and is no strict JSON.
    pub(super) status: FileStatus,
    /// What is wrong, at least one thing.
    pub(super) findings: Vec<Finding>,
}

impl Refusal {
    /// The file, as it was named.
    pub(super) fn file(&self) -> &str {
        self.findings.first().map_or("", |first| &first.file)
    }
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

/// The text of a file that is looked into later. Of one that is no text, the refusal says where it ceases to be.
pub(super) fn text(path: &Path) -> Result<String, Refusal> {
    let bytes = of_file(path)?;
    String::from_utf8(bytes).map_err(|error| match parsed(path, error.as_bytes()) {
        Err(refusal) => refusal,
        Ok(_) => unreachable!("what is no text is no document"),
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
    if !is_standard_input(path) {
        return of_file(path);
    }
    bounded(stdin).map_err(|error| refused(path, &error))
}

fn of_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    File::open(path)
        .and_then(bounded)
        .map_err(|error| refused(path, &error))
}

fn bounded(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAXIMUM_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What cannot be read.
pub(super) fn refused(path: &Path, error: &io::Error) -> Refusal {
    Refusal {
        status: FileStatus::Unreadable,
        findings: vec![unreadable(&name_of(path), path, error)],
    }
}

fn unreadable(name: &str, path: &Path, error: &io::Error) -> Finding {
    let found = match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read the file".to_owned(),
        _ if path.is_dir() => "a directory".to_owned(),
        _ => error.to_string(),
    };
    Finding {
        code: UNREADABLE,
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
