//! What a design declares of its cooling, none of which follows from a drawing.

use super::Candidate;
use crate::topology::{Misfit, Topology};
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
    /// back of the core: to the coolant of a jacket or of a spray, or to the surrounding air; of a machine with axial flux over
    /// the face behind the yoke, of a stator between two rotors over the outer rim of its yoke. Left out where separate
    /// teeth have no back, and there only [W/(m² K)].
    #[serde(
        rename = "coolant_film_w_per_m2_k",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub coolant_film: Option<f64>,
    /// Contact between the core and a frame around it [W/(m² K)]; left out where the coolant wets the core.
    #[serde(
        rename = "core_contact_w_per_m2_k",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub core_contact: Option<f64>,
    /// Conductivity of the core across its sheets, only of a stator with axial flux between two rotors, whose yoke gives its
    /// heat to its outer rim; temperatures cannot be judged if left out there [W/(m K)].
    #[serde(
        rename = "core_conductivity_across_w_per_m_k",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub core_conductivity_across: Option<f64>,
    /// From the mean of the magnets to the iron behind them through glue, over their face, only of a machine with axial flux
    /// and such iron; temperatures cannot be judged if left out there [W/(m² K)].
    #[serde(
        rename = "magnet_contact_w_per_m2_k",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub magnet_contact: Option<f64>,
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

/// What of the cooling has no place in the machine, and a back of the core without a film.
pub(super) fn misfits(candidate: &Candidate) -> Vec<Misfit> {
    let Some(thermal) = &candidate.thermal else {
        return vec![];
    };
    let disc = match &candidate.topology {
        Topology::Axial(axial) => Some(axial.heated()),
        _ => None,
    };
    let no_back = disc.is_some_and(|disc| disc.yoke.is_none());
    let rim = disc.is_some_and(|disc| disc.yoke.is_some() && disc.backs == 0);
    let behind = disc.is_some_and(|disc| disc.iron_behind);
    const SEPARATE: &str =
        "separate teeth have no back of the core, and give their heat to coils and gaps";
    let mut found: Vec<Misfit> = [
        (
            "coolant_film_w_per_m2_k",
            thermal.coolant_film,
            !no_back,
            SEPARATE,
        ),
        (
            "core_contact_w_per_m2_k",
            thermal.core_contact,
            !no_back,
            SEPARATE,
        ),
        (
            "core_conductivity_across_w_per_m_k",
            thermal.core_conductivity_across,
            rim,
            "no heat of this machine leaves its yoke across the sheets",
        ),
        (
            "magnet_contact_w_per_m2_k",
            thermal.magnet_contact,
            behind,
            "no magnets lie on a disc of iron",
        ),
    ]
    .into_iter()
    .filter(|(_, stated, has_place, _)| stated.is_some() && !has_place)
    .map(|(key, .., why)| Misfit {
        code: "cooling-without-place",
        path: vec!["thermal", key],
        found: format!("`{key}` where {why}"),
        expected: format!("no `{key}`"),
        fix: "remove the key".to_owned(),
    })
    .collect();
    if !no_back && thermal.coolant_film.is_none() {
        found.push(Misfit {
            code: "core-back-without-film",
            path: vec!["thermal"],
            found: "no `coolant_film_w_per_m2_k`".to_owned(),
            expected: "the film between the back of the core and the coolant".to_owned(),
            fix: "state `coolant_film_w_per_m2_k`, or remove `thermal`".to_owned(),
        });
    }
    found
}
