//! Regions and control lines of the rotor for the field network.

use super::drawing::Drawing;
use super::{MagnetisationKind, Parts, RotorPosition};
use crate::geometry::{Curve, Piece, Point, Polygon};
use crate::network::plan::{
    BodyPlan, ControlLine, Magnetisation, Medium, Outline, Part, Region, Section, SectorPlan,
    Spacing, Stretch,
};
use crate::resolution::Resolution;
use crate::topology::ipm::ROTOR_STEEL;
use crate::topology::sector::{self, Rotor};
use crate::winding::Layout;

/// Largest shift of a column in a row as a share of its height: above it thin gap rows lock.
const SHEAR_LIMIT: f64 = 0.7;

/// Points of a ring around the shaft, both ends included.
fn ring(radius: f64, from: f64, to: f64) -> impl Iterator<Item = Point> {
    // Fine enough that a chord leaves its circle by less than a thousandth of a magnet.
    let steps = 96;
    (0..=steps)
        .map(move |i| Point::polar(radius, from + (to - from) * f64::from(i) / f64::from(steps)))
}

fn polygon(points: Vec<Point>, medium: Medium) -> Region {
    Region {
        outline: Outline::Polygon(Polygon::new(points)),
        medium,
    }
}

impl Parts<'_> {
    /// Plan of the smallest sector that repeats with the winding.
    pub(super) fn plan(&self, layout: &Layout, resolution: Resolution) -> Option<SectorPlan> {
        let drawing = self.drawing()?;
        let rotor = Rotor {
            outside: self.position == RotorPosition::Outer,
            body: |pitches, columns| self.rotor_body(&drawing, pitches, columns),
            sections: drawing.sections(),
        };
        let lengths = (self.air_gap, self.stack_length);
        Some(sector::plan(
            (layout, resolution),
            lengths,
            self.lamination(),
            rotor,
        ))
    }

    fn rotor_body(&self, d: &Drawing, pitches: usize, columns: usize) -> BodyPlan {
        let pitch = 2.0 * d.half_pole;
        let width = d.surface * pitch / columns as f64;
        let rows = Rows {
            first: 1.05 * self.air_gap / 2.0,
            width,
        };
        let mut curves = vec![Curve::circle(d.surface + d.inward * self.air_gap / 2.0)];
        let mut spacing = vec![rows.graded()];
        let (face, seat);
        if d.concentric() {
            let mut radii = vec![d.surface];
            if self.rotor.sleeve_thickness > 0.0 {
                radii.push(d.top);
            }
            face = radii.len();
            // Iron as high as the magnets ends on their circle, whatever is left of the difference of two radii.
            let depth = |r: f64| d.inward * (d.top - r);
            if d.inset && depth(d.between) > LEVEL * self.air_gap {
                radii.push(d.between);
            }
            radii.push(d.seat);
            seat = radii.len();
            spacing.extend(vec![rows.graded(); radii.len() - 1]);
            curves.extend(radii.into_iter().map(Curve::circle));
        } else {
            // Where a magnet is round by itself it touches the surface at its middle, and the row that the
            // gap needs there lies a little in front of it.
            let front = if self.rotor.sleeve_thickness > 0.0 {
                d.surface
            } else {
                d.surface + d.inward * self.air_gap / 4.0
            };
            let room = (d.inward * (front - d.corner_top.radius())).max(d.inward * (front - d.top));
            curves.extend([Curve::circle(front), d.face_curve(), d.seat_curve()]);
            spacing.push(rows.equal(0.0, room));
            spacing.push(rows.equal(0.0, self.rotor.magnet_thickness));
            (face, seat) = (2, 3);
        }
        curves.push(Curve::circle(d.back));
        spacing.push(Spacing::Graded {
            first: rows.first,
            coarsest: 1.1 * width,
            growth: 25.0 * width,
        });
        BodyPlan {
            pitches,
            pitch,
            alternating: true,
            regions: self.regions(d),
            background: Medium::Iron(ROTOR_STEEL),
            widened: vec![],
            lines: self.lines(d, (face, seat), pitch / columns as f64),
            curves,
            spacing,
            mirrored: false,
        }
    }

    fn regions(&self, d: &Drawing) -> Vec<Region> {
        if d.concentric() {
            self.concentric_regions(d)
        } else {
            self.drawn_regions(d)
        }
    }

    /// Between circles only the sides of magnets and iron are drawn; rings that end where grid rows run
    /// cover what they leave at top and bottom.
    fn concentric_regions(&self, d: &Drawing) -> Vec<Region> {
        let mut regions = vec![d.gap_side_of(d.between, Medium::Air)];
        if d.inset {
            regions.push(Region {
                outline: Outline::Polygon(d.pocket()),
                medium: Medium::Air,
            });
        }
        let overlap = (0.3 * self.rotor.magnet_thickness).min(0.5 * d.seat);
        let (high, low) = (d.top + d.inward * overlap, d.seat - d.inward * overlap);
        let count = if d.radial_sides() { d.pieces } else { 1 };
        let side = d.corner_top - d.corner_seat;
        let share = overlap / side.radius();
        let top = (d.corner_top + side.scaled(share)).angle();
        let bottom = (d.corner_seat - side.scaled(share)).angle();
        for k in 0..count {
            let at = |k: usize| 2.0 * k as f64 / count as f64 - 1.0;
            let (from, to) = (at(k), at(k + 1));
            let points = ring(high, from * top, to * top)
                .chain(ring(low, to * bottom, from * bottom))
                .collect();
            let middle = 0.5 * (from + to) * d.corner_top.angle();
            regions.push(polygon(points, Medium::Magnet(self.direction(middle))));
        }
        regions.push(d.back_side_of(d.seat, Medium::Iron(ROTOR_STEEL)));
        regions.push(d.gap_side_of(d.top, Medium::Air));
        regions
    }

    fn drawn_regions(&self, d: &Drawing) -> Vec<Region> {
        let mut regions = vec![];
        if d.inset {
            // No row follows the iron between the magnets: cells that it cuts need its outline.
            let (reach, far) = (1.5 * d.half_pole, d.surface * (1.0 + 0.2 * d.inward));
            let points = ring(d.between, reach, -reach).chain(ring(far, -reach, reach));
            regions.push(polygon(points.collect(), Medium::Air));
        } else {
            regions.push(d.gap_side_of(d.between, Medium::Air));
        }
        if d.flat && d.inward < 0.0 {
            regions.push(Region {
                outline: Outline::Polygon(d.flat_segment()),
                medium: Medium::Iron(ROTOR_STEEL),
            });
        }
        if d.inset {
            regions.push(Region {
                outline: Outline::Polygon(d.pocket()),
                medium: Medium::Air,
            });
        }
        regions.push(Region {
            outline: Outline::Polygon(d.magnet()),
            medium: Medium::Magnet(self.direction(0.0)),
        });
        regions
    }

    /// Columns along the sides of the magnets, and along the joints of pieces that differ in direction where there is room
    /// for them: a cell in which two meet says nothing of either.
    fn lines(&self, d: &Drawing, (face, seat): (usize, usize), even: f64) -> Vec<ControlLine> {
        if self.rotor.is_an_array() {
            return joints(d, face, seat);
        }
        let mut lines = sides(d, face, seat, even);
        let piece = 2.0 * d.corner_top.angle() / d.pieces as f64;
        let turning = self.rotor.magnetisation == MagnetisationKind::Parallel && d.radial_sides();
        if turning && piece >= 3.0 * even {
            lines.extend(joints(d, face, seat));
        }
        lines
    }

    /// Direction of a piece by the angle of its middle from the axis of the pole [rad]. In a Halbach array of p pole
    /// pairs the magnetisation stands at (1 ∓ p) times that angle, inside the gap and outside (Z. Q. Zhu and D. Howe,
    /// "Halbach permanent magnet machines and applications: a review", IEE Proc. Electr. Power Appl. 148 (2001) 299-308).
    fn direction(&self, middle: f64) -> Magnetisation {
        match self.rotor.magnetisation {
            MagnetisationKind::Halbach => {
                let pairs = self.rotor.pole_count as f64 / 2.0;
                Magnetisation::Parallel(middle * (1.0 - self.position.inward() * pairs))
            }
            MagnetisationKind::Parallel => Magnetisation::Parallel(middle),
            MagnetisationKind::Radial => Magnetisation::Radial,
        }
    }
}

