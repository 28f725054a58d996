//! Magnets near their knee.

use super::{ChokePoint, Physical};

/// One point a case: value is the margin, the limit is zero, the scale is the remanence.
pub(super) fn points(view: &Physical, pathway: &'static str) -> Vec<ChokePoint> {
    view.cases
        .iter()
        .map(|&(case, margin, (rho, phi))| {
            let (name, scale) = match case {
                "peak_hot" => ("peak current, hottest", view.remanence),
                "peak_110_hot" => ("1.1 times peak current, hottest", view.remanence),
                "short_circuit_hot" => ("three-phase short circuit, hottest", view.remanence),
                "short_circuit_transient_hot" => (
                    "three-phase short circuit with resistance, hottest",
                    view.remanence,
                ),
                "d_limit_hot" => (
                    "whole current limit along negative d, hottest",
                    view.remanence,
                ),
                "short_circuit_cold" => ("three-phase short circuit, coldest", view.cold_remanence),
                "d_limit_cold" => (
                    "whole current limit along negative d, coldest",
                    view.cold_remanence,
                ),
                _ => ("peak current, coldest", view.cold_remanence),
            };
            ChokePoint {
                kind: "physical",
                mechanism: "demagnetisation",
                key: case,
                location: format!(
                    "magnet, {name}; least at radius {:.1} mm, {:.1}° from the pole axis",
                    rho * 1e3,
                    phi.to_degrees().abs()
                ),
                pathway,
                value: margin,
                limit: 0.0,
                unit: "T",
                margin_ratio: margin / scale,
            }
        })
        .collect()
}
