//! The library of a run: the built-in one, or with the rows of a file.

use super::input::{self, Refusal};
use crate::material::{Library, MaterialError};
use crate::report::FileStatus;
use crate::source::{Document, Finding, Place};
use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

/// Opens the library, or says what is wrong with the file.
pub(super) fn open(
    file: Option<&Path>,
    stdin: &mut dyn Read,
) -> Result<Cow<'static, Library>, Refusal> {
    let bytes = read(file, stdin)?;
    with(file, bytes.as_deref())
}

/// The bytes of the file, if there is one.
pub(super) fn read(file: Option<&Path>, stdin: &mut dyn Read) -> Result<Option<Vec<u8>>, Refusal> {
    file.map(|file| input::bytes(file, stdin)).transpose()
}

/// The library with the rows of a file whose bytes were read, so that their digest is of what is used.
pub(super) fn with(
    file: Option<&Path>,
    bytes: Option<&[u8]>,
) -> Result<Cow<'static, Library>, Refusal> {
    let (Some(file), Some(bytes)) = (file, bytes) else {
        return Ok(Cow::Borrowed(Library::builtin()));
    };
    let document = input::parsed(file, bytes)?;
    Library::with_user_file(document.text(), document.name())
        .map(Cow::Owned)
        .map_err(|error| refusal(&document, &error))
}

/// What is wrong with a file of materials, at its place where it has one.
fn refusal(document: &Document, error: &MaterialError) -> Refusal {
    let (place, found) = match error {
        MaterialError::Format {
            line,
            column,
            reason,
            ..
        } => {
            let place = Place {
                line: *line,
                column: *column,
                end_line: *line,
                end_column: *column,
            };
            (place, reason.clone())
        }
        other => (Place::START, other.to_string()),
    };
    Refusal {
        status: FileStatus::InvalidDesign,
        findings: vec![Finding {
            code: "impossible-material",
            file: document.name().to_owned(),
            place,
            pointer: String::new(),
            found,
            expected: "rows of materials that can be, each under a name of its own".to_owned(),
            fix: "correct the row; `dualcert material show` prints one of the same kind".to_owned(),
            excerpt: document.excerpt(place),
            related: None,
        }],
    }
}
