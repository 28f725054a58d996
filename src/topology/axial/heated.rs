//! What heat passes in a machine with axial flux.

use super::{Arrangement, Axial};
use std::f64::consts::PI;

/// Measures of all stators and rotors together [m], [m²].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatedDisc {
    /// Slots of all sides.
    pub slots: usize,
    /// Width of a slot where coil sides lie.
    pub slot_width: f64,
    /// Depth of that along the axis; of separate teeth the whole.
    pub slot_depth: f64,
    /// Cross-section of a tooth, seen along the axis.
    pub tooth_area: f64,
    /// Inner radius of iron and magnets.
    pub inner: f64,
    /// Outer radius.
    pub outer: f64,
    /// Axial thickness of a yoke; nothing where there is none.
    pub yoke: Option<f64>,
    /// Stators whose yoke has a free face behind it; none where rotors stand on both sides.
    pub backs: usize,
    /// Air gaps.
    pub gaps: usize,
    /// Faces of all magnets at one gap.
    pub magnet_face: f64,
    /// Whether the magnets lie on iron.
    pub iron_behind: bool,
}

impl Arrangement {
    /// Stators with a free face behind their yoke.
    pub fn backs(self) -> usize {
        match self {
            Arrangement::SingleSided => 1,
            Arrangement::DoubleStator => 2,
            Arrangement::DoubleRotor | Arrangement::Yokeless => 0,
        }
    }
}

impl Axial {
    /// What heat passes.
    pub fn heated(&self) -> HeatedDisc {
        let (inner, outer) = (self.inner_diameter / 2.0, self.outer_diameter / 2.0);
        let (slot, rotor) = (&self.stator.slot, &self.rotor);
        let ring = PI * (outer * outer - inner * inner);
        let width = rotor
            .magnet_outline
            .width(self.pole_pitch(self.mean_radius()));
        HeatedDisc {
            slots: self.stator.slot_count * self.arrangement.windings(),
            slot_width: slot.width,
            slot_depth: slot.main_depth,
            tooth_area: ring / self.stator.slot_count as f64 - slot.width * self.length(),
            inner,
            outer,
            yoke: self.stator.yoke_thickness,
            backs: self.arrangement.backs(),
            gaps: self.arrangement.gaps(),
            magnet_face: rotor.pole_count as f64 * width * self.length(),
            iron_behind: rotor.back_iron_thickness.is_some() && rotor.interior.is_none(),
        }
    }
}
