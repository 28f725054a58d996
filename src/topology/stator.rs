//! A slotted stator with a bore: shared by the radial-flux machines.

use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Slotted stator lamination with the slots at its bore. All lengths in metres inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stator {
    /// Number of slots.
    pub slot_count: usize,
    /// Outer diameter of the lamination [mm].
    #[serde(rename = "outer_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub outer_diameter: f64,
    /// Bore diameter [mm].
    #[serde(rename = "bore_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bore_diameter: f64,
    /// The slot.
    pub slot: Slot,
}

/// A slot with straight sides, a semi-closed opening and rounded bottom corners. The opening width is
/// a chord at the bore, the other widths are straight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Width of the opening at the bore, as a chord [mm].
    #[serde(rename = "opening_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub opening_width: f64,
    /// Radial height of the opening [mm].
    #[serde(rename = "opening_height_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub opening_height: f64,
    /// Radial height of the wedge, over which the slot widens from the opening to its top width [mm].
    #[serde(rename = "wedge_height_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub wedge_height: f64,
    /// Width at the top of the main part, next to the bore [mm].
    #[serde(rename = "top_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub top_width: f64,
    /// Width at the bottom of the main part, next to the yoke, before the corners are rounded [mm].
    #[serde(rename = "bottom_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bottom_width: f64,
    /// Radial depth of the main part, bottom rounding included [mm].
    #[serde(rename = "main_depth_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub main_depth: f64,
    /// Radius of the two bottom corners [mm]; at most half the bottom width.
    #[serde(rename = "bottom_corner_radius_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bottom_corner_radius: f64,
}
