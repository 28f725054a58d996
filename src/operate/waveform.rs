//! Voltage waveforms from flux linkages at a few rotor positions.

use super::fourier::Fourier;
use std::f64::consts::TAU;

/// How the phases are joined, as far as it shapes the voltage between lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// A line voltage is the difference of two phases.
    Star,
    /// A line voltage is that of one phase, less the zero sequence, which the triangle shorts.
    Delta,
}

/// Peak of the line-to-line voltage [V] at an electrical speed [rad/s], harmonics included, from the
/// flux linkages of the three phases of a set at positions evenly spaced over 60 electrical degrees.
pub fn line_voltage_peak(
    positions: &[[f64; 3]],
    electrical_speed: f64,
    connection: Connection,
) -> f64 {
    let line: Vec<f64> = period(positions)
        .into_iter()
        .map(|[a, b, c]| match connection {
            Connection::Star => a - b,
            Connection::Delta => a - (a + b + c) / 3.0,
        })
        .collect();
    electrical_speed.abs() * Series::of(&line).steepest()
}

/// Peaks of a phase, harmonics included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhasePeaks {
    /// Of its flux linkage [V s].
    pub linkage: f64,
    /// Of the voltage induced in it [V].
    pub voltage: f64,
}

/// Peaks of the first phase of a set at an electrical speed [rad/s], from flux linkages as
/// [`line_voltage_peak`] takes them.
pub fn phase_peaks(positions: &[[f64; 3]], electrical_speed: f64) -> PhasePeaks {
    let phase: Vec<f64> = period(positions).into_iter().map(|[a, ..]| a).collect();
    let series = Series::of(&phase);
    PhasePeaks {
        linkage: series.highest(),
        voltage: electrical_speed.abs() * series.steepest(),
    }
}

/// Flux linkages of a whole electrical period.
///
/// A balanced machine repeats every 60°, with phases exchanged and the sign turned: (a, b, c) becomes
/// (-c, -a, -b) or (-b, -c, -a), whichever way it turns. So a few positions give the whole period.
fn period(positions: &[[f64; 3]]) -> Vec<[f64; 3]> {
    let forward = turns_forward(positions);
    let mut whole = Vec::with_capacity(6 * positions.len());
    let mut sixth = positions.to_vec();
    for _ in 0..6 {
        whole.extend_from_slice(&sixth);
        for three in &mut sixth {
            let [a, b, c] = *three;
            *three = if forward { [-b, -c, -a] } else { [-c, -a, -b] };
        }
    }
    whole
}

/// A wave by its harmonics, to find where it is highest between the samples.
struct Series {
    /// Order, cosine and sine amplitude.
    harmonics: Vec<(f64, f64, f64)>,
}

impl Series {
    fn of(samples: &[f64]) -> Self {
        let fourier = Fourier::new(samples.len());
        let folded = fourier.folded(samples);
        let harmonics = fourier
            .orders()
            .map(|order| {
                let (re, im) = fourier.amplitude(&folded, order);
                (order as f64, re, im)
            })
            .collect();
        Self { harmonics }
    }

    /// The largest magnitude over the period of a sum over the harmonics.
    fn most(&self, term: impl Fn(f64, f64, f64, f64) -> f64) -> f64 {
        (0..720)
            .map(|k| {
                let angle = TAU * f64::from(k) / 720.0;
                let terms = self.harmonics.iter();
                terms
                    .map(|&(h, re, im)| term(h, re, im, h * angle))
                    .sum::<f64>()
                    .abs()
            })
            .fold(0.0, f64::max)
    }

    /// Largest magnitude.
    fn highest(&self) -> f64 {
        self.most(|_, re, im, angle| re * angle.cos() + im * angle.sin())
    }

    /// Largest slope per radian.
    fn steepest(&self) -> f64 {
        self.most(|h, re, im, angle| h * (im * angle.cos() - re * angle.sin()))
    }
}

/// Whether the phases follow each other so that 60° turn (a, b, c) into (-b, -c, -a): the exchange that
/// continues the last position smoothly is the right one.
fn turns_forward(positions: &[[f64; 3]]) -> bool {
    let (Some(first), Some(last)) = (positions.first(), positions.last()) else {
        return true;
    };
    let distance = |next: [f64; 3]| {
        next.iter()
            .zip(last)
            .map(|(x, y)| (x - y).powi(2))
            .sum::<f64>()
    };
    let [a, b, c] = *first;
    distance([-b, -c, -a]) <= distance([-c, -a, -b])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(direction: f64, third: f64, fifth: f64) -> Vec<[f64; 3]> {
        (0..5)
            .map(|m| {
                let angle = TAU / 6.0 * f64::from(m) / 5.0 + 0.3;
                std::array::from_fn(|k| {
                    let x = direction * angle - k as f64 * TAU / 3.0;
                    x.cos() + third * (3.0 * x).cos() + fifth * (5.0 * x).cos()
                })
            })
            .collect()
    }

    #[test]
    fn a_sine_gives_root_three_times_speed_and_third_harmonics_cancel_between_lines() {
        for direction in [1.0, -1.0] {
            let peak = line_voltage_peak(&machine(direction, 0.2, 0.0), 100.0, Connection::Star);
            assert!((peak - 100.0 * 3.0_f64.sqrt()).abs() < 1e-2, "{peak}");
        }
    }

    #[test]
    fn a_fifth_harmonic_raises_the_peak_by_five_times_its_flux() {
        let peak = line_voltage_peak(&machine(1.0, 0.0, -0.02), 1.0, Connection::Star);
        let plain = line_voltage_peak(&machine(1.0, 0.0, 0.0), 1.0, Connection::Star);
        assert!(peak > plain * 1.05, "{peak} {plain}");
    }

    #[test]
    fn a_phase_has_the_peaks_of_its_own_series() {
        let peaks = phase_peaks(&machine(-1.0, 0.1, 0.0), 10.0);
        assert!((peaks.linkage - 1.1).abs() < 1e-4, "{peaks:?}");
        // Slope of cos x + 0.1 cos 3x: largest at 90 degrees is 1 - 0.3, elsewhere where its own slope
        // vanishes.
        let steepest = (0..3600)
            .map(|k| TAU * f64::from(k) / 3600.0)
            .map(|x| (x.sin() + 0.3 * (3.0 * x).sin()).abs())
            .fold(0.0, f64::max);
        assert!((peaks.voltage - 10.0 * steepest).abs() < 1e-3, "{peaks:?}");
        let none = phase_peaks(&[], 10.0);
        assert_eq!((none.linkage, none.voltage), (0.0, 0.0));
    }

    #[test]
    fn a_triangle_shorts_third_harmonics_and_turns_the_sign_of_the_fifth() {
        let delta =
            |third, fifth| line_voltage_peak(&machine(1.0, third, fifth), 1.0, Connection::Delta);
        assert!((delta(0.2, 0.0) - 1.0).abs() < 1e-3);
        // The fifth that raises the star's line voltage lowers the triangle's, and the other way round.
        let star = |fifth| {
            line_voltage_peak(&machine(1.0, 0.0, fifth), 1.0, Connection::Star) / 3.0_f64.sqrt()
        };
        assert!((delta(0.0, -0.02) - star(-0.02)).abs() > 0.05);
    }
}
