//! Switched reluctance machines: from a candidate to what its drive makes of it, and to its record.

mod bookkeeping;
mod continuous;
pub(super) mod driven;
mod fill;
pub(super) mod losses;
mod points;
mod screening;
pub(super) mod setting;
pub(super) mod settled;

use super::heat::Heated;
use super::prepared::saturation;
use super::stress::Stressed;
use super::supply::machine as machine_sheet;
use super::{Assessment, EvaluateError, Level, PathwayRecord};
use crate::choke::{self, ChokePoint, Physical};
use crate::date::Date;
use crate::design::{Application, Candidate};
use crate::material::Library;
use crate::network::plan::Part;
use crate::operate::study::Cost;
use crate::record::Record;
use crate::topology::srm::Srm;
use setting::PoleSetting;

/// What is known of a candidate whose phases are fed one by one: a single record, of pathway `none`.
pub(super) fn assess(
    application: &Application,
    machine: (&Candidate, &Srm),
    library: &Library,
    (as_of, level): (Option<Date>, Level),
) -> Result<Assessment, EvaluateError> {
    let candidate = machine.0;
    let mut setting = PoleSetting::new(application, machine, library)?;
    setting.as_of = as_of;
    let masses = setting.masses()?;
    let laminations = [masses.stator_core, masses.rotor_core];
    let sheet = machine_sheet(candidate, (laminations, masses.copper), as_of);
    let mut assessment = Assessment {
        records: vec![],
        failures: vec![],
        choke_points: vec![],
        supply: vec![sheet],
        common_mode: vec![],
        cost: Cost::default(),
    };
    let solved = match level {
        Level::Screening => screening::solve(&setting),
        Level::Verdict => solve(&setting),
    };
    match solved {
        Ok(solved) => {
            assessment.choke_points = solved.choke_points;
            assessment.cost = solved.cost;
            assessment.records.push(PathwayRecord {
                pathway: "none",
                record: solved.record,
            });
        }
        Err(error) => assessment.failures.push(("none", error)),
    }
    let places = assessment.supply.iter().flat_map(choke::supply);
    assessment.choke_points.extend(places);
    assessment
        .choke_points
        .sort_by(|a, b| a.margin_ratio.total_cmp(&b.margin_ratio));
    Ok(assessment)
}

/// A solved machine.
struct Solved {
    record: Record,
    choke_points: Vec<ChokePoint>,
    cost: Cost,
}

/// At verdict level.
fn solve(setting: &PoleSetting) -> Result<Solved, EvaluateError> {
    let facts = points::solve(setting)?;
    let heated = facts.heat.iter().map(Heated::hottest_of_winding).collect();
    let view = view(setting, &facts.limit_sections, &facts.stress, heated);
    Ok(Solved {
        record: fill::record(setting, &facts)?,
        choke_points: choke::physical(view, "none"),
        cost: facts.cost,
    })
}

fn view<'a>(
    setting: &PoleSetting,
    sections: &'a [(Part, f64)],
    stress: &Result<Stressed, String>,
    heated: Vec<choke::Heated>,
) -> Physical<'a> {
    let steels = &setting.materials.steels;
    Physical {
        sections,
        saturation: [saturation(&steels[0]), saturation(&steels[1])],
        cases: vec![],
        remanence: 0.0,
        cold_remanence: 0.0,
        heated,
        rotor: stress.as_ref().ok().and_then(Stressed::choke),
        fault_voltage: None,
    }
}
