//! What a design declares of its cooling, none of which follows from a drawing.

use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Insulation, films and conductivities. Without them no temperature is computed, and nothing is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Thermal {
    /// Thermal class of the winding's insulation, after IEC 60085.
    pub insulation_class: InsulationClass,
    /// Conductivity of the core in the plane of its sheets [W/(m K)].
    #[serde(rename = "core_conductivity_w_per_m_k", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub core_conductivity: f64,
    /// Conductivity of what fills the slot between the conductors, varnish or resin with its air [W/(m K)].
    #[serde(rename = "impregnation_conductivity_w_per_m_k", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub impregnation_conductivity: f64,
    /// Thickness of the slot liner with the air beside it [mm].
    #[serde(rename = "slot_liner_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub liner_thickness: f64,
    /// Conductivity of the slot liner with the air beside it [W/(m K)].
    #[serde(rename = "slot_liner_conductivity_w_per_m_k", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub liner_conductivity: f64,
    /// Film coefficient from the back of the core, or of the frame around it, to the coolant, over the area of the
    /// back of the core: to the coolant of a jacket or of a spray, or to the surrounding air [W/(m² K)].
    #[serde(rename = "coolant_film_w_per_m2_k", with = "unit::si")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub coolant_film: f64,
    /// Contact between the core and a frame around it [W/(m² K)]; left out where the coolant wets the core.
    #[serde(
        rename = "core_contact_w_per_m2_k",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub core_contact: Option<f64>,
    /// Conductance from the mean temperature of both end windings to the coolant, as by oil that is sprayed on them;
    /// 0 where they give heat to the slots only [W/K].
    #[serde(rename = "end_winding_conductance_w_per_k", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub end_winding_conductance: f64,
    /// Conductance from the rotor to the coolant beside the air gap, as by oil on its ends or through its shaft; 0 where
    /// it gives heat to the air gap only [W/K].
    #[serde(rename = "rotor_conductance_w_per_k", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub rotor_conductance: f64,
}

/// Thermal class of insulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum InsulationClass {
    /// A.
    #[serde(rename = "105")]
    C105,
    /// E.
    #[serde(rename = "120")]
    C120,
    /// B.
    #[serde(rename = "130")]
    C130,
    /// F.
    #[serde(rename = "155")]
    C155,
    /// H.
    #[serde(rename = "180")]
    C180,
    /// N.
    #[serde(rename = "200")]
    C200,
    /// R.
    #[serde(rename = "220")]
    C220,
    /// Above R.
    #[serde(rename = "250")]
    C250,
}

impl InsulationClass {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            InsulationClass::C105 => "105",
            InsulationClass::C120 => "120",
            InsulationClass::C130 => "130",
            InsulationClass::C155 => "155",
            InsulationClass::C180 => "180",
            InsulationClass::C200 => "200",
            InsulationClass::C220 => "220",
            InsulationClass::C250 => "250",
        }
    }
}
