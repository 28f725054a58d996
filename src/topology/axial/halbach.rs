//! Poles of several pieces whose magnetisation turns from one to the next.

use super::{Arrangement, Axial, MagnetOutline};
use crate::network::plan::Magnetisation;
use crate::topology::Misfit;
use crate::topology::misfit::{FULL_POLE, PIECES, misfit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// A Halbach array (J. C. Mallinson, "One-sided fluxes - a magnetic curiosity?", IEEE Trans. Magn. 9 (1973) 678-682;
/// K. Halbach, "Design of permanent multipole magnets with oriented rare earth cobalt material", Nuclear Instruments and
/// Methods 169 (1980) 1-10): equal pieces that fill the pole pitch, each magnetised in one direction, which from piece to
/// piece turns by equal steps, half a turn over a pole pitch, so that the flux gathers on the side of the gap. Poles
/// share no piece: an odd number has a piece on the axis of the pole, an even number a joint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Halbach {
    /// Pieces of a pole.
    #[schemars(range(min = 2, max = 8))]
    pub segments_per_pole: usize,
}

impl Axial {
    /// Pieces of a pole.
    pub(super) fn pieces(&self) -> usize {
        self.rotor
            .halbach
            .map_or(1, |array| array.segments_per_pole)
    }

    /// Place of the side of a piece, counted from none, over the width of the pole: from -1/2 to 1/2.
    pub(super) fn joint(&self, k: usize) -> f64 {
        k as f64 / self.pieces() as f64 - 0.5
    }

    /// Direction of the magnetisation of a piece, counted from none, in the frame of its pole: towards the gap at the
    /// axis of the pole, and as far turned towards that axis as the middle of the piece lies beside it.
    pub(super) fn direction(&self, k: usize) -> Magnetisation {
        Magnetisation::Parallel(-0.5 * PI * (self.joint(k) + self.joint(k + 1)))
    }

    /// Distance of a place beside the axis of a pole from the nearest side of its piece [m], with the width of the pole
    /// [m]; below zero outside the pole.
    pub(super) fn across(&self, width: f64, beside: f64) -> f64 {
        let piece = width / self.pieces() as f64;
        let from_edge = 0.5 * width - beside.abs();
        if from_edge <= 0.0 {
            return from_edge;
        }
        let within = from_edge.rem_euclid(piece);
        within.min(piece - within)
    }

    /// What of the array cannot be.
    pub(super) fn array(&self, misfits: &mut Vec<Misfit>) {
        let Some(array) = self.rotor.halbach else {
            return;
        };
        let pieces = array.segments_per_pole;
        if !PIECES.contains(&pieces) {
            misfits.push(misfit(
                "halbach-pieces-out-of-range",
                &["rotor", "halbach", "segments_per_pole"],
                format!("{pieces} pieces of a pole"),
                format!("{} to {}", PIECES.start(), PIECES.end()),
                "change the number of pieces; leave halbach out where a pole is one magnet",
            ));
        }
        if self.arrangement == Arrangement::DoubleStator {
            misfits.push(misfit(
                "halbach-between-two-gaps",
                &["rotor", "halbach"],
                "pieces that gather flux on one side, between two gaps".into(),
                "no halbach in double_stator, where flux passes straight".into(),
                "leave the key out, or change the arrangement",
            ));
        }
        match self.rotor.magnet_outline {
            MagnetOutline::Sector(sector) if sector.arc >= FULL_POLE => {}
            MagnetOutline::Sector(sector) => misfits.push(misfit(
                "halbach-with-gaps",
                &["rotor", "magnet_outline", "sector", "arc_ratio"],
                format!("{}", sector.arc),
                "1: the pieces of a Halbach array fill the pole pitch".into(),
                "enter 1, or leave halbach out",
            )),
            MagnetOutline::ParallelSides(_) => misfits.push(misfit(
                "halbach-with-gaps",
                &["rotor", "magnet_outline"],
                "parallel sides, which leave room between the poles".into(),
                "a sector with arc_ratio 1: the pieces of a Halbach array fill the pole pitch"
                    .into(),
                "state the outline as a sector, or leave halbach out",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::axial::tests::machine;

    fn array(pieces: usize) -> Axial {
        let mut axial = machine();
        axial.rotor.magnet_outline =
            MagnetOutline::Sector(crate::topology::axial::SectorOutline { arc: 1.0 });
        axial.rotor.halbach = Some(Halbach {
            segments_per_pole: pieces,
        });
        axial
    }

    /// By equal steps, from pole to pole too, whose magnetisation has the other sign: half a turn a pole.
    #[test]
    fn the_magnetisation_turns_by_equal_steps() {
        for pieces in 2..=8 {
            let axial = array(pieces);
            let angle = |k| match axial.direction(k) {
                Magnetisation::Parallel(angle) => angle,
                Magnetisation::Radial => panic!("a piece has one direction"),
            };
            let step = PI / pieces as f64;
            for k in 1..pieces {
                assert!((angle(k - 1) - angle(k) - step).abs() < 1e-12);
                assert!((angle(k - 1) + angle(pieces - k)).abs() < 1e-12);
            }
            let next = angle(0) - PI;
            assert!((angle(pieces - 1) - next - step).abs() < 1e-12);
            assert_eq!(axial.fits(), vec![]);
        }
    }

    #[test]
    fn the_depth_is_that_in_a_piece() {
        let axial = array(3);
        for (beside, expected) in [
            (0.0, 5e-3),
            (4e-3, 1e-3),
            (-6e-3, 1e-3),
            (14e-3, 1e-3),
            (16e-3, -1e-3),
        ] {
            let found = axial.across(30e-3, beside);
            assert!((found - expected).abs() < 1e-12, "{beside}: {found}");
        }
    }

    #[test]
    fn an_array_has_the_mass_of_a_ring() {
        let bill = array(4).bill();
        let ring = PI * (0.08_f64.powi(2) - 0.05_f64.powi(2)) * 5e-3;
        assert!((bill.magnet_area * bill.stack_length / ring - 1.0).abs() < 1e-12);
    }

    #[test]
    fn an_array_gathers_flux_on_one_side_and_leaves_no_gaps() {
        let codes = |axial: &Axial| axial.fits().iter().map(|m| m.code).collect::<Vec<_>>();
        let mut between = array(3);
        between.arrangement = Arrangement::DoubleStator;
        between.rotor.back_iron_thickness = None;
        assert_eq!(codes(&between), ["halbach-between-two-gaps"]);
        let mut parallel = array(3);
        parallel.rotor.magnet_outline =
            MagnetOutline::ParallelSides(crate::topology::axial::ParallelOutline { width: 20e-3 });
        assert_eq!(codes(&parallel), ["halbach-with-gaps"]);
    }
}
