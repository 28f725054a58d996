//! One operating point: the field at several rotor positions, averaged.

use super::machine::Machine;
use crate::network::gap::{gap_harmonic, gap_mean};
use crate::network::newton::{Effort, Materials, SolveError, Solver, State};
use crate::network::plan::Part;
use crate::network::reading;
use std::sync::Arc;

/// What is read off at each operating point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Currents, peak phase values in dq [A].
    pub id: f64,
    /// q current [A].
    pub iq: f64,
    /// Mean d flux linkage over the positions, and over the three-phase sets [V s].
    pub psi_d: f64,
    /// q flux linkage [V s].
    pub psi_q: f64,
    /// Mean torque from flux linkages [N m]: T = S 3/2 p (ψ_d i_q - ψ_q i_d), S three-phase sets.
    pub torque: f64,
    /// Torque from the gap stress at each position [N m].
    pub gap_torque: Vec<f64>,
    /// Effort spent.
    pub effort: Effort,
    /// Field solutions made.
    pub solves: usize,
}

impl Point {
    /// Mean torque from the gap stress [N m].
    pub fn mean_gap_torque(&self) -> f64 {
        self.gap_torque.iter().sum::<f64>() / self.gap_torque.len() as f64
    }
}

/// Flux density along the magnetisation at the Gauss points of the magnets. The places are the same in every field of
/// a machine, so that points which are kept share them.
#[derive(Debug, Clone, PartialEq)]
pub struct MagnetField {
    places: Arc<[reading::MagnetPlace]>,
    along: Vec<f64>,
}

impl MagnetField {
    fn new(points: &[reading::MagnetPoint]) -> Self {
        Self {
            places: points.iter().map(|p| p.at).collect(),
            along: points.iter().map(|p| p.along).collect(),
        }
    }

    /// Point by point.
    pub fn points(&self) -> Vec<reading::MagnetPoint> {
        let both = self.along.iter().zip(self.places.iter());
        both.map(|(along, at)| reading::MagnetPoint {
            along: *along,
            at: *at,
        })
        .collect()
    }

    /// Keeps the places of another field of the same machine instead of its own.
    pub(super) fn share(&mut self, other: &Self) {
        if self.places == other.places {
            self.places = Arc::clone(&other.places);
        }
    }
}

/// Flux densities at an operating point.
#[derive(Debug, Clone, PartialEq)]
pub struct FluxDensities {
    /// Fundamental of the gap flux density, mean over positions [T].
    pub gap_fundamental: f64,
    /// Mean magnitude of the same, over the positions [T].
    pub gap_mean: f64,
    /// Pull across the gap of all flat gaps together, mean over the positions [N]; nothing where the gap is round.
    pub gap_pull: Option<f64>,
    /// Largest section mean of each part over pitches and positions [T].
    pub sections: Vec<(Part, f64)>,
    /// Magnet Gauss points with the least flux density along the magnetisation over the positions [T].
    pub magnet: MagnetField,
    /// Mean over magnet and positions [T].
    pub magnet_mean: f64,
    /// Flux density along the magnetisation below which 1 % and 5 % of the magnets' area lie, in the worst slice
    /// at the worst position [T]; nothing without magnets.
    pub magnet_percentiles: Option<[f64; 2]>,
    /// Largest use of the range of the steel data.
    pub data_use: f64,
}

impl FluxDensities {
    /// Largest section flux density of a part [T].
    pub fn section(&self, part: Part) -> Option<f64> {
        self.sections
            .iter()
            .find(|(p, _)| *p == part)
            .map(|(_, b)| *b)
    }
}

/// Field solutions of an operating point, one a position; they start the next point.
pub type Fields = Vec<State>;

/// Solves an operating point. `start` holds the fields of a neighbouring point; without it the first
/// position starts cold and each next one from the one before.
///
/// # Errors
/// When a field does not converge.
pub fn solve(
    machine: &Machine,
    solver: &mut Solver,
    materials: &Materials,
    id: f64,
    iq: f64,
    start: Option<&Fields>,
) -> Result<(Point, Fields), SolveError> {
    let shifts: Vec<usize> = machine.shifts().collect();
    solve_at(machine, solver, materials, (id, iq), &shifts, start)
}

