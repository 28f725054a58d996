//! The texts of archives of records: files, folders and JSON Lines, read one after the other as they are needed.

use crate::cli::folder::{self, Found};
use crate::cli::input::{self, Refusal};
use crate::lifecycle::Archived;
use crate::source::Finding;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// The texts of paths that exist.
pub(super) struct Archive {
    files: std::vec::IntoIter<Found>,
    lines: Option<Lines>,
}

/// A file of JSON Lines that is being read.
struct Lines {
    name: String,
    reader: BufReader<File>,
    number: usize,
}

impl Archive {
    /// The texts of every file that is named and of every JSON file below a folder, in order of name; each
    /// file once.
    ///
    /// # Errors
    /// What cannot be looked into, with its path.
    pub(super) fn of(paths: &[PathBuf]) -> Result<Self, String> {
        let mut files = Vec::new();
        for path in paths {
            let kind = fs::metadata(path).map_err(|error| told(path, &error))?;
            if kind.is_dir() {
                let kept = |name: &str| name.ends_with(".json") || name.ends_with(".jsonl");
                files.extend(folder::files(path, &kept));
            } else {
                files.push(Ok(path.clone()));
            }
        }
        // A path that is given twice, by itself or with its folder, is one file.
        let mut seen = BTreeSet::new();
        files.retain(|found| match found {
            Ok(path) => seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())),
            Err(_) => true,
        });
        Ok(Self {
            files: files.into_iter(),
            lines: None,
        })
    }

    fn next_line(&mut self) -> Option<Result<Archived, String>> {
        let lines = self.lines.as_mut()?;
        loop {
            let mut text = String::new();
            lines.number += 1;
            let name = format!("{}:{}", lines.name, lines.number);
            match lines.reader.read_line(&mut text) {
                Ok(0) => break,
                Ok(_) if text.trim().is_empty() => {}
                Ok(_) => {
                    // A text that ends too early ends in its line.
                    text.truncate(text.trim_end_matches(['\n', '\r']).len());
                    return Some(Ok(Archived { name, text }));
                }
                Err(error) => {
                    // What is no text hides no other line; what cannot be read has no next one.
                    if error.kind() != io::ErrorKind::InvalidData {
                        self.lines = None;
                    }
                    return Some(Err(format!("{name}: {error}")));
                }
            }
        }
        self.lines = None;
        None
    }
}

impl Iterator for Archive {
    type Item = Result<Archived, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(line) = self.next_line() {
                return Some(line);
            }
            let path = match self.files.next()? {
                Ok(path) => path,
                Err((path, error)) => return Some(Err(told(&path, &error))),
            };
            let name = path.to_string_lossy().into_owned();
            if !is_lines(&path) {
                let read = input::text(&path).map(|text| Archived {
                    name: name.clone(),
                    text,
                });
                return Some(read.map_err(|refusal| in_a_line(&refusal)));
            }
            match File::open(&path) {
                Ok(file) => {
                    self.lines = Some(Lines {
                        name,
                        reader: BufReader::with_capacity(1 << 18, file),
                        number: 0,
                    });
                }
                Err(error) => return Some(Err(told(&path, &error))),
            }
        }
    }
}

/// Why a file gives no text, with the place where it ceases to be one.
fn in_a_line(refusal: &Refusal) -> String {
    let told = |finding: &Finding| {
        let (line, column) = (finding.place.line, finding.place.column);
        let (file, found) = (&finding.file, &finding.found);
        let (expected, fix) = (&finding.expected, &finding.fix);
        format!("{file}:{line}:{column}: {found}, expected {expected}; {fix}")
    };
    let lines: Vec<String> = refusal.findings.iter().map(told).collect();
    lines.join("; ")
}

fn told(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

fn is_lines(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "jsonl")
}
