//! Annotations of a GitHub workflow (workflow commands). Only the first ten of each kind are shown
//! there, so the worst stand first.

use super::obstacle::{Obstacle, Weight, worst_first};
use super::text::{annotation_data, annotation_place, annotation_property};
use super::{Run, human};
use std::fmt::Write;

/// One line an obstacle, then the summary as plain text.
pub fn github(run: &Run) -> String {
    let mut text = String::new();
    for obstacle in worst_first(run) {
        annotation(&mut text, &obstacle);
    }
    text.push_str(&human::summary_line(run.summary, run.level));
    text
}

fn annotation(text: &mut String, obstacle: &Obstacle<'_>) {
    let command = match obstacle.weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "notice",
    };
    let _ = write!(text, "::{command} ");
    // Standard input is no file that could be annotated.
    if obstacle.file.file != "-" {
        text.push_str(&annotation_place(&obstacle.path(), obstacle.place));
    }
    let _ = writeln!(
        text,
        "title={}::{}",
        annotation_property(&obstacle.title()),
        annotation_data(&obstacle.message())
    );
}
