//! Rows of comparison of this program with reference machines.

use super::reference::{
    BestAngle, Comparison, GivenPoint, Reference, ReferenceError, groups, steel_laws,
};
use super::row::{ReferenceKind, Row, ValidatedMachine, Validation};
use crate::material::Library;
use crate::network::newton::{Materials, SolveError};
use crate::network::plan::Part;
use crate::operate::machine::Machine;
use crate::operate::study::Study;
use crate::resolution::Resolution;

/// Compares this program with a reference at the given resolutions. Which errors enter the model
/// uncertainty is said by [`validate`], which sees all geometries of a machine.
///
/// # Errors
/// When the reference cannot be solved.
pub fn compare(
    reference: &Reference,
    resolutions: &[Resolution],
) -> Result<(Vec<Row>, ValidatedMachine), ReferenceError> {
    let library = Library::builtin();
    let coils = reference.winding.on(&reference.topology)?;
    let steels = steel_laws(library, &reference.stator_steel, &reference.rotor_steel)?;
    let mut rows = vec![];
    let (mut tooth, mut yoke) = (0.0_f64, 0.0_f64);
    for &resolution in resolutions {
        let plan = reference
            .topology
            .plan(&coils, resolution)
            .ok_or_else(|| ReferenceError::Geometry(reference.machine.clone()))?;
        let machine = Machine::new(&plan, &coils, resolution)?;
        for comparison in &reference.comparisons {
            let materials = Materials {
                steels: steels.clone(),
                remanence: comparison.remanence_t,
                recoil_permeability: comparison.recoil_permeability,
                kept: None,
            };
            let mut study = Study::new(&machine, materials, machine.sector.unknowns());
            let mut writer = Writer {
                reference,
                comparison,
                resolution,
                rows: &mut rows,
            };
            for point in &comparison.points {
                let (solved, densities) = study.read(point.id_a, point.iq_a)?;
                tooth = tooth.max(densities.section(Part::Tooth).unwrap_or(0.0));
                yoke = yoke.max(densities.section(Part::Yoke).unwrap_or(0.0));
                writer.linkages_and_torque(point, &solved);
                writer.flux_densities(point, &densities);
            }
            for point in &comparison.best_angle {
                let value = best_torque(&mut study, point.current_rms_a * 2.0_f64.sqrt())?;
                writer.best_angle(point, value);
            }
        }
    }
    let machine = ValidatedMachine {
        machine: reference.machine.clone(),
        topology: reference.topology.name().to_owned(),
        groups: groups(&reference.topology),
        tooth_flux_density_max_t: tooth,
        yoke_flux_density_max_t: yoke,
    };
    Ok((rows, machine))
}

/// The most torque at a current over the angle: a scan of ten degrees, then the vertex of the parabola
/// through the best three.
fn best_torque(study: &mut Study, current: f64) -> Result<f64, SolveError> {
    let mut torques = vec![];
    for k in 0..=6 {
        let (s, c) = f64::from(10 * k).to_radians().sin_cos();
        torques.push(study.at(-current * s, current * c)?.torque);
    }
    let best = (1..6)
        .max_by(|a, b| torques[*a].total_cmp(&torques[*b]))
        .unwrap_or(1);
    let (a, b, c) = (torques[best - 1], torques[best], torques[best + 1]);
    let curvature = a - 2.0 * b + c;
    Ok(if curvature < 0.0 {
        b - (c - a).powi(2) / (8.0 * curvature)
    } else {
        b.max(a).max(c)
    })
}

struct Writer<'a> {
    reference: &'a Reference,
    comparison: &'a Comparison,
    resolution: Resolution,
    rows: &'a mut Vec<Row>,
}

struct Entry<'a> {
    quantity: String,
    pool: &'a str,
    unit: &'a str,
    reference: f64,
    value: f64,
    scale: f64,
    tolerance: f64,
    pooled_offset: f64,
}

