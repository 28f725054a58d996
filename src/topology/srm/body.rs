//! A lamination of salient poles as the field network sees it.

use super::pole::Salient;
use crate::geometry::{Curve, Point};
use crate::network::plan::{
    BodyPlan, ControlLine, Medium, Outline, Part, Region, Section, Spacing, Stretch,
};

/// Largest shift of a column in a row over the height of the row: thin gap rows lock when they are sheared.
const SHEAR_LIMIT: f64 = 0.7;

impl Salient {
    /// Plan of the body with so many slot pitches of so many columns; `coils` is how far below the pole faces
    /// the coils begin, if there are any. Nothing when the geometry does not fit.
    pub(super) fn body(
        &self,
        (pitches, columns): (usize, usize),
        gap: f64,
        steel: usize,
        coils: Option<f64>,
    ) -> Option<BodyPlan> {
        let width = self.gap_radius * self.pitch() / columns as f64;
        let root = self.root_radius();
        let mut radii = vec![self.gap_radius - self.outward * gap / 2.0, self.gap_radius];
        if self.teeth.is_some() {
            radii.push(self.body_radius());
        }
        let coil_start = coils.map(|depth| self.radius_at_depth(depth));
        radii.extend(coil_start.filter(|r| !radii.contains(r)));
        let bottom = radii.len();
        radii.extend([root, self.back_radius]);
        let side = |radius| {
            if self.around_pole {
                self.side_of_pole(radius)
            } else {
                self.slot_side(radius)
            }
        };
        let (corner, foot) = (side(self.gap_radius)?, side(root)?);
        let mut lines = vec![ControlLine {
            nominal: corner.angle(),
            stretches: vec![Stretch {
                from_curve: 1,
                to_curve: bottom,
                from: corner,
                to: foot,
            }],
            shear_limit: SHEAR_LIMIT,
        }];
        lines.extend(self.groove_lines(SHEAR_LIMIT));
        let graded = Spacing::Graded {
            first: 1.05 * gap / 2.0,
            coarsest: 1.6 * width,
            growth: 25.0 * width,
        };
        Some(BodyPlan {
            pitches,
            pitch: self.pitch(),
            alternating: false,
            regions: self.regions(steel, coil_start)?,
            background: Medium::Iron(steel),
            widened: vec![],
            spacing: vec![graded; radii.len() - 1],
            lines,
            curves: radii.into_iter().map(Curve::circle).collect(),
            mirrored: false,
        })
    }

    fn regions(&self, steel: usize, coil_start: Option<f64>) -> Option<Vec<Region>> {
        let outlined = |polygon, medium| Region {
            outline: Outline::Polygon(polygon),
            medium,
        };
        let between = |inside: bool, radius, medium| Region {
            outline: if inside {
                Outline::Annulus(0.0, radius)
            } else {
                Outline::Annulus(radius, f64::INFINITY)
            },
            medium,
        };
        let outward = self.outward > 0.0;
        let mut regions = vec![between(outward, self.gap_radius, Medium::Air)];
        let grooves = self.groove_outlines();
        if !grooves.is_empty() {
            regions.extend(grooves.into_iter().map(|g| outlined(g, Medium::Air)));
            regions.push(between(!outward, self.body_radius(), Medium::Iron(steel)));
        }
        let air = self.slot_outline(self.gap_radius, (-1.0, 1.0))?;
        if self.around_pole {
            let half = self.pitch() / 2.0;
            let turned = [half, -half].map(|angle| air.turned(angle));
            regions.extend(turned.map(|slot| outlined(slot, Medium::Air)));
        } else {
            regions.push(outlined(air, Medium::Air));
        }
        if let Some(top) = coil_start {
            for (side, shares) in [(-1.0, 0.0), (0.0, 1.0)].into_iter().enumerate() {
                regions.push(outlined(
                    self.slot_outline(top, shares)?,
                    Medium::Coil(side),
                ));
            }
        }
        regions.push(between(!outward, self.root_radius(), Medium::Iron(steel)));
        Some(regions)
    }

    /// Section across a pole halfway down, below its teeth.
    pub(super) fn pole_section(&self, part: Part, place: &'static str) -> Vec<Section> {
        let middle = 0.5 * (self.body_radius() + self.root_radius());
        let section = |from: Point| Section {
            part,
            place,
            from,
            to: Point::polar(from.radius(), self.pitch() - from.angle()),
        };
        self.slot_side(middle).map(section).into_iter().collect()
    }

    /// Section through the yoke behind a slot.
    pub(super) fn yoke_section(&self, part: Part, place: &'static str) -> Vec<Section> {
        let angle = if self.around_pole {
            self.pitch() / 2.0
        } else {
            0.0
        };
        vec![Section {
            part,
            place,
            from: Point::polar(self.root_radius(), angle),
            to: Point::polar(self.back_radius, angle),
        }]
    }
}
