//! The figures of a fleet for people.

use super::short;
use crate::choke::stage_of;
use crate::portfolio::{CountryRow, Portfolio, StageRow};
use std::fmt::Write;

/// Rows shown of each list; the JSON has all.
const SHOWN: usize = 6;

/// The fleet as text.
pub(super) fn text(found: &Portfolio) -> String {
    let machines: u64 = found
        .members
        .iter()
        .map(|m| m.machines_per_year_count)
        .sum();
    let mut text = format!(
        "portfolio: {machines} machines a year of {} designs; no standard judges it\n",
        found.members.len()
    );
    for member in &found.members {
        if let Some(missing) = &member.missing {
            let _ = writeln!(text, "  {} {}: {missing}", member.file, member.candidate);
        }
    }
    let tonnes: Vec<String> = found
        .elements
        .iter()
        .map(|row| format!("{} {}", row.element.symbol(), short(row.tonnes_per_year)))
        .collect();
    let _ = writeln!(text, "  tonnes a year: {}", tonnes.join(", "));
    let steps: Vec<String> = found
        .targets
        .largest_country_share_ratio
        .iter()
        .map(ToString::to_string)
        .collect();
    let _ = writeln!(
        text,
        "  dependence by country, aims {}:",
        steps.join(", then ")
    );
    for row in found.countries.iter().take(SHOWN) {
        let _ = writeln!(text, "    {}", country(row, steps.len()));
    }
    let mut stages: Vec<&StageRow> = found.stages.iter().collect();
    stages.sort_by(|a, b| {
        b.largest_country_share_ratio
            .total_cmp(&a.largest_country_share_ratio)
    });
    let _ = writeln!(text, "  stages that hang most on one country:");
    for row in stages.into_iter().take(SHOWN) {
        let _ = writeln!(text, "    {}", stage(row));
    }
    let [least, full] = found.targets.stock_days;
    for row in &found.stock {
        let _ = writeln!(
            text,
            "  stock, {}: least {} d, mean {} d, aim {least} to {full} d",
            row.sector,
            short(row.least_days),
            short(row.mean_days)
        );
    }
    if let Some(row) = &found.recycled {
        let _ = writeln!(
            text,
            "  recycled content: {}, undeclared for {} of the magnets, aim {}",
            short(row.recycled_content_ratio),
            short(row.undeclared_ratio),
            found.targets.recycled_content_min_ratio
        );
    }
    text
}

fn country(row: &CountryRow, steps: usize) -> String {
    format!(
        "{}: {} ({}), {} of {steps} aims met",
        row.country.as_deref().unwrap_or("undeclared"),
        short(row.share_ratio),
        stage_of(&[row.element], row.stage),
        row.steps_met_count
    )
}

fn stage(row: &StageRow) -> String {
    let open = if row.undeclared_ratio > 0.0 {
        format!(", {} of it undeclared", short(row.undeclared_ratio))
    } else {
        String::new()
    };
    format!(
        "{}, {} t a year: {} {}{open}",
        stage_of(&[row.element], row.stage),
        short(row.tonnes_per_year),
        row.largest_country.as_deref().unwrap_or("undeclared"),
        short(row.largest_country_share_ratio)
    )
}
