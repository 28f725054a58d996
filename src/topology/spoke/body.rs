//! The rotor of a spoke machine as the field network sees it.

use super::Spoke;
use crate::geometry::{Curve, Piece, Point};
use crate::network::plan::{
    BodyPlan, ControlLine, Magnetisation, Medium, Outline, Part, Region, Section, Spacing, Stretch,
};
use crate::topology::ipm::ROTOR_STEEL;
use std::f64::consts::{FRAC_PI_2, TAU};

/// Largest shift of a column in a row over the height of the row, off the air gap.
const SHEAR_LIMIT: f64 = 1.4;

/// Which curves of the rotor there are besides the three at the gap, by their number.
struct Rows {
    curves: Vec<Curve>,
    spacing: Vec<Spacing>,
    /// Curve along the inner edge of the barrier.
    barrier: Option<usize>,
}

/// Number of the curve at the rotor surface, along the outer and along the inner edge of the magnets.
const SURFACE: usize = 1;
const MAGNET_OUTER: usize = 2;
const MAGNET_INNER: usize = 3;

impl Spoke {
    /// Plan of the rotor body with `pitches` poles and `columns` columns a pole.
    pub(super) fn rotor_body(&self, pitches: usize, columns: usize) -> BodyPlan {
        let pitch = TAU / self.rotor.pole_count as f64;
        let width = self.rotor_radius() * pitch / columns as f64;
        let Rows {
            curves,
            spacing,
            barrier,
        } = self.rows(width);
        BodyPlan {
            pitches,
            pitch,
            alternating: true,
            regions: self.rotor_regions(),
            background: Medium::Iron(ROTOR_STEEL),
            widened: vec![],
            curves,
            spacing,
            lines: self.lines(barrier),
            mirrored: false,
        }
    }

    /// A curve along a straight edge across the magnet at `x` on its middle line, and along the circle
    /// through its ends over the pole.
    fn edge(&self, x: f64) -> Curve {
        let corner = self.place(x, -self.pocket().half);
        Curve::new(vec![
            Piece::Arc {
                radius: corner.radius(),
                to: corner.angle(),
            },
            Piece::Straight {
                a: corner,
                b: self.place(x, 0.0),
            },
        ])
    }

    fn rows(&self, width: f64) -> Rows {
        let v = &self.rotor;
        let p = self.pocket();
        let radius = self.rotor_radius();
        let rows = |height: f64, target: f64, least: usize| {
            Spacing::Equal(((height / (target * width)).round() as usize).max(least))
        };
        let mut curves = vec![
            Curve::circle(radius + self.air_gap / 2.0),
            Curve::circle(radius),
            self.edge(p.outer),
            self.edge(p.magnet_inner),
        ];
        let mut spacing = vec![
            Spacing::Graded {
                first: 1.05 * self.air_gap / 2.0,
                coarsest: 1.1 * width,
                growth: f64::INFINITY,
            },
            rows(v.bridge_thickness, 1.3, 1),
            rows(v.magnet_width, 1.2, 2),
        ];
        let mut barrier = None;
        let mut below = p.magnet_inner;
        if v.inner_barrier_depth > 0.0 && p.inner > self.lamination_inner_radius() {
            barrier = Some(curves.len());
            curves.push(self.edge(p.inner));
            spacing.push(rows(v.inner_barrier_depth, 1.2, 1));
            below = p.inner;
        }
        let corner = below.hypot(p.half);
        let hub = self.lamination_inner_radius();
        curves.push(Curve::circle(hub));
        spacing.push(rows(corner - hub, 1.2, 2));
        if v.hub_diameter.is_some() {
            curves.push(Curve::circle(v.shaft_diameter / 2.0));
            spacing.push(rows(hub - v.shaft_diameter / 2.0, 1.2, 2));
        }
        Rows {
            curves,
            spacing,
            barrier,
        }
    }

