//! Plane stress by finite elements: straight triangles with quadratic displacements (O. C. Zienkiewicz and R. L.
//! Taylor, The Finite Element Method, volume 1, 2000, chapters 4 and 8).
//!
//! No displacement is prescribed but zero on the axes of symmetry, so that the stress does not hang on the modulus
//! of elasticity, which is one here.

use super::StressError;
use super::solid::{Solid, Wall};
use super::triangles::{Mesh, distance};
use crate::geometry::Point;
use crate::network::sparse::Pattern;

/// Poisson's ratio of steel (S. P. Timoshenko and J. N. Goodier, Theory of Elasticity, 1970, take 0.3 for it).
pub const POISSON: f64 = 0.3;

/// A point this near to an axis lies on it [m].
const ON_AXIS: f64 = 1e-9;

/// What turns how fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spin {
    /// Angular speed [rad/s].
    pub speed: f64,
    /// Density of the iron [kg/m³].
    pub iron: f64,
    /// Density of the magnets over the share of iron in the stack that carries them [kg/m³].
    pub magnet: f64,
}

/// Plane stress [Pa].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stress {
    /// Along x.
    pub xx: f64,
    /// Along y.
    pub yy: f64,
    /// Shear.
    pub xy: f64,
}

impl Stress {
    /// Equivalent stress of von Mises in plane stress [Pa].
    pub fn equivalent(&self) -> f64 {
        (self.xx * self.xx - self.xx * self.yy + self.yy * self.yy + 3.0 * self.xy * self.xy).sqrt()
    }

    /// The same with x along a unit vector.
    #[must_use]
    pub fn along(&self, x: Point) -> Self {
        let (c, s) = (x.x, x.y);
        Self {
            xx: c * c * self.xx + s * s * self.yy + 2.0 * c * s * self.xy,
            yy: s * s * self.xx + c * c * self.yy - 2.0 * c * s * self.xy,
            xy: c * s * (self.yy - self.xx) + (c * c - s * s) * self.xy,
        }
    }

    /// Sum with another times a factor.
    #[must_use]
    pub fn plus(&self, other: &Self, factor: f64) -> Self {
        Self {
            xx: self.xx + factor * other.xx,
            yy: self.yy + factor * other.yy,
            xy: self.xy + factor * other.xy,
        }
    }
}

/// Points and weights in a triangle that integrate polynomials of degree four (G. R. Cowper, Gaussian quadrature
/// formulas for triangles, International Journal for Numerical Methods in Engineering, 1973).
const QUADRATURE: [([f64; 3], f64); 6] = {
    const A: f64 = 0.445_948_490_915_965;
    const B: f64 = 0.091_576_213_509_771;
    const WA: f64 = 0.223_381_589_678_011;
    const WB: f64 = 0.109_951_743_655_322;
    [
        ([A, A, 1.0 - 2.0 * A], WA),
        ([A, 1.0 - 2.0 * A, A], WA),
        ([1.0 - 2.0 * A, A, A], WA),
        ([B, B, 1.0 - 2.0 * B], WB),
        ([B, 1.0 - 2.0 * B, B], WB),
        ([1.0 - 2.0 * B, B, B], WB),
    ]
};

/// A straight triangle.
#[derive(Debug, Clone, Copy)]
struct Shape {
    corners: [Point; 3],
    /// Twice its area [m²].
    double: f64,
}

impl Shape {
    fn of(mesh: &Mesh, triangle: &[usize; 6]) -> Self {
        let [a, b, c] = [0, 1, 2].map(|k| mesh.nodes[triangle[k]]);
        let double = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        Self {
            corners: [a, b, c],
            double,
        }
    }

    /// Slopes of the three area coordinates [1/m].
    fn slopes(&self) -> [Point; 3] {
        [0, 1, 2].map(|k| {
            let (p, q) = (self.corners[(k + 1) % 3], self.corners[(k + 2) % 3]);
            Point::new((p.y - q.y) / self.double, (q.x - p.x) / self.double)
        })
    }

    /// Area coordinates of a point.
    fn coordinates(&self, at: Point) -> [f64; 3] {
        let slopes = self.slopes();
        [0, 1, 2].map(|k| {
            let d = at - self.corners[(k + 1) % 3];
            slopes[k].x * d.x + slopes[k].y * d.y
        })
    }

    /// Whether a point lies in it, or on its edge.
    fn holds(&self, at: Point) -> Option<[f64; 3]> {
        let [a, b, c] = self.corners;
        let room = ON_AXIS;
        let outside = |at: f64, x: f64, y: f64, z: f64| {
            at < x.min(y).min(z) - room || at > x.max(y).max(z) + room
        };
        if outside(at.x, a.x, b.x, c.x) || outside(at.y, a.y, b.y, c.y) {
            return None;
        }
        let l = self.coordinates(at);
        let edge = -ON_AXIS / self.double.sqrt();
        l.iter().all(|x| *x >= edge).then_some(l)
    }

