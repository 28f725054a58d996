//! The nonlinear magnetic network: a sector of two bodies that slide along the middle of the air gap.
//!
//! Every cell is a reluctance mesh in vector-potential (loop-flux) form: the difference of two node
//! potentials is the flux of the branch between them, the equation of a node is the loop law of the
//! magnetomotive force. With bilinear cells this is a structured first-order finite-element method read
//! as a network, on a grid fitted to the machine. It knows cells and branches, never machines.

mod assembly;
pub mod body;
pub mod cell;
pub mod cells;
pub mod gap;
pub mod law;
pub mod mesh;
pub mod newton;
mod order;
pub mod plan;
pub mod quartet;
pub mod reading;
pub mod sector;
pub mod sparse;
pub mod spot;
pub mod yielding;
