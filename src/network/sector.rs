//! One sector of the machine: both bodies, the map from nodes to unknowns, and the sparsity pattern.
//!
//! The unknowns are the vector potentials A [Wb/m] of the nodes, column by column, rows from the inner
//! boundary to the outer one. Turning the rotor, inside or outside the gap, by whole columns changes only
//! which unknown a rotor node is, so cells and pattern are made once.

use super::cell::{PitchCells, pitch_cells};
use super::mesh::{MeshError, PitchMesh, pitch_mesh};
use super::plan::{BodyPlan, Section, SectorPlan};
use super::sparse::{Pattern, SparseError};
use crate::geometry::Point;

/// A sector that cannot be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SectorError {
    /// A body has no valid grid.
    #[error(transparent)]
    Mesh(#[from] MeshError),
    /// The linear algebra refused the pattern.
    #[error(transparent)]
    Sparse(#[from] SparseError),
    /// The columns do not divide into the pitches.
    #[error("{columns} grid columns do not divide into {pitches} pitches")]
    Columns {
        /// Columns of the sector.
        columns: usize,
        /// Pitches of the body.
        pitches: usize,
    },
    /// A section end lies outside its body.
    #[error("the section at {place} leaves its body")]
    Section {
        /// Where.
        place: &'static str,
    },
}

/// Marks a node that lies on the boundary, where the potential is zero.
const BOUNDARY: u32 = u32::MAX;

/// One body of the sector.
#[derive(Debug)]
pub struct Body {
    /// Cells of one pitch.
    pub cells: PitchCells,
    /// Nodes of one pitch.
    pub mesh: PitchMesh,
    /// Number of pitches in the sector.
    pub pitches: usize,
    /// Whether the magnetisation changes sign from pitch to pitch.
    pub alternating: bool,
    /// For each global column and cell row: positions of the ten entries of the cell's matrix.
    entries: Vec<[u32; 10]>,
    /// Global row of each node row, or the boundary.
    node_row: Vec<u32>,
    /// Sections, each with its two ends.
    pub sections: Vec<(Section, Probe, Probe)>,
}

/// A point of a body at which the potential is interpolated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probe {
    /// Pitches by which the point lies beside the pitch that is asked for.
    pub pitch_offset: isize,
    /// Cell row.
    pub row: usize,
    /// Cell column in the pitch.
    pub column: usize,
    /// Weights of the four nodes.
    pub weights: [f64; 4],
}

/// Both bodies and what they share.
#[derive(Debug)]
pub struct Sector {
    /// Columns of the sector.
    pub columns: usize,
    /// Unknowns of a column.
    pub rows: usize,
    /// Number of sectors in the machine.
    pub sectors: usize,
    /// Sign with which the field repeats from sector to sector.
    pub sign: f64,
    /// Axial length [m].
    pub length: f64,
    /// The rotor.
    pub rotor: Body,
    /// The stator.
    pub stator: Body,
    /// Whether the rotor lies outside the gap.
    pub rotor_outside: bool,
    /// Pattern of the reluctance matrix.
    pub pattern: Pattern,
    /// Unknown row of the middle of the air gap.
    pub mid_gap_row: usize,
    /// Radius of the middle of the air gap [m].
    pub mid_gap_radius: f64,
    /// Radii between which the air gap lies [m].
    pub gap: (f64, f64),
}

/// Which of the ten entries of a symmetric 4 × 4 matrix belongs to nodes (a, b), a >= b.
pub(super) const PAIRS: [(usize, usize); 10] = [
    (0, 0),
    (1, 0),
    (1, 1),
    (2, 0),
    (2, 1),
    (2, 2),
    (3, 0),
    (3, 1),
    (3, 2),
    (3, 3),
];

/// A body, and which of the two it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Turns.
    Rotor,
    /// Stands.
    Stator,
}

