//! `dualcert standard list` and `show`.

use super::refuse;
use crate::cli::format::Format;
use crate::cli::{Streams, exit, output, standards};
use crate::lifecycle;
use crate::standard::Standard;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Arguments of `standard list`.
#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// The standards of this folder instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    standards: Option<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// Arguments of `standard show`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    /// Series, or series/version
    #[arg(value_name = "STANDARD")]
    name: String,
    /// The standards of this folder instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    standards: Option<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human")]
    format: ShowFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// For people
    Human,
    /// For publication
    Markdown,
    /// One JSON document
    Json,
}

pub(super) fn list(command: &List, streams: &mut Streams<'_>) -> u8 {
    let standards = match standards::versions(command.standards.as_deref()) {
        Ok(standards) => standards,
        Err(message) => return refuse(&message, exit::BAD_STANDARD, streams),
    };
    let text = match command.format {
        Format::Human => lifecycle::list_text(&standards, Standard::judges, streams.width),
        Format::Json => format!("{:#}\n", lifecycle::list_json(&standards, Standard::judges)),
    };
    output::write(text.as_bytes(), None, streams, exit::MEETS_BOTH)
}

pub(super) fn show(command: &Show, streams: &mut Streams<'_>) -> u8 {
    let standards = match standards::versions(command.standards.as_deref()) {
        Ok(standards) => standards,
        Err(message) => return refuse(&message, exit::BAD_STANDARD, streams),
    };
    let standard = match lifecycle::find(&standards, &command.name) {
        Ok(standard) => standard,
        Err(message) => return refuse(&format!("error: {message}"), exit::USAGE, streams),
    };
    let text = match command.format {
        ShowFormat::Human => lifecycle::show_text(standard),
        ShowFormat::Markdown => lifecycle::show_markdown(standard),
        ShowFormat::Json => format!("{:#}\n", lifecycle::show_json(standard)),
    };
    output::write(text.as_bytes(), None, streams, exit::MEETS_BOTH)
}
