//! The solutions of one magnet pathway: every judged operating point at two resolutions, the
//! demagnetising cases, and how they move with the stated tolerances.

use super::EvaluateError;
use super::axes::{self, Axes};
use super::continuous::{self, Continuous};
use super::cooled;
use super::corner::{States, materials};
use super::currents::Points;
use super::fault::{self, FaultLoss};
use super::fields::Fields;
use super::heat::{self, Heated};
use super::lasting::Lasting;
use super::losses::{self, PointLosses};
use super::off_middle::{self, AxialPull};
use super::prepared::{Prepared, Side};
use super::readings::{
    CASES_FROM, COLD_AT, Currents, NO_LOAD_AT, Readings, by_tolerances, numbers, twin_at,
};
use super::stress::{self, Stressed};
use super::uncertainty::{MAGNET, band};
use super::wind_year::{self, WindYear};
use crate::demagnetise::Demagnetisation;
use crate::design::Pathway;
use crate::material::MagnetState;
use crate::operate::point::{FluxDensities, Point};
use crate::operate::short_circuit::Transient;
use crate::operate::study::{Cost, Study};

/// A number at verdict resolution and at map resolution, and by how much the stated tolerances move it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Twin {
    /// At standard resolution.
    pub standard: f64,
    /// At coarse resolution.
    pub coarse: f64,
    /// Root of the sum of squares of the changes by the stated tolerances.
    pub input: f64,
    /// How far a second way of reading it off the same field differs; zero if there is none.
    pub check: f64,
}

/// A demagnetising case.
#[derive(Debug, Clone, PartialEq)]
pub struct Demagnetising {
    /// Its word in field names.
    pub case: &'static str,
    /// Currents [A].
    pub currents: (f64, f64),
    /// At standard resolution.
    pub standard: Demagnetisation,
    /// Margin at both resolutions and its movement by the tolerances [T].
    pub margin: Twin,
}

/// What is known of a pathway.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Magnets hottest, least remanence and coercivity.
    pub hot: MagnetState,
    /// Magnets coldest, least remanence and coercivity.
    pub cold: MagnetState,
    /// Operating points.
    pub limit: Point,
    /// Peak point.
    pub peak: Point,
    /// Whether the required peak torque is reached.
    pub peak_reached: bool,
    /// Rated point.
    pub rated: Point,
    /// Maximum speed point.
    pub max_speed: Point,
    /// Change of torque with current at the peak point [N m/A].
    pub torque_per_ampere: f64,
    /// Largest flux linkage of the map [V s].
    pub largest_linkage: f64,
    /// Torques at limit, peak, rated and maximum speed point [N m].
    pub torque: [Twin; 4],
    /// Magnitude of the flux linkage at the maximum speed point [V s].
    pub max_speed_linkage: Twin,
    /// No-load flux linkage at nominal remanence and 20 °C [V s].
    pub no_load_linkage: Twin,
    /// Fundamental of the gap flux density there [T].
    pub no_load_gap: Twin,
    /// No-load flux linkage, magnets coldest, greatest remanence [V s].
    pub cold_linkage: Twin,
    /// Pull between stator and rotor of a machine with axial flux then.
    pub axial_pull: Option<AxialPull>,
    /// Peak of the line-to-line voltage then at maximum speed [V].
    pub fault_voltage: Twin,
    /// Inductances and the currents that the magnets drive, or why there are none.
    pub axes: Result<Axes, String>,
    /// Flux densities at the peak point.
    pub peak_densities: FluxDensities,
    /// Their coarse counterpart.
    pub peak_densities_coarse: FluxDensities,
    /// Flux densities at the limit point.
    pub limit_densities: FluxDensities,
    /// Demagnetising cases.
    pub demagnetising: Vec<Demagnetising>,
    /// Short circuit from no load at maximum speed with resistance, if the flux map can be inverted.
    pub transient: Option<Transient>,
    /// What the undamped three-phase short circuit leaves behind, magnets hottest.
    pub after_fault: FaultLoss,
    /// Losses at the rated point.
    pub losses: PointLosses,
    /// The machine in thermal balance at the rated point, or why there is none.
    pub heat: Result<Heated, String>,
    /// The most torque at base speed under S1, or why it is unknown.
    pub continuous: Result<Continuous, String>,
    /// The most torque at base speed under S2, or why it is unknown.
    pub short_time: Result<Continuous, String>,
    /// A year of the wind of the application, or why it is unknown; nothing without a wind.
    pub wind_year: Option<Result<WindYear, String>>,
    /// The rotor at overspeed, or why its stress is unknown.
    pub stress: Result<Stressed, String>,
    /// Whether any tolerance was stated.
    pub tolerances_stated: bool,
    /// Effort.
    pub cost: Cost,
}

