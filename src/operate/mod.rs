//! Operating points of a synchronous machine: from fields to flux linkages, torque and currents.

pub mod machine;
pub mod point;
