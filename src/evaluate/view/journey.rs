//! The energy that a vehicle takes from its supply over a drive cycle, and where it stays.

use super::envelope::flux_map;
use super::pole_shaft::{Moment, PoleTurning};
use super::shaft::{Loaded, Turning};
use crate::cycle::{Cycle, Piece};
use crate::design::{Application, Candidate, Vehicle};
use crate::evaluate::EvaluateError;
use crate::evaluate::loss_map::LossMap;
use crate::evaluate::reluctance::driven;
use crate::evaluate::reluctance::setting::PoleSetting;
use crate::evaluate::setting::{Conditions, Setting};
use crate::material::Library;
use crate::operate::study::Cost;
use crate::parallel::each_or_first_error;
use crate::topology::srm::Srm;

/// A drive over a cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Remanence of the magnets [T]; nothing without magnets.
    pub remanence: Option<f64>,
    /// Highest speed of the machine [rad/s].
    pub fastest: f64,
    /// Phase by phase: when each ends [s], and what it took.
    pub phases: Vec<(f64, Energies)>,
    /// The whole.
    pub total: Energies,
    /// Of a machine whose phases are fed one by one: moments that were solved by themselves as well.
    pub checks: Vec<Check>,
    /// Effort.
    pub cost: Cost,
}

/// A moment of a cycle at which it is told how far its losses are off.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Its word.
    pub name: &'static str,
    /// When its stretch ends [s].
    pub end: f64,
    /// What was solved.
    pub moment: Moment,
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
    let turning = Turning::new((&map, &losses), limits, fastest)?;
    let (phases, _) = drive(&vehicle, &turning, cycle)?;
    Ok(Journey {
        remanence: Some(setting.state.remanence_t),
        fastest,
        total: sum(&phases),
        phases,
        checks: vec![],
        cost,
    })
}

/// The same with a machine whose phases are fed one by one.
///
/// # Errors
/// As [`solve`].
pub fn solve_poles(
    application: &Application,
    machine: (&Candidate, &Srm),
    library: &Library,
    cycle: &Cycle,
) -> Result<Journey, EvaluateError> {
    let vehicle = application.vehicle.ok_or(EvaluateError::NoVehicle)?;
    let setting = PoleSetting::new(application, machine, library)?;
    let driven = driven::Driven::new(&setting)?;
    let fastest = vehicle.machine_speed(cycle.fastest());
    let turning = PoleTurning::new(&driven, fastest)?;
    let (phases, stretches) = drive(&vehicle, &turning, cycle)?;
    let mut cost = driven.cost();
    let checks = checks(&turning, &stretches, &mut cost)?;
    Ok(Journey {
        remanence: None,
        fastest,
        total: sum(&phases),
        phases,
        checks,
        cost,
    })
}

/// The moments of most driving and most braking power of the gap, and the one in whose stretch half of the time of driving
/// takes more power.
fn checks(
    turning: &PoleTurning,
    stretches: &[Stretch],
    cost: &mut Cost,
) -> Result<Vec<Check>, EvaluateError> {
    let of_sign = |sign: f64| {
        let mut all: Vec<&Stretch> = stretches.iter().filter(|s| sign * s.gap > 0.0).collect();
        all.sort_by(|a, b| (sign * a.gap * a.speed).total_cmp(&(sign * b.gap * b.speed)));
        all
    };
    let (driving, braking) = (of_sign(1.0), of_sign(-1.0));
    let chosen = [
        ("most_driving_power", driving.last()),
        ("middle_driving_power", driving.get(driving.len() / 2)),
        ("most_braking_power", braking.last()),
    ];
    let mut checks = vec![];
    for (name, stretch) in chosen {
        let Some(stretch) = stretch else { continue };
        if let Some(moment) = turning.moment(stretch.gap, stretch.speed, cost)? {
            let end = stretch.end;
            checks.push(Check { name, end, moment });
        }
    }
    Ok(checks)
}

/// What the machine does over a piece of the cycle.
struct Stretch {
    /// When it ends [s].
    end: f64,
    /// Torque of the gap [N m].
    gap: f64,
    /// Speed [rad/s].
    speed: f64,
    energies: Energies,
}

/// Phases of a cycle with what each took, and every piece of it.
type Driving = (Vec<(f64, Energies)>, Vec<Stretch>);

fn drive<M: Loaded + Sync>(
    vehicle: &Vehicle,
    turning: &M,
    cycle: &Cycle,
) -> Result<Driving, EvaluateError> {
    let machine = Driven { vehicle, turning };
    let pieces: Vec<Piece> = cycle.pieces().collect();
    // Of moments that cannot be driven the earliest is told.
    let stretches = each_or_first_error(&pieces, |piece| machine.piece(piece))?;
    let mut phases: Vec<(f64, Energies)> = vec![];
    let mut driven = stretches.iter().peekable();
    for end in &cycle.phase_ends {
        let mut phase = Energies::default();
        while let Some(stretch) = driven.next_if(|stretch| stretch.end <= *end) {
            phase.add(&stretch.energies);
        }
        phases.push((*end, phase));
    }
    Ok((phases, stretches))
}

fn sum(phases: &[(f64, Energies)]) -> Energies {
    let mut total = Energies::default();
    for (_, phase) in phases {
        total.add(phase);
    }
    total
}

/// A machine in its vehicle.
struct Driven<'m, M> {
    vehicle: &'m Vehicle,
    turning: &'m M,
}

impl<M: Loaded> Driven<'_, M> {
    fn piece(&self, piece: &Piece) -> Result<Stretch, EvaluateError> {
        let speed = self.vehicle.machine_speed(piece.speed);
        let end = piece.end;
        if speed <= 0.0 {
            let energies = Energies::default();
            return Ok(Stretch {
                end,
                gap: 0.0,
                speed,
                energies,
            });
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
        let energies = Energies {
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
        };
        Ok(Stretch {
            end,
            gap: working.gap,
            speed,
            energies,
        })
    }
}
