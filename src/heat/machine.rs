//! The network of a machine with a slotted stator, or one with coils around poles, and a rotor inside or around it.

use super::network::Network;
use super::{gap, slot};
use std::f64::consts::TAU;

/// Measures of a machine [m], [m²].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
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

/// What nobody can compute from a drawing, all as declared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Films {
    /// Conductivity of the core in the plane of its sheets [W/(m K)].
    pub core: f64,
    /// Conductivity of what fills the space between conductors [W/(m K)].
    pub resin: f64,
    /// Thickness [m] and conductivity [W/(m K)] of the slot liner.
    pub liner: (f64, f64),
    /// From the back of the core, or of the frame around it, to the coolant [W/(m² K)].
    pub coolant: f64,
    /// Between the core and a frame around it [W/(m² K)]; none where the coolant wets the core.
    pub contact: Option<f64>,
    /// From the mean of both end windings to the coolant [W/K].
    pub end_windings: f64,
    /// From the rotor to the coolant, beside the air gap [W/K].
    pub rotor: f64,
}

/// Losses where they arise [W].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sources {
    /// Conductors at even current density, at the reference temperature.
    pub copper: f64,
    /// Eddy currents in the conductors in the slots, there too.
    pub proximity: f64,
    /// Stator teeth.
    pub tooth: f64,
    /// Stator yoke.
    pub yoke: f64,
    /// Rotor iron and magnets.
    pub rotor: f64,
    /// Drag of the air, half of which heats each side of the gap.
    pub air: f64,
}

impl Sources {
    /// A share of all of them.
    pub(super) fn times(&self, share: f64) -> Self {
        Self {
            copper: share * self.copper,
            proximity: share * self.proximity,
            tooth: share * self.tooth,
            yoke: share * self.yoke,
            rotor: share * self.rotor,
            air: share * self.air,
        }
    }
}

/// The metal of the conductors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metal {
    /// Resistivity at 20 °C [Ω m].
    pub resistivity_20c: f64,
    /// Its change over itself at 20 °C [1/K].
    pub coefficient: f64,
    /// Temperature at which the losses are stated [°C].
    pub reference_c: f64,
}

impl Metal {
    /// Resistivity at a temperature [°C], in [Ω m].
    fn resistivity(&self, at: f64) -> f64 {
        self.resistivity_20c * (1.0 + self.coefficient * (at - 20.0))
    }

    /// Conductivity for heat at a temperature [°C], in [W/(m K)].
    fn conductivity(&self, at: f64) -> f64 {
        slot::metal_conductivity(self.resistivity(at), at)
    }
}

/// Temperatures that the machine settles at [°C].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    /// Hottest place of the winding.
    pub hot_spot: f64,
    /// Whether that lies in the end windings.
    pub hot_spot_in_end: bool,
    /// Mean of the winding over its length.
    pub winding: f64,
    /// Stator teeth.
    pub tooth: f64,
    /// Stator yoke.
    pub yoke: f64,
    /// Rotor with its magnets.
    pub rotor: f64,
    /// Losses at these temperatures [W].
    pub losses: f64,
    /// What the coolant takes [W].
    pub given_off: f64,
}

pub(super) const SLOT: usize = 0;
pub(super) const END: usize = 1;
pub(super) const TOOTH: usize = 2;
pub(super) const YOKE: usize = 3;
pub(super) const ROTOR: usize = 4;
pub(super) const PLACES: usize = 5;

/// Rounds after which temperatures that still move will not settle.
const ROUNDS: usize = 200;
/// Change of a temperature below which it is settled [K].
const SETTLED: f64 = 1e-9;
/// No winding is so hot [°C].
pub(super) const HOTTEST: f64 = 1000.0;
/// Why there is no temperature where cooling is too little.
pub const WITHOUT_END: &str =
    "the winding heats itself without end: its loss grows faster with temperature than the cooling";

impl Drawn {
    fn bundle(&self, films: &Films, metal: &Metal, at: f64) -> f64 {
        let fill = (self.metal_area / (self.slots as f64 * self.slot_area)).min(1.0);
        let conductor = metal.conductivity(at);
        slot::bundle_conductivity(fill, conductor, films.resin)
    }

    /// Both sides of all slots, one of them [m²].
    fn side(&self, length: f64) -> f64 {
        self.slots as f64 * self.slot_depth * length
    }

    fn slot_width(&self) -> f64 {
        self.slot_area / self.slot_depth
    }

