//! Plane geometry: points, polygons, and the curves that grid rows follow.

/// A point or vector in the plane [m].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Along the pitch centre [m].
    pub x: f64,
    /// Across it, counter-clockwise positive [m].
    pub y: f64,
}

impl Point {
    /// A point from Cartesian coordinates [m].
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
    /// A point from radius [m] and angle [rad].
    pub fn polar(radius: f64, angle: f64) -> Self {
        Self::new(radius * angle.cos(), radius * angle.sin())
    }
    /// Distance from the origin [m].
    pub fn radius(self) -> f64 {
        self.x.hypot(self.y)
    }
    /// Angle from the x axis [rad].
    pub fn angle(self) -> f64 {
        self.y.atan2(self.x)
    }
    /// Mirrored at the x axis.
    pub fn mirrored(self) -> Self {
        Self::new(self.x, -self.y)
    }
    /// Scaled by a factor.
    pub fn scaled(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
    /// The point that lies the share `t` of the way to `other`.
    pub fn towards(self, other: Self, t: f64) -> Self {
        Self::new(
            self.x + t * (other.x - self.x),
            self.y + t * (other.y - self.y),
        )
    }
    /// Distance to another point [m].
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl std::ops::Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

/// A closed polygon without holes; the last vertex connects to the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Polygon {
    vertices: Vec<Point>,
    low: Point,
    high: Point,
}

impl Polygon {
    /// A polygon from its vertices in either sense of rotation.
    pub fn new(vertices: Vec<Point>) -> Self {
        let fold = |f: fn(f64, f64) -> f64, start| {
            vertices.iter().fold(Point::new(start, start), |a, p| {
                Point::new(f(a.x, p.x), f(a.y, p.y))
            })
        };
        let (low, high) = (
            fold(f64::min, f64::INFINITY),
            fold(f64::max, f64::NEG_INFINITY),
        );
        Self {
            vertices,
            low,
            high,
        }
    }

    /// The same polygon turned around the origin [rad].
    #[must_use]
    pub fn turned(&self, by: f64) -> Self {
        let turned = |p: &Point| Point::polar(p.radius(), p.angle() + by);
        Self::new(self.vertices.iter().map(turned).collect())
    }

    /// The vertices.
    pub fn vertices(&self) -> &[Point] {
        &self.vertices
    }

    /// The edges as pairs of points.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        let n = self.vertices.len();
        (0..n).map(move |i| (self.vertices[i], self.vertices[(i + 1) % n]))
    }

    /// Whether a point lies inside (crossing-number rule).
    pub fn contains(&self, p: Point) -> bool {
        if p.x < self.low.x || p.x > self.high.x || p.y < self.low.y || p.y > self.high.y {
            return false;
        }
        let mut inside = false;
        for (a, b) in self.edges() {
            if (a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) {
                inside = !inside;
            }
        }
        inside
    }

    /// Area [m²] (shoelace formula).
    pub fn area(&self) -> f64 {
        0.5 * self
            .edges()
            .map(|(a, b)| a.x * b.y - b.x * a.y)
            .sum::<f64>()
            .abs()
    }
}

/// Points of an arc around `centre`, both ends included, from angle `from` to `to` [rad], with chords
/// that leave the arc by less than about a thousandth of the radius.
pub fn arc(centre: Point, radius: f64, from: f64, to: f64) -> Vec<Point> {
    let steps = (((to - from).abs() / 0.09).ceil() as usize).max(1);
    (0..=steps)
        .map(|i| centre + Point::polar(radius, from + (to - from) * i as f64 / steps as f64))
        .collect()
}

/// Where the ray from the origin at `angle` meets the line through `a` and `b`: its radius [m], or
/// nothing if they are parallel.
pub fn ray_meets_line(angle: f64, a: Point, b: Point) -> Option<f64> {
    let (ux, uy) = (angle.cos(), angle.sin());
    let d = b - a;
    let det = ux * d.y - uy * d.x;
    if det.abs() < 1e-15 {
        None
    } else {
        Some((a.x * d.y - a.y * d.x) / det)
    }
}

