//! What holds the magnets on the surface of a rotor, none of which follows from a drawing.

use super::Candidate;
use crate::topology::axial::Axial;
use crate::topology::surface::Seat;
use crate::topology::{Misfit, RotorPosition, Topology};
use crate::unit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Glue, a sleeve or, on a disc, a ring. Externally tagged: `"retention": {"bond": {…}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Retention {
    /// Glue alone.
    Bond(Bond),
    /// A sleeve around the magnets that was made smaller than they are.
    Sleeve(Sleeve),
    /// A ring around the magnets of a disc that was made smaller than they are and presses them on a hub.
    Ring(Box<DiscRing>),
}

/// A ring around the magnets of each disc, as high along the axis as they are, which presses them on a hub of the same height
/// at their inner edge. Of what it is made of and pressed on `sleeve` tells, the hub being the iron there. The glue bears
/// the torque and the pull of the stator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscRing {
    /// Radial thickness of the ring [mm].
    #[serde(rename = "thickness_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub thickness: f64,
    /// Diameter of the bore of the hub; the hub reaches from there to the inner edge of the magnets [mm].
    #[serde(rename = "hub_bore_diameter_mm", with = "unit::mm")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub hub_bore_diameter: f64,
    /// The ring as a sleeve with what it is pressed on.
    pub sleeve: Sleeve,
    /// Glue below the magnets.
    pub bond: Bond,
}

/// Glue below the magnets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bond {
    /// Mean tension over the bonded area that the joint bears at the hottest temperature of the magnets at the end of its
    /// life, with what gathers at its edges and what magnets and iron differ by in expansion [MPa]: by tests of
    /// such joints, and not the strength of the glue by itself.
    #[serde(rename = "strength_mpa", with = "unit::mpa")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub strength: f64,
    /// Part of the seat that the glue covers at least [-].
    #[serde(rename = "bonded_share_ratio", with = "unit::si")]
    #[schemars(with = "f64", range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub share: f64,
}

/// A sleeve, with what it is pressed on. Its thickness stands in the topology. What of its material is left out is that of
/// the material of this name in the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sleeve {
    /// What it is made of: for people where all of it is stated below, otherwise a sleeve material of the library.
    #[schemars(length(min = 1))]
    pub material: String,
    /// Density [kg/m³].
    #[serde(
        rename = "density_kg_per_m3",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub density: Option<f64>,
    /// Modulus of elasticity along the circumference [MPa].
    #[serde(
        rename = "hoop_modulus_mpa",
        with = "unit::mpa::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub hoop_modulus: Option<f64>,
    /// Modulus of elasticity along the radius [MPa]; the same as along the circumference for a metal.
    #[serde(
        rename = "radial_modulus_mpa",
        with = "unit::mpa::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub radial_modulus: Option<f64>,
    /// Poisson's ratio, contraction along the radius over stretch along the circumference [-].
    #[serde(
        rename = "poisson_ratio",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", range(min = 0.0, max = 0.5))]
    pub poisson: Option<f64>,
    /// Least strength along the circumference at the hottest temperature of the sleeve [MPa]: the yield strength of a
    /// metal, the tensile strength of a wound fibre. Where other properties are those of the library the weaker of this and
    /// the least that the library knows counts.
    #[serde(
        rename = "hoop_strength_mpa",
        with = "unit::mpa::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", extend("exclusiveMinimum" = 0))]
    pub strength: Option<f64>,
    /// Thermal expansion along the circumference [1/K].
    #[serde(
        rename = "hoop_expansion_per_k",
        with = "unit::si::optional",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>", range(min = -1e-4, max = 1e-4))]
    pub expansion: Option<f64>,
    /// Least diameter by which the magnets are larger than the bore of the sleeve before they are joined, at 20 °C [mm].
    #[serde(rename = "interference_min_mm", with = "unit::mm")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub interference_min: f64,
    /// Greatest such diameter [mm].
    #[serde(rename = "interference_max_mm", with = "unit::mm")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub interference_max: f64,
    /// How much hotter than the magnets the sleeve is at most, as by eddy currents in it [K].
    #[serde(rename = "hotter_than_magnets_k", with = "unit::si")]
    #[schemars(with = "f64", range(min = 0.0))]
    pub hotter: f64,
    /// Modulus of elasticity of the magnets along the radius [MPa].
    #[serde(rename = "magnet_modulus_mpa", with = "unit::mpa")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub magnet_modulus: f64,
    /// Thermal expansion of the magnets along the radius [1/K].
    #[serde(rename = "magnet_radial_expansion_per_k", with = "unit::si")]
    #[schemars(with = "f64", range(min = -1e-4, max = 1e-4))]
    pub magnet_expansion: f64,
    /// Modulus of elasticity of the rotor iron [MPa].
    #[serde(rename = "iron_modulus_mpa", with = "unit::mpa")]
    #[schemars(with = "f64", extend("exclusiveMinimum" = 0))]
    pub iron_modulus: f64,
    /// Thermal expansion of the rotor iron [1/K].
    #[serde(rename = "iron_expansion_per_k", with = "unit::si")]
    #[schemars(with = "f64", range(min = -1e-4, max = 1e-4))]
    pub iron_expansion: f64,
}

/// What of the retention cannot be.
pub(super) fn misfits(candidate: &Candidate) -> Vec<Misfit> {
    let Some(retention) = &candidate.retention else {
        return vec![];
    };
    if let Topology::Axial(axial) = &candidate.topology {
        return on_a_disc(retention, axial);
    }
    let seat = candidate.topology.seat();
    let nowhere = |found| {
        let expected =
            "`retention` only where magnets lie on the outside of an inner rotor, or on a disc";
        let words = [found, expected, "remove the key"];
        vec![misfit("nothing-to-retain", &["retention"], words)]
    };
    let Some(seat) = seat else {
        return nowhere("`retention` of a machine without magnets on the surface of its rotor");
    };
    if seat.position == RotorPosition::Outer {
        return nowhere("`retention` of magnets that press on the iron around them");
    }
    match retention {
        Retention::Sleeve(_) if seat.sleeve <= 0.0 => vec![misfit(
            "sleeve-without-thickness",
            &["retention", "sleeve"],
            [
                "a sleeve that the rotor does not have",
                "`sleeve_thickness_mm` above 0 in the rotor",
                "draw the sleeve, or state what holds the magnets without one",
            ],
        )],
        Retention::Sleeve(sleeve) => contradictions(sleeve, &["retention", "sleeve"]),
        Retention::Bond(_) => vec![],
        Retention::Ring(_) => vec![misfit(
            "ring-off-disc",
            &["retention", "ring"],
            [
                "a ring around magnets that do not lie on a disc",
                "`bond` or `sleeve`",
                "state the sleeve around the rotor as `sleeve`, or the glue as `bond`",
            ],
        )],
    }
}

/// What of the retention of magnets on a disc cannot be.
fn on_a_disc(retention: &Retention, axial: &Axial) -> Vec<Misfit> {
    match retention {
        Retention::Sleeve(_) => vec![misfit(
            "sleeve-on-disc",
            &["retention", "sleeve"],
            [
                "a sleeve over magnets that lie on a disc",
                "`bond` or `ring`: glue, or a ring around the disc with glue below its magnets",
                "state the glue as `bond`, a ring around the disc as `ring`, or remove the key",
            ],
        )],
        Retention::Bond(_) | Retention::Ring(_) if axial.seat().is_none() => vec![misfit(
            "nothing-to-retain",
            &["retention"],
            [
                "`retention` of magnets that lie on no iron",
                "`retention` only where magnets lie on the outside of an inner rotor, or on a disc",
                "remove the key",
            ],
        )],
        Retention::Bond(_) => vec![],
        Retention::Ring(ring) => {
            let mut found = contradictions(&ring.sleeve, &["retention", "ring", "sleeve"]);
            if ring.hub_bore_diameter >= axial.inner_diameter {
                found.push(misfit(
                    "hub-without-thickness",
                    &["retention", "ring", "hub_bore_diameter_mm"],
                    [
                        "a bore of the hub that reaches the magnets",
                        "less than `inner_diameter_mm` of the machine",
                        "make the bore smaller, or the inner diameter larger",
                    ],
                ));
            }
            found
        }
    }
}

/// Found, expected and what to change at a key.
fn misfit(code: &'static str, path: &[&'static str], [found, expected, fix]: [&str; 3]) -> Misfit {
    Misfit {
        code,
        path: path.to_vec(),
        found: found.to_owned(),
        expected: expected.to_owned(),
        fix: fix.to_owned(),
    }
}

/// What of a sleeve contradicts itself, told below its place.
fn contradictions(sleeve: &Sleeve, place: &[&'static str]) -> Vec<Misfit> {
    let below = |key| [place, &[key]].concat();
    let mut found = vec![];
    if sleeve.interference_min > sleeve.interference_max {
        found.push(misfit(
            "out-of-order",
            &below("interference_min_mm"),
            [
                "a least interference above the greatest",
                "`interference_min_mm` at most `interference_max_mm`",
                "correct one of the two",
            ],
        ));
    }
    let moduli = sleeve.radial_modulus.zip(sleeve.hoop_modulus);
    if moduli.is_some_and(|(radial, hoop)| radial > hoop) {
        found.push(misfit(
            "sleeve-stiffer-along-radius",
            &below("radial_modulus_mpa"),
            [
                "a sleeve that is stiffer along its radius than along its circumference",
                "`radial_modulus_mpa` at most `hoop_modulus_mpa`",
                "correct one of the two",
            ],
        ));
    }
    found
}

impl Retention {
    /// Why magnets on a seat cannot be judged without more than the design states.
    pub fn missing(seat: &Seat) -> String {
        let with = if seat.sleeve > 0.0 {
            "a sleeve is drawn, but neither its material nor its interference is stated"
        } else {
            "what glues the magnets to the rotor is not stated"
        };
        format!("{with}; add `retention` to the candidate")
    }
}
