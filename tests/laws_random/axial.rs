//! Random machines with axial flux.

use crate::draw::{often_none, share, winding};
use dualcert::topology::Topology;
use dualcert::topology::axial::{
    Arrangement, Axial, AxialRotor, AxialSlot, AxialStator, Buried, DiscSpoke, Interior,
    MagnetOutline, ParallelOutline, SectorOutline,
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
    let magnets = (share(0.03..0.4), outline, interior(pitch));
    (magnets, share(0.05..0.5)).prop_map(move |((thickness, outline, interior), back)| AxialRotor {
        pole_count: poles,
        magnet_thickness: thickness * pitch,
        magnet_outline: outline,
        halbach: None,
        interior,
        back_iron_thickness: match interior {
            Some(Interior::Spoke(_)) => None,
            _ => Some(back * inner),
        },
    })
}

/// Iron around the magnets of a pole pitch [m], as often as none.
fn interior(pitch: f64) -> impl Strategy<Value = Option<Interior>> {
    let lengths = (share(0.02..0.2), share(0.02..0.15), share(0.0..1.0));
    let buried = (lengths, often_none(0.001..0.02)).prop_map(
        move |((piece, barrier, bridge), clearance)| {
            Some(Interior::Buried(Buried {
                pole_piece_thickness: piece * pitch,
                barrier_width: barrier * pitch,
                bridge_thickness: bridge * piece * pitch,
                pocket_clearance: clearance * pitch,
            }))
        },
    );
    let spoke = often_none(0.001..0.02).prop_map(move |clearance| {
        Some(Interior::Spoke(DiscSpoke {
            pocket_clearance: clearance * pitch,
        }))
    });
    prop_oneof![2 => Just(None), 1 => buried, 1 => spoke]
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
