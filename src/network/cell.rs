//! Cells of one pitch: what fills each quadrant, and the reluctance data of its Gauss point.

use super::mesh::PitchMesh;
use super::plan::{BodyPlan, Medium};
use super::quartet::Quartet;
use crate::geometry::Point;

/// What fills the neighbourhood of a Gauss point. `magnet` is the share of magnet in the part that is
/// not iron, `m` its mean direction there times that share, in local (radial, tangential) components.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Matter {
    /// No iron.
    Linear {
        /// Share of magnet.
        magnet: f64,
        /// Mean direction of magnetisation, local components.
        m: [f64; 2],
    },
    /// Iron only.
    Iron {
        /// Which steel.
        steel: usize,
    },
    /// Layers of iron beside the rest.
    Laminate {
        /// Which steel.
        steel: usize,
        /// Share of iron.
        share: f64,
        /// Unit normal of the layers, local components.
        normal: [f64; 2],
        /// Share of magnet in the rest.
        magnet: f64,
        /// Mean direction of magnetisation in the rest, local components.
        m: [f64; 2],
    },
}

/// A Gauss point: flux density from the four node potentials, the area it stands for, and what is there.
#[derive(Debug, Clone, Copy)]
pub struct GaussPoint {
    /// Radial flux density per node potential [1/m]; nodes (0,0), (1,0), (0,1), (1,1) as (row, column).
    pub radial: [f64; 4],
    /// Tangential flux density per node potential [1/m].
    pub tangential: [f64; 4],
    /// Area [m²].
    pub area: f64,
    /// Radius [m].
    pub rho: f64,
    /// Angle from the pitch centre [rad].
    pub phi: f64,
    /// Filling.
    pub matter: Matter,
    /// How many times the length of the plan flux around the machine has here in what is not iron.
    pub room: f64,
    /// Whether the whole neighbourhood is magnet.
    pub all_magnet: bool,
    /// Region, by its index in the plan, of the magnet that fills most of the neighbourhood.
    pub block: Option<usize>,
    /// Share of coil sides in the part that is not iron.
    pub coil: f64,
}

/// The cells of one pitch.
#[derive(Debug, Clone)]
pub struct PitchCells {
    /// Cell rows.
    pub rows: usize,
    /// Cell columns.
    pub columns: usize,
    /// Four Gauss points a cell, cell by cell, rows fastest.
    pub points: Vec<[GaussPoint; 4]>,
    /// The same for the innermost loop, cell by cell.
    pub quartets: Vec<Quartet>,
    /// For each coil side of the pitch: (row, column, share) of each node, shares summing to one.
    pub coils: Vec<Vec<(usize, usize, f64)>>,
    /// For each coil side: its area [m²].
    pub coil_area: Vec<f64>,
    /// Magnet area of a pitch [m²], by sampling.
    pub magnet_area: f64,
}

impl PitchCells {
    /// The Gauss points of a cell, one by one and side by side.
    pub fn cell(&self, row: usize, column: usize) -> (&[GaussPoint; 4], &Quartet) {
        let place = column * self.rows + row;
        (&self.points[place], &self.quartets[place])
    }
}

/// Samples in each direction of a cell that looks uniform.
const SAMPLES: usize = 6;
/// Samples in each direction of a cell in which an outline runs. The end of a magnet that no column
/// follows is found to a sample; at six of them the magnet was wrong by one per cent of its width.
const SAMPLES_OF_A_CUT_CELL: usize = 24;
/// Distance below which an edge only touches a cell, as a share of the cell's size.
const TOUCH: f64 = 0.01;
/// Largest share of samples that a straight cut may misplace and still describe the cell.
const STRAIGHT_CUT_MISFIT: f64 = 0.09;

/// Shape functions of the four nodes at (xi, eta), and their derivatives.
fn shape(xi: f64, eta: f64) -> ([f64; 4], [f64; 4], [f64; 4]) {
    let (a, b) = (1.0 - xi, 1.0 - eta);
    (
        [a * b, xi * b, a * eta, xi * eta],
        [-b, b, -eta, eta],
        [-a, -xi, a, xi],
    )
}

struct Corner {
    rho: [f64; 4],
    phi: [f64; 4],
}

