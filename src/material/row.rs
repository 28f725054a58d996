//! The format of a material file: what the shipped data and a user's own file look like.
//!
//! A file is one JSON object with any of the lists `magnets`, `steels`, `conductors`, `sleeves`. Every row has a
//! `source` and a `confidence`; a row that says the same name as a built-in one must name it in
//! `replaces`. Keys carry their unit; a quantity of a magnet may also be a text with its own unit
//! (`"13.1 kG"`). Unknown keys are refused. Every row passes the same physics gate
//! ([`super::gate`]).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::composition::CompositionRow;
use super::conductor::ConductorRow;
use super::quantity::{EnergyProduct, FieldStrength, FluxDensity};
use super::sleeve::SleeveRow;
use super::steel::SteelRow;

/// A file of materials.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MaterialFile {
    /// Where editors find the schema; not read.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Permanent magnets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub magnets: Vec<MagnetRow>,
    /// Electrical steels and soft magnetic composites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steels: Vec<SteelRow>,
    /// Winding conductors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conductors: Vec<ConductorRow>,
    /// What sleeves around magnets are made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sleeves: Vec<SleeveRow>,
}

/// How far a row is to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Printed by the maker, or read in a library here.
    High,
    /// One secondary source, or part of it inferred.
    Medium,
    /// A fragment.
    Low,
    /// Computed or judged, with the reason beside it.
    Estimated,
}

/// Family of a magnet: what its physics depends on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Neodymium iron boron with full density.
    Ndfeb,
    /// Hard ferrite.
    Ferrite,
    /// Samarium cobalt.
    Smco,
    /// Bonded neodymium iron boron.
    Bonded,
    /// Samarium iron nitrogen.
    Smfen,
    /// Aluminium nickel cobalt.
    Alnico,
}

impl Family {
    /// The word that files and records use.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Family::Ndfeb => "ndfeb",
            Family::Ferrite => "ferrite",
            Family::Smco => "smco",
            Family::Bonded => "bonded",
            Family::Smfen => "smfen",
            Family::Alnico => "alnico",
        }
    }

    /// Whether coercivity falls as the magnet warms. Ferrite is the other way round: its worst case
    /// is cold. Of AlNiCo the sources say nothing.
    #[must_use]
    pub fn coercivity_falls_with_temperature(self) -> bool {
        !matches!(self, Family::Ferrite | Family::Alnico)
    }
}

/// How a magnet is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Process {
    /// Pressed and sintered.
    Sintered,
    /// Sintered, then heavy rare earth diffused in along the grain boundaries: a graded magnet.
    GrainBoundaryDiffused,
    /// Hot deformed (die upset) from rapidly quenched powder.
    HotDeformed,
    /// Hot pressed, isotropic.
    HotPressed,
    /// Bonded with a polymer.
    Bonded,
    /// Powder, not yet a magnet.
    Powder,
    /// Cast.
    Cast,
}

impl Process {
    /// The word that files use.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Process::Sintered => "sintered",
            Process::GrainBoundaryDiffused => "grain_boundary_diffused",
            Process::HotDeformed => "hot_deformed",
            Process::HotPressed => "hot_pressed",
            Process::Bonded => "bonded",
            Process::Powder => "powder",
            Process::Cast => "cast",
        }
    }
}

/// Further marks of a grade.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// Part of the neodymium is cerium.
    CeriumSubstituted,
    /// Part of the neodymium is yttrium.
    YttriumSubstituted,
    /// Made without heavy rare earth by its maker's word.
    HeavyRareEarthFree,
    /// Magnetised equally well in any direction.
    Isotropic,
    /// Laboratory result, not on sale.
    Laboratory,
    /// Ferrite with lanthanum and cobalt.
    LanthanumCobalt,
    /// Made from recycled magnets.
    Recycled,
    /// SmCo5.
    #[serde(rename = "smco_1_5")]
    Smco15,
    /// Sm2Co17.
    #[serde(rename = "smco_2_17")]
    Smco217,
}

/// What the printed magnetic data are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DataKind {
    /// Minimum values.
    Minimum,
    /// Nominal values with a stated tolerance.
    NominalWithTolerance,
    /// Nominal or typical values without a tolerance; the corners are derived.
    Nominal,
}

impl DataKind {
    /// The word that files and records use.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            DataKind::Minimum => "minimum",
            DataKind::NominalWithTolerance => "nominal_with_tolerance",
            DataKind::Nominal => "nominal",
        }
    }
}

/// How the magnetic data were measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasurementMethod {
    /// Closed magnetic circuit.
    ClosedCircuit,
    /// Pulsed field.
    PulsedField,
}

