use super::*;
use crate::operate::reluctance::optimum::{Aim, Limits, optimum, optimum_of};
use crate::operate::strategy::Mode;
use ndarray::Array2;
use std::f64::consts::PI;

/// A made-up machine of eight rotor poles that saturates where poles overlap.
fn map() -> PhaseMap {
    let currents: Vec<f64> = (1..=12)
        .map(|k| 120.0 * (f64::from(k) / 12.0).powf(1.5))
        .collect();
    let positions: Vec<f64> = (0..12).map(|k| PI / 8.0 * f64::from(k) / 11.0).collect();
    let linkage = |i: f64, p: f64| {
        let overlap = 0.5 * (1.0 + (8.0 * p).cos());
        0.7e-3 * i + 0.15 * overlap.powf(1.3) * (1.0 - (-i / 25.0_f64).exp())
    };
    let shape = (positions.len(), currents.len());
    let of = |f: &dyn Fn(usize, usize) -> f64| Array2::from_shape_fn(shape, |(p, i)| f(p, i));
    PhaseMap {
        linkage: of(&|p, i| linkage(currents[i], positions[p])),
        co_energy: of(&|_, _| 0.0),
        mutual: of(&|_, _| 0.0),
        torque: of(&|_, _| 0.0),
        data_use: of(&|_, _| 0.0),
        currents,
        positions,
        iterations: 0,
    }
}

fn drive(steps: usize) -> Drive {
    Drive::new(&map(), 3, steps).expect("rises")
}

fn circuit(voltage: f64, resistance: f64, speed: f64) -> Circuit {
    Circuit {
        voltage,
        resistance,
        speed,
    }
}

fn control(on: f64, off: f64, current: f64) -> Control {
    Control {
        on: on.to_radians(),
        off: off.to_radians(),
        current,
    }
}

/// Blocks of current at low speed, single pulses at high speed, braking.
const CASES: [(f64, f64, f64, f64); 6] = [
    (30.0, 2.0, 16.0, 80.0),
    (150.0, 1.0, 15.0, 100.0),
    (400.0, -4.0, 13.0, 120.0),
    (900.0, -9.0, 10.0, 120.0),
    (150.0, 22.0, 36.0, 60.0),
    (700.0, 14.0, 30.0, 120.0),
];

#[test]
fn electrical_power_is_mechanical_power_and_copper_loss_the_better_the_finer_the_steps() {
    for (speed, on, off, current) in CASES {
        let left = |steps| {
            let cycle = drive(steps)
                .follow(&circuit(400.0, 0.15, speed), &control(on, off, current))
                .expect("a pulse");
            let area = cycle.loop_area() * 24.0 / (2.0 * PI);
            let apart = (area - cycle.mean_torque).abs() / cycle.mean_torque.abs();
            (cycle.energy_residual_ratio().abs(), apart)
        };
        let (rough, fine) = (left(STEPS), left(8 * STEPS));
        assert!(rough.0 < 2e-3, "{speed}: {rough:?}");
        assert!(fine.0 < 4e-4 && fine.1 < 1e-3, "{speed}: {fine:?}");
        assert!(fine.0 < 0.5 * rough.0 + 1e-5, "{speed}: {rough:?} {fine:?}");
    }
}

#[test]
fn without_current_there_is_no_torque() {
    for (speed, on, off, _) in CASES {
        let cycle = drive(STEPS)
            .follow(&circuit(400.0, 0.15, speed), &control(on, off, 0.0))
            .expect("a pulse");
        assert_eq!((cycle.mean_torque, cycle.rms_current), (0.0, 0.0));
        assert_eq!(
            (cycle.ripple_ratio, cycle.power_factor_ratio()),
            (None, None)
        );
    }
}

/// Without resistance time may run backwards: what was fed is then taken, at the mirrored angles.
#[test]
fn a_brake_is_a_motor_seen_backwards() {
    let free = circuit(400.0, 0.0, 500.0);
    let drive = drive(8 * STEPS);
    for (on, off) in [(-3.0, 11.0), (0.0, 12.0), (2.0, 9.0)] {
        let motor = drive
            .follow(&free, &control(on, off, 1e4))
            .expect("a pulse");
        let end = motor.extinction.to_degrees();
        let pulse = off - on;
        assert!((end - off - pulse).abs() < 0.02, "flux falls as it rose");
        let brake = drive
            .follow(&free, &control(45.0 - (off + pulse), 45.0 - off, 1e4))
            .expect("a pulse");
        assert!((motor.mean_torque / brake.mean_torque + 1.0).abs() < 1e-3);
        assert!((motor.rms_current / brake.rms_current - 1.0).abs() < 1e-3);
        assert!(motor.mean_torque > 0.0);
    }
}

