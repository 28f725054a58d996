//! How thoroughly a candidate is evaluated.

use serde::Serialize;

/// How thoroughly a candidate is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Everything that needs no field, and of the field a few solutions on the coarse grid: what fails by far fails
    /// here, and nothing on a field is ever met.
    Screening,
    /// Everything that a verdict rests on.
    #[default]
    Verdict,
}
