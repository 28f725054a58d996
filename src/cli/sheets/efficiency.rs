//! The sheet of losses and efficiency over torque and speed.

use super::envelope::turns;
use super::short;
use crate::evaluate::Losses;
use crate::evaluate::view::efficiency::{EfficiencyMap, MapPoint, Power};
use crate::operate::strategy::Mode;
use crate::report::sheet::{Sheet, Table};
use crate::unit::kw;
use serde_json::{Value, json};

pub(super) fn of_map(map: &EfficiencyMap) -> Sheet {
    let asked = Mode::BOTH.len() * map.speeds.count * map.torques.count;
    Sheet {
        facts: vec![
            ("magnet_remanence_t", short(map.remanence)),
            ("map_resolution", json!("coarse")),
            ("speeds", json!(map.speeds.count)),
            ("torques", json!(map.torques.count)),
            ("points_within_limits", json!(map.points.len())),
            ("points_beyond_limits", json!(asked - map.points.len())),
            (
                "flux_map_cost_standard_equivalents",
                short(map.flux_cost.standard_equivalents),
            ),
            (
                "loss_map_cost_standard_equivalents",
                short(map.loss_cost.standard_equivalents),
            ),
        ],
        tables: vec![
            Table {
                name: "efficiency_map",
                columns: vec![
                    "mode",
                    "speed_rpm",
                    "torque_n_m",
                    "id_a",
                    "iq_a",
                    "voltage_peak_v",
                    "regime",
                    "copper_loss_w",
                    "iron_loss_w",
                    "magnet_loss_w",
                    "mechanical_loss_w",
                    "shaft_power_kw",
                    "electrical_power_kw",
                    "efficiency_ratio",
                ],
                rows: map.points.iter().map(point).collect(),
                long: true,
            },
            best_at_speed(
                map.points
                    .iter()
                    .map(|p| (p.mode, p.speed, p.at.torque, &p.power)),
            ),
        ],
    }
}

fn point(p: &MapPoint) -> Vec<Value> {
    let lost = &p.losses;
    let mut row = vec![
        json!(p.mode.name()),
        turns(p.speed),
        short(p.at.torque),
        short(p.at.id),
        short(p.at.iq),
        short(p.at.voltage),
        json!(p.at.regime.name()),
        short(lost.winding()),
        iron(lost),
        known(lost.magnet.clone()),
    ];
    row.extend(balance(lost, &p.power));
    row
}

fn known(loss: Result<f64, String>) -> Value {
    loss.map_or(Value::Null, short)
}

/// Loss of the iron.
pub(super) fn iron(lost: &Losses) -> Value {
    known(lost.iron.clone().map(|iron| iron.total()))
}

/// The last columns of a point: friction, both powers and what is left of the one that goes in.
pub(super) fn balance(lost: &Losses, power: &Power) -> [Value; 4] {
    [
        known(lost.bearings().map(|bearings| bearings + lost.windage)),
        short(power.shaft / kw::SCALE),
        short(power.electrical / kw::SCALE),
        power.efficiency.map_or(Value::Null, short),
    ]
}

/// The point of most efficiency at each speed, driving and generating, of points by mode, speed [rad/s] and torque [N m].
pub(super) fn best_at_speed<'p>(
    points: impl Iterator<Item = (Mode, f64, f64, &'p Power)>,
) -> Table {
    let known: Vec<(Mode, f64, f64, f64)> = points
        .filter_map(|(mode, speed, torque, power)| Some((mode, speed, torque, power.efficiency?)))
        .collect();
    let best = |speed: &[(Mode, f64, f64, f64)]| {
        let (mode, speed, torque, share) = *speed.iter().max_by(|a, b| a.3.total_cmp(&b.3))?;
        Some(vec![
            json!(mode.name()),
            turns(speed),
            short(torque),
            short(share),
        ])
    };
    Table {
        name: "best_at_speed",
        columns: vec!["mode", "speed_rpm", "torque_n_m", "efficiency_ratio"],
        rows: known
            .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
            .filter_map(best)
            .collect(),
        long: false,
    }
}
