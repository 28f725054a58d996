//! Magnets that drive more voltage than the semiconductors block.

use super::ChokePoint;

/// The voltage that a machine which the inverter has lost makes at maximum speed, against what its semiconductors block.
pub(super) fn point([value, limit]: [f64; 2], pathway: &'static str) -> ChokePoint {
    ChokePoint {
        kind: "physical",
        mechanism: "voltage",
        key: "",
        location:
            "between lines, nothing fed, maximum speed, magnets coldest, against the semiconductors"
                .to_owned(),
        pathway,
        value,
        limit,
        unit: "V",
        margin_ratio: (limit - value) / limit,
    }
}
