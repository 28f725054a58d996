//! The two ways in which the magnet pockets of a candidate may be filled.

use crate::supply::Declaration as SupplyDeclaration;
use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Magnet pathways of a candidate. A pathway that is left out is not declared, which a verdict counts
/// as failed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MagnetPathways {
    /// The incumbent path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<Pathway>,
    /// The alternative path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<Pathway>,
}

impl MagnetPathways {
    /// Whether no pathway is declared.
    pub fn is_empty(&self) -> bool {
        self.a.is_none() && self.b.is_none()
    }
}

/// A magnet grade with what is declared about its data and its supply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pathway {
    /// Grade in the library of magnets, for example `N42UH`.
    #[schemars(length(min = 1))]
    pub grade: String,
    /// What is declared about the grade's data.
    pub declaration: MagnetDeclaration,
    /// What is declared about its supply.
    pub supply: SupplyDeclaration,
}

/// What the supplier declares about the magnetic data of a grade.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MagnetDeclaration {
    /// What the stated values mean.
    pub data_kind: DataKind,
    /// Temperature to which the stated values refer [°C].
    #[serde(rename = "reference_temperature_c", with = "unit::si")]
    #[schemars(with = "f64", range(min = -273.15))]
    pub reference_temperature: f64,
    /// How the values were measured.
    pub measurement_method: MeasurementMethod,
    /// How the coercivity over temperature is given.
    pub hcj_temperature_basis: HcjTemperatureBasis,
    /// Whether the content of heavy rare earths is declared.
    pub heavy_rare_earth_declared: bool,
    /// Profile of a grain-boundary diffused grade; left out, the library's conservative one is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diffusion: Option<DiffusionDeclaration>,
    /// Temperatures between which the stated coefficients hold, lowest and highest [°C].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coefficient_range_c: Option<[f64; 2]>,
    /// Least squareness of the demagnetisation curve: the field at which the polarisation has fallen to nine tenths of the
    /// remanence, over the intrinsic coercivity [-].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub squareness_ratio: Option<f64>,
    /// How the composition was determined, for example `ICP-OES, EN 10351`; left out if it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub composition_method: Option<String>,
    /// Heavy rare earth as declared, all elements from gadolinium to lutetium together, mass share [-];
    /// replaces the library's share.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub heavy_rare_earth_ratio: Option<f64>,
    /// Whether the magnet comes with a label and a data carrier that tell composition and removal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub label_declared: bool,
    /// When the magnet is magnetised; left out if that is not declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub magnetised: Option<Magnetised>,
    /// Dimensions as delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimensions: Option<DimensionDeclaration>,
    /// Coating against corrosion; left out if that is not declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coating: Option<Coating>,
}

/// Coating of a magnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Coating {
    /// Aluminium, from vapour or as flakes.
    Aluminium,
    /// Epoxy resin.
    Epoxy,
    /// Nickel, also with copper between two layers.
    Nickel,
    /// Bare, as ferrite may be.
    None,
    /// Something else.
    Other,
    /// Phosphate, which lasts until assembly.
    Phosphate,
    /// Zinc.
    Zinc,
}

/// The step of assembly at which a magnet is magnetised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Magnetised {
    /// Before it is put into the rotor.
    BeforeAssembly,
    /// In the rotor.
    InRotor,
}

/// How far a delivered magnet may be larger than drawn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DimensionDeclaration {
    /// Largest excess of the thickness over the drawing, bare magnet [mm].
    #[serde(rename = "thickness_tolerance_mm", with = "unit::mm")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub thickness_tolerance: f64,
    /// Largest thickness of the coating on one side [mm].
    #[serde(rename = "coating_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub coating_thickness: f64,
}

/// What the supplier of a grain-boundary diffused grade declares about the inside of the magnet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiffusionDeclaration {
    /// Intrinsic coercivity of the core at 20 °C, minimum [kA/m].
    #[serde(rename = "core_hcj_20c_ka_per_m", with = "unit::ka_per_m")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub core_hcj_20c: f64,
    /// Depth at which the gain of the surface has fallen to 1/e [mm].
    #[serde(rename = "depth_mm", with = "unit::mm")]
    #[schemars(with = "f64", range(max = 5.0), extend("exclusiveMinimum" = 0))]
    pub depth: f64,
}

/// What a stated magnetic value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DataKind {
    /// Guaranteed minimum.
    Minimum,
    /// Nominal value with a stated tolerance.
    NominalWithTolerance,
    /// Typical value without a tolerance.
    Typical,
}

/// How magnetic values were measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasurementMethod {
    /// Closed magnetic circuit, a permeameter (IEC 60404-5, GB/T 3217).
    ClosedCircuit,
    /// Pulsed field magnetometer (GB/T 29628).
    PulsedField,
    /// Open magnetic circuit, for example a vibrating sample.
    OpenCircuit,
    /// The supplier does not say.
    NotStated,
}

/// How the coercivity over temperature is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HcjTemperatureBasis {
    /// Values at several temperatures.
    Tabulated,
    /// A linear and a quadratic coefficient.
    TwoTerm,
    /// One coefficient, which overstates the coercivity in between.
    SingleCoefficient,
    /// The supplier does not say.
    NotStated,
}

macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        impl $type {
            /// The word of the design file, which is also that of a record.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),* }
            }
        }
    };
}

pub(super) use names;

names!(DataKind { Minimum = "minimum", NominalWithTolerance = "nominal_with_tolerance", Typical = "typical" });
names!(MeasurementMethod {
    ClosedCircuit = "closed_circuit", PulsedField = "pulsed_field", OpenCircuit = "open_circuit", NotStated = "not_stated",
});
names!(HcjTemperatureBasis {
    Tabulated = "tabulated", TwoTerm = "two_term", SingleCoefficient = "single_coefficient", NotStated = "not_stated",
});
names!(Coating {
    Aluminium = "aluminium", Epoxy = "epoxy", Nickel = "nickel", None = "none", Other = "other", Phosphate = "phosphate",
    Zinc = "zinc",
});
