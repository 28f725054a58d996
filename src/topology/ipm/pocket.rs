//! The pocket of a half pole: its corners and outline.

use super::{Ipm, PocketEnd, PocketStart};
use crate::geometry::{Point, Polygon};
use std::f64::consts::{FRAC_PI_2, PI};

/// An apex that lies less than this off the line between the outer corners is meant to lie on it [m]: lengths of drawings
/// are rounded to a hundredth of a millimetre.
const ROUNDED: f64 = 1e-5;

/// Distance below which a corner lies on a line that it should lie on [m].
const ON_LINE: f64 = 1e-9;

/// Corners of the pocket of one half pole, y >= 0, pole axis on the x axis.
#[derive(Debug, Clone)]
pub(super) struct Pocket {
    /// Angle between the outer edge and the tangent at the pole axis [rad].
    pub(super) tilt: f64,
    /// Outer edge at the apex and at its outer corner.
    pub(super) outer_apex: Point,
    pub(super) outer_corner: Point,
    /// Where the outer edge turns, if it does.
    pub(super) turn: Option<Point>,
    /// Side towards the pole axis, from the inner edge on, without the apex.
    pub(super) start: Vec<Point>,
    /// Magnet with its ribs: outer edge near and far from the apex, inner edge far and near.
    pub(super) magnet: [Point; 4],
    /// Pocket wall below the magnet, far and near.
    pub(super) floor: [Point; 2],
    /// Where the seats of the magnet end.
    pub(super) seat_near: Point,
    pub(super) seat_far: Point,
    /// Side wall beyond the magnet: towards the gap, and at the inner edge.
    pub(super) wall_outer: Point,
    pub(super) wall_inner: Point,
    /// Unit vector along the magnet away from the apex.
    pub(super) along: Point,
    /// Unit vector from the magnet towards the shaft, normal to the magnet.
    pub(super) inward: Point,
}

fn dot(a: Point, b: Point) -> f64 {
    a.x * b.x + a.y * b.y
}

fn cross(a: Point, b: Point) -> f64 {
    a.x * b.y - a.y * b.x
}

/// Where the line from `from` in direction `along` (a unit vector) leaves the circle of `radius`.
fn leaves_circle(from: Point, along: Point, radius: f64) -> Option<Point> {
    let b = dot(from, along);
    let disc = b * b - (dot(from, from) - radius * radius);
    (disc >= 0.0).then(|| from + along.scaled(disc.sqrt() - b))
}

/// Where the line from `from` in direction `along` meets the one from `other` in direction `across`.
fn meet(from: Point, along: Point, other: Point, across: Point) -> Option<Point> {
    let det = cross(along, across);
    (det.abs() >= 1e-9).then(|| from + along.scaled(cross(other - from, across) / det))
}

impl Ipm {
    pub(super) fn bridge_radius(&self) -> f64 {
        self.rotor_radius() - self.rotor.bridge_thickness
    }

    /// Half a pole pitch [rad].
    pub(super) fn half_pole(&self) -> f64 {
        PI / self.rotor.pole_count as f64
    }

    /// Angle between the pocket's outer edge and the tangent at the pole axis [rad]; nothing when the
    /// stated lengths leave no such edge.
    pub fn pocket_tilt(&self) -> Option<f64> {
        let v = &self.rotor;
        if let Some(angle) = v.opening.v_angle {
            let tilt = (PI - angle) / 2.0;
            return (0.0..FRAC_PI_2).contains(&tilt).then_some(tilt);
        }
        let corner = self.corner_of_span(v.opening.outer_span?)?;
        let run = corner.y - v.centre_rib_width / 2.0;
        let rise = corner.x - (self.rotor_radius() - v.apex_depth);
        let rise = if rise.abs() < ROUNDED { 0.0 } else { rise };
        (run > 0.0).then(|| (rise / run).atan())
    }

    fn corner_of_span(&self, span: f64) -> Option<Point> {
        let radius = self.bridge_radius();
        let half = span / 2.0;
        (half > 0.0 && half < radius)
            .then(|| Point::new((radius * radius - half * half).sqrt(), half))
    }

    pub(super) fn pocket(&self) -> Option<Pocket> {
        let v = &self.rotor;
        let tilt = self.pocket_tilt()?;
        let along = Point::new(tilt.sin(), tilt.cos());
        let inward = Point::new(-along.y, along.x);
        let outer_apex = Point::new(self.rotor_radius() - v.apex_depth, v.centre_rib_width / 2.0);
        let near = outer_apex + along.scaled(v.magnet_offset);
        let far = near + along.scaled(v.magnet_reach());
        let outer_corner = match (v.pocket_width(), v.opening.outer_span) {
            (Some(width), _) => outer_apex + along.scaled(width),
            // A flat row whose depth and span are rounded is flat to its end.
            (None, Some(_)) if v.opening.v_angle.is_none() && tilt == 0.0 => {
                leaves_circle(outer_apex, along, self.bridge_radius())?
            }
            (None, Some(span)) => self.corner_of_span(span)?,
            (None, None) => leaves_circle(outer_apex, along, self.bridge_radius())?,
        };
        let off = cross(outer_corner - outer_apex, along).abs();
        let turn = (off > ON_LINE).then_some(far);
        let below = |p: Point, depth: f64| p + inward.scaled(depth);
        let thickness = v.magnet_thickness;
        let floor_depth = thickness + v.pocket_clearance;
        let seat_depth = floor_depth - v.magnet_seat_step;
        let seat_far = below(far, seat_depth);
        let corner = Corner {
            at: outer_corner,
            turn,
            seat_far,
            along,
        };
        let (wall_outer, wall_inner) = self.wall(&corner)?;
        let square = below(outer_apex, seat_depth);
        let start = match v.pocket_start {
            PocketStart::AlongRib => {
                vec![Point::new(
                    outer_apex.x - seat_depth / tilt.cos(),
                    outer_apex.y,
                )]
            }
            PocketStart::Square => vec![square],
            PocketStart::Blunt => vec![square, Point::new(square.x, outer_apex.y)],
        };
        Some(Pocket {
            tilt,
            outer_apex,
            outer_corner,
            turn,
            start,
            magnet: [near, far, below(far, thickness), below(near, thickness)],
            floor: [below(far, floor_depth), below(near, floor_depth)],
            seat_near: below(near, seat_depth),
            seat_far,
            wall_outer,
            wall_inner,
            along,
            inward,
        })
    }

