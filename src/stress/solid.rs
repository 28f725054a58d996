//! What turns, drawn for the solution of its stress: half a pole between two axes of symmetry.

use crate::geometry::Point;

/// Half a pole of a lamination. It is its own mirror image at both axes, the x axis and the ray at `half_pitch`,
/// so that no point of an axis leaves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Solid {
    /// Outline, closed, without the last point again.
    pub outline: Vec<Point>,
    /// Holes that touch no axis.
    pub holes: Vec<Vec<Point>>,
    /// Angle between the two axes of symmetry [rad].
    pub half_pitch: f64,
    /// Walls on which magnets press.
    pub walls: Vec<Wall>,
    /// Sections over which the stress is linearised.
    pub cuts: Vec<Cut>,
    /// Radii of the round surfaces, outside and bore, which have no corner that goes into the iron [m].
    pub rounds: [f64; 2],
    /// Largest side of a triangle [m].
    pub coarsest: f64,
}

/// A straight stretch of the outline on which a magnet presses with its centrifugal load, as mass without tension.
/// The load per area of the wall, over the density of the magnet and the square of the angular speed, is
/// `constant + depth · place` [m²].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wall {
    /// One end.
    pub from: Point,
    /// Other end.
    pub to: Point,
    /// Constant part [m²].
    pub constant: Point,
    /// What the place is multiplied with [m].
    pub depth: f64,
}

impl Wall {
    /// Load per area over density and the square of the speed at a place of the wall [m²].
    pub fn load(&self, at: Point) -> Point {
        self.constant + at.scaled(self.depth)
    }
}

/// A section through the iron, straight from side to side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// Where, for people.
    pub place: &'static str,
    /// One end, on a surface.
    pub from: Point,
    /// Other end, on a surface or on an axis of symmetry.
    pub to: Point,
    /// Whether the other half of the section is its mirror image beyond an axis, at `to`.
    pub mirrored: bool,
}

/// Points of a circle around the shaft from angle to angle [rad], both ends included.
pub fn ring(radius: f64, from: f64, to: f64) -> impl Iterator<Item = Point> {
    // A chord leaves the circle of a pole of forty-five degrees by less than a hundred-thousandth of its radius.
    let steps = 48;
    (0..=steps)
        .map(move |i| Point::polar(radius, from + (to - from) * f64::from(i) / f64::from(steps)))
}