    /// The network with the winding at a temperature [°C]. Slots give heat to both of their teeth through liner and
    /// bundle and nothing to the yoke; along the conductors slots and end turns are rods that are heated evenly, a
    /// mean L / (12 k A) from their ends; a tooth gives its heat to the yoke through a third of its length, since
    /// it takes it up on the way; the whole of it passes the whole yoke.
    pub(super) fn network(
        &self,
        films: &Films,
        metal: &Metal,
        (speed, coolant): (f64, f64),
        at: f64,
    ) -> Network {
        let conductor = metal.conductivity(at);
        let side = self.side(self.stack);
        let across = slot::mean_to_sides(self.slot_width(), self.bundle(films, metal, at), side)
            + films.liner.0 / (films.liner.1 * 2.0 * side);
        let along = (self.stack + self.end_turn) / (12.0 * conductor * self.metal_area);
        let iron = films.core * self.stacking * self.stack;
        let tooth = self.slot_depth / (3.0 * iron * self.slots as f64 * self.tooth_width);
        let (inner, outer) = self.yoke_radii();
        let yoke = (outer / inner).ln() / (TAU * iron);
        let back = TAU * self.back_radius * self.stack;
        let film = 1.0 / films.coolant + films.contact.map_or(0.0, |contact| 1.0 / contact);
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
            sinks: vec![
                (YOKE, 1.0 / (yoke + film / back)),
                (END, films.end_windings),
                (ROTOR, films.rotor),
            ],
        }
    }

    /// Temperatures at which losses and cooling balance, at a speed of the rotor [rad/s] with a coolant at a
    /// temperature [°C]; or why there are none.
    ///
    /// # Errors
    /// When the winding heats itself without end, or a place has no way to the coolant.
    pub fn settle(
        &self,
        films: &Films,
        sources: &Sources,
        metal: &Metal,
        (speed, coolant): (f64, f64),
    ) -> Result<Settled, String> {
        let mut winding = metal.reference_c;
        for _ in 0..ROUNDS {
            let losses = self.lost(sources, metal, winding);
            let network = self.network(films, metal, (speed, coolant), winding);
            let rises = network.rises(&losses).map_err(|e| e.to_string())?;
            let before = winding;
            winding = coolant + self.mean_of_winding(&rises);
            if !winding.is_finite() || winding > HOTTEST {
                break;
            }
            if (winding - before).abs() < SETTLED {
                let hot = self.hottest(&network, films, metal, &losses, (&rises, winding));
                return Ok(Settled {
                    hot_spot: coolant + hot.0,
                    hot_spot_in_end: hot.1,
                    winding,
                    tooth: coolant + rises[TOOTH],
                    yoke: coolant + rises[YOKE],
                    rotor: coolant + rises[ROTOR],
                    losses: losses.iter().sum(),
                    given_off: network.given_off(&rises),
                });
            }
        }
        Err(WITHOUT_END.to_owned())
    }

    /// Losses of the places with the winding at a temperature [°C], in [W].
    pub(super) fn lost(&self, sources: &Sources, metal: &Metal, winding: f64) -> [f64; PLACES] {
        let ratio = metal.resistivity(winding) / metal.resistivity(metal.reference_c);
        let copper = sources.copper * ratio;
        let in_slot = self.in_slot();
        [
            copper * in_slot + sources.proximity / ratio,
            copper * (1.0 - in_slot),
            sources.tooth + 0.5 * sources.air,
            sources.yoke,
            sources.rotor + 0.5 * sources.air,
        ]
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
    pub(super) fn teeth_share(&self) -> f64 {
        let teeth = self.slots as f64 * self.tooth_width * self.slot_depth;
        let (inner, outer) = self.yoke_radii();
        let yoke = (outer.powi(2) - inner.powi(2)) * TAU / 2.0;
        teeth / (teeth + yoke)
    }

    /// Share of a conductor that lies in the slots.
    pub(super) fn in_slot(&self) -> f64 {
        self.stack / (self.stack + self.end_turn)
    }

    /// Mean rise of the winding over its length [K].
    pub(super) fn mean_of_winding(&self, rises: &[f64]) -> f64 {
        let in_slot = self.in_slot();
        in_slot * rises[SLOT] + (1.0 - in_slot) * rises[END]
    }

    /// Rise of the hottest place of the winding above the coolant [K], and whether it lies in the end windings.
    pub(super) fn hottest(
        &self,
        network: &Network,
        films: &Films,
        metal: &Metal,
        losses: &[f64; PLACES],
        (rises, winding): (&[f64], f64),
    ) -> (f64, bool) {
        let bundle = self.bundle(films, metal, winding);
        // Along the conductors the middle of the hotter of the two is hotter than its mean, by half of what the mean
        // is above its ends at most.
        let along = |own: usize, other: usize| 0.5 * (rises[own] - rises[other]).max(0.0);
        let to_tooth = network.links[0].2 * (rises[SLOT] - rises[TOOTH]).max(0.0);
        let across = |heat: f64, length: f64| {
            0.5 * heat * slot::mean_to_sides(self.slot_width(), bundle, self.side(length))
        };
        let in_slot = rises[SLOT] + along(SLOT, END) + across(to_tooth, self.stack);
        let in_end = rises[END] + along(END, SLOT) + across(losses[END], self.end_turn);
        (in_slot.max(in_end), in_end > in_slot)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// About the motor of the Toyota Prius 2004 with oil on its end windings.
    pub(in crate::heat) fn drawn() -> Drawn {
        Drawn {
            slots: 48,
            slot_area: 216e-6,
            slot_depth: 33.3e-3,
            tooth_width: 7.6e-3,
            back_radius: 0.1346,
            yoke_height: 0.0194,
            gap_radius: 0.08095,
            gap: 0.75e-3,
            faces: 1.0,
            stack: 0.08382,
            stacking: 0.95,
            metal_area: 3.67e-3,
            end_turn: 0.14,
        }
    }

    pub(in crate::heat) const FILMS: Films = Films {
        core: 25.0,
        resin: 0.2,
        liner: (0.3e-3, 0.2),
        coolant: 300.0,
        contact: None,
        end_windings: 20.0,
        rotor: 2.0,
    };

    pub(in crate::heat) const LOST: Sources = Sources {
        copper: 900.0,
        proximity: 3.0,
        tooth: 70.0,
        yoke: 60.0,
        rotor: 15.0,
        air: 0.5,
    };

    pub(in crate::heat) const COPPER: Metal = Metal {
        resistivity_20c: 1.7241e-8,
        coefficient: 0.00393,
        reference_c: 140.0,
    };

    fn settle(films: Films, lost: Sources) -> Result<Settled, String> {
        drawn().settle(&films, &lost, &COPPER, (157.0, 65.0))
    }

    /// The coolant takes what the machine loses at the temperatures that it settles at, and copper loses there what
    /// its resistance says.
    #[test]
    fn energy_is_kept() {
        for films in [
            FILMS,
            Films {
                end_windings: 0.0,
                rotor: 0.0,
                ..FILMS
            },
        ] {
            let found = settle(films, LOST).unwrap();
            assert!((found.given_off / found.losses - 1.0).abs() < 1e-9);
            let copper =
                LOST.copper * (1.0 + 0.00393 * (found.winding - 20.0)) / (1.0 + 0.00393 * 120.0);
            let others = LOST.tooth + LOST.yoke + LOST.rotor + LOST.air;
            let proximity = LOST.proximity * LOST.copper / copper;
            assert!((found.losses - copper - others - proximity).abs() < 1e-6);
        }
    }

    /// Nothing is hotter than the hot spot; without losses all is as warm as the coolant.
    #[test]
    fn the_hot_spot_is_the_hottest_and_nothing_heats_itself_without_loss() {
        let found = settle(FILMS, LOST).unwrap();
        for other in [found.winding, found.tooth, found.yoke, found.rotor, 65.0] {
            assert!(found.hot_spot > other);
        }
        let none = Sources {
            copper: 0.0,
            proximity: 0.0,
            tooth: 0.0,
            yoke: 0.0,
            rotor: 0.0,
            air: 0.0,
        };
        let cold = settle(FILMS, none).unwrap();
        assert!((cold.hot_spot - 65.0).abs() < 1e-9 && (cold.rotor - 65.0).abs() < 1e-9);
    }

    /// Every better film, liner, resin or contact makes the winding cooler, every loss hotter.
    #[test]
    fn better_cooling_is_cooler_and_more_loss_hotter() {
        let base = settle(FILMS, LOST).unwrap().hot_spot;
        for better in [
            Films {
                core: 30.0,
                ..FILMS
            },
            Films {
                resin: 0.3,
                ..FILMS
            },
            Films {
                liner: (0.2e-3, 0.2),
                ..FILMS
            },
            Films {
                coolant: 400.0,
                ..FILMS
            },
            Films {
                end_windings: 30.0,
                ..FILMS
            },
            Films {
                rotor: 4.0,
                ..FILMS
            },
        ] {
            assert!(settle(better, LOST).unwrap().hot_spot < base, "{better:?}");
        }
        let contact = Films {
            contact: Some(2000.0),
            ..FILMS
        };
        assert!(settle(contact, LOST).unwrap().hot_spot > base);
        for more in [
            Sources {
                copper: 950.0,
                ..LOST
            },
            Sources {
                tooth: 90.0,
                ..LOST
            },
            Sources { yoke: 80.0, ..LOST },
            Sources {
                rotor: 40.0,
                ..LOST
            },
        ] {
            assert!(settle(FILMS, more).unwrap().hot_spot > base, "{more:?}");
        }
    }

    /// Poles that face each other over less of the circumference pass less heat, so that a rotor with no other way for
    /// its heat is hotter.
    #[test]
    fn what_faces_less_passes_less() {
        let alone = Films {
            rotor: 0.0,
            ..FILMS
        };
        let rotor = |faces| {
            let poles = Drawn { faces, ..drawn() };
            let found = poles.settle(&alone, &LOST, &COPPER, (157.0, 65.0)).unwrap();
            found.rotor - found.tooth
        };
        assert!((rotor(0.25) / rotor(1.0) - 4.0).abs() < 1e-6);
    }

    /// Copper whose loss grows faster than the cooling has no balance, and none is invented.
    #[test]
    fn a_winding_that_runs_away_has_no_temperature() {
        let poor = Films {
            coolant: 1.0,
            end_windings: 0.0,
            ..FILMS
        };
        let reason = settle(poor, LOST).unwrap_err();
        assert!(reason.contains("without end"), "{reason}");
    }
}
