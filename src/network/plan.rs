//! What a machine tells the network: regions, the curves that grid rows follow, the lines that grid
//! columns follow. The network knows nothing else of machines.

use crate::geometry::{Curve, Point, Polygon};

/// What fills a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Medium {
    /// Laminated steel, by index into the steels of the problem.
    Iron(usize),
    /// Air, copper between the coil sides, anything of vacuum permeability.
    Air,
    /// A magnet.
    Magnet(Magnetisation),
    /// A magnet with its clearance along the magnetisation, in series: the share of magnet. A clearance is
    /// far thinner than a cell, and samples of the cell would find it or miss it by chance.
    LooseMagnet(Magnetisation, f64),
    /// A coil side, by its number within the slot.
    Coil(usize),
}

impl Medium {
    /// Magnetisation and share of magnet; nothing where there is no magnet.
    pub fn magnet(self) -> Option<(Magnetisation, f64)> {
        match self {
            Medium::Magnet(direction) => Some((direction, 1.0)),
            Medium::LooseMagnet(direction, share) => Some((direction, share)),
            Medium::Iron(_) | Medium::Air | Medium::Coil(_) => None,
        }
    }
}

/// Direction of magnetisation in the frame of the pitch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Magnetisation {
    /// One direction throughout: angle from the pitch centre line [rad].
    Parallel(f64),
    /// Along the local radius, outward.
    Radial,
}

impl Magnetisation {
    /// Unit vector at a point, in the Cartesian frame of the pitch.
    pub fn at(self, p: Point) -> Point {
        match self {
            Magnetisation::Parallel(angle) => Point::polar(1.0, angle),
            Magnetisation::Radial => Point::polar(1.0, p.angle()),
        }
    }
}

/// The shape of a region.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// A polygon.
    Polygon(Polygon),
    /// Everything between two radii [m]; grid rows follow both, so no cell is cut by it.
    Annulus(f64, f64),
}

impl Outline {
    /// Whether a point lies inside.
    pub fn contains(&self, p: Point) -> bool {
        match self {
            Outline::Polygon(polygon) => polygon.contains(p),
            Outline::Annulus(from, to) => (*from..*to).contains(&p.radius()),
        }
    }
    /// The polygon's edges.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        let polygon = if let Outline::Polygon(polygon) = self {
            Some(polygon)
        } else {
            None
        };
        polygon.into_iter().flat_map(Polygon::edges)
    }
}

/// An outline filled with a medium, in the frame of one pitch (centre line on the x axis).
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Outline.
    pub outline: Outline,
    /// Filling.
    pub medium: Medium,
}

/// How the rows between two neighbouring curves are spaced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spacing {
    /// Step that grows with the distance from the air gap: at most `first + 0.30 · distance` and at
    /// most `coarsest · (1 + distance / growth)`, all lengths [m].
    Graded {
        /// Step at the gap [m].
        first: f64,
        /// Largest step near the gap [m].
        coarsest: f64,
        /// Distance over which the largest step doubles [m]; infinite for none.
        growth: f64,
    },
    /// This many equal rows along every column.
    Equal(usize),
}

/// A straight stretch of a control line between two curves of the body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Index of the curve where it starts, nearer to the gap.
    pub from_curve: usize,
    /// Index of the curve where it ends.
    pub to_curve: usize,
    /// Start.
    pub from: Point,
    /// End.
    pub to: Point,
}

/// A grid column, and its mirror image, that follows an edge of the geometry where it has a stretch,
/// and relaxes to its even place elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlLine {
    /// Angle by which the column is chosen: the nearest evenly spaced one [rad].
    pub nominal: f64,
    /// What it follows.
    pub stretches: Vec<Stretch>,
    /// Largest shift in a row as a share of the row's height. Above about 0.7 thin gap rows lock:
    /// differences of the radial field would cost the square of the shift.
    pub shear_limit: f64,
}

/// A ring of a body in which flux around the machine has more room, in what is not iron, than the length for which the
/// plan stands: it spreads beyond the ends of the iron.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Widened {
    /// Radii between which it lies, on both of which grid rows run [m].
    pub from: f64,
    /// As above.
    pub to: f64,
    /// How many times the length of the plan such flux has.
    pub times: f64,
}

