//! Materials that a design names and a library does not have.

use super::form::finding;
use super::{Candidate, Design};
use crate::material::{Library, MaterialError};
use crate::source::{Document, Finding};

impl Design {
    /// Every material of the design that the library does not have, at the place that names it.
    pub fn unknown_materials(&self, document: &Document, library: &Library) -> Vec<Finding> {
        let every = self.candidates.iter().enumerate();
        every
            .flat_map(|(index, candidate)| {
                named(library, candidate)
                    .into_iter()
                    .filter_map(move |(path, known)| Some((index, path, known.err()?)))
            })
            .map(|(index, path, error)| {
                let words = [
                    error.to_string(),
                    "a name in the library of materials".to_owned(),
                    "correct the name, or add the material with --materials".to_owned(),
                ];
                let pointer = format!("/candidates/{index}/{path}");
                finding(document, "unknown-material", &pointer, false, words)
            })
            .collect()
    }
}

/// Every key of a candidate that names a material, with what the library says to it.
fn named(
    library: &Library,
    candidate: &Candidate,
) -> Vec<(&'static str, Result<(), MaterialError>)> {
    let steel = |grade| library.steel(grade).map(drop);
    let conductor = &candidate.winding.conductor.material;
    let pathways = &candidate.magnet_pathways;
    let magnets = [
        ("magnet_pathways/a/grade", &pathways.a),
        ("magnet_pathways/b/grade", &pathways.b),
    ];
    let mut named = vec![
        (
            "winding/conductor/material",
            library.conductor(conductor).map(drop),
        ),
        ("stator_steel/grade", steel(&candidate.stator_steel.grade)),
        ("rotor_steel/grade", steel(&candidate.rotor_steel.grade)),
    ];
    for (path, pathway) in magnets {
        if let Some(pathway) = pathway {
            named.push((path, library.magnet(&pathway.grade).map(drop)));
        }
    }
    named
}
