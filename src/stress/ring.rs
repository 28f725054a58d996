//! A ring that turns, pressed from within and from without, stiffer around its circumference than along its radius or
//! equally stiff in both directions.
//!
//! Plane stress of a polar orthotropic body (S. G. Lekhnitskii, Anisotropic Plates, 1968, curved bars and rotating
//! discs; with equal moduli S. P. Timoshenko and J. N. Goodier, Theory of Elasticity, 1970, the hollow cylinder of Lamé
//! and the rotating disk). With k² = E_θ/E_r and D = 1 − ν² E_r/E_θ the displacement obeys
//! r² u″ + r u′ − k² u = −D ρ ω² r³ / E_r, so that u = c₁ r^k + c₂ r^−k − D ρ ω² r³ / (E_r (9 − k²)).

/// A ring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ring {
    /// Inner radius [m].
    pub inner: f64,
    /// Outer radius [m].
    pub outer: f64,
    /// Modulus of elasticity along the circumference [Pa].
    pub hoop_modulus: f64,
    /// Modulus of elasticity along the radius [Pa].
    pub radial_modulus: f64,
    /// Poisson's ratio: contraction along the radius over stretch along the circumference [-].
    pub poisson: f64,
    /// Density [kg/m³].
    pub density: f64,
}

/// A ring under load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strained {
    ring: Ring,
    exponent: f64,
    /// Coefficients of the two powers and of the cube of the radius over the outer radius.
    parts: [f64; 3],
}

/// Where the particular solution has no limit, the exponent is moved by this: the whole solution is continuous there.
const RESONANT: f64 = 1e-6;

impl Ring {
    /// The ring under pressures on its inner and outer surface [Pa] at an angular speed [rad/s].
    pub fn under(&self, inside: f64, outside: f64, speed: f64) -> Strained {
        let mut k = (self.hoop_modulus / self.radial_modulus).sqrt();
        if (k - 3.0).abs() < RESONANT {
            k = 3.0 + RESONANT;
        }
        let nu = self.poisson;
        let plane = self.plane();
        let pull = self.density * (speed * self.outer).powi(2);
        let cube = -plane * pull / (self.radial_modulus * (9.0 - k * k));
        // Radial stress at x over E_r / D: (k + ν) c₁ x^(k−1) + (ν − k) c₂ x^(−k−1) + (3 + ν) c₃ x².
        let x = self.inner / self.outer;
        let left = |x: f64| [(k + nu) * x.powf(k - 1.0), (nu - k) * x.powf(-k - 1.0)];
        let right = |x: f64, pressure: f64| {
            -pressure * plane / self.radial_modulus - (3.0 + nu) * cube * x * x
        };
        let ([a, b], [c, d]) = (left(x), left(1.0));
        let (e, f) = (right(x, inside), right(1.0, outside));
        let whole = a * d - b * c;
        Strained {
            ring: *self,
            exponent: k,
            parts: [(e * d - b * f) / whole, (a * f - e * c) / whole, cube],
        }
    }

    fn plane(&self) -> f64 {
        1.0 - self.poisson * self.poisson * self.radial_modulus / self.hoop_modulus
    }
}

impl Strained {
    /// Strains along circumference and radius at a radius [m].
    fn strains(&self, radius: f64) -> (f64, f64) {
        let (k, x) = (self.exponent, radius / self.ring.outer);
        let [a, b, c] = self.parts;
        let (up, down, square) = (a * x.powf(k - 1.0), b * x.powf(-k - 1.0), c * x * x);
        (up + down + square, k * (up - down) + 3.0 * square)
    }

    /// Displacement away from the axis at a radius [m].
    pub fn displacement(&self, radius: f64) -> f64 {
        radius * self.strains(radius).0
    }

    /// Stress along circumference and radius at a radius [Pa].
    pub fn stress(&self, radius: f64) -> (f64, f64) {
        let ring = &self.ring;
        let (hoop, radial) = self.strains(radius);
        let scale = 1.0 / ring.plane();
        (
            scale * (ring.hoop_modulus * hoop + ring.poisson * ring.radial_modulus * radial),
            scale * ring.radial_modulus * (radial + ring.poisson * hoop),
        )
    }
}

