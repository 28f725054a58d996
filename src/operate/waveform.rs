//! Voltage waveforms from flux linkages at a few rotor positions.

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
///
/// A balanced machine repeats every 60°, with phases exchanged and the sign turned: (a, b, c) becomes
/// (-c, -a, -b) or (-b, -c, -a), whichever way it turns. So a few positions give the whole period; its
/// Fourier series is differentiated up to half the number of samples.
pub fn line_voltage_peak(
    positions: &[[f64; 3]],
    electrical_speed: f64,
    connection: Connection,
) -> f64 {
    let m = positions.len();
    if m == 0 {
        return 0.0;
    }
    let forward = turns_forward(positions);
    let samples = 6 * m;
    let mut line = vec![0.0; samples];
    for (k, value) in line.iter_mut().enumerate() {
        let [mut a, mut b, mut c] = positions[k % m];
        for _ in 0..k / m {
            (a, b, c) = if forward { (-b, -c, -a) } else { (-c, -a, -b) };
        }
        *value = match connection {
            Connection::Star => a - b,
            Connection::Delta => a - (a + b + c) / 3.0,
        };
    }
    let harmonics: Vec<(f64, f64, f64)> = (1..samples / 2)
        .map(|h| {
            let (mut re, mut im) = (0.0, 0.0);
            for (k, v) in line.iter().enumerate() {
                let (s, c) = (TAU * (h * k) as f64 / samples as f64).sin_cos();
                re += 2.0 / samples as f64 * v * c;
                im += 2.0 / samples as f64 * v * s;
            }
            (h as f64, re, im)
        })
        .collect();
    (0..720)
        .map(|k| {
            let angle = TAU * f64::from(k) / 720.0;
            let slope: f64 = harmonics
                .iter()
                .map(|(h, re, im)| h * (im * (h * angle).cos() - re * (h * angle).sin()))
                .sum();
            (electrical_speed * slope).abs()
        })
        .fold(0.0, f64::max)
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
