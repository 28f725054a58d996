//! Resolution of the field and the number of grid columns that follows from it.

use crate::winding::greatest_common_divisor;
use serde::{Deserialize, Serialize};

/// How finely the field is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// For maps and screening.
    Coarse,
    /// For verdicts.
    Standard,
    /// For validation.
    Fine,
}

impl Resolution {
    /// Its name at the surface.
    pub fn name(self) -> &'static str {
        match self {
            Resolution::Coarse => "coarse",
            Resolution::Standard => "standard",
            Resolution::Fine => "fine",
        }
    }
}

/// Rotor positions in 60 electrical degrees. Five never meet a slot harmonic of integral-slot windings
/// at the same phase each time, as four or six would.
pub const POSITIONS: usize = 5;

/// What is wanted at a resolution, more at each than at the one before.
fn rising(wanted: impl Fn(Resolution) -> usize, resolution: Resolution) -> usize {
    let coarse = wanted(Resolution::Coarse);
    let standard = wanted(Resolution::Standard).max(coarse + 1);
    match resolution {
        Resolution::Coarse => coarse,
        Resolution::Standard => standard,
        Resolution::Fine => wanted(Resolution::Fine).max(standard + 1),
    }
}

/// Columns of a sector with the given slots and poles: enough for the resolution, and divisible into
/// slots, poles and rotor positions.
pub fn columns(slots: usize, poles: usize, resolution: Resolution) -> usize {
    let by_poles = 3 * POSITIONS * poles;
    let unit = slots / greatest_common_divisor(slots, by_poles) * by_poles;
    let distributed = slots >= 3 * poles;
    let wanted = |resolution| {
        let (per_pole, per_slot) = match (resolution, distributed) {
            (Resolution::Coarse, true) => (30, 5),
            (Resolution::Standard, true) => (60, 10),
            (Resolution::Fine, true) => (120, 20),
            (Resolution::Coarse, false) => (18, 7),
            (Resolution::Standard, false) => (30, 12),
            (Resolution::Fine, false) => (60, 24),
        };
        (per_pole * poles).max(per_slot * slots).div_ceil(unit)
    };
    unit * rising(wanted, resolution)
}

/// Columns of a sector with salient poles on both sides, `bore` long at the middle of the air gap [m] and with
/// a gap of `gap` [m]: divisible into stator pitches and into half rotor pitches, so that the grid turns from
/// the aligned to the unaligned position, and from one phase to the next, by whole columns.
pub fn salient_columns(
    (stator_poles, rotor_poles): (usize, usize),
    (bore, gap): (f64, f64),
    resolution: Resolution,
) -> usize {
    let half_pitches = 2 * rotor_poles;
    let unit = stator_poles / greatest_common_divisor(stator_poles, half_pitches) * half_pitches;
    // A pole edge lies up to half a column from the next line, and bends the field over a few gaps.
    let wanted = |resolution| {
        let (per_pitch, gaps): (usize, f64) = match resolution {
            Resolution::Coarse => (20, 4.0),
            Resolution::Standard => (36, 2.0),
            Resolution::Fine => (72, 1.0),
        };
        let by_poles = per_pitch * stator_poles.max(rotor_poles);
        let by_gap = (bore / (gaps * gap)).ceil() as usize;
        by_poles.max(by_gap.min(4 * by_poles)).div_ceil(unit)
    };
    unit * rising(wanted, resolution)
}
