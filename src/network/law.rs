//! Magnetic laws of the cells: field strength, differential reluctivity and energy density.

use crate::unit::MU_0;

/// Reluctivity of vacuum [A m/(V s)].
pub const NU_0: f64 = 1.0 / MU_0;

/// Isotropic nonlinear law H(B) of a lamination stack.
///
/// H over B is interpolated by the monotone cubic of F. N. Fritsch and R. E. Carlson, "Monotone
/// piecewise cubic interpolation", SIAM J. Numer. Anal. 17 (1980) 238-246, with the slopes of
/// F. N. Fritsch and J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300-304; beyond the last point
/// the slope is that of vacuum. H is then monotone, the energy convex, and Newton with line search
/// converges from any start.
#[derive(Debug, Clone)]
pub struct IronLaw {
    segments: Vec<Segment>,
    /// Segment in which each of the evenly spaced flux densities begins, to find a segment quickly.
    bucket: Vec<u32>,
    per_bucket: f64,
    last: End,
    /// Largest flux density of the data [T].
    pub data_limit: f64,
    /// Relative differential permeability at the end of the data: near one the steel is saturated there
    /// and the curve may be continued with the slope of vacuum.
    pub end_permeability: f64,
}

#[derive(Debug, Clone, Copy)]
struct Segment {
    start: f64,
    width: f64,
    /// H = c0 + t (c1 + t (c2 + t c3)), t = B - start.
    c: [f64; 4],
    /// Energy density at the start [J/m³].
    energy: f64,
    /// Energy density beyond it: t (w0 + t (w1 + t (w2 + t w3))), divided once and not at every point of every iteration.
    w: [f64; 4],
}

impl Segment {
    fn new(start: f64, width: f64, c: [f64; 4], energy: f64) -> Self {
        let w = [c[0], c[1] / 2.0, c[2] / 3.0, c[3] / 4.0];
        Self {
            start,
            width,
            c,
            energy,
            w,
        }
    }

    /// Energy density above that of the start [J/m³].
    fn gained(&self, t: f64) -> f64 {
        let [w0, w1, w2, w3] = self.w;
        t * (w0 + t * (w1 + t * (w2 + t * w3)))
    }
}

#[derive(Debug, Clone, Copy)]
struct End {
    b: f64,
    h: f64,
    energy: f64,
}

/// What a law gives at one flux density magnitude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LawPoint {
    /// H [A/m].
    pub h: f64,
    /// dH/dB [A m/(V s)].
    pub slope: f64,
    /// Energy density [J/m³].
    pub energy: f64,
}

impl IronLaw {
    /// A law from a table of (H [A/m], B [T]) that starts at the origin and rises strictly, for a stack
    /// with the given share of steel: along the sheets steel and gaps carry flux side by side, so
    /// B_stack = k B + (1 - k) µ0 H (T. Jokinen and others, "Design of Rotating Electrical Machines",
    /// 2nd ed. 2014, section 3.2, space factor).
    ///
    /// Returns nothing when the table has fewer than two points, does not start at the origin, or does
    /// not rise; material tables are checked with names and places when they are read.
    pub fn new(table: &[(f64, f64)], stacking_factor: f64) -> Option<Self> {
        let points: Vec<(f64, f64)> = table
            .iter()
            .map(|&(h, b)| (stacking_factor * b + (1.0 - stacking_factor) * MU_0 * h, h))
            .collect();
        let rising = points
            .windows(2)
            .all(|w| w[1].0 > w[0].0 && w[1].1 > w[0].1);
        if points.len() < 2 || points[0] != (0.0, 0.0) || !rising {
            return None;
        }
        let slopes = monotone_slopes(&points);
        let mut segments = Vec::with_capacity(points.len());
        let mut energy = 0.0;
        for (i, pair) in points.windows(2).enumerate() {
            let ((b0, h0), (b1, h1)) = (pair[0], pair[1]);
            let (width, secant) = (b1 - b0, (h1 - h0) / (b1 - b0));
            let (d0, d1) = (slopes[i], slopes[i + 1]);
            let c = [
                h0,
                d0,
                (3.0 * secant - 2.0 * d0 - d1) / width,
                (d0 + d1 - 2.0 * secant) / (width * width),
            ];
            let segment = Segment::new(b0, width, c, energy);
            energy += segment.gained(width);
            segments.push(segment);
        }
        let &(b, h) = points.last()?;
        let &(b_before, h_before) = points.get(points.len() - 2)?;
        let end = (b - b_before) / (h - h_before) / MU_0;
        let buckets = 512;
        let per_bucket = buckets as f64 / b;
        let bucket = (0..=buckets)
            .map(|k| {
                let at = k as f64 / per_bucket;
                segments
                    .partition_point(|s| s.start <= at)
                    .saturating_sub(1) as u32
            })
            .collect();
        Some(Self {
            segments,
            bucket,
            per_bucket,
            last: End { b, h, energy },
            data_limit: b,
            end_permeability: end,
        })
    }

