//! Flux map over (id, iq), interpolated by a tensor spline.

use super::machine::Machine;
use super::point::{self, Fields, Point};
use crate::dense::{DenseError, inverse};
use crate::network::newton::{Materials, SolveError, Solver};
use ndarray::Array2;

/// Cubic spline with not-a-knot ends on fixed, even nodes: values at the nodes → second derivatives by
/// one matrix. C. de Boor, "A Practical Guide to Splines", Springer 1978, chapter IV.
#[derive(Debug, Clone)]
struct Spline {
    start: f64,
    step: f64,
    moments: Array2<f64>,
}

impl Spline {
    fn new(start: f64, step: f64, nodes: usize) -> Result<Self, DenseError> {
        let n = nodes;
        let (mut left, mut right) = (Array2::zeros((n, n)), Array2::zeros((n, n)));
        for i in 1..n - 1 {
            left[[i, i - 1]] = 1.0 / 6.0;
            left[[i, i]] = 4.0 / 6.0;
            left[[i, i + 1]] = 1.0 / 6.0;
            right[[i, i - 1]] = 1.0;
            right[[i, i]] = -2.0;
            right[[i, i + 1]] = 1.0;
        }
        // The third derivative is continuous at the second and the last but one node.
        for (row, base) in [(0, 0), (n - 1, n - 3)] {
            left[[row, base]] = 1.0;
            left[[row, base + 1]] = -2.0;
            left[[row, base + 2]] = 1.0;
        }
        Ok(Self {
            start,
            step,
            moments: inverse(&left)?.dot(&right),
        })
    }

    /// Weights of the node values at `x`. Beyond the ends the tangent continues: a cubic would run away.
    fn weights(&self, x: f64) -> Vec<f64> {
        let last = self.start + self.step * (self.moments.nrows() - 1) as f64;
        let inside = x.clamp(self.start, last);
        let mut weights = self.at(inside, false);
        if inside != x {
            for (w, slope) in weights.iter_mut().zip(self.at(inside, true)) {
                *w += (x - inside) * slope;
            }
        }
        weights
    }

    /// Weights of the value, or of the slope, at a place between the ends.
    fn at(&self, x: f64, slope: bool) -> Vec<f64> {
        let n = self.moments.nrows();
        let at = (x - self.start) / self.step;
        let i = (at.floor().max(0.0) as usize).min(n - 2);
        let (b, a) = (at - i as f64, 1.0 - (at - i as f64));
        let (va, vb, ca, cb) = if slope {
            let h = 1.0 / self.step;
            (
                -h,
                h,
                -h * (3.0 * a * a - 1.0) / 6.0,
                h * (3.0 * b * b - 1.0) / 6.0,
            )
        } else {
            (a, b, (a * a * a - a) / 6.0, (b * b * b - b) / 6.0)
        };
        (0..n)
            .map(|k| {
                let linear = if k == i {
                    va
                } else if k == i + 1 {
                    vb
                } else {
                    0.0
                };
                linear + ca * self.moments[[i, k]] + cb * self.moments[[i + 1, k]]
            })
            .collect()
    }
}

/// How q currents are spaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// Evenly.
    Even,
    /// With the square of their number: bridges and teeth saturate with the first of the q current, so that even steps
    /// that are wide enough for the rest miss a tenth of the torque of a small current.
    Square,
}

/// Nodes over a rectangle of currents: id from -reach to 0 in even steps, iq from 0 to reach.
#[derive(Debug, Clone)]
pub struct Nodes {
    d: Spline,
    q: Spline,
    reach: f64,
    /// In each direction.
    count: usize,
    spacing: Spacing,
}

impl Nodes {
    /// Some nodes in each direction, up to a magnitude of either current [A].
    ///
    /// # Errors
    /// When the spline matrix is singular.
    pub fn new(reach: f64, count: usize, spacing: Spacing) -> Result<Self, DenseError> {
        let steps = (count - 1) as f64;
        let step = reach / steps;
        Ok(Self {
            d: Spline::new(-reach, step, count)?,
            q: match spacing {
                Spacing::Even => Spline::new(0.0, step, count)?,
                Spacing::Square => Spline::new(0.0, steps.recip(), count)?,
            },
            reach,
            count,
            spacing,
        })
    }

