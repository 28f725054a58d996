//! Random machines: either `fits` says what cannot be built, or the grid is sound, everything that the
//! drawing holds is in it, and the field is found. A topology has its generator in a file of its own and
//! registers with one line.
//!
//! `DUALCERT_CASES` sets how many are tried of each, 20 by default. The sequence is always the same, so
//! that a build does not fail by chance; a larger number goes further along it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

#[path = "laws_random/axial.rs"]
mod axial;
#[path = "laws_random/draw.rs"]
mod draw;
#[path = "laws_random/hold.rs"]
mod hold;
#[path = "laws_random/ipm.rs"]
mod ipm;
#[path = "laws_random/spoke.rs"]
mod spoke;
#[path = "laws_random/srm.rs"]
mod srm;
#[path = "laws_random/surface.rs"]
mod surface;

use draw::{Case, case};
use dualcert::operate::machine::Machine;
use dualcert::resolution::Resolution;
use dualcert::topology::RotorPosition;
use dualcert::validation::reference::Reference;
use hold::{Outcome, hold};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// Holds every random machine of a topology to the laws.
fn are_refused_or_solved(machines: &impl Strategy<Value = Case>) {
    each(machines, hold);
}

/// Holds every random machine to what `law` says of it.
fn each<C: std::fmt::Debug>(
    machines: &impl Strategy<Value = C>,
    law: impl Fn(&C) -> Result<Outcome, TestCaseError>,
) {
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
    let result = runner.run(machines, |case| {
        if law(&case)? == Outcome::Solved {
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

#[test]
fn random_interior_magnet_machines_are_refused_or_solved() {
    are_refused_or_solved(&case(ipm::machines()));
}

#[test]
fn random_spoke_machines_are_refused_or_solved() {
    are_refused_or_solved(&case(spoke::machines()));
}

#[test]
fn random_surface_magnet_machines_are_refused_or_solved() {
    are_refused_or_solved(&case(surface::machines(RotorPosition::Inner)));
}

#[test]
fn random_inset_magnet_machines_are_refused_or_solved() {
    are_refused_or_solved(&case(surface::inset_machines(RotorPosition::Inner)));
}

#[test]
fn random_surface_magnet_machines_with_outer_rotor_are_refused_or_solved() {
    are_refused_or_solved(&case(surface::machines(RotorPosition::Outer)));
}

#[test]
fn random_inset_magnet_machines_with_outer_rotor_are_refused_or_solved() {
    are_refused_or_solved(&case(surface::inset_machines(RotorPosition::Outer)));
}

#[test]
fn random_machines_with_axial_flux_are_refused_or_solved() {
    are_refused_or_solved(&case(axial::machines()));
}

#[test]
fn random_switched_reluctance_machines_are_refused_or_solved() {
    each(&srm::machines(), srm::hold);
}

/// The grid of the machine that finite elements solved follows every edge: what is given up to keep cells
/// sound costs accuracy.
#[test]
fn the_grid_of_the_reference_machine_follows_every_edge() {
    let text = include_str!("reference/prius_2004_pyleecan.json");
    let reference: Reference = serde_json::from_str(text).unwrap();
    let coils = reference.winding.on(&reference.topology).unwrap();
    for resolution in [Resolution::Coarse, Resolution::Standard, Resolution::Fine] {
        let plan = reference.topology.plan(&coils, resolution).unwrap();
        let machine = Machine::new(&plan, &coils, resolution).unwrap();
        let given_up: Vec<&str> = machine.sector.fallbacks().collect();
        assert!(given_up.is_empty(), "{resolution:?}: {given_up:?}");
    }
}
