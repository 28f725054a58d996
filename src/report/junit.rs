//! JUnit XML: one suite a candidate and standard, one case a clause. Failure, error and skipped are
//! different things: a failed or undecided `shall` is a failure, what could not be judged is an error,
//! what does not apply or only advises is skipped.

use super::clause::{measured, remedy_words, standard_name};
use super::market::open_line;
use super::obstacle::finding_words;
use super::text::escaped_xml;
use super::{CandidateReport, FileReport, Run};
use crate::evaluate;
use crate::source::Place;
use crate::standard::{Level, Side};
use crate::verdict::{ClauseStatus, ClauseVerdict, Judgement, MarketVerdict, Status};
use std::fmt::Write;

/// How a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Passed,
    Failure,
    Error,
    Skipped,
}

/// One case: its name, how it ends, the verdict's word and what is said.
struct Case {
    name: String,
    end: End,
    verdict: &'static str,
    told: String,
}

/// The cases under one name.
struct Suite {
    name: String,
    class: String,
    file: String,
    cases: Vec<Case>,
}

/// The run as one `testsuites` document.
pub fn junit(run: &Run) -> String {
    let suites: Vec<Suite> = run.files.iter().flat_map(of_file).collect();
    let count = |end: End| suites.iter().map(|suite| suite.count(end)).sum::<usize>();
    let tests: usize = suites.iter().map(|suite| suite.cases.len()).sum();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        text,
        "<testsuites name=\"{}{}\" tests=\"{tests}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">",
        run.tool.name,
        match run.level {
            evaluate::Level::Screening => ", screening level",
            evaluate::Level::Verdict => "",
        },
        count(End::Failure),
        count(End::Error),
        count(End::Skipped)
    );
    for suite in &suites {
        suite.write(&mut text);
    }
    text.push_str("</testsuites>\n");
    text
}

impl Suite {
    fn count(&self, end: End) -> usize {
        self.cases.iter().filter(|case| case.end == end).count()
    }

    fn write(&self, text: &mut String) {
        let _ = writeln!(
            text,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">",
            escaped_xml(&self.name),
            self.cases.len(),
            self.count(End::Failure),
            self.count(End::Error),
            self.count(End::Skipped)
        );
        for case in &self.cases {
            self.write_case(case, text);
        }
        text.push_str("  </testsuite>\n");
    }

    fn write_case(&self, case: &Case, text: &mut String) {
        let _ = write!(
            text,
            "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\"",
            escaped_xml(&case.name),
            escaped_xml(&self.class),
            escaped_xml(&self.file)
        );
        let element = match case.end {
            End::Passed => {
                text.push_str("/>\n");
                return;
            }
            End::Failure => "failure",
            End::Error => "error",
            End::Skipped => "skipped",
        };
        let told = escaped_xml(&case.told);
        let _ = match case.end {
            End::Skipped => write!(text, ">\n      <{element} message=\"{told}\"/>\n"),
            _ => write!(
                text,
                ">\n      <{element} type=\"{}\" message=\"{told}\">{told}</{element}>\n",
                case.verdict
            ),
        };
        text.push_str("    </testcase>\n");
    }
}

fn of_file(file: &FileReport) -> Vec<Suite> {
    let mut suites = Vec::new();
    if !file.findings.is_empty() {
        let cases = file.findings.iter().map(|finding| Case {
            name: format!("{} at {}", finding.code, finding.pointer),
            end: End::Error,
            verdict: "refused",
            told: format!(
                "{}: {}",
                at(&file.file, finding.place),
                finding_words(finding)
            ),
        });
        suites.push(Suite {
            name: file.called(),
            class: "design".to_owned(),
            file: file.file.clone(),
            cases: cases.collect(),
        });
    }
    for candidate in &file.candidates {
        if !candidate.notes.is_empty() {
            suites.push(unjudged(file, candidate));
        }
        let of = |judgement| of_standard(file, candidate, judgement);
        suites.extend(candidate.judgements.iter().map(of));
        for market in &candidate.markets {
            suites.extend(market.judgements.iter().map(of));
            suites.push(open(file, candidate, market));
        }
    }
    suites
}

