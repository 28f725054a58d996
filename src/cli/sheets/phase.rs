//! The sheet of one phase of a switched reluctance machine.

use super::{degrees, short};
use crate::evaluate::view::phase_map::OfPhase;
use crate::report::sheet::{Sheet, Table};
use serde_json::{Value, json};

/// What is smaller than this share of the largest of its kind is nothing but the end of the iteration.
const RESOLVED: f64 = 1e-5;

pub(super) fn of_phase(of: &OfPhase) -> Sheet {
    let (layout, map) = (&of.layout, &of.map);
    let (sectors, _) = layout.sectors();
    let short_or_none = |value: f64, table: &ndarray::Array2<f64>| {
        let largest = table.iter().map(|x| x.abs()).fold(0.0, f64::max);
        short(if value.abs() > RESOLVED * largest {
            value
        } else {
            0.0
        })
    };
    let nodes = map.linkage.indexed_iter().map(|(at, linkage)| {
        vec![
            short(map.currents[at.1]),
            degrees(map.positions[at.0]),
            short(*linkage),
            short(map.co_energy[at]),
            short_or_none(map.torque[at], &map.torque),
            short_or_none(map.mutual[at], &map.linkage),
            short(map.data_use[at]),
        ]
    });
    let inductances = map.inductances();
    let phase = map.currents.iter().zip(&inductances).zip(map.mean_torque());
    let phase: Vec<Vec<Value>> = phase
        .map(|((current, (aligned, unaligned)), torque)| {
            [*current, *aligned, *unaligned, torque].map(short).to_vec()
        })
        .collect();
    Sheet {
        facts: vec![
            ("phases", json!(layout.phases)),
            ("stator_poles", json!(layout.scheme.stator_poles)),
            ("rotor_poles", json!(layout.scheme.rotor_poles)),
            ("coils_per_phase", json!(layout.coils_per_phase())),
            ("series_turns", short(layout.series_turns())),
            ("repeating_sectors", json!(sectors)),
            ("currents", json!(map.currents.len())),
            ("positions", json!(map.positions.len())),
        ],
        tables: vec![
            Table {
                name: "map",
                columns: vec![
                    "current_a",
                    "position_deg",
                    "flux_linkage_wb",
                    "co_energy_j",
                    "torque_n_m",
                    "next_phase_flux_linkage_wb",
                    "steel_data_use_ratio",
                ],
                rows: nodes.collect(),
                long: true,
            },
            Table {
                name: "phase",
                columns: vec![
                    "current_a",
                    "aligned_inductance_h",
                    "unaligned_inductance_h",
                    "mean_torque_n_m",
                ],
                rows: phase,
                long: false,
            },
        ],
    }
}
