//! JSON Lines: a head, one line a file in the order of input, the summary.

use super::{FORMAT_VERSION, FileReport, Head, Run, Summary, Tool};
use crate::portfolio::Portfolio;
use serde_json::{Error, Value, json};

/// `{"run": …}`, then `{"file": …}` for each file with what `--format json` says of it, `{"portfolio": …}` where
/// there is a fleet, then `{"summary": …}`.
///
/// # Errors
/// When a record holds what JSON cannot.
pub fn lines(run: &Run) -> Result<String, Error> {
    let mut text = lines_head(&run.head())?;
    for file in &run.files {
        text.push_str(&lines_file(file)?);
    }
    Ok(text + &lines_end(run.portfolio.as_ref(), run.summary)?)
}

/// The line before the first file.
///
/// # Errors
/// Never for what it holds.
pub fn lines_head(head: &Head) -> Result<String, Error> {
    line(&json!({"run": {
        "format_version": FORMAT_VERSION,
        "tool": Tool::THIS,
        "as_of": head.as_of,
        "level": head.level,
        "decision_rule": head.decision_rule,
    }}))
}

/// The line of one file.
///
/// # Errors
/// When a record holds what JSON cannot.
pub fn lines_file(file: &FileReport) -> Result<String, Error> {
    line(&json!({"file": serde_json::to_value(file)?}))
}

/// The lines after the last file.
///
/// # Errors
/// When a figure of the fleet is none that JSON can hold.
pub fn lines_end(portfolio: Option<&Portfolio>, summary: Summary) -> Result<String, Error> {
    let mut text = String::new();
    if let Some(found) = portfolio {
        text.push_str(&line(&json!({"portfolio": serde_json::to_value(found)?}))?);
    }
    Ok(text + &line(&json!({"summary": serde_json::to_value(summary)?}))?)
}

fn line(value: &Value) -> Result<String, Error> {
    Ok(serde_json::to_string(value)? + "\n")
}
