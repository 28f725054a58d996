//! The field along the middle of the air gap at one rotor position, and its waves.

use super::assembly::{flux_density, for_each_cell_of, node_potentials};
use super::newton::State;
use super::sector::{Sector, Side};
use std::f64::consts::TAU;

/// Flux density in the middle of the air gap, as means over the width of a grid column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// Mechanical angle of the middle of the column [rad]; zero is the edge at which the first slot pitch
    /// begins.
    pub angle: f64,
    /// Radial flux density, outward [T].
    pub radial: f64,
    /// Tangential flux density, counter-clockwise [T].
    pub tangential: f64,
}

/// Direction of a flux density.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    /// Outward.
    Radial,
    /// Counter-clockwise.
    Tangential,
}

/// One wave around the machine: amplitude · cos(order · angle - phase).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wave {
    /// Periods in a turn of the machine.
    pub order: usize,
    /// Amplitude [T].
    pub amplitude: f64,
    /// Phase [rad], from -π to π.
    pub phase: f64,
}

/// The field along the middle of the air gap.
#[derive(Debug, Clone, PartialEq)]
pub struct GapField {
    /// One sector.
    samples: Vec<Sample>,
    /// Sectors of the machine.
    sectors: usize,
    /// Sign with which the field repeats.
    sign: f64,
    /// Radius [m].
    pub radius: f64,
}

impl GapField {
    /// Reads it from a solved field; of a machine with several slices that of the one in the middle.
    pub fn of(sector: &Sector, state: &State) -> Self {
        Self::of_slice(sector, sector.middle(), state)
    }

    /// Reads that of a slice. What is called radial is axial in a machine with axial flux.
    pub fn of_slice(sector: &Sector, slice: usize, state: &State) -> Self {
        let step = TAU / (sector.sectors * sector.columns) as f64;
        let radial = radial_means(sector, slice, state);
        let tangential = tangential_means(sector, slice, state);
        let samples = radial.into_iter().zip(tangential).enumerate();
        Self {
            samples: samples
                .map(|(j, (radial, tangential))| Sample {
                    angle: step * (j as f64 + 0.5),
                    radial,
                    tangential,
                })
                .collect(),
            sectors: sector.sectors,
            sign: sector.sign,
            radius: sector.mid_gap_radii[slice],
        }
    }

    /// Around the whole machine.
    pub fn samples(&self) -> impl Iterator<Item = Sample> + '_ {
        let pitch = TAU / self.sectors as f64;
        (0..self.sectors).flat_map(move |k| {
            let sign = if k % 2 == 1 { self.sign } else { 1.0 };
            self.samples.iter().map(move |s| Sample {
                angle: s.angle + pitch * k as f64,
                radial: sign * s.radial,
                tangential: sign * s.tangential,
            })
        })
    }

    /// Highest order that the grid tells apart well: four columns a period.
    pub fn highest_order(&self) -> usize {
        self.samples.len() * self.sectors / 4
    }

    /// One wave of the field.
    pub fn wave(&self, component: Component, order: usize) -> Wave {
        let of = |s: &Sample| match component {
            Component::Radial => s.radial,
            Component::Tangential => s.tangential,
        };
        let values: Vec<f64> = self.samples.iter().map(of).collect();
        wave(&values, (self.sectors, self.sign), order)
    }
}

/// Amplitude [T] of a harmonic of the flux density across the gap in its middle, the mean of the slices;
/// `order` counts periods around the whole circumference.
pub fn gap_harmonic(sector: &Sector, state: &State, order: usize) -> f64 {
    let of = |slice| {
        let values = radial_means(sector, slice, state);
        wave(&values, (sector.sectors, sector.sign), order).amplitude
    };
    (0..sector.slices).map(of).sum::<f64>() / sector.slices as f64
}

/// Mean magnitude [T] of the flux density across the gap in its middle, the mean of the slices.
pub fn gap_mean(sector: &Sector, state: &State) -> f64 {
    let of = |slice| {
        let values = radial_means(sector, slice, state);
        values.iter().map(|b| b.abs()).sum::<f64>() / values.len() as f64
    };
    (0..sector.slices).map(of).sum::<f64>() / sector.slices as f64
}