impl Corner {
    fn of(mesh: &PitchMesh, i: usize, j: usize) -> Self {
        let at =
            |t: &ndarray::Array2<f64>| [t[[i, j]], t[[i + 1, j]], t[[i, j + 1]], t[[i + 1, j + 1]]];
        Self {
            rho: at(&mesh.rho),
            phi: at(&mesh.phi),
        }
    }
    fn dot(w: &[f64; 4], v: &[f64; 4]) -> f64 {
        w.iter().zip(v).map(|(a, b)| a * b).sum()
    }
    fn point(&self, xi: f64, eta: f64) -> (f64, f64) {
        let n = shape(xi, eta).0;
        (Self::dot(&n, &self.rho), Self::dot(&n, &self.phi))
    }
    /// Jacobian entries d rho/d xi, d rho/d eta, d phi/d xi, d phi/d eta.
    fn jacobian(&self, xi: f64, eta: f64) -> [f64; 4] {
        let (_, dx, de) = shape(xi, eta);
        [
            Self::dot(&dx, &self.rho),
            Self::dot(&de, &self.rho),
            Self::dot(&dx, &self.phi),
            Self::dot(&de, &self.phi),
        ]
    }
}

/// Fills the cells of a pitch.
pub fn pitch_cells(plan: &BodyPlan, mesh: &PitchMesh) -> PitchCells {
    let (rows, columns) = (mesh.rows(), mesh.columns());
    let coil_count = plan
        .regions
        .iter()
        .filter_map(|r| {
            if let Medium::Coil(c) = r.medium {
                Some(c + 1)
            } else {
                None
            }
        })
        .max()
        .unwrap_or(0);
    let mut coil_nodes = vec![std::collections::BTreeMap::<(usize, usize), f64>::new(); coil_count];
    let mut magnet_area = 0.0;
    let mut points = Vec::with_capacity(rows * columns);
    for j in 0..columns {
        for i in 0..rows {
            let corner = Corner::of(mesh, i, j);
            let samples = sample(plan, &corner);
            for s in &samples {
                match s.medium {
                    Medium::Coil(c) => {
                        let n = shape(s.xi, s.eta).0;
                        for (k, weight) in n.iter().enumerate() {
                            *coil_nodes[c].entry((i + k % 2, j + k / 2)).or_insert(0.0) +=
                                weight * s.area;
                        }
                    }
                    Medium::Magnet(_) => magnet_area += s.area,
                    Medium::LooseMagnet(_, share) => magnet_area += share * s.area,
                    Medium::Iron(_) | Medium::Air => {}
                }
            }
            points.push(gauss_points(plan, &corner, &samples));
        }
    }
    let coil_area: Vec<f64> = coil_nodes.iter().map(|m| m.values().sum()).collect();
    let coils = coil_nodes
        .into_iter()
        .zip(&coil_area)
        .map(|(m, area)| m.into_iter().map(|((i, j), w)| (i, j, w / area)).collect())
        .collect();
    let quartets = points.iter().map(Quartet::of).collect();
    PitchCells {
        rows,
        columns,
        points,
        quartets,
        coils,
        coil_area,
        magnet_area,
    }
}

#[derive(Clone, Copy)]
struct Sample {
    xi: f64,
    eta: f64,
    place: Point,
    area: f64,
    medium: Medium,
    region: Option<usize>,
}

impl Sample {
    fn steel(&self) -> Option<usize> {
        if let Medium::Iron(s) = self.medium {
            Some(s)
        } else {
            None
        }
    }
}

fn sample(plan: &BodyPlan, corner: &Corner) -> Vec<Sample> {
    if !is_cut(plan, corner) {
        let few = sample_with(plan, corner, SAMPLES);
        if few.iter().all(|s| s.medium == few[0].medium) {
            return few;
        }
    }
    sample_with(plan, corner, SAMPLES_OF_A_CUT_CELL)
}

/// Whether the edge of an outline runs through a cell, by more than a touch.
fn is_cut(plan: &BodyPlan, corner: &Corner) -> bool {
    let at: [Point; 4] = std::array::from_fn(|n| Point::polar(corner.rho[n], corner.phi[n]));
    let size = at[0].distance(at[3]).max(at[1].distance(at[2]));
    let span = |of: fn(&Point) -> f64, points: &[Point]| {
        points
            .iter()
            .map(of)
            .fold((f64::MAX, f64::MIN), |(low, high), v| {
                (low.min(v), high.max(v))
            })
    };
    let apart = |of: fn(&Point) -> f64, edge: &[Point]| {
        let ((a, b), (c, d)) = (span(of, &at), span(of, edge));
        b < c || d < a
    };
    plan.regions
        .iter()
        .flat_map(|r| r.outline.edges())
        .any(|(a, b)| {
            if apart(|p| p.x, &[a, b]) || apart(|p| p.y, &[a, b]) {
                return false;
            }
            let d = (b - a).scaled(1.0 / a.distance(b).max(f64::MIN_POSITIVE));
            let sides = at.map(|p| d.x * (p.y - a.y) - d.y * (p.x - a.x));
            let touch = TOUCH * size;
            sides.iter().any(|s| *s > touch) && sides.iter().any(|s| *s < -touch)
        })
}

