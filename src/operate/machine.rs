//! A machine ready to be solved at one resolution.

use super::coils::Coils;
use super::period::Sixth;
use crate::network::plan::SectorPlan;
use crate::network::sector::{Sector, SectorError};
use crate::resolution::{POSITIONS, Resolution};
use crate::winding::{Layout, SetAxis};

/// Least rotor positions in 60 electrical degrees at which losses are sampled, where the grid has as many.
const LOSS_POSITIONS: usize = 10;

/// A synchronous machine with one three-phase set or several, its sector and its coils.
///
/// Every set has a frame of its own on its own magnetic axis, and carries the same dq currents in it.
/// Currents, flux linkages and voltages in dq are those of one set, linkages the mean of the sets; torque
/// and losses are those of all sets together.
#[derive(Debug)]
pub struct Machine {
    /// Pole pairs.
    pub pole_pairs: usize,
    /// The field's sector.
    pub sector: Sector,
    /// The coils of all sets, set by set.
    coils: Coils,
    /// Where the three-phase sets lie.
    sets: Vec<SetAxis>,
    /// Angle of a column [rad].
    column_angle: f64,
    /// Angle of the axis of the first pole at shift 0 [rad].
    pole_axis: f64,
    /// Columns of 60 electrical degrees.
    columns_per_sixth: usize,
    /// How the field of one sixth of a period continues into the next.
    pub(super) sixth: Option<Sixth>,
    /// Resolution it was made at.
    pub resolution: Resolution,
}

/// Angle of the frame of a set from the axis of its phase `k`, at an angle from the axis of the first [rad].
fn from_phase(set: &SetAxis, k: usize, from_first: f64) -> f64 {
    from_first - set.sense * (k as f64 * std::f64::consts::TAU / 3.0)
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
        let slots = &layout.slots[..plan.stator.pitches];
        let coils = Coils::of(&sector, slots, 3 * layout.scheme.phase_sets);
        let poles = layout.scheme.poles;
        Ok(Self {
            pole_pairs: poles / 2,
            coils,
            sets: layout.axes(),
            column_angle: std::f64::consts::TAU / (plan.sectors * plan.columns) as f64,
            pole_axis: std::f64::consts::PI / poles as f64,
            columns_per_sixth: plan.columns * plan.sectors / (3 * poles),
            sixth: Sixth::of(layout),
            sector,
            resolution,
        })
    }

    /// Number of three-phase sets.
    pub fn phase_sets(&self) -> usize {
        self.sets.len()
    }

    /// Shifts of the rotor [columns] at which operating points are averaged.
    pub fn shifts(&self) -> impl Iterator<Item = usize> + '_ {
        (0..POSITIONS).map(|m| m * self.columns_per_sixth / POSITIONS)
    }

    /// Shifts of the rotor [columns] at which losses sample 60 electrical degrees: every column, or the
    /// fewest evenly spaced ones that resolve the second slot harmonic of an integral-slot winding.
    pub fn fine_shifts(&self) -> impl Iterator<Item = usize> + '_ {
        let columns = self.columns_per_sixth;
        let count = (LOSS_POSITIONS..columns)
            .find(|n| columns.is_multiple_of(*n))
            .unwrap_or(columns);
        (0..count).map(move |m| m * columns / count)
    }

    /// Electrical angle between the pole axis and the axis of the first phase of a set [rad].
    pub fn electrical_angle_of(&self, set: usize, shift: usize) -> f64 {
        self.pole_pairs as f64 * (self.pole_axis + shift as f64 * self.column_angle)
            - self.sets[set].axis
    }

    /// Electrical angle between the pole axis and the axis of phase a of the first set [rad].
    pub fn electrical_angle(&self, shift: usize) -> f64 {
        self.electrical_angle_of(0, shift)
    }

    /// Shift of the rotor [columns] at which the pole axis lies nearest to an electrical angle from the axis
    /// of phase a of the first set [rad].
    pub fn shift_at(&self, electrical_angle: f64) -> usize {
        let column = self.pole_pairs as f64 * self.column_angle;
        let from_rest = (electrical_angle - self.electrical_angle(0)) / column;
        let period = 6 * self.columns_per_sixth;
        (from_rest.round() as i64).rem_euclid(period as i64) as usize
    }

    /// Shift of the rotor [columns] at which the axis of the first pole stands nearest to the middle of a tooth of a
    /// stator with so many slots, whose pitches begin in the middle of a tooth.
    pub fn shift_opposite_tooth(&self, slots: usize) -> usize {
        let pitch = std::f64::consts::TAU / slots as f64;
        let off = |shift: usize| {
            let pitches = (self.pole_axis + shift as f64 * self.column_angle) / pitch;
            (pitches - pitches.round()).abs()
        };
        let all = 0..6 * self.columns_per_sixth;
        all.min_by(|a, b| off(*a).total_cmp(&off(*b))).unwrap_or(0)
    }

    /// Angle of a grid column around the machine [rad].
    pub fn column_angle(&self) -> f64 {
        self.column_angle
    }

    /// Phase currents [A] of peak dq currents, the three of each set in turn, amplitude-invariant (R. H.
    /// Park, "Two-reaction theory of synchronous machines", AIEE Trans. 48 (1929) 716-727; for several
    /// sets each in its own frame R. H. Nelson, P. C. Krause, "Induction machine analysis for arbitrary
    /// displacement between multiple winding sets", IEEE Trans. PAS 93 (1974) 841-848).
    pub fn phase_currents(&self, id: f64, iq: f64, shift: usize) -> Vec<f64> {
        let mut currents = Vec::with_capacity(3 * self.sets.len());
        for (s, set) in self.sets.iter().enumerate() {
            let angle = self.electrical_angle_of(s, shift);
            currents.extend((0..3).map(|k| {
                let (s, c) = from_phase(set, k, angle).sin_cos();
                id * c - iq * s
            }));
        }
        currents
    }

    /// Load vector of phase currents [A], in the order of [`Machine::phase_currents`].
    pub fn load(&self, currents: impl AsRef<[f64]>) -> Vec<f64> {
        self.coils.load(&self.sector, currents.as_ref())
    }

    /// Flux linkages of the phases [V s] at potentials `a`, reciprocal to the load.
    pub fn phase_linkages(&self, a: &[f64]) -> Vec<f64> {
        self.coils.linkages(&self.sector, a)
    }

    /// Park transform of phase quantities to (d, q), the mean of the sets.
    pub fn park(&self, phases: impl AsRef<[f64]>, shift: usize) -> (f64, f64) {
        let (mut d, mut q) = (0.0, 0.0);
        for (s, (set, three)) in self.sets.iter().zip(phases.as_ref().chunks(3)).enumerate() {
            let angle = self.electrical_angle_of(s, shift);
            for (k, x) in three.iter().enumerate() {
                let (s, c) = from_phase(set, k, angle).sin_cos();
                d += 2.0 / 3.0 * x * c;
                q -= 2.0 / 3.0 * x * s;
            }
        }
        let sets = self.sets.len() as f64;
        (d / sets, q / sets)
    }

    /// Torque [N m] over (ψ_d i_q - ψ_q i_d) [V s A], flux linkages and currents those of one set:
    /// T = S 3/2 p (ψ_d i_q - ψ_q i_d) with S sets of p pole pairs.
    pub fn torque_factor(&self) -> f64 {
        self.sets.len() as f64 * 1.5 * self.pole_pairs as f64
    }
}
