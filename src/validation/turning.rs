//! Rows of the stress of rotors.

use super::entry::Writer;
use super::reference::{Comparison, Reference, ReferenceError};
use super::row::Row;
use crate::material::Library;
use crate::resolution::Resolution;
use crate::stress::plane::Spin;
use crate::stress::{Fineness, peaks};
use crate::unit::{mpa, rpm};

/// The fineness of a stress that belongs to a resolution of the field.
fn fineness(resolution: Resolution) -> Fineness {
    match resolution {
        Resolution::Coarse => Fineness::Coarse,
        Resolution::Standard => Fineness::Standard,
        Resolution::Fine => Fineness::Fine,
    }
}

/// The rows of all comparisons that speak of the rotor.
///
/// # Errors
/// When the stress cannot be solved.
pub(super) fn rows(
    reference: &Reference,
    library: &Library,
    resolutions: &[Resolution],
    rows: &mut Vec<Row>,
) -> Result<(), ReferenceError> {
    for comparison in &reference.comparisons {
        for &resolution in resolutions {
            row((reference, comparison), library, resolution, rows)?;
        }
    }
    Ok(())
}

fn row(
    (reference, comparison): (&Reference, &Comparison),
    library: &Library,
    resolution: Resolution,
    rows: &mut Vec<Row>,
) -> Result<(), ReferenceError> {
    let Some(given) = comparison.rotor_stress else {
        return Ok(());
    };
    let refused = |reason: String| ReferenceError::Stress {
        machine: reference.machine.clone(),
        reason,
    };
    let steel = library.steel(&reference.rotor_steel.grade)?;
    let spin = Spin {
        speed: given.speed_rpm * rpm::SCALE,
        iron: steel.density_kg_per_m3,
        magnet: given.magnet_density_kg_per_m3 / reference.rotor_steel.stacking_factor,
    };
    let solid = reference.topology.solid().map_err(refused)?;
    let found = peaks(&solid, &spin, fineness(resolution)).map_err(|e| refused(e.to_string()))?;
    let mut writer = Writer {
        reference,
        comparison,
        resolution,
        rows,
    };
    let tolerance = comparison
        .tolerances
        .rotor_stress_ratio
        .map(|t| writer.widened(t));
    writer.own_scale(
        (
            format!("rotor_stress_max_mpa at {} rpm", given.speed_rpm),
            "rotor_stress",
            "MPa",
        ),
        (
            Some(given.rotor_stress_max_mpa),
            found.first().map(|peak| peak.stress / mpa::SCALE),
        ),
        tolerance,
    );
    Ok(())
}
