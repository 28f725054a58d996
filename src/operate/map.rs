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

    /// Weights of the node values at `x`; beyond the ends the outer cubic continues.
    fn weights(&self, x: f64) -> Vec<f64> {
        let n = self.moments.nrows();
        let at = (x - self.start) / self.step;
        let i = (at.floor().max(0.0) as usize).min(n - 2);
        let (b, a) = (at - i as f64, 1.0 - (at - i as f64));
        let (ca, cb) = ((a * a * a - a) / 6.0, (b * b * b - b) / 6.0);
        (0..n)
            .map(|k| {
                let linear = if k == i {
                    a
                } else if k == i + 1 {
                    b
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
    /// Largest magnitude of id and of iq [A].
    pub reach: f64,
    /// Added to the interpolated flux linkages [V s]: what a finer solution at a point has shown.
    pub correction: (f64, f64),
}

/// Nodes in each direction. With seven the spline is within 0.2 % of the largest flux linkage between
/// its nodes on the shipped machines (a test).
const NODES: usize = 7;

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
            reach,
            correction: (0.0, 0.0),
        };
        Ok((map, points))
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

    /// Torque [N m] at currents [A].
    pub fn torque(&self, id: f64, iq: f64) -> f64 {
        let (d, q) = self.linkages(id, iq);
        1.5 * self.pole_pairs * (d * iq - q * id)
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
    fn the_spline_reproduces_a_cubic_between_and_beyond_its_nodes() {
        let spline = Spline::new(-3.0, 0.5, 7).expect("regular");
        let f = |x: f64| 2.0 - x + 0.5 * x * x - 0.25 * x * x * x;
        let values: Vec<f64> = (0..7).map(|i| f(-3.0 + 0.5 * f64::from(i))).collect();
        for x in [-3.2, -3.0, -2.71, -1.3, -0.01, 0.0, 0.2] {
            let y: f64 = spline
                .weights(x)
                .iter()
                .zip(&values)
                .map(|(w, v)| w * v)
                .sum();
            assert!((y - f(x)).abs() < 1e-10, "{x}: {y} {}", f(x));
        }
    }
}
