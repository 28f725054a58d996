//! What of an interior magnet machine cannot be built.

use super::Ipm;
use crate::geometry::Point;
use crate::topology::Misfit;
use crate::topology::misfit::{mm, not_positive, odd_poles};

impl Ipm {
    /// What of the geometry cannot be built.
    pub fn fits(&self) -> Vec<Misfit> {
        let mut misfits = self.stator.at_bore().fits();
        self.rotor_lengths_fit(&mut misfits);
        if misfits.is_empty() {
            self.pocket_fits(&mut misfits);
        }
        misfits
    }

    fn rotor_lengths_fit(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let mut check = |value: f64, path: &[&'static str], zero: bool| {
            misfits.extend(not_positive(value, path, zero));
        };
        check(self.air_gap, &["air_gap_mm"], false);
        check(self.stack_length, &["stack_length_mm"], false);
        check(v.shaft_diameter, &["rotor", "shaft_diameter_mm"], false);
        check(v.bridge_thickness, &["rotor", "bridge_thickness_mm"], false);
        check(v.apex_depth, &["rotor", "apex_depth_mm"], false);
        check(
            v.interpolar_web_width,
            &["rotor", "interpolar_web_width_mm"],
            false,
        );
        check(v.centre_rib_width, &["rotor", "centre_rib_width_mm"], true);
        check(v.magnet_thickness, &["rotor", "magnet_thickness_mm"], false);
        check(v.magnet_width, &["rotor", "magnet_width_mm"], false);
        check(v.magnet_seat_step, &["rotor", "magnet_seat_step_mm"], true);
        check(v.pocket_clearance, &["rotor", "pocket_clearance_mm"], true);
        check(v.magnet_offset, &["rotor", "magnet_offset_mm"], true);
        misfits.extend(odd_poles(v.pole_count));
        if v.magnet_seat_step >= v.magnet_thickness {
            misfits.push(Misfit {
                code: "seat-deeper-than-magnet",
                path: vec!["rotor", "magnet_seat_step_mm"],
                found: mm(v.magnet_seat_step),
                expected: format!("less than the magnet thickness, {}", mm(v.magnet_thickness)),
                fix: "lower the seat".into(),
            });
        }
        if self.rotor_radius() <= v.shaft_diameter / 2.0 {
            misfits.push(Misfit {
                code: "no-rotor",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(v.shaft_diameter),
                expected: format!(
                    "less than the rotor diameter, {}",
                    mm(2.0 * self.rotor_radius())
                ),
                fix: "check shaft and bore diameter and the air gap".into(),
            });
        }
    }

    /// Whether a pocket of sound dimensions stays inside its pole and holds its magnet.
    fn pocket_fits(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let Some(p) = self.pocket() else {
            misfits.push(Misfit {
                code: "no-pocket",
                path: vec!["rotor", "opening"],
                found: "an opening that gives no pocket at this apex depth and web width".into(),
                expected: "outer corners on the bridge radius, within the pole".into(),
                fix: "check outer span (or angle), apex depth, bridge and web width".into(),
            });
            return;
        };
        let tilt = self.pocket_tilt().unwrap_or(-1.0);
        if !(0.0..1.4).contains(&tilt) {
            misfits.push(Misfit {
                code: "pocket-opens-inward",
                path: vec!["rotor", "apex_depth_mm"],
                found: format!(
                    "an apex depth of {}, which tilts the pocket by {:.1}°",
                    mm(v.apex_depth),
                    tilt.to_degrees()
                ),
                expected: "an apex at least as deep as the outer corners, and a tilt below 80°"
                    .into(),
                fix: "deepen the apex or narrow the outer span".into(),
            });
            return;
        }
        let [near, far, low_far, low_near] = p.magnet;
        let room = near.distance(p.outer_corner);
        if far.radius() > self.bridge_radius() * (1.0 + 1e-9) {
            misfits.push(Misfit {
                code: "magnet-leaves-pole",
                path: vec!["rotor", "magnet_width_mm"],
                found: mm(v.magnet_width),
                expected: format!("at most {} up to the bridge", mm(room)),
                fix: "narrow the magnet, open the V wider or thin the bridge".into(),
            });
        }
        let half_pole = std::f64::consts::PI / v.pole_count as f64;
        let wall = |q: Point| q.radius() * (half_pole - q.angle()).sin();
        for (q, what) in [(far, "outer"), (low_far, "inner")] {
            if wall(q) < v.interpolar_web_width / 2.0 - 1e-9 {
                misfits.push(Misfit {
                    code: "magnet-leaves-pole",
                    path: vec!["rotor", "magnet_width_mm"],
                    found: format!(
                        "{}; its {what} corner is {} from the middle between the poles",
                        mm(v.magnet_width),
                        mm(wall(q))
                    ),
                    expected: format!(
                        "at least half the web, {}",
                        mm(v.interpolar_web_width / 2.0)
                    ),
                    fix: "narrow the magnet, the web or the V".into(),
                });
                break;
            }
        }
        if p.outer_corner.angle() >= p.wall_outer.angle() + 1e-9 {
            misfits.push(Misfit {
                code: "pocket-overlaps-web",
                path: vec!["rotor", "interpolar_web_width_mm"],
                found: mm(v.interpolar_web_width),
                expected: format!(
                    "at most {} beside the outer corner",
                    mm(2.0 * wall(p.outer_corner))
                ),
                fix: "narrow the web or the outer span".into(),
            });
        }
        if low_near.y < v.centre_rib_width / 2.0 - 1e-9 {
            misfits.push(Misfit {
                code: "magnets-overlap",
                path: vec!["rotor", "magnet_offset_mm"],
                found: mm(v.magnet_offset),
                expected: "magnets that stay on their side of the pole axis".into(),
                fix: "move the magnet away from the apex".into(),
            });
        }
        let deepest = low_far
            .radius()
            .min(low_near.radius())
            .min(p.inner_apex.radius());
        if deepest <= v.shaft_diameter / 2.0 {
            misfits.push(Misfit {
                code: "pocket-meets-shaft",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(v.shaft_diameter),
                expected: format!("less than {} across the pockets", mm(2.0 * deepest)),
                fix: "reduce the shaft, the apex depth or the magnet thickness".into(),
            });
        }
        if p.wall_inner.radius() >= p.wall_outer.radius() {
            misfits.push(Misfit {
                code: "no-pocket",
                path: vec!["rotor", "opening"],
                found: "a pocket whose inner edge lies outside its outer edge at the web".into(),
                expected: "an inner edge nearer to the shaft".into(),
                fix: "flatten the V, or widen the web".into(),
            });
        }
    }
}
