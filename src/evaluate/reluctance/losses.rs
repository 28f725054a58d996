//! What a switched reluctance machine loses at an operating point, from the field of all its phases.

use super::setting::PoleSetting;
use crate::design::SteelChoice;
use crate::evaluate::EvaluateError;
use crate::evaluate::losses::{self, Losses, PointLosses};
use crate::loss::iron::SpecificLoss;
use crate::loss::mechanical;
use crate::loss::sample::{Cuts, Ends, IronLoss, Sample};
use crate::operate::period::Period;
use crate::operate::reluctance::cycle::Cycle;
use crate::operate::reluctance::machine::PoleMachine;
use crate::operate::reluctance::turn::Turn;
use std::f64::consts::PI;

/// Losses of a cycle whose fields were solved.
pub(in crate::evaluate) fn at(
    setting: &PoleSetting,
    machine: &PoleMachine,
    turn: &Turn,
    cycle: &Cycle,
) -> Result<PointLosses, EvaluateError> {
    of_periods(setting, machine, &turn.periods(machine), cycle)
}

/// Losses of a cycle from what rotor and stator see. There are no magnets, so that nothing is lost in them.
pub(in crate::evaluate) fn of_periods(
    setting: &PoleSetting,
    machine: &PoleMachine,
    periods: &[[Period; 2]],
    cycle: &Cycle,
) -> Result<PointLosses, EvaluateError> {
    let candidate = setting.candidate;
    let uncut = Cuts {
        axial: 1,
        across: 1,
        halved: false,
        ends: Ends::Inside,
    };
    // No magnet, no thickness: nothing is divided by it.
    let sample = Sample::of(&machine.sector, periods, 0.0, uncut);
    let speed = cycle.circuit.speed;
    let frequency = machine.rotor_poles as f64 * speed / (2.0 * PI);
    let turns = (setting.layout.series_turns(), setting.layout.phases);
    let wires = losses::wires(
        &candidate.winding,
        turns,
        setting.srm.bill().stack_length,
        setting.copper.resistivity,
    )?;
    let grades = [&candidate.stator_steel, &candidate.rotor_steel];
    let law = |steel: &SteelChoice| -> Result<Option<SpecificLoss>, EvaluateError> {
        Ok(SpecificLoss::of(setting.library.steel(&steel.grade)?))
    };
    let laws = [law(grades[0])?, law(grades[1])?];
    let losses = Losses {
        copper: cycle.copper_loss,
        proximity: sample.proximity_loss(frequency, &wires),
        iron: losses::iron(candidate, setting.library, &laws, &sample, frequency)?,
        ..idle(setting, speed)
    };
    Ok(PointLosses { speed, losses })
}

/// Losses of a rotor that turns at a speed [rad/s] while no phase is fed: there are no magnets, so that nothing but air and
/// bearings takes power.
pub(in crate::evaluate) fn idle(setting: &PoleSetting, speed: f64) -> Losses {
    let candidate = setting.candidate;
    let bill = setting.srm.bill();
    let diameter = bill.pole_pitch * bill.poles as f64 / PI;
    let ambient = setting.application.environment.ambient_temperature;
    let smooth = mechanical::gap_drag(diameter, bill.stack_length, bill.air_gap, speed, ambient);
    let salience = mechanical::salience(setting.srm.rotor_pole_height(), 0.5 * diameter);
    Losses {
        copper: 0.0,
        proximity: 0.0,
        iron: Ok(IronLoss::default()),
        build_declared: [&candidate.stator_steel, &candidate.rotor_steel]
            .iter()
            .all(|steel| steel.build_factor_ratio.is_some()),
        magnet: Ok(0.0),
        magnet_reaction: 0.0,
        windage: salience * smooth + mechanical::end_drag(diameter, speed, ambient),
        bearings: candidate
            .mechanical
            .map(|m| m.bearing_friction_torque * speed),
    }
}
