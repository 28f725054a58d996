//! Switched reluctance machines: phases that are fed one by one, the map of one of them, and how it is driven.

pub mod cycle;
pub mod drive;
pub mod end_turns;
pub mod machine;
pub mod map;
pub mod optimum;
mod reach;
mod spline;
mod surface;
pub mod turn;
pub mod waves;
