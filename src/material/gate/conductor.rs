//! What a conductor row may not claim.

use std::f64::consts::PI;

use crate::material::conductor::ConductorRow;

use super::{Violation, common, require};

/// Everything that a conductor row claims against physics; empty for a possible row.
#[must_use]
pub fn conductor(row: &ConductorRow) -> Vec<Violation> {
    let mut found = Vec::new();
    common(
        &row.name,
        &row.source,
        row.density_kg_per_m3,
        row.composition.as_ref(),
        &mut found,
    );
    let resistivity = row.resistivity_20c_ohm_m;
    // Nothing at 20 °C conducts better than silver, 15.9 nΩ m.
    let holds = (1.5e-8..1e-6).contains(&resistivity);
    require(
        &mut found,
        holds,
        "resistivity_20c_ohm_m",
        resistivity,
        "1.5e-8 to 1e-6",
    );
    let coefficient = row.temperature_coefficient_per_k;
    let holds = (0.0..=0.01).contains(&coefficient);
    require(
        &mut found,
        holds,
        "temperature_coefficient_per_k",
        coefficient,
        "0 to 0.01",
    );
    if let Some(factor) = row.length_factor_ratio {
        let holds = (1.0..=PI / 2.0).contains(&factor);
        require(
            &mut found,
            holds,
            "length_factor_ratio",
            factor,
            "1 to 1.57",
        );
    }
    found
}
