//! What a fault leaves behind: magnets pushed beyond their knee recoil on a lower line, and the machine
//! is weaker afterwards.

use super::EvaluateError;
use super::pathway::Twin;
use super::prepared::Prepared;
use crate::demagnetise::remanence_after;
use crate::material::MagnetState;
use crate::network::newton::{Materials, rotor_points};
use crate::operate::study::{Cost, Study};
use crate::topology::Topology;

/// State after a fault, at map resolution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AfterFault {
    /// Share of the magnet's area that was pushed beyond its knee.
    pub affected_share: f64,
    /// Mean loss of remanence over the magnet, over the remanence.
    pub remanence_loss: f64,
    /// Loss of torque at the currents of the peak point, over the torque before.
    pub torque_loss: f64,
    /// Loss of no-load flux linkage, over the one before.
    pub linkage_loss: f64,
}

/// What was lost, and what would be lost if the knee lay higher by the uncertainty of the margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaultLoss {
    /// With the knee as it is.
    pub found: AfterFault,
    /// With the knee raised.
    pub raised: AfterFault,
}

impl FaultLoss {
    /// A number and its raised counterpart, as value and the span to the worst.
    pub fn band(&self, of: fn(&AfterFault) -> f64) -> (f64, f64) {
        let (value, worst) = (of(&self.found), of(&self.raised));
        (value, (worst - value).max(0.0))
    }
}

/// Change below which the remanence of a point has settled, over the remanence.
const SETTLED: f64 = 5e-4;
/// Field solutions after which the remanence must have settled; it falls monotonically.
const REPEATS: usize = 15;

/// Applies a fault at the given currents to magnets that hold `kept` of their remanence, point by point,
/// lowers `kept` to what is left, and compares the machine before and after at the peak currents.
///
/// The field is solved with straight recoil lines; where it lies beyond the knee, the point moves to the
/// recoil line on which the demagnetisation curve has that flux density. A weaker magnet lets the flux
/// density fall further, so this repeats until nothing changes; remanence only ever falls, and a repeated
/// fault finds the same end.
///
/// # Errors
/// When a field does not converge.
pub(super) fn apply(
    prepared: &Prepared,
    topology: &Topology,
    state: &MagnetState,
    fault: (f64, f64),
    peak: (f64, f64),
    kept: &mut [f64],
    cost: &mut Cost,
) -> Result<AfterFault, EvaluateError> {
    let unit = prepared.standard.sector.unknowns();
    let study = |kept: Option<Vec<f64>>| {
        let materials = Materials {
            steels: prepared.steels.clone(),
            remanence: state.remanence_t,
            recoil_permeability: state.recoil_permeability,
            kept,
        };
        Study::new(&prepared.coarse, materials, unit)
    };
    let (mut lost, mut affected, mut area) = (0.0, 0.0, 0.0);
    for _ in 0..REPEATS {
        let mut with = study(Some(kept.to_vec()));
        let (_, densities) = with.read(fault.0, fault.1)?;
        cost.add(&with.cost);
        let mut largest: f64 = 0.0;
        (lost, affected, area) = (0.0, 0.0, 0.0);
        for point in densities.magnet.points() {
            let p = point.at;
            let depth = topology.magnet_depth(p.rho, p.phi);
            let left =
                (remanence_after(state, point.along, depth) / state.remanence_t).min(kept[p.index]);
            largest = largest.max(kept[p.index] - left);
            kept[p.index] = left;
            area += p.area;
            lost += p.area * (1.0 - left);
            affected += if left < 1.0 - SETTLED { p.area } else { 0.0 };
        }
        if largest < SETTLED {
            break;
        }
    }
    if area == 0.0 || lost == 0.0 {
        return Ok(AfterFault {
            affected_share: 0.0,
            remanence_loss: 0.0,
            torque_loss: 0.0,
            linkage_loss: 0.0,
        });
    }
    let (mut whole, mut hurt) = (study(None), study(Some(kept.to_vec())));
    let (before, after) = (whole.at(peak.0, peak.1)?, hurt.at(peak.0, peak.1)?);
    let (full, less) = (whole.at(0.0, 0.0)?, hurt.at(0.0, 0.0)?);
    cost.add(&whole.cost);
    cost.add(&hurt.cost);
    Ok(AfterFault {
        affected_share: affected / area,
        remanence_loss: lost / area,
        torque_loss: 1.0 - after.torque / before.torque,
        linkage_loss: 1.0 - less.psi_d / full.psi_d,
    })
}

/// The loss by a fault whose margin is known, with its span.
///
/// # Errors
/// When a field does not converge.
pub(super) fn loss(
    prepared: &Prepared,
    state: &MagnetState,
    fault: (f64, f64),
    peak: (f64, f64),
    margin: (&Twin, f64),
    cost: &mut Cost,
) -> Result<FaultLoss, EvaluateError> {
    let topology = &prepared.candidate.topology;
    let (twin, uncertainty) = margin;
    let none = AfterFault {
        affected_share: 0.0,
        remanence_loss: 0.0,
        torque_loss: 0.0,
        linkage_loss: 0.0,
    };
    let mut kept = vec![1.0; rotor_points(&prepared.coarse.sector)];
    let mut with =
        |state: &MagnetState| apply(prepared, topology, state, fault, peak, &mut kept, cost);
    let found = with(state)?;
    // A higher knee takes more than a lower one, so the second search starts where the first ended.
    // Even a point a percentile below the judged one stays above its knee where the margin is ample.
    let raised = if twin.standard > 4.0 * uncertainty && found == none {
        none
    } else {
        with(&raised(state, uncertainty))?
    };
    Ok(FaultLoss { found, raised })
}

/// The magnet with its knee raised by a flux density [T].
fn raised(state: &MagnetState, by: f64) -> MagnetState {
    let weaker = by / (crate::unit::MU_0 * state.recoil_permeability * state.knee_factor);
    let mut out = state.clone();
    out.coercivity_hcj_a_per_m = (state.coercivity_hcj_a_per_m - weaker).max(1.0);
    out.knee_flux_density_t += by;
    if let Some(graded) = &mut out.core {
        graded.surface_hcj_a_per_m = (graded.surface_hcj_a_per_m - weaker).max(1.0);
        graded.core_hcj_a_per_m = (graded.core_hcj_a_per_m - weaker).max(1.0);
    }
    out
}
