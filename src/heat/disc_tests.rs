use super::*;
use crate::heat::course::{Capacities, Heating};
use crate::heat::duty::Duty;
use crate::heat::machine::tests::COPPER;
use crate::heat::machine::{Drawn, Settled};

/// Two rotors around separate teeth, about 130 N m.
fn separate() -> Disc {
    Disc {
        slots: 18,
        slot_width: 14e-3,
        slot_depth: 60e-3,
        tooth_area: 892e-6,
        inner: 0.07,
        outer: 0.118,
        stacking: 0.95,
        behind: Behind::Nothing,
        gaps: 2,
        gap: 1e-3,
        magnet_face: 0.0221,
        seat: Some(1000.0),
        metal_area: 5.4e-3,
        end_turn: 0.05,
        outer_ends_only: false,
    }
}

const FACE: Behind = Behind::Faces {
    yoke: 0.015,
    stators: 1,
};
const RIM: Behind = Behind::Rim {
    yoke: 0.02,
    across: 3.0,
};

/// One disc of every kind.
fn kinds() -> [Disc; 4] {
    [
        separate(),
        Disc {
            behind: FACE,
            gaps: 1,
            ..separate()
        },
        Disc {
            behind: Behind::Faces {
                yoke: 0.015,
                stators: 2,
            },
            seat: None,
            ..separate()
        },
        Disc {
            behind: RIM,
            outer_ends_only: true,
            ..separate()
        },
    ]
}

const FILMS: Films = Films {
    core: 25.0,
    resin: 0.2,
    liner: (0.3e-3, 0.2),
    coolant: Some(300.0),
    contact: None,
    end_windings: 20.0,
    rotor: 2.0,
};

const LOST: Sources = Sources {
    copper: 500.0,
    proximity: 20.0,
    tooth: 60.0,
    yoke: 0.0,
    rotor: 10.0,
    magnet: 30.0,
    air: 4.0,
};

const SPEED: f64 = 157.0;

fn settle(disc: Disc, films: Films, lost: Sources) -> Settled {
    let drawn = Drawn::Disc(disc);
    drawn.settle(&films, &lost, &COPPER, (SPEED, 65.0)).unwrap()
}

/// The coolant takes what the machine loses; nothing is hotter than the hot spot but what heats itself; without losses all
/// is as warm as the coolant.
#[test]
fn energy_is_kept_in_every_arrangement() {
    for disc in kinds() {
        for films in [
            FILMS,
            Films {
                rotor: 0.0,
                contact: Some(2000.0),
                ..FILMS
            },
        ] {
            let lost = Sources { yoke: 40.0, ..LOST };
            let found = settle(disc, films, lost);
            assert!(
                (found.given_off / found.losses - 1.0).abs() < 1e-9,
                "{disc:?}"
            );
            let ratio = COPPER.resistivity(found.winding) / COPPER.resistivity(140.0);
            let all = 500.0 * ratio + 20.0 / ratio + 60.0 + 40.0 + 10.0 + 30.0 + 4.0;
            assert!((found.losses / all - 1.0).abs() < 1e-9, "{found:?}");
            assert!(found.hot_spot > found.winding);
        }
        let cold = settle(disc, FILMS, LOST.times(0.0));
        for at in [cold.hot_spot, cold.parts.tooth, cold.parts.magnet] {
            assert!((at - 65.0).abs() < 1e-9);
        }
        assert_eq!(
            cold.parts.yoke.is_none(),
            disc.behind == Behind::Nothing,
            "{cold:?}"
        );
    }
}

