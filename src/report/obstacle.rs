//! Everything that stands in the way of a run, as single messages, worst first: what pipelines list.

use super::clause::{measured, remedy_words, standard_name};
use super::market::open_line;
use super::{CandidateReport, FileReport, Run};
use crate::source::{Finding, Place};
use crate::standard::Level;
use crate::verdict::{
    ClauseStatus, ClauseVerdict, Judgement, MarketVerdict, OpenRequirement, Status,
};

/// How much an obstacle weighs. The order is the order of telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Blocks.
    Error,
    /// A `should` that is not met.
    Warning,
    /// Information.
    Note,
}

/// What stands in the way.
#[derive(Debug, Clone, Copy)]
pub(super) enum What<'r> {
    /// The file is no valid design.
    Finding(&'r Finding),
    /// A candidate for which there is no standard.
    Unjudged(&'r str),
    /// A standard as a whole, with its reason.
    Standard(&'r Judgement, &'r str),
    /// A clause.
    Clause(&'r Judgement, &'r ClauseVerdict),
    /// What a market asks for and no calculation shows.
    Open(&'r MarketVerdict, &'r OpenRequirement),
}

/// One thing that stands in the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Obstacle<'r> {
    pub(super) file: &'r FileReport,
    pub(super) candidate: Option<&'r CandidateReport>,
    pub(super) what: What<'r>,
    pub(super) place: Place,
    pub(super) weight: Weight,
}

/// All obstacles of a run: files that are no designs first, then by weight, verdict and margin, the
/// smallest first; what is equal keeps the order of input.
pub(super) fn worst_first(run: &Run) -> Vec<Obstacle<'_>> {
    let mut all: Vec<Obstacle<'_>> = run.files.iter().flat_map(of_file).collect();
    all.sort_by(|left, right| {
        let key = |o: &Obstacle<'_>| (o.weight, o.rank());
        let margin = |o: &Obstacle<'_>| o.margin_ratio();
        key(left)
            .cmp(&key(right))
            .then(margin(left).total_cmp(&margin(right)))
    });
    all
}

fn of_file(file: &FileReport) -> Vec<Obstacle<'_>> {
    let mut all: Vec<Obstacle<'_>> = file
        .findings
        .iter()
        .map(|finding| Obstacle {
            file,
            candidate: None,
            what: What::Finding(finding),
            place: finding.place,
            weight: Weight::Error,
        })
        .collect();
    for candidate in &file.candidates {
        let whole = |what| Obstacle {
            file,
            candidate: Some(candidate),
            what,
            place: candidate.place,
            weight: Weight::Error,
        };
        all.extend(
            candidate
                .notes
                .iter()
                .map(|note| whole(What::Unjudged(note))),
        );
        let of_markets = candidate
            .markets
            .iter()
            .flat_map(|market| &market.judgements);
        for judgement in candidate.judgements.iter().chain(of_markets) {
            let reason = judgement.reason.as_deref();
            all.extend(reason.map(|reason| whole(What::Standard(judgement, reason))));
            let told = judgement.clauses.iter().filter(|clause| stands(clause));
            all.extend(told.map(|clause| Obstacle {
                file,
                candidate: Some(candidate),
                what: What::Clause(judgement, clause),
                place: candidate.place_of(judgement, clause),
                weight: weight(clause.level),
            }));
        }
        for market in &candidate.markets {
            all.extend(market.open.iter().map(|open| Obstacle {
                // Nobody has looked, so that it is no error; law is told before the rest.
                weight: weight(open.level).max(Weight::Warning),
                ..whole(What::Open(market, open))
            }));
        }
    }
    all
}

/// A finding in one line, with the other place that explains it.
pub(super) fn finding_words(finding: &Finding) -> String {
    let Finding {
        found,
        expected,
        fix,
        ..
    } = finding;
    let other = match &finding.related {
        Some((place, note)) => format!("; {note} {}:{}", place.line, place.column),
        None => String::new(),
    };
    format!("found {found}; expected {expected}; change: {fix}{other}")
}

fn stands(clause: &ClauseVerdict) -> bool {
    !matches!(
        clause.verdict,
        ClauseStatus::Met | ClauseStatus::NotApplicable
    )
}

fn weight(level: Level) -> Weight {
    match level {
        Level::Shall => Weight::Error,
        Level::Should => Weight::Warning,
        Level::Info => Weight::Note,
    }
}

