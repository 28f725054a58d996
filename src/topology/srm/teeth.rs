//! Several teeth on the face of a stator pole, with grooves between them whose sides are parallel.

use super::fits::degrees;
use super::pole::{ORIGIN, Salient};
use super::{PoleTeeth, Srm};
use crate::geometry::{Point, Polygon, arc};
use crate::network::plan::{ControlLine, Part, Section, Stretch};
use crate::topology::Misfit;
use crate::topology::misfit::{misfit, mm};

/// Most teeth of a pole.
const MOST_TEETH: usize = 6;

/// Least part of a rotor pole pitch that a tooth or a groove takes: two columns of the coarse grid.
const LEAST_PART: f64 = 0.1;

/// Least part of the narrower of tooth and rotor pole that faces the other where the pole is aligned. With less, that
/// position is not the one in which the poles conduct best.
const LEAST_FACING: f64 = 0.75;

impl Srm {
    /// Whether the teeth of a pole stand apart, above the coils, and before poles of the rotor.
    pub(super) fn teeth_fit(&self) -> Option<Misfit> {
        let teeth = self.stator.teeth?;
        let (of, count) = (self.stator_salient(), teeth.count_per_pole);
        if !(2..=MOST_TEETH).contains(&count) {
            return Some(misfit(
                "teeth-out-of-range",
                &["stator", "teeth", "count_per_pole"],
                count.to_string(),
                format!("2 to {MOST_TEETH} teeth on a pole"),
                "leave out `teeth` where the pole itself is the tooth, or use more poles",
            ));
        }
        let pitch = self.rotor_salient().pitch();
        let groove = (of.arc - count as f64 * teeth.arc) / (count as f64 - 1.0);
        if teeth.arc.min(groove) < LEAST_PART * pitch {
            return Some(misfit(
                "teeth-without-grooves",
                &["stator", "teeth", "tooth_arc_deg"],
                format!(
                    "{count} teeth of {} on a pole of {}: grooves of {}",
                    degrees(teeth.arc),
                    degrees(of.arc),
                    degrees(groove)
                ),
                format!(
                    "teeth and grooves of {} at least, a tenth of the rotor pole pitch",
                    degrees(LEAST_PART * pitch)
                ),
                "change the arc of the teeth, or widen the pole, whose arc spans all of them",
            ));
        }
        self.teeth_above_coils(teeth)
            .or_else(|| self.teeth_before_poles(teeth))
            .or_else(|| teeth_end_blunt(&of, teeth))
    }

    fn teeth_above_coils(&self, teeth: PoleTeeth) -> Option<Misfit> {
        (teeth.height > self.stator.coil_clearance).then(|| {
            misfit(
                "teeth-beside-coils",
                &["stator", "teeth", "tooth_height_mm"],
                mm(teeth.height),
                format!(
                    "at most the coil clearance, {}: the coil lies around the pole below its teeth",
                    mm(self.stator.coil_clearance)
                ),
                "enter a larger `coil_clearance_mm`, or lower the teeth",
            )
        })
    }

    /// All teeth of a pole must face poles of the rotor at once.
    fn teeth_before_poles(&self, teeth: PoleTeeth) -> Option<Misfit> {
        let (of, rotor) = (self.stator_salient(), self.rotor_salient());
        let (count, own) = (teeth.count_per_pole as f64, of.tooth_pitch()?);
        let (narrow, wide) = (teeth.arc.min(rotor.arc), teeth.arc.max(rotor.arc));
        // How far the outermost tooth is off the middle of its rotor pole, less what the wider arc leaves free.
        let off = 0.5 * (count - 1.0) * (own - rotor.pitch()).abs();
        let uncovered = off - 0.5 * (wide - narrow);
        (uncovered > (1.0 - LEAST_FACING) * narrow).then(|| {
            misfit(
                "teeth-off-rotor-pitch",
                &["stator", "pole_arc_deg"],
                format!(
                    "{}, which sets the teeth {} apart",
                    degrees(of.arc),
                    degrees(own)
                ),
                format!(
                    "teeth a rotor pole pitch apart, {}, or nearly",
                    degrees(rotor.pitch())
                ),
                &format!(
                    "enter {:.4} for that pitch, or change the number of rotor poles",
                    ((count - 1.0) * rotor.pitch() + teeth.arc).to_degrees()
                ),
            )
        })
    }
}

