//! A difference of two versions for people.

use super::{Bump, Change, CounterExample, Diff, Proof};
use crate::record::field::Field;
use crate::report::{value_text, with_unit};
use crate::standard::{Difference, Interval};
use crate::verdict::ClauseStatus;
use std::fmt::Write;

impl Diff {
    /// For people.
    pub fn text(&self) -> String {
        let mut text = format!("{} {} → {}\n", self.series, self.from, self.to);
        for line in &self.header {
            let _ = writeln!(text, "  {line}");
        }
        for line in &self.market {
            let _ = writeln!(text, "  {line}");
        }
        for change in &self.changes {
            text.push_str(&told(change));
        }
        let count = self.changes.len();
        let _ = writeln!(
            text,
            "{count} clauses change, {} do not; {} records replayed, {} disagreements",
            self.unchanged_count,
            self.replayed_count,
            self.disagreements.len()
        );
        for line in &self.disagreements {
            let _ = writeln!(text, "  disagreement: {line}");
        }
        let step = |bump: Bump| match bump {
            Bump::None => "none".to_owned(),
            bump => bump.to_string(),
        };
        let _ = writeln!(
            text,
            "version step asked for: {}; made: {}",
            step(self.required),
            step(self.declared)
        );
        for line in &self.shortfalls {
            let _ = writeln!(text, "  wrong: {line}");
        }
        text
    }
}

fn told(change: &Change) -> String {
    let mut text = String::new();
    let classes: Vec<&str> = change.classes.iter().map(|class| class.word()).collect();
    let was = change
        .was
        .as_ref()
        .map_or_else(String::new, |was| format!(", was {was}"));
    let _ = writeln!(
        text,
        "  {} {}{was}: {} ({})",
        change.clause,
        change.title,
        classes.join(", "),
        change.bump
    );
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "    {key:<20}{value}");
    };
    if change.from != change.to {
        line("before", change.from.as_deref().unwrap_or("not there"));
        line("now", change.to.as_deref().unwrap_or("removed"));
    }
    if !change.no_longer_accepted.is_empty() {
        line(
            "no longer accepted",
            &change.no_longer_accepted.join(" or "),
        );
    }
    if !change.newly_accepted.is_empty() {
        line("newly accepted", &change.newly_accepted.join(" or "));
    }
    if !change.texts.is_empty() {
        line("texts", &change.texts.join(", "));
    }
    if let Some(example) = &change.counter_example {
        line("shown by", &shown(example));
    }
    let proof = match change.proof {
        Proof::AlgebraAndReplay => "the sets, and the record above judged under both",
        Proof::Algebra => "the sets",
        Proof::Undetermined => "not known",
    };
    line("known by", proof);
    if let Some(reason) = &change.acknowledged {
        line("acknowledged", reason);
    }
    text
}

fn shown(example: &CounterExample) -> String {
    let verdict = |status: Option<ClauseStatus>| status.map_or("not asked", ClauseStatus::words);
    let whole = |accepted: bool| if accepted { "accepted" } else { "refused" };
    format!(
        "{}: clause {} → {}, whole standard {} → {}",
        example.holds,
        verdict(example.before),
        verdict(example.after),
        whole(example.accepted_before),
        whole(example.accepted_after)
    )
}

/// The differing values as people write them: `0.95 ≤ … < 1 T`.
pub(super) fn ranges(difference: &Difference, field: &Field) -> Vec<String> {
    let interval = |interval: &Interval| {
        let sign = |inclusive: bool, or_equal, strict| if inclusive { or_equal } else { strict };
        let lower = interval.lower.map(|b| {
            (
                b.value,
                sign(b.inclusive, "≤", "<"),
                sign(b.inclusive, "≥", ">"),
            )
        });
        let upper = interval
            .upper
            .map(|b| (b.value, sign(b.inclusive, "≤", "<")));
        let text = match (lower, upper) {
            (Some((low, _, _)), Some((high, _))) if low == high => format!("{low}"),
            (Some((low, sign, _)), Some((high, other))) => format!("{low} {sign} … {other} {high}"),
            (Some((low, _, sign)), None) => format!("{sign} {low}"),
            (None, Some((high, sign))) => format!("{sign} {high}"),
            (None, None) => "every number".to_owned(),
        };
        with_unit(&text, field.unit)
    };
    let intervals = difference.intervals.iter().map(interval);
    intervals
        .chain(difference.words.iter().map(value_text))
        .collect()
}
