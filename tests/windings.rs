//! Windings on a field: what the layout promises is what the solved machine shows.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::design::{Candidate, Design, Winding};
use dualcert::evaluate::point::{self, Request};
use dualcert::evaluate::{Conditions, Side};

use dualcert::material::Library;
use dualcert::network::law::IronLaw;
use dualcert::network::newton::Materials;
use dualcert::operate::machine::Machine;
use dualcert::operate::point::Point;
use dualcert::operate::study::Study;
use dualcert::resolution::Resolution;
use dualcert::source::Document;
use dualcert::topology::Topology;
use dualcert::winding::Layout;
use serde_json::{Value, json};
use std::f64::consts::PI;

/// A surface-magnet machine around any number of slots and poles: 0.1 m bore, slots half a pitch wide.
fn topology(slots: usize, poles: usize) -> Topology {
    let pitch = PI * 100.0 / slots as f64;
    let root = (0.05 * pitch).min(1.0);
    let topology: Topology = serde_json::from_value(json!({"spm": {
        "air_gap_mm": 1.0,
        "stack_length_mm": 50.0,
        "stator": {
            "slot_count": slots,
            "outer_diameter_mm": 170.0,
            "bore_diameter_mm": 100.0,
            "slot": {
                "opening_width_mm": (0.2 * pitch).min(3.0),
                "opening_height_mm": 1.0,
                "wedge_height_mm": 1.0,
                "top_width_mm": 0.5 * pitch,
                "bottom_width_mm": 0.55 * pitch,
                "main_depth_mm": 14.0,
                "bottom_corner_radius_mm": root
            }
        },
        "rotor": {
            "pole_count": poles,
            "shaft_diameter_mm": 30.0,
            "magnet_thickness_mm": 3.0,
            "magnet_arc_ratio": 0.8,
            "magnetisation": "radial"
        }
    }}))
    .unwrap();
    assert_eq!(topology.fits(), vec![], "{slots} slots {poles} poles");
    topology
}

fn winding(layers: usize, pitch: usize, sets: usize, table: Option<&[String]>) -> Winding {
    let mut value = json!({
        "turns_per_coil": 6,
        "layers": layers,
        "coil_pitch_slots": pitch,
        "parallel_paths": 1,
        "phase_sets": sets,
        "connection": "star",
        "conductor": {"material": "copper", "strands": 1, "strand_diameter_mm": 1.0}
    });
    if let Some(table) = table {
        value["slot_table"] = Value::from(table.to_vec());
    }
    serde_json::from_value(value).unwrap()
}

fn materials() -> Materials {
    let steel = Library::builtin().steel("M19_29G").unwrap();
    let law = IronLaw::new(&steel.bh, 0.95).unwrap();
    Materials {
        steels: vec![law.clone(), law],
        remanence: 1.2,
        recoil_permeability: 1.05,
        kept: None,
    }
}

/// No load and a loaded point at coarse resolution, with the fundamental of the gap at no load.
fn solved(topology: &Topology, layout: &Layout, currents: (f64, f64)) -> (Point, Point, f64) {
    let plan = topology.plan(layout, Resolution::Coarse).unwrap();
    let machine = Machine::new(&plan, layout, Resolution::Coarse).unwrap();
    let mut study = Study::new(&machine, materials(), machine.sector.unknowns());
    let (no_load, densities) = study.read(0.0, 0.0).unwrap();
    let loaded = study.at(currents.0, currents.1).unwrap();
    (no_load, loaded, densities.gap_fundamental)
}

/// The current that loads a slot with 400 ampere conductors, by slots of 0.1 m of bore in all.
fn current(layout: &Layout) -> f64 {
    let slots = layout.scheme.slots as f64;
    4800.0 / slots / (6.0 * layout.scheme.layers as f64)
}

#[track_caller]
fn close(found: f64, expected: f64, share: f64, what: &str) {
    assert!(
        (found - expected).abs() <= share * expected.abs(),
        "{what}: {found}, expected {expected} within {share}"
    );
}

/// No load: the flux linkage is turns times winding factor times the flux of a pole. Load: dq torque and
/// gap stress agree, and the no-load flux makes the torque of a q current.
fn holds(slots: usize, poles: usize, layers: usize, pitch: usize, sets: usize) {
    let what = format!("{slots} slots {poles} poles {layers} layers pitch {pitch} sets {sets}");
    let topology = topology(slots, poles);
    let layout = winding(layers, pitch, sets, None)
        .layout(slots, poles)
        .unwrap();
    let iq = current(&layout);
    let (no_load, loaded, gap) = solved(&topology, &layout, (0.0, iq));
    let pairs = poles as f64 / 2.0;
    let flux_of_pole = 2.0 / pairs * gap * (0.05 - 0.0005) * 0.05;
    let expected = layout.series_turns() * layout.factor(1) * flux_of_pole;
    close(no_load.psi_d, expected, 0.03, &format!("{what}: linkage"));
    assert!(
        no_load.psi_q.abs() < 0.01 * no_load.psi_d,
        "{what}: {no_load:?}"
    );
    let by_magnets = sets as f64 * 1.5 * pairs * no_load.psi_d * iq;
    close(loaded.torque, by_magnets, 0.05, &format!("{what}: torque"));
    let stress = loaded.mean_gap_torque();
    close(stress, loaded.torque, 0.04, &format!("{what}: stress"));
}

