//! Minimum, nominal and maximum of a magnet's data, each with where it comes from.

use super::evidence::Evidence;
use super::quantity::{FieldStrength, FluxDensity};
use super::row::Band;

/// Which end of the published data is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Corner {
    /// Minimum Br and minimum HcJ: torque and demagnetisation.
    Minimum,
    /// Nominal Br and HcJ.
    Nominal,
    /// Maximum Br (HcJ as nominal): EMF and short-circuit current.
    Maximum,
}

impl Corner {
    /// The word of bases and output.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Corner::Minimum => "minimum",
            Corner::Nominal => "nominal",
            Corner::Maximum => "maximum",
        }
    }
}

/// Where a corner value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The row prints it.
    Published,
    /// The middle of a published band.
    Midpoint,
    /// From the tolerance that other rows of the family print.
    Derived,
    /// Another corner of the same row stands in, on the safe side.
    StandIn,
}

impl Origin {
    /// The word of bases.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Origin::Published => "published",
            Origin::Midpoint => "middle of the published band",
            Origin::Derived => "derived from the tolerance of its family",
            Origin::StandIn => "only another corner is published",
        }
    }
}

/// Three corners of one quantity, each with its origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corners {
    /// Least value.
    pub minimum: (f64, Origin),
    /// Nominal value.
    pub nominal: (f64, Origin),
    /// Greatest value.
    pub maximum: (f64, Origin),
}

impl Corners {
    /// The value of one corner and its origin.
    #[must_use]
    pub fn at(&self, corner: Corner) -> (f64, Origin) {
        match corner {
            Corner::Minimum => self.minimum,
            Corner::Nominal => self.nominal,
            Corner::Maximum => self.maximum,
        }
    }
}

/// Corners of Br. A corner that is not printed is the middle of the band, or `tolerance_t` from the
/// nominal.
pub(super) fn remanence_corners(band: Band<FluxDensity>, tolerance_t: Option<f64>) -> Corners {
    let printed = |q: Option<FluxDensity>| q.map(|q| (q.0, Origin::Published));
    let (min, max) = (band.min.map(|q| q.0), band.max.map(|q| q.0));
    let nominal = printed(band.nominal).unwrap_or_else(|| match (min, max) {
        (Some(min), Some(max)) => ((min + max) / 2.0, Origin::Midpoint),
        (Some(one), None) | (None, Some(one)) => (one, Origin::StandIn),
        (None, None) => (f64::NAN, Origin::StandIn),
    });
    let aside = |sign: f64| match tolerance_t {
        Some(tolerance) => (nominal.0 + sign * tolerance, Origin::Derived),
        None => (nominal.0, Origin::StandIn),
    };
    let minimum = printed(band.min).unwrap_or_else(|| aside(-1.0));
    Corners {
        minimum,
        nominal,
        maximum: printed(band.max).unwrap_or_else(|| aside(1.0)),
    }
}

/// Corners of HcJ. Where only a typical value is printed, the minimum lies below it by the greatest
/// gap that any row prints; more than what is printed is never assumed.
pub(super) fn coercivity_corners(band: Band<FieldStrength>, evidence: &Evidence) -> Corners {
    let printed = |q: Option<FieldStrength>| q.map(|q| (q.0, Origin::Published));
    let minimum = printed(band.min);
    let nominal = printed(band.nominal)
        .or_else(|| minimum.map(|(value, _)| (value, Origin::StandIn)))
        .or_else(|| printed(band.max))
        .unwrap_or((f64::NAN, Origin::StandIn));
    let minimum = minimum.unwrap_or((
        nominal.0 * (1.0 - evidence.coercivity_gap_ratio),
        Origin::Derived,
    ));
    Corners {
        minimum,
        nominal,
        maximum: (nominal.0, Origin::StandIn),
    }
}
