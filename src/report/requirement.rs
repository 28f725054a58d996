//! The requirement block, which stands above every verdict.

use crate::design::Application;
use crate::unit::{kw, round_significant, rpm};
use std::fmt::Write;

/// The block, two entries a line.
pub(super) fn block(application: &Application, from: Option<&str>) -> String {
    let requirement = &application.requirement;
    let environment = &application.environment;
    let entries = [
        ("peak torque", requirement.peak_torque, "N m"),
        ("rated torque", requirement.rated_torque, "N m"),
        ("base speed", requirement.base_speed / rpm::SCALE, "rpm"),
        ("maximum speed", requirement.max_speed / rpm::SCALE, "rpm"),
        (
            "power at maximum speed",
            requirement.max_speed_power / kw::SCALE,
            "kW",
        ),
        ("overspeed", requirement.overspeed, "× maximum speed"),
        ("DC voltage", requirement.dc_voltage, "V"),
        ("semiconductors", requirement.semiconductor_voltage, "V"),
        (
            "maximum phase current",
            requirement.max_phase_current,
            "A peak",
        ),
        (
            "winding, for copper loss",
            environment.winding_temperature,
            "°C",
        ),
        ("hottest magnet", environment.magnet_temperature_hot, "°C"),
        ("coldest magnet", environment.magnet_temperature_cold, "°C"),
        ("coolant", environment.coolant_temperature, "°C"),
        ("ambient", environment.ambient_temperature, "°C"),
    ];
    let mut text = format!("requirement (sector {})", application.sector);
    if let Some(from) = from {
        let _ = write!(text, ", from {from} instead of the design");
    }
    text.push('\n');
    for pair in entries.chunks(2) {
        let shown = pair.iter().map(|(name, value, unit)| {
            let amount = format!("{} {unit}", round_significant(*value, 6));
            format!("  {name:<24} {amount:<20}")
        });
        let line: String = shown.collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