    fn place(&self, l: [f64; 3]) -> Point {
        self.corners[0].scaled(l[0]) + self.corners[1].scaled(l[1]) + self.corners[2].scaled(l[2])
    }
}

/// The six shape functions at area coordinates.
fn shares(l: [f64; 3]) -> [f64; 6] {
    let corner = |k: usize| l[k] * (2.0 * l[k] - 1.0);
    let side = |k: usize| 4.0 * l[k] * l[(k + 1) % 3];
    [corner(0), corner(1), corner(2), side(0), side(1), side(2)]
}

/// Their slopes.
fn share_slopes(l: [f64; 3], d: &[Point; 3]) -> [Point; 6] {
    let corner = |k: usize| d[k].scaled(4.0 * l[k] - 1.0);
    let side = |k: usize| {
        let n = (k + 1) % 3;
        d[k].scaled(4.0 * l[n]) + d[n].scaled(4.0 * l[k])
    };
    [corner(0), corner(1), corner(2), side(0), side(1), side(2)]
}

/// How the displacement of a node is made of unknowns: a direction and the number of the unknown along it.
type Freedom = [Option<(Point, usize)>; 2];

fn freedoms(mesh: &Mesh, solid: &Solid) -> (Vec<Freedom>, usize) {
    let mut count = 0;
    let mut next = |along: Point| {
        count += 1;
        Some((along, count - 1))
    };
    let axis = Point::polar(1.0, solid.half_pitch);
    let free = mesh
        .nodes
        .iter()
        .map(|p| {
            if p.y.abs() <= ON_AXIS {
                [next(Point::new(1.0, 0.0)), None]
            } else if (axis.x * p.y - axis.y * p.x).abs() <= ON_AXIS {
                [next(axis), None]
            } else {
                [next(Point::new(1.0, 0.0)), next(Point::new(0.0, 1.0))]
            }
        })
        .collect();
    (free, count)
}

/// A solved rotor.
#[derive(Debug, Clone)]
pub struct Strained<'m> {
    mesh: &'m Mesh,
    shapes: Vec<Shape>,
    /// Displacements of the nodes times the modulus of elasticity [N/m].
    moved: Vec<Point>,
}

impl<'m> Strained<'m> {
    /// Solves the displacements of all nodes.
    ///
    /// # Errors
    /// When a part hangs on nothing.
    pub fn of(mesh: &'m Mesh, solid: &Solid, spin: &Spin) -> Result<Self, StressError> {
        let (free, count) = freedoms(mesh, solid);
        let pattern = pattern(mesh, &free, count)?;
        let mut values = vec![0.0; pattern.entries()];
        let shapes: Vec<Shape> = mesh.triangles.iter().map(|t| Shape::of(mesh, t)).collect();
        for (triangle, shape) in mesh.triangles.iter().zip(&shapes) {
            stiffness(shape, triangle, &free, &pattern, &mut values);
        }
        let loads = loads(mesh, solid, spin);
        let mut right = vec![0.0; count];
        for (freedom, load) in free.iter().zip(&loads) {
            for (along, unknown) in freedom.iter().flatten() {
                right[*unknown] += along.x * load.x + along.y * load.y;
            }
        }
        pattern.solve(&values, &mut right, &mut pattern.workspace())?;
        let moved = free.iter().map(|freedom| {
            let parts = freedom.iter().flatten();
            parts.fold(Point::new(0.0, 0.0), |sum, (along, unknown)| {
                sum + along.scaled(right[*unknown])
            })
        });
        Ok(Self {
            mesh,
            moved: moved.collect(),
            shapes,
        })
    }

    fn stress_in(&self, triangle: &[usize; 6], shape: &Shape, l: [f64; 3]) -> Stress {
        let slopes = share_slopes(l, &shape.slopes());
        let (mut x, mut y, mut shear) = (0.0, 0.0, 0.0);
        for (node, slope) in triangle.iter().zip(&slopes) {
            let u = self.moved[*node];
            x += slope.x * u.x;
            y += slope.y * u.y;
            shear += slope.y * u.x + slope.x * u.y;
        }
        let stiff = 1.0 / (1.0 - POISSON * POISSON);
        Stress {
            xx: stiff * (x + POISSON * y),
            yy: stiff * (y + POISSON * x),
            xy: shear / (2.0 * (1.0 + POISSON)),
        }
    }

    /// Stress at a point; nothing outside the iron.
    pub fn stress(&self, at: Point) -> Option<Stress> {
        self.mesh
            .triangles
            .iter()
            .zip(&self.shapes)
            .find_map(|(triangle, shape)| {
                let l = shape.holds(at)?;
                Some(self.stress_in(triangle, shape, l))
            })
    }

