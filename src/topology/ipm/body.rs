//! The rotor of an interior magnet machine as the field network sees it.

use super::pocket::Pocket;
use super::{Ipm, PocketStart, ROTOR_STEEL};
use crate::geometry::{Curve, Piece, Point, Polygon, ray_meets_line};
use crate::network::mesh::pitch_mesh;
use crate::network::plan::{
    BodyPlan, ControlLine, Magnetisation, Medium, Outline, Part, Region, Section, SectorPlan,
    Spacing, Stretch,
};
use crate::resolution::Resolution;
use crate::topology::sector::{self, Rotor};
use crate::winding::Layout;

/// Largest shift of a column in a row over the height of the row, off the air gap.
const SHEAR_LIMIT: f64 = 1.4;

/// How rows follow the edges of the pocket where these are steep.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// Whether the row along the outer edge leaves it where it turns, since the edge turns up so steeply that
    /// its cells would skew; a column follows the edge from there.
    below_turn: bool,
    /// Whether the row along the inner edge climbs the step of the seat.
    seat: bool,
}

impl Way {
    const ALONG: Self = Self {
        below_turn: false,
        seat: true,
    };
}

/// The curves that grid rows follow, and which of them are the edges of the pocket.
struct Rows {
    curves: Vec<Curve>,
    spacing: Vec<Spacing>,
    /// Number of the curve along the bridge and then the outer edge, or of the first of the two.
    bridge: usize,
    /// Number of the curve along the outer edge.
    outer: usize,
    /// Where the inner edge is no longer followed.
    end: Point,
}

impl Ipm {
    /// Plan of the rotor body with `pitches` poles and `columns` columns a pole: of the ways in which rows can
    /// follow the pocket the first whose grid is sound.
    fn rotor_body(&self, p: &Pocket, pitches: usize, columns: usize) -> BodyPlan {
        let width = self.rotor_radius() * 2.0 * self.half_pole() / columns as f64;
        let mut plans = self
            .ways(p, width)
            .into_iter()
            .map(|way| self.body_with(p, pitches, columns, way));
        let sound =
            |body: &BodyPlan| pitch_mesh(body, columns).is_ok_and(|mesh| mesh.fallbacks.is_empty());
        let first = plans.next();
        match first {
            Some(body) if !sound(&body) => plans.find(sound).unwrap_or(body),
            Some(body) => body,
            None => self.body_with(p, pitches, columns, Way::ALONG),
        }
    }

    /// The ways in which rows can follow the pocket, the best first.
    fn ways(&self, p: &Pocket, width: f64) -> Vec<Way> {
        let both = |below_turn| [true, false].map(|seat| Way { below_turn, seat });
        let along = both(false);
        let Some(turn) = p.turn else {
            return along.to_vec();
        };
        let rise = p.outer_corner.radius() - turn.radius();
        let run = turn.radius() * (p.outer_corner.angle() - turn.angle());
        if rise <= 0.5 * width {
            return along.to_vec();
        }
        let below = both(true);
        if run < 1.5 * rise {
            [below, along].concat()
        } else {
            [along, below].concat()
        }
    }

    fn body_with(&self, p: &Pocket, pitches: usize, columns: usize, way: Way) -> BodyPlan {
        let pitch = std::f64::consts::TAU / self.rotor.pole_count as f64;
        let even = pitch / columns as f64;
        let rows = self.rows(p, pitch, self.rotor_radius() * even, way);
        BodyPlan {
            pitches,
            pitch,
            alternating: true,
            regions: self.rotor_regions(p),
            background: Medium::Iron(ROTOR_STEEL),
            widened: vec![],
            lines: self.lines(p, &rows, even),
            curves: rows.curves,
            spacing: rows.spacing,
            mirrored: false,
        }
    }

    fn rows(&self, p: &Pocket, pitch: f64, width: f64, way: Way) -> Rows {
        let v = &self.rotor;
        let (radius, bridge, shaft) = (
            self.rotor_radius(),
            self.bridge_radius(),
            v.shaft_diameter / 2.0,
        );
        let outer_edge = outer_edge(p, way.below_turn);
        let (inner_edge, end) = inner_edge(p, &outer_edge, way.seat);
        let thickness = v.magnet_thickness / p.tilt.cos();
        let yoke = inner_edge.radius_at(pitch / 4.0) - shaft;
        let rows = |height: f64, target: f64, least: usize| {
            Spacing::Equal(((height / (target * width)).round() as usize).max(least))
        };
        let mut curves = vec![
            Curve::circle(radius + self.air_gap / 2.0),
            Curve::circle(radius),
        ];
        let mut spacing = vec![Spacing::Graded {
            first: 1.05 * self.air_gap / 2.0,
            coarsest: 1.1 * width,
            growth: f64::INFINITY,
        }];
        if way.below_turn {
            curves.push(Curve::circle(bridge));
            spacing.extend([
                rows(v.bridge_thickness, 1.3, 1),
                rows(v.apex_depth - v.bridge_thickness, 1.3, 1),
            ]);
        } else {
            spacing.push(rows(v.apex_depth, 1.3, 1));
        }
        spacing.extend([rows(thickness, 1.2, 1), rows(yoke, 1.2, 2)]);
        let outer = curves.len();
        curves.extend([outer_edge, inner_edge, Curve::circle(shaft)]);
        Rows {
            curves,
            spacing,
            bridge: 2,
            outer,
            end,
        }
    }

