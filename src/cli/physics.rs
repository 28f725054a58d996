//! Where the command line meets physics: everything that is asked of it, and the one place that
//! answers.

use crate::design::{Candidate, Design};
use crate::material::Library;
use crate::report::{ChokePoint, RecordReport};
use crate::resolution::Resolution;
use serde_json::Value;

/// What the command line asks of physics.
pub trait Physics: Sync {
    /// Evaluates one candidate under all of its pathways.
    ///
    /// # Errors
    /// One sentence on why nothing of it could be evaluated.
    fn evaluate(
        &self,
        library: &Library,
        design: &Design,
        candidate: &Candidate,
    ) -> Result<Evaluated, String>;

    /// Solves one operating point and gives its quantities in the order of printing.
    ///
    /// # Errors
    /// One sentence on why it could not be solved.
    fn solve(
        &self,
        library: &Library,
        design: &Design,
        candidate: &Candidate,
        point: &PointRequest,
    ) -> Result<Vec<(&'static str, Value)>, String>;
}

/// Facts about one candidate.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evaluated {
    /// The records, of pathways `a`, `b`, `none` or `pair`.
    pub records: Vec<RecordReport>,
    /// Pathways that gave no record, with the reason in one sentence.
    pub failures: Vec<(&'static str, String)>,
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
    /// Magnet pathway, `a` or `b`; none for a machine without magnets.
    pub pathway: Option<&'static str>,
    /// Current along d, peak [A].
    pub id_a: f64,
    /// Current along q, peak [A].
    pub iq_a: f64,
    /// Speed of the rotor [rad/s].
    pub speed_rad_per_s: Option<f64>,
    /// Temperature of the magnets [°C]; none without magnets.
    pub magnet_temperature_c: Option<f64>,
    /// Grid of the field solution.
    pub resolution: Resolution,
}

/// The physics of this build: none. It reads and checks designs and can judge no candidate.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn;

impl BuiltIn {
    const REASON: &str = "this build has no field solver";
}

impl Physics for BuiltIn {
    fn evaluate(&self, _: &Library, _: &Design, _: &Candidate) -> Result<Evaluated, String> {
        Err(Self::REASON.to_owned())
    }

    fn solve(
        &self,
        _: &Library,
        _: &Design,
        _: &Candidate,
        _: &PointRequest,
    ) -> Result<Vec<(&'static str, Value)>, String> {
        Err(Self::REASON.to_owned())
    }
}
