//! Where a rotor turns, and where its iron ends away from the air gap.

use super::Misfit;
use super::misfit::{misfit, mm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the rotor turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RotorPosition {
    /// Inside the stator.
    #[default]
    Inner,
    /// Around the stator.
    Outer,
}

/// The diameter at which the iron of a rotor ends away from the gap, of the two that a file may state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Back {
    /// The one that belongs to the position [m].
    pub(super) stated: Option<f64>,
    /// Its key.
    pub(super) key: &'static str,
    /// The one that belongs to the other position [m].
    foreign: Option<f64>,
    foreign_key: &'static str,
}

impl RotorPosition {
    #[allow(clippy::trivially_copy_pass_by_ref)] // The signature is serde's.
    pub(super) fn is_inner(&self) -> bool {
        *self == RotorPosition::Inner
    }

    /// +1 where depth below the surface of the rotor goes inwards, -1 where it goes outwards.
    pub(super) fn inward(self) -> f64 {
        match self {
            RotorPosition::Inner => 1.0,
            RotorPosition::Outer => -1.0,
        }
    }

    /// Where the iron of the rotor ends, by the diameters of its shaft hole and of its outside [m].
    pub(super) fn back(self, shaft: Option<f64>, outer: Option<f64>) -> Back {
        let (hole, outside) = ((shaft, "shaft_diameter_mm"), (outer, "outer_diameter_mm"));
        let ((stated, key), (foreign, foreign_key)) = match self {
            RotorPosition::Inner => (hole, outside),
            RotorPosition::Outer => (outside, hole),
        };
        Back {
            stated,
            key,
            foreign,
            foreign_key,
        }
    }
}

impl Back {
    /// What of the statement is too much or too little.
    pub(super) fn misfits(&self) -> Vec<Misfit> {
        let key = self.key;
        let foreign = self.foreign.map(|diameter| {
            misfit(
                "diameter-of-other-rotor",
                &["rotor", self.foreign_key],
                mm(diameter),
                format!("{key} alone, for a rotor in this position"),
                "leave the key out, or change rotor_position",
            )
        });
        let missing = self.stated.is_none().then(|| {
            misfit(
                "rotor-iron-without-end",
                &["rotor"],
                format!("a rotor without {key}"),
                "the diameter at which the rotor iron ends away from the gap".to_owned(),
                &format!("enter {key}"),
            )
        });
        foreign.into_iter().chain(missing).collect()
    }
}
