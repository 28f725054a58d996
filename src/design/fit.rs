//! Geometry that cannot be built and windings that do not work, told at their keys.

use super::Candidate;
use super::form::finding;
use crate::source::{Document, Finding};
use crate::topology::Misfit;
use crate::winding::WindingError;

/// What of the candidate at `index` cannot be built. The winding is looked at once the geometry fits:
/// on impossible slots and poles it says nothing new.
pub(super) fn misfits(document: &Document, index: usize, candidate: &Candidate) -> Vec<Finding> {
    let misfits = candidate.topology.fits();
    if !misfits.is_empty() {
        return place(document, index, candidate, &misfits);
    }
    match candidate.layout() {
        Ok(_) => {
            let mut misfits = overfull(candidate);
            misfits.extend(too_thick(candidate));
            place(document, index, candidate, &misfits)
        }
        Err(error) => vec![unwound(document, index, candidate, &error)],
    }
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

/// Conductors that no slot of this size can hold. Round wires fill at most π/(2√3) of a plane (A. Thue,
/// "Über die dichteste Zusammenstellung von kongruenten Kreisen in einer Ebene", 1910), and insulation
/// takes more; this refuses only the impossible.
fn overfull(candidate: &Candidate) -> Vec<Misfit> {
    let winding = &candidate.winding;
    let strand = std::f64::consts::PI / 4.0 * winding.conductor.strand_diameter.powi(2);
    let conductors = winding.turns_per_coil * winding.layers;
    let copper = strand * (conductors * winding.conductor.strands) as f64;
    let slot = candidate.topology.bill().slot_area;
    let densest = std::f64::consts::PI / (2.0 * 3.0_f64.sqrt());
    if copper <= densest * slot {
        return Vec::new();
    }
    let square_mm = |area: f64| format!("{:.1} mm²", area * 1e6);
    vec![Misfit {
        code: "slot-overfull",
        path: vec!["winding", "conductor", "strands"],
        found: format!("{} of conductor in a slot", square_mm(copper)),
        expected: format!(
            "at most {}, the densest packing of round wires in {}",
            square_mm(densest * slot),
            square_mm(slot)
        ),
        fix: "use fewer turns, fewer or thinner strands, or a larger slot".to_owned(),
    }]
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

/// A winding that does not work, at the key that is most likely wrong.
fn unwound(
    document: &Document,
    index: usize,
    candidate: &Candidate,
    error: &WindingError,
) -> Finding {
    let winding = format!("/candidates/{index}/winding");
    let (code, pointer, expected, fix) = match error {
        WindingError::Layers(_) => (
            "wrong-layers",
            format!("{winding}/layers"),
            "1 or 2 coil sides in a slot",
            "write 1 or 2",
        ),
        WindingError::Pitch { .. } => (
            "wrong-coil-pitch",
            format!("{winding}/coil_pitch_slots"),
            "a coil pitch of at least one slot and less than the machine",
            "write a pitch near slots per pole",
        ),
        WindingError::Paths { .. } => (
            "unequal-paths",
            format!("{winding}/parallel_paths"),
            "a number of paths that divides the equal coil groups of a phase",
            "lower the number of paths",
        ),
        WindingError::Unpaired { .. } => (
            "wrong-coil-pitch",
            format!("{winding}/coil_pitch_slots"),
            "a coil pitch that joins coil sides of one phase",
            "write the slots of a pole pitch, or use two layers",
        ),
        WindingError::Unbalanced { .. } => (
            "unbalanced-winding",
            winding,
            "three phases of equal strength, 120° apart",
            "change slots, poles or layers",
        ),
        WindingError::Weak { .. } => (
            "weak-winding",
            winding,
            "a fundamental winding factor of at least 0.2",
            "bring slots and poles closer together",
        ),
    };
    let found = format!("{}: {error}", candidate.id);
    finding(
        document,
        code,
        &pointer,
        true,
        [found, expected.to_owned(), fix.to_owned()],
    )
}
