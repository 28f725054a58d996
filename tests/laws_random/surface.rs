//! Random machines with magnets on the surface of the rotor, of every shape.

use crate::draw::{often_none, share, stator, winding};
use dualcert::topology::Topology;
use dualcert::topology::stator::Stator;
use dualcert::topology::surface::{
    Inset, IronBetween, MagnetRotor, MagnetShape, MagnetisationKind, NoMeasures, OwnRadius, Surface,
};
use proptest::prelude::*;
use std::f64::consts::PI;

/// A shape whose own radius is a share of that of the rotor.
fn shape(radius: f64) -> impl Strategy<Value = MagnetShape> {
    let own = move |ratio: f64| OwnRadius {
        outer_radius: ratio * radius,
    };
    prop_oneof![
        2 => Just(MagnetShape::Arc(NoMeasures {})),
        1 => Just(MagnetShape::ParallelSides(NoMeasures {})),
        1 => share(0.4..1.0).prop_map(move |r| MagnetShape::EccentricArc(own(r))),
        1 => share(0.4..1.0).prop_map(move |r| MagnetShape::BreadLoaf(own(r))),
    ]
}

/// A rotor in a bore; thickness in shares of the pole, all else of what there is.
fn rotor(radius: f64, poles: usize) -> impl Strategy<Value = MagnetRotor> {
    let parallel = prop_oneof![
        Just(MagnetisationKind::Parallel),
        Just(MagnetisationKind::Radial)
    ];
    (
        share(0.03..0.5),
        share(0.3..1.02),
        shape(radius),
        (parallel, 1_usize..5),
        (often_none(0.002..0.03), share(0.2..0.9)),
    )
        .prop_map(
            move |(thickness, arc, shape, (magnetisation, pieces), (sleeve, shaft))| {
                let half = radius * (PI / poles as f64).sin();
                let (thickness, sleeve) = (thickness * half, sleeve * radius);
                MagnetRotor {
                    pole_count: poles,
                    shaft_diameter: 2.0 * shaft * (radius - sleeve - thickness),
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

type Parts = ((usize, usize, usize, usize), Stator, f64, MagnetRotor, f64);

fn parts() -> impl Strategy<Value = Parts> {
    winding()
        .prop_flat_map(|w| (Just(w), stator(w.0), share(0.004..0.05)))
        .prop_flat_map(|(w, stator, gap)| {
            let gap = gap * stator.bore_radius();
            let rotor = rotor(stator.bore_radius() - gap, w.1);
            (Just(w), Just(stator), Just(gap), rotor, share(0.3..1.5))
        })
}

pub fn machines() -> impl Strategy<Value = ((usize, usize, usize, usize), Topology)> {
    parts().prop_map(|(w, stator, air_gap, rotor, length)| {
        let machine = Surface {
            air_gap,
            stack_length: length * stator.bore_diameter,
            stator,
            rotor,
        };
        (w, Topology::Spm(machine))
    })
}

pub fn inset_machines() -> impl Strategy<Value = ((usize, usize, usize, usize), Topology)> {
    (parts(), share(0.05..1.02), often_none(0.01..0.3)).prop_map(
        |((w, stator, air_gap, rotor, length), height, clearance)| {
            let machine = Inset {
                air_gap,
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
