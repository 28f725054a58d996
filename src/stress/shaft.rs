//! The first critical speed of a shaft on two bearings.

use std::f64::consts::PI;

/// A round shaft, as thick everywhere, with a rotor in the middle between two bearings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shaft {
    /// Diameter [m].
    pub diameter: f64,
    /// From bearing to bearing [m].
    pub span: f64,
    /// Modulus of elasticity [Pa].
    pub modulus: f64,
    /// Density [kg/m³].
    pub density: f64,
    /// Stiffness of one bearing across the shaft [N/m].
    pub bearing: f64,
    /// Mass of the rotor on the shaft [kg].
    pub rotor: f64,
}

impl Shaft {
    fn bending(&self) -> f64 {
        self.modulus * PI / 64.0 * self.diameter.powi(4)
    }

    /// Mass of the shaft between its bearings [kg].
    fn mass(&self) -> f64 {
        self.density * PI / 4.0 * self.diameter.powi(2) * self.span
    }

    /// Angular speed at which it first bends of itself [rad/s], by the sum of Dunkerley, 1/ω² = Σ 1/ω_i², over each mass
    /// with each spring alone, which is never more than the true one (S. Dunkerley, On the whirling and vibration of
    /// shafts, Philosophical Transactions of the Royal Society A 185, 1894; S. P. Timoshenko, Vibration Problems in
    /// Engineering, 1955): the shaft alone on stiff bearings (π/l)² √(EI/µ), the rotor as a point in the middle of a
    /// shaft without mass √(48 EI / (l³ m)), both on two bearings √(2 k / m). The rotor does not stiffen the shaft and
    /// does not tilt.
    pub fn first_critical_speed(&self) -> f64 {
        let (bending, mass) = (self.bending(), self.mass());
        let cube = self.span.powi(3);
        let of_shaft = mass * cube / (PI.powi(4) * bending);
        let of_rotor = self.rotor * cube / (48.0 * bending);
        let of_bearings = (mass + self.rotor) / (2.0 * self.bearing);
        1.0 / (of_shaft + of_rotor + of_bearings).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAFT: Shaft = Shaft {
        diameter: 0.04,
        span: 0.3,
        modulus: 206e9,
        density: 7850.0,
        bearing: 1e8,
        rotor: 15.0,
    };

    /// Alone each of the three is its closed form.
    #[test]
    fn each_spring_alone_is_its_closed_form() {
        let inertia = PI / 64.0 * 0.04_f64.powi(4);
        let near = |found: f64, expected: f64| {
            assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
        };
        let stiff = Shaft {
            bearing: 1e20,
            ..SHAFT
        };
        let bare = Shaft {
            rotor: 0.0,
            ..stiff
        };
        let per_length = 7850.0 * PI / 4.0 * 0.04 * 0.04;
        near(
            bare.first_critical_speed(),
            (PI / 0.3).powi(2) * (206e9 * inertia / per_length).sqrt(),
        );
        let light = Shaft {
            density: 1e-9,
            ..stiff
        };
        near(
            light.first_critical_speed(),
            (48.0 * 206e9 * inertia / (15.0 * 0.3_f64.powi(3))).sqrt(),
        );
        let rigid = Shaft {
            modulus: 1e25,
            density: 1e-9,
            ..SHAFT
        };
        near(rigid.first_critical_speed(), (2e8 / 15.0_f64).sqrt());
    }

    /// Rayleigh's quotient of the shape in which the rotor bends the shaft is never less than the truth, Dunkerley's sum
    /// never more: 17/35 of the shaft then counts in the middle, and the bearings give way in series.
    #[test]
    fn the_sum_lies_below_the_quotient_and_not_far() {
        for rotor in [1.0, 15.0, 60.0] {
            for bearing in [2e7, 1e8, 1e12] {
                let shaft = Shaft {
                    rotor,
                    bearing,
                    ..SHAFT
                };
                let bent = 48.0 * shaft.bending() / shaft.span.powi(3);
                // The shape: the middle bends by one, the bearings give by s.
                let given = bent / (2.0 * bearing);
                let mass = shaft.mass();
                // ∫ (s + w)² with ∫ w = 5/8 and ∫ w² = 17/35 of the bent shape over the span.
                let swept = given * given + 2.0 * given * 5.0 / 8.0 + 17.0 / 35.0;
                let quotient = (bent + 2.0 * bearing * given * given)
                    / (rotor * (1.0 + given).powi(2) + mass * swept);
                let (low, high) = (shaft.first_critical_speed(), quotient.sqrt());
                assert!(low < high && low > 0.9 * high, "{low} {high}");
            }
        }
    }

    /// Thicker and stiffer is faster, longer and heavier slower.
    #[test]
    fn stiffer_is_faster() {
        let base = SHAFT.first_critical_speed();
        let faster = [
            Shaft {
                diameter: 0.05,
                ..SHAFT
            },
            Shaft {
                bearing: 2e8,
                ..SHAFT
            },
            Shaft {
                span: 0.25,
                ..SHAFT
            },
            Shaft {
                rotor: 10.0,
                ..SHAFT
            },
        ];
        assert!(faster.iter().all(|s| s.first_critical_speed() > base));
    }
}
