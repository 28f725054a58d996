//! The library of a run: the built-in one, or with the rows of a file.

use super::{exit, input};
use crate::material::Library;
use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

/// Opens the library. The error is the text for the user.
pub(super) fn open(
    file: Option<&Path>,
    stdin: &mut dyn Read,
) -> Result<Cow<'static, Library>, String> {
    let bytes = read(file, stdin).map_err(|(_, message)| message)?;
    with(file, bytes.as_deref()).map_err(|(_, message)| message)
}

/// The bytes of the file, if there is one.
pub(super) fn read(
    file: Option<&Path>,
    stdin: &mut dyn Read,
) -> Result<Option<Vec<u8>>, (u8, String)> {
    let read = file.map(|file| input::bytes(file, stdin)).transpose();
    Ok(read?)
}

/// The library with the rows of a file whose bytes were read, so that their digest is of what is used.
pub(super) fn with(
    file: Option<&Path>,
    bytes: Option<&[u8]>,
) -> Result<Cow<'static, Library>, (u8, String)> {
    let (Some(file), Some(bytes)) = (file, bytes) else {
        return Ok(Cow::Borrowed(Library::builtin()));
    };
    let document = input::parsed(file, bytes)?;
    Library::with_user_file(document.text(), document.name())
        .map(Cow::Owned)
        .map_err(|error| (exit::INVALID, format!("error: {error}")))
}
