//! The report of a search for drop-in magnets.

use super::human::{limit_text, value_text, with_unit};
use super::{FORMAT_VERSION, Tool};
use crate::substitute::{Binding, Found, Origin, Outcome, Stand, Trial};
use crate::unit::round_significant;
use serde_json::{Value, json};
use std::fmt::Write;

/// Trials that did not meet their side that are shown to people, for each pathway.
const NEAREST: usize = 5;

/// The search as text.
pub fn substitution(file: &str, candidate: &str, as_of: Option<&str>, outcome: &Outcome) -> String {
    let mut text = format!("{file}: magnets for the laminations of {candidate}\n");
    if let Some(day) = as_of {
        let _ = writeln!(text, "as of {day}");
    }
    let _ = writeln!(
        text,
        "{} trials, {} magnets solved; {} {} both (calculated)\n",
        outcome.tried,
        outcome.solved,
        outcome.pairs.len(),
        if outcome.pairs.len() == 1 {
            "pair meets"
        } else {
            "pairs meet"
        },
    );
    for (rank, found) in outcome.pairs.iter().enumerate() {
        pair(&mut text, rank + 1, found);
    }
    for (side, name) in [("a", "A"), ("b", "B")] {
        let of_side = outcome
            .unmet
            .iter()
            .filter(|trial| trial.side.key() == side);
        let _ = writeln!(
            text,
            "nearest on pathway {name} that do not meet its standards:"
        );
        let mut told: Vec<String> = Vec::new();
        for trial in of_side {
            let line = format!("  {}{}: {}", trial.grade(), terms(trial), obstacle(trial));
            // Another donor of the terms may make no difference.
            if !told.contains(&line) {
                told.push(line);
            }
            if told.len() == NEAREST {
                break;
            }
        }
        for line in told {
            let _ = writeln!(text, "{line}");
        }
    }
    if !outcome.apart.is_empty() {
        text.push_str("pairs that only the interchange keeps apart:\n");
        for (a, b, found) in outcome.apart.iter().take(NEAREST) {
            let _ = writeln!(text, "  {a} with {b}: {}", sentence(found));
        }
    }
    text
}

fn pair(text: &mut String, rank: usize, found: &Found) {
    let pathways = &found.candidate.magnet_pathways;
    let grade = |pathway: &Option<crate::design::Pathway>| {
        pathway
            .as_ref()
            .map_or_else(String::new, |p| p.grade.clone())
    };
    let _ = writeln!(
        text,
        "{rank}. {} with {}: smallest margin ratio {}, heavy rare earth {} kg and {} kg{}{}",
        grade(&pathways.a),
        grade(&pathways.b),
        smallest_margin(found, 3).map_or_else(|| "none".to_owned(), |margin| margin.to_string()),
        round_significant(found.heavy_rare_earth_kg[0], 3),
        round_significant(found.heavy_rare_earth_kg[1], 3),
        cost(found),
        if assumed(found) {
            "; assumed supply, cannot be certified"
        } else {
            ""
        },
    );
    for change in &found.changed {
        let _ = writeln!(text, "   {change}");
    }
}

/// The smallest margin of an uncertain value; nothing where all are declared.
fn smallest_margin(found: &Found, digits: usize) -> Option<f64> {
    let margin = found.margin_ratios.first();
    margin.map(|margin| round_significant(*margin, digits))
}

/// What the raw materials of the magnets cost; nothing without prices.
fn cost(found: &Found) -> String {
    let [Some(a), Some(b)] = found.magnet_cost_usd else {
        return String::new();
    };
    let names: Vec<&str> = found.unpriced.iter().map(|e| e.symbol()).collect();
    let without = if names.is_empty() {
        String::new()
    } else {
        format!(" without {}", names.join(", "))
    };
    format!(
        ", raw materials of the magnets {} USD and {} USD{without}",
        round_significant(a, 3),
        round_significant(b, 3)
    )
}

fn assumed(found: &Found) -> bool {
    [found.origin_a, found.origin_b].contains(&Origin::Assumed)
}

fn terms(trial: &Trial) -> &'static str {
    if trial.assumed() {
        " (supply and data assumed)"
    } else {
        ""
    }
}

fn obstacle(trial: &Trial) -> String {
    let solved = if trial.stand == Stand::Screened {
        ", not solved"
    } else {
        ""
    };
    let found = trial.binding.as_ref();
    found.map_or_else(|| "nothing binds".to_owned(), |b| sentence(b) + solved)
}

fn sentence(found: &Binding) -> String {
    let more = match found.unmet_count {
        0 | 1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    let value = match &found.value {
        Value::Null => "no value".to_owned(),
        value => with_unit(&value_text(value), &found.unit),
    };
    format!(
        "{} {}, {} ({}): {} {value}, limit {}{more}",
        found.standard,
        found.clause,
        found.title,
        found.verdict.words(),
        found.field,
        with_unit(&limit_text(&found.limit), &found.unit),
    )
}

/// The search as JSON, with a line break at the end.
///
/// # Errors
/// When a record holds what JSON cannot.
pub fn substitution_json(
    file: &str,
    candidate: &str,
    as_of: Option<&str>,
    outcome: &Outcome,
) -> Result<String, serde_json::Error> {
    let pairs: Vec<Value> = outcome.pairs.iter().map(pair_json).collect();
    let unmet: Vec<Value> = outcome
        .unmet
        .iter()
        .map(|trial| {
            json!({
                "pathway": trial.side.key(), "grade": trial.grade(), "terms": trial.offer.origin,
                "terms_of": trial.offer.terms_of,
                "stand": trial.stand, "binding": trial.binding,
            })
        })
        .collect();
    let apart: Vec<Value> = outcome
        .apart
        .iter()
        .map(|(a, b, binding)| json!({"grade_a": a, "grade_b": b, "binding": binding}))
        .collect();
    let whole = json!({
        "format_version": FORMAT_VERSION,
        "tool": Tool::THIS,
        "as_of": as_of,
        "file": file,
        "candidate": candidate,
        "keep": "laminations",
        "tried": outcome.tried,
        "solved": outcome.solved,
        "pairs": pairs,
        "unmet": unmet,
        "apart": apart,
    });
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}

fn pair_json(found: &Found) -> Value {
    let pathways = &found.candidate.magnet_pathways;
    json!({
        "id": found.candidate.id,
        "grade_a": pathways.a.as_ref().map(|p| &p.grade),
        "grade_b": pathways.b.as_ref().map(|p| &p.grade),
        "terms_a": found.origin_a,
        "terms_b": found.origin_b,
        "terms_of_a": found.terms_of[0],
        "terms_of_b": found.terms_of[1],
        "assumed": assumed(found),
        "smallest_margin_ratio": smallest_margin(found, 6),
        "heavy_rare_earth_a_kg": found.heavy_rare_earth_kg[0],
        "heavy_rare_earth_b_kg": found.heavy_rare_earth_kg[1],
        "magnet_cost_a_usd": found.magnet_cost_usd[0].map(|usd| round_significant(usd, 6)),
        "magnet_cost_b_usd": found.magnet_cost_usd[1].map(|usd| round_significant(usd, 6)),
        "unpriced": found.unpriced,
        "changed": found.changed,
    })
}
