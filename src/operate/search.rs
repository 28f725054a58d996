//! Operating points on a flux map: least current for a torque, most torque at a speed.

use super::line_search::highest;
use super::map::FluxMap;

/// What the supply allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Peak phase current [A].
    pub current: f64,
    /// Peak phase voltage [V].
    pub voltage: f64,
    /// Phase resistance [Ω].
    pub resistance: f64,
}

/// A point found on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Current along d [A].
    pub id: f64,
    /// Current along q [A].
    pub iq: f64,
    /// Torque on the map [N m].
    pub torque: f64,
}

impl Found {
    /// Magnitude of the current [A].
    pub fn current(&self) -> f64 {
        self.id.hypot(self.iq)
    }
}

/// Components of a current at an angle from the q axis towards negative d [rad].
fn components(current: f64, angle: f64) -> (f64, f64) {
    (-current * angle.sin(), current * angle.cos())
}

/// The most torque with a current of the given magnitude at a speed [rad/s], within the voltage; nothing
/// if no angle respects the voltage.
///
/// The best angle is found on a scan of one degree and then by golden section, which is exact enough
/// where torque over angle has one maximum within a degree.
pub fn most_torque(map: &FluxMap, current: f64, speed: f64, limits: &Limits) -> Option<Found> {
    let torque = |angle: f64| {
        let (id, iq) = components(current, angle);
        (map.voltage(id, iq, speed, limits.resistance) <= limits.voltage)
            .then(|| map.torque(id, iq))
    };
    let degree = std::f64::consts::PI / 180.0;
    let best = (0..=90)
        .map(|k| f64::from(k) * degree)
        .filter_map(|a| torque(a).map(|t| (a, t)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    let value = |a: f64| torque(a).unwrap_or(f64::NEG_INFINITY);
    let (low, high) = (
        (best.0 - degree).max(0.0),
        (best.0 + degree).min(90.0 * degree),
    );
    let refined = highest(low, high, value);
    let (angle, torque) = if value(refined) >= best.1 {
        (refined, value(refined))
    } else {
        best
    };
    let (id, iq) = components(current, angle);
    Some(Found { id, iq, torque })
}

/// The least current that gives a torque at a speed (maximum torque per ampere under the voltage), or
/// the point of most torque within the current limit, marked so.
///
/// S. Morimoto and others, "Expansion of operating limits for permanent magnet motor by current vector
/// control considering inverter capacity", IEEE Trans. Ind. Appl. 26 (1990) 866-871.
pub fn least_current(
    map: &FluxMap,
    torque: f64,
    speed: f64,
    limits: &Limits,
) -> Option<(Found, bool)> {
    let at = |current: f64| most_torque(map, current, speed, limits);
    let full = at(limits.current)?;
    if full.torque < torque {
        return Some((
            strongest(map, speed, limits)
                .filter(|s| s.torque > full.torque)
                .unwrap_or(full),
            false,
        ));
    }
    let (mut low, mut high) = (0.0, limits.current);
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if at(middle).is_some_and(|f| f.torque >= torque) {
            high = middle;
        } else {
            low = middle;
        }
    }
    at(high).map(|f| (f, true))
}

/// The most torque at a speed within current and voltage: over all currents, since at high speed a
/// smaller current may give more (maximum torque per volt).
pub fn strongest(map: &FluxMap, speed: f64, limits: &Limits) -> Option<Found> {
    let best = |from: f64, to: f64| {
        (0..=40)
            .map(|k| from + (to - from) * f64::from(k) / 40.0)
            .filter_map(|i| most_torque(map, i, speed, limits))
            .max_by(|a, b| a.torque.total_cmp(&b.torque))
    };
    let coarse = best(0.0, limits.current)?;
    let step = limits.current / 40.0;
    let around = coarse.current();
    best(
        (around - step).max(0.0),
        (around + step).min(limits.current),
    )
}
