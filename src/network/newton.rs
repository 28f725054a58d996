//! Nonlinear solution of a sector: damped Newton on a strictly convex energy.
//!
//! W(A) = Σ w u(B(A)) - c·A is minimised; its gradient is the loop law of the magnetomotive force at
//! each node, its Hessian the matrix of differential reluctances. Since every material law is monotone
//! the energy is convex and Newton with a backtracking line search (L. Armijo, "Minimization of
//! functions having Lipschitz continuous first partial derivatives", Pacific J. Math. 16 (1966) 1-3)
//! converges from any start.

use super::assembly::{Model, assemble, for_each_cell, points};
use super::cell::Matter;
use super::law::{IronLaw, NU_0};
use super::sector::{Sector, Side};
use super::sparse::{SparseError, Workspace};

/// Magnet and steel data of a solution.
#[derive(Debug, Clone)]
pub struct Materials {
    /// Laws of the steels, by the index that the plan uses.
    pub steels: Vec<IronLaw>,
    /// Remanence [T].
    pub remanence: f64,
    /// Recoil permeability, relative.
    pub recoil_permeability: f64,
    /// What is left of the remanence at each Gauss point of the rotor, by [`rotor_point`]; absent means
    /// all of it everywhere.
    pub kept: Option<Vec<f64>>,
}

/// Number of Gauss points of the rotor.
pub fn rotor_points(sector: &Sector) -> usize {
    points(sector, Side::Rotor)
}

/// Index of a Gauss point of the rotor: by rotor column of the sector, columns counting on from slice to
/// slice, cell row, point.
pub fn rotor_point(sector: &Sector, column: usize, row: usize, point: usize) -> usize {
    (column * sector.rotor.rows + row) * 4 + point
}

/// A solution, kept to start the next one.
#[derive(Debug, Clone)]
pub struct State {
    /// Potentials of the unknowns [Wb/m].
    pub a: Vec<f64>,
    /// Rotor position in columns.
    pub shift: usize,
    /// Tangential flux density in the iron of each laminate point [T]: rotor, then stator.
    pub(super) layer: Vec<f64>,
}

/// Counts of a solution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Newton iterations: factorisations.
    pub iterations: usize,
    /// Line-search reductions.
    pub reductions: usize,
}

/// A field that was not solved.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SolveError {
    /// The linear algebra failed.
    #[error(transparent)]
    Sparse(#[from] SparseError),
    /// The iteration limit was reached.
    #[error(
        "the field did not converge in {iterations} iterations: residual {residual:e} of the load"
    )]
    NotConverged {
        /// Iterations made.
        iterations: usize,
        /// Residual relative to the load.
        residual: f64,
    },
    /// A number overflowed.
    #[error("the field solution is not finite")]
    NotFinite,
}

/// Largest residual relative to the load.
const TOLERANCE: f64 = 1e-5;
/// Largest slope of the energy at the end of a step, over that at its start (the curvature condition: J.
/// Nocedal, S. J. Wright, "Numerical Optimization", 2nd ed., Springer 2006, equation 3.7). Where a
/// magnetisation curve bends sharply full steps would swing from one side of the bend to the other.
const STEEPEST_END: f64 = 0.5;
/// Largest number of iterations; about 16 are usual from a cold start.
const ITERATIONS: usize = 60;

/// Reusable memory of a solver; one a thread.
#[derive(Debug)]
pub struct Solver<'a> {
    sector: &'a Sector,
    work: Workspace,
    values: Vec<f64>,
    residual: Vec<f64>,
    trial_values: Vec<f64>,
    trial_residual: Vec<f64>,
}

impl<'a> Solver<'a> {
    /// A solver for a sector.
    pub fn new(sector: &'a Sector) -> Self {
        let (entries, unknowns) = (sector.pattern.entries(), sector.unknowns());
        Self {
            sector,
            work: sector.pattern.workspace(),
            values: vec![0.0; entries],
            residual: vec![0.0; unknowns],
            trial_values: vec![0.0; entries],
            trial_residual: vec![0.0; unknowns],
        }
    }

