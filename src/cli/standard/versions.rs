//! Which standards an argument names: a file, a folder, or a version of one that the program knows.

use crate::cli::{exit, standards};
use crate::lifecycle;
use crate::standard::{Standard, checked};
use std::path::Path;

/// The standards that an argument names: all in force of a folder, the one of a file, or the shipped
/// one of a name such as `ev_traction_motor_b/0.1.0`. The error is the exit code and the text for the
/// user.
pub(super) fn named(argument: &Path) -> Result<Vec<Standard>, (u8, String)> {
    if argument.is_dir() {
        let files = standards::files(argument).map_err(unreadable)?;
        let checked = checked(&files, false);
        let current = checked
            .standards
            .into_iter()
            .filter(Standard::judges)
            .collect();
        return sound(current, &checked.errors, argument);
    }
    if argument.is_file() {
        let files = standards::pair(argument).map_err(unreadable)?;
        let checked = checked(&files, false);
        return sound(checked.standards, &checked.errors, argument);
    }
    let versions = standards::versions(None).map_err(|faults| (exit::BAD_STANDARD, faults))?;
    let name = argument.to_string_lossy();
    match lifecycle::find(&versions, &name) {
        Ok(standard) => Ok(vec![standard.clone()]),
        Err(message) => Err((
            exit::INVALID,
            format!("error: no file or folder {name}, and {message}"),
        )),
    }
}

fn unreadable(message: String) -> (u8, String) {
    (exit::INVALID, message)
}

fn sound(
    standards: Vec<Standard>,
    errors: &[crate::standard::StandardError],
    argument: &Path,
) -> Result<Vec<Standard>, (u8, String)> {
    if !errors.is_empty() {
        return Err((exit::BAD_STANDARD, standards::told(errors)));
    }
    if standards.is_empty() {
        let message = format!("error: {} holds no standard", argument.display());
        return Err((exit::BAD_STANDARD, message));
    }
    Ok(standards)
}

/// Two versions of every standard that both arguments name, by series.
pub(super) fn pairs(old: &Path, new: &Path) -> Result<Vec<(Standard, Standard)>, (u8, String)> {
    let (mut before, after) = (named(old)?, named(new)?);
    // Two files are compared whatever they call themselves; the comparison says what disagrees.
    if before.len() == 1 && after.len() == 1 {
        return Ok(before.into_iter().zip(after).collect());
    }
    let mut found = Vec::new();
    for standard in after {
        let series = &standard.header.series;
        match before.iter().position(|one| one.header.series == *series) {
            Some(place) => found.push((before.remove(place), standard)),
            None => {
                let message = format!("error: {} has no version of {series}", old.display());
                return Err((exit::BAD_STANDARD, message));
            }
        }
    }
    match before.first() {
        None => Ok(found),
        Some(left) => {
            let series = &left.header.series;
            let message = format!("error: {} has no version of {series}", new.display());
            Err((exit::BAD_STANDARD, message))
        }
    }
}
