//! Stress of what turns: plane stress of a lamination under its own centrifugal load and that of the magnets that
//! it holds. Knows no machines: a topology draws a [`solid::Solid`], half a pole between its two axes of symmetry.
//! Rings, and magnets between two of them, have closed forms ([`ring`], [`fit`]), as the first critical speed of a shaft has ([`shaft`]).

pub mod cut;
pub mod fit;
pub mod plane;
pub mod ring;
pub mod shaft;
pub mod solid;
pub mod triangles;

use crate::network::sparse::SparseError;
use cut::Peak;
use plane::{Spin, Strained};
use solid::Solid;

/// A stress that cannot be had.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StressError {
    /// The outline makes no triangles.
    #[error("the drawing of the rotor could not be cut into triangles: {0}")]
    Triangles(String),
    /// The system was not solved: a part hangs on nothing.
    #[error("part of the rotor hangs on nothing: {0}")]
    Loose(#[from] SparseError),
    /// A section leaves the iron.
    #[error("the {0} leaves the iron")]
    OutsideIron(&'static str),
}

/// Triangles across every section that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fineness {
    /// Four across a section.
    Coarse,
    /// Eight across a section.
    Standard,
    /// Sixteen across a section, for tests of convergence.
    Fine,
}

impl Fineness {
    /// Triangles across a section.
    pub fn across(self) -> f64 {
        match self {
            Fineness::Coarse => 4.0,
            Fineness::Standard => 8.0,
            Fineness::Fine => 16.0,
        }
    }
}

/// Where the rotor is stressed most, section by section and along its round surfaces, the largest first.
///
/// # Errors
/// When the outline makes no triangles, a part hangs on nothing, or a section leaves the iron.
pub fn peaks(solid: &Solid, spin: &Spin, fineness: Fineness) -> Result<Vec<Peak>, StressError> {
    let mesh = triangles::mesh(solid, fineness)?;
    let strained = Strained::of(&mesh, solid, spin)?;
    cut::peaks(solid, &strained)
}