    /// The side wall beyond the magnet: towards the gap and at the inner edge.
    fn wall(&self, c: &Corner) -> Option<(Point, Point)> {
        let bridge = self.bridge_radius();
        let to_bridge = || {
            let end = leaves_circle(c.seat_far, c.along, bridge)?;
            Some((end, end))
        };
        match self.rotor.pocket_end {
            PocketEnd::AlongWeb(_) => {
                let web = self.rotor.interpolar_web_width? / (2.0 * bridge);
                if !(0.0..1.0).contains(&web) {
                    return None;
                }
                let outer = Point::polar(bridge, self.half_pole() - web.asin());
                // The side wall is parallel to the interpolar axis; it ends on the line of the inner edge.
                let axis = Point::polar(1.0, self.half_pole());
                match meet(c.seat_far, c.along, outer, axis) {
                    Some(inner) if inner.radius() < outer.radius() => Some((outer, inner)),
                    _ => to_bridge(),
                }
            }
            PocketEnd::ToBridge(_) => to_bridge(),
            PocketEnd::Square(_) => {
                let length = dot(c.at - c.seat_far, c.along);
                Some((c.at, c.seat_far + c.along.scaled(length)))
            }
            PocketEnd::Channel(channel) => {
                let rise = c.at - c.turn?;
                let rise = rise.scaled(1.0 / rise.radius());
                let beside = c.at + Point::new(-rise.y, rise.x).scaled(channel.width);
                let outer = leaves_circle(beside, rise, bridge)?;
                let inner = meet(c.seat_far, c.along, beside, rise)?;
                // A narrow channel that leans away begins on the side of the magnet.
                if dot(inner - c.seat_far, c.along) < 0.0 {
                    let inward = Point::new(-c.along.y, c.along.x);
                    return Some((outer, meet(c.seat_far, inward, beside, rise)?));
                }
                Some((outer, inner))
            }
        }
    }

    /// Outline of the pocket of one half pole, magnet included.
    pub(super) fn pocket_outline(&self, p: &Pocket) -> Polygon {
        let mut points = vec![p.outer_apex];
        points.extend(p.turn);
        points.push(p.outer_corner);
        let (from, to) = (p.outer_corner.angle(), p.wall_outer.angle());
        if p.ends_on_bridge() {
            let bridge = self.bridge_radius();
            // Fine chords: grid rows follow the arc, and a coarse polygon would cut into them.
            let steps = 40;
            points.extend((1..=steps).map(|i| {
                Point::polar(bridge, from + (to - from) * f64::from(i) / f64::from(steps))
            }));
        }
        points.extend([
            p.wall_inner,
            p.seat_far,
            p.floor[0],
            p.floor[1],
            p.seat_near,
        ]);
        points.extend(&p.start);
        Polygon::new(points)
    }
}

/// What the side wall beyond the magnet hangs on.
struct Corner {
    /// Outer corner of the pocket.
    at: Point,
    /// Where the outer edge turns, if it does.
    turn: Option<Point>,
    /// Where the inner edge leaves the magnet.
    seat_far: Point,
    /// Unit vector along the inner edge.
    along: Point,
}

impl Pocket {
    /// Whether the pocket runs along the bridge between its outer corner and its side wall.
    pub(super) fn ends_on_bridge(&self) -> bool {
        self.outer_corner.distance(self.wall_outer) > ON_LINE
    }

    /// Whether the inner edge runs on to the bridge, so that there is no side wall.
    pub(super) fn is_pointed(&self) -> bool {
        self.wall_outer.distance(self.wall_inner) <= ON_LINE
    }

    /// A point by its distance along the outer edge from the apex, and by its depth below it [m].
    pub(super) fn place(&self, along: f64, depth: f64) -> Point {
        self.outer_apex + self.along.scaled(along) + self.inward.scaled(depth)
    }

    /// Distance of a point along the outer edge from the apex, and its depth below it [m].
    pub(super) fn measure(&self, at: Point) -> (f64, f64) {
        let d = at - self.outer_apex;
        (dot(d, self.along), dot(d, self.inward))
    }

    /// The rectangle of a stretch along the outer edge down to a depth, raised above the edge by a length
    /// and lowered below it by the same [m].
    pub(super) fn rectangle(&self, (from, to): (f64, f64), depth: f64, beyond: f64) -> Polygon {
        Polygon::new(vec![
            self.place(from, -beyond),
            self.place(to, -beyond),
            self.place(to, depth + beyond),
            self.place(from, depth + beyond),
        ])
    }
}
