//! Demagnetisation by location: how far every part of a magnet stays above its knee, and what is left
//! of it where it does not.

use crate::material::MagnetState;
use crate::network::reading::{MagnetPlace, MagnetPoint, area_percentile};

/// The area share of the magnet that may lie below the flux density that is compared with the knee. A
/// pointwise minimum sits in a corner singularity and does not converge with the grid.
pub const DECISION_PERCENTILE: f64 = 0.01;

/// Depth [m] of a magnet point below the nearest face of its magnet; the machine knows its magnets.
pub type Depth<'a> = &'a dyn Fn(&MagnetPlace) -> f64;

/// What a field does to a magnet.
#[derive(Debug, Clone, PartialEq)]
pub struct Demagnetisation {
    /// Percentile of flux density minus knee, both local [T].
    pub margin: f64,
    /// Percentile of the flux density along the magnetisation [T].
    pub flux_density: f64,
    /// Where the margin is least: radius [m] and angle from the pole axis [rad].
    pub worst_place: (f64, f64),
}

/// Flux density at the knee [T] at a depth below the surface. In a graded magnet the coercivity falls
/// from the surface inwards, so the knee rises.
pub fn knee(state: &MagnetState, depth: f64) -> f64 {
    let coercivity = state
        .core
        .as_ref()
        .map_or(state.coercivity_hcj_a_per_m, |graded| {
            graded.hcj_a_per_m(depth)
        });
    state.remanence_t
        - crate::unit::MU_0 * state.recoil_permeability * state.knee_factor * coercivity
}

/// Judges a field by its worst slice: `points` hold the least flux density over the positions. Nothing without
/// points.
pub fn judge(state: &MagnetState, points: &[MagnetPoint], depth: Depth) -> Option<Demagnetisation> {
    let slices = points.chunk_by(|a, b| a.at.slice == b.at.slice);
    slices
        .filter_map(|points| judge_slice(state, points, depth))
        .min_by(|a, b| a.margin.total_cmp(&b.margin))
}

fn judge_slice(
    state: &MagnetState,
    points: &[MagnetPoint],
    depth: Depth,
) -> Option<Demagnetisation> {
    let margins: Vec<(f64, f64)> = points
        .iter()
        .map(|p| (p.along - knee(state, depth(&p.at)), p.at.area))
        .collect();
    let along: Vec<(f64, f64)> = points.iter().map(|p| (p.along, p.at.area)).collect();
    let worst = points
        .iter()
        .zip(&margins)
        .min_by(|a, b| a.1.0.total_cmp(&b.1.0))?
        .0;
    Some(Demagnetisation {
        margin: area_percentile(&margins, DECISION_PERCENTILE)?,
        flux_density: area_percentile(&along, DECISION_PERCENTILE)?,
        worst_place: worst.at.place,
    })
}

/// Remanence [T] of the recoil line on which a point lies after its flux density has been at `least`
/// below the knee.
///
/// Below the knee the polarisation falls on a straight line to zero at -HcJ; the magnet recoils from
/// there with its recoil permeability. (P. Zhou and others, "Temperature-dependent demagnetization
/// model of permanent magnets for finite element analysis", IEEE Trans. Magn. 48 (2012) 1031-1034.)
pub fn remanence_after(state: &MagnetState, least: f64, depth: f64) -> f64 {
    let mu = crate::unit::MU_0 * state.recoil_permeability;
    let coercivity = state
        .core
        .as_ref()
        .map_or(state.coercivity_hcj_a_per_m, |graded| {
            graded.hcj_a_per_m(depth)
        });
    let knee_field = state.knee_factor * coercivity;
    let knee_b = state.remanence_t - mu * knee_field;
    if least >= knee_b {
        return state.remanence_t;
    }
    // B on the falling line: from (-k HcJ, B_knee) to (-HcJ, -µ0 HcJ), where J is zero.
    let (run, end) = (coercivity - knee_field, -crate::unit::MU_0 * coercivity);
    let field = if run > 0.0 {
        knee_field + run * (knee_b - least) / (knee_b - end)
    } else {
        knee_field
    };
    // Beyond -HcJ the magnet holds nothing.
    (least + mu * field.min(coercivity)).clamp(0.0, state.remanence_t)
}
