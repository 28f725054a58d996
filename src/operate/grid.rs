//! Operating points over a grid of currents, each solved.

use super::machine::Machine;
use super::point::{self, Fields, Point};
use crate::network::newton::{Materials, SolveError, Solver};
use crate::network::reading;
use crate::parallel::each_or_first_error;

/// One node of the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The operating point.
    pub point: Point,
    /// Largest use of the range of the steel data over the positions: above one the solution leans on the
    /// extrapolated curve.
    pub data_use: f64,
}

/// Solves every pair of a d current and a q current [A], d currents in the outer order. A row of one d
/// current starts by itself and each next point from the one before, so that rows may be solved side by
/// side and the result is the same on any number of threads.
///
/// # Errors
/// When a field does not converge.
pub fn solve(
    machine: &Machine,
    materials: &Materials,
    d_currents: &[f64],
    q_currents: &[f64],
) -> Result<Vec<Node>, SolveError> {
    let row = |id: f64| -> Result<Vec<Node>, SolveError> {
        let mut solver = Solver::new(&machine.sector);
        let mut last: Option<Fields> = None;
        let mut nodes = vec![];
        for &iq in q_currents {
            let (point, fields) =
                point::solve(machine, &mut solver, materials, id, iq, last.as_ref())?;
            let data_use = fields
                .iter()
                .map(|state| reading::iron_data_use(&machine.sector, materials, state))
                .fold(0.0, f64::max);
            nodes.push(Node { point, data_use });
            last = Some(fields);
        }
        Ok(nodes)
    };
    let rows = each_or_first_error(d_currents, |&id| row(id))?;
    Ok(rows.into_iter().flatten().collect())
}
