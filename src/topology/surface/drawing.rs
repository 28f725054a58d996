//! The drawing of one pole: radii, corners, areas.

use super::{MagnetShape, Parts};
use crate::geometry::{Point, Polygon};
use std::f64::consts::PI;

/// The side of a magnet to the gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Face {
    /// Distance of its centre from the shaft axis, along the pole axis [m]; zero when concentric.
    pub centre: f64,
    /// Its radius [m].
    pub radius: f64,
}

/// One pole, its axis on the x axis. Corners are those of the half with y >= 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawing {
    /// Half a pole pitch [rad].
    pub half_pole: f64,
    /// +1 where the rotor stands inside the gap, -1 outside: times a depth below the surface of the
    /// rotor it gives what the radius loses.
    pub inward: f64,
    /// Radius of the rotor towards the gap, sleeve included [m].
    pub surface: f64,
    /// Radius of the magnet at the pole centre, towards the gap [m].
    pub top: f64,
    /// Radius of the seat at the pole centre [m].
    pub seat: f64,
    /// Radius of the iron between the magnets [m].
    pub between: f64,
    /// Radius of the rotor iron away from the gap [m].
    pub back: f64,
    /// The side of the magnet to the gap.
    pub face: Face,
    /// Whether the seat is flat.
    pub flat: bool,
    /// Whether iron stands between the magnets.
    pub inset: bool,
    /// Corner of the magnet towards the gap.
    pub corner_top: Point,
    /// Corner of the magnet on its seat.
    pub corner_seat: Point,
    /// Pieces into which the magnet is cut.
    pub pieces: usize,
    /// Wall of the iron beside the magnet: towards the gap and at the height of the seat.
    pub wall: [Point; 2],
}

/// Where the line from `from` in direction `along` (a unit vector) crosses the circle of `radius`, on the
/// side of positive x.
fn on_circle(from: Point, along: Point, radius: f64) -> Option<Point> {
    let b = from.x * along.x + from.y * along.y;
    let disc = b * b - (from.radius().powi(2) - radius * radius);
    (disc >= 0.0).then(|| from + along.scaled(disc.sqrt() - b))
}

impl Parts<'_> {
    /// The drawing of one pole; nothing where lines that should meet do not.
    pub(super) fn drawing(&self) -> Option<Drawing> {
        let r = self.rotor;
        let inward = self.position.inward();
        let surface = self.surface_radius();
        let top = surface - inward * r.sleeve_thickness;
        let seat = top - inward * r.magnet_thickness;
        let back = self.back().stated? / 2.0;
        let half_pole = PI / r.pole_count as f64;
        let half_arc = r.magnet_arc * half_pole;
        if !(half_arc > 0.0 && half_arc <= PI / 2.0 && seat > 0.0 && top > 0.0) {
            return None;
        }
        let own = |radius: f64| Face {
            centre: top - radius,
            radius,
        };
        let concentric = Face {
            centre: 0.0,
            radius: top,
        };
        let (face, flat, parallel) = match r.magnet_shape {
            MagnetShape::Arc(_) => (concentric, false, false),
            MagnetShape::ParallelSides(_) => (concentric, false, true),
            MagnetShape::EccentricArc(own_radius) => (own(own_radius.outer_radius), false, true),
            MagnetShape::BreadLoaf(own_radius) => (own(own_radius.outer_radius), true, true),
        };
        let along = if parallel {
            Point::new(1.0, 0.0)
        } else {
            Point::polar(1.0, half_arc)
        };
        let foot = if parallel {
            Point::new(0.0, top * half_arc.sin())
        } else {
            Point::new(0.0, 0.0)
        };
        let centre = Point::new(face.centre, 0.0);
        let corner_top = centre + on_circle(foot - centre, along, face.radius)?;
        let on_seat = |line: Point| {
            if flat {
                Some(Point::new(seat, line.y))
            } else {
                on_circle(line, along, seat)
            }
        };
        let corner_seat = on_seat(foot)?;
        let clearance = self.iron.map_or(0.0, |iron| iron.side_clearance);
        let beside = foot + Point::new(-along.y, along.x).scaled(clearance);
        let wall_seat = on_seat(beside)?;
        let round = if flat { wall_seat.radius() } else { seat };
        let between = round + inward * self.iron.map_or(0.0, |iron| iron.height);
        let wall_top = on_circle(beside, along, between)?;
        Some(Drawing {
            half_pole,
            inward,
            surface,
            top,
            seat,
            between,
            back,
            face,
            flat,
            inset: self.iron.is_some(),
            corner_top,
            corner_seat,
            pieces: r.segments_per_pole,
            wall: [wall_top, wall_seat],
        })
    }
}

/// Chords of an arc in an outline: fine, since grid rows follow the arc and coarse chords would cut into
/// them.
const CHORDS: usize = 48;

/// Points of an arc around the centre line from one end to its mirror image, by angle [rad].
fn across(centre: Point, radius: f64, from: f64) -> Vec<Point> {
    (0..=CHORDS)
        .map(|i| centre + Point::polar(radius, from * (1.0 - 2.0 * i as f64 / CHORDS as f64)))
        .collect()
}

impl Drawing {
    /// Whether the magnet lies between two circles around the shaft.
    pub fn concentric(&self) -> bool {
        !self.flat && self.face.centre == 0.0
    }

