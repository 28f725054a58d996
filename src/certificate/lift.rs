//! An older certificate in the current form. What was signed is the older form, so that no signature can
//! be kept: what comes out is a statement, and no certificate.

use super::check::{Fault, Opened, declares};
use super::statement::{CERTIFICATE_VERSION, Statement, WITHOUT_MATERIAL_SUPPLY};
use crate::design::{Candidate, Design};

/// A statement in the current form, unsigned.
#[derive(Debug, Clone, PartialEq)]
pub struct Lifted {
    /// The statement.
    pub statement: Statement,
    /// What is other than in the older form, a line each.
    pub changes: Vec<String>,
}

/// Lifts a certificate to the current version; nothing when it is of that version. What the older form
/// does not state comes from the design that was certified.
///
/// # Errors
/// When the design says otherwise than the certificate.
pub fn lift(
    opened: &Opened,
    design: &Design,
    candidate: &Candidate,
) -> Result<Option<Lifted>, Fault> {
    let mut statement = opened.statement().clone();
    if statement.predicate.certificate_version == CERTIFICATE_VERSION {
        return Ok(None);
    }
    declares(opened, design, candidate)?;
    CERTIFICATE_VERSION.clone_into(&mut statement.predicate.certificate_version);
    statement.predicate.material_supply = candidate.material_supply.clone();
    let id = statement.computed_id().map_err(|error| Fault::Form {
        reason: error.to_string(),
    })?;
    let old = std::mem::replace(&mut statement.predicate.id, id);
    let supply = if candidate.material_supply.is_empty() {
        "left out, the design declares none"
    } else {
        "added as the design declares it"
    };
    let changes = vec![
        format!(
            "/predicate/certificate_version: {WITHOUT_MATERIAL_SUPPLY} became {CERTIFICATE_VERSION}"
        ),
        format!("/predicate/material_supply: {supply}"),
        format!("/predicate/id: {old} became {}", statement.predicate.id),
        "signatures: not kept, they are over the older form".to_owned(),
    ];
    Ok(Some(Lifted { statement, changes }))
}
