//! What the network needs of a stator: regions, rows, columns, sections.

use super::slot::HalfSlot;
use super::{Lamination, STATOR_STEEL, SlotFill};
use crate::geometry::{Curve, Piece, Point, Polygon};
use crate::network::plan::{
    BodyPlan, ControlLine, Medium, Outline, Part, Region, Section, Spacing, Stretch,
};

/// Curves that grid rows follow, from the middle of the gap on, and where the parts of the slot start
/// among them.
struct Rows {
    curves: Vec<Curve>,
    /// Index of the end of the opening.
    opening: usize,
    /// Index of the top of the main part.
    main: usize,
    /// Index of the place where the straight side of the main part ends.
    corner: usize,
}

impl Lamination<'_> {
    /// Plan of the stator body with `pitches` slot pitches; `gap` is the air gap and `columns` the
    /// columns of a pitch.
    pub fn body(self, pitches: usize, gap: f64, columns: usize, fill: SlotFill) -> BodyPlan {
        let s = self.half_slot();
        let pitch = self.stator.slot_pitch();
        let width = self.gap_radius() * pitch / columns as f64;
        let rows = self.rows(&s, gap);
        let graded = Spacing::Graded {
            first: 1.05 * gap / 2.0,
            coarsest: 1.6 * width,
            growth: 25.0 * width,
        };
        BodyPlan {
            pitches,
            pitch,
            alternating: false,
            regions: self.regions(&s, gap, fill),
            background: Medium::Iron(STATOR_STEEL),
            widened: vec![],
            spacing: vec![graded; rows.curves.len() - 1],
            lines: lines(&s, &rows, pitch / columns as f64),
            curves: rows.curves,
            mirrored: false,
        }
    }

    fn rows(self, s: &HalfSlot, gap: f64) -> Rows {
        let bore = self.gap_radius();
        let slot = &self.stator.slot;
        // Heights that hardly are one leave no room for rows of their own.
        let least = 1e-3 * slot.main_depth;
        let apart = |a: f64, b: f64| (a - b).abs() > least;
        let mut radii = vec![bore - self.outward * gap / 2.0, bore];
        if apart(s.opening_end.x, bore) && slot.opening_height > 0.0 {
            radii.push(s.opening_end.x);
        }
        let opening = radii.len() - 1;
        if apart(s.main_top.x, s.opening_end.x) {
            radii.push(s.main_top.x);
        }
        let main = radii.len() - 1;
        let yoke = self.yoke_height() > least;
        let bottom = if yoke {
            self.flat_bottom(s, least)
        } else {
            None
        };
        let filleted = s.round.is_some() && !s.concentric;
        // Where slots deepen towards the axis, the bottom of a wide one rises towards its corners.
        let corner_start = s.corner_start.x;
        let above_bottom = bottom
            .as_ref()
            .is_none_or(|_| self.outward > 0.0 || s.corner_end.radius() < corner_start - least);
        if filleted
            && apart(s.corner_end.x, corner_start)
            && apart(corner_start, s.main_top.x)
            && above_bottom
        {
            radii.push(corner_start);
        }
        let corner = main + 1;
        let mut curves: Vec<Curve> = radii.into_iter().map(Curve::circle).collect();
        let round = Curve::circle(s.corner_end.x);
        curves.push(bottom.unwrap_or(round));
        // Separate teeth end where their slots do.
        if yoke {
            curves.push(Curve::circle(self.back_radius()));
        }
        Rows {
            curves,
            opening,
            main,
            corner,
        }
    }

    /// The flat bottom of a slot, carried on as a circle through its ends; nothing where a circle is as good, or where it
    /// would leave the rows beside it hardly any room. A flat bottom that no row follows is cut at a slant by cells whose
    /// laminates then hold the flux of the yoke back.
    fn flat_bottom(self, s: &HalfSlot, least: f64) -> Option<Curve> {
        let (end, low) = (s.corner_end, s.corner_end.x);
        let rise = end.radius() - low;
        let beside = if self.outward > 0.0 {
            self.back_radius()
        } else {
            s.main_top.x
        };
        let fits = !s.concentric && rise > least && rise < 0.7 * (beside - low);
        fits.then(|| {
            let (a, b) = (end.mirrored(), end);
            let (radius, to) = (end.radius(), f64::INFINITY);
            Curve::new(vec![Piece::Straight { a, b }, Piece::Arc { radius, to }])
        })
    }

    fn regions(self, s: &HalfSlot, gap: f64, fill: SlotFill) -> Vec<Region> {
        let bore = self.gap_radius();
        // The throat reaches a little into the gap, so that no sliver of iron is left at the bore.
        let inside = Point::new(bore - self.outward * 0.25 * gap, s.bore.y);
        let throat = [inside, s.opening_end, s.main_top];
        let throat: Vec<Point> = throat
            .iter()
            .copied()
            .chain(throat.iter().rev().map(|p| p.mirrored()))
            .collect();
        let polygon = |points, medium| Region {
            outline: Outline::Polygon(Polygon::new(points)),
            medium,
        };
        let main = s.main_outline();
        let gap_side = if self.outward > 0.0 {
            Outline::Annulus(0.0, bore)
        } else {
            Outline::Annulus(bore, f64::INFINITY)
        };
        let mut regions = vec![
            Region {
                outline: gap_side,
                medium: Medium::Air,
            },
            polygon(throat, Medium::Air),
            Region {
                outline: Outline::Polygon(main.clone()),
                medium: Medium::Coil(0),
            },
        ];
        match fill {
            SlotFill::Single => {}
            SlotFill::Stacked => {
                let split = half_area_depth(&main);
                let part = clip_beyond(main.vertices(), split, self.outward);
                regions.push(polygon(part, Medium::Coil(1)));
            }
            SlotFill::SideBySide => {
                let mut part = vec![Point::new(s.main_top.x, 0.0)];
                part.extend(s.main_upper());
                part.push(Point::new(s.corner_end.x, 0.0));
                regions.push(polygon(part, Medium::Coil(1)));
            }
        }
        regions
    }

    /// Iron sections of a slot pitch whose flux density is reported.
    pub fn sections(self) -> Vec<Section> {
        let s = self.half_slot();
        let pitch = self.stator.slot_pitch();
        let beside = |p: Point| Point::polar(p.radius(), pitch - p.angle());
        let middle = s.main_top.towards(s.corner_start, 0.5);
        let mut sections = vec![Section {
            part: Part::Tooth,
            place: "stator tooth, middle",
            from: middle,
            to: beside(middle),
        }];
        if self.yoke_height() > 1e-3 * self.stator.slot.main_depth {
            sections.push(Section {
                part: Part::Yoke,
                place: "stator yoke behind the slot",
                from: Point::new(s.corner_end.x, 0.0),
                to: Point::new(self.back_radius(), 0.0),
            });
        }
        sections
    }
}

