//! Machines with axial flux: discs instead of cylinders, magnets on the surface of the rotor.
//!
//! Of a machine with two gaps one half is solved, up to the plane of symmetry that both share; it stands for
//! twice its length.
//!
//! The field is that of a few flat slices at different radii, each an unrolled cut around the circumference
//! with teeth and magnets as wide as they are there (quasi-three-dimensional; A. Parviainen, M. Niemelä,
//! J. Pyrhönen, "Modeling of axial flux permanent-magnet machines", IEEE Trans. Ind. Appl. 40 (2004)
//! 1333-1340). Flux that runs along the radius is in none of them; what of it passes from tooth to tooth beyond the inner
//! and the outer edge is room for it across the slots of all (`edge`).

mod body;
mod edge;
mod fits;
mod halbach;
mod heated;
mod interior;
mod pocket;
mod seat;

pub use halbach::Halbach;
pub use heated::HeatedDisc;
pub use interior::{Buried, DiscSpoke, Interior};
pub use seat::DiscSeat;

use super::stator::{Bottom, Slot, Stator};
use super::{Bill, Disc};
use crate::network::plan::SectorPlan;
use crate::resolution::Resolution;
use crate::unit;
use crate::winding::Layout;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Machine with axial flux. All lengths in metres inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Axial {
    /// How many stators and rotors stand beside each other.
    pub arrangement: Arrangement,
    /// Axial gap between stator and magnets, of each gap [mm].
    #[serde(rename = "air_gap_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub air_gap: f64,
    /// Outer diameter of stator iron and magnets [mm].
    #[serde(rename = "outer_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub outer_diameter: f64,
    /// Inner diameter of stator iron and magnets [mm].
    #[serde(rename = "inner_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub inner_diameter: f64,
    /// Each stator.
    pub stator: AxialStator,
    /// Each rotor.
    pub rotor: AxialRotor,
}

/// How stators and rotors stand beside each other along the axis. In a machine with two gaps they are equal,
/// and the windings of two sides carry the same current in series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// One stator, one rotor, one gap.
    SingleSided,
    /// Two stators, each with its winding, around one rotor: of magnets without iron or behind pieces of iron on both
    /// sides, through which flux passes straight, or of magnets between poles of iron, whose flux leaves to both sides.
    DoubleStator,
    /// Two rotors, whose poles of one name face each other, around a stator with slots and a winding on either
    /// side of a common yoke.
    DoubleRotor,
    /// Two rotors, whose poles of opposite name face each other, around separate teeth without a yoke, through
    /// which flux passes straight: a yokeless and segmented armature (T. J. Woolmer, M. D. McCulloch, "Analysis
    /// of the yokeless and segmented armature machine", IEEE Int. Electric Machines and Drives Conf. 2007,
    /// 704-708).
    Yokeless,
}

impl Arrangement {
    /// Air gaps.
    fn gaps(self) -> usize {
        match self {
            Arrangement::SingleSided => 1,
            _ => 2,
        }
    }

    /// Rotors.
    fn rotors(self) -> usize {
        match self {
            Arrangement::SingleSided | Arrangement::DoubleStator => 1,
            Arrangement::DoubleRotor | Arrangement::Yokeless => 2,
        }
    }

    /// Sides of stators that have slots with a winding of their own.
    fn windings(self) -> usize {
        match self {
            Arrangement::SingleSided | Arrangement::Yokeless => 1,
            Arrangement::DoubleStator | Arrangement::DoubleRotor => 2,
        }
    }

    /// Part of what is stated of the magnets that belongs to one gap.
    fn magnet_share(self) -> f64 {
        if self == Arrangement::DoubleStator {
            0.5
        } else {
            1.0
        }
    }

    /// Part of the stated depth of the slots that belongs to one gap.
    fn slot_share(self) -> f64 {
        if self == Arrangement::Yokeless {
            0.5
        } else {
            1.0
        }
    }

    /// Part of the stated yoke that belongs to one gap.
    fn yoke_share(self) -> f64 {
        if self == Arrangement::DoubleRotor {
            0.5
        } else {
            1.0
        }
    }
}

/// Stator of a machine with axial flux: teeth between slots with parallel sides, which leaves teeth that widen
/// outwards. What is stated of slots is that of each side that has some.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AxialStator {
    /// Number of slots.
    pub slot_count: usize,
    /// Axial thickness of the iron behind the slots, of a common yoke between the slots of both sides [mm]; left
    /// out where there is no yoke.
    #[serde(
        rename = "yoke_thickness_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub yoke_thickness: Option<f64>,
    /// The slot.
    pub slot: AxialSlot,
    /// Whether there are no teeth: coils as wide and as deep as the slots stand on a smooth yoke, in the gap.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub slotless: bool,
}