impl Sector {
    /// Builds the sector of a plan.
    ///
    /// # Errors
    /// When a body has no valid grid or a section leaves its body.
    pub fn new(plan: &SectorPlan) -> Result<Self, SectorError> {
        let prepare = |body: &BodyPlan| -> Result<(PitchMesh, PitchCells), SectorError> {
            if body.pitches == 0 || !plan.columns.is_multiple_of(body.pitches) {
                return Err(SectorError::Columns {
                    columns: plan.columns,
                    pitches: body.pitches,
                });
            }
            let mesh = pitch_mesh(body, plan.columns / body.pitches)?;
            let cells = pitch_cells(body, &mesh);
            Ok((mesh, cells))
        };
        let (rotor_mesh, rotor_cells) = prepare(&plan.rotor)?;
        let (stator_mesh, stator_cells) = prepare(&plan.stator)?;
        let inner_rows = if plan.rotor_outside {
            stator_mesh.rows()
        } else {
            rotor_mesh.rows()
        };
        let rows = rotor_mesh.rows() + stator_mesh.rows() - 1;
        // Node rows count from the middle of the gap, unknown rows from the innermost one; the last node
        // row of each body is its boundary.
        let numbered = |mesh: &PitchMesh, outside: bool| -> Vec<u32> {
            let last = mesh.rows();
            (0..=last)
                .map(|i| match (i == last, outside) {
                    (true, _) => BOUNDARY,
                    (false, true) => (inner_rows - 1 + i) as u32,
                    (false, false) => (inner_rows - 1 - i) as u32,
                })
                .collect()
        };
        let rotor_row = numbered(&rotor_mesh, plan.rotor_outside);
        let stator_row = numbered(&stator_mesh, !plan.rotor_outside);
        let pattern = pattern(plan.columns, rows)?;
        let surface = |mesh: &PitchMesh| mesh.rho[[mesh.gap_rows, 0]];
        let (rotor_surface, bore) = (surface(&rotor_mesh), surface(&stator_mesh));
        let gap = (rotor_surface.min(bore), rotor_surface.max(bore));
        let mid_gap_radius = rotor_mesh.rho[[0, 0]];
        let body =
            |body: &BodyPlan, mesh: PitchMesh, cells, node_row: Vec<u32>, sections: &[Section]| {
                let entries = entries(&pattern, plan.columns, rows, &node_row);
                let sections = sections
                    .iter()
                    .map(|s| {
                        let missing = SectorError::Section { place: s.place };
                        let a = probe(&mesh, body.pitch, s.from).ok_or_else(|| missing.clone())?;
                        let b = probe(&mesh, body.pitch, s.to).ok_or(missing)?;
                        Ok((s.clone(), a, b))
                    })
                    .collect::<Result<Vec<_>, SectorError>>()?;
                Ok::<Body, SectorError>(Body {
                    cells,
                    mesh,
                    pitches: body.pitches,
                    alternating: body.alternating,
                    entries,
                    node_row,
                    sections,
                })
            };
        let rotor = body(
            &plan.rotor,
            rotor_mesh,
            rotor_cells,
            rotor_row,
            &plan.rotor_sections,
        )?;
        let stator = body(
            &plan.stator,
            stator_mesh,
            stator_cells,
            stator_row,
            &plan.stator_sections,
        )?;
        Ok(Self {
            columns: plan.columns,
            rows,
            sectors: plan.sectors,
            sign: plan.sign,
            length: plan.length,
            rotor,
            stator,
            rotor_outside: plan.rotor_outside,
            pattern,
            mid_gap_row: inner_rows - 1,
            mid_gap_radius,
            gap,
        })
    }

    /// Number of unknowns.
    pub fn unknowns(&self) -> usize {
        self.columns * self.rows
    }

    /// A body of the sector.
    pub fn body(&self, side: Side) -> &Body {
        match side {
            Side::Rotor => &self.rotor,
            Side::Stator => &self.stator,
        }
    }

