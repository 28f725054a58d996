//! One machine of a design file.

use super::pathway::MagnetPathways;
use super::pathway::names;
use super::retention::Retention;
use super::shaft::Shaft;
use super::thermal::Thermal;
use crate::supply::Refining;
use crate::topology::srm::Srm;
use crate::topology::{Bill, Topology};
use crate::unit;
use crate::winding::pole::{self, PoleError, PoleLayout, PoleScheme};
use crate::winding::{self, Layout, WindingError, WindingScheme, table};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

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
    /// Where the dimensions come from, such as a drawing with its revision; certificates state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geometry_source: Option<String>,
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
    /// Insulation, films and conductivities; temperatures cannot be judged if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thermal: Option<Thermal>,
    /// Pieces into which the magnets are cut against eddy currents; whole if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub magnet_segmentation: Option<Segmentation>,
    /// What turns with friction; losses by friction and efficiencies cannot be judged if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanical: Option<Mechanical>,
    /// What holds magnets on the outside of an inner rotor, glue or a sleeve, or on a disc, glue or a ring with glue; whether
    /// they stay there at overspeed cannot be judged if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// Tolerances of manufacture, from which the input part of every uncertainty is computed; none
    /// given means that this part is zero, and a record says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerances: Option<Tolerances>,
    /// Where conductor and laminations come from, which every pathway shares; undeclared if left out.
    #[serde(default, skip_serializing_if = "MaterialSupply::is_empty")]
    pub material_supply: MaterialSupply,
    /// Magnet grades and their supply; left out for a machine without magnets.
    #[serde(default, skip_serializing_if = "MagnetPathways::is_empty")]
    pub magnet_pathways: MagnetPathways,
}

/// Sources of the materials of the machine itself. Another magnet supplier does not change them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaterialSupply {
    /// Copper of the winding; `metal_and_alloy` is the wire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copper: Option<Refining>,
    /// Electrical steel of stator and rotor; `separation` is the iron or steel, `metal_and_alloy` the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub electrical_steel: Option<Refining>,
}

impl MaterialSupply {
    /// Whether nothing is declared.
    pub fn is_empty(&self) -> bool {
        self.copper.is_none() && self.electrical_steel.is_none()
    }
}

impl Candidate {
    /// Whether the machine type has magnets; one that has and declares no pathway is not certifiable.
    pub fn has_magnets(&self) -> bool {
        match &self.topology {
            Topology::Ipm(_)
            | Topology::Spm(_)
            | Topology::Inset(_)
            | Topology::Spoke(_)
            | Topology::Axial(_) => true,
            Topology::Srm(_) => false,
        }
    }

    /// Where the coil sides lie.
    ///
    /// # Errors
    /// When the winding is not balanced on these slots and poles.
    pub fn layout(&self) -> Result<Layout, WindingError> {
        self.winding.on(&self.topology)
    }
}

/// The stator winding: one three-phase set or several.
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
    /// Three-phase sets, each with a star point (or triangle) and an inverter of its own, which gives it
    /// the same currents in its own frame; 1 if left out. Two sets make six phases. By the star of slots
    /// their axes lie 60 electrical degrees over the number of sets apart.
    #[serde(default = "one_set", skip_serializing_if = "is_one_set")]
    #[schemars(range(min = 1, max = 8))]
    pub phase_sets: usize,
    /// Coil sides slot by slot instead of the star of slots: one string a slot, as `A+ C-`, in the order
    /// of the layers; the first set is A, B, C, the second D, E, F, and so on; `+` is out of the drawing,
    /// `-` alone an empty place, an empty string an empty slot. The coil pitch then only says how long
    /// the end turns are, at least what the sides need, and at one slot that the sides of a slot lie
    /// beside each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot_table: Option<Vec<String>>,
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
    /// Peak voltage between two terminals that the insulation is qualified to bear in steps, as a converter makes them,
    /// for as long as the machine lasts [V]; whether it suits a converter cannot be judged if left out.
    #[serde(
        rename = "insulation_impulse_voltage_v",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub insulation_impulse_voltage: Option<f64>,
}

fn one_set() -> usize {
    1
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde asks for"
)]
fn is_one_set(sets: &usize) -> bool {
    *sets == 1
}

impl Winding {
    /// The winding on a number of slots and poles.
    pub fn scheme(&self, slots: usize, poles: usize) -> WindingScheme {
        WindingScheme {
            slots,
            poles,
            layers: self.layers,
            coil_pitch: self.coil_pitch_slots,
            turns_per_coil: self.turns_per_coil as f64,
            parallel_paths: self.parallel_paths,
            phase_sets: self.phase_sets,
        }
    }

    /// Where the coil sides lie on a machine.
    ///
    /// # Errors
    /// When the winding is not balanced on its slots and poles, or when its phases are fed one by one.
    pub fn on(&self, topology: &Topology) -> Result<Layout, WindingError> {
        if self.connection == Connection::Independent || matches!(topology, Topology::Srm(_)) {
            return Err(WindingError::Independent);
        }
        let Bill { slots, poles, .. } = topology.bill();
        self.layout(slots, poles)
    }

