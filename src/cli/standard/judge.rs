//! `dualcert standard judge`: how archived records stand under the standards in force.

use super::archive::Archive;
use super::{refuse, versions};
use crate::cli::format::Format;
use crate::cli::{Streams, exit, output, standards};
use crate::lifecycle::{Standing, standing};
use crate::standard::Standard;
use clap::Args;
use std::path::PathBuf;

/// For the end of `--help`.
pub(super) const HELP: &str = "Records are JSON files with one record, reports of `check --format json`, or \
    JSON Lines (.jsonl) of either. Exit codes: 0 every record meets every standard that speaks of it, 1 one does \
    not, 3 a record cannot be read, 4 a gate refuses a standard, 5 one could not be judged, or no standard speaks \
    of any; 4 goes before 5, 3, 1 and 0.";

/// Arguments of `standard judge`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Archived {
    /// Standard or folder of standards; the built-in programmes if left out. Markets are for check
    #[arg(value_name = "STANDARD")]
    standard: Option<PathBuf>,
    /// Folder or file of archived records; may be repeated
    #[arg(long, value_name = "PATH", required = true)]
    records: Vec<PathBuf>,
    /// Form of the output; people are told the first few that do not conform, JSON holds every record
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(command: &Archived, streams: &mut Streams<'_>) -> u8 {
    if let Some(Err(message)) = command
        .output
        .as_ref()
        .map(|target| output::probe(target, &command.records))
    {
        return refuse(&message, exit::USAGE, streams);
    }
    let judged = in_force(command).and_then(|standards| {
        let archive = Archive::of(&command.records);
        let archive = archive.map_err(|error| (exit::INVALID, format!("error: {error}")))?;
        Ok(standing(&standards, archive))
    });
    let judged = match judged {
        Ok(judged) => judged,
        Err((code, message)) => return refuse(&message, code, streams),
    };
    for refusal in &judged.unreadable {
        streams.say(format_args!("error: {refusal}"));
    }
    if judged.records.is_empty() && judged.unreadable.is_empty() {
        streams.say("error: no standard here speaks of any of the records");
    }
    let text = match command.format {
        Format::Human => judged.text(),
        Format::Json => match output::json(&judged) {
            Ok(text) => text,
            Err((code, message)) => return refuse(&message, code, streams),
        },
    };
    let code = code(&judged);
    output::write(text.as_bytes(), command.output.as_deref(), streams, code)
}

/// The standards of programmes that are named, or all that the program has.
fn in_force(command: &Archived) -> Result<Vec<Standard>, (u8, String)> {
    let named = match &command.standard {
        Some(argument) => versions::named(argument)?,
        None => {
            let shipped = standards::open(None);
            let shipped = shipped.map_err(|faults| (exit::BAD_STANDARD, faults))?;
            let programmes = shipped.programmes().iter();
            programmes
                .flat_map(|one| one.standards())
                .cloned()
                .collect()
        }
    };
    let programmes: Vec<Standard> = named
        .into_iter()
        .filter(|one| one.market.is_none())
        .collect();
    if programmes.is_empty() {
        let message = "error: a market is told by check --market; name a standard of a programme";
        return Err((exit::BAD_STANDARD, message.to_owned()));
    }
    Ok(programmes)
}

fn code(judged: &Standing) -> u8 {
    let of = judged.standards.iter().map(|tally| {
        if tally.could_not_judge > 0 {
            exit::COULD_NOT_JUDGE
        } else if tally.failed + tally.undecided > 0 {
            exit::DOES_NOT
        } else {
            exit::MEETS_BOTH
        }
    });
    let unreadable = (!judged.unreadable.is_empty()).then_some(exit::INVALID);
    // Of nothing that was judged nothing was shown.
    let nothing = judged.records.is_empty().then_some(exit::COULD_NOT_JUDGE);
    exit::worst(of.chain(unreadable).chain(nothing))
}
