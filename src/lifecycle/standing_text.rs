//! How archived records stand, for people.

use super::archive_text::{TOLD, ending, on_limit};
use super::standing::{Blocking, Standing, Tally};
use crate::verdict::Status;
use std::fmt::Write;

impl Standing {
    /// For people: the counts, and the first few records that do not conform.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for standard in &self.standards {
            let Tally {
                series,
                version,
                met,
                failed,
                undecided,
                could_not_judge,
                ..
            } = standard;
            let _ = writeln!(
                text,
                "{series} {version}: {met} met, {failed} failed, {undecided} undecided, {could_not_judge} could not be judged"
            );
            for verdict in [Status::Failed, Status::CouldNotJudge, Status::Undecided] {
                self.told(&mut text, series, verdict);
            }
        }
        text + &ending(self.not_concerned_count, &self.repeated, &self.unreadable)
    }

    fn told(&self, text: &mut String, series: &str, verdict: Status) {
        let these = || {
            let of_series = self.records.iter().filter(|one| one.series == series);
            of_series.filter(|one| one.verdict == verdict)
        };
        for one in these().take(TOLD) {
            let reason = one.reason.as_ref();
            let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
            let _ = writeln!(text, "  {}: {}{reason}", verdict.words(), one.record);
            for clause in &one.clauses {
                let _ = writeln!(text, "    {}", clause_text(clause));
            }
        }
        let more = these().count().saturating_sub(TOLD);
        if more > 0 {
            let _ = writeln!(text, "  … and {more} more: {}", verdict.words());
        }
    }
}

fn clause_text(clause: &Blocking) -> String {
    format!(
        "{} {}: {}",
        clause.id,
        clause.verdict.words(),
        on_limit(&clause.measured)
    )
}
