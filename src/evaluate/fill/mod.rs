//! The evaluation record of one pathway.

mod axes;
pub(super) mod cost;
mod declared;
mod faults;
mod lasting;
pub(super) mod losses;
pub(super) mod masses;
mod points;
mod supply;

use super::EvaluateError;
use super::corner::magnet;
use super::critical;
use super::heat;
use super::pathway::{Facts, Twin};
use super::prepared::{Prepared, Side};
use super::promise;
use super::stress;
use super::uncertainty::{Band, Kind, band};
use super::wind_year;
use crate::design::{Application, Pathway};
use crate::material::{Family, Magnet, Process};
use crate::network::law::IronLaw;
use crate::network::plan::Part;
use crate::record::Record;
use crate::record::field as f;
use crate::record::field::{Field, Records};
use crate::topology::Topology;
use crate::topology::axial::Arrangement;
use crate::unit::{kw, round_significant, rpm};
use crate::validation::model::{beyond_flux_density, outside_range, pool_of, rows_of, shipped};
use crate::validation::reference::groups;
pub(super) use declared::below_knee;
pub(super) use losses::rated_parts;
pub(super) use points::{by_voltage, current_share, peak_current};

/// A record being filled, with what decides whether field quantities can be judged.
struct Filling<'a> {
    record: Record,
    prepared: &'a Prepared<'a>,
    /// The solution; none where it failed, and then only what needs none is filled.
    facts: Option<&'a Facts>,
    /// Why no quantity of the field solution can be judged; empty inside the validated range.
    outside: Vec<String>,
}

/// Fills the record of a pathway.
///
/// # Errors
/// When the record refuses a number, or a material has no data.
pub fn record(prepared: &Prepared, side: Side, facts: &Facts) -> Result<Record, EvaluateError> {
    let pathway = side
        .pathway(prepared.candidate)
        .ok_or(EvaluateError::Undeclared(side.key()))?;
    let mut outside = outside(prepared, facts);
    outside.extend(beyond_coefficients(pathway, prepared.application));
    outside.extend(below_knee(pathway, magnet(prepared, pathway)?));
    fill(prepared, side, Some(facts), outside)
}

/// Whether the magnets get hotter than the coefficients that their supplier declares reach.
pub(super) fn beyond_coefficients(pathway: &Pathway, application: &Application) -> Option<String> {
    let [_, end] = pathway.declaration.coefficient_range_c?;
    let hottest = application.environment.magnet_temperature_hot;
    (hottest > end)
        .then(|| format!("magnets at {hottest} degC, coefficients declared up to {end} degC"))
}

/// What needs no field solution, and nothing of the rest.
///
/// # Errors
/// When the record refuses a number, or a material is unknown.
pub(super) fn without_solution(prepared: &Prepared, side: Side) -> Result<Record, EvaluateError> {
    fill(prepared, side, None, vec![])
}

/// Fills what needs no field solution, and states why the rest is missing: a machine that cannot be solved
/// still has a composition and a supply that can be judged.
///
/// # Errors
/// When the record refuses a number, or a material is unknown.
pub fn unsolved(prepared: &Prepared, side: Side, reason: &str) -> Result<Record, EvaluateError> {
    let mut record = without_solution(prepared, side)?;
    for field in unsolved_fields(prepared) {
        record.put_unjudgeable(field, reason)?;
    }
    Ok(record)
}

/// Fields that only a solution of the field gives, of an application and a machine.
pub(super) fn unsolved_fields(prepared: &Prepared) -> impl Iterator<Item = &'static Field> {
    let windless = prepared.application.wind.is_none();
    let gaps = prepared.bill.disc.map_or(0, |disc| disc.gaps);
    f::ALL.iter().copied().filter(move |field| {
        needs_solution(field) && !(windless && of_a_wind(field)) && gaps >= flat_gaps(field)
    })
}

/// How many flat gaps a machine has at least that has such a field.
fn flat_gaps(field: &Field) -> usize {
    match field.name {
        name if name == f::NO_LOAD_AXIAL_PULL_PER_GAP_N.name => 1,
        name if name == f::NO_LOAD_AXIAL_PULL_OFF_MIDDLE_N_PER_MM.name => 2,
        _ => 0,
    }
}

/// Whether an application without a wind has no such field.
fn of_a_wind(field: &Field) -> bool {
    field.name.starts_with("wind_year_")
}

/// How temperatures come about.
pub(super) const HEAT: &str =
    "network of conductances, losses of the rated point, resistance at the temperature found";

