//! Interpolation through measured points that keeps their shape.
//!
//! Between two points the curve is the rational cubic of Delbourgo and Gregory, "Shape preserving
//! piecewise rational interpolation", SIAM J. Sci. Stat. Comput. 6 (1985), eq. (2.3): where the data
//! bend one way the curve bends the same way (their convex choice of the parameter r), elsewhere it
//! rises or falls only as the data do (their monotone choice). A cubic spline does neither, and a
//! chord lies above a convex curve, which for a coercivity is the unsafe side.

/// A curve through points with strictly increasing abscissae.
#[derive(Debug, Clone, PartialEq)]
pub struct Interpolant {
    points: Vec<(f64, f64)>,
    slopes: Vec<f64>,
}

impl Interpolant {
    /// The curve through `points`; `None` for fewer than two points, or abscissae that do not
    /// strictly increase.
    #[must_use]
    pub fn new(points: Vec<(f64, f64)>) -> Option<Interpolant> {
        let increasing = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if points.len() < 2 || !increasing {
            return None;
        }
        let slopes = slopes(&points);
        Some(Interpolant { points, slopes })
    }

    /// The points.
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// First and last abscissa.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        (self.points[0].0, self.points[self.points.len() - 1].0)
    }

    /// The curve at `x`; outside the points the nearest end point's value.
    #[must_use]
    pub fn at(&self, x: f64) -> f64 {
        let (low, high) = self.range();
        let x = x.clamp(low, high);
        let upper = self.points.partition_point(|point| point.0 < x).max(1);
        let (x0, y0) = self.points[upper - 1];
        let (x1, y1) = self.points[upper];
        if x == x1 {
            return y1;
        }
        let step = x1 - x0;
        let chord = (y1 - y0) / step;
        let (d0, d1) = (self.slopes[upper - 1], self.slopes[upper]);
        let t = (x - x0) / step;
        let Some(r) = tension(chord, d0, d1) else {
            return y0 + chord * (x - x0);
        };
        let s = 1.0 - t;
        let numerator = y1 * t * t * t
            + (r * y1 - step * d1) * t * t * s
            + (r * y0 + step * d0) * t * s * s
            + y0 * s * s * s;
        numerator / (1.0 + (r - 3.0) * t * s)
    }
}

/// The parameter r of one interval: convex (or concave) where chord and end slopes allow, monotone
/// otherwise; `None` where only the chord keeps the shape.
fn tension(chord: f64, d0: f64, d1: f64) -> Option<f64> {
    let (left, right) = (chord - d0, d1 - chord);
    if left * right > 0.0 {
        // The larger is bounded by the smaller in this sum of ratios: a nearly straight interval
        // needs a large r and tends to the chord.
        let ratio = right / left;
        return Some(1.0 + ratio + 1.0 / ratio);
    }
    if chord != 0.0 && d0 * chord >= 0.0 && d1 * chord >= 0.0 && left != 0.0 && right != 0.0 {
        return Some(1.0 + (d0 + d1) / chord);
    }
    None
}

/// Slopes at the points: between the chords on either side (weighted by the intervals), extended to
/// the ends by the parabola through three points and never past zero there.
fn slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let steps: Vec<f64> = points.windows(2).map(|p| p[1].0 - p[0].0).collect();
    let chords: Vec<f64> = points
        .windows(2)
        .map(|p| (p[1].1 - p[0].1) / (p[1].0 - p[0].0))
        .collect();
    let last = chords.len() - 1;
    if last == 0 {
        return vec![chords[0]; 2];
    }
    let mut found = vec![0.0; points.len()];
    for i in 1..points.len() - 1 {
        let (left, right) = (chords[i - 1], chords[i]);
        found[i] = if left * right <= 0.0 {
            0.0
        } else {
            (steps[i] * left + steps[i - 1] * right) / (steps[i - 1] + steps[i])
        };
    }
    let end = |near: f64, far: f64, h: f64, k: f64| {
        let slope = near + (near - far) * h / (h + k);
        if slope * near > 0.0 { slope } else { 0.0 }
    };
    found[0] = end(chords[0], chords[1], steps[0], steps[1]);
    found[points.len() - 1] = end(chords[last], chords[last - 1], steps[last], steps[last - 1]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_points_are_met_and_a_straight_line_stays_straight() {
        let curve = Interpolant::new(vec![(0.0, 3.0), (1.0, 2.0), (3.0, 0.0)]).expect("curve");
        for (x, y) in [(0.0, 3.0), (0.5, 2.5), (1.0, 2.0), (2.0, 1.0), (3.0, 0.0)] {
            assert!((curve.at(x) - y).abs() < 1e-12, "{x}");
        }
    }

    #[test]
    fn a_curve_needs_two_points_in_order() {
        assert!(Interpolant::new(vec![(0.0, 1.0)]).is_none());
        assert!(Interpolant::new(vec![(1.0, 1.0), (0.0, 2.0)]).is_none());
        assert!(Interpolant::new(vec![(0.0, 1.0), (0.0, 2.0)]).is_none());
    }

    proptest! {
        /// A convex, falling table gives a convex, falling curve that never leaves the chords.
        #[test]
        fn convex_data_stay_convex(
            drops in prop::collection::vec(0.05_f64..1.0, 3..8),
            steps in prop::collection::vec(1.0_f64..50.0, 8),
        ) {
            let mut slopes: Vec<f64> = drops.clone();
            slopes.sort_by(|a, b| b.total_cmp(a));
            let mut points = vec![(0.0, 1e3)];
            for (slope, step) in slopes.iter().zip(&steps) {
                let (x, y) = points[points.len() - 1];
                points.push((x + step, y - slope * step));
            }
            let curve = Interpolant::new(points.clone()).expect("curve");
            for pair in points.windows(2) {
                let (x0, y0) = pair[0];
                let (x1, y1) = pair[1];
                let y: Vec<f64> = (0..=16)
                    .map(|i| curve.at(x0 + (x1 - x0) * f64::from(i) / 16.0))
                    .collect();
                for (i, value) in y.iter().enumerate() {
                    let chord = y0 + (y1 - y0) * i as f64 / 16.0;
                    prop_assert!(*value <= chord + 1e-9);
                }
                for three in y.windows(3) {
                    prop_assert!(three[0] - 2.0 * three[1] + three[2] >= -1e-9);
                    prop_assert!(three[1] <= three[0] + 1e-9);
                }
            }
        }
    }
}
