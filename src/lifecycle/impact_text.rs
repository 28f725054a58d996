//! The effect of new versions for people.

use super::impact::{Counts, Effect, Impact, Line, Outcome};
use crate::report::{limit_text, value_text, with_unit};
use crate::verdict::ClauseStatus;
use serde_json::Value;
use std::fmt::Write;

/// Most records told of one outcome that changes nothing; the JSON has them all.
const TOLD: usize = 10;

impl Impact {
    /// For people: the counts, every record that loses or gains, and the first few of the others.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for standard in &self.standards {
            let Counts {
                series,
                from,
                to,
                loses,
                gains,
                keeps,
                remains_without,
            } = standard;
            let _ = writeln!(
                text,
                "{series} {from} → {to}: {loses} lose, {gains} gain, {keeps} keep conformity, \
                 {remains_without} remain without"
            );
            self.told(&mut text, series, Outcome::Loses, usize::MAX);
            self.told(&mut text, series, Outcome::Gains, usize::MAX);
            self.told(&mut text, series, Outcome::Keeps, TOLD);
            self.told(&mut text, series, Outcome::RemainsWithout, TOLD);
        }
        let _ = writeln!(
            text,
            "{} records that no standard here speaks of, {} that cannot be read",
            self.not_concerned_count,
            self.unreadable.len()
        );
        text
    }

    fn told(&self, text: &mut String, series: &str, outcome: Outcome, most: usize) {
        let these = || {
            let of_series = self.records.iter().filter(|effect| effect.series == series);
            of_series.filter(|effect| effect.outcome == outcome)
        };
        for effect in these().take(most) {
            text.push_str(&effect_text(effect));
        }
        let more = these().count().saturating_sub(most);
        if more > 0 {
            let _ = writeln!(text, "  … and {more} more that {}", words(outcome));
        }
    }
}

fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Loses => "lose",
        Outcome::Gains => "gain",
        Outcome::Keeps => "keep",
        Outcome::RemainsWithout => "remain without",
    }
}

fn effect_text(effect: &Effect) -> String {
    let head = match effect.outcome {
        Outcome::Loses => "loses",
        Outcome::Gains => "gains",
        Outcome::Keeps => "keeps",
        Outcome::RemainsWithout => "remains without",
    };
    let mut text = format!(
        "  {head}: {} ({} → {})\n",
        effect.record,
        effect.before.words(),
        effect.after.words()
    );
    for line in &effect.clauses {
        let _ = writeln!(text, "    {}", line_text(line));
    }
    text
}

fn line_text(line: &Line) -> String {
    format!(
        "{} {} → {}: {} {}",
        line.id,
        line.before.map_or("not asked", ClauseStatus::words),
        line.after.map_or("not asked", ClauseStatus::words),
        line.field,
        on_limit(
            (&line.value, line.uncertainty),
            (&line.limits, line.margin),
            &line.unit
        )
    )
}

/// A value with its uncertainty, its limit and how far it lies from it.
pub(super) fn on_limit(
    (value, uncertainty): (&Value, Option<f64>),
    (limits, margin): (&Value, Option<f64>),
    unit: &str,
) -> String {
    let value = if value.is_null() {
        "no value".to_owned()
    } else {
        let band = uncertainty.filter(|band| *band > 0.0);
        let band = band.map_or_else(String::new, |band| format!(" ± {band}"));
        with_unit(&format!("{}{band}", value_text(value)), unit)
    };
    let margin = margin.map_or_else(String::new, |margin| {
        format!(", margin {}", with_unit(&margin.to_string(), unit))
    });
    format!(
        "{value}, limit {}{margin}",
        with_unit(&limit_text(limits), unit)
    )
}
