//! One sector of the machine: both bodies, the map from nodes to unknowns, and the sparsity pattern.
//!
//! The unknowns are the vector potentials A [Wb/m] of the nodes, column by column, rows from the inner
//! boundary to the outer one. Turning the rotor, inside or outside the gap, by whole columns changes only
//! which unknown a rotor node is, so cells and pattern are made once.
//!
//! A machine with axial flux has several slices at different radii. Their grids have the same rows and
//! columns and no node in common; the unknowns of one slice follow those of the one before. Where a function
//! here takes no slice it speaks of what is the same in all of them.

use super::body::{BOUNDARY, Body, Pitch, Probe};
use super::mesh::MeshError;
use super::order::nested_dissection;
use super::plan::{BodyPlan, Section, SectorPlan};
use super::sparse::{Pattern, SparseError};

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
    /// Slices of one machine have grids of different rows.
    #[error("the slices of the machine have grids with {0} and {1} rows")]
    Slices(usize, usize),
    /// A section end lies outside its body.
    #[error("the section at {place} leaves its body")]
    Section {
        /// Where.
        place: &'static str,
    },
}

/// Both bodies and what they share.
#[derive(Debug)]
pub struct Sector {
    /// Columns of a slice of the sector.
    pub columns: usize,
    /// Unknowns of a column.
    pub rows: usize,
    /// Slices: one for a machine with radial flux.
    pub slices: usize,
    /// Number of sectors in the machine.
    pub sectors: usize,
    /// Sign with which the field repeats from sector to sector.
    pub sign: f64,
    /// Length for which a slice stands [m]: the axial length of a machine with radial flux.
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
    /// Radius in the machine of the middle of the air gap of each slice [m].
    pub mid_gap_radii: Vec<f64>,
    /// Share of the conductors of a coil side that lie in it.
    pub coil_share: f64,
    /// Radius at which slices are drawn over their radius in the machine.
    pub enlargement: f64,
    /// Length of the air gap [m].
    pub gap: f64,
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
    /// When a body has no valid grid, a section leaves its body or slices do not match.
    pub fn new(plan: &SectorPlan) -> Result<Self, SectorError> {
        let rotors = pitches(plan, |p| (&p.rotor, &p.rotor_sections))?;
        let stators = pitches(plan, |p| (&p.stator, &p.stator_sections))?;
        let (rotor_rows, stator_rows) = (rows(&rotors)?, rows(&stators)?);
        // The last node row of a body is its boundary, unless flux crosses it.
        let kept = |rows: usize, body: &BodyPlan| rows + usize::from(body.mirrored);
        let (rotor_kept, stator_kept) = (
            kept(rotor_rows, &plan.rotor),
            kept(stator_rows, &plan.stator),
        );
        let inner = if plan.rotor_outside {
            stator_kept
        } else {
            rotor_kept
        };
        // Node rows count from the middle of the gap, unknown rows from the innermost one.
        let numbered = |rows: usize, kept: usize, outside: bool| -> Vec<u32> {
            (0..=rows)
                .map(|i| match (i >= kept, outside) {
                    (true, _) => BOUNDARY,
                    (false, true) => (inner - 1 + i) as u32,
                    (false, false) => (inner - 1 - i) as u32,
                })
                .collect()
        };
        let blocks = Blocks {
            slices: rotors.len(),
            columns: plan.columns,
            rows: rotor_kept + stator_kept - 1,
        };
        let pattern = blocks.pattern()?;
        let surface = |pitch: &Pitch| pitch.mesh.rho[[pitch.mesh.gap_rows, 0]];
        let gap = (surface(&rotors[0]) - surface(&stators[0])).abs();
        let middle = rotors.iter().map(|p| p.mesh.rho[[0, 0]] / plan.enlargement);
        let mid_gap_radii = middle.collect();
        let body = |body: &BodyPlan, slices, rows, node_row: Vec<u32>| Body {
            slices,
            rows,
            columns: plan.columns / body.pitches,
            pitches: body.pitches,
            alternating: body.alternating,
            entries: blocks.entries(&pattern, &node_row),
            node_row,
        };
        let rotor_row = numbered(rotor_rows, rotor_kept, plan.rotor_outside);
        let stator_row = numbered(stator_rows, stator_kept, !plan.rotor_outside);
        Ok(Self {
            columns: plan.columns,
            rows: blocks.rows,
            slices: blocks.slices,
            sectors: plan.sectors,
            sign: plan.sign,
            length: plan.length,
            rotor: body(&plan.rotor, rotors, rotor_rows, rotor_row),
            stator: body(&plan.stator, stators, stator_rows, stator_row),
            rotor_outside: plan.rotor_outside,
            pattern,
            mid_gap_row: inner - 1,
            mid_gap_radii,
            coil_share: plan.coil_share,
            enlargement: plan.enlargement,
            gap,
        })
    }

    /// Number of unknowns.
    pub fn unknowns(&self) -> usize {
        self.slices * self.columns * self.rows
    }

    /// The slice in the middle.
    pub fn middle(&self) -> usize {
        self.slices / 2
    }

    /// Length for which all slices of all sectors stand [m]: areas of a sector, summed over the slices, times
    /// this are volumes of the machine.
    pub fn metres(&self) -> f64 {
        self.length * self.sectors as f64
    }