/// Minimum, nominal and maximum of one quantity, kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band<Q> {
    /// Guaranteed least value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Q>,
    /// Nominal or typical value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nominal: Option<Q>,
    /// Guaranteed greatest value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Q>,
}

/// Heavy rare earth diffused in from the surface, as a file gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiffusionRow {
    /// HcJ at the surface, 20 °C.
    pub surface_hcj_20c_ka_per_m: FieldStrength,
    /// HcJ far inside, 20 °C.
    pub core_hcj_20c_ka_per_m: FieldStrength,
    /// Depth at which the gain has fallen to 1/e [m].
    #[serde(rename = "depth_mm", with = "crate::unit::mm")]
    #[schemars(with = "f64")]
    pub depth_m: f64,
    /// Who says so.
    pub source: String,
    /// How far to trust it.
    pub confidence: Confidence,
}

/// HcJ over temperature as a parabola about 20 °C: HcJ(T)/HcJ(20) = 1 + b (T − 20) + c (T − 20)².
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TwoTermRow {
    /// b [1/K].
    #[serde(with = "crate::unit::si")]
    #[schemars(with = "f64")]
    pub linear_per_k: f64,
    /// c [1/K²], not negative: the curve is convex.
    #[serde(with = "crate::unit::si")]
    #[schemars(with = "f64")]
    pub quadratic_per_k2: f64,
    /// Lowest and highest temperature of the fit [°C].
    pub range_c: [f64; 2],
}

/// A value that the source does not print, and why it stands there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// The key.
    pub field: String,
    /// The reason.
    pub reason: String,
}

/// One magnet grade as a file gives it. Values are referred to 20 °C.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MagnetRow {
    /// Name of the grade.
    pub grade: String,
    /// Other names that mean the same row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Name of the built-in row that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// Family.
    pub family: Family,
    /// How it is made.
    pub process: Process,
    /// Further marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<Trait>,
    /// What the printed data are.
    pub data_kind: DataKind,
    /// Remanence Br.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remanence_t: Option<Band<FluxDensity>>,
    /// Coercivity of the polarisation, HcJ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coercivity_hcj_ka_per_m: Option<Band<FieldStrength>>,
    /// Coercivity of the flux density, HcB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coercivity_hcb_ka_per_m: Option<Band<FieldStrength>>,
    /// Greatest energy product (BH)max.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy_product_max_kj_per_m3: Option<Band<EnergyProduct>>,
    /// Half a step of the printed (BH)max, where a table is rounded to whole numbers of another unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy_product_rounding_kj_per_m3: Option<EnergyProduct>,
    /// Reversible coefficient of Br [1/K], negative: Br(T) = Br(20) (1 + α (T − 20)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remanence_coefficient_per_k: Option<f64>,
    /// Mean coefficient of HcJ over `coefficient_range_c` [1/K].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coercivity_coefficient_per_k: Option<f64>,
    /// Least and greatest coefficient of HcJ where the source prints a band [1/K].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coercivity_coefficient_band_per_k: Option<[f64; 2]>,
    /// Temperatures between which the coefficients hold [°C].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coefficient_range_c: Option<[f64; 2]>,
    /// Tabulated HcJ: temperature [°C], HcJ [kA/m].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hcj_table_c_ka_per_m: Vec<[f64; 2]>,
    /// HcJ over temperature as a parabola, where the maker or a fit to his data gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hcj_two_term: Option<TwoTermRow>,
    /// Field of the knee over HcJ (squareness) [1].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub squareness_ratio: Option<f64>,
    /// Relative recoil permeability [1].
    pub recoil_permeability: f64,
    /// Density [kg/m³].
    pub density_kg_per_m3: f64,
    /// Electrical resistivity [Ω m].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resistivity_ohm_m: Option<f64>,
    /// Highest working temperature that the vendor names, at a benign load line: never a design limit [°C].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature_max_c: Option<f64>,
    /// How the data were measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measurement_method: Option<MeasurementMethod>,
    /// Grain-boundary diffusion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diffusion: Option<DiffusionRow>,
    /// What it is made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composition: Option<CompositionRow>,
    /// Whether MOFCOM/GAC announcement 18 of 2025-04-04 names the product class; absent where it hangs
    /// on the actual chemistry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export_controlled_2025: Option<bool>,
    /// Values above that the source does not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub estimates: Vec<Estimate>,
    /// Who says so.
    pub source: String,
    /// When it was read or issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How far to trust the magnetic data.
    pub confidence: Confidence,
    /// Anything else worth knowing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}
