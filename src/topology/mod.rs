//! Machine types: parameters, cross-field geometry and the regions that the field network covers.

pub mod ipm;
pub mod stator;

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
