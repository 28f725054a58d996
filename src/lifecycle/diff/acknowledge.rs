//! Changes that were meant, each with its reason, in a file that is kept beside the standard.

use super::{Bump, Change, Class, Diff};
use serde::Deserialize;

/// The changes from one version to the next that were meant.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// Series of the standard.
    pub series: String,
    /// Version compared from.
    pub from: String,
    /// Version compared to.
    pub to: String,
    /// The changes.
    pub changes: Vec<Acknowledged>,
}

/// Stands for the standard as a whole in place of the number of a clause.
const WHOLE: &str = "standard";

/// One change that was meant.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledged {
    /// Number of the clause as the comparison prints it.
    pub clause: String,
    /// Every class of the change.
    pub classes: Vec<Class>,
    /// The values that are accepted no longer, as the comparison has them; where left out, whatever they are.
    pub no_longer_accepted: Option<Vec<String>>,
    /// The values that are newly accepted, as the comparison has them; where left out, whatever they are.
    pub newly_accepted: Option<Vec<String>>,
    /// Why.
    pub reason: String,
}

impl Diff {
    /// Holds the changes against those that were meant. What judges otherwise and was not meant is a
    /// shortfall, and so is what was meant and did not happen.
    ///
    /// # Errors
    /// One sentence when the file is about other versions, or gives a change no reason.
    pub fn acknowledge(&mut self, meant: &Acknowledgement) -> Result<(), String> {
        let file = (&meant.series, &meant.from, &meant.to);
        if file != (&self.series, &self.from, &self.to) {
            return Err(format!(
                "the acknowledgement is about {} {} → {} and not {} {} → {}",
                meant.series, meant.from, meant.to, self.series, self.from, self.to
            ));
        }
        if let Some(empty) = meant
            .changes
            .iter()
            .find(|one| one.reason.trim().is_empty())
        {
            return Err(format!(
                "clause {} is acknowledged without a reason",
                empty.clause
            ));
        }
        let (whole, mut stale): (Vec<&Acknowledged>, Vec<&Acknowledged>) =
            meant.changes.iter().partition(|one| one.clause == WHOLE);
        let mut missing = Vec::new();
        for change in &mut self.changes {
            let found = stale.iter().position(|one| is_about(one, change));
            match found {
                Some(place) => change.acknowledged = Some(stale.remove(place).reason.clone()),
                None if change.bump > Bump::Patch => missing.push(format!(
                    "clause {} is {}{} and that is not acknowledged",
                    change.clause,
                    words(&change.classes),
                    values(&change.no_longer_accepted, &change.newly_accepted)
                )),
                None => {}
            }
        }
        let beside = self.beside > Bump::Patch;
        if beside && whole.is_empty() {
            missing.push(format!(
                "the status, or what a market asks for beside its clauses, changes and that is not acknowledged; its clause \
                 is \"{WHOLE}\" and its classes are []"
            ));
        } else if !beside {
            stale.extend(whole);
        }
        self.shortfalls.extend(missing);
        self.shortfalls.extend(stale.into_iter().map(|one| {
            let named = |values: &Option<Vec<String>>| values.clone().unwrap_or_default();
            format!(
                "clause {} is acknowledged as {}{} and does not change so",
                one.clause,
                words(&one.classes),
                values(&named(&one.no_longer_accepted), &named(&one.newly_accepted))
            )
        }));
        Ok(())
    }
}

fn is_about(one: &Acknowledged, change: &Change) -> bool {
    let sorted = |classes: &[Class]| {
        let mut classes = classes.to_vec();
        classes.sort_unstable();
        classes
    };
    let same = |meant: &Option<Vec<String>>, found: &Vec<String>| {
        meant.as_ref().is_none_or(|values| values == found)
    };
    one.clause == change.clause
        && sorted(&one.classes) == sorted(&change.classes)
        && same(&one.no_longer_accepted, &change.no_longer_accepted)
        && same(&one.newly_accepted, &change.newly_accepted)
}

/// How much a change is, where it is a matter of values.
fn values(gone: &[String], new: &[String]) -> String {
    let told = |what: &str, values: &[String]| match values {
        [] => String::new(),
        values => format!(", {what} {}", values.join(" or ")),
    };
    told("no longer accepted", gone) + &told("newly accepted", new)
}

fn words(classes: &[Class]) -> String {
    let words: Vec<&str> = classes.iter().map(|class| class.word()).collect();
    words.join(", ")
}
