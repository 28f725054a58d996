//! A fleet: what many designs with their yearly numbers use and hang on together.
//!
//! Every figure is a sum over the printed supply sheets, weighted by machines a year, and is set beside the aims
//! in `targets.json`. What nobody declares counts to the country in question, as in a single design. No
//! standard judges a fleet.

mod figures;
mod targets;

pub use figures::{
    CountryRow, ElementRow, Member, Portfolio, Recycled, SectorStock, StageRow, Weighed, portfolio,
};
pub use targets::{Targets, targets};
