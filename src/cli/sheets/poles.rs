//! The sheet of losses and efficiency of a switched reluctance machine over torque and speed.

use super::efficiency::{balance, best_at_speed, iron};
use super::envelope::turns;
use super::{degrees, short};
use crate::evaluate::view::pole_efficiency::{BothWays, Check, PoleEfficiency, PolePoint};
use crate::operate::strategy::Mode;
use crate::operate::study::Cost;
use crate::report::sheet::{Sheet, Table};
use serde_json::{Value, json};

pub(super) fn of_map(map: &PoleEfficiency) -> Sheet {
    let asked = Mode::BOTH.len() * map.speeds.count * map.torques.count;
    let cost = |of: &Cost| short(of.standard_equivalents);
    let facts = vec![
        ("map_resolution", json!("coarse")),
        ("speeds", json!(map.speeds.count)),
        ("torques", json!(map.torques.count)),
        ("points_within_limits", json!(map.points.len())),
        ("points_beyond_limits", json!(asked - map.points.len())),
        ("flux_map_cost_standard_equivalents", cost(&map.flux_cost)),
        ("checks_cost_standard_equivalents", cost(&map.check_cost)),
    ];
    Sheet {
        facts,
        tables: vec![
            Table {
                name: "efficiency_map",
                columns: vec![
                    "mode",
                    "speed_rpm",
                    "torque_n_m",
                    "turn_on_deg",
                    "turn_off_deg",
                    "held_current_a",
                    "current_peak_a",
                    "current_rms_a",
                    "copper_loss_w",
                    "iron_loss_w",
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
                    .map(|p| (p.mode, p.speed, p.torque, &p.power)),
            ),
            Table {
                name: "checks",
                columns: vec![
                    "point",
                    "speed_rpm",
                    "torque_n_m",
                    "iron_loss_w",
                    "all_phases_iron_loss_w",
                    "proximity_loss_w",
                    "all_phases_proximity_loss_w",
                ],
                rows: map.checks.iter().map(check).collect(),
                long: false,
            },
        ],
    }
}

/// Losses by the sum of the fields of single phases, and by the fields of all together.
fn check(check: &Check) -> Vec<Value> {
    let BothWays { added, together } = &check.losses;
    vec![
        json!(check.name),
        turns(check.speed),
        short(check.torque),
        iron(added),
        iron(together),
        short(added.proximity),
        short(together.proximity),
    ]
}

fn point(p: &PolePoint) -> Vec<Value> {
    let lost = &p.losses;
    let mut row = vec![
        json!(p.mode.name()),
        turns(p.speed),
        short(p.torque),
        degrees(p.control.on),
        degrees(p.control.off),
        short(p.control.current),
        short(p.current.0),
        short(p.current.1),
        short(lost.winding()),
        iron(lost),
    ];
    row.extend(balance(lost, &p.power));
    row
}
