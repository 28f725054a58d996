//! The sheet of a drive cycle.

use super::efficiency::iron;
use super::envelope::turns;
use super::short;
use crate::cycle::Cycle;
use crate::evaluate::view::journey::{Check, Energies, Journey};
use crate::evaluate::view::pole_shaft::Moment;
use crate::report::sheet::{Sheet, Table};
use crate::unit::rpm;
use serde_json::{Value, json};

/// Joules of a watt hour.
const WATT_HOUR: f64 = 3600.0;
/// Metres of a kilometre.
const KILOMETRE: f64 = 1000.0;

fn energy(joules: f64) -> Value {
    short(joules / WATT_HOUR)
}

/// What goes in and does not come back, over the distance.
fn per_distance(of: &Energies) -> Value {
    short((of.supplied - of.returned) / WATT_HOUR / (of.distance / KILOMETRE))
}

/// A share, where there is something that it could be a share of.
fn share(part: f64, whole: f64) -> Value {
    if whole > 0.0 {
        short(part / whole)
    } else {
        Value::Null
    }
}

pub(super) fn of_journey(journey: &Journey, cycle: &Cycle) -> Sheet {
    let total = &journey.total;
    let lost = total.copper + total.iron + total.magnet + total.mechanical;
    let through = total.supplied + total.shaft_in;
    let mut facts = vec![("cycle", json!(cycle.name))];
    facts.extend(
        cycle
            .source
            .iter()
            .map(|source| ("cycle_source", json!(source))),
    );
    let remanence = journey.remanence.iter();
    facts.extend(remanence.map(|tesla| ("magnet_remanence_t", short(*tesla))));
    facts.extend([
        ("map_resolution", json!("coarse")),
        ("distance_km", short(total.distance / KILOMETRE)),
        ("machine_speed_max_rpm", short(journey.fastest / rpm::SCALE)),
        ("energy_per_distance_wh_per_km", per_distance(total)),
        ("supplied_energy_wh", energy(total.supplied)),
        ("returned_energy_wh", energy(total.returned)),
        ("shaft_energy_out_wh", energy(total.shaft_out)),
        ("shaft_energy_in_wh", energy(total.shaft_in)),
        ("copper_loss_energy_wh", energy(total.copper)),
        ("iron_loss_energy_wh", energy(total.iron)),
        ("magnet_loss_energy_wh", energy(total.magnet)),
        ("mechanical_loss_energy_wh", energy(total.mechanical)),
        ("friction_brake_energy_wh", energy(total.brakes)),
        ("cycle_efficiency_ratio", share(through - lost, through)),
        (
            "cost_standard_equivalents",
            short(journey.cost.standard_equivalents),
        ),
    ]);
    let phase = |(end, of): &(f64, Energies)| {
        vec![
            short(*end),
            short(of.distance / KILOMETRE),
            energy(of.supplied),
            energy(of.returned),
            if of.distance > 0.0 {
                per_distance(of)
            } else {
                Value::Null
            },
        ]
    };
    let mut tables = vec![Table {
        name: "phases",
        columns: vec![
            "end_s",
            "distance_km",
            "supplied_energy_wh",
            "returned_energy_wh",
            "energy_per_distance_wh_per_km",
        ],
        rows: journey.phases.iter().map(phase).collect(),
        long: false,
    }];
    if !journey.checks.is_empty() {
        tables.push(checks(&journey.checks));
    }
    Sheet { facts, tables }
}

/// Losses of moments: between the points of the search, at a point of their own, and there with all phases solved together.
fn checks(checks: &[Check]) -> Table {
    let row = |check: &Check| {
        let Moment {
            gap,
            speed,
            between,
            itself,
        } = &check.moment;
        let three = [between, &itself.added, &itself.together];
        let mut row = vec![
            json!(check.name),
            short(check.end),
            turns(*speed),
            short(*gap),
        ];
        row.extend(three.map(|lost| short(lost.winding())));
        row.extend(three.map(iron));
        row
    };
    Table {
        name: "checks",
        columns: vec![
            "moment",
            "end_s",
            "speed_rpm",
            "torque_n_m",
            "copper_loss_w",
            "searched_copper_loss_w",
            "all_phases_copper_loss_w",
            "iron_loss_w",
            "searched_iron_loss_w",
            "all_phases_iron_loss_w",
        ],
        rows: checks.iter().map(row).collect(),
        long: false,
    }
}
