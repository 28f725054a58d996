//! Places that are hot.

use super::{ChokePoint, Heated};

/// Least rise that a margin is measured by [K].
const LEAST_RISE: f64 = 1.0;

/// One point a place; the scale is the rise that the limit allows.
pub(super) fn point(place: &Heated, pathway: &'static str) -> ChokePoint {
    ChokePoint {
        kind: "physical",
        mechanism: place.mechanism,
        key: "",
        location: place.location.clone(),
        pathway,
        value: place.value,
        limit: place.limit,
        unit: "Cel",
        margin_ratio: (place.limit - place.value)
            / (place.limit - place.coolant).abs().max(LEAST_RISE),
    }
}
