//! One body of a sector, and the points of it at which the potential is read.

use super::cell::{PitchCells, pitch_cells};
use super::mesh::{MeshError, PitchMesh, pitch_mesh};
use super::plan::{BodyPlan, Section};
use super::sector::SectorError;
use crate::geometry::Point;

/// Marks a node that lies on the boundary, where the potential is zero.
pub(super) const BOUNDARY: u32 = u32::MAX;

/// One pitch of a body in one slice.
#[derive(Debug)]
pub struct Pitch {
    /// Its cells.
    pub cells: PitchCells,
    /// Its nodes.
    pub mesh: PitchMesh,
    /// Sections, each with its two ends.
    pub sections: Vec<(Section, Probe, Probe)>,
}

/// One body of the sector.
#[derive(Debug)]
pub struct Body {
    /// One pitch of each slice.
    pub slices: Vec<Pitch>,
    /// Cell rows.
    pub rows: usize,
    /// Cell columns of a pitch.
    pub columns: usize,
    /// Number of pitches in the sector.
    pub pitches: usize,
    /// Whether the magnetisation changes sign from pitch to pitch.
    pub alternating: bool,
    /// For each column, slice by slice, and cell row: positions of the ten entries of the cell's matrix.
    pub(super) entries: Vec<[u32; 10]>,
    /// Row of unknowns of each node row, or the boundary.
    pub(super) node_row: Vec<u32>,
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

impl Pitch {
    /// One pitch of a plan with so many columns and the sections of the plan.
    pub(super) fn new(
        body: &BodyPlan,
        columns: usize,
        sections: &[Section],
    ) -> Result<Self, SectorError> {
        let mesh = pitch_mesh(body, columns).map_err(|e: MeshError| SectorError::from(e))?;
        let cells = pitch_cells(body, &mesh);
        let sections = sections
            .iter()
            .map(|s| {
                let missing = SectorError::Section { place: s.place };
                let a = probe(&mesh, body.pitch, s.from).ok_or_else(|| missing.clone())?;
                let b = probe(&mesh, body.pitch, s.to).ok_or(missing)?;
                Ok((s.clone(), a, b))
            })
            .collect::<Result<Vec<_>, SectorError>>()?;
        Ok(Self {
            cells,
            mesh,
            sections,
        })
    }
}

impl Body {
    /// The positions of a cell's entries in the matrix; columns count on from slice to slice.
    pub(super) fn entries(&self, row: usize, column: usize) -> &[u32; 10] {
        &self.entries[column * self.rows + row]
    }
    /// Whether it ends in a plane of symmetry, which flux crosses, and not where flux ends.
    pub fn bounds_by_symmetry(&self) -> bool {
        self.node_row.last().is_some_and(|row| *row != BOUNDARY)
    }
    /// Row of unknowns of a node row, or nothing on the boundary.
    pub(super) fn unknown_row(&self, row: usize) -> Option<usize> {
        let r = self.node_row[row];
        (r != BOUNDARY).then_some(r as usize)
    }
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
