//! One row a quantity: what a source gives at a point against what was solved there.

use super::model::pool_of;
use super::reference::{
    BestAngle, Comparison, GivenInductance, GivenPoint, GivenWaveform, Reference,
};
use super::row::{ReferenceKind, Row};
use crate::network::plan::Part;
use crate::operate::point::{FluxDensities, Point};
use crate::operate::waveform::PhasePeaks;
use crate::resolution::Resolution;

/// Writes the rows of one comparison at one resolution.
pub(super) struct Writer<'a> {
    pub(super) reference: &'a Reference,
    pub(super) comparison: &'a Comparison,
    pub(super) resolution: Resolution,
    pub(super) rows: &'a mut Vec<Row>,
}

/// The pool of all rows that are no more than plausible.
const PLAUSIBLE: &str = "plausibility";

/// What differs from row to row.
pub(super) struct Entry<'a> {
    pub(super) quantity: String,
    pub(super) pool: &'a str,
    pub(super) unit: &'a str,
    pub(super) reference: f64,
    pub(super) value: f64,
    pub(super) scale: f64,
    pub(super) tolerance: f64,
    pub(super) pooled_offset: f64,
}

impl Writer<'_> {
    pub(super) fn push(&mut self, e: Entry) {
        // What is no more than plausible shares no pool with what anything follows from.
        let pool = match self.comparison.kind {
            ReferenceKind::Plausibility => PLAUSIBLE.to_owned(),
            _ => pool_of(e.pool, self.comparison.three_dimensional),
        };
        let error_ratio = (e.value - e.reference) / e.scale;
        self.rows.push(Row {
            machine: self.reference.machine.clone(),
            built_machine: self.reference.built_machine.clone(),
            topology: self.reference.topology.validated_as().to_owned(),
            quantity: e.quantity,
            pool,
            resolution: self.resolution.name().to_owned(),
            reference: e.reference,
            value: e.value,
            unit: e.unit.to_owned(),
            error_ratio,
            scale: e.scale,
            tolerance_ratio: e.tolerance,
            within: error_ratio.abs() <= e.tolerance,
            kind: self.comparison.kind,
            reference_uncertainty_ratio: self.comparison.reference_uncertainty_ratio,
            pooled_offset: e.pooled_offset,
            pooled_error_ratio: None,
            source: self.comparison.source.clone(),
            reason: self.comparison.reason.clone(),
        });
    }

    /// A row whose error is measured by the reference itself, if the source gives the quantity and the
    /// file its tolerance.
    pub(super) fn own_scale(
        &mut self,
        names: (String, &str, &str),
        (reference, value): (Option<f64>, Option<f64>),
        tolerance: Option<f64>,
    ) {
        let scale = reference.map_or(1.0, f64::abs);
        self.scaled(names, (reference, value), scale, tolerance);
    }

    /// A row whose error is over a scale, if the source gives the quantity and the file its tolerance.
    pub(super) fn scaled(
        &mut self,
        (quantity, pool, unit): (String, &str, &str),
        (reference, value): (Option<f64>, Option<f64>),
        scale: f64,
        tolerance: Option<f64>,
    ) {
        if let (Some(reference), Some(value), Some(tolerance)) = (reference, value, tolerance) {
            self.push(Entry {
                quantity,
                pool,
                unit,
                reference,
                value,
                scale,
                tolerance,
                pooled_offset: 0.0,
            });
        }
    }

    /// Tolerances of flux linkage, torque, sections and circuit quantities are stated at standard
    /// resolution and doubled at coarse.
    pub(super) fn widened(&self, tolerance: f64) -> f64 {
        if self.resolution == Resolution::Coarse {
            2.0 * tolerance
        } else {
            tolerance
        }
    }

    pub(super) fn linkages_and_torque(&mut self, point: &GivenPoint, solved: &Point) {
        let t = self.comparison.tolerances;
        if point.id_a == 0.0 && point.iq_a == 0.0 {
            self.own_scale(
                (
                    "no_load_flux_linkage_wb".to_owned(),
                    "no_load_flux_linkage",
                    "Wb",
                ),
                (point.flux_linkage_d_wb, Some(solved.psi_d)),
                t.no_load_ratio.map(|t| self.widened(t)),
            );
            return;
        }
        let all = &self.comparison.points;
        let largest_linkage = all
            .iter()
            .map(|p| {
                p.flux_linkage_d_wb
                    .unwrap_or(0.0)
                    .hypot(p.flux_linkage_q_wb.unwrap_or(0.0))
            })
            .fold(0.0, f64::max);
        let largest_torque = all
            .iter()
            .filter_map(|p| p.torque_n_m)
            .map(f64::abs)
            .fold(0.0, f64::max);
        let place = place(point.id_a, point.iq_a);
        let (linkage, torque) = (t.flux_linkage_ratio, t.torque_ratio);
        for (name, pool, unit, reference, value, scale, tolerance) in [
            (
                "flux_linkage_d_wb",
                "flux_linkage",
                "Wb",
                point.flux_linkage_d_wb,
                solved.psi_d,
                largest_linkage,
                linkage,
            ),
            (
                "flux_linkage_q_wb",
                "flux_linkage",
                "Wb",
                point.flux_linkage_q_wb,
                solved.psi_q,
                largest_linkage,
                linkage,
            ),
            (
                "torque_n_m",
                "torque",
                "N.m",
                point.torque_n_m,
                solved.torque,
                largest_torque,
                torque,
            ),
        ] {
            if let (Some(reference), Some(tolerance)) = (reference, tolerance) {
                let tolerance = self.widened(tolerance);
                self.push(Entry {
                    quantity: format!("{name} at {place}"),
                    pool,
                    unit,
                    reference,
                    value,
                    scale,
                    tolerance,
                    pooled_offset: 0.0,
                });
            }
        }
    }

    pub(super) fn flux_densities(&mut self, point: &GivenPoint, solved: &FluxDensities) {
        let place = place(point.id_a, point.iq_a);
        let t = self.comparison.tolerances;
        self.own_scale(
            (
                format!("magnet_flux_density_mean_t at {place}"),
                "magnet_flux_density_mean",
                "T",
            ),
            (point.magnet_flux_density_mean_t, Some(solved.magnet_mean)),
            self.magnet_tolerance(0.02),
        );
        let [p01, p05] = solved.magnet_percentiles.map_or([None; 2], |p| p.map(Some));
        for (pool, value, reference, tolerance) in [
            (
                "magnet_flux_density_p05",
                p05,
                point.magnet_flux_density_p05_t,
                self.magnet_tolerance(0.03),
            ),
            (
                "magnet_flux_density_p01",
                p01,
                point.magnet_flux_density_p01_t,
                // A screening judges faults by it on the coarse grid.
                Some(self.widened(0.06)),
            ),
        ] {
            if let (Some(reference), Some(value), Some(tolerance)) = (reference, value, tolerance) {
                self.push(Entry {
                    quantity: format!("{pool}_t at {place}"),
                    pool,
                    unit: "T",
                    reference,
                    value,
                    scale: 1.0,
                    tolerance,
                    pooled_offset: 0.0,
                });
            }
        }
        for (name, pool, value, reference, tolerance) in [
            (
                "tooth_flux_density_max_t",
                "section_flux_density",
                solved.section(Part::Tooth),
                point.tooth_flux_density_max_t,
                t.section_ratio,
            ),
            (
                "yoke_flux_density_max_t",
                "section_flux_density",
                solved.section(Part::Yoke),
                point.yoke_flux_density_max_t,
                t.section_ratio,
            ),
            (
                "rotor_yoke_flux_density_max_t",
                "section_flux_density",
                solved.section(Part::RotorYoke),
                point.rotor_yoke_flux_density_max_t,
                t.section_ratio,
            ),
            (
                "gap_flux_density_fundamental_t",
                "gap_flux_density",
                Some(solved.gap_fundamental),
                point.gap_flux_density_fundamental_t,
                t.gap_ratio,
            ),
            (
                "gap_flux_density_mean_t",
                "gap_flux_density",
                Some(solved.gap_mean),
                point.gap_flux_density_mean_t,
                t.gap_ratio,
            ),
        ] {
            let tolerance = tolerance.map(|t| self.widened(t));
            self.own_scale(
                (format!("{name} at {place}"), pool, "T"),
                (reference, value),
                tolerance,
            );
        }
    }

    /// Means of the flux density in the magnet are promised at standard resolution only.
    fn magnet_tolerance(&self, tolerance: f64) -> Option<f64> {
        (self.resolution != Resolution::Coarse).then_some(tolerance)
    }

    pub(super) fn best_angle(&mut self, point: &BestAngle, value: f64) {
        if let Some(tolerance) = self.comparison.tolerances.torque_ratio {
            self.push(Entry {
                quantity: format!(
                    "torque_n_m at {} A rms, best angle, {} rpm",
                    point.current_rms_a, point.speed_rpm
                ),
                pool: "torque",
                unit: "N.m",
                reference: point.torque_n_m,
                value,
                scale: point.torque_n_m,
                tolerance,
                pooled_offset: point.drag_torque_n_m,
            });
        }
    }

    pub(super) fn waveform(&mut self, given: &GivenWaveform, peaks: &PhasePeaks) {
        let place = place(given.id_a, given.iq_a);
        let tolerance = self
            .comparison
            .tolerances
            .waveform_ratio
            .map(|t| self.widened(t));
        let linkage = format!("phase_flux_linkage_peak_wb at {place}");
        self.own_scale(
            (linkage, "phase_flux_linkage_peak", "Wb"),
            (given.phase_flux_linkage_peak_wb, Some(peaks.linkage)),
            tolerance,
        );
        let voltage = format!("phase_voltage_peak_v at {place}, {} rpm", given.speed_rpm);
        self.own_scale(
            (voltage, "phase_voltage_peak", "V"),
            (given.phase_voltage_peak_v, Some(peaks.voltage)),
            tolerance,
        );
    }

    pub(super) fn inductances(&mut self, given: &GivenInductance, own: f64, mutual: f64) {
        let current = given.current_a;
        let tolerance = self
            .comparison
            .tolerances
            .inductance_ratio
            .map(|t| self.widened(t));
        let parts = given.self_inductance_h.zip(given.mutual_inductance_h);
        let synchronous = given.synchronous_inductance_h.or(parts.map(|(l, m)| l - m));
        for (name, reference, value) in [
            ("self_inductance_h", given.self_inductance_h, own),
            ("mutual_inductance_h", given.mutual_inductance_h, mutual),
            ("synchronous_inductance_h", synchronous, own - mutual),
        ] {
            // A mutual inductance is the small rest of fluxes that cancel: its error counts on the scale
            // of the self-inductance.
            if let (Some(reference), Some(tolerance), Some(scale)) =
                (reference, tolerance, given.self_inductance_h.or(reference))
            {
                self.push(Entry {
                    quantity: format!("{name} at {current} A in one phase"),
                    pool: "inductance",
                    unit: "H",
                    reference,
                    value,
                    scale,
                    tolerance,
                    pooled_offset: 0.0,
                });
            }
        }
    }
}

/// An operating point as a quantity names it.
pub(super) fn place(id: f64, iq: f64) -> String {
    let round = |x: f64| (x * 10.0).round() / 10.0;
    format!("id {} A, iq {} A", round(id), round(iq))
}
