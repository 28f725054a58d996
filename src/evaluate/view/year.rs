//! The energy that a generator gives over a year of wind, and what it loses.

use super::envelope::flux_map;
use super::shaft::{Loaded, Turning};
use crate::design::{Application, Candidate, Wind};
use crate::evaluate::EvaluateError;
use crate::evaluate::loss_map::LossMap;
use crate::evaluate::setting::{Conditions, Setting};
use crate::material::Library;
use crate::operate::study::Cost;
use crate::parallel::each_or_first_error;
use crate::wind::{Weibull, YEAR};

/// Largest step between wind speeds of the sum [m/s].
const STEP: f64 = 0.1;

/// A year of wind.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// Remanence of the magnets [T].
    pub remanence: f64,
    /// Time in which the rotor turns [s].
    pub turning: f64,
    /// What goes where over the year [J].
    pub energies: Powers,
    /// The points of the design, each with what goes where [W].
    pub points: Vec<YearPoint>,
    /// Effort.
    pub cost: Cost,
}

/// The generator at one wind speed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearPoint {
    /// Wind speed [m/s].
    pub wind_speed: f64,
    /// Share of the time in which the wind is slower [-].
    pub below: f64,
    /// Speed of the rotor [rad/s].
    pub speed: f64,
    /// What goes where [W].
    pub powers: Powers,
}

/// Powers [W], or energies [J] of them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Powers {
    /// From the shaft.
    pub shaft: f64,
    /// To the supply; negative where the generator takes more than it gives.
    pub electrical: f64,
    /// Lost in the winding, eddy currents included.
    pub copper: f64,
    /// In the iron.
    pub iron: f64,
    /// In the magnets.
    pub magnet: f64,
    /// In bearings and air.
    pub mechanical: f64,
}

impl Powers {
    fn add(&mut self, other: &Self, times: f64) {
        self.shaft += times * other.shaft;
        self.electrical += times * other.electrical;
        self.copper += times * other.copper;
        self.iron += times * other.iron;
        self.magnet += times * other.magnet;
        self.mechanical += times * other.mechanical;
    }

    /// What comes out over what goes in; nothing where nothing does either.
    pub fn efficiency(&self) -> Option<f64> {
        (self.shaft > 0.0 && self.electrical > 0.0).then(|| self.electrical / self.shaft)
    }
}

/// Finds the year of the wind of the application.
///
/// # Errors
/// When there is no wind, the machine does not hold the turbine at some wind speed, a loss is unknown, or a field does
/// not converge.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    conditions: &Conditions,
) -> Result<Year, EvaluateError> {
    let wind = application.wind.as_ref().ok_or(EvaluateError::NoWind)?;
    let setting = Setting::new(application, candidate, library, conditions)?;
    let (map, mut cost) = flux_map(&setting)?;
    let limits = setting.prepared.limits;
    let losses = LossMap::solve(&setting, map.reach)?;
    cost.add(&losses.cost);
    let speeds = wind.operating_points.iter().map(|p| p.rotor_speed);
    let fastest = speeds.fold(0.0, f64::max);
    let turning = Turning::new((&map, &losses), limits, fastest)?;
    let site = Weibull {
        shape: wind.shape,
        scale: wind.scale,
    };
    let winds = steps(wind);
    // Of winds that cannot be held the slowest is told.
    let powers = each_or_first_error(&winds, |wind_speed| at(&turning, wind, *wind_speed))?;
    let mut energies = Powers::default();
    let mut share = 0.0;
    for (weight, powers) in site.weights(&winds).into_iter().zip(&powers) {
        energies.add(powers, weight * YEAR);
        share += weight;
    }
    let points = winds
        .iter()
        .zip(&powers)
        .filter_map(|(wind_speed, powers)| {
            let stated = wind.operating_points.iter();
            let point = stated.into_iter().find(|p| p.wind_speed == *wind_speed)?;
            Some(YearPoint {
                wind_speed: *wind_speed,
                below: site.below(*wind_speed),
                speed: point.rotor_speed,
                powers: *powers,
            })
        });
    Ok(Year {
        remanence: setting.state.remanence_t,
        turning: share * YEAR,
        energies,
        points: points.collect(),
        cost,
    })
}

/// Wind speeds from the first point to the last, every point among them.
pub(in crate::evaluate) fn steps(wind: &Wind) -> Vec<f64> {
    let points: Vec<f64> = wind.operating_points.iter().map(|p| p.wind_speed).collect();
    let mut winds: Vec<f64> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (low, high) = (pair[0], pair[1]);
        // Rounding must not add a step to a whole number of them.
        let count = ((high - low) / STEP - 1e-9).ceil().max(1.0) as usize;
        winds.extend((1..count).map(|k| low + (high - low) * k as f64 / count as f64));
        winds.push(high);
    }
    winds
}

/// What goes where at a wind speed.
fn at(turning: &Turning, wind: &Wind, wind_speed: f64) -> Result<Powers, EvaluateError> {
    let point = wind.at(wind_speed).ok_or(EvaluateError::NoWind)?;
    let speed = point.rotor_speed;
    let torque = point.shaft_power / speed;
    let working = turning
        .at_shaft(-torque, speed)?
        .ok_or(EvaluateError::TurbineTooStrong {
            wind_speed_m_per_s: wind_speed,
            torque_n_m: torque,
            speed_rpm: speed / crate::unit::rpm::SCALE,
        })?;
    let lost = &working.losses;
    let unknown = EvaluateError::UnknownLoss;
    Ok(Powers {
        shaft: point.shaft_power,
        electrical: -working.electrical(speed),
        copper: lost.winding(),
        iron: lost.iron.clone().map_err(unknown)?.total(),
        magnet: lost.magnet.clone().map_err(unknown)?,
        mechanical: lost.windage + lost.bearings().map_err(unknown)?,
    })
}
