//! The command line: one file a subcommand, and the only place that reads files, clocks or terminals.

mod certify;
mod check;
mod completions;
mod config;
mod countersign;
pub mod exit;
mod explain;
mod folder;
mod format;
mod init;
mod input;
mod keygen;
mod keys;
mod look;
mod markets;
mod material;
mod materials;
mod migrate;
mod output;
mod phase;
pub mod physics;
mod progress;
mod scenarios;
mod schema;
mod sheets;
mod solve;
mod standard;
mod standards;
mod status;
mod substitute;
mod verify;
mod winding;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use physics::Physics;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};

/// Judges one electric motor design against two versioned standards, an incumbent and an alternative
/// supply path.
#[derive(Debug, Parser)]
#[command(name = "dualcert", version, max_term_width = 100)]
#[command(after_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge every candidate of design files against both standards
    Check(check::Check),
    /// Solve one operating point of one candidate, or look at its field or flux map
    Solve(Box<solve::Solve>),
    /// Sign a certificate of a candidate that meets both
    Certify(Box<certify::Certify>),
    /// Check a certificate: signature and digests, verdicts, records, term and status
    Verify(Box<verify::Verify>),
    /// Check a certificate and add a signature to it
    Countersign(Box<countersign::Countersign>),
    /// Lift a design, record, certificate or report to the current version of its form
    Migrate(migrate::Migrate),
    /// Keep and show the list of certificates that no longer hold
    Status(status::Status),
    /// Make a key
    Keygen(keygen::Keygen),
    /// Find magnets of the catalogue that make both pathways meet their standards in the same laminations
    Substitute(substitute::Substitute),
    /// Write a commented design to begin with
    Init(init::Init),
    /// Check, list, show and compare standards
    Standard(standard::StandardCommand),
    /// Explain a clause: reason, source, history, and how it decides on a design
    Explain(explain::Explain),
    /// List and show magnets, steels, conductors and sleeve materials
    Material(material::Material),
    /// Print completions for a shell, or the manual page
    Completions(completions::Completions),
    /// Print a JSON Schema of this program's files
    Schema(schema::Print),
}

/// Where a run reads and writes.
pub struct Streams<'s> {
    /// What `-` names.
    pub stdin: Box<dyn Read + 's>,
    /// Reports.
    pub stdout: Box<dyn Write + 's>,
    /// Diagnostics.
    pub stderr: Box<dyn Write + 's>,
    /// Width of the terminal that `stdout` is, if it is one.
    pub width: Option<u16>,
    /// Whether progress may be shown.
    pub progress: bool,
}

impl Streams<'_> {
    /// Those of the process.
    pub fn of_process() -> Streams<'static> {
        Streams {
            stdin: Box::new(io::stdin()),
            stdout: Box::new(io::stdout()),
            stderr: Box::new(io::stderr()),
            width: comfy_table::Table::new().width(),
            progress: io::stderr().is_terminal(),
        }
    }

    /// Says something on standard error. A reader that has gone is no reason to stop.
    fn say(&mut self, text: impl std::fmt::Display) {
        let _ = writeln!(self.stderr, "{text}");
    }
}

/// Runs one command line, program name first, and gives the exit code of [`exit`].
pub fn run<I>(arguments: I, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8
where
    I: IntoIterator<Item = OsString>,
{
    let mut words: Vec<OsString> = arguments.into_iter().collect();
    let all = Arguments::command();
    let check = all.find_subcommand("check").unwrap_or(&all);
    let folder = std::env::current_dir().ok();
    let config = match config::extend(&mut words, folder.as_deref(), check) {
        Ok(config) => config,
        Err(message) => {
            streams.say(message);
            return exit::USAGE;
        }
    };
    let matches = match all.clone().try_get_matches_from(words) {
        Ok(matches) => matches,
        Err(refusal) => return usage(&refusal, &config, streams),
    };
    if let Some(("check", given)) = matches.subcommand()
        && given.get_flag("print_config")
    {
        let text = config.print(check, given);
        return output::write(text.as_bytes(), None, streams, exit::MEETS_BOTH);
    }
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(refusal) => return usage(&refusal, &config, streams),
    };
    match arguments.command {
        Command::Check(command) => check::run(&command, streams, physics),
        Command::Solve(command) => solve::run(&command, streams, physics),
        Command::Certify(command) => certify::run(&command, streams, physics),
        Command::Verify(command) => verify::run(&command, streams, physics),
        Command::Countersign(command) => countersign::run(&command, streams, physics),
        Command::Migrate(command) => migrate::run(&command, streams),
        Command::Status(command) => status::run(&command, streams),
        Command::Keygen(command) => keygen::run(&command, streams),
        Command::Substitute(command) => substitute::run(&command, streams, physics),
        Command::Init(command) => init::run(&command, streams),
        Command::Standard(command) => standard::run(&command, streams),
        Command::Explain(command) => explain::run(&command, streams, physics),
        Command::Material(command) => material::run(&command, streams),
        Command::Completions(command) => completions::run(&command, Arguments::command(), streams),
        Command::Schema(command) => schema::run(&command, streams),
    }
}

/// A finite number; `f64` by itself also reads `nan` and `inf`.
fn finite(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err("expected a finite number".to_owned()),
    }
}

/// Help and version go to standard output and succeed; everything else is wrong usage.
fn usage(refusal: &clap::Error, config: &config::Config, streams: &mut Streams<'_>) -> u8 {
    let text = refusal.render();
    if refusal.use_stderr() {
        let _ = write!(streams.stderr, "{text}");
        if let Some(origin) = config.origin() {
            streams.say(origin);
        }
        exit::USAGE
    } else {
        let _ = write!(streams.stdout, "{text}");
        exit::MEETS_BOTH
    }
}

#[cfg(test)]
mod tests;
