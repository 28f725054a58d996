//! Heat across the air gap.

use crate::loss::mechanical::{air, disc_gap_stirring};

/// Specific heat of air [J/(kg K)] and its Prandtl number, which change little between 0 and 200 °C.
const AIR: (f64, f64) = (1006.0, 0.71);

/// Film coefficient across a smooth gap between a turning and a standing cylinder [W/(m² K)], from one to the other:
/// h = Nu k / (2 δ) with the Taylor number Ta = Ω² r δ³ / ν²: Nu = 2 up to Ta = 1700, 0.128 Ta^0.367 up to 10⁴ and
/// 0.409 Ta^0.241 beyond (K. M. Becker and J. Kaye, Measurements of diabatic flow in an annulus with an inner rotating
/// cylinder, Journal of Heat Transfer 84, 1962, by memory).
pub fn film(radius: f64, gap: f64, speed: f64, temperature_c: f64) -> f64 {
    let (density, viscosity) = air(temperature_c);
    let conductivity = conductivity(viscosity);
    let kinematic = viscosity / density;
    let taylor = speed * speed * radius * gap.powi(3) / (kinematic * kinematic);
    let nusselt = match taylor {
        t if t < 1700.0 => 2.0,
        t if t < 1e4 => 0.128 * t.powf(0.367),
        t => 0.409 * t.powf(0.241),
    };
    nusselt * conductivity / (2.0 * gap)
}

/// Conductivity of air [W/(m K)] by its viscosity [Pa s].
fn conductivity(viscosity: f64) -> f64 {
    let (heat, prandtl) = AIR;
    viscosity * heat / prandtl
}

/// Film coefficient across the gap between a turning disc and a standing one [W/(m² K)], from one to the other: what air
/// conducts at rest, k / δ, and as many times more of it as torque crosses the gap, since what stirs the air carries heat
/// and momentum alike where the Prandtl number is near one (the analogy of O. Reynolds; between rotor and stator J. M. Owen
/// and R. H. Rogers, Flow and Heat Transfer in Rotating-Disc Systems, vol. 1, 1989; reviewed for machines by D. A. Howey, P.
/// R. N. Childs and A. S. Holmes, Air-gap convection in rotating electrical machines, IEEE Transactions on Industrial
/// Electronics 59, 2012, both by memory). Air that is pumped through the gap takes nothing with it.
pub fn disc_film(radius: f64, gap: f64, speed: f64, temperature_c: f64) -> f64 {
    let (_, viscosity) = air(temperature_c);
    conductivity(viscosity) / gap * disc_gap_stirring(radius, gap, speed, temperature_c)
}

#[cfg(test)]
mod tests {
    use super::{disc_film, film};

    /// Beside a disc air conducts at rest and while it is only sheared, takes more the faster it is stirred, and in a wide gap
    /// no more than a free disc gives off on its way through two layers of air: of the law 0.015 Re^0.8 (C. Wagner,
    /// Heat transfer from a rotating disk to ambient air, Journal of Applied Physics 19, 1948, by memory) between a
    /// fifth and once.
    #[test]
    fn a_disc_conducts_at_rest_and_takes_no_more_than_a_free_one() {
        let at = |gap, speed| disc_film(0.118, gap, speed, 65.0);
        assert!((at(1e-3, 0.0) * 1e-3 - 0.0288).abs() < 0.001);
        assert!((at(1e-3, 1.0) / at(1e-3, 0.0) - 1.0).abs() < 1e-12);
        let mut before = at(1e-3, 0.0);
        for step in 1..400 {
            let now = at(1e-3, 10.0 * f64::from(step));
            assert!(now > before * (1.0 - 1e-12) && now < 1.7 * before);
            before = now;
        }
        let (speed, viscosity) = (1000.0, 1.95e-5);
        let reynolds: f64 = speed * 0.118 * 0.118 / viscosity;
        let free = 0.015 * reynolds.powf(0.8) * 0.0288 / 0.118;
        let share = at(1e-2, speed) / free;
        assert!((0.2..1.0).contains(&share), "{share}");
    }

    /// At rest air conducts, 0.026 W/(m K) at 25 °C; faster is never worse, and the laws meet within a tenth.
    #[test]
    fn air_conducts_at_rest_and_never_takes_less_when_it_is_stirred() {
        let at = |speed| film(0.08, 0.75e-3, speed, 25.0);
        assert!((at(0.0) * 0.75e-3 - 0.026).abs() < 0.001);
        let mut before = at(0.0);
        for step in 1..400 {
            let now = at(10.0 * f64::from(step));
            assert!(now >= 0.95 * before && now < 1.2 * before);
            before = now;
        }
    }
}
