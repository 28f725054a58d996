//! `dualcert standard impact`: whom a new version hits.

use super::archive::Archive;
use super::{refuse, versions};
use crate::cli::format::Format;
use crate::cli::{Streams, exit, output};
use crate::lifecycle::impact;
use crate::standard::Standard;
use clap::Args;
use std::path::PathBuf;

/// For the end of `--help`.
pub(super) const HELP: &str = "Records are JSON files with one record, reports of `check --format json`, or \
    JSON Lines (.jsonl) of either. Exit codes: 0 no record loses conformity, 1 one does, 3 a record cannot \
    be read, 4 a gate refuses a standard, 5 no standard speaks of any record.";

/// Arguments of `standard impact`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Replay {
    /// Version or folder of versions compared from
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Version or folder of versions compared to
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Folder or file of archived records; may be repeated
    #[arg(long, value_name = "PATH", required = true)]
    records: Vec<PathBuf>,
    /// Form of the output; people are told who loses or gains, JSON holds every record
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(super) fn run(command: &Replay, streams: &mut Streams<'_>) -> u8 {
    let paired = match versions::pairs(&command.old, &command.new) {
        Ok(paired) => paired,
        Err((code, message)) => return refuse(&message, code, streams),
    };
    if let Some(gone) = paired.removed.first() {
        let message = format!(
            "error: {} is gone from {}, and by nothing can nothing be judged; keep it with the status withdrawn",
            gone.name(),
            command.new.display()
        );
        return refuse(&message, exit::BAD_STANDARD, streams);
    }
    let pairs = &paired.both;
    if let Some((old, new)) = pairs.iter().find(|(old, new)| {
        let role = |s: &Standard| (s.header.series.clone(), s.header.side);
        role(old) != role(new)
    }) {
        let message = format!(
            "error: {} and {} are not versions of one standard",
            old.name(),
            new.name()
        );
        return refuse(&message, exit::BAD_STANDARD, streams);
    }
    let archive = match Archive::of(&command.records) {
        Ok(archive) => archive,
        Err(error) => return refuse(&format!("error: {error}"), exit::INVALID, streams),
    };
    let mut impact = impact(pairs, archive);
    impact.added = paired.added.iter().map(Standard::name).collect();
    for refusal in &impact.unreadable {
        streams.say(format_args!("error: {refusal}"));
    }
    let mut code = exit::MEETS_BOTH;
    if impact.standards.iter().any(|counts| counts.loses > 0) {
        code = exit::DOES_NOT;
    }
    if !impact.unreadable.is_empty() {
        code = exit::worst([code, exit::INVALID]);
    } else if impact.records.is_empty() {
        streams.say("error: no standard here speaks of any of the records");
        code = exit::COULD_NOT_JUDGE;
    }
    let text = match command.format {
        Format::Human => impact.text(),
        Format::Json => match serde_json::to_string_pretty(&impact) {
            Ok(text) => text + "\n",
            Err(error) => {
                let message = format!("error: cannot write the effect: {error}");
                return refuse(&message, exit::INVALID, streams);
            }
        },
    };
    output::write(text.as_bytes(), None, streams, code)
}
