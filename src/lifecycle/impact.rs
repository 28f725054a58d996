//! Whom a new version of a standard hits: archived records judged under both versions, exactly as
//! designs are.

use super::archive::{self, Archived, Measured, Repeated};
use crate::report::{FORMAT_VERSION, Tool};
use crate::standard::Standard;
use crate::verdict::{ClauseStatus, ClauseVerdict, DecisionRule, Judgement, Status, judge_alone};
use serde::Serialize;
use serde_json::Value;

/// What new versions do to archived records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Impact {
    /// Version of this shape.
    pub format_version: &'static str,
    /// Who says it.
    pub tool: Tool,
    /// Each standard with its counts.
    pub standards: Vec<Counts>,
    /// Standards that are new, by series and version: nothing was judged by them before; absent where none is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
    /// Each record under each standard that speaks of it, in the order of the archive.
    pub records: Vec<Effect>,
    /// Records of which no standard speaks, in neither version.
    pub not_concerned_count: usize,
    /// Records that hold exactly what an earlier one holds; they count all the same.
    pub repeated: Vec<Repeated>,
    /// What is no record, one sentence each.
    pub unreadable: Vec<String>,
}

/// What becomes of the records of one standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Series.
    pub series: String,
    /// Version before.
    pub from: String,
    /// Version after.
    pub to: String,
    /// Records that conformed and do not.
    pub loses: usize,
    /// Records that did not conform and do.
    pub gains: usize,
    /// Records that conform under both.
    pub keeps: usize,
    /// Records that conform under neither.
    pub remains_without: usize,
}

/// What becomes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Conformed and does not.
    Loses,
    /// Did not conform and does.
    Gains,
    /// Conforms under both.
    Keeps,
    /// Conforms under neither.
    RemainsWithout,
}

/// One record under both versions of one standard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// Name of the record.
    pub record: String,
    /// Series of the standard.
    pub series: String,
    /// What becomes of it.
    pub outcome: Outcome,
    /// What the old version says.
    pub before: Status,
    /// What the new version says.
    pub after: Status,
    /// The clauses that judge otherwise or, where none does, the one that is nearest to its new limit.
    pub clauses: Vec<Line>,
}

/// One clause on one record under both versions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Number.
    pub id: String,
    /// Verdict before; none when the clause was not there.
    pub before: Option<ClauseStatus>,
    /// Verdict now; none when it is gone.
    pub after: Option<ClauseStatus>,
    /// What is judged; the new limit, or the old one where the clause is gone.
    #[serde(flatten)]
    pub measured: Measured,
}

/// Judges an archive under pairs of versions, old and new. In parallel over the archive; the order of
/// the result is that of the input.
pub fn impact(
    versions: &[(Standard, Standard)],
    archive: impl Iterator<Item = Result<Archived, String>> + Send,
) -> Impact {
    let replayed = archive::each(archive, |name, record| of_record(versions, name, record));
    let (mut effects, mut not_concerned) = (Vec::new(), 0);
    for one in replayed.found {
        if one.is_empty() {
            not_concerned += 1;
        }
        effects.extend(one);
    }
    Impact {
        format_version: FORMAT_VERSION,
        tool: Tool::THIS,
        added: Vec::new(),
        standards: versions.iter().map(|pair| counts(pair, &effects)).collect(),
        records: effects,
        not_concerned_count: not_concerned,
        repeated: replayed.repeated,
        unreadable: replayed.unreadable,
    }
}

fn counts((old, new): &(Standard, Standard), effects: &[Effect]) -> Counts {
    let of = |outcome| {
        let these = effects.iter().filter(|e| e.series == new.header.series);
        these.filter(|effect| effect.outcome == outcome).count()
    };
    Counts {
        series: new.header.series.clone(),
        from: old.header.version.clone(),
        to: new.header.version.clone(),
        loses: of(Outcome::Loses),
        gains: of(Outcome::Gains),
        keeps: of(Outcome::Keeps),
        remains_without: of(Outcome::RemainsWithout),
    }
}

/// Nothing when no standard speaks of the record.
fn of_record(versions: &[(Standard, Standard)], name: &str, record: &Value) -> Vec<Effect> {
    let concerned = versions
        .iter()
        .filter(|(old, new)| old.speaks_of(record) || new.speaks_of(record));
    let effects = concerned.map(|(old, new)| {
        let judged = |standard| judge_alone(standard, record, DecisionRule::GuardBanded);
        effect(name, new, &judged(old), &judged(new))
    });
    effects.collect()
}

fn effect(name: &str, new: &Standard, before: &Judgement, after: &Judgement) -> Effect {
    let conforms =
        |judgement: &Judgement| matches!(judgement.verdict, Status::Met | Status::NotRequired);
    let outcome = match (conforms(before), conforms(after)) {
        (true, false) => Outcome::Loses,
        (false, true) => Outcome::Gains,
        (true, true) => Outcome::Keeps,
        (false, false) => Outcome::RemainsWithout,
    };
    let mut clauses = otherwise(before, after);
    if clauses.is_empty() {
        clauses.extend(nearest(before, after));
    }
    Effect {
        record: name.to_owned(),
        series: new.header.series.clone(),
        outcome,
        before: before.verdict,
        after: after.verdict,
        clauses,
    }
}

/// The clauses whose verdict changes, new ones and those that are gone included.
fn otherwise(before: &Judgement, after: &Judgement) -> Vec<Line> {
    let of = |judgement: &'_ Judgement, id: &str| {
        let found = judgement.clauses.iter().find(|line| line.id == id);
        found.map(|line| line.verdict)
    };
    let now = after.clauses.iter().filter_map(|now| {
        let was = of(before, &now.id);
        // What is not asked any more is told by what it was.
        let told = before
            .clauses
            .iter()
            .find(|line| line.id == now.id && now.verdict == ClauseStatus::NotApplicable)
            .unwrap_or(now);
        (was != Some(now.verdict)).then(|| line(told, was, Some(now.verdict)))
    });
    let gone = before
        .clauses
        .iter()
        .filter(|was| of(after, &was.id).is_none())
        .map(|was| line(was, Some(was.verdict), None));
    now.chain(gone).collect()
}

/// The blocking clause that is nearest to its new limit.
fn nearest(before: &Judgement, after: &Judgement) -> Option<Line> {
    let nearest = after.nearest()?;
    let was = before.clauses.iter().find(|line| line.id == nearest.id);
    Some(line(
        nearest,
        was.map(|line| line.verdict),
        Some(nearest.verdict),
    ))
}

fn line(told: &ClauseVerdict, before: Option<ClauseStatus>, after: Option<ClauseStatus>) -> Line {
    Line {
        id: told.id.clone(),
        before,
        after,
        measured: Measured::of(told),
    }
}
