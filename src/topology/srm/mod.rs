//! Switched reluctance machine: salient poles on stator and rotor, coils around the stator poles, no magnets.

mod body;
mod fits;
mod pole;
mod solid;
mod teeth;

use super::ipm::ROTOR_STEEL;
use super::rotor::Back;
use super::stator::STATOR_STEEL;
use super::{Bill, RotorPosition};
use crate::network::plan::{Part, SectorPlan};
use crate::resolution::{Resolution, salient_columns};
use crate::unit;
use crate::winding::pole::PoleLayout;
use pole::Salient;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Switched reluctance machine. All lengths in metres and angles in radians inside.
///
/// ```text
///    ------------------------------   back of the yoke
///      yoke_thickness
///    --------+          +----------
///     slot   |   pole   |   slot      pole_taper: how far a side leans out towards the yoke
///            |          |
///            +----------+             pole_arc, at the air gap
/// ```
///
/// A pole of the stator may end in several teeth, which all face poles of the rotor at once:
///
/// ```text
///            |          |
///            |  +----+  |             height of the teeth
///            +--+    +--+             arc of a tooth, at the air gap
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Srm {
    /// Radial air gap between aligned poles [mm].
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
    pub stator: PoleStator,
    /// The rotor lamination.
    pub rotor: PoleRotor,
}

/// Stator lamination with a coil around every pole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoleStator {
    /// Number of poles.
    #[schemars(range(min = 2))]
    pub pole_count: usize,
    /// Outer diameter of the lamination [mm].
    #[serde(rename = "outer_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub outer_diameter: f64,
    /// Bore diameter: that of the inner edge of the lamination [mm].
    #[serde(rename = "bore_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub bore_diameter: f64,
    /// Angle between the two corners of a pole at the air gap [deg].
    #[serde(rename = "pole_arc_deg", with = "unit::deg")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub pole_arc: f64,
    /// Angle by which each side of a pole leans outward towards the yoke [deg]; parallel sides if left out.
    #[serde(
        rename = "pole_taper_deg",
        with = "unit::deg",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64")]
    pub pole_taper: f64,
    /// Radial thickness of the yoke behind the slots [mm].
    #[serde(rename = "yoke_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub yoke_thickness: f64,
    /// Radial distance of the coils from the pole face at the air gap [mm].
    #[serde(rename = "coil_clearance_mm", with = "unit::mm")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub coil_clearance: f64,
    /// Several teeth on the face of every pole; none if left out, the pole itself is the tooth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teeth: Option<PoleTeeth>,
}

/// Teeth on the face of a stator pole, cut by grooves with parallel sides. The outermost end with the pole, so that
/// `pole_arc_deg`, which spans them all, sets how far they are apart: a rotor pole pitch, or nearly.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoleTeeth {
    /// Number of teeth on each pole.
    #[schemars(range(min = 2))]
    pub count_per_pole: usize,
    /// Angle between the two corners of a tooth at the air gap [deg].
    #[serde(rename = "tooth_arc_deg", with = "unit::deg")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub arc: f64,
    /// Radial height of the teeth: the depth of the grooves between them [mm].
    #[serde(rename = "tooth_height_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub height: f64,
}

/// Rotor lamination without magnets or windings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoleRotor {
    /// Number of poles.
    #[schemars(range(min = 2))]
    pub pole_count: usize,
    /// Diameter of the shaft hole of an inner rotor, where the flux ends [mm].
    #[serde(
        rename = "shaft_diameter_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub shaft_diameter: Option<f64>,
    /// Diameter of the outside of an outer rotor [mm].
    #[serde(
        rename = "outer_diameter_mm",
        with = "unit::mm::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub outer_diameter: Option<f64>,
    /// Angle between the two corners of a pole at the air gap [deg].
    #[serde(rename = "pole_arc_deg", with = "unit::deg")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub pole_arc: f64,
    /// Angle by which each side of a pole leans outward towards the yoke [deg]; parallel sides if left out.
    #[serde(
        rename = "pole_taper_deg",
        with = "unit::deg",
        default,
        skip_serializing_if = "unit::is_zero"
    )]
    #[schemars(with = "f64")]
    pub pole_taper: f64,
    /// Radial thickness of the yoke behind the slots [mm].
    #[serde(rename = "yoke_thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub yoke_thickness: f64,
}

/// A stator with coils around its poles as heat sees it [m].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatedStator {
    /// Height of a coil side along the radius.
    pub coil_height: f64,
    /// Width of a pole halfway down, below its teeth.
    pub pole_width: f64,
    /// Radius of the back of the core.
    pub back_radius: f64,
    /// Radial height of the yoke.
    pub yoke_height: f64,
    /// Radius at the air gap.
    pub gap_radius: f64,
    /// Part of the circumference over which a pole of the stator faces one of the rotor in the mean over a turn [-].
    pub facing: f64,
}

impl Srm {
    /// +1 where depth into the stator slots goes outwards, -1 where it goes inwards.
    fn outward(&self) -> f64 {
        self.rotor_position.inward()
    }

    fn stator_salient(&self) -> Salient {
        let s = &self.stator;
        let (gap_side, back) = match self.rotor_position {
            RotorPosition::Inner => (s.bore_diameter, s.outer_diameter),
            RotorPosition::Outer => (s.outer_diameter, s.bore_diameter),
        };
        Salient {
            poles: s.pole_count,
            outward: self.outward(),
            gap_radius: gap_side / 2.0,
            back_radius: back / 2.0,
            arc: s.pole_arc,
            taper: s.pole_taper,
            yoke: s.yoke_thickness,
            teeth: s.teeth,
            around_pole: false,
        }
    }

