//! `dualcert standard diff`: what changes from one version to the next.

use super::{refuse, versions};
use crate::cli::format::Format;
use crate::cli::{Streams, exit, input, output};
use crate::lifecycle::{Acknowledgement, Alone, Diff, diff};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// For the end of `--help`.
pub(super) const HELP: &str = "OLD and NEW are files, folders, or names such as ev_traction_motor_b/0.1.0. \
    Exit codes: 0 the new version is one, 1 its number, a revision or an acknowledgement falls short or a standard is gone, \
    3 unreadable, 4 a gate refuses, the two are not versions of one standard, or replay and algebra disagree.";

/// Arguments of `standard diff`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Compare {
    /// Version compared from
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Version compared to
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Changes that are meant; whatever else judges otherwise is then refused
    #[arg(long, value_name = "FILE")]
    acknowledge: Option<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// What is told of one series.
#[derive(Serialize)]
#[serde(untagged)]
enum Compared {
    /// In both folders.
    Both(Box<Diff>),
    /// In one of them.
    Alone(Alone),
}

impl Compared {
    fn text(&self) -> String {
        match self {
            Self::Both(diff) => diff.text(),
            Self::Alone(alone) => alone.text(),
        }
    }

    fn code(&self) -> u8 {
        let shortfalls = match self {
            Self::Both(diff) if !diff.disagreements.is_empty() => return exit::BAD_STANDARD,
            Self::Both(diff) => &diff.shortfalls,
            Self::Alone(alone) => &alone.shortfalls,
        };
        if shortfalls.is_empty() {
            exit::MEETS_BOTH
        } else {
            exit::DOES_NOT
        }
    }
}

pub(super) fn run(command: &Compare, streams: &mut Streams<'_>) -> u8 {
    let compared = match compare(command, streams) {
        Ok(compared) => compared,
        Err((code, message)) => return refuse(&message, code, streams),
    };
    let code = exit::worst(compared.iter().map(Compared::code));
    let text = match command.format {
        Format::Human => {
            let parts: Vec<String> = compared.iter().map(Compared::text).collect();
            parts.join("\n")
        }
        Format::Json => match serde_json::to_string_pretty(&compared) {
            Ok(text) => text + "\n",
            Err(error) => {
                let message = format!("error: cannot write the comparison: {error}");
                return refuse(&message, exit::INVALID, streams);
            }
        },
    };
    output::write(text.as_bytes(), None, streams, code)
}

fn compare(command: &Compare, streams: &mut Streams<'_>) -> Result<Vec<Compared>, (u8, String)> {
    let paired = versions::pairs(&command.old, &command.new)?;
    let mut diffs = Vec::new();
    for (old, new) in &paired.both {
        let compared = diff(old, new);
        diffs.push(compared.map_err(|error| (exit::BAD_STANDARD, format!("error: {error}")))?);
    }
    if let Some(file) = &command.acknowledge {
        let meant = acknowledgement(file, streams)?;
        let of_series = diffs.iter_mut().find(|diff| diff.series == meant.series);
        let name = input::name_of(file);
        let Some(diff) = of_series else {
            let message = format!(
                "error: {name} is about {}, which is not compared",
                meant.series
            );
            return Err((exit::INVALID, message));
        };
        diff.acknowledge(&meant)
            .map_err(|message| (exit::INVALID, format!("error: {name}: {message}")))?;
    }
    let both = diffs.into_iter().map(Box::new).map(Compared::Both);
    let added = paired.added.iter().map(Alone::added);
    let removed = paired.removed.iter().map(Alone::removed);
    Ok(both
        .chain(added.chain(removed).map(Compared::Alone))
        .collect())
}

fn acknowledgement(
    file: &Path,
    streams: &mut Streams<'_>,
) -> Result<Acknowledgement, (u8, String)> {
    let document = input::document(file, streams.stdin.as_mut())?;
    serde_json::from_value(document.value().clone()).map_err(|error| {
        (
            exit::INVALID,
            format!("error: {}: {error}", input::name_of(file)),
        )
    })
}
