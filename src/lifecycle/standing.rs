//! How archived records stand under the versions that are in force: each judged exactly as designs are.

use super::archive::{self, Archived, Measured, Repeated};
use crate::report::{FORMAT_VERSION, Tool};
use crate::standard::{Level, Standard};
use crate::verdict::{ClauseStatus, ClauseVerdict, DecisionRule, Judgement, Status, judge};
use serde::Serialize;

/// How archived records stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Version of this shape.
    pub format_version: &'static str,
    /// Who says it.
    pub tool: Tool,
    /// How a margin is held against its uncertainty.
    pub decision_rule: DecisionRule,
    /// Each standard that speaks of a record, with its counts.
    pub standards: Vec<Tally>,
    /// Each record under each standard that speaks of it, in the order of the archive.
    pub records: Vec<Judged>,
    /// Records of which no standard speaks.
    pub not_concerned_count: usize,
    /// Records that hold exactly what an earlier one holds; they count all the same.
    pub repeated: Vec<Repeated>,
    /// What is no record, one sentence each.
    pub unreadable: Vec<String>,
}

/// How the records of one standard stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Series.
    pub series: String,
    /// Version.
    pub version: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Records that meet it.
    pub met: usize,
    /// Records that fail a blocking clause.
    pub failed: usize,
    /// Records of which a blocking clause is undecided.
    pub undecided: usize,
    /// Records that could not be judged.
    pub could_not_judge: usize,
}

/// One record under one standard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// Name of the record.
    pub record: String,
    /// Pathway of the record: a, b, none or pair.
    pub pathway: String,
    /// Series of the standard.
    pub series: String,
    /// What the standard says.
    pub verdict: Status,
    /// Why nothing was judged, where that is so.
    pub reason: Option<String>,
    /// The blocking clauses that are not met, worst first; where there is none, the one that is nearest to its limit.
    pub clauses: Vec<Blocking>,
}

/// One blocking clause on one record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blocking {
    /// Number.
    pub id: String,
    /// What it says.
    pub verdict: ClauseStatus,
    /// What is judged.
    #[serde(flatten)]
    pub measured: Measured,
    /// Why it is undecided or could not be judged.
    pub reason: Option<String>,
}

/// Judges an archive. In parallel; the order of the result is that of the input.
pub fn standing(
    standards: &[Standard],
    archive: impl Iterator<Item = Result<Archived, String>> + Send,
) -> Standing {
    let rule = DecisionRule::GuardBanded;
    let judged = archive::each(archive, |name, record| {
        let concerned = standards
            .iter()
            .filter(|standard| standard.speaks_of(record));
        let judged = concerned.map(|standard| of_judgement(name, judge(standard, record, rule)));
        judged.collect::<Vec<Judged>>()
    });
    let not_concerned_count = judged.found.iter().filter(|one| one.is_empty()).count();
    let records: Vec<Judged> = judged.found.into_iter().flatten().collect();
    let tallies = standards.iter().map(|standard| tally(standard, &records));
    Standing {
        format_version: FORMAT_VERSION,
        tool: Tool::THIS,
        decision_rule: rule,
        standards: tallies.filter(|tally| tally.total() > 0).collect(),
        records,
        not_concerned_count,
        repeated: judged.repeated,
        unreadable: judged.unreadable,
    }
}

impl Tally {
    fn total(&self) -> usize {
        self.met + self.failed + self.undecided + self.could_not_judge
    }
}

fn tally(standard: &Standard, records: &[Judged]) -> Tally {
    let header = &standard.header;
    let of = |verdict| {
        let these = records.iter().filter(|one| one.series == header.series);
        these.filter(|one| one.verdict == verdict).count()
    };
    Tally {
        series: header.series.clone(),
        version: header.version.clone(),
        sha256: standard.digest.clone(),
        met: of(Status::Met),
        failed: of(Status::Failed),
        undecided: of(Status::Undecided),
        could_not_judge: of(Status::CouldNotJudge),
    }
}

fn of_judgement(name: &str, judgement: Judgement) -> Judged {
    let open = |line: &&ClauseVerdict| {
        let quiet = [ClauseStatus::Met, ClauseStatus::NotApplicable];
        line.level == Level::Shall && !quiet.contains(&line.verdict)
    };
    let mut open: Vec<&ClauseVerdict> = judgement.clauses.iter().filter(open).collect();
    open.sort_by(|one, other| worse(one).total_cmp(&worse(other)));
    if open.is_empty() {
        open.extend(judgement.nearest());
    }
    Judged {
        record: name.to_owned(),
        clauses: open.into_iter().map(blocking).collect(),
        pathway: judgement.pathway,
        series: judgement.standard.series,
        verdict: judgement.verdict,
        reason: judgement.reason,
    }
}

/// What has no margin comes first: a word that is wrong, or a number that is not there.
fn worse(line: &ClauseVerdict) -> f64 {
    line.margin_ratio.unwrap_or(f64::NEG_INFINITY)
}

fn blocking(line: &ClauseVerdict) -> Blocking {
    Blocking {
        id: line.id.clone(),
        verdict: line.verdict,
        measured: Measured::of(line),
        reason: line.reason.clone(),
    }
}
