//! The sheet of a year of wind.

use super::short;
use crate::evaluate::view::year::{Powers, Year, YearPoint};
use crate::report::sheet::{Sheet, Table};
use crate::unit::{kw, rpm};
use crate::wind::{HOUR, YEAR};
use serde_json::Value;

/// Joules of a megawatt hour.
const MEGAWATT_HOUR: f64 = 1e6 * HOUR;

fn energy(joules: f64) -> Value {
    short(joules / MEGAWATT_HOUR)
}

fn efficiency(of: &Powers) -> Value {
    of.efficiency().map_or(Value::Null, short)
}

pub(super) fn of_year(year: &Year) -> Sheet {
    let total = &year.energies;
    let most = year
        .points
        .iter()
        .map(|p| p.powers.electrical)
        .fold(0.0, f64::max);
    let capacity = (most > 0.0).then(|| total.electrical / (most * YEAR));
    Sheet {
        facts: vec![
            ("magnet_remanence_t", short(year.remanence)),
            ("map_resolution", serde_json::json!("coarse")),
            ("hours_of_a_year_h", short(YEAR / HOUR)),
            ("turning_time_h", short(year.turning / HOUR)),
            ("shaft_energy_mwh", energy(total.shaft)),
            ("electrical_energy_mwh", energy(total.electrical)),
            ("copper_loss_energy_mwh", energy(total.copper)),
            ("iron_loss_energy_mwh", energy(total.iron)),
            ("magnet_loss_energy_mwh", energy(total.magnet)),
            ("mechanical_loss_energy_mwh", energy(total.mechanical)),
            ("annual_efficiency_ratio", efficiency(total)),
            ("capacity_factor_ratio", capacity.map_or(Value::Null, short)),
            (
                "cost_standard_equivalents",
                short(year.cost.standard_equivalents),
            ),
        ],
        tables: vec![Table {
            name: "points",
            columns: vec![
                "wind_speed_m_per_s",
                "slower_wind_share_ratio",
                "rotor_speed_rpm",
                "shaft_power_kw",
                "electrical_power_kw",
                "copper_loss_kw",
                "iron_loss_kw",
                "magnet_loss_kw",
                "mechanical_loss_kw",
                "efficiency_ratio",
            ],
            rows: year.points.iter().map(row).collect(),
            long: false,
        }],
    }
}

fn row(point: &YearPoint) -> Vec<Value> {
    let p = &point.powers;
    let mut row = vec![
        short(point.wind_speed),
        short(point.below),
        short(point.speed / rpm::SCALE),
    ];
    let powers = [
        p.shaft,
        p.electrical,
        p.copper,
        p.iron,
        p.magnet,
        p.mechanical,
    ];
    row.extend(powers.map(|power| short(power / kw::SCALE)));
    row.push(efficiency(p));
    row
}
