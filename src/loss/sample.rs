//! The field of an operating point where losses arise, by frequency: what it loses follows for any speed.

use super::iron::SpecificLoss;
use super::loops;
use super::proximity::Section;
use super::{magnet, proximity};
use crate::network::plan::Part;
use crate::network::sector::{Sector, Side};
use crate::network::spot::{self, Spot, Stuff};
use crate::operate::fourier::{Folded, Fourier, Phasor, ellipse, square};
use crate::operate::period::Period;
use std::collections::BTreeMap;
use std::f64::consts::TAU;

/// Where iron loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Stator teeth.
    Tooth,
    /// Stator yoke.
    Yoke,
    /// Rotor iron.
    Rotor,
}

/// Iron of one place that sees one frequency and nearly one flux density: a harmonic of it, or a loop.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Line {
    place: Place,
    /// Frequency over the electrical one.
    order: f64,
    /// Volume of the stack [m³].
    volume: f64,
    /// Peak flux density in the stack [T].
    b: f64,
}

/// Volume [m³], ∫ B² dV [T² m³] and order of the base wave: by place, rank of the harmonic and step of flux density.
type Lines = BTreeMap<(Place, usize, i32), (f64, f64, f64)>;

/// Pieces into which magnets are cut against eddy currents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cuts {
    /// Pieces along the axis of the machine.
    pub axial: usize,
    /// Pieces across each block of magnet.
    pub across: usize,
    /// Whether a block is half of one, whose other half has the opposite potential: cut by a plane that its flux does not
    /// pass. An odd number of pieces counts as one fewer, which loses more; a single one has no mean of its own.
    pub halved: bool,
    /// Whether the currents of a piece turn round at its ends, or far away as in a two-dimensional solution.
    pub ends: Ends,
}

/// Where the eddy currents of a magnet turn round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Inside each piece.
    Inside,
    /// Beyond both ends of the machine.
    Beyond,
}

/// The harmonics of an operating point.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Harmonics: what eddy currents lose.
    iron: Vec<Line>,
    /// Loops, each run through once a period: hysteresis.
    loops: Vec<Line>,
    /// For each order, slice by slice: frequency over the electrical one, ∫ B² dV over the coil sides, radial and
    /// tangential [T² m³].
    coils: Vec<(f64, [f64; 2])>,
    /// Volume of the coil sides [m³].
    coil_volume: f64,
    /// For each order, slice by slice: frequency over the electrical one, ∫ |A - mean A|² dV with the end effect [V² s² m].
    magnets: Vec<(f64, f64)>,
    /// Width of the widest piece of magnet [m].
    piece_width: f64,
}

/// The core of one body.
#[derive(Debug, Clone, Copy)]
pub struct Core<'a> {
    /// Its specific loss.
    pub steel: &'a SpecificLoss,
    /// Density of the steel [kg/m³].
    pub density: f64,
    /// Share of steel in the stack.
    pub stacking: f64,
    /// Loss of the built core over that of strips of the same steel.
    pub build_factor: f64,
}

/// The conductors in the slots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wires {
    /// A strand.
    pub section: Section,
    /// Length of the strands of all slots together [m].
    pub length: f64,
    /// Resistivity [Ω m].
    pub resistivity: f64,
}

/// Loss of the iron [W].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct IronLoss {
    /// Of the stator teeth.
    pub tooth: f64,
    /// Of the stator yoke.
    pub yoke: f64,
    /// Of the rotor iron.
    pub rotor: f64,
    /// Part of the sum that rests on flux densities or frequencies beyond the published table.
    pub beyond: f64,
}

impl IronLoss {
    /// All places.
    pub fn total(&self) -> f64 {
        self.tooth + self.yoke + self.rotor
    }

    /// The same times a factor.
    pub fn times(&self, factor: f64) -> Self {
        Self {
            tooth: factor * self.tooth,
            yoke: factor * self.yoke,
            rotor: factor * self.rotor,
            beyond: factor * self.beyond,
        }
    }
}

