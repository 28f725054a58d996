//! Iron sections near saturation at the current limit.

use super::{ChokePoint, Physical};
use crate::network::plan::Part;

const BRIDGE: &str = "bridge";
const RIB: &str = "rib";

/// Whether a part is meant to saturate: there is nothing to clear.
pub fn by_design(key: &str) -> bool {
    [BRIDGE, RIB].contains(&key)
}

/// One point a part. The limit is the flux density above which the steel's differential permeability is
/// below ten times that of vacuum; bridges and ribs are meant to pass it, which their place says.
pub(super) fn points(view: &Physical, pathway: &'static str) -> Vec<ChokePoint> {
    view.sections
        .iter()
        .map(|&(part, value)| {
            let (key, location, limit) = match part {
                Part::Tooth => (
                    "tooth",
                    "stator tooth, at the current limit",
                    view.saturation[0],
                ),
                Part::Yoke => (
                    "yoke",
                    "stator yoke, at the current limit",
                    view.saturation[0],
                ),
                Part::Bridge => (
                    BRIDGE,
                    "rotor bridge, saturated by design, at the current limit",
                    view.saturation[1],
                ),
                Part::Rib => (
                    RIB,
                    "rotor rib, saturated by design, at the current limit",
                    view.saturation[1],
                ),
                Part::Web => (
                    "web",
                    "rotor web between poles, at the current limit",
                    view.saturation[1],
                ),
                Part::RotorYoke => (
                    "rotor_yoke",
                    "rotor yoke, at the current limit",
                    view.saturation[1],
                ),
            };
            ChokePoint {
                kind: "physical",
                mechanism: "saturation",
                key,
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