    /// Global column and sign of a body column that may lie beyond the sector.
    pub fn wrap(&self, column: usize) -> (usize, f64) {
        let turns = column / self.columns;
        (
            column % self.columns,
            if self.sign < 0.0 && turns % 2 == 1 {
                -1.0
            } else {
                1.0
            },
        )
    }

    /// Unknown and sign of a node of a body, by node row and body column (beyond the sector it wraps),
    /// with the rotor turned by `shift` columns; nothing on the boundary.
    pub fn unknown(
        &self,
        side: Side,
        row: usize,
        column: usize,
        shift: usize,
    ) -> Option<(usize, f64)> {
        let shift = if side == Side::Rotor { shift } else { 0 };
        let (global, sign) = self.wrap(column + shift);
        let node_row = self.body(side).node_row[row];
        (node_row != BOUNDARY).then(|| (global * self.rows + node_row as usize, sign))
    }

    /// Potential at a probe of one pitch.
    pub fn potential(
        &self,
        a: &[f64],
        side: Side,
        probe: &Probe,
        pitch: usize,
        shift: usize,
    ) -> f64 {
        let body = self.body(side);
        let width = body.cells.columns;
        let column = ((pitch + 2 * body.pitches) as isize + probe.pitch_offset) as usize * width
            + probe.column;
        // Two whole sectors were added so that an offset of -1 stays positive: their signs cancel.
        probe
            .weights
            .iter()
            .enumerate()
            .filter_map(|(n, w)| {
                self.unknown(side, probe.row + n % 2, column + n / 2, shift)
                    .map(|(u, s)| w * s * a[u])
            })
            .sum()
    }

    /// Load vector of one coil side of the stator carrying one ampere: (unknown, share).
    pub fn coil_vector(&self, pitch: usize, side: usize) -> Vec<(usize, f64)> {
        let width = self.stator.cells.columns;
        self.stator.cells.coils[side]
            .iter()
            .filter_map(|&(row, column, share)| {
                self.unknown(Side::Stator, row, pitch * width + column, 0)
                    .map(|(u, s)| (u, s * share))
            })
            .collect()
    }

    /// What could not be fitted on either body.
    pub fn fallbacks(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.rotor
            .mesh
            .fallbacks
            .iter()
            .chain(&self.stator.mesh.fallbacks)
            .copied()
    }
}

impl Body {
    /// The positions of a cell's entries in the matrix.
    pub(super) fn entries(&self, row: usize, global_column: usize) -> &[u32; 10] {
        &self.entries[global_column * self.cells.rows + row]
    }
    /// Global row of a node row, or nothing on the boundary.
    pub(super) fn unknown_row(&self, row: usize) -> Option<usize> {
        let r = self.node_row[row];
        (r != BOUNDARY).then_some(r as usize)
    }
}

/// The nine-point pattern of a cyclic grid, lower triangle by columns.
fn pattern(columns: usize, rows: usize) -> Result<Pattern, SparseError> {
    let mut start = vec![0];
    let mut index = vec![];
    for j in 0..columns {
        for i in 0..rows {
            let own = j * rows + i;
            let mut below: Vec<usize> = [columns - 1, 0, 1]
                .iter()
                .flat_map(|dj| {
                    let jj = (j + dj) % columns;
                    (i.saturating_sub(1)..(i + 2).min(rows)).map(move |ii| jj * rows + ii)
                })
                .filter(|&other| other >= own)
                .collect();
            below.sort_unstable();
            below.dedup();
            index.extend(below);
            start.push(index.len());
        }
    }
    Pattern::new(start, index)
}

