//! A slotted stator with a bore: shared by the radial-flux machines.

use crate::geometry::{Curve, Point, Polygon, arc};
use crate::network::plan::{
    BodyPlan, ControlLine, Medium, Outline, Part, Region, Section, Spacing, Stretch,
};
use crate::topology::Misfit;
use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Slotted stator lamination with the slots at its bore. All lengths in metres inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stator {
    /// Number of slots.
    pub slot_count: usize,
    /// Outer diameter of the lamination [mm].
    #[serde(rename = "outer_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub outer_diameter: f64,
    /// Bore diameter [mm].
    #[serde(rename = "bore_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bore_diameter: f64,
    /// The slot.
    pub slot: Slot,
}

/// A slot with straight sides, a semi-closed opening and rounded bottom corners. The opening width is
/// a chord at the bore, the other widths are straight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Width of the opening at the bore, as a chord [mm].
    #[serde(rename = "opening_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub opening_width: f64,
    /// Radial height of the opening [mm].
    #[serde(rename = "opening_height_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub opening_height: f64,
    /// Radial height of the wedge, over which the slot widens from the opening to its top width [mm].
    #[serde(rename = "wedge_height_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub wedge_height: f64,
    /// Width at the top of the main part, next to the bore [mm].
    #[serde(rename = "top_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub top_width: f64,
    /// Width at the bottom of the main part, next to the yoke, before the corners are rounded [mm].
    #[serde(rename = "bottom_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bottom_width: f64,
    /// Radial depth of the main part, bottom rounding included [mm].
    #[serde(rename = "main_depth_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub main_depth: f64,
    /// Radius of the two bottom corners [mm]; at most half the bottom width.
    #[serde(rename = "bottom_corner_radius_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bottom_corner_radius: f64,
}

/// Index of the stator steel among the steels of a machine.
pub const STATOR_STEEL: usize = 0;

/// How the coil sides of a slot lie beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotFill {
    /// One coil side fills the slot.
    Single,
    /// Two coil sides, one above the other: side 0 next to the bore.
    Stacked,
    /// Two coil sides beside each other: side 0 clockwise.
    SideBySide,
}

/// Corners of one half of a slot in the frame of its pitch, y >= 0: at the bore, at the end of the
/// opening, at the top of the main part, where the bottom corner begins and where it ends.
#[derive(Debug, Clone, Copy)]
struct HalfSlot {
    bore: Point,
    opening_end: Point,
    main_top: Point,
    corner_start: Point,
    corner_end: Point,
}

impl Slot {
    fn half(&self, bore_radius: f64) -> HalfSlot {
        let half_angle = (self.opening_width / (2.0 * bore_radius))
            .clamp(-1.0, 1.0)
            .asin();
        let bore = Point::polar(bore_radius, half_angle);
        let opening_end = Point::new(bore.x + self.opening_height, bore.y);
        let main_top = Point::new(opening_end.x + self.wedge_height, self.top_width / 2.0);
        let corner_start = Point::new(
            main_top.x + self.main_depth - self.bottom_corner_radius,
            self.bottom_width / 2.0,
        );
        let corner_end = Point::new(
            corner_start.x + self.bottom_corner_radius,
            corner_start.y - self.bottom_corner_radius,
        );
        HalfSlot {
            bore,
            opening_end,
            main_top,
            corner_start,
            corner_end,
        }
    }
}

impl Stator {
    /// Angle of a slot pitch [rad].
    pub fn slot_pitch(&self) -> f64 {
        std::f64::consts::TAU / self.slot_count as f64
    }

    /// Bore radius [m].
    pub fn bore_radius(&self) -> f64 {
        self.bore_diameter / 2.0
    }

    fn half_slot(&self) -> HalfSlot {
        self.slot.half(self.bore_radius())
    }

    /// Outline of the main part of the slot, where the coil sides lie.
    fn main_outline(&self) -> Polygon {
        let s = self.half_slot();
        let mut upper = vec![s.main_top, s.corner_start];
        let radius = self.slot.bottom_corner_radius;
        if radius > 0.0 {
            let centre = Point::new(s.corner_start.x, s.corner_start.y - radius);
            upper.extend(arc(centre, radius, std::f64::consts::FRAC_PI_2, 0.0));
        }
        upper.push(s.corner_end);
        let lower: Vec<Point> = upper.iter().rev().map(|p| p.mirrored()).collect();
        Polygon::new(upper.into_iter().chain(lower).collect())
    }

    /// Cross-section of a slot where coil sides lie [m²].
    pub fn slot_area(&self) -> f64 {
        self.main_outline().area()
    }

