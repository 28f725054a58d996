//! What a design states of the rotor of an interior magnet machine.

use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rotor with magnets in one V (or one flat row) a pole.
///
/// The pocket of a half pole lies between its outer edge, which starts at the apex beside the pole axis,
/// and its inner edge, which is parallel to it. The outer corner is where the outer edge meets the bridge
/// radius, that is the rotor radius less the bridge.
///
/// ```text
///   rotor surface  ------------------------------------------
///                                      outer corner +----+      bridge_thickness
///                                           __---   end  |
///   apex_depth         outer edge   ____----             |  interpolar_web_width / 2
///              +--------------------  magnet  ____-------+
///   rib | start |  offset | magnet_width |  air  |
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VRotor {
    /// Number of poles, even.
    pub pole_count: usize,
    /// Diameter of the shaft hole [mm].
    #[serde(rename = "shaft_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub shaft_diameter: f64,
    /// Thickness of the iron between pocket and air gap [mm]; the least of it where the pocket has a width
    /// of its own.
    #[serde(rename = "bridge_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bridge_thickness: f64,
    /// Depth of the pocket's outer edge below the rotor surface at the pole axis, or at the rib [mm].
    #[serde(rename = "apex_depth_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub apex_depth: f64,
    /// How wide the V opens.
    pub opening: VOpening,
    /// Width of the iron web between the pockets of neighbouring poles [mm]. Pockets that end along the web
    /// need it; it is the least that must be left where they end otherwise, or meet the bridge before.
    #[serde(
        rename = "interpolar_web_width_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub interpolar_web_width: Option<f64>,
    /// Width of the iron rib between the two pockets of a pole, 0 for none [mm].
    #[serde(rename = "centre_rib_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub centre_rib_width: f64,
    /// Where the pocket begins at the pole axis, or at the rib; along the rib if left out.
    #[serde(default, skip_serializing_if = "PocketStart::is_along_rib")]
    pub pocket_start: PocketStart,
    /// How the pocket ends beyond the magnet; along the web if left out.
    #[serde(default, skip_serializing_if = "PocketEnd::is_along_web")]
    pub pocket_end: PocketEnd,
    /// Magnet thickness, along the magnetisation [mm].
    #[serde(rename = "magnet_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_thickness: f64,
    /// Magnet width, across the magnetisation, one of the two magnets of a pole [mm]: half of what a pole
    /// has, without the ribs between its pieces.
    #[serde(rename = "magnet_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_width: f64,
    /// Pieces of equal width into which the magnets of a pole are cut, across the magnetisation; 2 if left
    /// out, one on each side of the pole axis. An odd number needs a flat row without a centre rib.
    #[serde(default = "two", skip_serializing_if = "is_two")]
    #[schemars(range(min = 1))]
    pub magnet_pieces_per_pole: usize,
    /// Width of the iron ribs between neighbouring pieces on one side of the pole axis [mm]; none if left
    /// out.
    #[serde(
        rename = "piece_rib_width_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64", range(min = 0.0))]
    pub piece_rib_width: f64,
    /// Height of the step at the pocket's inner edge that seats the magnet [mm]; the pocket beside the
    /// magnet is thinner than the magnet by this.
    #[serde(rename = "magnet_seat_step_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_seat_step: f64,
    /// Clearance between magnet and pocket wall along the magnetisation, both sides together [mm]; none
    /// if left out. It is air in the magnet's circuit.
    #[serde(
        rename = "pocket_clearance_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64")]
    pub pocket_clearance: f64,
    /// Distance of the magnet from the apex (or the rib) along the pocket's outer edge [mm].
    #[serde(rename = "magnet_offset_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_offset: f64,
}

/// How the opening of the V is stated: by its angle, by the distance of its outer corners, or by both.
/// With one of them the outer edge is straight and the other follows; with both the edge turns at the end
/// of the magnet and runs on to its corner.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct VOpening {
    /// Angle between the two magnets of a pole [°]; 180 is flat.
    #[serde(
        rename = "v_angle_deg",
        with = "unit::deg::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub v_angle: Option<f64>,
    /// Distance of the two outer corners of the pockets of a pole, as a chord on the bridge radius [mm].
    #[serde(
        rename = "outer_span_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub outer_span: Option<f64>,
}