    /// Where the coils lie around the stator poles of a machine whose phases are fed one by one.
    ///
    /// # Errors
    /// When the coils do not lie around single poles, or the numbers of poles make no phases.
    pub fn on_poles(&self, srm: &Srm) -> Result<PoleLayout, PoleError> {
        if self.connection != Connection::Independent {
            return Err(PoleError::Joined);
        }
        if (self.layers, self.coil_pitch_slots) != (2, 1) {
            return Err(PoleError::NotAroundPoles {
                layers: self.layers,
                pitch: self.coil_pitch_slots,
            });
        }
        if self.phase_sets != 1 {
            return Err(PoleError::Sets(self.phase_sets));
        }
        if self.slot_table.is_some() {
            return Err(PoleError::Table);
        }
        pole::layout(PoleScheme {
            stator_poles: srm.stator.pole_count,
            rotor_poles: srm.rotor.pole_count,
            turns_per_coil: self.turns_per_coil as f64,
            parallel_paths: self.parallel_paths,
        })
    }

    /// Where the coil sides lie: by the slot table, if there is one, else by the star of slots.
    ///
    /// # Errors
    /// When the winding is not balanced on these slots and poles.
    pub fn layout(&self, slots: usize, poles: usize) -> Result<Layout, WindingError> {
        let scheme = self.scheme(slots, poles);
        match &self.slot_table {
            Some(table) => table::layout(scheme, table),
            None => winding::layout(scheme),
        }
    }
}

/// How the phases of a set are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Star point.
    Star,
    /// Triangle.
    Delta,
    /// Not at all: every phase has a half-bridge of its own and is fed by itself, as in switched reluctance
    /// machines.
    Independent,
}

/// The conductor of a turn: round strands in parallel, or rectangular bars as in hairpin windings. Either
/// `strand_diameter_mm` or `bar` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conductor {
    /// Name in the library of conductors, for example `copper`.
    #[schemars(length(min = 1))]
    pub material: String,
    /// Strands, or bars, in parallel in one turn.
    #[schemars(range(min = 1))]
    pub strands: usize,
    /// Diameter of the bare strand [mm].
    #[serde(
        rename = "strand_diameter_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub strand_diameter: Option<f64>,
    /// Cross-section of the bare bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bar: Option<Bar>,
}

/// A bare rectangular conductor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Across the slot [mm].
    #[serde(rename = "width_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub width: f64,
    /// Along the depth of the slot [mm].
    #[serde(rename = "height_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub height: f64,
    /// Radius of the four rounded edges [mm]; sharp if left out.
    #[serde(
        rename = "corner_radius_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", range(min = 0.0))]
    pub corner_radius: Option<f64>,
}

impl Bar {
    /// Copper cross-section [m²]: the rectangle less what rounding takes off its four corners.
    pub fn area(&self) -> f64 {
        let radius = self.corner_radius.unwrap_or(0.0);
        self.width * self.height - (4.0 - PI) * radius * radius
    }
}

impl Conductor {
    /// Copper cross-section of a turn [m²]; nothing where not exactly one of strand and bar is given,
    /// which a design that has been loaded never is.
    pub fn area(&self) -> Option<f64> {
        let one = match (self.strand_diameter, &self.bar) {
            (Some(diameter), None) => PI / 4.0 * diameter * diameter,
            (None, Some(bar)) => bar.area(),
            _ => return None,
        };
        Some(one * self.strands as f64)
    }
}

/// Pieces, insulated from each other, into which every block of magnet is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segmentation {
    /// Pieces along the axis of the machine.
    #[schemars(range(min = 1))]
    pub axial_count: usize,
    /// Pieces across the width of a block.
    #[schemars(range(min = 1))]
    pub across_count: usize,
}

/// Friction of the rotor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mechanical {
    /// Friction torque of all bearings and seals in service [N m], by their maker's calculation or a test. The
    /// drag of the air is computed.
    #[serde(rename = "bearing_friction_torque_n_m", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub bearing_friction_torque: f64,
    /// The shaft, for the first critical speed, which is not told if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shaft: Option<Shaft>,
    /// Grade of vibration that the machine holds, by its maker's word and test; cannot be judged if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vibration_grade: Option<VibrationGrade>,
}

/// Grade of vibration by the severities of IEC 60034-14.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VibrationGrade {
    /// For machines without special requirements.
    A,
    /// For machines whose surroundings bear less.
    B,
    /// Its maker promises neither.
    None,
}

names!(VibrationGrade { A = "a", B = "b", None = "none" });

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
    /// Loss of the built core over that of test strips of the same steel [-]: punching, stress of the frame,
    /// welds; 1 if left out, and a record says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1.0))]
    pub build_factor_ratio: Option<f64>,
    /// Yield strength of the sheet [MPa], the least that its maker promises; that of the library if left out, and the
    /// weaker of the two where both are known.
    #[serde(
        rename = "yield_strength_mpa",
        with = "unit::mpa::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub yield_strength: Option<f64>,
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
