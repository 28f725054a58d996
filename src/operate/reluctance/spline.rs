//! A cubic spline that starts and ends flat, and the cubics between its nodes.

/// Weights of value and slope at both ends of a unit interval (C. Hermite's cubics; de Boor, below).
pub(super) fn hermite(t: f64) -> [f64; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [
        2.0 * t3 - 3.0 * t2 + 1.0,
        t3 - 2.0 * t2 + t,
        3.0 * t2 - 2.0 * t3,
        t3 - t2,
    ]
}

/// Their slopes.
pub(super) fn hermite_slope(t: f64) -> [f64; 4] {
    let t2 = t * t;
    [
        6.0 * (t2 - t),
        3.0 * t2 - 4.0 * t + 1.0,
        6.0 * (t - t2),
        3.0 * t2 - 2.0 * t,
    ]
}

/// Their integrals from zero.
pub(super) fn hermite_integral(t: f64) -> [f64; 4] {
    let (t2, t3, t4) = (t * t, t * t * t, t * t * t * t);
    [
        t - t3 + 0.5 * t4,
        0.5 * t2 - 2.0 / 3.0 * t3 + 0.25 * t4,
        t3 - 0.5 * t4,
        0.25 * t4 - t3 / 3.0,
    ]
}

/// Weights times value, slope over the interval, value, slope over the interval.
pub(super) fn weigh(weights: [f64; 4], ends: [f64; 4]) -> f64 {
    weights.iter().zip(ends).map(|(w, e)| w * e).sum()
}

/// The interval of a place among the nodes, its width, and the share of it.
pub(super) fn interval(x: &[f64], place: f64) -> (usize, f64, f64) {
    let k = x.partition_point(|x| *x <= place);
    let k = k.saturating_sub(1).min(x.len() - 2);
    let width = x[k + 1] - x[k];
    (k, width, (place - x[k]) / width)
}

/// Value and slope of a spline with known slopes at a place.
pub(super) fn at(x: &[f64], y: &[f64], slopes: &[f64], place: f64) -> (f64, f64) {
    let (k, width, t) = interval(x, place);
    let ends = [y[k], width * slopes[k], y[k + 1], width * slopes[k + 1]];
    (
        weigh(hermite(t), ends),
        weigh(hermite_slope(t), ends) / width,
    )
}

/// Slopes at the nodes of the cubic spline through `y` over `x`, twice continuously differentiable, with slope
/// zero at both ends: what is even around both. C. de Boor, "A Practical Guide to Splines", Springer 1978,
/// chapter IV (complete spline interpolation); the system is tridiagonal and diagonally dominant.
pub(super) fn flat_ended_slopes(x: &[f64], y: &[f64]) -> Vec<f64> {
    let n = x.len();
    let mut slopes = vec![0.0; n];
    if n < 3 {
        return slopes;
    }
    // Elimination from the left, for the unknown slopes 1 … n - 2.
    let (mut over, mut right) = (vec![0.0; n], vec![0.0; n]);
    for k in 1..n - 1 {
        let (before, after) = (x[k] - x[k - 1], x[k + 1] - x[k]);
        let secants = ((y[k] - y[k - 1]) / before, (y[k + 1] - y[k]) / after);
        let pivot = 2.0 * (before + after) - after * over[k - 1];
        over[k] = before / pivot;
        let known = 3.0 * (after * secants.0 + before * secants.1);
        right[k] = (known - after * right[k - 1]) / pivot;
    }
    for k in (1..n - 1).rev() {
        slopes[k] = right[k] - over[k] * slopes[k + 1];
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::flat_ended_slopes;

    #[test]
    fn slopes_of_a_cosine_are_those_of_a_cosine() {
        let x: Vec<f64> = [
            0.0,
            0.2,
            0.5,
            0.9,
            1.3,
            1.6,
            2.0,
            2.3,
            2.7,
            2.95,
            std::f64::consts::PI,
        ]
        .to_vec();
        let y: Vec<f64> = x.iter().map(|x| x.cos()).collect();
        for (x, slope) in x.iter().zip(flat_ended_slopes(&x, &y)) {
            assert!((slope + x.sin()).abs() < 3e-3, "{x}: {slope}");
        }
    }

    #[test]
    fn what_is_level_has_no_slope() {
        assert_eq!(flat_ended_slopes(&[0.0, 1.0, 3.0], &[2.0; 3]), [0.0; 3]);
        assert_eq!(flat_ended_slopes(&[0.0, 1.0], &[1.0, 2.0]), [0.0; 2]);
    }
}
