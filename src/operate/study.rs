//! A machine under one set of materials, solved point after point, with its effort counted.

use super::machine::Machine;
use super::map::{FluxMap, MapError, Spacing};
use super::period::Period;
use super::point::{self, Fields, FluxDensities, Point, flux_densities};
use crate::network::newton::{Materials, SolveError, Solver};
use crate::network::sector::Side;
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
    /// Work in units of one solution at standard resolution of the same machine.
    pub standard_equivalents: f64,
}

impl Cost {
    /// Counts solutions and their iterations at a resolution with so many unknowns, of which one solution at
    /// standard resolution has `unit`.
    pub fn count(
        &mut self,
        resolution: Resolution,
        (solves, iterations): (usize, usize),
        (unknowns, unit): (usize, usize),
    ) {
        match resolution {
            Resolution::Coarse => self.coarse_solves += solves,
            Resolution::Standard => self.standard_solves += solves,
            Resolution::Fine => self.fine_solves += solves,
        }
        self.newton_iterations += iterations;
        let share = (unknowns as f64 / unit as f64).powf(COST_EXPONENT);
        self.standard_equivalents += solves as f64 * share;
    }

    /// Adds what another part took.
    pub fn add(&mut self, other: &Cost) {
        self.coarse_solves += other.coarse_solves;
        self.standard_solves += other.standard_solves;
        self.fine_solves += other.fine_solves;
        self.newton_iterations += other.newton_iterations;
        self.standard_equivalents += other.standard_equivalents;
    }
}

/// How the time of a field solution grows with its unknowns: measured, 870 against 2640 unknowns take
/// 0.22 of the time (assembly grows with n, factorisation with n^1.5: A. George, "Nested dissection of a
/// regular finite element mesh", SIAM J. Numer. Anal. 10 (1973) 345-363).
const COST_EXPONENT: f64 = 1.3;

