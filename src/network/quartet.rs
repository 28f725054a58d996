//! The four Gauss points of a cell side by side: the innermost loop of every solution, in a form that a processor takes
//! several points at a time. Where iron or air fills the cell it is a fraction of what is kept of a point for other uses.
//!
//! Every number is made in the order in which it would be made point by point, so that the sums are the same.

use super::cell::{GaussPoint, Matter};
use super::law::{IronLaw, NU_0, Response, SMALL, iron, linear};
use super::sector::PAIRS;

/// A number at each of the four points.
pub(super) type Lanes = [f64; 4];

/// What fills all four points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// One steel.
    Iron(usize),
    /// Nothing magnetic.
    Air,
    /// What has to be looked at point by point.
    Mixed,
}

/// The four points of a cell.
#[derive(Debug, Clone)]
pub struct Quartet {
    /// Radial flux density per potential [1/m], by node.
    radial: [Lanes; 4],
    /// Tangential flux density per potential [1/m], by node.
    tangential: [Lanes; 4],
    /// Area [m²].
    area: Lanes,
    /// What fills it.
    pub(super) filling: Filling,
}

/// Responses at the four points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Responses {
    energy: Lanes,
    h: [Lanes; 2],
    d: [Lanes; 3],
}

/// What a cell adds to the energy, the residual of its nodes and the lower triangle of the Hessian.
pub(super) struct Sums {
    pub(super) energy: Lanes,
    pub(super) r: [f64; 4],
    pub(super) k: [f64; 10],
}

#[inline(always)]
fn lanes(of: impl FnMut(usize) -> f64) -> Lanes {
    std::array::from_fn(of)
}

#[inline(always)]
fn sum(of: Lanes) -> f64 {
    0.0 + of[0] + of[1] + of[2] + of[3]
}

impl Quartet {
    /// The points of a cell.
    pub fn of(points: &[GaussPoint; 4]) -> Self {
        let filling = match points[0].matter {
            Matter::Iron { steel } => Filling::Iron(steel),
            Matter::Linear { magnet: 0.0, .. } if points[0].room == 1.0 => Filling::Air,
            _ => Filling::Mixed,
        };
        let same = |p: &GaussPoint| match (filling, p.matter) {
            (Filling::Iron(one), Matter::Iron { steel }) => one == steel,
            (Filling::Air, Matter::Linear { magnet, .. }) => magnet == 0.0 && p.room == 1.0,
            _ => false,
        };
        let by_node = |of: fn(&GaussPoint) -> &[f64; 4]| {
            std::array::from_fn(|node| lanes(|point| of(&points[point])[node]))
        };
        Self {
            radial: by_node(|p| &p.radial),
            tangential: by_node(|p| &p.tangential),
            area: lanes(|point| points[point].area),
            filling: if points.iter().all(same) {
                filling
            } else {
                Filling::Mixed
            },
        }
    }

    /// Flux densities, radial and tangential [T], by the potentials of the nodes.
    #[inline(always)]
    pub(super) fn flux_density(&self, a: &[f64; 4]) -> [Lanes; 2] {
        let of = |g: &[Lanes; 4]| {
            lanes(|i| g[0][i] * a[0] + g[1][i] * a[1] + g[2][i] * a[2] + g[3][i] * a[3])
        };
        [of(&self.radial), of(&self.tangential)]
    }

    /// The sums over the four points.
    #[inline(always)]
    pub(super) fn sums(&self, found: &Responses) -> Sums {
        let Responses { energy, h, d } = found;
        let (gr, gt, w) = (&self.radial, &self.tangential, &self.area);
        let r = std::array::from_fn(|n| {
            sum(lanes(|i| w[i] * (gr[n][i] * h[0][i] + gt[n][i] * h[1][i])))
        });
        let u: [Lanes; 4] =
            std::array::from_fn(|n| lanes(|i| d[0][i] * gr[n][i] + d[1][i] * gt[n][i]));
        let v: [Lanes; 4] =
            std::array::from_fn(|n| lanes(|i| d[1][i] * gr[n][i] + d[2][i] * gt[n][i]));
        let k =
            PAIRS.map(|(m, n)| sum(lanes(|i| w[i] * (gr[m][i] * u[n][i] + gt[m][i] * v[n][i]))));
        Sums {
            energy: lanes(|i| w[i] * energy[i]),
            r,
            k,
        }
    }
}

impl Responses {
    /// Point by point.
    #[inline(always)]
    pub(super) fn each(mut respond: impl FnMut(usize) -> Response) -> Self {
        let mut all = Self {
            energy: [0.0; 4],
            h: [[0.0; 4]; 2],
            d: [[0.0; 4]; 3],
        };
        for i in 0..4 {
            let one = respond(i);
            all.energy[i] = one.energy;
            for (lanes, value) in all.h.iter_mut().zip(one.h) {
                lanes[i] = value;
            }
            for (lanes, value) in all.d.iter_mut().zip(one.d) {
                lanes[i] = value;
            }
        }
        all
    }

    /// Of nothing magnetic.
    #[inline(always)]
    pub(super) fn air(b: &[Lanes; 2]) -> Self {
        Self::each(|i| linear(NU_0, [0.0; 2], [b[0][i], b[1][i]]))
    }

