//! What is read off a solved field: torque, flux densities in gap, sections and magnets.

use super::assembly::{flux_density, for_each_cell, node_potentials};
use super::cell::{GaussPoint, Matter};
use super::newton::{Materials, State};
use super::plan::Part;
use super::sector::{Sector, Side};
use crate::unit::MU_0;

/// Torque of the whole machine on the rotor [N m] from the stress in the air gap.
///
/// A. Arkkio, "Analysis of induction motors based on the numerical solution of the magnetic field and
/// circuit equations", Acta Polytechnica Scandinavica El 59, Helsinki 1987:
/// T = L / (µ0 (r_s - r_r)) ∫ r B_r B_φ dS over the air gap, with r as in the machine where a slice is drawn
/// larger.
pub fn gap_torque(sector: &Sector, state: &State) -> f64 {
    let sum = over_gap(sector, state, |rho, [br, bt]| rho * br * bt);
    // The stress acts on the body inside the gap; the one outside feels the opposite.
    let sense = if sector.rotor_outside { -1.0 } else { 1.0 };
    sense * sum / sector.enlargement * sector.metres() / (MU_0 * sector.gap)
}

/// Pull across the gap [N], summed over all gaps for which the slices stand: positive where stator and rotor attract
/// each other.
///
/// The stress at right angles to a surface in air, σ = (B_n² - B_t²) / 2 µ0 (J. C. Maxwell, A Treatise on Electricity
/// and Magnetism, 1873), on the planes between the faces of a flat gap, on each of which it sums to the same force, as
/// the mean of all of them, in the manner of [`gap_torque`]. Around a gap that is not flat the sum has no direction.
pub fn gap_pull(sector: &Sector, state: &State) -> f64 {
    let sum = over_gap(sector, state, |_, [br, bt]| br * br - bt * bt);
    sum * sector.metres() / (2.0 * MU_0 * sector.gap)
}

/// Integral over the air gap of a sector, summed over the slices, of what is made of the drawn radius [m] and the flux
/// density [T].
fn over_gap(sector: &Sector, state: &State, of: impl Fn(f64, [f64; 2]) -> f64) -> f64 {
    let mut sum = 0.0;
    for side in [Side::Rotor, Side::Stator] {
        let rows = sector.body(side).slices[0].mesh.gap_rows;
        for_each_cell(sector, side, state.shift, |cell| {
            if cell.row < rows {
                let a = node_potentials(cell, &state.a);
                for p in cell.points {
                    sum += p.area * of(p.rho, flux_density(p, &a));
                }
            }
        });
    }
    sum
}

/// Largest mean flux density [T] over the slices and pitches of a body in the sections of each part.
pub fn section_flux_densities(sector: &Sector, state: &State) -> Vec<(Part, f64)> {
    let mut found: Vec<(Part, f64)> = vec![];
    for side in [Side::Rotor, Side::Stator] {
        let body = sector.body(side);
        let slices = body.slices.iter().enumerate();
        for (slice, (section, from, to)) in
            slices.flat_map(|(k, slice)| slice.sections.iter().map(move |s| (k, s)))
        {
            let width = section.from.distance(section.to);
            for pitch in 0..body.pitches {
                let at =
                    |probe| sector.potential(&state.a, (slice, side), probe, pitch, state.shift);
                let b = ((at(to) - at(from)) / width).abs();
                match found.iter_mut().find(|(part, _)| *part == section.part) {
                    Some((_, most)) => *most = most.max(b),
                    None => found.push((section.part, b)),
                }
            }
        }
    }
    found
}

/// One Gauss point in a cell that lies wholly in a magnet, and the flux density there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MagnetPoint {
    /// Flux density along the magnetisation [T].
    pub along: f64,
    /// Where it is.
    pub at: MagnetPlace,
}