fn entries(pattern: &Pattern, columns: usize, rows: usize, node_row: &[u32]) -> Vec<[u32; 10]> {
    let cell_rows = node_row.len() - 1;
    let mut all = Vec::with_capacity(columns * cell_rows);
    for j in 0..columns {
        for i in 0..cell_rows {
            let node = |n: usize| {
                let r = node_row[i + n % 2];
                (r != BOUNDARY).then(|| ((j + n / 2) % columns) * rows + r as usize)
            };
            all.push(std::array::from_fn(|k| {
                let (a, b) = PAIRS[k];
                match (node(a), node(b)) {
                    (Some(a), Some(b)) => pattern
                        .position(a.max(b), a.min(b))
                        .map_or(BOUNDARY, |p| p as u32),
                    _ => BOUNDARY,
                }
            }));
        }
    }
    all
}

/// Finds the cell of a pitch that holds a point, and the weights of its nodes.
fn probe(mesh: &PitchMesh, pitch: f64, at: Point) -> Option<Probe> {
    let offset = (at.angle() / pitch).round();
    let (rho, phi) = (at.radius(), at.angle() - offset * pitch);
    let mut best: Option<(f64, Probe)> = None;
    for i in 0..mesh.rows() {
        for j in 0..mesh.columns() {
            let Some((xi, eta)) = invert(mesh, i, j, rho, phi) else {
                continue;
            };
            let outside = (-xi).max(xi - 1.0).max(-eta).max(eta - 1.0).max(0.0);
            if outside < 1e-3 && best.as_ref().is_none_or(|(known, _)| outside < *known) {
                let (x, e) = (xi.clamp(0.0, 1.0), eta.clamp(0.0, 1.0));
                let weights = [(1.0 - x) * (1.0 - e), x * (1.0 - e), (1.0 - x) * e, x * e];
                best = Some((
                    outside,
                    Probe {
                        pitch_offset: offset as isize,
                        row: i,
                        column: j,
                        weights,
                    },
                ));
            }
        }
    }
    best.map(|(_, p)| p)
}

/// Logical coordinates of a point in a cell by Newton's method on the bilinear map.
fn invert(mesh: &PitchMesh, i: usize, j: usize, rho: f64, phi: f64) -> Option<(f64, f64)> {
    let r = |a: usize, b: usize| mesh.rho[[i + a, j + b]];
    let p = |a: usize, b: usize| mesh.phi[[i + a, j + b]];
    let scale = (r(1, 0) - r(0, 0)).abs().max((r(0, 1) - r(0, 0)).abs());
    let reach = |t: &dyn Fn(usize, usize) -> f64, v: f64, slack: f64| {
        let all = [t(0, 0), t(1, 0), t(0, 1), t(1, 1)];
        let (lo, hi) = all
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |a, &x| {
                (a.0.min(x), a.1.max(x))
            });
        v >= lo - slack && v <= hi + slack
    };
    if !reach(&r, rho, 0.01 * scale) || !reach(&p, phi, 0.01 * (p(0, 1) - p(0, 0)).abs()) {
        return None;
    }
    let (mut x, mut e) = (0.5, 0.5);
    for _ in 0..30 {
        let bilinear = |t: &dyn Fn(usize, usize) -> f64| {
            let value = (1.0 - x) * (1.0 - e) * t(0, 0)
                + x * (1.0 - e) * t(1, 0)
                + (1.0 - x) * e * t(0, 1)
                + x * e * t(1, 1);
            let dx = (1.0 - e) * (t(1, 0) - t(0, 0)) + e * (t(1, 1) - t(0, 1));
            let de = (1.0 - x) * (t(0, 1) - t(0, 0)) + x * (t(1, 1) - t(1, 0));
            (value, dx, de)
        };
        let ((fr, rx, re), (fp, px, pe)) = (bilinear(&r), bilinear(&p));
        let det = rx * pe - re * px;
        if det == 0.0 {
            return None;
        }
        let (dr, dp) = (rho - fr, phi - fp);
        let (sx, se) = ((dr * pe - dp * re) / det, (dp * rx - dr * px) / det);
        (x, e) = (x + sx, e + se);
        if sx.abs() + se.abs() < 1e-12 {
            break;
        }
    }
    Some((x, e))
}
