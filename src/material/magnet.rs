//! A magnet grade that passed the gate, and its state at a temperature and corner.

use super::coercivity::{CoercivityLaw, HcjBasis, REFERENCE_C};
use super::composition::Composition;
use super::corner::{Corner, Corners, Origin, coercivity_corners, remanence_corners};
use super::diffusion::Diffusion;
use super::evidence::Evidence;
use super::row::{Confidence, DataKind, Family, MagnetRow};
use super::row::{Process, Trait};
use super::state::{Graded, MagnetState};
use super::{MaterialError, Quantity};
use crate::unit::MU_0;

/// Field of the knee over HcJ where a row gives none [1].
///
/// Practice found in design codes and libraries runs from 0.80 to 1.0; 0.90 is the low end of what
/// makers of sintered magnets print as Hk/HcJ (0.90 to 0.97). Tables derived from a linear recoil
/// model put the knee at HcJ itself, so they need the factor too.
pub const KNEE_FACTOR_DEFAULT: f64 = 0.90;

/// A magnet grade.
#[derive(Debug, Clone, PartialEq)]
pub struct Magnet {
    /// Name of the grade.
    pub grade: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Family.
    pub family: Family,
    /// How it is made.
    pub process: Process,
    /// Further marks.
    pub traits: Vec<Trait>,
    /// What the printed data are.
    pub data_kind: DataKind,
    /// Br at 20 °C [T]; absent where no source prints it.
    pub remanence_t: Option<Corners>,
    /// HcJ at 20 °C [A/m]; absent where no source prints it.
    pub coercivity_hcj_a_per_m: Option<Corners>,
    /// HcJ over temperature; absent with HcJ.
    pub coercivity_law: Option<CoercivityLaw>,
    /// Reversible coefficient of Br [1/K].
    pub remanence_coefficient_per_k: Option<f64>,
    /// Relative recoil permeability [1].
    pub recoil_permeability: f64,
    /// Field of the knee over HcJ [1].
    pub knee_factor: f64,
    /// Whether the row gives the knee factor, or [`KNEE_FACTOR_DEFAULT`] stands in.
    pub knee_factor_published: bool,
    /// Density [kg/m³].
    pub density_kg_per_m3: f64,
    /// Electrical resistivity [Ω m].
    pub resistivity_ohm_m: Option<f64>,
    /// What it is made of; absent where no source says enough.
    pub composition: Option<Composition>,
    /// Core and surface of a diffused grade.
    pub diffusion: Option<Diffusion>,
    /// How far to trust the magnetic data.
    pub confidence: Confidence,
    /// The row as the file gave it.
    pub row: MagnetRow,
}

impl Magnet {
    /// A magnet from a row that passed the gate.
    pub(super) fn from_row(
        row: MagnetRow,
        composition: Option<Composition>,
        evidence: &Evidence,
    ) -> Magnet {
        let coercivity = row
            .coercivity_hcj_ka_per_m
            .map(|band| coercivity_corners(band, evidence));
        let law =
            coercivity.map(|corners| CoercivityLaw::from_row(&row, corners.minimum.0, evidence));
        let tolerance = evidence.remanence_tolerance_t(row.family);
        Magnet {
            grade: row.grade.clone(),
            aliases: row.aliases.clone(),
            family: row.family,
            process: row.process,
            traits: row.traits.clone(),
            data_kind: row.data_kind,
            remanence_t: row
                .remanence_t
                .map(|band| remanence_corners(band, tolerance)),
            coercivity_hcj_a_per_m: coercivity,
            coercivity_law: law,
            remanence_coefficient_per_k: row.remanence_coefficient_per_k,
            recoil_permeability: row.recoil_permeability,
            knee_factor: row.squareness_ratio.unwrap_or(KNEE_FACTOR_DEFAULT),
            knee_factor_published: row.squareness_ratio.is_some(),
            density_kg_per_m3: row.density_kg_per_m3,
            resistivity_ohm_m: row.resistivity_ohm_m,
            composition,
            diffusion: Diffusion::of(&row, coercivity.map(|corners| corners.minimum.0)),
            confidence: row.confidence,
            row,
        }
    }

