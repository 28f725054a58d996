//! JSON Lines: a head, one line a file in the order of input, the summary.

use super::Run;
use serde_json::{Value, json};

/// `{"run": …}`, then `{"file": …}` for each file with what `--format json` says of it, `{"portfolio": …}` where
/// there is a fleet, then `{"summary": …}`.
///
/// # Errors
/// When a record holds what JSON cannot.
pub fn lines(run: &Run) -> Result<String, serde_json::Error> {
    let head = json!({"run": {
        "format_version": run.format_version,
        "tool": run.tool,
        "as_of": run.as_of,
        "level": run.level,
        "decision_rule": run.decision_rule,
    }});
    let mut text = serde_json::to_string(&head)? + "\n";
    let mut line = |key: &str, value: Value| -> Result<(), serde_json::Error> {
        text.push_str(&serde_json::to_string(&json!({key: value}))?);
        text.push('\n');
        Ok(())
    };
    for file in &run.files {
        line("file", serde_json::to_value(file)?)?;
    }
    if run.portfolio.is_some() {
        line("portfolio", serde_json::to_value(&run.portfolio)?)?;
    }
    line("summary", serde_json::to_value(run.summary)?)?;
    Ok(text)
}
