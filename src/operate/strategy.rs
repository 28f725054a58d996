//! Which currents a converter chooses: the least for a torque, the most torque at a speed, within the current and
//! the voltage of the supply and with the resistance of the winding, driving and generating.
//!
//! S. Morimoto, Y. Takeda, T. Hirasa, K. Taniguchi, "Expansion of operating limits for permanent magnet motor by
//! current vector control considering inverter capacity", IEEE Trans. Ind. Appl. 26 (1990) 866-871; W. L. Soong,
//! T. J. E. Miller, "Field-weakening performance of brushless synchronous AC motor drives", IEE Proc. Electr. Power
//! Appl. 141 (1994) 331-340. There the machine is linear; here the flux map takes its place. Currents along positive
//! d, with which no magnet needs help, are left out.

use super::line_search::{crossing, edge, highest};
use super::map::FluxMap;
use super::search::Limits;

/// Which way the power goes. Currents count as positive into the machine, torque as positive in the direction in
/// which it turns: a generator has a negative q current and a negative torque.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// From the supply to the shaft.
    Motor,
    /// From the shaft to the supply.
    Generator,
}

impl Mode {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Motor, Self::Generator];

    /// Sign of q current and torque.
    pub fn sign(self) -> f64 {
        match self {
            Self::Motor => 1.0,
            Self::Generator => -1.0,
        }
    }

    /// Its word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Motor => "motor",
            Self::Generator => "generator",
        }
    }
}

/// What decides on the currents of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regime {
    /// The least current for the torque; the voltage has room.
    LeastCurrent,
    /// The voltage: current along negative d weakens the field.
    FieldWeakening,
    /// The voltage alone: the most torque for it, with less current than there is.
    LeastVoltage,
}

impl Regime {
    /// Its word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::LeastCurrent => "mtpa",
            Self::FieldWeakening => "field_weakening",
            Self::LeastVoltage => "mtpv",
        }
    }
}

/// A chosen point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setpoint {
    /// Current along d [A].
    pub id: f64,
    /// Current along q [A].
    pub iq: f64,
    /// Torque of the gap on the map [N m].
    pub torque: f64,
    /// Peak phase voltage [V].
    pub voltage: f64,
    /// Why there.
    pub regime: Regime,
}

impl Setpoint {
    /// Magnitude of the current [A].
    pub fn current(&self) -> f64 {
        self.id.hypot(self.iq)
    }
}

/// Places of a scan over d currents.
const SCAN: usize = 64;
/// Places of a scan over q currents, before halving.
const ROUGH: usize = 8;
/// A torque agrees when it exceeds what is asked for by less than this share of it.
const AGREES: f64 = 1e-10;
/// A limit counts as reached within this share of it.
const REACHED: f64 = 1e-5;

/// One flux map under the limits of a supply.
#[derive(Debug, Clone)]
pub struct Strategy<'m> {
    map: &'m FluxMap,
    limits: Limits,
    mode: Mode,
    /// d current of the most torque at rest [A].
    full: f64,
}

impl<'m> Strategy<'m> {
    /// Of a map that reaches to the current limit at least.
    pub fn new(map: &'m FluxMap, limits: Limits, mode: Mode) -> Self {
        let mut strategy = Self {
            map,
            limits,
            mode,
            full: 0.0,
        };
        let whole = |id: f64| strategy.torque(id, strategy.circle(id));
        let rough = best_of(strategy.scan(), whole);
        let step = limits.current / SCAN as f64;
        let (low, high) = strategy.around(rough, step);
        strategy.full = highest(low, high, whole);
        strategy
    }

    /// d currents from none to the whole limit.
    fn scan(&self) -> impl Iterator<Item = f64> + use<> {
        let limit = self.limits.current;
        (0..=SCAN).map(move |k| -limit * k as f64 / SCAN as f64)
    }

    /// A stretch of d currents around one.
    fn around(&self, id: f64, step: f64) -> (f64, f64) {
        ((id - step).max(-self.limits.current), (id + step).min(0.0))
    }

    /// The q current that the current limit leaves [A].
    fn circle(&self, id: f64) -> f64 {
        (self.limits.current.powi(2) - id * id).max(0.0).sqrt()
    }

    /// Magnitude of the torque at a magnitude of the q current.
    fn torque(&self, id: f64, q: f64) -> f64 {
        self.map.torque(id, q)
    }

    /// Voltage at a magnitude of the q current. The machine is symmetric to its d axis, so that a generator has the
    /// voltage of a motor with its resistance turned around.
    fn voltage(&self, id: f64, q: f64, speed: f64) -> f64 {
        let resistance = self.mode.sign() * self.limits.resistance;
        self.map.voltage(id, q, speed, resistance)
    }

    fn fits(&self, id: f64, q: f64, speed: f64) -> bool {
        self.voltage(id, q, speed) <= self.limits.voltage
    }

    /// The least q current that gives a torque at a d current, within the current limit.
    fn q_of(&self, torque: f64, id: f64) -> Option<f64> {
        let top = self.circle(id);
        let enough = |q: f64| self.torque(id, q) >= torque;
        let at = |k: usize| top * k as f64 / ROUGH as f64;
        let k = (0..=ROUGH).find(|k| enough(at(*k)))?;
        if k == 0 {
            return Some(0.0);
        }
        let close = AGREES * torque.abs();
        let over = |q: f64| self.torque(id, q) - torque;
        Some(crossing(at(k), at(k - 1), close, over))
    }

