//! Exact fields of magnets opposite a smooth stator, by separation of variables in magnet and gap.
//!
//! Surface magnets: Z. Q. Zhu, D. Howe, E. Bolte, B. Ackermann, "Instantaneous magnetic field distribution
//! in brushless permanent magnet dc motors, part I: open-circuit field", IEEE Trans. Magn. 29 (1993)
//! 124-135; parallel and radial magnetisation as in Z. Q. Zhu, D. Howe, C. C. Chan, "Improved analytical
//! model for predicting the magnetic field distribution in brushless permanent-magnet machines", IEEE
//! Trans. Magn. 38 (2002) 229-238. Inset magnets: Z. Q. Zhu, D. Howe, Z. P. Xia, "Prediction of
//! open-circuit airgap field distribution in brushless machines having an inset permanent magnet rotor
//! topology", IEEE Trans. Magn. 30 (1994) 98-107; A. Rahideh, T. Korakianitis, "Analytical calculation of
//! open-circuit magnetic field distribution of slotless brushless PM machines", Int. J. Electr. Power
//! Energy Syst. 44 (2013) 99-114. Written here with the vector potential A of odd symmetry to the pole axis.

use dualcert::dense::{solve, use_one_thread};
use ndarray::{Array1, Array2};
use std::f64::consts::PI;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Direction {
    Radial,
    Parallel,
    /// So many pieces, each in one direction, turned by (1 - p) times the angle of its middle inside the gap, (1 + p)
    /// outside (Z. Q. Zhu, D. Howe, "Halbach permanent magnet machines and applications: a review", IEE Proc. Electr.
    /// Power Appl. 148 (2001) 299-308).
    Halbach(usize),
}

/// A rotor opposite a smooth stator; lengths in metres. An outer rotor has its seat beyond the bore.
#[derive(Debug, Clone)]
pub struct Rotor {
    pub pole_pairs: usize,
    /// Radius of the rotor iron below the magnets.
    pub seat: f64,
    /// Radius of the magnets towards the gap.
    pub top: f64,
    /// Radius of the stator.
    pub bore: f64,
    /// Magnet over pole pitch.
    pub arc: f64,
    pub direction: Direction,
    /// Whether iron fills the room between the magnets, up to their top.
    pub iron_between: bool,
    pub remanence: f64,
    pub recoil_permeability: f64,
    /// Modes of the magnet of an inset rotor; the gap has four times as many harmonics.
    pub modes: usize,
}

/// ∫ sin kθ sin νθ dθ from -b to b.
fn overlap(k: f64, nu: f64, b: f64) -> f64 {
    let half = |d: f64| if d.abs() < 1e-9 { b } else { (d * b).sin() / d };
    half(k - nu) - half(k + nu)
}

/// Slope at `at` of (r/wall)^k + (wall/r)^k over its value there: a solution without tangential field at
/// the iron `wall`.
fn slope(k: f64, wall: f64, at: f64) -> f64 {
    k / at * (k * (at / wall).ln()).tanh()
}

impl Rotor {
    /// Half the angle of a magnet [rad].
    fn half_arc(&self) -> f64 {
        self.arc * PI / (2 * self.pole_pairs) as f64
    }

    /// Amplitudes of the odd harmonics of the radial flux density in the middle of the gap [T]: the first
    /// is the fundamental, the second the third, and so on.
    pub fn gap_harmonics(&self, count: usize) -> Vec<f64> {
        let at_top = if self.iron_between {
            self.inset()
        } else {
            self.surface(count)
        };
        let middle = 0.5 * (self.top + self.bore);
        at_top
            .iter()
            .take(count)
            .enumerate()
            .map(|(n, potential)| {
                // A = G ((r/b)^k + (b/r)^k) sin kθ in the gap; B_r = (k/r) A.
                let k = self.order(n);
                let shape = |r: f64| (k * (r / self.bore).ln()).cosh();
                potential * shape(middle) / shape(self.top) * k / middle
            })
            .collect()
    }

    /// Tangential over radial amplitude of the harmonic of a number of periods around the machine in the
    /// middle of the gap. With A = G ((r/b)^k + (b/r)^k) sin kθ, B_r = (k/r) A cos kθ/sin kθ and
    /// B_θ = -dA/dr = -tanh(k ln(r/b)) (k/r) A.
    pub fn tangential_share(&self, order: usize) -> f64 {
        let middle = 0.5 * (self.top + self.bore);
        -(order as f64 * (middle / self.bore).ln()).tanh()
    }

    fn order(&self, n: usize) -> f64 {
        ((2 * n + 1) * self.pole_pairs) as f64
    }

    /// Slope at the top over 1 of the solution that is zero there and has the slope `s` at the seat.
    fn driven(&self, k: f64, s: f64) -> f64 {
        s * self.seat / self.top / (k * (self.seat / self.top).ln()).cosh()
    }