/// The combinations that every user expects, distributed and concentrated, integral and fractional.
#[test]
fn named_combinations_solve() {
    for (slots, poles, layers, pitch) in [
        (9, 10, 2, 1),
        (9, 8, 2, 1),
        (12, 10, 2, 1),
        (12, 14, 2, 1),
        (24, 16, 2, 1),
        (48, 8, 1, 6),
        (36, 6, 1, 6),
        (12, 4, 1, 3),
        (15, 14, 2, 1),
        (96, 16, 2, 5),
        (36, 12, 1, 3),
        (48, 8, 2, 5),
    ] {
        holds(slots, poles, layers, pitch, 1);
    }
}

/// Every second tooth wound.
#[test]
fn tooth_coils_of_one_layer_solve() {
    for (slots, poles) in [(12, 10), (12, 14), (12, 8), (24, 20), (6, 4)] {
        holds(slots, poles, 1, 1, 1);
    }
}

#[test]
fn several_phase_sets_solve() {
    for (slots, poles, layers, pitch, sets) in [
        (48, 8, 1, 6, 2),
        (48, 8, 2, 5, 2),
        (12, 10, 2, 1, 2),
        (36, 4, 1, 9, 3),
        (9, 8, 2, 1, 3),
    ] {
        holds(slots, poles, layers, pitch, sets);
    }
}

/// A winding told slot by slot is the machine that the star of slots gives; phases named the other way
/// round are the same machine too; and turned by a few slots it only begins elsewhere.
#[test]
fn a_slot_table_is_the_machine_that_it_names() {
    for (slots, poles, layers, pitch, sets) in [(12, 10, 2, 1, 1), (24, 4, 1, 6, 2)] {
        let topology = topology(slots, poles);
        let star = winding(layers, pitch, sets, None)
            .layout(slots, poles)
            .unwrap();
        let currents = (-0.5 * current(&star), current(&star));
        let (_, expected, _) = solved(&topology, &star, currents);
        let of = |table: &[String]| {
            let layout = winding(layers, pitch, sets, Some(table))
                .layout(slots, poles)
                .unwrap();
            solved(&topology, &layout, currents).1
        };
        let table = star.table();
        assert_eq!(of(&table), expected);
        let exchanged = |text: &String| -> String {
            let other = |c| match c {
                'B' => 'C',
                'C' => 'B',
                'E' => 'F',
                'F' => 'E',
                c => c,
            };
            text.chars().map(other).collect()
        };
        let reversed: Vec<String> = table.iter().map(exchanged).collect();
        let mut turned = table.clone();
        turned.rotate_right(5);
        for table in [reversed, turned] {
            let found = of(&table);
            for (a, b, what) in [
                (found.psi_d, expected.psi_d, "d linkage"),
                (found.psi_q, expected.psi_q, "q linkage"),
                (found.torque, expected.torque, "torque"),
            ] {
                close(a, b, 2e-4, what);
            }
        }
    }
}

/// Each half of the machine carries a set of its own: with equal currents it is the machine whose two
/// halves are in series, at half the linkage of a phase and twice the phases.
#[test]
fn sets_in_two_halves_are_one_winding_in_two_parts() {
    let (slots, poles) = (24, 4);
    let topology = topology(slots, poles);
    let whole = winding(1, 6, 1, None).layout(slots, poles).unwrap();
    let mut table = whole.table();
    for text in &mut table[slots / 2..] {
        *text = text.replace('A', "D").replace('B', "E").replace('C', "F");
    }
    let halves = winding(1, 6, 2, Some(&table)).layout(slots, poles).unwrap();
    let currents = (-0.5 * current(&whole), current(&whole));
    let (_, one, _) = solved(&topology, &whole, currents);
    let (_, two, _) = solved(&topology, &halves, currents);
    close(2.0 * two.psi_d, one.psi_d, 1e-3, "d linkage");
    close(2.0 * two.psi_q, one.psi_q, 1e-3, "q linkage");
    close(two.torque, one.torque, 1e-3, "torque");
}

/// Six phases instead of three on the same slots: the same copper at the same current, so the same loss;
/// more torque by the winding factor, at half the voltage of a phase.
#[test]
fn six_phases_have_the_copper_of_three() {
    let text = include_str!("../designs/ev_traction.json");
    let document = Document::parse("ev_traction.json", text).unwrap();
    let design = Design::load(&document).unwrap();
    let three = &design.candidates[0];
    let mut six = three.clone();
    six.winding.phase_sets = 2;
    let library = Library::builtin();
    let solve = |candidate: &Candidate| {
        let request = Request {
            conditions: Conditions {
                side: Side::A,
                magnet_temperature: 100.0,
                resolution: Resolution::Coarse,
            },
            id: -60.0,
            iq: 80.0,
            speed: Some(150.0),
        };
        let solved = point::solve(&design.application, candidate, library, &request).unwrap();
        move |name: &str| solved.iter().find(|(n, _)| *n == name).unwrap().1
    };
    let (three, six) = (solve(three), solve(&six));
    let ratio = |name| six(name) / three(name);
    // What eddies in the strands add depends on the field of the slot, which differs.
    let direct = |name: &dyn Fn(&str) -> f64| name("copper_loss_w") - name("proximity_loss_w");
    assert!((direct(&six) / direct(&three) - 1.0).abs() < 1e-12);
    // One slot a pole and phase against two: 1 against cos 15°.
    let gain = 1.0 / (PI / 12.0).cos();
    close(
        ratio("no_load_flux_linkage_wb"),
        gain / 2.0,
        0.01,
        "linkage",
    );
    close(ratio("torque_n_m"), gain, 0.02, "torque");
    close(ratio("gap_stress_torque_n_m"), gain, 0.02, "gap stress");
    close(ratio("voltage_peak_v"), gain / 2.0, 0.03, "voltage");
}