/// Steps of flux density in an octave: iron within one counts at its root mean square.
const STEPS: f64 = 24.0;
/// Flux density below which iron loses nothing worth counting [T].
const LEAST: f64 = 1e-4;

impl Sample {
    /// Takes the harmonics of a solved operating point: both bodies over one period of what they see, slice by
    /// slice.
    pub fn of(sector: &Sector, slices: &[[Period; 2]], thickness: f64, cuts: Cuts) -> Self {
        let metres = sector.metres();
        // A magnet runs through all slices.
        let length = sector.length * sector.slices as f64;
        let mut sample = Self {
            iron: vec![],
            loops: vec![],
            coils: vec![],
            coil_volume: 0.0,
            magnets: vec![],
            piece_width: 0.0,
        };
        let (mut harmonics, mut loops) = (Lines::new(), Lines::new());
        let lines = &mut [&mut harmonics, &mut loops];
        for [rotor, stator] in slices {
            let yoke = spot::extent(sector, (stator.slice, Side::Stator), Part::Yoke);
            let in_yoke = |spot: &Spot| {
                yoke.is_some_and(|(low, high)| {
                    // Yoke is what lies on the side of the slot bottoms that is away from the gap.
                    if sector.rotor_outside {
                        spot.rho <= high
                    } else {
                        spot.rho >= low
                    }
                })
            };
            sample.iron_and_coils(stator, metres, lines, |spot| {
                if in_yoke(spot) {
                    Place::Yoke
                } else {
                    Place::Tooth
                }
            });
            sample.iron_and_coils(rotor, metres, lines, |_| Place::Rotor);
            sample.magnet_pieces(rotor, length, metres, thickness, cuts);
        }
        (sample.iron, sample.loops) = (gathered(harmonics), gathered(loops));
        sample
    }

    fn iron_and_coils(
        &mut self,
        period: &Period,
        metres: f64,
        [harmonics, loops]: &mut [&mut Lines; 2],
        place: impl Fn(&Spot) -> Place,
    ) {
        let base = period.base_order();
        let metres = metres * period.alike as f64;
        let mut fourier: Option<Fourier> = None;
        let mut coils: Vec<[f64; 2]> = vec![];
        for pitch in 0..period.pitches {
            for (n, spot) in period.spots.iter().enumerate() {
                if matches!(spot.stuff, Stuff::Magnet(_)) {
                    continue;
                }
                let (radial, tangential): (Vec<f64>, Vec<f64>) =
                    period.wave(pitch, n).map(|r| (r.b[0], r.b[1])).unzip();
                let fourier = fourier.get_or_insert_with(|| Fourier::new(radial.len()));
                let folded = [&radial, &tangential].map(|wave| fourier.folded(wave));
                let volume = spot.area * metres;
                if spot.stuff == Stuff::Coil {
                    self.coil_volume += volume;
                }
                for order in fourier.orders() {
                    let [x, y] = fourier.amplitudes(folded.each_ref(), order);
                    if spot.stuff == Stuff::Coil {
                        coils.resize(coils.len().max(order), [0.0; 2]);
                        coils[order - 1][0] += volume * square(x);
                        coils[order - 1][1] += volume * square(y);
                        continue;
                    }
                    // Loss in a turning field is the sum of those along both axes of its ellipse: exact
                    // for classical eddy currents.
                    for b in ellipse(x, y) {
                        put(harmonics, (place(spot), order, base), volume, b);
                    }
                }
                if spot.stuff != Stuff::Coil {
                    for b in loops::along_axes(&radial, &tangential)
                        .iter()
                        .flat_map(|axis| loops::amplitudes(axis))
                    {
                        put(loops, (place(spot), 1, base), volume, b);
                    }
                }
            }
        }
        let orders = coils.into_iter().enumerate();
        self.coils
            .extend(orders.map(|(k, sums)| ((k + 1) as f64 * base, sums)));
    }

