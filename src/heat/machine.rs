//! A machine in balance with its losses and its coolant: cylinders or discs.

pub use super::cylinder::Cylinder;
pub use super::disc::{Behind, Disc};
use super::network::Network;
use super::slot;

/// Specific heat of iron at 25 °C [J/(kg K)] (CRC Handbook of Chemistry and Physics); silicon makes it larger.
pub(super) const IRON: f64 = 449.0;
/// Specific heat of a magnet [J/(kg K)]: less than sheets of makers state for Nd-Fe-B, Sm-Co and ferrite, since what
/// takes up less grows warmer. An assumption of this project.
pub(super) const MAGNET: f64 = 350.0;

/// Masses that take up heat [kg].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Masses {
    /// Metal of the winding.
    pub winding: f64,
    /// Stator laminations.
    pub stator: f64,
    /// Rotor laminations.
    pub rotor: f64,
    /// Magnets.
    pub magnet: f64,
}

/// What is drawn of a machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drawn {
    /// A stack with a rotor inside or around it.
    Cylinder(Cylinder),
    /// Discs beside each other.
    Disc(Disc),
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
    /// From the back of the core, or of the frame around it, to the coolant [W/(m² K)]; none where the core has no back.
    pub coolant: Option<f64>,
    /// Between the core and a frame around it [W/(m² K)]; none where the coolant wets the core.
    pub contact: Option<f64>,
    /// From the mean of both end windings to the coolant [W/K].
    pub end_windings: f64,
    /// From the rotor to the coolant, beside the air gap [W/K].
    pub rotor: f64,
}

impl Films {
    /// From the core to the coolant [m² K/W]; nothing where the core has no back.
    pub(super) fn coolant_resistance(&self) -> Option<f64> {
        let contact = self.contact.map_or(0.0, |contact| 1.0 / contact);
        self.coolant.map(|film| 1.0 / film + contact)
    }
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
    /// Rotor iron.
    pub rotor: f64,
    /// Magnets.
    pub magnet: f64,
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
            magnet: share * self.magnet,
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
    pub(super) fn resistivity(&self, at: f64) -> f64 {
        self.resistivity_20c * (1.0 + self.coefficient * (at - 20.0))
    }

    /// Conductivity for heat at a temperature [°C], in [W/(m K)].
    pub(super) fn conductivity(&self, at: f64) -> f64 {
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
    /// Parts beside the winding.
    pub parts: Parts,
    /// Losses at these temperatures [W].
    pub losses: f64,
    /// What the coolant takes [W].
    pub given_off: f64,
}

/// Temperatures of what is no winding [°C].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// Stator teeth.
    pub tooth: f64,
    /// Stator yoke; nothing where there is none.
    pub yoke: Option<f64>,
    /// Magnets, those of a cylinder with the iron of the rotor.
    pub magnet: f64,
}

/// Rounds after which temperatures that still move will not settle.
const ROUNDS: usize = 200;
/// Change of a temperature below which it is settled [K].
const SETTLED: f64 = 1e-9;
/// No winding is so hot [°C].
pub(super) const HOTTEST: f64 = 1000.0;
/// Why there is no temperature where cooling is too little.
pub const WITHOUT_END: &str =
    "the winding heats itself without end: its loss grows faster with temperature than the cooling";

/// What heat passes in a machine: places of one temperature each, and the ways between them.
pub(super) trait Body {
    /// Places of one temperature each.
    fn places(&self) -> usize;

    /// The network at a speed of the rotor [rad/s] with the coolant at one temperature [°C] and the winding at another.
    fn network(
        &self,
        films: &Films,
        metal: &Metal,
        speed_and_coolant: (f64, f64),
        at: f64,
    ) -> Network;

    /// Losses of the places with the winding at a temperature [°C], in [W].
    fn lost(&self, sources: &Sources, metal: &Metal, winding: f64) -> Vec<f64>;

