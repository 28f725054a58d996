//! `dualcert status`: the list of certificates that no longer hold.

use super::format::Format;
use super::verify::today;
use super::{Streams, exit, input, keys, output};
use crate::certificate::{Entry, State, StatusList, Trust};
use crate::date::Date;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Arguments of `status`.
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Append a signed entry; safe beside other writers and when killed
    Add(Add),
    /// Check every line and print the entries
    Show(Show),
}

#[derive(Debug, Args)]
struct Add {
    /// Status list; made if it is not there
    list: PathBuf,
    /// Id of the certificate
    #[arg(long, value_name = "ID")]
    certificate: String,
    /// What has become of it
    #[arg(long, value_enum)]
    state: State,
    /// Since which day, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    since: Date,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Id of the certificate in its place, with --state superseded
    #[arg(long, value_name = "ID")]
    superseded_by: Option<String>,
    /// Private key to sign with
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Trust file for the lines that are there; by default they must be of the same key
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Show {
    /// Status list
    list: PathBuf,
    #[command(flatten)]
    trusted: keys::Trusted,
    /// Only what holds of this certificate
    #[arg(long, value_name = "ID")]
    certificate: Option<String>,
    /// Digest of a line that the list must hold, as it was told once: a list that was cut back since is refused
    #[arg(long, value_name = "SHA256")]
    seen: Option<String>,
    /// Day to look at, with --certificate, YYYY-MM-DD; today if left out
    #[arg(long, value_name = "DAY", requires = "certificate")]
    as_of: Option<Date>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// What a list says.
#[derive(Debug, Serialize)]
struct Shown<'l> {
    list: String,
    entry_count: usize,
    /// Digest of the last line; null of a list without one.
    last_sha256: Option<&'l str>,
    #[serde(flatten)]
    says: Says<'l>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Says<'l> {
    /// Every entry, the oldest first.
    All { entries: &'l [Entry] },
    /// What holds of one certificate on a day; null where it is not listed.
    One {
        certificate: &'l str,
        as_of: Date,
        entry: Option<&'l Entry>,
    },
}

type Stop = (u8, String);

pub(super) fn run(command: &Status, streams: &mut Streams<'_>) -> u8 {
    let done = match &command.command {
        Command::Add(command) => add(command),
        Command::Show(command) => show(command, streams),
    };
    output::end(done, None, streams)
}

fn add(command: &Add) -> Result<String, Stop> {
    let key = keys::private(&command.key)?;
    let trust = match &command.trust {
        Some(file) => keys::trust(file)?,
        None => Trust::in_one(&input::name_of(&command.key), key.public()),
    };
    let cannot = |error: io::Error| {
        let list = command.list.display();
        (
            exit::INVALID,
            format!("error: cannot write {list}: {error}"),
        )
    };
    // One list has one name: a link that is replaced, or whose lock lies beside it, would part the list in two.
    let path = resolved(&command.list).map_err(cannot)?;
    let _alone = lock(&path).map_err(cannot)?;
    let against = |fault| (exit::DOES_NOT, format!("refused: {fault}"));
    let name = input::name_of(&command.list);
    let (before, list) = match fs::read(&path) {
        Ok(bytes) => {
            let list = StatusList::read(&name, &bytes, &trust).map_err(against)?;
            (bytes, list)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            (Vec::new(), StatusList::begin(&name))
        }
        Err(error) => return Err(cannot(error)),
    };
    let line = list
        .line(
            &command.certificate,
            command.state,
            command.since,
            &command.reason,
            command.superseded_by.as_deref(),
            &key,
        )
        .map_err(against)?;
    let Some(line) = line else {
        return Ok("the list says so already\n".to_owned());
    };
    let after = [&before[..], line.as_bytes()].concat();
    // What is written must be readable by those who rely on it, before it takes the place of the list.
    StatusList::read(&name, &after, &trust).map_err(against)?;
    replace(&path, &after).map_err(cannot)?;
    Ok(format!("entry {} added\n", list.entries().len() + 1))
}

/// The file behind a path, symbolic links followed. One that has a second name is refused: it would keep the old list there.
fn resolved(list: &Path) -> io::Result<PathBuf> {
    if let Err(error) = fs::symlink_metadata(list) {
        return match error.kind() {
            io::ErrorKind::NotFound => Ok(list.to_owned()),
            _ => Err(error),
        };
    }
    let path = fs::canonicalize(list)?;
    if fs::metadata(&path)?.nlink() > 1 {
        return Err(io::Error::other(
            "the file has a second name (a hard link), under which the old list would stay",
        ));
    }
    Ok(path)
}

/// A path with something after its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// Waits until no other writer holds the list; the system lets go when the process ends, however it
/// ends. The lock is a file of its own, because the list itself is replaced.
fn lock(list: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(beside(list, ".lock"))?;
    rustix::fs::flock(&file, rustix::fs::FlockOperation::LockExclusive)?;
    Ok(file)
}

/// Puts new content in place in one step: a reader, or a machine that loses power, sees the old list or
/// the new one.
fn replace(list: &Path, content: &[u8]) -> io::Result<()> {
    let draft = beside(list, ".new");
    let mut file = File::create(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&draft, list)?;
    let folder = match list.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

fn show(command: &Show, streams: &mut Streams<'_>) -> Result<String, Stop> {
    let trust = command.trusted.open()?;
    let content = input::bytes(&command.list, streams.stdin.as_mut())?;
    let list = StatusList::read(&input::name_of(&command.list), &content, &trust)
        .and_then(|list| list.seen(command.seen.as_deref()))
        .map_err(|fault| (exit::DOES_NOT, format!("not genuine: {fault}")))?;
    let says = match &command.certificate {
        None => Says::All {
            entries: list.entries(),
        },
        Some(id) => {
            let as_of = command.as_of.map_or_else(today, Ok)?;
            let entry = list.state_of(id, as_of);
            Says::One {
                certificate: id,
                as_of,
                entry,
            }
        }
    };
    let shown = Shown {
        list: input::name_of(&command.list),
        entry_count: list.entries().len(),
        last_sha256: list.last_sha256(),
        says,
    };
    match command.format {
        Format::Human => Ok(human(&shown)),
        Format::Json => output::json(&shown),
    }
}

fn human(shown: &Shown<'_>) -> String {
    match &shown.says {
        Says::One {
            certificate, entry, ..
        } => {
            let told = entry.map_or_else(|| "not listed".to_owned(), ToString::to_string);
            format!("{certificate}: {told}\n")
        }
        Says::All { entries } => {
            let mut text = String::new();
            for entry in *entries {
                let _ = writeln!(text, "{} {} {entry}", entry.sequence, entry.certificate);
            }
            let last = shown.last_sha256.unwrap_or_default();
            let _ = writeln!(
                text,
                "{} entries, the last line has sha256 {last}",
                shown.entry_count
            );
            text
        }
    }
}