/// Every better way is cooler, every loss hotter; the film on a back of the core does nothing for teeth that have none.
#[test]
fn better_cooling_is_cooler_and_more_loss_hotter() {
    for disc in kinds() {
        let base = settle(disc, FILMS, LOST).hot_spot;
        let mut cooler = vec![
            Films {
                resin: 0.3,
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
        ];
        let film = Films {
            coolant: Some(400.0),
            ..FILMS
        };
        if disc.behind == Behind::Nothing {
            assert_eq!(settle(disc, film, LOST).hot_spot, base);
        } else {
            cooler.push(film);
        }
        for better in cooler {
            let found = settle(disc, better, LOST).hot_spot;
            assert!(found < base, "{better:?} {disc:?}: {found} {base}");
        }
        for more in [
            Sources {
                copper: 550.0,
                ..LOST
            },
            Sources {
                tooth: 90.0,
                ..LOST
            },
            Sources {
                magnet: 60.0,
                ..LOST
            },
            Sources {
                rotor: 40.0,
                ..LOST
            },
        ] {
            assert!(settle(disc, FILMS, more).hot_spot > base, "{more:?}");
        }
    }
    let rim = kinds()[3];
    let through = Disc {
        behind: Behind::Rim {
            yoke: 0.02,
            across: 20.0,
        },
        ..rim
    };
    assert!(settle(through, FILMS, LOST).hot_spot < settle(rim, FILMS, LOST).hot_spot);
}

/// A coil that gives its heat to its ends only is a rod: with both ends cold its mean is Q L / (12 k A) above them, with one
/// end cold Q L / (3 k A).
#[test]
fn a_coil_alone_is_a_rod() {
    let metal = Metal {
        coefficient: 0.0,
        ..COPPER
    };
    let films = Films {
        liner: (1e6, 0.2),
        end_windings: 1e9,
        rotor: 1.0,
        ..FILMS
    };
    let only = Sources {
        copper: 500.0,
        ..LOST.times(0.0)
    };
    for (outer_ends_only, part) in [(false, 12.0), (true, 3.0)] {
        let disc = Disc {
            end_turn: 1e-9,
            outer_ends_only,
            ..separate()
        };
        let found = Drawn::Disc(disc)
            .settle(&films, &only, &metal, (SPEED, 65.0))
            .unwrap();
        let rod = 500.0 * 0.048 / (part * metal.conductivity(found.winding) * 5.4e-3);
        let rise = found.winding - 65.0;
        assert!((rise / rod - 1.0).abs() < 1e-3, "{rise} {rod}");
    }
}

/// What magnets lose crosses the gap where nothing else takes it, through air that conducts as its law says.
#[test]
fn magnets_without_another_way_heat_the_gap() {
    let alone = Films {
        rotor: 0.0,
        ..FILMS
    };
    let found = settle(separate(), alone, LOST);
    let film = gap::disc_film(0.118, 1e-3, SPEED, 65.0);
    let crossing = film * 2.0 * 0.0221 * (found.parts.magnet - found.parts.tooth);
    assert!((crossing / 42.0 - 1.0).abs() < 1e-6, "{crossing}");
}

/// The ring in thin slices; one without a bore is a disc, 1 / 8 π.
#[test]
fn a_ring_is_that_of_slices() {
    assert!((ring_to_rim(1e-9, 0.1) * 8.0 * PI - 1.0).abs() < 1e-6);
    let (a, b, n) = (0.05, 0.12, 4000);
    let step = (b - a) / f64::from(n);
    // From the rim inwards: through a circle passes what the ring inside of it gives.
    let (mut rise, mut mean) = (0.0, 0.0);
    for k in (0..n).rev() {
        let r = a + step * (f64::from(k) + 0.5);
        let slope = (r * r - a * a) / (2.0 * r);
        mean += (rise + 0.5 * slope * step) * 2.0 * r * step / (b * b - a * a);
        rise += slope * step;
    }
    let heat = PI * (b * b - a * a);
    assert!((mean / heat / ring_to_rim(a, b) - 1.0).abs() < 1e-4);
}

fn heating(disc: Disc) -> Heating {
    let masses = Masses {
        winding: 9.0,
        stator: 7.0,
        rotor: 6.0,
        magnet: 1.7,
    };
    let drawn = Drawn::Disc(disc);
    Heating {
        drawn,
        films: FILMS,
        metal: COPPER,
        capacities: Capacities::of(&drawn, &masses, 385.0),
        coolant: 65.0,
    }
}

/// A short time that is long and a cycle that is all load end at the balance; half the losses in quick cycles are half of
/// them always; less time is less warm.
#[test]
fn duties_converge_to_the_balance() {
    for disc in kinds() {
        let heating = heating(disc);
        let course = |duty| heating.course(&LOST, SPEED, duty).unwrap();
        let steady = course(Duty::Continuous)[0];
        let cycle = |on| Duty::Intermittent { on, cycle: 600.0 };
        let day = course(Duty::ShortTime(86_400.0));
        let full = course(cycle(1.0 - 1e-9));
        for (last, within) in [(day.last().unwrap(), 1e-6), (&full[99], 1e-3)] {
            for (a, b) in [
                (last.hot_spot, steady.hot_spot),
                (last.winding, steady.winding),
                (last.tooth, steady.tooth),
                (last.rotor, steady.rotor),
            ] {
                assert!((a - b).abs() < within, "{last:?} {steady:?}");
            }
            assert_eq!(last.yoke.is_some(), steady.yoke.is_some());
        }
        let most = |duty| course(duty).iter().map(|m| m.hot_spot).fold(0.0, f64::max);
        let mut before = 65.0;
        for duty in [
            Duty::ShortTime(60.0),
            Duty::ShortTime(600.0),
            cycle(0.4),
            cycle(0.8),
        ] {
            let now = most(duty);
            assert!(now < steady.hot_spot + 1e-6);
            if duty != cycle(0.4) {
                assert!(now > before);
            }
            before = now;
        }
    }
}

/// A balance that there is not has no temperature, and no film that is not there helps.
#[test]
fn separate_teeth_whose_coils_nothing_cools_run_away() {
    let films = Films {
        end_windings: 0.1,
        rotor: 0.1,
        ..FILMS
    };
    let drawn = Drawn::Disc(separate());
    let told = drawn.settle(&films, &LOST, &COPPER, (SPEED, 65.0));
    assert!(told.unwrap_err().contains("without end"));
    let none = Films {
        end_windings: 0.0,
        rotor: 0.0,
        ..FILMS
    };
    assert!(drawn.settle(&none, &LOST, &COPPER, (SPEED, 65.0)).is_err());
}