/// Columns along the sides of opening and slot. In an open slot they are one column: two, chosen a column
/// apart for one edge, would shear the gap rows.
fn lines(s: &HalfSlot, rows: &Rows, even: f64) -> Vec<ControlLine> {
    let slot = Stretch {
        from_curve: rows.main,
        to_curve: rows.corner,
        from: s.main_top,
        to: s.corner_start,
    };
    let middle = s.main_top.towards(s.corner_start, 0.5).angle();
    let opening = (rows.opening > 1).then_some(Stretch {
        from_curve: 1,
        to_curve: rows.opening,
        from: s.bore,
        to: s.opening_end,
    });
    let line = |nominal, stretches| ControlLine {
        nominal,
        stretches,
        shear_limit: 0.7,
    };
    let open = (s.main_top.angle() - s.bore.angle()).abs() < 0.25 * even;
    match opening {
        Some(opening) if open => {
            let mut stretches = vec![opening];
            if rows.main > rows.opening {
                stretches.push(Stretch {
                    from_curve: rows.opening,
                    to_curve: rows.main,
                    from: s.opening_end,
                    to: s.main_top,
                });
            }
            stretches.push(slot);
            vec![line(s.bore.angle(), stretches)]
        }
        None => vec![line(if open { s.bore.angle() } else { middle }, vec![slot])],
        Some(opening) => vec![
            line(s.bore.angle(), vec![opening]),
            line(middle, vec![slot]),
        ],
    }
}

