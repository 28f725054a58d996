//! What becomes of one clause, as it is told.

use super::Bump;
use crate::standard::Standard;
use crate::verdict::ClauseStatus;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Words that judge nothing.
    Editorial,
    /// Another wording of the same set, or another place.
    Refactor,
    /// Some values are accepted no longer.
    Tightened,
    /// Some values are newly accepted.
    Loosened,
    /// Both.
    Shifted,
    /// A new clause.
    Added,
    /// A clause that is gone.
    Removed,
    /// Blocks now, or advises more strongly.
    LevelRaised,
    /// Blocks no longer, or advises more weakly.
    LevelLowered,
    /// Asked in situations in which it was not.
    ApplicabilityWidened,
    /// Not asked in situations in which it was.
    ApplicabilityNarrowed,
    /// The same under another number.
    Renumbered,
    /// Leaves records that no clause judges any more, and that cannot conform for it.
    NothingLeft,
    /// More situations than were looked at.
    Undetermined,
}

impl Class {
    /// The word of the class.
    pub fn word(self) -> &'static str {
        match self {
            Class::Editorial => "editorial",
            Class::Refactor => "refactor",
            Class::Tightened => "tightened",
            Class::Loosened => "loosened",
            Class::Shifted => "shifted",
            Class::Added => "added",
            Class::Removed => "removed",
            Class::LevelRaised => "level raised",
            Class::LevelLowered => "level lowered",
            Class::ApplicabilityWidened => "applicability widened",
            Class::ApplicabilityNarrowed => "applicability narrowed",
            Class::Renumbered => "renumbered",
            Class::NothingLeft => "leaves nothing to judge",
            Class::Undetermined => "undetermined",
        }
    }
}

/// How it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// By the sets, and a record shows it.
    AlgebraAndReplay,
    /// By the sets; no record can show it, or nothing is judged otherwise.
    Algebra,
    /// Not known.
    Undetermined,
}

/// A record that the two versions judge otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CounterExample {
    /// What it holds in the fields that matter.
    pub holds: String,
    /// What the clause said before; none when it was not there.
    pub before: Option<ClauseStatus>,
    /// What it says now; none when it is gone.
    pub after: Option<ClauseStatus>,
    /// Whether a plain validator accepted the record under the whole old standard.
    pub accepted_before: bool,
    /// Whether it accepts it under the new.
    pub accepted_after: bool,
    /// The record.
    pub record: Value,
}

/// One clause that changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Number in the new version, in the old for a removed clause.
    pub clause: String,
    /// Number in the old version, where it is another.
    pub was: Option<String>,
    /// Title.
    pub title: String,
    /// What kinds of change.
    pub classes: Vec<Class>,
    /// What it said before: level, field, limit, applicability.
    pub from: Option<String>,
    /// What it says now.
    pub to: Option<String>,
    /// Values that were accepted and are not, in the field's unit.
    pub no_longer_accepted: Vec<String>,
    /// Values that were not accepted and are.
    pub newly_accepted: Vec<String>,
    /// Which of the clause's texts changed.
    pub texts: Vec<&'static str>,
    /// How it is known.
    pub proof: Proof,
    /// A record that shows it.
    pub counter_example: Option<CounterExample>,
    /// The step of the version that it asks for.
    pub bump: Bump,
    /// Why the change was meant, if it was acknowledged.
    pub acknowledged: Option<String>,
    /// `x-clause-revision` of both versions.
    pub revisions: [Option<u64>; 2],
}

impl Change {
    /// A clause that judges otherwise under the same revision is not told from the old one by what
    /// cites it.
    pub(super) fn shortfall(&self) -> Option<String> {
        let [Some(old), Some(new)] = self.revisions else {
            return None;
        };
        let told = self.bump > Bump::Patch && self.classes != [Class::Renumbered];
        (told && new <= old).then(|| {
            let is = if new == old {
                format!("still {new}")
            } else {
                format!("{new} after {old}")
            };
            format!(
                "clause {} changes and its x-clause-revision is {is}; write {}",
                self.clause,
                old + 1
            )
        })
    }

    /// A number that was another clause's has to have a higher revision: what cites number and revision cites the clause.
    pub(super) fn taken(&self, old: &Standard) -> Option<String> {
        self.was.as_ref()?;
        let before = old.clauses.iter().find(|clause| clause.id == self.clause)?;
        let [_, Some(revision)] = self.revisions else {
            return None;
        };
        (revision <= before.revision).then(|| {
            format!(
                "clause {} was another clause with x-clause-revision {}; write {} or give it a number of its own",
                self.clause,
                before.revision,
                before.revision + 1
            )
        })
    }
}