/// Teeth whose sides meet, or nearly, above the bottom of the grooves.
fn teeth_end_blunt(of: &Salient, teeth: PoleTeeth) -> Option<Misfit> {
    let bottom = of.body_radius();
    let width = |(from, to): (f64, f64)| bottom * (to - from);
    let narrowest = of.tooth_sides(bottom).map_or(0.0, |sides| {
        sides.into_iter().map(width).fold(f64::INFINITY, f64::min)
    });
    (narrowest < 0.1 * of.gap_radius * teeth.arc).then(|| {
        misfit(
            "tooth-ends-in-a-point",
            &["stator", "teeth", "tooth_height_mm"],
            format!("teeth {} wide at their root", mm(narrowest.max(0.0))),
            "at least a tenth of their width at the air gap".to_owned(),
            "lower the teeth, or lean the sides of the pole less",
        )
    })
}

impl Salient {
    /// Angle between the middles of two teeth of a pole [rad]: the outermost end with the pole.
    pub(super) fn tooth_pitch(&self) -> Option<f64> {
        let teeth = self.teeth?;
        Some((self.arc - teeth.arc) / (teeth.count_per_pole as f64 - 1.0))
    }

    /// Half the width of a groove [m].
    pub(super) fn groove_half_width(&self) -> Option<f64> {
        Some(self.gap_radius * (0.5 * (self.tooth_pitch()? - self.teeth?.arc)).sin())
    }

    /// Arc of a pole that faces the air gap [rad].
    pub(super) fn facing_arc(&self) -> f64 {
        self.teeth
            .map_or(self.arc, |t| t.arc * t.count_per_pole as f64)
    }

    /// Radius from which a pole is one piece: of the bottom of its grooves, or of its face [m].
    pub(super) fn body_radius(&self) -> f64 {
        self.radius_at_depth(self.teeth.map_or(0.0, |t| t.height))
    }

    /// Angles of the middles of the grooves from the axis of the pole, rising [rad].
    fn grooves(&self) -> Vec<f64> {
        let (Some(teeth), Some(pitch)) = (self.teeth, self.tooth_pitch()) else {
            return vec![];
        };
        let count = teeth.count_per_pole - 1;
        (0..count)
            .map(|k| (k as f64 - 0.5 * (count as f64 - 1.0)) * pitch)
            .collect()
    }

    /// Both sides of every tooth at a radius, as angles from the axis of the pole, rising [rad]; nothing where the
    /// side of the pole misses the radius, or a groove is wider than it.
    pub(super) fn tooth_sides(&self, radius: f64) -> Option<Vec<(f64, f64)>> {
        let half = (self.groove_half_width()? / radius).asin();
        let outer = self.side_of_pole(radius)?.angle();
        let mut sides = vec![];
        let mut from = -outer;
        for groove in self.grooves() {
            sides.push((from, groove - half));
            from = groove + half;
        }
        sides.push((from, outer));
        half.is_finite().then_some(sides)
    }

    /// Area of the grooves of a pole [m²]: between two lines that are parallel, from one circle to the other.
    pub(super) fn groove_area(&self) -> f64 {
        let Some(half) = self.groove_half_width() else {
            return 0.0;
        };
        let below = |r: f64| half * (r * r - half * half).sqrt() + r * r * (half / r).asin();
        let one = (below(self.body_radius()) - below(self.gap_radius)).abs();
        one * self.grooves().len() as f64
    }

    /// Outlines of the grooves in a pitch around a slot: those of the halves of two poles. Beyond the pole face and
    /// below the bottom they reach a little further; there lies what covers them, air or the pole.
    pub(super) fn groove_outlines(&self) -> Vec<Polygon> {
        let Some(half) = self.groove_half_width() else {
            return vec![];
        };
        let above = self.gap_radius * (1.0 - 0.02 * self.outward);
        let below = self.body_radius() * (1.0 + 0.004 * self.outward);
        let outline = |middle: f64| {
            let (a, b) = ((half / above).asin(), (half / below).asin());
            let mut points = arc(ORIGIN, above, middle - a, middle + a);
            points.extend(arc(ORIGIN, below, middle + b, middle - b));
            Polygon::new(points)
        };
        // A pole is at the end of the pitch, and what is beyond the end belongs to the next pitch.
        let end = self.pitch() / 2.0;
        self.grooves()
            .into_iter()
            .filter(|groove| *groove <= 1e-9)
            .flat_map(|groove| [outline(end + groove), outline(-end - groove)])
            .collect()
    }

