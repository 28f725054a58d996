//! Random machines with axial flux.

use crate::draw::{often_none, share, winding};
use dualcert::topology::Topology;
use dualcert::topology::axial::{
    Arrangement, Axial, AxialRotor, AxialSlot, AxialStator, MagnetOutline, ParallelOutline,
    SectorOutline,
};
use proptest::prelude::*;
use std::f64::consts::TAU;

type Scheme = (usize, usize, usize, usize);

/// Slots at an inner radius, in shares of the pitch and of the radius.
fn stator(slots: usize, inner: f64) -> impl Strategy<Value = AxialStator> {
    let heights = (share(0.005..0.06), often_none(0.005..0.05));
    (
        share(0.05..1.0),
        heights,
        share(0.3..0.98),
        share(0.1..0.8),
        share(0.05..0.4),
    )
        .prop_map(move |(opening, (height, wedge), width, depth, yoke)| {
            let width = width * TAU * inner / slots as f64;
            AxialStator {
                slot_count: slots,
                yoke_thickness: Some(yoke * inner),
                slotless: false,
                slot: AxialSlot {
                    opening_width: opening * width,
                    opening_height: height * inner,
                    wedge_height: wedge * inner,
                    width,
                    main_depth: depth * inner,
                },
            }
        })
}

/// Magnets at an inner radius, in shares of the pole pitch there.
fn rotor(poles: usize, inner: f64) -> impl Strategy<Value = AxialRotor> {
    let pitch = TAU * inner / poles as f64;
    let outline = prop_oneof![
        share(0.3..1.0).prop_map(|arc| MagnetOutline::Sector(SectorOutline { arc })),
        share(0.3..1.02).prop_map(move |ratio| {
            MagnetOutline::ParallelSides(ParallelOutline {
                width: ratio * pitch,
            })
        }),
    ];
    (share(0.03..0.4), outline, share(0.05..0.5)).prop_map(move |(thickness, outline, back)| {
        AxialRotor {
            pole_count: poles,
            magnet_thickness: thickness * pitch,
            magnet_outline: outline,
            halbach: None,
            back_iron_thickness: Some(back * inner),
        }
    })
}

pub fn machines() -> impl Strategy<Value = (Scheme, Topology)> {
    (winding(), share(0.03..0.2), share(1.1..2.0))
        .prop_flat_map(|(w, inner, outer)| {
            let parts = (stator(w.0, inner), rotor(w.1, inner), share(0.005..0.05));
            (Just((w, inner, outer)), parts)
        })
        .prop_flat_map(|parts| {
            let arrangement = prop_oneof![
                Just(Arrangement::SingleSided),
                Just(Arrangement::DoubleStator),
                Just(Arrangement::DoubleRotor),
                Just(Arrangement::Yokeless),
            ];
            (Just(parts), arrangement)
        })
        .prop_map(
            |(((w, inner, outer), (mut stator, mut rotor, gap)), arrangement)| {
                match arrangement {
                    Arrangement::DoubleStator => rotor.back_iron_thickness = None,
                    Arrangement::Yokeless => stator.yoke_thickness = None,
                    Arrangement::SingleSided | Arrangement::DoubleRotor => {}
                }
                let axial = Axial {
                    arrangement,
                    air_gap: gap * inner,
                    outer_diameter: 2.0 * inner * outer,
                    inner_diameter: 2.0 * inner,
                    stator,
                    rotor,
                };
                (w, Topology::Axial(axial))
            },
        )
}
