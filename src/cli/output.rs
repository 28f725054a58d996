//! Writing reports. A reader that stops reading, as `head` does, ends the output and nothing else.

use super::{Streams, exit, input};
use serde::Serialize;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Refuses the name of standard input where a file is to be written: what is left out goes to standard output.
pub(super) fn named(target: &Path) -> Result<(), String> {
    if input::is_standard_input(target) {
        let told = "error: - is standard input and no file to write; leave the flag out to write to standard output, or name ./-";
        return Err(told.to_owned());
    }
    Ok(())
}

/// Makes sure that a file can be written, and that it is none of the files to be read, before any work
/// is done for it. Leaves nothing behind where nothing was.
pub(super) fn probe(target: &Path, inputs: &[PathBuf]) -> Result<(), String> {
    named(target)?;
    let name = target.display();
    let existed = target.symlink_metadata().is_ok();
    let opened = OpenOptions::new().create(true).append(true).open(target);
    let refuse = |error| unwritable(&name.to_string(), &error);
    opened.map_err(refuse)?;
    if !existed {
        return std::fs::remove_file(target).map_err(refuse);
    }
    let same = |input: &PathBuf| {
        let canonical = |path: &Path| path.canonicalize().ok();
        canonical(input).is_some_and(|path| Some(path) == canonical(target))
    };
    if inputs.iter().any(same) {
        return Err(format!(
            "error: {name} is a file to be read and would be overwritten"
        ));
    }
    Ok(())
}

/// A path as it is, however it is written: that of its file where there is one, else that of its folder with its name.
pub(super) fn settled(path: &Path) -> PathBuf {
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let whole = folder.canonicalize().ok().zip(path.file_name());
    whole.map_or_else(|| path.to_owned(), |(folder, name)| folder.join(name))
}

/// What is said of a file that cannot be written.
pub(super) fn unwritable(name: &str, error: &io::Error) -> String {
    format!("error: cannot write to {name}: {error}")
}

/// A value as JSON for people to read too.
pub(super) fn json(value: &impl Serialize) -> Result<String, (u8, String)> {
    let text = serde_json::to_string_pretty(value);
    let unwritable = |error| (exit::INVALID, format!("error: cannot write JSON: {error}"));
    text.map(|text| text + "\n").map_err(unwritable)
}

/// Ends a command: writes what was made, or says why there is nothing. Gives the exit code.
pub(super) fn end(
    made: Result<String, (u8, String)>,
    target: Option<&Path>,
    streams: &mut Streams<'_>,
) -> u8 {
    match made {
        Ok(text) => write(text.as_bytes(), target, streams, exit::MEETS_BOTH),
        Err((code, message)) => {
            streams.say(message);
            code
        }
    }
}

/// Writes bytes to the file, or to standard output without one, and gives the exit code: `code`, or
/// that of an unwritable file.
pub(super) fn write(
    bytes: &[u8],
    target: Option<&Path>,
    streams: &mut Streams<'_>,
    code: u8,
) -> u8 {
    let written = match target {
        Some(path) => std::fs::write(path, bytes),
        None => streams
            .stdout
            .write_all(bytes)
            .and_then(|()| streams.stdout.flush()),
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let name = target.map_or("standard output".into(), Path::to_string_lossy);
            streams.say(unwritable(&name, &error));
            exit::worst([code, exit::INVALID])
        }
        _ => code,
    }
}
