//! Eddy currents in the strands and bars of a winding by the field that crosses them.

use crate::unit::MU_0;
use std::f64::consts::PI;

/// The bare conductor of a strand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Section {
    /// Round: diameter [m].
    Round(f64),
    /// Rectangular: across the slot and along its depth [m].
    Bar(f64, f64),
}

/// Loss of one strand per length [W/m] in a sine of the flux density with peaks across the slot (B_t, the
/// tangential one) and along it (B_r) [T], at an angular frequency [rad/s], resistivity [Ω m].
///
/// Round: P/l = π d⁴ ω² B² / (128 ρ), the squared-field-derivative method (C. R. Sullivan, "Computationally
/// efficient winding loss calculation with multiple windings, arbitrary waveforms, and two-dimensional or
/// three-dimensional field geometry", IEEE Trans. Power Electron. 16 (2001) 142-150).
/// Bar: P/l = w h³ ω² B_t² / (24 ρ) F(h/δ) and the same with height and width exchanged for B_r, where
/// F(ξ) = 6 (sinh ξ - sin ξ) / (ξ³ (cosh ξ + cos ξ)) is the field that the eddy currents drive back (P. L.
/// Dowell, "Effects of eddy currents in transformer windings", Proc. IEE 113 (1966) 1387-1394) and
/// δ = sqrt(2 ρ / (ω µ0)). The field is that of the coil with even current, so the gradient across one bar is
/// in it: a slot of m bars above each other has m² where Dowell has m² - 1/5.
pub fn strand_loss(section: Section, [b_r, b_t]: [f64; 2], omega: f64, resistivity: f64) -> f64 {
    if omega <= 0.0 {
        return 0.0;
    }
    let depth = (2.0 * resistivity / (omega * MU_0)).sqrt();
    match section {
        Section::Round(d) => {
            PI * d.powi(4) * omega * omega * (b_r * b_r + b_t * b_t) / (128.0 * resistivity)
        }
        Section::Bar(w, h) => {
            let plate = |along: f64, across: f64, b: f64| {
                along * across.powi(3) * omega * omega * b * b / (24.0 * resistivity)
                    * driven_back(across / depth)
            };
            plate(w, h, b_t) + plate(h, w, b_r)
        }
    }
}

/// F(ξ): the share of the loss that is left of the one without reaction.
fn driven_back(xi: f64) -> f64 {
    // The difference of sinh and sin loses all its digits near zero; F = 1 - 17 ξ⁴ / 420 there.
    if xi < 0.1 {
        return 1.0;
    }
    // Far beyond, sinh and cosh overflow; their ratio is one.
    if xi > 300.0 {
        return 6.0 / xi.powi(3);
    }
    6.0 * (xi.sinh() - xi.sin()) / (xi.powi(3) * (xi.cosh() + xi.cos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COPPER: f64 = 2.2e-8;

    #[test]
    fn thinner_strands_of_the_same_copper_lose_with_the_square_of_their_diameter() {
        let per_copper = |d: f64| {
            strand_loss(Section::Round(d), [0.1, 0.2], 3000.0, COPPER) / (PI / 4.0 * d * d)
        };
        assert!((per_copper(1e-3) / per_copper(0.5e-3) - 4.0).abs() < 1e-12);
        assert!(per_copper(1e-7) < 1e-7 * per_copper(1e-3));
    }

    #[test]
    fn there_is_no_loss_at_rest() {
        for section in [Section::Round(1e-3), Section::Bar(3e-3, 2e-3)] {
            assert_eq!(strand_loss(section, [1.0, 1.0], 0.0, COPPER), 0.0);
        }
    }

    /// Eight bars above each other carry 100 A each in a slot 4 mm wide: the excess over the direct-current
    /// loss is that of Dowell's k = φ(ξ) + (m² - 1)/3 ψ(ξ).
    #[test]
    fn bars_in_a_slot_follow_dowell() {
        let (m, w, h, slot, current) = (8, 3.2e-3, 2.0e-3, 4e-3, 100.0);
        for frequency in [50.0, 400.0, 1500.0] {
            let omega = 2.0 * PI * frequency;
            // The bar of width w in a slot of width b acts as copper that fills the slot, thinned to w/b.
            let xi = h * (omega * MU_0 * w / slot / (2.0 * COPPER)).sqrt();
            let (sh, ch) = ((2.0 * xi).sinh(), (2.0 * xi).cosh());
            let phi = xi * (sh + (2.0 * xi).sin()) / (ch - (2.0 * xi).cos());
            let psi = 2.0 * xi * (xi.sinh() - xi.sin()) / (xi.cosh() + xi.cos());
            let dowell = phi - 1.0 + f64::from(m * m - 1) / 3.0 * psi;
            let dc = COPPER / (w * h) * current * current / 2.0;
            let steps = 200;
            let mut sum = 0.0;
            for bar in 0..m {
                for k in 0..steps {
                    let linked =
                        current * (f64::from(bar) + (f64::from(k) + 0.5) / f64::from(steps));
                    let b = MU_0 * linked / slot;
                    sum +=
                        strand_loss(Section::Bar(w, h), [0.0, b], omega, COPPER) / f64::from(steps);
                }
            }
            let found = sum / (f64::from(m) * dc);
            assert!(
                (found / dowell - 1.0).abs() < 0.06,
                "{frequency}: {found} {dowell}"
            );
        }
    }
}
