//! Switched reluctance machines: phases that are fed one by one, and the map of one of them.

pub mod machine;
pub mod map;
mod spline;
