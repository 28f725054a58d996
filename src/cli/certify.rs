//! `dualcert certify`: a signed certificate of a candidate that meets both.

use super::check::{Judge, no_such_candidate, pinned_application};
use super::physics::{Evaluated, Physics};
use super::{Streams, check, exit, input, keys, markets, materials, output, standards};
use crate::certificate::{self, Allowance, Assessor, ChokePoint, Draft, PrivateKey};
use crate::date::Date;
use crate::design::{Candidate, Design};
use crate::evaluate::Level;
use crate::material::Library;
use crate::source::Document;
use crate::standard::Programme;
use crate::verdict::{CandidateVerdict, ClauseStatus, DecisionRule, Judgement, Status};
use crate::{report, standard};
use clap::Args;
use std::fmt::Write;
use std::path::PathBuf;

/// Arguments of `certify`.
#[derive(Debug, Args)]
pub(super) struct Certify {
    /// Design file
    file: PathBuf,
    /// Candidate of the file
    #[arg(long, value_name = "ID")]
    candidate: String,
    /// Private key to sign with; may be repeated
    #[arg(long, value_name = "FILE", required = true)]
    key: Vec<PathBuf>,
    /// Day of issue, YYYY-MM-DD; without it the day of SOURCE_DATE_EPOCH, never that of the clock
    #[arg(long, value_name = "DAY")]
    issued_at: Option<Date>,
    /// Day at which supply rules are judged, YYYY-MM-DD; without it that of the design, else the issue of its standards
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Last day on which it holds, YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    not_after: Option<Date>,
    /// Name of the issuer; the id of the first key if left out
    #[arg(long, value_name = "NAME")]
    issuer: Option<String>,
    /// In whose place the issuer stands; any but self needs a key that --trust gives that role
    #[arg(long, value_enum, default_value = "self")]
    assessor: Assessor,
    /// Trust file that gives the key its role
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// Allow what a certificate may not have by itself; printed in its title
    #[arg(long, value_enum, value_name = "WHAT")]
    allow: Vec<Allowance>,
    /// State what this market asks for beside the programme, what of it the programme covers and what stays open;
    /// refused where a blocking clause of it is not met; may be repeated
    #[arg(long, value_name = "NAME")]
    market: Vec<String>,
    /// Judge against the application block of this file instead of the design's own
    #[arg(long, value_name = "FILE")]
    application: Option<PathBuf>,
    /// Add the materials of this file to the built-in ones
    #[arg(long, value_name = "FILE")]
    materials: Option<PathBuf>,
    /// Use the standards of this folder instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    standards: Option<PathBuf>,
    /// Write the certificate to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

type Stop = (u8, String);

pub(super) fn run(command: &Certify, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8 {
    let made = usage(command).and_then(|()| certify(command, streams, physics));
    output::end(made, command.output.as_deref(), streams)
}

/// What clap cannot see, before anything is solved: two uses of standard input, an output that cannot
/// be written or that would overwrite what is read.
fn usage(command: &Certify) -> Result<(), Stop> {
    let mut inputs = vec![command.file.clone()];
    inputs.extend(command.application.clone());
    inputs.extend(command.materials.clone());
    let wrong = |message| (exit::USAGE, message);
    input::once(&inputs).map_err(wrong)?;
    inputs.extend(command.key.iter().chain(&command.trust).cloned());
    let target = command.output.as_deref();
    target.map_or(Ok(()), |target| {
        output::probe(target, &inputs).map_err(wrong)
    })
}

fn certify(
    command: &Certify,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
) -> Result<String, Stop> {
    let issued_at = command.issued_at.map_or_else(source_date, Ok)?;
    let keys = signing_keys(command)?;
    let invalid = |message| (exit::INVALID, message);
    let standards =
        standards::open(command.standards.as_deref()).map_err(|m| (exit::BAD_STANDARD, m))?;
    markets::known(&command.market, &standards).map_err(|told| (exit::USAGE, told))?;
    let stdin = streams.stdin.as_mut();
    let added = materials::read(command.materials.as_deref(), stdin)?;
    let library = materials::with(command.materials.as_deref(), added.as_deref())?;
    let pinned = pinned_application(command.application.as_deref(), stdin)?;
    let (document, mut design) = check::load(&command.file, &library, stdin)
        .map_err(|refused| invalid(input::told(&refused.findings)))?;
    if let Some(application) = pinned {
        design.application = application;
    }
    check::date(command.as_of, &standards, &mut design);
    let candidate = design.candidate(&command.candidate).ok_or_else(|| {
        let told = no_such_candidate(&command.candidate, &design);
        invalid(format!("error: {told}"))
    })?;
    let judge = Judge {
        standards,
        rule: DecisionRule::GuardBanded,
    };
    let facts = facts(&judge, physics, &library, &design, candidate)?;
    let programme = judge.standards.programme(&design.application.sector);
    let programme = programme.ok_or_else(|| invalid("refused: no standard".to_owned()))?;
    let from = command.application.as_deref().map(input::name_of);
    let draft = Draft {
        application_from: from.as_deref(),
        materials: added.as_deref(),
        markets: command
            .market
            .iter()
            .filter_map(|name| judge.standards.market(name))
            .collect(),
        ..draft(
            command, &document, &design, candidate, facts, issued_at, &keys,
        )
    };
    sealed(draft, programme, &keys)
}

/// The facts about a candidate that meets both.
fn facts(
    judge: &Judge,
    physics: &dyn Physics,
    library: &Library,
    design: &Design,
    candidate: &Candidate,
) -> Result<Evaluated, Stop> {
    let refused = |reason: String| (exit::COULD_NOT_JUDGE, format!("refused: {reason}"));
    let evaluated = physics.evaluate(library, design, candidate, Level::Verdict);
    let (verdict, unjudged) = judge.verdict(&design.application.sector, candidate, &evaluated);
    if let Some(reason) = unjudged {
        return Err(refused(reason));
    }
    meets_both(&verdict)?;
    evaluated.map_err(refused)
}

fn draft<'d>(
    command: &Certify,
    document: &'d Document,
    design: &'d Design,
    candidate: &'d Candidate,
    facts: Evaluated,
    issued_at: Date,
    keys: &[PrivateKey],
) -> Draft<'d> {
    let file = document.name();
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let issuer = command.issuer.clone();
    let by_key = || keys.first().map(|key| key.public().id());
    Draft {
        file: (file, document.text().as_bytes()),
        design,
        candidate,
        application_from: None,
        materials: None,
        records: facts
            .records
            .into_iter()
            .map(|judged| (judged.pathway, judged.record))
            .collect(),
        choke_points: facts.choke_points.into_iter().map(choke_point).collect(),
        issuer: issuer.or_else(by_key).unwrap_or_default(),
        assessor: command.assessor,
        issued_at,
        not_after: command.not_after,
        allowed: command.allow.clone(),
        markets: Vec::new(),
    }
}

