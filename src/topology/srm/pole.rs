//! One lamination of salient poles, seen from its air gap, in the frame of a slot: the slot centre on the x
//! axis, half a pole on either side.

use super::PoleTeeth;
use crate::geometry::{Point, Polygon, arc};
use std::f64::consts::{PI, TAU};

/// Lamination with poles whose sides are straight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Salient {
    /// Number of poles.
    pub poles: usize,
    /// +1 when depth into the slot goes outwards, -1 when it goes inwards.
    pub outward: f64,
    /// Radius of the pole faces [m].
    pub gap_radius: f64,
    /// Radius of the surface away from the air gap [m].
    pub back_radius: f64,
    /// Angle between the corners of a pole at the air gap [rad].
    pub arc: f64,
    /// Angle by which each side leans outward towards the yoke [rad].
    pub taper: f64,
    /// Radial thickness of the yoke [m].
    pub yoke: f64,
    /// Several teeth on the face of every pole.
    pub teeth: Option<PoleTeeth>,
    /// Whether a pitch of the grid lies around a pole, with half a slot at either end, instead of around a slot.
    pub around_pole: bool,
}

pub(super) const ORIGIN: Point = Point::new(0.0, 0.0);

impl Salient {
    /// Angle of a pole pitch [rad].
    pub(super) fn pitch(&self) -> f64 {
        TAU / self.poles as f64
    }

    /// Radius of the slot bottom [m].
    pub(super) fn root_radius(&self) -> f64 {
        self.back_radius - self.outward * self.yoke
    }

    /// Radius at a depth below the pole faces [m].
    pub(super) fn radius_at_depth(&self, depth: f64) -> f64 {
        self.gap_radius + self.outward * depth
    }

    /// Where the side of a pole meets a circle, in the frame of the pole; nothing where it misses it.
    pub(super) fn side_of_pole(&self, radius: f64) -> Option<Point> {
        let corner = Point::polar(self.gap_radius, self.arc / 2.0);
        let d = Point::new(self.outward * self.taper.cos(), self.taper.sin());
        let along = corner.x * d.x + corner.y * d.y;
        let apart = self.gap_radius * self.gap_radius - radius * radius;
        let root = (along * along - apart).sqrt();
        // From inside the circle the side leaves it once, from outside it enters it first.
        let way = if self.outward > 0.0 {
            root - along
        } else {
            -along - root
        };
        (way.is_finite() && way >= -1e-12).then(|| corner + d.scaled(way))
    }

    /// Angle of the side of a slot from its centre at a radius [rad].
    pub(super) fn slot_angle(&self, radius: f64) -> Option<f64> {
        Some(self.pitch() / 2.0 - self.side_of_pole(radius)?.angle())
    }

    /// Upper side of a slot at a radius.
    pub(super) fn slot_side(&self, radius: f64) -> Option<Point> {
        Some(Point::polar(radius, self.slot_angle(radius)?))
    }

    /// Half the width of a pole at a radius [m].
    pub(super) fn pole_half_width(&self, radius: f64) -> Option<f64> {
        Some(self.side_of_pole(radius)?.y)
    }

    /// Area of the slot from a depth below the pole faces to its bottom [m²].
    pub(super) fn slot_area_from(&self, depth: f64) -> f64 {
        let (top, root) = (self.radius_at_depth(depth), self.root_radius());
        let (Some(at_top), Some(at_root)) = (self.slot_angle(top), self.slot_angle(root)) else {
            return 0.0;
        };
        // Sectors of both circles and the triangles that the straight side makes with the centre.
        let side = 0.5
            * (top * at_top.cos() * root * at_root.sin()
                - top * at_top.sin() * root * at_root.cos());
        self.outward * (root * root * at_root - top * top * at_top - 2.0 * side)
    }

    /// Iron area of the whole lamination [m²].
    pub(super) fn iron_area(&self) -> f64 {
        let (gap, back) = (self.gap_radius, self.back_radius);
        let cut = self.slot_area_from(0.0) + self.groove_area();
        PI * (back * back - gap * gap).abs() - self.poles as f64 * cut
    }

    /// Outline of the slot between two radii and two shares of its width, from -1 to 1. Beyond the pole faces
    /// and below its bottom it reaches a little further, since arcs are drawn as chords; there lies what covers
    /// it, air or the yoke.
    pub(super) fn slot_outline(&self, top: f64, (from, to): (f64, f64)) -> Option<Polygon> {
        let root = self.root_radius();
        let (at_top, at_root) = (self.slot_angle(top)?, self.slot_angle(root)?);
        let above = if top == self.gap_radius {
            top * (1.0 - 0.02 * self.outward)
        } else {
            top
        };
        let below = root * (1.0 + 0.004 * self.outward);
        let mut points = arc(ORIGIN, above, from * at_top, to * at_top);
        points.push(Point::polar(top, to * at_top));
        points.push(Point::polar(root, to * at_root));
        points.extend(arc(ORIGIN, below, to * at_root, from * at_root));
        points.push(Point::polar(root, from * at_root));
        points.push(Point::polar(top, from * at_top));
        points.dedup();
        Some(Polygon::new(points))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lamination(outward: f64, taper: f64) -> Salient {
        Salient {
            poles: 8,
            outward,
            gap_radius: 0.05,
            back_radius: 0.05 + outward * 0.03,
            arc: 0.35,
            taper,
            yoke: 0.01,
            teeth: None,
            around_pole: false,
        }
    }

    #[test]
    fn a_pole_with_parallel_sides_is_as_wide_everywhere() {
        for outward in [1.0, -1.0] {
            let s = lamination(outward, 0.0);
            let at = |depth| s.pole_half_width(s.radius_at_depth(depth)).unwrap();
            assert!((at(0.0) - at(0.02)).abs() < 1e-12);
            let wider = lamination(outward, 0.1)
                .pole_half_width(s.root_radius())
                .unwrap();
            assert!(wider > at(0.02) + 0.0015);
        }
    }

    #[test]
    fn slots_and_poles_fill_the_ring_between_them() {
        for (outward, taper) in [(1.0, 0.0), (1.0, 0.1), (-1.0, 0.0), (-1.0, -0.1)] {
            let s = lamination(outward, taper);
            let (top, root) = (s.gap_radius, s.root_radius());
            // The slot in thin rings.
            let n = 4000;
            let rings: f64 = (0..n)
                .map(|k| {
                    let r = top + (root - top) * (f64::from(k) + 0.5) / f64::from(n);
                    2.0 * s.slot_angle(r).unwrap() * r * (root - top).abs() / f64::from(n)
                })
                .sum();
            assert!(
                (s.slot_area_from(0.0) / rings - 1.0).abs() < 1e-5,
                "{outward} {taper}"
            );
        }
    }
}
