//! Choke points of one pathway: by solving it whole, or only as far as one mechanism needs.

use crate::choke::{self, ChokePoint, Physical};
use crate::design::{Application, Candidate, Pathway};
use crate::evaluate::corner::{States, materials};
use crate::evaluate::fields::Fields;
use crate::evaluate::pathway::{self, Facts};
use crate::evaluate::prepared::{Prepared, Side};
use crate::evaluate::readings::{self, Currents};
use crate::evaluate::short::{fault_on, linkage_before_fault};
use crate::evaluate::{EvaluateError, Level, Stressed, facts_view, heat, reluctance};
use crate::material::Library;
use crate::operate::study::{Cost, Study};
use crate::topology::Topology;

/// A pathway of a machine, or a machine without magnets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Case<'d> {
    pub(super) application: &'d Application,
    pub(super) candidate: &'d Candidate,
    pub(super) library: &'d Library,
    pub(super) side: Option<Side>,
}

impl<'d> Case<'d> {
    pub(super) fn key(self) -> &'static str {
        self.side.map_or("none", Side::key)
    }

    fn prepared(self) -> Result<(Prepared<'d>, Side, &'d Pathway), EvaluateError> {
        let side = self.side.ok_or(EvaluateError::Undeclared("a"))?;
        let pathway = side
            .pathway(self.candidate)
            .ok_or(EvaluateError::Undeclared(side.key()))?;
        let prepared = Prepared::new(self.application, self.candidate, self.library)?;
        Ok((prepared, side, pathway))
    }
}

/// A pathway that is solved whole.
#[derive(Debug, Clone)]
pub(super) struct Solved {
    pub(super) points: Vec<ChokePoint>,
    /// What its fields gave; nothing for a machine without magnets.
    pub(super) facts: Option<Facts>,
}

/// Everything anew: what `check` would say of the machine.
pub(super) fn whole(case: Case) -> Result<Solved, EvaluateError> {
    if let Topology::Srm(srm) = &case.candidate.topology {
        let machine = (case.candidate, srm);
        let found = reluctance::assess(
            case.application,
            machine,
            case.library,
            (None, Level::Verdict),
        )?;
        let points = found.choke_points.into_iter();
        return Ok(Solved {
            points: points.filter(|point| point.kind == "physical").collect(),
            facts: None,
        });
    }
    let (prepared, side, _) = case.prepared()?;
    let facts = pathway::solve(&prepared, side)?;
    Ok(Solved {
        points: choke::physical(facts_view(&prepared, &facts), side.key()),
        facts: Some(facts),
    })
}

/// A changed machine as far as its choke points are told.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) points: Vec<ChokePoint>,
    /// Most torque within the current limit at base speed [N m]; nothing for a machine without magnets.
    pub(super) limit_torque: Option<f64>,
}

/// Every choke point as `check` would tell it, by the same solutions, and nothing that none of them rests on: no longer
/// torque, no axes, no year of wind, no tolerances.
pub(super) fn told(case: Case) -> Result<Told, EvaluateError> {
    if case.side.is_none() {
        let points = whole(case)?.points;
        return Ok(Told {
            points,
            limit_torque: None,
        });
    }
    let (prepared, side, pathway) = case.prepared()?;
    let mut fields = Fields::solve(&prepared, side)?;
    let mut points = standing(&prepared, &mut fields, side)?;
    let losses = pathway::losses_at(&prepared, pathway, &fields.currents, &mut fields.coarse)?;
    let hottest = case.application.environment.magnet_temperature_hot;
    let heated = heat::rated(&prepared, &losses).map_or(vec![], |found| found.places(hottest));
    let turning = pathway::turning(&prepared, pathway)?;
    let rotor = turning.as_ref().ok().and_then(Stressed::choke);
    points.extend(bare(heated, rotor, side.key()));
    Ok(Told {
        points,
        limit_torque: Some(fields.points.limit.torque),
    })
}

/// What of [`told`] stands in the fields alone: iron, magnets and voltage.
pub(super) fn standing_alone(case: Case) -> Result<Vec<ChokePoint>, EvaluateError> {
    let (prepared, side, _) = case.prepared()?;
    let mut fields = Fields::solve(&prepared, side)?;
    standing(&prepared, &mut fields, side)
}

