//! An older certificate in the current form. What was signed is the older form, so that no signature can
//! be kept: what comes out is a statement, and no certificate.

use super::check::{Fault, Opened};
use super::form::{CERTIFICATE_VERSION, Form};
use super::rejudge::declares;
use super::statement::Statement;
use crate::design::{Candidate, Design};

/// A statement in the current form, unsigned.
#[derive(Debug, Clone, PartialEq)]
pub struct Lifted {
    /// The statement.
    pub statement: Statement,
    /// What is other than in the older form, a line each.
    pub changes: Vec<String>,
}

/// Whether a certificate can only be lifted with the design that was certified, for what its form does not state.
#[must_use]
pub fn needs_design(opened: &Opened) -> bool {
    !opened
        .predicate()
        .certificate_version
        .states_material_supply()
}

/// Lifts a certificate to the current version; nothing when it is of that version, or when it needs the design
/// that was certified and none is given. Words for readers stay as they were stated.
///
/// # Errors
/// When the design says otherwise than the certificate.
pub fn lift(
    opened: &Opened,
    certified: Option<(&Design, &Candidate)>,
) -> Result<Option<Lifted>, Fault> {
    let mut statement = opened.statement().clone();
    let stated = &mut statement.predicate;
    if stated.certificate_version == Form::CURRENT {
        return Ok(None);
    }
    if let Some((design, candidate)) = certified {
        declares(opened, design, candidate)?;
    }
    let from = std::mem::replace(&mut stated.certificate_version, Form::CURRENT);
    let mut changes = vec![format!(
        "/predicate/certificate_version: {from} became {CERTIFICATE_VERSION}"
    )];
    if needs_design(opened) {
        let Some((_, candidate)) = certified else {
            return Ok(None);
        };
        stated.material_supply = candidate.material_supply.clone();
        let supply = if candidate.material_supply.is_empty() {
            "left out, the design declares none"
        } else {
            "added as the design declares it"
        };
        changes.push(format!("/predicate/material_supply: {supply}"));
    }
    if !from.states_foundation() {
        changes.push(
            "/predicate/validation: left out, the older form does not state on how many machines its uncertainties rest"
                .to_owned(),
        );
    }
    let id = statement.computed_id().map_err(|error| Fault::Form {
        reason: error.to_string(),
    })?;
    let old = std::mem::replace(&mut statement.predicate.id, id);
    changes.extend([
        "/predicate/title, notes and change_rule: as they were stated; certify writes those that follow from the rest"
            .to_owned(),
        format!("/predicate/id: {old} became {}", statement.predicate.id),
        "signatures: not kept, they are over the older form".to_owned(),
    ]);
    Ok(Some(Lifted { statement, changes }))
}
