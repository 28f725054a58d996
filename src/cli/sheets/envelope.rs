//! The sheet of torque over speed.

use super::short;
use crate::evaluate::view::envelope::{Corner, Envelope, Row};
use crate::operate::strategy::{Mode, Setpoint};
use crate::report::sheet::{Sheet, Table};
use crate::unit::{kw, rpm};
use serde_json::{Value, json};

pub(super) fn of_envelope(envelope: &Envelope) -> Sheet {
    let limits = envelope.limits;
    let of_mode = |(k, mode): (usize, Mode)| {
        let rows = envelope.rows.iter();
        rows.filter_map(move |row| Some(point(mode, row, &row.most[k]?)))
    };
    Sheet {
        facts: vec![
            ("magnet_remanence_t", short(envelope.remanence)),
            ("phase_current_limit_a", short(limits.current)),
            ("phase_voltage_limit_v", short(limits.voltage)),
            ("phase_resistance_ohm", short(limits.resistance)),
            ("map_resolution", json!("coarse")),
            (
                "cost_standard_equivalents",
                short(envelope.cost.standard_equivalents),
            ),
        ],
        tables: vec![
            Table {
                name: "envelope",
                columns: vec![
                    "mode",
                    "speed_rpm",
                    "torque_n_m",
                    "gap_power_kw",
                    "current_a",
                    "id_a",
                    "iq_a",
                    "voltage_peak_v",
                    "regime",
                ],
                rows: Mode::BOTH
                    .into_iter()
                    .enumerate()
                    .flat_map(of_mode)
                    .collect(),
                long: false,
            },
            Table {
                name: "uncontrolled",
                columns: vec![
                    "speed_rpm",
                    "open_circuit_line_voltage_peak_v",
                    "short_circuit_current_a",
                    "short_circuit_torque_n_m",
                ],
                rows: envelope.rows.iter().map(uncontrolled).collect(),
                long: false,
            },
            Table {
                name: "corners",
                columns: vec![
                    "corner",
                    "speed_rpm",
                    "map_torque_n_m",
                    "solved_torque_n_m",
                    "solved_id_a",
                    "solved_iq_a",
                ],
                rows: envelope.corners.iter().map(corner).collect(),
                long: false,
            },
        ],
    }
}

/// Speed in revolutions per minute.
pub(super) fn turns(speed: f64) -> Value {
    short(speed / rpm::SCALE)
}

fn or_nothing(value: Option<f64>) -> Value {
    value.map_or(Value::Null, short)
}

fn point(mode: Mode, row: &Row, at: &Setpoint) -> Vec<Value> {
    vec![
        json!(mode.name()),
        turns(row.speed),
        short(at.torque),
        short(at.torque * row.speed / kw::SCALE),
        short(at.current()),
        short(at.id),
        short(at.iq),
        short(at.voltage),
        json!(at.regime.name()),
    ]
}

fn uncontrolled(row: &Row) -> Vec<Value> {
    vec![
        turns(row.speed),
        short(row.open_voltage),
        or_nothing(row.short.map(|s| s.current)),
        or_nothing(row.short.map(|s| s.torque)),
    ]
}

fn corner(corner: &Corner) -> Vec<Value> {
    let solved = corner.solved.as_ref();
    vec![
        json!(corner.name),
        turns(corner.speed),
        or_nothing(corner.on_map),
        or_nothing(solved.map(|p| p.torque)),
        or_nothing(solved.map(|p| p.id)),
        or_nothing(solved.map(|p| p.iq)),
    ]
}
