//! Temperatures of a machine over time.

use super::duty::Duty;
use super::machine::{Drawn, Films, HOTTEST, Masses, Metal, Settled, Sources, WITHOUT_END};
use crate::dense;
use ndarray::{Array1, Array2};

/// Heat that one kelvin more takes up in every place [J/K].
#[derive(Debug, Clone, PartialEq)]
pub struct Capacities(Vec<f64>);

impl Capacities {
    /// Those of a machine, its conductors having a specific heat [J/(kg K)]. Insulation, resin, frame and shaft take up
    /// nothing, so that what is active grows warmer than it would with them.
    pub fn of(drawn: &Drawn, masses: &Masses, conductor: f64) -> Self {
        Self(drawn.body().capacities(masses, conductor))
    }
}

/// A machine with its cooling.
#[derive(Debug, Clone, PartialEq)]
pub struct Heating {
    /// Measures.
    pub drawn: Drawn,
    /// Films and conductivities.
    pub films: Films,
    /// Metal of the conductors.
    pub metal: Metal,
    /// Capacities.
    pub capacities: Capacities,
    /// Temperature of the coolant [°C].
    pub coolant: f64,
}

/// The machine at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Time since the load began, or since the cycle did [s].
    pub time: f64,
    /// Hottest place of the winding [°C].
    pub hot_spot: f64,
    /// Mean of the winding [°C].
    pub winding: f64,
    /// Stator teeth [°C].
    pub tooth: f64,
    /// Stator yoke [°C]; nothing where there is none.
    pub yoke: Option<f64>,
    /// Rotor with its magnets, of a disc the magnets [°C].
    pub rotor: f64,
}

impl Moment {
    fn settled(found: &Settled) -> Self {
        Self {
            time: f64::INFINITY,
            hot_spot: found.hot_spot,
            winding: found.winding,
            tooth: found.parts.tooth,
            yoke: found.parts.yoke,
            rotor: found.parts.magnet,
        }
    }
}

/// Steps of a time under load, and of one at rest: a place of a time constant of a tenth of it is a tenth of a per cent
/// of its rise off at the end.
const STEPS: usize = 100;
/// Steps to the periodic course; three are usual.
const ROUNDS: usize = 20;
/// Change from cycle to cycle below which a course is periodic [K].
const PERIODIC: f64 = 1e-6;
/// By how much a rise is changed to see what a cycle makes of it [K].
const BESIDE: f64 = 1.0;
/// A time after which nothing grows warmer [s].
const LONG: f64 = 1e7;

impl Heating {
    /// The machine under losses at a speed of the rotor [rad/s]: the one moment of balance under S1, the time under load
    /// of S2 from the temperature of the coolant on, one cycle of S3 after which the next is the same.
    ///
    /// # Errors
    /// When the winding heats itself without end or a place has no way to the coolant.
    pub fn course(&self, sources: &Sources, speed: f64, duty: Duty) -> Result<Vec<Moment>, String> {
        match duty {
            Duty::Continuous => {
                let at = (speed, self.coolant);
                let found = self.drawn.settle(&self.films, sources, &self.metal, at)?;
                Ok(vec![Moment::settled(&found)])
            }
            Duty::ShortTime(time) => {
                let mut rises = vec![0.0; self.drawn.places()];
                self.march((sources, speed), &mut rises, (0.0, time))
            }
            Duty::Intermittent { on, cycle } => self.periodic((sources, speed), on, cycle),
        }
    }

    /// One cycle after which the next is the same. From rises to those a cycle later is a law that is hardly bent, so that
    /// the rises which it keeps are found by the method of I. Newton, from those of the mean losses.
    fn periodic(
        &self,
        (sources, speed): (&Sources, f64),
        on: f64,
        cycle: f64,
    ) -> Result<Vec<Moment>, String> {
        let rest = sources.times(0.0);
        let through = |mut rises: Vec<f64>| -> Result<_, String> {
            let mut moments = self.march((sources, speed), &mut rises, (0.0, on * cycle))?;
            moments.extend(self.march((&rest, 0.0), &mut rises, (on * cycle, cycle))?);
            Ok((rises, moments))
        };
        let mut rises = vec![0.0; self.drawn.places()];
        self.march((&sources.times(on), speed), &mut rises, (0.0, LONG))?;
        for _ in 0..ROUNDS {
            let (after, moments) = through(rises.clone())?;
            let change: Vec<f64> = after.iter().zip(&rises).map(|(a, b)| a - b).collect();
            if change.iter().all(|change| change.abs() < PERIODIC) {
                return Ok(moments);
            }
            let places = rises.len();
            let mut matrix = Array2::eye(places);
            for place in 0..places {
                let mut beside = rises.clone();
                beside[place] += BESIDE;
                let (moved, _) = through(beside)?;
                for row in 0..places {
                    matrix[[row, place]] -= (moved[row] - after[row]) / BESIDE;
                }
            }
            let step = dense::solve(&matrix, &Array1::from(change)).map_err(|e| e.to_string())?;
            for (rise, step) in rises.iter_mut().zip(&step) {
                *rise += step;
            }
        }
        Err("the temperatures do not become periodic".to_owned())
    }

    /// From rises [K] through a time [s], step by step; leaves the rises at its end.
    fn march(
        &self,
        (sources, speed): (&Sources, f64),
        rises: &mut [f64],
        (from, to): (f64, f64),
    ) -> Result<Vec<Moment>, String> {
        let step = (to - from) / STEPS as f64;
        let Self {
            drawn,
            films,
            metal,
            capacities: Capacities(capacities),
            coolant,
        } = self;
        let body = drawn.body();
        let mut moments = vec![];
        for k in 1..=STEPS {
            let winding = coolant + body.mean_of_winding(rises);
            let losses = body.lost(sources, metal, winding);
            let network = body.network(films, metal, (speed, *coolant), winding);
            let after = network
                .after(&losses, capacities, rises, step)
                .map_err(|e| e.to_string())?;
            rises.copy_from_slice(&after);
            let winding = coolant + body.mean_of_winding(rises);
            if !winding.is_finite() || winding > HOTTEST {
                return Err(WITHOUT_END.to_owned());
            }
            let (hot, _) = body.hottest(&network, films, metal, &losses, (&*rises, winding));
            let parts = body.parts(*coolant, rises);
            moments.push(Moment {
                time: from + step * k as f64,
                hot_spot: coolant + hot,
                winding,
                tooth: parts.tooth,
                yoke: parts.yoke,
                rotor: parts.magnet,
            });
        }
        Ok(moments)
    }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
