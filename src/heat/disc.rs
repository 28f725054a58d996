//! The places of a machine with axial flux: discs with magnets beside stators whose slots lie along the radius.

use super::gap;
use super::machine::{Body, Films, IRON, MAGNET, Masses, Metal, Parts, Sources};
use super::network::Network;
use super::slot::Slots;
use std::f64::consts::PI;

/// How the heat of the teeth leaves the core.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Behind {
    /// Along the axis through a yoke to the face behind it, of so many stators.
    Faces {
        /// Axial thickness of a yoke [m].
        yoke: f64,
        /// Stators.
        stators: usize,
    },
    /// Along the radius through the common yoke of two sides, to its outer rim.
    Rim {
        /// Axial thickness of the yoke [m].
        yoke: f64,
        /// Conductivity of the core along the radius, across its sheets [W/(m K)].
        across: f64,
    },
    /// Separate teeth: by no way but their coils and the gaps.
    Nothing,
}

/// Measures of a machine, all stators and rotors together [m], [m²].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disc {
    /// Slots.
    pub slots: usize,
    /// Width of a slot where coil sides lie.
    pub slot_width: f64,
    /// Depth of that along the axis.
    pub slot_depth: f64,
    /// Cross-section of a tooth, seen along the axis.
    pub tooth_area: f64,
    /// Inner radius of iron and magnets.
    pub inner: f64,
    /// Outer radius.
    pub outer: f64,
    /// Share of iron in the core.
    pub stacking: f64,
    /// How the heat of the teeth leaves the core.
    pub behind: Behind,
    /// Air gaps.
    pub gaps: usize,
    /// Length of each.
    pub gap: f64,
    /// Faces of all magnets at one gap.
    pub magnet_face: f64,
    /// From the mean of the magnets to the iron behind them, by their face [W/(m² K)]; nothing where there is none.
    pub seat: Option<f64>,
    /// Metal of all conductors in all slots.
    pub metal_area: f64,
    /// Mean length of an end turn on one side.
    pub end_turn: f64,
    /// Whether what cools the end windings touches those at the outer edge only, as a jacket around the stator does.
    pub outer_ends_only: bool,
}

const INNER_END: usize = 0;
const INNER: usize = 1;
const OUTER: usize = 2;
const OUTER_END: usize = 3;
const TOOTH: usize = 4;
const MAGNETS: usize = 5;

impl Disc {
    fn yoke(&self) -> Option<usize> {
        (self.behind != Behind::Nothing).then_some(MAGNETS + 1)
    }

    /// The iron of the rotors, or the magnets where there is none.
    fn rotor(&self) -> usize {
        match self.seat {
            Some(_) => self.places() - 1,
            None => MAGNETS,
        }
    }

    /// Radial length of iron and magnets.
    fn length(&self) -> f64 {
        self.outer - self.inner
    }

    /// Face of a ring of iron [m²].
    fn ring(&self) -> f64 {
        PI * (self.outer * self.outer - self.inner * self.inner)
    }

    /// Lengths of an end turn at the inner and at the outer edge: a coil spans the same angle at both.
    fn ends(&self) -> [f64; 2] {
        let both = 2.0 * self.end_turn / (self.inner + self.outer);
        [both * self.inner, both * self.outer]
    }

    /// Shares of a turn in the places of the winding, in their order.
    fn shares(&self) -> [f64; 4] {
        let ([inner, outer], length) = (self.ends(), self.length());
        let turn = 2.0 * length + inner + outer;
        [inner, length, length, outer].map(|part| part / turn)
    }

    fn bundles(&self) -> Slots {
        Slots {
            count: self.slots,
            area: self.slot_width * self.slot_depth,
            depth: self.slot_depth,
            metal: self.metal_area,
        }
    }

    /// From the mean of the yoke to the coolant [W/K]: through the whole of it to the face behind it, or as a ring that is
    /// heated evenly to its outer rim.
    fn through_yoke(&self, films: &Films) -> Option<f64> {
        let film = films.coolant_resistance()?;
        match self.behind {
            Behind::Faces { yoke, stators } => {
                let face = self.ring() * stators as f64;
                Some(face / (yoke / (films.core * self.stacking) + film))
            }
            Behind::Rim { yoke, across } => {
                let rim = 2.0 * PI * self.outer * yoke;
                Some(1.0 / (ring_to_rim(self.inner, self.outer) / (across * yoke) + film / rim))
            }
            Behind::Nothing => None,
        }
    }
}

impl Body for Disc {
    /// Places: both end windings, both halves of the slots, teeth, magnets; a yoke and iron behind magnets where there are.
    fn places(&self) -> usize {
        MAGNETS + 1 + usize::from(self.yoke().is_some()) + usize::from(self.seat.is_some())
    }

