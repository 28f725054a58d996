//! `dualcert init`: a commented design to begin with.
//!
//! A design is put together from data: the machine and what is required of it come with the topology, the
//! environment with the sector, and the comments on what all designs share from `comments.json`, by JSON
//! pointer.

use super::{Streams, exit, output};
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

macro_rules! templates {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!($folder, "/", $name, ".json")))),*]
    };
}

/// The machine of each topology. A test holds the list against the topologies of the design format.
const TOPOLOGIES: &[(&str, &str)] =
    templates!["topology": "ipm", "spoke", "spm", "inset", "srm", "axial"];

/// The environment of each sector. A test holds the list against the sectors of a record.
const SECTORS: &[(&str, &str)] = templates![
    "sector": "defence_vehicle", "ev_traction", "industrial_drive", "precision_servo", "wind_generator"
];

/// The day at which a new design is judged, until its owner writes another: that of the newest rule on
/// supply and not that of a clock, so that `init` always writes the same.
const AS_OF: &str = "2026-11-24";

const COMMENTS: &str = include_str!("comments.json");

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Machine type of the design
    #[arg(long, value_name = "NAME", value_parser = names(TOPOLOGIES), required_unless_present = "list")]
    topology: Option<String>,
    /// Sector whose standards judge it; by default the one that suits the machine
    #[arg(long, value_name = "NAME", value_parser = names(SECTORS))]
    sector: Option<String>,
    /// Write to a new file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// List the machine types and sectors
    #[arg(long, conflicts_with_all = ["topology", "sector", "output"])]
    list: bool,
}

fn names(templates: &'static [(&'static str, &'static str)]) -> PossibleValuesParser {
    PossibleValuesParser::new(templates.iter().map(|(name, _)| *name))
}

/// What a topology brings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Machine {
    /// Sector that suits the machine.
    sector: String,
    /// What is required of it.
    requirement: Value,
    /// The machine.
    candidate: Value,
}

/// What a sector brings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Surroundings {
    /// The temperatures it works at.
    environment: Value,
}

pub(super) fn run(command: &Init, streams: &mut Streams<'_>) -> u8 {
    let Some(topology) = &command.topology else {
        return output::write(list().as_bytes(), None, streams, exit::MEETS_BOTH);
    };
    let text = match design(topology, command.sector.as_deref()) {
        Ok(design) => format!("{design:#}\n"),
        Err(reason) => {
            streams.say(format_args!("error: {reason}"));
            return exit::INVALID;
        }
    };
    match &command.output {
        None => output::write(text.as_bytes(), None, streams, exit::MEETS_BOTH),
        Some(path) => write_new(path, &text, streams),
    }
}

/// A file that exists is somebody's work and is left alone.
fn write_new(path: &Path, text: &str, streams: &mut Streams<'_>) -> u8 {
    if let Err(refusal) = output::named(path) {
        streams.say(refusal);
        return exit::USAGE;
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    let Err(error) = written else {
        return exit::MEETS_BOTH;
    };
    let name = path.display();
    if error.kind() == ErrorKind::AlreadyExists {
        streams.say(format_args!(
            "error: {name} exists and is not overwritten; name another file, or remove it first"
        ));
    } else {
        streams.say(format_args!("error: cannot write to {name}: {error}"));
    }
    exit::USAGE
}

/// Machine types with what the design format says of them, and sectors.
fn list() -> String {
    let width = TOPOLOGIES
        .iter()
        .chain(SECTORS)
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or_default();
    let mut text = "topologies\n".to_owned();
    for (name, _) in TOPOLOGIES {
        let meaning = meaning(name).unwrap_or_default();
        text.push_str(&format!("  {name:width$}  {meaning}\n"));
    }
    text.push_str("sectors\n");
    for (name, _) in SECTORS {
        text.push_str(&format!("  {name}\n"));
    }
    text
}

/// The topologies of the design format: name and description.
fn of_format() -> impl Iterator<Item = (&'static str, &'static str)> {
    let variants = crate::design::design_schema()
        .pointer("/$defs/Topology/oneOf")
        .and_then(Value::as_array);
    variants.into_iter().flatten().filter_map(|variant| {
        let tag = variant.pointer("/required/0")?.as_str()?;
        let description = variant.get("description").and_then(Value::as_str);
        Some((tag, description.unwrap_or_default()))
    })
}

fn meaning(topology: &str) -> Option<&'static str> {
    of_format().find_map(|(tag, description)| (tag == topology).then_some(description))
}

/// A whole design with its comments.
fn design(topology: &str, sector: Option<&str>) -> Result<Value, String> {
    let machine: Machine = read(TOPOLOGIES, topology)?;
    let sector = sector.unwrap_or(&machine.sector);
    let surroundings: Surroundings = read(SECTORS, sector)?;
    let mut design = json!({
        "$schema": "design.schema.json",
        "design_version": "1.0",
        "name": format!("{topology} to begin with"),
        "as_of": AS_OF,
        "application": {
            "sector": sector,
            "requirement": machine.requirement,
            "environment": surroundings.environment,
        },
        "candidates": [machine.candidate],
    });
    let comments: BTreeMap<String, Vec<String>> =
        serde_json::from_str(COMMENTS).map_err(|error| format!("comments.json: {error}"))?;
    for (pointer, lines) in comments {
        if let Some(Value::Object(object)) = design.pointer_mut(&pointer) {
            put_first(object, lines);
        }
    }
    Ok(design)
}

fn put_first(object: &mut Map<String, Value>, lines: Vec<String>) {
    let rest = std::mem::take(object);
    object.insert("$comment".to_owned(), json!(lines));
    object.extend(rest);
}

fn read<T: for<'de> Deserialize<'de>>(from: &[(&str, &str)], name: &str) -> Result<T, String> {
    let text = from
        .iter()
        .find_map(|(known, text)| (*known == name).then_some(*text))
        .ok_or_else(|| format!("no template of the name `{name}`"))?;
    serde_json::from_str(text).map_err(|error| format!("template `{name}`: {error}"))
}

#[cfg(test)]
mod tests;