    fn magnet_pieces(
        &mut self,
        period: &Period,
        length: f64,
        metres: f64,
        thickness: f64,
        cuts: Cuts,
    ) {
        let base = period.base_order();
        let metres = metres * period.alike as f64;
        let mut moments: Vec<f64> = vec![];
        let across = cuts.across / if cuts.halved { 2 } else { 1 };
        // One piece reaches through the plane, to as much beyond it.
        let whole = cuts.halved && across == 0;
        for piece in pieces(&period.spots, across) {
            let area: f64 = piece.iter().map(|&n| period.spots[n].area).sum();
            let width = area / thickness * if whole { 2.0 } else { 1.0 };
            self.piece_width = self.piece_width.max(width);
            let share = match cuts.ends {
                Ends::Inside => magnet::end_effect(width, length / cuts.axial as f64),
                Ends::Beyond => 1.0,
            };
            for pitch in 0..period.pitches {
                let waves: Vec<(f64, Vec<f64>)> = piece
                    .iter()
                    .map(|&n| {
                        let wave = period.wave(pitch, n).map(|r| r.a).collect();
                        (period.spots[n].area, wave)
                    })
                    .collect();
                let fourier = Fourier::new(waves.first().map_or(0, |w| w.1.len()));
                let waves: Vec<(f64, Folded)> = waves
                    .iter()
                    .map(|(area, wave)| (*area, fourier.folded(wave)))
                    .collect();
                for order in fourier.orders() {
                    let at: Vec<(f64, Phasor)> = waves
                        .iter()
                        .map(|(area, wave)| (*area, fourier.amplitude(wave, order)))
                        .collect();
                    let mean = |of: fn(&Phasor) -> f64| {
                        let sum = at.iter().map(|(w, x)| w * of(x)).sum::<f64>();
                        if whole { 0.0 } else { sum / area }
                    };
                    let (re, im) = (mean(|x| x.0), mean(|x| x.1));
                    let moment: f64 = at
                        .iter()
                        .map(|(w, x)| w * square((x.0 - re, x.1 - im)))
                        .sum();
                    moments.resize(moments.len().max(order), 0.0);
                    moments[order - 1] += moment * share * metres;
                }
            }
        }
        let orders = moments.into_iter().enumerate();
        self.magnets
            .extend(orders.map(|(k, m)| ((k + 1) as f64 * base, m)));
    }

    /// Loss of the iron [W] at an electrical frequency [Hz], from the specific loss in a sine at the frequency and the flux
    /// density in the steel, times the build factor: of every harmonic the part of eddy currents, of every loop that of
    /// hysteresis. In a sine they are together what is published.
    pub fn iron_loss(&self, frequency: f64, stator: &Core, rotor: &Core) -> IronLoss {
        let mut loss = IronLoss::default();
        let harmonics = self.iron.iter().map(|line| (line, false));
        let loops = self.loops.iter().map(|line| (line, true));
        for (line, slow) in harmonics.chain(loops) {
            let core = if line.place == Place::Rotor {
                rotor
            } else {
                stator
            };
            let mass = line.volume * core.stacking * core.density;
            let (frequency, b) = (line.order * frequency, line.b / core.stacking);
            let (specific, within) = if slow {
                core.steel.hysteresis(frequency, b)
            } else {
                core.steel.dynamic(frequency, b)
            };
            let lost = core.build_factor * mass * specific;
            *match line.place {
                Place::Tooth => &mut loss.tooth,
                Place::Yoke => &mut loss.yoke,
                Place::Rotor => &mut loss.rotor,
            } += lost;
            if !within {
                loss.beyond += lost;
            }
        }
        loss
    }

