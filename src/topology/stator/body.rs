//! What the network needs of a stator: regions, rows, columns, sections.

use super::slot::HalfSlot;
use super::{Lamination, STATOR_STEEL, SlotFill};
use crate::geometry::{Curve, Point, Polygon};
use crate::network::plan::{
    BodyPlan, ControlLine, Medium, Outline, Part, Region, Section, Spacing, Stretch,
};

/// Radii that grid rows follow, from the middle of the gap on, and where the parts of the slot start
/// among them.
struct Rows {
    radii: Vec<f64>,
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
            spacing: vec![graded; rows.radii.len() - 1],
            lines: lines(&s, &rows, pitch / columns as f64),
            curves: rows.radii.into_iter().map(Curve::circle).collect(),
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
        let filleted = s.round.is_some() && !s.concentric;
        if filleted
            && apart(s.corner_end.x, s.corner_start.x)
            && apart(s.corner_start.x, s.main_top.x)
        {
            radii.push(s.corner_start.x);
        }
        radii.push(s.corner_end.x);
        let corner = main + 1;
        // Separate teeth end where their slots do.
        if self.yoke_height() > least {
            radii.push(self.back_radius());
        }
        Rows {
            radii,
            opening,
            main,
            corner,
        }
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
