//! The places of a machine with a slotted stator, or one with coils around poles, and a rotor inside or around it.

use super::gap;
use super::machine::{Body, Films, IRON, MAGNET, Masses, Metal, Parts, Sources};
use super::network::Network;
use super::slot::Slots;
use std::f64::consts::TAU;

/// Measures of a machine [m], [m²].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cylinder {
    /// Slots.
    pub slots: usize,
    /// Cross-section of a slot where coil sides lie.
    pub slot_area: f64,
    /// Depth of a slot.
    pub slot_depth: f64,
    /// Width of a tooth halfway down.
    pub tooth_width: f64,
    /// Radius of the back of the core.
    pub back_radius: f64,
    /// Radial height of the yoke.
    pub yoke_height: f64,
    /// Radius at the air gap.
    pub gap_radius: f64,
    /// Air gap, sleeves included.
    pub gap: f64,
    /// Part of the circumference where the bodies face each other across it: all of it if both are round.
    pub faces: f64,
    /// Length of the stack.
    pub stack: f64,
    /// Share of iron in the stack.
    pub stacking: f64,
    /// Metal of all conductors in all slots.
    pub metal_area: f64,
    /// Mean length of an end turn on one side.
    pub end_turn: f64,
}

const SLOT: usize = 0;
const END: usize = 1;
const TOOTH: usize = 2;
const YOKE: usize = 3;
const ROTOR: usize = 4;
pub(super) const PLACES: usize = 5;

impl Cylinder {
    fn bundles(&self) -> Slots {
        Slots {
            count: self.slots,
            area: self.slot_area,
            depth: self.slot_depth,
            metal: self.metal_area,
        }
    }

    /// The smaller and the larger radius of the yoke.
    fn yoke_radii(&self) -> (f64, f64) {
        let other = if self.back_radius > self.gap_radius {
            self.back_radius - self.yoke_height
        } else {
            self.back_radius + self.yoke_height
        };
        (other.min(self.back_radius), other.max(self.back_radius))
    }

    /// Share of the teeth in the cross-section of the stator core.
    fn teeth_share(&self) -> f64 {
        let teeth = self.slots as f64 * self.tooth_width * self.slot_depth;
        let (inner, outer) = self.yoke_radii();
        let yoke = (outer.powi(2) - inner.powi(2)) * TAU / 2.0;
        teeth / (teeth + yoke)
    }

    /// Share of a conductor that lies in the slots.
    fn in_slot(&self) -> f64 {
        self.stack / (self.stack + self.end_turn)
    }
}

impl Body for Cylinder {
    fn places(&self) -> usize {
        PLACES
    }

    /// Slots give heat to both of their teeth through liner and
    /// bundle and nothing to the yoke; along the conductors slots and end turns are rods that are heated evenly, a
    /// mean L / (12 k A) from their ends; a tooth gives its heat to the yoke through a third of its length, since
    /// it takes it up on the way; the whole of it passes the whole yoke.
    fn network(
        &self,
        films: &Films,
        metal: &Metal,
        (speed, coolant): (f64, f64),
        at: f64,
    ) -> Network {
        let conductor = metal.conductivity(at);
        let slots = self.bundles();
        let across = slots.resistance_to_teeth(films, slots.bundle(films, metal, at), self.stack);
        let along = (self.stack + self.end_turn) / (12.0 * conductor * self.metal_area);
        let iron = films.core * self.stacking * self.stack;
        let tooth = self.slot_depth / (3.0 * iron * self.slots as f64 * self.tooth_width);
        let (inner, outer) = self.yoke_radii();
        let yoke = (outer / inner).ln() / (TAU * iron);
        let back = TAU * self.back_radius * self.stack;
        let gap = gap::film(self.gap_radius, self.gap, speed, coolant)
            * TAU
            * self.gap_radius
            * self.stack
            * self.faces;
        Network {
            places: PLACES,
            links: vec![
                (SLOT, TOOTH, 1.0 / across),
                (SLOT, END, 1.0 / along),
                (TOOTH, YOKE, 1.0 / tooth),
                (TOOTH, ROTOR, gap),
            ],
            sinks: [
                films
                    .coolant_resistance()
                    .map(|film| (YOKE, 1.0 / (yoke + film / back))),
                Some((END, films.end_windings)),
                Some((ROTOR, films.rotor)),
            ]
            .into_iter()
            .flatten()
            .collect(),
        }
    }

    fn lost(&self, sources: &Sources, metal: &Metal, winding: f64) -> Vec<f64> {
        let ratio = metal.resistivity(winding) / metal.resistivity(metal.reference_c);
        let copper = sources.copper * ratio;
        let in_slot = self.in_slot();
        vec![
            copper * in_slot + sources.proximity / ratio,
            copper * (1.0 - in_slot),
            sources.tooth + 0.5 * sources.air,
            sources.yoke,
            sources.rotor + sources.magnet + 0.5 * sources.air,
        ]
    }

    fn mean_of_winding(&self, rises: &[f64]) -> f64 {
        let in_slot = self.in_slot();
        in_slot * rises[SLOT] + (1.0 - in_slot) * rises[END]
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
        // Along the conductors the middle of the hotter of the two is hotter than its mean, by half of what the mean
        // is above its ends at most.
        let along = |own: usize, other: usize| 0.5 * (rises[own] - rises[other]).max(0.0);
        let to_tooth = network.links[0].2 * (rises[SLOT] - rises[TOOTH]).max(0.0);
        let across = |heat: f64, length: f64| slots.hotter_inside(bundle, heat, length);
        let in_slot = rises[SLOT] + along(SLOT, END) + across(to_tooth, self.stack);
        let in_end = rises[END] + along(END, SLOT) + across(losses[END], self.end_turn);
        (in_slot.max(in_end), in_end > in_slot)
    }

    fn capacities(&self, masses: &Masses, conductor: f64) -> Vec<f64> {
        let teeth = self.teeth_share();
        let mut of = vec![0.0; PLACES];
        of[SLOT] = conductor * masses.winding * self.in_slot();
        of[END] = conductor * masses.winding * (1.0 - self.in_slot());
        of[TOOTH] = IRON * masses.stator * teeth;
        of[YOKE] = IRON * masses.stator * (1.0 - teeth);
        of[ROTOR] = IRON * masses.rotor + MAGNET * masses.magnet;
        of
    }

    fn parts(&self, coolant: f64, rises: &[f64]) -> Parts {
        Parts {
            tooth: coolant + rises[TOOTH],
            yoke: Some(coolant + rises[YOKE]),
            magnet: coolant + rises[ROTOR],
        }
    }
}
