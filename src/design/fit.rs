//! Geometry that cannot be built and windings that do not work, told at their keys.

use super::Candidate;
use super::form::finding;
use super::retention;
use super::thermal;
use super::wound;
use crate::source::{Document, Finding};
use crate::topology::srm::Srm;
use crate::topology::{Misfit, Topology};

/// What of the candidate at `index` cannot be built. The winding is looked at once the geometry fits:
/// on impossible slots and poles it says nothing new.
pub(super) fn misfits(document: &Document, index: usize, candidate: &Candidate) -> Vec<Finding> {
    let misfits = candidate.topology.fits();
    if !misfits.is_empty() {
        return place(document, index, candidate, &misfits);
    }
    if let Topology::Srm(srm) = &candidate.topology {
        let mut misfits = without_magnets(candidate, srm);
        misfits.extend(retention::misfits(candidate));
        misfits.extend(thermal::misfits(candidate));
        return place(document, index, candidate, &misfits);
    }
    match candidate.layout() {
        Ok(_) => {
            let mut misfits = wound::conductor(candidate);
            misfits.extend(too_thick(candidate));
            misfits.extend(retention::misfits(candidate));
            misfits.extend(thermal::misfits(candidate));
            place(document, index, candidate, &misfits)
        }
        Err(error) => wound::unwound(document, index, candidate, &error),
    }
}

/// What is wrong with the coils of a machine that has them around its poles, and what it declares of magnets
/// that it has no place for.
fn without_magnets(candidate: &Candidate, srm: &Srm) -> Vec<Misfit> {
    let mut misfits = match candidate.winding.on_poles(srm) {
        Ok(_) => wound::conductor(candidate),
        Err(error) => vec![wound::not_on_poles(&error)],
    };
    for (declared, key) in [
        (!candidate.magnet_pathways.is_empty(), "magnet_pathways"),
        (
            candidate.magnet_segmentation.is_some(),
            "magnet_segmentation",
        ),
    ] {
        if declared {
            misfits.push(Misfit {
                code: "no-place-for-magnets",
                path: vec![key],
                found: format!("`{key}` of a machine without magnets"),
                expected: format!("no `{key}`"),
                fix: "remove the key, or choose a topology with magnets".to_owned(),
            });
        }
    }
    misfits
}

/// Magnets that their declared tolerance and coating make too thick for the pocket.
fn too_thick(candidate: &Candidate) -> Vec<Misfit> {
    let pathways = &candidate.magnet_pathways;
    let Some(clearance) = candidate.topology.bill().pocket_clearance else {
        return Vec::new();
    };
    [("a", &pathways.a), ("b", &pathways.b)]
        .into_iter()
        .filter_map(|(name, pathway)| {
            let size = pathway.as_ref()?.declaration.dimensions?;
            let excess = size.thickness_tolerance + 2.0 * size.coating_thickness;
            (excess > clearance).then(|| Misfit {
                code: "magnet-too-thick",
                path: vec!["magnet_pathways", name, "declaration", "dimensions"],
                found: format!("up to {:.3} mm more than drawn", excess * 1e3),
                expected: format!("at most the pocket clearance, {:.3} mm", clearance * 1e3),
                fix: "tighten tolerance or coating, or give the pocket more clearance".to_owned(),
            })
        })
        .collect()
}

/// Misfits as findings. A path is looked for below the topology first, then below the candidate.
pub(super) fn place(
    document: &Document,
    index: usize,
    candidate: &Candidate,
    misfits: &[Misfit],
) -> Vec<Finding> {
    let base = format!("/candidates/{index}");
    let topology = format!("{base}/topology/{}", candidate.topology.name());
    misfits
        .iter()
        .map(|misfit| {
            let path: String = misfit.path.iter().map(|key| format!("/{key}")).collect();
            let below = |root: &str| {
                let pointer = format!("{root}{path}");
                document
                    .value()
                    .pointer(&pointer)
                    .is_some()
                    .then_some(pointer)
            };
            let pointer = below(&topology)
                .or_else(|| below(&base))
                .unwrap_or_else(|| topology.clone());
            let words = [
                misfit.found.clone(),
                misfit.expected.clone(),
                misfit.fix.clone(),
            ];
            finding(document, misfit.code, &pointer, false, words)
        })
        .collect()
}