    /// How HcJ over temperature is known; the record's `magnet_hcj_temperature_basis`.
    #[must_use]
    pub fn hcj_temperature_basis(&self) -> Option<HcjBasis> {
        self.coercivity_law.as_ref().map(|law| law.basis)
    }

    /// Mass share of heavy rare earths [1]; `None` where the composition is not known.
    #[must_use]
    pub fn heavy_rare_earth_share(&self) -> Option<f64> {
        self.composition
            .as_ref()
            .map(Composition::heavy_rare_earth_share)
    }

    /// Temperatures between which [`Magnet::state`] answers [°C]; `None` where Br or HcJ is missing.
    #[must_use]
    pub fn usable_range_c(&self) -> Option<(f64, f64)> {
        self.remanence_t?;
        let (low, high) = self.coercivity_law.as_ref()?.usable_range_c;
        if self.remanence_coefficient_per_k.is_some() {
            return Some((low, high));
        }
        let (window_low, window_high) = super::coercivity::REFERENCE_WINDOW_C;
        Some((low.max(window_low), high.min(window_high)))
    }

    /// Br [T] at a corner and temperature: `Br(20) (1 + α (T − 20))`.
    ///
    /// # Errors
    /// When Br is not published, or the temperature is outside the data.
    pub fn remanence_at(&self, corner: Corner, temperature_c: f64) -> Result<f64, MaterialError> {
        let corners = self.remanence_t.ok_or(self.missing(Quantity::Remanence))?;
        self.check_temperature(temperature_c)?;
        // Without a coefficient the usable range is the ambient window of the measurement.
        let alpha = self.remanence_coefficient_per_k.unwrap_or(0.0);
        Ok(corners.at(corner).0 * (1.0 + alpha * (temperature_c - REFERENCE_C)))
    }

    /// HcJ [A/m] at a corner and temperature; of a diffused grade the surface's.
    ///
    /// # Errors
    /// When HcJ is not published, or the temperature is outside the data.
    pub fn coercivity_at(&self, corner: Corner, temperature_c: f64) -> Result<f64, MaterialError> {
        let missing = || self.missing(Quantity::Coercivity);
        let corners = self.coercivity_hcj_a_per_m.ok_or_else(missing)?;
        let law = self.coercivity_law.as_ref().ok_or_else(missing)?;
        let shape = law
            .shape(temperature_c)
            .ok_or_else(|| self.outside(temperature_c, law.usable_range_c))?;
        Ok(reference_hcj_a_per_m(corners, law, corner).0 * shape)
    }

    /// The magnet at a corner of its data and a temperature.
    ///
    /// # Errors
    /// When Br or HcJ is not published, or the temperature is outside the data.
    pub fn state(&self, corner: Corner, temperature_c: f64) -> Result<MagnetState, MaterialError> {
        let missing = || self.missing(Quantity::Coercivity);
        let coercivity = self.coercivity_at(corner, temperature_c)?;
        let remanence = self.remanence_at(corner, temperature_c)?;
        let law = self.coercivity_law.as_ref().ok_or_else(missing)?;
        let knee_field = self.knee_factor * coercivity;
        let mu = self.recoil_permeability;
        Ok(MagnetState {
            temperature_c,
            remanence_t: remanence,
            recoil_permeability: mu,
            coercivity_hcj_a_per_m: coercivity,
            knee_factor: self.knee_factor,
            knee_field_a_per_m: knee_field,
            knee_flux_density_t: remanence - MU_0 * mu * knee_field,
            core: self.diffusion.as_ref().map(|diffusion| {
                let scale = coercivity / diffusion.surface_hcj_20c_a_per_m;
                Graded {
                    surface_hcj_a_per_m: coercivity,
                    core_hcj_a_per_m: diffusion.core_hcj_20c_a_per_m * scale,
                    depth_m: diffusion.depth_m,
                }
            }),
            basis: self.basis(corner, temperature_c, law),
            warnings: self.warnings(corner, temperature_c, law),
        })
    }

