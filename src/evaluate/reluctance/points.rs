//! The operating points of a switched reluctance machine, at two resolutions.

use super::continuous::{self, Continuous, Driven};
use super::losses;
use super::setting::{PoleSetting, USUAL};
use crate::evaluate::EvaluateError;
use crate::evaluate::cooled;
use crate::evaluate::heat::{self, Heated};
use crate::evaluate::lasting::Lasting;
use crate::evaluate::losses::PointLosses;
use crate::evaluate::pathway::Twin;
use crate::evaluate::stress::{self, Stressed};
use crate::network::plan::Part;
use crate::operate::reluctance::cycle::Cycle;
use crate::operate::reluctance::drive::{Circuit, Control, Drive, DriveError};
use crate::operate::reluctance::machine::PoleMachine;
use crate::operate::reluctance::map::PhaseMap;
use crate::operate::reluctance::optimum::{Aim, Limits, optimum};
use crate::operate::reluctance::turn::{Turn, fullest};
use crate::operate::study::Cost;
use crate::resolution::Resolution;

/// An operating point of the drive.
#[derive(Debug, Clone)]
pub(in crate::evaluate) struct PolePoint {
    /// At standard resolution.
    pub(in crate::evaluate) cycle: Cycle,
    /// Mean torque [N m].
    pub(in crate::evaluate) torque: Twin,
    /// By how much it moves between no and twice the inductance of the end turns, half of it [N m].
    pub(in crate::evaluate) end_turns: f64,
}

/// What is known of a switched reluctance machine.
#[derive(Debug)]
pub(in crate::evaluate) struct PoleFacts {
    /// The most torque at base speed.
    pub(in crate::evaluate) limit: PolePoint,
    /// The least current for the required peak torque, or the limit.
    pub(in crate::evaluate) peak: PolePoint,
    pub(in crate::evaluate) peak_reached: bool,
    /// Change of torque with current at the peak point [N m/A].
    pub(in crate::evaluate) torque_per_ampere: f64,
    /// The least loss of copper for the rated torque; or why there is no such point.
    pub(in crate::evaluate) rated: Result<(PolePoint, PointLosses), String>,
    /// The most torque at maximum speed.
    pub(in crate::evaluate) max_speed: PolePoint,
    /// The most torque of one phase with the peak current of that point held in it [N m].
    pub(in crate::evaluate) max_speed_static_torque: f64,
    /// Section flux densities [T] at the limit, and at the peak point at both resolutions.
    pub(in crate::evaluate) limit_sections: Vec<(Part, f64)>,
    pub(in crate::evaluate) peak_sections: [Vec<(Part, f64)>; 2],
    /// The machine in thermal balance at the rated point, or why there is none.
    pub(in crate::evaluate) heat: Result<Heated, String>,
    /// The most torque at base speed under duty S1, or why there is none.
    pub(in crate::evaluate) continuous: Result<Continuous, String>,
    /// The same under duty S2.
    pub(in crate::evaluate) short_time: Result<Continuous, String>,
    /// The rotor at overspeed, or why its stress is unknown.
    pub(in crate::evaluate) stress: Result<Stressed, String>,
    /// Whether any tolerance was stated that moves this machine.
    pub(in crate::evaluate) tolerances_stated: bool,
    pub(in crate::evaluate) cost: Cost,
}

/// Currents and positions of the maps that only tell how far a number moves.
pub(super) const ROUGH: (usize, usize) = (8, 8);
/// Every so many-th position of the grid is enough to see what the phases share.
const SHARED_STRIDE: usize = 2;
/// A pulse at maximum speed is longer and rises more slowly.
const PULSE_STRIDE: usize = 4;
/// Change of the current by which its effect on the torque is found.
const NUDGE: f64 = 0.01;

/// The drive at the resolutions and with the tolerances that tell how well a torque is known.
struct Models {
    standard: PoleMachine,
    coarse: PoleMachine,
    fine: Drive,
    /// The same without and with twice the inductance of the end turns, between which it lies.
    ends: [Drive; 2],
    rough: Drive,
    /// The rough drive with the air gap moved up and down.
    moved: Vec<Drive>,
}