    /// Both halves of the slots give heat to the teeth through liner and
    /// bundle. Along the conductors a slot is a rod of length L that is heated evenly: from the mean of a half L / (6 k A) to
    /// its end and 2 L / (3 k A) to the other half, so that an even rod has the mean and any rod the length that it has; an
    /// end turn joins two coil sides, its mean l / (6 k A) from them, A being all conductors of all slots. A tooth gives its
    /// heat to the yoke through a third of its length; separate teeth have their coils and the gaps only, since nothing is
    /// known of how they touch the coils at their ends. Across the gap heat passes where magnets are.
    fn network(
        &self,
        films: &Films,
        metal: &Metal,
        (speed, coolant): (f64, f64),
        at: f64,
    ) -> Network {
        let rod = metal.conductivity(at) * self.metal_area;
        let (length, [inner, outer]) = (self.length(), self.ends());
        let slots = self.bundles();
        let bundle = slots.bundle(films, metal, at);
        let to_tooth = 1.0 / slots.resistance_to_teeth(films, bundle, 0.5 * length);
        let gap = gap::disc_film(self.outer, self.gap, speed, coolant);
        let mut links = vec![
            (INNER, TOOTH, to_tooth),
            (OUTER, TOOTH, to_tooth),
            (INNER_END, INNER, 6.0 * rod / (length + inner)),
            (INNER, OUTER, 1.5 * rod / length),
            (OUTER, OUTER_END, 6.0 * rod / (length + outer)),
            (TOOTH, MAGNETS, gap * self.magnet_face * self.gaps as f64),
        ];
        let ends = if self.outer_ends_only {
            [0.0, films.end_windings]
        } else {
            [inner, outer].map(|end| films.end_windings * end / (inner + outer))
        };
        let mut sinks = vec![
            (INNER_END, ends[0]),
            (OUTER_END, ends[1]),
            (self.rotor(), films.rotor),
        ];
        if let Some(yoke) = self.yoke() {
            let teeth = films.core * self.stacking * self.tooth_area * self.slots as f64;
            links.push((TOOTH, yoke, 3.0 * teeth / self.slot_depth));
            sinks.extend(self.through_yoke(films).map(|way| (yoke, way)));
        }
        if let Some(seat) = self.seat {
            links.push((
                MAGNETS,
                self.rotor(),
                seat * self.magnet_face * self.gaps as f64,
            ));
        }
        Network {
            places: self.places(),
            links,
            sinks,
        }
    }

    fn lost(&self, sources: &Sources, metal: &Metal, winding: f64) -> Vec<f64> {
        let ratio = metal.resistivity(winding) / metal.resistivity(metal.reference_c);
        let copper = self.shares().map(|share| share * sources.copper * ratio);
        let strands = 0.5 * sources.proximity / ratio;
        let mut lost = vec![0.0; self.places()];
        lost[..4].copy_from_slice(&copper);
        lost[INNER] += strands;
        lost[OUTER] += strands;
        lost[TOOTH] = sources.tooth + 0.5 * sources.air;
        lost[MAGNETS] = sources.magnet + 0.5 * sources.air;
        lost[self.yoke().unwrap_or(TOOTH)] += sources.yoke;
        lost[self.rotor()] += sources.rotor;
        lost
    }

    fn mean_of_winding(&self, rises: &[f64]) -> f64 {
        self.shares().iter().zip(rises).map(|(s, r)| s * r).sum()
    }

    fn hottest(
        &self,
        network: &Network,
        films: &Films,
        metal: &Metal,
        losses: &[f64],
        (rises, winding): (&[f64], f64),
    ) -> (f64, bool) {
        let slots = self.bundles();
        let bundle = slots.bundle(films, metal, winding);
        let ([inner, outer], half) = (self.ends(), 0.5 * self.length());
        // Along the conductors the hottest is above a mean by half of what that is above its neighbour at most.
        let along = |place: usize| {
            let beside = [place.saturating_sub(1), (place + 1).min(OUTER_END)];
            let least = rises[beside[0]].min(rises[beside[1]]);
            0.5 * (rises[place] - least).max(0.0)
        };
        let across = |heat: f64, length: f64| slots.hotter_inside(bundle, heat, length);
        // Both halves of the slots give the teeth heat in the same way.
        let to_tooth = network.links[0].2;
        let sides = |place: usize| to_tooth * (rises[place] - rises[TOOTH]).max(0.0);
        let in_slot = [INNER, OUTER].map(|k| rises[k] + along(k) + across(sides(k), half));
        let in_end = [(INNER_END, inner), (OUTER_END, outer)]
            .map(|(k, length)| rises[k] + along(k) + across(losses[k], length));
        let [slot, end] = [in_slot, in_end].map(|[a, b]| a.max(b));
        (slot.max(end), end > slot)
    }

    fn capacities(&self, masses: &Masses, conductor: f64) -> Vec<f64> {
        let teeth = self.slots as f64 * self.tooth_area * self.slot_depth;
        let yoke = match self.behind {
            Behind::Faces { yoke, stators } => self.ring() * yoke * stators as f64,
            Behind::Rim { yoke, .. } => self.ring() * yoke,
            Behind::Nothing => 0.0,
        };
        let mut of = vec![0.0; self.places()];
        for (place, share) in self.shares().into_iter().enumerate() {
            of[place] = conductor * masses.winding * share;
        }
        let core = IRON * masses.stator / (teeth + yoke);
        of[TOOTH] = core * teeth;
        of[MAGNETS] = MAGNET * masses.magnet;
        if let Some(place) = self.yoke() {
            of[place] = core * yoke;
        }
        of[self.rotor()] += IRON * masses.rotor;
        of
    }

    fn parts(&self, coolant: f64, rises: &[f64]) -> Parts {
        Parts {
            tooth: coolant + rises[TOOTH],
            yoke: self.yoke().map(|place| coolant + rises[place]),
            magnet: coolant + rises[MAGNETS],
        }
    }
}

/// From the mean of a ring that is heated evenly to its outer rim, times thickness and conductivity [-]: of −∇²θ = q with
/// no heat through the bore a, θ(r) = q (b² − r²) / 4 − q a² ln(b/r) / 2, the mean over the ring over q π (b² − a²) (H. S.
/// Carslaw and J. C. Jaeger, Conduction of Heat in Solids, 1959, hollow cylinders with heat production).
fn ring_to_rim(a: f64, b: f64) -> f64 {
    let ring = b * b - a * a;
    let mean = ring / 8.0 - a * a * (ring / 2.0 - a * a * (b / a).ln()) / (2.0 * ring);
    mean / (PI * ring)
}

#[cfg(test)]
#[path = "disc_tests.rs"]
mod tests;
