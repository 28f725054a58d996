//! The physics gate: what no row may claim, whoever prints it.
//!
//! Published tables hold impossible rows. Each check names the relation, the numbers and the row, so
//! that the reader can look up the source and see. A check never repairs.

mod conductor;
mod magnet;
mod sleeve;
mod steel;

pub use conductor::conductor;
pub use magnet::magnet;
pub use sleeve::sleeve;
pub use steel::steel;

use super::composition::{CompositionError, CompositionRow};

/// Densities outside this range are a slip of the unit (g/cm³): no magnet, steel or conductor has
/// one [kg/m³].
const DENSITY_KG_PER_M3: std::ops::RangeInclusive<f64> = 1000.0..=23000.0;

/// A relation that a row violates, with the numbers in the units of its keys.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Violation {
    /// More energy than the remanence can hold.
    #[error(
        "(BH)max {energy_product_kj_per_m3} kJ/m3 exceeds Br^2/(4 mu0) = {bound_kj_per_m3:.2} kJ/m3 at Br {remanence_t} T"
    )]
    EnergyProduct {
        /// (BH)max [kJ/m³].
        energy_product_kj_per_m3: f64,
        /// Br²/(4 µ0) [kJ/m³].
        bound_kj_per_m3: f64,
        /// Br [T].
        remanence_t: f64,
    },
    /// HcB above HcJ.
    #[error("HcB {hcb_ka_per_m} kA/m exceeds HcJ {hcj_ka_per_m} kA/m")]
    CoercivityOrder {
        /// HcB [kA/m].
        hcb_ka_per_m: f64,
        /// HcJ [kA/m].
        hcj_ka_per_m: f64,
    },
    /// HcB above Br/µ0.
    #[error(
        "HcB {hcb_ka_per_m} kA/m exceeds Br/mu0 = {bound_ka_per_m:.1} kA/m at Br {remanence_t} T"
    )]
    CoercivityBound {
        /// HcB [kA/m].
        hcb_ka_per_m: f64,
        /// Br/µ0 [kA/m].
        bound_ka_per_m: f64,
        /// Br [T].
        remanence_t: f64,
    },
    /// Minimum, nominal and maximum out of order.
    #[error("{quantity}: {lower_name} {lower} exceeds {upper_name} {upper}")]
    BandOrder {
        /// Key of the quantity.
        quantity: &'static str,
        /// Name of the lower bound.
        lower_name: &'static str,
        /// Its value.
        lower: f64,
        /// Name of the upper bound.
        upper_name: &'static str,
        /// Its value.
        upper: f64,
    },
    /// A number outside the range that physics or its definition gives.
    #[error("{quantity} is {found}, expected {expected}")]
    Range {
        /// Key of the quantity.
        quantity: &'static str,
        /// Value found, in the unit of the key.
        found: f64,
        /// The range in words.
        expected: &'static str,
    },
    /// HcJ over temperature runs the wrong way for the family.
    #[error(
        "HcJ of a {family} magnet must {direction} with temperature, but goes from {from_ka_per_m} kA/m at {from_c} C to {to_ka_per_m} kA/m at {to_c} C"
    )]
    CoercivityTrend {
        /// Family.
        family: &'static str,
        /// `fall` or `rise`.
        direction: &'static str,
        /// Temperature [°C].
        from_c: f64,
        /// HcJ [kA/m].
        from_ka_per_m: f64,
        /// Next temperature [°C].
        to_c: f64,
        /// HcJ there [kA/m].
        to_ka_per_m: f64,
    },
    /// A table whose first column does not strictly increase, or which does not start where it must.
    #[error("{quantity}: {what} at point {index} ({first}, {second})")]
    Table {
        /// Key of the table.
        quantity: &'static str,
        /// What is wrong.
        what: &'static str,
        /// Index of the point from 0.
        index: usize,
        /// First number of the point.
        first: f64,
        /// Second number of the point.
        second: f64,
    },
    /// Permeability below that of vacuum.
    #[error(
        "slope dB/dH = {slope_over_mu_0:.4} mu0 between ({h0_a_per_m} A/m, {b0_t} T) and ({h1_a_per_m} A/m, {b1_t} T) is less than mu0"
    )]
    Slope {
        /// Slope over µ0 [1].
        slope_over_mu_0: f64,
        /// Lower point [A/m].
        h0_a_per_m: f64,
        /// Lower point [T].
        b0_t: f64,
        /// Upper point [A/m].
        h1_a_per_m: f64,
        /// Upper point [T].
        b1_t: f64,
    },
    /// More polarisation than any alloy has.
    #[error(
        "polarisation {polarisation_t:.2} T at ({h_a_per_m} A/m, {b_t} T) exceeds 2.46 T, the most that any iron alloy has"
    )]
    Polarisation {
        /// J = B − µ0 H [T].
        polarisation_t: f64,
        /// Point [A/m].
        h_a_per_m: f64,
        /// Point [T].
        b_t: f64,
    },
    /// A composition that cannot be.
    #[error(transparent)]
    Composition(#[from] CompositionError),
    /// Text that must not be empty.
    #[error("`{quantity}` is empty")]
    Empty {
        /// Key.
        quantity: &'static str,
    },
}

/// Records a range violation unless `holds`.
fn require(
    found: &mut Vec<Violation>,
    holds: bool,
    quantity: &'static str,
    value: f64,
    expected: &'static str,
) {
    if !holds {
        found.push(Violation::Range {
            quantity,
            found: value,
            expected,
        });
    }
}

/// Checks what every row has: a name, a source, a density, a composition that sums up.
fn common(
    name: &str,
    source: &str,
    density_kg_per_m3: f64,
    composition: Option<&CompositionRow>,
    found: &mut Vec<Violation>,
) {
    for (quantity, text) in [("grade", name), ("source", source)] {
        if text.trim().is_empty() {
            found.push(Violation::Empty { quantity });
        }
    }
    require(
        found,
        DENSITY_KG_PER_M3.contains(&density_kg_per_m3),
        "density_kg_per_m3",
        density_kg_per_m3,
        "1000 to 23000",
    );
    if let Some(Err(error)) = composition.map(CompositionRow::resolve) {
        found.push(error.into());
    }
}
