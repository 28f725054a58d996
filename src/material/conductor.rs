//! Winding conductors.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::composition::{Composition, CompositionRow};
use super::row::Confidence;

/// Reference temperature of conductor data [°C].
const REFERENCE_C: f64 = 20.0;

/// In what form a conductor comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConductorForm {
    /// Solid wire or bar.
    Wire,
    /// Bundle of transposed, insulated strands.
    Litz,
}

/// One conductor as a file gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConductorRow {
    /// Name.
    pub name: String,
    /// Other names that mean the same row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Name of the built-in row that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// In what form it comes.
    pub form: ConductorForm,
    /// Resistivity at 20 °C [Ω m].
    pub resistivity_20c_ohm_m: f64,
    /// Temperature coefficient of resistance at 20 °C [1/K].
    pub temperature_coefficient_per_k: f64,
    /// Density [kg/m³].
    pub density_kg_per_m3: f64,
    /// Length of a strand over the length of the bundle [1]; 1 for wire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_factor_ratio: Option<f64>,
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

/// A conductor that passed the gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Conductor {
    /// Name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// In what form it comes.
    pub form: ConductorForm,
    /// Resistivity at 20 °C [Ω m].
    pub resistivity_20c_ohm_m: f64,
    /// Temperature coefficient of resistance at 20 °C [1/K].
    pub temperature_coefficient_per_k: f64,
    /// Density [kg/m³].
    pub density_kg_per_m3: f64,
    /// Length of a strand over the length of the bundle [1].
    pub length_factor_ratio: f64,
    /// What it is made of.
    pub composition: Option<Composition>,
    /// Who says so.
    pub source: String,
    /// How far to trust it.
    pub confidence: Confidence,
    /// The row as the file gave it.
    pub row: ConductorRow,
}

impl Conductor {
    /// A conductor from a row that passed the gate.
    pub(super) fn from_row(row: ConductorRow, composition: Option<Composition>) -> Conductor {
        Conductor {
            name: row.name.clone(),
            aliases: row.aliases.clone(),
            form: row.form,
            resistivity_20c_ohm_m: row.resistivity_20c_ohm_m,
            temperature_coefficient_per_k: row.temperature_coefficient_per_k,
            density_kg_per_m3: row.density_kg_per_m3,
            length_factor_ratio: row.length_factor_ratio.unwrap_or(1.0),
            composition,
            source: row.source.clone(),
            confidence: row.confidence,
            row,
        }
    }

    /// Resistivity at `temperature_c` [Ω m], linear in temperature about 20 °C. The longer strands of
    /// litz are not in it; multiply by [`Conductor::length_factor_ratio`].
    #[must_use]
    pub fn resistivity_ohm_m(&self, temperature_c: f64) -> f64 {
        self.resistivity_20c_ohm_m
            * (1.0 + self.temperature_coefficient_per_k * (temperature_c - REFERENCE_C))
    }
}

#[cfg(test)]
mod tests {
    use crate::material::Library;

    #[test]
    fn copper_at_a_hundred_degrees() {
        let copper = Library::builtin().conductor("copper").expect("copper");
        let expected = 1.7241e-8 * (1.0 + 0.003_93 * 80.0);
        assert!((copper.resistivity_ohm_m(100.0) - expected).abs() < 1e-20);
    }
}
