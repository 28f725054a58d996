//! The sheet of temperatures and of the torque that they allow.

use super::envelope::turns;
use super::short;
use crate::evaluate::view::heat::{Heat, Row};
use crate::heat::course::Moment;
use crate::heat::duty::Duty;
use crate::report::sheet::{Sheet, Table};
use crate::unit::kw;
use serde_json::{Value, json};

/// Seconds of a minute.
const MINUTE: f64 = 60.0;

pub(super) fn of_heat(heat: &Heat, duty: Duty) -> Sheet {
    let rated = heat.rated.as_ref();
    let mut facts = vec![
        ("duty", json!(duty.to_string())),
        ("magnet_remanence_t", short(heat.remanence)),
        ("coolant_temperature_c", short(heat.coolant)),
        ("insulation_class", json!(heat.class.1)),
        ("insulation_temperature_c", short(heat.class.0)),
        ("magnet_temperature_limit_c", short(heat.magnets)),
        ("map_resolution", json!("coarse")),
        (
            "cost_standard_equivalents",
            short(heat.cost.standard_equivalents),
        ),
    ];
    if let Some(rated) = rated {
        let most = |of: fn(&Moment) -> f64| rated.course.iter().map(of).fold(f64::MIN, f64::max);
        facts.extend([
            ("rated_speed_rpm", turns(rated.speed)),
            ("rated_torque_n_m", short(rated.at.torque)),
            ("rated_current_a", short(rated.at.current())),
            ("rated_hot_spot_max_c", short(most(|m| m.hot_spot))),
            ("rated_magnet_max_c", short(most(|m| m.rotor))),
        ]);
    }
    let moments = rated.map_or(&[][..], |rated| &rated.course);
    Sheet {
        facts,
        tables: vec![
            Table {
                name: "torque",
                columns: vec![
                    "speed_rpm",
                    "torque_n_m",
                    "gap_power_kw",
                    "current_a",
                    "id_a",
                    "iq_a",
                    "hot_spot_c",
                    "magnet_c",
                    "bound_by",
                ],
                rows: heat.rows.iter().map(row).collect(),
                long: false,
            },
            Table {
                name: "course",
                columns: vec![
                    "time_min",
                    "hot_spot_c",
                    "winding_c",
                    "tooth_c",
                    "yoke_c",
                    "magnet_c",
                ],
                rows: moments.iter().map(moment).collect(),
                long: moments.len() > 1,
            },
        ],
    }
}

fn row(row: &Row) -> Vec<Value> {
    let of = |value: fn(&crate::operate::strategy::Setpoint) -> f64| {
        row.at.as_ref().map_or(Value::Null, |at| short(value(at)))
    };
    let hottest = |k: usize| row.hottest.map_or(Value::Null, |found| short(found[k]));
    let torque = row.at.as_ref().map(|at| at.torque);
    vec![
        turns(row.speed),
        torque.map_or(Value::Null, short),
        torque.map_or(Value::Null, |t| short(t * row.speed / kw::SCALE)),
        of(crate::operate::strategy::Setpoint::current),
        of(|at| at.id),
        of(|at| at.iq),
        hottest(0),
        hottest(1),
        json!(row.bound.name()),
    ]
}

/// A balance that lasts has no time.
fn moment(moment: &Moment) -> Vec<Value> {
    let time = if moment.time.is_finite() {
        short(moment.time / MINUTE)
    } else {
        Value::Null
    };
    vec![
        time,
        short(moment.hot_spot),
        short(moment.winding),
        short(moment.tooth),
        moment.yoke.map_or(Value::Null, short),
        short(moment.rotor),
    ]
}
