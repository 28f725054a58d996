//! `dualcert verify`: whether a certificate holds, level by level.

use super::certify::findings;
use super::check::{self, Judge};
use super::physics::Physics;
use super::{Streams, exit, input, keys, materials, output, standards};
use crate::certificate::{self, Entry, Fault, Opened, State, StatusList, Term, Trust};
use crate::date::Date;
use crate::design::Design;
use crate::standard::Standards;
use crate::verdict::DecisionRule;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Certificate
    certificate: PathBuf,
    #[command(flatten)]
    trusted: keys::Trusted,
    /// Design file, to compute the records again
    #[arg(long, value_name = "FILE")]
    design: Option<PathBuf>,
    /// The materials that were added when it was made
    #[arg(long, value_name = "FILE", requires = "design")]
    materials: Option<PathBuf>,
    /// Use the standards of this folder instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    standards: Option<PathBuf>,
    /// Status list to look it up in
    #[arg(long, value_name = "FILE")]
    status: Option<PathBuf>,
    /// Day at which it must hold, YYYY-MM-DD; today if left out
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON document
    Json,
}

/// The answer in one word; each is another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Valid,
    NotGenuine,
    VerdictDiffers,
    DesignDiffers,
    RecordDiffers,
    StatusListNotGenuine,
    Withdrawn,
    Superseded,
    Suspended,
    NotYetValid,
    Expired,
    CouldNotCheck,
}

/// One level of checking.
#[derive(Debug, Serialize)]
struct Level {
    level: u8,
    name: &'static str,
    /// Null when it was not asked for or not reached.
    holds: Option<bool>,
    message: String,
}

#[derive(Debug, Serialize)]
struct Answer {
    certificate: Option<String>,
    outcome: Outcome,
    as_of: Date,
    title: Option<String>,
    issuer: Option<String>,
    signers: Vec<String>,
    solver_version: Option<String>,
    levels: Vec<Level>,
    status: Option<Entry>,
}

pub(super) fn run(command: &Verify, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8 {
    match answer(command, streams, physics) {
        Ok(answer) => {
            let code = code(answer.outcome);
            match command.format {
                Format::Human => output::write(human(&answer).as_bytes(), None, streams, code),
                Format::Json => match serde_json::to_string_pretty(&answer) {
                    Ok(text) => output::write((text + "\n").as_bytes(), None, streams, code),
                    Err(error) => {
                        streams.say(format_args!("error: cannot write the answer: {error}"));
                        exit::INVALID
                    }
                },
            }
        }
        Err((code, message)) => {
            streams.say(message);
            code
        }
    }
}

fn code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Valid => exit::MEETS_BOTH,
        Outcome::CouldNotCheck => exit::COULD_NOT_JUDGE,
        _ => exit::DOES_NOT,
    }
}

/// The bytes of a file, no more than a document may have.
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>, (u8, String)> {
    let mut bytes = Vec::new();
    let bound = crate::source::MAXIMUM_BYTES as u64 + 1;
    File::open(file)
        .and_then(|open| open.take(bound).read_to_end(&mut bytes))
        .map_err(|error| (exit::INVALID, format!("error: {}: {error}", file.display())))?;
    Ok(bytes)
}

/// The day of the clock. Only verifying asks it; what is written never does.
pub(super) fn today() -> Result<Date, (u8, String)> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let day = since.ok().and_then(|since| Date::of_unix(since.as_secs()));
    day.ok_or_else(|| {
        (
            exit::USAGE,
            "error: the clock is wrong; use --as-of".to_owned(),
        )
    })
}

