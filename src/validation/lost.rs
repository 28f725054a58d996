//! What a reference machine loses and weighs.

use super::reference::{Reference, ReferenceError};
use crate::design::SteelChoice;
use crate::loss::copper::{self, Copper};
use crate::loss::iron::SpecificLoss;
use crate::loss::sample::{Core, Cuts, Ends, Sample};
use crate::mass::{self, Masses};
use crate::material::Library;
use crate::network::newton::SolveError;
use crate::operate::study::Study;
use crate::unit::rpm;
use crate::winding::Layout;
use std::f64::consts::TAU;

/// A steel with its specific loss, density and stacking factor.
type Stack = (SpecificLoss, f64, f64);

/// Losses at one point [W].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lost {
    /// Of all iron; nothing where no loss of its steel is known.
    pub(super) iron: Option<f64>,
    /// Of all magnets.
    pub(super) magnet: f64,
}

/// The cores of stator and rotor as strips of their steels lose; nothing where no loss is known.
pub(super) fn cores(
    library: &Library,
    reference: &Reference,
) -> Result<Option<[Stack; 2]>, ReferenceError> {
    let core = |choice: &SteelChoice| -> Result<Option<Stack>, ReferenceError> {
        let steel = library.steel(&choice.grade)?;
        let law = SpecificLoss::of(steel);
        Ok(law.map(|law| (law, steel.density_kg_per_m3, choice.stacking_factor)))
    };
    let stator = core(&reference.stator_steel)?;
    Ok(stator.zip(core(&reference.rotor_steel)?).map(Into::into))
}

/// Losses at currents [A] and a speed [rpm] with magnets of a resistivity [Ω m].
///
/// # Errors
/// When a field does not converge.
pub(super) fn at(
    study: &mut Study,
    cores: Option<&[Stack; 2]>,
    (thickness, halved, ends): (f64, bool, Ends),
    (id, iq): (f64, f64),
    (speed_rpm, resistivity): (f64, f64),
) -> Result<Option<Lost>, SolveError> {
    let cuts = Cuts {
        axial: 1,
        across: 1,
        halved,
        ends,
    };
    let Some(period) = study.period(id, iq)? else {
        return Ok(None);
    };
    let sample = Sample::of(&study.machine().sector, &period, thickness, cuts);
    let frequency = study.machine().pole_pairs as f64 * speed_rpm * rpm::SCALE / TAU;
    let iron = cores.map(|stacks| {
        let [stator, rotor] = stacks.each_ref().map(|(steel, density, stacking)| Core {
            steel,
            density: *density,
            stacking: *stacking,
            build_factor: 1.0,
        });
        sample.iron_loss(frequency, &stator, &rotor).total()
    });
    Ok(Some(Lost {
        iron,
        magnet: sample.magnet_loss(frequency, resistivity),
    }))
}

/// Efficiency of a motor of a torque in the gap [N m], without friction; `current` is a peak [A].
pub(super) fn efficiency(
    (torque, speed_rpm): (f64, f64),
    copper: &Copper,
    layout: &Layout,
    current: f64,
    lost: &Lost,
) -> Option<f64> {
    let power = torque * speed_rpm * rpm::SCALE;
    let winding = copper::loss(layout.scheme.phase_sets, copper.resistance, current);
    Some((power - lost.iron? - lost.magnet) / (power + winding))
}

/// The winding at a temperature [°C].
///
/// # Errors
/// When the conductor is unknown or has no cross-section.
pub(super) fn winding(
    library: &Library,
    reference: &Reference,
    layout: &Layout,
    temperature: f64,
) -> Result<Copper, ReferenceError> {
    let winding = &reference.winding;
    let conductor = library.conductor(&winding.conductor.material)?;
    let bill = reference.topology.bill();
    let turns = (layout.series_turns(), 3 * winding.phase_sets);
    Copper::of(winding, conductor, turns, &bill, temperature)
        .ok_or_else(|| ReferenceError::Conductor(reference.machine.clone()))
}

/// Masses with magnets of a density [kg/m³] and a winding.
///
/// # Errors
/// When a steel is unknown.
pub(super) fn masses(
    library: &Library,
    reference: &Reference,
    magnet: f64,
    copper: &Copper,
) -> Result<Masses, ReferenceError> {
    let steels = [&reference.stator_steel, &reference.rotor_steel];
    let bill = reference.topology.bill();
    Ok(mass::masses(steels, &bill, library, magnet, copper.mass)?)
}
