//! Which clause of the new version is which of the old.

use crate::standard::{Accepted, Clause, Standard};

/// A clause in both versions or in one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pair<'s> {
    /// In both.
    Both(&'s Clause, &'s Clause),
    /// In the new version only.
    Added(&'s Clause),
    /// In the old version only.
    Removed(&'s Clause),
}

/// Every clause of both versions once, in the order of the new one; removed clauses last.
///
/// Clauses belong together that have one number and one field; then those that ask the same under
/// another number; then those of one key and field; last those of one number.
pub(super) fn pairs<'s>(old: &'s Standard, new: &'s Standard) -> Vec<Pair<'s>> {
    let rules: [fn(&Clause, &Clause) -> bool; 4] = [
        |old, new| old.id == new.id && old.field.name == new.field.name,
        asks_the_same,
        |old, new| old.key == new.key && old.field.name == new.field.name,
        |old, new| old.id == new.id,
    ];
    let mut partner: Vec<Option<&Clause>> = vec![None; new.clauses.len()];
    let mut left: Vec<&Clause> = old.clauses.iter().collect();
    for rule in rules {
        for (place, clause) in new.clauses.iter().enumerate() {
            if partner[place].is_some() {
                continue;
            }
            if let Some(found) = left.iter().position(|before| rule(before, clause)) {
                partner[place] = Some(left.remove(found));
            }
        }
    }
    let of_new = new
        .clauses
        .iter()
        .zip(partner)
        .map(|(clause, before)| match before {
            Some(before) => Pair::Both(before, clause),
            None => Pair::Added(clause),
        });
    of_new.chain(left.into_iter().map(Pair::Removed)).collect()
}

fn asks_the_same(old: &Clause, new: &Clause) -> bool {
    let (one, other) = (Accepted::of(old), Accepted::of(new));
    old.field.name == new.field.name
        && old.condition == new.condition
        && one.minus(&other, old.field).is_empty()
        && other.minus(&one, old.field).is_empty()
}
