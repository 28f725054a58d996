//! Random machines: either `fits` says what cannot be built, or the grid is sound, everything that the
//! drawing holds is in it, and the field is found.
//!
//! `DUALCERT_CASES` sets how many are tried, 20 by default. The sequence is always the same, so that a
//! build does not fail by chance; a larger number goes further along it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::geometry::Point;
use dualcert::material::Library;
use dualcert::network::law::IronLaw;
use dualcert::network::mesh::PitchMesh;
use dualcert::network::newton::{Materials, Solver};
use dualcert::network::reading::gap_torque;
use dualcert::network::sector::Side;
use dualcert::operate::machine::Machine;
use dualcert::resolution::Resolution;
use dualcert::topology::Topology;
use dualcert::topology::ipm::{Ipm, VOpening, VRotor};
use dualcert::topology::stator::{Slot, Stator};
use dualcert::validation::reference::{Reference, layout_of};
use dualcert::winding::{WindingScheme, layout};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::f64::consts::{PI, TAU};

/// Newton iterations that no field may need: ten times what is usual from a cold start.
const ITERATIONS: usize = 120;

/// Slots, poles, layers and coil pitch of windings that work.
const WINDINGS: [(usize, usize, usize, usize); 14] = [
    (48, 8, 1, 6),
    (48, 8, 2, 5),
    (36, 6, 1, 6),
    (54, 6, 2, 8),
    (24, 4, 2, 5),
    (36, 4, 1, 9),
    (36, 12, 1, 3),
    (27, 6, 2, 4),
    (12, 8, 2, 1),
    (12, 10, 2, 1),
    (9, 6, 2, 1),
    (9, 8, 2, 1),
    (12, 2, 1, 6),
    (18, 16, 2, 1),
];

fn share(range: std::ops::Range<f64>) -> impl Strategy<Value = f64> {
    range
}

/// Zero as often as not.
fn often_none(range: std::ops::Range<f64>) -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), range]
}

fn winding() -> impl Strategy<Value = (usize, usize, usize, usize)> {
    prop::sample::select(WINDINGS.to_vec())
}

/// A stator around a bore; all but the bore in shares of what there is.
fn stator(slots: usize) -> impl Strategy<Value = Stator> {
    (
        share(0.02..0.15),
        (
            share(0.05..0.6),
            share(0.005..0.06),
            often_none(0.005..0.05),
        ),
        (share(0.3..0.75), share(0.8..1.4), share(0.15..0.6)),
        (often_none(0.02..1.0), share(0.1..0.5)),
    )
        .prop_map(move |(bore, opening, main, (corner, yoke))| {
            let pitch = TAU * bore / slots as f64;
            let depth = main.2 * 0.6 * bore;
            let top = main.0 * pitch;
            let bottom = top * main.1;
            let (height, wedge) = (opening.1 * bore, opening.2 * bore);
            let corner = (corner * bottom / 2.0).min(depth);
            Stator {
                slot_count: slots,
                bore_diameter: 2.0 * bore,
                outer_diameter: 2.0 * (bore + height + wedge + depth + yoke * bore),
                slot: Slot {
                    opening_width: opening.0 * top,
                    opening_height: height,
                    wedge_height: wedge,
                    top_width: top,
                    bottom_width: bottom,
                    main_depth: depth,
                    bottom_corner_radius: corner,
                },
            }
        })
}

/// A rotor with a V from steep to flat in a bore; lengths in shares of the half pole.
fn rotor(radius: f64, poles: usize) -> impl Strategy<Value = VRotor> {
    (
        (share(0.01..0.12), share(0.4..1.02), share(0.05..0.6)),
        (share(80.0..180.0), any::<bool>()),
        (share(0.05..0.4), share(0.2..1.0), often_none(0.01..0.3)),
        (often_none(0.02..0.4), often_none(0.005..0.05)),
        (often_none(0.01..0.2), share(0.2..0.9)),
    )
        .prop_map(
            move |(outer, (angle, flat), magnet, (seat, clearance), (rib, shaft))| {
                let half = radius * (PI / poles as f64).sin();
                let angle = if flat { 180.0 } else { angle };
                let tilt = (180.0_f64 - angle).to_radians() / 2.0;
                let bridge = outer.0 * half;
                let (web, rib) = (outer.2 * half, rib * half);
                // The outer corner on the bridge radius, a share of the way to the web; the apex follows.
                let room = PI / poles as f64 - (web / 2.0 / (radius - bridge)).asin();
                let corner = Point::polar(radius - bridge, outer.1 * room);
                let run = corner.y - rib / 2.0;
                let apex = corner.x - tilt.tan() * run;
                let edge = run / tilt.cos();
                let thickness = magnet.0 * half;
                let inner = apex - thickness / tilt.cos();
                VRotor {
                    pole_count: poles,
                    shaft_diameter: 2.0 * shaft * inner,
                    bridge_thickness: bridge,
                    apex_depth: radius - apex,
                    opening: VOpening::VAngle(angle.to_radians()),
                    interpolar_web_width: web,
                    centre_rib_width: rib,
                    magnet_thickness: thickness,
                    magnet_width: magnet.1 * edge * (1.0 - magnet.2),
                    magnet_seat_step: seat * thickness,
                    pocket_clearance: clearance * thickness,
                    magnet_offset: magnet.2 * edge,
                }
            },
        )
}

