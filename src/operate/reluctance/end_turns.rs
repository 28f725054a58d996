//! Inductance of the end turns, which no field of a cross-section holds.

use crate::unit::MU_0;
use std::f64::consts::PI;

/// Inductance [H] of both ends of a coil around a pole: set together they are a ring of `turns` turns with a mean
/// diameter [m] and a rectangular section `width` by `height` [m], in air.
///
/// L = µ0 N² a (ln(8 a / g) - 2) with the radius a of the ring and the mean geometric distance g = 0.2235 (w + h) of
/// its section from itself: F. W. Grover, "Inductance Calculations: Working Formulas and Tables", Van Nostrand 1946,
/// chapters 3 and 13. The faces of the iron, which the ring lies upon, at most double it; where the coil is flat
/// against its hole it is less.
#[must_use]
pub fn ring_inductance(turns: f64, diameter: f64, (width, height): (f64, f64)) -> f64 {
    let radius = 0.5 * diameter;
    let distance = 0.2235 * (width + height);
    // A ring without a hole has little; the formula would say less than none.
    let shape = ((8.0 * radius / distance).ln() - 2.0).max(0.0);
    MU_0 * turns * turns * radius * shape
}

/// Mean diameter [m] of the ring that two end turns of so long a mean length [m] make.
#[must_use]
pub fn ring_diameter(end_turn: f64) -> f64 {
    2.0 * end_turn / PI
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thin ring of round wire with even current has g = r e^(-1/4), so that ln(8 a / g) - 2 = ln(8 a / r) - 7/4
    /// (J. C. Maxwell, "A Treatise on Electricity and Magnetism", 1873, article 701).
    #[test]
    fn a_thin_ring_has_the_inductance_of_maxwell() {
        let (radius, wire) = (0.05_f64, 0.5e-3_f64);
        let side = wire * (-0.25_f64).exp() / 0.447;
        let found = ring_inductance(10.0, 2.0 * radius, (side, side));
        let exact = MU_0 * 100.0 * radius * ((8.0 * radius / wire).ln() - 1.75);
        assert!((found / exact - 1.0).abs() < 1e-9, "{found} {exact}");
    }

    #[test]
    fn it_grows_with_the_square_of_turns_and_with_size_and_is_never_below_zero() {
        let of =
            |turns, scale: f64| ring_inductance(turns, 0.06 * scale, (0.01 * scale, 0.02 * scale));
        assert!((of(20.0, 1.0) / of(10.0, 1.0) - 4.0).abs() < 1e-12);
        assert!((of(10.0, 3.0) / of(10.0, 1.0) - 3.0).abs() < 1e-12);
        assert_eq!(ring_inductance(10.0, 0.01, (0.02, 0.02)), 0.0);
        assert!((ring_diameter(0.05 * PI) - 0.1).abs() < 1e-15);
    }
}
