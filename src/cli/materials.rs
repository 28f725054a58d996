//! The library of a run: the built-in one, or with the rows of a file.

use super::input;
use crate::material::Library;
use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

/// Opens the library. The error is the text for the user.
pub(super) fn open(
    file: Option<&Path>,
    stdin: &mut dyn Read,
) -> Result<Cow<'static, Library>, String> {
    let Some(file) = file else {
        return Ok(Cow::Borrowed(Library::builtin()));
    };
    let document = input::document(file, stdin).map_err(|refusal| {
        let messages: Vec<String> = refusal.findings.iter().map(ToString::to_string).collect();
        messages.join("\n\n")
    })?;
    Library::with_user_file(document.text(), document.name())
        .map(Cow::Owned)
        .map_err(|error| format!("error: {error}"))
}