/// One body, rotor or stator: one pitch that repeats.
#[derive(Debug, Clone)]
pub struct BodyPlan {
    /// Number of pitches in the sector.
    pub pitches: usize,
    /// Angle of one pitch [rad].
    pub pitch: f64,
    /// Whether the magnetisation changes sign from pitch to pitch.
    pub alternating: bool,
    /// Regions of one pitch; a later one covers an earlier one.
    pub regions: Vec<Region>,
    /// What lies outside every region.
    pub background: Medium,
    /// Rings in which air has more room than iron; none where the plan says all.
    pub widened: Vec<Widened>,
    /// Curves from the middle of the air gap to the boundary where the flux ends.
    pub curves: Vec<Curve>,
    /// Rows between the curves, one fewer than curves.
    pub spacing: Vec<Spacing>,
    /// Columns that follow edges, in order of angle.
    pub lines: Vec<ControlLine>,
    /// Whether the last curve is a plane of symmetry that flux crosses at right angles; else no flux leaves
    /// the body there.
    pub mirrored: bool,
}

/// A section of iron whose mean flux density is reported: the flux between two points over their
/// distance, in the frame of one pitch.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Which part of the machine.
    pub part: Part,
    /// Where, for people.
    pub place: &'static str,
    /// One end.
    pub from: Point,
    /// Other end.
    pub to: Point,
}

/// Part of the machine to which a section belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Stator tooth.
    Tooth,
    /// Stator yoke.
    Yoke,
    /// Iron between magnet pocket and air gap.
    Bridge,
    /// Iron between the pockets of a pole.
    Rib,
    /// Rotor iron between the pockets of neighbouring poles.
    Web,
    /// Rotor iron below the magnets.
    RotorYoke,
}

/// The whole plan of one sector.
#[derive(Debug, Clone)]
pub struct SectorPlan {
    /// Number of sectors in the machine.
    pub sectors: usize,
    /// Sign with which the field repeats from sector to sector: +1 or -1.
    pub sign: f64,
    /// Columns of the sector.
    pub columns: usize,
    /// Length across the plane of the plan for which it stands [m], that of mirror images included.
    pub length: f64,
    /// Share of the conductors of a coil side that lie in the plan: one, or a half where the plan ends in the
    /// middle of the slots.
    pub coil_share: f64,
    /// Radius of the circle on which it is drawn over its radius in the machine: one for a section across
    /// the axis. A slice of a machine with axial flux is flat and is drawn on a circle so large that it is.
    pub enlargement: f64,
    /// Further slices of the same machine, of the same length and the same rows, at other radii; none for a
    /// machine with radial flux.
    pub beside: Vec<SectorPlan>,
    /// The body that turns and holds the magnets.
    pub rotor: BodyPlan,
    /// The body that stands and holds the coils.
    pub stator: BodyPlan,
    /// Whether the rotor lies outside the gap.
    pub rotor_outside: bool,
    /// Sections of the rotor.
    pub rotor_sections: Vec<Section>,
    /// Sections of the stator.
    pub stator_sections: Vec<Section>,
}

impl BodyPlan {
    /// How many times the length of the plan flux around the machine has in what is not iron at a radius [m].
    pub fn room(&self, radius: f64) -> f64 {
        let ring = self
            .widened
            .iter()
            .find(|w| (w.from..w.to).contains(&radius));
        ring.map_or(1.0, |w| w.times)
    }
}

impl SectorPlan {
    /// The plan as it is drawn, without what spreads beyond the ends of the iron: what a plane solution of it holds.
    #[must_use]
    pub fn in_the_plane(mut self) -> Self {
        self.rotor.widened.clear();
        self.stator.widened.clear();
        self.beside = self.beside.into_iter().map(Self::in_the_plane).collect();
        self
    }

    /// All slices, in the order of their radii.
    pub fn slices(&self) -> impl Iterator<Item = &SectorPlan> {
        std::iter::once(self).chain(&self.beside)
    }
}
