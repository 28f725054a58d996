//! Rows of a map of one phase: flux linkage at every node, and torque at every current.

use super::entry::{Entry, Writer};
use super::reluctance::GivenPhaseMap;
use crate::operate::reluctance::map::PhaseMap;

impl Writer<'_> {
    /// Rows of a map. Flux linkages need the positions of the source, torques do not.
    pub(super) fn phase_map(&mut self, given: &GivenPhaseMap, map: &PhaseMap) {
        if map.positions.len() == given.position_deg.len() {
            self.phase_linkages(given, map);
        }
        let t = self.comparison.tolerances;
        let current = |i: usize| given.current_a[i];
        for (i, (&reference, value)) in given
            .mean_torque_n_m
            .iter()
            .zip(map.mean_torque())
            .enumerate()
        {
            let what = format!("mean_torque_n_m at {} A in one phase", current(i));
            self.over_itself(
                (what, "mean_torque", "N.m"),
                (reference, value),
                t.mean_torque_ratio,
            );
        }
        for i in 0..given.current_a.len() {
            let at = |rows: &[Vec<f64>]| rows.iter().map(|row| row[i]).reduce(f64::max);
            let Some(reference) = at(&given.torque_n_m) else {
                continue;
            };
            let value = map
                .torque
                .column(i)
                .iter()
                .copied()
                .fold(f64::MIN, f64::max);
            let what = format!("peak of the static torque at {} A in one phase", current(i));
            self.over_itself(
                (what, "static_torque_peak", "N.m"),
                (reference, value),
                t.torque_peak_ratio,
            );
        }
    }

    fn phase_linkages(&mut self, given: &GivenPhaseMap, map: &PhaseMap) {
        let t = self.comparison.tolerances;
        let largest = self.comparison.largest_phase_linkage();
        let last = given.position_deg.len() - 1;
        for (p, row) in given.flux_linkage_wb.iter().enumerate() {
            for (i, &reference) in row.iter().enumerate() {
                let place = format!("{} A, {} deg", given.current_a[i], given.position_deg[p]);
                let value = map.linkage[[p, i]];
                if let Some(tolerance) = t.flux_linkage_ratio {
                    let tolerance = self.widened(tolerance);
                    self.push(Entry {
                        quantity: format!("flux_linkage_wb at {place}"),
                        pool: "phase_flux_linkage",
                        unit: "Wb",
                        reference,
                        value,
                        scale: largest,
                        tolerance,
                        pooled_offset: 0.0,
                    });
                }
                let (pool, tolerance) = if p == 0 || p == last {
                    ("aligned_linkage", t.aligned_linkage_ratio)
                } else {
                    ("local_linkage", t.local_linkage_ratio)
                };
                let what = format!("flux_linkage_wb over itself at {place}");
                self.over_itself((what, pool, "Wb"), (reference, value), tolerance);
            }
        }
    }

    fn over_itself(
        &mut self,
        (quantity, pool, unit): (String, &str, &str),
        (reference, value): (f64, f64),
        tolerance: Option<f64>,
    ) {
        if let Some(tolerance) = tolerance {
            let tolerance = self.widened(tolerance);
            self.push(Entry {
                quantity,
                pool,
                unit,
                reference,
                value,
                scale: reference.abs(),
                tolerance,
                pooled_offset: 0.0,
            });
        }
    }
}
