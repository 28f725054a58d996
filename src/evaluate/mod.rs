//! From a candidate to its records: the operating points, the bookkeeping, and the uncertainty of each
//! number. It states facts; no acceptance limit is known here.

mod currents;
mod fill;
mod fill_pair;
mod pathway;
mod prepared;
mod uncertainty;

use crate::choke::{self, ChokePoint};
use crate::design::{Application, Candidate};
use crate::material::{Library, MaterialError};
use crate::network::newton::SolveError;
use crate::network::sector::SectorError;
use crate::operate::map::MapError;
use crate::operate::study::Cost;
use crate::record::{Record, RecordError};
use crate::validation::reference::ReferenceError;
use crate::winding::WindingError;
pub use pathway::{Demagnetising, Facts, Twin};
pub use prepared::{Prepared, Side};

/// A candidate that could not be evaluated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EvaluateError {
    /// A material is unknown or has no data at a temperature.
    #[error(transparent)]
    Material(#[from] MaterialError),
    /// The winding is impossible.
    #[error(transparent)]
    Winding(#[from] WindingError),
    /// The geometry does not fit.
    #[error("the geometry does not fit")]
    Geometry,
    /// The sector cannot be made.
    #[error(transparent)]
    Sector(#[from] SectorError),
    /// A field did not converge.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// The flux map could not be made.
    #[error(transparent)]
    Map(#[from] MapError),
    /// A steel cannot be used.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// A number was refused by the record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The supply cannot feed the machine at a speed.
    #[error("no current within {current_a} A keeps the phase voltage within {voltage_v:.1} V at {speed_rpm:.0} rpm")]
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
    /// Where the design has one way only.
    pub choke_points: Vec<ChokePoint>,
    /// Field solutions made.
    pub cost: Cost,
}

/// Evaluates a candidate for an application: every declared pathway, and the pair of them.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, or a field does not converge.
pub fn candidate(application: &Application, candidate: &Candidate, library: &Library) -> Result<Assessment, EvaluateError> {
    crate::dense::use_one_thread();
    let prepared = Prepared::new(application, candidate, library)?;
    let declared: Vec<Side> = [Side::A, Side::B].into_iter().filter(|s| s.pathway(candidate).is_some()).collect();
    let same_grade = match (&candidate.magnet_pathways.a, &candidate.magnet_pathways.b) {
        (Some(a), Some(b)) => a.grade == b.grade && a.declaration == b.declaration,
        _ => false,
    };
    // One grade on both pathways is one machine: it is solved once.
    let solved: Vec<Side> = if same_grade { vec![Side::A] } else { declared.clone() };
    let solutions: Vec<Result<Facts, EvaluateError>> = {
        use rayon::prelude::*;
        solved.par_iter().map(|side| pathway::solve(&prepared, *side)).collect()
    };
    let mut facts: Vec<(Side, Facts)> = vec![];
    let mut cost = Cost::default();
    for (side, solution) in solved.iter().zip(solutions) {
        let solution = solution?;
        cost.add(&solution.cost);
        facts.push((*side, solution));
    }
    if same_grade {
        let shared = facts[0].1.clone();
        facts.push((Side::B, shared));
    }
    let (mut records, mut choke_points) = (vec![], vec![]);
    for (side, facts) in &facts {
        let record = fill::record(&prepared, *side, facts)?;
        choke_points.extend(choke::physical(facts_view(&prepared, facts), side.key()));
        if let Some(pathway) = side.pathway(candidate) {
            choke_points.extend(choke::supply(&pathway.supply, side.key()));
        }
        records.push(PathwayRecord { pathway: side.key(), record });
    }
    if let [(Side::A, a), (Side::B, b)] = facts.as_slice() {
        records.push(PathwayRecord { pathway: "pair", record: fill_pair::record(&prepared, a, b)? });
    }
    choke_points.sort_by(|a, b| a.margin_ratio.total_cmp(&b.margin_ratio));
    Ok(Assessment { records, choke_points, cost })
}

fn facts_view<'a>(prepared: &'a Prepared, facts: &'a Facts) -> choke::Physical<'a> {
    choke::Physical {
        sections: &facts.limit_densities.sections,
        saturation: prepared.saturation,
        cases: facts.demagnetising.iter().map(|d| (d.case, d.standard.margin, d.standard.worst_place)).collect(),
        remanence: facts.hot.remanence_t,
        cold_remanence: facts.cold.remanence_t,
    }
}
