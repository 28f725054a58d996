//! The coils of a machine on the grid of its sector.

use crate::network::sector::Sector;
use crate::winding::CoilSide;

/// For each phase: (unknown, conductors per ampere of phase current that it carries).
#[derive(Debug)]
pub(super) struct Coils {
    phases: Vec<Vec<(usize, f64)>>,
}

impl Coils {
    /// Of the sides in the slots of a sector.
    pub(super) fn of<S: AsRef<[CoilSide]>>(sector: &Sector, slots: &[S], phases: usize) -> Self {
        let mut dense = vec![vec![0.0; sector.unknowns()]; phases];
        for (slot, sides) in slots.iter().enumerate() {
            for (side, coil) in sides.as_ref().iter().enumerate() {
                for (u, share) in sector.coil_vector(slot, side) {
                    dense[coil.phase][u] += share * coil.conductors;
                }
            }
        }
        let sparse = |v: Vec<f64>| {
            let every = v.into_iter().enumerate();
            every.filter(|(_, w)| *w != 0.0).collect()
        };
        Self {
            phases: dense.into_iter().map(sparse).collect(),
        }
    }

    /// Number of phases.
    pub(super) fn phases(&self) -> usize {
        self.phases.len()
    }

    /// Load vector of phase currents [A].
    pub(super) fn load(&self, sector: &Sector, currents: &[f64]) -> Vec<f64> {
        let mut load = vec![0.0; sector.unknowns()];
        for (phase, current) in self.phases.iter().zip(currents) {
            for &(u, w) in phase {
                load[u] += w * current;
            }
        }
        load
    }

    /// Flux linkages of the phases [V s] at potentials `a`: the same coil vectors as the load, so that
    /// they are exactly reciprocal.
    pub(super) fn linkages(&self, sector: &Sector, a: &[f64]) -> Vec<f64> {
        let scale = sector.metres();
        let of = |phase: &Vec<(usize, f64)>| phase.iter().map(|&(u, w)| w * a[u]).sum::<f64>();
        self.phases.iter().map(|phase| scale * of(phase)).collect()
    }
}