/// The x at which a polygon that is symmetric to the x axis is split into halves of equal area.
fn half_area_depth(polygon: &Polygon) -> f64 {
    let xs: Vec<f64> = polygon.vertices().iter().map(|p| p.x).collect();
    let (mut low, mut high) = xs.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |a, &x| {
        (a.0.min(x), a.1.max(x))
    });
    let half = polygon.area() / 2.0;
    for _ in 0..60 {
        let x = 0.5 * (low + high);
        let beyond = Polygon::new(clip_beyond(polygon.vertices(), x, 1.0)).area();
        if beyond > half {
            low = x;
        } else {
            high = x;
        }
    }
    0.5 * (low + high)
}

/// The part of a polygon that lies beyond x = limit in the sense of `outward` (Sutherland-Hodgman clip at
/// one line).
fn clip_beyond(vertices: &[Point], limit: f64, outward: f64) -> Vec<Point> {
    let n = vertices.len();
    let beyond = |p: Point| outward * (p.x - limit) >= 0.0;
    let mut out = vec![];
    for i in 0..n {
        let (a, b) = (vertices[i], vertices[(i + 1) % n]);
        if beyond(a) {
            out.push(a);
        }
        if beyond(a) != beyond(b) {
            out.push(a.towards(b, (limit - a.x) / (b.x - a.x)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::stator::Stator;
    use serde_json::json;

    fn stator(bottom_width: f64, corner_radius: f64) -> Stator {
        serde_json::from_value(json!({
            "slot_count": 12, "outer_diameter_mm": 132.0, "bore_diameter_mm": 73.0,
            "slot": {"opening_width_mm": 4.0, "opening_height_mm": 0.8, "wedge_height_mm": 1.2, "top_width_mm": 9.0,
                "bottom_width_mm": bottom_width, "main_depth_mm": 18.0, "bottom_corner_radius_mm": corner_radius},
        }))
        .unwrap()
    }

    /// The rows next to the yoke pass along a flat slot bottom, and no two cross, whichever way the slots deepen.
    #[test]
    fn a_row_follows_a_flat_slot_bottom() {
        for (width, corner) in [(15.4, 0.0), (15.4, 2.0), (9.0, 0.0)] {
            let stator = stator(width, corner);
            for lamination in [stator.at_bore(), stator.at_outside()] {
                let s = lamination.half_slot();
                let curves = lamination.body(3, 1e-3, 24, SlotFill::SideBySide).curves;
                let bottom = &curves[curves.len() - 2];
                let end = s.corner_end;
                assert!((bottom.radius_at(0.0) - end.x).abs() < 1e-9);
                assert!((bottom.radius_at(end.angle()) - end.radius()).abs() < 1e-9);
                let half = stator.slot_pitch() / 2.0;
                for phi in [0.0, end.angle(), half] {
                    let radii: Vec<f64> = curves.iter().map(|c| c.radius_at(phi)).collect();
                    assert!(
                        radii
                            .windows(2)
                            .all(|w| lamination.outward * (w[1] - w[0]) > 0.0),
                        "{radii:?}"
                    );
                }
            }
        }
    }

    /// Where a circle is as good, the row stays one.
    #[test]
    fn a_narrow_slot_bottom_has_a_round_row() {
        let stator = stator(15.4, 7.6);
        let curves = stator.at_bore().body(3, 1e-3, 24, SlotFill::Single).curves;
        assert!(curves.iter().all(|c| c.constant().is_some()));
    }
}
