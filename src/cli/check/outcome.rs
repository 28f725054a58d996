//! From judged candidates to a report, its exit code and its output.

use super::open::Loaded;
use super::{Check, Judged, Require};
use crate::cli::{Streams, exit, input, output};
use crate::portfolio::{Member, Portfolio, portfolio};
use crate::report::{self, FORMAT_VERSION, FileReport, FileStatus, Run, Summary, Tool};
use crate::standard::Standards;
use crate::verdict::DecisionRule;

/// The fleet of the designs that say how many are built. A candidate that was not asked for, or not evaluated, is
/// in no figure, and the fleet says so.
pub(super) fn fleet(
    loaded: &[Result<Loaded, Box<FileReport>>],
    judged: &[Vec<Judged>],
) -> Option<Portfolio> {
    let members: Vec<Member> = loaded
        .iter()
        .zip(judged)
        .filter_map(|(opened, candidates)| {
            let file = opened.as_ref().ok()?;
            let fleet = file.design.fleet.as_ref()?;
            let built = candidates.iter().find(|c| c.report.id == fleet.candidate);
            Some(Member {
                file: file.document.name(),
                sector: &file.design.application.sector,
                fleet,
                sheets: built.map_or(&[], |candidate| &candidate.report.supply.sheets),
            })
        })
        .collect();
    portfolio(&members)
}

/// The reports of all files in the order of input.
pub(super) fn files(
    command: &Check,
    loaded: Vec<Result<Loaded, Box<FileReport>>>,
    judged: Vec<Vec<Judged>>,
) -> Vec<FileReport> {
    let report = |(opened, candidates): (Result<Loaded, Box<FileReport>>, Vec<Judged>)| match opened
    {
        Err(refused) => *refused,
        Ok(file) => {
            let evaluated = candidates.iter().any(|candidate| candidate.evaluated);
            FileReport {
                file: file.document.name().to_owned(),
                status: if evaluated {
                    FileStatus::Judged
                } else {
                    FileStatus::SolverFailed
                },
                name: Some(file.design.name),
                as_of: file.design.as_of,
                as_of_from: file.as_of_from,
                application: Some(file.design.application),
                application_from: command.application.as_deref().map(input::name_of),
                findings: Vec::new(),
                candidates: candidates.into_iter().map(|judged| judged.report).collect(),
            }
        }
    };
    loaded.into_iter().zip(judged).map(report).collect()
}

/// The whole run with its counts and exit code.
pub(super) fn assemble(
    command: &Check,
    decision_rule: DecisionRule,
    files: Vec<FileReport>,
    portfolio: Option<Portfolio>,
) -> Run {
    let candidates = || files.iter().flat_map(|file| &file.candidates);
    let first_date = files.first().and_then(|file| file.as_of.clone());
    let summary = Summary {
        files: files.len(),
        candidates: candidates().count(),
        meets_both: candidates()
            .filter(|one| one.meets_both == Some(true))
            .count(),
        exit_code: exit_code(command.require, &files),
    };
    Run {
        format_version: FORMAT_VERSION,
        tool: Tool::THIS,
        as_of: first_date.filter(|date| files.iter().all(|file| file.as_of.as_ref() == Some(date))),
        level: command.level.level(),
        decision_rule,
        summary,
        files,
        portfolio,
    }
}

fn exit_code(require: Require, files: &[FileReport]) -> u8 {
    let some_meets = |file: &FileReport| {
        file.candidates
            .iter()
            .any(|candidate| candidate.meets_both == Some(true))
    };
    if require == Require::Any && files.iter().all(some_meets) {
        return exit::MEETS_BOTH;
    }
    exit::worst(files.iter().map(|file| {
        match file.status {
            FileStatus::InvalidDesign | FileStatus::Unreadable => exit::INVALID,
            FileStatus::Judged | FileStatus::SolverFailed => exit::worst(
                file.candidates
                    .iter()
                    .map(|candidate| exit::of_candidate(candidate.meets_both)),
            ),
        }
    }))
}

/// Writes the report, its other forms and the table. What cannot be written hides nothing of the rest.
pub(super) fn deliver(
    command: &Check,
    run: &Run,
    standards: &Standards,
    streams: &mut Streams<'_>,
) -> u8 {
    let mut code = run.summary.exit_code;
    if let Some(target) = &command.csv {
        code = match report::csv(run) {
            Ok(bytes) => output::write(&bytes, Some(target), streams, code),
            Err(error) => {
                streams.say(format_args!("error: cannot write the table: {error}"));
                exit::worst([code, exit::INVALID])
            }
        };
    }
    let also = command
        .also
        .iter()
        .map(|also| (also.format, Some(also.file.as_path())));
    for (format, target) in also.chain([(command.format, command.output.as_deref())]) {
        let width = streams.width.filter(|_| target.is_none());
        code = match format.render(run, standards, width) {
            Ok(text) => output::write(text.as_bytes(), target, streams, code),
            Err(error) => {
                streams.say(format_args!("error: cannot write the report: {error}"));
                exit::worst([code, exit::INVALID])
            }
        };
    }
    code
}
