//! The shaft of a rotor, for its first critical speed.

use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A round shaft with the rotor in the middle between its two bearings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shaft {
    /// Diameter, the least of it between the bearings [mm].
    #[serde(rename = "diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub diameter: f64,
    /// From the middle of one bearing to that of the other [mm].
    #[serde(rename = "bearing_span_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub span: f64,
    /// Stiffness of one bearing across the shaft, with what it sits in [N/m].
    #[serde(rename = "bearing_stiffness_n_per_m", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub bearing: f64,
    /// Modulus of elasticity [MPa].
    #[serde(rename = "modulus_mpa", with = "unit::mpa")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub modulus: f64,
    /// Density [kg/m³].
    #[serde(rename = "density_kg_per_m3", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub density: f64,
    /// Mass of what else turns with the rotor between the bearings, as end plates, a sleeve or a hub [kg]; none if left
    /// out.
    #[serde(
        rename = "other_mass_kg",
        with = "unit::si",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64", range(min = 0.0))]
    pub other_mass: f64,
}
