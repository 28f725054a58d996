//! The slices of a machine with axial flux for the field network.
//!
//! A slice is flat, the network is polar: the slice is drawn on a circle that is many times larger than the
//! one it has in the machine, with as many times the slots and poles, so that it is flat to a ten-thousandth
//! and every row, region and law of a machine with radial flux holds for it. Seen from the axis of that circle
//! the rotor lies inside the gap.

use super::{Arrangement, Axial, slices};
use crate::geometry::{Curve, Point, Polygon};
use crate::network::plan::{
    BodyPlan, ControlLine, Medium, Outline, Part, Region, SectorPlan, Spacing, Stretch,
};
use crate::resolution::Resolution;
use crate::topology::ipm::ROTOR_STEEL;
use crate::topology::sector::{self, Rotor};
use crate::winding::Layout;
use std::f64::consts::PI;

/// Largest shift of a column in a row as a share of its height: above it thin gap rows lock.
pub(super) const SHEAR_LIMIT: f64 = 0.7;

/// The rotor of a slice as it is drawn, in the frame of a pole.
pub(super) struct Drawn {
    /// Radii of the middle of the gap, of the surface of the rotor, of the seat of its magnets, which between two stators is
    /// the plane that cuts them in the middle, and of the back of the iron or of the room behind poles without iron [m].
    pub middle: f64,
    pub surface: f64,
    pub seat: f64,
    pub back: Option<f64>,
    /// Radii between the surface and the seat along which rows run, from the outside [m]: what lies before magnets within
    /// iron.
    pub before: Vec<f64>,
    /// Half the width of a magnet [m], and of the hole in which it lies.
    pub half_width: f64,
    pub half_pocket: f64,
    /// Half a pole pitch [rad].
    pub half_pole: f64,
}

impl Axial {
    /// The plan with slices drawn on circles so many times larger.
    pub(super) fn enlarged_plan(
        &self,
        layout: &Layout,
        resolution: Resolution,
        enlargement: f64,
    ) -> SectorPlan {
        let count = slices(resolution);
        let slice = |radius: f64| {
            let drawn = self.drawn(radius, enlargement);
            let rotor = Rotor {
                outside: false,
                sections: self.rotor_sections(&drawn),
                body: |pitches, columns| self.rotor_body(&drawn, pitches, columns),
            };
            let length = self.length() / count as f64 * self.arrangement.gaps() as f64;
            let stator = self.drawn_stator(radius, enlargement);
            let lengths = (self.air_gap, length);
            let mut plan = sector::plan((layout, resolution), lengths, stator.at_bore(), rotor);
            plan.enlargement = enlargement;
            plan.coil_share = self.arrangement.slot_share();
            plan.stator.mirrored = self.arrangement == Arrangement::Yokeless;
            if self.stator.slotless {
                self.take_teeth(&mut plan, radius * enlargement);
            }
            plan
        };
        // Rows lie at the same depths in all slices: those that suit the middle one.
        let middle = slice(self.mean_radius());
        let mut all = self.radii(count).map(|radius| {
            let mut plan = slice(radius);
            plan.rotor.spacing.clone_from(&middle.rotor.spacing);
            plan.stator.spacing.clone_from(&middle.stator.spacing);
            plan
        });
        let first = all.next();
        let beside = all.collect();
        SectorPlan {
            beside,
            ..first.unwrap_or(middle)
        }
    }

    /// Air where the teeth would be, beneath the coils, in a slice drawn at a radius [m].
    fn take_teeth(&self, plan: &mut SectorPlan, middle: f64) {
        let yoke = middle + self.air_gap / 2.0 + self.main_depth();
        let air = Region {
            outline: Outline::Annulus(0.0, yoke),
            medium: Medium::Air,
        };
        plan.stator.regions.insert(0, air);
        plan.stator_sections.retain(|s| s.part != Part::Tooth);
    }

