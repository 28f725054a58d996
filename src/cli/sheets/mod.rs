//! The sheets of `dualcert solve`: what was looked at, with names, units and six significant digits.

mod drive;
mod efficiency;
mod envelope;
mod heat;
mod journey;
mod phase;
mod poles;
mod year;

use super::physics::{At, View};
use crate::design::{Candidate, Design};
use crate::evaluate::view::cells::{self, CellField};
use crate::evaluate::view::drive as driven;
use crate::evaluate::view::efficiency as efficiency_map;
use crate::evaluate::view::envelope as speed_envelope;
use crate::evaluate::view::gap::{self, Gap};
use crate::evaluate::view::heat as warm;
use crate::evaluate::view::journey as over_cycle;
use crate::evaluate::view::map::{self, Map};
use crate::evaluate::view::phase_map;
use crate::evaluate::view::pole_efficiency;
use crate::evaluate::view::year as over_year;
use crate::evaluate::view::{Position, Solved};
use crate::evaluate::{Conditions, EvaluateError};
use crate::material::Library;
use crate::record::DIGITS;
use crate::report::sheet::{Sheet, Table};
use crate::resolution::POSITIONS;
use crate::topology::Topology;
use crate::unit::{deg, mm, round_significant};
use serde_json::{Value, json};

fn short(value: f64) -> Value {
    json!(round_significant(value, DIGITS))
}

fn degrees(angle: f64) -> Value {
    // Rounding errors of zero would print as such.
    short((angle / deg::SCALE * 1e9).round() * 1e-9)
}

/// To a hundredth of a degree: weak waves have no better phase.
fn phase(angle: f64) -> Value {
    short((angle / deg::SCALE * 100.0).round() / 100.0)
}

/// Solves and writes down what was asked for.
pub(super) fn sheet(
    (library, design, candidate): (&Library, &Design, &Candidate),
    conditions: &Conditions,
    view: &View,
) -> Result<Sheet, EvaluateError> {
    let application = &design.application;
    let position = |at: &At| Position {
        conditions: *conditions,
        id: at.id_a,
        iq: at.iq_a,
        angle: at.angle,
    };
    match view {
        View::Gap { at, harmonics } => {
            gap::solve(application, candidate, library, &position(at), *harmonics).map(of_gap)
        }
        View::Field { at } => {
            cells::solve(application, candidate, library, &position(at)).map(of_cells)
        }
        View::Map { d, q } => {
            map::solve(application, candidate, library, conditions, (*d, *q)).map(|m| of_map(&m))
        }
        View::Envelope { speeds } => {
            speed_envelope::solve(application, candidate, library, conditions, *speeds)
                .map(|e| envelope::of_envelope(&e))
        }
        View::Heat { duty, speeds } => {
            let asked = (*duty, *speeds);
            warm::solve(application, candidate, library, conditions, asked)
                .map(|h| heat::of_heat(&h, *duty))
        }
        View::Efficiency { speeds, torques } => {
            let axes = (*speeds, *torques);
            efficiency_map::solve(application, candidate, library, conditions, axes)
                .map(|m| efficiency::of_map(&m))
        }
        View::Journey { cycle } => {
            over_cycle::solve(application, candidate, library, conditions, cycle)
                .map(|d| journey::of_journey(&d, cycle))
        }
        View::Year => {
            over_year::solve(application, candidate, library, conditions).map(|y| year::of_year(&y))
        }
        View::Phase { .. }
        | View::PhasePoint { .. }
        | View::Drive { .. }
        | View::PhaseEnvelope { .. }
        | View::PhaseEfficiency { .. }
        | View::PhaseJourney { .. } => one_phase((library, design, candidate), conditions, view),
    }
}

/// What is asked of a machine whose phases are fed one by one.
fn one_phase(
    (library, design, candidate): (&Library, &Design, &Candidate),
    conditions: &Conditions,
    view: &View,
) -> Result<Sheet, EvaluateError> {
    let Topology::Srm(srm) = &candidate.topology else {
        return Err(EvaluateError::JoinedPhases);
    };
    let (application, machine) = (&design.application, (candidate, srm));
    match *view {
        View::PhaseJourney { ref cycle } => {
            over_cycle::solve_poles(application, machine, library, cycle)
                .map(|d| journey::of_journey(&d, cycle))
        }
        View::Drive { speed, wish } => {
            driven::solve(application, machine, library, conditions, (speed, wish))
                .map(|found| drive::of_drive(&found))
        }
        View::PhaseEnvelope { speeds } => {
            driven::envelope(application, machine, library, conditions, speeds)
                .map(|(fed, cycles)| drive::of_envelope(&fed, &cycles))
        }
        View::PhaseEfficiency { speeds, torques } => {
            pole_efficiency::solve(application, machine, library, (speeds, torques))
                .map(|m| poles::of_map(&m))
        }
        View::PhasePoint { current, angle } => {
            phase_map::point(application, machine, library, conditions, (current, angle))
                .map(|point| drive::of_point(&point))
        }
        View::Phase { currents } => {
            phase_map::solve(application, machine, library, conditions, currents)
                .map(|m| phase::of_phase(&m))
        }
        View::Gap { .. }
        | View::Field { .. }
        | View::Map { .. }
        | View::Envelope { .. }
        | View::Heat { .. }
        | View::Efficiency { .. }
        | View::Journey { .. }
        | View::Year => Err(EvaluateError::JoinedPhases),
    }
}

