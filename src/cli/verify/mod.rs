//! `dualcert verify`: whether a certificate holds, level by level.

mod again;
mod answer;
mod credential;

use super::check;
use super::format::Format;
use super::physics::Physics;
use super::{Streams, exit, input, keys, materials, output, standards};
use crate::certificate::{self, Fault, Opened, Parties, State, StatusList, Term, Trust};
use crate::date::Date;
use crate::design::Design;
use crate::evaluate::Level;
use crate::material::Library;
use crate::standard::Standards;
use answer::{Answer, Check, Differs, List};
pub(super) use answer::{Outcome, human};
use clap::Args;
use credential::Credential;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    checks: Checks,
    #[command(flatten)]
    credential: Credential,
    /// If the certificate holds, write what it knows for the label and the data carrier of magnets of Regulation (EU)
    /// 2024/1252, Article 28, to this file as well, with what it does not know
    #[arg(long, value_name = "FILE")]
    magnet_data: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// What a certificate is held against.
#[derive(Debug, Args)]
pub(super) struct Checks {
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
    /// Digest of a line that the status list must hold, as `verify` or `status show` once told it: a list that was cut
    /// back since is not genuine
    #[arg(long, value_name = "SHA256", requires = "status")]
    status_seen: Option<String>,
    /// Day at which it must hold, YYYY-MM-DD; today if left out
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
}

impl Checks {
    /// Every file that is read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.certificate)
            .chain(&self.design)
            .chain(&self.materials)
            .chain(&self.status)
    }
}

type Stop = (u8, String);

pub(super) fn run(command: &Verify, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8 {
    let made = prepared(command).and_then(|parties| {
        let mut exports = Vec::new();
        let answer = answer(
            &command.checks,
            streams,
            physics,
            Versions::Any,
            |name, bytes, trust| {
                let opened = certificate::open(name, bytes, trust)?;
                exports = exported(command, parties.as_ref(), &opened, bytes);
                Ok(opened)
            },
        )?;
        let text = match command.format {
            Format::Human => human(&answer),
            Format::Json => output::json(&answer)?,
        };
        Ok((text, exports, answer.outcome))
    });
    match made {
        Ok((text, exports, outcome)) => {
            let code = exports_written(command, exports, outcome, streams);
            output::write(text.as_bytes(), None, streams, code)
        }
        Err((code, message)) => {
            streams.say(message);
            code
        }
    }
}

/// The certificate in another form: what it is called, where it goes, and itself or why it cannot be.
type Export<'c> = (&'static str, &'c Path, Result<serde_json::Value, String>);

/// Every other form that is asked for.
fn exported<'c>(
    command: &'c Verify,
    parties: Option<&Parties>,
    opened: &Opened,
    bytes: &[u8],
) -> Vec<Export<'c>> {
    let digest = certificate::sha256(bytes);
    let credential = command.credential.credential.as_deref().zip(parties);
    let credential = credential.map(|(file, parties)| {
        let made = certificate::credential(opened, &digest, parties);
        ("credential", file, made)
    });
    let magnets = command.magnet_data.as_deref().map(|file| {
        let made = certificate::magnet_data(opened, &digest);
        ("magnet data", file, made.map_err(|error| error.to_string()))
    });
    credential.into_iter().chain(magnets).collect()
}

/// Writes them if the certificate holds: what does not hold is not written in any other form. Gives the exit code.
fn exports_written(
    command: &Verify,
    exports: Vec<Export<'_>>,
    outcome: Outcome,
    streams: &mut Streams<'_>,
) -> u8 {
    let asked = [
        ("credential", &command.credential.credential),
        ("magnet data", &command.magnet_data),
    ];
    let code = outcome.code();
    if outcome != Outcome::Valid {
        for (what, _) in asked.iter().filter(|(_, file)| file.is_some()) {
            let why = "since the certificate does not hold";
            streams.say(format!("no {what} is written, {why}"));
        }
        return code;
    }
    exports.into_iter().fold(code, |code, (what, file, made)| {
        let text = made.map_err(|told| format!("error: no {what} is written: {told}"));
        match text.and_then(|value| output::json(&value).map_err(|(_, told)| told)) {
            Ok(text) => output::write(text.as_bytes(), Some(file), streams, code),
            Err(told) => {
                streams.say(told);
                exit::INVALID
            }
        }
    })
}