    /// Columns along the sides of pocket, ribs and magnets.
    fn lines(&self, p: &Pocket, rows: &Rows, even: f64) -> Vec<ControlLine> {
        let v = &self.rotor;
        let stretch = |from_curve, to_curve, from, to| Stretch {
            from_curve,
            to_curve,
            from,
            to,
        };
        let surface = |q: Point| Point::polar(self.rotor_radius(), q.angle());
        let (outer, inner) = (rows.outer, rows.outer + 1);
        let control = |from: Point, to: Point, stretches| ControlLine {
            nominal: 0.75 * from.angle() + 0.25 * to.angle(),
            stretches,
            shear_limit: SHEAR_LIMIT,
        };
        // From the outer to the inner edge, and straight up from there.
        let line = |from: Point, to: Point| {
            let above = stretch(1, outer, surface(from), from);
            control(from, to, vec![above, stretch(outer, inner, from, to)])
        };
        let mut lines = vec![];
        let column = even * p.outer_apex.x;
        let depth = v.magnet_thickness + v.pocket_clearance;
        let side = |s: f64| (p.place(s, 0.0), p.place(s, depth));
        let pieces = v.stretches();
        // Two columns would not fit into a narrow offset: that of the magnet's end is the one that counts, since a cell
        // that the end cuts says nothing of the magnet, and the flux density is least there.
        let own = v.magnet_offset >= 0.2 * column;
        let rib = v.magnet_offset >= 1.5 * column || !own;
        // A rib thinner than a column is left to the laminate cells: a column squeezed into it would skew
        // its neighbours.
        if rib
            && p.outer_apex.angle() >= 0.5 * even
            && let Some(low) = p.start.last()
        {
            lines.push(line(p.outer_apex, *low));
        }
        if own {
            let (top, low) = side(v.magnet_offset);
            lines.push(line(top, low));
        }
        for pair in pieces.windows(2) {
            let ((_, from), (to, _)) = (pair[0], pair[1]);
            if to - from >= 0.5 * even * p.outer_apex.x {
                lines.extend([side(from), side(to)].map(|(top, low)| line(top, low)));
            }
        }
        let [_, far, low_far, _] = p.magnet;
        if rows.bridge == outer {
            lines.push(line(far, low_far));
            lines.push(line(p.wall_outer, rows.end));
        } else {
            let turned = |top: Point, low: Point, curve| {
                let above = stretch(1, rows.bridge, surface(top), top);
                control(top, low, vec![above, stretch(rows.bridge, curve, top, low)])
            };
            let mut side = turned(p.outer_corner, far, outer);
            side.stretches.push(stretch(outer, inner, far, low_far));
            side.nominal = far.angle();
            lines.push(side);
            lines.push(turned(p.wall_outer, rows.end, inner));
        }
        lines
    }

    /// Plan of the smallest sector that repeats with the winding; nothing when the geometry does not fit.
    pub fn plan(&self, layout: &Layout, resolution: Resolution) -> Option<SectorPlan> {
        let pocket = self.pocket()?;
        let rotor = Rotor {
            outside: false,
            body: |pitches, columns| self.rotor_body(&pocket, pitches, columns),
            sections: self.rotor_sections(&pocket),
        };
        let lengths = (self.air_gap, self.stack_length);
        let stator = self.stator.at_bore();
        Some(sector::plan((layout, resolution), lengths, stator, rotor))
    }

    fn rotor_regions(&self, p: &Pocket) -> Vec<Region> {
        let v = &self.rotor;
        let mut regions = vec![Region {
            outline: Outline::Annulus(self.rotor_radius(), f64::INFINITY),
            medium: Medium::Air,
        }];
        let mut both = |polygon: Polygon, above: Medium, below: Medium| {
            let mirrored = Polygon::new(polygon.vertices().iter().map(|q| q.mirrored()).collect());
            regions.extend(
                [(mirrored, below), (polygon, above)].map(|(polygon, medium)| Region {
                    outline: Outline::Polygon(polygon),
                    medium,
                }),
            );
        };
        both(self.pocket_outline(p), Medium::Air, Medium::Air);
        // Each magnet with its clearance, which is too thin for the cells.
        let depth = v.magnet_thickness + v.pocket_clearance;
        let share = v.magnet_thickness / depth;
        let outward = p.inward.scaled(-1.0).angle();
        let magnet = |angle| Medium::LooseMagnet(Magnetisation::Parallel(angle), share);
        let pieces = v.stretches();
        for &piece in &pieces {
            let outline = p.rectangle(piece, depth, 0.0);
            both(outline, magnet(outward), magnet(-outward));
        }
        // Into the iron on both sides, so that no sliver is left at either end.
        let beyond = 0.1 * depth.min(v.bridge_thickness);
        for pair in pieces.windows(2) {
            let ((_, from), (to, _)) = (pair[0], pair[1]);
            if to > from {
                let iron = Medium::Iron(ROTOR_STEEL);
                both(p.rectangle((from, to), depth, beyond), iron, iron);
            }
        }
        regions
    }