/// Solves a machine.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, a field does not converge, or the drive gives
/// no torque.
pub(in crate::evaluate) fn solve(setting: &PoleSetting) -> Result<PoleFacts, EvaluateError> {
    let mut cost = Cost::default();
    let models = models(setting, &mut cost)?;
    let q = &setting.application.requirement;
    let limits = setting.limits();
    let best = |speed: f64, aim| optimum(&models.fine, &setting.circuit(speed), &limits, aim);
    let limit = best(q.base_speed, Aim::MostTorque)?;
    let reached = match best(q.base_speed, Aim::LeastPeak(q.peak_torque)) {
        Ok(cycle) => Some(cycle),
        Err(DriveError::OutOfReach { .. }) => None,
        Err(other) => return Err(other.into()),
    };
    let most = |drive: &Drive| -> Result<f64, EvaluateError> {
        let found = optimum(
            drive,
            &setting.circuit(q.max_speed),
            &limits,
            Aim::MostTorque,
        )?;
        Ok(found.mean_torque)
    };
    let bounds = [most(&models.ends[0])?, most(&models.ends[1])?];
    let max_speed = best(q.max_speed, Aim::MostTorque)?;
    let max_speed = PolePoint {
        torque: twin(setting, &models, &max_speed, PULSE_STRIDE, &mut cost)?,
        end_turns: half_range(max_speed.mean_torque, bounds),
        cycle: max_speed,
    };
    let limit = PolePoint {
        torque: twin(setting, &models, &limit, SHARED_STRIDE, &mut cost)?,
        end_turns: between(&models.ends, &limit)?,
        cycle: limit,
    };
    let peak_reached = reached.is_some();
    let peak = match reached {
        Some(cycle) => {
            let mut torque = uncoupled(&models, &cycle)?;
            // What the phases share is known at the limit, where they carry more.
            torque.check = limit.torque.check;
            let end_turns = between(&models.ends, &cycle)?;
            PolePoint {
                cycle,
                torque,
                end_turns,
            }
        }
        None => limit.clone(),
    };
    let torque_per_ampere = slope(&models.fine, &peak.cycle)?;
    let rated = rated(setting, &models, &mut cost)?;
    let heat = match &rated {
        Ok((_, losses)) => heat::rated_of_poles(setting, losses),
        Err(reason) => Err(reason.clone()),
    };
    let lasting = |lasting: Result<Lasting, String>| {
        let known = rated.as_ref().map_err(Clone::clone)?;
        let steady = Steady {
            models: &models,
            circuit: setting.circuit(q.base_speed),
            limits,
            shared: limit.torque.check.max(known.0.torque.check),
        };
        continuous::find(setting, &steady, known, &limit, &lasting?)
    };
    let continuous = lasting(Ok(Lasting::Always));
    let machine = (setting.application, setting.candidate, setting.library);
    let from_cold = Lasting::from_cold(cooled::of_poles(setting), &setting.masses()?, machine)?;
    let short_time = lasting(from_cold);
    let unit = models.standard.sector.unknowns();
    let mut sections = |machine: &PoleMachine, cycle: &Cycle| {
        fullest(machine, &setting.materials, cycle, (&mut cost, unit))
    };
    let limit_sections = sections(&models.standard, &limit.cycle)?;
    let peak_sections = [
        sections(&models.standard, &peak.cycle)?,
        sections(&models.coarse, &peak.cycle)?,
    ];
    Ok(PoleFacts {
        limit,
        peak,
        peak_reached,
        torque_per_ampere,
        rated,
        heat,
        continuous,
        short_time,
        max_speed_static_torque: models.fine.most_static_torque(max_speed.cycle.peak_current),
        max_speed,
        limit_sections,
        peak_sections,
        stress: stress::rotor(setting.application, setting.candidate, setting.library, 0.0),
        tolerances_stated: !models.moved.is_empty(),
        cost,
    })
}

/// The drive at base speed, for the points of duties.
struct Steady<'m> {
    models: &'m Models,
    circuit: Circuit,
    limits: Limits,
    /// What the phases share at the limit or the rated point, the more of both [N m].
    shared: f64,
}

impl Driven for Steady<'_> {
    fn cycle(&self, torque: f64) -> Result<Cycle, String> {
        let aim = Aim::LeastCurrent(torque);
        optimum(&self.models.fine, &self.circuit, &self.limits, aim).map_err(|e| e.to_string())
    }

    fn point(&self, cycle: Cycle) -> Result<PolePoint, String> {
        let mut torque = uncoupled(self.models, &cycle).map_err(|e| e.to_string())?;
        torque.check = self.shared;
        let end_turns = between(&self.models.ends, &cycle).map_err(|e| e.to_string())?;
        Ok(PolePoint {
            cycle,
            torque,
            end_turns,
        })
    }
}

/// How far a torque is at most from those of the two bounds [N m].
pub(super) fn half_range(torque: f64, bounds: [f64; 2]) -> f64 {
    let apart = bounds.map(|bound| (bound - torque).abs());
    apart[0].max(apart[1])
}

/// By how much the torque moves under the same control with the inductance of the end turns [N m].
pub(super) fn between(ends: &[Drive; 2], cycle: &Cycle) -> Result<f64, EvaluateError> {
    let mut bounds = [0.0; 2];
    for (bound, drive) in bounds.iter_mut().zip(ends) {
        *bound = drive.follow(&cycle.circuit, &cycle.control)?.mean_torque;
    }
    Ok(half_range(cycle.mean_torque, bounds))
}

