//! Magnets on a turning rotor, held by a sleeve that is smaller than they are.
//!
//! Three bodies are pressed into each other: the iron, a ring; the magnets, columns along the radius that carry nothing
//! around the circumference, since they do not touch each other; the sleeve, a ring. Where they touch their displacements
//! agree, but for what the sleeve was made smaller by. What it loses of the contact at speed, and what it gains of its own
//! stress, follow (A. Binder, T. Schneider and M. Klohr, Fixation of buried and surface-mounted magnets in high-speed
//! permanent-magnet synchronous machines, IEEE Transactions on Industry Applications 42, 2006, for thin sleeves and a
//! rotor that does not give; here sleeve and iron are the elastic rings of `ring`).

use super::ring::{Ring, Strained};

/// Magnets between iron and sleeve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blocks {
    /// Density [kg/m³].
    pub density: f64,
    /// Modulus of elasticity along the radius [Pa].
    pub modulus: f64,
    /// Part of the circumference that they fill [-].
    pub share: f64,
}

/// Iron, magnets and sleeve, one around the other: the magnets reach from the outside of the iron to the inside of the
/// sleeve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Sleeve.
    pub sleeve: Ring,
    /// Iron below the magnets.
    pub iron: Ring,
    /// Magnets.
    pub magnets: Blocks,
}

/// The rotor at a speed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// Pressure of a magnet on the iron [Pa]; less than nothing where the magnets would have to hang on it to stay.
    pub seat: f64,
    /// Pressure between a magnet and the sleeve [Pa]; that of magnets which have left the iron where they have.
    pub top: f64,
    /// The sleeve under the mean of that pressure over the circumference.
    pub sleeve: Strained,
}

impl Fit {
    /// Pressure that the magnets lose between sleeve and seat [Pa]: that of their own weight at speed,
    /// ρ ω² (r₂³ − r₁³) / (3 r₁).
    fn shed(&self, speed: f64) -> f64 {
        let (low, high) = (self.iron.outer, self.sleeve.inner);
        self.magnets.density * speed * speed * (high.powi(3) - low.powi(3)) / (3.0 * low)
    }

