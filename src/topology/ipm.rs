//! Interior permanent-magnet machine: one V-shaped (or flat) magnet pocket a pole, inner rotor.

use super::stator::{SlotFill, Stator};
use super::{Bill, Misfit};
use crate::geometry::{Curve, Piece, Point, Polygon};
use crate::network::plan::{
    BodyPlan, ControlLine, Magnetisation, Medium, Outline, Part, Region, Section, SectorPlan,
    Spacing, Stretch,
};
use crate::resolution::{Resolution, columns};
use crate::unit;
use crate::winding::Layout;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Interior permanent-magnet machine. All lengths in metres inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ipm {
    /// Radial air gap [mm].
    #[serde(rename = "air_gap_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub air_gap: f64,
    /// Length of the lamination stack [mm].
    #[serde(rename = "stack_length_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub stack_length: f64,
    /// The stator lamination.
    pub stator: Stator,
    /// The rotor lamination.
    pub rotor: VRotor,
}

/// Rotor with one pair of magnets in a V a pole. The pocket of a half pole runs from the outer corner
/// on the bridge radius to the apex at the pole axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VRotor {
    /// Number of poles, even.
    pub pole_count: usize,
    /// Diameter of the shaft hole [mm].
    #[serde(rename = "shaft_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub shaft_diameter: f64,
    /// Thickness of the iron between pocket and air gap [mm].
    #[serde(rename = "bridge_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bridge_thickness: f64,
    /// Depth of the pocket's outer edge below the rotor surface at the pole axis [mm].
    #[serde(rename = "apex_depth_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub apex_depth: f64,
    /// How wide the V opens.
    pub opening: VOpening,
    /// Width of the iron web between the pockets of neighbouring poles [mm].
    #[serde(rename = "interpolar_web_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub interpolar_web_width: f64,
    /// Width of the iron rib between the two pockets of a pole, 0 for none [mm].
    #[serde(rename = "centre_rib_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub centre_rib_width: f64,
    /// Magnet thickness, along the magnetisation [mm].
    #[serde(rename = "magnet_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_thickness: f64,
    /// Magnet width, across the magnetisation, one of the two magnets of a pole [mm].
    #[serde(rename = "magnet_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_width: f64,
    /// Height of the step at the pocket's inner edge that seats the magnet [mm]; the pocket beside the
    /// magnet is thinner than the magnet by this.
    #[serde(rename = "magnet_seat_step_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_seat_step: f64,
    /// Clearance between magnet and pocket wall along the magnetisation, both sides together [mm]; none
    /// if left out. It is air in the magnet's circuit.
    #[serde(
        rename = "pocket_clearance_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "is_zero"
    )]
    #[schemars(with = "f64")]
    pub pocket_clearance: f64,
    /// Distance of the magnet from the apex (or the rib) along the pocket's outer edge [mm].
    #[serde(rename = "magnet_offset_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_offset: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The signature is serde's.
fn is_zero(length: &f64) -> bool {
    *length == 0.0
}

/// How the opening of the V is stated; one follows from the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum VOpening {
    /// Distance of the two outer corners of the pockets of a pole, as a chord on the bridge radius [mm].
    #[serde(rename = "outer_span_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    OuterSpan(f64),
    /// Angle between the two magnets of a pole [°]; 180 is flat.
    #[serde(rename = "v_angle_deg", with = "unit::deg")]
    #[schemars(with = "f64")]
    VAngle(f64),
}

/// Index of the rotor steel among the steels of a machine.
pub const ROTOR_STEEL: usize = 1;

/// Corners of the pocket of one half pole, y >= 0, pole axis on the x axis.
#[derive(Debug, Clone, Copy)]
struct Pocket {
    /// Outer edge at the apex and at its outer corner.
    outer_apex: Point,
    outer_corner: Point,
    /// Inner edge at the apex.
    inner_apex: Point,
    /// Magnet: outer edge near and far from the apex, inner edge far and near.
    magnet: [Point; 4],
    /// Pocket wall below the magnet, far and near.
    floor: [Point; 2],
    /// Where the seats of the magnet end.
    seat_near: Point,
    seat_far: Point,
    /// Side wall towards the interpolar web: on the bridge radius, and at the inner edge.
    wall_outer: Point,
    wall_inner: Point,
    /// Unit vector from the magnet towards the shaft, normal to the magnet.
    inward: Point,
}

