//! What the file of a market says beside its clauses, as it reads.

use super::show::cell;
use super::words;
use crate::standard::{Entry, Open, Outside, Standard};
use std::fmt::Write;

/// For people, after the clauses.
pub(super) fn text(text: &mut String, standard: &Standard) {
    let Some(market) = &standard.market else {
        return;
    };
    for entry in market
        .open
        .iter()
        .map(open)
        .chain(market.outside.iter().map(outside))
    {
        let _ = write!(text, "\n{entry}");
    }
}

/// The entry of a market with this number.
pub(super) fn entry(standard: &Standard, id: &str) -> Option<String> {
    let market = standard.market.as_ref()?;
    let of_open = market.open.iter().find(|open| open.entry.id == id);
    let of_outside = || market.outside.iter().find(|rule| rule.entry.id == id);
    of_open.map(open).or_else(|| of_outside().map(outside))
}

fn open(open: &Open) -> String {
    let (entry, proof) = (&open.entry, open.proof.name());
    let level = words::level(open.level);
    let mut text = format!(
        "{} {} ({level}, open: shown by {proof} only)\n",
        entry.id, entry.title
    );
    lines(&mut text, "asks", entry);
    text
}

fn outside(rule: &Outside) -> String {
    let mut text = format!("{} {} (does not bind)\n", rule.entry.id, rule.entry.title);
    lines(&mut text, "means", &rule.entry);
    text
}

fn lines(text: &mut String, asks: &str, entry: &Entry) {
    let mut line = |key: &str, words: String| {
        let _ = writeln!(text, "  {key:<11}{words}");
    };
    line(asks, entry.description.clone());
    line("applies", words::concerns(entry));
    line("because", entry.rationale.clone());
    line("source", words::source(&entry.source));
}

/// For publication, after the clauses.
pub(super) fn markdown(text: &mut String, standard: &Standard) {
    let Some(market) = &standard.market else {
        return;
    };
    let _ = writeln!(
        text,
        "\n## Open\n\nNo calculation shows these.\n\n| number | title | level | shown by | applies | asks | source |\n|---|---|---|---|---|---|---|"
    );
    for open in &market.open {
        let entry = &open.entry;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            entry.id,
            cell(&entry.title),
            words::level(open.level),
            open.proof.name(),
            cell(&words::concerns(entry)),
            cell(&entry.description),
            cell(&words::source(&entry.source))
        );
    }
    let _ = writeln!(
        text,
        "\n## Rules that do not bind\n\n| number | title | applies | why | source |\n|---|---|---|---|---|"
    );
    for rule in &market.outside {
        let entry = &rule.entry;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            entry.id,
            cell(&entry.title),
            cell(&words::concerns(entry)),
            cell(&entry.description),
            cell(&words::source(&entry.source))
        );
    }
}
