//! Supply: what is declared about where a magnet comes from, and how far it hangs on one place.

pub mod declaration;

pub use declaration::{Contradiction, Declaration, Evidence, Source, Stage, Stages};