    /// Mean rise of the winding over its length [K].
    fn mean_of_winding(&self, rises: &[f64]) -> f64;

    /// Rise of the hottest place of the winding above the coolant [K], and whether it lies in the end windings, by the rises of
    /// all places [K] and the temperature of the winding [°C].
    fn hottest(
        &self,
        network: &Network,
        films: &Films,
        metal: &Metal,
        losses: &[f64],
        rises_and_winding: (&[f64], f64),
    ) -> (f64, bool);

    /// Heat that one kelvin more takes up in every place [J/K], conductors having a specific heat [J/(kg K)].
    fn capacities(&self, masses: &Masses, conductor: f64) -> Vec<f64>;

    /// Temperatures of the parts by the rises [K].
    fn parts(&self, coolant: f64, rises: &[f64]) -> Parts;
}

impl Drawn {
    pub(super) fn body(&self) -> &dyn Body {
        match self {
            Drawn::Cylinder(cylinder) => cylinder,
            Drawn::Disc(disc) => disc,
        }
    }

    /// Places of one temperature each.
    pub fn places(&self) -> usize {
        self.body().places()
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
        let body = self.body();
        let mut winding = metal.reference_c;
        for _ in 0..ROUNDS {
            let losses = body.lost(sources, metal, winding);
            let network = body.network(films, metal, (speed, coolant), winding);
            let rises = network.rises(&losses).map_err(|e| e.to_string())?;
            let before = winding;
            winding = coolant + body.mean_of_winding(&rises);
            if !winding.is_finite() || winding > HOTTEST {
                break;
            }
            if (winding - before).abs() < SETTLED {
                let hot = body.hottest(&network, films, metal, &losses, (&rises, winding));
                return Ok(Settled {
                    hot_spot: coolant + hot.0,
                    hot_spot_in_end: hot.1,
                    winding,
                    parts: body.parts(coolant, &rises),
                    losses: losses.iter().sum(),
                    given_off: network.given_off(&rises),
                });
            }
        }
        Err(WITHOUT_END.to_owned())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// About the motor of the Toyota Prius 2004 with oil on its end windings.
    pub(in crate::heat) fn cylinder() -> Cylinder {
        Cylinder {
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

    pub(in crate::heat) fn drawn() -> Drawn {
        Drawn::Cylinder(cylinder())
    }

    pub(in crate::heat) const FILMS: Films = Films {
        core: 25.0,
        resin: 0.2,
        liner: (0.3e-3, 0.2),
        coolant: Some(300.0),
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
        magnet: 0.0,
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
        let yoke = found.parts.yoke.unwrap();
        for other in [
            found.winding,
            found.parts.tooth,
            yoke,
            found.parts.magnet,
            65.0,
        ] {
            assert!(found.hot_spot > other);
        }
        let none = Sources {
            copper: 0.0,
            proximity: 0.0,
            tooth: 0.0,
            yoke: 0.0,
            rotor: 0.0,
            magnet: 0.0,
            air: 0.0,
        };
        let cold = settle(FILMS, none).unwrap();
        assert!((cold.hot_spot - 65.0).abs() < 1e-9 && (cold.parts.magnet - 65.0).abs() < 1e-9);
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
                coolant: Some(400.0),
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
            let poles = Drawn::Cylinder(Cylinder {
                faces,
                ..cylinder()
            });
            let found = poles.settle(&alone, &LOST, &COPPER, (157.0, 65.0)).unwrap();
            found.parts.magnet - found.parts.tooth
        };
        assert!((rotor(0.25) / rotor(1.0) - 4.0).abs() < 1e-6);
    }

    /// Copper whose loss grows faster than the cooling has no balance, and none is invented.
    #[test]
    fn a_winding_that_runs_away_has_no_temperature() {
        let poor = Films {
            coolant: Some(1.0),
            end_windings: 0.0,
            ..FILMS
        };
        let reason = settle(poor, LOST).unwrap_err();
        assert!(reason.contains("without end"), "{reason}");
    }
}
