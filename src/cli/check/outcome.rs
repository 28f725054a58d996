//! From judged candidates to a report, its exit code and its output.

use super::open::Loaded;
use super::{Check, Judged};
use crate::cli::{Streams, exit, input, output};
use crate::design::Fleet;
use crate::portfolio::{Member, Portfolio, portfolio};
use crate::report::{self, FORMAT_VERSION, FileReport, FileStatus, Head, Run, Summary, Tool};
use crate::standard::Standards;
use crate::supply::Sheet;

/// A design of a fleet, as it is kept until the end of the run.
pub(super) struct Built {
    file: String,
    sector: String,
    fleet: Fleet,
    sheets: Vec<Sheet>,
}

/// The designs among some files that say how many are built.
pub(super) fn built<'o>(
    loaded: &'o [Result<Loaded, Box<FileReport>>],
    judged: &'o [Vec<Judged>],
) -> impl Iterator<Item = Built> + 'o {
    loaded
        .iter()
        .zip(judged)
        .filter_map(|(opened, candidates)| {
            let file = opened.as_ref().ok()?;
            let fleet = file.design.fleet.clone()?;
            let built = candidates.iter().find(|c| c.report.id == fleet.candidate);
            Some(Built {
                file: file.document.name().to_owned(),
                sector: file.design.application.sector.clone(),
                sheets: built.map_or_else(Vec::new, |one| one.report.supply.sheets.clone()),
                fleet,
            })
        })
}

/// The fleet of the designs that say how many are built. A candidate that was not asked for, or not evaluated, is
/// in no figure, and the fleet says so.
pub(super) fn fleet(built: &[Built]) -> Option<Portfolio> {
    let members: Vec<Member> = built
        .iter()
        .map(|one| Member {
            file: &one.file,
            sector: &one.sector,
            fleet: &one.fleet,
            sheets: &one.sheets,
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
                line: file.line,
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
                names: Vec::new(),
            }
        }
    };
    loaded.into_iter().zip(judged).map(report).collect()
}

/// The whole run.
pub(super) fn assemble(
    head: Head,
    summary: Summary,
    files: Vec<FileReport>,
    portfolio: Option<Portfolio>,
) -> Run {
    let Head {
        as_of,
        level,
        decision_rule,
    } = head;
    Run {
        format_version: FORMAT_VERSION,
        tool: Tool::THIS,
        as_of,
        level,
        decision_rule,
        summary,
        files,
        portfolio,
    }
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
