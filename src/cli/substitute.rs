//! `dualcert substitute`: magnets of the catalogue for the same laminations.

use super::format::Format;
use super::physics::Physics;
use super::{Streams, check, exit, input, materials, output, standards};
use crate::date::Date;
use crate::design::{Candidate, Design};
use crate::report;
use crate::substitute::{Outcome, Question};
use crate::verdict::DecisionRule;
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Arguments of `substitute`.
#[derive(Debug, Args)]
pub(super) struct Substitute {
    /// Design file, or - for standard input
    file: PathBuf,
    /// Candidate whose magnets are replaced; the first of the file by default
    #[arg(long, value_name = "ID")]
    candidate: Option<String>,
    /// What stays as it is
    #[arg(long, value_enum, default_value = "laminations")]
    keep: Keep,
    /// Try only this grade on pathway A; may be repeated
    #[arg(long, value_name = "GRADE")]
    grade_a: Vec<String>,
    /// Try only this grade on pathway B; may be repeated
    #[arg(long, value_name = "GRADE")]
    grade_b: Vec<String>,
    /// Take rules on supply as they stand on this day; by default the day in the design, else the day on
    /// which its standards were issued
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Add the materials of this file to the built-in ones
    #[arg(long, value_name = "FILE")]
    materials: Option<PathBuf>,
    /// Use the standards of this folder instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    standards: Option<PathBuf>,
    /// Form of the report
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Write the report to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the pairs that were found as the candidates of a design that `check` reads
    #[arg(long, value_name = "FILE")]
    design: Option<PathBuf>,
}

/// What a substitution keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keep {
    /// Laminations, winding and cooling; the magnets change
    Laminations,
}

pub(super) fn run(command: &Substitute, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8 {
    match found(command, streams, physics) {
        Ok((text, designs, code)) => {
            let code = match (&command.design, designs) {
                (Some(target), Some(design)) => {
                    output::write(design.as_bytes(), Some(target), streams, code)
                }
                _ => code,
            };
            output::write(text.as_bytes(), command.output.as_deref(), streams, code)
        }
        Err((code, message)) => {
            streams.say(message);
            code
        }
    }
}

type Refusal = (u8, String);

/// Report, design of the pairs, and exit code.
fn found(
    command: &Substitute,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
) -> Result<(String, Option<String>, u8), Refusal> {
    let Keep::Laminations = command.keep;
    for target in command.output.iter().chain(&command.design) {
        output::probe(target, std::slice::from_ref(&command.file))
            .map_err(|refusal| (exit::USAGE, refusal))?;
    }
    let standards = standards::open(command.standards.as_deref())
        .map_err(|faults| (exit::BAD_STANDARD, faults))?;
    let library = materials::open(command.materials.as_deref(), streams.stdin.as_mut())?;
    let (_, mut design) = check::load(&command.file, &library, streams.stdin.as_mut())
        .map_err(|refused| (exit::INVALID, input::told(&refused.findings)))?;
    check::date(command.as_of, &standards, &mut design);
    let candidate = chosen(command, &design)?;
    for grade in command.grade_a.iter().chain(&command.grade_b) {
        library
            .magnet(grade)
            .map_err(|unknown| (exit::USAGE, format!("error: {unknown}")))?;
    }
    let sector = &design.application.sector;
    let programme = standards.programme(sector).ok_or_else(|| {
        let told = format!("error: no standard for sector `{sector}`; give --standards");
        (exit::COULD_NOT_JUDGE, told)
    })?;
    let as_of = design.as_of.as_deref();
    let outcome = physics
        .substitute(&Question {
            design: &design,
            candidate,
            library: &library,
            programme,
            rule: DecisionRule::GuardBanded,
            as_of: design.day(),
            grades: [&command.grade_a, &command.grade_b],
        })
        .map_err(|reason| {
            (
                exit::COULD_NOT_JUDGE,
                format!("error: {}: {reason}", candidate.id),
            )
        })?;
    let file = input::name_of(&command.file);
    let failed = |error: serde_json::Error| {
        (
            exit::INVALID,
            format!("error: cannot write the report: {error}"),
        )
    };
    let text = match command.format {
        Format::Human => report::substitution(&file, &candidate.id, as_of, &outcome),
        Format::Json => {
            report::substitution_json(&file, &candidate.id, as_of, &outcome).map_err(failed)?
        }
    };
    let written = command
        .design
        .as_ref()
        .map(|_| pairs_as_design(&design, &outcome));
    let code = if outcome.pairs.is_empty() {
        exit::DOES_NOT
    } else {
        exit::MEETS_BOTH
    };
    Ok((text, written.transpose().map_err(failed)?.flatten(), code))
}

fn chosen<'d>(command: &Substitute, design: &'d Design) -> Result<&'d Candidate, Refusal> {
    let Some(id) = &command.candidate else {
        // The format asks for one candidate at least.
        return design.candidates.first().ok_or_else(|| {
            let told = "error: the design has no candidate".to_owned();
            (exit::INVALID, told)
        });
    };
    design.candidate(id).ok_or_else(|| {
        let told = format!("error: {}", check::no_such_candidate(id, design));
        (exit::INVALID, told)
    })
}

/// The pairs as candidates of one design, each under a name of its own; none without a pair.
fn pairs_as_design(
    design: &Design,
    outcome: &Outcome,
) -> Result<Option<String>, serde_json::Error> {
    if outcome.pairs.is_empty() {
        return Ok(None);
    }
    let mut names = BTreeSet::new();
    let candidates = outcome.pairs.iter().map(|found| {
        let mut candidate = found.candidate.clone();
        let mut number = 1;
        while !names.insert(candidate.id.clone()) {
            number += 1;
            let end = format!(".{number}");
            let mut stem = found.candidate.id.clone();
            stem.truncate(64 - end.len());
            candidate.id = stem + &end;
        }
        candidate
    });
    let written = Design {
        candidates: candidates.collect(),
        // What was built is not among the pairs.
        fleet: None,
        ..design.clone()
    };
    Ok(Some(serde_json::to_string_pretty(&written)? + "\n"))
}