    /// Currents of a node [A].
    fn at(&self, (i, j): (usize, usize)) -> (f64, f64) {
        let steps = (self.count - 1) as f64;
        let step = self.reach / steps;
        let iq = match self.spacing {
            Spacing::Even => step * j as f64,
            Spacing::Square => self.reach * (j as f64 / steps).powi(2),
        };
        (-self.reach + step * i as f64, iq)
    }

    /// Currents of the nodes [A], d currents in the outer order.
    pub fn currents(&self) -> Vec<(f64, f64)> {
        let every = (0..self.count).flat_map(|i| (0..self.count).map(move |j| (i, j)));
        every.map(|node| self.at(node)).collect()
    }

    fn weights(&self, id: f64, iq: f64) -> (Vec<f64>, Vec<f64>) {
        let place = match self.spacing {
            Spacing::Even => iq,
            Spacing::Square => (iq / self.reach).max(0.0).sqrt(),
        };
        (self.d.weights(id), self.q.weights(place))
    }

    /// What a quantity is at currents [A] of either sign of iq, from its values at the nodes in their order. Those of
    /// a rotor that is symmetric to its d axis do not know the sign.
    pub fn between(&self, values: &[f64], id: f64, iq: f64) -> f64 {
        let (wd, wq) = self.weights(id, iq.abs());
        let rows = values.chunks_exact(self.count).zip(&wd);
        rows.map(|(row, a)| a * row.iter().zip(&wq).map(|(x, b)| b * x).sum::<f64>())
            .sum()
    }
}

/// Flux linkages over a rectangle of currents: id from -reach to 0, iq from 0 to reach.
#[derive(Debug, Clone)]
pub struct FluxMap {
    nodes: Nodes,
    psi_d: Array2<f64>,
    psi_q: Array2<f64>,
    pole_pairs: f64,
    /// Torque over (ψ_d i_q - ψ_q i_d).
    torque_factor: f64,
    /// Largest magnitude of id and of iq [A].
    pub reach: f64,
    /// Added to the interpolated flux linkages [V s]: what a finer solution at a point has shown.
    pub correction: (f64, f64),
}

/// A start and the values at the nodes times their weights.
fn sum(values: &Array2<f64>, (wd, wq): &(Vec<f64>, Vec<f64>), start: f64) -> f64 {
    let mut sum = start;
    for (i, a) in wd.iter().enumerate() {
        for (j, b) in wq.iter().enumerate() {
            sum += a * b * values[[i, j]];
        }
    }
    sum
}

/// Nodes in each direction of a map that only finds where an operating point lies; the point itself is solved
/// and the map corrected there.
pub const SEARCH: (usize, Spacing) = (6, Spacing::Even);
/// Nodes in each direction of a map whose values are stated.
pub const STATED: (usize, Spacing) = (9, Spacing::Square);

/// A map that could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MapError {
    /// A field did not converge.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// The spline matrix is singular.
    #[error(transparent)]
    Dense(#[from] DenseError),
}