    /// Columns along the sides of the pocket, and of the slot above it.
    fn lines(&self, barrier: Option<usize>) -> Vec<ControlLine> {
        let p = self.pocket();
        let follow = |from_curve, from, to| Stretch {
            from_curve,
            to_curve: from_curve + 1,
            from,
            to,
        };
        let side = |x: f64| self.place(x, -p.half);
        let corner = side(p.outer);
        let mut stretches = vec![
            follow(
                SURFACE,
                Point::polar(self.rotor_radius(), corner.angle()),
                corner,
            ),
            follow(MAGNET_OUTER, corner, side(p.magnet_inner)),
        ];
        if let Some(end) = barrier {
            stretches.push(Stretch {
                from_curve: MAGNET_INNER,
                to_curve: end,
                from: side(p.magnet_inner),
                to: side(p.inner),
            });
        }
        let mut lines = vec![ControlLine {
            nominal: corner.angle(),
            stretches,
            shear_limit: SHEAR_LIMIT,
        }];
        let half_slot = self.rotor.outer_slot_width / 2.0;
        if half_slot > 0.0 && half_slot < p.half {
            let at_surface = (self.rotor_radius().powi(2) - half_slot * half_slot).sqrt();
            let (from, to) = (
                self.place(at_surface, -half_slot),
                self.place(p.outer, -half_slot),
            );
            lines.push(ControlLine {
                nominal: from.angle(),
                stretches: vec![follow(SURFACE, from, to)],
                shear_limit: SHEAR_LIMIT,
            });
        }
        lines
    }

    fn rotor_regions(&self) -> Vec<Region> {
        let v = &self.rotor;
        let p = self.pocket();
        let radius = self.rotor_radius();
        let mut regions = vec![Region {
            outline: Outline::Annulus(radius, f64::INFINITY),
            medium: Medium::Air,
        }];
        if v.hub_diameter.is_some() {
            regions.push(Region {
                outline: Outline::Annulus(0.0, self.lamination_inner_radius()),
                medium: Medium::Air,
            });
        }
        let upper = self.half_pole() - FRAC_PI_2;
        let share = v.magnet_thickness / (2.0 * p.half);
        let mut rectangles = vec![(p.inner, p.outer, p.half, Medium::Air, Medium::Air)];
        if v.outer_slot_width > 0.0 {
            // Into the pocket and beyond the surface, so that no sliver of iron is left at either end.
            let from = p.outer - 0.5 * v.magnet_width.min(v.bridge_thickness);
            rectangles.push((
                from,
                radius + 0.25 * self.air_gap,
                v.outer_slot_width / 2.0,
                Medium::Air,
                Medium::Air,
            ));
        }
        // Both magnets of a pole push their flux into it.
        rectangles.push((
            p.magnet_inner,
            p.outer,
            p.half,
            Medium::LooseMagnet(Magnetisation::Parallel(upper), share),
            Medium::LooseMagnet(Magnetisation::Parallel(-upper), share),
        ));
        for (from, to, half, above, below) in rectangles {
            let outline = self.rectangle(from, to, half);
            let mirrored = crate::geometry::Polygon::new(
                outline.vertices().iter().map(|q| q.mirrored()).collect(),
            );
            for (polygon, medium) in [(outline, above), (mirrored, below)] {
                regions.push(Region {
                    outline: Outline::Polygon(polygon),
                    medium,
                });
            }
        }
        regions
    }

    /// Rotor sections whose flux density is reported.
    pub(super) fn rotor_sections(&self) -> Vec<Section> {
        let v = &self.rotor;
        let p = self.pocket();
        let radius = self.rotor_radius();
        let root = self.place(p.inner.max(self.lamination_inner_radius()), -p.half);
        let mut sections = vec![Section {
            part: Part::Rib,
            place: "root of a pole between the barriers of its magnets",
            from: root.mirrored(),
            to: root,
        }];
        let opening = v.outer_slot_width / 2.0;
        if v.bridge_thickness > 0.0 && opening < p.half {
            let middle = self.place(p.outer, -0.5 * (opening + p.half));
            sections.push(Section {
                part: Part::Bridge,
                place: "bridge between magnet and air gap",
                from: middle,
                to: Point::polar(radius, middle.angle()),
            });
        }
        let below = p.inner - self.lamination_inner_radius();
        if below > 0.0 {
            sections.push(Section {
                part: Part::RotorYoke,
                place: "rotor yoke below a magnet",
                from: self.place(self.lamination_inner_radius(), 0.0),
                to: self.place(p.inner, 0.0),
            });
        }
        sections
    }
}