    /// Eddy-current loss of the strands in the slots [W] at an electrical frequency [Hz].
    pub fn proximity_loss(&self, frequency: f64, wires: &Wires) -> f64 {
        if self.coil_volume <= 0.0 {
            return 0.0;
        }
        // The strands lie evenly in the coil sides: each metre sees the mean square field.
        let strands = |order: f64, [radial, tangential]: [f64; 2]| {
            let mean = [radial, tangential].map(|sum| (sum / self.coil_volume).sqrt());
            proximity::strand_loss(
                wires.section,
                mean,
                TAU * order * frequency,
                wires.resistivity,
            )
        };
        let per_metre: f64 = self.coils.iter().map(|&(o, sums)| strands(o, sums)).sum();
        per_metre * wires.length
    }

    /// Eddy-current loss of the magnets [W] at an electrical frequency [Hz].
    pub fn magnet_loss(&self, frequency: f64, resistivity: f64) -> f64 {
        let part = |&(order, moment): &(f64, f64)| {
            magnet::loss(moment, TAU * order * frequency, resistivity)
        };
        self.magnets.iter().map(part).sum()
    }

    /// Width of the widest piece of magnet over twice the skin depth at the frequency that loses most: from
    /// one on the field of the eddy currents matters. Zero without loss.
    pub fn magnet_reaction(
        &self,
        frequency: f64,
        resistivity: f64,
        recoil_permeability: f64,
    ) -> f64 {
        let weight = |&(order, moment): &(f64, f64)| order * order * moment;
        let most = self
            .magnets
            .iter()
            .max_by(|a, b| weight(a).total_cmp(&weight(b)));
        match most {
            Some(&(order, moment)) if moment > 0.0 && frequency > 0.0 => {
                let omega = TAU * order * frequency;
                let depth = magnet::skin_depth(omega, resistivity, recoil_permeability);
                self.piece_width / (2.0 * depth)
            }
            _ => 0.0,
        }
    }
}

/// Adds iron that sees a flux density [T] to the line of its place, rank and step.
fn put(lines: &mut Lines, (place, rank, base): (Place, usize, f64), volume: f64, b: f64) {
    if b > LEAST {
        let step = (STEPS * b.log2()).floor() as i32;
        let line = lines.entry((place, rank, step)).or_insert((0.0, 0.0, base));
        line.0 += volume;
        line.1 += volume * b * b;
    }
}

fn gathered(lines: Lines) -> Vec<Line> {
    lines
        .into_iter()
        .map(|((place, rank, _), (volume, squares, base))| Line {
            place,
            order: rank as f64 * base,
            volume,
            b: f64::sqrt(squares / volume),
        })
        .collect()
}

/// Spots of each piece of magnet of a pitch: blocks, cut across their width into equal parts.
fn pieces(spots: &[Spot], across: usize) -> Vec<Vec<usize>> {
    let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, spot) in spots.iter().enumerate() {
        if let Stuff::Magnet(block) = spot.stuff {
            blocks.entry(block).or_default().push(n);
        }
    }
    let mut all = vec![];
    for block in blocks.into_values() {
        // The width runs across the mean direction of magnetisation.
        let (mut x, mut y) = (0.0, 0.0);
        for spot in block.iter().map(|&n| &spots[n]) {
            let (s, c) = spot.phi.sin_cos();
            x += spot.area * (spot.m[0] * c - spot.m[1] * s);
            y += spot.area * (spot.m[0] * s + spot.m[1] * c);
        }
        let along = |n: usize| {
            let (s, c) = spots[n].phi.sin_cos();
            spots[n].rho * (s * x - c * y)
        };
        let low = block
            .iter()
            .map(|&n| along(n))
            .fold(f64::INFINITY, f64::min);
        let high = block
            .iter()
            .map(|&n| along(n))
            .fold(f64::NEG_INFINITY, f64::max);
        let mut cut = vec![vec![]; across.max(1)];
        for n in block {
            let share = if high > low {
                (along(n) - low) / (high - low)
            } else {
                0.0
            };
            let piece = (share * cut.len() as f64) as usize;
            let last = cut.len() - 1;
            cut[piece.min(last)].push(n);
        }
        all.extend(cut.into_iter().filter(|piece| !piece.is_empty()));
    }
    all
}
