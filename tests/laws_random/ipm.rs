//! Random machines with magnets in a V, from steep to flat, with pockets of every kind.

use crate::draw::{often_none, share, stator, winding};
use dualcert::geometry::Point;
use dualcert::topology::Topology;
use dualcert::topology::ipm::{
    AsDrawn, Channel, Ipm, PocketEnd, PocketStart, SquareEnd, VOpening, VRotor,
};
use proptest::prelude::*;
use std::f64::consts::PI;

/// What all rotors have, by radius and poles; lengths in shares of the half pole.
///
/// The outer corner lies on the bridge radius, a share of the way to the web; the apex follows.
fn straight(radius: f64, poles: usize) -> impl Strategy<Value = VRotor> {
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
                    opening: VOpening {
                        v_angle: Some(angle.to_radians()),
                        outer_span: None,
                    },
                    interpolar_web_width: Some(web),
                    centre_rib_width: rib,
                    pocket_start: PocketStart::AlongRib,
                    pocket_end: PocketEnd::default(),
                    magnet_pieces_per_pole: 2,
                    piece_rib_width: 0.0,
                    magnet_thickness: thickness,
                    magnet_width: magnet.1 * edge * (1.0 - magnet.2),
                    magnet_seat_step: seat * thickness,
                    pocket_clearance: clearance * thickness,
                    magnet_offset: magnet.2 * edge,
                }
            },
        )
}

/// The pocket's ends, by name.
#[derive(Debug, Clone, Copy)]
enum End {
    Web,
    Bridge,
    Square,
    Width,
    TurnedWeb,
    TurnedSquare,
    Channel,
}

/// The rotor with its pocket begun and ended in one of the ways; `along` and `up` are shares that the end
/// needs: of what lies beyond the magnet, and of the depth of the corner.
fn shaped(v: VRotor, radius: f64, end: End, start: PocketStart, along: f64, up: f64) -> VRotor {
    let mut v = VRotor {
        pocket_start: start,
        ..v
    };
    let reach = v.magnet_offset + v.magnet_width;
    let bridge = radius - v.bridge_thickness;
    // How deep the corner of the straight edge lies, as a straight edge has it.
    let angle = v.opening.v_angle.unwrap_or(PI);
    let tilt = (PI - angle) / 2.0;
    let turned = |v: &mut VRotor| {
        // The magnet goes down by a share of its own, and its edge turns up to where it was.
        let half = v.centre_rib_width / 2.0;
        let apex = Point::new(radius - v.apex_depth, half);
        let direction = Point::new(tilt.sin(), tilt.cos());
        let b = apex.x * direction.x + apex.y * direction.y;
        let length = (b * b - (apex.radius().powi(2) - bridge * bridge)).sqrt() - b;
        let corner = apex.y + direction.y * (reach + along * (length - reach));
        v.opening.outer_span = Some(2.0 * corner.min(0.99 * bridge));
        v.apex_depth += up * 2.0 * v.magnet_thickness;
        v.shaft_diameter *= 0.8;
    };
    match end {
        End::Web => {}
        End::Bridge => v.pocket_end = PocketEnd::ToBridge(AsDrawn {}),
        End::Square => v.pocket_end = PocketEnd::Square(SquareEnd { pocket_width: None }),
        End::Width => {
            let pocket_width = Some(reach * (1.0 + 0.3 * along));
            v.pocket_end = PocketEnd::Square(SquareEnd { pocket_width });
        }
        End::TurnedWeb => turned(&mut v),
        End::TurnedSquare => {
            v.pocket_end = PocketEnd::Square(SquareEnd { pocket_width: None });
            turned(&mut v);
        }
        End::Channel => {
            turned(&mut v);
            let width = (0.2 + along) * 0.6 * v.magnet_thickness;
            v.pocket_end = PocketEnd::Channel(Channel { width });
        }
    }
    if !matches!(end, End::Web | End::TurnedWeb) {
        v.interpolar_web_width = None;
    }
    v
}

/// The magnet cut into pieces with ribs between them, as wide in all as it was.
fn in_pieces(v: VRotor, pieces: usize, rib: f64) -> VRotor {
    let flat = v.opening.v_angle == Some(PI) && v.centre_rib_width == 0.0 && v.magnet_offset == 0.0;
    let pieces = if flat {
        pieces
    } else {
        pieces.next_multiple_of(2)
    };
    let ribs = (pieces.div_ceil(2) - 1) as f64;
    let rib_width = if ribs > 0.0 {
        rib * v.magnet_width / ribs
    } else {
        0.0
    };
    VRotor {
        magnet_pieces_per_pole: pieces,
        piece_rib_width: rib_width,
        magnet_width: v.magnet_width - ribs * rib_width,
        ..v
    }
}

fn rotor(radius: f64, poles: usize) -> impl Strategy<Value = VRotor> {
    let end = prop_oneof![
        3 => Just(End::Web),
        1 => Just(End::Bridge),
        1 => Just(End::Square),
        1 => Just(End::Width),
        1 => Just(End::TurnedWeb),
        1 => Just(End::TurnedSquare),
        1 => Just(End::Channel),
    ];
    let start = prop_oneof![
        2 => Just(PocketStart::AlongRib),
        1 => Just(PocketStart::Square),
        1 => Just(PocketStart::Blunt),
    ];
    let pieces = prop_oneof![3 => Just(2_usize), 1 => 1_usize..7];
    (
        straight(radius, poles),
        (end, start),
        (share(0.0..1.0), share(0.1..1.0)),
        (pieces, often_none(0.02..0.2)),
    )
        .prop_map(move |(v, (end, start), (along, up), (pieces, rib))| {
            in_pieces(shaped(v, radius, end, start, along, up), pieces, rib)
        })
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
