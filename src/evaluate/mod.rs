//! From a candidate to its records: the operating points, the bookkeeping, and the uncertainty of each
//! number. It states facts; no acceptance limit is known here.

mod axes;
mod behind;
pub mod clear;
mod continuous;
mod cooled;
mod corner;
mod critical;
mod currents;
pub mod fault;
mod fields;
mod fill;
mod fill_pair;
mod heat;
mod lasting;
mod level;
mod loss_map;
mod losses;
mod off_middle;
mod pathway;
pub mod point;
mod prepared;
mod promise;
mod readings;
mod reluctance;
mod retention;
mod retention_disc;
mod screening;
mod setting;
mod short;
mod sleeve;
mod steady;
mod stress;
mod supply;
mod uncertainty;
pub mod view;
mod wind_year;

use crate::choke::{self, ChokePoint};
use crate::date::Date;
use crate::design::{Application, Candidate};
use crate::material::{Library, MaterialError};
use crate::network::newton::SolveError;
use crate::network::sector::SectorError;
use crate::operate::map::MapError;
use crate::operate::reluctance::drive::DriveError;
use crate::operate::study::Cost;
use crate::record::{Record, RecordError};
use crate::supply::{CommonMode, Sheet};
use crate::topology::Topology;
use crate::validation::reference::ReferenceError;
use crate::winding::WindingError;
use crate::winding::pole::PoleError;
pub use axes::Axes;
pub use behind::{Behind, WEAK, behind};
pub use continuous::Continuous;
pub use heat::Heated;
pub use level::Level;
pub use losses::{Losses, PointLosses};
pub use pathway::{Demagnetising, Facts, Twin};
pub use prepared::{Prepared, Side};
pub use setting::Conditions;
pub use stress::Stressed;
pub use wind_year::WindYear;

/// A candidate that could not be evaluated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EvaluateError {
    /// A material is unknown or has no data at a temperature.
    #[error(transparent)]
    Material(#[from] MaterialError),
    /// The winding is impossible.
    #[error(transparent)]
    Winding(#[from] WindingError),
    /// The winding on poles is impossible.
    #[error(transparent)]
    Poles(#[from] PoleError),
    /// A machine whose phases are joined was asked for the map of one.
    #[error("the phases of this machine are joined: there is no map of one of them")]
    JoinedPhases,
    /// The geometry does not fit.
    #[error("the geometry does not fit")]
    Geometry,
    /// The conductor has no cross-section.
    #[error("the conductor needs either a strand diameter or a bar")]
    Conductor,
    /// The pathway that was asked for is not declared.
    #[error("pathway {0} is not declared")]
    Undeclared(&'static str),
    /// The sector cannot be made.
    #[error(transparent)]
    Sector(#[from] SectorError),
    /// A field did not converge.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// The flux map could not be made.
    #[error(transparent)]
    Map(#[from] MapError),
    /// The drive cannot be.
    #[error(transparent)]
    Drive(#[from] DriveError),
    /// A steel cannot be used.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// A number was refused by the record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A drive cycle without a vehicle.
    #[error("the design has no `vehicle` in its `application`, which a drive cycle needs")]
    NoVehicle,
    /// A drive cycle that the machine cannot follow.
    #[error(
        "the cycle cannot be followed: until {time_s} s it takes {torque_n_m:.1} N m at the shaft at \
         {speed_rpm:.0} rpm, more than current and voltage give"
    )]
    CycleTooHard {
        /// End of the stretch [s].
        time_s: f64,
        /// Torque of the shaft [N m].
        torque_n_m: f64,
        /// Speed of the machine [rpm].
        speed_rpm: f64,
    },
    /// A year of wind without a wind.
    #[error("the design has no `wind` in its `application`, which a year of wind needs")]
    NoWind,
    /// A turbine that the machine does not hold.
    #[error(
        "the turbine cannot be held: at {wind_speed_m_per_s} m/s it drives the shaft with {torque_n_m:.1} N m at \
         {speed_rpm:.2} rpm, more than current and voltage hold"
    )]
    TurbineTooStrong {
        /// Wind speed [m/s].
        wind_speed_m_per_s: f64,
        /// Torque of the shaft [N m].
        torque_n_m: f64,
        /// Speed of the machine [rpm].
        speed_rpm: f64,
    },
    /// A loss that is not known.
    #[error("the losses cannot be stated: {0}")]
    UnknownLoss(String),
    /// A temperature that is not known.
    #[error("the temperatures cannot be stated: {0}")]
    NoTemperature(String),
    /// The design cannot be written down to be changed.
    #[error("the design cannot be written to be changed: {0}")]
    Unwritable(String),
    /// The search for a torque did not settle.
    #[error("no current was found that gives {torque_n_m} N m, though the limit gives more")]
    NotSettled {
        /// Torque [N m].
        torque_n_m: f64,
    },
    /// The supply cannot feed the machine at a speed.
    #[error(
        "no current within {current_a} A keeps the phase voltage within {voltage_v:.1} V at {speed_rpm:.0} rpm"
    )]
    NoOperatingPoint {
        /// Current limit [A].
        current_a: f64,
        /// Voltage limit [V].
        voltage_v: f64,
        /// Speed [rpm].
        speed_rpm: f64,
    },
}