/// A slot, the same at every radius. Depths and heights run along the axis of the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AxialSlot {
    /// Width of the opening at the air gap [mm].
    #[serde(rename = "opening_width_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub opening_width: f64,
    /// Height of the opening [mm]; 0 only where the slot is open, as wide as its opening.
    #[serde(rename = "opening_height_mm", with = "unit::mm")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub opening_height: f64,
    /// Height over which the slot widens from the opening to its width [mm]; none if left out.
    #[serde(
        rename = "wedge_height_mm",
        with = "unit::mm",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64", range(min = 0.0))]
    pub wedge_height: f64,
    /// Width of the main part, where the coil sides lie [mm].
    #[serde(rename = "width_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub width: f64,
    /// Depth of the main part [mm]; of separate teeth from the one opening to the other.
    #[serde(rename = "main_depth_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub main_depth: f64,
}

/// Rotor of a machine with axial flux: magnets of alternating poles on its surface, magnetised along the axis or as a
/// Halbach array, or within its iron.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AxialRotor {
    /// Number of poles, even.
    pub pole_count: usize,
    /// Axial thickness of a magnet, of one that lies between two gaps the whole [mm].
    #[serde(rename = "magnet_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub magnet_thickness: f64,
    /// Outline of a magnet, seen along the axis.
    pub magnet_outline: MagnetOutline,
    /// Pieces of which each pole is put together, so that the flux gathers at the gap; left out where a pole is one
    /// magnet along the axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub halbach: Option<Halbach>,
    /// Iron in which the magnets lie; left out where they lie on the surface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interior: Option<Interior>,
    /// Axial thickness of the iron behind the magnets of each rotor [mm]; left out where a rotor has none.
    #[serde(
        rename = "back_iron_thickness_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub back_iron_thickness: Option<f64>,
}

/// Outline of a magnet, seen along the axis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MagnetOutline {
    /// Sides along radii: the same share of the pole pitch at every radius.
    Sector(SectorOutline),
    /// Sides parallel to the pole axis: the same width at every radius.
    ParallelSides(ParallelOutline),
}

/// A magnet with sides along radii.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectorOutline {
    /// Arc of a magnet over the pole pitch [-].
    #[serde(rename = "arc_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub arc: f64,
}

/// A magnet with parallel sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParallelOutline {
    /// Width of a magnet [mm].
    #[serde(rename = "width_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub width: f64,
}

/// How many times larger than the machine the circle is on which a slice is drawn. Over the depth of a machine
/// that is as deep as its radius the drawn circumference changes by a ten-thousandth.
const ENLARGEMENT: f64 = 1e4;

/// Slices of a machine. They stand for equal lengths, so that the difference of two resolutions has in it what
/// the number of slices does.
fn slices(resolution: Resolution) -> usize {
    match resolution {
        Resolution::Coarse => 3,
        Resolution::Standard => 5,
        Resolution::Fine => 9,
    }
}

impl MagnetOutline {
    /// Width of a magnet [m] where a pole pitch is so long [m].
    fn width(self, pole_pitch: f64) -> f64 {
        match self {
            MagnetOutline::Sector(SectorOutline { arc }) => arc * pole_pitch,
            MagnetOutline::ParallelSides(ParallelOutline { width }) => width,
        }
    }
}

impl Axial {
    /// Radial length of iron and magnets [m].
    fn length(&self) -> f64 {
        (self.outer_diameter - self.inner_diameter) / 2.0
    }

    /// Radius in the middle of iron and magnets [m].
    fn mean_radius(&self) -> f64 {
        (self.outer_diameter + self.inner_diameter) / 4.0
    }

    /// Length of a pole pitch at a radius [m].
    fn pole_pitch(&self, radius: f64) -> f64 {
        TAU * radius / self.rotor.pole_count as f64
    }

