//! Random machines with magnets in a V, from steep to flat.

use crate::draw::{often_none, share, stator, winding};
use dualcert::geometry::Point;
use dualcert::topology::Topology;
use dualcert::topology::ipm::{Ipm, VOpening, VRotor};
use proptest::prelude::*;
use std::f64::consts::PI;

/// A rotor with a V from steep to flat in a bore; lengths in shares of the half pole.
fn rotor(radius: f64, poles: usize) -> impl Strategy<Value = VRotor> {
    (
        (share(0.01..0.12), share(0.4..1.02), share(0.05..0.6)),
        (share(80.0..180.0), any::<bool>()),
        (share(0.05..0.4), share(0.2..1.0), often_none(0.01..0.3)),
        (often_none(0.02..0.4), often_none(0.005..0.05)),
        (often_none(0.01..0.2), share(0.2..0.9)),
    )
        .prop_map(
            move |(outer, (angle, flat), magnet, (seat, clearance), (rib, shaft))| {
                let half = radius * (PI / poles as f64).sin();
                let angle = if flat { 180.0 } else { angle };
                let tilt = (180.0_f64 - angle).to_radians() / 2.0;
                let bridge = outer.0 * half;
                let (web, rib) = (outer.2 * half, rib * half);
                // The outer corner on the bridge radius, a share of the way to the web; the apex follows.
                let room = PI / poles as f64 - (web / 2.0 / (radius - bridge)).asin();
                let corner = Point::polar(radius - bridge, outer.1 * room);
                let run = corner.y - rib / 2.0;
                let apex = corner.x - tilt.tan() * run;
                let edge = run / tilt.cos();
                let thickness = magnet.0 * half;
                let inner = apex - thickness / tilt.cos();
                VRotor {
                    pole_count: poles,
                    shaft_diameter: 2.0 * shaft * inner,
                    bridge_thickness: bridge,
                    apex_depth: radius - apex,
                    opening: VOpening::VAngle(angle.to_radians()),
                    interpolar_web_width: web,
                    centre_rib_width: rib,
                    magnet_thickness: thickness,
                    magnet_width: magnet.1 * edge * (1.0 - magnet.2),
                    magnet_seat_step: seat * thickness,
                    pocket_clearance: clearance * thickness,
                    magnet_offset: magnet.2 * edge,
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
            let ipm = Ipm {
                air_gap,
                stack_length: length * stator.bore_diameter,
                stator,
                rotor,
            };
            (w, Topology::Ipm(ipm))
        })
}
