//! Rows of a map of one phase: flux linkage at every node, and torque at every current.

use super::entry::Writer;
use super::reluctance::GivenPhaseMap;
use crate::operate::reluctance::map::PhaseMap;

impl Writer<'_> {
    /// Torques of a map, which need no position.
    pub(super) fn phase_torques(&mut self, given: &GivenPhaseMap, map: &PhaseMap) {
        let t = self.comparison.tolerances;
        let widened = |of: &Self, tolerance: Option<f64>| tolerance.map(|t| of.widened(t));
        let mean = given.mean_torque_n_m.iter().zip(map.mean_torque());
        for (current, (&reference, value)) in given.current_a.iter().zip(mean) {
            let what = format!("mean_torque_n_m at {current} A in one phase");
            self.own_scale(
                (what, "phase_torque", "N.m"),
                (Some(reference), Some(value)),
                widened(self, t.mean_torque_ratio),
            );
        }
        for (i, current) in given.current_a.iter().enumerate() {
            let of_source = given.torque_n_m.iter().map(|row| row[i]);
            let value = map.torque.column(i).iter().copied().reduce(f64::max);
            let what = format!("peak of the static torque at {current} A in one phase");
            self.own_scale(
                (what, "phase_torque", "N.m"),
                (of_source.reduce(f64::max), value),
                widened(self, t.torque_peak_ratio),
            );
        }
    }

    /// Static torques at the positions of the source, off a map that has every position of the grid. At the ends
    /// there is none.
    pub(super) fn local_torques(&mut self, given: &GivenPhaseMap, map: &PhaseMap) {
        let Some(tolerance) = self.comparison.tolerances.local_torque_ratio else {
            return;
        };
        let half = map.positions[map.positions.len() - 1];
        let ends = given.position_deg.len().saturating_sub(1);
        for (i, current) in given.current_a.iter().enumerate() {
            let of_source = given.torque_n_m.iter().map(|row| row[i].abs());
            let Some(largest) = of_source.reduce(f64::max) else {
                return;
            };
            for (p, row) in given.torque_n_m.iter().enumerate().take(ends).skip(1) {
                let position = given.position_deg[p];
                let (.., torque) = map.between(i, half - position.to_radians());
                self.scaled(
                    (
                        format!("static torque_n_m at {current} A, {position} deg"),
                        "local_torque",
                        "N.m",
                    ),
                    (Some(row[i]), Some(torque)),
                    largest,
                    Some(self.widened(tolerance)),
                );
            }
        }
    }

    /// Flux linkages of a map at the positions of its source.
    pub(super) fn phase_linkages(&mut self, given: &GivenPhaseMap, map: &PhaseMap) {
        let t = self.comparison.tolerances;
        let largest = self.comparison.largest_phase_linkage();
        let last = given.position_deg.len() - 1;
        for (p, row) in given.flux_linkage_wb.iter().enumerate() {
            for (i, &reference) in row.iter().enumerate() {
                let place = format!("{} A, {} deg", given.current_a[i], given.position_deg[p]);
                let found = (Some(reference), Some(map.linkage[[p, i]]));
                self.scaled(
                    (
                        format!("flux_linkage_wb at {place}"),
                        "phase_flux_linkage",
                        "Wb",
                    ),
                    found,
                    largest,
                    t.flux_linkage_ratio.map(|t| self.widened(t)),
                );
                let (pool, tolerance) = if p == 0 || p == last {
                    ("aligned_linkage", t.aligned_linkage_ratio)
                } else {
                    ("local_linkage", t.local_linkage_ratio)
                };
                let what = format!("flux_linkage_wb over itself at {place}");
                let tolerance = tolerance.map(|t| self.widened(t));
                self.own_scale((what, pool, "Wb"), found, tolerance);
            }
        }
    }
}
