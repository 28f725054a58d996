//! What sleeves around magnets are made of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::row::{Confidence, Estimate};

/// How a sleeve material is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SleeveForm {
    /// Equally stiff in all directions.
    Metal,
    /// Fibre in resin, wound around the circumference.
    WoundFibre,
}

impl SleeveForm {
    /// The word that files use.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            SleeveForm::Metal => "metal",
            SleeveForm::WoundFibre => "wound_fibre",
        }
    }
}

/// One sleeve material as a file gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SleeveRow {
    /// Name.
    pub name: String,
    /// Other names that mean the same row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Name of the built-in row that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// How it is built.
    pub form: SleeveForm,
    /// Density [kg/m³].
    pub density_kg_per_m3: f64,
    /// Modulus of elasticity along the circumference [MPa].
    pub hoop_modulus_mpa: f64,
    /// Modulus of elasticity along the radius [MPa].
    pub radial_modulus_mpa: f64,
    /// Poisson's ratio, contraction along the radius over stretch along the circumference [1].
    pub poisson_ratio: f64,
    /// Least strength along the circumference over temperature: temperature [°C], strength [MPa]. No mean values: where
    /// no least value is published there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hoop_strength_min_c_mpa: Vec<[f64; 2]>,
    /// Thermal expansion along the circumference [1/K].
    pub hoop_expansion_per_k: f64,
    /// Electrical resistivity along the shaft [Ω m].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resistivity_ohm_m: Option<f64>,
    /// Thermal conductivity along the radius [W/(m K)].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thermal_conductivity_w_per_m_k: Option<f64>,
    /// Highest temperature at which it is used [°C].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature_max_c: Option<f64>,
    /// Values above that the source does not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub estimates: Vec<Estimate>,
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

impl SleeveRow {
    /// Least strength along the circumference at a temperature [MPa], straight between two published ones; below the first
    /// of them that, since strength falls with temperature, and above the last none.
    #[must_use]
    pub fn strength_mpa(&self, temperature_c: f64) -> Option<f64> {
        let known = &self.hoop_strength_min_c_mpa;
        let (first, last) = (known.first()?, known.last()?);
        if temperature_c > last[0] {
            return None;
        }
        if temperature_c <= first[0] {
            return Some(first[1]);
        }
        let pair = known.windows(2).find(|pair| temperature_c <= pair[1][0])?;
        let [[low, at_low], [high, at_high]] = [pair[0], pair[1]];
        Some(at_low + (at_high - at_low) * (temperature_c - low) / (high - low))
    }
}

#[cfg(test)]
mod tests {
    use crate::material::Library;

    /// Straight between what is published, and nothing beyond it.
    #[test]
    fn strength_ends_where_it_is_published() {
        let library = Library::builtin();
        let alloy = library.sleeve("IN718_aged").expect("alloy");
        assert_eq!(alloy.strength_mpa(-40.0), Some(1034.0));
        let middle = alloy.strength_mpa(334.5).expect("within");
        assert!((middle - 948.0).abs() < 1e-9, "{middle}");
        assert_eq!(alloy.strength_mpa(650.0), None);
        let titanium = library.sleeve("Ti-6Al-4V annealed").expect("titanium");
        assert_eq!(titanium.strength_mpa(20.0), Some(828.0));
        assert_eq!(titanium.strength_mpa(80.0), None);
        let fibre = library.sleeve("cfrp_t300_914c").expect("fibre");
        assert_eq!(fibre.strength_mpa(20.0), None);
    }
}
