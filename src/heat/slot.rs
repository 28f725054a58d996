//! Heat inside a bundle of conductors.

use std::f64::consts::PI;

/// Conductivity across a bundle of round conductors in a resin [W/(m K)]: k = k_r ((1 + f) k_c + (1 − f) k_r) /
/// ((1 − f) k_c + (1 + f) k_r) with f the share of conductor, the lower bound of Z. Hashin and S. Shtrikman (1962) as
/// N. Simpson, R. Wrobel and P. H. Mellor use it (Estimation of equivalent thermal parameters of impregnated electrical
/// windings, IEEE Transactions on Industry Applications 49, 2013).
pub fn bundle_conductivity(fill: f64, conductor: f64, resin: f64) -> f64 {
    resin * ((1.0 + fill) * conductor + (1.0 - fill) * resin)
        / ((1.0 - fill) * conductor + (1.0 + fill) * resin)
}

/// Conductivity of a metal for heat [W/(m K)] from its resistivity [Ω m] at a temperature [°C]: the law of Wiedemann and
/// Franz, k ρ = L T, with Sommerfeld's L = π² k_B² / (3 e²) = 2.44e-8 W Ω/K².
pub fn metal_conductivity(resistivity: f64, temperature_c: f64) -> f64 {
    const BOLTZMANN_OVER_CHARGE: f64 = 8.617_333e-5;
    let lorenz = PI * PI / 3.0 * BOLTZMANN_OVER_CHARGE * BOLTZMANN_OVER_CHARGE;
    lorenz * (temperature_c + 273.15) / resistivity
}

/// A layer that is heated evenly and cooled on both sides: resistance [K/W] from its mean temperature to the sides,
/// thickness t, area of one side A: t / (12 k A), the heat being that of the whole layer. Its hottest place is hotter
/// than the mean by half as much as the mean is than the sides (H. S. Carslaw and J. C. Jaeger, Conduction of Heat in
/// Solids, 1959; the T-equivalent of P. H. Mellor, D. Roberts and D. R. Turner, IEE Proceedings B 138, 1991).
pub fn mean_to_sides(thickness: f64, conductivity: f64, area: f64) -> f64 {
    thickness / (12.0 * conductivity * area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_lies_between_resin_and_metal() {
        let at = |fill| bundle_conductivity(fill, 390.0, 0.2);
        assert!((at(0.0) - 0.2).abs() < 1e-12 && (at(1.0) - 390.0).abs() < 1e-9);
        // (1 + f) / (1 − f) times the resin where metal conducts without resistance.
        assert!((at(0.5) - 0.6).abs() < 0.002, "{}", at(0.5));
    }

    /// Copper conducts about 400 W/(m K) at 20 °C.
    #[test]
    fn copper_conducts_as_the_tables_say() {
        assert!((metal_conductivity(1.7241e-8, 20.0) / 400.0 - 1.0).abs() < 0.05);
    }

    /// The layer in thin slices: the mean above the sides is t²q/12k.
    #[test]
    fn a_layer_is_that_of_slices() {
        let (t, k, area, heat) = (0.006, 0.5, 0.2, 100.0);
        let q = heat / (t * area);
        let n = 2000;
        let mean: f64 = (0..n)
            .map(|i| {
                let x = t * (f64::from(i) + 0.5) / f64::from(n);
                q * x * (t - x) / (2.0 * k) / f64::from(n)
            })
            .sum();
        assert!((mean / (heat * mean_to_sides(t, k, area)) - 1.0).abs() < 1e-5);
    }
}
