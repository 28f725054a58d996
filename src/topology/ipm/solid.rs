//! The rotor of an interior magnet machine as the solution of its stress sees it.

use super::pocket::Pocket;
use super::{Ipm, PocketStart};
use crate::geometry::Point;
use crate::stress::solid::{Cut, Solid, Wall, ring};

/// A point this near to the pole axis lies on it [m].
const ON_AXIS: f64 = 1e-9;

impl Ipm {
    /// Half a pole of the rotor lamination, or why its stress cannot be had.
    ///
    /// # Errors
    /// When the two pockets of a pole touch in a point.
    pub fn solid(&self) -> Result<Solid, String> {
        let p = self.pocket().ok_or("the pocket does not fit")?;
        let (radius, bore) = (self.rotor_radius(), self.rotor.shaft_diameter / 2.0);
        let on_axis = |q: &Point| q.y.abs() <= ON_AXIS;
        let open = on_axis(&p.outer_apex);
        if open && !p.start.last().is_some_and(on_axis) {
            return Err("the two pockets of a pole touch in a point on the pole axis".to_owned());
        }
        let mut holes = self.pocket_loops(&p);
        let half = self.half_pole();
        let mut outline: Vec<Point> = ring(bore, 0.0, half)
            .chain(ring(radius, half, 0.0))
            .collect();
        if open {
            outline.extend(holes.remove(0));
        }
        Ok(Solid {
            outline,
            holes,
            half_pitch: half,
            walls: self.walls(&p),
            cuts: self.cuts(&p),
            rounds: [radius, bore],
            coarsest: radius * half / 8.0,
        })
    }

    /// Pocket of a half pole, in as many loops as ribs between magnets leave, from the one at the pole axis on.
    fn pocket_loops(&self, p: &Pocket) -> Vec<Vec<Point>> {
        let depth = self.rotor.magnet_thickness + self.rotor.pocket_clearance;
        let pieces = self.rotor.stretches();
        let mut loops = vec![];
        let mut top = vec![p.outer_apex];
        for (k, &(from, to)) in pieces.iter().enumerate() {
            top.extend([p.place(from, 0.0), p.place(to, 0.0)]);
            if k + 1 == pieces.len() {
                top.extend(p.turn);
                top.push(p.outer_corner);
                let (start, end) = (p.outer_corner.angle(), p.wall_outer.angle());
                if p.ends_on_bridge() {
                    let radius = self.bridge_radius();
                    let steps = 12;
                    top.extend((1..=steps).map(|i| {
                        Point::polar(
                            radius,
                            start + (end - start) * f64::from(i) / f64::from(steps),
                        )
                    }));
                }
                top.extend([p.wall_inner, p.seat_far, p.floor[0]]);
            } else {
                top.push(p.place(to, depth));
            }
            if k == 0 {
                top.extend([p.floor[1], p.seat_near]);
                top.extend(&p.start);
            } else {
                top.push(p.place(from, depth));
            }
            loops.push(std::mem::take(&mut top));
        }
        loops.iter().map(|points| apart(points)).collect()
    }

    /// Every slice of a magnet across its width presses on the outer wall with its own centrifugal load, ρ ω² r at
    /// half its thickness times that thickness. What of it is along the wall is held by the seat, by glue or by
    /// friction and acts there too.
    fn walls(&self, p: &Pocket) -> Vec<Wall> {
        let thickness = self.rotor.magnet_thickness;
        let wall = |(from, to)| Wall {
            from: p.place(from, 0.0),
            to: p.place(to, 0.0),
            constant: p.inward.scaled(0.5 * thickness * thickness),
            depth: thickness,
        };
        self.rotor.stretches().into_iter().map(wall).collect()
    }

