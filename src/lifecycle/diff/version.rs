//! Which step of a version changes ask for, and which step two versions make.

use crate::standard::{Header, Status, version_numbers};
use serde::Serialize;
use std::fmt;

/// A step from one version to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bump {
    /// None, or backwards.
    None,
    /// Nothing is judged otherwise.
    Patch,
    /// Nothing that conformed can cease to.
    Minor,
    /// Something that conformed may not any more.
    Major,
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        })
    }
}

/// The step between two versions (Semantic Versioning 2.0.0). Below 1.0 the second number stands for
/// the first and the third for the other two.
pub(super) fn declared(old: [u64; 3], new: [u64; 3]) -> Bump {
    if new <= old {
        Bump::None
    } else if new[0] > old[0] || (old[0] == 0 && new[1] > old[1]) {
        Bump::Major
    } else if new[1] > old[1] || old[0] == 0 {
        Bump::Minor
    } else {
        Bump::Patch
    }
}

/// The step that another status asks for. By a standard that is withdrawn nothing is certified any more, by a draft only where
/// that is allowed.
pub(super) fn of_status(old: Status, new: Status) -> Bump {
    match (old, new) {
        (Status::Draft | Status::Published, Status::Withdrawn)
        | (Status::Published, Status::Draft) => Bump::Major,
        (Status::Withdrawn, _) if new != Status::Withdrawn => Bump::Minor,
        _ => Bump::None,
    }
}

/// What is wrong with the new number, if anything.
pub(super) fn shortfall(required: Bump, declared: Bump, old: &Header, new: &Header) -> Vec<String> {
    let mut found = Vec::new();
    if declared < required {
        let (from, to) = (&old.version, &new.version);
        let least = least(required, old.numbers());
        found.push(format!(
            "the changes ask for a {required} step and {from} → {to} is {}; write {least} or more",
            if declared == Bump::None {
                "no step forward".to_owned()
            } else {
                format!("a {declared} one")
            }
        ));
    }
    let supersedes = new.supersedes.as_deref();
    if declared > Bump::None && supersedes != Some(old.version.as_str()) {
        found.push(match supersedes {
            // A version between the two: the chain is whole, and this is more than one step of it.
            Some(between) if is_between(between, old, new) => format!(
                "supersedes is {between}, so that {} → {} is more than one step; compare {between} and {}",
                old.version, new.version, new.version
            ),
            other => format!(
                "supersedes is {}; write \"{}\"",
                other.unwrap_or("null"),
                old.version
            ),
        });
    }
    found
}

/// Whether a version stands between two.
fn is_between(version: &str, old: &Header, new: &Header) -> bool {
    let numbers = version_numbers(version);
    old.numbers() < numbers && numbers < new.numbers()
}

/// The least version that makes the step.
fn least(required: Bump, [major, minor, patch]: [u64; 3]) -> String {
    match (required, major) {
        (Bump::Major, 0) => format!("0.{}.0", minor + 1),
        (Bump::Major, _) => format!("{}.0.0", major + 1),
        (Bump::Minor, 1..) => format!("{major}.{}.0", minor + 1),
        _ => format!("{major}.{minor}.{}", patch + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bump, declared, least};

    #[test]
    fn steps_are_those_of_semantic_versioning() {
        for (old, new, step) in [
            ([1, 2, 3], [2, 0, 0], Bump::Major),
            ([1, 2, 3], [1, 3, 0], Bump::Minor),
            ([1, 2, 3], [1, 2, 4], Bump::Patch),
            ([1, 2, 3], [1, 2, 3], Bump::None),
            ([1, 2, 3], [1, 1, 9], Bump::None),
            ([0, 1, 0], [0, 2, 0], Bump::Major),
            ([0, 1, 0], [0, 1, 1], Bump::Minor),
            ([0, 9, 0], [1, 0, 0], Bump::Major),
        ] {
            assert_eq!(declared(old, new), step, "{old:?} {new:?}");
        }
    }

    #[test]
    fn what_certifies_no_more_is_a_major_step() {
        use crate::standard::Status::{Draft, Published, Withdrawn};
        for (old, new, step) in [
            (Draft, Published, Bump::None),
            (Published, Published, Bump::None),
            (Published, Withdrawn, Bump::Major),
            (Draft, Withdrawn, Bump::Major),
            (Published, Draft, Bump::Major),
            (Withdrawn, Published, Bump::Minor),
        ] {
            assert_eq!(super::of_status(old, new), step, "{old:?} {new:?}");
        }
    }

    #[test]
    fn the_least_version_makes_the_step_it_is_for() {
        for old in [[0, 1, 0], [0, 3, 7], [1, 0, 0], [4, 5, 6]] {
            for bump in [Bump::Patch, Bump::Minor, Bump::Major] {
                let least = least(bump, old);
                let mut numbers = least.split('.').map(|n| n.parse().unwrap());
                let new = [(); 3].map(|()| numbers.next().unwrap());
                assert!(declared(old, new) >= bump, "{old:?} {bump} {least}");
            }
        }
    }
}
