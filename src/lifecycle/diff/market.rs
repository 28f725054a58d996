//! What changes in what a market asks for beside its clauses: what is open, which rules do not bind, and which clauses
//! of programmes cover its own. No record is judged otherwise by it; a certificate states other things.

use super::version::Bump;
use crate::lifecycle::words;
use crate::standard::{Entry, Level, Standard};

/// The changes, a line each, and the step of the version that they ask for.
pub(super) fn changes(old: &Standard, new: &Standard) -> (Vec<String>, Bump) {
    let mut found = covers(old, new);
    let (Some(before), Some(after)) = (&old.market, &new.market) else {
        return (Vec::new(), Bump::None);
    };
    if before.name != after.name {
        let line = format!("name: {} → {}", before.name, after.name);
        found.push((line, Bump::Patch));
    }
    for open in &after.open {
        let same = before.open.iter().find(|one| one.entry.id == open.entry.id);
        let told = format!("open {} {}", open.entry.id, open.entry.title);
        let level = words::level(open.level);
        let Some(same) = same else {
            found.push((format!("{told}: added, {level}"), blocking(open.level)));
            continue;
        };
        if same.level != open.level {
            let from = words::level(same.level);
            found.push((format!("{told}: {from} → {level}"), blocking(open.level)));
        }
        if same.proof != open.proof {
            let (from, to) = (same.proof.name(), open.proof.name());
            found.push((
                format!("{told}: shown by {to}, before by {from}"),
                Bump::Major,
            ));
        }
        found.extend(entry(&told, &same.entry, &open.entry));
    }
    for open in &before.open {
        if !after.open.iter().any(|one| one.entry.id == open.entry.id) {
            let line = format!("open {} {}: removed", open.entry.id, open.entry.title);
            found.push((line, Bump::Minor));
        }
    }
    for rule in &after.outside {
        let same = before
            .outside
            .iter()
            .find(|one| one.entry.id == rule.entry.id);
        let told = format!("does not bind {} {}", rule.entry.id, rule.entry.title);
        match same {
            Some(same) => found.extend(entry(&told, &same.entry, &rule.entry)),
            None => found.push((format!("{told}: added"), Bump::Minor)),
        }
    }
    for rule in &before.outside {
        if !after
            .outside
            .iter()
            .any(|one| one.entry.id == rule.entry.id)
        {
            let line = format!(
                "does not bind {} {}: removed",
                rule.entry.id, rule.entry.title
            );
            found.push((line, Bump::Major));
        }
    }
    let step = found.iter().map(|(_, bump)| *bump).max();
    let lines = found.into_iter().map(|(line, _)| line).collect();
    (lines, step.unwrap_or(Bump::None))
}

/// What law asks for anew may be what a certificate does not show.
fn blocking(level: Level) -> Bump {
    match level {
        Level::Shall => Bump::Major,
        Level::Should | Level::Info => Bump::Minor,
    }
}

/// Of whom an entry speaks may change what is told of a machine; words and sources do not.
fn entry(told: &str, old: &Entry, new: &Entry) -> Option<(String, Bump)> {
    if old.condition != new.condition {
        return Some((format!("{told}: speaks of other machines"), Bump::Major));
    }
    // What no calculation shows is asked in words: other words may ask for something else.
    if old.description != new.description {
        let line = format!("{told}: {} → {}", old.description, new.description);
        return Some((line, Bump::Minor));
    }
    let same = old.title == new.title && old.rationale == new.rationale && old.source == new.source;
    (!same).then(|| (format!("{told}: other words"), Bump::Patch))
}

fn covers(old: &Standard, new: &Standard) -> Vec<(String, Bump)> {
    let pairs = new.clauses.iter().filter_map(|clause| {
        let before = old.clauses.iter().find(|one| one.id == clause.id)?;
        (before.covered_by != clause.covered_by).then_some((before, clause))
    });
    pairs
        .map(|(before, clause)| {
            let (from, to) = (words::covers(before), words::covers(clause));
            let line = format!("clause {} is covered by {to}, before by {from}", clause.id);
            (line, Bump::Patch)
        })
        .collect()
}