/// Change of torque with the current at which a phase is held [N m/A].
fn slope(drive: &Drive, cycle: &Cycle) -> Result<f64, EvaluateError> {
    let less = Control {
        current: cycle.control.current * (1.0 - NUDGE),
        ..cycle.control
    };
    let less = drive.follow(&cycle.circuit, &less)?;
    Ok((cycle.mean_torque - less.mean_torque) / (cycle.peak_current - less.peak_current))
}

/// The rated point with its losses, or why there is none.
fn rated(
    setting: &PoleSetting,
    models: &Models,
    cost: &mut Cost,
) -> Result<Result<(PolePoint, PointLosses), String>, EvaluateError> {
    let q = &setting.application.requirement;
    let (circuit, limits) = (setting.circuit(q.base_speed), setting.limits());
    let aim = Aim::LeastCurrent(q.rated_torque);
    let cycle = match optimum(&models.fine, &circuit, &limits, aim) {
        Ok(cycle) => cycle,
        Err(error @ DriveError::OutOfReach { .. }) => return Ok(Err(error.to_string())),
        Err(other) => return Err(other.into()),
    };
    let unit = models.standard.sector.unknowns();
    let (coarse, materials) = (&models.coarse, &setting.materials);
    let turn = Turn::solve(coarse, materials, &cycle, 1, (cost, unit))?;
    let mut torque = uncoupled(models, &cycle)?;
    torque.check = shared(&turn, coarse, &cycle);
    let losses = losses::at(setting, coarse, &turn, &cycle)?;
    let end_turns = between(&models.ends, &cycle)?;
    let point = PolePoint {
        cycle,
        torque,
        end_turns,
    };
    Ok(Ok((point, losses)))
}

fn models(setting: &PoleSetting, cost: &mut Cost) -> Result<Models, EvaluateError> {
    let standard = setting.machine(Resolution::Standard)?;
    let coarse = setting.machine(Resolution::Coarse)?;
    let unit = standard.sector.unknowns();
    let mut solved = |machine: &PoleMachine, nodes| -> Result<PhaseMap, EvaluateError> {
        let map: PhaseMap = setting.map(machine, nodes)?;
        let unknowns = machine.sector.unknowns();
        cost.count(
            machine.resolution,
            (map.solves(), map.iterations),
            (unknowns, unit),
        );
        Ok(map)
    };
    let map = solved(&standard, (USUAL, USUAL))?;
    let fine = setting.drive(&map, 1.0)?;
    let ends = [setting.drive(&map, 0.0)?, setting.drive(&map, 2.0)?];
    let rough = setting.drive(&solved(&coarse, ROUGH)?, 1.0)?;
    let tolerance = setting.candidate.tolerances.as_ref();
    let mut moved = vec![];
    if let Some(by) = tolerance.and_then(|t| t.air_gap) {
        for by in [by, -by] {
            let srm = setting.srm.with_air_gap_changed(by);
            if !srm.fits().is_empty() {
                return Err(EvaluateError::Geometry);
            }
            let machine = PoleSetting {
                srm: &srm,
                ..setting.clone()
            }
            .machine(Resolution::Coarse)?;
            moved.push(setting.drive(&solved(&machine, ROUGH)?, 1.0)?);
        }
    }
    Ok(Models {
        standard,
        coarse,
        fine,
        ends,
        rough,
        moved,
    })
}

/// The mean torque of a cycle at both resolutions, its movement by the tolerances, and what the phases share.
fn twin(
    setting: &PoleSetting,
    models: &Models,
    cycle: &Cycle,
    stride: usize,
    cost: &mut Cost,
) -> Result<Twin, EvaluateError> {
    let unit = models.standard.sector.unknowns();
    let (coarse, materials) = (&models.coarse, &setting.materials);
    let turn = Turn::solve(coarse, materials, cycle, stride, (cost, unit))?;
    let mut torque = uncoupled(models, cycle)?;
    torque.check = shared(&turn, coarse, cycle);
    Ok(torque)
}

/// By how much the torque differs if all phases are fed together [N m].
pub(super) fn shared(turn: &Turn, machine: &PoleMachine, cycle: &Cycle) -> f64 {
    (turn.torque() - turn.torque_of_single_phases(machine, cycle)).abs()
}

/// The mean torque under the same control, phase by phase.
fn uncoupled(models: &Models, cycle: &Cycle) -> Result<Twin, EvaluateError> {
    let torque = |drive: &Drive| -> Result<f64, EvaluateError> {
        Ok(drive.follow(&cycle.circuit, &cycle.control)?.mean_torque)
    };
    let coarse = torque(&models.rough)?;
    let mut input: f64 = 0.0;
    for drive in &models.moved {
        input = input.max((torque(drive)? - coarse).abs());
    }
    Ok(Twin {
        standard: cycle.mean_torque,
        coarse,
        input,
        check: 0.0,
    })
}
