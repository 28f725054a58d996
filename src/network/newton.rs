//! Nonlinear solution of a sector: damped Newton on a strictly convex energy.
//!
//! W(A) = Σ w u(B(A)) - c·A is minimised; its gradient is the loop law of the magnetomotive force at
//! each node, its Hessian the matrix of differential reluctances. Since every material law is monotone
//! the energy is convex and Newton with a backtracking line search (L. Armijo, "Minimization of
//! functions having Lipschitz continuous first partial derivatives", Pacific J. Math. 16 (1966) 1-3)
//! converges from any start.

use super::cell::{GaussPoint, Matter};
use super::law::{Filler, IronLaw, NU_0, Response, iron, laminate, linear};
use super::sector::{PAIRS, Sector, Side};
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

/// Index of a Gauss point of the rotor: by rotor column of the sector, cell row, point.
pub fn rotor_point(sector: &Sector, column: usize, row: usize, point: usize) -> usize {
    (column * sector.rotor.cells.rows + row) * 4 + point
}

/// A solution, kept to start the next one.
#[derive(Debug, Clone)]
pub struct State {
    /// Potentials of the unknowns [Wb/m].
    pub a: Vec<f64>,
    /// Rotor position in columns.
    pub shift: usize,
    /// Tangential flux density in the iron of each laminate point [T]: rotor, then stator.
    layer: Vec<f64>,
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

enum Model<'a> {
    Full(&'a mut [f64]),
    /// Iron of constant relative permeability, phases mixed by share: the start of a cold solution.
    Start,
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
        let points = 4 * sector.columns * (sector.rotor.cells.rows + sector.stator.cells.rows);
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
                    layer: vec![0.0; points],
                }
            }
        };
        let scale = source_norm(sector, materials, load, shift);
        if scale == 0.0 {
            state.a.fill(0.0);
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
                if trial_energy <= energy + 1e-4 * share * descent + 1e-13 * energy.abs()
                    || attempt == 20
                {
                    state.a = trial;
                    energy = trial_energy;
                    std::mem::swap(&mut self.values, &mut self.trial_values);
                    std::mem::swap(&mut self.residual, &mut self.trial_residual);
                    break;
                }
                share *= 0.5;
                effort.reductions += 1;
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
        -energy * self.sector.length * self.sector.sectors as f64
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
        for i in rotor_rows.clone() {
            let (source, sign) = sector.wrap(j + ahead + from.shift - shift % (2 * sector.columns));
            state.a[j * sector.rows + i] = sign * from.a[source * sector.rows + i];
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

/// A cell of the sector at a rotor position.
pub(super) struct CellView<'s> {
    /// Its Gauss points.
    pub points: &'s [GaussPoint; 4],
    /// Unknown and sign of each node; nothing on the boundary.
    pub nodes: [Option<(usize, f64)>; 4],
    /// Sign of its magnetisation.
    pub magnet_sign: f64,
    /// Positions of its matrix entries.
    entries: &'s [u32; 10],
    /// Index of its first Gauss point among those of its body.
    pub rotor_index: usize,
    /// Pitch it lies in.
    pub pitch: usize,
    /// Cell row.
    pub row: usize,
}

/// Visits every cell of a body.
pub(super) fn for_each_cell<'s>(
    sector: &'s Sector,
    side: Side,
    shift: usize,
    mut visit: impl FnMut(&CellView<'s>),
) {
    let body = sector.body(side);
    let (rows, width) = (body.cells.rows, body.cells.columns);
    let shift = if side == Side::Rotor { shift } else { 0 };
    for column in 0..sector.columns {
        let (left, left_sign) = sector.wrap(column + shift);
        let (right, right_sign) = sector.wrap(column + shift + 1);
        let pitch = column / width;
        let magnet_sign = if body.alternating && pitch % 2 == 1 {
            -1.0
        } else {
            1.0
        };
        for row in 0..rows {
            let node = |r: usize, (column, sign): (usize, f64)| {
                body.unknown_row(r)
                    .map(|r| (column * sector.rows + r, sign))
            };
            let (l, r) = ((left, left_sign), (right, right_sign));
            visit(&CellView {
                points: body.cells.cell(row, column % width),
                nodes: [
                    node(row, l),
                    node(row + 1, l),
                    node(row, r),
                    node(row + 1, r),
                ],
                magnet_sign,
                entries: body.entries(row, left),
                rotor_index: (column * rows + row) * 4,
                pitch,
                row,
            });
        }
    }
}

/// Potentials of a cell's nodes.
pub(super) fn node_potentials(cell: &CellView, a: &[f64]) -> [f64; 4] {
    std::array::from_fn(|n| cell.nodes[n].map_or(0.0, |(u, s)| s * a[u]))
}

/// Flux density at a Gauss point: radial and tangential [T].
pub(super) fn flux_density(p: &GaussPoint, a: &[f64; 4]) -> [f64; 2] {
    let dot = |g: &[f64; 4]| g[0] * a[0] + g[1] * a[1] + g[2] * a[2] + g[3] * a[3];
    [dot(&p.radial), dot(&p.tangential)]
}

/// Energy, residual and Hessian at the potentials `a`. Returns the energy per unit length [J/m].
#[allow(clippy::too_many_arguments)] // One hot routine; a struct of these would live for one call.
fn assemble(
    sector: &Sector,
    materials: &Materials,
    a: &[f64],
    shift: usize,
    load: &[f64],
    mut model: Model,
    values: &mut [f64],
    residual: &mut [f64],
) -> f64 {
    values.fill(0.0);
    let mut energy = 0.0;
    for ((r, c), a) in residual.iter_mut().zip(load).zip(a) {
        *r = -c;
        energy -= c * a;
    }
    let rotor_points = 4 * sector.columns * sector.rotor.cells.rows;
    for side in [Side::Rotor, Side::Stator] {
        let base = if side == Side::Rotor { 0 } else { rotor_points };
        let kept = if side == Side::Rotor {
            materials.kept.as_deref()
        } else {
            None
        };
        for_each_cell(sector, side, shift, |cell| {
            let local = node_potentials(cell, a);
            let (mut r, mut k) = ([0.0; 4], [0.0; 10]);
            for (i, p) in cell.points.iter().enumerate() {
                let b = flux_density(p, &local);
                let magnetisation = materials.remanence
                    * cell.magnet_sign
                    * kept.map_or(1.0, |f| f[cell.rotor_index + i]);
                let response = match &mut model {
                    Model::Full(layer) => respond(
                        materials,
                        &p.matter,
                        magnetisation,
                        b,
                        &mut layer[base + cell.rotor_index + i],
                    ),
                    Model::Start => start_response(materials, &p.matter, magnetisation, b),
                };
                energy += p.area * response.energy;
                accumulate(p, &response, &mut r, &mut k);
            }
            scatter(cell, &r, &k, values, residual);
        });
    }
    energy
}

fn accumulate(p: &GaussPoint, response: &Response, r: &mut [f64; 4], k: &mut [f64; 10]) {
    let (w, [dxx, dxy, dyy]) = (p.area, response.d);
    let (gr, gt) = (&p.radial, &p.tangential);
    for n in 0..4 {
        r[n] += w * (gr[n] * response.h[0] + gt[n] * response.h[1]);
    }
    for (entry, &(m, n)) in k.iter_mut().zip(&PAIRS) {
        *entry += w * (gr[m] * (dxx * gr[n] + dxy * gt[n]) + gt[m] * (dxy * gr[n] + dyy * gt[n]));
    }
}

fn scatter(cell: &CellView, r: &[f64; 4], k: &[f64; 10], values: &mut [f64], residual: &mut [f64]) {
    for (node, r) in cell.nodes.iter().zip(r) {
        if let Some((u, s)) = *node {
            residual[u] += s * r;
        }
    }
    for (&position, (&entry, &(m, n))) in cell.entries.iter().zip(k.iter().zip(&PAIRS)) {
        if let (Some((_, sm)), Some((_, sn))) = (cell.nodes[m], cell.nodes[n]) {
            values[position as usize] += sm * sn * entry;
        }
    }
}

/// Response of whatever fills a Gauss point.
pub(super) fn respond(
    materials: &Materials,
    matter: &Matter,
    remanence: f64,
    b: [f64; 2],
    layer: &mut f64,
) -> Response {
    match *matter {
        Matter::Iron { steel } => iron(&materials.steels[steel], b),
        Matter::Linear { magnet, m } => {
            let (nu, h) = filler(materials, magnet, m, remanence);
            linear(nu, h, b)
        }
        Matter::Laminate {
            steel,
            share,
            normal: [nr, nt],
            magnet,
            m,
        } => {
            let (nu, h) = filler(materials, magnet, m, remanence);
            let into = |v: [f64; 2]| [v[0] * nr + v[1] * nt, -v[0] * nt + v[1] * nr];
            let filler = Filler {
                nu,
                source: into(h),
            };
            let r = laminate(&materials.steels[steel], share, filler, into(b), layer);
            let [dnn, dnt, dtt] = r.d;
            Response {
                energy: r.energy,
                h: [r.h[0] * nr - r.h[1] * nt, r.h[0] * nt + r.h[1] * nr],
                d: [
                    dnn * nr * nr - 2.0 * dnt * nr * nt + dtt * nt * nt,
                    (dnn - dtt) * nr * nt + dnt * (nr * nr - nt * nt),
                    dnn * nt * nt + 2.0 * dnt * nr * nt + dtt * nr * nr,
                ],
            }
        }
    }
}

/// Reluctivity and magnet field of the part that is not iron.
fn filler(materials: &Materials, magnet: f64, m: [f64; 2], remanence: f64) -> (f64, [f64; 2]) {
    let nu_magnet = NU_0 / materials.recoil_permeability;
    let h = nu_magnet * remanence;
    (
        (1.0 - magnet) * NU_0 + magnet * nu_magnet,
        [h * m[0], h * m[1]],
    )
}

fn start_response(materials: &Materials, matter: &Matter, remanence: f64, b: [f64; 2]) -> Response {
    let nu_iron = NU_0 / 1000.0;
    match *matter {
        Matter::Iron { .. } => linear(nu_iron, [0.0; 2], b),
        Matter::Linear { magnet, m } => {
            let (nu, h) = filler(materials, magnet, m, remanence);
            linear(nu, h, b)
        }
        Matter::Laminate {
            share, magnet, m, ..
        } => {
            let (nu, h) = filler(materials, magnet, m, remanence);
            let rest = 1.0 - share;
            linear(share * nu_iron + rest * nu, [rest * h[0], rest * h[1]], b)
        }
    }
}
