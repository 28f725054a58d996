//! A switched reluctance machine at screening level: one coarse map of a phase and the drive on it.

use super::Solved;
use super::bookkeeping;
use super::fill::{DRIVEN, angles, section};
use super::points::{ROUGH, between, half_range, shared};
use super::setting::PoleSetting;
use super::view;
use crate::choke;
use crate::evaluate::EvaluateError;
use crate::evaluate::fill::losses::IRON_LOSSES;
use crate::evaluate::fill::{beyond_material, put};
use crate::evaluate::screening::NOT_COMPUTED;
use crate::evaluate::screening::bands::{self, DENSER, Rough};
use crate::evaluate::screening::moved::OTHER_WAY;
use crate::evaluate::stress::{self, Stressed};
use crate::evaluate::uncertainty::{Band, PHASE_TORQUE};
use crate::network::plan::Part;
use crate::operate::reluctance::cycle::Cycle;
use crate::operate::reluctance::drive::Drive;
use crate::operate::reluctance::machine::PoleMachine;
use crate::operate::reluctance::map::PhaseMap;
use crate::operate::reluctance::optimum::{Aim, optimum};
use crate::operate::reluctance::turn::{Turn, fullest};
use crate::operate::study::Cost;
use crate::record::field::{self as f, Field};
use crate::record::{Record, SCREENING};
use crate::resolution::Resolution;
use crate::unit::{kw, round_significant};
use crate::validation::model::{beyond_flux_density, outside_range, shipped};
use crate::validation::reference::groups;

/// Currents and positions of the maps that tell how far a tolerance moves a torque.
const TOLERANCE: (usize, usize) = (4, 4);
/// Every so many-th position of the grid shows what the phases share at base and at maximum speed.
const STRIDES: [usize; 2] = [4, 8];

/// The drive at screening level.
struct Coarse<'s> {
    setting: &'s PoleSetting<'s>,
    machine: PoleMachine,
    drive: Drive,
    /// Without and with twice the inductance of the end turns, between which it lies.
    ends: [Drive; 2],
    /// The same drive on a map of fewer nodes, with the air gap as drawn and moved; none without a tolerance.
    moved: Option<[Drive; 2]>,
    /// Unknowns at standard resolution.
    unit: usize,
    cost: Cost,
}

/// A point of most torque.
struct Strongest {
    cycle: Cycle,
    torque: Rough,
    /// What the inductance of the end turns leaves open [N m].
    end_turns: f64,
}

/// Solves a machine on the coarse grid and fills its record.
///
/// # Errors
/// When a material, the winding or the geometry does not allow it, a field does not converge, or the drive gives
/// no torque.
pub(super) fn solve(setting: &PoleSetting) -> Result<Solved, EvaluateError> {
    let mut coarse = Coarse::of(setting)?;
    let q = &setting.application.requirement;
    let limit = coarse.strongest(q.base_speed, STRIDES[0])?;
    let max_speed = coarse.strongest(q.max_speed, STRIDES[1])?;
    let (machine, unit) = (&coarse.machine, coarse.unit);
    let sections = fullest(
        machine,
        &setting.materials,
        &limit.cycle,
        (&mut coarse.cost, unit),
    )?;
    let stressed = stress::rotor(setting.application, setting.candidate, setting.library, 0.0);
    let record = record(&coarse, (&limit, &max_speed), &sections, &stressed)?;
    Ok(Solved {
        choke_points: choke::physical(view(setting, &sections, &stressed, vec![]), "none"),
        record,
        cost: coarse.cost,
    })
}