    /// Iron area of the whole lamination [m²].
    pub fn iron_area(&self) -> f64 {
        let s = self.half_slot();
        let (outer, bore) = (self.outer_diameter / 2.0, self.bore_radius());
        let throat = Polygon::new(vec![
            s.bore,
            s.opening_end,
            s.main_top,
            s.main_top.mirrored(),
            s.opening_end.mirrored(),
            s.bore.mirrored(),
        ]);
        let ring = std::f64::consts::PI * (outer * outer - bore * bore);
        ring - self.slot_count as f64 * (self.slot_area() + throat.area())
    }

    /// Mean radius of the coil sides [m].
    pub fn coil_radius(&self) -> f64 {
        let s = self.half_slot();
        0.5 * (s.main_top.x + s.corner_end.x)
    }

    /// Radial depth of the whole slot [m].
    pub fn slot_depth(&self) -> f64 {
        self.half_slot().corner_end.x - self.bore_radius()
    }

    /// Plan of the stator body with `pitches` slot pitches; `gap` is the air gap and `columns` the
    /// columns of a pitch.
    pub fn body(&self, pitches: usize, gap: f64, columns: usize, fill: SlotFill) -> BodyPlan {
        let s = self.half_slot();
        let (bore, outer) = (self.bore_radius(), self.outer_diameter / 2.0);
        let pitch = self.slot_pitch();
        let width = bore * pitch / columns as f64;
        let mut radii = vec![bore - gap / 2.0, bore, s.opening_end.x];
        if self.slot.wedge_height > 0.0 {
            radii.push(s.main_top.x);
        }
        let main = radii.len() - 1;
        // Corners that begin at once, or hardly bend, leave no height for rows of their own.
        let straight = s.corner_start.x - s.main_top.x;
        let least = 1e-3 * self.slot.main_depth;
        if self.slot.bottom_corner_radius > least && straight > least {
            radii.push(s.corner_start.x);
        }
        radii.extend([s.corner_end.x, outer]);
        let corner = main + 1;
        let graded = Spacing::Graded {
            first: 1.05 * gap / 2.0,
            coarsest: 1.6 * width,
            growth: 25.0 * width,
        };
        let middle = s.main_top.towards(s.corner_start, 0.5);
        let slot_line = ControlLine {
            nominal: middle.angle(),
            stretches: vec![Stretch {
                from_curve: main,
                to_curve: corner,
                from: s.main_top,
                to: s.corner_start,
            }],
            shear_limit: 0.7,
        };
        let opening_line = ControlLine {
            nominal: s.bore.angle(),
            stretches: vec![Stretch {
                from_curve: 1,
                to_curve: 2,
                from: s.bore,
                to: s.opening_end,
            }],
            shear_limit: 0.7,
        };
        BodyPlan {
            pitches,
            pitch,
            alternating: false,
            regions: self.regions(gap, fill),
            background: Medium::Iron(STATOR_STEEL),
            spacing: vec![graded; radii.len() - 1],
            curves: radii.into_iter().map(Curve::circle).collect(),
            lines: vec![opening_line, slot_line],
        }
    }

    fn regions(&self, gap: f64, fill: SlotFill) -> Vec<Region> {
        let s = self.half_slot();
        let bore = self.bore_radius();
        // The throat reaches a little into the gap, so that no sliver of iron is left at the bore.
        let inside = Point::new(bore - 0.25 * gap, s.bore.y);
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
        let main = self.main_outline();
        let mut regions = vec![
            Region {
                outline: Outline::Annulus(0.0, bore),
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
                let part: Vec<Point> = clip_beyond(main.vertices(), split);
                regions.push(polygon(part, Medium::Coil(1)));
            }
            SlotFill::SideBySide => {
                let upper: Vec<Point> = main
                    .vertices()
                    .iter()
                    .copied()
                    .filter(|p| p.y > 0.0)
                    .collect();
                let (first, last) = (s.main_top.x, s.corner_end.x);
                let mut part = vec![Point::new(first, 0.0)];
                part.extend(upper);
                part.push(Point::new(last, 0.0));
                regions.push(polygon(part, Medium::Coil(1)));
            }
        }
        regions
    }

    /// Iron sections of a slot pitch whose flux density is reported.
    pub fn sections(&self) -> Vec<Section> {
        let s = self.half_slot();
        let pitch = self.slot_pitch();
        let beside = |p: Point| Point::polar(p.radius(), pitch - p.angle());
        let tooth = |share: f64, place| {
            let from = s.main_top.towards(s.corner_start, share);
            Section {
                part: Part::Tooth,
                place,
                from,
                to: beside(from),
            }
        };
        vec![
            tooth(0.5, "stator tooth, middle"),
            Section {
                part: Part::Yoke,
                place: "stator yoke behind the slot",
                from: Point::new(s.corner_end.x, 0.0),
                to: Point::new(self.outer_diameter / 2.0, 0.0),
            },
        ]
    }

