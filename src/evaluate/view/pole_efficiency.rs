//! Losses and efficiency of a switched reluctance machine over torque and speed, driving and generating.

use super::efficiency::{Power, power};
use super::map::Axis;
use crate::design::{Application, Candidate};
use crate::evaluate::EvaluateError;
use crate::evaluate::losses::Losses;
pub use crate::evaluate::reluctance::driven::BothWays;
use crate::evaluate::reluctance::driven::Driven;
use crate::evaluate::reluctance::setting::PoleSetting;
use crate::evaluate::reluctance::settled::{Found, beside, settled};
use crate::material::Library;
use crate::operate::reluctance::drive::Control;
use crate::operate::reluctance::optimum::Aim;
use crate::operate::strategy::Mode;
use crate::operate::study::Cost;
use crate::topology::srm::Srm;

/// The map.
#[derive(Debug, Clone, PartialEq)]
pub struct PoleEfficiency {
    /// Speeds [rad/s].
    pub speeds: Axis,
    /// Magnitudes of the torque of the gap [N m].
    pub torques: Axis,
    /// Points within the limits of the supply: driving, then generating, each speed by speed.
    pub points: Vec<PolePoint>,
    /// Points of the requirement that are within the limits, with the fields of all phases solved together.
    pub checks: Vec<Check>,
    /// Effort of the fields of one phase.
    pub flux_cost: Cost,
    /// Effort of the fields of all phases.
    pub check_cost: Cost,
}

/// A point at which it is told how far the sum of the fields of single phases is off.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Its word.
    pub name: &'static str,
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Torque of the gap [N m].
    pub torque: f64,
    /// Losses both ways.
    pub losses: BothWays,
}

/// One point: the least loss of copper and iron for its torque.
#[derive(Debug, Clone, PartialEq)]
pub struct PolePoint {
    /// Which way the power goes.
    pub mode: Mode,
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Torque of the gap [N m].
    pub torque: f64,
    /// How the phases are fed.
    pub control: Control,
    /// Peak and root mean square of the phase current [A].
    pub current: (f64, f64),
    /// Losses [W].
    pub losses: Losses,
    /// What becomes of the power.
    pub power: Power,
}

/// Steps of an axis that nobody stated.
const USUAL: usize = 15;

/// Finds the map over speeds [rad/s] and magnitudes of the torque of the gap [N m], both above zero; by default up to
/// the highest speed of the requirement and to the most torque at the least of the speeds.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, a field does not converge, or a loss is unknown.
pub fn solve(
    application: &Application,
    machine: (&Candidate, &Srm),
    library: &Library,
    (speeds, torques): (Option<Axis>, Option<Axis>),
) -> Result<PoleEfficiency, EvaluateError> {
    let setting = PoleSetting::new(application, machine, library)?;
    let driven = Driven::new(&setting)?;
    let q = &application.requirement;
    let speeds = speeds.unwrap_or_else(|| Axis::up_to(q.max_speed, USUAL));
    let torques = match torques {
        Some(axis) => axis,
        None => {
            let most = driven.found(Mode::Motor, speeds.from, Aim::MostTorque)?;
            Axis::up_to(most.mean_torque, USUAL)
        }
    };
    let (rows, columns) = (speeds.values().len(), torques.values().len());
    let mut points = vec![];
    for mode in Mode::BOTH {
        let before = points.len();
        let mut beside = beside(rows, columns).into_iter();
        for speed in speeds.values() {
            for (torque, near) in torques.values().into_iter().zip(beside.by_ref()) {
                let near = near.into_iter().map(|k| before + k).collect();
                points.push(((mode, speed, torque), near));
            }
        }
    }
    let found = settled(&driven, &points)?;
    let found = points.iter().zip(found);
    let points =
        found.filter_map(|(((mode, speed, _), _), found)| Some(point(*mode, *speed, found?)));
    let points = points.collect::<Result<_, _>>()?;
    let (checks, check_cost) = checks(&driven, application)?;
    Ok(PoleEfficiency {
        speeds,
        torques,
        points,
        checks,
        flux_cost: driven.cost(),
        check_cost,
    })
}

/// The points of the requirement with the fields of all phases, and the effort.
fn checks(driven: &Driven, application: &Application) -> Result<(Vec<Check>, Cost), EvaluateError> {
    let q = &application.requirement;
    let (mut checks, mut cost) = (vec![], Cost::default());
    for (name, speed, aim) in [
        ("rated", q.base_speed, Aim::LeastCurrent(q.rated_torque)),
        ("base_speed", q.base_speed, Aim::MostTorque),
        ("max_speed", q.max_speed, Aim::MostTorque),
    ] {
        if let Some(cycle) = driven.best(Mode::Motor, speed, aim)? {
            checks.push(Check {
                name,
                speed,
                torque: cycle.mean_torque,
                losses: driven.both_ways(&cycle, &mut cost)?,
            });
        }
    }
    Ok((checks, cost))
}

fn point(mode: Mode, speed: f64, (cycle, losses): Found) -> Result<PolePoint, EvaluateError> {
    Ok(PolePoint {
        mode,
        speed,
        torque: cycle.mean_torque,
        control: cycle.control,
        current: (cycle.peak_current, cycle.rms_current),
        power: power(mode, cycle.mechanical_power, &losses)?,
        losses,
    })
}