#[derive(Debug, Clone)]
struct Case {
    ipm: Ipm,
    scheme: WindingScheme,
    /// Current density in the slots [A/m²].
    current_density: f64,
    remanence: f64,
    shift: usize,
}

fn case() -> impl Strategy<Value = Case> {
    winding()
        .prop_flat_map(|w| (Just(w), stator(w.0), share(0.004..0.03)))
        .prop_flat_map(|(w, stator, gap)| {
            let gap = gap * stator.bore_radius();
            let rotor = rotor(stator.bore_radius() - gap, w.1);
            (Just(w), Just(stator), Just(gap), rotor, share(0.3..1.5))
        })
        .prop_flat_map(|(w, stator, air_gap, rotor, length)| {
            let ipm = Ipm {
                air_gap,
                stack_length: length * stator.bore_diameter,
                stator,
                rotor,
            };
            let scheme = WindingScheme {
                slots: w.0,
                poles: w.1,
                layers: w.2,
                coil_pitch: w.3,
                turns_per_coil: 10.0,
                parallel_paths: 1,
                phase_sets: 1,
            };
            (Just(ipm), Just(scheme), 0.0..2e7, 0.2..1.45, 0_usize..400)
        })
        .prop_map(|(ipm, scheme, current_density, remanence, shift)| Case {
            ipm,
            scheme,
            current_density,
            remanence,
            shift,
        })
}

/// Least Jacobian at a Gauss point over the mean of its cell: above zero where no cell is inverted in
/// the eyes of the integration. The Jacobian of a bilinear cell is linear, so that a Gauss point lies the
/// share 1/√3 of the way from the mean to the corner; a corner of a skewed cell may itself be beyond zero.
fn least_jacobian(mesh: &PitchMesh) -> f64 {
    let mut least = f64::INFINITY;
    let sense = (mesh.rho[[1, 0]] - mesh.rho[[0, 0]]).signum();
    for i in 0..mesh.rows() {
        for j in 0..mesh.columns() {
            let at = |a: usize, b: usize| (mesh.rho[[i + a, j + b]], mesh.phi[[i + a, j + b]]);
            let cross = |o: (f64, f64), x: (f64, f64), e: (f64, f64)| {
                (x.0 - o.0) * (e.1 - o.1) - (e.0 - o.0) * (x.1 - o.1)
            };
            let corners = [
                cross(at(0, 0), at(1, 0), at(0, 1)),
                -cross(at(1, 0), at(0, 0), at(1, 1)),
                -cross(at(0, 1), at(1, 1), at(0, 0)),
                cross(at(1, 1), at(0, 1), at(1, 0)),
            ]
            .map(|c| c * sense);
            let mean = corners.iter().sum::<f64>() / 4.0;
            let worst = corners.iter().fold(f64::INFINITY, |a, c| a.min(*c));
            let worst = mean + (worst - mean) / 3.0_f64.sqrt();
            least = least.min(if mean > 0.0 { worst / mean } else { -1.0 });
        }
    }
    least
}

fn close(found: f64, expected: f64, share: f64) -> bool {
    (found - expected).abs() <= share * expected.abs()
}

/// What a case came to, for the count at the end.
#[derive(Debug, PartialEq)]
enum Outcome {
    Refused,
    Solved,
}

