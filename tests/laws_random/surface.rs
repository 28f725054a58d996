//! Random machines with magnets on the surface of the rotor, of every shape.

use crate::draw::{often_none, share, stator, winding};
use dualcert::topology::stator::{Slot, Stator};
use dualcert::topology::surface::{
    Inset, IronBetween, MagnetRotor, MagnetShape, MagnetisationKind, NoMeasures, OwnRadius, Surface,
};
use dualcert::topology::{RotorPosition, Topology};
use proptest::prelude::*;
use std::f64::consts::PI;

/// A shape whose own radius lets the gap widen towards the sides.
fn shape(radius: f64, position: RotorPosition) -> impl Strategy<Value = MagnetShape> {
    let own = move |ratio: f64| OwnRadius {
        outer_radius: match position {
            RotorPosition::Inner => ratio * radius,
            RotorPosition::Outer => radius / ratio,
        },
    };
    prop_oneof![
        2 => Just(MagnetShape::Arc(NoMeasures {})),
        1 => Just(MagnetShape::ParallelSides(NoMeasures {})),
        1 => share(0.4..1.0).prop_map(move |r| MagnetShape::EccentricArc(own(r))),
        1 => share(0.4..1.0).prop_map(move |r| MagnetShape::BreadLoaf(own(r))),
    ]
}

/// A rotor with its surface at a radius; thickness in shares of the pole, all else of what there is.
fn rotor(radius: f64, poles: usize, position: RotorPosition) -> impl Strategy<Value = MagnetRotor> {
    let parallel = prop_oneof![
        Just(MagnetisationKind::Parallel),
        Just(MagnetisationKind::Radial)
    ];
    (
        share(0.03..0.5),
        share(0.3..1.02),
        shape(radius, position),
        (parallel, 1_usize..5),
        (often_none(0.002..0.03), share(0.2..0.9)),
    )
        .prop_map(
            move |(thickness, arc, shape, (magnetisation, pieces), (sleeve, back))| {
                let half = radius * (PI / poles as f64).sin();
                let (thickness, sleeve) = (thickness * half, sleeve * radius);
                let depth = sleeve + thickness;
                let (shaft, outside) = match position {
                    RotorPosition::Inner => (Some(2.0 * back * (radius - depth)), None),
                    RotorPosition::Outer => (None, Some(2.0 * (radius + depth) / back)),
                };
                MagnetRotor {
                    pole_count: poles,
                    shaft_diameter: shaft,
                    outer_diameter: outside,
                    magnet_thickness: thickness,
                    magnet_arc: arc,
                    magnet_shape: shape,
                    magnetisation,
                    segments_per_pole: pieces,
                    sleeve_thickness: sleeve,
                }
            },
        )
}

/// The stator turned inside out: slots at what was its bore, shallower and narrower towards the axis.
fn inside_out(stator: Stator) -> Stator {
    let gap = stator.bore_radius();
    let depth = 0.6 * (stator.outer_diameter / 2.0 - gap);
    let narrower = |width: Option<f64>| width.map(|w| 0.6 * w);
    Stator {
        slot_count: stator.slot_count,
        outer_diameter: 2.0 * gap,
        bore_diameter: 2.0 * (gap - depth),
        slot: Slot {
            main_depth: 0.5 * stator.slot.main_depth,
            bottom_width: narrower(stator.slot.bottom_width),
            bottom_corner_radius: 0.4 * stator.slot.bottom_corner_radius,
            ..stator.slot
        },
    }
}

type Scheme = (usize, usize, usize, usize);
type Parts = (Scheme, Stator, f64, MagnetRotor, f64);

fn parts(position: RotorPosition) -> impl Strategy<Value = Parts> {
    winding()
        .prop_flat_map(|w| (Just(w), stator(w.0), share(0.004..0.05)))
        .prop_flat_map(move |(w, stator, gap)| {
            let radius = stator.bore_radius();
            let gap = gap * radius;
            let (stator, surface) = match position {
                RotorPosition::Inner => (stator, radius - gap),
                RotorPosition::Outer => (inside_out(stator), radius + gap),
            };
            let rotor = rotor(surface, w.1, position);
            (Just(w), Just(stator), Just(gap), rotor, share(0.3..1.5))
        })
}

pub fn machines(position: RotorPosition) -> impl Strategy<Value = (Scheme, Topology)> {
    parts(position).prop_map(move |(w, stator, air_gap, rotor, length)| {
        let machine = Surface {
            air_gap,
            rotor_position: position,
            stack_length: length * stator.bore_diameter,
            stator,
            rotor,
        };
        (w, Topology::Spm(machine))
    })
}

pub fn inset_machines(position: RotorPosition) -> impl Strategy<Value = (Scheme, Topology)> {
    (parts(position), share(0.05..1.02), often_none(0.01..0.3)).prop_map(
        move |((w, stator, air_gap, rotor, length), height, clearance)| {
            let machine = Inset {
                air_gap,
                rotor_position: position,
                stack_length: length * stator.bore_diameter,
                stator,
                iron_between_magnets: IronBetween {
                    height: height * rotor.magnet_thickness,
                    side_clearance: clearance * rotor.magnet_thickness,
                },
                rotor,
            };
            (w, Topology::Inset(machine))
        },
    )
}
