//! The solved field cell by cell, for those who draw it.

use super::assembly::{flux_density, for_each_cell_of, node_potentials};
use super::cell::{Matter, medium_at};
use super::newton::State;
use super::plan::{Medium, SectorPlan};
use super::sector::{Sector, Side};
use crate::geometry::Point;

/// One grid cell of the sector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Body that it belongs to.
    pub side: Side,
    /// Pitch of the body: pole or slot.
    pub pitch: usize,
    /// Centre, in the frame of the stator [m]; of a flat slice the place along its circumference and the height
    /// above the middle of the gap.
    pub centre: Point,
    /// Area [m²].
    pub area: f64,
    /// Mean flux density along the axes of the centre [T].
    pub flux_density: [f64; 2],
    /// Mean of the vector potentials of its nodes [Wb/m].
    pub potential: f64,
    /// What lies at its centre.
    pub medium: Medium,
    /// Share of iron in it: neither 0 nor 1 where an outline cuts the cell.
    pub iron_share: f64,
}

/// All cells of the slice in the middle of a sector, rotor first. `plan` is the plan of which the sector was
/// made. Cells of the rotor stand where the rotor has turned to, beyond the edge of the stator's sector if
/// need be.
pub fn cells(sector: &Sector, plan: &SectorPlan, state: &State) -> Vec<Cell> {
    let slice = sector.middle();
    let plan = plan.slices().nth(slice).unwrap_or(plan);
    let column = std::f64::consts::TAU / (sector.sectors * sector.columns) as f64;
    let column = column / sector.enlargement;
    let mid_gap = sector.mid_gap_radii[slice] * sector.enlargement;
    let flat = sector.enlargement != 1.0;
    let mut found = vec![];
    for side in [Side::Rotor, Side::Stator] {
        let (body, turned) = match side {
            Side::Rotor => (&plan.rotor, column * state.shift as f64),
            Side::Stator => (&plan.stator, 0.0),
        };
        for_each_cell_of(sector, (slice, side), state.shift, |cell| {
            let a = node_potentials(cell, &state.a);
            let middle = body.pitch * (cell.pitch as f64 + 0.5) + turned;
            let mut sums = [0.0; 6];
            for p in cell.points {
                let [radial, tangential] = flux_density(p, &a);
                let (s, c) = (p.phi + middle).sin_cos();
                let (x, y) = if flat {
                    (tangential, radial)
                } else {
                    (radial * c - tangential * s, radial * s + tangential * c)
                };
                let values = [1.0, p.rho, p.phi, x, y, iron_share(&p.matter)];
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += p.area * value;
                }
            }
            let area = sums[0];
            let [_, rho, phi, x, y, iron_share] = sums.map(|sum| sum / area);
            found.push(Cell {
                side,
                pitch: cell.pitch,
                centre: if flat {
                    Point::new(mid_gap * (phi + middle), rho - mid_gap)
                } else {
                    Point::polar(rho, phi + middle)
                },
                area,
                flux_density: [x, y],
                potential: a.iter().sum::<f64>() / 4.0,
                medium: medium_at(body, Point::polar(rho, phi)),
                iron_share,
            });
        });
    }
    found
}

fn iron_share(matter: &Matter) -> f64 {
    match *matter {
        Matter::Linear { .. } => 0.0,
        Matter::Iron { .. } => 1.0,
        Matter::Laminate { share, .. } => share,
    }
}
