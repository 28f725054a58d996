use super::*;
use crate::heat::cylinder::PLACES;
use crate::heat::machine::tests::{COPPER, FILMS, LOST, drawn};

fn heating() -> Heating {
    let masses = Masses {
        winding: 5.0,
        stator: 19.0,
        rotor: 8.0,
        magnet: 1.2,
    };
    Heating {
        drawn: drawn(),
        films: FILMS,
        metal: COPPER,
        capacities: Capacities::of(&drawn(), &masses, 385.0),
        coolant: 65.0,
    }
}

const SPEED: f64 = 157.0;

fn course(duty: Duty) -> Vec<Moment> {
    heating().course(&LOST, SPEED, duty).unwrap()
}

fn close(a: &Moment, b: &Moment, within: f64) -> bool {
    [
        (a.hot_spot, b.hot_spot),
        (a.winding, b.winding),
        (a.tooth, b.tooth),
        (a.yoke.unwrap_or(0.0), b.yoke.unwrap_or(0.0)),
        (a.rotor, b.rotor),
    ]
    .iter()
    .all(|(a, b)| (a - b).abs() < within)
}

/// A short time that is long, and a cycle almost always under load, are the continuous duty.
#[test]
fn long_times_and_full_cycles_end_at_the_balance() {
    let steady = course(Duty::Continuous)[0];
    let day = *course(Duty::ShortTime(86_400.0)).last().unwrap();
    assert!(close(&steady, &day, 1e-6), "{steady:?} {day:?}");
    let full = course(Duty::Intermittent {
        on: 1.0 - 1e-9,
        cycle: 600.0,
    });
    assert!(
        close(&steady, &full[STEPS - 1], 1e-3),
        "{:?}",
        full[STEPS - 1]
    );
}

/// A cycle that is short against every time constant warms the machine as losses of its share would all the time, but
/// for the gap, which conducts less at rest, and copper, whose loss follows its temperature.
#[test]
fn quick_cycles_are_the_share_of_the_losses() {
    let cycle = course(Duty::Intermittent {
        on: 0.5,
        cycle: 0.5,
    });
    let half = LOST.times(0.5);
    let steady = heating().course(&half, SPEED, Duty::Continuous).unwrap()[0];
    let (last, rise) = (cycle.last().unwrap(), steady.winding - 65.0);
    assert!(
        (last.winding - steady.winding).abs() < 0.01 * rise,
        "{last:?} {steady:?}"
    );
}

/// More time under load is hotter, never hotter than always; the winding is warmest at the end of the load.
#[test]
fn more_load_is_hotter_and_never_more_than_always() {
    let hottest = |duty| {
        let moments = course(duty);
        moments.iter().map(|m| m.hot_spot).fold(0.0, f64::max)
    };
    let steady = hottest(Duty::Continuous);
    let mut before = 65.0;
    for minutes in [1.0, 5.0, 10.0, 30.0, 90.0] {
        let now = hottest(Duty::ShortTime(60.0 * minutes));
        assert!(now > before && now < steady + 1e-6, "{minutes}: {now}");
        before = now;
    }
    before = 65.0;
    for on in [0.15, 0.25, 0.4, 0.6] {
        let now = hottest(Duty::Intermittent { on, cycle: 600.0 });
        assert!(now > before && now < steady + 1e-6, "{on}: {now}");
        before = now;
    }
}

/// What the losses give is in the places or has gone to the coolant.
#[test]
fn energy_is_kept_over_time() {
    let heating = heating();
    let Capacities(capacities) = heating.capacities;
    let mut rises = [0.0; PLACES];
    let (step, mut given, mut lost) = (10.0, 0.0, 0.0);
    for _ in 0..50 {
        let winding = 65.0 + heating.drawn.body().mean_of_winding(&rises);
        let losses = heating.drawn.body().lost(&LOST, &COPPER, winding);
        let network = heating
            .drawn
            .body()
            .network(&FILMS, &COPPER, (SPEED, 65.0), winding);
        let after = network.after(&losses, &capacities, &rises, step).unwrap();
        rises.copy_from_slice(&after);
        lost += step * losses.iter().sum::<f64>();
        given += step * network.given_off(&rises);
    }
    let stored: f64 = rises.iter().zip(capacities).map(|(r, c)| r * c).sum();
    assert!(((given + stored) / lost - 1.0).abs() < 1e-9);
}

/// And one that has no time to is not.
#[test]
fn a_winding_that_runs_away_is_told_over_time_too() {
    let heating = Heating {
        films: Films {
            coolant: Some(1.0),
            end_windings: 0.0,
            ..FILMS
        },
        ..heating()
    };
    let told = heating
        .course(&LOST, SPEED, Duty::ShortTime(86_400.0))
        .unwrap_err();
    assert!(told.contains("without end"));
    let brief = heating.course(&LOST, SPEED, Duty::ShortTime(60.0)).unwrap();
    assert!(brief.last().unwrap().hot_spot < 200.0);
}
