//! The energy that a vehicle takes from its supply over a drive cycle, and where it stays.

use super::envelope::flux_map;
use super::shaft::Turning;
use crate::cycle::{Cycle, Piece};
use crate::design::{Application, Candidate, Vehicle};
use crate::evaluate::EvaluateError;
use crate::evaluate::loss_map::LossMap;
use crate::evaluate::setting::{Conditions, Setting};
use crate::material::Library;
use crate::operate::study::Cost;
use crate::parallel::each_or_first_error;

/// A drive over a cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Remanence of the magnets [T].
    pub remanence: f64,
    /// Highest speed of the machine [rad/s].
    pub fastest: f64,
    /// Phase by phase: when each ends [s], and what it took.
    pub phases: Vec<(f64, Energies)>,
    /// The whole.
    pub total: Energies,
    /// Effort.
    pub cost: Cost,
}

/// Energies [J] of a stretch, none of them negative.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Energies {
    /// Distance [m].
    pub distance: f64,
    /// Taken from the supply at the terminals of the machine.
    pub supplied: f64,
    /// Given back to it.
    pub returned: f64,
    /// Given by the shaft.
    pub shaft_out: f64,
    /// Taken by the shaft.
    pub shaft_in: f64,
    /// Lost in the winding, eddy currents included.
    pub copper: f64,
    /// In the iron.
    pub iron: f64,
    /// In the magnets.
    pub magnet: f64,
    /// In bearings and air.
    pub mechanical: f64,
    /// In brakes by friction, at the wheels.
    pub brakes: f64,
}

impl Energies {
    /// Adds another stretch.
    fn add(&mut self, other: &Self) {
        self.distance += other.distance;
        self.supplied += other.supplied;
        self.returned += other.returned;
        self.shaft_out += other.shaft_out;
        self.shaft_in += other.shaft_in;
        self.copper += other.copper;
        self.iron += other.iron;
        self.magnet += other.magnet;
        self.mechanical += other.mechanical;
        self.brakes += other.brakes;
    }
}

/// Drives the cycle with the vehicle of the application. Braking goes through the machine as far as its envelope lets
/// it and as long as the supply gets something of it; brakes take the rest.
///
/// # Errors
/// When there is no vehicle, the machine cannot follow the cycle, a loss is unknown, or a field does not converge.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    conditions: &Conditions,
    cycle: &Cycle,
) -> Result<Journey, EvaluateError> {
    let vehicle = application.vehicle.ok_or(EvaluateError::NoVehicle)?;
    let setting = Setting::new(application, candidate, library, conditions)?;
    let (map, mut cost) = flux_map(&setting)?;
    let limits = setting.prepared.limits;
    let losses = LossMap::solve(&setting, map.reach)?;
    cost.add(&losses.cost);
    let fastest = vehicle.machine_speed(cycle.fastest());
    let machine = Driven {
        vehicle,
        turning: Turning::new((&map, &losses), limits, fastest)?,
    };
    let pieces: Vec<Piece> = cycle.pieces().collect();
    // Of moments that cannot be driven the earliest is told.
    let driven = each_or_first_error(&pieces, |piece| machine.piece(piece))?;
    let mut phases: Vec<(f64, Energies)> = vec![];
    let mut driven = pieces.iter().zip(driven).peekable();
    for end in &cycle.phase_ends {
        let mut phase = Energies::default();
        while let Some((_, energies)) = driven.next_if(|(piece, _)| piece.end <= *end) {
            phase.add(&energies);
        }
        phases.push((*end, phase));
    }
    let mut total = Energies::default();
    for (_, phase) in &phases {
        total.add(phase);
    }
    Ok(Journey {
        remanence: setting.state.remanence_t,
        fastest,
        phases,
        total,
        cost,
    })
}

/// A machine in its vehicle.
struct Driven<'m> {
    vehicle: Vehicle,
    turning: Turning<'m>,
}

impl Driven<'_> {
    fn piece(&self, piece: &Piece) -> Result<Energies, EvaluateError> {
        let speed = self.vehicle.machine_speed(piece.speed);
        if speed <= 0.0 {
            return Ok(Energies::default());
        }
        let force = self.vehicle.force(piece.speed, piece.acceleration);
        let shaft = self.vehicle.shaft_torque(force);
        let too_hard = || EvaluateError::CycleTooHard {
            time_s: piece.end,
            torque_n_m: shaft,
            speed_rpm: speed / crate::unit::rpm::SCALE,
        };
        let mut working = self.turning.at_shaft(shaft, speed)?;
        if shaft < 0.0 {
            if working.is_none() {
                working = self.turning.braking(speed)?;
            }
            // A machine that brakes and takes power for it is better left alone.
            if working.as_ref().is_none_or(|w| w.electrical(speed) > 0.0) {
                working = self.turning.at_shaft(0.0, speed)?;
            }
        }
        let working = working.ok_or_else(too_hard)?;
        let power = working.gap * speed - working.drag;
        let electrical = working.electrical(speed);
        let lost = &working.losses;
        let unknown = EvaluateError::UnknownLoss;
        // What the wheels give and the machine does not take through the gear.
        let taken = (-power).max(0.0) / self.vehicle.gear_efficiency;
        let brakes = ((-force * piece.speed).max(0.0) - taken).max(0.0);
        let over = |power: f64| power * piece.duration;
        Ok(Energies {
            distance: over(piece.speed),
            supplied: over(electrical.max(0.0)),
            returned: over((-electrical).max(0.0)),
            shaft_out: over(power.max(0.0)),
            shaft_in: over((-power).max(0.0)),
            copper: over(lost.winding()),
            iron: over(lost.iron.clone().map_err(unknown)?.total()),
            magnet: over(lost.magnet.clone().map_err(unknown)?),
            mechanical: over(lost.windage + lost.bearings().map_err(unknown)?),
            brakes: over(brakes),
        })
    }
}
