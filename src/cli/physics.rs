//! Where the command line meets physics: everything that is asked of it, and the one place that
//! answers.

use super::sheets;
use crate::choke;
use crate::cycle::Cycle;
use crate::design::{Candidate, Design};
use crate::evaluate::clear::{self, Cleared};
use crate::evaluate::point::Request;
pub use crate::evaluate::view::drive::Wish;
pub use crate::evaluate::view::map::Axis;
use crate::evaluate::{self, Conditions, Level, Side};
use crate::heat::duty::Duty;
use crate::material::Library;
pub use crate::operate::study::Cost;
use crate::record::DIGITS;
use crate::report::sheet::Sheet;
use crate::report::{ChokePoint, RecordReport, Supply};
use crate::resolution::Resolution;
use crate::scenario;
use crate::substitute::{self, Outcome, Question};
use crate::unit::round_significant;
use serde_json::Value;

/// What the command line asks of physics.
pub trait Physics: Sync {
    /// Evaluates one candidate under all of its pathways at a level.
    ///
    /// # Errors
    /// One sentence on why nothing of it could be evaluated.
    fn evaluate(
        &self,
        library: &Library,
        design: &Design,
        candidate: &Candidate,
        level: Level,
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

    /// Looks at the field or the flux map.
    ///
    /// # Errors
    /// One sentence on why it could not be solved.
    fn look(
        &self,
        library: &Library,
        design: &Design,
        candidate: &Candidate,
        look: &LookRequest,
    ) -> Result<Sheet, String>;

    /// Looks for the smallest change that clears each physical choke point of the candidate at `index` which is beyond
    /// its limit.
    ///
    /// # Errors
    /// One sentence on why the machine cannot be evaluated.
    fn fixes(
        &self,
        library: &Library,
        design: &Design,
        index: usize,
    ) -> Result<Vec<Cleared>, String>;

    /// Looks for magnets that make both pathways meet their standards.
    ///
    /// # Errors
    /// One sentence on why the machine cannot be evaluated.
    fn substitute(&self, question: &Question) -> Result<Outcome, String>;
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
    /// What is known about supply.
    pub supply: Supply,
    /// What it took.
    pub cost: Cost,
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

/// What is to be looked at, and under which conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct LookRequest {
    /// Magnet pathway, `a` or `b`; none for a machine without magnets.
    pub pathway: Option<&'static str>,
    /// Temperature of the magnets [°C]; none without magnets.
    pub magnet_temperature_c: Option<f64>,
    /// Grid of the field solution.
    pub resolution: Resolution,
    /// What.
    pub view: View,
}

/// What is to be looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    /// The field along the air gap.
    Gap {
        /// Where.
        at: At,
        /// Waves up to this harmonic of the pole pairs.
        harmonics: usize,
    },
    /// The field cell by cell.
    Field {
        /// Where.
        at: At,
    },
    /// The flux map.
    Map {
        /// d currents; down to the current limit by default.
        d: Option<Axis>,
        /// q currents; up to the current limit by default.
        q: Option<Axis>,
    },
    /// The envelope of torque over speed.
    Envelope {
        /// Speeds [rad/s]; from rest to the highest of the design by default.
        speeds: Option<Axis>,
    },
    /// Temperatures under a duty, and the torque that they allow over speed.
    Heat {
        /// Duty.
        duty: Duty,
        /// Speeds [rad/s], above zero; up to the highest of the design by default.
        speeds: Option<Axis>,
    },
    /// The map of losses and efficiency.
    Efficiency {
        /// Speeds [rad/s]; up to the highest of the design by default.
        speeds: Option<Axis>,
        /// Magnitudes of the torque [N m]; up to the most by default.
        torques: Option<Axis>,
    },
    /// A drive cycle.
    Journey {
        /// The cycle.
        cycle: Cycle,
    },
    /// A year of wind.
    Year,
    /// The map of one phase of a machine whose phases are fed one by one.
    Phase {
        /// Its currents; up to the current limit by default.
        currents: Option<Axis>,
    },
    /// That phase at one current and one position.
    PhasePoint {
        /// Current [A].
        current: f64,
        /// Angle from the unaligned position in the direction of motion [rad].
        angle: f64,
    },
    /// The drive of such a machine at one speed.
    Drive {
        /// Speed, above zero [rad/s].
        speed: f64,
        /// What it shall do.
        wish: Wish,
    },
    /// The most torque of such a machine over speed.
    PhaseEnvelope {
        /// Speeds, above zero [rad/s]; up to the highest of the design by default.
        speeds: Option<Axis>,
    },
    /// The map of losses and efficiency of such a machine.
    PhaseEfficiency {
        /// Speeds, above zero [rad/s]; up to the highest of the design by default.
        speeds: Option<Axis>,
        /// Magnitudes of the torque [N m]; up to the most by default.
        torques: Option<Axis>,
    },
    /// A drive cycle with such a machine.
    PhaseJourney {
        /// The cycle.
        cycle: Cycle,
    },
}