fn sample_with(plan: &BodyPlan, corner: &Corner, each_way: usize) -> Vec<Sample> {
    let step = 1.0 / each_way as f64;
    (0..each_way * each_way)
        .map(|k| {
            let (xi, eta) = (
                ((k % each_way) as f64 + 0.5) * step,
                ((k / each_way) as f64 + 0.5) * step,
            );
            let (rho, phi) = corner.point(xi, eta);
            let [rx, re, px, pe] = corner.jacobian(xi, eta);
            let place = Point::polar(rho, phi);
            let area = (rx * pe - re * px).abs() * rho * step * step;
            let (region, medium) = region_at(plan, place);
            Sample {
                xi,
                eta,
                place,
                area,
                medium,
                region,
            }
        })
        .collect()
}

/// What lies at a place of a pitch.
pub(super) fn medium_at(plan: &BodyPlan, place: Point) -> Medium {
    region_at(plan, place).1
}

/// The region, by its index, and what lies at a place of a pitch.
fn region_at(plan: &BodyPlan, place: Point) -> (Option<usize>, Medium) {
    let last = plan.regions.iter().rposition(|r| r.outline.contains(place));
    (
        last,
        last.map_or(plan.background, |r| plan.regions[r].medium),
    )
}

fn gauss_points(plan: &BodyPlan, corner: &Corner, samples: &[Sample]) -> [GaussPoint; 4] {
    let iron_count = samples.iter().filter(|s| s.steel().is_some()).count();
    let whole_cut = if iron_count > 0 && iron_count < samples.len() {
        straight_cut(plan, samples)
    } else {
        None
    };
    std::array::from_fn(|k| {
        let offset = |high: bool| 0.5 + if high { 0.5 } else { -0.5 } / 3.0_f64.sqrt();
        let (high_xi, high_eta) = (k % 2 == 1, k / 2 == 1);
        let (xi, eta) = (offset(high_xi), offset(high_eta));
        let (rho, phi) = corner.point(xi, eta);
        let [rx, re, px, pe] = corner.jacobian(xi, eta);
        let det = rx * pe - re * px;
        let (_, dx, de) = shape(xi, eta);
        let quadrant: Vec<Sample> = samples
            .iter()
            .filter(|s| (s.xi > 0.5) == high_xi && (s.eta > 0.5) == high_eta)
            .copied()
            .collect();
        let (share, normal) = match whole_cut {
            Some(normal) => (iron_share(samples), Some(normal)),
            None => (iron_share(&quadrant), None),
        };
        let owner = if whole_cut.is_some() {
            samples
        } else {
            quadrant.as_slice()
        };
        GaussPoint {
            // B_r = (dA/dphi)/rho, B_t = -dA/drho, by the inverse of the Jacobian.
            radial: std::array::from_fn(|n| (rx * de[n] - re * dx[n]) / det / rho),
            tangential: std::array::from_fn(|n| -(pe * dx[n] - px * de[n]) / det),
            area: det.abs() * rho / 4.0,
            rho,
            phi,
            matter: matter(plan, owner, share, normal, Point::polar(rho, phi)),
            room: plan.room(rho),
            all_magnet: quadrant.iter().all(|s| s.medium.magnet().is_some()),
            block: block(&quadrant),
            coil: coil_share(&quadrant),
        }
    })
}

/// The region of the magnet that most of the samples lie in.
fn block(samples: &[Sample]) -> Option<usize> {
    let mut areas = std::collections::BTreeMap::<usize, f64>::new();
    for s in samples.iter().filter(|s| s.medium.magnet().is_some()) {
        if let Some(region) = s.region {
            *areas.entry(region).or_insert(0.0) += s.area;
        }
    }
    areas
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(region, _)| region)
}

/// Share of coil sides in the samples that are not iron.
fn coil_share(samples: &[Sample]) -> f64 {
    let area = |wanted: fn(&Sample) -> bool| -> f64 {
        samples.iter().filter(|s| wanted(s)).map(|s| s.area).sum()
    };
    let rest = area(|s| s.steel().is_none());
    if rest > 0.0 {
        area(|s| matches!(s.medium, Medium::Coil(_))) / rest
    } else {
        0.0
    }
}

