//! The wind and the turbine that drive a generator.

use super::finding;
use crate::source::{Document, Finding};
use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The wind of a site and what its turbine does in it, for the energy over a year. The generator turns with the rotor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wind {
    /// Shape of Weibull's distribution of the wind speed [-]; 2 is Rayleigh's.
    #[serde(rename = "weibull_shape_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.5, max = 10.0))]
    pub shape: f64,
    /// Scale of that distribution [m/s]; the mean wind speed is 0.886 of it for a shape of 2.
    #[serde(rename = "weibull_scale_m_per_s", with = "unit::si")]
    #[schemars(with = "f64", range(max = 50.0), extend("exclusiveMinimum" = 0))]
    pub scale: f64,
    /// What the turbine does from cut-in to cut-out, wind speeds rising; straight between two points, at rest outside.
    #[schemars(length(min = 2, max = 200))]
    pub operating_points: Vec<OperatingPoint>,
}

/// The turbine at one wind speed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OperatingPoint {
    /// Wind speed [m/s].
    #[serde(rename = "wind_speed_m_per_s", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.0, max = 100.0))]
    pub wind_speed: f64,
    /// Speed of the rotor [rpm].
    #[serde(rename = "rotor_speed_rpm", with = "unit::rpm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub rotor_speed: f64,
    /// Power of the shaft that drives the generator [kW].
    #[serde(rename = "shaft_power_kw", with = "unit::kw")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub shaft_power: f64,
}

impl Wind {
    /// The turbine at a wind speed [m/s] between the first and the last point.
    pub fn at(&self, wind_speed: f64) -> Option<OperatingPoint> {
        let pair = self
            .operating_points
            .windows(2)
            .find(|pair| (pair[0].wind_speed..=pair[1].wind_speed).contains(&wind_speed))?;
        let share = (wind_speed - pair[0].wind_speed) / (pair[1].wind_speed - pair[0].wind_speed);
        let between = |of: fn(&OperatingPoint) -> f64| {
            let (low, high) = (of(&pair[0]), of(&pair[1]));
            low + share * (high - low)
        };
        Some(OperatingPoint {
            wind_speed,
            rotor_speed: between(|p| p.rotor_speed),
            shaft_power: between(|p| p.shaft_power),
        })
    }

    /// Points whose wind speed is no more than that of the one before.
    pub(super) fn findings(&self, document: &Document, application: &str) -> Vec<Finding> {
        let pairs = self.operating_points.windows(2).enumerate();
        pairs
            .filter(|(_, pair)| pair[1].wind_speed <= pair[0].wind_speed)
            .map(|(index, pair)| {
                let at = index + 1;
                let pointer =
                    format!("{application}/wind/operating_points/{at}/wind_speed_m_per_s");
                let words = [
                    format!(
                        "{} m/s after {} m/s",
                        pair[1].wind_speed, pair[0].wind_speed
                    ),
                    "wind speeds that rise from point to point".to_owned(),
                    "sort the points, and leave out the second of two at one wind speed".to_owned(),
                ];
                finding(document, "out-of-order", &pointer, false, words)
            })
            .collect()
    }
}
