//! How warm a machine grows under a duty at its rated point, and how much torque its cooling allows over speed.

use super::envelope::flux_map;
use super::map::Axis;
use crate::design::{Application, Candidate};
use crate::evaluate::EvaluateError;
use crate::evaluate::cooled::{self, Cooled};
use crate::evaluate::heat::sources;
use crate::evaluate::lasting;
use crate::evaluate::loss_map::{AtSpeed, LossMap};
use crate::evaluate::setting::{Conditions, Setting};
use crate::heat::course::{Heating, Moment};
use crate::heat::duty::Duty;
use crate::heat::machine::WITHOUT_END;
use crate::material::Library;
use crate::operate::map::FluxMap;
use crate::operate::strategy::{Mode, Setpoint, Strategy};
use crate::operate::study::Cost;
use crate::parallel::each_or_first_error;

/// Temperatures, and the torque that they allow.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Remanence of the magnets [T].
    pub remanence: f64,
    /// Temperature of what takes the heat [°C].
    pub coolant: f64,
    /// Temperature that the insulation bears [°C], and its class.
    pub class: (f64, &'static str),
    /// Hottest temperature of the magnets that the application states [°C].
    pub magnets: f64,
    /// The machine over the duty at rated torque and base speed; nothing where the supply does not give them.
    pub rated: Option<Rated>,
    /// Speed by speed.
    pub rows: Vec<Row>,
    /// Effort.
    pub cost: Cost,
}

/// The rated point.
#[derive(Debug, Clone, PartialEq)]
pub struct Rated {
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Currents and torque.
    pub at: Setpoint,
    /// Moment by moment; one of balance under continuous duty.
    pub course: Vec<Moment>,
}

/// What keeps the torque at a speed from being more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Current and voltage.
    Supply,
    /// The insulation.
    Winding,
    /// The magnets.
    Magnets,
}

impl Bound {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Bound::Supply => "supply",
            Bound::Winding => "winding",
            Bound::Magnets => "magnets",
        }
    }
}

/// The most torque that a duty allows at a speed.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// Currents and torque; nothing where losses without torque are too much, or the voltage is not kept.
    pub at: Option<Setpoint>,
    /// Hottest place of the winding and the magnets there [°C].
    pub hottest: Option<[f64; 2]>,
    /// What bounds it.
    pub bound: Bound,
}

/// Speeds of an axis that nobody stated.
const USUAL: usize = 16;
/// Steps to the torque at which a limit is met: to a ten-thousandth of the most.
const HALVINGS: usize = 14;

/// Solves the machine under a duty, over speeds [rad/s] for the torque, by default up to the highest of the
/// requirement.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, a field does not converge, or losses or cooling are
/// unknown.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    conditions: &Conditions,
    (duty, speeds): (Duty, Option<Axis>),
) -> Result<Heat, EvaluateError> {
    let unknown = EvaluateError::NoTemperature;
    let setting = Setting::new(application, candidate, library, conditions)?;
    let prepared = &setting.prepared;
    let cooled = cooled::of_slots(prepared).map_err(unknown)?;
    let magnet = library.magnet(&setting.pathway.grade)?;
    let masses = prepared.masses(magnet)?;
    let conductor = library.conductor(&candidate.winding.conductor.material)?;
    let heating = lasting::heating(&cooled, &masses, conductor).map_err(unknown)?;
    let (map, mut cost) = flux_map(&setting)?;
    let losses = LossMap::solve(&setting, map.reach)?;
    cost.add(&losses.cost);
    let hottest = application.environment.magnet_temperature_hot;
    let search = Search {
        heating,
        duty,
        limits: [cooled.class.0, hottest],
        map: &map,
        supply: prepared.limits,
        losses: &losses,
    };
    let requirement = &application.requirement;
    let speeds = speeds.unwrap_or(Axis {
        from: requirement.max_speed / USUAL as f64,
        to: requirement.max_speed,
        count: USUAL,
    });
    let rows = each_or_first_error(speeds.values(), |speed| search.row(speed))?;
    let Cooled { class, coolant, .. } = cooled;
    Ok(Heat {
        remanence: setting.state.remanence_t,
        coolant: coolant.0,
        class,
        magnets: hottest,
        rated: search.rated(requirement.rated_torque, requirement.base_speed)?,
        rows,
        cost,
    })
}