/// Whether a field of the evaluation record comes from the field solution.
pub(super) fn needs_solution(field: &Field) -> bool {
    const POINTS: [&str; 19] = [
        "no_load_",
        "saliency_",
        "characteristic_",
        "rated_",
        "continuous_",
        "short_time_",
        "wind_year_",
        "peak_",
        "max_speed_",
        "fault_",
        "demagnetisation_margin_",
        "short_circuit_",
        "magnet_affected_",
        "remanence_loss_",
        "torque_loss_",
        "demagnetisation_",
        "winding_hot_spot_",
        "rotor_stress_",
        "rotor_yield_",
    ];
    field.belongs_to(Records::Evaluation)
        && POINTS.iter().any(|start| field.name.starts_with(start))
}

fn fill(
    prepared: &Prepared,
    side: Side,
    facts: Option<&Facts>,
    outside: Vec<String>,
) -> Result<Record, EvaluateError> {
    let pathway = side
        .pathway(prepared.candidate)
        .ok_or(EvaluateError::Undeclared(side.key()))?;
    let magnet = magnet(prepared, pathway)?;
    let mut filling = Filling {
        record: Record::evaluation(),
        prepared,
        facts,
        outside,
    };
    filling.identity(side, magnet)?;
    requirement(&mut filling.record, prepared.application)?;
    filling.declared(pathway, magnet)?;
    filling.no_load()?;
    filling.axes()?;
    filling.rated()?;
    filling.peak()?;
    filling.max_speed()?;
    filling.losses()?;
    if let Some(facts) = facts {
        for (field, found) in heat::bands(&heat::told(prepared, facts)) {
            filling.put(field, found, HEAT)?;
        }
        filling.lasting(facts)?;
        let estimated = prepared.copper.end_turns_estimated;
        for (field, found) in wind_year::bands(facts.wind_year.as_ref(), estimated) {
            filling.put(field, found, wind_year::WEIGHED)?;
        }
        stress::put(&mut filling.record, &facts.stress)?;
    }
    filling.demagnetisation()?;
    filling.faults()?;
    filling.masses(magnet, pathway)?;
    filling.supply(magnet, pathway)?;
    filling.cost(magnet, pathway)?;
    let masses = prepared.masses(magnet)?;
    let machine = (prepared.application, prepared.candidate);
    critical::put(
        &mut filling.record,
        machine,
        masses.rotor_core + masses.magnet,
    )?;
    promise::put(&mut filling.record, machine)?;
    Ok(filling.record)
}

/// Why no quantity of the field solution can be judged, as far as drawing and family say; empty inside the validated
/// range.
pub(super) fn family_range(prepared: &Prepared) -> Vec<String> {
    let topology = &prepared.candidate.topology;
    let mut outside = outside_range(shipped(), topology.name(), &groups(topology));
    if let Topology::Axial(axial) = topology {
        if axial.arrangement == Arrangement::DoubleStator {
            outside.push(EDGES.to_owned());
        }
        if axial.stator.slotless {
            outside.push(SLOTLESS.to_owned());
        }
        if axial.rotor.interior.is_some() {
            outside.push(WITHIN_DISC.to_owned());
        }
    }
    if topology.turns_its_magnetisation() {
        outside.push(ARRAY.to_owned());
    }
    outside
}

/// Why no quantity of the field solution can be judged; empty inside the validated range.
pub(super) fn outside(prepared: &Prepared, facts: &Facts) -> Vec<String> {
    let topology = prepared.candidate.topology.name();
    let mut outside = family_range(prepared);
    let section = |part| facts.peak_densities.section(part).unwrap_or(0.0);
    outside.extend(beyond_flux_density(
        shipped(),
        topology,
        section(Part::Tooth),
        section(Part::Yoke),
    ));
    outside.extend(beyond_material(
        &prepared.steels,
        &facts.limit_densities.sections,
    ));
    outside
}

/// What of the field of a machine with axial flux its references with edges speak of: what its magnets make without
/// currents, and the most torque.
/// Temperatures and the steady torque carry in their uncertainty what the most torque does.
const WITH_EDGES: [&Field; 26] = [
    &f::WINDING_HOT_SPOT_TEMPERATURE_C,
    &f::WINDING_HOT_SPOT_TO_CLASS_RATIO,
    &f::RATED_MAGNET_TEMPERATURE_C,
    &f::CONTINUOUS_TORQUE_TO_REQUIREMENT_RATIO,
    &f::CONTINUOUS_TORQUE_N_M,
    &f::CONTINUOUS_POWER_KW,
    &f::CONTINUOUS_CURRENT_A,
    &f::CONTINUOUS_BOUND,
    &f::SHORT_TIME_DURATION_MIN,
    &f::SHORT_TIME_TORQUE_TO_REQUIREMENT_RATIO,
    &f::SHORT_TIME_TORQUE_N_M,
    &f::SHORT_TIME_POWER_KW,
    &f::SHORT_TIME_CURRENT_A,
    &f::SHORT_TIME_BOUND,
    &f::PEAK_TORQUE_TO_REQUIREMENT_RATIO,
    &f::MAX_SPEED_BACK_EMF_V,
    &f::NO_LOAD_FLUX_LINKAGE_WB,
    &f::NO_LOAD_BACK_EMF_CONSTANT_V_S_PER_RAD,
    &f::NO_LOAD_AIR_GAP_FLUX_DENSITY_FUNDAMENTAL_T,
    &f::NO_LOAD_AXIAL_PULL_PER_GAP_N,
    &f::NO_LOAD_AXIAL_PULL_OFF_MIDDLE_N_PER_MM,
    &f::FAULT_EMF_V,
    &f::FAULT_EMF_TO_SEMICONDUCTOR_VOLTAGE_RATIO,
    &f::FAULT_EMF_TO_DC_VOLTAGE_RATIO,
    &f::B_TO_A_NO_LOAD_FLUX_LINKAGE_RATIO,
    &f::B_TO_A_FAULT_EMF_RATIO,
];

