//! All clauses of one standard against one record.

use super::{
    ClauseStatus, ClauseVerdict, DecisionRule, Judgement, StandardName, Status, judge_clause,
};
use crate::standard::{Level, Standard};
use serde_json::Value;

/// Holds a record against a standard.
///
/// Where clause 0 does not hold the standard does not speak of the record: nothing else is judged and
/// the reason names what disagrees.
pub fn judge(standard: &Standard, record: &Value, rule: DecisionRule) -> Judgement {
    let pathway = record["pathway"].as_str().unwrap_or_default().to_owned();
    let named = |verdict, reason, clauses| Judgement {
        standard: name(standard),
        pathway,
        verdict,
        reason,
        clauses,
    };
    if !standard.speaks_of(record) {
        let reason = mismatch(standard, record);
        return named(Status::CouldNotJudge, Some(reason), Vec::new());
    }
    let clauses: Vec<ClauseVerdict> = standard
        .clauses
        .iter()
        .map(|clause| judge_clause(clause, record, rule))
        .collect();
    // Advice and information do not make a standard that is met. What a market advises is told all the same.
    let binding = |line: &&ClauseVerdict| line.level == Level::Shall || standard.market.is_some();
    if clauses
        .iter()
        .filter(binding)
        .all(|line| line.verdict == ClauseStatus::NotApplicable)
    {
        let reason = format!(
            "no clause of {} that blocks applies to the record",
            standard.name()
        );
        return named(Status::CouldNotJudge, Some(reason), clauses);
    }
    named(overall(&clauses), None, clauses)
}

pub(super) fn name(standard: &Standard) -> StandardName {
    let header = &standard.header;
    StandardName {
        series: header.series.clone(),
        version: header.version.clone(),
        subject: header.subject,
        side: header.side,
    }
}

/// A failed `shall` is decisive whatever else is open. What could not be judged comes before what is
/// undecided: a number that is missing may hide anything, one that is uncertain may not.
fn overall(clauses: &[ClauseVerdict]) -> Status {
    let any = |verdict| {
        clauses
            .iter()
            .any(|line| line.level == Level::Shall && line.verdict == verdict)
    };
    if any(ClauseStatus::Failed) {
        Status::Failed
    } else if any(ClauseStatus::CouldNotJudge) {
        Status::CouldNotJudge
    } else if any(ClauseStatus::Undecided) {
        Status::Undecided
    } else {
        Status::Met
    }
}

fn mismatch(standard: &Standard, record: &Value) -> String {
    let wrong: Vec<String> = standard
        .identity
        .pinned
        .iter()
        .filter(|(field, words)| {
            record
                .get(field.name)
                .is_none_or(|found| !words.contains(found))
        })
        .map(|(field, words)| {
            let words = words
                .iter()
                .map(Value::to_string)
                .collect::<Vec<_>>()
                .join(" or ");
            match record.get(field.name) {
                Some(found) => format!("{} is {found}, not {words}", field.name),
                None => format!("{} is missing, expected {words}", field.name),
            }
        })
        .collect();
    let what = if wrong.is_empty() {
        "it is no record".to_owned()
    } else {
        wrong.join("; ")
    };
    format!("{} does not speak of the record: {what}", standard.name())
}
