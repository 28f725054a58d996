//! What the published torque of a machine whose geometry is not known says: the shape of its curve over the current,
//! in numbers without a unit. It validates nothing.

use super::entry::{Entry, Writer};
use crate::network::newton::SolveError;
use crate::operate::study::Study;
use serde::Deserialize;
use std::f64::consts::SQRT_2;

/// Torque over the current of another machine of the same kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenTorqueCurve {
    /// Its pole pairs.
    pub pole_pair_count: usize,
    /// Its inductance at small currents [H], of the currents along q.
    pub inductance_h: f64,
    /// Phase currents, rms, rising from the least that is not zero [A].
    pub current_rms_a: Vec<f64>,
    /// Torque at each [N m].
    pub torque_n_m: Vec<f64>,
}

/// A point of a curve without units.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shape {
    /// Flux linkage of the currents, at their inductance without saturation, over that of the magnets.
    loading: f64,
    /// Torque per ampere over that at the least current.
    torque_per_ampere: f64,
}

impl GivenTorqueCurve {
    /// The curve from its least current on. The flux linkage of the magnets is that of the torque per ampere at the
    /// least current, T = 3/2 p ψ i with currents along q alone.
    fn shape(&self) -> Vec<Shape> {
        let points: Vec<(f64, f64)> = self
            .current_rms_a
            .iter()
            .zip(&self.torque_n_m)
            .map(|(current, torque)| (SQRT_2 * current, torque / (SQRT_2 * current)))
            .collect();
        let Some(&(_, constant)) = points.first() else {
            return vec![];
        };
        let magnets = constant / (1.5 * self.pole_pair_count as f64);
        let of = |&(current, per_ampere): &(f64, f64)| Shape {
            loading: self.inductance_h * current / magnets,
            torque_per_ampere: per_ampere / constant,
        };
        points.iter().map(of).collect()
    }
}

/// What the torque per ampere would have fallen to, over that at a least loading, were the flux of magnets and currents
/// together held to that of the magnets alone: d takes 1/√(1 + x²) of it.
fn held(least: f64, loading: f64) -> f64 {
    (1.0 + least * least).sqrt() / (1.0 + loading * loading).sqrt()
}

/// Rows of the curves of a comparison, at the loadings of the source after the least.
///
/// # Errors
/// When a field does not converge.
pub(super) fn rows(writer: &mut Writer, study: &mut Study) -> Result<(), SolveError> {
    let comparison = writer.comparison;
    let Some(tolerance) = comparison.tolerances.torque_shape_ratio else {
        return Ok(());
    };
    for curve in &comparison.torque_curves {
        let shape = curve.shape();
        let Some(least) = shape.first().copied() else {
            continue;
        };
        let magnets = study.at(0.0, 0.0)?.psi_d;
        // One ampere gives the inductance well enough to find the least loading, at which it is read.
        let near = least.loading * magnets / study.at(0.0, 1.0)?.psi_q;
        let first = study.at(0.0, near)?;
        let inductance = first.psi_q / near;
        for point in &shape[1..] {
            let current = point.loading * magnets / inductance;
            let torque = study.at(0.0, current)?.torque;
            writer.push(Entry {
                quantity: format!(
                    "torque_per_ampere_ratio at {:.2} times the linkage of the magnets, over {:.2} times",
                    point.loading, least.loading
                ),
                pool: "torque_shape",
                unit: "1",
                reference: point.torque_per_ampere,
                value: (torque / current) / (first.torque / near),
                scale: 1.0 - held(least.loading, point.loading),
                tolerance,
                pooled_offset: 0.0,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{GivenTorqueCurve, held};

    /// A machine without saturation keeps its torque per ampere, in any size, and the loading is that of its definition.
    #[test]
    fn a_curve_without_units_does_not_hang_on_the_size() {
        let of = |size: f64| {
            let current_rms_a = vec![10.0 * size, 20.0 * size, 100.0 * size];
            let constant = 1.5 * 5.0 * 0.2 * std::f64::consts::SQRT_2;
            GivenTorqueCurve {
                pole_pair_count: 5,
                inductance_h: 0.001 / size,
                torque_n_m: current_rms_a.iter().map(|i| constant * i).collect(),
                current_rms_a,
            }
            .shape()
        };
        for size in [0.1, 1.0, 30.0] {
            let last = of(size)[2];
            let loading = 0.001 * 100.0 * std::f64::consts::SQRT_2 / 0.2;
            assert!((last.loading - loading).abs() < 1e-12, "{last:?}");
            assert!((last.torque_per_ampere - 1.0).abs() < 1e-12, "{last:?}");
        }
        assert!((held(0.0, 1.0) - 0.5_f64.sqrt()).abs() < 1e-12);
    }
}
