//! Spoke machine: rectangular magnets stand radially between the poles and drive the flux of both
//! neighbours together, inner rotor.

mod body;
mod fits;
mod solid;

use super::Bill;
use super::sector::{self, Rotor};
use super::stator::Stator;
use crate::geometry::{Point, Polygon};
use crate::network::plan::SectorPlan;
use crate::resolution::Resolution;
use crate::unit;
use crate::winding::Layout;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::{PI, TAU};

/// Spoke machine. All lengths in metres inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spoke {
    /// Radial air gap [mm].
    #[serde(rename = "air_gap_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub air_gap: f64,
    /// Length of the lamination stack [mm].
    #[serde(rename = "stack_length_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub stack_length: f64,
    /// The stator lamination.
    pub stator: Stator,
    /// The rotor.
    pub rotor: SpokeRotor,
}

/// Rotor with one magnet between every two poles, magnetised along the circumference.
///
/// ```text
///            outer_slot_width
///                 |-|
///    -------------+ +-------------   rotor surface
///            +----+ +----+           bridge_thickness
///            |  magnet   |
///     pole   |  -->      |   pole    magnet_width (radial)
///            |           |
///            +-----------+
///            |  barrier  |           inner_barrier_depth
///            +-----------+
///    -----------------------------   hub or shaft
///            |-----------|
///            magnet_thickness (+ pocket_clearance)
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpokeRotor {
    /// Number of poles, even; as many magnets.
    pub pole_count: usize,
    /// Diameter of the shaft hole, where the flux ends [mm].
    #[serde(rename = "shaft_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub shaft_diameter: f64,
    /// Diameter of a non-magnetic hub around the shaft that carries the poles [mm]; without it the
    /// lamination reaches the shaft hole.
    #[serde(
        rename = "non_magnetic_hub_diameter_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub hub_diameter: Option<f64>,
    /// Distance of the outer edge of the magnet from the rotor surface, on the middle line of the magnet
    /// [mm]: iron, apart from the outer slot.
    #[serde(rename = "bridge_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub bridge_thickness: f64,
    /// Width of the slot that opens the bridge above the magnet [mm]; 0 for a closed bridge.
    #[serde(rename = "outer_slot_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub outer_slot_width: f64,
    /// Magnet thickness along the magnetisation, that is along the circumference [mm].
    #[serde(rename = "magnet_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_thickness: f64,
    /// Magnet width across the magnetisation, that is along the radius [mm].
    #[serde(rename = "magnet_width_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub magnet_width: f64,
    /// Clearance between magnet and poles along the magnetisation, both sides together [mm]; none if
    /// left out. It is air in the magnet's circuit.
    #[serde(
        rename = "pocket_clearance_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64")]
    pub pocket_clearance: f64,
    /// Depth of the air below the magnet, as wide as its pocket [mm]; 0 for none.
    #[serde(rename = "inner_barrier_depth_mm", with = "unit::mm")]
    #[schemars(with = "f64")]
    pub inner_barrier_depth: f64,
}

/// A magnet pocket in the frame of its own middle line: x outward along it, y across, symmetric to it.
#[derive(Debug, Clone, Copy)]
struct Pocket {
    /// Outer edge [m].
    outer: f64,
    /// Inner edge of the magnet [m].
    magnet_inner: f64,
    /// Inner edge of the barrier below the magnet [m].
    inner: f64,
    /// Half the width of the pocket [m].
    half: f64,
}

/// ∫ √(r² − y²) dy from 0 to y.
fn below_circle(radius: f64, y: f64) -> f64 {
    let y = y.clamp(0.0, radius);
    0.5 * (y * (radius * radius - y * y).sqrt() + radius * radius * (y / radius).asin())
}

impl Spoke {
    /// Rotor outer radius [m].
    pub fn rotor_radius(&self) -> f64 {
        self.stator.bore_diameter / 2.0 - self.air_gap
    }

    /// Half a pole pitch [rad]: the angle of the middle lines of the magnets from the pole axis.
    fn half_pole(&self) -> f64 {
        PI / self.rotor.pole_count as f64
    }

    /// Radius at which the lamination ends inside [m].
    fn lamination_inner_radius(&self) -> f64 {
        let v = &self.rotor;
        v.hub_diameter.unwrap_or(v.shaft_diameter) / 2.0
    }