    /// The linear law of a relative permeability, for tests and for linear machines.
    pub fn linear(relative_permeability: f64) -> Self {
        let slope = NU_0 / relative_permeability;
        let far = 1e3;
        Self {
            segments: vec![Segment::new(0.0, far, [0.0, slope, 0.0, 0.0], 0.0)],
            bucket: vec![0; 2],
            per_bucket: 1.0 / far,
            last: End {
                b: far,
                h: slope * far,
                energy: 0.5 * slope * far * far,
            },
            data_limit: f64::INFINITY,
            end_permeability: relative_permeability,
        }
    }

    /// Evaluates the law at a magnitude `b` >= 0 [T].
    #[inline]
    pub fn at(&self, b: f64) -> LawPoint {
        if b >= self.last.b {
            let t = b - self.last.b;
            return LawPoint {
                h: self.last.h + NU_0 * t,
                slope: NU_0,
                energy: self.last.energy + t * (self.last.h + 0.5 * NU_0 * t),
            };
        }
        let mut i = self.bucket[(b * self.per_bucket) as usize] as usize;
        while b > self.segments[i].start + self.segments[i].width && i + 1 < self.segments.len() {
            i += 1;
        }
        let s = &self.segments[i];
        let t = b - s.start;
        let [c0, c1, c2, c3] = s.c;
        LawPoint {
            h: c0 + t * (c1 + t * (c2 + t * c3)),
            slope: c1 + t * (2.0 * c2 + t * 3.0 * c3),
            energy: s.energy + s.gained(t),
        }
    }
}

/// Slopes of the Fritsch-Butland monotone cubic through (x, y), one-sided three-point formula at the
/// ends, limited so that the curve keeps rising.
fn monotone_slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let n = points.len();
    let h: Vec<f64> = points.windows(2).map(|w| w[1].0 - w[0].0).collect();
    let s: Vec<f64> = points
        .windows(2)
        .map(|w| (w[1].1 - w[0].1) / (w[1].0 - w[0].0))
        .collect();
    if n == 2 {
        return vec![s[0]; 2];
    }
    let end = |h0: f64, h1: f64, s0: f64, s1: f64| {
        let d = ((2.0 * h0 + h1) * s0 - h0 * s1) / (h0 + h1);
        if d <= 0.0 { 1e-6 * s0 } else { d.min(3.0 * s0) }
    };
    let mut d = vec![end(h[0], h[1], s[0], s[1])];
    for i in 1..n - 1 {
        let (w1, w2) = (2.0 * h[i] + h[i - 1], h[i] + 2.0 * h[i - 1]);
        d.push((w1 + w2) / (w1 / s[i - 1] + w2 / s[i]));
    }
    d.push(end(h[n - 2], h[n - 3], s[n - 2], s[n - 3]));
    d
}