struct Search<'a> {
    heating: Heating,
    duty: Duty,
    /// Of winding and magnets [°C].
    limits: [f64; 2],
    map: &'a FluxMap,
    supply: crate::operate::search::Limits,
    losses: &'a LossMap<'a>,
}

impl Search<'_> {
    fn strategy(&self) -> Strategy<'_> {
        Strategy::new(self.map, self.supply, Mode::Motor)
    }

    fn course(
        &self,
        lost: &AtSpeed,
        at: &Setpoint,
        speed: f64,
    ) -> Result<Result<Vec<Moment>, String>, EvaluateError> {
        let sources = sources(&lost.at(at.id, at.iq)).map_err(EvaluateError::UnknownLoss)?;
        Ok(self.heating.course(&sources, speed, self.duty))
    }

    fn rated(&self, torque: f64, speed: f64) -> Result<Option<Rated>, EvaluateError> {
        let strategy = self.strategy();
        let Some(at) = strategy.line(torque).and_then(|line| line.at(speed)) else {
            return Ok(None);
        };
        let lost = self.losses.at_speed(speed)?;
        let course = self.course(&lost, &at, speed)?;
        Ok(Some(Rated {
            speed,
            at,
            course: course.map_err(EvaluateError::NoTemperature)?,
        }))
    }

    /// The most torque at a speed by halving: what a torque heats grows with it.
    fn row(&self, speed: f64) -> Result<Row, EvaluateError> {
        let strategy = self.strategy();
        let lost = self.losses.at_speed(speed)?;
        let none = |bound| Row {
            speed,
            at: None,
            hottest: None,
            bound,
        };
        let Some(most) = strategy.strongest(speed) else {
            return Ok(none(Bound::Supply));
        };
        let mut held = None;
        let (mut low, mut high, mut bound) = (0.0, most.torque, Bound::Supply);
        let mut next = most;
        for _ in 0..=HALVINGS {
            match self.passed(&lost, &next, speed)? {
                (Some(passed), _) => {
                    high = next.torque;
                    bound = passed;
                }
                (None, hottest) => {
                    low = next.torque;
                    held = Some((next, hottest));
                }
            }
            if low >= high {
                break;
            }
            let Some(at) = strategy
                .line(0.5 * (low + high))
                .and_then(|line| line.at(speed))
            else {
                break;
            };
            next = at;
        }
        Ok(match held {
            Some((at, hottest)) => Row {
                speed,
                at: Some(at),
                hottest: Some(hottest),
                bound,
            },
            None => none(bound),
        })
    }

    /// Which limit a point passes over the duty, if any, and the hottest of winding and magnets.
    fn passed(
        &self,
        lost: &AtSpeed,
        at: &Setpoint,
        speed: f64,
    ) -> Result<(Option<Bound>, [f64; 2]), EvaluateError> {
        let course = match self.course(lost, at, speed)? {
            Ok(course) => course,
            Err(reason) if reason == WITHOUT_END => {
                return Ok((Some(Bound::Winding), [f64::INFINITY; 2]));
            }
            Err(reason) => return Err(EvaluateError::NoTemperature(reason)),
        };
        let most = |of: fn(&Moment) -> f64| course.iter().map(of).fold(f64::MIN, f64::max);
        let hottest = [most(|m| m.hot_spot), most(|m| m.rotor)];
        let over = [0, 1].map(|k| {
            let room = self.limits[k] - self.heating.coolant;
            (hottest[k] - self.heating.coolant) / room.max(f64::MIN_POSITIVE)
        });
        let bound = if over[0] >= over[1] {
            Bound::Winding
        } else {
            Bound::Magnets
        };
        Ok(((over[0].max(over[1]) > 1.0).then_some(bound), hottest))
    }
}
