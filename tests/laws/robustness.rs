//! The energy is convex, so there is one solution and every start leads to it.

use crate::subject::{Subject, assert_close, at, materials};
use dualcert::network::newton::Solver;
use dualcert::resolution::Resolution;

pub fn newton_converges_at_absurd_currents(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    for current in [1e3, 1e4, 1e5] {
        for (d, q) in [(-1.0, 0.0), (0.0, 1.0), (1.0, 0.0), (-0.7, -0.7)] {
            let solved = at(&machine, &materials, (d * current, q * current), 1);
            assert!(solved.state.a.iter().all(|a| a.is_finite()));
        }
    }
}

/// Numbers between -1 and 1 that look random (D. E. Knuth's MMIX generator).
fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

pub fn newton_converges_from_any_start(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let (id, iq) = subject.motoring();
    let load = machine.load(machine.phase_currents(id, iq, 1));
    let mut solver = Solver::new(&machine.sector);
    let right = at(&machine, &materials, (id, iq), 1);
    let scale = right.psi_d.hypot(right.psi_q);
    for (seed, amplitude) in (1..).zip([1e-4, 1e-2, 0.1, 1.0, 10.0]) {
        let mut next = noise(seed);
        let mut start = right.state.clone();
        for a in &mut start.a {
            *a = amplitude * next();
        }
        let (state, effort) = solver.solve(&materials, &load, 1, Some(&start)).unwrap();
        assert!(effort.iterations <= 60);
        // Potentials deep in unsaturated iron cost next to nothing and may differ by a thousandth where
        // Newton stops; what is read off the field does not.
        let linkages = machine.phase_linkages(&state.a);
        for (found, expected) in linkages.iter().zip(&right.linkages) {
            assert_close(*found, *expected, scale, 1e-5, "phase linkage");
        }
    }
}

/// Along the axes from no load to far beyond the limit, each point from the one before: where the bend of a
/// magnetisation curve moves through the iron, a step that ends beyond the minimum would swing about it.
pub fn newton_needs_few_iterations_from_a_neighbour(subject: &Subject) {
    let machine = subject.machine(Resolution::Standard);
    let mut solver = Solver::new(&machine.sector);
    for remanence in [0.4, 1.0, 1.4] {
        let materials = materials(remanence);
        for (d, q) in [(-1.0, 0.0), (0.0, 1.0)] {
            let mut last = None;
            for share in [0.0, 0.1, 0.5, 4.0] {
                let current = share * subject.current;
                let load = machine.load(machine.phase_currents(d * current, q * current, 4));
                let (state, effort) = solver.solve(&materials, &load, 4, last.as_ref()).unwrap();
                assert!(
                    effort.iterations <= 20,
                    "{remanence} T, {d} {q} times {current} A: {effort:?}"
                );
                last = Some(state);
            }
        }
    }
}