impl FluxMap {
    /// Solves the map up to `reach` amperes, with nodes as they are asked for, at some rotor positions [columns].
    /// Neighbours start from each other: currents run in boustrophedon order.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn solve(
        machine: &Machine,
        solver: &mut Solver,
        materials: &Materials,
        reach: f64,
        (count, spacing): (usize, Spacing),
        shifts: &[usize],
    ) -> Result<(Self, Vec<Point>), MapError> {
        let nodes = Nodes::new(reach, count, spacing)?;
        let (mut psi_d, mut psi_q) = (Array2::zeros((count, count)), Array2::zeros((count, count)));
        let mut points = vec![];
        let mut fields: Option<Fields> = None;
        for i in 0..count {
            for turn in 0..count {
                let j = if i % 2 == 0 { turn } else { count - 1 - turn };
                let (id, iq) = nodes.at((i, j));
                let start = fields.as_ref();
                let (p, f) = point::solve_at(machine, solver, materials, (id, iq), shifts, start)?;
                psi_d[[i, j]] = p.psi_d;
                psi_q[[i, j]] = p.psi_q;
                fields = Some(f);
                points.push(p);
            }
        }
        let map = Self {
            nodes,
            psi_d,
            psi_q,
            pole_pairs: machine.pole_pairs as f64,
            torque_factor: machine.torque_factor(),
            reach,
            correction: (0.0, 0.0),
        };
        Ok((map, points))
    }

    /// The map of a machine without saturation: ψ_d = ψ_m + L_d i_d, ψ_q = L_q i_q.
    #[cfg(test)]
    pub(crate) fn linear(psi_m: f64, l_d: f64, l_q: f64, pole_pairs: usize, reach: f64) -> Self {
        Self::of(pole_pairs, reach, |id, iq| (psi_m + l_d * id, l_q * iq))
    }

    /// The map of given flux linkages [V s] over currents [A], one three-phase set.
    ///
    /// # Panics
    /// Never for the even nodes used here: their spline matrix is regular.
    #[cfg(test)]
    pub(crate) fn of(
        pole_pairs: usize,
        reach: f64,
        linkages: impl Fn(f64, f64) -> (f64, f64),
    ) -> Self {
        let (count, spacing) = SEARCH;
        let nodes = Nodes::new(reach, count, spacing).expect("regular");
        let at = |node| {
            let (id, iq) = nodes.at(node);
            linkages(id, iq)
        };
        let every = (count, count);
        Self {
            psi_d: Array2::from_shape_fn(every, |node| at(node).0),
            psi_q: Array2::from_shape_fn(every, |node| at(node).1),
            nodes,
            pole_pairs: pole_pairs as f64,
            torque_factor: 1.5 * pole_pairs as f64,
            reach,
            correction: (0.0, 0.0),
        }
    }

    /// Flux linkages [V s] at currents [A].
    pub fn linkages(&self, id: f64, iq: f64) -> (f64, f64) {
        let weights = self.nodes.weights(id, iq);
        let (d, q) = self.correction;
        (sum(&self.psi_d, &weights, d), sum(&self.psi_q, &weights, q))
    }

    /// Flux linkages [V s] at currents of either sign of iq [A]: the machine is symmetric to its d axis.
    pub fn linkages_both_ways(&self, id: f64, iq: f64) -> (f64, f64) {
        let (d, q) = self.linkages(id, iq.abs());
        (d, if iq < 0.0 { -q } else { q })
    }

    /// Torque [N m] at currents [A].
    pub fn torque(&self, id: f64, iq: f64) -> f64 {
        let (d, q) = self.linkages_both_ways(id, iq);
        self.torque_factor * (d * iq - q * id)
    }

    /// Peak phase voltage [V] at currents [A], mechanical speed [rad/s] and phase resistance [Ω].
    pub fn voltage(&self, id: f64, iq: f64, speed: f64, resistance: f64) -> f64 {
        let (d, q) = self.linkages_both_ways(id, iq);
        let omega = self.pole_pairs * speed;
        (resistance * id - omega * q).hypot(resistance * iq + omega * d)
    }

    /// The map with a correction that makes it agree with a finer solution at one point.
    #[must_use]
    pub fn corrected_at(&self, p: &Point) -> Self {
        let mut map = self.clone();
        map.correction = (0.0, 0.0);
        let (d, q) = map.linkages(p.id, p.iq);
        map.correction = (p.psi_d - d, p.psi_q - q);
        map
    }

    /// Largest magnitude of the flux linkage in the map [V s].
    pub fn largest_linkage(&self) -> f64 {
        self.psi_d
            .iter()
            .zip(&self.psi_q)
            .map(|(d, q)| d.hypot(*q))
            .fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::Spline;

    #[test]
    fn the_spline_reproduces_a_cubic_and_continues_it_by_its_tangent() {
        let spline = Spline::new(-3.0, 0.5, 7).expect("regular");
        let f = |x: f64| 2.0 - x + 0.5 * x * x - 0.25 * x * x * x;
        let values: Vec<f64> = (0..7).map(|i| f(-3.0 + 0.5 * f64::from(i))).collect();
        let at = |x: f64| -> f64 {
            spline
                .weights(x)
                .iter()
                .zip(&values)
                .map(|(w, v)| w * v)
                .sum()
        };
        for x in [-3.0, -2.71, -1.3, -0.01, 0.0] {
            assert!((at(x) - f(x)).abs() < 1e-10, "{x}: {} {}", at(x), f(x));
        }
        let slope = -1.0 + 1.0 * -3.0 - 0.75 * 9.0;
        assert!((at(-3.4) - (f(-3.0) - 0.4 * slope)).abs() < 1e-9);
    }
}
