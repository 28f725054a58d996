//! The field where losses arise: in iron, in coil sides, in magnets, place by place.

use super::assembly::{flux_density, for_each_cell_of, node_potentials, points};
use super::cell::Matter;
use super::newton::State;
use super::plan::Part;
use super::sector::{Sector, Side};

/// What a spot is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuff {
    /// Laminated steel, by index into the steels of the problem.
    Iron(usize),
    /// A coil side.
    Coil,
    /// A magnet, by its region in the plan of the pitch.
    Magnet(usize),
}

/// One place of a pitch where the field is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Index of its Gauss point in the pitch.
    at: usize,
    /// What it is made of.
    pub stuff: Stuff,
    /// Area of that stuff [m²].
    pub area: f64,
    /// Radius at which it is drawn [m].
    pub rho: f64,
    /// Angle from the centre of the pitch [rad].
    pub phi: f64,
    /// Direction of magnetisation, local components; zero where there is no magnet.
    pub m: [f64; 2],
}

/// The field at a spot.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reading {
    /// Flux density in iron or coil, radial and tangential [T]. In steel it is that of the lamination
    /// stack, insulation included; for a magnet that of the whole neighbourhood.
    pub b: [f64; 2],
    /// Vector potential [Wb/m].
    pub a: f64,
}

/// The spots of one pitch of a body in a slice, in the order of its Gauss points.
pub fn spots(sector: &Sector, (slice, side): (usize, Side)) -> Vec<Spot> {
    let cells = &sector.body(side).slices[slice].cells;
    let mut spots = vec![];
    for (at, p) in cells.points.iter().flatten().enumerate() {
        let mut push = |stuff, share: f64, m| {
            if share > 1e-6 {
                spots.push(Spot {
                    at,
                    stuff,
                    area: share * p.area,
                    rho: p.rho,
                    phi: p.phi,
                    m,
                });
            }
        };
        let (iron, magnet, m) = match p.matter {
            Matter::Iron { steel } => (Some((steel, 1.0)), 0.0, [0.0; 2]),
            Matter::Laminate {
                steel,
                share,
                magnet,
                m,
                ..
            } => (Some((steel, share)), (1.0 - share) * magnet, m),
            Matter::Linear { magnet, m } => (None, magnet, m),
        };
        if let Some((steel, share)) = iron {
            push(Stuff::Iron(steel), share, [0.0; 2]);
        }
        if let Some(block) = p.block {
            push(Stuff::Magnet(block), magnet, m);
        }
        // Beside iron one bilinear potential cannot hold the kink: what it leaves to the coil there is the
        // error of what it gives to the tooth. The field of a slot is read where only coil is.
        if iron.is_none() && p.coil > 1.0 - 1e-6 {
            push(Stuff::Coil, 1.0, [0.0; 2]);
        }
    }
    spots
}

/// The field at every spot of a body in a slice, pitch by pitch.
pub fn read(
    sector: &Sector,
    (slice, side): (usize, Side),
    spots: &[Spot],
    state: &State,
) -> Vec<Reading> {
    let body = sector.body(side);
    let per_pitch = 4 * body.rows * body.columns;
    let before = slice * body.pitches * per_pitch;
    let layers = match side {
        Side::Rotor => 0,
        Side::Stator => points(sector, Side::Rotor),
    };
    let mut readings = vec![Reading::default(); spots.len() * body.pitches];
    for_each_cell_of(sector, (slice, side), state.shift, |cell| {
        let first = cell.rotor_index - before - cell.pitch * per_pitch;
        let from = spots.partition_point(|s| s.at < first);
        let of_cell = spots[from..].iter().take_while(|s| s.at < first + 4);
        let a = node_potentials(cell, &state.a);
        for (k, spot) in of_cell.enumerate() {
            let n = spot.at - first;
            let p = &cell.points[n];
            let b = flux_density(p, &a);
            let layer = state.layer[layers + cell.rotor_index + n];
            readings[cell.pitch * spots.len() + from + k] = Reading {
                b: within(spot.stuff, (&p.matter, p.room), b, layer),
                a: potential(n, &a),
            };
        }
    });
    readings
}

/// Flux density in the iron of a laminate: what crosses the layers is common, what runs along them is what
/// the layer carries. What crosses a coil around the
/// machine has room beside it.
fn within(stuff: Stuff, (matter, room): (&Matter, f64), b: [f64; 2], layer: f64) -> [f64; 2] {
    if stuff == Stuff::Coil {
        return [b[0], b[1] / room];
    }
    let (Stuff::Iron(_), Matter::Laminate { normal, .. }) = (stuff, matter) else {
        return b;
    };
    let [nr, nt] = *normal;
    let across = b[0] * nr + b[1] * nt;
    [across * nr - layer * nt, across * nt + layer * nr]
}

/// Potential at a Gauss point from those of the nodes.
fn potential(point: usize, a: &[f64; 4]) -> f64 {
    let offset = |high: bool| 0.5 + if high { 0.5 } else { -0.5 } / 3.0_f64.sqrt();
    let (x, e) = (offset(point % 2 == 1), offset(point / 2 == 1));
    (1.0 - x) * (1.0 - e) * a[0] + x * (1.0 - e) * a[1] + (1.0 - x) * e * a[2] + x * e * a[3]
}

/// Radii between which the sections of a part of a body lie in a slice, as it is drawn [m]; nothing where it
/// has none.
pub fn extent(sector: &Sector, (slice, side): (usize, Side), part: Part) -> Option<(f64, f64)> {
    let sections = sector.body(side).slices[slice].sections.iter();
    sections
        .filter(|(section, ..)| section.part == part)
        .map(|(section, ..)| (section.from.radius(), section.to.radius()))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
}
