//! Switched reluctance machines: from a candidate to what its drive makes of it, and to its record.

mod fill;
pub(super) mod losses;
mod points;
pub(super) mod setting;

use super::prepared::saturation;
use super::stress::Stressed;
use super::supply::machine as machine_sheet;
use super::{Assessment, EvaluateError, PathwayRecord};
use crate::choke::{self, Physical};
use crate::date::Date;
use crate::design::{Application, Candidate};
use crate::material::Library;
use crate::operate::study::Cost;
use crate::topology::srm::Srm;
use points::PoleFacts;
use setting::PoleSetting;

/// What is known of a candidate whose phases are fed one by one: a single record, of pathway `none`.
pub(super) fn assess(
    application: &Application,
    machine: (&Candidate, &Srm),
    library: &Library,
    as_of: Option<Date>,
) -> Result<Assessment, EvaluateError> {
    let candidate = machine.0;
    let setting = PoleSetting::new(application, machine, library)?;
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
    let solved =
        points::solve(&setting).and_then(|facts| Ok((fill::record(&setting, &facts)?, facts)));
    match solved {
        Ok((record, facts)) => {
            assessment.choke_points = choke::physical(view(&setting, &facts), "none");
            assessment.cost = facts.cost;
            assessment.records.push(PathwayRecord {
                pathway: "none",
                record,
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

fn view<'a>(setting: &PoleSetting, facts: &'a PoleFacts) -> Physical<'a> {
    let steels = &setting.materials.steels;
    Physical {
        sections: &facts.limit_sections,
        saturation: [saturation(&steels[0]), saturation(&steels[1])],
        cases: vec![],
        remanence: 0.0,
        cold_remanence: 0.0,
        heated: vec![],
        rotor: facts.stress.as_ref().ok().and_then(Stressed::choke),
        fault_voltage: None,
    }
}
