//! All readings of a machine at the fixed currents of its points and cases, and how stated tolerances move
//! them.

use super::EvaluateError;
use super::corner::{States, materials};
use super::pathway::Twin;
use super::prepared::Prepared;
use crate::demagnetise::{self, Demagnetisation};
use crate::design::{Connection, Tolerances};
use crate::material::MagnetState;
use crate::operate::machine::Machine;
use crate::operate::point::FluxDensities;
use crate::operate::study::{Cost, Study};
use crate::operate::waveform;
use crate::topology::Topology;
use crate::winding::WindingError;

pub(super) struct Currents {
    pub(super) limit: (f64, f64),
    pub(super) peak: (f64, f64),
    pub(super) rated: (f64, f64),
    pub(super) max_speed: (f64, f64),
    pub(super) short_circuit: (f64, f64),
    pub(super) transient: Option<(f64, f64)>,
    pub(super) d_limit: (f64, f64),
    pub(super) cold_short_circuit: Option<(f64, f64)>,
}

/// All readings of a machine at fixed currents.
pub(super) struct Readings {
    pub(super) torque: [f64; 4],
    /// Difference of the torque from the gap stress, at the same points.
    pub(super) torque_check: [f64; 4],
    pub(super) max_speed_linkage: f64,
    pub(super) no_load_linkage: f64,
    pub(super) no_load_gap: f64,
    pub(super) cold_linkage: f64,
    /// Pull across all flat gaps there [N].
    pub(super) cold_pull: Option<f64>,
    pub(super) fault_voltage: f64,
    pub(super) peak_densities: FluxDensities,
    pub(super) limit_densities: FluxDensities,
    pub(super) cases: Vec<(&'static str, (f64, f64), Demagnetisation)>,
}

pub(super) fn read(
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
    let depth = |p: &crate::network::reading::MagnetPlace| topology.magnet_depth(p.rho, p.phi);
    let mut cases = vec![];
    let densities_at = |study: &mut Study, (id, iq): (f64, f64)| study.read(id, iq);
    let (limit, limit_densities) = densities_at(hot, currents.limit)?;
    let (peak, peak_densities) = densities_at(hot, currents.peak)?;
    let mut judge = |case, at: (f64, f64), state: &MagnetState, densities: &FluxDensities| {
        if let Some(d) = demagnetise::judge(state, &densities.magnet.points(), &depth) {
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
    let (cold_no_load, cold_densities) = strong.read(0.0, 0.0)?;
    let electrical = machine.pole_pairs as f64 * prepared.application.requirement.max_speed;
    let connection = prepared.candidate.winding.connection;
    let fault_voltage = electrical * line_voltage_peak(&strong, connection)?;
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
        cold_pull: cold_densities.gap_pull,
        fault_voltage,
        peak_densities,
        limit_densities,
        cases,
    })
}

/// Peak between two lines [V s] per electrical speed [rad/s] of the voltage that the point solved last induces.
pub(super) fn line_voltage_peak(
    study: &Study,
    connection: Connection,
) -> Result<f64, EvaluateError> {
    let connection = match connection {
        Connection::Star => waveform::Connection::Star,
        Connection::Delta => waveform::Connection::Delta,
        Connection::Independent => return Err(WindingError::Independent.into()),
    };
    // Lines join phases of one set; the sets are apart.
    let sets = study.phase_linkages();
    let peaks = sets
        .iter()
        .map(|set| waveform::line_voltage_peak(set, 1.0, connection));
    Ok(peaks.fold(0.0, f64::max))
}

/// Changes by each stated tolerance, one at a time, at coarse resolution and fixed currents; of the two
/// signs of a tolerance the larger change of each number.
pub(super) fn by_tolerances(
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
    let mut with_geometry = |changed: &Topology| -> Result<Vec<f64>, EvaluateError> {
        let plan = changed
            .plan(&prepared.layout, resolution)
            .ok_or(EvaluateError::Geometry)?;
        let machine = Machine::new(&plan, &prepared.layout, resolution)?;
        let mut study = Study::new(&machine, materials(prepared, &states.hot), unit);
        let read = read(prepared, changed, states, currents, &mut study, cost)?;
        cost.add(&study.cost);
        Ok(numbers(&read))
    };
    for [up, down] in &moved_geometries(topology, tolerances)? {
        change([with_geometry(up)?, with_geometry(down)?]);
    }
    Ok(changes)
}

/// The machine with each stated tolerance of its geometry, one at a time, both ways.
///
/// # Errors
/// When one of them does not fit.
pub(super) fn moved_geometries(
    topology: &Topology,
    tolerances: &Tolerances,
) -> Result<Vec<[Topology; 2]>, EvaluateError> {
    let mut moved = vec![];
    if let Some(by) = tolerances.air_gap {
        moved.push([by, -by].map(|by| topology.with_air_gap_changed(by)));
    }
    if let Some(by) = tolerances.bridge_thickness
        && let (Some(up), Some(down)) = (
            topology.with_bridge_changed(by),
            topology.with_bridge_changed(-by),
        )
    {
        moved.push([up, down]);
    }
    let fits = |topology: &Topology| topology.fits().is_empty();
    if moved.iter().flatten().all(fits) {
        Ok(moved)
    } else {
        Err(EvaluateError::Geometry)
    }
}

/// Where the margins of the demagnetising cases begin among the numbers.
pub(super) const CASES_FROM: usize = 9;

/// Where the no-load flux linkages, nominal and cold, stand among the numbers.
pub(super) const NO_LOAD_AT: usize = 5;

pub(super) const COLD_AT: usize = 7;

/// One of the numbers on both grids, with its movement by the tolerances.
pub(super) fn twin_at(at: usize, fine: &Readings, rough: &Readings, moved: &[Vec<f64>]) -> Twin {
    Twin {
        standard: numbers(fine)[at],
        coarse: numbers(rough)[at],
        input: moved.iter().map(|m| m[at].powi(2)).sum::<f64>().sqrt(),
        check: 0.0,
    }
}

/// The readings that carry an uncertainty, in a fixed order.
pub(super) fn numbers(r: &Readings) -> Vec<f64> {
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