/// The side of the pocket towards the pole axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PocketStart {
    /// Parallel to the pole axis from the outer to the inner edge: a rib of even width.
    #[default]
    AlongRib,
    /// At right angles to the magnet: the end of a rectangle.
    Square,
    /// Parallel to the pole axis, then along the circumference to the corner of the rectangle.
    Blunt,
}

impl PocketStart {
    #[allow(clippy::trivially_copy_pass_by_ref)] // The signature is serde's.
    fn is_along_rib(&self) -> bool {
        *self == PocketStart::AlongRib
    }
}

/// The side of the pocket beyond the magnet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PocketEnd {
    /// Along the bridge to the interpolar web and down along it; an inner edge that meets the bridge before
    /// the web ends there.
    AlongWeb(AsDrawn),
    /// Both edges run straight on to the bridge.
    ToBridge(AsDrawn),
    /// At right angles to the magnet: the end of a rectangle.
    Square(SquareEnd),
    /// A channel of even width from the inner edge to the bridge, along an outer edge that turns up.
    Channel(Channel),
}

/// A shape that needs no measures of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AsDrawn {}

/// The end of a rectangular pocket.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SquareEnd {
    /// Width of the pocket of a half pole along its outer edge, magnet and air [mm]; up to the bridge radius
    /// if left out.
    #[serde(
        rename = "pocket_width_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub pocket_width: Option<f64>,
}

/// A channel of air beyond the magnet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Width of the channel [mm].
    #[serde(rename = "width_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub width: f64,
}

impl Default for PocketEnd {
    fn default() -> Self {
        PocketEnd::AlongWeb(AsDrawn {})
    }
}

impl PocketEnd {
    #[allow(clippy::trivially_copy_pass_by_ref)] // The signature is serde's.
    fn is_along_web(&self) -> bool {
        *self == PocketEnd::default()
    }
}

fn two() -> usize {
    2
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The signature is serde's.
fn is_two(count: &usize) -> bool {
    *count == 2
}

impl VRotor {
    /// Width of the pocket of a half pole where that is stated [m].
    pub(super) fn pocket_width(&self) -> Option<f64> {
        match self.pocket_end {
            PocketEnd::Square(square) => square.pocket_width,
            PocketEnd::AlongWeb(_) | PocketEnd::ToBridge(_) | PocketEnd::Channel(_) => None,
        }
    }

    /// Stretches of the outer edge that the pieces of the magnet of a half pole cover, by distance from the
    /// apex [m]. Of an odd number of pieces the first is half a one, whose other half lies beyond the axis.
    pub(super) fn pieces(&self) -> Vec<(f64, f64)> {
        let count = self.magnet_pieces_per_pole;
        let width = 2.0 * self.magnet_width / count.max(1) as f64;
        let mut at = self.magnet_offset;
        let first = if count % 2 == 1 { 0.5 * width } else { width };
        (0..count.div_ceil(2))
            .map(|k| {
                let from = at;
                let to = from + if k == 0 { first } else { width };
                at = to + self.piece_rib_width;
                (from, to)
            })
            .collect()
    }

    /// The same with pieces that touch taken as one.
    pub(super) fn stretches(&self) -> Vec<(f64, f64)> {
        if self.piece_rib_width > 0.0 {
            return self.pieces();
        }
        vec![(self.magnet_offset, self.magnet_offset + self.magnet_width)]
    }

    /// Distance from the near to the far end of the magnet of a half pole along the outer edge, ribs between
    /// its pieces included [m].
    pub(super) fn magnet_reach(&self) -> f64 {
        let ribs = self.magnet_pieces_per_pole.div_ceil(2).saturating_sub(1);
        self.magnet_width + ribs as f64 * self.piece_rib_width
    }
}
