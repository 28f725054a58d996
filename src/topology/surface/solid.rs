//! The rotor with magnets on its surface as the solution of its stress sees it.

use super::drawing::Drawing;
use super::{Parts, RotorPosition};
use crate::geometry::Point;
use crate::stress::solid::{Cut, Solid, Wall, ring};

/// Where the magnets of a rotor sit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seat {
    /// Where the rotor turns.
    pub position: RotorPosition,
    /// Poles.
    pub poles: usize,
    /// Length of the stack [m].
    pub length: f64,
    /// Radius of the seat at the pole centre [m].
    pub radius: f64,
    /// Radius of the magnets towards the gap at the pole centre [m].
    pub top: f64,
    /// Radius of the rotor iron away from the gap [m].
    pub back: f64,
    /// Thickness of the sleeve [m].
    pub sleeve: f64,
    /// Part of the circumference that the magnets fill at their top [-].
    pub arc: f64,
    /// Angle between two magnets at their tops, half of it [rad].
    pub half_gap: f64,
    /// Whether the magnets lie between two circles around the shaft.
    pub concentric: bool,
    /// Whether iron stands between the magnets.
    pub inset: bool,
    /// Radius that iron between the magnets reaches [m]; that of the seat without any.
    pub between: f64,
    /// Width of the air between a magnet and the iron beside it [m]; zero without iron.
    pub beside: f64,
    /// Part of the circumference that iron between the magnets fills at its foot [-].
    pub iron: f64,
    /// Width of the seat across the pole axis [m].
    pub width: f64,
    /// Length of the seat along its surface [m].
    pub joint: f64,
    /// Tension between magnet and seat, or pressure of a magnet on the iron around it, over density and the square of
    /// the angular speed [m²]: A x / w with the cross-section A of a magnet, the distance x of its centre from the shaft
    /// and the width w of its seat, which is all that balances its pull along the pole axis.
    pub pull: f64,
}

impl Parts<'_> {
    /// Where the magnets sit; nothing when the geometry does not fit.
    pub(super) fn seat(&self) -> Option<Seat> {
        let d = self.drawing()?;
        let width = 2.0 * d.corner_seat.y;
        Some(Seat {
            position: self.position,
            poles: self.rotor.pole_count,
            length: self.stack_length,
            radius: d.seat,
            top: d.top,
            back: d.back,
            sleeve: self.rotor.sleeve_thickness,
            arc: d.corner_top.angle() / d.half_pole,
            half_gap: d.half_pole - d.corner_top.angle(),
            concentric: d.concentric(),
            inset: d.inset,
            between: d.between,
            beside: self.iron.map_or(0.0, |iron| iron.side_clearance),
            iron: if d.inset {
                1.0 - d.wall[1].angle() / d.half_pole
            } else {
                0.0
            },
            width,
            joint: if d.flat {
                width
            } else {
                2.0 * d.seat * d.corner_seat.angle()
            },
            pull: d.magnet_moment() / width,
        })
    }

    /// Half a pole of the rotor iron from the axis of a magnet on, with the magnets hanging on it or pressing on it, or
    /// why its stress cannot be had.
    pub(super) fn solid(&self) -> Result<Solid, String> {
        let (Some(d), Some(seat)) = (self.drawing(), self.seat()) else {
            return Err("the geometry does not fit".to_owned());
        };
        let foot = d.wall[1];
        let round = d.round_seat();
        let mut outline: Vec<Point> = ring(d.back, 0.0, d.half_pole).collect();
        if d.inset {
            outline.extend(ring(d.between, d.half_pole, d.wall[0].angle()));
        } else {
            outline.extend(ring(round, d.half_pole, foot.angle()));
        }
        let below: Vec<Point> = if d.flat {
            vec![foot, d.corner_seat, Point::new(d.seat, 0.0)]
        } else {
            ring(d.seat, foot.angle(), d.corner_seat.angle())
                .chain(ring(d.seat, d.corner_seat.angle(), 0.0))
                .collect()
        };
        outline.extend(&below);
        outline.dedup_by(|a, b| a.distance(*b) < 1e-12);
        Ok(Solid {
            outline,
            holes: vec![],
            half_pitch: d.half_pole,
            walls: walls(&d, &below, seat.pull),
            cuts: cuts(&d),
            rounds: [if d.inset { d.between } else { round }, d.back],
            coarsest: (d.back.max(round) * d.half_pole / 8.0).min((d.back - round).abs()),
        })
    }
}

/// The stretches of the seat that a magnet pulls at, by an even tension along the radius of a round seat and along the
/// pole axis at a flat one.
fn walls(d: &Drawing, below: &[Point], pull: f64) -> Vec<Wall> {
    let edge = d.corner_seat.y + 1e-9 * d.seat;
    below
        .windows(2)
        .filter(|pair| pair.iter().all(|p| p.y <= edge))
        .map(|pair| Wall {
            from: pair[0],
            to: pair[1],
            constant: if d.flat {
                Point::new(pull, 0.0)
            } else {
                Point::new(0.0, 0.0)
            },
            depth: if d.flat { 0.0 } else { pull / d.seat },
        })
        .collect()
}

fn cuts(d: &Drawing) -> Vec<Cut> {
    let (foot, corner) = (d.wall[1], d.corner_seat);
    let mut cuts = vec![];
    let mut yoke = |from: Point| {
        cuts.push(Cut {
            place: "rotor yoke under a magnet",
            from,
            to: Point::polar(d.back, from.angle()),
            mirrored: false,
        });
    };
    if d.flat {
        yoke(Point::new(d.seat, 0.0));
        yoke(Point::new(d.seat, 0.5 * corner.y));
        yoke(corner);
    } else {
        for t in [0.0, 0.5, 1.0] {
            yoke(Point::polar(d.seat, t * corner.angle()));
        }
    }
    if d.inset {
        let axis = Point::polar(1.0, d.half_pole);
        for t in [0.0, 0.1, 0.25, 0.5] {
            let from = foot.towards(d.wall[0], t);
            cuts.push(Cut {
                place: "rotor iron between two magnets",
                from,
                to: axis.scaled(axis.x * from.x + axis.y * from.y),
                mirrored: true,
            });
        }
    } else {
        let from = Point::polar(d.round_seat(), d.half_pole);
        cuts.push(Cut {
            place: "rotor yoke between two magnets",
            from,
            to: Point::polar(d.back, d.half_pole),
            mirrored: false,
        });
    }
    cuts
}