/// A current and a rotor position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// Current along d, peak [A].
    pub id_a: f64,
    /// Current along q, peak [A].
    pub iq_a: f64,
    /// Electrical angle from the axis of phase a to the d axis [rad].
    pub angle: f64,
}

/// The field solver and the bookkeeping of this program.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn;

impl Physics for BuiltIn {
    fn evaluate(
        &self,
        library: &Library,
        design: &Design,
        candidate: &Candidate,
        level: Level,
    ) -> Result<Evaluated, String> {
        let day = design.day();
        let evaluate = match level {
            Level::Screening => evaluate::screen_at,
            Level::Verdict => evaluate::candidate_at,
        };
        let found =
            evaluate(&design.application, candidate, library, day).map_err(|e| e.to_string())?;
        let records = found
            .records
            .iter()
            .map(|r| RecordReport {
                pathway: r.pathway,
                record: r.record.to_value(),
            })
            .collect();
        let choke_points = found.choke_points.into_iter().map(choke_point).collect();
        let failures = found
            .failures
            .iter()
            .map(|(pathway, error)| (*pathway, error.to_string()))
            .collect();
        Ok(Evaluated {
            records,
            failures,
            choke_points,
            supply: Supply {
                embargoes: scenario::embargoes(&found.supply),
                sheets: found.supply,
                common_mode: found.common_mode,
                scenarios: vec![],
            },
            cost: found.cost,
        })
    }

    fn solve(
        &self,
        library: &Library,
        design: &Design,
        candidate: &Candidate,
        point: &PointRequest,
    ) -> Result<Vec<(&'static str, Value)>, String> {
        let request = Request {
            conditions: conditions(
                design,
                (point.pathway, point.magnet_temperature_c),
                point.resolution,
            ),
            id: point.id_a,
            iq: point.iq_a,
            speed: point.speed_rad_per_s,
        };
        let solved = evaluate::point::solve(&design.application, candidate, library, &request)
            .map_err(|e| e.to_string())?;
        Ok(solved
            .into_iter()
            .map(|(name, value)| (name, Value::from(round_significant(value, DIGITS))))
            .collect())
    }

    fn look(
        &self,
        library: &Library,
        design: &Design,
        candidate: &Candidate,
        look: &LookRequest,
    ) -> Result<Sheet, String> {
        let conditions = conditions(
            design,
            (look.pathway, look.magnet_temperature_c),
            look.resolution,
        );
        sheets::sheet((library, design, candidate), &conditions, &look.view)
            .map_err(|e| e.to_string())
    }

    fn fixes(
        &self,
        library: &Library,
        design: &Design,
        index: usize,
    ) -> Result<Vec<Cleared>, String> {
        clear::fixes(design, index, library).map_err(|e| e.to_string())
    }

    fn substitute(&self, question: &Question) -> Result<Outcome, String> {
        substitute::search(question).map_err(|e| e.to_string())
    }
}

/// Pathway and magnet temperature as asked for, by default the incumbent at the hottest of the design.
fn conditions(
    design: &Design,
    (pathway, temperature): (Option<&'static str>, Option<f64>),
    resolution: Resolution,
) -> Conditions {
    let hottest = design.application.environment.magnet_temperature_hot;
    Conditions {
        side: if pathway == Some("b") {
            Side::B
        } else {
            Side::A
        },
        magnet_temperature: temperature.unwrap_or(hottest),
        resolution,
    }
}

fn choke_point(point: choke::ChokePoint) -> ChokePoint {
    let short = |x: f64| round_significant(x, DIGITS);
    ChokePoint {
        kind: point.kind,
        mechanism: point.mechanism.to_owned(),
        key: point.key,
        location: point.location,
        pathway: point.pathway,
        value: short(point.value),
        limit: short(point.limit),
        unit: point.unit.to_owned(),
        margin_ratio: short(point.margin_ratio),
        fix: None,
    }
}
