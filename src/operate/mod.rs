//! Operating points of a synchronous machine: from fields to flux linkages, torque and currents.

mod coils;
pub mod fourier;
pub mod grid;
mod line_search;
pub mod machine;
pub mod map;
pub mod off_middle;
pub mod period;
pub mod point;
pub mod reluctance;
pub mod search;
pub mod short_circuit;
pub mod strategy;
pub mod study;
pub mod waveform;
