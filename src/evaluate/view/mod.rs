//! What `solve` shows beside one point: the field along the gap, the field cell by cell, the flux map, the envelope of
//! torque over speed, the map of efficiency, the drive of one phase, a drive cycle, a year of wind.
//! Evidence for people and their tools; no standard judges it.

pub mod cells;
pub mod drive;
pub mod efficiency;
pub mod envelope;
pub mod gap;
pub mod heat;
pub mod journey;
pub mod map;
pub mod phase_map;
pub mod pole_efficiency;
pub mod pole_shaft;
pub(super) mod shaft;
pub mod year;

use super::EvaluateError;
use super::setting::{Conditions, Setting};
use crate::network::newton::{Solver, State};
use crate::network::reading;

/// One rotor position at one current.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Magnet and grid.
    pub conditions: Conditions,
    /// d current, peak [A].
    pub id: f64,
    /// q current, peak [A].
    pub iq: f64,
    /// Electrical angle from the axis of phase a of the first set to the pole axis [rad].
    pub angle: f64,
}

/// What is said of every field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Solved {
    /// Remanence of the magnets [T].
    pub remanence: f64,
    /// The angle that the grid allows, nearest to the one asked for [rad].
    pub angle: f64,
    /// Largest use of the range of the steel data.
    pub data_use: f64,
}

/// Solves the field of one position.
fn field(setting: &Setting, position: &Position) -> Result<(State, Solved), EvaluateError> {
    let (machine, materials) = (setting.machine(), setting.materials());
    let shift = machine.shift_at(position.angle);
    let load = machine.load(machine.phase_currents(position.id, position.iq, shift));
    let mut solver = Solver::new(&machine.sector);
    let (state, _) = solver.solve(&materials, &load, shift, None)?;
    let turn = std::f64::consts::TAU;
    let angle = machine.electrical_angle(shift);
    let solved = Solved {
        remanence: materials.remanence,
        // The turn in which the position was asked for.
        angle: angle + turn * ((position.angle - angle) / turn).round(),
        data_use: reading::iron_data_use(&machine.sector, &materials, &state),
    };
    Ok((state, solved))
}
