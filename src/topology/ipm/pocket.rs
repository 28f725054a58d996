//! The pocket of a half pole: its corners and outline.

use super::{Ipm, VOpening};
use crate::geometry::{Point, Polygon};

/// Corners of the pocket of one half pole, y >= 0, pole axis on the x axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pocket {
    /// Outer edge at the apex and at its outer corner.
    pub(super) outer_apex: Point,
    pub(super) outer_corner: Point,
    /// Inner edge at the apex.
    pub(super) inner_apex: Point,
    /// Magnet: outer edge near and far from the apex, inner edge far and near.
    pub(super) magnet: [Point; 4],
    /// Pocket wall below the magnet, far and near.
    pub(super) floor: [Point; 2],
    /// Where the seats of the magnet end.
    pub(super) seat_near: Point,
    pub(super) seat_far: Point,
    /// Side wall towards the interpolar web: on the bridge radius, and at the inner edge.
    pub(super) wall_outer: Point,
    pub(super) wall_inner: Point,
    /// Unit vector from the magnet towards the shaft, normal to the magnet.
    pub(super) inward: Point,
}

impl Ipm {
    pub(super) fn bridge_radius(&self) -> f64 {
        self.rotor_radius() - self.rotor.bridge_thickness
    }

    /// Angle between the pocket's outer edge and the tangent at the pole axis [rad]; nothing when the
    /// stated lengths leave no such edge.
    pub fn pocket_tilt(&self) -> Option<f64> {
        let v = &self.rotor;
        match v.opening {
            VOpening::VAngle(angle) => {
                let tilt = (std::f64::consts::PI - angle) / 2.0;
                (0.0..std::f64::consts::FRAC_PI_2)
                    .contains(&tilt)
                    .then_some(tilt)
            }
            VOpening::OuterSpan(span) => {
                let corner = self.corner_of_span(span)?;
                let run = corner.y - v.centre_rib_width / 2.0;
                let rise = corner.x - (self.rotor_radius() - v.apex_depth);
                (run > 0.0).then(|| (rise / run).atan())
            }
        }
    }

    fn corner_of_span(&self, span: f64) -> Option<Point> {
        let radius = self.bridge_radius();
        let half = span / 2.0;
        (half > 0.0 && half < radius)
            .then(|| Point::new((radius * radius - half * half).sqrt(), half))
    }

    pub(super) fn pocket(&self) -> Option<Pocket> {
        let v = &self.rotor;
        let (radius, bridge) = (self.rotor_radius(), self.bridge_radius());
        let tilt = self.pocket_tilt()?;
        let along = Point::new(tilt.sin(), tilt.cos());
        let inward = Point::new(-along.y, along.x);
        let outer_apex = Point::new(radius - v.apex_depth, v.centre_rib_width / 2.0);
        let outer_corner = match v.opening {
            VOpening::OuterSpan(span) => self.corner_of_span(span)?,
            VOpening::VAngle(_) => {
                // |apex + t along| = bridge radius.
                let b = outer_apex.x * along.x + outer_apex.y * along.y;
                let disc = b * b - (outer_apex.radius().powi(2) - bridge * bridge);
                (disc >= 0.0).then(|| outer_apex + along.scaled(disc.sqrt() - b))?
            }
        };
        let depth = v.magnet_thickness + v.pocket_clearance - v.magnet_seat_step;
        let inner_apex = Point::new(outer_apex.x - depth / tilt.cos(), outer_apex.y);
        let near = outer_apex + along.scaled(v.magnet_offset);
        let far = near + along.scaled(v.magnet_width);
        let below = |p: Point, depth: f64| p + inward.scaled(depth);
        let thickness = v.magnet_thickness;
        let floor_depth = thickness + v.pocket_clearance;
        let floor = [below(far, floor_depth), below(near, floor_depth)];
        let seat_depth = floor_depth - v.magnet_seat_step;
        let (seat_far, seat_near) = (below(far, seat_depth), below(near, seat_depth));
        let half_pole = std::f64::consts::PI / v.pole_count as f64;
        let web = v.interpolar_web_width / (2.0 * bridge);
        if !(0.0..1.0).contains(&web) {
            return None;
        }
        let wall_outer = Point::polar(bridge, half_pole - web.asin());
        // The side wall is parallel to the interpolar axis; it ends on the line of the inner edge.
        let axis = Point::polar(1.0, half_pole);
        let det = axis.x * along.y - axis.y * along.x;
        if det.abs() < 1e-9 {
            return None;
        }
        let d = wall_outer - seat_far;
        let length = (d.x * along.y - d.y * along.x) / det;
        let wall_inner = wall_outer - axis.scaled(length);
        Some(Pocket {
            outer_apex,
            outer_corner,
            inner_apex,
            magnet: [near, far, below(far, thickness), below(near, thickness)],
            floor,
            seat_near,
            seat_far,
            wall_outer,
            wall_inner,
            inward,
        })
    }

    /// Outline of the pocket of one half pole, magnet included.
    pub(super) fn pocket_outline(&self, p: &Pocket) -> Polygon {
        let bridge = self.bridge_radius();
        let mut points = vec![p.outer_apex, p.outer_corner];
        let origin = Point::new(0.0, 0.0);
        let (from, to) = (p.outer_corner.angle(), p.wall_outer.angle());
        // Fine chords: grid rows follow the arc, and a coarse polygon would cut into them.
        let steps = 40;
        points.extend((1..=steps).map(|i| {
            origin + Point::polar(bridge, from + (to - from) * f64::from(i) / f64::from(steps))
        }));
        points.extend([
            p.wall_inner,
            p.seat_far,
            p.floor[0],
            p.floor[1],
            p.seat_near,
            p.inner_apex,
        ]);
        Polygon::new(points)
    }
}
