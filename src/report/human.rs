//! The report for people.

use super::statuses::{outcome_words, table};
use super::{
    CandidateReport, FileReport, FileStatus, Head, Run, Summary, choke, clause, market, plural,
    portfolio, requirement, scenario,
};
use crate::change_rule::{self, Effect};
use crate::evaluate::Level;
use crate::portfolio::Portfolio;
use crate::verdict::DecisionRule;
use serde_json::Value;
use std::fmt::Write;

/// The whole run as text. `width` is that of a terminal; without one no line is broken.
pub fn human(run: &Run, width: Option<u16>) -> String {
    let mut text = human_head(&run.head());
    for file in &run.files {
        text.push_str(&human_file(file, width));
    }
    text + &human_end(run.portfolio.as_ref(), run.summary, run.level)
}

/// What stands before the first file.
pub fn human_head(head: &Head) -> String {
    let mut text = String::new();
    if head.decision_rule == DecisionRule::Simple {
        text.push_str(
            "decision rule: simple (shared risk); uncertainties do not count and nothing here can be \
             certified\n\n",
        );
    }
    if head.level == Level::Screening {
        let _ = writeln!(text, "level: {SCREENED}\n");
    }
    text
}

/// What became of one file.
pub fn human_file(file: &FileReport, width: Option<u16>) -> String {
    let mut text = String::new();
    file_text(&mut text, file, width);
    text.push('\n');
    text
}

/// What stands after the last file.
pub fn human_end(portfolio: Option<&Portfolio>, summary: Summary, level: Level) -> String {
    let mut text = String::new();
    if let Some(found) = portfolio {
        text.push_str(&portfolio::text(found));
        text.push('\n');
    }
    text + &summary_line(summary, level)
}

/// What a report of a screening says of itself.
pub(super) const SCREENED: &str = "screening; what fails here fails, and nothing on a field is met: `--level verdict` decides \
                                   on the rest";

/// The counts of the run in one line.
pub(super) fn summary_line(summary: Summary, level: Level) -> String {
    let Summary {
        files,
        candidates,
        meets_both,
        does_not,
        ..
    } = summary;
    let all = format!(
        "{} in {}",
        plural(candidates, "candidate"),
        plural(files, "file")
    );
    match level {
        Level::Screening => format!(
            "{all}, screened: {does_not} {} not meet both, {} for the verdict level\n",
            if does_not == 1 { "does" } else { "do" },
            candidates - does_not
        ),
        Level::Verdict => format!(
            "{all}: {meets_both} {} both (calculated)\n",
            if meets_both == 1 { "meets" } else { "meet" },
        ),
    }
}

fn file_text(text: &mut String, file: &FileReport, width: Option<u16>) {
    text.push_str(&file.called());
    if let Some(name) = &file.name {
        let _ = write!(text, ": {name}");
    }
    let findings = plural(file.findings.len(), "finding");
    let status = match file.status {
        FileStatus::Judged => String::new(),
        FileStatus::InvalidDesign => format!(": refused, {findings}"),
        FileStatus::Unreadable => ": could not be read".to_owned(),
        FileStatus::SolverFailed => ": no candidate could be evaluated".to_owned(),
    };
    let _ = writeln!(text, "{status}");
    if let Some(date) = &file.as_of {
        let from = file.as_of_from.unwrap_or("design");
        let _ = writeln!(text, "as of {date} ({from})");
    }
    if let Some(application) = &file.application {
        text.push_str(&requirement::block(
            application,
            file.application_from.as_deref(),
        ));
    }
    if file.candidates.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", table(&file.candidates, width));
    for candidate in &file.candidates {
        candidate_text(text, &file.file, candidate);
    }
}

fn candidate_text(text: &mut String, file: &str, candidate: &CandidateReport) {
    let CandidateReport { id, topology, .. } = candidate;
    let outcome = outcome_words(candidate.meets_both);
    let _ = writeln!(text, "\n{id} ({topology}): {outcome}");
    for note in &candidate.notes {
        let _ = writeln!(text, "  {note}");
    }
    text.push_str(&clause::obstacles(candidate, file));
    text.push_str(&market::list(candidate));
    if !candidate.choke_points.is_empty() {
        text.push_str("  choke points, smallest margin first:\n");
        for line in choke::list(&candidate.choke_points).lines() {
            let _ = writeln!(text, "  {line}");
        }
    }
    text.push_str(&change(candidate));
    text.push_str(&scenario::list(&candidate.supply.scenarios));
}

/// What a change between the pathways does; the JSON has the other switches.
fn change(candidate: &CandidateReport) -> String {
    let Some(between) = &candidate.change_rule.between_pathways else {
        return String::new();
    };
    let effect = match between.effect {
        Effect::Keeps => "keeps a certificate",
        Effect::NoCertificate => "has no certificate to keep",
    };
    format!("  {effect}: {}\n", change_rule::sentence(between))
}

/// A judged value as its record prints it; a whole number without the `.0` of JSON.
pub(crate) fn value_text(value: &Value) -> String {
    match value {
        Value::String(word) => word.clone(),
        Value::Number(number) => match number.as_f64() {
            // Display of f64 is the shortest text that reads back as the same number.
            Some(value) if number.is_f64() => value.to_string(),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// A quantity with its unit; `1` is the unit of ratios, counts and words and is not shown.
pub(crate) fn with_unit(amount: &str, unit: &str) -> String {
    match unit {
        "" | "1" => amount.to_owned(),
        unit => format!("{amount} {unit}"),
    }
}

/// A limit in the words of a standard, such as `{"minimum": 1.2}`, as people write it.
pub(crate) fn limit_text(limit: &Value) -> String {
    let Some(words) = limit.as_object() else {
        return value_text(limit);
    };
    let parts = words.iter().map(|(keyword, bound)| match keyword.as_str() {
        "minimum" => format!("≥ {}", value_text(bound)),
        "maximum" => format!("≤ {}", value_text(bound)),
        "exclusiveMinimum" => format!("> {}", value_text(bound)),
        "exclusiveMaximum" => format!("< {}", value_text(bound)),
        "const" => value_text(bound),
        "enum" => {
            let words: Vec<String> = bound
                .as_array()
                .into_iter()
                .flatten()
                .map(value_text)
                .collect();
            words.join(" or ")
        }
        other => format!("{other} {}", value_text(bound)),
    });
    parts.collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::limit_text;
    use serde_json::json;

    #[test]
    fn limits_read_as_people_write_them() {
        let cases = [
            (json!({"minimum": 1.17}), "≥ 1.17"),
            (json!({"minimum": 0.95, "maximum": 1.1}), "≥ 0.95 and ≤ 1.1"),
            (json!({"exclusiveMaximum": 2}), "< 2"),
            (json!({"minimum": 2.0}), "≥ 2"),
            (json!({"maximum": 0.0}), "≤ 0"),
            (json!({"const": true}), "true"),
            (
                json!({"enum": ["tabulated", "two_term"]}),
                "tabulated or two_term",
            ),
            (json!(3), "3"),
        ];
        for (limit, text) in cases {
            assert_eq!(limit_text(&limit), text);
        }
    }
}
