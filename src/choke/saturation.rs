//! Iron sections near saturation at the current limit.

use super::{ChokePoint, Physical};
use crate::network::plan::Part;

/// One point a part. The limit is the flux density above which the steel's differential permeability is
/// below ten times that of vacuum; bridges and ribs are meant to pass it, which their place says.
pub(super) fn points(view: &Physical, pathway: &'static str) -> Vec<ChokePoint> {
    view.sections
        .iter()
        .map(|&(part, value)| {
            let (location, limit) = match part {
                Part::Tooth => ("stator tooth, at the current limit", view.saturation[0]),
                Part::Yoke => ("stator yoke, at the current limit", view.saturation[0]),
                Part::Bridge => (
                    "rotor bridge, saturated by design, at the current limit",
                    view.saturation[1],
                ),
                Part::Rib => (
                    "rotor rib, saturated by design, at the current limit",
                    view.saturation[1],
                ),
                Part::Web => (
                    "rotor web between poles, at the current limit",
                    view.saturation[1],
                ),
                Part::RotorYoke => ("rotor yoke, at the current limit", view.saturation[1]),
            };
            ChokePoint {
                kind: "physical",
                mechanism: "saturation",
                location: location.to_owned(),
                pathway,
                value,
                limit,
                unit: "T",
                margin_ratio: (limit - value) / limit,
            }
        })
        .collect()
}
