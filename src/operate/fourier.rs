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

    /// Amplitude of an order.
    pub fn amplitude(&self, wave: &[f64], order: usize) -> Phasor {
        let (mut re, mut im) = (0.0, 0.0);
        let mut at = 0;
        for x in wave {
            let (c, s) = self.table[at];
            re += x * c;
            im += x * s;
            at += order;
            if at >= self.samples {
                at %= self.samples;
            }
        }
        let scale = 2.0 / self.samples as f64;
        (scale * re, scale * im)
    }
}

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
            let found = square(fourier.amplitude(&wave, order)).sqrt();
            assert!((found - expected).abs() < 1e-12, "{order}: {found}");
        }
        assert_eq!(fourier.orders().count(), 29);
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