#[test]
fn twice_the_voltage_at_twice_the_speed_leaves_the_loop_as_it_is() {
    let drive = drive(STEPS);
    let control = control(-3.0, 12.0, 70.0);
    let one = drive
        .follow(&circuit(300.0, 0.0, 200.0), &control)
        .expect("a pulse");
    let two = drive
        .follow(&circuit(600.0, 0.0, 400.0), &control)
        .expect("a pulse");
    for (a, b) in one.current.iter().zip(&two.current) {
        assert!((a - b).abs() < 1e-9);
    }
    for (a, b) in one.linkage.iter().zip(&two.linkage) {
        assert!((a - b).abs() < 1e-12);
    }
    assert!((two.electrical_power / one.electrical_power - 2.0).abs() < 1e-9);
}

#[test]
fn the_current_is_held_at_low_speed_and_a_single_pulse_at_high_speed() {
    let drive = drive(STEPS);
    let slow = drive
        .follow(&circuit(400.0, 0.15, 30.0), &control(2.0, 16.0, 80.0))
        .expect("slow");
    assert!(slow.held_ratio > 0.8 && slow.peak_current <= 80.0 * (1.0 + 1e-12));
    let fast = drive
        .follow(&circuit(400.0, 0.15, 2500.0), &control(-9.0, 10.0, 120.0))
        .expect("fast");
    assert_eq!(fast.held_ratio, 0.0);
    assert!(fast.voltage.iter().all(|v| v.abs() <= 400.0 * (1.0 + 1e-9)));
}

#[test]
fn current_without_a_pause_and_angles_without_a_pulse_are_refused() {
    let drive = drive(STEPS);
    let supply = circuit(400.0, 0.0, 2000.0);
    let long = drive.follow(&supply, &control(-12.0, 14.0, 1e4));
    assert!(
        matches!(long, Err(DriveError::ContinuousConduction { current_a, .. }) if current_a > 0.0)
    );
    for (on, off) in [(5.0, 5.0), (5.0, 2.0), (0.0, 45.0), (0.0, f64::NAN)] {
        let none = drive.follow(&supply, &control(on, off, 10.0));
        assert!(
            matches!(none, Err(DriveError::NoPulse { .. })),
            "{on} {off}"
        );
    }
}

#[test]
fn the_optimum_keeps_its_limits_and_no_neighbour_is_better() {
    let drive = drive(STEPS);
    for (speed, rms) in [(50.0, 1e3), (50.0, 45.0), (300.0, 60.0), (1000.0, 60.0)] {
        let supply = circuit(400.0, 0.15, speed);
        let limits = Limits { peak: 120.0, rms };
        let most = optimum(&drive, &supply, &limits, Aim::MostTorque).expect("a point");
        let keeps = |c: &Cycle| {
            c.peak_current <= 120.0 * (1.0 + 1e-6) && c.rms_current <= rms * (1.0 + 1e-5)
        };
        assert!(keeps(&most));
        for (on, off) in [
            (0.5, 0.5),
            (-0.5, -0.5),
            (0.0, 1.0),
            (0.0, -1.0),
            (2.0, 0.0),
            (-2.0, 0.0),
        ] {
            let near = Control {
                on: most.control.on + f64::to_radians(on),
                off: most.control.off + f64::to_radians(off),
                ..most.control
            };
            if let Ok(near) = drive.follow(&supply, &near)
                && keeps(&near)
            {
                assert!(
                    near.mean_torque < most.mean_torque * 1.002,
                    "{speed} {on} {off}"
                );
            }
        }
        let half = 0.5 * most.mean_torque;
        let least = optimum(&drive, &supply, &limits, Aim::LeastCurrent(half)).expect("a point");
        assert!((least.mean_torque / half - 1.0).abs() < 2e-5 && keeps(&least));
        assert!(least.rms_current < 0.9 * most.rms_current);
        let beyond = Aim::LeastCurrent(1.02 * most.mean_torque);
        assert!(optimum(&drive, &supply, &limits, beyond).is_err());
    }
}

