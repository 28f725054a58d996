//! Judges one electric motor design against two versioned standards: an incumbent path and an
//! alternative path, so that a magnet supplier can be switched without a new development.
//!
//! Data flows forward only, in the order of the modules below: physics yields facts, standards are
//! data and judge the facts, a report repeats what was judged.

pub mod unit;

pub mod date;

pub mod parallel;

pub mod source;

pub mod material;

pub mod dense;

pub mod geometry;

pub mod network;

pub mod stress;

pub mod winding;

pub mod resolution;

pub mod topology;

pub mod supply;

pub mod design;

pub mod scenario;

pub mod portfolio;

pub mod operate;

pub mod loss;

pub mod efficiency_class;

pub mod demagnetise;

pub mod mass;

pub mod heat;

pub mod cycle;

pub mod wind;

pub mod validation;

pub mod choke;

pub mod record;

pub mod evaluate;

pub mod standard;

pub mod verdict;

pub mod change_rule;

pub mod certificate;
pub mod substitute;

pub mod report;

pub mod lifecycle;

pub mod cli;
