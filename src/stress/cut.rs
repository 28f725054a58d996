//! What of a solved stress is compared with the yield strength.
//!
//! Corners of pockets are drawn sharp, and at a sharp corner the stress of an elastic body grows without end as the
//! triangles shrink. So no pointwise maximum is taken there. Every section from wall to surface is linearised
//! instead into the parts that balance the load, membrane and bending, as the design by analysis of pressure vessels
//! does (ASME Boiler and Pressure Vessel Code, section VIII division 2, annex 5-A, by memory: bending only of the
//! stress across the section, membrane of all three components). The rest is peak stress, which a ductile sheet
//! evens out by yielding in a spot and which counts for fatigue. Round surfaces have no such corners, so that the
//! stress counts there point by point.

use super::StressError;
use super::plane::{Strained, Stress};
use super::solid::{Cut, Solid};
use crate::geometry::Point;

/// Points of a section, the closer to its beginning, where a corner may be, the denser: the midpoint rule in the third
/// root of the way.
const POINTS: usize = 256;

/// How far the chords of a round surface lie inside it at most, over its radius.
const CHORD: f64 = 1e-5;

/// Equivalent stress somewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peak {
    /// Where, for people.
    pub place: &'static str,
    /// Where: the end of the section that is stressed more, or the point of the surface.
    pub at: Point,
    /// Equivalent stress of von Mises [Pa].
    pub stress: f64,
}

/// All sections and round surfaces, the largest stress first.
///
/// # Errors
/// When a section leaves the iron.
pub(super) fn peaks(solid: &Solid, strained: &Strained) -> Result<Vec<Peak>, StressError> {
    let mut found = vec![];
    for cut in &solid.cuts {
        found.push(linearised(cut, strained)?);
    }
    let places = [
        "surface of the rotor",
        "edge of the rotor away from the gap",
    ];
    for (radius, place) in solid.rounds.into_iter().zip(places) {
        let largest = strained
            .on_round(radius)
            .into_iter()
            .map(|(at, stress)| (at, stress.equivalent()))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        found.extend(largest.map(|(at, stress)| Peak { place, at, stress }));
    }
    found.sort_by(|a, b| b.stress.total_cmp(&a.stress));
    Ok(found)
}

/// Membrane and bending of a section, the worse end. With t the thickness and x the way from one end,
/// membrane = (1/t) ∫ σ dx and bending = (6/t²) ∫ σ (t/2 − x) dx. Where the other half of the section is the mirror
/// image of this one, bending and shear of both together are nothing.
fn linearised(cut: &Cut, strained: &Strained) -> Result<Peak, StressError> {
    // Round surfaces are drawn as chords, which lie inside of them by a little less than this.
    let end = cut.to.towards(
        cut.from,
        CHORD * cut.to.radius() / cut.from.distance(cut.to),
    );
    let thickness = cut.from.distance(end);
    let way = (end - cut.from).scaled(1.0 / thickness);
    let across = Point::new(-way.y, way.x);
    let mut membrane = Stress::default();
    let mut bending = 0.0;
    for k in 0..POINTS {
        let root = (k as f64 + 0.5) / POINTS as f64;
        let (share, weight) = (root.powi(3), 3.0 * root * root / POINTS as f64);
        let stress = strained
            .stress(cut.from.towards(end, share))
            .ok_or(StressError::OutsideIron(cut.place))?
            .along(across);
        membrane = membrane.plus(&stress, weight);
        bending += 6.0 * stress.xx * (0.5 - share) * weight;
    }
    if cut.mirrored {
        bending = 0.0;
        membrane.xy = 0.0;
    }
    let at_end = |sign: f64| {
        Stress {
            xx: membrane.xx + sign * bending,
            ..membrane
        }
        .equivalent()
    };
    let (near, far) = (at_end(1.0), at_end(-1.0));
    let (at, stress) = if near >= far {
        (cut.from, near)
    } else {
        (cut.to, far)
    };
    Ok(Peak {
        place: cut.place,
        at,
        stress,
    })
}
