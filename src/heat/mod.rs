//! Temperatures of a machine that gives off its losses for as long as it takes: a network of conductances between
//! places of one temperature each, every formula in a file of its subject. Knows no designs: films, contacts and
//! conductivities are what the caller says they are.

pub mod course;
pub mod cylinder;
pub mod disc;
pub mod duty;
pub mod gap;
pub mod insulation;
pub mod machine;
pub mod network;
pub mod slot;
