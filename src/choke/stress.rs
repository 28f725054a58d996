//! Rotor near yielding at overspeed.

use super::{ChokePoint, RotorStress};
use crate::unit::mpa;

/// The place that is stressed most; the limit is the yield strength of the lamination.
pub(super) fn point(rotor: &RotorStress, pathway: &'static str) -> ChokePoint {
    ChokePoint {
        kind: "physical",
        mechanism: "rotor_stress",
        key: "",
        location: format!(
            "{}, at overspeed; at radius {:.1} mm, {:.1}° from the axis of the half pole",
            rotor.place,
            rotor.at.radius() * 1e3,
            rotor.at.angle().to_degrees()
        ),
        pathway,
        value: rotor.stress / mpa::SCALE,
        limit: rotor.strength / mpa::SCALE,
        unit: "MPa",
        margin_ratio: (rotor.strength - rotor.stress) / rotor.strength,
    }
}
