//! The records of a screening.

use super::NOT_COMPUTED;
use super::bands::{self, DENSER, Rough};
use super::facts::Screened;
use crate::demagnetise::DECISION_PERCENTILE;
use crate::evaluate::EvaluateError;
use crate::evaluate::corner::magnet;
use crate::evaluate::fill::{self, beyond_material, family_range, put, unsolved_fields};
use crate::evaluate::fill_pair;
use crate::evaluate::prepared::{Prepared, Side};
use crate::evaluate::stress;
use crate::evaluate::uncertainty::{self, Band, Kind, LINKAGE, MAGNET, NO_LOAD, TORQUE, WAVEFORM};
use crate::network::plan::Part;
use crate::record::field::{self as f, Field};
use crate::record::{Record, SCREENING};
use crate::topology::Topology;
use crate::unit::kw;
use crate::validation::model::{beyond_flux_density, shipped};

/// A value with its band, or why it is unknown.
type Found = Result<Band, String>;

/// The record of a pathway.
///
/// # Errors
/// When the record refuses a number, or a material is unknown.
pub(super) fn record(
    prepared: &Prepared,
    side: Side,
    facts: &Screened,
) -> Result<Record, EvaluateError> {
    let mut record = fill::without_solution(prepared, side)?;
    let outside = outside(prepared, side, facts);
    for (field, found, what) in quantities(prepared, facts) {
        let what = format!("{SCREENING}: {what}");
        let mut outside = outside.clone();
        outside.extend(fill::beyond_slices(&prepared.candidate.topology, field));
        put(&mut record, &outside, field, found, &what)?;
    }
    for (field, value, basis) in [
        (
            &f::DEMAGNETISATION_DECISION_PERCENTILE_RATIO,
            DECISION_PERCENTILE,
            "area share of the magnet",
        ),
        (
            &f::DEMAGNETISATION_KNEE_FACTOR_RATIO,
            facts.hot.knee_factor,
            "magnet row of the library",
        ),
        (
            &f::WINDING_TEMPERATURE_C,
            prepared.application.environment.winding_temperature,
            "environment of the application",
        ),
    ] {
        record.put_number(field, value, 0.0, basis)?;
    }
    stress::put(&mut record, &facts.stress)?;
    for field in unsolved_fields(prepared) {
        if !record.speaks_of(field) {
            record.put_unjudgeable(field, NOT_COMPUTED)?;
        }
    }
    Ok(record)
}

/// Why no quantity of the field can be judged. Sections are taken at the current limit, where they are densest, and a
/// little denser than on the coarse grid, so that whatever a verdict leaves open is left open here.
fn outside(prepared: &Prepared, side: Side, facts: &Screened) -> Vec<String> {
    let topology = prepared.candidate.topology.name();
    let mut outside = family_range(prepared);
    let pathway = side.pathway(prepared.candidate);
    outside.extend(pathway.and_then(|p| fill::beyond_coefficients(p, prepared.application)));
    // A magnet that the library does not have was refused before anything was solved.
    let magnet = pathway.and_then(|p| Some((p, magnet(prepared, p).ok()?)));
    outside.extend(magnet.and_then(|(p, magnet)| fill::below_knee(p, magnet)));
    let denser: Vec<(Part, f64)> = facts
        .limit
        .densities
        .sections
        .iter()
        .map(|(part, b)| (*part, DENSER * b))
        .collect();
    let section = |part| {
        let found = denser.iter().find(|(p, _)| *p == part);
        found.map_or(0.0, |(_, b)| *b)
    };
    outside.extend(beyond_flux_density(
        shipped(),
        topology,
        section(Part::Tooth),
        section(Part::Yoke),
    ));
    outside.extend(beyond_material(&prepared.steels, &denser));
    outside
}

/// Torque at base speed, on the scale of itself.
fn limit(facts: &Screened) -> (Rough, f64) {
    let most = &facts.limit;
    let rough = Rough {
        value: most.torque,
        search: most.search,
        input: facts.moved.torque[0],
        check: (most.point.mean_gap_torque() - most.point.torque).abs(),
    };
    (rough, most.torque)
}

fn no_load(facts: &Screened, value: f64) -> Rough {
    Rough {
        value,
        search: 0.0,
        input: facts.moved.no_load_share * value,
        check: 0.0,
    }
}

/// Torque at maximum speed: there the voltage limits it, so that an error of the flux linkage moves it too.
fn max_speed(topology: &str, facts: &Screened) -> Found {
    let most = &facts.max_speed;
    let rough = Rough {
        value: most.torque,
        search: most.search,
        input: facts.moved.torque[1],
        check: (most.point.mean_gap_torque() - most.point.torque).abs(),
    };
    let torque = bands::band(topology, TORQUE, &rough, facts.limit.torque)?;
    let rough = Rough {
        value: most.point.psi_d.hypot(most.point.psi_q),
        search: 0.0,
        input: facts.moved.max_speed_linkage,
        check: 0.0,
    };
    let linkage = bands::band(topology, LINKAGE, &rough, facts.largest_linkage)?;
    Ok(torque.limited_by_voltage(linkage.value, linkage.uncertainty))
}

