//! What a machine does along its axes: inductances, saliency, and the currents that its magnets can drive.

use super::EvaluateError;
use super::corner::materials;
use super::pathway::Twin;
use super::prepared::Prepared;
use crate::material::MagnetState;
use crate::network::newton::SolveError;
use crate::operate::study::{Cost, Study};

/// Quantities of the d and the q axis. The d inductance is the chord from no load to the characteristic
/// current, the q inductance the chord up to the rated current: both are flux over current.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axes {
    /// Current along negative d at which the d flux linkage vanishes, nominal remanence, 20 °C [A].
    pub characteristic: Twin,
    /// The same, magnets coldest, greatest remanence: the sustained three-phase short circuit with
    /// resistance neglected [A].
    pub short_circuit: Twin,
    /// d inductance [H].
    pub inductance_d: Twin,
    /// q inductance [H].
    pub inductance_q: Twin,
    /// q inductance over d inductance.
    pub saliency: Twin,
    /// q current at which the q inductance is stated [A].
    pub current_q: f64,
}

/// Currents beyond this many times the limit are not looked for.
const FARTHEST: f64 = 20.0;

/// What is known before: the hot machine on both grids with its d limit and rated point solved, and the flux
/// of the magnets at the two states.
pub(super) struct Known<'k, 'm> {
    /// Hot machine at standard resolution.
    pub standard: &'k mut Study<'m>,
    /// Hot machine at coarse resolution.
    pub coarse: &'k mut Study<'m>,
    /// Rated currents [A].
    pub rated: (f64, f64),
    /// No-load flux linkage, nominal remanence, 20 °C [V s].
    pub nominal: Twin,
    /// No-load flux linkage, magnets coldest, greatest remanence [V s].
    pub cold: Twin,
}

/// Solves the axes at nominal remanence and 20 °C, and the short circuit of the strong, cold magnet; or
/// says why there is no such number.
///
/// The coarse grid finds the currents. What the standard grid changes of them is known from the hot
/// machine, whose d limit and rated point are solved on both: the inductances change by the same shares.
pub(super) fn read(
    prepared: &Prepared,
    (nominal, strong): (&MagnetState, &MagnetState),
    known: &mut Known,
    cost: &mut Cost,
) -> Result<Axes, String> {
    match solve(prepared, (nominal, strong), known, cost) {
        Ok(Some(axes)) => Ok(axes),
        Ok(None) => Err(format!(
            "no d current within {FARTHEST} times the limit cancels the magnets' flux"
        )),
        Err(error) => Err(format!("the d axis was not solved: {error}")),
    }
}

fn solve(
    prepared: &Prepared,
    (nominal, strong): (&MagnetState, &MagnetState),
    known: &mut Known,
    cost: &mut Cost,
) -> Result<Option<Axes>, EvaluateError> {
    let reach = prepared.limits.current;
    let slope = |study: &mut Study| -> Result<f64, SolveError> {
        Ok((study.at(0.0, 0.0)?.psi_d - study.at(-reach, 0.0)?.psi_d) / reach)
    };
    let (fine_d, rough_d) = (slope(known.standard)?, slope(known.coarse)?);
    let (id, iq) = known.rated;
    let (fine_q, rough_q) = (
        known.standard.at(id, iq)?.psi_q,
        known.coarse.at(id, iq)?.psi_q,
    );
    if fine_d <= 0.0 || rough_d <= 0.0 || fine_q <= 0.0 || rough_q <= 0.0 {
        return Ok(None);
    }
    let unit = prepared.standard.sector.unknowns();
    let study = |state| Study::new(&prepared.coarse, materials(prepared, state), unit);
    let (mut first, mut second) = (study(nominal), study(strong));
    let farthest = FARTHEST * reach;
    let characteristic = cancelling(&mut first, known.nominal.coarse, rough_d, farthest)?;
    let short_circuit = cancelling(&mut second, known.cold.coarse, rough_d, farthest)?;
    let current_q = id.hypot(iq);
    let inductance_q = first.at(0.0, current_q)?.psi_q / current_q;
    cost.add(&first.cost);
    cost.add(&second.cost);
    let (Some(characteristic), Some(short_circuit)) = (characteristic, short_circuit) else {
        return Ok(None);
    };
    let twin = |coarse: f64, share: f64, input: f64| Twin {
        standard: share * coarse,
        coarse,
        input: input * share * coarse,
        check: 0.0,
    };
    // What tolerances move of the magnets' flux moves the currents that it drives.
    let driven = |current: f64, linkage: &Twin| {
        let share = linkage.standard / linkage.coarse / (fine_d / rough_d);
        twin(current, share, linkage.input / linkage.standard)
    };
    let inductance_d = known.nominal.coarse / characteristic;
    let (share_d, share_q) = (fine_d / rough_d, fine_q / rough_q);
    Ok(Some(Axes {
        characteristic: driven(characteristic, &known.nominal),
        short_circuit: driven(short_circuit, &known.cold),
        inductance_d: twin(inductance_d, share_d, 0.0),
        inductance_q: twin(inductance_q, share_q, 0.0),
        saliency: twin(inductance_q / inductance_d, share_q / share_d, 0.0),
        current_q,
    }))
}

/// The current along negative d [A] that cancels the d flux linkage, ψ_d(-I, 0) = 0, from its value
/// without current and a slope. (Characteristic current: R. Schiferl, T. A. Lipo, "Power capability of
/// salient pole permanent magnet synchronous motors in variable speed drive applications", IEEE Trans. Ind.
/// Appl. 26 (1990) 115-123.)
fn cancelling(
    study: &mut Study,
    no_load: f64,
    slope: f64,
    farthest: f64,
) -> Result<Option<f64>, SolveError> {
    let guess = no_load / slope;
    if guess.is_nan() || guess <= 0.0 || guess > farthest {
        return Ok(None);
    }
    let left = study.at(-guess, 0.0)?.psi_d;
    let chord = (no_load - left) / guess;
    if chord <= 0.0 {
        return Ok(None);
    }
    // Close enough already: what is left is a small share of the flux, over which it hardly bends.
    let current = if left.abs() <= 0.03 * no_load {
        guess + left / chord
    } else {
        -study
            .d_current_for((0.0, no_load), -no_load / chord, chord)?
            .id
    };
    Ok((current > 0.0 && current <= farthest).then_some(current))
}
