//! Heat across the air gap.

use crate::loss::mechanical::air;

/// Specific heat of air [J/(kg K)] and its Prandtl number, which change little between 0 and 200 °C.
const AIR: (f64, f64) = (1006.0, 0.71);

/// Film coefficient across a smooth gap between a turning and a standing cylinder [W/(m² K)], from one to the other:
/// h = Nu k / (2 δ) with the Taylor number Ta = Ω² r δ³ / ν²: Nu = 2 up to Ta = 1700, 0.128 Ta^0.367 up to 10⁴ and
/// 0.409 Ta^0.241 beyond (K. M. Becker and J. Kaye, Measurements of diabatic flow in an annulus with an inner rotating
/// cylinder, Journal of Heat Transfer 84, 1962, by memory).
pub fn film(radius: f64, gap: f64, speed: f64, temperature_c: f64) -> f64 {
    let (density, viscosity) = air(temperature_c);
    let (heat, prandtl) = AIR;
    let conductivity = viscosity * heat / prandtl;
    let kinematic = viscosity / density;
    let taylor = speed * speed * radius * gap.powi(3) / (kinematic * kinematic);
    let nusselt = match taylor {
        t if t < 1700.0 => 2.0,
        t if t < 1e4 => 0.128 * t.powf(0.367),
        t => 0.409 * t.powf(0.241),
    };
    nusselt * conductivity / (2.0 * gap)
}

#[cfg(test)]
mod tests {
    use super::film;

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
