//! The field of all phases together over one turn by a rotor pitch, with the currents of a drive.

use super::cycle::Cycle;
use super::machine::PoleMachine;
use crate::network::gap::{GapField, Sample};
use crate::network::newton::{Materials, SolveError, Solver, State};
use crate::network::plan::Part;
use crate::network::reading;
use crate::network::sector::Side;
use crate::operate::period::Period;
use crate::operate::study::Cost;
use crate::unit::MU_0;
use std::f64::consts::TAU;

/// The fields at positions evenly spaced over a rotor pitch, from the aligned position of the first phase on.
#[derive(Debug)]
pub struct Turn {
    fields: Vec<State>,
    /// Currents of the phases at each position [A].
    currents: Vec<Vec<f64>>,
    /// Flux linkages of the phases at each position [V s].
    linkages: Vec<Vec<f64>>,
    /// Rotor pitch [rad].
    pitch: f64,
}

/// What the pull on a stator pole does over a rotor pitch, the largest of each over all poles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RadialForce {
    /// Largest pull [N].
    pub most: f64,
    /// How far it swings [N].
    pub swing: f64,
    /// Its steepest fall between two neighbouring positions [N/rad], over the angle of the rotor: that of a phase which
    /// is turned off, when its flux goes as fast as the voltage takes it.
    pub fall: f64,
}

impl RadialForce {
    /// Of the pull on each pole [N] at even steps of a rotor pitch [rad].
    fn of(courses: &[Vec<f64>], pitch: f64) -> Self {
        let mut found = Self {
            most: 0.0,
            swing: 0.0,
            fall: 0.0,
        };
        for course in courses {
            let most = course.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let least = course.iter().copied().fold(f64::INFINITY, f64::min);
            let per_angle = course.len() as f64 / pitch;
            let next = course.iter().cycle().skip(1);
            let falls = course.iter().zip(next).map(|(here, next)| here - next);
            let fall = falls.fold(0.0, f64::max) * per_angle;
            found = Self {
                most: found.most.max(most),
                swing: found.swing.max(most - least),
                fall: found.fall.max(fall),
            };
        }
        found
    }
}

impl Cycle {
    /// Current of a phase at an angle from its unaligned position [rad], straight between the steps.
    pub fn current_at(&self, angle: f64) -> f64 {
        let count = self.current.len();
        let place = (angle / self.step).rem_euclid(count as f64);
        let (before, share) = (place.floor(), place.fract());
        let at = |step: usize| self.current[step % count];
        let before = before as usize;
        at(before) + share * (at(before + 1) - at(before))
    }
}

