//! Losses and efficiency over torque and speed, driving and generating.

use super::envelope::flux_map;
use super::map::Axis;
use crate::design::{Application, Candidate};
use crate::evaluate::EvaluateError;
use crate::evaluate::loss_map::LossMap;
use crate::evaluate::losses::Losses;
use crate::evaluate::setting::{Conditions, Setting};
use crate::material::Library;
use crate::operate::strategy::{Mode, Setpoint, Strategy};
use crate::operate::study::Cost;
use crate::parallel::each_or_first_error;
use rayon::prelude::*;

/// The map.
#[derive(Debug, Clone, PartialEq)]
pub struct EfficiencyMap {
    /// Remanence of the magnets [T].
    pub remanence: f64,
    /// Speeds [rad/s].
    pub speeds: Axis,
    /// Magnitudes of the torque of the gap [N m].
    pub torques: Axis,
    /// Points within the limits of the supply: driving, then generating, each speed by speed.
    pub points: Vec<MapPoint>,
    /// Effort of the flux map.
    pub flux_cost: Cost,
    /// Effort of the losses.
    pub loss_cost: Cost,
}

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Which way the power goes.
    pub mode: Mode,
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Currents, torque of the gap, voltage.
    pub at: Setpoint,
    /// Losses [W].
    pub losses: Losses,
    /// What becomes of the power.
    pub power: Power,
}

/// Powers of a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// Power that leaves by the shaft [W]; negative where the shaft is driven.
    pub shaft: f64,
    /// Power that comes from the supply [W]; negative where it goes there.
    pub electrical: f64,
    /// What comes out over what goes in; nothing where nothing comes out.
    pub efficiency: Option<f64>,
}

/// Steps of an axis that nobody stated.
const USUAL: usize = 30;

/// Finds the map over speeds [rad/s] and magnitudes of the torque of the gap [N m], both above zero; by default up to
/// the highest speed of the requirement and to the most torque at the least of the speeds.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, a field does not converge, or a loss is unknown.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    conditions: &Conditions,
    (speeds, torques): (Option<Axis>, Option<Axis>),
) -> Result<EfficiencyMap, EvaluateError> {
    let setting = Setting::new(application, candidate, library, conditions)?;
    let prepared = &setting.prepared;
    let (map, flux_cost) = flux_map(&setting)?;
    let losses = LossMap::solve(&setting, map.reach)?;
    let speeds = speeds.unwrap_or_else(|| Axis::up_to(application.requirement.max_speed, USUAL));
    let strategies = Mode::BOTH.map(|mode| Strategy::new(&map, prepared.limits, mode));
    let [motor, _] = &strategies;
    let torques = match torques {
        Some(axis) => axis,
        None => {
            let strongest = motor.strongest(speeds.from);
            let most = strongest.ok_or(EvaluateError::NoOperatingPoint {
                current_a: prepared.limits.current,
                voltage_v: prepared.limits.voltage,
                speed_rpm: speeds.from / crate::unit::rpm::SCALE,
            })?;
            Axis::up_to(most.torque, USUAL)
        }
    };
    let of_speed = speeds.values();
    let lost = each_or_first_error(&of_speed, |speed| losses.at_speed(*speed))?;
    let mut points = vec![];
    for (mode, strategy) in Mode::BOTH.into_iter().zip(&strategies) {
        let columns: Vec<Vec<Option<Setpoint>>> = torques
            .values()
            .par_iter()
            .map(|torque| {
                let line = strategy.line(*torque);
                let at = |speed: &f64| line.as_ref().and_then(|line| line.at(*speed));
                of_speed.iter().map(at).collect()
            })
            .collect();
        for (k, (speed, lost)) in of_speed.iter().zip(&lost).enumerate() {
            for at in columns.iter().filter_map(|column| column[k]) {
                points.push(point(mode, *speed, at, lost.at(at.id, at.iq))?);
            }
        }
    }
    Ok(EfficiencyMap {
        remanence: setting.state.remanence_t,
        speeds,
        torques,
        points,
        flux_cost,
        loss_cost: losses.cost,
    })
}

fn point(mode: Mode, speed: f64, at: Setpoint, losses: Losses) -> Result<MapPoint, EvaluateError> {
    Ok(MapPoint {
        mode,
        speed,
        at,
        power: power(mode, at.torque * speed, &losses)?,
        losses,
    })
}

/// What becomes of a power of the gap [W], negative where it brakes.
///
/// # Errors
/// When a loss is unknown.
pub(super) fn power(mode: Mode, gap: f64, losses: &Losses) -> Result<Power, EvaluateError> {
    let unknown = EvaluateError::UnknownLoss;
    let efficiency = match mode {
        Mode::Motor => losses.motor_efficiency(gap),
        Mode::Generator => losses.generator_efficiency(-gap),
    };
    Ok(Power {
        shaft: gap - losses.drag().map_err(unknown)?,
        electrical: gap + losses.winding(),
        efficiency: efficiency
            .map(|share| (share > 0.0).then_some(share))
            .map_err(unknown)?,
    })
}
