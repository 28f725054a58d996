//! Drop-in substitution: which magnets of the catalogue, in the same pockets of the same laminations, make a
//! pair of pathways that meets both sides.
//!
//! A grade is first judged on what needs no field solution, exactly as `check` would judge it; a clause that
//! fails there fails whatever the field is. What survives is solved at verdict level, each pathway once, and
//! every pair of pathways that meet their own standards is judged on the interchange. So the list is the one
//! that `check` would give over all pairs, in the time of a few dozen solutions.

mod offer;
mod search;
mod trial;

pub use offer::{Offer, Origin};
pub use search::{Found, Outcome, Question, search};
pub use trial::{Binding, Stand, Trial};
