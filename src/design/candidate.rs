//! One machine of a design file.

use super::pathway::MagnetPathways;
use crate::topology::{Bill, Topology};
use crate::unit;
use crate::winding::{self, Layout, WindingError, WindingScheme};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One machine with everything that is needed to judge it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Name of the candidate, unique in the file.
    #[schemars(regex(pattern = r"^[a-z0-9][a-z0-9._-]{0,63}$"))]
    pub id: String,
    /// What distinguishes it, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Machine type and geometry.
    pub topology: Topology,
    /// The stator winding.
    pub winding: Winding,
    /// Steel of the stator lamination.
    pub stator_steel: SteelChoice,
    /// Steel of the rotor lamination.
    pub rotor_steel: SteelChoice,
    /// How heat is carried away.
    pub cooling: Cooling,
    /// Tolerances of manufacture, from which the input part of every uncertainty is computed; none
    /// given means that this part is zero, and a record says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerances: Option<Tolerances>,
    /// Magnet grades and their supply; left out for a machine without magnets.
    #[serde(default, skip_serializing_if = "MagnetPathways::is_empty")]
    pub magnet_pathways: MagnetPathways,
}

impl Candidate {
    /// Whether the machine type has magnets; one that has and declares no pathway is not certifiable.
    pub fn has_magnets(&self) -> bool {
        match &self.topology {
            Topology::Ipm(_) | Topology::Spm(_) | Topology::Inset(_) | Topology::Spoke(_) => true,
        }
    }

    /// Where the coil sides lie.
    ///
    /// # Errors
    /// When the winding is not balanced on these slots and poles.
    pub fn layout(&self) -> Result<Layout, WindingError> {
        let Bill { slots, poles, .. } = self.topology.bill();
        winding::layout(WindingScheme {
            slots,
            poles,
            layers: self.winding.layers,
            coil_pitch: self.winding.coil_pitch_slots,
            turns_per_coil: self.winding.turns_per_coil as f64,
            parallel_paths: self.winding.parallel_paths,
        })
    }
}

/// The stator winding, three-phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Winding {
    /// Turns of one coil.
    #[schemars(range(min = 1))]
    pub turns_per_coil: usize,
    /// Coil sides in a slot: 1 or 2.
    #[schemars(range(min = 1, max = 2))]
    pub layers: usize,
    /// Distance between the two sides of a coil, in slots.
    #[schemars(range(min = 1))]
    pub coil_pitch_slots: usize,
    /// Parallel paths of a phase.
    #[schemars(range(min = 1))]
    pub parallel_paths: usize,
    /// How the phases are joined.
    pub connection: Connection,
    /// The conductor of a turn.
    pub conductor: Conductor,
    /// Mean length of one end turn on one side [mm]; estimated from the coil pitch if left out, and a
    /// record says so.
    #[serde(
        rename = "end_winding_length_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub end_winding_length: Option<f64>,
}

/// How the phases are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Star point.
    Star,
    /// Triangle.
    Delta,
}

/// The conductor of a turn: round strands in parallel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conductor {
    /// Name in the library of conductors, for example `copper`.
    #[schemars(length(min = 1))]
    pub material: String,
    /// Strands in parallel in one turn.
    #[schemars(range(min = 1))]
    pub strands: usize,
    /// Diameter of the bare strand [mm].
    #[serde(rename = "strand_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub strand_diameter: f64,
}

/// A lamination steel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SteelChoice {
    /// Grade in the library of steels, for example `M19_29G`.
    #[schemars(length(min = 1))]
    pub grade: String,
    /// Share of iron in the length of the stack [-].
    #[serde(rename = "stacking_factor_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub stacking_factor: f64,
}

/// How heat is carried away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Cooling {
    /// Coolant in a jacket around the stator.
    WaterJacket(NoSettings),
    /// Oil on the end windings and the rotor.
    OilSpray(NoSettings),
    /// Air over the frame.
    Air(NoSettings),
}

impl Cooling {
    /// The tag of the design file, which is also the `cooling` field of a record.
    pub fn name(&self) -> &'static str {
        match self {
            Cooling::WaterJacket(_) => "water_jacket",
            Cooling::OilSpray(_) => "oil_spray",
            Cooling::Air(_) => "air",
        }
    }
}

/// An object without keys: the place where settings go once something reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoSettings {}

/// Expanded tolerances of manufacture (k = 2), each to both sides of the value of the design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tolerances {
    /// Of the remanence, as a share of it [-].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub remanence_ratio: Option<f64>,
    /// Of the air gap [mm].
    #[serde(
        rename = "air_gap_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", range(min = 0.0))]
    pub air_gap: Option<f64>,
    /// Of the bridge between magnet pocket and air gap [mm].
    #[serde(
        rename = "bridge_thickness_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", range(min = 0.0))]
    pub bridge_thickness: Option<f64>,
}
