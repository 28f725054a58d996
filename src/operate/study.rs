//! A machine under one set of materials, solved point after point, with its effort counted.

use super::machine::Machine;
use super::map::{FluxMap, MapError};
use super::point::{self, Fields, FluxDensities, Point, flux_densities};
use crate::network::newton::{Materials, SolveError, Solver};
use crate::resolution::Resolution;

/// Field solutions made.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cost {
    /// At coarse resolution.
    pub coarse_solves: usize,
    /// At standard resolution.
    pub standard_solves: usize,
    /// At fine resolution.
    pub fine_solves: usize,
    /// Newton iterations of all of them.
    pub newton_iterations: usize,
    /// Work in units of one solution at standard resolution of the same machine, by the number of
    /// unknowns.
    pub standard_equivalents: f64,
}

impl Cost {
    /// Adds what another part took.
    pub fn add(&mut self, other: &Cost) {
        self.coarse_solves += other.coarse_solves;
        self.standard_solves += other.standard_solves;
        self.fine_solves += other.fine_solves;
        self.newton_iterations += other.newton_iterations;
        self.standard_equivalents += other.standard_equivalents;
    }
}

/// One machine, one set of materials.
#[derive(Debug)]
pub struct Study<'m> {
    machine: &'m Machine,
    solver: Solver<'m>,
    /// The materials.
    pub materials: Materials,
    last: Option<Fields>,
    /// Effort so far.
    pub cost: Cost,
    /// Unknowns of the machine at standard resolution.
    standard_unknowns: usize,
}

impl<'m> Study<'m> {
    /// A study that has solved nothing yet. `standard_unknowns` is the unit of its cost.
    pub fn new(machine: &'m Machine, materials: Materials, standard_unknowns: usize) -> Self {
        let solver = Solver::new(&machine.sector);
        Self {
            machine,
            solver,
            materials,
            last: None,
            cost: Cost::default(),
            standard_unknowns,
        }
    }

    /// The machine.
    pub fn machine(&self) -> &'m Machine {
        self.machine
    }

    fn count(&mut self, points: &[Point]) {
        let solves: usize = points.iter().map(|p| p.solves).sum();
        match self.machine.resolution {
            Resolution::Coarse => self.cost.coarse_solves += solves,
            Resolution::Standard => self.cost.standard_solves += solves,
            Resolution::Fine => self.cost.fine_solves += solves,
        }
        self.cost.newton_iterations += points.iter().map(|p| p.effort.iterations).sum::<usize>();
        let share = self.machine.sector.unknowns() as f64 / self.standard_unknowns as f64;
        self.cost.standard_equivalents += solves as f64 * share;
    }

    /// Solves an operating point, starting from the one before.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn at(&mut self, id: f64, iq: f64) -> Result<Point, SolveError> {
        let (p, fields) = point::solve(
            self.machine,
            &mut self.solver,
            &self.materials,
            id,
            iq,
            self.last.as_ref(),
        )?;
        self.count(std::slice::from_ref(&p));
        self.last = Some(fields);
        Ok(p)
    }

    /// Flux densities of the point solved last; nothing before the first.
    pub fn flux_densities(&self) -> Option<FluxDensities> {
        self.last
            .as_ref()
            .map(|f| flux_densities(self.machine, &self.materials, f))
    }

    /// Flux linkages of the phases at the positions of the point solved last.
    pub fn phase_linkages(&self) -> Vec<[f64; 3]> {
        self.last
            .iter()
            .flatten()
            .map(|state| self.machine.phase_linkages(&state.a))
            .collect()
    }

    /// Solves the flux map up to `reach` amperes.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn map(&mut self, reach: f64) -> Result<FluxMap, MapError> {
        let (map, points) = FluxMap::solve(self.machine, &mut self.solver, &self.materials, reach)?;
        self.count(&points);
        Ok(map)
    }

    /// The negative d current [A] at which the d flux linkage is `target` [V s], by secant steps from a
    /// guess; the point is left as the one solved last.
    ///
    /// # Errors
    /// When a field does not converge or the current runs away.
    pub fn d_current_for(&mut self, target: f64, guess: f64) -> Result<Point, SolveError> {
        let mut before = self.at(guess * 0.9, 0.0)?;
        let mut now = self.at(guess, 0.0)?;
        for _ in 0..12 {
            let miss = now.psi_d - target;
            if miss.abs() <= 2e-4 * target.abs() {
                return Ok(now);
            }
            let slope = (now.psi_d - before.psi_d) / (now.id - before.id);
            let next = now.id - miss / slope;
            if !next.is_finite() || next.abs() > 50.0 * guess.abs() {
                break;
            }
            before = now;
            now = self.at(next.min(0.0), 0.0)?;
        }
        let miss = (now.psi_d - target).abs() / target.abs();
        if miss <= 5e-3 {
            Ok(now)
        } else {
            Err(SolveError::NotConverged {
                iterations: 12,
                residual: miss,
            })
        }
    }
}
