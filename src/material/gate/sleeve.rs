//! What a sleeve material may not claim.

use crate::material::sleeve::{SleeveForm, SleeveRow};

use super::{Violation, common, require};

/// Everything that a row claims against physics; empty for a possible row.
#[must_use]
pub fn sleeve(row: &SleeveRow) -> Vec<Violation> {
    let mut found = Vec::new();
    common(
        &row.name,
        &row.source,
        row.density_kg_per_m3,
        None,
        &mut found,
    );
    let mut within = |quantity, value: f64, low: f64, high: f64, expected| {
        let holds = (low..=high).contains(&value);
        require(&mut found, holds, quantity, value, expected);
    };
    // Nothing of which sleeves are made is stiffer than the stiffest fibres of pitch.
    let stiff = "100 to 1e6";
    within("hoop_modulus_mpa", row.hoop_modulus_mpa, 1e2, 1e6, stiff);
    within(
        "radial_modulus_mpa",
        row.radial_modulus_mpa,
        1e2,
        1e6,
        stiff,
    );
    within("poisson_ratio", row.poisson_ratio, 0.0, 0.5, "0 to 0.5");
    within(
        "hoop_expansion_per_k",
        row.hoop_expansion_per_k,
        -1e-5,
        1e-4,
        "-1e-5 to 1e-4",
    );
    if let Some(resistivity) = row.resistivity_ohm_m {
        let low = "at least 1.5e-8";
        within("resistivity_ohm_m", resistivity, 1.5e-8, f64::MAX, low);
    }
    if let Some(conducts) = row.thermal_conductivity_w_per_m_k {
        let range = "0.01 to 2000";
        let key = "thermal_conductivity_w_per_m_k";
        within(key, conducts, 0.01, 2000.0, range);
    }
    if let Some(hottest) = row.temperature_max_c {
        let range = "0 to 3000";
        within("temperature_max_c", hottest, 0.0, 3000.0, range);
    }
    // A metal is as stiff along the radius, wound fibre at most as stiff: its hoop modulus is that of the fibre.
    let (hoop, radial) = (row.hoop_modulus_mpa, row.radial_modulus_mpa);
    let (holds, expected) = match row.form {
        SleeveForm::Metal => (radial == hoop, "hoop_modulus_mpa, in a metal"),
        SleeveForm::WoundFibre => (radial <= hoop, "at most hoop_modulus_mpa"),
    };
    require(&mut found, holds, "radial_modulus_mpa", radial, expected);
    for [temperature, strength] in &row.hoop_strength_min_c_mpa {
        let holds =
            (-273.15..3000.0).contains(temperature) && *strength > 0.0 && *strength < 0.1 * hoop;
        let expected = "above 0 and below a tenth of the modulus, at a temperature";
        require(
            &mut found,
            holds,
            "hoop_strength_min_c_mpa",
            *strength,
            expected,
        );
    }
    for pair in row.hoop_strength_min_c_mpa.windows(2) {
        let holds = pair[0][0] < pair[1][0] && pair[0][1] >= pair[1][1];
        let expected = "rising temperatures at which the strength does not rise";
        require(
            &mut found,
            holds,
            "hoop_strength_min_c_mpa",
            pair[1][0],
            expected,
        );
    }
    found
}
