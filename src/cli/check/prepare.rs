//! What a run needs before its first file: standards, materials, scenarios, the pinned application.

use super::delivery::Delivery;
use super::open::{pinned_application, refused};
use super::tally::Tally;
use super::{Check, Judge, Rigour, Rule};
use crate::cli::input::{self, Refusal};
use crate::cli::{Streams, exit, markets, materials, output, scenarios, standards};
use crate::design::Application;
use crate::material::Library;
use crate::report::Head;
use crate::scenario::Scenario;
use crate::standard::Standards;
use crate::verdict::DecisionRule;
use std::borrow::Cow;
use std::path::PathBuf;

/// What every file is judged with.
pub(super) struct Prepared {
    pub(super) judge: Judge,
    pub(super) library: Cow<'static, Library>,
    pub(super) scenarios: Vec<Scenario>,
    pub(super) pinned: Option<Application>,
}

/// Opens everything, or tells why the run cannot begin and gives its exit code.
pub(super) fn prepare(command: &Check, streams: &mut Streams<'_>) -> Result<Prepared, u8> {
    let judge = match judge(command) {
        Ok(judge) => judge,
        Err((code, message)) => {
            streams.say(message);
            return Err(code);
        }
    };
    let scenarios = match scenarios::open(&command.scenario) {
        Ok(scenarios) => scenarios,
        Err(scenarios::Refused::Word(message)) => {
            streams.say(message);
            return Err(exit::USAGE);
        }
        Err(scenarios::Refused::File(refusal)) => {
            return Err(tell(command, &judge, refusal, streams));
        }
    };
    let library = materials::open(command.materials.as_deref(), streams.stdin.as_mut())
        .map_err(|refusal| tell(command, &judge, refusal, streams))?;
    let pinned = pinned_application(command.application.as_deref(), streams.stdin.as_mut())
        .map_err(|refusal| tell(command, &judge, refusal, streams))?;
    Ok(Prepared {
        judge,
        library,
        scenarios,
        pinned,
    })
}

/// Tells, in the form that is asked for, what is wrong with a file that every design needs: none was looked at.
fn tell(command: &Check, judge: &Judge, refusal: Refusal, streams: &mut Streams<'_>) -> u8 {
    let file = PathBuf::from(refusal.file());
    let report = *refused(&file, refusal.status, refusal.findings);
    for finding in &report.findings {
        streams.say(format_args!("{finding}\n"));
    }
    let head = Head {
        as_of: None,
        level: command.level.level(),
        decision_rule: judge.rule,
    };
    let mut delivery = Delivery::begin(command, &head, streams);
    let mut tally = Tally::default();
    tally.take(&report);
    delivery.take(report, streams);
    delivery.end(command, (head, &tally), None, &judge.standards, streams)
}

fn judge(command: &Check) -> Result<Judge, (u8, String)> {
    usage(command).map_err(|refusal| (exit::USAGE, refusal))?;
    let standards: Standards = standards::open(command.standards.as_deref())
        .map_err(|faults| (exit::BAD_STANDARD, faults))?;
    markets::known(&command.market, &standards).map_err(|told| (exit::USAGE, told))?;
    let rule = match command.decision_rule {
        Rule::GuardBanded => DecisionRule::GuardBanded,
        Rule::Simple => DecisionRule::Simple,
    };
    Ok(Judge { standards, rule })
}

/// What clap cannot see: two uses of one stream or file.
fn usage(command: &Check) -> Result<(), String> {
    let named = command
        .files
        .iter()
        .chain(&command.application)
        .chain(&command.materials);
    input::once(named)?;
    if command.fixes && command.level == Rigour::Screening {
        return Err("error: --fixes needs --level verdict: a change is told of a machine that was solved whole".to_owned());
    }
    let also = command.also.iter().map(|also| ("--also", &also.file));
    let targets: Vec<(&str, &PathBuf)> = command
        .output
        .iter()
        .map(|file| ("--output", file))
        .chain(command.csv.iter().map(|file| ("--csv", file)))
        .chain(also)
        .collect();
    for (index, (flag, file)) in targets.iter().enumerate() {
        let same = |known: &PathBuf| output::settled(known) == output::settled(file);
        if let Some((other, _)) = targets[..index].iter().find(|(_, known)| same(known)) {
            return Err(format!("error: {other} and {flag} name the same file"));
        }
    }
    let mut inputs = command.files.clone();
    inputs.extend(command.application.clone());
    inputs.extend(command.materials.clone());
    inputs.extend(scenarios::files(&command.scenario));
    for (_, target) in targets {
        output::probe(target, &inputs)?;
    }
    Ok(())
}