    /// Radius of the seat's iron beyond the magnet, before any iron between the magnets [m].
    pub fn round_seat(&self) -> f64 {
        if self.flat {
            self.wall[1].radius()
        } else {
            self.seat
        }
    }

    /// Outline of the magnet.
    pub fn magnet(&self) -> Polygon {
        let centre = Point::new(self.face.centre, 0.0);
        let mut points = across(centre, self.face.radius, (self.corner_top - centre).angle());
        let seat = if self.flat {
            vec![self.corner_seat, self.corner_seat.mirrored()]
        } else {
            across(Point::new(0.0, 0.0), self.seat, self.corner_seat.angle())
        };
        points.extend(seat.into_iter().rev());
        Polygon::new(points)
    }

    /// Outline of the iron between a flat seat and the round one.
    pub fn flat_segment(&self) -> Polygon {
        let round = self.wall[1];
        Polygon::new(across(Point::new(0.0, 0.0), round.radius(), round.angle()))
    }

    /// Outline of what the magnet and the air beside it take from the iron between the magnets, from the
    /// seat to beyond the surface.
    pub fn pocket(&self) -> Polygon {
        let [top, seat] = self.wall;
        let beyond = seat.towards(top, 2.0);
        let mut points = vec![beyond.mirrored(), beyond];
        if self.flat {
            points.extend([seat, seat.mirrored()]);
        } else {
            points.extend(across(Point::new(0.0, 0.0), self.seat, seat.angle()));
        }
        Polygon::new(points)
    }

    /// Cross-section of a magnet [m²].
    pub fn magnet_area(&self) -> f64 {
        let angle = |p: Point, centre: f64| (p - Point::new(centre, 0.0)).angle();
        // Shoelace of the corners, and the segments between chord and arc at the face and at the seat.
        let corners = Polygon::new(vec![
            self.corner_top,
            self.corner_top.mirrored(),
            self.corner_seat.mirrored(),
            self.corner_seat,
        ]);
        let segment = |radius: f64, half: f64| radius * radius * (half - half.sin() * half.cos());
        let face = segment(self.face.radius, angle(self.corner_top, self.face.centre));
        let seat = if self.flat {
            0.0
        } else {
            segment(self.seat, self.corner_seat.angle())
        };
        corners.area() + self.inward * (face - seat)
    }

    /// Cross-section of a magnet times the distance of its centre from the shaft, along the pole axis [m³]: by the corners
    /// of its outline, Σ (x₁ + x₂)(x₁ y₂ − x₂ y₁) / 6.
    pub fn magnet_moment(&self) -> f64 {
        let edges = self.magnet();
        let sum: f64 = edges
            .edges()
            .map(|(a, b)| (a.x + b.x) * (a.x * b.y - b.x * a.y))
            .sum();
        sum.abs() / 6.0
    }

    /// Cross-section of the rotor iron of a pole [m²].
    pub fn iron_area(&self) -> f64 {
        let sector = |radius: f64, half: f64| radius * radius * half;
        let round = self.round_seat();
        let ring = sector(round, self.half_pole) - sector(self.back, self.half_pole);
        let cut = if self.flat {
            let half = self.wall[1].angle();
            sector(round, half) - round * round * half.sin() * half.cos()
        } else {
            0.0
        };
        // What stands between the magnets: from the wall to the middle between the poles.
        let stands = if self.inset {
            let [top, seat] = self.wall;
            let beyond = |p: Point| sector(p.radius(), self.half_pole - p.angle());
            let wedge = seat.x * top.y - seat.y * top.x;
            beyond(top) - beyond(seat) + wedge
        } else {
            0.0
        };
        self.inward * (ring + stands - cut)
    }

    /// Whether the sides of the magnet lie along radii.
    pub fn radial_sides(&self) -> bool {
        (self.corner_top.angle() - self.corner_seat.angle()).abs() < 1e-12
    }

    /// Where the pieces of a magnet meet: angles [rad] if its sides are radial, otherwise distances from
    /// the pole axis [m].
    pub fn cuts(&self) -> impl Iterator<Item = f64> + '_ {
        let half = if self.radial_sides() {
            self.corner_top.angle()
        } else {
            self.corner_top.y
        };
        (1..self.pieces).map(move |k| half * (2.0 * k as f64 / self.pieces as f64 - 1.0))
    }

    /// Distance [m] of a place from the nearest face of the magnet; zero outside it.
    pub fn depth_in_magnet(&self, rho: f64, phi: f64) -> f64 {
        let at = Point::polar(rho, phi.abs());
        let face =
            self.inward * (self.face.radius - at.distance(Point::new(self.face.centre, 0.0)));
        let seat = self.inward
            * if self.flat {
                at.x - self.seat
            } else {
                rho - self.seat
            };
        let side = self.corner_top - self.corner_seat;
        let d = at - self.corner_seat;
        let beside = self.inward * (side.y * d.x - side.x * d.y) / side.radius();
        let cut = self
            .cuts()
            .map(|cut| {
                if self.radial_sides() {
                    (rho * (phi - cut).sin()).abs()
                } else {
                    (rho * phi.sin() - cut).abs()
                }
            })
            .fold(f64::INFINITY, f64::min);
        face.min(seat).min(beside).min(cut).max(0.0)
    }
}
