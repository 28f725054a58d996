//! What of a surface-magnet rotor cannot be built.

use super::drawing::Drawing;
use super::{MagnetShape, Parts};
use crate::topology::Misfit;

fn mm(value: f64) -> String {
    format!("{:.3} mm", value * 1e3)
}

impl Parts<'_> {
    pub(super) fn fits(&self) -> Vec<Misfit> {
        let mut misfits = self.stator.fits();
        self.lengths_fit(&mut misfits);
        self.counts_fit(&mut misfits);
        if misfits.is_empty() {
            self.radii_fit(&mut misfits);
        }
        if misfits.is_empty() {
            match self.drawing() {
                Some(drawing) => self.magnet_fits(&drawing, &mut misfits),
                None => misfits.push(self.no_magnet()),
            }
        }
        misfits
    }

    fn lengths_fit(&self, misfits: &mut Vec<Misfit>) {
        let r = self.rotor;
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
        check(r.shaft_diameter, vec!["rotor", "shaft_diameter_mm"], false);
        check(
            r.magnet_thickness,
            vec!["rotor", "magnet_thickness_mm"],
            false,
        );
        check(
            r.sleeve_thickness,
            vec!["rotor", "sleeve_thickness_mm"],
            true,
        );
        if let Some((radius, path)) = self.own_radius() {
            check(radius, path, false);
        }
        if let Some(iron) = self.iron {
            check(
                iron.height,
                vec!["iron_between_magnets", "height_mm"],
                false,
            );
            check(
                iron.side_clearance,
                vec!["iron_between_magnets", "side_clearance_mm"],
                true,
            );
        }
    }

    /// Radius of the side to the gap where it is stated, with its key.
    fn own_radius(&self) -> Option<(f64, Vec<&'static str>)> {
        let path = |shape| vec!["rotor", "magnet_shape", shape, "outer_radius_mm"];
        match self.rotor.magnet_shape {
            MagnetShape::EccentricArc(own) => Some((own.outer_radius, path("eccentric_arc"))),
            MagnetShape::BreadLoaf(own) => Some((own.outer_radius, path("bread_loaf"))),
            MagnetShape::Arc(_) | MagnetShape::ParallelSides(_) => None,
        }
    }

    fn counts_fit(&self, misfits: &mut Vec<Misfit>) {
        let r = self.rotor;
        if r.pole_count < 2 || r.pole_count % 2 == 1 {
            misfits.push(Misfit {
                code: "pole-count-not-even",
                path: vec!["rotor", "pole_count"],
                found: r.pole_count.to_string(),
                expected: "an even number of poles, at least 2".into(),
                fix: "enter the number of poles, not of pole pairs".into(),
            });
        }
        if !(r.magnet_arc > 0.0 && r.magnet_arc <= 1.0) {
            misfits.push(Misfit {
                code: "magnet-arc-out-of-range",
                path: vec!["rotor", "magnet_arc_ratio"],
                found: format!("{:.4}", r.magnet_arc),
                expected: "more than 0 and at most 1".into(),
                fix: "enter the magnet arc over the pole pitch".into(),
            });
        }
        if r.segments_per_pole == 0 {
            misfits.push(Misfit {
                code: "no-magnet-pieces",
                path: vec!["rotor", "segments_per_pole"],
                found: "0".into(),
                expected: "at least 1".into(),
                fix: "enter 1 for a magnet in one piece".into(),
            });
        }
    }

    fn radii_fit(&self, misfits: &mut Vec<Misfit>) {
        let r = self.rotor;
        let seat = self.surface_radius() - r.sleeve_thickness - r.magnet_thickness;
        if seat <= r.shaft_diameter / 2.0 {
            misfits.push(Misfit {
                code: "no-rotor",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(r.shaft_diameter),
                expected: format!(
                    "less than the diameter of the magnet seat, {}",
                    mm(2.0 * seat)
                ),
                fix: "check shaft and bore diameter, gap, sleeve and magnet thickness".into(),
            });
        }
    }

    fn no_magnet(&self) -> Misfit {
        let r = self.rotor;
        Misfit {
            code: "no-magnet",
            path: vec!["rotor", "magnet_arc_ratio"],
            found: format!(
                "{:.4} of a pole at a thickness of {}, whose sides do not meet face and seat",
                r.magnet_arc,
                mm(r.magnet_thickness)
            ),
            expected: "sides that cross the face, the seat and the iron between the magnets".into(),
            fix: "narrow or thin the magnet, or enlarge its outer radius".into(),
        }
    }

    /// Whether a magnet of sound measures stays inside its pole, its sleeve and its seat.
    fn magnet_fits(&self, d: &Drawing, misfits: &mut Vec<Misfit>) {
        let r = self.rotor;
        if let Some((radius, path)) = self.own_radius()
            && radius > d.top * (1.0 + 1e-9)
        {
            misfits.push(Misfit {
                code: "magnet-meets-stator",
                path,
                found: mm(radius),
                expected: format!(
                    "at most the radius of the magnet at the pole centre, {}",
                    mm(d.top)
                ),
                fix: "round the magnet more".into(),
            });
        }
        let edge = d.inward * (d.corner_top.radius() - d.corner_seat.radius());
        let least = 0.02 * r.magnet_thickness;
        if edge < least || d.corner_top.x <= d.corner_seat.x {
            misfits.push(Misfit {
                code: "magnet-ends-in-edge",
                path: vec!["rotor", "magnet_thickness_mm"],
                found: format!("a magnet {} thick at its side", mm(edge)),
                expected: format!("at least {} there", mm(least)),
                fix: "enlarge the outer radius, thicken or narrow the magnet".into(),
            });
            return;
        }
        let widest = d.corner_top.angle().max(d.corner_seat.angle());
        if widest > d.half_pole * (1.0 + 1e-9) {
            misfits.push(Misfit {
                code: "magnets-overlap",
                path: vec!["rotor", "magnet_arc_ratio"],
                found: format!(
                    "{:.4}, {:.4} at the seat",
                    r.magnet_arc,
                    widest / d.half_pole
                ),
                expected: "at most 1 at every radius".into(),
                fix: "narrow the magnet or use radial sides".into(),
            });
        }
        if d.back >= d.corner_seat.x.min(d.seat) && d.inward > 0.0 {
            misfits.push(Misfit {
                code: "no-rotor",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(r.shaft_diameter),
                expected: format!("less than {}", mm(2.0 * d.corner_seat.x.min(d.seat))),
                fix: "check shaft and bore diameter, gap, sleeve and magnet thickness".into(),
            });
        }
        if d.round_seat() >= d.surface {
            misfits.push(Misfit {
                code: "seat-reaches-gap",
                path: vec!["rotor", "magnet_arc_ratio"],
                found: format!(
                    "a flat seat whose corners lie at radius {}",
                    mm(d.round_seat())
                ),
                expected: format!("less than the rotor surface, {}", mm(d.surface)),
                fix: "narrow or thicken the magnet".into(),
            });
        }
        if d.inset {
            self.iron_fits(d, misfits);
        }
    }

    fn iron_fits(&self, d: &Drawing, misfits: &mut Vec<Misfit>) {
        let depth = d.inward * (d.top - d.between);
        if depth < -1e-9 * d.top {
            let most = d.inward * (d.top - d.round_seat());
            misfits.push(Misfit {
                code: "iron-above-magnet",
                path: vec!["iron_between_magnets", "height_mm"],
                found: self.iron.map_or_else(String::new, |iron| mm(iron.height)),
                expected: format!("at most {}, flush with the magnet", mm(most)),
                fix: "lower the iron between the magnets".into(),
            });
        }
        let widest = d.wall[0].angle().max(d.wall[1].angle());
        if widest >= d.half_pole * (1.0 - 1e-9) {
            misfits.push(Misfit {
                code: "no-iron-between-magnets",
                path: vec!["iron_between_magnets", "side_clearance_mm"],
                found: "magnets that with the air beside them fill the whole pole".into(),
                expected: "iron left between the magnets".into(),
                fix: "narrow the magnet or the clearance, or use the topology spm".into(),
            });
        }
    }
}