fn sealed(draft: Draft<'_>, programme: &Programme, keys: &[PrivateKey]) -> Result<String, Stop> {
    let (envelope, _) = certificate::issue(draft, programme, keys).map_err(|refusals| {
        let lines: Vec<String> = refusals.iter().map(|r| format!("refused: {r}")).collect();
        (exit::DOES_NOT, lines.join("\n"))
    })?;
    output::json(&envelope)
}

/// The keys, each with the role that is claimed.
fn signing_keys(command: &Certify) -> Result<Vec<PrivateKey>, Stop> {
    let mut keys: Vec<PrivateKey> = Vec::new();
    for file in &command.key {
        let key = keys::private(file)?;
        if keys.iter().any(|known| known.public() == key.public()) {
            let message = format!("error: {} is given twice", file.display());
            return Err((exit::USAGE, message));
        }
        keys.push(key);
    }
    if command.assessor == Assessor::Own {
        return Ok(keys);
    }
    let role = command.assessor.role();
    let trust = match &command.trust {
        Some(file) => keys::trust(file)?,
        None => {
            let message = format!("refused: to sign as {role}, name the trust file that allows it");
            return Err((exit::DOES_NOT, message));
        }
    };
    let may = |key: &PrivateKey| {
        trust
            .key(&key.public().id())
            .is_some_and(|known| known.may(role))
    };
    if keys.iter().all(may) {
        Ok(keys)
    } else {
        let message = format!("refused: the trust file does not let every key sign as {role}");
        Err((exit::DOES_NOT, message))
    }
}

/// The day of `SOURCE_DATE_EPOCH` (reproducible-builds.org).
fn source_date() -> Result<Date, Stop> {
    let usage = |message: &str| (exit::USAGE, message.to_owned());
    let stated = std::env::var("SOURCE_DATE_EPOCH").map_err(|_| {
        usage("error: state the day of issue, with --issued-at or SOURCE_DATE_EPOCH; the clock is not asked")
    })?;
    let seconds = stated.parse().ok();
    seconds
        .and_then(Date::of_unix)
        .ok_or_else(|| usage("error: SOURCE_DATE_EPOCH is not a number of seconds since 1970"))
}

/// Why a candidate that does not meet both gets none, standard by standard.
fn meets_both(verdict: &CandidateVerdict) -> Result<(), Stop> {
    if verdict.meets_both == Some(true) {
        return Ok(());
    }
    let mut text = String::from("refused: only a candidate that meets both gets a certificate");
    for judgement in &verdict.judgements {
        if judgement.verdict != Status::Met {
            let _ = write!(text, "\nrefused: {}", against(judgement));
        }
    }
    Err((exit::of_candidate(verdict.meets_both), text))
}

/// A standard that is not met, with the clauses that block.
fn against(judgement: &Judgement) -> String {
    let name = format!(
        "{} {}",
        judgement.standard.series, judgement.standard.version
    );
    if let Some(reason) = &judgement.reason {
        return format!("{name}: {reason}");
    }
    let met = [ClauseStatus::Met, ClauseStatus::NotApplicable];
    let blocking = judgement
        .clauses
        .iter()
        .filter(|clause| clause.level == standard::Level::Shall && !met.contains(&clause.verdict));
    let clauses: Vec<String> = blocking
        .map(|clause| {
            let verdict = clause.verdict.words();
            format!("{} {} ({verdict})", clause.id, clause.title)
        })
        .collect();
    format!("{name}: {}", clauses.join(", "))
}

/// A choke point as certificates state it.
pub(super) fn choke_point(point: report::ChokePoint) -> ChokePoint {
    ChokePoint {
        kind: point.kind.to_owned(),
        mechanism: point.mechanism,
        location: point.location,
        pathway: point.pathway.to_owned(),
        value: point.value,
        limit: point.limit,
        unit: point.unit,
        margin_ratio: point.margin_ratio,
    }
}