impl<'s> Coarse<'s> {
    fn of(setting: &'s PoleSetting<'s>) -> Result<Self, EvaluateError> {
        let machine = setting.machine(Resolution::Coarse)?;
        let unit = setting.machine(Resolution::Standard)?.sector.unknowns();
        let mut cost = Cost::default();
        let mut solved = |machine: &PoleMachine, nodes| -> Result<PhaseMap, EvaluateError> {
            let map = setting.map(machine, nodes)?;
            let counts = (map.solves(), map.iterations);
            let unknowns = machine.sector.unknowns();
            cost.count(machine.resolution, counts, (unknowns, unit));
            Ok(map)
        };
        let map = solved(&machine, ROUGH)?;
        let tolerances = setting.candidate.tolerances.as_ref();
        let moved = match tolerances.and_then(|t| t.air_gap) {
            None => None,
            Some(by) => {
                let [narrow, wide] = [-by, by].map(|by| setting.srm.with_air_gap_changed(by));
                if !narrow.fits().is_empty() || !wide.fits().is_empty() {
                    return Err(EvaluateError::Geometry);
                }
                let other = PoleSetting {
                    srm: &narrow,
                    ..setting.clone()
                };
                let other = other.machine(Resolution::Coarse)?;
                let drawn = setting.drive(&solved(&machine, TOLERANCE)?, 1.0)?;
                Some([drawn, setting.drive(&solved(&other, TOLERANCE)?, 1.0)?])
            }
        };
        Ok(Self {
            drive: setting.drive(&map, 1.0)?,
            ends: [setting.drive(&map, 0.0)?, setting.drive(&map, 2.0)?],
            machine,
            moved,
            unit,
            cost,
            setting,
        })
    }

    /// Most torque at a speed of the rotor [rad/s].
    fn strongest(&mut self, speed: f64, stride: usize) -> Result<Strongest, EvaluateError> {
        let setting = self.setting;
        let (circuit, limits) = (setting.circuit(speed), setting.limits());
        let most = |drive: &Drive| optimum(drive, &circuit, &limits, Aim::MostTorque);
        let cycle = most(&self.drive)?;
        let end_turns = if speed > setting.application.requirement.base_speed {
            let [without, twice] = self.ends.each_ref().map(most);
            half_range(
                cycle.mean_torque,
                [without?.mean_torque, twice?.mean_torque],
            )
        } else {
            between(&self.ends, &cycle)?
        };
        let (materials, unit) = (&setting.materials, self.unit);
        let turn = Turn::solve(
            &self.machine,
            materials,
            &cycle,
            stride,
            (&mut self.cost, unit),
        )?;
        let input = match &self.moved {
            None => 0.0,
            Some(drives) => {
                let [drawn, moved] = drives
                    .each_ref()
                    .map(|d| d.follow(&circuit, &cycle.control));
                OTHER_WAY * (moved?.mean_torque - drawn?.mean_torque).abs()
            }
        };
        Ok(Strongest {
            torque: Rough {
                value: cycle.mean_torque,
                search: 0.0,
                input,
                check: shared(&turn, &self.machine, &cycle),
            },
            cycle,
            end_turns,
        })
    }
}

/// The band of a torque on a scale [N m], with what the end turns leave open.
fn torque(family: &str, point: &Strongest, scale: f64) -> Result<Band, String> {
    let mut found = bands::band(family, PHASE_TORQUE, &point.torque, scale)?;
    found.uncertainty += point.end_turns;
    found.basis += &format!(
        ", end turns {}: from none to twice the inductance of a ring in air",
        round_significant(point.end_turns, 3)
    );
    Ok(found)
}