fn unjudged(file: &FileReport, candidate: &CandidateReport) -> Suite {
    let cases = candidate.notes.iter().map(|note| Case {
        name: "standards of the sector".to_owned(),
        end: End::Error,
        verdict: "could_not_judge",
        told: note.clone(),
    });
    Suite {
        name: format!("{} {}", file.called(), candidate.id),
        class: candidate.id.clone(),
        file: file.file.clone(),
        cases: cases.collect(),
    }
}

/// What a market asks for and no calculation shows: skipped, since nobody has looked.
fn open(file: &FileReport, candidate: &CandidateReport, market: &MarketVerdict) -> Suite {
    let cases = market.open.iter().map(|open| Case {
        name: format!("{} {}", open.id, open.title),
        end: End::Skipped,
        verdict: "open",
        told: format!("open: {}; {}", open_line(open), open.asks),
    });
    Suite {
        name: format!("{} {} {} open", file.called(), candidate.id, market.series),
        class: format!("{}.{}", candidate.id, market.series),
        file: file.file.clone(),
        cases: cases.collect(),
    }
}

fn of_standard(file: &FileReport, candidate: &CandidateReport, judgement: &Judgement) -> Suite {
    let mut cases = Vec::new();
    if let Some(reason) = &judgement.reason {
        let (end, verdict) = match judgement.verdict {
            Status::Failed => (End::Failure, "failed"),
            _ => (End::Error, "could_not_judge"),
        };
        cases.push(Case {
            name: "record".to_owned(),
            end,
            verdict,
            told: format!("{}: {reason}", judgement.verdict.words()),
        });
    }
    for clause in &judgement.clauses {
        let place = at(&file.file, candidate.place_of(judgement, clause));
        cases.push(of_clause(clause, &place));
    }
    let mut standard = standard_name(judgement);
    if judgement.standard.side == Side::Any {
        // A market judges more than one record of a candidate.
        let _ = write!(standard, " pathway {}", judgement.pathway);
    }
    Suite {
        name: format!("{} {} {standard}", file.called(), candidate.id),
        class: format!("{}.{}", candidate.id, judgement.standard.series),
        file: file.file.clone(),
        cases,
    }
}

fn of_clause(clause: &ClauseVerdict, place: &str) -> Case {
    let verdict = match clause.verdict {
        ClauseStatus::Met => "met",
        ClauseStatus::Failed => "failed",
        ClauseStatus::Undecided => "undecided",
        ClauseStatus::NotApplicable => "not_applicable",
        ClauseStatus::CouldNotJudge => "could_not_judge",
    };
    let blocks = clause.level == Level::Shall;
    let end = match clause.verdict {
        ClauseStatus::Met => End::Passed,
        ClauseStatus::NotApplicable => End::Skipped,
        ClauseStatus::Failed | ClauseStatus::Undecided if blocks => End::Failure,
        ClauseStatus::CouldNotJudge if blocks => End::Error,
        _ => End::Skipped,
    };
    let advice = if blocks { "" } else { " (does not block)" };
    let mut told = match clause.verdict {
        ClauseStatus::NotApplicable => "not applicable".to_owned(),
        other => format!("{}{advice}: {}", other.words(), measured(clause)),
    };
    if let Some(reason) = &clause.reason {
        told = format!("{told}; {reason}");
    }
    if matches!(end, End::Failure | End::Error) && !clause.remedy.is_empty() {
        told = format!("{told}; change: {} at {place}", remedy_words(clause));
    }
    Case {
        name: format!("{} {}", clause.id, clause.title),
        end,
        verdict,
        told,
    }
}

fn at(file: &str, place: Place) -> String {
    format!("{file}:{}:{}", place.line, place.column)
}