    fn pocket(&self) -> Pocket {
        let v = &self.rotor;
        let outer = self.rotor_radius() - v.bridge_thickness;
        let magnet_inner = outer - v.magnet_width;
        Pocket {
            outer,
            magnet_inner,
            inner: magnet_inner - v.inner_barrier_depth,
            half: (v.magnet_thickness + v.pocket_clearance) / 2.0,
        }
    }

    /// A point of the frame of the magnet above the pole, in the frame of the pole.
    fn place(&self, x: f64, y: f64) -> Point {
        let (s, c) = self.half_pole().sin_cos();
        Point::new(x * c - y * s, x * s + y * c)
    }

    /// A rectangle of the frame of the magnet above the pole, in the frame of the pole.
    fn rectangle(&self, from: f64, to: f64, half: f64) -> Polygon {
        Polygon::new(vec![
            self.place(from, -half),
            self.place(to, -half),
            self.place(to, half),
            self.place(from, half),
        ])
    }

    /// Iron area of the whole rotor lamination [m²].
    fn rotor_iron_area(&self) -> f64 {
        let v = &self.rotor;
        let (outer, inner) = (self.rotor_radius(), self.lamination_inner_radius());
        let p = self.pocket();
        // Where the barrier meets the hub its bottom is the hub.
        let on_hub = (inner * inner - p.inner * p.inner)
            .max(0.0)
            .sqrt()
            .min(p.half);
        let below = 2.0 * (below_circle(inner, on_hub) + p.inner * (p.half - on_hub));
        let pocket = 2.0 * p.half * p.outer - below;
        let half_slot = v.outer_slot_width / 2.0;
        let slot = 2.0 * below_circle(outer, half_slot) - v.outer_slot_width * p.outer;
        PI * (outer * outer - inner * inner) - v.pole_count as f64 * (pocket + slot)
    }

    /// Counts, lengths and areas.
    pub fn bill(&self) -> Bill {
        let v = &self.rotor;
        let stator = self.stator.at_bore();
        Bill {
            slots: self.stator.slot_count,
            poles: v.pole_count,
            air_gap: self.air_gap,
            pole_pitch: TAU * self.rotor_radius() / v.pole_count as f64,
            magnet_thickness: v.magnet_thickness,
            pocket_clearance: Some(v.pocket_clearance),
            bridge: Some(v.bridge_thickness),
            stack_length: self.stack_length,
            magnet_area: v.magnet_width * v.magnet_thickness * v.pole_count as f64,
            stator_iron_area: stator.iron_area(),
            rotor_iron_area: self.rotor_iron_area(),
            slot_area: stator.slot_area(),
            coil_radius: stator.coil_radius(),
            windings: 1,
            disc: None,
        }
    }

    /// Distance [m] of a place in the rotor, by radius [m] and angle from the pole axis [rad], from the
    /// nearest face of its magnet; zero outside the magnets.
    pub fn magnet_depth(&self, rho: f64, phi: f64) -> f64 {
        let p = self.pocket();
        let at = Point::polar(rho, phi.abs() - self.half_pole());
        (at.x - p.magnet_inner)
            .min(p.outer - at.x)
            .min(self.rotor.magnet_thickness / 2.0 - at.y.abs())
            .max(0.0)
    }

    /// The same machine with its air gap changed by a length [m], at the rotor.
    #[must_use]
    pub fn with_air_gap_changed(&self, by: f64) -> Self {
        Self {
            air_gap: self.air_gap + by,
            ..self.clone()
        }
    }

    /// The same machine with its bridges changed by a length [m]: the magnets move.
    #[must_use]
    pub fn with_bridge_changed(&self, by: f64) -> Self {
        let mut changed = self.clone();
        changed.rotor.bridge_thickness += by;
        changed
    }

    /// Plan of the smallest sector that repeats with the winding.
    pub fn plan(&self, layout: &Layout, resolution: Resolution) -> SectorPlan {
        let rotor = Rotor {
            outside: false,
            body: |pitches, columns| self.rotor_body(pitches, columns),
            sections: self.rotor_sections(),
        };
        let lengths = (self.air_gap, self.stack_length);
        sector::plan((layout, resolution), lengths, self.stator.at_bore(), rotor)
    }
}
