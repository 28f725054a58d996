//! What of a stator cannot be built.

use super::Lamination;
use super::slot::{Bottom, HalfSlot};
use crate::topology::Misfit;
use crate::topology::misfit::{misfit, mm, not_positive, too_few_slots};

impl Lamination<'_> {
    /// What of the slots does not fit into the lamination.
    pub fn fits(self) -> Vec<Misfit> {
        let mut misfits = self.lengths();
        misfits.extend(self.statements());
        misfits.extend(too_few_slots(self.stator.slot_count));
        let (bore, outer) = (self.stator.bore_diameter, self.stator.outer_diameter);
        if !(bore > 0.0 && outer > bore) {
            misfits.push(misfit(
                "bore-outside-lamination",
                &["stator", "bore_diameter_mm"],
                mm(bore),
                format!(
                    "more than zero and less than the outer diameter, {}",
                    mm(outer)
                ),
                "exchange the two diameters or correct one",
            ));
        }
        if misfits.is_empty() {
            misfits = self.slots();
        }
        misfits
    }

    fn lengths(self) -> Vec<Misfit> {
        let slot = &self.stator.slot;
        let checks = [
            (Some(slot.opening_width), "opening_width_mm", false),
            (Some(slot.opening_height), "opening_height_mm", true),
            (slot.wedge_height, "wedge_height_mm", true),
            (slot.top_width, "top_width_mm", false),
            (slot.bottom_width, "bottom_width_mm", false),
            (slot.tooth_width, "tooth_width_mm", false),
            (Some(slot.main_depth), "main_depth_mm", false),
            (
                Some(slot.bottom_corner_radius),
                "bottom_corner_radius_mm",
                true,
            ),
        ];
        checks
            .into_iter()
            .filter_map(|(value, key, zero)| value.map(|v| (v, key, zero)))
            .filter_map(|(value, key, zero)| not_positive(value, &["stator", "slot", key], zero))
            .collect()
    }

    /// Whether the slot is stated once and only once.
    fn statements(self) -> Vec<Misfit> {
        let slot = &self.stator.slot;
        let mut misfits = vec![];
        let sides = (slot.top_width, slot.bottom_width, slot.tooth_width);
        if !matches!(sides, (Some(_), Some(_), None) | (None, None, Some(_))) {
            misfits.push(misfit(
                "slot-sides-unclear",
                &["stator", "slot"],
                match sides {
                    (_, _, Some(_)) => "a tooth width beside widths of the slot".into(),
                    _ => "sides that are not stated".into(),
                },
                "`top_width_mm` and `bottom_width_mm`, or `tooth_width_mm` alone".into(),
                "state the sides in one of the two ways",
            ));
        }
        if slot.wedge_height.is_some() == slot.tip_angle.is_some() {
            misfits.push(misfit(
                "slot-wedge-unclear",
                &["stator", "slot"],
                if slot.tip_angle.is_some() {
                    "a wedge height beside a tip angle".into()
                } else {
                    "neither a wedge height nor a tip angle".into()
                },
                "one of `wedge_height_mm` and `tip_angle_deg`".into(),
                "state one; a slot without a wedge has `wedge_height_mm` 0",
            ));
        }
        if let Some(angle) = slot.tip_angle
            && !(0.0..80.0_f64.to_radians()).contains(&angle)
        {
            misfits.push(misfit(
                "tip-angle-out-of-range",
                &["stator", "slot", "tip_angle_deg"],
                format!("{:.3}°", angle.to_degrees()),
                "zero or more and less than 80°".into(),
                "state the angle between the tip's inner face and the perpendicular of the slot axis",
            ));
        }
        if slot.bottom == Bottom::Arc && slot.bottom_corner_radius > 0.0 {
            misfits.push(misfit(
                "slot-corner-too-round",
                &["stator", "slot", "bottom_corner_radius_mm"],
                mm(slot.bottom_corner_radius),
                "no corner radius with an arc as bottom".into(),
                "leave the radius out, or make the bottom flat",
            ));
        }
        misfits
    }

    /// Whether slots of sound dimensions leave teeth and a yoke.
    fn slots(self) -> Vec<Misfit> {
        let s = self.half_slot();
        let corners = [
            s.bore,
            s.opening_end,
            s.main_top,
            s.corner_start,
            s.corner_end,
        ];
        let finite = corners.iter().all(|p| p.x.is_finite() && p.y.is_finite());
        let ordered = [s.opening_end.x, s.main_top.x, s.corner_end.x]
            .windows(2)
            .all(|w| self.outward * (w[1] - w[0]) >= 0.0);
        let bottom_inside = self.outward * self.back_radius() > self.outward * s.corner_end.x
            && s.corner_end.x > 0.0;
        if finite && !bottom_inside {
            return vec![self.no_yoke(&s)];
        }
        if !finite || !ordered {
            return vec![misfit(
                "no-slot",
                &["stator", "slot"],
                "widths and angles that give no slot".into(),
                "a slot that deepens from the gap to its bottom".into(),
                "check opening, tooth width and tip angle",
            )];
        }
        let mut misfits = vec![];
        self.sides(&s, &mut misfits);
        if let Some(m) = self.corners(&s) {
            misfits.push(m);
        }
        misfits
    }

    fn no_yoke(self, s: &HalfSlot) -> Misfit {
        let back = self.back_radius();
        let (expected, fix) = if self.outward > 0.0 {
            (
                format!("less than the outer radius, {}", mm(back)),
                "make the slots shallower or the lamination larger",
            )
        } else {
            (
                format!("more than the bore radius, {}", mm(back)),
                "make the slots shallower or the bore smaller",
            )
        };
        misfit(
            "no-yoke",
            &["stator", "slot", "main_depth_mm"],
            format!("slots that reach radius {}", mm(s.corner_end.x.max(0.0))),
            expected,
            fix,
        )
    }

    fn sides(self, s: &HalfSlot, misfits: &mut Vec<Misfit>) {
        let slot = &self.stator.slot;
        let half_pitch = self.stator.slot_pitch() / 2.0;
        if s.bore.y > s.main_top.y * (1.0 + 1e-9) {
            let (key, fix) = if slot.tooth_width.is_some() {
                ("tooth_width_mm", "narrow the opening or the tooth")
            } else {
                ("opening_width_mm", "narrow the opening or widen the slot")
            };
            misfits.push(misfit(
                "slot-opening-wider-than-slot",
                &["stator", "slot", key],
                format!("an opening of {}", mm(slot.opening_width)),
                format!(
                    "at most the top width, {}",
                    mm((2.0 * s.main_top.y).max(0.0))
                ),
                fix,
            ));
        }
        if s.corner_start.y <= 0.0 || s.corner_end.y < -1e-12 {
            return;
        }
        if slot.opening_height == 0.0 && s.main_top.y > s.bore.y * (1.0 + 1e-6) {
            misfits.push(misfit(
                "tooth-tip-without-height",
                &["stator", "slot", "opening_height_mm"],
                "0 mm below a slot that is wider than its opening".into(),
                "a height that the tooth tip has, or an open slot".into(),
                "state the height of the opening, or make the opening as wide as the slot",
            ));
        }
        let widest = s.widest();
        if widest.angle() >= half_pitch {
            let room = 2.0 * widest.radius() * half_pitch.sin();
            misfits.push(misfit(
                "slots-overlap",
                &["stator", "slot"],
                format!(
                    "a slot {} wide at radius {}",
                    mm(2.0 * widest.y),
                    mm(widest.radius())
                ),
                format!("less than the slot pitch there, {}", mm(room)),
                "narrow the slot, or use fewer slots",
            ));
        }
        let farthest = s.corner_end.radius().max(s.corner_start.radius());
        if self.outward > 0.0 && farthest >= self.back_radius() {
            misfits.push(misfit(
                "no-yoke",
                &["stator", "slot", "main_depth_mm"],
                format!("slots that reach radius {}", mm(farthest)),
                format!("less than the outer radius, {}", mm(self.back_radius())),
                "make the slots shallower or the lamination larger",
            ));
        }
    }

    /// Corners that are rounder than the bottom is wide, or a slot that closes before its bottom.
    fn corners(self, s: &HalfSlot) -> Option<Misfit> {
        let slot = &self.stator.slot;
        let passes_top = self.outward * (s.corner_start.x - s.main_top.x) < -1e-12;
        if s.corner_end.y >= -1e-9 * slot.opening_width && s.corner_start.y > 0.0 && !passes_top {
            return None;
        }
        if slot.bottom_corner_radius > 0.0 {
            return Some(misfit(
                "slot-corner-too-round",
                &["stator", "slot", "bottom_corner_radius_mm"],
                mm(slot.bottom_corner_radius),
                match slot.bottom_width {
                    Some(bottom) => format!(
                        "at most half the bottom width, {}, and at most the depth, {}",
                        mm(bottom / 2.0),
                        mm(slot.main_depth)
                    ),
                    None => "at most what rounds the whole bottom between the teeth".into(),
                },
                "reduce the radius",
            ));
        }
        Some(misfit(
            "slot-closes",
            &["stator", "slot", "main_depth_mm"],
            "sides that meet before the bottom".into(),
            "a slot that is open to its bottom".into(),
            "make the slot shallower or the tooth narrower",
        ))
    }
}
