//! Losses, one formula a file.

pub mod copper;
