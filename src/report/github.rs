//! Annotations of a GitHub workflow (workflow commands). Only the first ten of each kind are shown
//! there, so the worst stand first.

use super::obstacle::{Obstacle, Weight, worst_first};
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
    let place = obstacle.place;
    let _ = write!(text, "::{command} ");
    // Standard input is no file that could be annotated.
    if obstacle.file.file != "-" {
        let file = property(&obstacle.path());
        let _ = write!(
            text,
            "file={file},line={},endLine={},",
            place.line, place.end_line
        );
        // Columns hold within one line only; the last one is the last character here.
        if place.line == place.end_line {
            let last = place.end_column.saturating_sub(1).max(place.column);
            let _ = write!(text, "col={},endColumn={last},", place.column);
        }
    }
    let _ = writeln!(
        text,
        "title={}::{}",
        property(&obstacle.title()),
        data(&obstacle.message())
    );
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("50 %\r\n::error::x"), "50 %25%0D%0A::error::x");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