    fn drawn(&self, radius: f64, enlargement: f64) -> Drawn {
        let rotor = &self.rotor;
        let middle = radius * enlargement;
        let surface = middle - self.air_gap / 2.0;
        let seat = surface - self.rotor_depth();
        let width = rotor.magnet_outline.width(self.pole_pitch(radius));
        Drawn {
            middle,
            surface,
            seat,
            back: self.behind().map(|depth| seat - depth),
            before: self.rows_before(surface),
            half_width: width / 2.0,
            half_pocket: self.pocket_width(width) / 2.0,
            half_pole: PI / (rotor.pole_count as f64 * enlargement),
        }
    }

    fn rotor_body(&self, d: &Drawn, pitches: usize, columns: usize) -> BodyPlan {
        let pitch = 2.0 * d.half_pole;
        let width = d.surface * pitch / columns as f64;
        let first = 1.05 * self.air_gap / 2.0;
        let graded = |growth| Spacing::Graded {
            first,
            coarsest: 1.1 * width,
            growth,
        };
        let even = graded(f64::INFINITY);
        let rows = [d.middle, d.surface].into_iter();
        let rows = rows.chain(d.before.iter().copied()).chain([d.seat]);
        let mut curves: Vec<Curve> = rows.map(Curve::circle).collect();
        let mut spacing = vec![even; curves.len() - 1];
        if let Some(back) = d.back {
            curves.push(Curve::circle(back));
            spacing.push(graded(25.0 * width));
        }
        BodyPlan {
            pitches,
            pitch,
            alternating: true,
            regions: match self.rotor.interior {
                Some(interior) => self.pocket_regions(d, interior),
                None => self.rotor_regions(d),
            },
            background: Medium::Iron(ROTOR_STEEL),
            widened: vec![],
            curves,
            spacing,
            lines: match self.rotor.interior {
                Some(_) => self.pocket_lines(d),
                None => self.lines(d),
            },
            mirrored: d.back.is_none() && !self.halves_its_magnets(),
        }
    }

    /// Columns along the sides of the magnets; where pieces fill the pole pitch, along their joints.
    fn lines(&self, d: &Drawn) -> Vec<ControlLine> {
        let last = self.pieces() - usize::from(self.rotor.halbach.is_some());
        let joints = (0..=last).map(|k| 2.0 * self.joint(k));
        // Columns that are their own mirror images lie on the axis of the pole already.
        let beside = joints.filter(|share| *share > 1e-9);
        beside
            .map(|share| {
                let (from, to) = (d.beside(d.surface, share), d.beside(d.seat, share));
                ControlLine {
                    nominal: 0.5 * (from.angle() + to.angle()),
                    stretches: vec![Stretch {
                        from_curve: 1,
                        to_curve: 2,
                        from,
                        to,
                    }],
                    shear_limit: SHEAR_LIMIT,
                }
            })
            .collect()
    }

    /// Only the sides of the magnet are drawn: rings that end where grid rows run cover what it has too much at
    /// top and bottom.
    fn rotor_regions(&self, d: &Drawn) -> Vec<Region> {
        let overlap = 0.3 * self.magnet_thickness();
        let (high, low) = (d.surface + overlap, d.seat - overlap);
        let pieces = (0..self.pieces()).map(|k| {
            let (from, to) = (2.0 * self.joint(k), 2.0 * self.joint(k + 1));
            let corners = [(high, to), (low, to), (low, from), (high, from)];
            let outline = corners.map(|(radius, share)| d.beside(radius, share));
            Region {
                outline: Outline::Polygon(Polygon::new(outline.to_vec())),
                medium: Medium::Magnet(self.direction(k)),
            }
        });
        let ring = |from, to, medium| Region {
            outline: Outline::Annulus(from, to),
            medium,
        };
        let mut regions = vec![ring(d.seat, f64::INFINITY, Medium::Air)];
        regions.extend(pieces);
        regions.push(ring(0.0, d.seat, Medium::Iron(ROTOR_STEEL)));
        regions.push(ring(d.surface, f64::INFINITY, Medium::Air));
        regions
    }
}

impl Drawn {
    /// A place at a drawn radius [m], beside the axis of the pole by so much of half the width of its magnet.
    fn beside(&self, radius: f64, share: f64) -> Point {
        Point::new(radius, self.half_width * share)
    }
}
