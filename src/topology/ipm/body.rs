//! The rotor of an interior magnet machine as the field network sees it.

use super::pocket::Pocket;
use super::{Ipm, ROTOR_STEEL};
use crate::geometry::{Curve, Piece, Point, Polygon};
use crate::network::plan::{
    BodyPlan, ControlLine, Magnetisation, Medium, Outline, Part, Region, Section, SectorPlan,
    Spacing, Stretch,
};
use crate::resolution::Resolution;
use crate::topology::sector::{self, Rotor};
use crate::winding::Layout;

impl Ipm {
    /// Plan of the rotor body with `pitches` poles and `columns` columns a pole.
    fn rotor_body(&self, p: &Pocket, tilt: f64, pitches: usize, columns: usize) -> BodyPlan {
        let v = &self.rotor;
        let (radius, bridge, shaft) = (
            self.rotor_radius(),
            self.bridge_radius(),
            v.shaft_diameter / 2.0,
        );
        let pitch = std::f64::consts::TAU / v.pole_count as f64;
        let width = radius * pitch / columns as f64;
        let [_, far, low_far, low_near] = p.magnet;
        let outer_edge = Curve::new(vec![
            Piece::Straight {
                a: p.outer_apex,
                b: p.outer_corner,
            },
            Piece::Arc {
                radius: bridge,
                to: f64::INFINITY,
            },
        ]);
        // Past the magnet the inner edge steps up to the seat. A curve cannot have two radii at one angle
        // and steep rows skew the cells, so it runs straight to the side wall and the sliver of iron
        // beside it is left to the laminate cells.
        let mut inner_pieces = vec![Piece::Straight {
            a: low_near,
            b: low_far,
        }];
        let end = if p.wall_inner.angle() > low_far.angle() {
            p.wall_inner
        } else {
            low_far
        };
        inner_pieces.push(Piece::Straight { a: low_far, b: end });
        inner_pieces.push(Piece::Arc {
            radius: end.radius(),
            to: f64::INFINITY,
        });
        let inner_edge = Curve::new(inner_pieces);
        let cap = v.apex_depth;
        let thickness = v.magnet_thickness / tilt.cos();
        let yoke = inner_edge.radius_at(pitch / 4.0) - shaft;
        let rows = |height: f64, target: f64, least: usize| {
            Spacing::Equal(((height / (target * width)).round() as usize).max(least))
        };
        let graded = Spacing::Graded {
            first: 1.05 * self.air_gap / 2.0,
            coarsest: 1.1 * width,
            growth: f64::INFINITY,
        };
        let follow = |from_curve, from, to| Stretch {
            from_curve,
            to_curve: from_curve + 1,
            from,
            to,
        };
        let above = |q: Point| follow(1, Point::polar(radius, q.angle()), q);
        let line = |from: Point, to: Point| ControlLine {
            nominal: 0.75 * from.angle() + 0.25 * to.angle(),
            stretches: vec![above(from), follow(2, from, to)],
            shear_limit: 1.4,
        };
        let mut lines = vec![];
        // A rib thinner than a column is left to the laminate cells: a column squeezed into it would skew
        // its neighbours.
        let even = pitch / columns as f64;
        if p.outer_apex.angle() >= 0.5 * even {
            lines.push(line(p.outer_apex, p.inner_apex));
        }
        lines.push(line(far, low_far));
        lines.push(line(p.wall_outer, p.wall_inner));
        BodyPlan {
            pitches,
            pitch,
            alternating: true,
            regions: self.rotor_regions(p),
            background: Medium::Iron(ROTOR_STEEL),
            curves: vec![
                Curve::circle(radius + self.air_gap / 2.0),
                Curve::circle(radius),
                outer_edge,
                inner_edge,
                Curve::circle(shaft),
            ],
            spacing: vec![
                graded,
                rows(cap, 1.3, 1),
                rows(thickness, 1.2, 1),
                rows(yoke, 1.2, 2),
            ],
            lines,
        }
    }

    /// Plan of the smallest sector that repeats with the winding; nothing when the geometry does not fit.
    pub fn plan(&self, layout: &Layout, resolution: Resolution) -> Option<SectorPlan> {
        let (pocket, tilt) = (self.pocket()?, self.pocket_tilt()?);
        let rotor = Rotor {
            outside: false,
            poles: self.rotor.pole_count,
            body: |pitches, columns| self.rotor_body(&pocket, tilt, pitches, columns),
            sections: self.rotor_sections(&pocket),
        };
        let lengths = (self.air_gap, self.stack_length);
        let stator = self.stator.at_bore();
        Some(sector::plan((layout, resolution), lengths, stator, rotor))
    }

    fn rotor_regions(&self, p: &Pocket) -> Vec<Region> {
        let mut regions = vec![Region {
            outline: Outline::Annulus(self.rotor_radius(), f64::INFINITY),
            medium: Medium::Air,
        }];
        let outward = p.inward.scaled(-1.0).angle();
        let pocket = self.pocket_outline(p);
        // The magnet with its clearance, which is too thin for the cells.
        let [near, far, ..] = p.magnet;
        let magnet = Polygon::new(vec![near, far, p.floor[0], p.floor[1]]);
        let thickness = self.rotor.magnet_thickness;
        let share = thickness / (thickness + self.rotor.pocket_clearance);
        let mirrored = |polygon: &Polygon| {
            Polygon::new(polygon.vertices().iter().map(|q| q.mirrored()).collect())
        };
        for (polygon, medium) in [
            (mirrored(&pocket), Medium::Air),
            (pocket, Medium::Air),
            (
                mirrored(&magnet),
                Medium::LooseMagnet(Magnetisation::Parallel(-outward), share),
            ),
            (
                magnet,
                Medium::LooseMagnet(Magnetisation::Parallel(outward), share),
            ),
        ] {
            regions.push(Region {
                outline: Outline::Polygon(polygon),
                medium,
            });
        }
        regions
    }

    /// Rotor sections whose flux density is reported.
    fn rotor_sections(&self, p: &Pocket) -> Vec<Section> {
        let (radius, bridge) = (self.rotor_radius(), self.bridge_radius());
        let angle = 0.5 * (p.outer_corner.angle() + p.wall_outer.angle());
        let half_pole = std::f64::consts::PI / self.rotor.pole_count as f64;
        let across = |q: Point| Point::polar(q.radius(), 2.0 * half_pole - q.angle());
        let mut sections = vec![
            Section {
                part: Part::Bridge,
                place: "bridge between magnet pocket and air gap",
                from: Point::polar(bridge, angle),
                to: Point::polar(radius, angle),
            },
            Section {
                part: Part::RotorYoke,
                place: "rotor yoke below the apex",
                from: Point::new(self.rotor.shaft_diameter / 2.0, 0.0),
                to: Point::new(p.inner_apex.x, 0.0),
            },
            Section {
                part: Part::Web,
                place: "web between the pockets of neighbouring poles",
                from: p.wall_outer.towards(p.wall_inner, 0.5),
                to: across(p.wall_outer.towards(p.wall_inner, 0.5)),
            },
        ];
        if self.rotor.centre_rib_width > 0.0 {
            let middle = p.outer_apex.towards(p.inner_apex, 0.5);
            sections.push(Section {
                part: Part::Rib,
                place: "rib between the two pockets of a pole",
                from: middle.mirrored(),
                to: middle,
            });
        }
        sections
    }
}
