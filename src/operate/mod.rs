//! Operating points of a synchronous machine: from fields to flux linkages, torque and currents.

mod coils;
pub mod fourier;
pub mod grid;
pub mod machine;
pub mod map;
pub mod period;
pub mod point;
pub mod reluctance;
pub mod search;
pub mod short_circuit;
pub mod study;
pub mod waveform;