impl Turn {
    /// Solves every `stride`-th position of the grid; the stride divides the columns of half a rotor pitch or is
    /// made to. `unit` is the number of unknowns at standard resolution.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn solve(
        machine: &PoleMachine,
        materials: &Materials,
        cycle: &Cycle,
        stride: usize,
        (cost, unit): (&mut Cost, usize),
    ) -> Result<Self, SolveError> {
        let columns = 2 * machine.half_pitch_columns();
        let stride = (1..=stride)
            .rev()
            .find(|s| columns.is_multiple_of(*s))
            .unwrap_or(1);
        let mut solver = Solver::new(&machine.sector);
        let mut turn = Self {
            fields: vec![],
            currents: vec![],
            linkages: vec![],
            pitch: 2.0 * machine.half_pitch(),
        };
        for shift in (0..columns).step_by(stride) {
            let currents = machine.cycle_currents(cycle, shift);
            let load = machine.load(&currents);
            let last = turn.fields.last();
            let (state, effort) = solver.solve(materials, &load, shift, last)?;
            let unknowns = machine.sector.unknowns();
            cost.count(machine.resolution, (1, effort.iterations), (unknowns, unit));
            turn.linkages.push(machine.linkages(&state.a));
            turn.currents.push(currents);
            turn.fields.push(state);
        }
        Ok(turn)
    }

    /// Mean torque of the machine [N m] from the loops of current and flux linkage of all phases, what they share
    /// included.
    pub fn torque(&self) -> f64 {
        let count = self.fields.len();
        let mut work = 0.0;
        for k in 0..count {
            let next = (k + 1) % count;
            for phase in 0..self.currents[k].len() {
                let mean = 0.5 * (self.currents[k][phase] + self.currents[next][phase]);
                work += mean * (self.linkages[next][phase] - self.linkages[k][phase]);
            }
        }
        work / self.pitch
    }

    /// The same loops at the same positions with the flux linkages of single phases [N m]: what differs is what
    /// the phases share.
    pub fn torque_of_single_phases(&self, machine: &PoleMachine, cycle: &Cycle) -> f64 {
        let count = self.fields.len();
        let angle = |k: usize| self.pitch * k as f64 / count as f64 + machine.half_pitch();
        let steps = cycle.linkage.len();
        let linkage = |k: usize| {
            let place = (angle(k) / cycle.step).rem_euclid(steps as f64);
            let (before, share) = (place.floor() as usize, place.fract());
            let at = |step: usize| cycle.linkage[step % steps];
            at(before) + share * (at(before + 1) - at(before))
        };
        let work: f64 = (0..count)
            .map(|k| {
                let (here, next) = (cycle.current_at(angle(k)), cycle.current_at(angle(k + 1)));
                0.5 * (here + next) * (linkage(k + 1) - linkage(k))
            })
            .sum();
        machine.phases() as f64 * work / self.pitch
    }

    /// Pull of the air gap on a stator pole: F = L ∫ (B_r² - B_t²) / (2 µ0) r dφ over a stator pitch (J. C. Maxwell's
    /// stress; as a source of noise D. E. Cameron, J. H. Lang, S. D. Umans, "The origin and reduction of acoustic noise
    /// in doubly salient variable-reluctance motors", IEEE Trans. Ind. Appl. 28 (1992) 1250-1255).
    pub fn radial_force(&self, machine: &PoleMachine) -> RadialForce {
        let sector = &machine.sector;
        let poles = machine.stator_poles;
        let mut courses = vec![vec![]; poles];
        for state in &self.fields {
            let gap = GapField::of(sector, state);
            let samples: Vec<Sample> = gap.samples().collect();
            let each = samples.len() / poles;
            let arc = gap.radius * TAU / samples.len() as f64;
            for (pole, course) in courses.iter_mut().enumerate() {
                // A pole lies around the edge of two slot pitches.
                let first = pole * each + each / 2;
                let pull: f64 = (first..first + each)
                    .map(|j| &samples[j % samples.len()])
                    .map(|s| (s.radial * s.radial - s.tangential * s.tangential) / (2.0 * MU_0))
                    .sum();
                course.push(pull * arc * sector.length);
            }
        }
        RadialForce::of(&courses, self.pitch)
    }

    /// What rotor and stator see over a period of theirs.
    pub fn periods(&self, machine: &PoleMachine) -> Vec<[Period; 2]> {
        let period = |side| Period::of_rotor_pitch(&machine.sector, side, &self.fields);
        vec![[Side::Rotor, Side::Stator].map(period)]
    }
}

/// Flux densities in the sections of the iron [T] and the largest use of the steel data where the flux linkage of
/// the first phase is largest, all phases fed.
///
/// # Errors
/// When the field does not converge.
pub fn fullest(
    machine: &PoleMachine,
    materials: &Materials,
    cycle: &Cycle,
    (cost, unit): (&mut Cost, usize),
) -> Result<Vec<(Part, f64)>, SolveError> {
    let steps = cycle.linkage.len();
    let full = (0..steps)
        .max_by(|a, b| cycle.linkage[*a].total_cmp(&cycle.linkage[*b]))
        .unwrap_or(0);
    let pitch = 2.0 * machine.half_pitch();
    let columns = 2 * machine.half_pitch_columns();
    let turned = (full as f64 * cycle.step - machine.half_pitch()).rem_euclid(pitch);
    let shift = (turned / pitch * columns as f64).round() as usize % columns;
    let load = machine.load(&machine.cycle_currents(cycle, shift));
    let (state, effort) = Solver::new(&machine.sector).solve(materials, &load, shift, None)?;
    let unknowns = machine.sector.unknowns();
    cost.count(machine.resolution, (1, effort.iterations), (unknowns, unit));
    let mut sections = reading::section_flux_densities(&machine.sector, &state);
    sections.sort_by_key(|(part, _)| *part);
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::RadialForce;

    #[test]
    fn the_fall_of_a_pull_is_its_steepest_one_around_the_pitch() {
        let courses = [vec![0.0, 2.0, 5.0, 4.0], vec![7.0, 6.0, 6.5, 1.0]];
        let found = RadialForce::of(&courses, 2.0);
        // Four steps in two radians; the last value of a course is followed by its first.
        let expected = RadialForce {
            most: 7.0,
            swing: 6.0,
            fall: 11.0,
        };
        assert_eq!(found, expected);
    }
}