    /// Where the rotor iron ends away from the air gap.
    fn rotor_back(&self) -> Back {
        let rotor = &self.rotor;
        self.rotor_position
            .back(rotor.shaft_diameter, rotor.outer_diameter)
    }

    fn rotor_salient(&self) -> Salient {
        let r = &self.rotor;
        Salient {
            poles: r.pole_count,
            outward: -self.outward(),
            gap_radius: self.stator_salient().gap_radius - self.outward() * self.air_gap,
            // `fits` asks for it before anything is drawn.
            back_radius: self.rotor_back().stated.unwrap_or(0.0) / 2.0,
            arc: r.pole_arc,
            taper: r.pole_taper,
            yoke: r.yoke_thickness,
            teeth: None,
            // Where all teeth face poles of the rotor the axis of the pole faces a slot if there is an even number
            // of them, and a pole if there is an odd one.
            around_pole: self
                .stator
                .teeth
                .is_some_and(|teeth| teeth.count_per_pole.is_multiple_of(2)),
        }
    }

    /// Height of the rotor poles [m].
    pub fn rotor_pole_height(&self) -> f64 {
        let rotor = self.rotor_salient();
        (rotor.gap_radius - rotor.root_radius()).abs()
    }

    /// Width along the arc and height along the radius of one coil side [m].
    pub fn coil_side(&self) -> (f64, f64) {
        let stator = self.stator_salient();
        let start = stator.radius_at_depth(self.stator.coil_clearance);
        let height = (stator.root_radius() - start).abs();
        let area = stator.slot_area_from(self.stator.coil_clearance);
        (0.5 * area / height, height)
    }

    /// What heat passes in the stator; nothing where a pole side does not reach its root.
    pub fn heated(&self) -> Option<HeatedStator> {
        let (stator, rotor) = (self.stator_salient(), self.rotor_salient());
        let middle = 0.5 * (stator.body_radius() + stator.root_radius());
        let faced = |of: &Salient| of.facing_arc() * of.poles as f64 / TAU;
        Some(HeatedStator {
            coil_height: self.coil_side().1,
            pole_width: 2.0 * stator.pole_half_width(middle)?,
            back_radius: stator.back_radius,
            yoke_height: stator.yoke,
            gap_radius: stator.gap_radius,
            facing: faced(&stator) * faced(&rotor),
        })
    }

    /// Counts, lengths and areas; those of magnets are zero.
    pub fn bill(&self) -> Bill {
        let (stator, rotor) = (self.stator_salient(), self.rotor_salient());
        let coil_start = stator.radius_at_depth(self.stator.coil_clearance);
        Bill {
            slots: stator.poles,
            poles: rotor.poles,
            air_gap: self.air_gap,
            pole_pitch: TAU * rotor.gap_radius / rotor.poles as f64,
            magnet_thickness: 0.0,
            pocket_clearance: None,
            bridge: None,
            stack_length: self.stack_length,
            magnet_area: 0.0,
            stator_iron_area: stator.iron_area(),
            rotor_iron_area: rotor.iron_area(),
            slot_area: stator.slot_area_from(self.stator.coil_clearance),
            coil_radius: 0.5 * (coil_start + stator.root_radius()),
            windings: 1,
            disc: None,
        }
    }

    /// The same machine with its air gap changed by a length [m], at the rotor.
    #[must_use]
    pub fn with_air_gap_changed(&self, by: f64) -> Self {
        Self {
            air_gap: self.air_gap + by,
            ..self.clone()
        }
    }

    /// How many teeth a stator pole has where it has several, and how wide the groove between two of them is at the
    /// air gap [m].
    pub fn teeth(&self) -> Option<(usize, f64)> {
        let stator = self.stator_salient();
        let teeth = stator.teeth?;
        Some((teeth.count_per_pole, 2.0 * stator.groove_half_width()?))
    }

    /// Plan of the smallest sector that repeats with the winding. At shift 0 a rotor pole stands before the
    /// first pole of the first phase, or one before each of its teeth. Nothing when the geometry does not fit.
    pub fn plan(&self, layout: &PoleLayout, resolution: Resolution) -> Option<SectorPlan> {
        let (sectors, sign) = layout.sectors();
        let (stator, rotor) = (self.stator_salient(), self.rotor_salient());
        let pitches = (stator.poles / sectors, rotor.poles / sectors);
        let middle = 0.5 * (stator.gap_radius + rotor.gap_radius);
        let bore = TAU * middle / sectors as f64;
        let columns = salient_columns(pitches, (bore, self.air_gap), resolution);
        let clearance = Some(self.stator.coil_clearance);
        let body = |of: &Salient, pitches, steel, coils| {
            of.body((pitches, columns / pitches), self.air_gap, steel, coils)
        };
        Some(SectorPlan {
            sectors,
            sign,
            columns,
            length: self.stack_length,
            coil_share: 1.0,
            enlargement: 1.0,
            beside: vec![],
            rotor_outside: self.rotor_position == RotorPosition::Outer,
            rotor: body(&rotor, pitches.1, ROTOR_STEEL, None)?,
            stator: body(&stator, pitches.0, STATOR_STEEL, clearance)?,
            rotor_sections: rotor.yoke_section(Part::RotorYoke, "rotor yoke behind the slot"),
            stator_sections: stator
                .pole_section(Part::Tooth, "stator pole, middle")
                .into_iter()
                .chain(stator.tooth_sections(Part::Tooth, "stator tooth, middle"))
                .chain(stator.yoke_section(Part::Yoke, "stator yoke behind the slot"))
                .collect(),
        })
    }
}