/// Solves a pathway.
///
/// # Errors
/// When a material has no data, the supply cannot feed the machine, or a field does not converge.
pub fn solve(prepared: &Prepared, side: Side) -> Result<Facts, EvaluateError> {
    let mut fields = Fields::solve(prepared, side)?;
    let pathway = fields.pathway;
    let mut cost = fields.cost;
    let moved = by_tolerances(
        prepared,
        &fields.states,
        &fields.currents,
        &fields.rough,
        &mut cost,
    )?;
    let strong_fault = fields.fall_by_strong_corner(prepared, &mut cost)?;
    let after_fault = after_fault(prepared, (&fields, strong_fault), &moved, &mut cost)?;
    let (fine, rough, currents) = (&fields.fine, &fields.rough, &fields.currents);
    let mut known = axes::Known {
        standard: &mut fields.standard,
        coarse: &mut fields.coarse,
        rated: currents.rated,
        nominal: twin_at(NO_LOAD_AT, fine, rough, &moved),
        cold: twin_at(COLD_AT, fine, rough, &moved),
    };
    let states = &fields.states;
    let axes = axes::read(
        prepared,
        (&states.nominal, &states.cold_strong),
        &mut known,
        &mut cost,
    );
    let losses = losses_at(prepared, pathway, currents, &mut fields.coarse)?;
    let searched = (&fields.map, &fields.points);
    let continuous = continuous::find(prepared, searched, &losses, &Lasting::Always);
    let masses = prepared.masses(prepared.library.magnet(&pathway.grade)?)?;
    let machine = (prepared.application, prepared.candidate, prepared.library);
    let from_cold = Lasting::from_cold(cooled::of_slots(prepared), &masses, machine)?;
    let short_time = from_cold.and_then(|l| continuous::find(prepared, searched, &losses, &l));
    let wind_year = wind_year::find(prepared, pathway, searched, &mut fields.coarse)?;
    cost.add(&fields.coarse.cost);
    cost.add(&fields.standard.cost);
    let axial_pull = axial_pull(prepared, states, [fine, rough], &mut cost)?;
    let left = Left {
        axial_pull,
        heat: heat::rated(prepared, &losses),
        continuous,
        short_time,
        wind_year,
        losses,
        transient: fields.transient,
        after_fault,
        axes,
        stress: turning(prepared, pathway)?,
    };
    Ok(assemble(
        &fields.states,
        fields.points,
        &fields.currents,
        (fields.fine, fields.rough),
        &moved,
        left,
        cost,
    ))
}

/// The pull across the gaps of a machine with axial flux, magnets coldest and of greatest remanence.
fn axial_pull(
    prepared: &Prepared,
    states: &States,
    both: [&Readings; 2],
    cost: &mut Cost,
) -> Result<Option<AxialPull>, EvaluateError> {
    let (Some(disc), [Some(fine), Some(rough)]) =
        (prepared.bill.disc, both.map(|grid| grid.cold_pull))
    else {
        return Ok(None);
    };
    let strong = materials(prepared, &states.cold_strong);
    Ok(Some(AxialPull {
        per_gap: [fine, rough].map(|pull| pull / disc.gaps as f64),
        off_middle: off_middle::off_middle(prepared, &strong, (0.0, 0.0), cost)?,
    }))
}

/// Losses at the rated point. Those at other points would take a candidate over the bar on solutions.
pub(super) fn losses_at(
    prepared: &Prepared,
    pathway: &Pathway,
    currents: &Currents,
    coarse: &mut Study,
) -> Result<PointLosses, EvaluateError> {
    let speed = prepared.application.requirement.base_speed;
    let losses = losses::at(prepared, pathway, coarse, currents.rated, speed)?;
    Ok(PointLosses { speed, losses })
}

/// What is known beside the readings: losses, and what faults do and leave.
struct Left {
    axial_pull: Option<AxialPull>,
    losses: PointLosses,
    transient: Option<Transient>,
    after_fault: FaultLoss,
    axes: Result<Axes, String>,
    heat: Result<Heated, String>,
    continuous: Result<Continuous, String>,
    short_time: Result<Continuous, String>,
    wind_year: Option<Result<WindYear, String>>,
    stress: Result<Stressed, String>,
}