    /// The sector.
    pub fn sector(&self) -> &'a Sector {
        self.sector
    }

    /// Solves the field at a rotor position of `shift` columns for the coil load [A], starting from
    /// `start` (its rotor rows are turned along) or from the linear solution.
    ///
    /// # Errors
    /// [`SolveError`] when it does not converge, which a convex energy does not allow, or when a number
    /// overflows.
    pub fn solve(
        &mut self,
        materials: &Materials,
        load: &[f64],
        shift: usize,
        start: Option<&State>,
    ) -> Result<(State, Effort), SolveError> {
        let sector = self.sector;
        let mut effort = Effort::default();
        let layers = points(sector, Side::Rotor) + points(sector, Side::Stator);
        let mut state = match start {
            Some(s) => turned(sector, s, shift),
            None => {
                let zero = vec![0.0; sector.unknowns()];
                assemble(
                    sector,
                    materials,
                    &zero,
                    shift,
                    load,
                    Model::Start,
                    &mut self.values,
                    &mut self.residual,
                );
                let mut a: Vec<f64> = self.residual.iter().map(|r| -r).collect();
                sector.pattern.solve(&self.values, &mut a, &mut self.work)?;
                effort.iterations += 1;
                State {
                    a,
                    shift,
                    layer: vec![0.0; layers],
                }
            }
        };
        let scale = source_norm(sector, materials, load, shift);
        if scale == 0.0 {
            state.a.fill(0.0);
            state.layer.fill(0.0);
            return Ok((state, effort));
        }
        let mut energy = assemble(
            sector,
            materials,
            &state.a,
            shift,
            load,
            Model::Full(&mut state.layer),
            &mut self.values,
            &mut self.residual,
        );
        loop {
            let size = norm(&self.residual);
            if !size.is_finite() {
                return Err(SolveError::NotFinite);
            }
            if size <= TOLERANCE * scale {
                return Ok((state, effort));
            }
            if effort.iterations >= ITERATIONS {
                return Err(SolveError::NotConverged {
                    iterations: effort.iterations,
                    residual: size / scale,
                });
            }
            let mut step: Vec<f64> = self.residual.iter().map(|r| -r).collect();
            sector
                .pattern
                .solve(&self.values, &mut step, &mut self.work)?;
            effort.iterations += 1;
            let descent: f64 = self.residual.iter().zip(&step).map(|(r, d)| r * d).sum();
            let mut share = 1.0;
            for attempt in 0..=20 {
                let trial: Vec<f64> = state
                    .a
                    .iter()
                    .zip(&step)
                    .map(|(a, d)| a + share * d)
                    .collect();
                let trial_energy = assemble(
                    sector,
                    materials,
                    &trial,
                    shift,
                    load,
                    Model::Full(&mut state.layer),
                    &mut self.trial_values,
                    &mut self.trial_residual,
                );
                // Near the solution energy differences drown in rounding; the last term lets them.
                let rounding = 1e-13 * energy.abs();
                let falls = trial_energy <= energy + 1e-4 * share * descent + rounding;
                let slope: f64 = self
                    .trial_residual
                    .iter()
                    .zip(&step)
                    .map(|(r, d)| r * d)
                    .sum();
                let overshot = slope > STEEPEST_END * descent.abs() + rounding;
                if (falls && !overshot) || attempt == 20 {
                    state.a = trial;
                    energy = trial_energy;
                    std::mem::swap(&mut self.values, &mut self.trial_values);
                    std::mem::swap(&mut self.residual, &mut self.trial_residual);
                    break;
                }
                effort.reductions += 1;
                // Beyond the minimum along the step the slopes at both ends say where it lies.
                share *= if falls {
                    descent.abs() / (descent.abs() + slope)
                } else {
                    0.5
                };
            }
        }
    }

    /// The linear system of the next Newton step at a field: values of the lower triangle in the order of
    /// the sector's pattern, and the residual. For those who solve it in another way to compare.
    pub fn system(
        &mut self,
        materials: &Materials,
        load: &[f64],
        state: &mut State,
    ) -> (&[f64], &[f64]) {
        assemble(
            self.sector,
            materials,
            &state.a,
            state.shift,
            load,
            Model::Full(&mut state.layer),
            &mut self.values,
            &mut self.residual,
        );
        (&self.values, &self.residual)
    }

    /// Magnetic co-energy of the whole machine [J]: W' = -L n (W - c·A).
    pub fn co_energy(&mut self, materials: &Materials, load: &[f64], state: &State) -> f64 {
        let mut layer = state.layer.clone();
        let energy = assemble(
            self.sector,
            materials,
            &state.a,
            state.shift,
            load,
            Model::Full(&mut layer),
            &mut self.trial_values,
            &mut self.trial_residual,
        );
        -energy * self.sector.metres()
    }
}

fn norm(v: &[f64]) -> f64 {
    v.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// A solution moved to another rotor position: the rotor rows turn with the rotor, the stator rows stay.
fn turned(sector: &Sector, from: &State, shift: usize) -> State {
    let mut state = from.clone();
    if from.shift == shift {
        return state;
    }
    state.shift = shift;
    // Positions are compared in a frame that is whole sectors ahead so that differences stay positive.
    let ahead = 2 * sector.columns * (1 + from.shift / sector.columns);
    let rotor_rows = if sector.rotor_outside {
        sector.mid_gap_row + 1..sector.rows
    } else {
        0..sector.mid_gap_row
    };
    for j in 0..sector.columns {
        let (source, sign) = sector.wrap(j + ahead + from.shift - shift % (2 * sector.columns));
        for slice in 0..sector.slices {
            let to = sector.first_of_column(slice, j);
            let source = sector.first_of_column(slice, source);
            for i in rotor_rows.clone() {
                state.a[to + i] = sign * from.a[source + i];
            }
        }
    }
    state
}

/// Length of the load: coil vector and magnet vector at zero field.
fn source_norm(sector: &Sector, materials: &Materials, load: &[f64], shift: usize) -> f64 {
    let mut v: Vec<f64> = load.to_vec();
    let nu = NU_0 / materials.recoil_permeability;
    for_each_cell(sector, Side::Rotor, shift, |cell| {
        for (k, p) in cell.points.iter().enumerate() {
            let (share, m) = match p.matter {
                Matter::Linear { m, magnet } if magnet > 0.0 => (1.0, m),
                Matter::Laminate {
                    m, magnet, share, ..
                } if magnet > 0.0 => (1.0 - share, m),
                _ => continue,
            };
            let kept = materials
                .kept
                .as_ref()
                .map_or(1.0, |f| f[cell.rotor_index + k]);
            let h = share * nu * materials.remanence * cell.magnet_sign * kept * p.area;
            for n in 0..4 {
                if let Some((u, s)) = cell.nodes[n] {
                    v[u] += s * h * (p.radial[n] * m[0] + p.tangential[n] * m[1]);
                }
            }
        }
    });
    norm(&v)
}
