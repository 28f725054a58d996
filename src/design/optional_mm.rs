//! The gate `unit::mm` for a length that may be absent; `null` is refused, absent is absent.

use crate::unit;
use serde::{Deserializer, Serializer};

pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<f64>, D::Error> {
    unit::mm::deserialize(d).map(Some)
}

#[allow(
    clippy::ref_option,
    reason = "serde fixes the signature of a `with` module"
)]
pub(super) fn serialize<S: Serializer>(value: &Option<f64>, s: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(length) => unit::mm::serialize(length, s),
        None => s.serialize_none(),
    }
}
