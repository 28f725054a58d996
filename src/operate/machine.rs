//! A machine ready to be solved at one resolution.

use crate::network::plan::SectorPlan;
use crate::network::sector::{Sector, SectorError};
use crate::resolution::{POSITIONS, Resolution};
use crate::winding::Layout;

/// A synchronous machine with three phases, its sector and its coils.
#[derive(Debug)]
pub struct Machine {
    /// Pole pairs.
    pub pole_pairs: usize,
    /// The field's sector.
    pub sector: Sector,
    /// For each phase: (unknown, conductors per ampere of phase current that it carries).
    phases: [Vec<(usize, f64)>; 3],
    /// Electrical angle of the axis of phase a [rad].
    phase_axis: f64,
    /// Angle of a column [rad].
    column_angle: f64,
    /// Angle of the axis of the first pole at shift 0 [rad].
    pole_axis: f64,
    /// Columns of 60 electrical degrees.
    columns_per_sixth: usize,
    /// Resolution it was made at.
    pub resolution: Resolution,
}

impl Machine {
    /// Makes the machine of a plan and a winding.
    ///
    /// # Errors
    /// When the sector cannot be made.
    pub fn new(
        plan: &SectorPlan,
        layout: &Layout,
        resolution: Resolution,
    ) -> Result<Self, SectorError> {
        let sector = Sector::new(plan)?;
        let mut dense = [
            vec![0.0; sector.unknowns()],
            vec![0.0; sector.unknowns()],
            vec![0.0; sector.unknowns()],
        ];
        for slot in 0..plan.stator.pitches {
            for (side, coil) in layout.slots[slot].iter().enumerate() {
                for (u, share) in sector.coil_vector(slot, side) {
                    dense[coil.phase][u] += share * coil.conductors;
                }
            }
        }
        let sparse = |v: &Vec<f64>| {
            v.iter()
                .copied()
                .enumerate()
                .filter(|(_, w)| *w != 0.0)
                .collect()
        };
        let phases = [sparse(&dense[0]), sparse(&dense[1]), sparse(&dense[2])];
        let poles = layout.scheme.poles;
        Ok(Self {
            pole_pairs: poles / 2,
            phases,
            phase_axis: layout.phase_axis(),
            column_angle: std::f64::consts::TAU / (plan.sectors * plan.columns) as f64,
            pole_axis: std::f64::consts::PI / poles as f64,
            columns_per_sixth: plan.columns * plan.sectors / (3 * poles),
            sector,
            resolution,
        })
    }

    /// Shifts of the rotor [columns] at which operating points are averaged.
    pub fn shifts(&self) -> impl Iterator<Item = usize> + '_ {
        (0..POSITIONS).map(|m| m * self.columns_per_sixth / POSITIONS)
    }

    /// Electrical angle between the pole axis and the axis of phase a [rad].
    pub fn electrical_angle(&self, shift: usize) -> f64 {
        self.pole_pairs as f64 * (self.pole_axis + shift as f64 * self.column_angle)
            - self.phase_axis
    }

    /// Phase currents [A] of peak dq currents, amplitude-invariant (R. H. Park, "Two-reaction theory of
    /// synchronous machines", AIEE Trans. 48 (1929) 716-727).
    pub fn phase_currents(&self, id: f64, iq: f64, shift: usize) -> [f64; 3] {
        let angle = self.electrical_angle(shift);
        std::array::from_fn(|k| {
            let (s, c) = (angle - k as f64 * std::f64::consts::TAU / 3.0).sin_cos();
            id * c - iq * s
        })
    }

    /// Load vector of phase currents [A].
    pub fn load(&self, currents: [f64; 3]) -> Vec<f64> {
        let mut load = vec![0.0; self.sector.unknowns()];
        for (phase, current) in self.phases.iter().zip(currents) {
            for &(u, w) in phase {
                load[u] += w * current;
            }
        }
        load
    }

    /// Flux linkages of the phases [V s] at potentials `a`: the same coil vectors as the load, so that
    /// they are exactly reciprocal.
    pub fn phase_linkages(&self, a: &[f64]) -> [f64; 3] {
        let scale = self.sector.length * self.sector.sectors as f64;
        std::array::from_fn(|k| scale * self.phases[k].iter().map(|&(u, w)| w * a[u]).sum::<f64>())
    }

    /// Park transform of phase quantities to (d, q).
    pub fn park(&self, phases: [f64; 3], shift: usize) -> (f64, f64) {
        let angle = self.electrical_angle(shift);
        let (mut d, mut q) = (0.0, 0.0);
        for (k, x) in phases.iter().enumerate() {
            let (s, c) = (angle - k as f64 * std::f64::consts::TAU / 3.0).sin_cos();
            d += 2.0 / 3.0 * x * c;
            q -= 2.0 / 3.0 * x * s;
        }
        (d, q)
    }
}