/// The parties of a credential if one is wanted, and whether every file that is asked for can be written.
fn prepared(command: &Verify) -> Result<Option<Parties>, Stop> {
    let parties = command.credential.parties();
    let parties = parties.map_err(|told| (exit::USAGE, told))?;
    let inputs: Vec<PathBuf> = command.checks.inputs().cloned().collect();
    let mut targets: Vec<&Path> = Vec::new();
    for target in [&command.credential.credential, &command.magnet_data] {
        let Some(target) = target.as_deref() else {
            continue;
        };
        output::probe(target, &inputs).map_err(|told| (exit::USAGE, told))?;
        if targets
            .iter()
            .any(|known| output::settled(known) == output::settled(target))
        {
            let told = format!("error: {} would be written twice", target.display());
            return Err((exit::USAGE, told));
        }
        targets.push(target);
    }
    Ok(parties)
}

/// The day of the clock. Only verifying asks it; what is written never does.
pub(super) fn today() -> Result<Date, Stop> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let day = since.ok().and_then(|since| Date::of_unix(since.as_secs()));
    let wrong = || "error: the clock is wrong; use --as-of".to_owned();
    day.ok_or_else(|| (exit::USAGE, wrong()))
}

/// By which versions of standards a certificate may have been judged.
#[derive(Clone, Copy)]
pub(super) enum Versions {
    /// Those in force, for whoever signs today.
    InForce,
    /// Those replaced since too, for whoever looks back.
    Any,
}

/// Checks a certificate level by level; `open` is the first.
pub(super) fn answer(
    checks: &Checks,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
    versions: Versions,
    open: impl FnOnce(&str, &[u8], &Trust) -> Result<Opened, Fault>,
) -> Result<Answer, Stop> {
    let as_of = checks.as_of.map_or_else(today, Ok)?;
    input::once(checks.inputs()).map_err(|message| (exit::USAGE, message))?;
    let trust = checks.trusted.open()?;
    let folder = checks.standards.as_deref();
    let name = input::name_of(&checks.certificate);
    let mut answer = Answer::nothing(as_of);
    let file = match input::bytes(&checks.certificate, streams.stdin.as_mut()) {
        Ok(file) => file,
        Err(refusal) => {
            let told: Vec<&str> = refusal
                .findings
                .iter()
                .map(|one| one.found.as_str())
                .collect();
            let message = format!("{name}: {}", told.join("; "));
            answer.say(Check::Signature, Outcome::Unreadable, message);
            return Ok(answer);
        }
    };
    let opened = match open(&name, &file, &trust) {
        Ok(opened) => opened,
        Err(fault) => {
            answer.say(Check::Signature, Outcome::NotGenuine, fault.to_string());
            return Ok(answer);
        }
    };
    answer.open(&opened, &trust);
    let judging = match versions {
        Versions::InForce => standards::open(folder).map(|standards| (standards, Vec::new())),
        Versions::Any => standards::of_digests(folder, &opened.standards()),
    };
    let judging = judging.map_err(|message| (exit::BAD_STANDARD, message))?;
    levels(checks, streams, physics, &opened, judging, &mut answer)?;
    if answer.outcome == Outcome::Valid {
        standing(checks, streams, &opened, &trust, &mut answer)?;
    }
    Ok(answer)
}

/// Levels 2 and 3, by standards of which those with some digests are in force no more.
fn levels(
    command: &Checks,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
    opened: &Opened,
    (standards, old): (Standards, Vec<&str>),
    answer: &mut Answer,
) -> Result<(), Stop> {
    match certificate::rejudge(opened, &standards) {
        Ok(clauses) => {
            let mut message = format!("{clauses} clauses judged again, none differs");
            if !opened.words_follow() {
                let version = &opened.predicate().certificate_version;
                let _ = write!(
                    message,
                    "; title and notes are free words of the signer in version {version} and were not checked"
                );
            }
            for name in replaced(opened, &old) {
                let _ = write!(message, "; {name} has been replaced since");
            }
            answer.say(Check::Verdicts, Outcome::Valid, message);
        }
        Err(fault) => {
            let outcome = against(&fault, Outcome::VerdictDiffers);
            answer.say(Check::Verdicts, outcome, fault.to_string());
            return Ok(());
        }
    }
    let Some(design) = &command.design else {
        answer.skip(
            Check::Records,
            "not asked for; --design computes them again",
        );
        return Ok(());
    };
    let (outcome, message) = recompute(
        command,
        design,
        streams,
        physics,
        opened,
        (standards, &mut answer.differences),
    )?;
    answer.say(Check::Records, outcome, message);
    Ok(())
}