/// B_r = (1/r) dA/dφ: its mean over a column is the difference of the potentials at the ends, exactly.
fn radial_means(sector: &Sector, slice: usize, state: &State) -> Vec<f64> {
    let step = TAU / (sector.sectors * sector.columns) as f64;
    let potential = |column: usize| {
        let (column, sign) = sector.wrap(column);
        sign * state.a[sector.first_of_column(slice, column) + sector.mid_gap_row]
    };
    (0..sector.columns)
        .map(|j| (potential(j + 1) - potential(j)) / (sector.mid_gap_radii[slice] * step))
        .collect()
}

/// Mean over the two cells that meet in the middle of the gap, one of each body.
fn tangential_means(sector: &Sector, slice: usize, state: &State) -> Vec<f64> {
    let mut means = vec![0.0; sector.columns];
    for side in [Side::Rotor, Side::Stator] {
        for_each_cell_of(sector, (slice, side), state.shift, |cell| {
            // Node row 0 is the middle of the gap, which is never a boundary.
            let Some((unknown, sign)) = cell.nodes[0].filter(|_| cell.row == 0) else {
                return;
            };
            let a = node_potentials(cell, &state.a);
            let (mut sum, mut area) = (0.0, 0.0);
            for p in cell.points {
                sum += p.area * flux_density(p, &a)[1];
                area += p.area;
            }
            let column = unknown / sector.rows - slice * sector.columns;
            means[column] += 0.5 * sign * sum / area;
        });
    }
    means
}

/// A wave of means over the columns of a sector that repeats with a sign. The mean over a column is
/// weaker than the wave by sin x / x, x half the column in radians of the wave, which is undone.
fn wave(values: &[f64], (sectors, sign): (usize, f64), order: usize) -> Wave {
    let half_waves = 2 * order / sectors;
    let repeats =
        (2 * order).is_multiple_of(sectors) && half_waves.is_multiple_of(2) == (sign > 0.0);
    let columns = values.len();
    let step = TAU / (sectors * columns) as f64;
    let (mut cosine, mut sine) = (0.0, 0.0);
    if repeats {
        for (j, value) in values.iter().enumerate() {
            let (s, c) = (order as f64 * step * (j as f64 + 0.5)).sin_cos();
            cosine += value * c;
            sine += value * s;
        }
    }
    let half = 0.5 * order as f64 * step;
    let scale = 2.0 / columns as f64 * if order == 0 { 0.5 } else { half / half.sin() };
    Wave {
        order,
        amplitude: scale * cosine.hypot(sine),
        phase: sine.atan2(cosine),
    }
}

#[cfg(test)]
mod tests {
    use super::{Component, GapField, Sample};
    use std::f64::consts::{PI, TAU};

    /// Means over columns of two waves, on a sector that repeats with a change of sign.
    fn field() -> GapField {
        let (sectors, columns) = (4, 30);
        let step = TAU / f64::from(sectors * columns);
        let mean = |order: f64, phase: f64, j: i32| {
            let at = |angle: f64| (order * angle - phase).sin() / order;
            (at(step * f64::from(j + 1)) - at(step * f64::from(j))) / step
        };
        let samples = (0..columns).map(|j| Sample {
            angle: step * (f64::from(j) + 0.5),
            radial: mean(2.0, 0.3, j) + 0.2 * mean(10.0, -2.0, j),
            tangential: 0.1 * mean(6.0, 1.0, j),
        });
        GapField {
            samples: samples.collect(),
            sectors: 4,
            sign: -1.0,
            radius: 0.1,
        }
    }

    #[test]
    fn waves_are_found_with_amplitude_and_phase() {
        let field = field();
        for (component, order, amplitude, phase) in [
            (Component::Radial, 2, 1.0, 0.3),
            (Component::Radial, 10, 0.2, -2.0),
            (Component::Tangential, 6, 0.1, 1.0),
        ] {
            let found = field.wave(component, order);
            assert!((found.amplitude - amplitude).abs() < 1e-12, "{found:?}");
            assert!((found.phase - phase).abs() < 1e-12, "{found:?}");
        }
        for order in [0, 1, 3, 4, 5, 6, 8, 12, 14] {
            assert!(field.wave(Component::Radial, order).amplitude < 1e-12);
        }
    }

    #[test]
    fn the_samples_go_round_and_change_sign() {
        let field = field();
        let all: Vec<Sample> = field.samples().collect();
        assert_eq!(all.len(), 120);
        for (a, b) in all.iter().zip(&all[30..]) {
            assert!((b.angle - a.angle - PI / 2.0).abs() < 1e-12);
            assert_eq!((b.radial, b.tangential), (-a.radial, -a.tangential));
        }
    }
}