/// Equivalent stress of von Mises of two principal stresses [Pa].
pub fn equivalent((one, other): (f64, f64)) -> f64 {
    (one * one - one * other + other * other).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEEL: Ring = Ring {
        inner: 0.03,
        outer: 0.08,
        hoop_modulus: 200e9,
        radial_modulus: 200e9,
        poisson: 0.3,
        density: 7800.0,
    };

    fn near(found: f64, expected: f64, within: f64) {
        assert!(
            (found / expected - 1.0).abs() < within,
            "{found} against {expected}"
        );
    }

    /// Lamé: a cylinder under inner and outer pressure, and its displacement at both surfaces.
    #[test]
    fn a_pressed_ring_is_that_of_lame() {
        let (a, b, p, q) = (0.03_f64, 0.08_f64, 12e6, 5e6);
        let found = STEEL.under(p, q, 0.0);
        let (aa, bb) = (a * a, b * b);
        for r in [a, 0.05, b] {
            let even = (p * aa - q * bb) / (bb - aa);
            let varying = (p - q) * aa * bb / (r * r * (bb - aa));
            let (hoop, radial) = found.stress(r);
            near(hoop, even + varying, 1e-9);
            near(radial, even - varying, 1e-9);
            near(
                found.displacement(r),
                r / 200e9 * ((even + varying) - 0.3 * (even - varying)),
                1e-9,
            );
        }
    }

    /// Timoshenko and Goodier: a rotating disk with a hole.
    #[test]
    fn a_turning_ring_is_the_disk_with_a_hole() {
        let (a, b, speed) = (0.03_f64, 0.08_f64, 900.0);
        let found = STEEL.under(0.0, 0.0, speed);
        let load = 7800.0 * speed * speed * 3.3 / 4.0;
        near(found.stress(a).0, load * (b * b + a * a * 0.7 / 3.3), 1e-9);
        near(found.stress(b).0, load * (a * a + b * b * 0.7 / 3.3), 1e-9);
        let middle = (a * b).sqrt();
        near(found.stress(middle).1, load / 2.0 * (b - a) * (b - a), 1e-9);
    }

    /// A thin ring carries ρω²r² and p r / t, however stiff along its radius; every law is in equilibrium between its
    /// surfaces: the hoop stress over the thickness holds what presses and what pulls.
    #[test]
    fn thin_rings_and_equilibrium() {
        for radial_modulus in [10e9, 140e9 / 9.0, 140e9] {
            let fibre = |thickness: f64| Ring {
                inner: 0.05,
                outer: 0.05 + thickness,
                hoop_modulus: 140e9,
                radial_modulus,
                poisson: 0.3,
                density: 1600.0,
            };
            let thin = fibre(1e-5);
            near(
                thin.under(0.0, 0.0, 2000.0).stress(0.05).0,
                1600.0 * (2000.0_f64 * 0.05).powi(2),
                1e-3,
            );
            near(
                thin.under(1e4, 0.0, 0.0).stress(0.05).0,
                1e4 * 0.05 / 1e-5,
                1e-3,
            );
            let thick = fibre(0.01);
            let found = thick.under(30e6, 4e6, 2000.0);
            let steps = 4000;
            let width = 0.01 / f64::from(steps);
            let held: f64 = (0..steps)
                .map(|i| found.stress(0.05 + (f64::from(i) + 0.5) * width).0 * width)
                .sum();
            let pulled = 1600.0 * 2000.0_f64.powi(2) * (0.06_f64.powi(3) - 0.05_f64.powi(3)) / 3.0;
            near(held, 30e6 * 0.05 - 4e6 * 0.06 + pulled, 1e-5);
            near(found.stress(0.05).1, -30e6, 1e-6);
            near(found.stress(0.06).1, -4e6, 1e-6);
        }
    }

    /// Nothing leaps where the particular solution has no limit, and equal moduli are the limit of nearly equal ones.
    #[test]
    fn the_law_is_continuous_in_its_moduli() {
        let at = |radial_modulus| {
            let ring = Ring {
                radial_modulus,
                ..STEEL
            };
            ring.under(5e6, 1e6, 900.0).stress(0.03).0
        };
        for modulus in [200e9, 200e9 / 9.0] {
            near(at(modulus * (1.0 + 1e-3)), at(modulus), 2e-3);
            near(at(modulus * (1.0 - 1e-3)), at(modulus), 2e-3);
        }
    }
}
