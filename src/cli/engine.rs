//! Where the command line meets physics and standards.

use crate::design::{Candidate, Design};
use crate::report::{ChokePoint, DecisionRule, Judgement, RecordReport, Statuses};
use serde_json::Value;
use std::path::PathBuf;

/// What a run asks of physics and standards.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of standards that replaces the built-in ones.
    pub standards: Option<PathBuf>,
    /// How a margin is held against its uncertainty.
    pub decision_rule: DecisionRule,
}

/// Opens physics and standards for a run. The error is the message of an invalid or inconsistent
/// standard.
pub type Connect = fn(&Settings) -> Result<Box<dyn Engine>, String>;

/// Physics and standards as the command line sees them.
pub trait Engine: Sync {
    /// Evaluates and judges one candidate.
    ///
    /// # Errors
    /// One sentence on why it could not be evaluated.
    fn assess(&self, design: &Design, candidate: &Candidate) -> Result<Assessed, String>;

    /// Solves one operating point and gives its quantities in the order of printing.
    ///
    /// # Errors
    /// One sentence on why it could not be solved.
    fn solve(
        &self,
        design: &Design,
        candidate: &Candidate,
        point: &PointRequest,
    ) -> Result<Vec<(&'static str, Value)>, String>;
}

/// A candidate evaluated and judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessed {
    /// Whether it meets both; none when that could not be judged.
    pub meets_both: Option<bool>,
    /// One status for each standard.
    pub statuses: Statuses,
    /// What explains a status beyond its clauses.
    pub notes: Vec<String>,
    /// The judged records.
    pub records: Vec<RecordReport>,
    /// What each standard says.
    pub judgements: Vec<Judgement>,
    /// Where the design has one way only.
    pub choke_points: Vec<ChokePoint>,
    /// What it took.
    pub cost: Cost,
}

/// Field solutions that a candidate took.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cost {
    /// At coarse resolution.
    pub coarse_solves: usize,
    /// At standard resolution.
    pub standard_solves: usize,
    /// At fine resolution.
    pub fine_solves: usize,
    /// Newton iterations of all of them.
    pub newton_iterations: usize,
    /// Their work in units of one solution at standard resolution.
    pub standard_equivalents: f64,
}

/// An operating point to be solved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointRequest {
    /// Magnet pathway; none for a machine without magnets.
    pub pathway: Option<Pathway>,
    /// Current along d, peak [A].
    pub id_a: f64,
    /// Current along q, peak [A].
    pub iq_a: f64,
    /// Speed of the rotor [rad/s].
    pub speed_rad_per_s: Option<f64>,
    /// Temperature of the magnets [°C]; the hottest of the design if none.
    pub magnet_temperature_c: Option<f64>,
    /// Grid of the field solution.
    pub resolution: Resolution,
}

/// Which of the two magnet pathways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Pathway {
    /// The incumbent.
    #[value(name = "A", alias = "a")]
    A,
    /// The alternative.
    #[value(name = "B", alias = "b")]
    B,
}

impl Pathway {
    /// The word of a record.
    pub fn name(self) -> &'static str {
        match self {
            Pathway::A => "a",
            Pathway::B => "b",
        }
    }
}

/// Grid of the field solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Resolution {
    /// For maps.
    Coarse,
    /// For verdicts.
    Standard,
    /// For estimates of the error of the others.
    Fine,
}

impl Resolution {
    /// The word of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Resolution::Coarse => "coarse",
            Resolution::Standard => "standard",
            Resolution::Fine => "fine",
        }
    }
}

/// Opens the built-in physics and the standards of the settings.
///
/// # Errors
/// The message of an invalid or inconsistent standard.
pub fn connect(_settings: &Settings) -> Result<Box<dyn Engine>, String> {
    Ok(Box::new(WithoutSolver))
}

/// A build without a field solver: it reads and checks designs and can judge none.
struct WithoutSolver;

impl WithoutSolver {
    const REASON: &str = "this build has no field solver";
}

impl Engine for WithoutSolver {
    fn assess(&self, _: &Design, _: &Candidate) -> Result<Assessed, String> {
        Err(Self::REASON.to_owned())
    }

    fn solve(
        &self,
        _: &Design,
        _: &Candidate,
        _: &PointRequest,
    ) -> Result<Vec<(&'static str, Value)>, String> {
        Err(Self::REASON.to_owned())
    }
}
