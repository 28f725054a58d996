//! Markdown, for the summary of a pipeline or a comment on a change.

use super::obstacle::{Obstacle, Weight, worst_first};
use super::statuses::outcome_words;
use super::text::plain_markdown;
use super::{FileReport, FileStatus, Run, human, market};
use crate::evaluate::Level;
use crate::verdict::{DecisionRule, Status};
use std::fmt::Write;

/// A table of statuses a file, then everything that stands in the way, worst first.
pub fn markdown(run: &Run) -> String {
    let mut text = String::from("## dualcert\n\n");
    if run.decision_rule == DecisionRule::Simple {
        text.push_str(
            "**Decision rule: simple (shared risk); nothing here can be certified.**\n\n",
        );
    }
    if run.level == Level::Screening {
        let _ = writeln!(text, "**Level: {}.**\n", human::SCREENED);
    }
    text.push_str(&human::summary_line(run.summary, run.level));
    for file in &run.files {
        file_table(&mut text, file);
    }
    markets(&mut text, run);
    let obstacles = worst_first(run);
    if !obstacles.is_empty() {
        text.push_str("\n### In the way, worst first\n\n");
    }
    for obstacle in &obstacles {
        obstacle_line(&mut text, obstacle);
    }
    text
}

/// A line for each market and candidate.
fn markets(text: &mut String, run: &Run) {
    for file in &run.files {
        for candidate in &file.candidates {
            for verdict in &candidate.markets {
                let _ = writeln!(
                    text,
                    "\n**{}, {}, {}:** {}",
                    plain_markdown(&file.called()),
                    plain_markdown(&candidate.id),
                    plain_markdown(&verdict.name),
                    plain_markdown(&market::headline(verdict))
                );
            }
        }
    }
}

fn file_table(text: &mut String, file: &FileReport) {
    let status = match file.status {
        FileStatus::Judged => "",
        FileStatus::InvalidDesign => ": refused",
        FileStatus::Unreadable => ": could not be read",
        FileStatus::SolverFailed => ": no candidate could be evaluated",
    };
    let _ = writeln!(text, "\n### {}{status}", plain_markdown(&file.called()));
    if file.candidates.is_empty() {
        return;
    }
    text.push_str(
        "\n| candidate | magnet A | motor A | magnet B | motor B | interchange | outcome |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for candidate in &file.candidates {
        let words = candidate.statuses.all().map(Status::words).join(" | ");
        let _ = writeln!(
            text,
            "| {} | {words} | {} |",
            plain_markdown(&candidate.id),
            outcome_words(candidate.meets_both)
        );
    }
}

fn obstacle_line(text: &mut String, obstacle: &Obstacle<'_>) {
    let weight = match obstacle.weight {
        Weight::Error => "**blocks**",
        Weight::Warning => "advice",
        Weight::Note => "information",
    };
    let place = obstacle.place;
    let _ = writeln!(
        text,
        "- {weight}, {}:{}:{}: {}",
        plain_markdown(&obstacle.path()),
        place.line,
        place.column,
        plain_markdown(&obstacle.message())
    );
}
