//! Nodes of one pitch of a body: rows along curves, columns along control lines.

use super::plan::{BodyPlan, ControlLine, Spacing};
use crate::geometry::{Curve, segment_angle_at_radius};
use ndarray::Array2;

/// Rows of a pitch counted from the middle of the air gap, columns counter-clockwise.
#[derive(Debug, Clone)]
pub struct PitchMesh {
    /// Radius of each node [m], (rows + 1) × (columns + 1).
    pub rho: Array2<f64>,
    /// Angle of each node from the pitch centre [rad], same shape.
    pub phi: Array2<f64>,
    /// Number of cell rows that lie in the air gap.
    pub gap_rows: usize,
    /// What could not be fitted, in words; empty if every line and curve is followed.
    pub fallbacks: Vec<&'static str>,
}

/// A mesh that cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum MeshError {
    /// A cell has no area even on the plain polar grid.
    #[error("grid cell in row {row}, column {column} of a pitch has no area")]
    EmptyCell {
        /// Row from the air gap.
        row: usize,
        /// Column.
        column: usize,
    },
}

impl PitchMesh {
    /// Number of cell rows.
    pub fn rows(&self) -> usize {
        self.rho.nrows() - 1
    }
    /// Number of cell columns.
    pub fn columns(&self) -> usize {
        self.rho.ncols() - 1
    }
}

/// Smallest acceptable ratio of the least to the mean Jacobian of a cell; below it a cell is so skewed
/// that its flux paths lock.
const LEAST_JACOBIAN_RATIO: f64 = 0.25;

/// Largest shift in a row, as a share of its height, of a line that goes back to its even place. Gentle,
/// since rows may be steep where it leaves its edge.
const RELAXATION: f64 = 0.4;

/// Makes the nodes of a pitch with `columns` columns. When fitted lines or curves would skew a cell too
/// far, as few lines as possible are dropped (and this is said in `fallbacks`, since it costs accuracy),
/// down to the plain polar grid.
///
/// # Errors
/// [`MeshError::EmptyCell`] when even that has a cell without area.
pub fn pitch_mesh(plan: &BodyPlan, columns: usize) -> Result<PitchMesh, MeshError> {
    let mut subsets: Vec<u32> = (0..1 << plan.lines.len()).collect();
    subsets.sort_by_key(|kept| plan.lines.len() as u32 - kept.count_ones());
    for kept in subsets {
        let lines: Vec<&ControlLine> = plan
            .lines
            .iter()
            .enumerate()
            .filter(|(i, _)| kept >> i & 1 == 1)
            .map(|(_, line)| line)
            .collect();
        let mesh = lay(plan, &plan.curves, &plan.spacing, &lines, columns);
        if worst_cell(&mesh).0 > LEAST_JACOBIAN_RATIO {
            let complete = lines.len() == plan.lines.len();
            let dropped = if complete {
                vec![]
            } else {
                vec!["a grid column could not follow its edge"]
            };
            return Ok(PitchMesh {
                fallbacks: dropped,
                ..mesh
            });
        }
    }
    let (curves, spacing) = circles_only(plan, columns);
    let mesh = lay(plan, &curves, &spacing, &[], columns);
    let (ratio, row, column) = worst_cell(&mesh);
    if ratio > 0.0 {
        Ok(PitchMesh {
            fallbacks: vec!["grid rows could not follow the magnet pocket"],
            ..mesh
        })
    } else {
        Err(MeshError::EmptyCell { row, column })
    }
}

/// The circles among the curves, with rows about as high as a column is wide.
fn circles_only(plan: &BodyPlan, columns: usize) -> (Vec<Curve>, Vec<Spacing>) {
    let curves: Vec<Curve> = plan
        .curves
        .iter()
        .filter(|c| c.constant().is_some())
        .cloned()
        .collect();
    let radius = |c: &Curve| c.constant().unwrap_or(0.0);
    let width = radius(&curves[0]) * plan.pitch / columns as f64;
    let gap = (radius(&curves[0]) - radius(&curves[1])).abs();
    let graded = Spacing::Graded {
        first: 1.05 * gap,
        coarsest: 1.1 * width,
        growth: f64::INFINITY,
    };
    let spacing = vec![graded; curves.len() - 1];
    (curves, spacing)
}

