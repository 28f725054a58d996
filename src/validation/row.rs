//! One comparison.

use serde::{Deserialize, Serialize};

/// Where a reference value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceKind {
    /// A finite-element solution of the same geometry, material and winding.
    FiniteElement,
    /// A built machine.
    Measured,
    /// A model that others published, of a geometry read from their description.
    PublishedModel,
    /// A rating or a curve whose inputs are not all published, or of another machine: it shows whether results are
    /// plausible and validates nothing. Such rows are not shipped.
    Plausibility,
}

/// One quantity of one machine at one resolution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Machine.
    pub machine: String,
    /// The physical machine, if several geometries of one were published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub built_machine: Option<String>,
    /// Family: topology tag, with a word more where a part of a topology is a family of its own.
    pub topology: String,
    /// Quantity with its operating point.
    pub quantity: String,
    /// Kind of quantity for which errors are pooled.
    pub pool: String,
    /// Resolution.
    pub resolution: String,
    /// Reference value.
    pub reference: f64,
    /// Value of this program.
    pub value: f64,
    /// Unit of both.
    pub unit: String,
    /// Error over the scale of the comparison.
    pub error_ratio: f64,
    /// What the error is divided by, in the unit: the reference itself, the largest of its set, or one
    /// for absolute errors.
    pub scale: f64,
    /// Largest error that the row allows.
    pub tolerance_ratio: f64,
    /// Whether it is kept.
    pub within: bool,
    /// Kind of reference.
    pub kind: ReferenceKind,
    /// How far the reference itself is uncertain, over the same scale, as its source or the reason say.
    pub reference_uncertainty_ratio: f64,
    /// What is added to the reference before the row enters the model uncertainty: the drag between
    /// shaft and air gap, for measured torques. Same unit.
    #[serde(default)]
    pub pooled_offset: f64,
    /// The error with which the row enters the model uncertainty, over the scale of its pool; absent if
    /// it does not enter.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pooled_error_ratio: Option<f64>,
    /// Who says so.
    pub source: String,
    /// Why the tolerance is what it is.
    pub reason: String,
}

/// Dimensionless groups of a validated machine.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    /// Air gap over pole pitch.
    pub gap_per_pole_pitch: f64,
    /// Magnet thickness over air gap; absent without magnets.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub magnet_per_gap: Option<f64>,
    /// Slots per pole and phase.
    pub slots_per_pole_and_phase: f64,
    /// Bridge over air gap; absent without bridges.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bridge_per_gap: Option<f64>,
    /// Air gap and magnet, between the irons at the edges, over the length of the iron along the radius; only of
    /// machines with axial flux, and of those among the references that were solved in three dimensions.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub edge_per_length: Option<f64>,
    /// Teeth on a stator pole of a switched reluctance machine; absent where the pole itself is the tooth.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub teeth_per_pole: Option<f64>,
    /// Groove between two such teeth over the air gap.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub groove_per_gap: Option<f64>,
}

/// The file `rows.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// Rows of all machines.
    pub rows: Vec<Row>,
    /// Groups of each machine: (machine, topology, groups).
    pub machines: Vec<ValidatedMachine>,
}

impl Validation {
    /// The rows from which something may follow: all but those that are no more than plausible.
    #[must_use]
    pub fn of_evidence(mut self) -> Self {
        self.rows
            .retain(|row| row.kind != ReferenceKind::Plausibility);
        self
    }
}

/// A machine with finite-element rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ValidatedMachine {
    /// Machine.
    pub machine: String,
    /// Topology tag.
    pub topology: String,
    /// Its groups.
    pub groups: Groups,
    /// Largest tooth flux density among its points [T].
    pub tooth_flux_density_max_t: f64,
    /// Largest yoke flux density among its points [T].
    pub yoke_flux_density_max_t: f64,
}