    /// A body of the sector.
    pub fn body(&self, side: Side) -> &Body {
        match side {
            Side::Rotor => &self.rotor,
            Side::Stator => &self.stator,
        }
    }

    /// Column of the sector and sign of a body column that may lie beyond the sector.
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

    /// First unknown of a column of a slice.
    pub fn first_of_column(&self, slice: usize, column: usize) -> usize {
        (slice * self.columns + column) * self.rows
    }

    /// Unknown and sign of a node of a body in a slice, by node row and body column (beyond the sector it
    /// wraps), with the rotor turned by `shift` columns; nothing on the boundary.
    pub fn unknown(
        &self,
        (slice, side): (usize, Side),
        row: usize,
        column: usize,
        shift: usize,
    ) -> Option<(usize, f64)> {
        let shift = if side == Side::Rotor { shift } else { 0 };
        let (column, sign) = self.wrap(column + shift);
        let row = self.body(side).unknown_row(row)?;
        Some((self.first_of_column(slice, column) + row, sign))
    }

    /// Potential at a probe of one pitch of a slice.
    pub fn potential(
        &self,
        a: &[f64],
        body: (usize, Side),
        probe: &Probe,
        pitch: usize,
        shift: usize,
    ) -> f64 {
        let Body {
            columns, pitches, ..
        } = *self.body(body.1);
        let column =
            ((pitch + 2 * pitches) as isize + probe.pitch_offset) as usize * columns + probe.column;
        // Two whole sectors were added so that an offset of -1 stays positive: their signs cancel.
        probe
            .weights
            .iter()
            .enumerate()
            .filter_map(|(n, w)| {
                self.unknown(body, probe.row + n % 2, column + n / 2, shift)
                    .map(|(u, s)| w * s * a[u])
            })
            .sum()
    }

    /// Load vector of one conductor of a coil side of the stator that carries one ampere, in every slice:
    /// (unknown, share).
    pub fn coil_vector(&self, pitch: usize, side: usize) -> Vec<(usize, f64)> {
        let mut vector = vec![];
        for (slice, cut) in self.stator.slices.iter().enumerate() {
            let body = (slice, Side::Stator);
            vector.extend(
                cut.cells.coils[side]
                    .iter()
                    .filter_map(|&(row, column, share)| {
                        self.unknown(body, row, pitch * self.stator.columns + column, 0)
                            .map(|(u, s)| (u, s * share * self.coil_share))
                    }),
            );
        }
        vector
    }

    /// What could not be fitted on either body.
    pub fn fallbacks(&self) -> impl Iterator<Item = &'static str> + '_ {
        let pitches = self.rotor.slices.iter().chain(&self.stator.slices);
        pitches.flat_map(|pitch| pitch.mesh.fallbacks.iter().copied())
    }
}

/// One pitch of a body in every slice.
fn pitches(
    plan: &SectorPlan,
    of: impl Fn(&SectorPlan) -> (&BodyPlan, &Vec<Section>),
) -> Result<Vec<Pitch>, SectorError> {
    plan.slices()
        .map(|slice| {
            let (body, sections) = of(slice);
            if body.pitches == 0 || !plan.columns.is_multiple_of(body.pitches) {
                return Err(SectorError::Columns {
                    columns: plan.columns,
                    pitches: body.pitches,
                });
            }
            Pitch::new(body, plan.columns / body.pitches, sections)
        })
        .collect()
}

/// Cell rows of a body, which all slices share.
fn rows(slices: &[Pitch]) -> Result<usize, SectorError> {
    let rows = slices[0].mesh.rows();
    let other = slices.iter().map(|p| p.mesh.rows()).find(|r| *r != rows);
    other.map_or(Ok(rows), |other| Err(SectorError::Slices(rows, other)))
}

/// Unknowns of the slices, block by block.
struct Blocks {
    slices: usize,
    columns: usize,
    rows: usize,
}

impl Blocks {
    /// The column after some others in the same block, cyclic.
    fn on(&self, column: usize, by: usize) -> usize {
        let first = column / self.columns * self.columns;
        first + (column - first + by) % self.columns
    }

    /// The nine-point pattern of cyclic grids, lower triangle by columns.
    fn pattern(&self) -> Result<Pattern, SparseError> {
        let rows = self.rows;
        let mut start = vec![0];
        let mut index = vec![];
        // One block; the others are like it.
        for j in 0..self.columns {
            for i in 0..rows {
                let own = j * rows + i;
                let mut below: Vec<usize> = [self.columns - 1, 0, 1]
                    .iter()
                    .flat_map(|dj| {
                        let jj = self.on(j, *dj);
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
        let order = nested_dissection(self.columns, rows);
        Pattern::new(self.slices, start, index, Some(order))
    }

    /// Positions of the entries of every cell of a body in the pattern.
    fn entries(&self, pattern: &Pattern, node_row: &[u32]) -> Vec<[u32; 10]> {
        let cell_rows = node_row.len() - 1;
        let columns = self.slices * self.columns;
        let mut all = Vec::with_capacity(columns * cell_rows);
        for j in 0..columns {
            for i in 0..cell_rows {
                let node = |n: usize| {
                    let r = node_row[i + n % 2];
                    (r != BOUNDARY).then(|| self.on(j, n / 2) * self.rows + r as usize)
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
}
