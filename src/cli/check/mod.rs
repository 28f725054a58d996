//! `dualcert check`: judge every candidate of design files.

mod delivery;
mod expand;
mod fixes;
mod format;
mod judge;
mod open;
mod outcome;
mod prepare;
mod survey;
mod tally;
mod timing;

pub(super) use judge::Judge;
pub(super) use open::{date, designed, load, no_such_candidate, pinned_application};

use delivery::Delivery;
use expand::expand;
use format::{Format, FormatFile};
use open::Loaded;
use outcome::{built, files};
use prepare::{Prepared, prepare};
use survey::{Opening, Survey, survey};
use tally::Tally;

use super::Streams;
use super::physics::{Cost, Physics};
use super::progress::Progress;
use crate::change_rule::{self, ChangeRule};
use crate::date::Date;
use crate::design::{Candidate, remedy_pointer};
use crate::evaluate::Level;
use crate::material::Library;
use crate::report::{CandidateReport, FileReport, Head, RecordReport, RemedyPlace, Supply};
use crate::scenario::{self, Scenario};
use crate::verdict::{CandidateVerdict, Judgement, MarketVerdict};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Design files, folders, patterns, JSON Lines (.jsonl), - for standard input
    #[arg(required_unless_present = "print_config", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Judge only this candidate; may be repeated
    #[arg(long, value_name = "ID")]
    candidate: Vec<String>,
    /// Judge against the application block in this file instead of the design's own; the file holds the block by itself
    #[arg(long, value_name = "FILE")]
    application: Option<PathBuf>,
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
    /// Tell what this market asks for beside the programme, what of it the programme covers and what stays open;
    /// may be repeated
    #[arg(long, value_name = "NAME")]
    market: Vec<String>,
    /// Tell what this scenario leaves of each pathway: one of the program's own by name, or a file; may be
    /// repeated
    #[arg(long, value_name = "NAME|FILE")]
    scenario: Vec<String>,
    /// How thoroughly candidates are judged
    #[arg(long, value_enum, default_value = "verdict")]
    level: Rigour,
    /// How many candidates of a file must meet both for exit code 0
    #[arg(long, value_enum, default_value = "all")]
    require: Require,
    /// How a margin is held against its uncertainty
    #[arg(long, value_enum, default_value = "guard-banded")]
    decision_rule: Rule,
    /// Form of the report
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Write the report to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the report in another form to a file as well, as in sarif=check.sarif; may be repeated
    #[arg(long, value_name = "FORMAT=FILE")]
    also: Vec<FormatFile>,
    /// Write the records to a table for spreadsheets as well
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// For each physical choke point beyond its limit, look for the smallest change of one number of the design
    /// that clears it, by solving changed machines; takes minutes a candidate
    #[arg(long)]
    fixes: bool,
    /// Print time and field solutions of every candidate to standard error, and what the run got through
    #[arg(long)]
    timings: bool,
    /// Show no progress bar; off a terminal there is none anyway
    #[arg(long)]
    no_progress: bool,
    /// Take flags from this file instead of the nearest dualcert.toml here or above
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Take no flags from a file
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
    /// Print the flags in effect and where each comes from, and judge nothing
    #[arg(long)]
    print_config: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rigour {
    /// What needs no field, and a few coarse solutions: shows what fails by far and passes nothing
    Screening,
    /// Everything
    Verdict,
}

