//! Random machines with magnets that stand radially between the poles.

use crate::draw::{often_none, share, stator, winding};
use dualcert::topology::Topology;
use dualcert::topology::spoke::{Spoke, SpokeRotor};
use proptest::prelude::*;
use std::f64::consts::PI;

/// A rotor in a bore; lengths in shares of the radius and of half a pole.
fn rotor(radius: f64, poles: usize) -> impl Strategy<Value = SpokeRotor> {
    (
        (share(0.005..0.1), often_none(0.05..1.05)),
        (share(0.05..0.8), share(0.1..1.0), often_none(0.002..0.05)),
        (often_none(0.02..0.5), share(0.05..0.6), any::<bool>()),
    )
        .prop_map(
            move |((bridge, slot), (thickness, width, clearance), (barrier, shaft, hub))| {
                let half = radius * (PI / poles as f64).sin();
                let thickness = thickness * half;
                // How far the magnet may reach inside before it meets its neighbours or the shaft.
                let neighbours = thickness / 2.0 / (PI / poles as f64).tan();
                let bridge = bridge * radius + thickness * thickness / (8.0 * radius);
                let shaft = shaft * radius;
                let room = (radius - bridge - neighbours.max(shaft)).max(0.05 * radius);
                let width = width * room;
                SpokeRotor {
                    pole_count: poles,
                    shaft_diameter: if hub { shaft } else { 2.0 * shaft },
                    hub_diameter: hub.then_some(2.0 * shaft),
                    bridge_thickness: bridge,
                    outer_slot_width: slot * thickness,
                    magnet_thickness: thickness,
                    magnet_width: width,
                    pocket_clearance: clearance * thickness,
                    inner_barrier_depth: barrier * (room - width).max(0.01 * radius),
                }
            },
        )
}

pub fn machines() -> impl Strategy<Value = ((usize, usize, usize, usize), Topology)> {
    winding()
        .prop_flat_map(|w| (Just(w), stator(w.0), share(0.004..0.03)))
        .prop_flat_map(|(w, stator, gap)| {
            let gap = gap * stator.bore_radius();
            let rotor = rotor(stator.bore_radius() - gap, w.1);
            (Just(w), Just(stator), Just(gap), rotor, share(0.3..1.5))
        })
        .prop_map(|(w, stator, air_gap, rotor, length)| {
            let spoke = Spoke {
                air_gap,
                stack_length: length * stator.bore_diameter,
                stator,
                rotor,
            };
            (w, Topology::Spoke(spoke))
        })
}
