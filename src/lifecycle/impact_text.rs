//! The effect of new versions for people.

use super::archive_text::{TOLD, ending, on_limit};
use super::impact::{Counts, Effect, Impact, Line, Outcome};
use crate::verdict::ClauseStatus;
use std::fmt::Write;

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
        for added in &self.added {
            let _ = writeln!(text, "{added} is new: no record was judged by it before");
        }
        text + &ending(self.not_concerned_count, &self.repeated, &self.unreadable)
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
        "{} {} → {}: {}",
        line.id,
        line.before.map_or("not asked", ClauseStatus::words),
        line.after.map_or("not asked", ClauseStatus::words),
        on_limit(&line.measured)
    )
}
