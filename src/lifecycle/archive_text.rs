//! What is said of an archive for people, whatever it was judged for.

use super::archive::{Measured, Repeated};
use crate::report::{limit_text, value_text, with_unit};
use std::fmt::Write;

/// Most records told one by one of what nobody has to act on; the JSON has them all.
pub(super) const TOLD: usize = 10;

/// The last lines: what was not judged.
pub(super) fn ending(not_concerned: usize, repeated: &[Repeated], unreadable: &[String]) -> String {
    let mut text = String::new();
    for one in repeated.iter().take(TOLD) {
        let _ = writeln!(
            text,
            "  the same twice: {} holds what {} holds",
            one.record, one.same_as
        );
    }
    if repeated.len() > TOLD {
        let _ = writeln!(
            text,
            "  … and {} more that hold what an earlier one holds",
            repeated.len() - TOLD
        );
    }
    let _ = writeln!(
        text,
        "{not_concerned} records that no standard here speaks of, {} that cannot be read",
        unreadable.len()
    );
    text
}

/// A field with its value and its uncertainty, the limit and how far the value lies from it.
pub(super) fn on_limit(measured: &Measured) -> String {
    let Measured {
        field,
        value,
        limits,
        unit,
        margin,
        uncertainty,
    } = measured;
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
        "{field} {value}, limit {}{margin}",
        with_unit(&limit_text(limits), unit)
    )
}