impl Ipm {
    /// Rotor outer radius [m].
    pub fn rotor_radius(&self) -> f64 {
        self.stator.bore_diameter / 2.0 - self.air_gap
    }

    fn bridge_radius(&self) -> f64 {
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

    fn pocket(&self) -> Option<Pocket> {
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
    fn pocket_outline(&self, p: &Pocket) -> Polygon {
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

    /// Magnet cross-section of a pole [m²].
    pub fn magnet_area_per_pole(&self) -> f64 {
        2.0 * self.rotor.magnet_width * self.rotor.magnet_thickness
    }

    /// Counts, lengths and areas.
    pub fn bill(&self) -> Bill {
        Bill {
            slots: self.stator.slot_count,
            poles: self.rotor.pole_count,
            air_gap: self.air_gap,
            pole_pitch: std::f64::consts::TAU * self.rotor_radius() / self.rotor.pole_count as f64,
            magnet_thickness: self.rotor.magnet_thickness,
            pocket_clearance: Some(self.rotor.pocket_clearance),
            bridge: Some(self.rotor.bridge_thickness),
            stack_length: self.stack_length,
            magnet_area: self.magnet_area_per_pole() * self.rotor.pole_count as f64,
            stator_iron_area: self.stator.at_bore().iron_area(),
            rotor_iron_area: self.rotor_iron_area(),
            slot_area: self.stator.at_bore().slot_area(),
            coil_radius: self.stator.at_bore().coil_radius(),
        }
    }

    /// Distance [m] of a place in the rotor, by radius [m] and angle from the pole axis [rad], from the
    /// nearest face of its magnet; zero outside the magnets.
    pub fn magnet_depth(&self, rho: f64, phi: f64) -> f64 {
        let Some(p) = self.pocket() else { return 0.0 };
        let at = Point::polar(rho, phi.abs());
        let along = Point::new(p.inward.y, -p.inward.x);
        let d = at - p.magnet[0];
        let across = d.x * p.inward.x + d.y * p.inward.y;
        let lengthways = d.x * along.x + d.y * along.y;
        let v = &self.rotor;
        across
            .min(v.magnet_thickness - across)
            .min(lengthways)
            .min(v.magnet_width - lengthways)
            .max(0.0)
    }

    /// Iron area of the whole rotor lamination [m²].
    pub fn rotor_iron_area(&self) -> f64 {
        let (outer, shaft) = (self.rotor_radius(), self.rotor.shaft_diameter / 2.0);
        let ring = std::f64::consts::PI * (outer * outer - shaft * shaft);
        let pocket = self
            .pocket()
            .map_or(0.0, |p| self.pocket_outline(&p).area());
        ring - 2.0 * self.rotor.pole_count as f64 * pocket
    }

    /// Plan of the rotor body with `pitches` poles and `columns` columns a pole; nothing when the
    /// geometry does not fit.
    pub fn rotor_body(&self, pitches: usize, columns: usize) -> Option<BodyPlan> {
        let p = self.pocket()?;
        let v = &self.rotor;
        let (radius, bridge, shaft) = (
            self.rotor_radius(),
            self.bridge_radius(),
            v.shaft_diameter / 2.0,
        );
        let pitch = std::f64::consts::TAU / v.pole_count as f64;
        let width = radius * pitch / columns as f64;
        let tilt = self.pocket_tilt()?;
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
        Some(BodyPlan {
            pitches,
            pitch,
            alternating: true,
            regions: self.rotor_regions(&p),
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
        })
    }

    /// Plan of the smallest sector that repeats with the winding; nothing when the geometry does not fit.
    pub fn plan(&self, layout: &Layout, resolution: Resolution) -> Option<SectorPlan> {
        let (sectors, sign) = layout.sectors();
        let (slots, poles) = (
            self.stator.slot_count / sectors,
            self.rotor.pole_count / sectors,
        );
        let columns = columns(slots, poles, resolution);
        let fill = SlotFill::of(layout.scheme.layers, layout.scheme.coil_pitch);
        Some(SectorPlan {
            sectors,
            sign,
            columns,
            length: self.stack_length,
            rotor: self.rotor_body(poles, columns / poles)?,
            stator: self
                .stator
                .at_bore()
                .body(slots, self.air_gap, columns / slots, fill),
            rotor_outside: false,
            rotor_sections: self.rotor_sections(),
            stator_sections: self.stator.at_bore().sections(),
        })
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
    pub fn rotor_sections(&self) -> Vec<Section> {
        let Some(p) = self.pocket() else {
            return vec![];
        };
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

    /// What of the geometry cannot be built.
    pub fn fits(&self) -> Vec<Misfit> {
        let mut misfits = self.stator.at_bore().fits();
        self.rotor_lengths_fit(&mut misfits);
        if misfits.is_empty() {
            self.pocket_fits(&mut misfits);
        }
        misfits
    }

    fn rotor_lengths_fit(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let mut check = |value: f64, path: Vec<&'static str>, zero: bool| {
            if value < 0.0 || (value == 0.0 && !zero) {
                misfits.push(Misfit {
                    code: "length-not-positive",
                    path,
                    found: mm(value),
                    expected: if zero {
                        "zero or more".into()
                    } else {
                        "more than zero".into()
                    },
                    fix: "enter the length in millimetres".into(),
                });
            }
        };
        check(self.air_gap, vec!["air_gap_mm"], false);
        check(self.stack_length, vec!["stack_length_mm"], false);
        check(v.shaft_diameter, vec!["rotor", "shaft_diameter_mm"], false);
        check(
            v.bridge_thickness,
            vec!["rotor", "bridge_thickness_mm"],
            false,
        );
        check(v.apex_depth, vec!["rotor", "apex_depth_mm"], false);
        check(
            v.interpolar_web_width,
            vec!["rotor", "interpolar_web_width_mm"],
            false,
        );
        check(
            v.centre_rib_width,
            vec!["rotor", "centre_rib_width_mm"],
            true,
        );
        check(
            v.magnet_thickness,
            vec!["rotor", "magnet_thickness_mm"],
            false,
        );
        check(v.magnet_width, vec!["rotor", "magnet_width_mm"], false);
        check(
            v.magnet_seat_step,
            vec!["rotor", "magnet_seat_step_mm"],
            true,
        );
        check(
            v.pocket_clearance,
            vec!["rotor", "pocket_clearance_mm"],
            true,
        );
        check(v.magnet_offset, vec!["rotor", "magnet_offset_mm"], true);
        if v.pole_count < 2 || v.pole_count % 2 == 1 {
            misfits.push(Misfit {
                code: "pole-count-not-even",
                path: vec!["rotor", "pole_count"],
                found: v.pole_count.to_string(),
                expected: "an even number of poles, at least 2".into(),
                fix: "enter the number of poles, not of pole pairs".into(),
            });
        }
        if v.magnet_seat_step >= v.magnet_thickness {
            misfits.push(Misfit {
                code: "seat-deeper-than-magnet",
                path: vec!["rotor", "magnet_seat_step_mm"],
                found: mm(v.magnet_seat_step),
                expected: format!("less than the magnet thickness, {}", mm(v.magnet_thickness)),
                fix: "lower the seat".into(),
            });
        }
        if self.rotor_radius() <= v.shaft_diameter / 2.0 {
            misfits.push(Misfit {
                code: "no-rotor",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(v.shaft_diameter),
                expected: format!(
                    "less than the rotor diameter, {}",
                    mm(2.0 * self.rotor_radius())
                ),
                fix: "check shaft and bore diameter and the air gap".into(),
            });
        }
    }

    /// Whether a pocket of sound dimensions stays inside its pole and holds its magnet.
    fn pocket_fits(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let Some(p) = self.pocket() else {
            misfits.push(Misfit {
                code: "no-pocket",
                path: vec!["rotor", "opening"],
                found: "an opening that gives no pocket at this apex depth and web width".into(),
                expected: "outer corners on the bridge radius, within the pole".into(),
                fix: "check outer span (or angle), apex depth, bridge and web width".into(),
            });
            return;
        };
        let tilt = self.pocket_tilt().unwrap_or(-1.0);
        if !(0.0..1.4).contains(&tilt) {
            misfits.push(Misfit {
                code: "pocket-opens-inward",
                path: vec!["rotor", "apex_depth_mm"],
                found: format!(
                    "an apex depth of {}, which tilts the pocket by {:.1}°",
                    mm(v.apex_depth),
                    tilt.to_degrees()
                ),
                expected: "an apex at least as deep as the outer corners, and a tilt below 80°"
                    .into(),
                fix: "deepen the apex or narrow the outer span".into(),
            });
            return;
        }
        let [near, far, low_far, low_near] = p.magnet;
        let room = near.distance(p.outer_corner);
        if far.radius() > self.bridge_radius() * (1.0 + 1e-9) {
            misfits.push(Misfit {
                code: "magnet-leaves-pole",
                path: vec!["rotor", "magnet_width_mm"],
                found: mm(v.magnet_width),
                expected: format!("at most {} up to the bridge", mm(room)),
                fix: "narrow the magnet, open the V wider or thin the bridge".into(),
            });
        }
        let half_pole = std::f64::consts::PI / v.pole_count as f64;
        let wall = |q: Point| q.radius() * (half_pole - q.angle()).sin();
        for (q, what) in [(far, "outer"), (low_far, "inner")] {
            if wall(q) < v.interpolar_web_width / 2.0 - 1e-9 {
                misfits.push(Misfit {
                    code: "magnet-leaves-pole",
                    path: vec!["rotor", "magnet_width_mm"],
                    found: format!(
                        "{}; its {what} corner is {} from the middle between the poles",
                        mm(v.magnet_width),
                        mm(wall(q))
                    ),
                    expected: format!(
                        "at least half the web, {}",
                        mm(v.interpolar_web_width / 2.0)
                    ),
                    fix: "narrow the magnet, the web or the V".into(),
                });
                break;
            }
        }
        if p.outer_corner.angle() >= p.wall_outer.angle() + 1e-9 {
            misfits.push(Misfit {
                code: "pocket-overlaps-web",
                path: vec!["rotor", "interpolar_web_width_mm"],
                found: mm(v.interpolar_web_width),
                expected: format!(
                    "at most {} beside the outer corner",
                    mm(2.0 * wall(p.outer_corner))
                ),
                fix: "narrow the web or the outer span".into(),
            });
        }
        if low_near.y < v.centre_rib_width / 2.0 - 1e-9 {
            misfits.push(Misfit {
                code: "magnets-overlap",
                path: vec!["rotor", "magnet_offset_mm"],
                found: mm(v.magnet_offset),
                expected: "magnets that stay on their side of the pole axis".into(),
                fix: "move the magnet away from the apex".into(),
            });
        }
        let deepest = low_far
            .radius()
            .min(low_near.radius())
            .min(p.inner_apex.radius());
        if deepest <= v.shaft_diameter / 2.0 {
            misfits.push(Misfit {
                code: "pocket-meets-shaft",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(v.shaft_diameter),
                expected: format!("less than {} across the pockets", mm(2.0 * deepest)),
                fix: "reduce the shaft, the apex depth or the magnet thickness".into(),
            });
        }
        if p.wall_inner.radius() >= p.wall_outer.radius() {
            misfits.push(Misfit {
                code: "no-pocket",
                path: vec!["rotor", "opening"],
                found: "a pocket whose inner edge lies outside its outer edge at the web".into(),
                expected: "an inner edge nearer to the shaft".into(),
                fix: "flatten the V, or widen the web".into(),
            });
        }
    }
}

fn mm(value: f64) -> String {
    format!("{:.3} mm", value * 1e3)
}
