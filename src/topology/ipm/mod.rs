//! Interior permanent-magnet machine: one V-shaped (or flat) magnet pocket a pole, inner rotor.

mod body;
mod fits;
mod pocket;

use super::Bill;
use super::stator::Stator;
use crate::geometry::Point;
use crate::unit;
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

/// Rotor with one pair of magnets in a V a pole. The pocket of a half pole runs from the outer corner
/// on the bridge radius to the apex at the pole axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VRotor {
    /// Number of poles, even.
    pub pole_count: usize,
    /// Diameter of the shaft hole [mm].
    #[serde(rename = "shaft_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub shaft_diameter: f64,
    /// Thickness of the iron between pocket and air gap [mm].
    #[serde(rename = "bridge_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bridge_thickness: f64,
    /// Depth of the pocket's outer edge below the rotor surface at the pole axis [mm].
    #[serde(rename = "apex_depth_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub apex_depth: f64,
    /// How wide the V opens.
    pub opening: VOpening,
    /// Width of the iron web between the pockets of neighbouring poles [mm].
    #[serde(rename = "interpolar_web_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub interpolar_web_width: f64,
    /// Width of the iron rib between the two pockets of a pole, 0 for none [mm].
    #[serde(rename = "centre_rib_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub centre_rib_width: f64,
    /// Magnet thickness, along the magnetisation [mm].
    #[serde(rename = "magnet_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_thickness: f64,
    /// Magnet width, across the magnetisation, one of the two magnets of a pole [mm].
    #[serde(rename = "magnet_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_width: f64,
    /// Height of the step at the pocket's inner edge that seats the magnet [mm]; the pocket beside the
    /// magnet is thinner than the magnet by this.
    #[serde(rename = "magnet_seat_step_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_seat_step: f64,
    /// Clearance between magnet and pocket wall along the magnetisation, both sides together [mm]; none
    /// if left out. It is air in the magnet's circuit.
    #[serde(
        rename = "pocket_clearance_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64")]
    pub pocket_clearance: f64,
    /// Distance of the magnet from the apex (or the rib) along the pocket's outer edge [mm].
    #[serde(rename = "magnet_offset_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_offset: f64,
}

/// How the opening of the V is stated; one follows from the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum VOpening {
    /// Distance of the two outer corners of the pockets of a pole, as a chord on the bridge radius [mm].
    #[serde(rename = "outer_span_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    OuterSpan(f64),
    /// Angle between the two magnets of a pole [°]; 180 is flat.
    #[serde(rename = "v_angle_deg", with = "unit::deg")]
    #[schemars(with = "f64")]
    VAngle(f64),
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

    /// Counts, lengths and areas.
    pub fn bill(&self) -> Bill {
        Bill {
            slots: self.stator.slot_count,
            poles: self.rotor.pole_count,
            air_gap: self.air_gap,
            pole_pitch: std::f64::consts::TAU * self.rotor_radius() / self.rotor.pole_count as f64,
            magnet_thickness: self.rotor.magnet_thickness,
            pocket_clearance: Some(self.rotor.pocket_clearance),
            bridge: Some(self.rotor.bridge_thickness),
            stack_length: self.stack_length,
            magnet_area: self.magnet_area_per_pole() * self.rotor.pole_count as f64,
            stator_iron_area: self.stator.at_bore().iron_area(),
            rotor_iron_area: self.rotor_iron_area(),
            slot_area: self.stator.at_bore().slot_area(),
            coil_radius: self.stator.at_bore().coil_radius(),
        }
    }

    /// Distance [m] of a place in the rotor, by radius [m] and angle from the pole axis [rad], from the
    /// nearest face of its magnet; zero outside the magnets.
    pub fn magnet_depth(&self, rho: f64, phi: f64) -> f64 {
        let Some(p) = self.pocket() else { return 0.0 };
        let at = Point::polar(rho, phi.abs());
        let along = Point::new(p.inward.y, -p.inward.x);
        let d = at - p.magnet[0];
        let across = d.x * p.inward.x + d.y * p.inward.y;
        let lengthways = d.x * along.x + d.y * along.y;
        let v = &self.rotor;
        across
            .min(v.magnet_thickness - across)
            .min(lengthways)
            .min(v.magnet_width - lengthways)
            .max(0.0)
    }

    /// Iron area of the whole rotor lamination [m²].
    pub fn rotor_iron_area(&self) -> f64 {
        let (outer, shaft) = (self.rotor_radius(), self.rotor.shaft_diameter / 2.0);
        let ring = std::f64::consts::PI * (outer * outer - shaft * shaft);
        let pocket = self
            .pocket()
            .map_or(0.0, |p| self.pocket_outline(&p).area());
        ring - 2.0 * self.rotor.pole_count as f64 * pocket
    }
}