/// Why a quantity that hangs on currents cannot be judged of a machine with axial flux: the flux of its end turns and of
/// the ends of its teeth saturates them, and is in the slices as room across the slots alone. Nothing of what
/// [`WITH_EDGES`] holds.
pub(super) fn beyond_slices(topology: &Topology, field: &Field) -> Option<String> {
    let judged = WITH_EDGES.iter().any(|known| known.name == field.name);
    if judged || !matches!(topology, Topology::Axial(_)) {
        return None;
    }
    let most = |quantity| {
        let pool = pool_of(quantity, true);
        let found = rows_of(shipped(), topology.name(), &pool).into_iter();
        let errors = found.filter_map(|row| row.pooled_error_ratio);
        round_significant(100.0 * errors.fold(0.0, f64::max), 2)
    };
    Some(format!(
        "the slices of a machine with axial flux hold the flux of the end turns and of the ends of its teeth as room \
         across their slots only; with currents they are off by up to {} % of the largest flux linkage and {} % of the \
         torque of reference machines that were solved in three dimensions",
        most("flux_linkage"),
        most("torque")
    ))
}

/// What no slice of a machine with axial flux holds, and no reference of magnets without iron behind them.
const EDGES: &str = "the slices of a machine with axial flux hold no flux along the radius, and no machine whose \
                     magnets have no iron behind them, measured or solved in three dimensions, says how much it is \
                     at the inner and the outer edge";

/// Why nothing of the field of coils without teeth can be judged.
const SLOTLESS: &str = "no reference machine has its coils in the gap, without teeth";

/// Why nothing of the field of magnets within the iron of a disc can be judged.
const WITHIN_DISC: &str = "one reference machine with axial flux has its magnets within the iron of its rotor, too few to say \
                           how much of their flux is lost at the inner and the outer edge, of which the slices hold nothing";

/// Why nothing of the field of a Halbach array can be judged.
const ARRAY: &str =
    "no reference machine has poles of pieces whose magnetisation turns from one to the next";

/// A quantity of the field solution, or the reason why it cannot be judged: nothing can outside the validated range.
pub(super) fn put(
    record: &mut Record,
    outside: &[String],
    field: &Field,
    found: Result<Band, String>,
    what: &str,
) -> Result<(), EvaluateError> {
    if !outside.is_empty() {
        let reason = format!("outside the validated range: {}", outside.join("; "));
        return Ok(record.put_unjudgeable(field, reason)?);
    }
    match found {
        Ok(b) => {
            let basis = format!("{what}; {}", b.basis);
            Ok(record.put_number(field, b.value, b.uncertainty, basis)?)
        }
        Err(reason) => Ok(record.put_unjudgeable(field, reason)?),
    }
}

/// A word with its basis, or why there is none.
pub(super) type Word = Result<(&'static str, String), String>;

/// A word that follows from the field solution, or the reason why it cannot be said.
pub(super) fn put_word(
    record: &mut Record,
    outside: &[String],
    field: &Field,
    found: Word,
) -> Result<(), EvaluateError> {
    let unsaid = (!outside.is_empty())
        .then(|| format!("outside the validated range: {}", outside.join("; ")));
    match (unsaid, found) {
        (None, Ok((word, basis))) => Ok(record.put_text(field, word, basis)?),
        (Some(reason), _) | (None, Err(reason)) => Ok(record.put_unjudgeable(field, reason)?),
    }
}

/// Family as the record's word.
pub(super) fn family_key(family: Family) -> &'static str {
    family.key()
}

