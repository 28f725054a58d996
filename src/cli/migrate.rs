//! `dualcert migrate`: an older file in the current version of its form.

use super::check;
use super::{Streams, exit, input, keys, output, verify};
use crate::certificate::{self, CERTIFICATE_VERSION, ENTRY_TYPE, Form};
use crate::design::Design;
use crate::record::{RECORD_VERSION, Record};
use crate::report::{self, FORMAT_VERSION};
use crate::source::Document;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `migrate`.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// Design, record, certificate or report of check --format json, or - for standard input
    file: PathBuf,
    /// Trust the keys of this file; a certificate is read with its signatures only
    #[arg(long, value_name = "FILE", conflicts_with = "public_key")]
    trust: Option<PathBuf>,
    /// Trust this public key
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
    /// Design of the certificate, for what its older form does not state
    #[arg(long, value_name = "FILE")]
    design: Option<PathBuf>,
    /// The materials that were added when it was made
    #[arg(long, value_name = "FILE", requires = "design")]
    materials: Option<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The file in its current version, and what changed.
struct Migrated {
    text: String,
    told: Vec<String>,
}

type Stop = (u8, String);

pub(super) fn run(command: &Migrate, streams: &mut Streams<'_>) -> u8 {
    let made = migrated(command, streams).map(|done| {
        for line in done.told {
            streams.say(line);
        }
        done.text
    });
    output::end(made, command.output.as_deref(), streams)
}

fn migrated(command: &Migrate, streams: &mut Streams<'_>) -> Result<Migrated, Stop> {
    let usage = |message| (exit::USAGE, message);
    let mut inputs = vec![command.file.clone()];
    inputs.extend(command.design.iter().chain(&command.materials).cloned());
    input::once(&inputs).map_err(usage)?;
    inputs.extend(command.trust.iter().chain(&command.public_key).cloned());
    if let Some(target) = &command.output {
        output::probe(target, &inputs).map_err(usage)?;
    }
    let bytes = input::bytes(&command.file, streams.stdin.as_mut())?;
    let document = input::parsed(&command.file, &bytes)?;
    let holds = |key: &str| document.value().get(key).is_some();
    if holds("design_version") {
        design(&document)
    } else if holds("record_version") {
        record(&document)
    } else if document
        .value()
        .get("payloadType")
        .is_some_and(|kind| *kind == ENTRY_TYPE)
    {
        let told = format!(
            "error: {}: a line of a status list, of which there is one version; nothing to lift",
            document.name()
        );
        Err((exit::INVALID, told))
    } else if holds("payloadType") {
        of_certificate(command, &document, streams)
    } else if holds("format_version") && holds("files") {
        of_report(&document)
    } else {
        let file = document.name();
        Err((
            exit::INVALID,
            format!(
                "error: {file}: neither a design (design_version), nor a record (record_version), nor a certificate (payloadType), nor a report of check --format json (format_version, files)"
            ),
        ))
    }
}

/// A file that is in its current version, byte for byte.
fn current(document: &Document, what: &str, version: &str) -> Migrated {
    Migrated {
        text: document.text().to_owned(),
        told: vec![format!(
            "{}: {what} of version {version}, the current one; nothing changed",
            document.name()
        )],
    }
}

/// There is one version of the design so far; whatever else stands there is told with its place.
fn design(document: &Document) -> Result<Migrated, Stop> {
    let design = Design::load(document);
    let design = design.map_err(|findings| (exit::INVALID, input::told(&findings)))?;
    Ok(current(document, "design", &design.design_version))
}

/// There is one version of the record so far.
fn record(document: &Document) -> Result<Migrated, Stop> {
    let read = Record::from_value(document.value());
    let file = document.name();
    read.map_err(|error| (exit::INVALID, format!("error: {file}: {error}")))?;
    Ok(current(document, "record", RECORD_VERSION))
}

/// There is one version of the report so far, to which names were added.
fn of_report(document: &Document) -> Result<Migrated, Stop> {
    let file = document.name();
    let lifted = report::lift(document.value());
    let lifted = lifted.map_err(|error| (exit::INVALID, format!("error: {file}: {error}")))?;
    let mut migrated = if lifted.changes.is_empty() {
        current(document, "report", FORMAT_VERSION)
    } else {
        Migrated {
            text: output::json(&lifted.report)?,
            told: Vec::new(),
        }
    };
    let lines = lifted.changes.iter().chain(&lifted.differences);
    migrated
        .told
        .extend(lines.map(|line| format!("{file}: {line}")));
    Ok(migrated)
}

fn of_certificate(
    command: &Migrate,
    document: &Document,
    streams: &mut Streams<'_>,
) -> Result<Migrated, Stop> {
    let Some(trust) = keys::trusted(command.trust.as_deref(), command.public_key.as_deref())?
    else {
        let message =
            "error: a certificate is read with its signatures only; name --public-key or --trust";
        return Err((exit::USAGE, message.to_owned()));
    };
    let file = document.name();
    let refused = |fault: certificate::Fault| (exit::DOES_NOT, format!("refused: {file}: {fault}"));
    let opened = certificate::open(file, document.text().as_bytes(), &trust).map_err(refused)?;
    let predicate = opened.predicate();
    if predicate.certificate_version == Form::CURRENT {
        return Ok(current(document, "certificate", CERTIFICATE_VERSION));
    }
    let design = match &command.design {
        None if certificate::needs_design(&opened) => {
            let message = format!(
                "refused: {file}: version {} does not state the supply of conductor and laminations; name the certified design with --design",
                predicate.certificate_version
            );
            return Err((exit::DOES_NOT, message));
        }
        None => None,
        Some(path) => {
            let named = (path.as_path(), command.materials.as_deref());
            let found = verify::certified_design(&opened, named, streams)?;
            let (_, design) =
                found.map_err(|(outcome, told)| (outcome.code(), format!("refused: {told}")))?;
            Some(design)
        }
    };
    let certified = match &design {
        None => None,
        Some(design) => {
            let id = &predicate.design.candidate;
            let missing = || {
                let told = check::no_such_candidate(id, design);
                (exit::DOES_NOT, format!("refused: {told}"))
            };
            Some((design, design.candidate(id).ok_or_else(missing)?))
        }
    };
    let lifted = certificate::lift(&opened, certified).map_err(refused)?;
    let Some(lifted) = lifted else {
        return Ok(current(document, "certificate", CERTIFICATE_VERSION));
    };
    let text = output::json(&lifted.statement)?;
    let mut told: Vec<String> = lifted
        .changes
        .iter()
        .map(|c| format!("{file}: {c}"))
        .collect();
    told.push(format!(
        "{file}: what is written is an unsigned statement and no certificate; the file still holds as it is, and certify makes a signed one of version {CERTIFICATE_VERSION}"
    ));
    Ok(Migrated { text, told })
}
