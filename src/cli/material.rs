//! `dualcert material`: what the library of materials holds.

use super::{Streams, exit, input, materials, output};
use crate::material::{Family, Library};
use crate::material::{list, show};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Arguments of `material`.
#[derive(Debug, Args)]
pub(super) struct Material {
    #[command(subcommand)]
    action: Action,
    /// Add the materials of this file to the built-in ones
    #[arg(long, value_name = "FILE", global = true)]
    materials: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List magnets that meet a filter, and all steels, conductors and sleeve materials
    List(List),
    /// Show one material with its curves
    Show(Show),
}

#[derive(Debug, Args)]
struct List {
    /// Only this family, for example ndfeb or ferrite
    #[arg(long, value_parser = family)]
    family: Option<Family>,
    /// At most this mass fraction of heavy rare earths
    #[arg(long, value_name = "RATIO", value_parser = super::finite)]
    max_heavy_rare_earth_ratio: Option<f64>,
    /// At least this coercivity HcJ, in kA/m, at --temperature-c
    #[arg(long, value_name = "KA_PER_M", value_parser = super::finite)]
    min_hcj_ka_per_m: Option<f64>,
    /// At least this remanence, in T, at --temperature-c
    #[arg(long, value_name = "T", value_parser = super::finite)]
    min_remanence_t: Option<f64>,
    /// Temperature of these two limits
    #[arg(long, value_name = "T", default_value = "20", allow_negative_numbers = true, value_parser = super::finite)]
    temperature_c: f64,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human")]
    format: ListFormat,
}

#[derive(Debug, Args)]
struct Show {
    /// Grade or name
    name: String,
    /// Temperature of a demagnetisation curve; may be repeated
    #[arg(long, value_name = "T", allow_negative_numbers = true, value_parser = super::finite)]
    temperature_c: Vec<f64>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human")]
    format: ShowFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ShowFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// The curves as a table
    Csv,
}

fn family(word: &str) -> Result<Family, String> {
    serde_json::from_value(word.into()).map_err(|error| error.to_string())
}

pub(super) fn run(command: &Material, streams: &mut Streams<'_>) -> u8 {
    let library = match materials::open(command.materials.as_deref(), streams.stdin.as_mut()) {
        Ok(library) => library,
        Err(refusal) => {
            streams.say(input::told(&refusal.findings));
            return exit::INVALID;
        }
    };
    let text = match &command.action {
        Action::List(list) => Ok(listed(list, &library)),
        Action::Show(show) => shown(show, &library),
    };
    match text {
        Ok(text) => {
            let end = if text.ends_with('\n') { "" } else { "\n" };
            let text = format!("{text}{end}");
            output::write(text.as_bytes(), None, streams, exit::MEETS_BOTH)
        }
        Err(message) => {
            streams.say(format_args!("error: {message}"));
            exit::INVALID
        }
    }
}

fn listed(command: &List, library: &Library) -> String {
    let at = |least| list::AtTemperature {
        temperature_c: command.temperature_c,
        least,
    };
    let filter = list::MagnetFilter {
        family: command.family,
        heavy_rare_earth_max_ratio: command.max_heavy_rare_earth_ratio,
        coercivity: command
            .min_hcj_ka_per_m
            .map(|least| at(least * crate::unit::ka_per_m::SCALE)),
        remanence: command.min_remanence_t.map(at),
    };
    match command.format {
        ListFormat::Human => list::list_text(library, &filter),
        ListFormat::Json => format!("{:#}", list::list_json(library, &filter)),
    }
}

fn shown(command: &Show, library: &Library) -> Result<String, String> {
    let temperatures = &command.temperature_c;
    let text = show::find(library, &command.name).and_then(|found| match command.format {
        ShowFormat::Human => show::show_text(found, temperatures),
        ShowFormat::Json => show::show_json(found, temperatures).map(|value| format!("{value:#}")),
        ShowFormat::Csv => show::show_csv(found, temperatures),
    });
    text.map_err(|error| error.to_string())
}
