//! The slot: what a design states of it, and its corners.

use crate::geometry::{Point, Polygon};
use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// A slot, symmetric to its centre line:
///
/// ```text
///   ____ bottom, flat or concentric, with or without round corners
///  /    \
/// |      |  sides: two widths, or parallel to the tooth
///  \    /
///   \  /    wedge: a height, or the angle of the tooth tip
///    ||     opening
/// ```
///
/// The sides are given by `top_width_mm` and `bottom_width_mm` (equal for a parallel-sided slot), or by
/// `tooth_width_mm` for a tooth of parallel sides. The wedge is given by its height, or by the angle of
/// the tooth tip. An open slot has an opening as wide as its top and no wedge; its opening height may then
/// be zero. The opening width is a chord at the air gap, the other widths are straight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Width of the opening at the air gap, as a chord [mm].
    #[serde(rename = "opening_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub opening_width: f64,
    /// Radial height of the opening [mm].
    #[serde(rename = "opening_height_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub opening_height: f64,
    /// Radial height of the wedge, over which the slot widens from the opening to its top width [mm].
    #[serde(
        rename = "wedge_height_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub wedge_height: Option<f64>,
    /// Angle by which the inner face of the tooth tip rises from the perpendicular of the slot axis [°],
    /// instead of a wedge height; 0 for none.
    #[serde(
        rename = "tip_angle_deg",
        with = "unit::deg::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub tip_angle: Option<f64>,
    /// Width at the top of the main part, next to the air gap [mm].
    #[serde(
        rename = "top_width_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub top_width: Option<f64>,
    /// Width at the bottom of the main part, next to the yoke, before the corners are rounded [mm].
    #[serde(
        rename = "bottom_width_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub bottom_width: Option<f64>,
    /// Width of the tooth between two slots, the same over the main part [mm]; instead of the two widths
    /// of the slot.
    #[serde(
        rename = "tooth_width_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub tooth_width: Option<f64>,
    /// Radial depth of the main part on the slot axis, bottom included [mm].
    #[serde(rename = "main_depth_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub main_depth: f64,
    /// Radius of the two bottom corners [mm]; none if left out. At most what rounds the whole bottom.
    #[serde(rename = "bottom_corner_radius_mm", with = "unit::mm", default)]
    #[schemars(with = "f64")]
    pub bottom_corner_radius: f64,
    /// Shape of the bottom; flat if left out.
    #[serde(default, skip_serializing_if = "Bottom::is_flat")]
    pub bottom: Bottom,
}

/// Shape of the bottom of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bottom {
    /// Straight across the slot.
    #[default]
    Flat,
    /// An arc around the axis of the machine: the yoke has one height throughout.
    Arc,
}

impl Bottom {
    #[allow(clippy::trivially_copy_pass_by_ref)] // The signature is serde's.
    fn is_flat(&self) -> bool {
        *self == Bottom::Flat
    }
}

/// The straight side of a half slot: y = offset + x · slope.
#[derive(Debug, Clone, Copy)]
struct SideLine {
    offset: f64,
    slope: f64,
}

impl SideLine {
    fn at(self, x: f64) -> f64 {
        self.offset + x * self.slope
    }
}

/// Corners of one half of a slot in the frame of its pitch, y >= 0: at the gap, at the end of the
/// opening, at the top of the main part, where the bottom corner begins and where it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct HalfSlot {
    pub(super) bore: Point,
    pub(super) opening_end: Point,
    pub(super) main_top: Point,
    pub(super) corner_start: Point,
    pub(super) corner_end: Point,
    /// Centre of the arc from corner start to corner end, if it is one.
    pub(super) round: Option<Point>,
    /// Whether that arc is the whole bottom, around the axis of the machine.
    pub(super) concentric: bool,
}

impl Slot {
    /// Corners in a lamination with the given radius at the gap; `outward` is the sense in which the slot
    /// deepens.
    pub(super) fn half(&self, gap_radius: f64, outward: f64, pitch: f64) -> HalfSlot {
        let half_angle = (self.opening_width / (2.0 * gap_radius))
            .clamp(-1.0, 1.0)
            .asin();
        let bore = Point::polar(gap_radius, half_angle);
        let opening_end = Point::new(bore.x + outward * self.opening_height, bore.y);
        let half_pitch = pitch / 2.0;
        let parallel = self.tooth_width.map(|width| SideLine {
            offset: -width / 2.0 / half_pitch.cos(),
            slope: half_pitch.tan(),
        });
        let wedge = self.wedge(opening_end, outward, parallel);
        let top_x = opening_end.x + outward * wedge;
        let bottom_x = top_x + outward * self.main_depth;
        let top_y = parallel.map_or(self.top_width.unwrap_or(0.0) / 2.0, |side| side.at(top_x));
        let main_top = Point::new(top_x, top_y);
        let bottom_y = parallel.map_or(self.bottom_width.unwrap_or(0.0) / 2.0, |side| {
            side.at(bottom_x)
        });
        let flat_end = Point::new(bottom_x, bottom_y);
        let (corner_start, corner_end, round) = match self.bottom {
            Bottom::Arc => {
                let start = meets_circle(main_top, flat_end, bottom_x);
                (start, Point::new(bottom_x, 0.0), Some(Point::new(0.0, 0.0)))
            }
            Bottom::Flat if self.bottom_corner_radius == 0.0 => (flat_end, flat_end, None),
            Bottom::Flat => self.rounded(flat_end, outward, parallel.map(|_| half_pitch)),
        };
        HalfSlot {
            bore,
            opening_end,
            main_top,
            corner_start,
            corner_end,
            round,
            concentric: self.bottom == Bottom::Arc,
        }
    }

