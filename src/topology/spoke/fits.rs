//! What of a spoke machine cannot be built.

use super::Spoke;
use crate::topology::Misfit;
use crate::topology::misfit::{mm, not_positive, odd_poles};

impl Spoke {
    /// What of the geometry cannot be built.
    pub fn fits(&self) -> Vec<Misfit> {
        let mut misfits = self.stator.at_bore().fits();
        self.lengths_fit(&mut misfits);
        if misfits.is_empty() {
            self.pocket_fits(&mut misfits);
        }
        misfits
    }

    fn lengths_fit(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let may_be_zero = [
            (v.outer_slot_width, "outer_slot_width_mm"),
            (v.pocket_clearance, "pocket_clearance_mm"),
            (v.inner_barrier_depth, "inner_barrier_depth_mm"),
        ];
        let mut positive = vec![
            (v.shaft_diameter, "shaft_diameter_mm"),
            (v.bridge_thickness, "bridge_thickness_mm"),
            (v.magnet_thickness, "magnet_thickness_mm"),
            (v.magnet_width, "magnet_width_mm"),
        ];
        if let Some(hub) = v.hub_diameter {
            positive.push((hub, "non_magnetic_hub_diameter_mm"));
        }
        let of_rotor = |key| vec!["rotor", key];
        let lengths = [
            (self.air_gap, vec!["air_gap_mm"], false),
            (self.stack_length, vec!["stack_length_mm"], false),
        ]
        .into_iter()
        .chain(positive.into_iter().map(|(x, k)| (x, of_rotor(k), false)))
        .chain(may_be_zero.into_iter().map(|(x, k)| (x, of_rotor(k), true)));
        for (value, path, zero) in lengths {
            misfits.extend(not_positive(value, &path, zero));
        }
        misfits.extend(odd_poles(v.pole_count));
        if v.hub_diameter.is_some_and(|hub| hub <= v.shaft_diameter) {
            misfits.push(Misfit {
                code: "hub-inside-shaft",
                path: vec!["rotor", "non_magnetic_hub_diameter_mm"],
                found: mm(v.hub_diameter.unwrap_or(0.0)),
                expected: format!("more than the shaft diameter, {}", mm(v.shaft_diameter)),
                fix: "widen the hub, or leave it out where the lamination reaches the shaft".into(),
            });
        }
        if self.rotor_radius() <= self.lamination_inner_radius() {
            misfits.push(Misfit {
                code: "no-rotor",
                path: vec!["rotor", "shaft_diameter_mm"],
                found: mm(2.0 * self.lamination_inner_radius()),
                expected: format!(
                    "less than the rotor diameter, {}",
                    mm(2.0 * self.rotor_radius())
                ),
                fix: "check shaft, hub and bore diameter and the air gap".into(),
            });
        }
    }

    /// Whether magnets of sound dimensions find room between shaft and surface, and between each other.
    fn pocket_fits(&self, misfits: &mut Vec<Misfit>) {
        let v = &self.rotor;
        let p = self.pocket();
        let radius = self.rotor_radius();
        let sagitta = radius - (radius * radius - p.half * p.half).max(0.0).sqrt();
        if p.half >= radius || v.bridge_thickness <= sagitta {
            misfits.push(Misfit {
                code: "magnet-leaves-rotor",
                path: vec!["rotor", "bridge_thickness_mm"],
                found: mm(v.bridge_thickness),
                expected: format!(
                    "more than {}, so that the corners of the pocket stay below the surface",
                    mm(sagitta)
                ),
                fix: "thicken the bridge or make the magnet thinner".into(),
            });
            return;
        }
        let inner = self.lamination_inner_radius();
        // A barrier may open towards a hub that carries the poles, a magnet may not reach into it.
        let (deepest, what) = match v.hub_diameter {
            Some(_) => (p.magnet_inner, "hub"),
            None => (p.inner, "shaft"),
        };
        if deepest <= inner {
            misfits.push(Misfit {
                code: "pocket-meets-shaft",
                path: vec!["rotor", "magnet_width_mm"],
                found: mm(v.magnet_width),
                expected: format!(
                    "less than {}, down to the {what}",
                    mm(v.magnet_width + deepest - inner)
                ),
                fix: "shorten the magnet or the barrier below it, or thin the shaft".into(),
            });
            return;
        }
        let root = self.place(p.inner.max(0.0), -p.half);
        let at_hub = (inner * inner - p.half * p.half).max(0.0).sqrt();
        let root = if p.inner < at_hub {
            self.place(at_hub, -p.half)
        } else {
            root
        };
        if root.y <= 0.0 {
            misfits.push(Misfit {
                code: "magnets-overlap",
                path: vec!["rotor", "magnet_thickness_mm"],
                found: mm(v.magnet_thickness),
                expected: format!(
                    "less than the room between neighbouring pockets, {}",
                    mm(v.magnet_thickness + 2.0 * root.y / self.half_pole().cos())
                ),
                fix: "make the magnets thinner or shorter, or use fewer poles".into(),
            });
        }
        if v.outer_slot_width > 2.0 * p.half {
            misfits.push(Misfit {
                code: "outer-slot-wider-than-magnet",
                path: vec!["rotor", "outer_slot_width_mm"],
                found: mm(v.outer_slot_width),
                expected: format!("at most the width of the pocket, {}", mm(2.0 * p.half)),
                fix: "narrow the slot above the magnet".into(),
            });
        }
    }
}
