//! Flux linkages and torque over a grid of currents.

use crate::design::{Application, Candidate};
use crate::evaluate::EvaluateError;
use crate::evaluate::setting::{Conditions, Setting};
use crate::material::Library;
use crate::operate::grid::{self, Node};

/// Even steps from one current to another [A].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// First.
    pub from: f64,
    /// Last.
    pub to: f64,
    /// Number of values.
    pub count: usize,
}

impl Axis {
    /// So many even steps up to a value, without zero.
    pub(super) fn up_to(to: f64, count: usize) -> Self {
        Self {
            from: to / count as f64,
            to,
            count,
        }
    }

    /// Its values; the ends exactly.
    pub fn values(&self) -> Vec<f64> {
        let last = self.count.saturating_sub(1);
        (0..self.count)
            .map(|k| {
                if k == last && k > 0 {
                    return self.to;
                }
                self.from + (self.to - self.from) * k as f64 / last.max(1) as f64
            })
            .collect()
    }
}

/// A map of the machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Remanence of the magnets [T].
    pub remanence: f64,
    /// d currents.
    pub d: Axis,
    /// q currents.
    pub q: Axis,
    /// Every pair, d currents in the outer order.
    pub nodes: Vec<Node>,
}

/// Steps of an axis that nobody stated.
const USUAL: usize = 6;

/// Solves every node of the map. An axis that is not given reaches the current limit of the design: d
/// currents from it, negative, to zero, q currents from zero to it.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, or a field does not converge.
pub fn solve(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    conditions: &Conditions,
    (d, q): (Option<Axis>, Option<Axis>),
) -> Result<Map, EvaluateError> {
    let setting = Setting::new(application, candidate, library, conditions)?;
    let limit = setting.prepared.limits.current;
    let usual = |from, to| Axis {
        from,
        to,
        count: USUAL,
    };
    let (d, q) = (
        d.unwrap_or_else(|| usual(-limit, 0.0)),
        q.unwrap_or_else(|| usual(0.0, limit)),
    );
    let (machine, materials) = (setting.machine(), setting.materials());
    let nodes = grid::solve(machine, &materials, &d.values(), &q.values())?;
    Ok(Map {
        remanence: materials.remanence,
        d,
        q,
        nodes,
    })
}