impl Filling<'_> {
    fn topology(&self) -> &'static str {
        self.prepared.candidate.topology.name()
    }

    fn exact(&mut self, field: &Field, value: f64, basis: &str) -> Result<(), EvaluateError> {
        Ok(self.record.put_number(field, value, 0.0, basis)?)
    }

    /// A quantity of the field solution, or the reason why it cannot be judged.
    fn solved(
        &mut self,
        field: &Field,
        kind: Kind,
        twin: &Twin,
        scale: f64,
        factor: f64,
        what: &str,
    ) -> Result<(), EvaluateError> {
        let found = band(
            self.topology(),
            kind,
            twin,
            scale,
            self.facts.is_some_and(|facts| facts.tolerances_stated),
        )
        .map(|b| b.scaled(factor));
        self.put(field, found, what)
    }

    fn put(
        &mut self,
        field: &Field,
        found: Result<Band, String>,
        what: &str,
    ) -> Result<(), EvaluateError> {
        let mut outside = self.outside.clone();
        outside.extend(beyond_slices(&self.prepared.candidate.topology, field));
        put(&mut self.record, &outside, field, found, what)
    }

    fn word(&mut self, field: &Field, found: Word) -> Result<(), EvaluateError> {
        let mut outside = self.outside.clone();
        outside.extend(beyond_slices(&self.prepared.candidate.topology, field));
        put_word(&mut self.record, &outside, field, found)
    }

    fn identity(&mut self, side: Side, magnet: &Magnet) -> Result<(), EvaluateError> {
        let prepared = self.prepared;
        let r = &mut self.record;
        r.put_text(&f::SECTOR, prepared.application.sector.as_str(), "")?;
        r.put_text(&f::PATHWAY, side.key(), "")?;
        r.put_text(&f::TOPOLOGY, prepared.candidate.topology.name(), "")?;
        r.put_text(&f::MACHINE_FAMILY, prepared.candidate.topology.name(), "")?;
        r.put_flag(&f::HAS_MAGNETS, true, "")?;
        r.put_text(&f::MAGNET_FAMILY, family_key(magnet.family), "")?;
        r.put_flag(
            &f::MAGNET_DIFFUSED,
            magnet.process == Process::GrainBoundaryDiffused,
            "",
        )?;
        r.put_text(&f::COOLING, prepared.candidate.cooling.name(), "")?;
        Ok(())
    }
}

/// The requirement block, as the application states it.
pub(super) fn requirement(
    record: &mut Record,
    application: &Application,
) -> Result<(), EvaluateError> {
    let (q, e) = (&application.requirement, &application.environment);
    for (field, value) in [
        (&f::REQUIREMENT_RATED_TORQUE_N_M, q.rated_torque),
        (&f::REQUIREMENT_PEAK_TORQUE_N_M, q.peak_torque),
        (
            &f::REQUIREMENT_PEAK_TO_RATED_TORQUE_RATIO,
            q.peak_torque / q.rated_torque,
        ),
        (&f::REQUIREMENT_BASE_SPEED_RPM, q.base_speed / rpm::SCALE),
        (&f::REQUIREMENT_MAX_SPEED_RPM, q.max_speed / rpm::SCALE),
        (
            &f::REQUIREMENT_MAX_SPEED_POWER_KW,
            q.max_speed_power / kw::SCALE,
        ),
        (&f::REQUIREMENT_DC_VOLTAGE_V, q.dc_voltage),
        (&f::REQUIREMENT_MAX_CURRENT_A, q.max_phase_current),
        (
            &f::REQUIREMENT_SEMICONDUCTOR_VOLTAGE_V,
            q.semiconductor_voltage,
        ),
        (
            &f::REQUIREMENT_MAGNET_TEMPERATURE_HOT_C,
            e.magnet_temperature_hot,
        ),
        (
            &f::REQUIREMENT_MAGNET_TEMPERATURE_COLD_C,
            e.magnet_temperature_cold,
        ),
        (&f::REQUIREMENT_OVERSPEED_RATIO, q.overspeed),
    ] {
        record.put_number(field, value, 0.0, "requirement of the application")?;
    }
    Ok(())
}

/// Relative differential permeability at the end of a magnetisation curve up to which the steel counts
/// as saturated there, so that the curve may be continued.
const SATURATED: f64 = 3.0;

/// Sections driven beyond the magnetisation data of a steel, stator or rotor, whose table ends before saturation.
pub(super) fn beyond_material(steels: &[IronLaw], sections: &[(Part, f64)]) -> Vec<String> {
    sections
        .iter()
        .filter_map(|&(part, b)| {
            let steel = usize::from(!matches!(part, Part::Tooth | Part::Yoke));
            let law = &steels[steel];
            (b > law.data_limit && law.end_permeability > SATURATED).then(|| {
                format!(
                    "{part:?} flux density is {b:.3} T, the magnetisation data end at {:.3} T before saturation",
                    law.data_limit
                )
            })
        })
        .collect()
}
