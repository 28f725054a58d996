//! Heat inside a bundle of conductors, and from it to the teeth.

use super::machine::{Films, Metal};
use std::f64::consts::PI;

/// All slots of a machine, with conductors along them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slots {
    /// How many.
    pub(super) count: usize,
    /// Cross-section of one where coil sides lie [m²].
    pub(super) area: f64,
    /// Depth of that [m].
    pub(super) depth: f64,
    /// Metal of all conductors in all of them [m²].
    pub(super) metal: f64,
}

impl Slots {
    /// Conductivity across the bundle in a slot with the winding at a temperature [°C], in [W/(m K)].
    pub(super) fn bundle(&self, films: &Films, metal: &Metal, at: f64) -> f64 {
        let fill = (self.metal / (self.count as f64 * self.area)).min(1.0);
        bundle_conductivity(fill, metal.conductivity(at), films.resin)
    }

    /// One of both sides of all slots along a length [m²].
    fn side(&self, length: f64) -> f64 {
        self.count as f64 * self.depth * length
    }

    /// From the mean of the bundles to their sides along a length [K/W].
    fn within(&self, bundle: f64, length: f64) -> f64 {
        mean_to_sides(self.area / self.depth, bundle, self.side(length))
    }

    /// From the mean of the bundles to both of their teeth along a length, through the liner [K/W].
    pub(super) fn resistance_to_teeth(&self, films: &Films, bundle: f64, length: f64) -> f64 {
        let (thickness, conductivity) = films.liner;
        self.within(bundle, length) + thickness / (conductivity * 2.0 * self.side(length))
    }

    /// How much hotter than its mean a bundle is inside where it gives heat [W] to its sides along a length [K].
    pub(super) fn hotter_inside(&self, bundle: f64, heat: f64, length: f64) -> f64 {
        0.5 * heat * self.within(bundle, length)
    }
}

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