    /// Height of the wedge [m].
    fn wedge(&self, opening_end: Point, outward: f64, parallel: Option<SideLine>) -> f64 {
        let angle = match (self.wedge_height, self.tip_angle) {
            (Some(height), _) => return height,
            (None, Some(angle)) if angle > 0.0 => angle,
            _ => return 0.0,
        };
        match parallel {
            None => (self.top_width.unwrap_or(0.0) / 2.0 - opening_end.y) * angle.tan(),
            // The face rises until it meets the side of the tooth, which moves away with the depth.
            Some(side) => {
                (side.at(opening_end.x) - opening_end.y)
                    / (1.0 / angle.tan() - outward * side.slope)
            }
        }
    }

    /// Start, end and centre of a bottom corner: tangent to the side of a parallel tooth and to the
    /// bottom; in a slot of two widths a quarter of a circle that starts at the bottom width.
    fn rounded(
        &self,
        flat_end: Point,
        outward: f64,
        tooth_angle: Option<f64>,
    ) -> (Point, Point, Option<Point>) {
        let radius = self.bottom_corner_radius;
        let centre_x = flat_end.x - outward * radius;
        let angle = tooth_angle.unwrap_or(0.0);
        let side_y = flat_end.y - outward * radius * angle.tan();
        let centre = Point::new(centre_x, side_y - radius / angle.cos());
        let start = centre + Point::new(-angle.sin(), angle.cos()).scaled(radius);
        let end = Point::new(flat_end.x, centre.y);
        (start, end, Some(centre))
    }
}

/// Where the line from `a` towards `b` meets the circle of `radius` around the origin, on the side of `b`.
fn meets_circle(a: Point, b: Point, radius: f64) -> Point {
    let d = b - a;
    let (qa, qb) = (d.x * d.x + d.y * d.y, a.x * d.x + a.y * d.y);
    let root = qb * qb - qa * (a.x * a.x + a.y * a.y - radius * radius);
    if qa == 0.0 || root < 0.0 {
        return b;
    }
    let sense = if radius > a.radius() { 1.0 } else { -1.0 };
    a.towards(b, (sense * root.sqrt() - qb) / qa)
}

/// Chords of an arc: at most this angle [rad], so that grid rows on the arc cut off nothing that counts.
const CHORD: f64 = 0.01;

impl HalfSlot {
    /// Outline of the main part of the slot, where the coil sides lie.
    pub(super) fn main_outline(&self) -> Polygon {
        let upper = self.main_upper();
        let lower: Vec<Point> = upper.iter().rev().map(|p| p.mirrored()).collect();
        Polygon::new(upper.into_iter().chain(lower).collect())
    }

    /// The upper half of that outline, from the top to the bottom.
    pub(super) fn main_upper(&self) -> Vec<Point> {
        let mut upper = vec![self.main_top, self.corner_start];
        if let Some(centre) = self.round {
            let (from, to) = (self.corner_start - centre, self.corner_end - centre);
            let turn = (to.angle() - from.angle() + PI).rem_euclid(2.0 * PI) - PI;
            let chord = if self.concentric { CHORD } else { 0.09 };
            let steps = (turn.abs() / chord).ceil().max(1.0);
            upper.extend((1..steps as usize).map(|i| {
                centre + Point::polar(from.radius(), from.angle() + turn * i as f64 / steps)
            }));
        }
        upper.push(self.corner_end);
        upper
    }

    /// Area between the gap and the main part [m²].
    pub(super) fn throat_area(&self) -> f64 {
        let upper = [self.bore, self.opening_end, self.main_top];
        let lower = upper.iter().rev().map(|p| p.mirrored());
        Polygon::new(upper.iter().copied().chain(lower).collect()).area()
    }

    /// The corner of the slot that lies at the largest angle.
    pub(super) fn widest(&self) -> Point {
        [
            self.bore,
            self.opening_end,
            self.main_top,
            self.corner_start,
        ]
        .into_iter()
        .fold(self.bore, |a, b| if b.angle() > a.angle() { b } else { a })
    }
}
