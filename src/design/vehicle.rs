//! The vehicle that a traction machine drives.

use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The vehicle and the gear between its wheels and the machine, for the energy over a drive cycle. One machine drives
/// it through one fixed gear.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vehicle {
    /// Mass with its load [kg].
    #[serde(rename = "mass_kg", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub mass: f64,
    /// What turning wheels and rotor add to the inertia, over the mass [-].
    #[serde(rename = "rotating_mass_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.0, max = 1.0))]
    pub rotating_mass: f64,
    /// Drag coefficient times frontal area [m²].
    #[serde(rename = "drag_area_m2", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub drag_area: f64,
    /// Rolling resistance over weight [-].
    #[serde(rename = "rolling_resistance_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.0, max = 1.0))]
    pub rolling_resistance: f64,
    /// Rolling radius of the driven wheels [mm].
    #[serde(rename = "wheel_radius_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub wheel_radius: f64,
    /// Turns of the machine over turns of the wheels [-].
    #[serde(rename = "gear_ratio", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub gear: f64,
    /// Power that the gear passes on over power that it takes, both ways [-].
    #[serde(rename = "gear_efficiency_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub gear_efficiency: f64,
}

/// Acceleration of gravity [m/s²], by convention.
const GRAVITY: f64 = 9.806_65;
/// Density of air at 20 °C and 101325 Pa [kg/m³].
const AIR: f64 = 1.204;

impl Vehicle {
    /// Force at the wheels [N] on a level road at a speed [m/s] and an acceleration [m/s²]:
    /// F = m g c_r + ρ/2 c_d A v² + m (1 + λ) a (M. Mitschke, H. Wallentowitz, "Dynamik der Kraftfahrzeuge", 5th ed.,
    /// Springer 2014, part on driving resistances). A vehicle that stands needs none.
    pub fn force(&self, speed: f64, acceleration: f64) -> f64 {
        if speed <= 0.0 {
            return 0.0;
        }
        self.resistance(speed) + self.mass * (1.0 + self.rotating_mass) * acceleration
    }

    /// The part of the force that rolling and air take [N].
    pub fn resistance(&self, speed: f64) -> f64 {
        self.mass * GRAVITY * self.rolling_resistance + 0.5 * AIR * self.drag_area * speed * speed
    }

    /// Speed of the machine [rad/s] at a speed of the vehicle [m/s].
    pub fn machine_speed(&self, speed: f64) -> f64 {
        speed / self.wheel_radius * self.gear
    }

    /// Torque of the shaft [N m] that a force at the wheels [N] takes or, negative, gives; the gear takes its part.
    pub fn shaft_torque(&self, force: f64) -> f64 {
        let torque = force * self.wheel_radius / self.gear;
        if torque > 0.0 {
            torque / self.gear_efficiency
        } else {
            torque * self.gear_efficiency
        }
    }
}
