//! Grain-boundary diffusion: the magnet is strong at its surface and keeps its old HcJ inside.
//!
//! A data sheet prints one HcJ. Diffusion raises it strongly to a depth of 0.3 to 1.0 mm, so the core
//! of a thicker magnet is weaker than the sheet says.

use super::row::{Confidence, MagnetRow, Process};

/// Core HcJ over surface HcJ where only the surface is published: the smallest ratio of base to
/// diffused magnet at hand, 1000 to 1727 kA/m (TbF3, J. Magn. Magn. Mater. 2017, abstract) [1].
pub const CORE_TO_SURFACE_DEFAULT_RATIO: f64 = 1000.0 / 1727.0;

/// Depth constant where none is published: the short end of the published 0.3 to 1.0 mm [m].
pub const DEPTH_DEFAULT_M: f64 = 0.3e-3;

/// Core and surface of a diffused grade at 20 °C.
#[derive(Debug, Clone, PartialEq)]
pub struct Diffusion {
    /// HcJ at the surface [A/m].
    pub surface_hcj_20c_a_per_m: f64,
    /// HcJ far inside [A/m].
    pub core_hcj_20c_a_per_m: f64,
    /// Depth at which the gain has fallen to 1/e [m].
    pub depth_m: f64,
    /// Who says so.
    pub source: String,
    /// How far to trust it.
    pub confidence: Confidence,
}

impl Diffusion {
    /// The profile of a row; for a diffused grade that publishes none, the defaults on its published
    /// HcJ. `None` for a grade that is not diffused.
    pub(super) fn of(row: &MagnetRow, hcj_20c_a_per_m: Option<f64>) -> Option<Diffusion> {
        if let Some(diffusion) = &row.diffusion {
            return Some(Diffusion {
                surface_hcj_20c_a_per_m: diffusion.surface_hcj_20c_ka_per_m.0,
                core_hcj_20c_a_per_m: diffusion.core_hcj_20c_ka_per_m.0,
                depth_m: diffusion.depth_m,
                source: diffusion.source.clone(),
                confidence: diffusion.confidence,
            });
        }
        if row.process != Process::GrainBoundaryDiffused {
            return None;
        }
        hcj_20c_a_per_m.map(|surface| Diffusion {
            surface_hcj_20c_a_per_m: surface,
            core_hcj_20c_a_per_m: surface * CORE_TO_SURFACE_DEFAULT_RATIO,
            depth_m: DEPTH_DEFAULT_M,
            source:
                "no profile published: the weakest published core and the shortest published depth"
                    .to_owned(),
            confidence: Confidence::Estimated,
        })
    }
}
