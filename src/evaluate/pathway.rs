//! The solutions of one magnet pathway: every judged operating point at two resolutions, the
//! demagnetising cases, and how they move with the stated tolerances.

use super::EvaluateError;
use super::axes::{self, Axes};
use super::currents::{self, Points};
use super::fault::{self, FaultLoss};
use super::prepared::{Prepared, Side};
use super::uncertainty::{MAGNET, band};
use crate::demagnetise::{self, Demagnetisation};
use crate::design::{Connection, Pathway};
use crate::material::state::Graded;
use crate::material::{Corner, Magnet, MagnetState};
use crate::network::newton::Materials;
use crate::operate::machine::Machine;
use crate::operate::map::FluxMap;
use crate::operate::point::{FluxDensities, Point};
use crate::operate::short_circuit::{self, Transient};
use crate::operate::study::{Cost, Study};
use crate::operate::waveform;
use crate::topology::Topology;

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
    /// Whether any tolerance was stated.
    pub tolerances_stated: bool,
    /// Effort.
    pub cost: Cost,
}

/// The magnet of a pathway, with the diffusion profile that its supplier declares.
pub(super) fn magnet<'d>(
    prepared: &Prepared<'d>,
    pathway: &Pathway,
) -> Result<&'d Magnet, EvaluateError> {
    Ok(prepared.library.magnet(&pathway.grade)?)
}

/// The magnet of a pathway at a corner of its data and a temperature, with its declared profile.
pub(super) fn state(
    prepared: &Prepared,
    pathway: &Pathway,
    corner: Corner,
    temperature: f64,
) -> Result<MagnetState, EvaluateError> {
    let mut state = magnet(prepared, pathway)?.state(corner, temperature)?;
    if let (Some(graded), Some(declared)) = (&mut state.core, &pathway.declaration.diffusion) {
        // The declared profile is of 20 °C; core and surface weaken alike.
        let at_20 = magnet(prepared, pathway)?.state(corner, 20.0)?;
        let share = state.coercivity_hcj_a_per_m / at_20.coercivity_hcj_a_per_m;
        *graded = Graded {
            surface_hcj_a_per_m: state.coercivity_hcj_a_per_m,
            core_hcj_a_per_m: (declared.core_hcj_20c * share).min(state.coercivity_hcj_a_per_m),
            depth_m: declared.depth,
        };
    }
    Ok(state)
}

pub(super) fn materials(prepared: &Prepared, state: &MagnetState) -> Materials {
    Materials {
        steels: prepared.steels.clone(),
        remanence: state.remanence_t,
        recoil_permeability: state.recoil_permeability,
        kept: None,
    }
}

/// Magnet states of a pathway at the corners that matter.
struct States {
    hot: MagnetState,
    cold: MagnetState,
    cold_strong: MagnetState,
    nominal: MagnetState,
}

impl States {
    fn all_scaled(&self, share: f64) -> Self {
        let scaled = |s: &MagnetState| MagnetState {
            remanence_t: s.remanence_t * share,
            ..s.clone()
        };
        Self {
            hot: scaled(&self.hot),
            cold: scaled(&self.cold),
            cold_strong: scaled(&self.cold_strong),
            nominal: scaled(&self.nominal),
        }
    }
}

