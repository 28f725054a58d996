//! What rotor and stator see at many operating points, from fields of one phase alone.
//!
//! The field of a phase is solved once for each current and position of the rotor. That of another phase is the
//! same, turned by stator pitches, and of all together the sum is taken: exact as long as iron does not saturate.
//! Teeth see little but their own phase; in the yokes of saturated machines the sum is off, and the field of all
//! phases at one point ([`super::turn`]) tells how far.

use super::cycle::Cycle;
use super::machine::PoleMachine;
use super::map::PhaseMap;
use crate::network::newton::{Materials, SolveError, State};
use crate::network::sector::Side;
use crate::network::spot::{self, Reading, Spot};
use crate::operate::period::Period;
use crate::operate::study::Cost;

/// Flux densities of a body [T], pitch by pitch.
type Body = Vec<[f64; 2]>;

/// Fields of the first phase alone over a rotor pitch.
#[derive(Debug)]
pub struct Alone {
    /// The map of the phase at every position of the grid from aligned to unaligned.
    pub map: PhaseMap,
    /// Effort.
    pub cost: Cost,
    /// Spots of a pitch of rotor and stator.
    spots: [Vec<Spot>; 2],
    /// What they see at each position of the grid over a rotor pitch and each current.
    fields: Vec<Vec<[Body; 2]>>,
}

/// Both bodies, in the order in which everything here has them.
const SIDES: [Side; 2] = [Side::Rotor, Side::Stator];

impl Alone {
    /// Solves the first phase at rising currents [A]. `unit` is the number of unknowns at standard resolution.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn solve(
        machine: &PoleMachine,
        materials: &Materials,
        currents: &[f64],
        unit: usize,
    ) -> Result<Self, SolveError> {
        let sector = &machine.sector;
        let slice = sector.middle();
        let spots = SIDES.map(|side| spot::spots(sector, (slice, side)));
        let see = |state: &State| -> [Body; 2] {
            [0, 1].map(|k| {
                let read = spot::read(sector, (slice, SIDES[k]), &spots[k], state);
                read.into_iter().map(|reading| reading.b).collect()
            })
        };
        let half = machine.half_pitch_columns();
        let towards: Vec<usize> = (0..=half).collect();
        let back: Vec<usize> = (half + 1..2 * half).collect();
        let (map, mut fields) = PhaseMap::seen(machine, materials, (currents, &towards), see)?;
        let (other, more) = PhaseMap::seen(machine, materials, (currents, &back), see)?;
        fields.extend(more);
        let mut cost = Cost::default();
        for part in [&map, &other] {
            let counts = (part.solves(), part.iterations);
            cost.count(machine.resolution, counts, (sector.unknowns(), unit));
        }
        Ok(Self {
            map,
            cost,
            spots,
            fields,
        })
    }

    /// What rotor and stator see over a period of theirs when all phases follow a cycle, one after the other.
    ///
    /// All pitches of the rotor see the same, at other times, so that one of them is looked at; so do those of the
    /// stator unless the phases are even in number, where not all neighbouring poles are opposite.
    pub fn periods(&self, machine: &PoleMachine, cycle: &Cycle) -> [Period; 2] {
        let sector = &machine.sector;
        let odd = !machine.phases().is_multiple_of(2);
        [(0, true), (1, odd)].map(|(body, alike)| {
            let side = SIDES[body];
            // One pitch of the rotor stands next where another stood.
            let first = body == 1 && alike;
            let pitches = if first { 1 } else { sector.body(side).pitches };
            let positions = (0..self.fields.len())
                .map(|shift| self.sum(machine, cycle, (body, pitches), shift))
                .collect();
            Period::of_readings(sector, side, (self.spots[body].clone(), positions), alike)
        })
    }

    /// The sum of the fields of all phases at a shift in the first pitches of a body.
    fn sum(
        &self,
        machine: &PoleMachine,
        cycle: &Cycle,
        (body, pitches): (usize, usize),
        shift: usize,
    ) -> Vec<Reading> {
        let count = self.spots[body].len();
        let whole = machine.sector.body(SIDES[body]).pitches;
        let mut sum = vec![Reading::default(); pitches * count];
        let currents = machine.cycle_currents(cycle, shift);
        for (phase, &current) in currents.iter().enumerate() {
            // Turned back by as many stator pitches the phase is the first one, with the rotor that much behind.
            let columns = self.fields.len() as i64;
            let behind = shift as i64 - (phase * machine.phase_step_columns()) as i64;
            let (seen, turns) = (behind.rem_euclid(columns), behind.div_euclid(columns));
            let moved = if body == 0 { turns } else { -(phase as i64) };
            for pitch in 0..pitches {
                let there = pitch as i64 + moved;
                let wraps = there.div_euclid(whole as i64);
                let first = there.rem_euclid(whole as i64) as usize * count;
                let sign = if wraps.rem_euclid(2) == 0 {
                    machine.polarity(phase)
                } else {
                    machine.polarity(phase) * machine.sector.sign
                };
                let into = &mut sum[pitch * count..(pitch + 1) * count];
                for (share, field) in self.between(seen as usize, current) {
                    let field = &field[body][first..first + count];
                    for (reading, b) in into.iter_mut().zip(field) {
                        reading.b[0] += sign * share * b[0];
                        reading.b[1] += sign * share * b[1];
                    }
                }
            }
        }
        sum
    }

    /// The fields of which that of a current is the weighted sum: those of the currents on either side of it.
    fn between(&self, shift: usize, current: f64) -> Vec<(f64, &[Body; 2])> {
        let (currents, fields) = (&self.map.currents, &self.fields[shift]);
        if current <= 0.0 {
            return vec![];
        }
        let above = currents.partition_point(|c| *c < current);
        let above = above.min(currents.len() - 1);
        if above == 0 {
            return vec![(current / currents[0], &fields[0])];
        }
        let (low, high) = (currents[above - 1], currents[above]);
        let share = (current - low) / (high - low);
        vec![(1.0 - share, &fields[above - 1]), (share, &fields[above])]
    }
}
