//! A switched reluctance machine ready to be solved at one resolution.

use super::cycle::Cycle;
use crate::network::plan::SectorPlan;
use crate::network::sector::{Sector, SectorError};
use crate::operate::coils::Coils;
use crate::resolution::Resolution;
use crate::winding::pole::PoleLayout;
use std::f64::consts::{PI, TAU};

/// A machine with salient poles on both sides, its sector and its coils.
///
/// Rotor positions are mechanical angles from where a rotor pole stands before the first pole of the first
/// phase; phase f stands there after a turn by f stator pitches.
#[derive(Debug)]
pub struct PoleMachine {
    /// The field's sector.
    pub sector: Sector,
    /// Rotor poles of the machine.
    pub rotor_poles: usize,
    /// Stator poles of the machine.
    pub stator_poles: usize,
    /// Resolution it was made at.
    pub resolution: Resolution,
    /// The coils.
    coils: Coils,
    /// Angle of a column [rad].
    column_angle: f64,
    /// Columns of half a rotor pitch: from aligned to unaligned.
    half_pitch: usize,
}

impl PoleMachine {
    /// Makes the machine of a plan and a winding.
    ///
    /// # Errors
    /// When the sector cannot be made.
    pub fn new(
        plan: &SectorPlan,
        layout: &PoleLayout,
        resolution: Resolution,
    ) -> Result<Self, SectorError> {
        let sector = Sector::new(plan)?;
        let slots = &layout.slots[..plan.stator.pitches];
        Ok(Self {
            rotor_poles: layout.scheme.rotor_poles,
            stator_poles: layout.scheme.stator_poles,
            resolution,
            coils: Coils::of(&sector, slots, layout.phases),
            column_angle: TAU / (plan.sectors * plan.columns) as f64,
            half_pitch: plan.columns / (2 * plan.rotor.pitches),
            sector,
        })
    }

    /// Number of phases.
    pub fn phases(&self) -> usize {
        self.coils.phases()
    }

    /// Half a rotor pitch [rad]: the angle from aligned to unaligned.
    pub fn half_pitch(&self) -> f64 {
        PI / self.rotor_poles as f64
    }

    /// Columns of half a rotor pitch.
    pub fn half_pitch_columns(&self) -> usize {
        self.half_pitch
    }

    /// Columns by which the rotor turns until the next phase stands where this one stood.
    pub fn phase_step_columns(&self) -> usize {
        self.sector.stator.columns
    }

    /// Sense of a phase beside that of the first turned by as many stator pitches: with an odd number of phases
    /// neighbouring poles are opposite, with an even one the phases begin alike.
    pub(super) fn polarity(&self, phase: usize) -> f64 {
        if self.phases().is_multiple_of(2) || phase.is_multiple_of(2) {
            1.0
        } else {
            -1.0
        }
    }

    /// Currents of all phases [A] when the rotor has turned by some columns from the aligned position of the first.
    pub(super) fn cycle_currents(&self, cycle: &Cycle, shift: usize) -> Vec<f64> {
        let position = self.position(shift);
        let apart = TAU / self.stator_poles as f64;
        (0..self.phases())
            .map(|phase| cycle.current_at(position - phase as f64 * apart + self.half_pitch()))
            .collect()
    }

    /// Rotor position of a shift [rad].
    pub fn position(&self, shift: usize) -> f64 {
        shift as f64 * self.column_angle
    }

    /// The shift at a rotor position [rad], if the grid has it.
    pub fn shift_at(&self, position: f64) -> Option<usize> {
        let columns = position / self.column_angle;
        let near = columns.round();
        (near >= 0.0 && (columns - near).abs() < 1e-6).then_some(near as usize)
    }

    /// Load vector of phase currents [A].
    pub fn load(&self, currents: &[f64]) -> Vec<f64> {
        self.coils.load(&self.sector, currents)
    }

    /// Flux linkages of the phases [V s] at potentials `a`, reciprocal to the load.
    pub fn linkages(&self, a: &[f64]) -> Vec<f64> {
        self.coils.linkages(&self.sector, a)
    }
}
