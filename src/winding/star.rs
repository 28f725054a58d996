//! The star of slots: from electrical angles to phase belts.

use super::{CoilSide, WindingScheme};

/// Belts of a single set in order of angle: a+, c-, b+, a-, c+, b-.
const SIXTHS: [(usize, f64); 6] = [
    (0, 1.0),
    (2, -1.0),
    (1, 1.0),
    (0, -1.0),
    (2, 1.0),
    (1, -1.0),
];

/// Phase and direction of the belt in which a slot lies. Exact integer arithmetic in units of 1/slots of
/// an electrical turn decides, so that a slot on the edge of a belt never falls to either side by
/// rounding.
fn belt(scheme: &WindingScheme, slot: usize) -> (usize, f64) {
    let turn = (slot * (scheme.poles / 2)) % scheme.slots;
    let belt = (6 * scheme.phase_sets * turn) / scheme.slots;
    let (phase, sign) = SIXTHS[belt / scheme.phase_sets];
    (3 * (belt % scheme.phase_sets) + phase, sign)
}

fn side(scheme: &WindingScheme, (phase, sign): (usize, f64)) -> CoilSide {
    CoilSide {
        phase,
        conductors: sign * scheme.turns_per_coil / scheme.parallel_paths as f64,
    }
}

/// A coil begins in every slot, in the belt of the slot; with two layers it ends one coil pitch on.
pub(super) fn by_slots(scheme: &WindingScheme) -> Vec<Vec<CoilSide>> {
    (0..scheme.slots)
        .map(|slot| {
            let begins = side(scheme, belt(scheme, slot));
            if scheme.layers == 1 {
                return vec![begins];
            }
            let back = (slot + scheme.slots - scheme.coil_pitch) % scheme.slots;
            let (phase, sign) = belt(scheme, back);
            let ends = side(scheme, (phase, -sign));
            // A tooth coil lies next to its tooth on either side of it: where it begins, that is
            // counter-clockwise in the slot, the place of side 1.
            if scheme.coil_pitch == 1 {
                vec![ends, begins]
            } else {
                vec![begins, ends]
            }
        })
        .collect()
}

/// A single layer of coils that begin in every second slot and end one coil pitch on, each in the belt of
/// the slot where it begins; nothing where that leaves slots empty or fills them twice, or where a coil
/// spans less than the 60 electrical degrees of a phase belt: there a pitch was slipped, not a tooth coil
/// meant.
pub(super) fn by_coils(scheme: &WindingScheme) -> Option<Vec<Vec<CoilSide>>> {
    let spans_a_belt = 3 * scheme.coil_pitch * scheme.poles >= scheme.slots;
    if !scheme.slots.is_multiple_of(2) || scheme.coil_pitch.is_multiple_of(2) || !spans_a_belt {
        return None;
    }
    let sides = (0..scheme.slots).map(|slot| {
        let begins = slot.is_multiple_of(2);
        let first = if begins {
            slot
        } else {
            (slot + scheme.slots - scheme.coil_pitch) % scheme.slots
        };
        let (phase, sign) = belt(scheme, first);
        vec![side(scheme, (phase, if begins { sign } else { -sign }))]
    });
    Some(sides.collect())
}