/// The same at some rotor positions [columns]. Where `start` has fewer of them, each further one starts from the one
/// before.
///
/// # Errors
/// When a field does not converge.
pub fn solve_at(
    machine: &Machine,
    solver: &mut Solver,
    materials: &Materials,
    (id, iq): (f64, f64),
    shifts: &[usize],
    start: Option<&Fields>,
) -> Result<(Point, Fields), SolveError> {
    let mut fields: Fields = vec![];
    let (mut psi_d, mut psi_q) = (0.0, 0.0);
    let (mut gap_torque, mut effort) = (vec![], Effort::default());
    for (m, &shift) in shifts.iter().enumerate() {
        let load = machine.load(machine.phase_currents(id, iq, shift));
        let from = start.and_then(|s| s.get(m)).or(fields.last());
        let (state, spent) = solver.solve(materials, &load, shift, from)?;
        effort.iterations += spent.iterations;
        effort.reductions += spent.reductions;
        let (d, q) = machine.park(machine.phase_linkages(&state.a), shift);
        psi_d += d;
        psi_q += q;
        gap_torque.push(reading::gap_torque(&machine.sector, &state));
        fields.push(state);
    }
    let n = fields.len() as f64;
    (psi_d, psi_q) = (psi_d / n, psi_q / n);
    let torque = machine.torque_factor() * (psi_d * iq - psi_q * id);
    Ok((
        Point {
            id,
            iq,
            psi_d,
            psi_q,
            torque,
            gap_torque,
            effort,
            solves: fields.len(),
        },
        fields,
    ))
}

/// Solves the fields of an operating point at the positions at which losses are sampled; `start` is the field
/// of a neighbouring point.
///
/// # Errors
/// When a field does not converge.
pub fn turn(
    machine: &Machine,
    solver: &mut Solver,
    materials: &Materials,
    (id, iq): (f64, f64),
    start: Option<&State>,
) -> Result<(Fields, Effort), SolveError> {
    let (mut fields, mut effort): (Fields, Effort) = (vec![], Effort::default());
    for shift in machine.fine_shifts() {
        let load = machine.load(machine.phase_currents(id, iq, shift));
        let (state, spent) = solver.solve(materials, &load, shift, fields.last().or(start))?;
        effort.iterations += spent.iterations;
        fields.push(state);
    }
    Ok((fields, effort))
}

/// Reads flux densities off the fields of an operating point.
pub fn flux_densities(machine: &Machine, materials: &Materials, fields: &Fields) -> FluxDensities {
    let sector = &machine.sector;
    let (mut gap_fundamental, mut gap) = (0.0, 0.0);
    let mut gap_pull = (sector.enlargement != 1.0).then_some(0.0);
    let mut sections: Vec<(Part, f64)> = vec![];
    let mut magnet: Vec<reading::MagnetPoint> = vec![];
    let (mut sum, mut area, mut data_use) = (0.0, 0.0, 0.0_f64);
    let mut magnet_percentiles: Option<[f64; 2]> = None;
    for state in fields {
        gap_fundamental += gap_harmonic(sector, state, machine.pole_pairs) / fields.len() as f64;
        gap += gap_mean(sector, state) / fields.len() as f64;
        if let Some(pull) = &mut gap_pull {
            *pull += reading::gap_pull(sector, state) / fields.len() as f64;
        }
        for (part, b) in reading::section_flux_densities(sector, state) {
            match sections.iter_mut().find(|(p, _)| *p == part) {
                Some((_, most)) => *most = most.max(b),
                None => sections.push((part, b)),
            }
        }
        let points = reading::magnet_points(sector, state);
        for p in &points {
            sum += p.along * p.at.area;
            area += p.at.area;
        }
        for here in (0..sector.slices).filter_map(|slice| percentiles(&points, slice)) {
            let worst = magnet_percentiles.get_or_insert(here);
            *worst = [worst[0].min(here[0]), worst[1].min(here[1])];
        }
        if magnet.is_empty() {
            magnet = points;
        } else {
            for (least, p) in magnet.iter_mut().zip(points) {
                least.along = least.along.min(p.along);
            }
        }
        data_use = data_use.max(reading::iron_data_use(sector, materials, state));
    }
    sections.sort_by_key(|(part, _)| *part);
    let magnet_mean = if area > 0.0 { sum / area } else { 0.0 };
    FluxDensities {
        gap_fundamental,
        gap_mean: gap,
        gap_pull,
        sections,
        magnet: MagnetField::new(&magnet),
        magnet_mean,
        magnet_percentiles,
        data_use,
    }
}

/// The 1 % and the 5 % area percentile [T] of a slice at one position.
fn percentiles(points: &[reading::MagnetPoint], slice: usize) -> Option<[f64; 2]> {
    let of_slice = points.iter().filter(|p| p.at.slice == slice);
    let pairs: Vec<(f64, f64)> = of_slice.map(|p| (p.along, p.at.area)).collect();
    let at = |share| reading::area_percentile(&pairs, share);
    Some([at(0.01)?, at(0.05)?])
}
