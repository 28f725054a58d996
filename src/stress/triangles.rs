//! Triangles over the drawing: constrained Delaunay triangulation refined until no angle is small (J. Ruppert, A
//! Delaunay refinement algorithm for quality 2-dimensional mesh generation, Journal of Algorithms, 1995), fine where
//! sections are thin.

use super::solid::Solid;
use super::{Fineness, StressError};
use crate::geometry::Point;
use spade::{
    AngleLimit, ConstrainedDelaunayTriangulation, Point2, RefinementParameters, Triangulation,
};
use std::collections::{BTreeMap, BTreeSet};

/// Points nearer to each other than this are one [m].
const SAME: f64 = 1e-9;
/// Growth of the sides of triangles with the distance from a section.
const GROWTH: f64 = 0.3;
/// Sides of triangles where a section begins, over those along it.
const AT_END: f64 = 0.04;
/// No angle of a triangle is smaller, but where the drawing has a smaller one [°].
const LEAST_ANGLE: f64 = 25.0;
/// More points than any rotor needs: a drawing that asks for more is refused.
const MOST_POINTS: usize = 200_000;
/// Lengths are in millimetres while triangles are made.
const MM: f64 = 1e3;
/// Places are rounded to a tenth of a nanometre first: triangles are chosen by comparisons, so that the last digit of a
/// sine, which differs between processors, would choose others.
const GRID: f64 = 1e7;

/// Straight triangles with six nodes: the three corners, then the middles of the sides from the first corner on.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    /// Nodes.
    pub nodes: Vec<Point>,
    /// Six nodes a triangle, counter-clockwise.
    pub triangles: Vec<[usize; 6]>,
}

/// Distance of a point from a segment [m].
pub(super) fn distance(p: Point, (a, b): (Point, Point)) -> f64 {
    let d = b - a;
    let square = d.x * d.x + d.y * d.y;
    let along = if square > 0.0 {
        (((p.x - a.x) * d.x + (p.y - a.y) * d.y) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    p.distance(a.towards(b, along))
}

/// Wanted side of triangles at a place [m].
fn size(solid: &Solid, fineness: Fineness, at: Point) -> f64 {
    let scale = Fineness::Standard.across() / fineness.across();
    let near = solid.cuts.iter().map(|cut| {
        let whole = if cut.mirrored { 2.0 } else { 1.0 };
        let side = whole * cut.from.distance(cut.to) / fineness.across();
        // A section may end in a corner, where the stress rises steeply.
        (side + GROWTH * distance(at, (cut.from, cut.to)))
            .min(AT_END * side + GROWTH * at.distance(cut.from))
    });
    near.fold(scale * solid.coarsest, f64::min)
}

/// A closed line with points as near to each other as the triangles beside it need them.
fn divided(solid: &Solid, fineness: Fineness, corners: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = vec![];
    for (k, &from) in corners.iter().enumerate() {
        let to = corners[(k + 1) % corners.len()];
        if from.distance(to) <= SAME {
            continue;
        }
        // From step to step, so that a long side is fine only where it has to be.
        let mut stops = vec![0.0];
        let mut at = 0.0;
        while at < 1.0 {
            at += size(solid, fineness, from.towards(to, at)) / from.distance(to);
            stops.push(at);
        }
        let last = stops.last().copied().unwrap_or(1.0);
        points.extend(stops.iter().map(|s| from.towards(to, s / last)));
        points.pop();
    }
    points
}

/// A length [m] in millimetres, rounded.
fn rounded(length: f64) -> f64 {
    (length * MM * GRID).round() / GRID
}

/// Cuts the drawing into triangles.
///
/// # Errors
/// When the outline crosses itself, or its angles are too small.
pub fn mesh(solid: &Solid, fineness: Fineness) -> Result<Mesh, StressError> {
    let refused = |why: &str| StressError::Triangles(why.to_owned());
    let loops: Vec<Vec<Point>> = std::iter::once(&solid.outline)
        .chain(&solid.holes)
        .map(|corners| divided(solid, fineness, corners))
        .collect();
    let mut made = ConstrainedDelaunayTriangulation::<Point2<f64>>::new();
    for points in &loops {
        let mut handles = vec![];
        for p in points {
            let placed = made.insert(Point2::new(rounded(p.x), rounded(p.y)));
            handles.push(placed.map_err(|_| refused("a point is not finite"))?);
        }
        for (k, &from) in handles.iter().enumerate() {
            let to = handles[(k + 1) % handles.len()];
            if from == to {
                return Err(refused("the outline touches itself"));
            }
            if !made.can_add_constraint(from, to) {
                return Err(refused("the outline crosses itself"));
            }
            made.add_constraint(from, to);
        }
    }
    let side = size_limit(solid, fineness) * MM;
    let done = made.refine(
        RefinementParameters::<f64>::new()
            .exclude_outer_faces(true)
            .with_angle_limit(AngleLimit::from_deg(LEAST_ANGLE))
            .with_max_allowed_area(0.5 * side * side)
            .with_max_additional_vertices(MOST_POINTS),
    );
    if !done.refinement_complete {
        return Err(refused("its angles are too small"));
    }
    // Points of an axis leave a straight line by the last digit, so that there are triangles without area beyond it.
    let outside: BTreeSet<usize> = done.excluded_faces.iter().map(|f| f.index()).collect();
    let mut mesh = Mesh {
        nodes: vec![],
        triangles: vec![],
    };
    let mut corner: BTreeMap<usize, usize> = BTreeMap::new();
    let mut middle: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for face in made.inner_faces() {
        if outside.contains(&face.fix().index()) {
            continue;
        }
        let places = face.vertices().map(|v| {
            let p = v.position();
            (v.fix().index(), Point::new(p.x / MM, p.y / MM))
        });
        let nodes = &mut mesh.nodes;
        let [a, b, c] = places.map(|(key, p)| {
            *corner.entry(key).or_insert_with(|| {
                nodes.push(p);
                nodes.len() - 1
            })
        });
        let between = |(from, to): (usize, usize), nodes: &mut Vec<Point>| {
            nodes.push(nodes[from].towards(nodes[to], 0.5));
            nodes.len() - 1
        };
        let [ab, bc, ca] = [(a, b), (b, c), (c, a)].map(|(from, to)| {
            let key = (from.min(to), from.max(to));
            *middle.entry(key).or_insert_with(|| between(key, nodes))
        });
        mesh.triangles.push([a, b, c, ab, bc, ca]);
    }
    Ok(mesh)
}

/// Largest side of a triangle anywhere [m].
fn size_limit(solid: &Solid, fineness: Fineness) -> f64 {
    solid.coarsest * Fineness::Standard.across() / fineness.across()
}
