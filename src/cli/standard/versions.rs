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
        let files = standards::files(argument).map_err(|told| (exit::INVALID, told))?;
        let checked = checked(&files, false);
        let current = checked
            .standards
            .into_iter()
            .filter(Standard::judges)
            .collect();
        return sound(current, &checked.errors, argument);
    }
    if argument.is_file() {
        let files = standards::pair(argument)?;
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

/// The standards of two arguments, by series.
#[derive(Default)]
pub(super) struct Paired {
    /// Two versions of each that both name.
    pub(super) both: Vec<(Standard, Standard)>,
    /// Those that only the new one names.
    pub(super) added: Vec<Standard>,
    /// Those that only the old one names.
    pub(super) removed: Vec<Standard>,
}

/// Pairs the standards of two arguments. A single standard beside a folder is compared with that of its series alone.
pub(super) fn pairs(old: &Path, new: &Path) -> Result<Paired, (u8, String)> {
    let (mut before, mut after) = (named(old)?, named(new)?);
    // Two files are compared whatever they call themselves; the comparison says what disagrees.
    if before.len() == 1 && after.len() == 1 {
        let both = before.into_iter().zip(after).collect();
        return Ok(Paired {
            both,
            ..Paired::default()
        });
    }
    let folders = (old.is_dir(), new.is_dir());
    if !folders.0 {
        retain(&mut after, &before, new)?;
    }
    if !folders.1 {
        retain(&mut before, &after, old)?;
    }
    let mut paired = Paired::default();
    for standard in after {
        let series = &standard.header.series;
        match before.iter().position(|one| one.header.series == *series) {
            Some(place) => paired.both.push((before.remove(place), standard)),
            None => paired.added.push(standard),
        }
    }
    paired.removed = before;
    Ok(paired)
}

/// Keeps what a folder has of one series.
fn retain(
    standards: &mut Vec<Standard>,
    one: &[Standard],
    folder: &Path,
) -> Result<(), (u8, String)> {
    let series = one.first().map(|standard| &standard.header.series);
    standards.retain(|standard| Some(&standard.header.series) == series);
    if standards.is_empty() {
        let series = series.map_or("", String::as_str);
        let message = format!("error: {} has no version of {series}", folder.display());
        return Err((exit::BAD_STANDARD, message));
    }
    Ok(())
}