/// Energy density, field strength and differential reluctivity at a flux density vector. Components are
/// in whatever orthogonal frame the flux density was given in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    /// Energy density [J/m³].
    pub energy: f64,
    /// Field strength [A/m].
    pub h: [f64; 2],
    /// Differential reluctivity: xx, xy, yy [A m/(V s)].
    pub d: [f64; 3],
}

/// Flux density below which iron is as linear as at none [T].
pub(super) const SMALL: f64 = 1e-9;

/// Response of iron.
pub fn iron(law: &IronLaw, b: [f64; 2]) -> Response {
    // Far from where the squares of flux densities overflow or vanish, and several times faster than `hypot`.
    let magnitude = (b[0] * b[0] + b[1] * b[1]).sqrt();
    let p = law.at(magnitude);
    if magnitude < SMALL {
        return Response {
            energy: p.energy,
            h: [p.slope * b[0], p.slope * b[1]],
            d: [p.slope, 0.0, p.slope],
        };
    }
    let nu = p.h / magnitude;
    let extra = (p.slope - nu) / (magnitude * magnitude);
    Response {
        energy: p.energy,
        h: [nu * b[0], nu * b[1]],
        d: [
            nu + extra * b[0] * b[0],
            extra * b[0] * b[1],
            nu + extra * b[1] * b[1],
        ],
    }
}

/// Response of a linear medium with a magnet's field: u = ν|B|²/2 - h·B.
#[inline]
pub fn linear(nu: f64, source: [f64; 2], b: [f64; 2]) -> Response {
    Response {
        energy: 0.5 * nu * (b[0] * b[0] + b[1] * b[1]) - source[0] * b[0] - source[1] * b[1],
        h: [nu * b[0] - source[0], nu * b[1] - source[1]],
        d: [nu, 0.0, nu],
    }
}

/// The same where the reluctivities along the radius and around are two.
pub fn linear_around(nu: [f64; 2], source: [f64; 2], b: [f64; 2]) -> Response {
    let h = [nu[0] * b[0], nu[1] * b[1]];
    Response {
        energy: 0.5 * (h[0] * b[0] + h[1] * b[1]) - source[0] * b[0] - source[1] * b[1],
        h: [h[0] - source[0], h[1] - source[1]],
        d: [nu[0], 0.0, nu[1]],
    }
}

/// The linear phase beside the iron of a laminate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filler {
    /// Reluctivity [A m/(V s)].
    pub nu: f64,
    /// Magnet field, normal and tangential to the layers [A/m].
    pub source: [f64; 2],
}

