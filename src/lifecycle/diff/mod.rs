//! What changes from one version of a standard to the next, from the sets of records that their
//! clauses accept and not from their wording; and which step of the version that asks for.
//!
//! The algebra is exact: a clause judges one field between bounds or among words, in some of finitely
//! many situations. Every class is also held against a replay of records drawn at random, by the ledger
//! that judges designs; where the two disagree the comparison itself has failed, and says so.

mod acknowledge;
mod alone;
mod change;
mod classify;
mod example;
mod header;
mod market;
mod pairs;
mod replay;
mod situation;
mod text;
mod version;

pub use acknowledge::{Acknowledged, Acknowledgement};
pub use alone::Alone;
pub use change::{Change, Class, CounterExample, Proof};
pub use version::Bump;

use crate::report::{FORMAT_VERSION, Tool};
use crate::standard::Standard;
use serde::Serialize;
use situation::Situations;

/// Records drawn for every change, and once more for the standards as a whole.
pub const RECORDS: usize = 10_000;

/// Two standards that are no versions of one another.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{old} and {new} are not versions of one standard: their {what} differ")]
pub struct NotVersions {
    /// Name of the first.
    pub old: String,
    /// Name of the second.
    pub new: String,
    /// What differs.
    pub what: &'static str,
}

/// The difference of two versions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diff {
    /// Version of this shape.
    pub format_version: &'static str,
    /// Who says it.
    pub tool: Tool,
    /// Name that both versions share.
    pub series: String,
    /// Version compared from.
    pub from: String,
    /// Version compared to.
    pub to: String,
    /// What changes in the header or the title, in words. It changes no verdict; a standard that is withdrawn certifies nothing.
    pub header: Vec<String>,
    /// What changes of a market beside its clauses, in words; absent where nothing does. It changes no verdict.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub market: Vec<String>,
    /// Clause by clause, in the order of the new version; removed clauses last.
    pub changes: Vec<Change>,
    /// Clauses that are the same in every word.
    pub unchanged_count: usize,
    /// The least step of the version that the changes ask for.
    pub required: Bump,
    /// The step that the versions make.
    pub declared: Bump,
    /// What is wrong with the new version as a version: nothing, or one sentence each.
    pub shortfalls: Vec<String>,
    /// The step that the status and what a market asks for beside its clauses ask for.
    #[serde(skip)]
    beside: Bump,
    /// Records replayed under both versions.
    pub replayed_count: usize,
    /// Where replay and algebra disagree; empty unless the comparison itself is wrong.
    pub disagreements: Vec<String>,
}

/// Compares two versions of a standard.
///
/// # Errors
/// When the two are not of one series, subject, side and sector.
pub fn diff(old: &Standard, new: &Standard) -> Result<Diff, NotVersions> {
    same_series(old, new)?;
    let situations = Situations::of(old, new);
    let mut changes = Vec::new();
    let (mut replayed, mut disagreements) = (0, Vec::new());
    let mut unchanged = 0;
    changes.extend(classify::of_identity(old, new, &situations));
    for pair in pairs::pairs(old, new) {
        let Some((mut change, expected)) = classify::of_pair(&pair, [old, new], &situations) else {
            unchanged += 1;
            continue;
        };
        if let pairs::Pair::Both(old, new) = pair {
            let seen = replay::of_clause(old, new, &situations);
            replayed += seen.count;
            if situations.complete && seen.transitions != expected {
                disagreements.push(format!(
                    "clause {}: the algebra expects {} and the replay sees {}",
                    change.clause,
                    replay::words(&expected),
                    replay::words(&seen.transitions)
                ));
            }
            if !situations.complete {
                change.classes.push(Class::Undetermined);
                change.proof = Proof::Undetermined;
                change.bump = Bump::Major;
            }
        }
        changes.push(change);
    }
    classify::mark_left_alone(&mut changes, [old, new], &situations);
    let required = changes.iter().map(|c| c.bump).max().unwrap_or(Bump::None);
    let whole = replay::of_standards(old, new, &situations);
    replayed += whole.count;
    disagreements.extend(whole.disagreements(required));
    let header = header::changes(old, new);
    let (market, of_market) = market::changes(old, new);
    let beside = of_market.max(version::of_status(old.header.status, new.header.status));
    let of_header = if header.is_empty() {
        Bump::None
    } else {
        Bump::Patch
    };
    let required = required.max(of_header).max(beside);
    let declared = version::declared(old.header.numbers(), new.header.numbers());
    let mut shortfalls = version::shortfall(required, declared, &old.header, &new.header);
    shortfalls.extend(changes.iter().filter_map(Change::shortfall));
    shortfalls.extend(changes.iter().filter_map(|change| change.taken(old)));
    Ok(Diff {
        format_version: FORMAT_VERSION,
        tool: Tool::THIS,
        series: old.header.series.clone(),
        from: old.header.version.clone(),
        to: new.header.version.clone(),
        header,
        market,
        changes,
        unchanged_count: unchanged,
        required,
        declared,
        shortfalls,
        beside,
        replayed_count: replayed,
        disagreements,
    })
}

fn same_series(old: &Standard, new: &Standard) -> Result<(), NotVersions> {
    let (one, other) = (&old.header, &new.header);
    let differ = [
        ("series", one.series != other.series),
        ("subjects", one.subject != other.subject),
        ("sides", one.side != other.side),
        ("sectors", one.sector != other.sector),
    ];
    match differ.iter().find(|(_, differ)| *differ) {
        None => Ok(()),
        Some((what, _)) => Err(NotVersions {
            old: old.name(),
            new: new.name(),
            what,
        }),
    }
}

#[cfg(test)]
mod identity_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod silent_tests;
