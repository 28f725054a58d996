//! `dualcert solve`: one operating point of one candidate, or a look at its field or flux map.

use super::look::Look;
use super::phase::Phase;
use super::physics::{LookRequest, Physics, PointRequest, View};
use super::{Streams, check, exit, input, materials, output, winding};
use crate::cycle::Cycle;
use crate::design::{Candidate, Design};
use crate::material::Library;
use crate::report::sheet::Sheet;
use crate::resolution::Resolution;
use crate::topology::Topology;
use crate::unit::rpm;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Views that choose currents themselves.
const OVER_CURRENTS: [&str; 6] = [
    "map",
    "envelope",
    "efficiency_map",
    "heat",
    "drive_cycle",
    "wind_year",
];

/// Arguments of `solve`.
#[derive(Debug, Args)]
pub(super) struct Solve {
    /// Design file, or - for standard input
    file: PathBuf,
    /// Candidate of the file
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// Magnet pathway; A by default, if it is declared
    #[arg(long, value_enum)]
    pathway: Option<Pathway>,
    /// Current along d, peak, in amperes
    #[arg(long, value_name = "A", allow_negative_numbers = true, value_parser = super::finite,
        required_unless_present_any = without_axes(), conflicts_with_all = OVER_CURRENTS)]
    id_a: Option<f64>,
    /// Current along q, peak, in amperes
    #[arg(long, value_name = "A", allow_negative_numbers = true, value_parser = super::finite,
        required_unless_present_any = without_axes(), conflicts_with_all = OVER_CURRENTS)]
    iq_a: Option<f64>,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    phase: Phase,
    /// Speed in revolutions per minute; quantities that need a speed are left out without one
    #[arg(long, value_name = "N", value_parser = super::finite, conflicts_with = "view")]
    speed_rpm: Option<f64>,
    /// Temperature of the magnets in degrees Celsius; the hottest of the design by default
    #[arg(long, value_name = "T", allow_negative_numbers = true, value_parser = super::finite)]
    magnet_temperature_c: Option<f64>,
    /// Grid of the field solution
    #[arg(long, value_enum, default_value = "standard")]
    resolution: Grid,
    /// Winding factors, and with --gap waves, up to this harmonic of the pole pairs, sub-harmonics
    /// included
    #[arg(long, value_name = "N", default_value = "13", value_parser = clap::value_parser!(u16).range(1..=999),
        conflicts_with_all = ["field", "map", "over_speed", "drive_cycle", "wind_year"])]
    harmonics: u16,
    /// Add the materials of this file to the built-in ones
    #[arg(long, value_name = "FILE")]
    materials: Option<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What asks for something else than a point of d and q currents.
fn without_axes() -> impl Iterator<Item = &'static str> {
    OVER_CURRENTS.into_iter().chain(["current_a", "speed_rpm"])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON object
    Json,
    /// A table: the samples along the gap, the cells, the map; of a point its quantities in one row
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Pathway {
    /// The incumbent
    #[value(name = "A", alias = "a")]
    A,
    /// The alternative
    #[value(name = "B", alias = "b")]
    B,
}

