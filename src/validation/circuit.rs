//! What a machine shows at its terminals: waveforms of a phase, and inductances of single phases.

use super::reference::GivenWaveform;
use crate::network::newton::{Materials, SolveError, Solver};
use crate::operate::machine::Machine;
use crate::operate::study::Study;
use crate::operate::waveform::{PhasePeaks, phase_peaks};
use crate::unit::rpm;

/// Peaks of flux linkage and voltage of the phases of the first set at a point and speed.
///
/// # Errors
/// When a field does not converge.
pub(super) fn waveform(
    machine: &Machine,
    materials: &Materials,
    given: &GivenWaveform,
) -> Result<PhasePeaks, SolveError> {
    let mut study = Study::new(machine, materials.clone(), machine.sector.unknowns());
    study.at(given.id_a, given.iq_a)?;
    let speed = machine.pole_pairs as f64 * given.speed_rpm * rpm::SCALE;
    let sets = study.phase_linkages();
    Ok(phase_peaks(sets.first().map_or(&[], Vec::as_slice), speed))
}

/// Self-inductance of the first phase and mean mutual inductance to the other two of its set [H], with a
/// current [A] in that phase alone, mean over the positions of the rotor. With magnets the linkage without
/// current is taken off.
///
/// # Errors
/// When a field does not converge.
pub(super) fn inductances(
    machine: &Machine,
    materials: &Materials,
    current: f64,
) -> Result<(f64, f64), SolveError> {
    let mut solver = Solver::new(&machine.sector);
    let phases = 3 * machine.phase_sets();
    let magnetised = materials.remanence != 0.0;
    let (mut own, mut mutual, mut positions) = (0.0, 0.0, 0.0);
    for shift in machine.shifts() {
        let mut linkages = |current: f64| {
            let mut currents = vec![0.0; phases];
            currents[0] = current;
            let (state, _) = solver.solve(materials, &machine.load(&currents), shift, None)?;
            Ok::<_, SolveError>(machine.phase_linkages(&state.a))
        };
        let with = linkages(current)?;
        let without = if magnetised {
            linkages(0.0)?
        } else {
            vec![0.0; phases]
        };
        let change = |k: usize| (with[k] - without[k]) / current;
        own += change(0);
        mutual += 0.5 * (change(1) + change(2));
        positions += 1.0;
    }
    Ok((own / positions, mutual / positions))
}