fn standing(
    prepared: &Prepared,
    fields: &mut Fields,
    side: Side,
) -> Result<Vec<ChokePoint>, EvaluateError> {
    fields.fall_by_strong_corner(prepared, &mut Cost::default())?;
    let cases = fields.fine.cases.iter();
    let semiconductors = prepared.application.requirement.semiconductor_voltage;
    Ok(choke::physical(
        Physical {
            sections: &fields.fine.limit_densities.sections,
            saturation: prepared.saturation,
            cases: cases
                .map(|(case, _, found)| (*case, found.margin, found.worst_place))
                .collect(),
            remanence: fields.states.hot.remanence_t,
            cold_remanence: fields.states.cold.remanence_t,
            rotor: None,
            heated: vec![],
            fault_voltage: Some([fields.fine.fault_voltage, semiconductors]),
        },
        side.key(),
    ))
}

/// Iron and magnets of a changed machine on the coarse grid, at the currents of the machine that was solved whole; the
/// short circuit follows the magnets. Good for telling which dimension moves a point how far, and for nothing else.
pub(super) fn field(case: Case, base: &Facts) -> Result<Vec<ChokePoint>, EvaluateError> {
    let (prepared, side, pathway) = case.prepared()?;
    let states = States::of(&prepared, pathway)?;
    let unit = prepared.standard.sector.unknowns();
    let mut coarse = Study::new(&prepared.coarse, materials(&prepared, &states.hot), unit);
    let before = linkage_before_fault(&prepared, &base.max_speed, base.largest_linkage);
    let fault = fault_on(&prepared, &mut coarse, before)?;
    let of = |case: &str| {
        let known = base.demagnetising.iter().find(|d| d.case == case);
        known.map(|d| d.currents)
    };
    let at = |point: &crate::operate::point::Point| (point.id, point.iq);
    let currents = Currents {
        limit: at(&base.limit),
        peak: at(&base.peak),
        rated: at(&base.rated),
        max_speed: at(&base.max_speed),
        short_circuit: at(&fault),
        transient: of("short_circuit_transient_hot"),
        d_limit: (-prepared.limits.current, 0.0),
        cold_short_circuit: of("short_circuit_cold"),
    };
    let topology = &case.candidate.topology;
    let mut cost = Cost::default();
    let read = readings::read(
        &prepared,
        topology,
        &states,
        &currents,
        &mut coarse,
        &mut cost,
    )?;
    let cases = read.cases.iter();
    Ok(choke::physical(
        Physical {
            sections: &read.limit_densities.sections,
            saturation: prepared.saturation,
            cases: cases
                .map(|(case, _, found)| (*case, found.margin, found.worst_place))
                .collect(),
            remanence: states.hot.remanence_t,
            cold_remanence: states.cold.remanence_t,
            rotor: None,
            heated: vec![],
            fault_voltage: Some([
                read.fault_voltage,
                case.application.requirement.semiconductor_voltage,
            ]),
        },
        side.key(),
    ))
}

/// The thermal balance with the losses of the machine that was solved whole, on which cooling has no influence.
pub(super) fn heated(case: Case, base: &Facts) -> Result<Vec<ChokePoint>, EvaluateError> {
    let (prepared, side, _) = case.prepared()?;
    let found = heat::rated(&prepared, &base.losses);
    let hottest = case.application.environment.magnet_temperature_hot;
    Ok(bare(
        found.map_or(vec![], |found| found.places(hottest)),
        None,
        side.key(),
    ))
}

/// The rotor at overspeed.
pub(super) fn turning(case: Case) -> Result<Vec<ChokePoint>, EvaluateError> {
    let key = case.key();
    if case.side.is_none() {
        let found =
            crate::evaluate::stress::rotor(case.application, case.candidate, case.library, 0.0);
        let rotor = found.as_ref().ok().and_then(Stressed::choke);
        return Ok(bare(vec![], rotor, key));
    }
    let (prepared, _, pathway) = case.prepared()?;
    let found = pathway::turning(&prepared, pathway)?;
    let rotor = found.as_ref().ok().and_then(Stressed::choke);
    Ok(bare(vec![], rotor, key))
}

/// Choke points of one mechanism only.
fn bare(
    heated: Vec<choke::Heated>,
    rotor: Option<choke::RotorStress>,
    key: &'static str,
) -> Vec<ChokePoint> {
    let view = Physical {
        sections: &[],
        saturation: [1.0; 2],
        cases: vec![],
        remanence: 1.0,
        cold_remanence: 1.0,
        rotor,
        heated,
        fault_voltage: None,
    };
    choke::physical(view, key)
}