#[test]
fn the_torque_is_the_slope_of_the_co_energy_of_the_surface() {
    let drive = drive(8 * STEPS);
    let width = drive.pitch() / drive.steps() as f64;
    for step in [10, 200, 700, 1300, 2000, 2700] {
        for current in [3.0, 20.0, 61.0, 119.0, 130.0] {
            let area = |step: i64| {
                let n = 2000;
                (0..n)
                    .map(|k| {
                        let i = current * (f64::from(k) + 0.5) / f64::from(n);
                        drive.slice(step).linkage(&drive.currents, i) * current / f64::from(n)
                    })
                    .sum::<f64>()
            };
            let slope = (area(step + 1) - area(step - 1)) / (2.0 * width);
            let torque = drive.slice(step).torque(&drive.currents, current);
            assert!(
                (slope - torque).abs() < 1e-3 * torque.abs() + 1e-3,
                "{step} {current}: {slope} {torque}"
            );
            let linkage = drive.slice(step).linkage(&drive.currents, current);
            let back =
                drive
                    .slice(step)
                    .current_for(&drive.currents, linkage + 1e-4 * current, 1e-4);
            assert!((back / current - 1.0).abs() < 1e-9);
        }
    }
}

/// End turns carry flux and make no torque: what is held has the torque that it had, a pulse against the voltage
/// carries less, and its energy closes as before.
#[test]
fn an_inductance_in_series_slows_pulses_and_makes_no_torque() {
    let with =
        |share: f64| Drive::new(&map().with_series(share * 0.1e-3), 3, STEPS).expect("rises");
    let (none, one, two) = (with(0.0), with(1.0), with(2.0));
    assert_eq!(none.slices, drive(STEPS).slices);
    for current in [10.0, 60.0, 120.0] {
        let most = none.most_static_torque(current);
        let apart = (two.most_static_torque(current) - most).abs();
        assert!(apart < 2e-3 * most, "{apart} {most}");
    }
    let limits = Limits {
        peak: 120.0,
        rms: 80.0,
    };
    let most = |drive: &Drive| {
        let found = optimum(drive, &circuit(400.0, 0.3, 900.0), &limits, Aim::MostTorque);
        found.expect("a pulse").mean_torque
    };
    let torques = [&none, &one, &two].map(most);
    assert!(
        torques[0] > torques[1] && torques[1] > torques[2],
        "{torques:?}"
    );
    for (speed, on, off, current) in CASES {
        let cycle = two.follow(&circuit(400.0, 0.3, speed), &control(on, off, current));
        let cycle = cycle.expect("a pulse");
        let left = cycle.energy_residual_ratio().abs();
        assert!(left < 2e-3, "{speed}: {left}");
    }
}

/// Close to the most torque few angles serve; the search finds them whatever the grid that it begins with.
#[test]
fn every_torque_below_the_most_has_a_drive() {
    let drive = drive(STEPS);
    for (mode, speed) in [
        (Mode::Motor, 50.0),
        (Mode::Motor, 300.0),
        (Mode::Motor, 1000.0),
        (Mode::Generator, 300.0),
        (Mode::Generator, 1000.0),
    ] {
        let supply = circuit(400.0, 0.15, speed);
        let limits = Limits {
            peak: 100.0,
            rms: 60.0,
        };
        let find = |aim| optimum_of(&drive, &supply, &limits, (mode, aim));
        let most = find(Aim::MostTorque).unwrap();
        let most = mode.sign() * most.mean_torque;
        for share in [0.1, 0.5, 0.875, 0.95, 0.98, 0.999] {
            let wanted = share * most;
            let found = find(Aim::LeastCurrent(wanted)).unwrap();
            let off = mode.sign() * found.mean_torque / wanted - 1.0;
            assert!(off.abs() < 2e-5, "{mode:?} {speed} {share}: {off}");
            assert!(found.rms_current <= limits.rms * (1.0 + 1e-5));
        }
        assert!(find(Aim::LeastCurrent(1.01 * most)).is_err());
    }
}
