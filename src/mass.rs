//! Masses from geometry and density.

use crate::design::SteelChoice;
use crate::material::{Library, MaterialError};
use crate::topology::Bill;

/// Masses of the active parts [kg].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Masses {
    /// All magnets.
    pub magnet: f64,
    /// All conductors with end turns.
    pub copper: f64,
    /// Stator laminations.
    pub stator_core: f64,
    /// Rotor laminations.
    pub rotor_core: f64,
}

impl Masses {
    /// All active parts.
    pub fn active(&self) -> f64 {
        self.magnet + self.copper + self.stator_core + self.rotor_core
    }
}

/// Masses of a machine: m = ρ A l, laminations times their stacking factor. `steels` are those of stator and
/// rotor, `magnet` the density of the magnets [kg/m³], `copper` the mass of the winding [kg].
///
/// # Errors
/// When a steel is unknown.
pub fn masses(
    [stator, rotor]: [&SteelChoice; 2],
    bill: &Bill,
    library: &Library,
    magnet: f64,
    copper: f64,
) -> Result<Masses, MaterialError> {
    let stack = |steel: &SteelChoice| -> Result<f64, MaterialError> {
        Ok(library.steel(&steel.grade)?.density_kg_per_m3 * steel.stacking_factor)
    };
    let (stator, rotor) = (stack(stator)?, stack(rotor)?);
    Ok(Masses {
        magnet: magnet * bill.magnet_area * bill.stack_length,
        copper,
        stator_core: stator * bill.stator_iron_area * bill.stack_length,
        rotor_core: rotor * bill.rotor_iron_area * bill.stack_length,
    })
}
