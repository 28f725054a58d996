//! Interior permanent-magnet machine: one V-shaped (or flat) magnet pocket a pole, inner rotor.

mod body;
mod fits;
mod pocket;
mod rotor;
mod solid;

use super::Bill;
use super::stator::Stator;
use crate::geometry::Point;
use crate::unit;
pub use rotor::{AsDrawn, Channel, PocketEnd, PocketStart, SquareEnd, VOpening, VRotor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Interior permanent-magnet machine. All lengths in metres inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ipm {
    /// Radial air gap [mm].
    #[serde(rename = "air_gap_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub air_gap: f64,
    /// Length of the lamination stack [mm].
    #[serde(rename = "stack_length_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub stack_length: f64,
    /// The stator lamination.
    pub stator: Stator,
    /// The rotor lamination.
    pub rotor: VRotor,
}

/// Index of the rotor steel among the steels of a machine.
pub const ROTOR_STEEL: usize = 1;

impl Ipm {
    /// Rotor outer radius [m].
    pub fn rotor_radius(&self) -> f64 {
        self.stator.bore_diameter / 2.0 - self.air_gap
    }

    /// Magnet cross-section of a pole [m²].
    pub fn magnet_area_per_pole(&self) -> f64 {
        2.0 * self.rotor.magnet_width * self.rotor.magnet_thickness
    }

    /// Iron between the pocket and the gap [m]: more than stated where the pocket has a width of its own.
    fn bridge_in_drawing(&self) -> f64 {
        match (self.rotor.pocket_width(), self.pocket()) {
            (Some(_), Some(p)) => self.rotor_radius() - p.outer_corner.radius(),
            _ => self.rotor.bridge_thickness,
        }
    }

    /// Counts, lengths and areas.
    pub fn bill(&self) -> Bill {
        Bill {
            slots: self.stator.slot_count,
            poles: self.rotor.pole_count,
            air_gap: self.air_gap,
            pole_pitch: std::f64::consts::TAU * self.rotor_radius() / self.rotor.pole_count as f64,
            magnet_thickness: self.rotor.magnet_thickness,
            pocket_clearance: Some(self.rotor.pocket_clearance),
            bridge: Some(self.bridge_in_drawing()),
            stack_length: self.stack_length,
            magnet_area: self.magnet_area_per_pole() * self.rotor.pole_count as f64,
            stator_iron_area: self.stator.at_bore().iron_area(),
            rotor_iron_area: self.rotor_iron_area(),
            slot_area: self.stator.at_bore().slot_area(),
            coil_radius: self.stator.at_bore().coil_radius(),
            windings: 1,
            disc: None,
        }
    }

    /// Distance [m] of a place in the rotor, by radius [m] and angle from the pole axis [rad], from the
    /// nearest face of its magnet; zero outside the magnets.
    pub fn magnet_depth(&self, rho: f64, phi: f64) -> f64 {
        let Some(p) = self.pocket() else { return 0.0 };
        let (along, depth) = p.measure(Point::polar(rho, phi.abs()));
        let v = &self.rotor;
        let ends = |(k, (from, to)): (usize, (f64, f64))| {
            // The end of half a piece on the pole axis is no face.
            let whole = k > 0 || v.magnet_pieces_per_pole.is_multiple_of(2);
            let near = if whole { along - from } else { f64::INFINITY };
            near.min(to - along)
        };
        let pieces = v.pieces().into_iter().enumerate().map(ends);
        pieces
            .fold(f64::NEG_INFINITY, f64::max)
            .min(depth)
            .min(v.magnet_thickness - depth)
            .max(0.0)
    }

    /// The same machine with its bridges changed by a length [m]. A pocket with a width of its own moves
    /// towards the shaft, since its corner is not on the bridge radius.
    #[must_use]
    pub fn with_bridge_changed(&self, by: f64) -> Self {
        let mut changed = self.clone();
        changed.rotor.bridge_thickness += by;
        if changed.rotor.pocket_width().is_some() {
            changed.rotor.apex_depth += by;
        }
        changed
    }

    /// Iron area of the whole rotor lamination [m²].
    pub fn rotor_iron_area(&self) -> f64 {
        let (outer, shaft) = (self.rotor_radius(), self.rotor.shaft_diameter / 2.0);
        let ring = std::f64::consts::PI * (outer * outer - shaft * shaft);
        let v = &self.rotor;
        let pocket = self
            .pocket()
            .map_or(0.0, |p| self.pocket_outline(&p).area());
        let ribs = (v.magnet_reach() - v.magnet_width) * (v.magnet_thickness + v.pocket_clearance);
        ring - 2.0 * v.pole_count as f64 * (pocket - ribs)
    }
}
