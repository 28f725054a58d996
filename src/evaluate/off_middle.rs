//! What stator and rotor of a machine with axial flux pull each other by, and how that changes off the middle.

use super::EvaluateError;
use super::pathway::Twin;
use super::prepared::Prepared;
use super::uncertainty::{Band, band, gap};
use crate::network::newton::Materials;
use crate::network::sector::Side;
use crate::operate::off_middle::OffMiddle;
use crate::operate::study::Cost;
use crate::unit::round_significant;

/// One newton per millimetre [N/m].
pub(super) const N_PER_MM: f64 = 1e3;

/// Share of the gap by which it is moved either way. What changes is linear, so that it may be little.
const MOVED: f64 = 0.01;

/// Numerical uncertainty of what is left of two pulls, over itself: coarse and standard grid differ by less.
const LEFT: f64 = 0.1;

/// The pull without currents, magnets coldest and of greatest remanence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AxialPull {
    /// Across each gap, on both grids [N].
    pub per_gap: [f64; 2],
    /// What pulls whatever lies between two gaps further from the middle of them over the way that it is off, on the coarse
    /// grid [N/m]; nothing with one gap.
    pub off_middle: Option<f64>,
}

/// What pulls whatever lies between two flat gaps further from the middle of them over the way that it is off [N/m], at
/// currents [A] that stand still, on the coarse grid; nothing of another machine.
///
/// # Errors
/// When a gap does not fit, or a field does not converge.
pub(super) fn off_middle(
    prepared: &Prepared,
    materials: &Materials,
    currents: (f64, f64),
    cost: &mut Cost,
) -> Result<Option<f64>, EvaluateError> {
    if prepared.bill.disc.is_none_or(|disc| disc.gaps < 2) {
        return Ok(None);
    }
    let topology = &prepared.candidate.topology;
    let (layout, resolution) = (&prepared.layout, prepared.coarse.resolution);
    let by = MOVED * prepared.bill.air_gap;
    let plan = |by: f64| {
        let changed = topology.with_air_gap_changed(by);
        changed
            .plan(layout, resolution)
            .ok_or(EvaluateError::Geometry)
    };
    let plans = [plan(0.0)?, plan(-by)?, plan(by)?];
    let cut = if topology.halves_its_magnets() {
        Side::Rotor
    } else {
        Side::Stator
    };
    let halves = OffMiddle::new(plans, by, cut, (layout, resolution))?;
    let (found, solves, iterations) = halves.per_way(materials, currents)?;
    let unit = prepared.standard.sector.unknowns();
    cost.count(resolution, (solves, iterations), (halves.unknowns(), unit));
    Ok(Some(found))
}

impl AxialPull {
    /// The pull across each gap [N]: that of a flux density, squared, so that its root has the band of one.
    pub(super) fn band(&self, prepared: &Prepared) -> Result<Band, String> {
        let [standard, coarse] = self.per_gap;
        let root = standard.sqrt();
        let tolerances = prepared.candidate.tolerances.as_ref();
        let by_gap = tolerances
            .and_then(|t| t.air_gap)
            .map_or(0.0, |by| 2.0 * standard * by / prepared.bill.air_gap);
        let by_remanence = tolerances
            .and_then(|t| t.remanence_ratio)
            .map_or(0.0, |ratio| 2.0 * ratio * standard);
        let twin = Twin {
            standard: root,
            coarse: coarse.sqrt(),
            input: by_gap.hypot(by_remanence) / (2.0 * root),
            check: 0.0,
        };
        let topology = &prepared.candidate.topology;
        let kind = gap(topology);
        let found = band(topology.name(), kind, &twin, root, tolerances.is_some())?;
        let share = found.uncertainty / root;
        Ok(Band {
            value: standard,
            uncertainty: standard * share * (2.0 + share),
            basis: format!(
                "stress in the gap, uncertain as the square of a flux density of which {} % are: {}",
                round_significant(100.0 * share, 3),
                found.basis
            ),
        })
    }

    /// What is left of the pulls of two gaps off the middle of them [N/m]; nothing with one gap.
    pub(super) fn left(&self, prepared: &Prepared) -> Option<Result<Band, String>> {
        let value = self.off_middle?;
        Some(self.band(prepared).map(|pull| {
            let share = pull.uncertainty / pull.value;
            Band {
                value,
                uncertainty: value.abs() * share.hypot(LEFT),
                basis: format!(
                    "for a small way, field linear about the middle, its change without what the symmetry of the middle holds; \
                     coarse grid, {} % of it numerical, else as uncertain as the pull: {}",
                    100.0 * LEFT,
                    pull.basis
                ),
            }
        }))
    }
}