impl Writer<'_> {
    fn push(&mut self, e: Entry) {
        let error_ratio = (e.value - e.reference) / e.scale;
        self.rows.push(Row {
            machine: self.reference.machine.clone(),
            topology: self.reference.topology.name().to_owned(),
            quantity: e.quantity,
            pool: e.pool.to_owned(),
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

    /// Tolerances of flux linkage and torque are stated at standard resolution and doubled at coarse.
    fn widened(&self, tolerance: f64) -> f64 {
        if self.resolution == Resolution::Coarse {
            2.0 * tolerance
        } else {
            tolerance
        }
    }

    fn linkages_and_torque(&mut self, point: &GivenPoint, solved: &crate::operate::point::Point) {
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
        let place = format!("id {} A, iq {} A", round(point.id_a), round(point.iq_a));
        let no_load = point.id_a == 0.0 && point.iq_a == 0.0;
        let t = self.comparison.tolerances;
        if let (true, Some(reference), Some(tolerance)) =
            (no_load, point.flux_linkage_d_wb, t.no_load_ratio)
        {
            let quantity = "no_load_flux_linkage_wb".to_owned();
            let tolerance = self.widened(tolerance);
            let value = solved.psi_d;
            self.push(Entry {
                quantity,
                pool: "no_load_flux_linkage",
                unit: "Wb",
                reference,
                value,
                scale: reference,
                tolerance,
                pooled_offset: 0.0,
            });
        }
        for (name, reference, value) in [
            ("flux_linkage_d_wb", point.flux_linkage_d_wb, solved.psi_d),
            ("flux_linkage_q_wb", point.flux_linkage_q_wb, solved.psi_q),
        ] {
            if let (false, Some(reference), Some(tolerance)) =
                (no_load, reference, t.flux_linkage_ratio)
            {
                let quantity = format!("{name} at {place}");
                let tolerance = self.widened(tolerance);
                self.push(Entry {
                    quantity,
                    pool: "flux_linkage",
                    unit: "Wb",
                    reference,
                    value,
                    scale: largest_linkage,
                    tolerance,
                    pooled_offset: 0.0,
                });
            }
        }
        if let (false, Some(reference), Some(tolerance)) =
            (no_load, point.torque_n_m, t.torque_ratio)
        {
            let quantity = format!("torque_n_m at {place}");
            let tolerance = if self.resolution == Resolution::Coarse {
                2.0 * tolerance
            } else {
                tolerance
            };
            self.push(Entry {
                quantity,
                pool: "torque",
                unit: "N.m",
                reference,
                value: solved.torque,
                scale: largest_torque,
                tolerance,
                pooled_offset: 0.0,
            });
        }
    }

    fn flux_densities(
        &mut self,
        point: &GivenPoint,
        solved: &crate::operate::point::FluxDensities,
    ) {
        let place = format!("id {} A, iq {} A", round(point.id_a), round(point.iq_a));
        if let (Some(reference), Some(tolerance)) = (
            point.magnet_flux_density_mean_t,
            self.magnet_tolerance(0.02),
        ) {
            let quantity = format!("magnet_flux_density_mean_t at {place}");
            self.push(Entry {
                quantity,
                pool: "magnet_flux_density_mean",
                unit: "T",
                reference,
                value: solved.magnet_mean,
                scale: reference,
                tolerance,
                pooled_offset: 0.0,
            });
        }
        let [p01, p05] = solved.magnet_percentiles.map_or([None; 2], |p| p.map(Some));
        for (name, value, reference, tolerance) in [
            (
                "magnet_flux_density_p05",
                p05,
                point.magnet_flux_density_p05_t,
                0.03,
            ),
            (
                "magnet_flux_density_p01",
                p01,
                point.magnet_flux_density_p01_t,
                0.06,
            ),
        ] {
            if let (Some(reference), Some(value), Some(tolerance)) =
                (reference, value, self.magnet_tolerance(tolerance))
            {
                let quantity = format!("{name}_t at {place}");
                self.push(Entry {
                    quantity,
                    pool: name,
                    unit: "T",
                    reference,
                    value,
                    scale: 1.0,
                    tolerance,
                    pooled_offset: 0.0,
                });
            }
        }
        for (name, part, reference) in [
            (
                "tooth_flux_density_max_t",
                Part::Tooth,
                point.tooth_flux_density_max_t,
            ),
            (
                "yoke_flux_density_max_t",
                Part::Yoke,
                point.yoke_flux_density_max_t,
            ),
        ] {
            if let (Some(reference), Some(value), Some(tolerance)) = (
                reference,
                solved.section(part),
                self.comparison.tolerances.section_ratio,
            ) {
                let quantity = format!("{name} at {place}");
                let tolerance = self.widened(tolerance);
                self.push(Entry {
                    quantity,
                    pool: "section_flux_density",
                    unit: "T",
                    reference,
                    value,
                    scale: reference,
                    tolerance,
                    pooled_offset: 0.0,
                });
            }
        }
    }

    /// Flux densities in the magnet are promised at standard resolution only.
    fn magnet_tolerance(&self, tolerance: f64) -> Option<f64> {
        (self.resolution != Resolution::Coarse).then_some(tolerance)
    }

    fn best_angle(&mut self, point: &BestAngle, value: f64) {
        if let Some(tolerance) = self.comparison.tolerances.torque_ratio {
            let quantity = format!(
                "torque_n_m at {} A rms, best angle, {} rpm",
                point.current_rms_a, point.speed_rpm
            );
            let reference = point.torque_n_m;
            self.push(Entry {
                quantity,
                pool: "torque",
                unit: "N.m",
                reference,
                value,
                scale: reference,
                tolerance,
                pooled_offset: point.drag_torque_n_m,
            });
        }
    }
}

fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// All rows of all references, with the errors that enter the model uncertainty.
///
/// A finite-element row of equal input enters with its error. A published model of a geometry that had
/// to be read from a description does not enter. A built machine enters with the distance of the
/// measurement from the interval that its published geometries span, less the uncertainty of the
/// measurement: no more can be said of the model while nobody knows which geometry was built.
///
/// # Errors
/// When a reference cannot be solved.
pub fn validate(
    references: &[Reference],
    resolutions: &[Resolution],
) -> Result<Validation, ReferenceError> {
    let (mut rows, mut machines): (Vec<Row>, Vec<ValidatedMachine>) = (vec![], vec![]);
    for reference in references {
        let (new, machine) = compare(reference, resolutions)?;
        let equal_input = new.iter().any(|r| r.kind == ReferenceKind::FiniteElement);
        rows.extend(new);
        if equal_input {
            machines.push(machine);
        }
    }
    let built = |machine: &str| {
        references
            .iter()
            .find(|r| r.machine == machine)
            .and_then(|r| r.built_machine.clone())
    };
    let largest_torque = rows
        .iter()
        .filter(|r| r.kind == ReferenceKind::Measured && r.pool == "torque")
        .map(|r| r.reference)
        .fold(0.0, f64::max);
    let pooled: Vec<Option<f64>> = rows
        .iter()
        .map(|row| match row.kind {
            ReferenceKind::FiniteElement => Some(row.error_ratio.abs()),
            ReferenceKind::PublishedModel => None,
            ReferenceKind::Measured => {
                let values = rows.iter().filter(|other| {
                    other.kind == ReferenceKind::Measured
                        && other.quantity == row.quantity
                        && other.resolution == row.resolution
                        && built(&other.machine) == built(&row.machine)
                });
                let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |a, r| {
                    (a.0.min(r.value), a.1.max(r.value))
                });
                let distance = (low - row.reference - row.pooled_offset)
                    .max(row.reference + row.pooled_offset - high)
                    .max(0.0);
                let beyond = (distance - row.reference_uncertainty_ratio * row.reference).max(0.0);
                let scale = if row.pool == "torque" {
                    largest_torque
                } else {
                    row.reference
                };
                (beyond > 0.0).then_some(beyond / scale)
            }
        })
        .collect();
    for (row, error) in rows.iter_mut().zip(pooled) {
        row.pooled_error_ratio = error;
    }
    Ok(Validation { rows, machines })
}
