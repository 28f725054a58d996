//! The sheets of a switched reluctance machine at its drive.

use super::{degrees, short};
use crate::evaluate::view::drive::{AtSpeed, Fed, Whole};
use crate::evaluate::view::phase_map::PhasePoint;
use crate::operate::reluctance::cycle::Cycle;
use crate::report::sheet::{Sheet, Table};
use crate::unit::{deg, kw, rpm};
use serde_json::{Value, json};

/// One current at one position.
pub(super) fn of_point(point: &PhasePoint) -> Sheet {
    Sheet {
        facts: vec![
            ("flux_linkage_wb", short(point.linkage)),
            ("co_energy_j", short(point.co_energy)),
            ("torque_n_m", short(point.torque)),
            ("steel_data_use_ratio", short(point.data_use)),
        ],
        tables: vec![],
    }
}

/// A number, or null where there is none.
fn known(value: Option<f64>) -> Value {
    value.map_or(Value::Null, short)
}

fn of_fed(fed: &Fed) -> Vec<(&'static str, Value)> {
    vec![
        ("dc_voltage_v", short(fed.voltage)),
        ("phase_resistance_ohm", short(fed.resistance)),
        ("current_limit_a", short(fed.limits.peak)),
        ("current_limit_rms_a", short(fed.limits.rms)),
        ("next_phase_flux_linkage_ratio", short(fed.mutual_ratio)),
        ("steel_data_use_ratio", short(fed.data_use)),
    ]
}

/// One speed.
pub(super) fn of_drive(found: &AtSpeed) -> Sheet {
    let cycle = &found.cycle;
    let mut facts = of_fed(&found.fed);
    facts.extend([
        ("speed_rpm", short(cycle.circuit.speed / rpm::SCALE)),
        ("turn_on_deg", degrees(cycle.control.on)),
        ("turn_off_deg", degrees(cycle.control.off)),
        ("extinction_deg", degrees(cycle.extinction)),
        ("held_current_a", short(cycle.control.current)),
        ("held_share_of_pulse_ratio", short(cycle.held_ratio)),
        ("torque_n_m", short(cycle.mean_torque)),
        ("torque_ripple_ratio", known(cycle.ripple_ratio)),
        ("current_peak_a", short(cycle.peak_current)),
        ("current_rms_a", short(cycle.rms_current)),
        ("voltage_rms_v", short(cycle.rms_voltage)),
        ("electrical_power_w", short(cycle.electrical_power)),
        ("mechanical_power_w", short(cycle.mechanical_power)),
        ("copper_loss_w", short(cycle.copper_loss)),
        ("power_factor_ratio", known(cycle.power_factor_ratio())),
        (
            "energy_conversion_ratio",
            known(cycle.energy_conversion_ratio()),
        ),
        ("loop_area_j", short(cycle.loop_area())),
        (
            "energy_residual_ratio",
            short(cycle.energy_residual_ratio()),
        ),
    ]);
    facts.extend(of_whole(&found.whole));
    let rows = (0..cycle.current.len()).map(|j| {
        vec![
            degrees(cycle.step * j as f64),
            short(cycle.voltage[j]),
            short(cycle.current[j]),
            short(cycle.linkage[j]),
            short(cycle.phase_torque[j]),
            short(cycle.torque[j]),
        ]
    });
    Sheet {
        facts,
        tables: vec![Table {
            name: "cycle",
            columns: vec![
                "position_from_unaligned_deg",
                "voltage_v",
                "current_a",
                "flux_linkage_wb",
                "phase_torque_n_m",
                "torque_n_m",
            ],
            rows: rows.collect(),
            long: true,
        }],
    }
}

/// All phases together. What is not known is left out.
fn of_whole(whole: &Whole) -> Vec<(&'static str, Value)> {
    let lost = &whole.losses;
    let mut facts = vec![
        ("all_phases_torque_n_m", short(whole.torque)),
        ("proximity_loss_w", short(lost.proximity)),
    ];
    if let Ok(iron) = &lost.iron {
        facts.extend([
            ("iron_loss_w", short(iron.total())),
            ("tooth_iron_loss_w", short(iron.tooth)),
            ("yoke_iron_loss_w", short(iron.yoke)),
            ("rotor_iron_loss_w", short(iron.rotor)),
        ]);
    }
    facts.push(("windage_loss_w", short(lost.windage)));
    if let Some(bearings) = lost.bearings {
        facts.push(("bearing_loss_w", short(bearings)));
    }
    facts.extend([
        ("radial_force_max_n", short(whole.radial_force.most)),
        ("radial_force_swing_n", short(whole.radial_force.swing)),
        (
            "radial_force_fall_n_per_deg",
            short(whole.radial_force.fall * deg::SCALE),
        ),
        ("radial_force_order", json!(whole.radial_order)),
    ]);
    facts
}

/// The most torque over speed.
pub(super) fn of_envelope(fed: &Fed, cycles: &[Cycle]) -> Sheet {
    let mut facts = of_fed(fed);
    facts.push(("speeds", json!(cycles.len())));
    let rows = cycles.iter().map(|cycle| {
        vec![
            short(cycle.circuit.speed / rpm::SCALE),
            short(cycle.mean_torque),
            short(cycle.mechanical_power / kw::SCALE),
            degrees(cycle.control.on),
            degrees(cycle.control.off),
            short(cycle.peak_current),
            short(cycle.rms_current),
            short(cycle.held_ratio),
            known(cycle.ripple_ratio),
            known(cycle.power_factor_ratio()),
            known(cycle.energy_conversion_ratio()),
        ]
    });
    Sheet {
        facts,
        tables: vec![Table {
            name: "envelope",
            columns: vec![
                "speed_rpm",
                "torque_n_m",
                "mechanical_power_kw",
                "turn_on_deg",
                "turn_off_deg",
                "current_peak_a",
                "current_rms_a",
                "held_share_of_pulse_ratio",
                "torque_ripple_ratio",
                "power_factor_ratio",
                "energy_conversion_ratio",
            ],
            rows: rows.collect(),
            long: false,
        }],
    }
}