fn answer(
    command: &Verify,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
) -> Result<Answer, (u8, String)> {
    let as_of = command.as_of.map_or_else(today, Ok)?;
    let trust = command.trusted.open()?;
    let standards =
        standards::open(command.standards.as_deref()).map_err(|m| (exit::BAD_STANDARD, m))?;
    let file = bytes(&command.certificate)?;
    let mut answer = Answer {
        certificate: None,
        outcome: Outcome::NotGenuine,
        as_of,
        title: None,
        issuer: None,
        signers: Vec::new(),
        solver_version: None,
        levels: Vec::new(),
        status: None,
    };
    let name = input::name_of(&command.certificate);
    let opened = match certificate::open(&name, &file, &trust) {
        Ok(opened) => opened,
        Err(fault) => {
            answer.say(1, Some(false), fault.to_string());
            return Ok(answer);
        }
    };
    let predicate = opened.predicate();
    answer.certificate = Some(predicate.id.clone());
    answer.title = Some(predicate.title.clone());
    answer.issuer = Some(predicate.issuer.clone());
    answer.signers = opened.signers().to_vec();
    answer.solver_version = Some(predicate.solver.version.clone());
    let signers = opened.signers().join(", ");
    answer.say(
        1,
        Some(true),
        format!("signed by {signers}; every digest holds"),
    );
    let outcome = levels(command, streams, physics, &opened, standards, &mut answer)?;
    answer.outcome = match outcome {
        Outcome::Valid => standing(command, &opened, &trust, &mut answer)?,
        other => other,
    };
    Ok(answer)
}

impl Answer {
    fn say(&mut self, level: u8, holds: Option<bool>, message: String) {
        let name = match level {
            1 => "signature and digests",
            2 => "verdicts",
            _ => "records",
        };
        self.levels.push(Level {
            level,
            name,
            holds,
            message,
        });
    }
}

/// Levels 2 and 3.
fn levels(
    command: &Verify,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
    opened: &Opened,
    standards: Standards,
    answer: &mut Answer,
) -> Result<Outcome, (u8, String)> {
    match certificate::rejudge(opened, &standards) {
        Ok(clauses) => {
            answer.say(
                2,
                Some(true),
                format!("{clauses} clauses judged again, none differs"),
            );
        }
        Err(fault) => {
            let open = fault.is_open();
            answer.say(2, if open { None } else { Some(false) }, fault.to_string());
            return Ok(match fault {
                Fault::NoStandards { .. } | Fault::OtherStandard { .. } => Outcome::CouldNotCheck,
                _ => Outcome::VerdictDiffers,
            });
        }
    }
    let Some(design) = &command.design else {
        answer.say(
            3,
            None,
            "not asked for; --design computes them again".to_owned(),
        );
        return Ok(Outcome::Valid);
    };
    let (outcome, message) = recompute(command, design, streams, physics, opened, standards)?;
    let holds = match outcome {
        Outcome::Valid => Some(true),
        Outcome::CouldNotCheck => None,
        _ => Some(false),
    };
    answer.say(3, holds, message);
    Ok(outcome)
}

/// Level 3: the records computed again from the design.
fn recompute(
    command: &Verify,
    file: &Path,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
    opened: &Opened,
    standards: Standards,
) -> Result<(Outcome, String), (u8, String)> {
    let predicate = opened.predicate();
    let differs = |what: String| Ok((Outcome::DesignDiffers, what));
    let given = command.materials.as_deref().map(bytes).transpose()?;
    let given = given.map(|bytes| certificate::sha256(&bytes));
    match (opened.digest_of("materials"), given.as_deref()) {
        (Some(_), None) => {
            let message = "it was made with added materials; name them with --materials";
            return Ok((Outcome::CouldNotCheck, message.to_owned()));
        }
        (stated, given) if stated != given => {
            return differs("the materials are not those of the certificate".to_owned());
        }
        _ => {}
    }
    let stdin = streams.stdin.as_mut();
    let library =
        materials::open(command.materials.as_deref(), stdin).map_err(|m| (exit::INVALID, m))?;
    let stored = bytes(file)?;
    if opened.digest_of(&predicate.design.file) != Some(&certificate::sha256(&stored)) {
        return differs(format!(
            "{} is not the file that was certified",
            file.display()
        ));
    }
    let (_, design) = check::load(file, &library, streams.stdin.as_mut())
        .map_err(|refused| (exit::INVALID, findings(&refused)))?;
    if predicate.application_from.is_none() && design.application != predicate.application {
        return differs("the application is not that of the design".to_owned());
    }
    let design = Design {
        application: predicate.application.clone(),
        as_of: predicate.as_of.clone(),
        ..design
    };
    let Some(candidate) = design.candidate(&predicate.design.candidate) else {
        return differs("the design has no such candidate".to_owned());
    };
    let evaluated = physics.evaluate(&library, &design, candidate);
    let judge = Judge {
        standards,
        rule: DecisionRule::GuardBanded,
    };
    let (verdict, _) = judge.verdict(&design.application.sector, candidate, &evaluated);
    let facts = match evaluated {
        Ok(facts) => facts,
        Err(reason) => return Ok((Outcome::CouldNotCheck, reason)),
    };
    let mut compared = 0;
    if facts.records.len() != predicate.records.len() {
        return Ok((Outcome::RecordDiffers, "there are other records".to_owned()));
    }
    for (stored, computed) in predicate.records.iter().zip(&facts.records) {
        let found = certificate::differences(&stored.record, &computed.record);
        if let Some(first) = found.first() {
            let others = found.len() - 1;
            let message = format!("record {}: {first}, and {others} more", stored.pathway);
            return Ok((Outcome::RecordDiffers, message));
        }
        compared += stored.record.as_object().map_or(0, serde_json::Map::len);
    }
    if verdict.meets_both != Some(true) {
        let message = "computed again, the candidate does not meet both".to_owned();
        return Ok((Outcome::VerdictDiffers, message));
    }
    let message = format!("{compared} fields computed again, within the stated tolerance");
    Ok((Outcome::Valid, message))
}

