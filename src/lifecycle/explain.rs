//! One clause: what it asks and why, how it became what it is, and how it decides on given records.

use super::show::{clause_json, clause_text, find};
use super::words;
use crate::report::{FORMAT_VERSION, Tool, limit_text, value_text, with_unit};
use crate::standard::{Clause, Standard};
use crate::verdict::{ClauseStatus, ClauseVerdict, DecisionRule, judge_clause};
use serde_json::{Value, json};
use std::fmt::Write;

/// A record that a clause is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Question<'r> {
    /// Candidate.
    pub candidate: &'r str,
    /// Pathway of the record.
    pub pathway: &'r str,
    /// The record.
    pub record: &'r Value,
}

/// A clause of one standard with its history.
#[derive(Debug)]
pub struct Explained<'s> {
    /// The standard, in its newest version or that which was named.
    pub standard: &'s Standard,
    /// The clause.
    pub clause: &'s Clause,
    /// Every version of the standard, oldest first.
    pub versions: Vec<&'s Standard>,
}

/// The clauses that a name means: `P8` in every standard that has one, `ev_traction_motor_b/P8`, or
/// `ev_traction_motor_b/0.3.0/P8` as an older version has it. With a sector, only the standards of that sector.
/// `standards` has the oldest version first.
pub fn explain<'s>(
    standards: &'s [Standard],
    name: &str,
    sector: Option<&str>,
) -> Vec<Explained<'s>> {
    let (meant, id) = meant(standards, name);
    meant
        .into_iter()
        .filter(|s| sector.is_none_or(|sector| s.header.sector == sector || s.market.is_some()))
        .filter_map(|standard| {
            let clause = standard.clauses.iter().find(|clause| clause.id == id)?;
            let series = &standard.header.series;
            let versions = standards.iter().filter(|s| s.header.series == *series);
            Some(Explained {
                standard,
                clause,
                versions: versions.collect(),
            })
        })
        .collect()
}

/// The standards that the name of a clause may mean, and its number: of `series/version/clause` one, of a number alone the
/// newest version of each.
pub(super) fn meant<'s, 'n>(
    standards: &'s [Standard],
    name: &'n str,
) -> (Vec<&'s Standard>, &'n str) {
    match name.rsplit_once('/') {
        None => (newest(standards).collect(), name),
        Some((standard, id)) => (find(standards, standard).into_iter().collect(), id),
    }
}

/// The newest version of every series; `standards` has the oldest first.
fn newest(standards: &[Standard]) -> impl Iterator<Item = &Standard> {
    let all = standards.iter().enumerate();
    let last = all.filter(|(place, standard)| {
        let next = standards.get(place + 1);
        next.is_none_or(|next| next.header.series != standard.header.series)
    });
    last.map(|(_, standard)| standard)
}

