//! The values that nature or their definition leaves to the fields, so that a limit which no machine can miss, or none can
//! meet, is told from one that decides.

use super::{Field, Kind};

/// Units of amounts: there is none below nothing.
const AMOUNTS: [&str; 8] = ["kg", "kg/kW", "{USD}", "d", "MPa", "W", "kA/m", "/min"];

/// Parts of a whole.
const SHARES: [&str; 10] = [
    "demagnetisation_decision_percentile_ratio",
    "evidenced_share_min_ratio",
    "heavy_rare_earth_mass_fraction_ratio",
    "herfindahl_index_ratio",
    "largest_country_share_ratio",
    "magnet_affected_share_after_fault_ratio",
    "magnet_squareness_ratio",
    "material_largest_country_share_ratio",
    "recycled_content_ratio",
    "recycled_post_consumer_ratio",
];

/// What comes out over what goes in: never more than all of it, and less than nothing where a machine only takes.
const YIELDS: [&str; 3] = [
    "rated_efficiency_ratio",
    "rated_generator_efficiency_ratio",
    "wind_year_efficiency_ratio",
];

/// Lengths of a vector, and their ratios.
const SIZES: [&str; 25] = [
    "characteristic_current_a",
    "characteristic_current_to_limit_ratio",
    "converter_impulse_to_insulation_ratio",
    "fault_emf_to_dc_voltage_ratio",
    "fault_emf_to_semiconductor_voltage_ratio",
    "fault_emf_v",
    "magnet_remanence_20c_min_t",
    "max_speed_back_emf_v",
    "max_speed_current_a",
    "max_speed_voltage_peak_v",
    "peak_bridge_flux_density_max_t",
    "peak_current_a",
    "peak_current_to_limit_ratio",
    "peak_tooth_flux_density_max_t",
    "peak_yoke_flux_density_max_t",
    "no_load_air_gap_flux_density_fundamental_t",
    "rated_current_a",
    "requirement_dc_voltage_v",
    "requirement_max_current_a",
    "requirement_max_speed_power_kw",
    "requirement_overspeed_ratio",
    "requirement_peak_to_rated_torque_ratio",
    "requirement_peak_torque_n_m",
    "requirement_rated_torque_n_m",
    "requirement_semiconductor_voltage_v",
];

/// Nothing is colder [°C].
const ABSOLUTE_ZERO: f64 = -273.15;

impl Field {
    /// The least and the greatest value that the field can have, where there is one. What is not listed here may be any
    /// number: a range is stated only where it holds without exception.
    #[must_use]
    pub fn range(&self) -> (Option<f64>, Option<f64>) {
        if self.kind != Kind::Number {
            return (None, None);
        }
        if SHARES.contains(&self.name) {
            return (Some(0.0), Some(1.0));
        }
        if YIELDS.contains(&self.name) {
            return (None, Some(1.0));
        }
        if self.unit == "Cel" {
            return (Some(ABSOLUTE_ZERO), None);
        }
        let least = self.is_count() || AMOUNTS.contains(&self.unit) || SIZES.contains(&self.name);
        (least.then_some(0.0), None)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ALL, find};
    use super::{AMOUNTS, SHARES, SIZES, YIELDS};

    #[test]
    fn every_name_and_unit_is_of_a_field() {
        for name in SHARES.iter().chain(&YIELDS).chain(&SIZES) {
            assert!(find(name).is_some(), "{name}");
        }
        for unit in AMOUNTS {
            assert!(ALL.iter().any(|field| field.unit == unit), "{unit}");
        }
    }
}
