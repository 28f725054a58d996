//! Losses, one formula a file; [`sample`] has the field of an operating point where losses arise.

pub mod copper;
pub mod iron;
mod loops;
pub mod magnet;
pub mod mechanical;
pub mod proximity;
pub mod sample;
