//! What the supply lets the machine do over speed, driving and generating, and what it does when nobody controls it.

use super::map::Axis;
use crate::design::{Application, Candidate};
use crate::evaluate::EvaluateError;
use crate::evaluate::currents::{self, REACH};
use crate::evaluate::readings::line_voltage_peak;
use crate::evaluate::setting::{Conditions, Setting};
use crate::material::Library;
use crate::operate::map::{FluxMap, STATED};
use crate::operate::point::Point;
use crate::operate::search::Limits;
use crate::operate::short_circuit;
use crate::operate::strategy::{Mode, Setpoint, Strategy};
use crate::operate::study::{Cost, Study};

/// The envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// Remanence of the magnets [T].
    pub remanence: f64,
    /// What the supply allows, in phase quantities.
    pub limits: Limits,
    /// Speed by speed.
    pub rows: Vec<Row>,
    /// Points of most torque that were solved beside the map.
    pub corners: Vec<Corner>,
    /// Effort.
    pub cost: Cost,
}

/// One speed.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Most torque, driving and generating; nothing where no current keeps the voltage.
    pub most: [Option<Setpoint>; 2],
    /// Peak between two lines of the voltage that the magnets induce without current, harmonics included [V].
    pub open_voltage: f64,
    /// The lasting short circuit of all phases; nothing at rest or where it lies beyond the map.
    pub short: Option<Short>,
}

/// A lasting short circuit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Short {
    /// Magnitude of its current [A].
    pub current: f64,
    /// Its torque [N m], which brakes.
    pub torque: f64,
}

/// A speed of the requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Corner {
    /// Its word.
    pub name: &'static str,
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Most torque on the map [N m].
    pub on_map: Option<f64>,
    /// The solved point of most torque.
    pub solved: Option<Point>,
}

/// Speeds of an axis that nobody stated.
const USUAL: usize = 31;

/// The flux map of a setting, on the coarse grid of a record but with more nodes, and its effort.
pub(super) fn flux_map(setting: &Setting) -> Result<(FluxMap, Cost), EvaluateError> {
    let prepared = &setting.prepared;
    let unit = prepared.standard.sector.unknowns();
    let mut study = Study::new(&prepared.coarse, setting.materials(), unit);
    let map = study.map(REACH * prepared.limits.current, STATED)?;
    Ok((map, study.cost))
}

/// Finds the envelope over speeds [rad/s], by default from rest to the highest speed of the requirement.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, or a field does not converge.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    conditions: &Conditions,
    speeds: Option<Axis>,
) -> Result<Envelope, EvaluateError> {
    let setting = Setting::new(application, candidate, library, conditions)?;
    let (map, mut cost) = flux_map(&setting)?;
    let (prepared, machine) = (&setting.prepared, setting.machine());
    let limits = prepared.limits;
    let strategies = Mode::BOTH.map(|mode| Strategy::new(&map, limits, mode));
    let unit = prepared.standard.sector.unknowns();
    let mut study = Study::new(machine, setting.materials(), unit);
    study.at(0.0, 0.0)?;
    let voltage_per_speed = line_voltage_peak(&study, candidate.winding.connection)?;
    let speeds = speeds.unwrap_or(Axis {
        from: 0.0,
        to: application.requirement.max_speed,
        count: USUAL,
    });
    let pairs = machine.pole_pairs as f64;
    let rows = speeds.values().into_iter().map(|speed| Row {
        speed,
        most: strategies.each_ref().map(|s| s.strongest(speed)),
        open_voltage: voltage_per_speed * pairs * speed,
        short: (speed > 0.0)
            .then(|| short_circuit::steady(&map, limits.resistance, pairs * speed))
            .flatten()
            .filter(|(id, iq)| id.abs() <= map.reach && iq.abs() <= map.reach)
            .map(|(id, iq)| Short {
                current: id.hypot(iq),
                torque: map.torque(id, iq),
            }),
    });
    let rows = rows.collect();
    let requirement = &application.requirement;
    let mut corners = vec![];
    for (name, speed) in [
        ("base_speed", requirement.base_speed),
        ("max_speed", requirement.max_speed),
    ] {
        let solved = match currents::most(prepared, &map, &mut study, speed) {
            Ok(point) => Some(point),
            Err(EvaluateError::NoOperatingPoint { .. }) => None,
            Err(error) => return Err(error),
        };
        let [motor, _] = &strategies;
        corners.push(Corner {
            name,
            speed,
            on_map: motor.strongest(speed).map(|s| s.torque),
            solved,
        });
    }
    cost.add(&study.cost);
    Ok(Envelope {
        remanence: setting.state.remanence_t,
        limits,
        rows,
        corners,
        cost,
    })
}
