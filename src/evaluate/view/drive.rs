//! A switched reluctance machine at its drive: one speed, and the most torque over speed.

use super::map::Axis;
use crate::design::{Application, Candidate};
use crate::evaluate::reluctance::losses;
use crate::evaluate::reluctance::setting::{PoleSetting, USUAL};
use crate::evaluate::{Conditions, EvaluateError, Losses};
use crate::material::Library;
use crate::operate::reluctance::cycle::Cycle;
use crate::operate::reluctance::drive::Control;
use crate::operate::reluctance::machine::PoleMachine;
use crate::operate::reluctance::optimum::{Aim, Limits, optimum};
use crate::operate::reluctance::turn::{RadialForce, Turn};
use crate::operate::study::Cost;
use crate::topology::srm::Srm;

/// What a drive shall do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wish {
    /// These angles from the unaligned position [rad]; the current held at this one, or at the limit of the
    /// design [A].
    Angles {
        /// Turn-on.
        on: f64,
        /// Turn-off.
        off: f64,
        /// Current.
        current: Option<f64>,
    },
    /// The most torque within the limits of the design.
    MostTorque,
    /// The least root mean square current for a torque [N m].
    Torque(f64),
}

/// What is said of every drive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fed {
    /// Voltage of the supply [V].
    pub voltage: f64,
    /// Resistance of a phase at the winding temperature [Ω].
    pub resistance: f64,
    /// Limits of the currents.
    pub limits: Limits,
    /// Largest flux linkage of the next phase over the largest of the phase itself: what the drive neglects.
    pub mutual_ratio: f64,
    /// Largest use of the range of the steel data on the map.
    pub data_use: f64,
}

/// What the field of all phases together tells of a cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// Mean torque with what the phases share [N m].
    pub torque: f64,
    /// Losses.
    pub losses: Losses,
    /// Pull of the gap on a stator pole over a cycle.
    pub radial_force: RadialForce,
    /// Poles that pull at once: the order in which the stator is deformed.
    pub radial_order: usize,
}

/// The drive at one speed.
#[derive(Debug, Clone, PartialEq)]
pub struct AtSpeed {
    /// What feeds it.
    pub fed: Fed,
    /// The cycle of a phase.
    pub cycle: Cycle,
    /// All phases together.
    pub whole: Whole,
}

/// Solves the map and the drive at speeds above zero [rad/s].
fn driven(
    setting: &PoleSetting,
    machine: &PoleMachine,
    speeds: &[f64],
    wish: Wish,
) -> Result<(Fed, Vec<Cycle>), EvaluateError> {
    let map = setting.map(machine, (USUAL, USUAL))?;
    let drive = setting.drive(&map, 1.0)?;
    let limits = setting.limits();
    let cycle = |speed: &f64| -> Result<Cycle, EvaluateError> {
        let circuit = setting.circuit(*speed);
        let best = |aim| optimum(&drive, &circuit, &limits, aim);
        Ok(match wish {
            Wish::Angles { on, off, current } => {
                let current = current.unwrap_or(limits.peak);
                drive.follow(&circuit, &Control { on, off, current })?
            }
            Wish::MostTorque => best(Aim::MostTorque)?,
            Wish::Torque(torque) => best(Aim::LeastCurrent(torque))?,
        })
    };
    let cycles = speeds.iter().map(cycle).collect::<Result<_, _>>()?;
    let largest = |table: &ndarray::Array2<f64>| table.iter().map(|x| x.abs()).fold(0.0, f64::max);
    let fed = Fed {
        voltage: setting.application.requirement.dc_voltage,
        resistance: setting.copper.resistance,
        limits,
        mutual_ratio: largest(&map.mutual) / largest(&map.linkage),
        data_use: largest(&map.data_use),
    };
    Ok((fed, cycles))
}

/// The drive at one speed above zero [rad/s].
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, a field does not converge, or no pulse does
/// what is wished.
pub fn solve(
    application: &Application,
    machine: (&Candidate, &Srm),
    library: &Library,
    conditions: &Conditions,
    (speed, wish): (f64, Wish),
) -> Result<AtSpeed, EvaluateError> {
    let setting = PoleSetting::new(application, machine, library)?;
    let machine = setting.machine(conditions.resolution)?;
    let (fed, mut cycles) = driven(&setting, &machine, &[speed], wish)?;
    let cycle = cycles.remove(0);
    let unit = machine.sector.unknowns();
    let cost = &mut Cost::default();
    let turn = Turn::solve(&machine, &setting.materials, &cycle, 1, (cost, unit))?;
    let whole = Whole {
        torque: turn.torque(),
        losses: losses::at(&setting, &machine, &turn, &cycle)?.losses,
        radial_force: turn.radial_force(&machine),
        radial_order: setting.layout.coils_per_phase(),
    };
    Ok(AtSpeed { fed, cycle, whole })
}

/// Speeds of an envelope.
const SPEEDS: usize = 10;

/// The most torque over speeds above zero [rad/s], by default even steps up to the maximum of the design.
///
/// # Errors
/// As [`solve`].
pub fn envelope(
    application: &Application,
    machine: (&Candidate, &Srm),
    library: &Library,
    conditions: &Conditions,
    speeds: Option<Axis>,
) -> Result<(Fed, Vec<Cycle>), EvaluateError> {
    let usual = || Axis::up_to(application.requirement.max_speed, SPEEDS);
    let speeds = speeds.unwrap_or_else(usual).values();
    let setting = PoleSetting::new(application, machine, library)?;
    let machine = setting.machine(conditions.resolution)?;
    driven(&setting, &machine, &speeds, Wish::MostTorque)
}