/// Shares of the way from one curve to the next at which rows lie, the last being 1.
fn row_shares(spacing: Spacing, from: f64, to: f64, gap_surface: f64) -> Vec<f64> {
    match spacing {
        Spacing::Equal(n) => (1..=n.max(1)).map(|i| i as f64 / n.max(1) as f64).collect(),
        Spacing::Graded {
            first,
            coarsest,
            growth,
        } => {
            let step_at = |t: f64| {
                let r = from + t * (to - from);
                let outward = (r - gap_surface) * (to - from).signum();
                let distance = outward.max(0.0);
                (first + 0.30 * distance).min(coarsest * (1.0 + distance / growth))
            };
            let pieces = 400;
            let span = (to - from).abs();
            let mut sum = vec![0.0];
            for i in 0..pieces {
                let t = (i as f64 + 0.5) / f64::from(pieces);
                sum.push(sum[i as usize] + span / f64::from(pieces) / step_at(t));
            }
            let total = sum[pieces as usize];
            let n = (total.round() as usize).max(1);
            (1..=n)
                .map(|i| {
                    let want = total * i as f64 / n as f64;
                    let k = sum.partition_point(|&s| s < want).clamp(1, pieces as usize);
                    let inside = (want - sum[k - 1]) / (sum[k] - sum[k - 1]);
                    if i == n {
                        1.0
                    } else {
                        ((k - 1) as f64 + inside) / f64::from(pieces)
                    }
                })
                .collect()
        }
    }
}

/// Chooses a column for each line: the nearest even one, each at least one beside its neighbours.
fn choose_columns(lines: &[&ControlLine], pitch: f64, columns: usize) -> Vec<Option<f64>> {
    let even = pitch / columns as f64;
    let half = columns as f64 / 2.0;
    let base = half.fract();
    let mut taken: Vec<f64> = vec![];
    lines
        .iter()
        .map(|line| {
            let j = (line.nominal / even - base).round() + base;
            let free = j > 0.25 && j < half - 0.25 && !taken.contains(&j);
            free.then(|| {
                taken.push(j);
                j
            })
        })
        .collect()
}

fn lay(
    plan: &BodyPlan,
    curves: &[Curve],
    spacing: &[Spacing],
    lines: &[&ControlLine],
    columns: usize,
) -> PitchMesh {
    let half = columns as f64 / 2.0;
    let even = plan.pitch / columns as f64;
    let chosen = choose_columns(lines, plan.pitch, columns);
    let active: Vec<(f64, &ControlLine)> = lines
        .iter()
        .zip(&chosen)
        .filter_map(|(line, j)| j.map(|j| (j, *line)))
        .collect();
    let mut at: Vec<f64> = active.iter().map(|(j, _)| j * even).collect();
    let gap_surface = curves[1].radius_at(0.0);

    let mut rho_rows: Vec<Vec<f64>> = vec![];
    let mut phi_rows: Vec<Vec<f64>> = vec![];
    let even_row: Vec<f64> = (0..=columns).map(|j| (j as f64 - half) * even).collect();
    rho_rows.push(even_row.iter().map(|&p| curves[0].radius_at(p)).collect());
    phi_rows.push(even_row);
    let mut gap_rows = 0;
    for band in 0..curves.len() - 1 {
        let (a, b) = (&curves[band], &curves[band + 1]);
        let shares = row_shares(
            spacing[band],
            a.radius_at(0.0),
            b.radius_at(0.0),
            gap_surface,
        );
        if band == 0 {
            gap_rows = shares.len();
        }
        let mut before = 0.0;
        for &t in &shares {
            let mut previous_edge = 0.0;
            for (k, (j, line)) in active.iter().enumerate() {
                let rho_before = a.radius_at(at[k]) * (1.0 - before) + b.radius_at(at[k]) * before;
                let rho = a.radius_at(at[k]) * (1.0 - t) + b.radius_at(at[k]) * t;
                let circles = a.constant().is_some() && b.constant().is_some();
                let height = (rho - rho_before).abs() / rho.max(1e-9);
                let (target, reach) = match target_angle(line, band, t, rho, circles) {
                    Some(target) => (target, line.shear_limit * height),
                    None => (j * even, RELAXATION * height),
                };
                let wanted = target.clamp(at[k] - reach, at[k] + reach);
                // Never closer to a neighbour than a fraction of an even column.
                at[k] = wanted
                    .max(previous_edge + 0.15 * even)
                    .min(plan.pitch / 2.0 - 0.15 * even);
                previous_edge = at[k];
            }
            before = t;
            let phi: Vec<f64> = (0..=columns)
                .map(|j| place(j as f64 - half, &active, &at, half, plan.pitch))
                .collect();
            rho_rows.push(
                phi.iter()
                    .map(|&p| a.radius_at(p) * (1.0 - t) + b.radius_at(p) * t)
                    .collect(),
            );
            phi_rows.push(phi);
        }
    }
    let shape = (rho_rows.len(), columns + 1);
    let table = |rows: Vec<Vec<f64>>| Array2::from_shape_fn(shape, |(i, j)| rows[i][j]);
    PitchMesh {
        rho: table(rho_rows),
        phi: table(phi_rows),
        gap_rows,
        fallbacks: vec![],
    }
}

