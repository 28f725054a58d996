//! Machines with magnets on the surface of the rotor, with or without iron between them.

mod body;
mod drawing;
mod fits;
mod solid;

use super::rotor::Back;
use super::stator::{Lamination, Stator};
use super::{Bill, Misfit, RotorPosition};
use crate::network::plan::SectorPlan;
use crate::resolution::Resolution;
use crate::stress::solid::Solid;
use crate::unit;
use crate::winding::Layout;
use drawing::Drawing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
pub use solid::Seat;

/// Surface-magnet machine: magnets on a round or flat seat, air between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Surface {
    /// Radial gap between the stator and the outermost part of the rotor, sleeve or magnet [mm].
    #[serde(rename = "air_gap_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub air_gap: f64,
    /// Whether the rotor turns inside the stator or around it; inside if left out.
    #[serde(default, skip_serializing_if = "RotorPosition::is_inner")]
    pub rotor_position: RotorPosition,
    /// Length of the lamination stack [mm].
    #[serde(rename = "stack_length_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub stack_length: f64,
    /// The stator lamination.
    pub stator: Stator,
    /// The rotor.
    pub rotor: MagnetRotor,
}

/// Inset-magnet machine: surface magnets with iron of the rotor standing between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inset {
    /// Radial gap between the stator and the outermost part of the rotor, sleeve or magnet [mm].
    #[serde(rename = "air_gap_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub air_gap: f64,
    /// Whether the rotor turns inside the stator or around it; inside if left out.
    #[serde(default, skip_serializing_if = "RotorPosition::is_inner")]
    pub rotor_position: RotorPosition,
    /// Length of the lamination stack [mm].
    #[serde(rename = "stack_length_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub stack_length: f64,
    /// The stator lamination.
    pub stator: Stator,
    /// The rotor.
    pub rotor: MagnetRotor,
    /// The iron between the magnets.
    pub iron_between_magnets: IronBetween,
}

/// Rotor with one magnet a pole on its surface.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MagnetRotor {
    /// Number of poles, even.
    pub pole_count: usize,
    /// Diameter of the shaft hole of an inner rotor [mm].
    #[serde(
        rename = "shaft_diameter_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub shaft_diameter: Option<f64>,
    /// Diameter of the outside of the iron of an outer rotor [mm].
    #[serde(
        rename = "outer_diameter_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub outer_diameter: Option<f64>,
    /// Magnet thickness at the pole centre [mm].
    #[serde(rename = "magnet_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub magnet_thickness: f64,
    /// Arc of a magnet over the pole pitch, at the radius of its top at the pole centre [-].
    #[serde(rename = "magnet_arc_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub magnet_arc: f64,
    /// Shape of the cross-section of a magnet; an arc if left out.
    #[serde(default, skip_serializing_if = "MagnetShape::is_arc")]
    pub magnet_shape: MagnetShape,
    /// How the magnets are magnetised.
    pub magnetisation: MagnetisationKind,
    /// Equal pieces into which a magnet is cut around the circumference; one if left out. Of arc magnets
    /// each piece is magnetised by itself, parallel to its own middle.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(range(min = 1))]
    pub segments_per_pole: usize,
    /// Thickness of a sleeve that is not magnetic, over the magnets [mm]; none if left out.
    #[serde(
        rename = "sleeve_thickness_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64", range(min = 0.0))]
    pub sleeve_thickness: f64,
}

/// Shape of the cross-section of a magnet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MagnetShape {
    /// Round seat, concentric outside, sides along radii.
    Arc(NoMeasures),
    /// Round seat, concentric outside, sides parallel to the pole axis.
    ParallelSides(NoMeasures),
    /// Round seat, rounder outside, sides parallel to the pole axis.
    EccentricArc(OwnRadius),
    /// Flat seat, round outside, sides parallel to the pole axis.
    BreadLoaf(OwnRadius),
}

impl Default for MagnetShape {
    fn default() -> Self {
        MagnetShape::Arc(NoMeasures {})
    }
}

impl MagnetShape {
    fn is_arc(&self) -> bool {
        matches!(self, MagnetShape::Arc(_))
    }
}

/// A shape that needs no measures of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoMeasures {}

/// A magnet whose side to the gap has a radius of its own.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnRadius {
    /// Radius of the side to the gap, centred on the pole axis [mm].
    #[serde(rename = "outer_radius_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub outer_radius: f64,
}

/// Direction of the magnetisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MagnetisationKind {
    /// One direction throughout a piece, that of its middle.
    Parallel,
    /// Along the radius everywhere.
    Radial,
    /// A Halbach array: each piece parallel, from piece to piece turned by equal steps, half a turn against the radius
    /// over a pole pitch, so that the flux gathers at the gap.
    Halbach,
}

