//! Harmonics of what a place sees over one period.

use std::f64::consts::TAU;

/// A complex amplitude: cosine and sine part.
pub type Phasor = (f64, f64);

/// Sines and cosines for a number of samples, made once for many waves.
#[derive(Debug)]
pub struct Fourier {
    samples: usize,
    table: Vec<(f64, f64)>,
}

impl Fourier {
    /// For waves of evenly spaced samples over their period.
    pub fn new(samples: usize) -> Self {
        let angle = |k: usize| TAU * k as f64 / samples as f64;
        Self {
            samples,
            table: (0..samples)
                .map(|k| (angle(k).cos(), angle(k).sin()))
                .collect(),
        }
    }

    /// Orders below half the number of samples: what is faster cannot be told from what is slower.
    pub fn orders(&self) -> impl Iterator<Item = usize> + use<> {
        1..self.samples.div_ceil(2)
    }

    /// A wave about the beginning of its period: what of it is alike before and after it, and what has opposite signs, so
    /// that a sum over half of the samples is one over all.
    pub fn folded(&self, wave: &[f64]) -> Folded {
        let n = self.samples;
        let sums = (0..n / 2 + 1).map(|k| match (wave.get(k), wave.get(n - k)) {
            (Some(x), Some(back)) if n - k != k => [x + back, x - back],
            (x, _) => [x.copied().unwrap_or(0.0), 0.0],
        });
        Folded(sums.collect())
    }

    /// Amplitude of an order below the number of samples.
    pub fn amplitude(&self, wave: &Folded, order: usize) -> Phasor {
        self.amplitudes([wave], order)[0]
    }

    /// Amplitudes of an order of several waves.
    pub fn amplitudes<const N: usize>(&self, waves: [&Folded; N], order: usize) -> [Phasor; N] {
        let mut sums = [(0.0, 0.0); N];
        let mut at = 0;
        for k in 0..self.samples / 2 + 1 {
            let (c, s) = self.table[at];
            for (sum, wave) in sums.iter_mut().zip(waves) {
                let [even, odd] = wave.0[k];
                sum.0 += even * c;
                sum.1 += odd * s;
            }
            at += order;
            if at >= self.samples {
                at -= self.samples;
            }
        }
        let scale = 2.0 / self.samples as f64;
        sums.map(|(re, im)| (scale * re, scale * im))
    }
}

/// A wave, folded about the beginning of its period.
#[derive(Debug, Clone, PartialEq)]
pub struct Folded(Vec<[f64; 2]>);

/// Square of a magnitude.
pub fn square(x: Phasor) -> f64 {
    x.0 * x.0 + x.1 * x.1
}

/// Half axes of the ellipse that a vector of two phasors draws, the longer first:
/// a², b² = (|x|² + |y|² ± |x² + y²|) / 2 (M. Born, E. Wolf, "Principles of Optics", 7th ed., Cambridge
/// 1999, section 1.4.2).
pub fn ellipse(x: Phasor, y: Phasor) -> [f64; 2] {
    let sum = square(x) + square(y);
    let re = x.0 * x.0 - x.1 * x.1 + y.0 * y.0 - y.1 * y.1;
    let im = 2.0 * (x.0 * x.1 + y.0 * y.1);
    let difference = re.hypot(im);
    [
        (0.5 * (sum + difference)).sqrt(),
        (0.5 * (sum - difference)).max(0.0).sqrt(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmonics_of_a_known_wave_are_found() {
        let n = 60;
        let at = |k: usize| TAU * k as f64 / n as f64;
        let wave: Vec<f64> = (0..n)
            .map(|k| 1.5 * at(k).cos() + 0.2 * (11.0 * at(k) + 0.3).sin())
            .collect();
        let fourier = Fourier::new(n);
        for order in fourier.orders() {
            let expected = match order {
                1 => 1.5,
                11 => 0.2,
                _ => 0.0,
            };
            let found = square(fourier.amplitude(&fourier.folded(&wave), order)).sqrt();
            assert!((found - expected).abs() < 1e-12, "{order}: {found}");
        }
        assert_eq!(fourier.orders().count(), 29);
    }

    /// By the sum over all samples, of an even and of an odd number of them.
    #[test]
    fn folding_changes_nothing() {
        for n in [1, 2, 3, 7, 12] {
            let wave: Vec<f64> = (0..n).map(|k| (1.7 * k as f64).sin() + 0.3).collect();
            let fourier = Fourier::new(n);
            for order in 0..n {
                let (mut re, mut im) = (0.0, 0.0);
                for (k, x) in wave.iter().enumerate() {
                    let angle = TAU * (k * order) as f64 / n as f64;
                    re += 2.0 / n as f64 * x * angle.cos();
                    im += 2.0 / n as f64 * x * angle.sin();
                }
                let found = fourier.amplitude(&fourier.folded(&wave), order);
                assert!((found.0 - re).abs() < 1e-12 && (found.1 - im).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_circle_has_two_equal_axes_and_a_line_has_one() {
        let circle = ellipse((1.2, 0.0), (0.0, 1.2));
        assert!(circle.iter().all(|a| (a - 1.2).abs() < 1e-12), "{circle:?}");
        let line = ellipse((0.9, 0.9), (1.2, 1.2));
        assert!((line[0] - 1.5 * 2.0_f64.sqrt()).abs() < 1e-12, "{line:?}");
        assert!(line[1] < 1e-7, "{line:?}");
    }
}
