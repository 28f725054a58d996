//! Which files of a folder are standards, and which of them are in force.
//!
//! `x.json` is a standard and `x.examples.json` belongs to it; `*.schema.json` are schemas of this
//! program, reference curves lie in `curves/`, and `superseded/` holds the versions that were replaced.

use super::fault::Fault;
use super::{Standard, StandardError, TextFile, chain, programme, shipped};
use crate::source::Document;

/// Reads the standards among the files that `chosen` admits by name, in order of name.
pub(super) fn read(
    files: &[TextFile],
    chosen: impl Fn(&str) -> bool,
) -> (Vec<Standard>, Vec<StandardError>) {
    let mut files: Vec<&TextFile> = files.iter().collect();
    files.sort_by(|left, right| left.name.cmp(&right.name));
    let (mut standards, mut errors) = (Vec::new(), Vec::new());
    for file in files.iter().filter(|file| chosen(&file.name)) {
        let beside = examples_name(&file.name);
        let examples = files.iter().find(|other| other.name == beside);
        match Standard::load(file, examples.copied()) {
            Ok(standard) => standards.push(standard),
            Err(faults) => errors.extend(faults),
        }
    }
    (standards, errors)
}

/// Every version of every standard among the files, those replaced included, or of the program's own;
/// by series, oldest first.
///
/// # Errors
/// Every fault of every file.
pub fn versions(files: Option<&[TextFile]>) -> Result<Vec<Standard>, Vec<StandardError>> {
    let own;
    let files = match files {
        Some(files) => files,
        None => {
            own = shipped::every_file();
            &own
        }
    };
    let (mut standards, mut errors) = read(files, is_standard);
    errors.extend(placed(chain::faults(&standards), files));
    if !errors.is_empty() {
        return Err(errors);
    }
    if standards.is_empty() {
        return Err(vec![programme::nowhere(Fault::Nothing)]);
    }
    standards.sort_by(|left, right| {
        let key = |s: &Standard| (s.header.series.clone(), s.header.numbers());
        key(left).cmp(&key(right))
    });
    Ok(standards)
}

/// Gives what was found between files its place in the one that it names.
pub(super) fn placed(errors: Vec<StandardError>, texts: &[TextFile]) -> Vec<StandardError> {
    let place = |error: StandardError| {
        if error.place.is_some() || error.pointer.is_empty() {
            return error;
        }
        let text = texts.iter().find(|text| text.name == error.file);
        let document = text.and_then(|text| Document::parse(&text.name, &text.text).ok());
        StandardError {
            place: document.map(|document| document.locate(&error.pointer)),
            ..error
        }
    };
    errors.into_iter().map(place).collect()
}

/// Name of the file with the examples of a standard.
pub(super) fn examples_name(standard: &str) -> String {
    format!("{}.examples.json", standard.trim_end_matches(".json"))
}

/// Whether a file is a standard, in force or replaced.
pub(super) fn is_standard(name: &str) -> bool {
    name.ends_with(".json")
        && !name.ends_with(".schema.json")
        && !name.ends_with(".examples.json")
        && name.rsplit(['/', '\\']).next() != Some("released.json")
        && !lies_in(name, "curves")
}

/// Whether a file is a standard that judges.
pub(super) fn is_current(name: &str) -> bool {
    is_standard(name) && !lies_in(name, "superseded")
}

/// Whether one of the folders in which a file lies has this name.
fn lies_in(name: &str, folder: &str) -> bool {
    name.split(['/', '\\'])
        .rev()
        .skip(1)
        .any(|step| step == folder)
}