/// Iron of the rotor that stands between the magnets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IronBetween {
    /// Height of the iron above the seat of the magnets [mm]; the magnet thickness where it is flush.
    #[serde(rename = "height_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub height: f64,
    /// Width of the air between a magnet and the iron beside it, on each side [mm]; none if left out.
    #[serde(
        rename = "side_clearance_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64", range(min = 0.0))]
    pub side_clearance: f64,
}

fn one() -> usize {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The signature is serde's.
fn is_one(count: &usize) -> bool {
    *count == 1
}

/// What both machine types have, by reference.
#[derive(Debug, Clone, Copy)]
struct Parts<'a> {
    position: RotorPosition,
    air_gap: f64,
    stack_length: f64,
    stator: &'a Stator,
    rotor: &'a MagnetRotor,
    iron: Option<&'a IronBetween>,
}

macro_rules! shared {
    ($machine:ident) => {
        impl $machine {
            /// What of the geometry cannot be built.
            pub fn fits(&self) -> Vec<Misfit> {
                self.parts().fits()
            }
            /// Plan of the smallest sector that repeats with the winding; nothing when the geometry does
            /// not fit.
            pub fn plan(&self, layout: &Layout, resolution: Resolution) -> Option<SectorPlan> {
                self.parts().plan(layout, resolution)
            }
            /// Counts, lengths and areas.
            pub fn bill(&self) -> Bill {
                self.parts().bill()
            }
            /// Where the magnets sit; nothing when the geometry does not fit.
            pub fn seat(&self) -> Option<Seat> {
                self.parts().seat()
            }
            /// Half a pole of the rotor iron with its magnets as load.
            ///
            /// # Errors
            /// When the geometry does not fit.
            pub fn solid(&self) -> Result<Solid, String> {
                self.parts().solid()
            }
            /// Distance [m] of a place in the rotor, by radius [m] and angle from the pole axis [rad],
            /// from the nearest face of its magnet; zero outside the magnets.
            pub fn magnet_depth(&self, rho: f64, phi: f64) -> f64 {
                self.parts()
                    .drawing()
                    .map_or(0.0, |d| d.depth_in_magnet(rho, phi))
            }
        }
    };
}

shared!(Surface);
shared!(Inset);

impl MagnetRotor {
    /// Whether its poles are Halbach arrays.
    pub fn is_an_array(&self) -> bool {
        self.magnetisation == MagnetisationKind::Halbach
    }
}

impl Surface {
    fn parts(&self) -> Parts<'_> {
        Parts {
            position: self.rotor_position,
            air_gap: self.air_gap,
            stack_length: self.stack_length,
            stator: &self.stator,
            rotor: &self.rotor,
            iron: None,
        }
    }
}

impl Inset {
    fn parts(&self) -> Parts<'_> {
        Parts {
            position: self.rotor_position,
            air_gap: self.air_gap,
            stack_length: self.stack_length,
            stator: &self.stator,
            rotor: &self.rotor,
            iron: Some(&self.iron_between_magnets),
        }
    }
}

impl Parts<'_> {
    fn bill(&self) -> Bill {
        let surface = self.surface_radius();
        let lamination = self.lamination();
        let poles = self.rotor.pole_count;
        let drawing = self.drawing();
        let area = |of: fn(&Drawing) -> f64| drawing.as_ref().map_or(0.0, of) * poles as f64;
        Bill {
            slots: self.stator.slot_count,
            poles,
            air_gap: self.air_gap + self.rotor.sleeve_thickness,
            pole_pitch: std::f64::consts::TAU * surface / poles as f64,
            magnet_thickness: self.rotor.magnet_thickness,
            pocket_clearance: None,
            bridge: None,
            stack_length: self.stack_length,
            magnet_area: area(Drawing::magnet_area),
            stator_iron_area: lamination.iron_area(),
            rotor_iron_area: area(Drawing::iron_area),
            slot_area: lamination.slot_area(),
            coil_radius: lamination.coil_radius(),
            windings: 1,
            disc: None,
        }
    }

    /// The stator, seen from the gap.
    fn lamination(&self) -> Lamination<'_> {
        self.stator.beside(self.position)
    }

    /// Radius of the surface of the rotor, sleeve included [m].
    fn surface_radius(&self) -> f64 {
        self.lamination().gap_radius() - self.position.inward() * self.air_gap
    }

    /// Where the rotor iron ends away from the gap.
    fn back(&self) -> Back {
        let rotor = self.rotor;
        self.position
            .back(rotor.shaft_diameter, rotor.outer_diameter)
    }
}