/// A record and the pathway it speaks of: `a`, `b`, `none` or `pair`.
#[derive(Debug, Clone, PartialEq)]
pub struct PathwayRecord {
    /// Pathway.
    pub pathway: &'static str,
    /// Record.
    pub record: Record,
}

/// What is known of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Records of the declared pathways and of the pair.
    pub records: Vec<PathwayRecord>,
    /// Pathways without a record, and why.
    pub failures: Vec<(&'static str, EvaluateError)>,
    /// Where the design has one way only.
    pub choke_points: Vec<ChokePoint>,
    /// What is known about supply: a sheet a pathway, and one for the materials of the machine.
    pub supply: Vec<Sheet>,
    /// Every place on which both pathways draw.
    pub common_mode: Vec<CommonMode>,
    /// Field solutions made.
    pub cost: Cost,
}

/// Evaluates a candidate for an application: every declared pathway, and the pair of them. A pathway
/// that cannot be evaluated does not hide the other.
///
/// # Errors
/// When the winding, the geometry or a steel does not allow it.
pub fn candidate(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
) -> Result<Assessment, EvaluateError> {
    candidate_at(application, candidate, library, None)
}

/// The same with the day at which rules on supply are taken. Without one what depends on it cannot be
/// judged.
///
/// # Errors
/// As [`candidate`].
pub fn candidate_at(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    as_of: Option<Date>,
) -> Result<Assessment, EvaluateError> {
    at_level(application, candidate, library, (as_of, Level::Verdict))
}

/// The same at screening level: what needs no field, and a few coarse solutions, from which a clause may fail and none
/// is met.
///
/// # Errors
/// As [`candidate`].
pub fn screen_at(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    as_of: Option<Date>,
) -> Result<Assessment, EvaluateError> {
    at_level(application, candidate, library, (as_of, Level::Screening))
}

fn at_level(
    application: &Application,
    candidate: &Candidate,
    library: &Library,
    asked: (Option<Date>, Level),
) -> Result<Assessment, EvaluateError> {
    crate::dense::use_one_thread();
    if let Topology::Srm(srm) = &candidate.topology {
        return reluctance::assess(application, (candidate, srm), library, asked);
    }
    let mut prepared = Prepared::new(application, candidate, library)?;
    let (as_of, level) = asked;
    prepared.as_of = as_of;
    match level {
        Level::Verdict => assess::<Facts>(&prepared),
        Level::Screening => assess::<screening::Screened>(&prepared),
    }
}

/// A solved pathway, at a level.
trait Solution: Sized + Clone + Send {
    /// Solves a pathway.
    fn solve(prepared: &Prepared, side: Side) -> Result<Self, EvaluateError>;

    /// Its record.
    fn record(&self, prepared: &Prepared, side: Side) -> Result<Record, EvaluateError>;

    /// The pair record of two.
    fn pair(prepared: &Prepared, a: &Self, b: &Self) -> Result<Record, EvaluateError>;

    /// What the physical choke points look at.
    fn physical<'s>(&'s self, prepared: &'s Prepared) -> choke::Physical<'s>;

    /// Field solutions made.
    fn cost(&self) -> &Cost;
}

impl Solution for Facts {
    fn solve(prepared: &Prepared, side: Side) -> Result<Self, EvaluateError> {
        pathway::solve(prepared, side)
    }

    fn record(&self, prepared: &Prepared, side: Side) -> Result<Record, EvaluateError> {
        fill::record(prepared, side, self)
    }

    fn pair(prepared: &Prepared, a: &Self, b: &Self) -> Result<Record, EvaluateError> {
        fill_pair::record(prepared, a, b)
    }

    fn physical<'s>(&'s self, prepared: &'s Prepared) -> choke::Physical<'s> {
        facts_view(prepared, self)
    }

    fn cost(&self) -> &Cost {
        &self.cost
    }
}