    /// Potential of the gap harmonics at the top of surface magnets [Wb/m].
    ///
    /// With the harmonics of µ0 M, µ0 M_r cos kθ and µ0 M_θ sin kθ, in the magnet ring
    /// A'' + A'/r - k² A/r² = -(µ0 M_θ + k µ0 M_r)/r, of which c r is a solution with
    /// c = (µ0 M_θ + k µ0 M_r)/(k² - 1). H_θ = -(A' + µ0 M_θ)/(µ0 µ) is zero at the seat and continuous at
    /// the top, and so is A.
    fn surface(&self, count: usize) -> Vec<f64> {
        let (b, p) = (self.half_arc(), self.pole_pairs as f64);
        (0..count)
            .map(|n| {
                let k = self.order(n);
                let scale = 2.0 * p / PI * self.remanence;
                let sine = |d: f64| (d * b).sin() / d;
                let (radial, tangential) = match self.direction {
                    Direction::Radial => (2.0 * scale * sine(k), 0.0),
                    Direction::Parallel => (
                        scale * (sine(k + 1.0) + sine(k - 1.0)),
                        scale * (sine(k + 1.0) - sine(k - 1.0)),
                    ),
                    Direction::Halbach(pieces) => {
                        let [radial, tangential] = self.pieces(k, pieces);
                        (scale * radial, scale * tangential)
                    }
                };
                let c = (tangential + k * radial) / (k * k - 1.0);
                let own = c + tangential + self.driven(k, -(c + tangential));
                let mu = self.recoil_permeability;
                let (gap, magnet) = (slope(k, self.bore, self.top), slope(k, self.seat, self.top));
                // Continuity of A: G = c r + x; of H_θ: (own + x g')/µ = G f'.
                let x = (own / mu - c * self.top * gap) / (gap - magnet / mu);
                c * self.top + x
            })
            .collect()
    }

    /// ∫ cos(α - θ) cos kθ dθ and ∫ sin(α - θ) sin kθ dθ over the pieces of a pole, each with its own α.
    fn pieces(&self, k: f64, count: usize) -> [f64; 2] {
        let (b, pairs) = (self.half_arc(), self.pole_pairs as f64);
        let turn = if self.seat > self.top {
            1.0 + pairs
        } else {
            1.0 - pairs
        };
        let mut sums = [0.0; 2];
        for piece in 0..count {
            let at = |n: usize| b * (2.0 * n as f64 / count as f64 - 1.0);
            let (from, to) = (at(piece), at(piece + 1));
            let alpha = turn * 0.5 * (from + to);
            // ∫ cos(α - θ ± kθ) dθ.
            let part = |d: f64| ((alpha + d * to).sin() - (alpha + d * from).sin()) / d;
            let (plus, minus) = (part(k - 1.0), part(-k - 1.0));
            sums[0] += 0.5 * (plus + minus);
            sums[1] += 0.5 * (minus - plus);
        }
        sums
    }

    /// Potential of the gap harmonics at the top of inset magnets [Wb/m].
    ///
    /// Between iron walls at ±b, where H_r is zero, A = g µ0 M r sin θ + Σ a_m g_m(r) sin ν_m θ + what the
    /// seat drives, cos ν_m b = 0, with g = 1/cos b for radial and 1 for parallel magnetisation. At the
    /// seat H_θ is zero. At the top H_θ of the gap is that of the magnet over its arc and zero on the iron,
    /// and A is continuous over the arc.
    fn inset(&self) -> Vec<f64> {
        let (b, p, mu) = (
            self.half_arc(),
            self.pole_pairs as f64,
            self.recoil_permeability,
        );
        use_one_thread();
        let harmonics = 4 * self.modes;
        let (particular, source) = match self.direction {
            Direction::Radial => (self.remanence / b.cos(), self.remanence / b.cos()),
            Direction::Parallel => (self.remanence, 0.0),
            Direction::Halbach(_) => unreachable!("an array has no iron between its poles"),
        };
        let modes: Vec<f64> = (0..self.modes)
            .map(|m| (2 * m + 1) as f64 * PI / (2.0 * b))
            .collect();
        // Slope that the seat drives in each mode: A' there makes up for source · sin θ.
        let driven: Vec<f64> = modes
            .iter()
            .map(|&nu| self.driven(nu, -source * overlap(1.0, nu, b) / b))
            .collect();
        // G_n = (2p/π)/(µ f'_n) (source ∫ sin θ sin kθ + Σ (a_m g'_m + d_m) ∫ sin ν_m θ sin kθ).
        let overlaps = Array2::from_shape_fn((harmonics, self.modes), |(n, m)| {
            overlap(self.order(n), modes[m], b)
        });
        let weight = |n: usize| 2.0 * p / PI / mu / slope(self.order(n), self.bore, self.top);
        let by_seat = overlaps.dot(&Array1::from(driven));
        let given = Array1::from_shape_fn(harmonics, |n| {
            weight(n) * (source * overlap(1.0, self.order(n), b) + by_seat[n])
        });
        let by_mode = Array2::from_shape_fn((harmonics, self.modes), |(n, m)| {
            weight(n) * slope(modes[m], self.seat, self.top) * overlaps[[n, m]]
        });
        // Σ_n G_n ∫ sin kθ sin ν_m θ = g µ0 M r ∫ sin θ sin ν_m θ + b a_m.
        let matrix = overlaps.t().dot(&by_mode) - Array2::<f64>::eye(self.modes) * b;
        let magnet = Array1::from_shape_fn(self.modes, |m| {
            particular * self.top * overlap(1.0, modes[m], b)
        });
        let right = magnet - overlaps.t().dot(&given);
        let amplitude = solve(&matrix, &right).unwrap();
        (given + by_mode.dot(&amplitude)).to_vec()
    }
}
