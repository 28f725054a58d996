//! Energy, residual and Hessian of a sector, cell by cell, and the view of a cell that readings share.

use super::cell::{GaussPoint, Matter};
use super::law::{Filler, NU_0, Response, iron, laminate, linear, linear_around};
use super::newton::Materials;
use super::quartet::{Filling, Quartet, Responses, Sums};
use super::sector::{PAIRS, Sector, Side};

pub(super) enum Model<'a> {
    Full(&'a mut [f64]),
    /// Iron of constant relative permeability, phases mixed by share: the start of a cold solution.
    Start,
}

/// A cell of the sector at a rotor position.
pub(super) struct CellView<'s> {
    /// Its Gauss points.
    pub points: &'s [GaussPoint; 4],
    /// The same side by side.
    quartet: &'s Quartet,
    /// Unknown and sign of each node; nothing on the boundary.
    pub nodes: [Option<(usize, f64)>; 4],
    /// Sign of its magnetisation.
    pub magnet_sign: f64,
    /// Positions of its matrix entries.
    entries: &'s [u32; 10],
    /// Index of its first Gauss point among those of its body.
    pub rotor_index: usize,
    /// Slice it lies in.
    pub slice: usize,
    /// Pitch it lies in.
    pub pitch: usize,
    /// Cell row.
    pub row: usize,
}

/// Visits every cell of a body, slice by slice.
pub(super) fn for_each_cell<'s>(
    sector: &'s Sector,
    side: Side,
    shift: usize,
    mut visit: impl FnMut(&CellView<'s>),
) {
    for slice in 0..sector.slices {
        for_each_cell_of(sector, (slice, side), shift, &mut visit);
    }
}

/// Visits every cell of a body in one slice.
pub(super) fn for_each_cell_of<'s>(
    sector: &'s Sector,
    (slice, side): (usize, Side),
    shift: usize,
    mut visit: impl FnMut(&CellView<'s>),
) {
    let body = sector.body(side);
    let (rows, width) = (body.rows, body.columns);
    let cells = &body.slices[slice].cells;
    let before = slice * sector.columns;
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
                    .map(|r| (sector.first_of_column(slice, column) + r, sign))
            };
            let (l, r) = ((left, left_sign), (right, right_sign));
            let (points, quartet) = cells.cell(row, column % width);
            visit(&CellView {
                points,
                quartet,
                nodes: [
                    node(row, l),
                    node(row + 1, l),
                    node(row, r),
                    node(row + 1, r),
                ],
                magnet_sign,
                entries: body.entries(row, before + left),
                rotor_index: ((before + column) * rows + row) * 4,
                slice,
                pitch,
                row,
            });
        }
    }
}

/// Number of Gauss points of a body.
pub(super) fn points(sector: &Sector, side: Side) -> usize {
    4 * sector.slices * sector.columns * sector.body(side).rows
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
pub(super) fn assemble(
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
    let rotor_points = points(sector, Side::Rotor);
    for side in [Side::Rotor, Side::Stator] {
        let base = if side == Side::Rotor { 0 } else { rotor_points };
        let kept = if side == Side::Rotor {
            materials.kept.as_deref()
        } else {
            None
        };
        for_each_cell(sector, side, shift, |cell| {
            let local = node_potentials(cell, a);
            let quartet = cell.quartet;
            let b = quartet.flux_density(&local);
            let found = match (&mut model, quartet.filling) {
                (Model::Full(_), Filling::Iron(steel)) => {
                    Responses::iron(&materials.steels[steel], &b)
                }
                (Model::Full(_), Filling::Air) => Responses::air(&b),
                (model, _) => Responses::each(|i| {
                    let b = [b[0][i], b[1][i]];
                    let magnetisation = materials.remanence
                        * cell.magnet_sign
                        * kept.map_or(1.0, |f| f[cell.rotor_index + i]);
                    let GaussPoint { matter, room, .. } = &cell.points[i];
                    match model {
                        Model::Full(layer) => {
                            let layer = &mut layer[base + cell.rotor_index + i];
                            respond(materials, (matter, *room), magnetisation, b, layer)
                        }
                        Model::Start => {
                            start_response(materials, (matter, *room), magnetisation, b)
                        }
                    }
                }),
            };
            let sums = quartet.sums(&found);
            for gained in sums.energy {
                energy += gained;
            }
            scatter(cell, &sums, values, residual);
        });
    }
    energy
}

fn scatter(cell: &CellView, sums: &Sums, values: &mut [f64], residual: &mut [f64]) {
    for (node, r) in cell.nodes.iter().zip(&sums.r) {
        if let Some((u, s)) = *node {
            residual[u] += s * r;
        }
    }
    for (&position, (&entry, &(m, n))) in cell.entries.iter().zip(sums.k.iter().zip(&PAIRS)) {
        if let (Some((_, sm)), Some((_, sn))) = (cell.nodes[m], cell.nodes[n]) {
            values[position as usize] += sm * sn * entry;
        }
    }
}

/// Response of whatever fills a Gauss point.
pub(super) fn respond(
    materials: &Materials,
    (matter, room): (&Matter, f64),
    remanence: f64,
    b: [f64; 2],
    layer: &mut f64,
) -> Response {
    match *matter {
        Matter::Iron { steel } => iron(&materials.steels[steel], b),
        Matter::Linear { magnet, m } => {
            let (nu, h) = filler(materials, (magnet, m), remanence, 1.0);
            if room == 1.0 {
                linear(nu, h, b)
            } else {
                let (around, _) = filler(materials, (magnet, m), remanence, room);
                linear_around([nu, around], h, b)
            }
        }
        // Flux along the layers is in the iron, so that room counts across them.
        Matter::Laminate {
            steel,
            share,
            normal: [nr, nt],
            magnet,
            m,
        } => {
            let (nu, h) = filler(materials, (magnet, m), remanence, room);
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

/// Reluctivity and magnet field of the part that is not iron. Where flux has more room than the length of the plan, each
/// metre of that length carries as many times more of it at the same field strength.
fn filler(
    materials: &Materials,
    (magnet, m): (f64, [f64; 2]),
    remanence: f64,
    room: f64,
) -> (f64, [f64; 2]) {
    let nu_magnet = NU_0 / materials.recoil_permeability;
    let h = nu_magnet * remanence;
    (
        (1.0 - magnet) * NU_0 / room + magnet * nu_magnet,
        [h * m[0], h * m[1]],
    )
}

fn start_response(
    materials: &Materials,
    (matter, room): (&Matter, f64),
    remanence: f64,
    b: [f64; 2],
) -> Response {
    let nu_iron = NU_0 / 1000.0;
    match *matter {
        Matter::Iron { .. } => linear(nu_iron, [0.0; 2], b),
        Matter::Linear { magnet, m } => {
            let (nu, h) = filler(materials, (magnet, m), remanence, room);
            linear(nu, h, b)
        }
        Matter::Laminate {
            share, magnet, m, ..
        } => {
            let (nu, h) = filler(materials, (magnet, m), remanence, room);
            let rest = 1.0 - share;
            linear(share * nu_iron + rest * nu, [rest * h[0], rest * h[1]], b)
        }
    }
}