/// How rows of the rotor are spaced.
struct Rows {
    /// Step at the gap [m].
    first: f64,
    /// Width of a column at the surface [m].
    width: f64,
}

impl Rows {
    fn graded(&self) -> Spacing {
        Spacing::Graded {
            first: self.first,
            coarsest: 1.1 * self.width,
            growth: f64::INFINITY,
        }
    }

    /// As many equal rows as graded ones would be between two depths.
    fn equal(&self, from: f64, to: f64) -> Spacing {
        let step = (self.first + 0.15 * (from + to)).min(1.1 * self.width);
        Spacing::Equal((((to - from) / step).round() as usize).max(1))
    }
}

/// Part of the air gap by which iron may be lower than the magnets and still be level with them.
const LEVEL: f64 = 1e-3;

/// A column between two curves.
fn line((from_curve, to_curve): (usize, usize), from: Point, to: Point) -> ControlLine {
    ControlLine {
        nominal: 0.5 * (from.angle() + to.angle()),
        stretches: vec![Stretch {
            from_curve,
            to_curve,
            from,
            to,
        }],
        shear_limit: SHEAR_LIMIT,
    }
}

/// Columns along the joints of the pieces of a magnet.
fn joints(d: &Drawing, face: usize, seat: usize) -> Vec<ControlLine> {
    // Columns that are their own mirror images lie on the axis of the pole already.
    let beside = d.cuts().filter(|angle| *angle > 1e-9);
    let along = |angle| {
        let (from, to) = (Point::polar(d.top, angle), Point::polar(d.seat, angle));
        line((face, seat), from, to)
    };
    beside.map(along).collect()
}

