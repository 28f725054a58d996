//! Flux linkage and co-energy of one phase over its current and the rotor position.

use super::machine::PoleMachine;
use super::spline::{self, flat_ended_slopes};
use crate::network::newton::{Materials, SolveError, Solver, State};
use crate::network::reading;
use crate::parallel::each_or_first_error;
use ndarray::Array2;

/// The map of one phase; the others are the same, turned by stator pitches. It spans half a rotor pitch, from
/// aligned to unaligned: the machine is its own mirror image there.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseMap {
    /// Phase currents [A], rising, all above zero.
    pub currents: Vec<f64>,
    /// Rotor positions from aligned to unaligned [rad].
    pub positions: Vec<f64>,
    /// Flux linkage of the phase [V s], positions × currents.
    pub linkage: Array2<f64>,
    /// Magnetic co-energy of the machine with current in this phase alone [J], same shape.
    pub co_energy: Array2<f64>,
    /// Flux linkage of the next phase [V s], same shape: what the phases share.
    pub mutual: Array2<f64>,
    /// Torque towards the aligned position [N m], same shape.
    pub torque: Array2<f64>,
    /// Largest use of the range of the steel data, same shape: above one the solution leans on the extrapolated
    /// curve.
    pub data_use: Array2<f64>,
    /// Newton iterations of all field solutions.
    pub iterations: usize,
}

/// One field solution: linkage, co-energy, mutual linkage, use of the steel data.
type Node = [f64; 4];

/// The nodes of a position and the iterations of all of them.
type Row = (Vec<Node>, usize);