    /// Grid columns along the sides of the grooves in a pitch around a slot, in order of angle, from the curve of the
    /// pole face to the next one, that of the bottom.
    pub(super) fn groove_lines(&self, shear_limit: f64) -> Vec<ControlLine> {
        let end = self.pitch() / 2.0;
        let (face, bottom) = (self.gap_radius, self.body_radius());
        let Some(half) = self.groove_half_width() else {
            return vec![];
        };
        let line = |middle: f64, side: f64| {
            let at = |r: f64| Point::polar(r, end + middle + side * (half / r).asin());
            ControlLine {
                nominal: at(face).angle(),
                stretches: vec![Stretch {
                    from_curve: 1,
                    to_curve: 2,
                    from: at(face),
                    to: at(bottom),
                }],
                shear_limit,
            }
        };
        let grooves = self.grooves();
        let sides = grooves.iter().flat_map(|g| [(*g, -1.0), (*g, 1.0)]);
        sides
            .map(|(groove, side)| line(groove, side))
            .filter(|line| line.nominal < end)
            .collect()
    }

    /// Sections across the teeth of a pole, halfway down.
    pub(super) fn tooth_sections(&self, part: Part, place: &'static str) -> Vec<Section> {
        let radius = 0.5 * (self.gap_radius + self.body_radius());
        let end = self.pitch() / 2.0;
        let section = |(from, to): (f64, f64)| Section {
            part,
            place,
            from: Point::polar(radius, end + from),
            to: Point::polar(radius, end + to),
        };
        let sides = self.tooth_sides(radius).unwrap_or_default();
        sides.into_iter().map(section).collect()
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]
mod tests {
    use super::*;

    fn lamination(outward: f64, count_per_pole: usize) -> Salient {
        Salient {
            poles: 6,
            outward,
            gap_radius: 0.05,
            back_radius: 0.05 + outward * 0.03,
            arc: 0.72,
            taper: 0.0,
            yoke: 0.01,
            teeth: Some(PoleTeeth {
                count_per_pole,
                arc: 0.12,
                height: 0.004,
            }),
            around_pole: false,
        }
    }

    #[test]
    fn teeth_are_equal_at_the_gap_and_end_with_the_pole() {
        for (outward, count) in [(1.0, 2), (-1.0, 2), (1.0, 3), (-1.0, 4)] {
            let of = lamination(outward, count);
            let sides = of.tooth_sides(of.gap_radius).unwrap();
            assert_eq!(sides.len(), count);
            for (from, to) in &sides {
                assert!((to - from - 0.12).abs() < 1e-12);
            }
            assert!((sides[count - 1].1 - 0.36).abs() < 1e-12);
            assert!((sides[0].0 + 0.36).abs() < 1e-12);
        }
    }

    #[test]
    fn teeth_and_grooves_fill_the_pole() {
        for (outward, count) in [(1.0, 2), (-1.0, 3)] {
            let of = lamination(outward, count);
            let (face, bottom) = (of.gap_radius, of.body_radius());
            let n = 2000;
            let rings: f64 = (0..n)
                .map(|k| {
                    let r = face + (bottom - face) * (f64::from(k) + 0.5) / f64::from(n);
                    let sides = of.tooth_sides(r).unwrap();
                    let teeth: f64 = sides.iter().map(|(from, to)| to - from).sum();
                    let pole = 2.0 * of.side_of_pole(r).unwrap().angle();
                    (pole - teeth) * r * (bottom - face).abs() / f64::from(n)
                })
                .sum();
            assert!((of.groove_area() / rings - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn teeth_may_narrow_and_not_end_in_a_point() {
        let with = |taper: f64, height: f64| {
            let mut of = lamination(1.0, 2);
            of.taper = taper;
            let mut teeth = of.teeth.unwrap();
            teeth.height = height;
            of.teeth = Some(teeth);
            teeth_end_blunt(&of, teeth).map(|misfit| misfit.code)
        };
        assert_eq!(with(-0.3, 0.004), None);
        assert_eq!(with(-0.7, 0.008), Some("tooth-ends-in-a-point"));
    }

    /// Half of the grooves of a pole lie in a pitch, and the one on its axis does with half of its sides.
    #[test]
    fn columns_follow_the_sides_of_the_grooves() {
        for (count, lines, outlines) in [(2, 1, 2), (3, 2, 2), (4, 3, 4), (5, 4, 4)] {
            let of = lamination(1.0, count);
            let found = of.groove_lines(0.7);
            assert_eq!(found.len(), lines);
            assert!(found.windows(2).all(|w| w[0].nominal < w[1].nominal));
            assert_eq!(of.groove_outlines().len(), outlines);
        }
    }
}