/// Columns along the sides of the magnets and along the iron beside them.
fn sides(d: &Drawing, face: usize, seat: usize, even: f64) -> Vec<ControlLine> {
    let line = |from, to| line((face, seat), from, to);
    let mut lines = vec![line(d.corner_top, d.corner_seat)];
    let [wall_top, wall_seat] = d.wall;
    // Air narrower than a column is left to the laminate cells.
    if d.inset && wall_seat.angle() - d.corner_seat.angle() >= 0.5 * even {
        // Carried on to where the magnet's side begins.
        let reach = d.inward * (d.corner_top.radius() - d.corner_seat.radius());
        let height = d.inward * (wall_top.radius() - wall_seat.radius());
        let top = if height > 0.0 {
            wall_seat.towards(wall_top, reach / height)
        } else {
            wall_seat
        };
        lines.push(line(top, wall_seat));
    }
    lines
}

impl Drawing {
    /// Everything from a radius towards the gap and beyond.
    fn gap_side_of(&self, radius: f64, medium: Medium) -> Region {
        self.side_of(radius, medium, self.inward > 0.0)
    }

    /// Everything from a radius away from the gap.
    fn back_side_of(&self, radius: f64, medium: Medium) -> Region {
        self.side_of(radius, medium, self.inward < 0.0)
    }

    fn side_of(&self, radius: f64, medium: Medium, outside: bool) -> Region {
        let outline = if outside {
            Outline::Annulus(radius, f64::INFINITY)
        } else {
            Outline::Annulus(0.0, radius)
        };
        Region { outline, medium }
    }

    /// The side of the magnet to the gap, carried on as a circle beyond its corner.
    fn face_curve(&self) -> Curve {
        let end = Piece::Arc {
            radius: self.corner_top.radius(),
            to: f64::INFINITY,
        };
        Curve::new(vec![
            Piece::Eccentric {
                centre: self.face.centre,
                radius: self.face.radius,
                to: self.corner_top.angle(),
            },
            end,
        ])
    }

    /// The seat of the magnet, carried on along the round seat beyond it.
    fn seat_curve(&self) -> Curve {
        if !self.flat {
            return Curve::circle(self.seat);
        }
        let end = self.wall[1];
        Curve::new(vec![
            Piece::Straight {
                a: end.mirrored(),
                b: end,
            },
            Piece::Arc {
                radius: end.radius(),
                to: f64::INFINITY,
            },
        ])
    }

    /// Rotor sections whose flux density is reported.
    fn sections(&self) -> Vec<Section> {
        vec![Section {
            part: Part::RotorYoke,
            place: "rotor yoke between the poles",
            from: Point::polar(self.back, self.half_pole),
            to: Point::polar(self.round_seat(), self.half_pole),
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::resolution::Resolution;
    use crate::topology::Topology;
    use crate::winding::{WindingScheme, layout};
    use serde_json::json;

    /// Iron between magnets that is as high as they are leaves no row without height, whatever the last digits of radii say.
    #[test]
    fn iron_level_with_its_magnets_has_their_rows() {
        let coils = layout(WindingScheme {
            slots: 12,
            poles: 10,
            layers: 2,
            coil_pitch: 1,
            turns_per_coil: 10.0,
            parallel_paths: 1,
            phase_sets: 1,
        })
        .unwrap();
        let mut looked_at = 0;
        for tenths in 10..=60 {
            for (position, bore) in [
                ("inner", 57.0),
                ("inner", 60.2),
                ("outer", 60.0),
                ("outer", 61.4),
            ] {
                for gap in [0.7, 1.0] {
                    let thickness = f64::from(tenths) / 10.0;
                    let inner = position == "inner";
                    let back = if inner {
                        "shaft_diameter_mm"
                    } else {
                        "outer_diameter_mm"
                    };
                    let machine = json!({"inset": {
                        "air_gap_mm": gap, "rotor_position": position, "stack_length_mm": 50.0,
                        "stator": {
                            "slot_count": 12,
                            "outer_diameter_mm": if inner { 110.0 } else { bore },
                            "bore_diameter_mm": if inner { bore } else { 20.0 },
                            "slot": {"opening_width_mm": 2.5, "opening_height_mm": 1.2, "wedge_height_mm": 1.0,
                                "top_width_mm": 5.0, "bottom_width_mm": 5.0, "main_depth_mm": 6.0,
                                "bottom_corner_radius_mm": 0.0}
                        },
                        "rotor": {"pole_count": 10, "magnet_thickness_mm": thickness, "magnet_arc_ratio": 0.8,
                            "magnetisation": "radial", back: if inner { 20.0 } else { 100.0 }},
                        "iron_between_magnets": {"height_mm": thickness}
                    }});
                    let topology: Topology = serde_json::from_value(machine).unwrap();
                    let plan = topology.plan(&coils, Resolution::Coarse).unwrap();
                    let radii: Vec<f64> =
                        plan.rotor.curves.iter().map(|c| c.radius_at(0.0)).collect();
                    for pair in radii.windows(2) {
                        assert!(
                            (pair[1] - pair[0]).abs() > 1e-5,
                            "{position} {bore} {gap} {thickness}: {radii:?}"
                        );
                    }
                    looked_at += 1;
                }
            }
        }
        assert_eq!(looked_at, 408);
    }
}