/// Term and status list.
fn standing(
    command: &Verify,
    opened: &Opened,
    trust: &Trust,
    answer: &mut Answer,
) -> Result<Outcome, (u8, String)> {
    let day = answer.as_of;
    if let Some(file) = &command.status {
        let list = match StatusList::read(&input::name_of(file), &bytes(file)?, trust) {
            Ok(list) => list,
            Err(fault) => {
                answer.levels.push(Level {
                    level: 1,
                    name: "status list",
                    holds: Some(false),
                    message: fault.to_string(),
                });
                return Ok(Outcome::StatusListNotGenuine);
            }
        };
        answer.status = list.state_of(&opened.predicate().id, day).cloned();
    }
    let state = answer.status.as_ref().map(|entry| entry.state);
    Ok(match (state, opened.term(day)) {
        (Some(State::Withdrawn), _) => Outcome::Withdrawn,
        (Some(State::Superseded), _) => Outcome::Superseded,
        (Some(State::Suspended), _) => Outcome::Suspended,
        (_, Term::Early) => Outcome::NotYetValid,
        (_, Term::Late) => Outcome::Expired,
        (_, Term::Within) => Outcome::Valid,
    })
}

fn human(answer: &Answer) -> String {
    let id = answer.certificate.as_deref().unwrap_or("certificate");
    let words = match answer.outcome {
        Outcome::Valid => "valid",
        Outcome::NotGenuine => "not genuine",
        Outcome::VerdictDiffers => "the verdict differs",
        Outcome::DesignDiffers => "the design differs",
        Outcome::RecordDiffers => "a record differs",
        Outcome::StatusListNotGenuine => "the status list is not genuine",
        Outcome::Withdrawn => "withdrawn",
        Outcome::Superseded => "superseded",
        Outcome::Suspended => "suspended",
        Outcome::NotYetValid => "not yet valid",
        Outcome::Expired => "expired",
        Outcome::CouldNotCheck => "could not be checked",
    };
    let mut text = format!("{id}: {words}, as of {}\n", answer.as_of);
    if let Some(title) = &answer.title {
        let _ = writeln!(text, "  {title}");
    }
    if let (Some(issuer), Some(version)) = (&answer.issuer, &answer.solver_version) {
        let _ = writeln!(text, "  issued by {issuer}, computed by version {version}");
    }
    for level in &answer.levels {
        let holds = match level.holds {
            Some(true) => "holds",
            Some(false) => "does not hold",
            None => "open",
        };
        let Level {
            level,
            name,
            message,
            ..
        } = level;
        let _ = writeln!(text, "  level {level}, {name}: {holds}: {message}");
    }
    if let Some(entry) = &answer.status {
        let _ = write!(
            text,
            "  {} since {}: {}",
            entry.state, entry.since, entry.reason
        );
        if let Some(successor) = &entry.superseded_by {
            let _ = write!(text, "; {successor} stands in its place");
        }
        text.push('\n');
    }
    text
}
