//! What of a surface-magnet rotor cannot be built.

use super::drawing::Drawing;
use super::{MagnetShape, Parts};
use crate::topology::Misfit;
use crate::topology::misfit::{FULL_POLE, PIECES, misfit, mm, not_positive, odd_poles};

/// Rotor iron that ends before the seat of the magnets, by both radii [m].
fn no_rotor(back: f64, key: &'static str, seat: f64, inward: f64) -> Misfit {
    Misfit {
        code: "no-rotor",
        path: vec!["rotor", key],
        found: mm(2.0 * back),
        expected: format!(
            "{} than the diameter of the magnet seat, {}",
            if inward > 0.0 { "less" } else { "more" },
            mm(2.0 * seat)
        ),
        fix: "check both diameters, gap, sleeve and magnet thickness".into(),
    }
}

impl Parts<'_> {
    pub(super) fn fits(&self) -> Vec<Misfit> {
        let mut misfits = self.lamination().fits();
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
        let mut check = |value: f64, path: &[&'static str], zero: bool| {
            misfits.extend(not_positive(value, path, zero));
        };
        check(self.air_gap, &["air_gap_mm"], false);
        check(self.stack_length, &["stack_length_mm"], false);
        let back = self.back();
        if let Some(diameter) = back.stated {
            check(diameter, &["rotor", back.key], false);
        }
        check(r.magnet_thickness, &["rotor", "magnet_thickness_mm"], false);
        check(r.sleeve_thickness, &["rotor", "sleeve_thickness_mm"], true);
        if let Some((radius, path)) = self.own_radius() {
            check(radius, &path, false);
        }
        if let Some(iron) = self.iron {
            check(iron.height, &["iron_between_magnets", "height_mm"], false);
            check(
                iron.side_clearance,
                &["iron_between_magnets", "side_clearance_mm"],
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
        misfits.extend(odd_poles(r.pole_count));
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
        if r.is_an_array() {
            self.array_fits(misfits);
        }
    }

    /// Whether a Halbach array has the pieces that it needs, and nothing between them.
    fn array_fits(&self, misfits: &mut Vec<Misfit>) {
        let r = self.rotor;
        if !PIECES.contains(&r.segments_per_pole) {
            misfits.push(misfit(
                "halbach-pieces-out-of-range",
                &["rotor", "segments_per_pole"],
                format!("{} pieces of a pole", r.segments_per_pole),
                format!("{} to {}", PIECES.start(), PIECES.end()),
                "change the number of pieces, or the magnetisation",
            ));
        }
        let gaps: [(bool, &[&'static str], &str); 3] = [
            (
                r.magnet_arc < FULL_POLE,
                &["rotor", "magnet_arc_ratio"],
                "magnets with room between the poles",
            ),
            (
                !matches!(r.magnet_shape, MagnetShape::Arc(_)),
                &["rotor", "magnet_shape"],
                "magnets whose sides are not radii",
            ),
            (
                self.iron.is_some(),
                &["rotor", "magnetisation"],
                "halbach with iron between the magnets",
            ),
        ];
        misfits.extend(
            gaps.into_iter()
                .filter(|gap| gap.0)
                .map(|(_, path, found)| {
                    misfit(
                        "halbach-with-gaps",
                        path,
                        found.into(),
                        "arcs over the whole pole pitch: the pieces of a Halbach array fill it"
                            .into(),
                        "state magnet_arc_ratio 1 and arcs, or another magnetisation",
                    )
                }),
        );
    }

    fn radii_fit(&self, misfits: &mut Vec<Misfit>) {
        let back = self.back();
        misfits.extend(back.misfits());
        if let Some(stated) = back.stated {
            self.back_fits(stated / 2.0, back.key, misfits);
        }
    }

    fn back_fits(&self, back: f64, key: &'static str, misfits: &mut Vec<Misfit>) {
        let r = self.rotor;
        let depth = r.sleeve_thickness + r.magnet_thickness;
        let seat = self.surface_radius() - self.position.inward() * depth;
        if self.position.inward() * (seat - back) <= 0.0 {
            misfits.push(no_rotor(back, key, seat, self.position.inward()));
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
            && d.inward * (radius - d.top) > 1e-9 * d.top
        {
            misfits.push(Misfit {
                code: "magnet-meets-stator",
                path,
                found: mm(radius),
                expected: format!(
                    "at {} the radius of the magnet at the pole centre, {}",
                    if d.inward > 0.0 { "most" } else { "least" },
                    mm(d.top)
                ),
                fix: "let the gap widen towards the sides of the magnet".into(),
            });
        }
        let edge = d.inward * (d.corner_top.radius() - d.corner_seat.radius());
        let least = 0.02 * r.magnet_thickness;
        if edge < least || d.inward * (d.corner_top.x - d.corner_seat.x) <= 0.0 {
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
        let deepest = if d.inward > 0.0 {
            d.seat.min(d.corner_seat.x)
        } else {
            d.round_seat()
        };
        if d.inward * (deepest - d.back) <= 0.0 {
            misfits.push(no_rotor(d.back, self.back().key, deepest, d.inward));
        }
        if d.inward * (d.surface - d.round_seat()) <= 0.0 {
            misfits.push(Misfit {
                code: "seat-reaches-gap",
                path: vec!["rotor", "magnet_arc_ratio"],
                found: format!(
                    "a flat seat whose corners lie at radius {}",
                    mm(d.round_seat())
                ),
                expected: format!("below the rotor surface, {}", mm(d.surface)),
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