impl Obstacle<'_> {
    /// What is certain to be wrong before what is open.
    fn rank(&self) -> u8 {
        match self.what {
            What::Finding(_) => 0,
            What::Standard(judgement, _) if judgement.verdict == Status::Failed => 1,
            What::Clause(_, clause) => match clause.verdict {
                ClauseStatus::Failed => 1,
                ClauseStatus::CouldNotJudge => 2,
                _ => 3,
            },
            What::Standard(..) | What::Unjudged(_) => 2,
            What::Open(..) => 4,
        }
    }

    /// A thing without a margin goes before those with one.
    fn margin_ratio(&self) -> f64 {
        match self.what {
            What::Clause(_, clause) => clause.margin_ratio.unwrap_or(f64::NEG_INFINITY),
            _ => f64::NEG_INFINITY,
        }
    }

    /// The verdict as one word, stable: `failed`, `undecided`, `could_not_judge`, `open` or `refused`.
    pub(super) fn verdict(&self) -> &'static str {
        match self.what {
            What::Finding(_) => "refused",
            What::Open(..) => "open",
            What::Unjudged(_) => "could_not_judge",
            What::Standard(judgement, _) => match judgement.verdict {
                Status::Failed => "failed",
                Status::Undecided => "undecided",
                _ => "could_not_judge",
            },
            What::Clause(_, clause) => match clause.verdict {
                ClauseStatus::Failed => "failed",
                ClauseStatus::Undecided => "undecided",
                _ => "could_not_judge",
            },
        }
    }

    /// What the same obstacle is called in every run, whatever the numbers: the clause of a series, or
    /// the code of a finding.
    pub(super) fn rule(&self) -> String {
        match self.what {
            What::Finding(finding) => format!("design/{}", finding.code),
            What::Unjudged(_) => "candidate/no-standard".to_owned(),
            What::Standard(judgement, _) => {
                format!("{}/{}", judgement.standard.series, self.whole_code())
            }
            What::Clause(judgement, clause) => {
                format!("{}/{}", judgement.standard.series, clause.id)
            }
            What::Open(market, open) => format!("{}/{}", market.series, open.id),
        }
    }

    fn whole_code(&self) -> &'static str {
        match self.verdict() {
            "failed" => "not-declared",
            _ => "no-record",
        }
    }

    /// What it is about, in a few words.
    pub(super) fn title(&self) -> String {
        match self.what {
            What::Finding(finding) => finding.code.replace('-', " "),
            What::Unjudged(_) => "no standard for the sector".to_owned(),
            What::Standard(judgement, _) => standard_name(judgement),
            What::Clause(judgement, clause) => {
                format!(
                    "{} {}, {}",
                    standard_name(judgement),
                    clause.id,
                    clause.title
                )
            }
            What::Open(market, open) => format!("{} {}, {}", market.name, open.id, open.title),
        }
    }

    /// One line: candidate, verdict, standard and clause, value, limit, margin, what may be changed.
    pub(super) fn message(&self) -> String {
        let told = match self.what {
            What::Finding(finding) => finding_words(finding),
            What::Unjudged(reason) => format!("could not judge: {reason}"),
            What::Standard(judgement, reason) => {
                format!("{}: {}: {reason}", judgement.verdict.words(), self.title())
            }
            What::Clause(_, clause) => self.clause_message(clause),
            What::Open(market, open) => {
                format!(
                    "open on market {}: {}; {}",
                    market.name,
                    open_line(open),
                    open.asks
                )
            }
        };
        match self.candidate {
            Some(candidate) => format!("{}: {told}", candidate.id),
            None => told,
        }
    }

    fn clause_message(&self, clause: &ClauseVerdict) -> String {
        let advice = match clause.level {
            Level::Shall => "",
            Level::Should | Level::Info => " (does not block)",
        };
        let mut text = format!(
            "{}: {}{advice}: {}",
            clause.verdict.words(),
            self.title(),
            measured(clause)
        );
        if let Some(reason) = &clause.reason {
            text.push_str("; ");
            text.push_str(reason);
        }
        if !clause.remedy.is_empty() {
            text.push_str("; change: ");
            text.push_str(&remedy_words(clause));
        }
        text
    }

    /// The file as an address relative to where the run began: forward slashes, no leading `./`.
    pub(super) fn path(&self) -> String {
        let path = self.file.file.replace('\\', "/");
        path.strip_prefix("./").unwrap_or(&path).to_owned()
    }
}