/// Solves a pathway.
///
/// # Errors
/// When a material has no data, the supply cannot feed the machine, or a field does not converge.
pub fn solve(prepared: &Prepared, side: Side) -> Result<Facts, EvaluateError> {
    let pathway = side
        .pathway(prepared.candidate)
        .ok_or(EvaluateError::Undeclared(side.key()))?;
    let environment = &prepared.application.environment;
    let states = States {
        hot: state(
            prepared,
            pathway,
            Corner::Minimum,
            environment.magnet_temperature_hot,
        )?,
        cold: state(
            prepared,
            pathway,
            Corner::Minimum,
            environment.magnet_temperature_cold,
        )?,
        cold_strong: state(
            prepared,
            pathway,
            Corner::Maximum,
            environment.magnet_temperature_cold,
        )?,
        nominal: state(prepared, pathway, Corner::Nominal, 20.0)?,
    };
    let unit = prepared.standard.sector.unknowns();
    let mut coarse = Study::new(&prepared.coarse, materials(prepared, &states.hot), unit);
    let map = coarse.map(1.1 * prepared.limits.current)?;
    let mut standard = Study::new(&prepared.standard, materials(prepared, &states.hot), unit);
    let points = currents::find(prepared, &map, &mut standard)?;
    let mut search_cost = Cost::default();
    let short_circuit = undamped_short_circuit(prepared, &points, &mut coarse, &mut standard)?;
    let transient = worst_transient(prepared, &map, &points);
    let before_fault = flux_before_fault(prepared, &points);
    let strong = strong_corner(prepared, pathway, &states.hot)?;
    let cold_short_circuit = if weaker_when_cold(&states) {
        Some(cold_short_circuit(prepared, &states, &mut search_cost)?)
    } else {
        None
    };
    let currents = Currents {
        limit: (points.limit.id, points.limit.iq),
        peak: (points.peak.id, points.peak.iq),
        rated: (points.rated.id, points.rated.iq),
        max_speed: (points.max_speed.id, points.max_speed.iq),
        short_circuit: (short_circuit.id, short_circuit.iq),
        transient: transient.map(|t| t.least_d),
        d_limit: (-prepared.limits.current, 0.0),
        cold_short_circuit,
    };
    let topology = &prepared.candidate.topology;
    let mut cost = search_cost;
    let mut fine = read(
        prepared,
        topology,
        &states,
        &currents,
        &mut standard,
        &mut cost,
    )?;
    let mut rough = read(
        prepared,
        topology,
        &states,
        &currents,
        &mut coarse,
        &mut cost,
    )?;
    let moved = by_tolerances(prepared, &states, &currents, &rough, &mut cost)?;
    let (falls, strong_fault) =
        by_strong_corner(prepared, &strong, before_fault, &rough, &mut cost)?;
    for (k, fall) in falls.into_iter().enumerate() {
        fine.cases[k].2.margin -= fall;
        rough.cases[k].2.margin -= fall;
    }
    let after_fault = after_fault(
        prepared,
        (&states, &strong),
        (&currents, strong_fault),
        (&fine, &rough),
        &moved,
        &mut cost,
    )?;
    let mut known = axes::Known {
        standard: &mut standard,
        coarse: &mut coarse,
        rated: currents.rated,
        nominal: twin_at(NO_LOAD_AT, &fine, &rough, &moved),
        cold: twin_at(COLD_AT, &fine, &rough, &moved),
    };
    let axes = axes::read(
        prepared,
        (&states.nominal, &states.cold_strong),
        &mut known,
        &mut cost,
    );
    cost.add(&coarse.cost);
    cost.add(&standard.cost);
    let left = Left {
        transient,
        after_fault,
        axes,
    };
    Ok(assemble(
        &states,
        points,
        &currents,
        (fine, rough),
        &moved,
        left,
        cost,
    ))
}

/// What faults do and leave.
struct Left {
    transient: Option<Transient>,
    after_fault: FaultLoss,
    axes: Result<Axes, String>,
}

/// The worse of the short circuits from no load and from field weakening at maximum speed, with winding
/// resistance, by its most negative d current.
fn worst_transient(prepared: &Prepared, map: &FluxMap, points: &Points) -> Option<Transient> {
    let speed = prepared.standard.pole_pairs as f64 * prepared.application.requirement.max_speed;
    let resistance = prepared.limits.resistance;
    [(0.0, 0.0), (points.max_speed.id, points.max_speed.iq)]
        .into_iter()
        .filter_map(|before| short_circuit::transient(map, resistance, speed, before))
        .min_by(|a, b| a.least_d.0.total_cmp(&b.least_d.0))
}

