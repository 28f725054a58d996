//! Machine types: parameters, cross-field geometry and the regions that the field network covers.

pub mod ipm;
pub mod stator;

use crate::network::plan::SectorPlan;
use crate::resolution::Resolution;
use crate::winding::Layout;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The machine type with its geometry. Externally tagged: `"topology": {"ipm": {…}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Topology {
    /// Interior permanent magnets in a V (or flat) pocket, inner rotor, radial flux.
    Ipm(ipm::Ipm),
}

impl Topology {
    /// The tag of the design file, which is also the `topology` field of a record.
    pub fn name(&self) -> &'static str {
        match self {
            Topology::Ipm(_) => "ipm",
        }
    }

    /// What of the geometry cannot be built; empty when it fits.
    pub fn fits(&self) -> Vec<Misfit> {
        match self {
            Topology::Ipm(ipm) => ipm.fits(),
        }
    }

    /// Plan of the smallest sector that repeats with the winding; nothing when the geometry does not
    /// fit.
    pub fn plan(&self, layout: &Layout, resolution: Resolution) -> Option<SectorPlan> {
        match self {
            Topology::Ipm(ipm) => ipm.plan(layout, resolution),
        }
    }
}

/// A geometry that cannot be built: which keys are at odds, what was found, what was expected and
/// what to change.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// Stable code, for example `slots-overlap`.
    pub code: &'static str,
    /// Key path below the topology or the candidate, for example `["rotor", "bridge_thickness_mm"]`.
    pub path: Vec<&'static str>,
    /// What was found, with numbers and units.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to change.
    pub fix: String,
}