impl Explained<'_> {
    /// For people.
    pub fn text(&self, questions: &[Question<'_>]) -> String {
        let mut text = format!("{}\n", self.standard.name());
        text.push_str(&clause_text(self.clause, "  "));
        let _ = writeln!(text, "    history");
        for line in self.history() {
            let _ = writeln!(text, "      {line}");
        }
        for question in self.of_this(questions) {
            let _ = write!(text, "{}", self.tree(question));
        }
        text
    }

    /// As JSON.
    pub fn json(&self, questions: &[Question<'_>]) -> Value {
        let judged = |question: &Question<'_>| {
            json!({
                "candidate": question.candidate,
                "pathway": question.pathway,
                "speaks_of_the_record": self.standard.speaks_of(question.record),
                "applies": self.clause.applies_to(question.record),
                "judgement": self.judged(question),
            })
        };
        let judged: Vec<Value> = self.of_this(questions).map(judged).collect();
        json!({
            "standard": self.standard.header,
            "clause": clause_json(self.clause),
            "history": self.history(),
            "records": judged,
        })
    }

    /// The records of the pathways that the standard judges.
    fn of_this<'q, 'r>(
        &self,
        questions: &'q [Question<'r>],
    ) -> impl Iterator<Item = &'q Question<'r>> {
        let pinned = &self.standard.identity.pinned;
        let pathways = pinned.iter().find(|(field, _)| field.name == "pathway");
        let words: Vec<Value> = pathways.map(|(_, words)| words.clone()).unwrap_or_default();
        questions
            .iter()
            .filter(move |question| words.iter().any(|word| word == question.pathway))
    }

    fn judged(&self, question: &Question<'_>) -> ClauseVerdict {
        judge_clause(self.clause, question.record, DecisionRule::GuardBanded)
    }

    /// What each version said under this number.
    fn history(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut before: Option<String> = None;
        for standard in &self.versions {
            let clause = standard.clauses.iter().find(|c| c.id == self.clause.id);
            let said = clause.map(words::said);
            let line = match (&said, &before) {
                (None, None) => "not there".to_owned(),
                (None, Some(_)) => "removed".to_owned(),
                (Some(said), Some(before)) if said == before => "unchanged".to_owned(),
                (Some(said), _) => said.clone(),
            };
            let header = &standard.header;
            lines.push(format!(
                "{} ({}): {line}",
                header.version,
                words::status(header.status)
            ));
            before = said;
        }
        lines
    }

    /// How the verdict on a record comes about, step by step.
    fn tree(&self, question: &Question<'_>) -> String {
        let Question {
            candidate,
            pathway,
            record,
        } = question;
        let mut text = format!("    on {candidate}, pathway {pathway}\n");
        let mut step = |line: String| {
            let _ = writeln!(text, "      {line}");
        };
        step(format!("clause 0: {}", self.identity(record)));
        if !self.standard.speaks_of(record) {
            step("verdict: could not judge, the standard does not speak of the record".to_owned());
            return text;
        }
        step(format!(
            "applies {}: {}",
            words::applies(self.clause),
            self.condition(record)
        ));
        let line = self.judged(question);
        if line.verdict == ClauseStatus::NotApplicable {
            step("verdict: not applicable".to_owned());
            return text;
        }
        let value = match (&line.value, line.uncertainty) {
            (Value::Null, _) => "no value".to_owned(),
            (value, Some(band)) if band > 0.0 => {
                with_unit(&format!("{} ± {band}", value_text(value)), &line.unit)
            }
            (value, _) => with_unit(&value_text(value), &line.unit),
        };
        step(format!("{}: {value}", line.field));
        if let Some(basis) = &line.basis {
            step(format!("  basis: {basis}"));
        }
        step(format!(
            "limit: {}",
            with_unit(&limit_text(&line.limits), &line.unit)
        ));
        if let Some(margin) = line.margin {
            step(format!(
                "margin: {}",
                with_unit(&margin.to_string(), &line.unit)
            ));
        }
        step(format!("verdict: {}", verdict(&line)));
        text
    }

    fn identity(&self, record: &Value) -> String {
        let said = self.standard.identity.pinned.iter().map(|(field, words)| {
            match record.get(field.name) {
                Some(found) if words.contains(found) => {
                    format!("{} {}", field.name, value_text(found))
                }
                Some(found) => format!(
                    "{} {} is not {}",
                    field.name,
                    value_text(found),
                    words::either(words)
                ),
                None => format!("{} is missing", field.name),
            }
        });
        said.collect::<Vec<_>>().join(", ")
    }

    fn condition(&self, record: &Value) -> &'static str {
        if self.clause.applies_to(record) {
            "yes"
        } else {
            "no"
        }
    }
}

/// The verdict with the rule that gave it.
fn verdict(line: &ClauseVerdict) -> String {
    let band = with_unit(
        &line.uncertainty.unwrap_or_default().to_string(),
        &line.unit,
    );
    match line.verdict {
        ClauseStatus::Met if line.margin.is_some() => {
            format!("met, the margin is at least the uncertainty {band}")
        }
        ClauseStatus::Met => "met".to_owned(),
        ClauseStatus::Failed if line.margin.is_some() => {
            format!("failed, the value is beyond the limit by at least the uncertainty {band}")
        }
        ClauseStatus::Failed => "failed".to_owned(),
        ClauseStatus::Undecided => {
            format!("undecided, {}", line.reason.as_deref().unwrap_or_default())
        }
        ClauseStatus::NotApplicable => "not applicable".to_owned(),
        ClauseStatus::CouldNotJudge => {
            format!(
                "could not judge, {}",
                line.reason.as_deref().unwrap_or_default()
            )
        }
    }
}

/// Everything that was explained as one JSON document.
pub(crate) fn document(explained: &[Explained<'_>], questions: &[Question<'_>]) -> Value {
    let clauses: Vec<Value> = explained.iter().map(|one| one.json(questions)).collect();
    json!({"format_version": FORMAT_VERSION, "tool": Tool::THIS, "clauses": clauses})
}
