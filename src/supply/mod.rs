//! Supply: what is declared about where a magnet comes from, and how far it hangs on one place.

pub mod declaration;
pub mod dependence;
pub mod pair;

pub use declaration::{Contradiction, Declaration, Evidence, Source, Stage, Stages};
pub use dependence::{Dependence, StageDependence, dependence, stage_dependence};
pub use pair::{Shared, shared};
