//! The undamped three-phase short circuit, magnets hottest, at the greatest remanence with the least coercivity. A
//! verdict takes the worse of this corner and that of least remanence, so that it never finds more margin than there is
//! here.

use crate::demagnetise::{self, Demagnetisation};
use crate::evaluate::EvaluateError;
use crate::evaluate::prepared::Prepared;
use crate::evaluate::short::linkage_before_fault;
use crate::material::MagnetState;
use crate::network::reading::MagnetPlace;
use crate::operate::point::{FluxDensities, Point};
use crate::operate::study::Study;
use crate::topology::Topology;

/// What the short circuit does to the magnets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::evaluate) struct Fault {
    /// Currents [A].
    pub(in crate::evaluate) currents: (f64, f64),
    /// Margin to the knee [T].
    pub(in crate::evaluate) margin: f64,
    /// What the search for the current leaves open of it [T].
    pub(in crate::evaluate) search: f64,
    /// Where the margin is least: radius [m] and angle from the pole axis [rad].
    pub(in crate::evaluate) place: (f64, f64),
}

/// Secant steps at single positions, and whole points that are solved at most.
const STEPS: usize = 4;
const READINGS: usize = 2;
/// The flux linkage agrees when it misses its target by less than this share of it.
const AGREES: f64 = 1e-2;

/// The margin of a field to the knee; nothing without magnets.
pub(super) fn margin(
    topology: &Topology,
    state: &MagnetState,
    densities: &FluxDensities,
) -> Option<Demagnetisation> {
    let depth = |p: &MagnetPlace| topology.magnet_depth(p.rho, p.phi);
    demagnetise::judge(state, &densities.magnet.points(), &depth)
}

/// Finds the current at which the d flux linkage is that before the fault with the other sign (constant flux linkage
/// theorem, see `short::undamped_short_circuit`), and the margin there; or says why there is none. `before` holds the
/// point of most torque at maximum speed and the largest flux linkage [V s].
///
/// # Errors
/// When a field does not converge.
pub(super) fn worst(
    prepared: &Prepared,
    state: &MagnetState,
    study: &mut Study,
    (max_speed, largest): (&Point, f64),
) -> Result<Result<Fault, String>, EvaluateError> {
    let (no_load, _) = study.glance(0.0, 0.0)?;
    let stands = linkage_before_fault(prepared, max_speed, largest);
    let before = no_load.psi_d.abs().max(stands);
    let Some((mut id, slope)) = secant(study, prepared.limits.current, (no_load.psi_d, before))?
    else {
        return Ok(Err(
            "the d flux linkage does not fall with negative d current".to_owned(),
        ));
    };
    let (mut point, mut densities) = study.read(id, 0.0)?;
    for _ in 1..READINGS {
        if !agrees(&point, before) {
            id -= (point.psi_d + before) / slope;
            (point, densities) = study.read(id, 0.0)?;
        }
    }
    let found =
        margin(&prepared.candidate.topology, state, &densities).ok_or(EvaluateError::Geometry)?;
    // From the remanence down to the flux density at the fault an ampere takes no more than the mean.
    let per_ampere = (state.remanence_t - found.flux_density) / point.id.abs();
    Ok(Ok(Fault {
        currents: (point.id, 0.0),
        margin: found.margin,
        search: ((point.psi_d + before) / slope * per_ampere).abs(),
        place: found.worst_place,
    }))
}

fn agrees(point: &Point, before: f64) -> bool {
    (point.psi_d + before).abs() <= AGREES * before
}

/// The d current [A] of the fault at the first rotor position and the slope of the d flux linkage there [V s/A], by
/// secant steps from the whole current limit; nothing where the linkage does not fall with the current.
fn secant(
    study: &mut Study,
    reach: f64,
    (no_load, before): (f64, f64),
) -> Result<Option<(f64, f64)>, EvaluateError> {
    let (weakened, _) = study.glance(-reach, 0.0)?;
    let mut slope = (no_load - weakened.psi_d) / reach;
    let mut last = weakened;
    for _ in 0..STEPS {
        if slope <= 0.0 {
            return Ok(None);
        }
        let id = (last.id - (last.psi_d + before) / slope).min(0.0);
        if id == last.id || agrees(&last, before) {
            break;
        }
        let (seen, _) = study.glance(id, 0.0)?;
        slope = (seen.psi_d - last.psi_d) / (seen.id - last.id);
        last = seen;
    }
    let id = last.id - (last.psi_d + before) / slope;
    Ok((slope > 0.0 && id < 0.0).then_some((id, slope)))
}