/// The angle [rad] at which the segment from `a` to `b` crosses the circle of `radius`. Where it does
/// not, the angle of the end that is nearer in radius.
pub fn segment_angle_at_radius(a: Point, b: Point, radius: f64) -> f64 {
    let d = b - a;
    let (qa, qb, qc) = (
        d.x * d.x + d.y * d.y,
        2.0 * (a.x * d.x + a.y * d.y),
        a.radius().powi(2) - radius * radius,
    );
    let disc = qb * qb - 4.0 * qa * qc;
    if qa > 0.0 && disc >= 0.0 {
        for root in [
            (-qb + disc.sqrt()) / (2.0 * qa),
            (-qb - disc.sqrt()) / (2.0 * qa),
        ] {
            if (-1e-9..=1.0 + 1e-9).contains(&root) {
                return a.towards(b, root).angle();
            }
        }
    }
    if (a.radius() - radius).abs() < (b.radius() - radius).abs() {
        a.angle()
    } else {
        b.angle()
    }
}

/// One piece of a curve rho(phi), for angles at or above zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece {
    /// Constant radius [m] up to an angle [rad].
    Arc {
        /// Radius [m].
        radius: f64,
        /// End of the piece [rad].
        to: f64,
    },
    /// Arc around a centre on the x axis, up to an angle [rad].
    Eccentric {
        /// Distance of its centre from the origin, along the x axis [m].
        centre: f64,
        /// Radius [m].
        radius: f64,
        /// End of the piece [rad].
        to: f64,
    },
    /// Straight segment; it ends at the angle of `b`.
    Straight {
        /// Start.
        a: Point,
        /// End.
        b: Point,
    },
}

/// A curve rho(phi) over one pitch, even in phi, that grid rows follow. The last piece continues to
/// the end of the pitch.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    pieces: Vec<Piece>,
}

impl Curve {
    /// A circle.
    pub fn circle(radius: f64) -> Self {
        Self {
            pieces: vec![Piece::Arc {
                radius,
                to: f64::INFINITY,
            }],
        }
    }
    /// A curve from pieces ordered by angle.
    pub fn new(pieces: Vec<Piece>) -> Self {
        Self { pieces }
    }
    /// The radius if the curve is a circle.
    pub fn constant(&self) -> Option<f64> {
        match self.pieces.as_slice() {
            [Piece::Arc { radius, .. }] => Some(*radius),
            _ => None,
        }
    }
    /// Radius [m] at an angle [rad].
    pub fn radius_at(&self, phi: f64) -> f64 {
        let phi = phi.abs();
        let mut last = 0.0;
        for piece in &self.pieces {
            match *piece {
                Piece::Arc { radius, to } => {
                    last = radius;
                    if phi <= to {
                        return radius;
                    }
                }
                Piece::Eccentric { centre, radius, to } => {
                    let at = |phi: f64| {
                        let (s, c) = phi.sin_cos();
                        centre * c + (radius * radius - (centre * s).powi(2)).max(0.0).sqrt()
                    };
                    if phi <= to {
                        return at(phi);
                    }
                    last = at(to);
                }
                Piece::Straight { a, b } => {
                    let end = b.angle();
                    if phi <= end {
                        return ray_meets_line(phi, a, b).unwrap_or(last);
                    }
                    last = b.radius();
                }
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_contains_its_centre_and_not_its_outside() {
        let square = Polygon::new(vec![
            Point::new(0.0, 0.0),
            Point::new(2.0, 0.0),
            Point::new(2.0, 2.0),
            Point::new(0.0, 2.0),
        ]);
        assert!(square.contains(Point::new(1.0, 1.0)));
        assert!(!square.contains(Point::new(3.0, 1.0)));
        assert!((square.area() - 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_segment_crosses_a_circle_where_its_points_say() {
        let angle = segment_angle_at_radius(Point::new(1.0, 0.5), Point::new(3.0, 0.5), 2.0);
        assert!((Point::polar(2.0, angle).y - 0.5).abs() < 1e-12);
    }
}
