//! What a steel row may not claim: magnetisation curve and loss table.

use crate::material::steel::{BhRounding, SteelRow};
use crate::unit::MU_0;

use super::{Violation, common, require};

/// Polarisation of Fe65Co35 at saturation, the highest of any alloy, is 2.45 T (R. M. Bozorth,
/// Ferromagnetism, 1951, recalled); the rest is room for the last printed digit [T].
const POLARISATION_MAX_T: f64 = 2.46;

/// Everything that a steel row claims against physics; empty for a possible row.
#[must_use]
pub fn steel(row: &SteelRow) -> Vec<Violation> {
    let mut found = Vec::new();
    common(
        &row.grade,
        &row.source,
        row.density_kg_per_m3,
        row.composition.as_ref(),
        &mut found,
    );
    for (quantity, value) in [
        ("lamination_thickness_mm", row.lamination_thickness_mm),
        ("resistivity_ohm_m", row.resistivity_ohm_m),
        ("yield_strength_mpa", row.yield_strength_mpa),
    ] {
        if let Some(value) = value {
            require(
                &mut found,
                value > 0.0 && value.is_finite(),
                quantity,
                value,
                "more than 0",
            );
        }
    }
    magnetisation(row, &mut found);
    loss(&row.loss_hz_t_w_per_kg, &mut found);
    found
}

/// From (0, 0), strictly rising in both, nowhere less permeable than vacuum, never more polarised
/// than an alloy can be.
fn magnetisation(row: &SteelRow, found: &mut Vec<Violation>) {
    let table = &row.bh_a_per_m_t;
    let mut wrong = |what, index: usize, point: [f64; 2]| {
        found.push(Violation::Table {
            quantity: "bh_a_per_m_t",
            what,
            index,
            first: point[0],
            second: point[1],
        });
    };
    match table.first() {
        None => return wrong("no point", 0, [0.0, 0.0]),
        Some(first) if *first != [0.0, 0.0] => wrong("does not start at (0, 0)", 0, *first),
        Some(_) if table.len() < 3 => wrong("fewer than three points, the last", 0, table[0]),
        Some(_) => {}
    }
    let rounding = row.bh_rounding.unwrap_or_default();
    for (index, pair) in table.windows(2).enumerate() {
        let ([h0, b0], [h1, b1]) = (pair[0], pair[1]);
        if !(h1 > h0 && b1 > b0) {
            found.push(Violation::Table {
                quantity: "bh_a_per_m_t",
                what: "H and B do not both increase",
                index: index + 1,
                first: h1,
                second: b1,
            });
        } else if greatest_slope(pair[0], pair[1], rounding) < MU_0 {
            found.push(Violation::Slope {
                slope_over_mu_0: (b1 - b0) / (h1 - h0) / MU_0,
                h0_a_per_m: h0,
                b0_t: b0,
                h1_a_per_m: h1,
                b1_t: b1,
            });
        }
        let polarisation = b1 - MU_0 * h1;
        if polarisation > POLARISATION_MAX_T {
            found.push(Violation::Polarisation {
                polarisation_t: polarisation,
                h_a_per_m: h1,
                b_t: b1,
            });
        }
    }
}

/// The slope between two printed points, or where that is less than µ0 the greatest slope between two
/// points that print the same within the declared rounding [V s/(A m)].
fn greatest_slope(lower: [f64; 2], upper: [f64; 2], rounding: BhRounding) -> f64 {
    let (dh, db) = (upper[0] - lower[0], upper[1] - lower[1]);
    let printed = db / dh;
    let narrowed = dh - 2.0 * rounding.h_a_per_m;
    if printed >= MU_0 || narrowed <= 0.0 {
        return printed;
    }
    (db + 2.0 * rounding.b_t) / narrowed
}

/// Positive, and rising with flux density at each frequency and with frequency at each flux density.
fn loss(table: &[[f64; 3]], found: &mut Vec<Violation>) {
    let mut wrong = |what, index: usize, point: &[f64; 3]| {
        found.push(Violation::Table {
            quantity: "loss_hz_t_w_per_kg",
            what,
            index,
            first: point[0],
            second: point[1],
        });
    };
    for (index, point) in table.iter().enumerate() {
        if !point.iter().all(|value| *value > 0.0 && value.is_finite()) {
            wrong("a number that is not positive", index, point);
        }
        for other in &table[..index] {
            let same_frequency = other[0] == point[0];
            let same_flux = other[1] == point[1];
            if same_frequency && same_flux {
                wrong("the same frequency and flux density twice", index, point);
            } else if same_frequency && (point[1] > other[1]) != (point[2] > other[2]) {
                wrong("loss does not rise with flux density", index, point);
            } else if same_flux && (point[0] > other[0]) != (point[2] > other[2]) {
                wrong("loss does not rise with frequency", index, point);
            }
        }
    }
}
