//! A slotted stator: shared by the radial-flux machines, inside or outside its rotor.

mod body;
mod fits;
mod slot;

pub use slot::{Bottom, Slot};

use super::RotorPosition;
use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slot::HalfSlot;

/// Slotted stator lamination. All lengths in metres inside. Its slots open at the bore, or, under an
/// outer rotor, at the outer diameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stator {
    /// Number of slots.
    pub slot_count: usize,
    /// Outer diameter of the lamination [mm].
    #[serde(rename = "outer_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub outer_diameter: f64,
    /// Bore diameter: that of the inner edge of the lamination [mm].
    #[serde(rename = "bore_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bore_diameter: f64,
    /// The slot.
    pub slot: Slot,
}

/// Index of the stator steel among the steels of a machine.
pub const STATOR_STEEL: usize = 0;

/// How the coil sides of a slot lie beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotFill {
    /// One coil side fills the slot.
    Single,
    /// Two coil sides, one above the other: side 0 next to the gap.
    Stacked,
    /// Two coil sides beside each other: side 0 clockwise.
    SideBySide,
}

impl SlotFill {
    /// How coils of a pitch [slots] lie in slots of one or two layers.
    pub fn of(layers: usize, coil_pitch: usize) -> Self {
        match (layers, coil_pitch) {
            (1, _) => SlotFill::Single,
            (_, 1) => SlotFill::SideBySide,
            _ => SlotFill::Stacked,
        }
    }
}

/// A stator seen from its air gap: the same slots open inwards at the bore, or outwards.
#[derive(Debug, Clone, Copy)]
pub struct Lamination<'s> {
    stator: &'s Stator,
    /// +1 when depth into the slot goes outwards, -1 when it goes inwards.
    outward: f64,
}

impl Stator {
    /// With its slots at the bore, around an inner rotor.
    pub fn at_bore(&self) -> Lamination<'_> {
        Lamination {
            stator: self,
            outward: 1.0,
        }
    }

    /// With its slots at the outer diameter, inside an outer rotor.
    pub fn at_outside(&self) -> Lamination<'_> {
        Lamination {
            stator: self,
            outward: -1.0,
        }
    }

    /// With its slots where a rotor in this position turns.
    pub fn beside(&self, rotor: RotorPosition) -> Lamination<'_> {
        match rotor {
            RotorPosition::Inner => self.at_bore(),
            RotorPosition::Outer => self.at_outside(),
        }
    }

    /// Angle of a slot pitch [rad].
    pub fn slot_pitch(&self) -> f64 {
        std::f64::consts::TAU / self.slot_count as f64
    }

    /// Bore radius [m].
    pub fn bore_radius(&self) -> f64 {
        self.bore_diameter / 2.0
    }
}

impl Lamination<'_> {
    /// Number of slots.
    pub fn slot_count(self) -> usize {
        self.stator.slot_count
    }

    /// Radius of the surface at the air gap [m].
    pub fn gap_radius(self) -> f64 {
        if self.outward > 0.0 {
            self.stator.bore_diameter / 2.0
        } else {
            self.stator.outer_diameter / 2.0
        }
    }

    /// Radius of the surface away from the air gap [m].
    pub fn back_radius(self) -> f64 {
        if self.outward > 0.0 {
            self.stator.outer_diameter / 2.0
        } else {
            self.stator.bore_diameter / 2.0
        }
    }

    /// Corners of half a slot. Slots that [`Lamination::fits`] refuses give points without meaning.
    fn half_slot(self) -> HalfSlot {
        self.stator
            .slot
            .half(self.gap_radius(), self.outward, self.stator.slot_pitch())
    }

    /// Cross-section of a slot where coil sides lie [m²].
    pub fn slot_area(self) -> f64 {
        self.half_slot().main_outline().area()
    }

    /// Iron area of the whole lamination [m²].
    pub fn iron_area(self) -> f64 {
        let (gap, back) = (self.gap_radius(), self.back_radius());
        let ring = std::f64::consts::PI * (back * back - gap * gap).abs();
        let s = self.half_slot();
        ring - self.stator.slot_count as f64 * (s.main_outline().area() + s.throat_area())
    }

    /// Mean radius of the coil sides [m].
    pub fn coil_radius(self) -> f64 {
        let s = self.half_slot();
        0.5 * (s.main_top.x + s.corner_end.x)
    }

    /// Radial depth of the whole slot [m].
    pub fn slot_depth(self) -> f64 {
        (self.half_slot().corner_end.x - self.gap_radius()).abs()
    }

    /// Radial height of the yoke behind the slots [m].
    pub fn yoke_height(self) -> f64 {
        (self.back_radius() - self.half_slot().corner_end.x).abs()
    }

    /// Width of a tooth halfway down the coil sides [m].
    pub fn tooth_width(self) -> f64 {
        let s = self.half_slot();
        let middle = s.main_top.towards(s.corner_start, 0.5);
        let half_pitch = self.stator.slot_pitch() / 2.0;
        2.0 * middle.radius() * (half_pitch - middle.angle()).sin()
    }
}