/// Whether the magnet's coercivity falls in the cold, as that of ferrite does: then faults are judged
/// there too.
fn weaker_when_cold(states: &States) -> bool {
    states.cold.coercivity_hcj_a_per_m < states.hot.coercivity_hcj_a_per_m
}

/// The d current of the undamped short circuit from no load, magnets coldest.
fn cold_short_circuit(
    prepared: &Prepared,
    states: &States,
    cost: &mut Cost,
) -> Result<(f64, f64), EvaluateError> {
    let mut study = Study::new(
        &prepared.coarse,
        materials(prepared, &states.cold),
        prepared.standard.sector.unknowns(),
    );
    let no_load = study.at(0.0, 0.0)?;
    let reach = study.at(-prepared.limits.current, 0.0)?;
    let slope = (no_load.psi_d - reach.psi_d) / prepared.limits.current;
    let found = study.d_current_for(
        (-no_load.psi_d, no_load.psi_d),
        -2.0 * no_load.psi_d / slope,
        slope,
    )?;
    cost.add(&study.cost);
    Ok((found.id, 0.0))
}

/// The loss by the undamped short circuit at the end of the envelope where its margin is less, with the
/// uncertainty of that margin.
fn after_fault(
    prepared: &Prepared,
    (states, strong): (&States, &MagnetState),
    (currents, strong_fault): (&Currents, (f64, f64)),
    (fine, rough): (&Readings, &Readings),
    moved: &[Vec<f64>],
    cost: &mut Cost,
) -> Result<FaultLoss, EvaluateError> {
    let named = |case: &&(&str, (f64, f64), Demagnetisation)| {
        case.0.starts_with("short_circuit_") && !case.0.contains("transient")
    };
    let worst = fine
        .cases
        .iter()
        .enumerate()
        .filter(|(_, case)| named(case))
        .min_by(|a, b| a.1.2.margin.total_cmp(&b.1.2.margin));
    let Some((k, (case, at, found))) = worst else {
        return Err(EvaluateError::Geometry);
    };
    let (state, at) = if case.ends_with("cold") {
        (&states.cold, *at)
    } else {
        (strong, strong_fault)
    };
    let twin = Twin {
        standard: found.margin,
        coarse: rough.cases[k].2.margin,
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
        currents.peak,
        (&twin, uncertainty),
        cost,
    )
}

/// Flux linkage [V s] that may stand before a short circuit at maximum speed: that of field weakening, or
/// what the voltage allows.
fn flux_before_fault(prepared: &Prepared, points: &Points) -> f64 {
    let at_speed = points.max_speed.psi_d.hypot(points.max_speed.psi_q);
    let electrical =
        prepared.standard.pole_pairs as f64 * prepared.application.requirement.max_speed;
    at_speed.max(prepared.limits.voltage / electrical)
}

/// The hot magnet with the greatest remanence beside the least coercivity. At the knee a magnet of higher
/// remanence stands at a higher flux density, its working point rises by less, and its short circuit is
/// stronger: for the margin this corner can be the worse one.
fn strong_corner(
    prepared: &Prepared,
    pathway: &Pathway,
    hot: &MagnetState,
) -> Result<MagnetState, EvaluateError> {
    let greatest = state(prepared, pathway, Corner::Maximum, hot.temperature_c)?.remanence_t;
    Ok(MagnetState {
        remanence_t: greatest,
        knee_flux_density_t: hot.knee_flux_density_t + greatest - hot.remanence_t,
        ..hot.clone()
    })
}

