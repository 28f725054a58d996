//! Rows of comparison of this program with reference machines.

use super::circuit;
use super::entry::Writer;
use super::lost;
use super::plausible;
use super::reference::{
    BestAngle, GivenPoint, Reference, ReferenceError, RotorPlace, groups, steel_laws,
};
use super::reluctance;
use super::row::{ReferenceKind, Row, ValidatedMachine, Validation};
use super::turning;
use crate::loss::sample::Ends;
use crate::material::Library;
use crate::network::newton::{Materials, SolveError, Solver};
use crate::network::plan::Part;
use crate::operate::machine::Machine;
use crate::operate::point::{FluxDensities, Point, flux_densities, solve_at};
use crate::operate::study::Study;
use crate::parallel::each_or_first_error;
use crate::resolution::Resolution;
use crate::topology::Topology;
use crate::winding::Layout;

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
    turning::rows(reference, &library, resolutions, &mut rows)?;
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
        // A source that solved the plane knows nothing of what spreads beyond the ends of the iron.
        let plan = if reference.comparisons.iter().any(|c| c.three_dimensional) {
            plan
        } else {
            plan.in_the_plane()
        };
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
                let (solved, densities) = match comparison.rotor {
                    RotorPlace::Turning => study.read(point.id_a, point.iq_a)?,
                    RotorPlace::OppositeTooth => {
                        opposite_tooth(reference, &machine, &materials, point)?
                    }
                };
                // The validated range is that of what validates.
                if comparison.kind != ReferenceKind::Plausibility {
                    tooth = tooth.max(densities.section(Part::Tooth).unwrap_or(0.0));
                    yoke = yoke.max(densities.section(Part::Yoke).unwrap_or(0.0));
                }
                writer.linkages_and_torque(point, &solved);
                writer.flux_densities(point, &densities);
            }
            for point in &comparison.best_angle {
                let best = best_torque(&mut study, point.current_rms_a * 2.0_f64.sqrt())?;
                writer.best_angle(point, best.0);
                efficiency(&mut writer, &mut study, &library, &coils, point, best)?;
            }
            plausible::rows(&mut writer, &mut study)?;
            losses_and_parts(&mut writer, &mut study, &library, &coils)?;
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
    // A source that solved slices says nothing of the edges.
    let mut groups = groups(&reference.topology);
    if !reference.comparisons.iter().any(|c| c.three_dimensional) {
        groups.edge_per_length = None;
    }
    ValidatedMachine {
        machine: reference.machine.clone(),
        topology: reference.topology.validated_as().to_owned(),
        groups,
        tooth_flux_density_max_t: tooth,
        yoke_flux_density_max_t: yoke,
    }
}

/// A point with the axis of a pole opposite the middle of a tooth, as near as a grid column comes to it.
fn opposite_tooth(
    reference: &Reference,
    machine: &Machine,
    materials: &Materials,
    point: &GivenPoint,
) -> Result<(Point, FluxDensities), ReferenceError> {
    let shift = machine.shift_opposite_tooth(reference.topology.bill().slots);
    let mut solver = Solver::new(&machine.sector);
    let currents = (point.id_a, point.iq_a);
    let (solved, fields) = solve_at(machine, &mut solver, materials, currents, &[shift], None)?;
    Ok((solved, flux_densities(machine, materials, &fields)))
}

/// Rows of what the machine loses and weighs.
fn losses_and_parts(
    writer: &mut Writer,
    study: &mut Study,
    library: &Library,
    coils: &Layout,
) -> Result<(), ReferenceError> {
    let (reference, comparison) = (writer.reference, writer.comparison);
    let cores = lost::cores(library, reference)?;
    let thickness = reference.topology.bill().magnet_thickness;
    let halved = reference.topology.halves_its_magnets();
    for given in &comparison.losses {
        let lost = lost::at(
            study,
            cores.as_ref(),
            (thickness, halved, Ends::Beyond),
            (given.id_a, given.iq_a),
            (given.speed_rpm, given.magnet_resistivity_ohm_m),
        )?;
        if let Some(lost) = lost {
            writer.losses(given, &lost);
        }
    }
    // They do not hang on the grid.
    if let (Some(given), Resolution::Standard) = (&comparison.parts, writer.resolution) {
        let copper = lost::winding(library, reference, coils, given.winding_temperature_c)?;
        let masses = lost::masses(library, reference, given.magnet_density_kg_per_m3, &copper)?;
        writer.parts(given, &masses, &copper);
    }
    Ok(())
}

/// The row of an efficiency that was measured at a current, at the angle of most torque.
fn efficiency(
    writer: &mut Writer,
    study: &mut Study,
    library: &Library,
    coils: &Layout,
    point: &BestAngle,
    (torque, [id, iq]): (f64, [f64; 2]),
) -> Result<(), ReferenceError> {
    let Some(given) = point.efficiency else {
        return Ok(());
    };
    let reference = writer.reference;
    let cores = lost::cores(library, reference)?;
    let thickness = reference.topology.bill().magnet_thickness;
    let halved = reference.topology.halves_its_magnets();
    let copper = lost::winding(library, reference, coils, given.winding_temperature_c)?;
    let lost = lost::at(
        study,
        cores.as_ref(),
        (thickness, halved, Ends::Inside),
        (id, iq),
        (point.speed_rpm, given.magnet_resistivity_ohm_m),
    )?;
    let value = lost.and_then(|lost| {
        let current = id.hypot(iq);
        lost::efficiency((torque, point.speed_rpm), &copper, coils, current, &lost)
    });
    writer.efficiency(point, &given, value);
    Ok(())
}

/// The most torque at a current over the angle: a scan of ten degrees, then the vertex of the parabola
/// through the best three; and the currents of the best of the scan.
fn best_torque(study: &mut Study, current: f64) -> Result<(f64, [f64; 2]), SolveError> {
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
    let torque = if curvature < 0.0 {
        b - (c - a).powi(2) / (8.0 * curvature)
    } else {
        b.max(a).max(c)
    };
    let (s, c) = ((10 * best) as f64).to_radians().sin_cos();
    Ok((torque, [-current * s, current * c]))
}

/// All rows of all references, with the errors that enter the model uncertainty.
///
/// A finite-element row of equal input enters with its error and, in quadrature, with what the reference itself leaves open. A
/// published model of a geometry that had
/// to be read from a description does not enter, nor what is no more than plausible. A built machine enters with the distance of the
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
    let compared = each_or_first_error(references, |reference| compare(reference, resolutions))?;
    for (new, machine) in compared {
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
            ReferenceKind::FiniteElement => {
                Some(row.error_ratio.hypot(row.reference_uncertainty_ratio))
            }
            ReferenceKind::PublishedModel | ReferenceKind::Plausibility => None,
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