    fn cuts(&self, p: &Pocket) -> Vec<Cut> {
        let (radius, bore) = (self.rotor_radius(), self.rotor.shaft_diameter / 2.0);
        let cut = |place, from, to| Cut {
            place,
            from,
            to,
            mirrored: false,
        };
        let radial = |place, from: Point, to: f64| cut(place, from, Point::polar(to, from.angle()));
        let mut cuts: Vec<Cut> = self
            .beside_bridge(p)
            .into_iter()
            .map(|q| radial("bridge between magnet pocket and air gap", q, radius))
            .collect();
        cuts.push(radial(
            "pole cap above the apex of the pockets",
            p.outer_apex,
            radius,
        ));
        cuts.push(radial("rotor yoke below the magnets", p.floor[0], bore));
        if let Some(low) = p.start.last() {
            cuts.push(radial("rotor yoke below the apex", *low, bore));
        }
        let axis = Point::polar(1.0, self.half_pole());
        for t in [0.0, 0.5, 1.0] {
            let from = p.wall_outer.towards(p.wall_inner, t);
            cuts.push(Cut {
                place: "web between the pockets of neighbouring poles",
                from,
                to: axis.scaled(axis.x * from.x + axis.y * from.y),
                mirrored: true,
            });
        }
        if self.rotor.centre_rib_width > 0.0 {
            let ends = match (self.rotor.pocket_start, p.start.last()) {
                (PocketStart::AlongRib | PocketStart::Blunt, Some(low)) => *low,
                _ => p.outer_apex,
            };
            cuts.extend([0.0, 0.25, 0.5, 0.75, 1.0].map(|t| {
                let from = p.outer_apex.towards(ends, t);
                Cut {
                    place: "rib between the two pockets of a pole",
                    from,
                    to: Point::new(from.x, 0.0),
                    mirrored: true,
                }
            }));
        }
        let depth = self.rotor.magnet_thickness + self.rotor.pocket_clearance;
        for pair in self.rotor.stretches().windows(2) {
            for t in [0.0, 0.25, 0.5, 0.75, 1.0] {
                let end = |s| p.place(s, t * depth);
                let place = "rib between two magnets of a half pole";
                cuts.push(cut(place, end(pair[0].1), end(pair[1].0)));
            }
        }
        cuts.retain(|c| c.from.distance(c.to) > ON_AXIS);
        cuts
    }

    /// Points of the pocket along its bridge and on the outer edge that runs up to it.
    fn beside_bridge(&self, p: &Pocket) -> Vec<Point> {
        let bridge = self.rotor.bridge_thickness;
        let steps = 12;
        let (from, to) = (p.outer_corner.angle(), p.wall_outer.angle());
        let mut points = vec![p.outer_corner];
        if p.ends_on_bridge() {
            points = (0..=steps)
                .map(|i| {
                    let angle = from + (to - from) * f64::from(i) / f64::from(steps);
                    Point::polar(self.bridge_radius(), angle)
                })
                .collect();
        }
        // The outer edge up to the corner.
        let before = p.turn.unwrap_or(p.outer_apex);
        let length = p.outer_corner.distance(before);
        let reach = [0.25, 0.5, 1.0, 2.0, 4.0].map(|k| k * bridge);
        let near = reach.into_iter().filter(|d| *d < length);
        points.extend(near.map(|d| p.outer_corner.towards(before, d / length)));
        points
    }
}

/// A detail smaller than this is none [m].
const DETAIL: f64 = 1e-6;

/// The points of a closed line without those that repeat the one before, and without spikes: where a pocket is drawn
/// out along an edge and back along the same edge, there is no air between.
fn apart(points: &[Point]) -> Vec<Point> {
    let mut kept = points.to_vec();
    let removable = |kept: &[Point]| {
        let n = kept.len();
        (0..n).find(|&k| {
            let (a, b, c) = (kept[(k + n - 1) % n], kept[k], kept[(k + 1) % n]);
            let (to, on) = (b - a, c - b);
            let (long, next) = (a.distance(b), b.distance(c));
            let turns_back = to.x * on.x + to.y * on.y < 0.0
                && (to.x * on.y - to.y * on.x).abs() <= DETAIL * long.max(next);
            next <= DETAIL || turns_back
        })
    };
    while let Some(k) = removable(&kept).filter(|_| kept.len() > 3) {
        kept.remove(k);
    }
    kept
}
