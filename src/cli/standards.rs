//! The standards of a run: those of the program, or those of a folder.

use super::input::{self, Refusal};
use crate::standard::{self, Standard, StandardError, Standards, TextFile};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Deepest folder below the one named; the layout of standards needs two.
const MAXIMUM_DEPTH: usize = 8;

/// Reads the standards. The error is the text for the user, one fault a line.
pub(super) fn open(folder: Option<&Path>) -> Result<Standards, String> {
    let loaded = match folder {
        None => Standards::shipped(),
        Some(folder) => Standards::load(&files(folder)?),
    };
    loaded.map_err(|faults| told(&faults))
}

/// Those by which something was judged once: versions that were replaced since stand in the places of those in force, where
/// the program or the folder has them; with the digests of what is in force no more. The error is as of [`open`].
pub(super) fn of_digests<'d>(
    folder: Option<&Path>,
    digests: &[&'d str],
) -> Result<(Standards, Vec<&'d str>), String> {
    let current = open(folder)?;
    let old: Vec<&str> = digests
        .iter()
        .copied()
        .filter(|digest| !current.holds(digest))
        .collect();
    if old.is_empty() {
        return Ok((current, old));
    }
    Ok((current.with_versions(&versions(folder)?, digests), old))
}

/// Every version of every standard, of the program or of a folder.
pub(super) fn versions(folder: Option<&Path>) -> Result<Vec<Standard>, String> {
    let read = match folder {
        None => standard::versions(None),
        Some(folder) => standard::versions(Some(&files(folder)?)),
    };
    read.map_err(|faults| told(&faults))
}

/// One fault a line.
pub(super) fn told(faults: &[StandardError]) -> String {
    let lines = faults.iter().map(|fault| format!("error: {fault}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A standard with the examples beside it, if there are any.
pub(super) fn pair(file: &Path) -> Result<Vec<TextFile>, Refusal> {
    let examples = file.with_extension("examples.json");
    let mut found = vec![text(file)?];
    if examples.exists() {
        found.push(text(&examples)?);
    }
    Ok(found)
}

/// Every JSON file below a folder, by name.
pub(super) fn files(folder: &Path) -> Result<Vec<TextFile>, String> {
    let read = each(folder).map_err(|refusal| input::told(&refusal.findings))?;
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for file in read {
        match file {
            Ok(file) => found.push(file),
            Err(refusal) => refused.extend(refusal.findings),
        }
    }
    if refused.is_empty() {
        Ok(found)
    } else {
        Err(input::told(&refused))
    }
}

/// The same, each file by itself.
pub(super) fn each(folder: &Path) -> Result<Vec<Result<TextFile, Refusal>>, Refusal> {
    let mut found = Vec::new();
    gather(folder, 0, &mut found).map_err(|error| input::refused(folder, &error))?;
    found.sort();
    Ok(found.iter().map(|path| text(path)).collect())
}

fn text(path: &Path) -> Result<TextFile, Refusal> {
    let name = input::name_of(path);
    input::text(path).map(|text| TextFile { name, text })
}

fn gather(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // Bounded, because a folder may link to one that holds it.
        if path.is_dir() && depth < MAXIMUM_DEPTH {
            gather(&path, depth + 1, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            found.push(path);
        }
    }
    Ok(())
}
