//! What of a switched reluctance machine cannot be built.

use super::Srm;
use super::pole::Salient;
use crate::topology::Misfit;
use crate::topology::misfit::{misfit, mm, not_positive};
use crate::winding::counted;
use crate::winding::pole::{MOST_PHASES, phases};

/// Largest angle by which a side may lean [rad].
const MOST_TAPER: f64 = std::f64::consts::FRAC_PI_4;

pub(super) fn degrees(angle: f64) -> String {
    format!("{:.3}°", angle.to_degrees())
}

impl Srm {
    /// What of the geometry cannot be built.
    pub fn fits(&self) -> Vec<Misfit> {
        let mut misfits = self.lengths_fit();
        misfits.extend(self.counts_fit());
        misfits.extend(self.rotor_back().misfits());
        if !misfits.is_empty() {
            return misfits;
        }
        misfits.extend(self.diameters_fit());
        if misfits.is_empty() {
            misfits.extend(poles_fit(&self.stator_salient(), "stator"));
            misfits.extend(poles_fit(&self.rotor_salient(), "rotor"));
        }
        if misfits.is_empty() {
            misfits.extend(self.coils_fit());
        }
        if misfits.is_empty() {
            misfits.extend(self.teeth_fit());
        }
        misfits
    }

    fn lengths_fit(&self) -> Vec<Misfit> {
        let (s, r) = (&self.stator, &self.rotor);
        let lengths: [(Option<f64>, &[&'static str], bool); 10] = [
            (Some(self.air_gap), &["air_gap_mm"], false),
            (Some(self.stack_length), &["stack_length_mm"], false),
            (
                Some(s.outer_diameter),
                &["stator", "outer_diameter_mm"],
                false,
            ),
            (
                Some(s.bore_diameter),
                &["stator", "bore_diameter_mm"],
                false,
            ),
            (
                Some(s.yoke_thickness),
                &["stator", "yoke_thickness_mm"],
                false,
            ),
            (
                Some(s.coil_clearance),
                &["stator", "coil_clearance_mm"],
                true,
            ),
            (
                s.teeth.map(|teeth| teeth.height),
                &["stator", "teeth", "tooth_height_mm"],
                false,
            ),
            (r.shaft_diameter, &["rotor", "shaft_diameter_mm"], false),
            (r.outer_diameter, &["rotor", "outer_diameter_mm"], false),
            (
                Some(r.yoke_thickness),
                &["rotor", "yoke_thickness_mm"],
                false,
            ),
        ];
        lengths
            .into_iter()
            .filter_map(|(value, path, zero)| not_positive(value?, path, zero))
            .collect()
    }

    fn counts_fit(&self) -> Vec<Misfit> {
        let (ns, nr) = (self.stator.pole_count, self.rotor.pole_count);
        let mut misfits = vec![];
        for (count, side) in [(ns, "stator"), (nr, "rotor")] {
            if count < 2 {
                let (found, expected) = (count.to_string(), "at least 2 poles".to_owned());
                let fix = "enter the number of poles";
                misfits.push(misfit(
                    "too-few-poles",
                    &[side, "pole_count"],
                    found,
                    expected,
                    fix,
                ));
            }
        }
        let made = phases(ns, nr);
        if misfits.is_empty() && !(2..=MOST_PHASES).contains(&made) {
            misfits.push(misfit(
                "no-phases",
                &["rotor", "pole_count"],
                format!(
                    "{ns} stator poles and {nr} rotor poles, which make {}",
                    counted(made, "phase")
                ),
                format!(
                    "2 to {MOST_PHASES} phases: stator poles over what both numbers have in common"
                ),
                "choose numbers such as 6/4, 8/6, 10/8, 12/8, 12/16 or 18/12",
            ));
        }
        misfits
    }

    fn diameters_fit(&self) -> Vec<Misfit> {
        let s = &self.stator;
        let mut misfits = vec![];
        if s.bore_diameter >= s.outer_diameter {
            misfits.push(misfit(
                "bore-outside-lamination",
                &["stator", "bore_diameter_mm"],
                mm(s.bore_diameter),
                format!("less than the outer diameter, {}", mm(s.outer_diameter)),
                "exchange the two diameters or correct one",
            ));
        }
        for (of, side) in [
            (self.stator_salient(), "stator"),
            (self.rotor_salient(), "rotor"),
        ] {
            let room = of.outward * (of.back_radius - of.gap_radius);
            // Rows of a grid need some height: a pole a thousandth as high as its lamination is none.
            if misfits.is_empty() && (of.gap_radius <= 0.0 || of.yoke >= 0.999 * room) {
                misfits.push(misfit(
                    "no-poles",
                    &[side, "yoke_thickness_mm"],
                    mm(of.yoke),
                    format!(
                        "less than the radial height of the lamination, {}",
                        mm(room)
                    ),
                    "thin the yoke, or correct the diameters and the air gap",
                ));
            }
        }
        misfits
    }

    fn coils_fit(&self) -> Option<Misfit> {
        let of = self.stator_salient();
        let height = of.outward * (of.root_radius() - of.gap_radius);
        (self.stator.coil_clearance >= 0.999 * height).then(|| {
            misfit(
                "no-room-for-coils",
                &["stator", "coil_clearance_mm"],
                mm(self.stator.coil_clearance),
                format!("less than the height of the poles, {}", mm(height)),
                "move the coils towards the air gap, or make the poles higher",
            )
        })
    }
}

/// Whether poles of sound height leave slots between them down to the yoke, and do not end in a point.
fn poles_fit(of: &Salient, side: &'static str) -> Option<Misfit> {
    let taper = of.taper;
    if taper.abs() > MOST_TAPER {
        return Some(misfit(
            "taper-out-of-range",
            &[side, "pole_taper_deg"],
            degrees(taper),
            format!(
                "between {} and {}",
                degrees(-MOST_TAPER),
                degrees(MOST_TAPER)
            ),
            "state the angle between a side of the pole and its middle line",
        ));
    }
    let pitch = of.pitch();
    if of.arc <= 0.0 || of.arc >= pitch {
        return Some(misfit(
            "pole-arc-out-of-range",
            &[side, "pole_arc_deg"],
            degrees(of.arc),
            format!(
                "more than zero and less than the pole pitch, {}",
                degrees(pitch)
            ),
            "narrow the pole, or use fewer poles",
        ));
    }
    let root = of.root_radius();
    let slot = of.slot_angle(root);
    if slot.is_none_or(|angle| angle <= 0.0) {
        return Some(misfit(
            "poles-overlap",
            &[side, "pole_arc_deg"],
            format!("poles of {} that meet above the yoke", degrees(of.arc)),
            format!("slots between the poles down to radius {}", mm(root)),
            "narrow the poles, lower their taper, or thicken the yoke",
        ));
    }
    let width = |radius| of.pole_half_width(radius).unwrap_or(0.0);
    (width(root) < 0.1 * width(of.gap_radius)).then(|| {
        misfit(
            "pole-ends-in-a-point",
            &[side, "pole_taper_deg"],
            format!("a pole {} wide at the yoke", mm(2.0 * width(root).max(0.0))),
            "at least a tenth of its width at the air gap".to_owned(),
            "lean the sides less, or make the pole lower",
        )
    })
}