fn record(
    coarse: &Coarse,
    (limit, max_speed): (&Strongest, &Strongest),
    sections: &[(Part, f64)],
    stressed: &Result<Stressed, String>,
) -> Result<Record, EvaluateError> {
    let setting = coarse.setting;
    let q = &setting.application.requirement;
    let mut record = bookkeeping::record(setting)?;
    let outside = outside(setting, sections);
    let words = |speed: &str, point: &Strongest| {
        format!(
            "{SCREENING}: most torque at {speed} within voltage, peak and root mean square current, {}; {DRIVEN}",
            angles(&point.cycle)
        )
    };
    let base = words("base speed", limit);
    let family = setting.family();
    let ratio = torque(family, limit, limit.torque.value).map(|b| b.scaled(1.0 / q.peak_torque));
    let field = &f::PEAK_TORQUE_TO_REQUIREMENT_RATIO;
    put(&mut record, &outside, field, ratio, &base)?;
    let top = words("maximum speed", max_speed);
    let still = coarse
        .drive
        .most_static_torque(max_speed.cycle.peak_current);
    let most = torque(family, max_speed, still.max(max_speed.torque.value));
    let power = |factor: f64| most.clone().map(|b| b.scaled(q.max_speed * factor));
    for (field, found) in [
        (&f::MAX_SPEED_TORQUE_N_M, most.clone()),
        (&f::MAX_SPEED_POWER_KW, power(1.0 / kw::SCALE)),
        (
            &f::MAX_SPEED_POWER_TO_REQUIREMENT_RATIO,
            power(1.0 / q.max_speed_power),
        ),
    ] {
        put(&mut record, &outside, field, found, &top)?;
    }
    stress::put(&mut record, stressed)?;
    let iron = IRON_LOSSES.iter().map(|(field, _)| *field);
    for field in OPEN.into_iter().chain(iron) {
        record.put_unjudgeable(field, NOT_COMPUTED)?;
    }
    Ok(record)
}

/// What a verdict computes and a screening does not, beside the losses of iron.
const OPEN: [&Field; 30] = [
    &f::RATED_TORQUE_N_M,
    &f::RATED_CURRENT_A,
    &f::RATED_COPPER_LOSS_W,
    &f::RATED_PROXIMITY_LOSS_W,
    &f::RATED_MECHANICAL_LOSS_W,
    &f::RATED_EFFICIENCY_RATIO,
    &f::RATED_EFFICIENCY_CLASS,
    &f::RATED_LOSS_TO_IE2_LOSS_RATIO,
    &f::RATED_LOSS_TO_IE3_LOSS_RATIO,
    &f::RATED_LOSS_TO_IE4_LOSS_RATIO,
    &f::PEAK_POINT,
    &f::PEAK_TORQUE_N_M,
    &f::PEAK_CURRENT_A,
    &f::PEAK_CURRENT_TO_LIMIT_RATIO,
    &f::PEAK_TOOTH_FLUX_DENSITY_MAX_T,
    &f::PEAK_YOKE_FLUX_DENSITY_MAX_T,
    &f::PEAK_COPPER_LOSS_W,
    &f::WINDING_HOT_SPOT_TEMPERATURE_C,
    &f::WINDING_HOT_SPOT_TO_CLASS_RATIO,
    &f::CONTINUOUS_TORQUE_N_M,
    &f::CONTINUOUS_TORQUE_TO_REQUIREMENT_RATIO,
    &f::CONTINUOUS_POWER_KW,
    &f::CONTINUOUS_CURRENT_A,
    &f::CONTINUOUS_BOUND,
    &f::SHORT_TIME_DURATION_MIN,
    &f::SHORT_TIME_TORQUE_N_M,
    &f::SHORT_TIME_TORQUE_TO_REQUIREMENT_RATIO,
    &f::SHORT_TIME_POWER_KW,
    &f::SHORT_TIME_CURRENT_A,
    &f::SHORT_TIME_BOUND,
];

/// Why no quantity of the field can be judged: at the limit, where sections are densest, and a little denser than on
/// the coarse grid.
fn outside(setting: &PoleSetting, sections: &[(Part, f64)]) -> Vec<String> {
    let mut outside = outside_range(
        shipped(),
        setting.family(),
        &groups(&setting.candidate.topology),
    );
    let denser: Vec<(Part, f64)> = sections.iter().map(|(p, b)| (*p, DENSER * b)).collect();
    match (section(&denser, Part::Tooth), section(&denser, Part::Yoke)) {
        (Some(tooth), Some(yoke)) => {
            outside.extend(beyond_flux_density(
                shipped(),
                setting.family(),
                tooth,
                yoke,
            ));
        }
        _ => outside.push("no flux density of tooth and yoke is known".to_owned()),
    }
    outside.extend(beyond_material(&setting.materials.steels, &denser));
    outside
}