    /// Of one steel; as [`iron`] at each point.
    #[inline(always)]
    pub(super) fn iron(law: &IronLaw, [x, y]: &[Lanes; 2]) -> Self {
        let magnitude = lanes(|i| (x[i] * x[i] + y[i] * y[i]).sqrt());
        if magnitude.iter().any(|size| *size < SMALL) {
            return Self::each(|i| iron(law, [x[i], y[i]]));
        }
        let points = magnitude.map(|size| law.at(size));
        let nu = lanes(|i| points[i].h / magnitude[i]);
        let extra = lanes(|i| (points[i].slope - nu[i]) / (magnitude[i] * magnitude[i]));
        Self {
            energy: lanes(|i| points[i].energy),
            h: [lanes(|i| nu[i] * x[i]), lanes(|i| nu[i] * y[i])],
            d: [
                lanes(|i| nu[i] + extra[i] * x[i] * x[i]),
                lanes(|i| extra[i] * x[i] * y[i]),
                lanes(|i| nu[i] + extra[i] * y[i] * y[i]),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(g: [[f64; 4]; 2], area: f64, matter: Matter) -> GaussPoint {
        GaussPoint {
            radial: g[0],
            tangential: g[1],
            area,
            rho: 0.1,
            phi: 0.0,
            matter,
            room: 1.0,
            all_magnet: false,
            block: None,
            coil: 0.0,
        }
    }

    fn steel() -> IronLaw {
        let table = [
            (0.0, 0.0),
            (60.0, 0.6),
            (120.0, 1.1),
            (430.0, 1.4),
            (5600.0, 1.7),
        ];
        IronLaw::new(&table, 0.95).unwrap()
    }

    /// The sums as the formulas have them, point by point.
    fn one_by_one(points: &[GaussPoint; 4], a: &[f64; 4], matter: Matter) -> ([f64; 4], [f64; 10]) {
        let (mut r, mut k) = ([0.0; 4], [0.0; 10]);
        for p in points {
            let dot = |g: &[f64; 4]| g[0] * a[0] + g[1] * a[1] + g[2] * a[2] + g[3] * a[3];
            let b = [dot(&p.radial), dot(&p.tangential)];
            let Response { h, d, .. } = match matter {
                Matter::Iron { .. } => iron(&steel(), b),
                _ => linear(NU_0, [0.0; 2], b),
            };
            let (gr, gt) = (&p.radial, &p.tangential);
            for n in 0..4 {
                r[n] += p.area * (gr[n] * h[0] + gt[n] * h[1]);
            }
            for (entry, &(m, n)) in k.iter_mut().zip(&PAIRS) {
                let along = gr[m] * (d[0] * gr[n] + d[1] * gt[n]);
                *entry += p.area * (along + gt[m] * (d[1] * gr[n] + d[2] * gt[n]));
            }
        }
        (r, k)
    }

    proptest! {
        /// Side by side gives the same numbers as one by one, to the last bit.
        #[test]
        fn four_points_are_four_times_one(
            gradients in prop::array::uniform4(prop::array::uniform2(prop::array::uniform4(-1e3..1e3))),
            area in prop::array::uniform4(1e-9..1e-5),
            a in prop::array::uniform4(-3e-3..3e-3),
            zero in 0..6usize,
            of_iron: bool,
        ) {
            let matter = if of_iron {
                Matter::Iron { steel: 0 }
            } else {
                Matter::Linear { magnet: 0.0, m: [0.0; 2] }
            };
            // One point without a field, and all of them.
            let a = if zero == 0 { [0.0; 4] } else { a };
            let mut points: [GaussPoint; 4] =
                std::array::from_fn(|i| point(gradients[i], area[i], matter));
            if zero == 1 {
                points[2].radial = [0.0; 4];
                points[2].tangential = [0.0; 4];
            }
            let quartet = Quartet::of(&points);
            let b = quartet.flux_density(&a);
            let found = match quartet.filling {
                Filling::Iron(0) if of_iron => Responses::iron(&steel(), &b),
                Filling::Air if !of_iron => Responses::air(&b),
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            let sums = quartet.sums(&found);
            let (r, k) = one_by_one(&points, &a, matter);
            prop_assert_eq!(sums.r, r);
            prop_assert_eq!(sums.k, k);
        }
    }

    #[test]
    fn what_is_not_the_same_throughout_is_looked_at_point_by_point() {
        let air = Matter::Linear {
            magnet: 0.0,
            m: [0.0; 2],
        };
        let magnet = Matter::Linear {
            magnet: 1.0,
            m: [1.0, 0.0],
        };
        let iron = |steel| Matter::Iron { steel };
        let of = |matters: [Matter; 4]| {
            Quartet::of(&matters.map(|matter| point([[1.0; 4]; 2], 1e-6, matter))).filling
        };
        assert_eq!(of([iron(1); 4]), Filling::Iron(1));
        assert_eq!(of([air; 4]), Filling::Air);
        for other in [magnet, iron(0), iron(2)] {
            assert_eq!(of([air, air, air, other]), Filling::Mixed);
            assert_eq!(of([other, iron(1), iron(1), iron(1)]), Filling::Mixed);
        }
        assert_eq!(of([magnet; 4]), Filling::Mixed);
    }
}
