//! What is known of the errors of the solver: rows of comparisons with finite elements and built
//! machines, and the model uncertainty and validated range that follow from them.
//!
//! Nothing here is typed by hand: `rows.json` is written by `make accuracy` and a test keeps it fresh.

pub mod model;
pub mod reference;
pub mod row;
