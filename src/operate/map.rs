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

/// Flux linkages over a rectangle of currents: id from -reach to 0, iq from 0 to reach.
#[derive(Debug, Clone)]
pub struct FluxMap {
    d: Spline,
    q: Spline,
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

/// Nodes in each direction. The map only finds where an operating point lies; the point itself is solved
/// and the map corrected there.
const NODES: usize = 6;

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
    /// Solves the map up to `reach` amperes. Neighbours start from each other: currents run in
    /// boustrophedon order.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn solve(
        machine: &Machine,
        solver: &mut Solver,
        materials: &Materials,
        reach: f64,
    ) -> Result<(Self, Vec<Point>), MapError> {
        let step = reach / (NODES - 1) as f64;
        let (mut psi_d, mut psi_q) = (Array2::zeros((NODES, NODES)), Array2::zeros((NODES, NODES)));
        let mut points = vec![];
        let mut fields: Option<Fields> = None;
        for i in 0..NODES {
            for turn in 0..NODES {
                let j = if i % 2 == 0 { turn } else { NODES - 1 - turn };
                let (id, iq) = (-reach + step * i as f64, step * j as f64);
                let (p, f) = point::solve(machine, solver, materials, id, iq, fields.as_ref())?;
                psi_d[[i, j]] = p.psi_d;
                psi_q[[i, j]] = p.psi_q;
                fields = Some(f);
                points.push(p);
            }
        }
        let map = Self {
            d: Spline::new(-reach, step, NODES)?,
            q: Spline::new(0.0, step, NODES)?,
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
    ///
    /// # Panics
    /// Never for the even nodes used here: their spline matrix is regular.
    #[cfg(test)]
    pub(crate) fn linear(psi_m: f64, l_d: f64, l_q: f64, pole_pairs: usize, reach: f64) -> Self {
        let step = reach / (NODES - 1) as f64;
        Self {
            d: Spline::new(-reach, step, NODES).expect("regular"),
            q: Spline::new(0.0, step, NODES).expect("regular"),
            psi_d: Array2::from_shape_fn((NODES, NODES), |(i, _)| {
                psi_m + l_d * (step * i as f64 - reach)
            }),
            psi_q: Array2::from_shape_fn((NODES, NODES), |(_, j)| l_q * step * j as f64),
            pole_pairs: pole_pairs as f64,
            torque_factor: 1.5 * pole_pairs as f64,
            reach,
            correction: (0.0, 0.0),
        }
    }

    /// Flux linkages [V s] at currents [A].
    pub fn linkages(&self, id: f64, iq: f64) -> (f64, f64) {
        let (wd, wq) = (self.d.weights(id), self.q.weights(iq));
        let (mut d, mut q) = self.correction;
        for (i, a) in wd.iter().enumerate() {
            for (j, b) in wq.iter().enumerate() {
                d += a * b * self.psi_d[[i, j]];
                q += a * b * self.psi_q[[i, j]];
            }
        }
        (d, q)
    }

    /// Flux linkages [V s] at currents of either sign of iq [A]: the machine is symmetric to its d axis.
    pub fn linkages_both_ways(&self, id: f64, iq: f64) -> (f64, f64) {
        let (d, q) = self.linkages(id, iq.abs());
        (d, if iq < 0.0 { -q } else { q })
    }

    /// Torque [N m] at currents [A].
    pub fn torque(&self, id: f64, iq: f64) -> f64 {
        let (d, q) = self.linkages(id, iq);
        self.torque_factor * (d * iq - q * id)
    }

    /// Peak phase voltage [V] at currents [A], mechanical speed [rad/s] and phase resistance [Ω].
    pub fn voltage(&self, id: f64, iq: f64, speed: f64, resistance: f64) -> f64 {
        let (d, q) = self.linkages(id, iq);
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
