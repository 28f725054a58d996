//! Level 3: the records of a certificate against those that physics gives now.

use super::answer::{Differs, Outcome};
use crate::certificate::{self, Comparison, Fault, Kind, Opened, OtherPoints};
use crate::cli::certify::choke_point;
use crate::cli::physics::Evaluated;
use crate::standard::Standards;
use std::fmt::Write as _;

/// What came of it, in a word and a sentence; every difference goes to `differences`.
pub(super) fn compare(
    opened: &Opened,
    facts: &Evaluated,
    standards: Standards,
    differences: &mut Vec<Differs>,
) -> (Outcome, String) {
    let predicate = opened.predicate();
    let differs = |what: String| (Outcome::RecordDiffers, what);
    let stored = predicate.records.iter().map(|one| one.pathway.as_str());
    if !stored.eq(facts.records.iter().map(|one| one.pathway)) {
        return differs("there are other records".to_owned());
    }
    let is_of_this_schema = opened.is_of_this_schema();
    let together = predicate.records.iter().zip(&facts.records);
    let compared: Vec<(&str, Comparison)> = together
        .map(|(stored, now)| {
            let comparison = certificate::compared(&stored.record, &now.record, is_of_this_schema);
            (stored.pathway.as_str(), comparison)
        })
        .collect();
    for (pathway, comparison) in &compared {
        differences.extend(comparison.differences.iter().map(|one| Differs {
            pathway: (*pathway).to_owned(),
            difference: one.clone(),
        }));
    }
    // Whoever computed by an older schema may not have known what is known now of uncertainties; values are what they are.
    let against = |one: &&Differs| is_of_this_schema || one.difference.kind() == Kind::Value;
    let mut standing = differences.iter().filter(against);
    if let Some(first) = standing.next() {
        let others = standing.count();
        return differs(format!(
            "record {}: {}, and {others} more",
            first.pathway, first.difference
        ));
    }
    let points = facts.choke_points.iter().cloned().map(choke_point);
    let points: Vec<_> = points.collect();
    // An older program did not look for all of them: what it states must be there, and what it does not is told.
    let OtherPoints { gone, unstated } =
        certificate::other_choke_points(&predicate.choke_points, &points);
    let against = if is_of_this_schema {
        gone.first().or(unstated.first())
    } else {
        gone.first()
    };
    if let Some(other) = against {
        return differs(format!("choke points: {other}"));
    }
    let records: Vec<_> = facts
        .records
        .iter()
        .map(|judged| (judged.pathway, &judged.record))
        .collect();
    let other_machines = match certificate::stands(opened, &standards, &records) {
        Ok(others) => others,
        Err(fault) => {
            let outcome = match fault {
                Fault::Recomputed(_) => Outcome::VerdictDiffers,
                Fault::Foundation { .. } => Outcome::RecordDiffers,
                _ => Outcome::CouldNotCheck,
            };
            return (outcome, fault.to_string());
        }
    };
    let mut message = told(&compared, (points.len(), unstated.len()), is_of_this_schema);
    if other_machines {
        message += "; more machines stand behind its uncertainties now than it states";
    }
    (Outcome::Valid, message)
}

/// What was compared, and what of a record of an older schema is known otherwise now.
fn told(
    compared: &[(&str, Comparison)],
    (points, unstated): (usize, usize),
    is_of_this_schema: bool,
) -> String {
    let sum = |part: fn(&Comparison) -> usize| compared.iter().map(|(_, one)| part(one)).sum();
    let (fields, younger): (usize, usize) =
        (sum(|one| one.field_count), sum(|one| one.younger_count));
    if is_of_this_schema {
        return format!(
            "{fields} fields and {points} choke points computed again, within the stated tolerance"
        );
    }
    let mut message = format!(
        "{fields} fields and {} choke points computed again, every value within the stated tolerance; its record schema is \
         an older one",
        points - unstated
    );
    let count = |kind: Kind| {
        let all = compared.iter().flat_map(|(_, one)| &one.differences);
        all.filter(|one| one.kind() == kind).count()
    };
    for (count, what) in [
        (
            count(Kind::Uncertainty),
            "uncertainties are known otherwise now",
        ),
        (
            count(Kind::Obtained),
            "values could not be obtained and now can",
        ),
        (younger, "fields that it did not have were not compared"),
        (unstated, "choke points were found that it does not state"),
    ] {
        if count > 0 {
            let _ = write!(message, "; {count} {what}");
        }
    }
    message + "; judged as they are known now, every clause is met"
}
