//! `dualcert explain`: one clause, and how it decides on a design.

use super::format::Format;
use super::physics::Physics;
use super::{Streams, check, exit, input, materials, output, standards};
use crate::evaluate::Level;
use crate::lifecycle::{self, Question, explain};
use crate::report::RecordReport;
use crate::source::nearest;
use crate::standard::Standard;
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Number of a clause, series/number for the clause of one standard, or series/version/number for that of an older version
    #[arg(value_name = "CLAUSE")]
    clause: String,
    /// Show how the clause decides on the candidates of this design, - for standard input
    #[arg(long, value_name = "FILE")]
    design: Option<PathBuf>,
    /// Only this candidate of the design; may be repeated
    #[arg(long, value_name = "ID", requires = "design")]
    candidate: Vec<String>,
    /// Add the materials of this file to the built-in ones
    #[arg(long, value_name = "FILE")]
    materials: Option<PathBuf>,
    /// The standards of this folder instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    standards: Option<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// The sector of a design and what physics says about its candidates.
struct Asked {
    sector: String,
    records: Vec<(String, RecordReport)>,
    failures: Vec<String>,
}

pub(super) fn run(command: &Explain, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8 {
    let standards = match standards::versions(command.standards.as_deref()) {
        Ok(standards) => standards,
        Err(message) => {
            streams.say(message);
            return exit::BAD_STANDARD;
        }
    };
    // Whether there is such a clause is known before any field is solved.
    if explain(&standards, &command.clause, None).is_empty() {
        // What is no clause that judges is told as it stands; there is no verdict to follow on a design.
        let found = lifecycle::beside(&standards, &command.clause);
        if !found.is_empty() && command.design.is_some() {
            streams.say(format_args!(
                "error: `{}` judges nothing, so that there is no verdict to explain on a design; leave --design out",
                command.clause
            ));
            return exit::USAGE;
        }
        if !found.is_empty() {
            let text = match command.format {
                Format::Human => {
                    let parts: Vec<String> = found.iter().map(lifecycle::Beside::text).collect();
                    parts.join("\n")
                }
                Format::Json => format!("{:#}\n", lifecycle::document_beside(&found)),
            };
            return output::write(text.as_bytes(), None, streams, exit::MEETS_BOTH);
        }
        streams.say(unknown(&standards, &command.clause));
        return exit::USAGE;
    }
    let asked = match &command.design {
        None => None,
        Some(file) => match ask(command, file, &standards, streams, physics) {
            Ok(asked) => Some(asked),
            Err(code) => return code,
        },
    };
    let sector = asked.as_ref().map(|asked| asked.sector.as_str());
    let explained = explain(&standards, &command.clause, sector);
    let records = asked.iter().flat_map(|asked| &asked.records);
    let questions: Vec<Question<'_>> = records
        .map(|(candidate, report)| Question {
            candidate,
            pathway: report.pathway,
            record: &report.record,
        })
        .collect();
    let text = match command.format {
        Format::Human => {
            let parts: Vec<String> = explained.iter().map(|one| one.text(&questions)).collect();
            parts.join("\n")
        }
        Format::Json => format!("{:#}\n", lifecycle::document(&explained, &questions)),
    };
    let failures = asked.map(|asked| asked.failures).unwrap_or_default();
    let code = if failures.is_empty() {
        exit::MEETS_BOTH
    } else {
        exit::COULD_NOT_JUDGE
    };
    for failure in failures {
        streams.say(failure);
    }
    output::write(text.as_bytes(), None, streams, code)
}

/// Reads the design and lets physics speak of the candidates asked for.
fn ask(
    command: &Explain,
    file: &Path,
    standards: &[Standard],
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
) -> Result<Asked, u8> {
    let library = materials::open(command.materials.as_deref(), streams.stdin.as_mut()).map_err(
        |refusal| {
            streams.say(input::told(&refusal.findings));
            exit::INVALID
        },
    )?;
    let (_, design) = check::load(file, &library, streams.stdin.as_mut()).map_err(|refused| {
        for finding in &refused.findings {
            streams.say(finding);
        }
        exit::INVALID
    })?;
    let sector = design.application.sector.clone();
    if explain(standards, &command.clause, Some(&sector)).is_empty() {
        let clause = &command.clause;
        streams.say(format_args!(
            "error: no standard of sector {sector} has a clause `{clause}`"
        ));
        return Err(exit::USAGE);
    }
    let unknown = command
        .candidate
        .iter()
        .find(|id| design.candidate(id).is_none());
    if let Some(id) = unknown {
        let message = check::no_such_candidate(id, &design);
        streams.say(format_args!("error: {message}"));
        return Err(exit::INVALID);
    }
    let (mut records, mut failures) = (Vec::new(), Vec::new());
    for candidate in &design.candidates {
        let id = &candidate.id;
        if !command.candidate.is_empty() && !command.candidate.contains(id) {
            continue;
        }
        match physics.evaluate(&library, &design, candidate, Level::Verdict) {
            Ok(found) => {
                records.extend(found.records.into_iter().map(|report| (id.clone(), report)));
                let failed = found.failures.iter();
                failures.extend(failed.map(|(pathway, why)| {
                    format!("could not judge {id}, pathway {pathway}: {why}")
                }));
            }
            Err(why) => failures.push(format!("could not judge {id}: {why}")),
        }
    }
    Ok(Asked {
        sector,
        records,
        failures,
    })
}

fn unknown(standards: &[Standard], name: &str) -> String {
    // Of a version that is named and is none, there is more to say than which clause is nearest.
    if let Some((standard, _)) = name.rsplit_once('/')
        && standard.contains('/')
        && let Err(message) = lifecycle::find(standards, standard)
    {
        return format!("error: {message}");
    }
    let every: Vec<String> = standards
        .iter()
        .flat_map(|s| {
            let ids = s.clauses.iter().map(|clause| &clause.id);
            ids.flat_map(|id| [id.clone(), format!("{}/{id}", s.header.series)])
        })
        .chain(lifecycle::names_beside(standards))
        .collect();
    let meant = nearest(name, every.iter().map(String::as_str))
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("error: no standard has a clause `{name}`{meant}")
}