    /// The q current of least voltage at a d current.
    fn q_of_least_voltage(&self, id: f64, speed: f64) -> f64 {
        highest(0.0, self.circle(id), |q| -self.voltage(id, q, speed))
    }

    /// The most q current at a d current within both limits.
    fn most_q(&self, id: f64, speed: f64) -> Option<f64> {
        let top = self.circle(id);
        let fits = |q: f64| self.fits(id, q, speed);
        if fits(top) {
            return Some(top);
        }
        let from = if fits(0.0) {
            0.0
        } else {
            self.q_of_least_voltage(id, speed)
        };
        fits(from).then(|| edge(from, top, fits))
    }

    fn setpoint(&self, (id, q): (f64, f64), speed: f64, regime: Regime) -> Setpoint {
        Setpoint {
            id,
            iq: self.mode.sign() * q,
            torque: self.mode.sign() * self.torque(id, q),
            voltage: self.voltage(id, q, speed),
            regime,
        }
    }

    /// The point of most torque at a speed of the rotor [rad/s]; nothing where no current keeps the voltage.
    pub fn strongest(&self, speed: f64) -> Option<Setpoint> {
        let most = |id: f64| {
            self.most_q(id, speed)
                .map_or(f64::NEG_INFINITY, |q| self.torque(id, q))
        };
        let step = self.limits.current / SCAN as f64;
        let mut rough = best_of(self.scan().chain([self.full]), most);
        if most(rough) == f64::NEG_INFINITY {
            // What the voltage leaves may lie between two places of the scan.
            let room = |id: f64| -self.voltage(id, self.q_of_least_voltage(id, speed), speed);
            let (low, high) = self.around(best_of(self.scan(), room), step);
            rough = highest(low, high, room);
        }
        let (low, high) = self.around(rough, step);
        let id = best_of([rough, highest(low, high, most)].into_iter(), most);
        let q = self.most_q(id, speed)?;
        let regime = if self.voltage(id, q, speed) < self.limits.voltage * (1.0 - REACHED) {
            Regime::LeastCurrent
        } else if id.hypot(q) < self.limits.current * (1.0 - REACHED) {
            Regime::LeastVoltage
        } else {
            Regime::FieldWeakening
        };
        Some(self.setpoint((id, q), speed, regime))
    }

    /// All points of one magnitude of torque [N m]; nothing where the current limit does not give it.
    pub fn line(&self, torque: f64) -> Option<TorqueLine<'_>> {
        let exists = |id: f64| self.q_of(torque, id).is_some();
        if !exists(self.full) {
            return None;
        }
        let end = |to: f64| {
            if exists(to) {
                to
            } else {
                edge(self.full, to, exists)
            }
        };
        let (low, high) = (end(-self.limits.current), end(0.0));
        let step = (high - low) / SCAN as f64;
        let less = |id: f64| {
            self.q_of(torque, id)
                .map_or(f64::NEG_INFINITY, |q| -id.hypot(q))
        };
        let places = (0..=SCAN).map(|k| high - step * k as f64);
        let rough = best_of(places.chain([self.full]), less);
        let refined = highest((rough - step).max(low), (rough + step).min(high), less);
        Some(TorqueLine {
            strategy: self,
            torque,
            best: best_of([rough, refined].into_iter(), less),
            low,
        })
    }
}

/// The first of some places at which a value is highest.
fn best_of(places: impl Iterator<Item = f64>, value: impl Fn(f64) -> f64) -> f64 {
    let mut best = (0.0, f64::NEG_INFINITY);
    for (k, place) in places.enumerate() {
        let here = value(place);
        if k == 0 || here > best.1 {
            best = (place, here);
        }
    }
    best.0
}

/// The points of one torque.
#[derive(Debug, Clone)]
pub struct TorqueLine<'s> {
    strategy: &'s Strategy<'s>,
    torque: f64,
    /// d current of the least current.
    best: f64,
    /// The most negative d current within the current limit.
    low: f64,
}

impl TorqueLine<'_> {
    /// The point of least current that keeps the voltage at a speed of the rotor [rad/s]; nothing where none does.
    pub fn at(&self, speed: f64) -> Option<Setpoint> {
        let of = self.strategy;
        let q = |id: f64| of.q_of(self.torque, id);
        let fits = |id: f64| q(id).is_some_and(|q| of.fits(id, q, speed));
        let point = |id: f64, regime| Some(of.setpoint((id, q(id)?), speed, regime));
        if fits(self.best) {
            return point(self.best, Regime::LeastCurrent);
        }
        let step = (self.best - self.low) / SCAN as f64;
        let place = |k: usize| self.best - step * k as f64;
        let places = (1..=SCAN).map(place);
        let first = (1..=SCAN).find(|k| fits(place(*k)));
        let (inside, outside) = if let Some(k) = first {
            (place(k), place(k - 1))
        } else {
            let room = |id: f64| q(id).map_or(f64::NEG_INFINITY, |q| -of.voltage(id, q, speed));
            let rough = best_of(places, room);
            let from = (rough + step).min(self.best);
            (highest((rough - step).max(self.low), from, room), from)
        };
        if !fits(inside) {
            return None;
        }
        point(edge(inside, outside, fits), Regime::FieldWeakening)
    }
}

#[cfg(test)]
#[path = "strategy_tests.rs"]
mod tests;
