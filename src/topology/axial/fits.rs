//! What of a machine with axial flux cannot be built.

use super::{Arrangement, Axial, MagnetOutline};
use crate::topology::Misfit;
use crate::topology::misfit::{misfit, mm, not_positive, odd_poles, too_few_slots};
use std::f64::consts::TAU;

impl Axial {
    pub(super) fn misfits(&self) -> Vec<Misfit> {
        let mut misfits = self.lengths();
        misfits.extend(self.within_iron());
        misfits.extend(self.iron());
        misfits.extend(odd_poles(self.rotor.pole_count));
        misfits.extend(too_few_slots(self.stator.slot_count));
        if misfits.is_empty() && self.inner_diameter >= self.outer_diameter {
            misfits.push(misfit(
                "inner-diameter-too-large",
                &["inner_diameter_mm"],
                mm(self.inner_diameter),
                format!("less than the outer diameter, {}", mm(self.outer_diameter)),
                "exchange the two diameters or correct one",
            ));
        }
        if misfits.is_empty() {
            self.slot(&mut misfits);
            misfits.extend(self.slotless());
            self.magnet(&mut misfits);
            self.pockets(&mut misfits);
            self.array(&mut misfits);
        }
        misfits
    }

    fn lengths(&self) -> Vec<Misfit> {
        let (slot, rotor) = (&self.stator.slot, &self.rotor);
        let or_sound = |length: Option<f64>| length.unwrap_or(1.0);
        let checks: [(f64, &[&'static str], bool); 11] = [
            (self.air_gap, &["air_gap_mm"], false),
            (self.outer_diameter, &["outer_diameter_mm"], false),
            (self.inner_diameter, &["inner_diameter_mm"], false),
            (
                or_sound(self.stator.yoke_thickness),
                &["stator", "yoke_thickness_mm"],
                false,
            ),
            (
                slot.opening_width,
                &["stator", "slot", "opening_width_mm"],
                false,
            ),
            (
                slot.opening_height,
                &["stator", "slot", "opening_height_mm"],
                true,
            ),
            (
                slot.wedge_height,
                &["stator", "slot", "wedge_height_mm"],
                true,
            ),
            (slot.width, &["stator", "slot", "width_mm"], false),
            (slot.main_depth, &["stator", "slot", "main_depth_mm"], false),
            (
                rotor.magnet_thickness,
                &["rotor", "magnet_thickness_mm"],
                false,
            ),
            (
                or_sound(rotor.back_iron_thickness),
                &["rotor", "back_iron_thickness_mm"],
                false,
            ),
        ];
        checks
            .into_iter()
            .filter_map(|(value, path, zero)| not_positive(value, path, zero))
            .collect()
    }

    /// Whether the iron behind slots and magnets is stated where the arrangement has some, and only there.
    fn iron(&self) -> Vec<Misfit> {
        let yoke = self.stator.yoke_thickness.is_some();
        let back = self.rotor.back_iron_thickness.is_some();
        let checks: [(bool, bool, &[&'static str], &'static str); 2] = [
            (
                yoke,
                self.arrangement != Arrangement::Yokeless,
                &["stator", "yoke_thickness_mm"],
                "yoke_thickness_mm",
            ),
            (
                back,
                self.arrangement != Arrangement::DoubleStator && self.spoke().is_none(),
                &["rotor", "back_iron_thickness_mm"],
                "back_iron_thickness_mm",
            ),
        ];
        checks
            .into_iter()
            .filter(|(stated, wanted, ..)| stated != wanted)
            .map(|(_, wanted, path, key)| {
                if wanted {
                    misfit(
                        "axial-iron-not-stated",
                        &path[..1],
                        format!("no {key}"),
                        "the thickness of the iron that this machine has there".into(),
                        &format!("enter {key}, or change the arrangement"),
                    )
                } else {
                    misfit(
                        "axial-iron-without-place",
                        path,
                        format!("{key} in a machine that has no iron there"),
                        format!("no {key}"),
                        "leave the key out, or change the arrangement",
                    )
                }
            })
            .collect()
    }

    /// Whether the slots leave teeth at the inner edge, and have the tips that they state.
    fn slot(&self, misfits: &mut Vec<Misfit>) {
        let slot = &self.stator.slot;
        let room = TAU * self.inner_diameter / 2.0 / self.stator.slot_count as f64;
        if slot.width >= LARGEST_SLOT * room {
            misfits.push(misfit(
                "slots-overlap",
                &["stator", "slot", "width_mm"],
                mm(slot.width),
                format!(
                    "less than {}, {LARGEST_SLOT} of the slot pitch at the inner diameter",
                    mm(LARGEST_SLOT * room)
                ),
                "narrow the slot, use fewer slots or enlarge the inner diameter",
            ));
        }
        if slot.opening_width > slot.width * (1.0 + 1e-9) {
            misfits.push(misfit(
                "slot-opening-wider-than-slot",
                &["stator", "slot", "opening_width_mm"],
                mm(slot.opening_width),
                format!("at most the width of the slot, {}", mm(slot.width)),
                "narrow the opening or widen the slot",
            ));
        } else if slot.opening_height == 0.0 && slot.width > slot.opening_width * (1.0 + 1e-6) {
            misfits.push(misfit(
                "tooth-tip-without-height",
                &["stator", "slot", "opening_height_mm"],
                "0 mm below a slot that is wider than its opening".into(),
                "a height that the tooth tip has, or an open slot".into(),
                "state the height of the opening, or make the opening as wide as the slot",
            ));
        }
    }

    /// Whether coils without teeth have a yoke to stand on and no tips of teeth.
    fn slotless(&self) -> Option<Misfit> {
        let slot = &self.stator.slot;
        let tips = slot.opening_height + slot.wedge_height > 0.0
            || slot.opening_width < slot.width * (1.0 - 1e-9);
        if !self.stator.slotless {
            None
        } else if self.arrangement == Arrangement::Yokeless {
            Some(misfit(
                "slotless-without-yoke",
                &["stator", "slotless"],
                "no teeth and no yoke".into(),
                "a yoke on which the coils stand".into(),
                "choose another arrangement, or leave the key out",
            ))
        } else if tips {
            Some(misfit(
                "tips-without-teeth",
                &["stator", "slot"],
                "an opening that is narrower or less deep than the coils, without teeth".into(),
                "opening_width_mm as width_mm, opening_height_mm 0 and no wedge_height_mm".into(),
                "correct the slot, or leave slotless out",
            ))
        } else {
            None
        }
    }

    /// Whether the magnets leave each other room at the inner edge.
    fn magnet(&self, misfits: &mut Vec<Misfit>) {
        let room = self.pole_pitch(self.inner_diameter / 2.0);
        let outline = self.rotor.magnet_outline;
        let (key, inner): (&[&'static str], &'static str) = match outline {
            MagnetOutline::Sector(_) => (
                &["rotor", "magnet_outline", "sector", "arc_ratio"],
                "narrow the magnets",
            ),
            MagnetOutline::ParallelSides(_) => (
                &["rotor", "magnet_outline", "parallel_sides", "width_mm"],
                "narrow the magnets, or give them sides along radii",
            ),
        };
        let width = outline.width(room);
        if !(width > 0.0 && width <= room * (1.0 + 1e-9)) {
            misfits.push(misfit(
                "magnets-overlap",
                key,
                format!("a magnet {} wide at the inner diameter", mm(width)),
                format!(
                    "more than zero and at most the pole pitch there, {}",
                    mm(room)
                ),
                inner,
            ));
        }
    }
}

/// Largest width of a slot over the slot pitch at the inner edge: what is left is a tooth.
const LARGEST_SLOT: f64 = 0.95;
