//! The outcome of a candidate in words, and the table of candidates.

use super::CandidateReport;
use crate::verdict::Status;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};

/// Whether a candidate meets both, as people read it.
pub(super) fn outcome_words(meets_both: Option<bool>) -> &'static str {
    match meets_both {
        Some(true) => "meets both (calculated)",
        Some(false) => "does not meet both",
        None => "could not judge",
    }
}

/// Candidates × standards. `width` is that of a terminal; without one no line is broken.
pub(super) fn table(candidates: &[CandidateReport], width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    match width {
        Some(width) => {
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(width);
        }
        None => {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    table.set_header([
        "candidate",
        "magnet A",
        "motor A",
        "magnet B",
        "motor B",
        "interchange",
        "meets both",
    ]);
    for candidate in candidates {
        let both = match candidate.meets_both {
            Some(true) => "yes (calculated)",
            Some(false) => "no",
            None => "could not judge",
        };
        let words = candidate.statuses.all().map(Status::words);
        let row = [candidate.id.as_str()]
            .into_iter()
            .chain(words)
            .chain([both]);
        table.add_row(row);
    }
    table.trim_fmt()
}