/// Every declared pathway and the pair of them.
fn assess<S: Solution>(prepared: &Prepared) -> Result<Assessment, EvaluateError> {
    let candidate = prepared.candidate;
    let declared: Vec<Side> = [Side::A, Side::B]
        .into_iter()
        .filter(|s| s.pathway(candidate).is_some())
        .collect();
    let mut assessment = Assessment {
        records: vec![],
        failures: vec![],
        choke_points: vec![],
        supply: supply::sheets(prepared)?,
        common_mode: supply::common_mode(prepared)?,
        cost: Cost::default(),
    };
    let mut solved: Vec<(Side, S)> = vec![];
    let mut unsolved: Vec<(Side, EvaluateError)> = vec![];
    for (side, solution) in solutions::<S>(prepared, &declared) {
        let filled = solution.and_then(|facts| Ok((facts.record(prepared, side)?, facts)));
        match filled {
            Ok((record, facts)) => {
                assessment
                    .choke_points
                    .extend(choke::physical(facts.physical(prepared), side.key()));
                assessment.records.push(PathwayRecord {
                    pathway: side.key(),
                    record,
                });
                solved.push((side, facts));
            }
            Err(error) => {
                match fill::unsolved(prepared, side, &error.to_string()) {
                    Ok(record) => assessment.records.push(PathwayRecord {
                        pathway: side.key(),
                        record,
                    }),
                    Err(_) => assessment.failures.push((side.key(), error.clone())),
                }
                unsolved.push((side, error));
            }
        }
    }
    for (side, facts) in &solved {
        // One grade on both pathways was solved once and counts once.
        if *side == Side::A || !one_grade(candidate) {
            assessment.cost.add(facts.cost());
        }
    }
    if let [(Side::A, a), (Side::B, b)] = solved.as_slice() {
        match S::pair(prepared, a, b) {
            Ok(record) => assessment.records.push(PathwayRecord {
                pathway: "pair",
                record,
            }),
            Err(error) => assessment.failures.push(("pair", error)),
        }
    } else if let (2, Some((side, error))) = (declared.len(), unsolved.first()) {
        let reason = format!("pathway {}: {error}", side.key());
        match fill_pair::unsolved(prepared, &reason) {
            Ok(record) => assessment.records.push(PathwayRecord {
                pathway: "pair",
                record,
            }),
            Err(error) => assessment.failures.push(("pair", error)),
        }
    }
    let places = assessment.supply.iter().flat_map(choke::supply);
    assessment.choke_points.extend(places);
    let shared = choke::common_mode(&assessment.common_mode);
    assessment.choke_points.extend(shared);
    assessment
        .choke_points
        .sort_by(|a, b| a.margin_ratio.total_cmp(&b.margin_ratio));
    Ok(assessment)
}

/// The record of one pathway as far as it needs no field solution; the rest carries the reason.
///
/// # Errors
/// When a material has no data.
pub fn without_field(
    prepared: &Prepared,
    side: Side,
    reason: &str,
) -> Result<Record, EvaluateError> {
    fill::unsolved(prepared, side, reason)
}

/// What the fields of one pathway give. It hangs on the machine, the grade and its profile of diffusion, and not on
/// the supply.
///
/// # Errors
/// When a material has no data, the supply cannot feed the machine, or a field does not converge.
pub fn facts_of(prepared: &Prepared, side: Side) -> Result<Facts, EvaluateError> {
    pathway::solve(prepared, side)
}

/// The record of one pathway with its solution.
///
/// # Errors
/// When a material has no data, or the record refuses a number.
pub fn record_of(prepared: &Prepared, side: Side, facts: &Facts) -> Result<Record, EvaluateError> {
    fill::record(prepared, side, facts)
}

/// What is known about the supply of a candidate: a sheet of every declared pathway and one of the machine.
///
/// # Errors
/// When a material is unknown.
pub fn sheets(prepared: &Prepared) -> Result<Vec<Sheet>, EvaluateError> {
    supply::sheets(prepared)
}

/// The pair record of two solved pathways.
///
/// # Errors
/// When the record refuses a number.
pub fn pair_of(prepared: &Prepared, a: &Facts, b: &Facts) -> Result<Record, EvaluateError> {
    fill_pair::record(prepared, a, b)
}

/// Whether both pathways use one grade as one supplier declares it: then they are one machine.
fn one_grade(candidate: &Candidate) -> bool {
    match (&candidate.magnet_pathways.a, &candidate.magnet_pathways.b) {
        (Some(a), Some(b)) => {
            a.grade == b.grade && a.declaration.diffusion == b.declaration.diffusion
        }
        _ => false,
    }
}

/// Solutions of the declared pathways in order, in parallel, one grade once.
fn solutions<S: Solution>(
    prepared: &Prepared,
    declared: &[Side],
) -> Vec<(Side, Result<S, EvaluateError>)> {
    use rayon::prelude::*;
    if one_grade(prepared.candidate) {
        let shared = S::solve(prepared, Side::A);
        return declared
            .iter()
            .map(|side| (*side, shared.clone()))
            .collect();
    }
    declared
        .par_iter()
        .map(|side| (*side, S::solve(prepared, *side)))
        .collect()
}

fn facts_view<'a>(prepared: &'a Prepared, facts: &'a Facts) -> choke::Physical<'a> {
    choke::Physical {
        sections: &facts.limit_densities.sections,
        saturation: prepared.saturation,
        cases: facts
            .demagnetising
            .iter()
            .map(|d| (d.case, d.standard.margin, d.standard.worst_place))
            .collect(),
        remanence: facts.hot.remanence_t,
        cold_remanence: facts.cold.remanence_t,
        heated: facts.heat.as_ref().map_or(vec![], |heated| {
            heated.places(prepared.application.environment.magnet_temperature_hot)
        }),
        rotor: facts.stress.as_ref().ok().and_then(Stressed::choke),
        fault_voltage: Some([
            facts.fault_voltage.standard,
            prepared.application.requirement.semiconductor_voltage,
        ]),
    }
}
