//! Rows of comparison of this program with reference machines.

use super::circuit;
use super::entry::Writer;
use super::reference::{Reference, ReferenceError, groups, steel_laws};
use super::reluctance;
use super::row::{ReferenceKind, Row, ValidatedMachine, Validation};
use crate::network::newton::{Materials, SolveError};
use crate::network::plan::Part;
use crate::operate::machine::Machine;
use crate::operate::study::Study;
use crate::resolution::Resolution;
use crate::topology::Topology;

/// Compares this program with a reference at the given resolutions. Which errors enter the model
/// uncertainty is said by [`validate`], which sees all geometries of a machine.
///
/// # Errors
/// When the reference cannot be solved.
pub fn compare(
    reference: &Reference,
    resolutions: &[Resolution],
) -> Result<(Vec<Row>, ValidatedMachine), ReferenceError> {
    let library = reference.library()?;
    let steels = steel_laws(&library, &reference.stator_steel, &reference.rotor_steel)?;
    let mut rows = vec![];
    let (mut tooth, mut yoke) = (0.0_f64, 0.0_f64);
    if let Topology::Srm(srm) = &reference.topology {
        for &resolution in resolutions {
            let largest = reluctance::rows((reference, srm), &steels, resolution, &mut rows)?;
            (tooth, yoke) = (tooth.max(largest.tooth), yoke.max(largest.yoke));
        }
        return Ok((rows, machine_of(reference, tooth, yoke)));
    }
    let coils = reference.winding.on(&reference.topology)?;
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
            let unknowns = machine.sector.unknowns();
            let mut study = Study::new(&machine, materials.clone(), unknowns);
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
            for given in &comparison.waveforms {
                let peaks = circuit::waveform(&machine, &materials, given)?;
                writer.waveform(given, &peaks);
            }
            for given in &comparison.inductances {
                let (own, mutual) = circuit::inductances(&machine, &materials, given.current_a)?;
                writer.inductances(given, own, mutual);
            }
        }
    }
    Ok((rows, machine_of(reference, tooth, yoke)))
}

/// What the validated range knows of a machine, with its largest flux densities in tooth and yoke [T].
fn machine_of(reference: &Reference, tooth: f64, yoke: f64) -> ValidatedMachine {
    ValidatedMachine {
        machine: reference.machine.clone(),
        topology: reference.topology.name().to_owned(),
        groups: groups(&reference.topology),
        tooth_flux_density_max_t: tooth,
        yoke_flux_density_max_t: yoke,
    }
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