    /// Rotor sections whose flux density is reported.
    fn rotor_sections(&self, p: &Pocket) -> Vec<Section> {
        let (radius, bridge) = (self.rotor_radius(), self.bridge_radius());
        let angle = 0.5 * (p.outer_corner.angle() + p.wall_outer.angle());
        let below_bridge = if p.ends_on_bridge() {
            Point::polar(bridge, angle)
        } else {
            p.outer_corner
        };
        let across = |q: Point| Point::polar(q.radius(), 2.0 * self.half_pole() - q.angle());
        let beside_web = p.wall_outer.towards(p.wall_inner, 0.5);
        let deepest = p.start.iter().map(|q| q.x).fold(p.outer_apex.x, f64::min);
        let mut sections = vec![
            Section {
                part: Part::Bridge,
                place: "bridge between magnet pocket and air gap",
                from: below_bridge,
                to: Point::polar(radius, angle),
            },
            Section {
                part: Part::RotorYoke,
                place: "rotor yoke below the apex",
                from: Point::new(self.rotor.shaft_diameter / 2.0, 0.0),
                to: Point::new(deepest, 0.0),
            },
            Section {
                part: Part::Web,
                place: "web between the pockets of neighbouring poles",
                from: beside_web,
                to: across(beside_web),
            },
        ];
        if self.rotor.centre_rib_width > 0.0 {
            let middle = match (self.rotor.pocket_start, p.start.last()) {
                (PocketStart::AlongRib, Some(inner)) => p.outer_apex.towards(*inner, 0.5),
                _ => p.outer_apex,
            };
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

/// The row along the outer edge and then the bridge; or below a steep turn, at the radius of the turn.
fn outer_edge(p: &Pocket, below_turn: bool) -> Curve {
    let mut corners = vec![p.outer_apex];
    corners.extend(p.turn);
    if !below_turn {
        corners.push(p.outer_corner);
    }
    let mut pieces: Vec<Piece> = corners
        .windows(2)
        .map(|pair| Piece::Straight {
            a: pair[0],
            b: pair[1],
        })
        .collect();
    pieces.extend(corners.last().map(|end| Piece::Arc {
        radius: end.radius(),
        to: f64::INFINITY,
    }));
    Curve::new(pieces)
}

/// Least height of the rows between the edges, over that at the end of the magnet: rows that meet in a point
/// have no area.
const LEAST_HEIGHT: f64 = 0.4;

/// The row along the inner edge below the one along the outer edge, and where it leaves that.
///
/// Past the magnet the inner edge steps up to the seat. A curve cannot have two radii at one angle and
/// steep rows skew the cells, so it runs straight towards the side wall and the sliver of iron beside it is
/// left to the laminate cells. Where that would meet the outer row, or is too steep, it stays below.
fn inner_edge(p: &Pocket, outer: &Curve, seat: bool) -> (Curve, Point) {
    let [_, _, low_far, low_near] = p.magnet;
    let wall = if p.is_pointed() {
        // There is no side wall, so it ends below the outer corner.
        let corner = p.outer_corner.angle();
        ray_meets_line(corner, p.seat_far, p.wall_inner)
            .map_or(low_far, |radius| Point::polar(radius, corner))
    } else {
        p.wall_inner
    };
    let least = LEAST_HEIGHT * (outer.radius_at(low_far.angle()) - low_far.radius());
    let room = |q: &Point| outer.radius_at(q.angle()) - q.radius() >= least;
    let end = (0..=20)
        .rev()
        .map(|k| low_far.towards(wall, f64::from(k) / 20.0))
        .find(room)
        .filter(|q| q.angle() > low_far.angle() && seat)
        .unwrap_or(low_far);
    let curve = Curve::new(vec![
        Piece::Straight {
            a: low_near,
            b: low_far,
        },
        Piece::Straight { a: low_far, b: end },
        Piece::Arc {
            radius: end.radius(),
            to: f64::INFINITY,
        },
    ]);
    // The column beside the pocket follows its wall down to the row.
    let side = if p.is_pointed() || end == wall {
        end
    } else {
        p.wall_inner
    };
    (curve, side)
}
