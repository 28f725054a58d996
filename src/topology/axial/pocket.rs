//! Magnets within the iron of a disc as the field network sees them.

use super::body::{Drawn, SHEAR_LIMIT};
use super::{Axial, Buried, Interior};
use crate::geometry::{Point, Polygon};
use crate::network::plan::{
    ControlLine, Magnetisation, Medium, Outline, Part, Region, Section, Stretch,
};
use std::f64::consts::FRAC_PI_2;

/// Number of the curve at the surface of the rotor.
const SURFACE: usize = 1;

impl Axial {
    /// Depth of what lies behind the magnets [m]: iron, or the room in which the flux of poles without iron behind them
    /// returns, of which a pole pitch behind them 4 % are left, e^{-π}; nothing between two stators.
    pub(super) fn behind(&self) -> Option<f64> {
        let free = self.spoke().is_some() && !self.halves_its_magnets();
        let pitch = self.pole_pitch(self.mean_radius());
        self.rotor
            .back_iron_thickness
            .or_else(|| free.then_some(pitch))
    }

    /// Radii between a surface [m] and the seat of the magnets along which rows run: of the ends of the barriers and of the
    /// faces of the magnets.
    pub(super) fn rows_before(&self, surface: f64) -> Vec<f64> {
        let Some(buried) = self.buried() else {
            return vec![];
        };
        let (bridge, piece) = (buried.bridge_thickness, buried.pole_piece_thickness);
        let ends = (bridge > 0.0 && bridge < piece * (1.0 - 1e-9)).then_some(surface - bridge);
        ends.into_iter().chain([surface - piece]).collect()
    }

    /// Columns along the sides of the magnets and of the barriers beside them.
    pub(super) fn pocket_lines(&self, d: &Drawn) -> Vec<ControlLine> {
        let rows: Vec<f64> = [d.surface]
            .into_iter()
            .chain(d.before.iter().copied())
            .chain([d.seat])
            .collect();
        let column = |from: f64, half: f64| {
            let side = |radius: f64| self.beside_pocket(d, radius, half);
            let stretches: Vec<Stretch> = rows
                .windows(2)
                .enumerate()
                .filter(|(_, ends)| ends[0] <= from * (1.0 + 1e-12))
                .map(|(k, ends)| Stretch {
                    from_curve: SURFACE + k,
                    to_curve: SURFACE + k + 1,
                    from: side(ends[0]),
                    to: side(ends[1]),
                })
                .collect();
            ControlLine {
                nominal: side(0.5 * (from + d.seat)).angle(),
                stretches,
                shear_limit: SHEAR_LIMIT,
            }
        };
        match self.buried() {
            Some(buried) => vec![
                column(d.surface - buried.pole_piece_thickness, d.half_width),
                column(d.surface - buried.bridge_thickness, d.half_pocket),
            ],
            None => vec![column(d.surface, d.half_pocket)],
        }
    }

    /// A place at a drawn radius [m] beside the middle of a magnet, on the side of the axis of a pole or of its neighbour.
    fn beside_pocket(&self, d: &Drawn, radius: f64, across: f64) -> Point {
        if self.buried().is_some() {
            return Point::new(radius, across);
        }
        let place = Point::new(radius, -across);
        Point::polar(place.radius(), place.angle() + d.half_pole)
    }

    /// Everything in iron.
    pub(super) fn pocket_regions(&self, d: &Drawn, interior: Interior) -> Vec<Region> {
        let ring = |from, to| Region {
            outline: Outline::Annulus(from, to),
            medium: Medium::Air,
        };
        let mut regions = match interior {
            Interior::Buried(buried) => self.buried_regions(d, &buried),
            Interior::Spoke(_) => self.spoke_regions(d),
        };
        regions.push(ring(d.surface, f64::INFINITY));
        if self.rotor.back_iron_thickness.is_none() {
            regions.push(ring(0.0, d.seat));
        }
        regions
    }

    fn buried_regions(&self, d: &Drawn, buried: &Buried) -> Vec<Region> {
        // Beyond the surface where the barrier is open to the gap; rings there are of air.
        let top = match buried.bridge_thickness {
            0.0 => d.surface + 0.25 * self.air_gap,
            bridge => d.surface - bridge,
        };
        let face = d.surface - buried.pole_piece_thickness;
        let (half, pocket) = (d.half_width, d.half_pocket);
        let share = self.share(d.half_width, d.seat, face);
        [
            (top, half, pocket, Medium::Air),
            (top, -pocket, -half, Medium::Air),
            (
                face,
                -half,
                half,
                Medium::LooseMagnet(Magnetisation::Parallel(0.0), share),
            ),
        ]
        .into_iter()
        .map(|(to, low, high, medium)| Region {
            outline: Outline::Polygon(rectangle((d.seat, to), (low, high))),
            medium,
        })
        .collect()
    }

    /// Both magnets beside a pole push their flux into it.
    fn spoke_regions(&self, d: &Drawn) -> Vec<Region> {
        let upper = d.half_pole - FRAC_PI_2;
        let share = self.share(d.half_width, d.seat, d.surface);
        let place = rectangle((d.seat, d.surface), (-d.half_pocket, d.half_pocket));
        [1.0, -1.0]
            .into_iter()
            .map(|side| Region {
                outline: Outline::Polygon(place.turned(side * d.half_pole)),
                medium: Medium::LooseMagnet(Magnetisation::Parallel(side * upper), share),
            })
            .collect()
    }

    /// Share of magnet along the magnetisation between two radii [m].
    fn share(&self, half_width: f64, low: f64, high: f64) -> f64 {
        match self.spoke() {
            Some(spoke) => 2.0 * half_width / (2.0 * half_width + spoke.pocket_clearance),
            None => self.magnet_thickness() / (high - low),
        }
    }

    /// Sections of the rotor whose flux density is reported.
    pub(super) fn rotor_sections(&self, d: &Drawn) -> Vec<Section> {
        let mut sections = vec![];
        if self.rotor.back_iron_thickness.is_some()
            && let Some(back) = d.back
        {
            sections.push(Section {
                part: Part::RotorYoke,
                place: "rotor yoke between the poles",
                from: Point::polar(back, d.half_pole),
                to: Point::polar(d.seat, d.half_pole),
            });
        }
        if self.spoke().is_some() {
            let side = self.beside_pocket(d, d.surface, d.half_pocket);
            sections.push(Section {
                part: Part::Web,
                place: "face of the pole between two magnets",
                from: side.mirrored(),
                to: side,
            });
        }
        if let Some(buried) = self.buried() {
            let side = Point::new(d.seat, d.half_pocket);
            sections.push(Section {
                part: Part::Web,
                place: "iron between the pockets of neighbouring poles",
                from: side,
                to: Point::polar(side.radius(), 2.0 * d.half_pole - side.angle()),
            });
            if buried.bridge_thickness > 0.0 {
                let across = 0.5 * (d.half_width + d.half_pocket);
                sections.push(Section {
                    part: Part::Bridge,
                    place: "bridge between barrier and air gap",
                    from: Point::new(d.surface - buried.bridge_thickness, across),
                    to: Point::new(d.surface, across),
                });
            }
        }
        sections
    }
}

/// Between two drawn radii and two distances from the middle line [m].
fn rectangle((low, high): (f64, f64), (right, left): (f64, f64)) -> Polygon {
    let corners = [(high, left), (low, left), (low, right), (high, right)];
    Polygon::new(corners.map(|(x, y)| Point::new(x, y)).to_vec())
}
