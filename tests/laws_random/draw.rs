//! What random machines have in common: winding, stator, and what is asked of the field.

use dualcert::topology::Topology;
use dualcert::topology::stator::{Bottom, Slot, Stator};
use dualcert::winding::WindingScheme;
use proptest::prelude::*;
use std::f64::consts::TAU;

/// Slots, poles, layers and coil pitch of windings that work.
pub const WINDINGS: [(usize, usize, usize, usize); 14] = [
    (48, 8, 1, 6),
    (48, 8, 2, 5),
    (36, 6, 1, 6),
    (54, 6, 2, 8),
    (24, 4, 2, 5),
    (36, 4, 1, 9),
    (36, 12, 1, 3),
    (27, 6, 2, 4),
    (12, 8, 2, 1),
    (12, 10, 2, 1),
    (9, 6, 2, 1),
    (9, 8, 2, 1),
    (12, 2, 1, 6),
    (18, 16, 2, 1),
];

pub fn share(range: std::ops::Range<f64>) -> impl Strategy<Value = f64> {
    range
}

/// Zero as often as not.
pub fn often_none(range: std::ops::Range<f64>) -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), range]
}

pub fn winding() -> impl Strategy<Value = (usize, usize, usize, usize)> {
    prop::sample::select(WINDINGS.to_vec())
}

/// A stator around a bore; all but the bore in shares of what there is.
pub fn stator(slots: usize) -> impl Strategy<Value = Stator> {
    (
        share(0.02..0.15),
        (
            share(0.05..0.6),
            share(0.005..0.06),
            often_none(0.005..0.05),
        ),
        (share(0.3..0.75), share(0.8..1.4), share(0.15..0.6)),
        (often_none(0.02..1.0), share(0.1..0.5)),
    )
        .prop_map(move |(bore, opening, main, (corner, yoke))| {
            let pitch = TAU * bore / slots as f64;
            let depth = main.2 * 0.6 * bore;
            let top = main.0 * pitch;
            let bottom = top * main.1;
            let (height, wedge) = (opening.1 * bore, opening.2 * bore);
            let corner = (corner * bottom / 2.0).min(depth);
            Stator {
                slot_count: slots,
                bore_diameter: 2.0 * bore,
                outer_diameter: 2.0 * (bore + height + wedge + depth + yoke * bore),
                slot: Slot {
                    opening_width: opening.0 * top,
                    opening_height: height,
                    wedge_height: Some(wedge),
                    top_width: Some(top),
                    bottom_width: Some(bottom),
                    main_depth: depth,
                    bottom_corner_radius: corner,
                    tip_angle: None,
                    tooth_width: None,
                    bottom: Bottom::Flat,
                },
            }
        })
}

/// A machine, and the field that is asked for.
#[derive(Debug, Clone)]
pub struct Case {
    pub topology: Topology,
    pub scheme: WindingScheme,
    /// Current density in the slots [A/m²].
    pub current_density: f64,
    pub remanence: f64,
    pub shift: usize,
}

/// Sources and positions for random machines of slots, poles, layers and coil pitch.
pub fn case(
    machines: impl Strategy<Value = ((usize, usize, usize, usize), Topology)>,
) -> impl Strategy<Value = Case> {
    (machines, 0.0..2e7, 0.2..1.45, 0_usize..400).prop_map(
        |((w, topology), current_density, remanence, shift)| Case {
            topology,
            scheme: WindingScheme {
                slots: w.0,
                poles: w.1,
                layers: w.2,
                coil_pitch: w.3,
                turns_per_coil: 10.0,
                parallel_paths: 1,
                phase_sets: 1,
            },
            current_density,
            remanence,
            shift,
        },
    )
}
