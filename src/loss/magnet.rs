//! Eddy currents in magnets.

/// Share of the loss of endless magnets that is left in pieces of a width and an axial length [m], where
/// the currents turn round inside the piece: l² / (l² + w²), the loop of which both sides take their part of
/// the electromotive force. Long and short pieces are met exactly, a square one within a fifth (J. D. Ede, K. Atallah, G. W.
/// Jewell, J. B. Wang, D. Howe, "Effect of axial segmentation of permanent magnets on rotor loss in modular
/// permanent-magnet brushless machines", IEEE Trans. Ind. Appl. 43 (2007) 1207-1213).
pub fn end_effect(width: f64, length: f64) -> f64 {
    length * length / (length * length + width * width)
}

/// Loss [W] of magnets at an angular frequency [rad/s] whose potential of that frequency has the second
/// moment ∫ |A - mean A|² dV [V² s² m] about the mean of each piece, which carries no net current:
/// P = ω² ∫ |A - mean A|² dV / (2 ρ), as long as the field of the eddy currents is small (Z. Q. Zhu, K. Ng,
/// N. Schofield, D. Howe, "Improved analytical modelling of rotor eddy current loss in brushless machines
/// equipped with surface-mounted permanent magnets", IEE Proc. Electr. Power Appl. 151 (2004) 641-650). That
/// holds up to pieces about as wide as twice the skin depth; beyond it the loss is overestimated.
pub fn loss(moment: f64, omega: f64, resistivity: f64) -> f64 {
    0.5 * omega * omega * moment / resistivity
}

/// Skin depth [m] at an angular frequency [rad/s].
pub fn skin_depth(omega: f64, resistivity: f64, recoil_permeability: f64) -> f64 {
    (2.0 * resistivity / (omega * crate::unit::MU_0 * recoil_permeability)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An even flux density B over a plate of width w: A = B x, moment B² w³ t l / 12, and the loss per
    /// volume is the classical ω² B² w² / (24 ρ).
    #[test]
    fn an_even_field_gives_the_classical_plate() {
        let (b, w, t, l, omega, rho) = (0.05, 0.01, 0.004, 0.08, 4000.0, 1.5e-6);
        let moment = b * b * w * w * w * t * l / 12.0;
        let classical = omega * omega * b * b * w * w / (24.0 * rho) * w * t * l;
        assert!((loss(moment, omega, rho) / classical - 1.0).abs() < 1e-12);
    }

    #[test]
    fn short_pieces_lose_with_the_square_of_their_length() {
        assert!((end_effect(0.02, 0.0002) / end_effect(0.02, 0.0001) - 4.0).abs() < 1e-3);
        assert!((end_effect(0.02, 0.02) - 0.5).abs() < 1e-12);
        assert!(end_effect(0.02, 20.0) > 0.999_99);
    }
}
