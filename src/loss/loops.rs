//! The closed loops that the flux density of a place runs through in one period.
//!
//! Hysteresis does not ask how fast or in which wave a loop is run through, only how far it reaches: a flat wave
//! without a dip has one loop, whatever its harmonics (F. Fiorillo, A. Novikov, "An improved approach to power losses
//! in magnetic laminations under nonsinusoidal induction waveform", IEEE Trans. Magn. 26(5), 1990). A dip in the wave
//! is a small loop of its own (J. D. Lavers, P. P. Biringer, H. Hollitscher, "A simple method of estimating the minor
//! loop hysteresis loss in thin laminations", IEEE Trans. Magn. 14(5), 1978).

/// Half of the reach of every loop that a closed wave runs through in one period. Counted as loads of fatigue are (rain
/// flow, ASTM E1049-85, section 5.4.5, for a history that repeats): beginning at the largest value, a swing that is no
/// larger than the next is a loop and is taken out.
pub(super) fn amplitudes(wave: &[f64]) -> Vec<f64> {
    let Some(first) = (0..wave.len()).max_by(|a, b| wave[*a].total_cmp(&wave[*b])) else {
        return vec![];
    };
    let mut loops = vec![];
    let mut open: Vec<f64> = vec![];
    for n in 0..=wave.len() {
        let value = wave[(first + n) % wave.len()];
        // Only where the wave turns does a swing end.
        if let [.., before, last] = open[..]
            && (last - before) * (value - last) >= 0.0
        {
            open.pop();
        }
        open.push(value);
        while let [.., a, b, c] = open[..] {
            let (swing, next) = ((b - a).abs(), (c - b).abs());
            if next < swing {
                break;
            }
            loops.push(0.5 * swing);
            open.truncate(open.len() - 3);
            open.push(c);
        }
    }
    loops
}

/// Two waves of a vector along the axes in which they are not correlated, the longer first: those of the ellipse where
/// there is one frequency only.
pub(super) fn along_axes(x: &[f64], y: &[f64]) -> [Vec<f64>; 2] {
    let count = x.len() as f64;
    let mean = |wave: &[f64]| wave.iter().sum::<f64>() / count;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (x, y) = (x - mean_x, y - mean_y);
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    // The angle that makes the mixed moment vanish: tan 2θ = 2 xy / (xx - yy).
    let (s, c) = (0.5 * f64::atan2(2.0 * xy, xx - yy)).sin_cos();
    let turned = |a: f64, b: f64| x.iter().zip(y).map(|(x, y)| a * x + b * y).collect();
    [turned(c, s), turned(-s, c)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::f64::consts::TAU;

    fn wave(samples: usize, of: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..samples)
            .map(|k| of(TAU * k as f64 / samples as f64))
            .collect()
    }

    #[test]
    fn a_sine_and_a_flat_wave_have_one_loop_of_their_peak() {
        let sine = amplitudes(&wave(72, |t| 0.3 + 1.4 * t.sin()));
        assert_eq!(sine.len(), 1);
        assert!((sine[0] - 1.4).abs() < 2e-3, "{sine:?}");
        // The first two terms of a square wave, flat at the top: 1.2 - 0.2 and no more.
        let flat = amplitudes(&wave(72, |t| 1.2 * t.sin() + 0.13 * (3.0 * t).sin()));
        assert_eq!(flat.len(), 1);
        assert!((flat[0] - 1.07).abs() < 2e-3, "{flat:?}");
    }

    #[test]
    fn a_dip_in_both_halves_is_two_loops_more() {
        let dips = amplitudes(&wave(720, |t| t.sin() + 0.4 * (3.0 * t).sin()));
        let mut dips = dips.clone();
        dips.sort_by(f64::total_cmp);
        assert_eq!(dips.len(), 3);
        // Between the highest point and the dip at 90°: 1 - 0.4 there.
        let top = dips[2];
        assert!((dips[0] - dips[1]).abs() < 1e-6 && (2.0 * dips[0] - (top - 0.6)).abs() < 1e-4);
    }

    #[test]
    fn a_constant_has_no_loop_and_a_step_has_one() {
        assert!(amplitudes(&[0.7; 12]).iter().all(|loop_| *loop_ == 0.0));
        assert_eq!(amplitudes(&[]), Vec::<f64>::new());
        let step = amplitudes(&[1.0, 1.0, -1.0, -1.0]);
        assert_eq!(step.iter().copied().fold(0.0, f64::max), 1.0);
        assert_eq!(step.iter().sum::<f64>(), 1.0);
    }

    #[test]
    fn a_turning_field_has_two_equal_axes_and_a_swinging_one_has_one() {
        let (x, y) = (wave(72, |t| 1.2 * t.cos()), wave(72, |t| 1.2 * t.sin()));
        for axis in along_axes(&x, &y) {
            let loops = amplitudes(&axis);
            assert!((loops[0] - 1.2).abs() < 2e-3, "{loops:?}");
        }
        let (x, y) = (wave(72, |t| 0.9 * t.cos()), wave(72, |t| 1.2 * t.cos()));
        let [long, short] = along_axes(&x, &y);
        assert!((amplitudes(&long)[0] - 1.5).abs() < 1e-9);
        assert!(short.iter().all(|b| b.abs() < 1e-9));
    }

    proptest! {
        /// Every way up and down belongs to one loop; none reaches further than the whole wave.
        #[test]
        fn loops_make_up_the_whole_way(wave in prop::collection::vec(-2.0..2.0_f64, 2..60), turn in 0..60_usize) {
            let loops = amplitudes(&wave);
            let next = wave.iter().cycle().skip(1);
            let way: f64 = wave.iter().zip(next).map(|(a, b)| (b - a).abs()).sum();
            prop_assert!((4.0 * loops.iter().sum::<f64>() - way).abs() < 1e-9 * way.max(1.0));
            let high = wave.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let low = wave.iter().copied().fold(f64::INFINITY, f64::min);
            let most = loops.iter().copied().fold(0.0, f64::max);
            prop_assert!((most - 0.5 * (high - low)).abs() < 1e-12);
            // It does not matter when the period is said to begin.
            let mut other = wave.clone();
            other.rotate_left(turn % wave.len());
            let sorted = |mut loops: Vec<f64>| { loops.sort_by(f64::total_cmp); loops };
            prop_assert_eq!(sorted(amplitudes(&other)), sorted(loops));
        }
    }
}