    /// The rotor at a speed [rad/s] whose sleeve was made smaller than its magnets by a part of the radius [m],
    /// temperatures included.
    pub fn at(&self, speed: f64, smaller: f64) -> Held {
        let (low, high) = (self.iron.outer, self.sleeve.inner);
        let Blocks { modulus, share, .. } = self.magnets;
        let shed = self.shed(speed);
        let of_sleeve =
            |pressure: f64, speed: f64| self.sleeve.under(pressure, 0.0, speed).displacement(high);
        let of_iron =
            |pressure: f64, speed: f64| self.iron.under(0.0, pressure, speed).displacement(low);
        // What a pressure of one pascal on top of a magnet makes sleeve and magnets differ by, and what speed does.
        let steep = share * of_sleeve(1.0, 0.0) - share * high / low * of_iron(1.0, 0.0)
            + high * (high / low).ln() / modulus;
        let grown = self.magnets.density * speed * speed / 3.0
            * (high.powi(3) * (high / low).ln() - (high.powi(3) - low.powi(3)) / 3.0)
            / modulus;
        let apart = of_sleeve(0.0, speed) - of_iron(-share * shed, speed) - grown;
        let top = (smaller - apart) / steep;
        let seat = top * high / low - shed;
        let top = top.max(shed * low / high);
        Held {
            seat,
            top,
            sleeve: self.sleeve.under(share * top, 0.0, speed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rotor of 80 mm with 3 mm of carbon fibre.
    fn fit() -> Fit {
        Fit {
            sleeve: Ring {
                inner: 0.040,
                outer: 0.043,
                hoop_modulus: 140e9,
                radial_modulus: 9e9,
                poisson: 0.3,
                density: 1600.0,
            },
            iron: Ring {
                inner: 0.015,
                outer: 0.035,
                hoop_modulus: 200e9,
                radial_modulus: 200e9,
                poisson: 0.3,
                density: 7700.0,
            },
            magnets: Blocks {
                density: 7500.0,
                modulus: 160e9,
                share: 0.9,
            },
        }
    }

    /// Iron and magnets that do not give, a thin sleeve: σ = E δ / r at rest, the pressure σ t / r; at speed the
    /// contact loses what sleeve and magnets weigh (Binder, Schneider and Klohr 2006).
    #[test]
    fn a_thin_sleeve_on_a_stiff_rotor_is_that_of_binder() {
        let (r, t) = (0.040, 1e-5);
        let mut stiff = fit();
        stiff.sleeve.outer = r + t;
        stiff.sleeve.radial_modulus = 140e9;
        stiff.iron.hoop_modulus = 1e20;
        stiff.iron.radial_modulus = 1e20;
        stiff.magnets.modulus = 1e20;
        stiff.magnets.share = 1.0;
        let smaller = 4e-5;
        let rest = stiff.at(0.0, smaller);
        let stretched = 140e9 * smaller / r;
        assert!((rest.sleeve.stress(r).0 / stretched - 1.0).abs() < 1e-3);
        assert!((rest.top / (stretched * t / r) - 1.0).abs() < 1e-3);
        let speed = 50.0;
        let turning = stiff.at(speed, smaller);
        let own = 1600.0 * (speed * r).powi(2) * t / r;
        let lost = rest.top - turning.top;
        assert!((lost / own - 1.0).abs() < 2e-2, "{lost} {own}");
        let magnets = 7500.0 * speed * speed * (0.04_f64.powi(3) - 0.035_f64.powi(3)) / 3.0;
        let at_seat = turning.top * 0.04 - turning.seat * 0.035;
        assert!((at_seat / magnets - 1.0).abs() < 1e-9);
    }

    /// The contact falls with the square of the speed, by an amount that the fit does not change; no magnet that has
    /// left the iron presses with more or less than its weight.
    #[test]
    fn contact_falls_with_the_square_of_speed() {
        let fit = fit();
        let lost = |speed, smaller| fit.at(0.0, smaller).seat - fit.at(speed, smaller).seat;
        let once = lost(500.0, 1e-4);
        assert!(once > 0.0);
        assert!((lost(1000.0, 1e-4) / once - 4.0).abs() < 1e-9);
        assert!((lost(500.0, 2e-4) / once - 1.0).abs() < 1e-9);
        let left = fit.at(3000.0, 1e-5);
        assert!(left.seat < 0.0);
        let weight =
            7500.0 * 3000.0_f64.powi(2) * (0.04_f64.powi(3) - 0.035_f64.powi(3)) / (3.0 * 0.04);
        assert!((left.top / weight - 1.0).abs() < 1e-9);
    }

    /// Displacements agree where the bodies touch: sleeve less magnets less iron is what the sleeve was smaller by.
    #[test]
    fn the_bodies_stay_together() {
        let (fit, speed, smaller) = (fit(), 800.0, 1.2e-4);
        let held = fit.at(speed, smaller);
        assert!(held.seat > 0.0);
        let iron = fit
            .iron
            .under(0.0, 0.9 * held.seat, speed)
            .displacement(0.035);
        // The columns, step by step: r σ = −p r₂ + ρ ω² (r₂³ − r³) / 3.
        let steps = 2000;
        let width = 0.005 / f64::from(steps);
        let shrunk: f64 = (0..steps)
            .map(|i| {
                let r = 0.035 + (f64::from(i) + 0.5) * width;
                let pull = 7500.0 * speed * speed * (0.04_f64.powi(3) - r.powi(3)) / 3.0;
                (pull - held.top * 0.04) / r / 160e9 * width
            })
            .sum();
        let sleeve = held.sleeve.displacement(0.040);
        let found = sleeve - iron - shrunk;
        assert!((found / smaller - 1.0).abs() < 1e-6, "{found}");
    }

    /// More of a fit presses more and stretches the sleeve more; at rest a sleeve that is too large presses nothing.
    #[test]
    fn a_tighter_sleeve_presses_more() {
        let fit = fit();
        let mut before = fit.at(700.0, 0.0);
        for step in 1..10 {
            let now = fit.at(700.0, 3e-5 * f64::from(step));
            assert!(now.seat > before.seat);
            assert!(now.sleeve.stress(0.04).0 >= before.sleeve.stress(0.04).0);
            before = now;
        }
        assert_eq!(fit.at(0.0, -1e-5).top, 0.0);
    }
}
