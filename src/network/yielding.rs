//! How a field gives way where the drawing changes a little and a plane of symmetry is no longer one.
//!
//! What changes in both halves of a machine with opposite signs sees its plane of symmetry otherwise than the field itself
//! does: where the field crosses the plane, nothing of the change does, and where the field ends there, the change crosses.
//! The change is the first step of Newton's method from the field as it was, on the changed drawing: linear, so that it may
//! be taken on one half.

use super::newton::{Materials, SolveError, Solver, State};
use super::sector::{Sector, Side};

/// How many times stiffer a potential is that does not change.
const HELD: f64 = 1e12;

/// The field of a sector on the grid of another one, which is the same but for a row of unknowns on the far boundary of one
/// body.
pub fn with_boundary(from: &State, cut: Side, sector: &Sector, onto: &Sector) -> State {
    let (narrow, wide) = (sector.rows, onto.rows);
    // Rows of unknowns count from the innermost one.
    let innermost = (cut == Side::Rotor) != onto.rotor_outside;
    let first = if innermost { wide - narrow } else { 0 };
    let mut a = vec![0.0; onto.unknowns()];
    for (to, column) in a.chunks_exact_mut(wide).zip(from.a.chunks_exact(narrow)) {
        to[first..first + narrow].copy_from_slice(column);
    }
    State { a, ..from.clone() }
}

/// What the field lacks of the law of each loop: the residual of a field.
pub fn residual(
    solver: &mut Solver,
    materials: &Materials,
    load: &[f64],
    state: &State,
) -> Vec<f64> {
    solver
        .system(materials, load, &mut state.clone())
        .1
        .to_vec()
}

/// The field `from` of one drawing on that of the solver, after one step by what the residual has become more than `before`;
/// on planes that flux crosses it stays as it was, if these are held.
///
/// # Errors
/// When the linear algebra fails.
pub fn given_way(
    solver: &mut Solver,
    materials: &Materials,
    load: &[f64],
    (from, before): (&State, &[f64]),
    held: bool,
) -> Result<State, SolveError> {
    let sector = solver.sector();
    let mut state = from.clone();
    let (values, now) = solver.system(materials, load, &mut state);
    let mut values = values.to_vec();
    let mut step: Vec<f64> = before.iter().zip(now).map(|(b, n)| b - n).collect();
    let pattern = &sector.pattern;
    for unknown in crossed(sector).filter(|_| held) {
        if let Some(diagonal) = pattern.position(unknown, unknown) {
            values[diagonal] *= HELD;
            step[unknown] = 0.0;
        }
    }
    pattern.solve(&values, &mut step, &mut pattern.workspace())?;
    for (a, change) in state.a.iter_mut().zip(step) {
        *a += change;
    }
    Ok(state)
}

/// Unknowns on planes of symmetry that flux crosses.
fn crossed(sector: &Sector) -> impl Iterator<Item = usize> + '_ {
    let rows = [Side::Rotor, Side::Stator].map(|side| {
        let body = sector.body(side);
        body.unknown_row(body.rows)
    });
    let columns = sector.slices * sector.columns;
    (0..columns).flat_map(move |column| {
        rows.into_iter()
            .flatten()
            .map(move |row| column * sector.rows + row)
    })
}
