//! Masses from geometry and density.

use crate::design::Candidate;
use crate::material::{Library, Magnet, MaterialError};
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

/// Masses of a candidate with a magnet grade: m = ρ A l, laminations times their stacking factor.
///
/// # Errors
/// When a steel is unknown.
pub fn masses(
    candidate: &Candidate,
    bill: &Bill,
    library: &Library,
    magnet: &Magnet,
    copper: f64,
) -> Result<Masses, MaterialError> {
    let stator = library
        .steel(&candidate.stator_steel.grade)?
        .density_kg_per_m3
        * candidate.stator_steel.stacking_factor;
    let rotor = library
        .steel(&candidate.rotor_steel.grade)?
        .density_kg_per_m3
        * candidate.rotor_steel.stacking_factor;
    Ok(Masses {
        magnet: magnet.density_kg_per_m3 * bill.magnet_area * bill.stack_length,
        copper,
        stator_core: stator * bill.stator_iron_area * bill.stack_length,
        rotor_core: rotor * bill.rotor_iron_area * bill.stack_length,
    })
}