fn of_field(solved: &Solved) -> Vec<(&'static str, Value)> {
    vec![
        ("position_deg", degrees(solved.angle)),
        ("magnet_remanence_t", short(solved.remanence)),
        ("steel_data_use_ratio", short(solved.data_use)),
    ]
}

fn of_gap(gap: Gap) -> Sheet {
    let mut facts = of_field(&gap.solved);
    facts.extend([
        ("gap_radius_mm", short(gap.radius / mm::SCALE)),
        ("pole_pairs", json!(gap.pole_pairs)),
        ("highest_order", json!(gap.highest_order)),
        ("air_gap_flux_density_fundamental_t", short(gap.fundamental)),
        ("air_gap_flux_density_mean_t", short(gap.mean)),
        ("air_gap_flux_density_max_t", short(gap.peak)),
    ]);
    let samples = gap
        .samples
        .iter()
        .map(|s| vec![degrees(s.angle), short(s.radial), short(s.tangential)]);
    let waves = gap.waves.iter().map(|(radial, tangential)| {
        let harmonic = radial.order as f64 / gap.pole_pairs as f64;
        vec![
            json!(radial.order),
            short(harmonic),
            short(radial.amplitude),
            phase(radial.phase),
            short(tangential.amplitude),
            phase(tangential.phase),
        ]
    });
    Sheet {
        facts,
        tables: vec![
            Table {
                name: "samples",
                columns: vec!["angle_deg", "radial_t", "tangential_t"],
                rows: samples.collect(),
                long: true,
            },
            Table {
                name: "waves",
                columns: vec![
                    "order",
                    "electrical_harmonic",
                    "radial_t",
                    "radial_phase_deg",
                    "tangential_t",
                    "tangential_phase_deg",
                ],
                rows: waves.collect(),
                long: false,
            },
        ],
    }
}

fn of_cells(field: CellField) -> Sheet {
    let mut facts = of_field(&field.solved);
    facts.extend([
        ("repeating_sectors", json!(field.sectors)),
        ("sector_sign", json!(field.sign)),
    ]);
    let rows = field.cells.into_iter().map(|named| {
        let cell = named.cell;
        vec![
            json!(named.region),
            json!(named.material),
            short(cell.iron_share),
            short(cell.centre.x / mm::SCALE),
            short(cell.centre.y / mm::SCALE),
            short(cell.area / mm::SCALE.powi(2)),
            short(cell.flux_density[0]),
            short(cell.flux_density[1]),
            short(cell.potential),
        ]
    });
    Sheet {
        facts,
        tables: vec![Table {
            name: "cells",
            columns: vec![
                "region",
                "material",
                "iron_share_ratio",
                "x_mm",
                "y_mm",
                "area_mm2",
                "flux_density_x_t",
                "flux_density_y_t",
                "vector_potential_wb_per_m",
            ],
            rows: rows.collect(),
            long: true,
        }],
    }
}

/// What is smaller than this share of the largest of its kind is nothing but the end of the iteration.
const RESOLVED: f64 = 1e-5;

fn of_map(map: &Map) -> Sheet {
    let solved: Vec<[f64; 4]> = map
        .nodes
        .iter()
        .map(|node| {
            let p = &node.point;
            [p.psi_d, p.psi_q, p.torque, p.mean_gap_torque()]
        })
        .collect();
    let largest = |k: usize| solved.iter().map(|row| row[k].abs()).fold(0.0, f64::max);
    let linkage = largest(0).max(largest(1));
    let scales = [linkage, linkage, largest(2), largest(2)];
    let rows = map.nodes.iter().zip(&solved).map(|(node, solved)| {
        let mut row = vec![short(node.point.id), short(node.point.iq)];
        row.extend(solved.iter().zip(scales).map(|(value, scale)| {
            let resolved = value.abs() > RESOLVED * scale;
            short(if resolved { *value } else { 0.0 })
        }));
        row.push(short(node.data_use));
        row
    });
    Sheet {
        facts: vec![
            ("magnet_remanence_t", short(map.remanence)),
            ("d_currents", json!(map.d.count)),
            ("q_currents", json!(map.q.count)),
            ("positions_a_point", json!(POSITIONS)),
        ],
        tables: vec![Table {
            name: "map",
            columns: vec![
                "id_a",
                "iq_a",
                "flux_linkage_d_wb",
                "flux_linkage_q_wb",
                "torque_n_m",
                "gap_stress_torque_n_m",
                "steel_data_use_ratio",
            ],
            rows: rows.collect(),
            long: false,
        }],
    }
}