    /// Mean stress of the triangles around each corner at a radius [m], with its place.
    pub fn on_round(&self, radius: f64) -> Vec<(Point, Stress)> {
        let mut sums: std::collections::BTreeMap<usize, (Stress, f64)> = Default::default();
        for (triangle, shape) in self.mesh.triangles.iter().zip(&self.shapes) {
            for k in 0..3 {
                let p = self.mesh.nodes[triangle[k]];
                // Points on chords lie a little inside.
                if (p.radius() - radius).abs() <= 2e-4 * radius {
                    let mut l = [0.0; 3];
                    l[k] = 1.0;
                    let found = self.stress_in(triangle, shape, l);
                    let sum = sums.entry(triangle[k]).or_default();
                    *sum = (sum.0.plus(&found, 1.0), sum.1 + 1.0);
                }
            }
        }
        let mean = |(node, (sum, n)): (usize, (Stress, f64))| {
            (self.mesh.nodes[node], Stress::default().plus(&sum, 1.0 / n))
        };
        sums.into_iter().map(mean).collect()
    }
}

/// The lower triangle of the stiffness, by columns.
fn pattern(mesh: &Mesh, free: &[Freedom], count: usize) -> Result<Pattern, StressError> {
    let mut columns: Vec<Vec<usize>> = vec![vec![]; count];
    for triangle in &mesh.triangles {
        let unknowns: Vec<usize> = triangle
            .iter()
            .flat_map(|node| free[*node].iter().flatten().map(|(_, u)| *u))
            .collect();
        for &column in &unknowns {
            columns[column].extend(unknowns.iter().filter(|row| **row >= column));
        }
    }
    let (mut start, mut rows) = (vec![0], vec![]);
    for mut column in columns {
        column.sort_unstable();
        column.dedup();
        rows.extend(column);
        start.push(rows.len());
    }
    Ok(Pattern::new(1, start, rows, None)?)
}

/// Adds ∫ Bᵀ D B of a triangle.
fn stiffness(
    shape: &Shape,
    triangle: &[usize; 6],
    free: &[Freedom],
    pattern: &Pattern,
    values: &mut [f64],
) {
    let slopes = shape.slopes();
    let stiff = 1.0 / (1.0 - POISSON * POISSON);
    let shear = 1.0 / (2.0 * (1.0 + POISSON));
    let mut blocks = [[[0.0; 4]; 6]; 6];
    for (l, weight) in QUADRATURE {
        let d = share_slopes(l, &slopes);
        let w = 0.5 * weight * shape.double;
        for (i, a) in d.iter().enumerate() {
            for (j, b) in d.iter().enumerate() {
                let block = &mut blocks[i][j];
                block[0] += w * (stiff * a.x * b.x + shear * a.y * b.y);
                block[1] += w * (stiff * POISSON * a.x * b.y + shear * a.y * b.x);
                block[2] += w * (stiff * POISSON * a.y * b.x + shear * a.x * b.y);
                block[3] += w * (stiff * a.y * b.y + shear * a.x * b.x);
            }
        }
    }
    for (i, row) in triangle.iter().enumerate() {
        for (j, column) in triangle.iter().enumerate() {
            let [xx, xy, yx, yy] = blocks[i][j];
            for (p, r) in free[*row].iter().flatten() {
                for (q, c) in free[*column].iter().flatten() {
                    if let (true, Some(k)) = (r >= c, pattern.position(*r.max(c), *r.min(c))) {
                        values[k] += p.x * (xx * q.x + xy * q.y) + p.y * (yx * q.x + yy * q.y);
                    }
                }
            }
        }
    }
}

/// Loads of the nodes per length of the stack [N/m]: ρ ω² r of the iron over every triangle, and what magnets press.
fn loads(mesh: &Mesh, solid: &Solid, spin: &Spin) -> Vec<Point> {
    let mut loads = vec![Point::new(0.0, 0.0); mesh.nodes.len()];
    let square = spin.speed * spin.speed;
    for triangle in &mesh.triangles {
        let shape = Shape::of(mesh, triangle);
        for (l, weight) in QUADRATURE {
            let pull = shape
                .place(l)
                .scaled(spin.iron * square * 0.5 * weight * shape.double);
            for (node, share) in triangle.iter().zip(shares(l)) {
                loads[*node] = loads[*node] + pull.scaled(share);
            }
        }
        for side in 0..3 {
            let ends = [triangle[side], triangle[(side + 1) % 3]];
            let middle = triangle[3 + side];
            let Some(wall) = pressed(mesh, solid, ends) else {
                continue;
            };
            let length = mesh.nodes[ends[0]].distance(mesh.nodes[ends[1]]);
            // Simpson's rule is exact here: a load that is linear along the side on a quadratic share.
            for (node, weight) in [
                (ends[0], 1.0 / 6.0),
                (ends[1], 1.0 / 6.0),
                (middle, 2.0 / 3.0),
            ] {
                let load = wall.load(mesh.nodes[node]);
                loads[node] = loads[node] + load.scaled(spin.magnet * square * weight * length);
            }
        }
    }
    loads
}

/// The wall on which a side of a triangle lies.
fn pressed<'s>(mesh: &Mesh, solid: &'s Solid, ends: [usize; 2]) -> Option<&'s Wall> {
    solid.walls.iter().find(|wall| {
        ends.iter()
            .all(|node| distance(mesh.nodes[*node], (wall.from, wall.to)) <= ON_AXIS)
    })
}