/// Where a Gauss point of a magnet is. It turns with the rotor and is the same in every field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MagnetPlace {
    /// Index among the Gauss points of the rotor.
    pub index: usize,
    /// Area [m²].
    pub area: f64,
    /// Radius at which it is drawn [m].
    pub rho: f64,
    /// Angle from the centre of its pole at which it is drawn [rad].
    pub phi: f64,
    /// Radius [m] and angle from the centre of its pole [rad] in the machine, around its axis.
    pub place: (f64, f64),
    /// Pole it lies in.
    pub pole: usize,
    /// Slice it lies in.
    pub slice: usize,
}

/// Cosine of the angle between the magnetisations of two points of one piece at least: less than those of two pieces of a
/// Halbach array of eight pieces a pole, which stand 22.5 degrees apart.
const SAME_PIECE: f64 = 0.95;

/// Whether pieces of magnet with different directions meet in a cell: its one potential cannot hold their kink either.
fn holds_a_joint(points: &[GaussPoint; 4]) -> bool {
    let direction = |p: &GaussPoint| match p.matter {
        Matter::Linear { m, .. } => m.map(|x| x / m[0].hypot(m[1])),
        _ => [1.0, 0.0],
    };
    let first = direction(&points[0]);
    points[1..]
        .iter()
        .map(direction)
        .any(|other| first[0] * other[0] + first[1] * other[1] < SAME_PIECE)
}

/// Flux density along the magnetisation at every Gauss point whose cell lies wholly in a magnet.
pub fn magnet_points(sector: &Sector, state: &State) -> Vec<MagnetPoint> {
    let mut points = vec![];
    for_each_cell(sector, Side::Rotor, state.shift, |cell| {
        // One bilinear potential spans a cell; where the magnet ends inside it, the values at its Gauss
        // points lean to either side of the truth, so such cells are left out.
        if !cell.points.iter().all(|p| p.all_magnet) || holds_a_joint(cell.points) {
            return;
        }
        let a = node_potentials(cell, &state.a);
        for (k, p) in cell.points.iter().enumerate() {
            let Matter::Linear { m, .. } = p.matter else {
                continue;
            };
            let b = flux_density(p, &a);
            // The direction: a share of magnet below one shortens its mean.
            let length = m[0].hypot(m[1]);
            let along = cell.magnet_sign * (b[0] * m[0] + b[1] * m[1]) / length;
            let at = MagnetPlace {
                index: cell.rotor_index + k,
                area: p.area,
                rho: p.rho,
                phi: p.phi,
                place: if sector.enlargement == 1.0 {
                    (p.rho, p.phi)
                } else {
                    let radius = sector.mid_gap_radii[cell.slice];
                    (radius, p.phi * sector.enlargement)
                },
                pole: cell.pitch,
                slice: cell.slice,
            };
            points.push(MagnetPoint { along, at });
        }
    });
    points
}

/// Largest flux density in any part of the iron relative to the limit of its material data: above one
/// the solution leans on the extrapolated curve.
pub fn iron_data_use(sector: &Sector, materials: &Materials, state: &State) -> f64 {
    let mut most: f64 = 0.0;
    for side in [Side::Rotor, Side::Stator] {
        for_each_cell(sector, side, state.shift, |cell| {
            let a = node_potentials(cell, &state.a);
            for p in cell.points {
                if let Matter::Iron { steel } = p.matter {
                    let b = flux_density(p, &a);
                    most = most.max(b[0].hypot(b[1]) / materials.steels[steel].data_limit);
                }
            }
        });
    }
    most
}

/// The value below which the given share of the area lies.
pub fn area_percentile(values: &[(f64, f64)], share: f64) -> Option<f64> {
    let mut sorted: Vec<(f64, f64)> = values.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = sorted.iter().map(|v| v.1).sum();
    let mut below = 0.0;
    for (value, area) in &sorted {
        below += area;
        if below >= share * total {
            return Some(*value);
        }
    }
    sorted.last().map(|v| v.0)
}
