//! Switched reluctance machines: from a candidate to what its drive makes of it.

pub mod setting;