impl PhaseMap {
    /// Solves the map at rising currents [A] and about so many positions, both ends included: those of the grid
    /// that lie nearest to even steps. Positions are solved side by side, each from its least current on, so
    /// that the result is the same on any number of threads.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn solve(
        machine: &PoleMachine,
        materials: &Materials,
        currents: &[f64],
        positions: usize,
    ) -> Result<Self, SolveError> {
        let columns = machine.half_pitch_columns();
        let steps = positions.clamp(2, columns + 1) - 1;
        let mut shifts: Vec<usize> = (0..=steps)
            .map(|k| (k as f64 * columns as f64 / steps as f64).round() as usize)
            .collect();
        shifts.dedup();
        Self::at(machine, materials, currents, &shifts)
    }

    /// Solves the map at rising currents [A] and rising shifts [columns], which begin at the aligned position
    /// and end at the unaligned one.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn at(
        machine: &PoleMachine,
        materials: &Materials,
        currents: &[f64],
        shifts: &[usize],
    ) -> Result<Self, SolveError> {
        let (map, _) = Self::seen(machine, materials, (currents, shifts), |_| ())?;
        Ok(map)
    }

    /// The same with what is to be kept of every field: position by position, current by current.
    ///
    /// # Errors
    /// When a field does not converge.
    pub(super) fn seen<T: Send>(
        machine: &PoleMachine,
        materials: &Materials,
        (currents, shifts): (&[f64], &[usize]),
        see: impl Fn(&State) -> T + Sync,
    ) -> Result<(Self, Vec<Vec<T>>), SolveError> {
        let row = |shift: usize| -> Result<(Row, Vec<T>), SolveError> {
            let mut solver = Solver::new(&machine.sector);
            let (mut last, mut nodes, mut iterations) = (None, vec![], 0);
            let mut kept = vec![];
            for &current in currents {
                let mut phases = vec![0.0; machine.phases()];
                phases[0] = current;
                let load = machine.load(&phases);
                let (state, effort) = solver.solve(materials, &load, shift, last.as_ref())?;
                iterations += effort.iterations;
                let linkages = machine.linkages(&state.a);
                nodes.push([
                    linkages[0],
                    solver.co_energy(materials, &load, &state),
                    linkages[1],
                    reading::iron_data_use(&machine.sector, materials, &state),
                ]);
                kept.push(see(&state));
                last = Some(state);
            }
            Ok(((nodes, iterations), kept))
        };
        let rows = each_or_first_error(shifts, |&shift| row(shift))?;
        let (rows, kept): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let shape = (shifts.len(), currents.len());
        let table = |k: usize| Array2::from_shape_fn(shape, |(p, i)| rows[p].0[i][k]);
        let positions: Vec<f64> = shifts.iter().map(|&s| machine.position(s)).collect();
        let co_energy = table(1);
        let map = Self {
            torque: torque(&positions, &co_energy),
            currents: currents.to_vec(),
            positions,
            linkage: table(0),
            co_energy,
            mutual: table(2),
            data_use: table(3),
            iterations: rows.iter().map(|(_, iterations)| iterations).sum(),
        };
        Ok((map, kept))
    }

    /// The map of the phase with an inductance in series [H] that hangs on no position, as end turns have. It
    /// makes no torque, and no field of the next phase.
    #[must_use]
    pub fn with_series(&self, inductance: f64) -> Self {
        let currents = &self.currents;
        let shape = self.linkage.raw_dim();
        let more = |of: &dyn Fn(f64) -> f64| Array2::from_shape_fn(shape, |(_, i)| of(currents[i]));
        Self {
            linkage: &self.linkage + &more(&|i| inductance * i),
            co_energy: &self.co_energy + &more(&|i| 0.5 * inductance * i * i),
            ..self.clone()
        }
    }

    /// Field solutions in it.
    pub fn solves(&self) -> usize {
        self.linkage.len()
    }

    /// Flux linkage [V s], co-energy [J] and torque in the direction of motion [N m] at a current of the map and
    /// an angle from the unaligned position in that direction [rad].
    pub fn between(&self, current: usize, angle: f64) -> (f64, f64, f64) {
        let half = self.positions[self.positions.len() - 1];
        let turned = angle.rem_euclid(2.0 * half);
        let (position, sense) = if turned <= half {
            (half - turned, -1.0)
        } else {
            (turned - half, 1.0)
        };
        let at = |table: &Array2<f64>| {
            let values = table.column(current).to_vec();
            let slopes = flat_ended_slopes(&self.positions, &values);
            spline::at(&self.positions, &values, &slopes, position)
        };
        let (co_energy, slope) = at(&self.co_energy);
        (at(&self.linkage).0, co_energy, sense * slope)
    }

    /// Inductance of the phase where its poles are aligned and where they are not, at each current [H]: flux
    /// linkage over current.
    pub fn inductances(&self) -> Vec<(f64, f64)> {
        let last = self.positions.len() - 1;
        let of = |p: usize, i: usize| self.linkage[[p, i]] / self.currents[i];
        (0..self.currents.len())
            .map(|i| (of(0, i), of(last, i)))
            .collect()
    }

    /// Mean torque of the phase [N m] at each current while a rotor pole comes from unaligned to aligned: the
    /// difference of the co-energies over the angle.
    pub fn mean_torque(&self) -> Vec<f64> {
        let last = self.positions.len() - 1;
        let angle = self.positions[last] - self.positions[0];
        (0..self.currents.len())
            .map(|i| (self.co_energy[[0, i]] - self.co_energy[[last, i]]) / angle)
            .collect()
    }
}

/// Torque towards the aligned position [N m]: T = ∂W'/∂θ at constant current, with θ towards it (H. H. Woodson,
/// J. R. Melcher, "Electromechanical Dynamics", Part I, Wiley 1968, section 3.1). The co-energy is even around
/// both ends.
fn torque(positions: &[f64], co_energy: &Array2<f64>) -> Array2<f64> {
    let mut torque = Array2::zeros(co_energy.raw_dim());
    for (i, column) in co_energy.columns().into_iter().enumerate() {
        let slopes = flat_ended_slopes(positions, &column.to_vec());
        for (p, slope) in slopes.into_iter().enumerate() {
            torque[[p, i]] = -slope;
        }
    }
    torque
}