/// One machine, one set of materials.
#[derive(Debug)]
pub struct Study<'m> {
    machine: &'m Machine,
    solver: Solver<'m>,
    /// The materials.
    pub materials: Materials,
    last: Option<Fields>,
    /// Points solved, with what was read off their fields: an operating point is asked for by the search
    /// that finds it and again by those who judge it.
    known: Vec<(Point, FluxDensities)>,
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
            known: vec![],
            cost: Cost::default(),
            standard_unknowns,
        }
    }

    /// The machine.
    pub fn machine(&self) -> &'m Machine {
        self.machine
    }

    fn count(&mut self, points: &[Point]) {
        let solves = points.iter().map(|p| p.solves).sum();
        let iterations = points.iter().map(|p| p.effort.iterations).sum();
        self.count_solves(solves, iterations);
    }

    fn count_solves(&mut self, solves: usize, iterations: usize) {
        let unknowns = self.machine.sector.unknowns();
        self.cost.count(
            self.machine.resolution,
            (solves, iterations),
            (unknowns, self.standard_unknowns),
        );
    }

    /// Solves an operating point, starting from the one before; one that was solved before is recalled.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn at(&mut self, id: f64, iq: f64) -> Result<Point, SolveError> {
        Ok(self.read(id, iq)?.0)
    }

    /// Solves an operating point and reads its flux densities.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn read(&mut self, id: f64, iq: f64) -> Result<(Point, FluxDensities), SolveError> {
        if let Some(known) = self.known.iter().find(|(p, _)| p.id == id && p.iq == iq) {
            return Ok(known.clone());
        }
        let (p, fields) = point::solve(
            self.machine,
            &mut self.solver,
            &self.materials,
            id,
            iq,
            self.last.as_ref(),
        )?;
        self.count(std::slice::from_ref(&p));
        let mut densities = flux_densities(self.machine, &self.materials, &fields);
        if let Some((_, known)) = self.known.first() {
            densities.magnet.share(&known.magnet);
        }
        self.last = Some(fields);
        self.known.push((p.clone(), densities.clone()));
        Ok((p, densities))
    }

    /// What rotor and stator see over one period at an operating point, slice by slice; nothing for a winding
    /// whose phases no turn carries into each other, which no checked layout is.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn period(&mut self, id: f64, iq: f64) -> Result<Option<Vec<[Period; 2]>>, SolveError> {
        let Some(sixth) = self.machine.sixth else {
            return Ok(None);
        };
        let start = self.last.as_ref().and_then(|fields| fields.first());
        let (fields, effort) = point::turn(
            self.machine,
            &mut self.solver,
            &self.materials,
            (id, iq),
            start,
        )?;
        self.count_solves(fields.len(), effort.iterations);
        let sector = &self.machine.sector;
        let of = |slice| {
            [Side::Rotor, Side::Stator]
                .map(|side| Period::new(sector, (slice, side), sixth, &fields))
        };
        Ok(Some((0..sector.slices).map(of).collect()))
    }

    /// Flux linkages of the three phases of each set at the positions of the point solved last.
    pub fn phase_linkages(&self) -> Vec<Vec<[f64; 3]>> {
        let mut sets = vec![vec![]; self.machine.phase_sets()];
        for state in self.last.iter().flatten() {
            let linkages = self.machine.phase_linkages(&state.a);
            for (set, three) in sets.iter_mut().zip(linkages.chunks_exact(3)) {
                set.push([three[0], three[1], three[2]]);
            }
        }
        sets
    }

    /// Solves the flux map up to `reach` amperes, with nodes as they are asked for.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn map(&mut self, reach: f64, nodes: (usize, Spacing)) -> Result<FluxMap, MapError> {
        let shifts: Vec<usize> = self.machine.shifts().collect();
        self.map_at(reach, nodes, &shifts)
    }

    /// The same from the first rotor position alone, a fifth of the solutions: where a search begins.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn sketch(&mut self, reach: f64, nodes: (usize, Spacing)) -> Result<FluxMap, MapError> {
        let first: Vec<usize> = self.machine.shifts().take(1).collect();
        self.map_at(reach, nodes, &first)
    }

    fn map_at(
        &mut self,
        reach: f64,
        nodes: (usize, Spacing),
        shifts: &[usize],
    ) -> Result<FluxMap, MapError> {
        let (solver, materials) = (&mut self.solver, &self.materials);
        let (map, points) = FluxMap::solve(self.machine, solver, materials, reach, nodes, shifts)?;
        self.count(&points);
        Ok(map)
    }

    /// Solves an operating point at the first rotor position alone: its linkages miss the mean by what slots and poles
    /// add. It is not recalled as a point.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn glance(&mut self, id: f64, iq: f64) -> Result<(Point, FluxDensities), SolveError> {
        let first: Vec<usize> = self.machine.shifts().take(1).collect();
        let (p, fields) = point::solve_at(
            self.machine,
            &mut self.solver,
            &self.materials,
            (id, iq),
            &first,
            self.last.as_ref(),
        )?;
        self.count(std::slice::from_ref(&p));
        let densities = flux_densities(self.machine, &self.materials, &fields);
        self.last = Some(fields);
        Ok((p, densities))
    }

    /// The d current [A] at which the d flux linkage is `target` [V s], within a share of `scale` [V s], by
    /// secant steps from a guess with a known slope [V s/A] there.
    ///
    /// # Errors
    /// When a field does not converge or the current runs away.
    pub fn d_current_for(
        &mut self,
        (target, scale): (f64, f64),
        guess: f64,
        slope: f64,
    ) -> Result<Point, SolveError> {
        let mut slope = slope;
        let mut now = self.at(guess, 0.0)?;
        for _ in 0..12 {
            let miss = now.psi_d - target;
            if miss.abs() <= LINKAGE_AGREES * scale.abs() {
                return Ok(now);
            }
            let next = now.id - miss / slope;
            if !next.is_finite() || next.abs() > 50.0 * guess.abs() {
                break;
            }
            let before = now;
            now = self.at(next.min(0.0), 0.0)?;
            slope = (now.psi_d - before.psi_d) / (now.id - before.id);
        }
        let residual = (now.psi_d - target).abs() / scale.abs();
        Err(SolveError::NotConverged {
            iterations: 12,
            residual,
        })
    }
}

/// A flux linkage agrees when it misses its target by less than this share.
const LINKAGE_AGREES: f64 = 2e-3;
