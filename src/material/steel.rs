//! Electrical steels and soft magnetic composites: magnetisation curve and specific loss as tables.
//!
//! Loss is kept as the published table. Two-term fits of such tables are off by up to a third, so a
//! fit is carried only where the source gives nothing else.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::composition::{Composition, CompositionRow};
use super::row::Confidence;

/// In what form the material comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SteelForm {
    /// Sheet.
    Lamination,
    /// Soft magnetic composite: pressed, insulated powder.
    PowderComposite,
    /// Solid.
    Solid,
}

/// Half a step of the printed digits: the values meant lie within these of the values printed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BhRounding {
    /// Of the field strength [A/m].
    pub h_a_per_m: f64,
    /// Of the flux density [T].
    pub b_t: f64,
}

/// Specific loss as its source fits it: p = k f^a B^b + e f² B² [W/kg], f in hertz, B in tesla.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LossFit {
    /// k.
    pub hysteresis: f64,
    /// a.
    pub frequency_exponent: f64,
    /// b.
    pub flux_exponent: f64,
    /// e.
    pub eddy: f64,
    /// Who fitted it.
    pub source: String,
}

/// One steel as a file gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SteelRow {
    /// Name of the grade.
    pub grade: String,
    /// Other names that mean the same row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Name of the built-in row that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// In what form it comes.
    pub form: SteelForm,
    /// Thickness of one sheet [mm].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lamination_thickness_mm: Option<f64>,
    /// Density [kg/m³].
    pub density_kg_per_m3: f64,
    /// Where the density comes from when not from the source of the row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub density_basis: Option<String>,
    /// Electrical resistivity [Ω m].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resistivity_ohm_m: Option<f64>,
    /// Yield strength [MPa].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yield_strength_mpa: Option<f64>,
    /// Magnetisation: field strength [A/m], flux density [T], from (0, 0).
    pub bh_a_per_m_t: Vec<[f64; 2]>,
    /// Rounding of the printed table, where it matters to the physics gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bh_rounding: Option<BhRounding>,
    /// Specific loss: frequency [Hz], peak flux density [T], loss [W/kg].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loss_hz_t_w_per_kg: Vec<[f64; 3]>,
    /// Fit of the specific loss, where its source gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss_fit: Option<LossFit>,
    /// What it is made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composition: Option<CompositionRow>,
    /// Who says so.
    pub source: String,
    /// When it was read or issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How far to trust it.
    pub confidence: Confidence,
    /// Anything else worth knowing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// One point of a loss table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossPoint {
    /// Frequency [Hz].
    pub frequency_hz: f64,
    /// Peak flux density, sinusoidal [T].
    pub flux_density_t: f64,
    /// Specific loss [W/kg].
    pub loss_w_per_kg: f64,
}

/// A steel that passed the physics gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Steel {
    /// Name of the grade.
    pub grade: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// In what form it comes.
    pub form: SteelForm,
    /// Magnetisation curve from (0, 0): field strength [A/m], flux density [T].
    pub bh: Vec<(f64, f64)>,
    /// Thickness of one sheet [m].
    pub lamination_thickness_m: Option<f64>,
    /// Density [kg/m³].
    pub density_kg_per_m3: f64,
    /// Electrical resistivity [Ω m].
    pub resistivity_ohm_m: Option<f64>,
    /// Yield strength [Pa].
    pub yield_strength_pa: Option<f64>,
    /// Loss table; empty where none is published.
    pub loss: Vec<LossPoint>,
    /// Fit of the loss; absent where none is published.
    pub loss_fit: Option<LossFit>,
    /// What it is made of.
    pub composition: Option<Composition>,
    /// Who says so.
    pub source: String,
    /// How far to trust it.
    pub confidence: Confidence,
    /// The row as the file gave it.
    pub row: SteelRow,
}

impl Steel {
    /// A steel from a row that passed the gate.
    pub(super) fn from_row(row: SteelRow, composition: Option<Composition>) -> Steel {
        Steel {
            grade: row.grade.clone(),
            aliases: row.aliases.clone(),
            form: row.form,
            bh: row.bh_a_per_m_t.iter().map(|p| (p[0], p[1])).collect(),
            lamination_thickness_m: row.lamination_thickness_mm.map(|t| t * 1e-3),
            density_kg_per_m3: row.density_kg_per_m3,
            resistivity_ohm_m: row.resistivity_ohm_m,
            yield_strength_pa: row.yield_strength_mpa.map(|y| y * 1e6),
            loss: row
                .loss_hz_t_w_per_kg
                .iter()
                .map(|p| LossPoint {
                    frequency_hz: p[0],
                    flux_density_t: p[1],
                    loss_w_per_kg: p[2],
                })
                .collect(),
            loss_fit: row.loss_fit.clone(),
            composition,
            source: row.source.clone(),
            confidence: row.confidence,
            row,
        }
    }
}