    /// Radii of the slices, from the inside [m].
    fn radii(&self, count: usize) -> impl Iterator<Item = f64> + '_ {
        let step = self.length() / count as f64;
        (0..count).map(move |k| self.inner_diameter / 2.0 + step * (k as f64 + 0.5))
    }

    /// Depth of the main part of the slots of one gap [m].
    fn main_depth(&self) -> f64 {
        self.stator.slot.main_depth * self.arrangement.slot_share()
    }

    /// Depth of the slots of one gap and of the iron behind them [m].
    fn stator_depth(&self) -> f64 {
        let slot = &self.stator.slot;
        let yoke = self.stator.yoke_thickness.unwrap_or(0.0) * self.arrangement.yoke_share();
        slot.opening_height + slot.wedge_height + self.main_depth() + yoke
    }

    /// Thickness of the magnets of one gap [m].
    fn magnet_thickness(&self) -> f64 {
        self.rotor.magnet_thickness * self.arrangement.magnet_share()
    }

    /// The stator at a radius [m], drawn as one with radial flux whose gap lies so many times further out.
    fn drawn_stator(&self, radius: f64, enlargement: f64) -> Stator {
        let slot = &self.stator.slot;
        let bore = 2.0 * (radius * enlargement + self.air_gap / 2.0);
        Stator {
            slot_count: (self.stator.slot_count as f64 * enlargement).round() as usize,
            outer_diameter: bore + 2.0 * self.stator_depth(),
            bore_diameter: bore,
            slot: Slot {
                opening_width: slot.opening_width,
                opening_height: slot.opening_height,
                wedge_height: Some(slot.wedge_height),
                tip_angle: None,
                top_width: Some(slot.width),
                bottom_width: Some(slot.width),
                tooth_width: None,
                main_depth: self.main_depth(),
                bottom_corner_radius: 0.0,
                bottom: Bottom::Flat,
            },
        }
    }

    /// What of the geometry cannot be built.
    pub fn fits(&self) -> Vec<super::Misfit> {
        self.misfits()
    }

    /// Plan of the smallest sector that repeats with the winding, slice by slice.
    pub fn plan(&self, layout: &Layout, resolution: Resolution) -> SectorPlan {
        let mut plan = self.enlarged_plan(layout, resolution, ENLARGEMENT);
        self.widen(&mut plan);
        plan
    }

    /// Counts, lengths and areas. Areas are those of a cut at the mean radius: times the radial length they
    /// are volumes, since all widths change evenly with the radius.
    pub fn bill(&self) -> Bill {
        let (slot, rotor) = (&self.stator.slot, &self.rotor);
        let radius = self.mean_radius();
        let pitch = self.pole_pitch(radius);
        let throat = slot.opening_width * slot.opening_height
            + 0.5 * (slot.opening_width + slot.width) * slot.wedge_height;
        let (slots, gaps) = (
            self.stator.slot_count as f64,
            self.arrangement.gaps() as f64,
        );
        let filled = if self.stator.slotless {
            TAU * radius * self.main_depth()
        } else {
            slots * (slot.width * self.main_depth() + throat)
        };
        let stator = TAU * radius * self.stator_depth() - filled;
        let magnet_width = rotor.magnet_outline.width(pitch);
        let magnets = magnet_width * self.magnet_thickness();
        let poles = rotor.pole_count as f64;
        let back_iron = rotor.back_iron_thickness.unwrap_or(0.0);
        let beside = gaps * self.iron_beside_magnets(poles * magnet_width, TAU * radius);
        Bill {
            slots: self.stator.slot_count,
            poles: rotor.pole_count,
            air_gap: self.air_gap,
            pole_pitch: pitch,
            magnet_thickness: match self.spoke() {
                Some(_) => magnet_width,
                None => self.magnet_thickness(),
            },
            pocket_clearance: rotor.interior.as_ref().map(Interior::pocket_clearance),
            bridge: self
                .buried()
                .map(|buried| buried.bridge_thickness)
                .filter(|bridge| *bridge > 0.0),
            stack_length: self.length(),
            magnet_area: gaps * magnets * poles,
            stator_iron_area: gaps * stator,
            rotor_iron_area: self.arrangement.rotors() as f64 * TAU * radius * back_iron + beside,
            slot_area: slot.width * slot.main_depth,
            coil_radius: radius,
            windings: self.arrangement.windings(),
            disc: Some(Disc {
                radius: self.outer_diameter / 2.0,
                gaps: self.arrangement.gaps(),
                free_faces: 2 * self.arrangement.rotors() - self.arrangement.gaps(),
            }),
        }
    }

    /// Distance [m] of a place of a drawn slice, by its drawn radius [m] and angle from the pole axis [rad],
    /// from the nearest face of its magnet; zero outside the magnets. How far the inner and the outer edge of
    /// the magnet are is not asked: they are nearer than is said at most.
    pub fn magnet_depth(&self, rho: f64, phi: f64) -> f64 {
        let radius = self.nearest_slice(rho / ENLARGEMENT);
        let pitch = self.pole_pitch(radius);
        let width = self.rotor.magnet_outline.width(pitch);
        let across = match self.spoke() {
            // In the middle between the poles.
            Some(_) => 0.5 * width - (0.5 * pitch - (rho * phi).abs()).abs(),
            None => self.across(width, rho * phi),
        };
        let down = radius * ENLARGEMENT - self.air_gap / 2.0 - rho - self.pole_piece();
        // A magnet that is cut in the middle has no face there.
        let below = self.rotor.magnet_thickness - down;
        down.min(below).min(across).max(0.0)
    }

    /// Radius of the slice, of any number that is used, that is nearest to a radius [m].
    fn nearest_slice(&self, radius: f64) -> f64 {
        let all = [Resolution::Coarse, Resolution::Standard, Resolution::Fine];
        let radii = all.into_iter().flat_map(|r| self.radii(slices(r)));
        let nearest = radii.min_by(|a, b| (a - radius).abs().total_cmp(&(b - radius).abs()));
        nearest.unwrap_or(radius)
    }

    /// The same machine with its air gaps changed by a length [m].
    #[must_use]
    pub fn with_air_gap_changed(&self, by: f64) -> Self {
        Self {
            air_gap: self.air_gap + by,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests;
