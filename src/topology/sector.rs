//! The plan of a sector from a slotted stator and whatever turns in or around it.

use super::stator::{Lamination, SlotFill};
use crate::network::plan::{BodyPlan, Section, SectorPlan};
use crate::resolution::{Resolution, columns};
use crate::winding::Layout;

/// What turns.
pub(super) struct Rotor<Body: FnOnce(usize, usize) -> BodyPlan> {
    /// Whether it lies outside the gap.
    pub outside: bool,
    /// Its body, of so many poles with so many columns each.
    pub body: Body,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// Plan of the smallest sector that repeats with the winding; lengths in metres.
pub(super) fn plan<Body: FnOnce(usize, usize) -> BodyPlan>(
    (layout, resolution): (&Layout, Resolution),
    (air_gap, length): (f64, f64),
    stator: Lamination,
    rotor: Rotor<Body>,
) -> SectorPlan {
    let (sectors, sign) = layout.sectors();
    let scheme = layout.scheme;
    let (slots, poles) = (scheme.slots / sectors, scheme.poles / sectors);
    let columns = columns(slots, poles, resolution);
    let fill = SlotFill::of(scheme.layers, scheme.coil_pitch);
    SectorPlan {
        sectors,
        sign,
        columns,
        length,
        coil_share: 1.0,
        enlargement: 1.0,
        beside: vec![],
        rotor_outside: rotor.outside,
        rotor: (rotor.body)(poles, columns / poles),
        stator: stator.body(slots, air_gap, columns / slots, fill),
        rotor_sections: rotor.sections,
        stator_sections: stator.sections(),
    }
}