/// By how much [T] the margin of each case falls from least to greatest remanence, at coarse resolution and
/// never below zero, in the order of `base`; and the short-circuit current at greatest remanence.
fn by_strong_corner(
    prepared: &Prepared,
    strong: &MagnetState,
    before_fault: f64,
    base: &Readings,
    cost: &mut Cost,
) -> Result<(Vec<f64>, (f64, f64)), EvaluateError> {
    let topology = &prepared.candidate.topology;
    let mut study = Study::new(
        &prepared.coarse,
        materials(prepared, strong),
        prepared.standard.sector.unknowns(),
    );
    let no_load = study.at(0.0, 0.0)?;
    let before = no_load.psi_d.abs().max(before_fault);
    let reach = study.at(-prepared.limits.current, 0.0)?;
    let slope = (no_load.psi_d - reach.psi_d) / prepared.limits.current;
    let fault = study.d_current_for((-before, before), -(no_load.psi_d + before) / slope, slope)?;
    let depth = |p: &crate::network::reading::MagnetPoint| topology.magnet_depth(p.rho, p.phi);
    let mut falls = vec![];
    for (case, at, found) in &base.cases {
        let at = if *case == "short_circuit_hot" {
            (fault.id, fault.iq)
        } else {
            *at
        };
        let fall = if case.ends_with("cold") {
            0.0
        } else {
            let (_, densities) = study.read(at.0, at.1)?;
            let margin = demagnetise::judge(strong, &densities.magnet, &depth)
                .map_or(found.margin, |d| d.margin);
            (found.margin - margin).max(0.0)
        };
        falls.push(fall);
    }
    cost.add(&study.cost);
    Ok((falls, (fault.id, fault.iq)))
}

/// The d current of a three-phase short circuit without damping: the flux linkage before the fault
/// stays with the stator while the rotor turns half an electrical turn, so that ψ_d = -|ψ before|
/// (A. E. Fitzgerald, C. Kingsley, S. D. Umans, "Electric Machinery", 6th ed. 2003, constant flux
/// linkage theorem). The worse of no load and of field weakening at maximum speed.
fn undamped_short_circuit(
    prepared: &Prepared,
    points: &Points,
    coarse: &mut Study,
    standard: &mut Study,
) -> Result<Point, EvaluateError> {
    let no_load = standard.at(0.0, 0.0)?;
    let before = no_load.psi_d.abs().max(flux_before_fault(prepared, points));
    let reach = coarse.at(-prepared.limits.current, 0.0)?;
    let slope = (no_load.psi_d - reach.psi_d) / prepared.limits.current;
    let guess = if slope > 0.0 {
        -(no_load.psi_d + before) / slope
    } else {
        -2.0 * prepared.limits.current
    };
    let rough = coarse.d_current_for((-before, before), guess, slope)?;
    let beside = coarse.at(0.98 * rough.id, 0.0)?;
    let local = (beside.psi_d - rough.psi_d) / (beside.id - rough.id);
    Ok(standard.d_current_for((-before, before), rough.id, local)?)
}

struct Currents {
    limit: (f64, f64),
    peak: (f64, f64),
    rated: (f64, f64),
    max_speed: (f64, f64),
    short_circuit: (f64, f64),
    transient: Option<(f64, f64)>,
    d_limit: (f64, f64),
    cold_short_circuit: Option<(f64, f64)>,
}