/// Response of a laminate: a share `f` of iron beside a linear filler, layers with normal `n` and
/// tangent `t`; `b` is given as (normal, tangential). Normal flux density and tangential field strength
/// are common to both phases, so flux across the layers sees them in series and flux along them in
/// parallel. `x` is the tangential flux density in the iron: the start of the inner iteration, and its
/// result.
///
/// u(B) = min over x of f u_i(B_n, x) + (1 - f) u_a(B_n, (B_t - f x)/(1 - f)); the minimum exists and is
/// unique since both energies are convex.
pub fn laminate(law: &IronLaw, f: f64, filler: Filler, b: [f64; 2], x: &mut f64) -> Response {
    let (bn, bt) = (b[0], b[1]);
    let g = 1.0 - f;
    let [hn, ht] = filler.source;
    let stiffness = filler.nu * f / g;
    let residual = |x: f64| {
        let r = iron(law, [bn, x]);
        (r.h[1] - (filler.nu * (bt - f * x) / g - ht), r)
    };
    // The residual rises with x; its zero lies between the value that carries all tangential flux in
    // iron and the one that carries none, widened by what the magnet field can drive.
    let reach = bt.abs() / f + ht.abs() / stiffness + 1.0;
    let (mut low, mut high) = (-reach, reach);
    *x = x.clamp(low, high);
    let (mut value, mut response) = residual(*x);
    for _ in 0..100 {
        if value > 0.0 {
            high = *x;
        } else {
            low = *x;
        }
        let slope = response.d[2] + stiffness;
        let mut next = *x - value / slope;
        if next <= low || next >= high {
            next = 0.5 * (low + high);
        }
        let step = (next - *x).abs();
        *x = next;
        (value, response) = residual(*x);
        if step <= 1e-10 * (1e-3 + next.abs()) {
            break;
        }
    }
    let ba = [bn, (bt - f * *x) / g];
    let other = linear(filler.nu, [hn, ht], ba);
    let fxx = f * response.d[2] + f * f * filler.nu / g;
    let fxn = f * response.d[1];
    let fxt = -f * filler.nu / g;
    Response {
        energy: f * response.energy + g * other.energy,
        h: [f * response.h[0] + g * other.h[0], other.h[1]],
        d: [
            f * response.d[0] + g * filler.nu - fxn * fxn / fxx,
            -fxn * fxt / fxx,
            filler.nu / g - fxt * fxt / fxx,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steel() -> IronLaw {
        IronLaw::new(
            &[
                (0.0, 0.0),
                (60.0, 0.6),
                (120.0, 1.1),
                (430.0, 1.4),
                (5600.0, 1.7),
                (31000.0, 2.0),
            ],
            0.95,
        )
        .expect("a rising table")
    }

    #[test]
    fn energy_is_the_integral_of_field_strength_and_slope_its_derivative() {
        let law = steel();
        for k in 1..300 {
            let b = k as f64 * 0.008;
            let e = 1e-6;
            let (lo, hi) = (law.at(b - e), law.at(b + e));
            let mid = law.at(b);
            assert!(((hi.energy - lo.energy) / (2.0 * e) - mid.h).abs() < 1e-3 * (1.0 + mid.h));
            assert!(mid.slope > 0.0);
            assert!(hi.h > lo.h);
        }
    }

    #[test]
    fn a_laminate_is_series_across_and_parallel_along_its_layers() {
        let law = IronLaw::linear(1000.0);
        let (f, nu_i) = (0.3, NU_0 / 1000.0);
        let filler = Filler {
            nu: NU_0,
            source: [0.0, 0.0],
        };
        let mut x = 0.0;
        let across = laminate(&law, f, filler, [1.0, 0.0], &mut x);
        assert!((across.h[0] / (f * nu_i + (1.0 - f) * NU_0) - 1.0).abs() < 1e-9);
        let along = laminate(&law, f, filler, [0.0, 1.0], &mut x);
        assert!((along.h[1] * (f / nu_i + (1.0 - f) / NU_0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_response_of_a_laminate_is_the_gradient_of_its_energy() {
        let law = steel();
        let filler = Filler {
            nu: NU_0 / 1.05,
            source: [4e5, -6e5],
        };
        for (bn, bt) in [(0.4, 0.9), (1.2, -0.3), (-0.7, 1.9), (0.0, 2.4)] {
            let u = |b: [f64; 2]| laminate(&law, 0.4, filler, b, &mut 0.0);
            let (e, r) = (1e-5, u([bn, bt]));
            let numeric = [
                (u([bn + e, bt]).energy - u([bn - e, bt]).energy) / (2.0 * e),
                (u([bn, bt + e]).energy - u([bn, bt - e]).energy) / (2.0 * e),
            ];
            let cross = (u([bn + e, bt]).h[1] - u([bn - e, bt]).h[1]) / (2.0 * e);
            let scale = r.h[0].abs().max(r.h[1].abs());
            assert!(
                (numeric[0] - r.h[0]).abs() < 1e-4 * scale,
                "{numeric:?} {r:?}"
            );
            assert!(
                (numeric[1] - r.h[1]).abs() < 1e-4 * scale,
                "{numeric:?} {r:?}"
            );
            assert!(
                (cross - r.d[1]).abs() < 1e-3 * (r.d[0].abs() + r.d[2].abs()),
                "{cross} {r:?}"
            );
        }
    }
}
