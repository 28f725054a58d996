//! The wind of a site over a year: how often it blows how fast.

/// Seconds of an hour.
pub const HOUR: f64 = 3600.0;
/// Seconds of the year by which energies of wind turbines are stated, 365 days.
pub const YEAR: f64 = 8760.0 * HOUR;

/// Weibull's distribution of wind speeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    /// Shape k [-]; 2 is Rayleigh's distribution.
    pub shape: f64,
    /// Scale c [m/s]; the mean is c Γ(1 + 1/k), 0.886 c for a shape of 2.
    pub scale: f64,
}

impl Weibull {
    /// Share of the time in which the wind is slower than `speed` [m/s]: F = 1 − exp(−(v/c)^k) (W. Weibull, "A statistical
    /// distribution function of wide applicability", Journal of Applied Mechanics 18 (1951); IEC 61400-1 has it for wind,
    /// from memory).
    pub fn below(&self, speed: f64) -> f64 {
        -(-(speed.max(0.0) / self.scale).powf(self.shape)).exp_m1()
    }

    /// Weights of a sum over values at rising speeds [m/s] that stands for the mean over time of what is straight in F
    /// between two of them and nothing outside: Σ (F_i − F_{i−1}) (P_i + P_{i−1}) / 2, as annual energies are formed from
    /// measured power curves (IEC 61400-12-1, from memory). They add up to the share of the time between the ends.
    pub fn weights(&self, speeds: &[f64]) -> Vec<f64> {
        let mut weights = vec![0.0; speeds.len()];
        for k in 1..speeds.len() {
            let half = 0.5 * (self.below(speeds[k]) - self.below(speeds[k - 1]));
            weights[k - 1] += half;
            weights[k] += half;
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: shape 2, scale 10 m/s. Slower than 10 m/s in 1 − 1/e of the time, between 3 and 25 m/s in
    /// exp(−0.09) − exp(−6.25) of it.
    #[test]
    fn shares_of_time_are_those_by_hand() {
        let site = Weibull {
            shape: 2.0,
            scale: 10.0,
        };
        assert!((site.below(10.0) - 0.632_120_558_8).abs() < 1e-10);
        assert_eq!(site.below(0.0), 0.0);
        let weights = site.weights(&[3.0, 11.0, 12.0, 25.0]);
        let turning: f64 = weights.iter().sum();
        assert!(
            (turning - (0.913_931_185_3 - 0.001_930_454_1)).abs() < 1e-9,
            "{turning}"
        );
    }

    /// The mean of v³ is c³ Γ(1 + 3/k), for a shape of 2 c³ 1.329340; that of v is 0.886227 c. Straight in F between speeds
    /// a twentieth apart both come out within a thousandth.
    #[test]
    fn moments_are_those_of_the_distribution() {
        let site = Weibull {
            shape: 2.0,
            scale: 8.0,
        };
        let speeds: Vec<f64> = (0..=1000).map(|k| 0.05 * f64::from(k)).collect();
        let mean = |of: fn(f64) -> f64| -> f64 {
            let weights = site.weights(&speeds);
            speeds.iter().zip(weights).map(|(v, w)| w * of(*v)).sum()
        };
        assert!((mean(|v| v) / (0.886_227 * 8.0) - 1.0).abs() < 1e-3);
        assert!((mean(|v| v.powi(3)) / (1.329_340 * 512.0) - 1.0).abs() < 1e-3);
    }
}