/// Where a line wants to be at the share `t` of the way across `band`, if it follows anything there.
fn target_angle(line: &ControlLine, band: usize, t: f64, rho: f64, circles: bool) -> Option<f64> {
    let at_end = t == 1.0;
    let followed = line.stretches.iter().find_map(|s| {
        let inside = s.from_curve <= band && s.to_curve > band;
        let touches = at_end && s.from_curve <= band + 1 && s.to_curve > band + 1;
        if !inside && !touches {
            return None;
        }
        if circles {
            Some(segment_angle_at_radius(s.from, s.to, rho))
        } else {
            let share =
                (band as f64 + t - s.from_curve as f64) / (s.to_curve - s.from_curve) as f64;
            Some(s.from.towards(s.to, share.clamp(0.0, 1.0)).angle())
        }
    });
    // Outside the gap a line already moves towards the edge that it follows next.
    followed.or_else(|| {
        let next = line.stretches.iter().find(|s| s.from_curve > band)?;
        (band > 0).then(|| next.from.angle())
    })
}

/// Angle of the column at offset `o` from the centre: linear between the centre, the control lines and
/// the end of the pitch, and odd in `o`.
fn place(o: f64, active: &[(f64, &ControlLine)], at: &[f64], half: f64, pitch: f64) -> f64 {
    let (magnitude, sign) = (o.abs(), o.signum());
    let (mut j0, mut p0) = (0.0, 0.0);
    for ((j, _), p) in active.iter().zip(at) {
        if magnitude <= *j {
            return sign * (p0 + (magnitude - j0) / (j - j0) * (p - p0));
        }
        (j0, p0) = (*j, *p);
    }
    sign * (p0 + (magnitude - j0) / (half - j0) * (pitch / 2.0 - p0))
}

/// The cell with the least ratio of least to mean Jacobian: (ratio, row, column).
fn worst_cell(mesh: &PitchMesh) -> (f64, usize, usize) {
    let mut worst = (f64::INFINITY, 0, 0);
    for i in 0..mesh.rows() {
        for j in 0..mesh.columns() {
            let det = gauss_jacobians(mesh, i, j);
            let mean = det.iter().sum::<f64>() / 4.0;
            let least = det
                .iter()
                .fold(f64::INFINITY, |a, &d| a.min(d * mean.signum()));
            let ratio = if mean == 0.0 { 0.0 } else { least / mean.abs() };
            // All cells of a body have the same orientation; a flipped one is inverted.
            let ratio = if mean.signum() == orientation(mesh) {
                ratio
            } else {
                -1.0
            };
            if ratio < worst.0 {
                worst = (ratio, i, j);
            }
        }
    }
    worst
}

fn orientation(mesh: &PitchMesh) -> f64 {
    (mesh.rho[[1, 0]] - mesh.rho[[0, 0]]).signum()
}

/// Jacobian of the map (row, column) → (rho, phi) at the four Gauss points of a cell.
fn gauss_jacobians(mesh: &PitchMesh, i: usize, j: usize) -> [f64; 4] {
    let r = |a: usize, b: usize| mesh.rho[[i + a, j + b]];
    let p = |a: usize, b: usize| mesh.phi[[i + a, j + b]];
    let mix = |t: f64, a: f64, b: f64| a + t * (b - a);
    let det = |xi: f64, eta: f64| {
        let (dr_x, dp_x) = (
            mix(eta, r(1, 0) - r(0, 0), r(1, 1) - r(0, 1)),
            mix(eta, p(1, 0) - p(0, 0), p(1, 1) - p(0, 1)),
        );
        let (dr_e, dp_e) = (
            mix(xi, r(0, 1) - r(0, 0), r(1, 1) - r(1, 0)),
            mix(xi, p(0, 1) - p(0, 0), p(1, 1) - p(1, 0)),
        );
        dr_x * dp_e - dr_e * dp_x
    };
    let (low, high) = (0.5 - 0.5 / 3.0_f64.sqrt(), 0.5 + 0.5 / 3.0_f64.sqrt());
    [
        det(low, low),
        det(high, low),
        det(low, high),
        det(high, high),
    ]
}