fn iron_share(samples: &[Sample]) -> f64 {
    let total: f64 = samples.iter().map(|s| s.area).sum();
    samples
        .iter()
        .filter(|s| s.steel().is_some())
        .map(|s| s.area)
        .sum::<f64>()
        / total
}

fn local(vector: Point, at: Point) -> [f64; 2] {
    let (c, s) = (at.angle().cos(), at.angle().sin());
    [vector.x * c + vector.y * s, -vector.x * s + vector.y * c]
}

fn matter(
    plan: &BodyPlan,
    samples: &[Sample],
    share: f64,
    normal: Option<Point>,
    at: Point,
) -> Matter {
    let steel = samples.iter().find_map(Sample::steel);
    let (mut magnet, mut m, mut rest) = (0.0, Point::new(0.0, 0.0), 0.0);
    for s in samples.iter().filter(|s| s.steel().is_none()) {
        rest += s.area;
        if let Some((direction, share)) = s.medium.magnet() {
            magnet += share * s.area;
            m = m + direction.at(s.place).scaled(share * s.area);
        }
    }
    if rest > 0.0 {
        (magnet, m) = (magnet / rest, m.scaled(1.0 / rest));
    }
    let m = local(m, at);
    match steel {
        Some(steel) if share > 1.0 - 1e-6 => Matter::Iron { steel },
        Some(steel) if share > 1e-6 => {
            let centre = centroid(samples);
            let normal = normal
                .or_else(|| nearest_interface(plan, centre).map(|(n, _)| n))
                .unwrap_or(centre);
            let n = local(normal, at);
            let length = n[0].hypot(n[1]);
            Matter::Laminate {
                steel,
                share,
                normal: [n[0] / length, n[1] / length],
                magnet,
                m,
            }
        }
        _ => Matter::Linear { magnet, m },
    }
}

fn centroid(samples: &[Sample]) -> Point {
    samples
        .iter()
        .fold(Point::new(0.0, 0.0), |a, s| a + s.place)
        .scaled(1.0 / samples.len() as f64)
}

/// Unit normal of the outline nearest to a point at which iron borders on something else, with the
/// nearest point of that outline.
fn nearest_interface(plan: &BodyPlan, at: Point) -> Option<(Point, Point)> {
    let is_iron = |p: Point| matches!(medium_at(plan, p), Medium::Iron(_));
    let mut best: Option<(f64, Point, Point)> = None;
    for (a, b) in plan.regions.iter().flat_map(|r| r.outline.edges()) {
        let d = b - a;
        let length2 = d.x * d.x + d.y * d.y;
        if length2 < 1e-18 {
            continue;
        }
        let t = (((at.x - a.x) * d.x + (at.y - a.y) * d.y) / length2).clamp(0.0, 1.0);
        let foot = a.towards(b, t);
        let distance = at.distance(foot);
        if best.is_some_and(|(known, _, _)| known <= distance) {
            continue;
        }
        let normal = Point::new(d.y, -d.x).scaled(1.0 / length2.sqrt());
        // An outline end belongs to two edges; look a little inside the edge.
        let inside = a.towards(b, t.clamp(0.02, 0.98));
        let (plus, minus) = (inside + normal.scaled(3e-6), inside - normal.scaled(3e-6));
        if is_iron(plus) != is_iron(minus) {
            best = Some((distance, normal, foot));
        }
    }
    best.map(|(_, normal, foot)| (normal, foot))
}

/// The normal of the straight cut that describes which samples are iron, if one does.
fn straight_cut(plan: &BodyPlan, samples: &[Sample]) -> Option<Point> {
    let (normal, foot) = nearest_interface(plan, centroid(samples))?;
    let mut order: Vec<(f64, bool)> = samples
        .iter()
        .map(|s| {
            let d = s.place - foot;
            (d.x * normal.x + d.y * normal.y, s.steel().is_some())
        })
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let iron = order.iter().filter(|(_, i)| *i).count();
    let wrong_low = order.iter().take(iron).filter(|(_, i)| !*i).count();
    let wrong_high = order.iter().rev().take(iron).filter(|(_, i)| !*i).count();
    let misfit = 2.0 * wrong_low.min(wrong_high) as f64 / order.len() as f64;
    (misfit <= STRAIGHT_CUT_MISFIT).then_some(normal)
}