impl Pathway {
    /// The word of a record.
    fn name(self) -> &'static str {
        match self {
            Pathway::A => "a",
            Pathway::B => "b",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Grid {
    /// For maps and screening
    Coarse,
    /// For verdicts
    Standard,
    /// For validation
    Fine,
}

impl Grid {
    fn resolution(self) -> Resolution {
        match self {
            Grid::Coarse => Resolution::Coarse,
            Grid::Standard => Resolution::Standard,
            Grid::Fine => Resolution::Fine,
        }
    }
}

pub(super) fn run(command: &Solve, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8 {
    if let Some(target) = &command.output
        && let Err(refusal) = output::probe(target, std::slice::from_ref(&command.file))
    {
        streams.say(refusal);
        return exit::USAGE;
    }
    let library = match materials::open(command.materials.as_deref(), streams.stdin.as_mut()) {
        Ok(library) => library,
        Err(refusal) => {
            streams.say(input::told(&refusal.findings));
            return exit::INVALID;
        }
    };
    let design = match check::load(&command.file, &library, streams.stdin.as_mut()) {
        Ok((_, design)) => design,
        Err(refused) => {
            for finding in &refused.findings {
                streams.say(finding);
            }
            return exit::INVALID;
        }
    };
    let cycle = match command.look.cycle(streams.stdin.as_mut()) {
        Ok(cycle) => cycle,
        Err(message) => {
            streams.say(message);
            return exit::INVALID;
        }
    };
    match solve(command, cycle, &design, &library, physics) {
        Ok(bytes) => output::write(&bytes, command.output.as_deref(), streams, exit::MEETS_BOTH),
        Err((code, message)) => {
            streams.say(format_args!("error: {message}"));
            code
        }
    }
}

/// What is to be printed, or an exit code and a message.
fn solve(
    command: &Solve,
    cycle: Option<Cycle>,
    design: &Design,
    library: &Library,
    physics: &dyn Physics,
) -> Result<Vec<u8>, (u8, String)> {
    let id = &command.candidate;
    let candidate = design
        .candidate(id)
        .ok_or_else(|| (exit::INVALID, check::no_such_candidate(id, design)))?;
    if let Topology::Srm(_) = candidate.topology {
        return one_phase(command, cycle, candidate, |request| {
            physics.look(library, design, candidate, request)
        });
    }
    joined(command)?;
    let layout = candidate
        .layout()
        .map_err(|error| (exit::INVALID, format!("{}: {error}", candidate.id)))?;
    let (id_a, iq_a) = (command.id_a, command.iq_a);
    let harmonics = usize::from(command.harmonics);
    let view = match cycle {
        Some(cycle) => Some(View::Journey { cycle }),
        None => command.look.view((id_a, iq_a), harmonics),
    };
    let looked = view.is_some();
    let pathway = pathway(command, candidate)?;
    let hottest = design.application.environment.magnet_temperature_hot;
    let temperature = pathway.map(|_| command.magnet_temperature_c.unwrap_or(hottest));
    let resolution = command.resolution.resolution();
    let failed = |reason| (exit::COULD_NOT_JUDGE, reason);
    let mut sheet = if let Some(view) = view {
        let request = LookRequest {
            pathway: pathway.map(Pathway::name),
            magnet_temperature_c: temperature,
            resolution,
            view,
        };
        physics
            .look(library, design, candidate, &request)
            .map_err(failed)?
    } else {
        let request = PointRequest {
            pathway: pathway.map(Pathway::name),
            id_a: id_a.unwrap_or_default(),
            iq_a: iq_a.unwrap_or_default(),
            speed_rad_per_s: command.speed_rpm.map(|speed| speed * rpm::SCALE),
            magnet_temperature_c: temperature,
            resolution,
        };
        let facts = physics
            .solve(library, design, candidate, &request)
            .map_err(failed)?;
        Sheet {
            facts,
            tables: vec![],
        }
    };
    let asked = [
        ("candidate", json!(candidate.id)),
        ("topology", json!(candidate.topology.name())),
        ("pathway", json!(pathway.map_or("none", Pathway::name))),
        ("resolution", json!(resolution.name())),
        ("id_a", json!(id_a)),
        ("iq_a", json!(iq_a)),
        ("speed_rpm", json!(command.speed_rpm)),
        ("magnet_temperature_c", json!(temperature)),
    ];
    let stated = asked.into_iter().filter(|(_, value)| !value.is_null());
    sheet.facts.splice(0..0, stated);
    let winding = || winding::object(&layout, harmonics);
    Ok(match (command.format, looked) {
        (Format::Human, false) => (sheet.human() + &winding::text(&winding())).into_bytes(),
        (Format::Human, true) => sheet.human().into_bytes(),
        (Format::Json, false) => {
            let mut point = sheet.object();
            point.insert("winding".to_owned(), Value::Object(winding()));
            format!("{:#}\n", Value::Object(point)).into_bytes()
        }
        (Format::Json, true) => sheet.json().into_bytes(),
        (Format::Csv, _) => sheet
            .csv()
            .map_err(|error| (exit::INVALID, error.to_string()))?,
    })
}

/// Refuses what only a machine has whose phases are fed one by one, and a point without its currents.
fn joined(command: &Solve) -> Result<(), (u8, String)> {
    let range = command.look.asks_for_one_phase();
    let flag = range
        .then_some("--current-a-range")
        .or(command.phase.asked());
    if let Some(flag) = flag {
        let message = format!("{flag}: the phases of this machine are joined");
        return Err((exit::INVALID, message));
    }
    let axes = command.id_a.is_some() && command.iq_a.is_some();
    if !axes && !command.look.chooses_currents() {
        let message = "--id-a and --iq-a: both currents of the point are needed".to_owned();
        return Err((exit::USAGE, message));
    }
    Ok(())
}

/// What is asked of a switched reluctance machine.
fn one_phase(
    command: &Solve,
    cycle: Option<Cycle>,
    candidate: &Candidate,
    look: impl Fn(&LookRequest) -> Result<Sheet, String>,
) -> Result<Vec<u8>, (u8, String)> {
    let invalid = |reason: String| (exit::INVALID, format!("{}: {reason}", candidate.id));
    if command.id_a.is_some() || command.iq_a.is_some() {
        return Err(invalid(
            "a switched reluctance machine has no d and q currents".to_owned(),
        ));
    }
    let view = match cycle {
        Some(cycle) => {
            let view = command.phase.alone(View::PhaseJourney { cycle });
            view.map_err(invalid)?
        }
        None => {
            let view = command.phase.view(&command.look, command.speed_rpm);
            view.map_err(invalid)?
        }
    };
    if command.pathway.is_some() || command.magnet_temperature_c.is_some() {
        return Err(invalid(
            "a machine without magnets has no magnet pathway".to_owned(),
        ));
    }
    let resolution = command.resolution.resolution();
    let request = LookRequest {
        pathway: None,
        magnet_temperature_c: None,
        resolution,
        view,
    };
    let mut sheet = look(&request).map_err(|reason| (exit::COULD_NOT_JUDGE, reason))?;
    let asked = [
        ("candidate", json!(candidate.id)),
        ("topology", json!(candidate.topology.name())),
        ("pathway", json!("none")),
        ("resolution", json!(resolution.name())),
    ];
    sheet.facts.splice(0..0, asked);
    match command.format {
        Format::Human => Ok(sheet.human().into_bytes()),
        Format::Json => Ok(sheet.json().into_bytes()),
        Format::Csv => sheet.csv().map_err(|error| invalid(error.to_string())),
    }
}

/// The pathway asked for, else the incumbent one if it is declared, else the other.
fn pathway(command: &Solve, candidate: &Candidate) -> Result<Option<Pathway>, (u8, String)> {
    let declared = &candidate.magnet_pathways;
    match (command.pathway, &declared.a, &declared.b) {
        (Some(Pathway::A), None, _) | (Some(Pathway::B), _, None) => {
            let message = format!("{}: this pathway is not declared", candidate.id);
            Err((exit::INVALID, message))
        }
        (Some(asked), ..) => Ok(Some(asked)),
        (None, Some(_), _) => Ok(Some(Pathway::A)),
        (None, None, Some(_)) => Ok(Some(Pathway::B)),
        (None, None, None) => Ok(None),
    }
}
