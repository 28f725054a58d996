//! Scenarios: what a pathway still builds when flows of material are cut, delayed or dear.
//!
//! A scenario is a file: flows by country, element and stage that keep a part of their volume or come late,
//! and prices that change. Four stand in `scenarios/`; users write their own. A scenario reads the supply
//! sheet of a pathway and nothing else, so that every figure can be worked out from what is printed. No
//! standard judges it.

mod course;
mod embargo;
mod file;
mod outcome;

pub use course::Course;
pub use embargo::embargoes;
pub use file::{Flow, OnPathway, PriceChange, Scenario, builtin, names, scenario_schema};
pub use outcome::{CostChange, Hit, Outcome, Production, outcome, outcomes};
