//! What a generator makes of a year of wind, for its record: the same sum as `solve --wind-year`, with losses that are
//! solved along the currents of the turbine only, in place of a map of all of them.

use super::EvaluateError;
use super::currents::Points;
use super::fill::losses::{copper, efficiency};
use super::losses::{self, Losses, PointLosses};
use super::prepared::Prepared;
use super::uncertainty::Band;
use super::view::shaft::settled;
use super::view::year::steps;
use crate::design::{Pathway, Wind};
use crate::loss::sample::Sample;
use crate::operate::map::FluxMap;
use crate::operate::strategy::{Mode, Strategy};
use crate::operate::study::Study;
use crate::record::field::{self as f, Field};
use crate::unit::round_significant;
use crate::wind::{HOUR, Weibull, YEAR};

/// Steps of the torque of the turbine whose fields are solved for their losses.
const STEPS: usize = 3;
/// Joules of a megawatt hour.
const MEGAWATT_HOUR: f64 = 1e6 * HOUR;

/// A year of wind.
#[derive(Debug, Clone, PartialEq)]
pub struct WindYear {
    /// Share of the year in which the rotor turns.
    turning: f64,
    /// Mean power of the shaft while it turns [W].
    shaft: f64,
    /// Mean losses while it turns.
    losses: Losses,
}

/// Weighs the losses over the wind of the application; nothing where there is none.
///
/// # Errors
/// When a field does not converge or a material has no data.
pub(super) fn find(
    prepared: &Prepared,
    pathway: &Pathway,
    (map, points): (&FluxMap, &Points),
    study: &mut Study,
) -> Result<Option<Result<WindYear, String>>, EvaluateError> {
    let Some(wind) = &prepared.application.wind else {
        return Ok(None);
    };
    let map = map.corrected_at(&points.rated);
    let winds = steps(wind);
    let mut generator = Generator {
        prepared,
        pathway,
        wind,
        strategy: Strategy::new(&map, prepared.limits, Mode::Generator),
        samples: vec![],
    };
    if let Err(reason) = generator.solve(study, &winds)? {
        return Ok(Some(Err(reason)));
    }
    let site = Weibull {
        shape: wind.shape,
        scale: wind.scale,
    };
    let mut year: Option<WindYear> = None;
    for (weight, wind_speed) in site.weights(&winds).into_iter().zip(&winds) {
        let (shaft, losses) = match generator.at(*wind_speed)? {
            Ok(found) => found,
            Err(reason) => return Ok(Some(Err(reason))),
        };
        year = Some(match year {
            None => WindYear {
                turning: weight,
                shaft,
                losses,
            },
            Some(before) => {
                let turning = before.turning + weight;
                let share = weight / turning;
                WindYear {
                    turning,
                    shaft: before.shaft + share * (shaft - before.shaft),
                    losses: before.losses.towards(&losses, share),
                }
            }
        });
    }
    Ok(year.map(Ok))
}

/// The machine behind its turbine.
struct Generator<'p> {
    prepared: &'p Prepared<'p>,
    pathway: &'p Pathway,
    wind: &'p Wind,
    strategy: Strategy<'p>,
    /// Harmonics by the square of the current [A²], in its order.
    samples: Vec<(f64, Sample)>,
}