fn hold(case: &Case) -> Result<Outcome, TestCaseError> {
    let topology = Topology::Ipm(case.ipm.clone());
    if !topology.fits().is_empty() {
        return Ok(Outcome::Refused);
    }
    let layout = layout(case.scheme).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let plan = topology
        .plan(&layout, Resolution::Coarse)
        .ok_or_else(|| TestCaseError::fail("it fits and has no plan"))?;
    let machine = Machine::new(&plan, &layout, Resolution::Coarse)
        .map_err(|e| TestCaseError::fail(e.to_string()))?;
    let sector = &machine.sector;
    for side in [Side::Inner, Side::Outer] {
        let body = sector.body(side);
        let least = least_jacobian(&body.mesh);
        prop_assert!(least > 0.0, "{side:?}: a cell is inverted, {least}");
    }
    contents(case, &topology, &machine)?;
    solve(case, &machine)?;
    Ok(Outcome::Solved)
}

/// Magnets and coils are in the grid, whole.
fn contents(case: &Case, topology: &Topology, machine: &Machine) -> Result<(), TestCaseError> {
    let bill = topology.bill();
    let magnet = bill.magnet_area / bill.poles as f64;
    let found = machine.sector.inner.cells.magnet_area;
    prop_assert!(
        close(found, magnet, 0.15),
        "magnet area of a pole {found} in the grid, {magnet} in the drawing"
    );
    let coils: f64 = machine.sector.outer.cells.coil_area.iter().sum();
    prop_assert!(
        close(coils, bill.slot_area, 0.1),
        "slot area {coils} in the grid, {} in the drawing",
        bill.slot_area
    );
    let sides = machine.sector.outer.cells.coils.len();
    prop_assert_eq!(sides, case.scheme.layers);
    prop_assert!(bill.rotor_iron_area > 0.0 && bill.stator_iron_area > 0.0);
    Ok(())
}

fn solve(case: &Case, machine: &Machine) -> Result<(), TestCaseError> {
    let steel = Library::builtin().steel("M19_29G").unwrap();
    let law = IronLaw::new(&steel.bh, 0.95).unwrap();
    let materials = Materials {
        steels: vec![law.clone(), law],
        remanence: case.remanence,
        recoil_permeability: 1.05,
        kept: None,
    };
    let mut solver = Solver::new(&machine.sector);
    // Ampere-turns of a slot over the conductors that the scheme puts there.
    let conductors = case.scheme.turns_per_coil * case.scheme.layers as f64;
    let current = case.current_density * case.ipm.stator.slot_area() * 0.45 / conductors;
    for (id, iq) in [(0.0, 0.0), (-0.6 * current, 0.8 * current)] {
        let load = machine.load(machine.phase_currents(id, iq, case.shift));
        let (state, effort) = solver
            .solve(&materials, &load, case.shift, None)
            .map_err(|e| TestCaseError::fail(format!("{id} A, {iq} A: {e}")))?;
        prop_assert!(effort.iterations <= ITERATIONS, "{effort:?}");
        prop_assert!(state.a.iter().all(|a| a.is_finite()));
        prop_assert!(gap_torque(&machine.sector, &state).is_finite());
    }
    Ok(())
}

#[test]
fn random_machines_are_refused_or_solved() {
    let cases = std::env::var("DUALCERT_CASES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(20);
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 64,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let solved = std::cell::Cell::new(0_u32);
    let result = runner.run(&case(), |case| {
        if hold(&case)? == Outcome::Solved {
            solved.set(solved.get() + 1);
        }
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, case)) => panic!("{reason}\n{case:#?}"),
        Err(other) => panic!("{other}"),
    }
    // Were nearly all refused, the test would say nothing.
    assert!(
        4 * solved.get() >= cases,
        "only {} of {cases} fit",
        solved.get()
    );
}

/// The grid of the machine that finite elements solved follows every edge: what is given up to keep cells
/// sound costs accuracy.
#[test]
fn the_grid_of_the_reference_machine_follows_every_edge() {
    let text = include_str!("reference/prius_2004_pyleecan.json");
    let reference: Reference = serde_json::from_str(text).unwrap();
    let coils = layout_of(&reference.topology, &reference.winding).unwrap();
    for resolution in [Resolution::Coarse, Resolution::Standard, Resolution::Fine] {
        let plan = reference.topology.plan(&coils, resolution).unwrap();
        let machine = Machine::new(&plan, &coils, resolution).unwrap();
        let given_up: Vec<&str> = machine.sector.fallbacks().collect();
        assert!(given_up.is_empty(), "{resolution:?}: {given_up:?}");
    }
}