/// All readings of a machine at fixed currents.
struct Readings {
    torque: [f64; 4],
    /// Difference of the torque from the gap stress, at the same points.
    torque_check: [f64; 4],
    max_speed_linkage: f64,
    no_load_linkage: f64,
    no_load_gap: f64,
    cold_linkage: f64,
    fault_voltage: f64,
    peak_densities: FluxDensities,
    limit_densities: FluxDensities,
    cases: Vec<(&'static str, (f64, f64), Demagnetisation)>,
}

fn read(
    prepared: &Prepared,
    topology: &Topology,
    states: &States,
    currents: &Currents,
    hot: &mut Study,
    cost: &mut Cost,
) -> Result<Readings, EvaluateError> {
    let machine = hot.machine();
    let unit = prepared.standard.sector.unknowns();
    let study = |state: &MagnetState| Study::new(machine, materials(prepared, state), unit);
    let depth = |p: &crate::network::reading::MagnetPoint| topology.magnet_depth(p.rho, p.phi);
    let mut cases = vec![];
    let densities_at = |study: &mut Study, (id, iq): (f64, f64)| study.read(id, iq);
    let (limit, limit_densities) = densities_at(hot, currents.limit)?;
    let (peak, peak_densities) = densities_at(hot, currents.peak)?;
    let mut judge = |case, at: (f64, f64), state: &MagnetState, densities: &FluxDensities| {
        if let Some(d) = demagnetise::judge(state, &densities.magnet, &depth) {
            cases.push((case, at, d));
        }
    };
    judge("peak_hot", currents.peak, &states.hot, &peak_densities);
    let raised = (1.1 * currents.peak.0, 1.1 * currents.peak.1);
    judge(
        "peak_110_hot",
        raised,
        &states.hot,
        &densities_at(hot, raised)?.1,
    );
    let rated = hot.at(currents.rated.0, currents.rated.1)?;
    let max_speed = hot.at(currents.max_speed.0, currents.max_speed.1)?;
    judge(
        "short_circuit_hot",
        currents.short_circuit,
        &states.hot,
        &densities_at(hot, currents.short_circuit)?.1,
    );
    judge(
        "d_limit_hot",
        currents.d_limit,
        &states.hot,
        &densities_at(hot, currents.d_limit)?.1,
    );
    if let Some(at) = currents.transient {
        judge(
            "short_circuit_transient_hot",
            at,
            &states.hot,
            &densities_at(hot, at)?.1,
        );
    }
    let mut cold = study(&states.cold);
    judge(
        "peak_cold",
        currents.peak,
        &states.cold,
        &densities_at(&mut cold, currents.peak)?.1,
    );
    if let Some(at) = currents.cold_short_circuit {
        judge(
            "short_circuit_cold",
            at,
            &states.cold,
            &densities_at(&mut cold, at)?.1,
        );
        judge(
            "d_limit_cold",
            currents.d_limit,
            &states.cold,
            &densities_at(&mut cold, currents.d_limit)?.1,
        );
    }
    let mut strong = study(&states.cold_strong);
    let cold_no_load = strong.at(0.0, 0.0)?;
    let electrical = machine.pole_pairs as f64 * prepared.application.requirement.max_speed;
    let connection = match prepared.candidate.winding.connection {
        Connection::Star => waveform::Connection::Star,
        Connection::Delta => waveform::Connection::Delta,
    };
    // Lines join phases of one set; the sets are apart.
    let fault_voltage = strong
        .phase_linkages()
        .iter()
        .map(|set| waveform::line_voltage_peak(set, electrical, connection))
        .fold(0.0, f64::max);
    let mut nominal = study(&states.nominal);
    let (no_load, no_load_densities) = densities_at(&mut nominal, (0.0, 0.0))?;
    for part in [&cold.cost, &strong.cost, &nominal.cost] {
        cost.add(part);
    }
    Ok(Readings {
        torque: [limit.torque, peak.torque, rated.torque, max_speed.torque],
        torque_check: [&limit, &peak, &rated, &max_speed]
            .map(|p| (p.mean_gap_torque() - p.torque).abs()),
        max_speed_linkage: max_speed.psi_d.hypot(max_speed.psi_q),
        no_load_linkage: no_load.psi_d,
        no_load_gap: no_load_densities.gap_fundamental,
        cold_linkage: cold_no_load.psi_d,
        fault_voltage,
        peak_densities,
        limit_densities,
        cases,
    })
}

/// Changes by each stated tolerance, one at a time, at coarse resolution and fixed currents; of the two
/// signs of a tolerance the larger change of each number.
fn by_tolerances(
    prepared: &Prepared,
    states: &States,
    currents: &Currents,
    base: &Readings,
    cost: &mut Cost,
) -> Result<Vec<Vec<f64>>, EvaluateError> {
    let Some(tolerances) = &prepared.candidate.tolerances else {
        return Ok(vec![]);
    };
    let topology = &prepared.candidate.topology;
    let unit = prepared.standard.sector.unknowns();
    let resolution = prepared.coarse.resolution;
    let base = numbers(base);
    let mut changes = vec![];
    let mut change = |both: [Vec<f64>; 2]| {
        let [up, down] = both;
        changes.push(
            base.iter()
                .zip(up.iter().zip(&down))
                .map(|(b, (u, d))| (u - b).abs().max((d - b).abs()))
                .collect(),
        );
    };
    let mut with_states = |changed: &States| -> Result<Vec<f64>, EvaluateError> {
        let mut study = Study::new(&prepared.coarse, materials(prepared, &changed.hot), unit);
        let read = read(prepared, topology, changed, currents, &mut study, cost)?;
        cost.add(&study.cost);
        Ok(numbers(&read))
    };
    if let Some(ratio) = tolerances.remanence_ratio {
        change([
            with_states(&states.all_scaled(1.0 + ratio))?,
            with_states(&states.all_scaled(1.0 - ratio))?,
        ]);
    }
    let mut with_geometry = |changed: Topology| -> Result<Vec<f64>, EvaluateError> {
        if !changed.fits().is_empty() {
            return Err(EvaluateError::Geometry);
        }
        let plan = changed
            .plan(&prepared.layout, resolution)
            .ok_or(EvaluateError::Geometry)?;
        let machine = Machine::new(&plan, &prepared.layout, resolution)?;
        let mut study = Study::new(&machine, materials(prepared, &states.hot), unit);
        let read = read(prepared, &changed, states, currents, &mut study, cost)?;
        cost.add(&study.cost);
        Ok(numbers(&read))
    };
    if let Some(by) = tolerances.air_gap {
        change([
            with_geometry(topology.with_air_gap_changed(by))?,
            with_geometry(topology.with_air_gap_changed(-by))?,
        ]);
    }
    if let Some(by) = tolerances.bridge_thickness
        && let (Some(up), Some(down)) = (
            topology.with_bridge_changed(by),
            topology.with_bridge_changed(-by),
        )
    {
        change([with_geometry(up)?, with_geometry(down)?]);
    }
    Ok(changes)
}

/// Where the margins of the demagnetising cases begin among the numbers.
const CASES_FROM: usize = 9;

/// Where the no-load flux linkages, nominal and cold, stand among the numbers.
const NO_LOAD_AT: usize = 5;
const COLD_AT: usize = 7;

/// One of the numbers on both grids, with its movement by the tolerances.
fn twin_at(at: usize, fine: &Readings, rough: &Readings, moved: &[Vec<f64>]) -> Twin {
    Twin {
        standard: numbers(fine)[at],
        coarse: numbers(rough)[at],
        input: moved.iter().map(|m| m[at].powi(2)).sum::<f64>().sqrt(),
        check: 0.0,
    }
}

/// The readings that carry an uncertainty, in a fixed order.
fn numbers(r: &Readings) -> Vec<f64> {
    let mut all = r.torque.to_vec();
    all.extend([
        r.max_speed_linkage,
        r.no_load_linkage,
        r.no_load_gap,
        r.cold_linkage,
        r.fault_voltage,
    ]);
    all.extend(r.cases.iter().map(|(_, _, d)| d.margin));
    all
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
        peak_densities: fine.peak_densities,
        peak_densities_coarse: rough.peak_densities,
        limit_densities: fine.limit_densities,
        demagnetising,
        transient: left.transient,
        after_fault: left.after_fault,
        tolerances_stated: !moved.is_empty(),
        cost,
    }
}