impl Generator<'_> {
    /// Solves the field where the torque of the shaft first passes even steps up to its most.
    fn solve(
        &mut self,
        study: &mut Study,
        winds: &[f64],
    ) -> Result<Result<(), String>, EvaluateError> {
        let turbine: Vec<(f64, f64, f64)> = winds
            .iter()
            .filter_map(|wind_speed| {
                let point = self.wind.at(*wind_speed)?;
                let speed = point.rotor_speed;
                Some((*wind_speed, point.shaft_power / speed, speed))
            })
            .collect();
        let most = turbine
            .iter()
            .map(|(_, torque, _)| *torque)
            .fold(0.0, f64::max);
        for k in 0..=STEPS {
            let torque = most * k as f64 / STEPS as f64;
            let Some((wind_speed, _, speed)) =
                turbine.iter().find(|(_, there, _)| *there >= torque)
            else {
                continue;
            };
            let (id, iq) = match self.currents(*wind_speed, torque, *speed) {
                Ok(found) => found,
                Err(reason) => return Ok(Err(reason)),
            };
            let at = id * id + iq * iq;
            if self.samples.iter().any(|(known, _)| *known == at) {
                continue;
            }
            let sample = losses::sample(self.prepared, study, (id, iq))?;
            let place = self.samples.partition_point(|(known, _)| *known < at);
            self.samples.insert(place, (at, sample));
        }
        Ok(Ok(()))
    }

    /// Currents of a torque of the gap at a speed, as those of a motor: the machine is symmetric to its d axis.
    fn currents(&self, wind_speed: f64, gap: f64, speed: f64) -> Result<(f64, f64), String> {
        let line = self.strategy.line(gap);
        let at = line.and_then(|line| line.at(speed)).ok_or_else(|| {
            EvaluateError::TurbineTooStrong {
                wind_speed_m_per_s: wind_speed,
                torque_n_m: gap,
                speed_rpm: speed / crate::unit::rpm::SCALE,
            }
            .to_string()
        })?;
        Ok((at.id, at.iq.abs()))
    }

    /// Losses at a current [A], straight over its square between the fields that were solved.
    fn losses(&self, current: f64, speed: f64) -> Result<Result<Losses, String>, EvaluateError> {
        let at = current * current;
        let above = self.samples.partition_point(|(known, _)| *known < at);
        let high = above.clamp(1, self.samples.len().max(2) - 1);
        let of = |(known, sample): &(f64, Sample)| {
            losses::of_sample(self.prepared, self.pathway, sample, known.sqrt(), speed)
        };
        Ok(match (self.samples.get(high - 1), self.samples.get(high)) {
            (Some(low), Some(high)) => {
                let share = (at - low.0) / (high.0 - low.0);
                Ok(of(low)?.towards(&of(high)?, share))
            }
            (Some(only), None) => Ok(of(only)?),
            _ => Err("no losses are known".to_owned()),
        })
    }

    /// Power of the shaft and losses at a wind speed: the gap takes what the shaft gives and the rotor does not lose.
    fn at(&self, wind_speed: f64) -> Result<Result<(f64, Losses), String>, EvaluateError> {
        let point = self.wind.at(wind_speed).ok_or(EvaluateError::NoWind)?;
        let (speed, shaft) = (point.rotor_speed, point.shaft_power);
        let at = |drag: f64| -> Result<(f64, Losses), Stop> {
            let gap = ((shaft - drag) / speed).abs();
            let (id, iq) = self.currents(wind_speed, gap, speed)?;
            let lost = self.losses(id.hypot(iq), speed)??;
            Ok((lost.drag()?, lost))
        };
        match settled(0.0, at) {
            Ok(Some(lost)) => Ok(Ok((shaft, lost))),
            Ok(None) => Ok(Err("torque and drag do not agree".to_owned())),
            Err(Stop::Open(reason)) => Ok(Err(reason)),
            Err(Stop::Broken(error)) => Err(error),
        }
    }
}

/// Why a point has no losses: a reason that stands in the record, or an error of the whole.
enum Stop {
    Open(String),
    Broken(EvaluateError),
}

impl From<String> for Stop {
    fn from(reason: String) -> Self {
        Stop::Open(reason)
    }
}

impl From<EvaluateError> for Stop {
    fn from(error: EvaluateError) -> Self {
        Stop::Broken(error)
    }
}

/// How the year comes about.
pub(super) const WEIGHED: &str = "losses weighed over the wind and the turbine of the application (IEC 61400-12-1 forms \
                                  energies so), magnets hottest, least remanence";

impl WindYear {
    /// Efficiency over the year and electrical energy [MWh].
    fn bands(&self, end_turns_estimated: bool) -> Result<[Band; 2], String> {
        let drag = self.losses.drag()?;
        let mean = PointLosses {
            // So that torque and power of the gap are one number.
            speed: 1.0,
            losses: self.losses.clone(),
        };
        let copper = copper(end_turns_estimated, &mean);
        let of = Losses::generator_efficiency;
        let found = efficiency(&mean, &copper, self.shaft - drag, of)?;
        let share = round_significant(100.0 * self.turning, 4);
        let basis = format!(
            "mean of the {share} % of the year in which it turns: {}",
            found.basis
        );
        let shaft_energy = self.shaft * self.turning * YEAR / MEGAWATT_HOUR;
        let efficiency = Band { basis, ..found };
        Ok([efficiency.clone(), efficiency.scaled(shaft_energy)])
    }
}

/// What of the year stands in a record; nothing without a wind.
pub(super) fn bands(
    found: Option<&Result<WindYear, String>>,
    end_turns_estimated: bool,
) -> Vec<(&'static Field, Result<Band, String>)> {
    let Some(found) = found else {
        return vec![];
    };
    let bands = found
        .as_ref()
        .map_err(Clone::clone)
        .and_then(|year| year.bands(end_turns_estimated));
    let fields = [&f::WIND_YEAR_EFFICIENCY_RATIO, &f::WIND_YEAR_ENERGY_MWH];
    match bands {
        Ok(bands) => fields.into_iter().zip(bands.map(Ok)).collect(),
        Err(reason) => fields.map(|field| (field, Err(reason.clone()))).into(),
    }
}
