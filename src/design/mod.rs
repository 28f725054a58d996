//! The design file: one application and the machines that are meant to serve it.
//!
//! Keys carry their unit; inside, every number is SI (temperatures in degrees Celsius). What a file may
//! leave out is an `Option` and stays absent: nothing is filled in here. Every object may hold a
//! `$comment`, which nothing reads.

mod bounds;
mod candidate;
mod comment;
mod fit;
mod form;
mod load;
mod materials;
mod pathway;
mod remedy;
mod retention;
mod schema;
mod sense;
mod shaft;
mod shape;
mod suggest;
mod thermal;
mod turbine;
mod vehicle;
mod wound;

pub use crate::supply::Declaration as SupplyDeclaration;
pub use candidate::{
    Bar, Candidate, Conductor, Connection, Cooling, MaterialSupply, Mechanical, NoSettings,
    Segmentation, SteelChoice, Tolerances, VibrationGrade, Winding,
};
pub use pathway::{
    Coating, DataKind, DiffusionDeclaration, DimensionDeclaration, HcjTemperatureBasis,
    MagnetDeclaration, MagnetPathways, Magnetised, MeasurementMethod, Pathway,
};
pub use remedy::remedy_pointer;
pub use retention::{Bond, DiscRing, Retention, Sleeve};
pub use schema::design_schema;
pub use shaft::Shaft;
pub use thermal::{InsulationClass, Thermal};
pub use turbine::{OperatingPoint, Wind};
pub use vehicle::Vehicle;

pub(crate) use form::finding;
pub(crate) use load::read;
pub(crate) use schema::{Form, commented};

use crate::date::Date;
use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A design file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "dualcert design")]
pub struct Design {
    /// The schema of this file, for editors.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Version of the design format.
    #[schemars(extend("const" = "1.0"))]
    pub design_version: String,
    /// What the design is called.
    #[schemars(length(min = 1))]
    pub name: String,
    /// Date at which the declarations are meant to be judged, as year-month-day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub as_of: Option<String>,
    /// How many machines of it are built; left out where it belongs to no fleet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fleet: Option<Fleet>,
    /// What the machine is for.
    pub application: Application,
    /// The machines to be judged, at least one.
    #[schemars(length(min = 1))]
    pub candidates: Vec<Candidate>,
}

impl Design {
    /// The day at which the declarations are meant to be judged; nothing where none is stated. A file whose day
    /// is none is refused when it is read.
    pub fn day(&self) -> Option<Date> {
        self.as_of.as_ref()?.parse().ok()
    }
}

/// How many machines of a design are built, for the figures of a fleet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fleet {
    /// The candidate that is built.
    #[schemars(length(min = 1))]
    pub candidate: String,
    /// Machines a year.
    #[schemars(range(min = 1, max = 1_000_000_000))]
    pub machines_per_year_count: u64,
    /// Part of them whose magnets come on pathway B [-]; none if left out.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub pathway_b_share_ratio: f64,
}

/// What a machine is for: the block that is shown above every verdict and that a certification hub
/// may pin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// The sector whose standards judge the design, for example `ev_traction`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub sector: String,
    /// What the machine must do.
    pub requirement: Requirement,
    /// The temperatures it must do it at.
    pub environment: Environment,
    /// The vehicle that it drives, for the energy over a drive cycle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<Vehicle>,
    /// The wind and the turbine that drive it, for the energy over a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wind: Option<Wind>,
}

/// What the machine must do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Torque for a short time, up to base speed [N m].
    #[serde(rename = "peak_torque_n_m", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub peak_torque: f64,
    /// Torque for any time, at base speed [N m].
    #[serde(rename = "rated_torque_n_m", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub rated_torque: f64,
    /// Speed up to which the peak torque is required [rpm].
    #[serde(rename = "base_speed_rpm", with = "unit::rpm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub base_speed: f64,
    /// Highest speed in service [rpm].
    #[serde(rename = "max_speed_rpm", with = "unit::rpm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub max_speed: f64,
    /// Power required at the highest speed [kW].
    #[serde(rename = "max_speed_power_kw", with = "unit::kw")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub max_speed_power: f64,
    /// Voltage of the direct-current link [V].
    #[serde(rename = "dc_voltage_v", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub dc_voltage: f64,
    /// Highest phase current of the inverter, peak value [A].
    #[serde(rename = "max_phase_current_a", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub max_phase_current: f64,
    /// Blocking voltage of the inverter's semiconductors [V].
    #[serde(rename = "semiconductor_voltage_v", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub semiconductor_voltage: f64,
    /// Speed that the rotor must survive over the highest speed in service [-].
    #[serde(rename = "overspeed_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(min = 1.0))]
    pub overspeed: f64,
    /// Time under load from cold of which the record tells the most torque (duty S2); 30 min if left out [min].
    #[serde(
        rename = "short_time_min",
        with = "unit::minutes::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0, "maximum" = 1440))]
    pub short_time: Option<f64>,
}

/// The temperatures that the machine must work at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Temperature of the surrounding air [°C].
    #[serde(rename = "ambient_temperature_c", with = "unit::si")]
    #[schemars(with = "f64", range(min = -273.15))]
    pub ambient_temperature: f64,
    /// Temperature of the coolant at the inlet [°C].
    #[serde(rename = "coolant_temperature_c", with = "unit::si")]
    #[schemars(with = "f64", range(min = -273.15))]
    pub coolant_temperature: f64,
    /// Hottest temperature of the magnets in service [°C].
    #[serde(rename = "magnet_temperature_hot_c", with = "unit::si")]
    #[schemars(with = "f64", range(min = -273.15))]
    pub magnet_temperature_hot: f64,
    /// Coldest temperature of the magnets in service [°C].
    #[serde(rename = "magnet_temperature_cold_c", with = "unit::si")]
    #[schemars(with = "f64", range(min = -273.15))]
    pub magnet_temperature_cold: f64,
    /// Temperature of the winding at which copper loss is stated [°C].
    #[serde(rename = "winding_temperature_c", with = "unit::si")]
    #[schemars(with = "f64", range(min = -273.15))]
    pub winding_temperature: f64,
}

#[cfg(test)]
mod tests;