/// The standards of a certificate that are not in force any more, by the digests of what is not.
fn replaced(opened: &Opened, old: &[&str]) -> Vec<String> {
    let stated = opened.predicate().standards.iter();
    let mut names: Vec<String> = stated
        .filter(|one| old.contains(&one.sha256.as_str()))
        .map(|one| format!("{} {}", one.series, one.version))
        .collect();
    names.dedup();
    names
}

/// The outcome of a fault: `otherwise`, unless something is not at hand.
fn against(fault: &Fault, otherwise: Outcome) -> Outcome {
    if fault.is_open() {
        Outcome::CouldNotCheck
    } else {
        otherwise
    }
}

/// What was certified and its library, or the answer that something else was named.
type Certified = Result<(Cow<'static, Library>, Design), (Outcome, String)>;

/// The design of a certificate and the library that it was made with, by the files that are said to be
/// theirs; or in what they are others.
pub(super) fn certified_design(
    opened: &Opened,
    (file, materials): (&Path, Option<&Path>),
    streams: &mut Streams<'_>,
) -> Result<Certified, Stop> {
    let predicate = opened.predicate();
    let differs = |what: String| Ok(Err((Outcome::DesignDiffers, what)));
    let stdin = streams.stdin.as_mut();
    let added = materials::read(materials, stdin).map_err(Stop::from)?;
    let given = added.as_deref().map(certificate::sha256);
    match (opened.digest_of("materials"), given.as_deref()) {
        (Some(_), None) => {
            let message = "it was made with added materials; name them with --materials";
            return Ok(Err((Outcome::CouldNotCheck, message.to_owned())));
        }
        (stated, given) if stated != given => {
            return differs("the materials are not those of the certificate".to_owned());
        }
        _ => {}
    }
    let library = materials::with(materials, added.as_deref())?;
    let stored = input::bytes(file, stdin)?;
    if opened.digest_of(&predicate.design.file) != Some(&certificate::sha256(&stored)) {
        let shown = file.display();
        return differs(format!("{shown} is not the file that was certified"));
    }
    let (_, design) = check::designed(file, input::parsed(file, &stored), &library)
        .map_err(|refused| (exit::INVALID, input::told(&refused.findings)))?;
    Ok(Ok((library, design)))
}

/// Level 3: the records computed again from the design.
fn recompute(
    command: &Checks,
    file: &Path,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
    opened: &Opened,
    (standards, differences): (Standards, &mut Vec<Differs>),
) -> Result<(Outcome, String), Stop> {
    let predicate = opened.predicate();
    let named = (file, command.materials.as_deref());
    let (library, design) = match certified_design(opened, named, streams)? {
        Ok(found) => found,
        Err(other) => return Ok(other),
    };
    let differs = |what: String| Ok((Outcome::DesignDiffers, what));
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
    if let Err(fault) = certificate::declares(opened, &design, candidate) {
        return differs(fault.to_string());
    }
    let evaluated = physics.evaluate(&library, &design, candidate, Level::Verdict);
    Ok(match evaluated {
        Ok(facts) => again::compare(opened, &facts, standards, differences),
        Err(reason) => (Outcome::CouldNotCheck, reason),
    })
}

/// Term and status list.
fn standing(
    command: &Checks,
    streams: &mut Streams<'_>,
    opened: &Opened,
    trust: &Trust,
    answer: &mut Answer,
) -> Result<(), Stop> {
    let day = answer.as_of;
    if let Some(file) = &command.status {
        let bytes = input::bytes(file, streams.stdin.as_mut())?;
        let name = input::name_of(file);
        let read = StatusList::read(&name, &bytes, trust)
            .and_then(|list| list.seen(command.status_seen.as_deref()));
        match read {
            Ok(list) => {
                answer.status = list.state_of(&opened.predicate().id, day).cloned();
                answer.status_list = Some(List::of(name, &list));
            }
            Err(fault) => {
                let outcome = Outcome::StatusListNotGenuine;
                answer.say(Check::StatusList, outcome, fault.to_string());
                return Ok(());
            }
        }
    }
    let state = answer.status.as_ref().map(|entry| entry.state);
    answer.outcome = match (state, opened.term(day)) {
        (Some(State::Withdrawn), _) => Outcome::Withdrawn,
        (Some(State::Superseded), _) => Outcome::Superseded,
        (Some(State::Suspended), _) => Outcome::Suspended,
        (_, Term::Early) => Outcome::NotYetValid,
        (_, Term::Late) => Outcome::Expired,
        (_, Term::Within) => Outcome::Valid,
    };
    Ok(())
}