/// Most torque at base speed. The flux linkage of a disc with currents is so uncertain that the voltage may limit what
/// its slices leave to the current.
fn most_torque(prepared: &Prepared, facts: &Screened) -> Found {
    let topology = &prepared.candidate.topology;
    let (torque, scale) = limit(facts);
    let torque = bands::band(topology.name(), TORQUE, &torque, scale)?;
    if !matches!(topology, Topology::Axial(_)) {
        return Ok(torque);
    }
    let point = &facts.limit.point;
    let rough = no_load(facts, point.psi_d.hypot(point.psi_q));
    let linkage = bands::band(topology.name(), LINKAGE, &rough, facts.largest_linkage)?;
    Ok(torque.limited_by_voltage(linkage.value, linkage.uncertainty))
}

/// What a screening computes of the field.
fn quantities(prepared: &Prepared, facts: &Screened) -> Vec<(&'static Field, Found, &'static str)> {
    let topology = prepared.candidate.topology.name();
    let q = &prepared.application.requirement;
    let pairs = prepared.coarse.pole_pairs as f64;
    let on_itself = |kind: Kind, rough: Rough| bands::band(topology, kind, &rough, rough.value);
    let scaled = |found: &Found, factor: f64| found.clone().map(|b| b.scaled(factor));
    let open = on_itself(NO_LOAD, no_load(facts, facts.no_load_linkage));
    let gap_kind = uncertainty::gap(&prepared.candidate.topology);
    let gap = on_itself(gap_kind, no_load(facts, facts.no_load_gap));
    let cold = on_itself(NO_LOAD, no_load(facts, facts.cold_linkage));
    let fault = on_itself(WAVEFORM, no_load(facts, facts.fault_voltage));
    let most = most_torque(prepared, facts);
    let at_speed = max_speed(topology, facts);
    let power = scaled(&at_speed, q.max_speed);
    let margin = facts
        .fault
        .as_ref()
        .map_err(Clone::clone)
        .and_then(|found| {
            let rough = Rough {
                value: found.margin,
                search: found.search,
                input: facts.moved.margin,
                check: 0.0,
            };
            bands::band(topology, MAGNET, &rough, 1.0)
        });
    let nominal = "no load, nominal remanence, 20 degC";
    let base =
        "most torque at base speed within current and voltage, magnets hottest, least remanence";
    let top =
        "most torque at maximum speed within current and voltage, magnets hottest, least remanence";
    let coldest = "fundamental, magnets coldest, greatest remanence";
    let peak =
        "peak between lines with harmonics, maximum speed, magnets coldest, greatest remanence";
    let knee = "greatest remanence at least coercivity, 1 % area percentile of local flux density minus local knee in the \
                undamped short circuit";
    vec![
        (&f::NO_LOAD_FLUX_LINKAGE_WB, open.clone(), nominal),
        (
            &f::NO_LOAD_BACK_EMF_CONSTANT_V_S_PER_RAD,
            scaled(&open, pairs),
            nominal,
        ),
        (&f::NO_LOAD_AIR_GAP_FLUX_DENSITY_FUNDAMENTAL_T, gap, nominal),
        (
            &f::PEAK_TORQUE_TO_REQUIREMENT_RATIO,
            scaled(&most, 1.0 / q.peak_torque),
            base,
        ),
        (&f::MAX_SPEED_TORQUE_N_M, at_speed, top),
        (&f::MAX_SPEED_POWER_KW, scaled(&power, 1.0 / kw::SCALE), top),
        (
            &f::MAX_SPEED_POWER_TO_REQUIREMENT_RATIO,
            scaled(&power, 1.0 / q.max_speed_power),
            top,
        ),
        (
            &f::MAX_SPEED_BACK_EMF_V,
            scaled(&cold, pairs * q.max_speed),
            coldest,
        ),
        (&f::FAULT_EMF_V, fault.clone(), peak),
        (
            &f::FAULT_EMF_TO_SEMICONDUCTOR_VOLTAGE_RATIO,
            scaled(&fault, 1.0 / q.semiconductor_voltage),
            peak,
        ),
        (
            &f::FAULT_EMF_TO_DC_VOLTAGE_RATIO,
            scaled(&fault, 1.0 / q.dc_voltage),
            peak,
        ),
        (&f::DEMAGNETISATION_MARGIN_SHORT_CIRCUIT_HOT_T, margin, knee),
    ]
}

/// The pair record.
///
/// # Errors
/// When the record refuses a number.
pub(super) fn pair(
    prepared: &Prepared,
    a: &Screened,
    b: &Screened,
) -> Result<Record, EvaluateError> {
    let topology = prepared.candidate.topology.name();
    let mut outside = outside(prepared, Side::A, a);
    outside.extend(self::outside(prepared, Side::B, b));
    outside.dedup();
    let of = |kind: Kind, number: &dyn Fn(&Screened) -> Rough| {
        bands::ratio(topology, kind, &number(b), &number(a))
    };
    let found = [
        (
            &f::B_TO_A_PEAK_TORQUE_RATIO,
            of(TORQUE, &|facts| limit(facts).0),
        ),
        (
            &f::B_TO_A_NO_LOAD_FLUX_LINKAGE_RATIO,
            of(NO_LOAD, &|facts| no_load(facts, facts.no_load_linkage)),
        ),
        (
            &f::B_TO_A_FAULT_EMF_RATIO,
            of(WAVEFORM, &|facts| no_load(facts, facts.fault_voltage)),
        ),
    ];
    fill_pair::with(prepared, &found, &outside, NOT_COMPUTED)
}
