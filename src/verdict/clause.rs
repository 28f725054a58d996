//! One clause against one record.

use super::{ClauseStatus, ClauseVerdict, DecisionRule};
use crate::record::field::Kind;
use crate::record::{DIGITS, SCREENING};
use crate::standard::{Clause, Limit, Margin};
use crate::unit::round_significant;
use serde_json::{Value, json};

/// Holds a record against one clause. The record may come from anyone: whatever this program would
/// not have written there is *could not judge*.
pub fn judge_clause(clause: &Clause, record: &Value, rule: DecisionRule) -> ClauseVerdict {
    let mut line = blank(clause);
    if !clause.applies_to(record) {
        line.verdict = ClauseStatus::NotApplicable;
        return line;
    }
    let name = clause.field.name;
    line.basis = record["basis"][name].as_str().map(str::to_owned);
    let Some(value) = record.get(name) else {
        line.reason = Some(match &line.basis {
            Some(why) => format!("{name} could not be obtained: {why}"),
            None => format!("the record has no {name}"),
        });
        return line;
    };
    line.value = value.clone();
    // A value that is known at screening level only decides by its band, whatever the rule.
    let screened = line
        .basis
        .as_deref()
        .is_some_and(|basis| basis.starts_with(SCREENING));
    let rule = if screened {
        DecisionRule::GuardBanded
    } else {
        rule
    };
    match &clause.limit {
        Limit::OneOf(_) => among_words(clause, record, value, &mut line),
        Limit::Bounds { .. } => within_bounds(clause, record, value, rule, &mut line),
    }
    if screened {
        leave_open(&mut line);
    }
    line
}

/// At screening level a clause may fail. What else it would say is for the verdict level.
fn leave_open(line: &mut ClauseVerdict) {
    if matches!(line.verdict, ClauseStatus::Met | ClauseStatus::Undecided) {
        line.verdict = ClauseStatus::CouldNotJudge;
        line.reason = Some(format!(
            "{} does not fail at {SCREENING}, which shows no more: judge it at verdict level",
            line.field
        ));
    }
}

fn blank(clause: &Clause) -> ClauseVerdict {
    ClauseVerdict {
        id: clause.id.clone(),
        title: clause.title.clone(),
        level: clause.level,
        verdict: ClauseStatus::CouldNotJudge,
        field: clause.field.name.to_owned(),
        value: Value::Null,
        limit: first_limit(&clause.limit),
        limits: clause.limit.to_value(),
        unit: clause.field.unit.to_owned(),
        margin: None,
        margin_ratio: None,
        uncertainty: None,
        basis: None,
        remedy: clause.remedy.clone(),
        reason: None,
    }
}

/// The limit to show when no value says which bound is near.
fn first_limit(limit: &Limit) -> Value {
    match limit {
        Limit::Bounds { lower, upper } => json!(lower.or(*upper).map(|bound| bound.value)),
        Limit::OneOf(words) if words.len() == 1 => words[0].clone(),
        Limit::OneOf(words) => json!(words),
    }
}

fn among_words(clause: &Clause, record: &Value, value: &Value, line: &mut ClauseVerdict) {
    let fits = match clause.field.kind {
        Kind::Boolean => value.is_boolean(),
        Kind::Text => value.is_string(),
        Kind::Number => value.is_number(),
    };
    if !fits {
        let kind = clause.field.kind;
        line.reason = Some(format!(
            "{} is {value}, which is not a {kind}",
            clause.field.name
        ));
        return;
    }
    line.verdict = if clause.accepts(record) {
        ClauseStatus::Met
    } else {
        ClauseStatus::Failed
    };
}

fn within_bounds(
    clause: &Clause,
    record: &Value,
    value: &Value,
    rule: DecisionRule,
    line: &mut ClauseVerdict,
) {
    let name = clause.field.name;
    let Some(number) = value.as_f64().filter(|number| number.is_finite()) else {
        line.reason = Some(format!("{name} is {value}, which is not a finite number"));
        return;
    };
    let Some(margin) = clause.limit.margin(number) else {
        line.reason = Some(format!("clause {} has no bound", clause.id));
        return;
    };
    line.limit = json!(margin.bound.value);
    line.margin = Some(margin.value);
    line.margin_ratio = Some(round_significant(margin.value / clause.scale, DIGITS));
    let stated = record["uncertainty"][name].as_f64();
    let Some(uncertainty) = stated.filter(|u| u.is_finite() && *u >= 0.0) else {
        line.reason = Some(format!("the record states no uncertainty of {name}"));
        return;
    };
    line.uncertainty = Some(uncertainty);
    line.verdict = decide(margin, uncertainty, rule);
    // A value that a plain validator refuses is never met, whatever the arithmetic here says.
    if line.verdict == ClauseStatus::Met && !clause.accepts(record) {
        line.verdict = ClauseStatus::CouldNotJudge;
        line.reason = Some(format!(
            "the schema of clause {} refuses {value}",
            clause.id
        ));
    }
    if line.verdict == ClauseStatus::Undecided {
        line.reason = Some(undecided(clause, margin, uncertainty));
    }
}

/// The guard band. A margin of zero with no uncertainty is met at an inclusive bound, tested first.
fn decide(margin: Margin, uncertainty: f64, rule: DecisionRule) -> ClauseStatus {
    let distance = margin.value;
    let guard = match rule {
        DecisionRule::GuardBanded => uncertainty,
        DecisionRule::Simple => 0.0,
    };
    let on_the_bound = distance == 0.0;
    match guard {
        0.0 if on_the_bound && margin.bound.inclusive => ClauseStatus::Met,
        0.0 if on_the_bound => ClauseStatus::Failed,
        _ if distance >= guard => ClauseStatus::Met,
        _ if distance <= -guard => ClauseStatus::Failed,
        _ => ClauseStatus::Undecided,
    }
}

/// Which quantity, how far, and what would decide.
fn undecided(clause: &Clause, margin: Margin, uncertainty: f64) -> String {
    let (name, unit) = (clause.field.name, clause.field.unit);
    let unit = if unit == "1" {
        String::new()
    } else {
        format!(" {unit}")
    };
    let (limit, distance) = (margin.bound.value, margin.value.abs());
    if distance == 0.0 {
        return format!(
            "{name} lies on its limit {limit}{unit} and is known to ± {uncertainty}{unit} only; it takes a larger margin to decide"
        );
    }
    let side = if margin.value > 0.0 {
        "within"
    } else {
        "beyond"
    };
    format!(
        "{name} lies {distance}{unit} {side} its limit {limit}{unit} but is known to ± {uncertainty}{unit} only; finite elements or a test with an uncertainty of at most {distance}{unit} would decide"
    )
}

#[cfg(test)]
#[path = "guard_band_tests.rs"]
mod tests;