    /// How a state's numbers are obtained, in one line.
    fn basis(&self, corner: Corner, temperature_c: f64, law: &CoercivityLaw) -> String {
        let mut parts = Vec::new();
        if let Some(corners) = self.remanence_t {
            let (value, origin) = corners.at(corner);
            parts.push(format!(
                "{} Br {value} T at 20 C ({}), {}",
                corner.key(),
                origin.key(),
                match self.remanence_coefficient_per_k {
                    Some(alpha) => format!("{alpha} per K"),
                    None => "taken as printed within 18 to 28 C".to_owned(),
                }
            ));
        }
        if let Some(corners) = self.coercivity_hcj_a_per_m {
            let (value, origin) = reference_hcj_a_per_m(corners, law, corner);
            let held = if law.is_extended(temperature_c) {
                format!(
                    ", carried below the coldest datum at {} C on the safe side",
                    law.data_range_c.0
                )
            } else {
                String::new()
            };
            parts.push(format!(
                "HcJ {:.0} kA/m at 20 C ({}), {}{held}",
                value / 1e3,
                origin.key(),
                law.basis.key()
            ));
        }
        parts.push(format!(
            "knee factor {} ({})",
            self.knee_factor,
            if self.knee_factor_published {
                "published"
            } else {
                "default"
            }
        ));
        parts.join("; ")
    }

    /// What a reader should know before trusting a state.
    fn warnings(&self, corner: Corner, temperature_c: f64, law: &CoercivityLaw) -> Vec<String> {
        let mut found = law.warnings.clone();
        if law.is_extended(temperature_c) {
            found.push(format!(
                "{temperature_c} C is below the coldest datum at {} C",
                law.data_range_c.0
            ));
        }
        let origin = self.remanence_t.map(|corners| corners.at(corner).1);
        if origin == Some(Origin::Derived) {
            found.push(format!("the {} Br is derived, not published", corner.key()));
        }
        if let Some(diffusion) = &self.diffusion
            && diffusion.confidence == Confidence::Estimated
        {
            found.push("the HcJ profile of the diffused magnet is estimated".to_owned());
        }
        for estimate in &self.row.estimates {
            found.push(format!("{}: {}", estimate.field, estimate.reason));
        }
        found
    }

    /// Refuses a temperature outside the data.
    fn check_temperature(&self, temperature_c: f64) -> Result<(), MaterialError> {
        match self.usable_range_c() {
            Some((low, high)) if !(low..=high).contains(&temperature_c) => {
                Err(self.outside(temperature_c, (low, high)))
            }
            None if self.coercivity_law.is_none() => Err(self.missing(Quantity::Coercivity)),
            _ => Ok(()),
        }
    }

    /// The refusal of a temperature.
    fn outside(&self, temperature_c: f64, range: (f64, f64)) -> MaterialError {
        MaterialError::TemperatureOutsideData {
            grade: self.grade.clone(),
            temperature_c,
            low_c: range.0,
            high_c: range.1,
        }
    }

    /// The refusal of a quantity that no source prints.
    fn missing(&self, quantity: Quantity) -> MaterialError {
        MaterialError::NotPublished {
            grade: self.grade.clone(),
            quantity,
        }
    }
}

/// HcJ at 20 °C that the shape of the law is scaled to [A/m].
///
/// A table is scaled down to the guaranteed minimum where it lies above it, never up: a library curve
/// below the minimum stays as it is.
fn reference_hcj_a_per_m(corners: Corners, law: &CoercivityLaw, corner: Corner) -> (f64, Origin) {
    let (value, origin) = corners.at(corner);
    match law.table_reference_a_per_m {
        Some(table) if corner == Corner::Minimum || origin == Origin::StandIn => (
            value.min(table),
            if table < value {
                Origin::Published
            } else {
                origin
            },
        ),
        _ => (value, origin),
    }
}