    /// What of the slots does not fit into the lamination.
    pub fn fits(&self) -> Vec<Misfit> {
        let mut misfits = vec![];
        let mm = |v: f64| format!("{:.3} mm", v * 1e3);
        let mut positive = |value: f64, key: &'static str, zero: bool| {
            if value < 0.0 || (value == 0.0 && !zero) {
                misfits.push(Misfit {
                    code: "length-not-positive",
                    path: vec!["stator", "slot", key],
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
        let slot = &self.slot;
        positive(slot.opening_width, "opening_width_mm", false);
        positive(slot.opening_height, "opening_height_mm", false);
        positive(slot.wedge_height, "wedge_height_mm", true);
        positive(slot.top_width, "top_width_mm", false);
        positive(slot.bottom_width, "bottom_width_mm", false);
        positive(slot.main_depth, "main_depth_mm", false);
        positive(slot.bottom_corner_radius, "bottom_corner_radius_mm", true);
        if self.slot_count < 3 {
            misfits.push(Misfit {
                code: "too-few-slots",
                path: vec!["stator", "slot_count"],
                found: self.slot_count.to_string(),
                expected: "at least 3 slots".into(),
                fix: "a three-phase winding needs three slots or more".into(),
            });
        }
        if !(self.bore_diameter > 0.0 && self.outer_diameter > self.bore_diameter) {
            misfits.push(Misfit {
                code: "bore-outside-lamination",
                path: vec!["stator", "bore_diameter_mm"],
                found: mm(self.bore_diameter),
                expected: format!(
                    "more than zero and less than the outer diameter, {}",
                    mm(self.outer_diameter)
                ),
                fix: "exchange the two diameters or correct one".into(),
            });
        }
        if !misfits.is_empty() {
            return misfits;
        }
        self.slot_fits(&mut misfits);
        misfits
    }

    /// Whether slots of sound dimensions leave teeth and a yoke.
    fn slot_fits(&self, misfits: &mut Vec<Misfit>) {
        let mm = |v: f64| format!("{:.3} mm", v * 1e3);
        let slot = &self.slot;
        let s = self.half_slot();
        let half_pitch = self.slot_pitch() / 2.0;
        if slot.bottom_corner_radius > 0.5 * slot.bottom_width * (1.0 + 1e-9)
            || slot.bottom_corner_radius > slot.main_depth
        {
            misfits.push(Misfit {
                code: "slot-corner-too-round",
                path: vec!["stator", "slot", "bottom_corner_radius_mm"],
                found: mm(slot.bottom_corner_radius),
                expected: format!(
                    "at most half the bottom width, {}, and at most the depth, {}",
                    mm(slot.bottom_width / 2.0),
                    mm(slot.main_depth)
                ),
                fix: "reduce the radius".into(),
            });
        }
        if slot.opening_width > slot.top_width * (1.0 + 1e-9) {
            misfits.push(Misfit {
                code: "slot-opening-wider-than-slot",
                path: vec!["stator", "slot", "opening_width_mm"],
                found: mm(slot.opening_width),
                expected: format!("at most the top width, {}", mm(slot.top_width)),
                fix: "narrow the opening or widen the slot".into(),
            });
        }
        let widest = [s.bore, s.opening_end, s.main_top, s.corner_start];
        let overlap = |p: &Point| p.angle() >= half_pitch;
        if let Some(p) = widest.iter().find(|p| overlap(p)) {
            let room = 2.0 * p.radius() * half_pitch.sin();
            misfits.push(Misfit {
                code: "slots-overlap",
                path: vec!["stator", "slot"],
                found: format!("a slot {} wide at radius {}", mm(2.0 * p.y), mm(p.radius())),
                expected: format!("less than the slot pitch there, {}", mm(room)),
                fix: "narrow the slot, or use fewer slots".into(),
            });
        }
        let bottom = s.corner_end.radius().max(s.corner_start.radius());
        let outer = self.outer_diameter / 2.0;
        if bottom >= outer {
            misfits.push(Misfit {
                code: "no-yoke",
                path: vec!["stator", "slot", "main_depth_mm"],
                found: format!("slots that reach radius {}", mm(bottom)),
                expected: format!("less than the outer radius, {}", mm(outer)),
                fix: "make the slots shallower or the lamination larger".into(),
            });
        }
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
        if Polygon::new(clip_beyond(polygon.vertices(), x)).area() > half {
            low = x;
        } else {
            high = x;
        }
    }
    0.5 * (low + high)
}

/// The part of a polygon with x above a limit (Sutherland-Hodgman clip at one line).
fn clip_beyond(vertices: &[Point], limit: f64) -> Vec<Point> {
    let n = vertices.len();
    let mut out = vec![];
    for i in 0..n {
        let (a, b) = (vertices[i], vertices[(i + 1) % n]);
        if a.x >= limit {
            out.push(a);
        }
        if (a.x >= limit) != (b.x >= limit) {
            out.push(a.towards(b, (limit - a.x) / (b.x - a.x)));
        }
    }
    out
}