/// The rotor with the magnets of a pathway at overspeed.
pub(super) fn turning(
    prepared: &Prepared,
    pathway: &Pathway,
) -> Result<Result<Stressed, String>, EvaluateError> {
    let density = prepared.library.magnet(&pathway.grade)?.density_kg_per_m3;
    let (application, candidate) = (prepared.application, prepared.candidate);
    Ok(stress::rotor(
        application,
        candidate,
        prepared.library,
        density,
    ))
}

/// The loss by the undamped short circuit at the end of the envelope where its margin is less, with the
/// uncertainty of that margin.
fn after_fault(
    prepared: &Prepared,
    (fields, strong_fault): (&Fields, (f64, f64)),
    moved: &[Vec<f64>],
    cost: &mut Cost,
) -> Result<FaultLoss, EvaluateError> {
    let named = |case: &&(&str, (f64, f64), Demagnetisation)| {
        case.0.starts_with("short_circuit_") && !case.0.contains("transient")
    };
    let worst = fields
        .fine
        .cases
        .iter()
        .enumerate()
        .filter(|(_, case)| named(case))
        .min_by(|a, b| a.1.2.margin.total_cmp(&b.1.2.margin));
    let Some((k, (case, at, found))) = worst else {
        return Err(EvaluateError::Geometry);
    };
    let (state, at) = if case.ends_with("cold") {
        (&fields.states.cold, *at)
    } else {
        (&fields.strong, strong_fault)
    };
    let twin = Twin {
        standard: found.margin,
        coarse: fields.rough.cases[k].2.margin,
        input: moved
            .iter()
            .map(|m| m[CASES_FROM + k].powi(2))
            .sum::<f64>()
            .sqrt(),
        check: 0.0,
    };
    // A family without reference rows has no known uncertainty; its record cannot be judged anyway.
    let uncertainty = band(prepared.candidate.topology.name(), MAGNET, &twin, 1.0, true)
        .map_or(0.0, |b| b.uncertainty);
    fault::loss(
        prepared,
        state,
        at,
        fields.currents.peak,
        (&twin, uncertainty),
        cost,
    )
}

fn assemble(
    states: &States,
    points: Points,
    currents: &Currents,
    (fine, rough): (Readings, Readings),
    moved: &[Vec<f64>],
    left: Left,
    cost: Cost,
) -> Facts {
    let (a, b) = (numbers(&fine), numbers(&rough));
    let twin = |i: usize| Twin {
        standard: a[i],
        coarse: b[i],
        input: moved.iter().map(|m| m[i] * m[i]).sum::<f64>().sqrt(),
        check: fine.torque_check.get(i).copied().unwrap_or(0.0),
    };
    let demagnetising = fine
        .cases
        .into_iter()
        .enumerate()
        .map(|(k, (case, at, standard))| Demagnetising {
            case,
            currents: at,
            standard,
            margin: twin(CASES_FROM + k),
        })
        .collect();
    debug_assert_eq!(currents.peak, (points.peak.id, points.peak.iq));
    Facts {
        hot: states.hot.clone(),
        cold: states.cold.clone(),
        limit: points.limit,
        peak: points.peak,
        peak_reached: points.peak_reached,
        rated: points.rated,
        max_speed: points.max_speed,
        torque_per_ampere: points.torque_per_ampere,
        largest_linkage: points.largest_linkage,
        torque: [twin(0), twin(1), twin(2), twin(3)],
        max_speed_linkage: twin(4),
        no_load_linkage: twin(NO_LOAD_AT),
        no_load_gap: twin(6),
        cold_linkage: twin(COLD_AT),
        fault_voltage: twin(8),
        axes: left.axes,
        axial_pull: left.axial_pull,
        peak_densities: fine.peak_densities,
        peak_densities_coarse: rough.peak_densities,
        limit_densities: fine.limit_densities,
        demagnetising,
        transient: left.transient,
        after_fault: left.after_fault,
        losses: left.losses,
        heat: left.heat,
        continuous: left.continuous,
        short_time: left.short_time,
        wind_year: left.wind_year,
        stress: left.stress,
        tolerances_stated: !moved.is_empty(),
        cost,
    }
}
