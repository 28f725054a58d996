//! The sheet of losses and efficiency over torque and speed.

use super::envelope::turns;
use super::short;
use crate::evaluate::view::efficiency::{EfficiencyMap, MapPoint};
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
            Table {
                name: "best_at_speed",
                columns: vec!["mode", "speed_rpm", "torque_n_m", "efficiency_ratio"],
                rows: best(&map.points),
                long: false,
            },
        ],
    }
}

fn point(p: &MapPoint) -> Vec<Value> {
    let known = |loss: Result<f64, String>| loss.map_or(Value::Null, short);
    let lost = &p.losses;
    vec![
        json!(p.mode.name()),
        turns(p.speed),
        short(p.at.torque),
        short(p.at.id),
        short(p.at.iq),
        short(p.at.voltage),
        json!(p.at.regime.name()),
        short(lost.winding()),
        known(lost.iron.clone().map(|iron| iron.total())),
        known(lost.magnet.clone()),
        known(lost.bearings().map(|bearings| bearings + lost.windage)),
        short(p.power.shaft / kw::SCALE),
        short(p.power.electrical / kw::SCALE),
        p.power.efficiency.map_or(Value::Null, short),
    ]
}

/// The point of most efficiency at each speed, driving and generating.
fn best(points: &[MapPoint]) -> Vec<Vec<Value>> {
    let alike = |a: &MapPoint, b: &MapPoint| a.mode == b.mode && a.speed == b.speed;
    let best_of = |speed: &[MapPoint]| {
        let best = speed
            .iter()
            .filter_map(|p| p.power.efficiency.map(|share| (p, share)))
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        let (p, share) = best;
        let (mode, torque) = (p.mode.name(), short(p.at.torque));
        Some(vec![json!(mode), turns(p.speed), torque, short(share)])
    };
    points.chunk_by(alike).filter_map(best_of).collect()
}
