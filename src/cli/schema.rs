//! `dualcert schema`: the JSON Schemas of this program's files.

use super::{Streams, exit, output};
use clap::{Args, ValueEnum};

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(super) struct Print {
    /// Which schema
    #[arg(value_enum)]
    of: Subject,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Subject {
    /// A design file
    Design,
    /// An evaluation or pair record
    Record,
    /// A standard: the closed meta-schema
    Standard,
    /// The payload of a certificate
    Certificate,
    /// A scenario of supply
    Scenario,
}

pub(super) fn run(command: &Print, streams: &mut Streams<'_>) -> u8 {
    let text = match command.of {
        Subject::Design => format!("{:#}\n", crate::design::design_schema()),
        Subject::Record => format!("{:#}\n", crate::record::schema::record_schema()),
        Subject::Certificate => format!("{:#}\n", crate::certificate::certificate_schema()),
        Subject::Scenario => format!("{:#}\n", crate::scenario::scenario_schema()),
        Subject::Standard => crate::standard::META_SCHEMA.to_owned(),
    };
    output::write(text.as_bytes(), None, streams, exit::MEETS_BOTH)
}