impl Rigour {
    fn level(self) -> Level {
        match self {
            Self::Screening => Level::Screening,
            Self::Verdict => Level::Verdict,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Require {
    /// At least one of every file
    Any,
    /// All
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rule {
    /// The margin must exceed the uncertainty
    GuardBanded,
    /// The value alone decides (shared risk); cannot be certified
    Simple,
}

/// Files that are open at a time, for each thread: enough to keep all threads at work, few enough to hold.
const FILES_AT_A_TIME: usize = 8;

/// A candidate as judged, with what it took.
struct Judged {
    report: CandidateReport,
    evaluated: bool,
    cost: Cost,
    time: Duration,
}

/// Where facts come from.
struct Facts<'f> {
    physics: &'f dyn Physics,
    library: &'f Library,
    scenarios: &'f [Scenario],
    markets: &'f [String],
    /// Whether what clears choke points is looked for.
    fixes: bool,
    level: Level,
}

pub(super) fn run(command: &Check, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8 {
    let Prepared {
        judge,
        library,
        scenarios,
        pinned,
    } = match prepare(command, streams) {
        Ok(prepared) => prepared,
        Err(code) => return code,
    };
    let opening = Opening {
        command,
        library: &library,
        pinned: pinned.as_ref(),
        standards: &judge.standards,
    };
    let facts = Facts {
        physics,
        library: &library,
        scenarios: &scenarios,
        markets: &command.market,
        fixes: command.fixes,
        level: command.level.level(),
    };
    judge_files(command, (&opening, &facts, &judge), streams)
}

/// Judges all files, some at a time, and writes what becomes of them in the order of input.
fn judge_files(
    command: &Check,
    (opening, facts, judge): (&Opening<'_>, &Facts<'_>, &Judge),
    streams: &mut Streams<'_>,
) -> u8 {
    let start = Instant::now();
    let sources = expand(&command.files, streams.stdin.as_mut());
    // A head of JSON Lines names the day of all files before the first is judged, a bar their number.
    let visible = streams.progress && !command.no_progress;
    let ahead = visible || delivery::flows(command);
    let survey = if ahead {
        survey(&sources, opening, streams.stdin.as_mut())
    } else {
        Survey::default()
    };
    let head = Head {
        as_of: survey.as_of,
        level: facts.level,
        decision_rule: judge.rule,
    };
    let mut delivery = Delivery::begin(command, &head, streams);
    let progress = Progress::over(survey.candidates, visible);
    let (mut tally, mut fleet) = (Tally::default(), Vec::new());
    let some = FILES_AT_A_TIME * rayon::current_num_threads();
    let mut sources = sources.into_iter().peekable();
    while sources.peek().is_some() {
        let stdin = streams.stdin.as_mut();
        let loaded: Vec<_> = sources
            .by_ref()
            .take(some)
            .map(|source| opening.open(source, stdin))
            .collect();
        let judged = judge_all(&loaded, facts, judge, &progress);
        if command.timings {
            timing::candidates(&judged, streams);
        }
        fleet.extend(built(&loaded, &judged));
        for file in files(command, loaded, judged) {
            for finding in &file.findings {
                streams.say(format_args!("{finding}\n"));
            }
            tally.take(&file);
            delivery.take(file, streams);
        }
    }
    drop(progress);
    if command.timings {
        timing::throughput(tally.counts(), start.elapsed(), streams);
    }
    let portfolio = outcome::fleet(&fleet);
    delivery.end(
        command,
        (head, &tally),
        portfolio,
        &judge.standards,
        streams,
    )
}

/// Judges the chosen candidates of all files in parallel; results in the order of input.
fn judge_all(
    loaded: &[Result<Loaded, Box<FileReport>>],
    facts: &Facts<'_>,
    judge: &Judge,
    progress: &Progress,
) -> Vec<Vec<Judged>> {
    loaded
        .par_iter()
        .map(|file| match file {
            Err(_) => Vec::new(),
            Ok(file) => file
                .chosen
                .par_iter()
                .map(|&index| {
                    let judged = judge_one(file, index, facts, judge);
                    progress.advance();
                    judged
                })
                .collect(),
        })
        .collect()
}

fn judge_one(file: &Loaded, index: usize, facts: &Facts<'_>, judge: &Judge) -> Judged {
    let candidate = &file.design.candidates[index];
    let start = Instant::now();
    let outcome = facts
        .physics
        .evaluate(facts.library, &file.design, candidate, facts.level);
    let sector = &file.design.application.sector;
    let (mut verdict, mut unjudged) = judge.verdict(sector, candidate, &outcome);
    if facts.level == Level::Screening && verdict.meets_both == Some(true) {
        verdict = verdict.of_screening();
        unjudged = Some("nothing stands against it at screening level, which passes no candidate: judge it at verdict level".to_owned());
    }
    let markets = judge.markets(
        facts.markets,
        sector,
        candidate,
        &outcome,
        &verdict.judgements,
    );
    let time = start.elapsed();
    let evaluated = outcome.is_ok();
    // What could not be evaluated is an answer too; the verdict holds the reason.
    let mut found = outcome.unwrap_or_default();
    if facts.fixes && evaluated {
        let cleared = facts.physics.fixes(facts.library, &file.design, index);
        fixes::tell(&mut found.choke_points, &cleared);
    }
    let report = CandidateReport {
        id: candidate.id.clone(),
        topology: candidate.topology.name(),
        place: file.document.locate(&format!("/candidates/{index}/id")),
        meets_both: verdict.meets_both,
        statuses: verdict.statuses,
        notes: unjudged.into_iter().collect(),
        change_rule: of_switches(candidate, &found.records, &verdict),
        records: found.records,
        remedies: remedies(file, index, &verdict.judgements, &markets),
        markets,
        judgements: verdict.judgements,
        choke_points: found.choke_points,
        supply: Supply {
            scenarios: scenario::outcomes(facts.scenarios, &found.supply.sheets),
            ..found.supply
        },
    };
    Judged {
        report,
        evaluated,
        cost: found.cost,
        time,
    }
}

/// The change rule of a candidate as it was judged.
fn of_switches(
    candidate: &Candidate,
    records: &[RecordReport],
    verdict: &CandidateVerdict,
) -> ChangeRule {
    let pathways = &candidate.magnet_pathways;
    let grades = pathways.a.as_ref().zip(pathways.b.as_ref());
    let pair = records.iter().find(|record| record.pathway == "pair");
    change_rule::change_rule(&change_rule::Judged {
        grades: grades.map(|(a, b)| [a.grade.as_str(), b.grade.as_str()]),
        pair: pair.map(|found| &found.record),
        judgements: &verdict.judgements,
        meets_both: verdict.meets_both == Some(true),
    })
}

/// Where the quantities stand that the clauses name, each once a pathway.
fn remedies(
    file: &Loaded,
    index: usize,
    judgements: &[Judgement],
    markets: &[MarketVerdict],
) -> Vec<RemedyPlace> {
    let mut found: Vec<RemedyPlace> = Vec::new();
    let of_markets = markets.iter().flat_map(|market| &market.judgements);
    for judgement in judgements.iter().chain(of_markets) {
        let pathway = &judgement.pathway;
        for quantity in judgement.clauses.iter().flat_map(|clause| &clause.remedy) {
            let known = |r: &RemedyPlace| r.quantity == *quantity && r.pathway == *pathway;
            if found.iter().any(known) {
                continue;
            }
            let pointer = remedy_pointer(&file.document, index, pathway, quantity);
            // A pinned application stands in another file.
            let own = pointer.filter(|p| !(file.pinned && p.starts_with("/application")));
            found.extend(own.map(|pointer| RemedyPlace {
                quantity: quantity.clone(),
                pathway: pathway.clone(),
                place: file.document.locate(&pointer),
                pointer,
            }));
        }
    }
    found
}
