//! The error estimate holds what it promises.

use crate::subject::{Subject, materials};
use dualcert::operate::study::Study;
use dualcert::resolution::Resolution;

/// Floor of the estimate, as a share of the largest linkage and of the largest torque: two grids may
/// agree by chance.
const FLOOR: f64 = 0.007;

pub fn a_finer_grid_stays_within_the_error_estimate(subject: &Subject) {
    let (id, iq) = subject.motoring();
    let solve = |resolution| {
        let machine = subject.machine(resolution);
        let unknowns = machine.sector.unknowns();
        let mut study = Study::new(&machine, materials(1.2), unknowns);
        let no_load = study.at(0.0, 0.0).unwrap();
        let loaded = study.at(id, iq).unwrap();
        [no_load.psi_d, loaded.psi_d, loaded.psi_q, loaded.torque]
    };
    let coarse = solve(Resolution::Coarse);
    let standard = solve(Resolution::Standard);
    let fine = solve(Resolution::Fine);
    let largest = fine[0].abs().max(fine[1].hypot(fine[2]));
    let scales = [largest, largest, largest, fine[3].abs()];
    for (k, what) in ["no-load linkage", "d linkage", "q linkage", "torque"]
        .iter()
        .enumerate()
    {
        let estimate = (1.5 * (standard[k] - coarse[k]).abs()).max(FLOOR * scales[k]);
        let moved = (fine[k] - standard[k]).abs();
        assert!(
            moved <= estimate,
            "{what}: {} coarse, {} standard, {} fine; the estimate at standard is {estimate}",
            coarse[k],
            standard[k],
            fine[k]
        );
    }
}
