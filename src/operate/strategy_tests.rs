//! The strategy against the closed forms of linear machines and against brute force.

use super::*;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

const POLE_PAIRS: usize = 4;

/// ψ_m [V s], L_d and L_q [H] of a machine without saturation.
#[derive(Debug, Clone, Copy)]
struct Linear {
    psi: f64,
    l_d: f64,
    l_q: f64,
}

const INTERIOR: Linear = Linear {
    psi: 0.08,
    l_d: 0.4e-3,
    l_q: 1.0e-3,
};
/// Characteristic current below the limit: it has a stretch of most torque per volt.
const WEAK: Linear = Linear {
    psi: 0.05,
    l_d: 0.4e-3,
    l_q: 1.1e-3,
};
const SURFACE: Linear = Linear {
    psi: 0.06,
    l_d: 0.5e-3,
    l_q: 0.5e-3,
};

fn limits(resistance: f64) -> Limits {
    Limits {
        current: 200.0,
        voltage: 150.0,
        resistance,
    }
}

impl Linear {
    fn map(self) -> FluxMap {
        FluxMap::linear(self.psi, self.l_d, self.l_q, POLE_PAIRS, 220.0)
    }

    fn torque(self, id: f64, iq: f64) -> f64 {
        1.5 * POLE_PAIRS as f64 * (self.psi + (self.l_d - self.l_q) * id) * iq
    }

    /// Maximum torque per ampere of a current: i_d = (ψ - sqrt(ψ² + 8 (L_q - L_d)² I²)) / (4 (L_q - L_d)), and 0
    /// without saliency (Morimoto and others 1990).
    fn mtpa(self, current: f64) -> (f64, f64) {
        let delta = self.l_q - self.l_d;
        let id = if delta == 0.0 {
            0.0
        } else {
            (self.psi - (self.psi.powi(2) + 8.0 * (delta * current).powi(2)).sqrt()) / (4.0 * delta)
        };
        (id, (current * current - id * id).sqrt())
    }

    /// Speed [rad/s] up to which the point of most torque keeps the voltage without resistance.
    fn base_speed(self) -> f64 {
        let (id, iq) = self.mtpa(limits(0.0).current);
        let psi = (self.psi + self.l_d * id).hypot(self.l_q * iq);
        limits(0.0).voltage / psi / POLE_PAIRS as f64
    }

    /// Maximum torque per flux linkage Ψ (Morimoto and others 1990): the d axis linkage L_d Δ beyond the
    /// characteristic current, Δ = (-L_q ψ + sqrt((L_q ψ)² + 8 (L_q - L_d)² Ψ²)) / (4 (L_q - L_d) L_d).
    fn mtpv(self, linkage: f64) -> (f64, f64) {
        let delta = self.l_q - self.l_d;
        let beyond = if delta == 0.0 {
            0.0
        } else {
            let root = ((self.l_q * self.psi).powi(2) + 8.0 * (delta * linkage).powi(2)).sqrt();
            (root - self.l_q * self.psi) / (4.0 * delta * self.l_d)
        };
        let iq = (linkage.powi(2) - (self.l_d * beyond).powi(2)).sqrt() / self.l_q;
        (-self.psi / self.l_d - beyond, iq)
    }
}

fn close(found: f64, expected: f64, scale: f64) -> bool {
    (found - expected).abs() <= 1e-6 * scale
}

#[test]
fn without_voltage_limit_the_current_is_that_of_the_closed_form() {
    for machine in [INTERIOR, WEAK, SURFACE] {
        let map = machine.map();
        let strategy = Strategy::new(&map, limits(0.0), Mode::Motor);
        for current in [20.0, 80.0, 150.0, 199.0] {
            let (id, iq) = machine.mtpa(current);
            let line = strategy.line(machine.torque(id, iq)).expect("within reach");
            let found = line.at(1.0).expect("slow");
            assert_eq!(found.regime, Regime::LeastCurrent);
            // The minimum is flat: its place is known to the root of its value.
            assert!(close(found.current(), current, current), "{found:?}");
            assert!((found.id - id).abs() < 1e-3 * current, "{found:?} {id}");
        }
    }
}

#[test]
fn the_constant_torque_ends_at_the_base_speed() {
    for machine in [INTERIOR, WEAK, SURFACE] {
        let map = machine.map();
        let strategy = Strategy::new(&map, limits(0.0), Mode::Motor);
        let (id, iq) = machine.mtpa(limits(0.0).current);
        let most = machine.torque(id, iq);
        let base = machine.base_speed();
        let below = strategy.strongest(0.999 * base).expect("slow");
        assert_eq!(below.regime, Regime::LeastCurrent);
        assert!(close(below.torque, most, most), "{below:?} {most}");
        let above = strategy.strongest(1.001 * base).expect("slow");
        assert_eq!(above.regime, Regime::FieldWeakening);
        assert!(above.torque < most);
    }
}

/// On the current limit and the voltage limit of a machine without saliency:
/// i_d = ((V/ω)² - ψ² - L² I²) / (2 ψ L).
#[test]
fn a_surface_machine_weakens_its_field_as_the_textbook_says() {
    let map = SURFACE.map();
    let strategy = Strategy::new(&map, limits(0.0), Mode::Motor);
    let (l, psi, i) = (SURFACE.l_d, SURFACE.psi, limits(0.0).current);
    for times in [1.1, 1.5, 1.9] {
        let speed = times * SURFACE.base_speed();
        let linkage = limits(0.0).voltage / (POLE_PAIRS as f64 * speed);
        let id = (linkage.powi(2) - psi.powi(2) - (l * i).powi(2)) / (2.0 * psi * l);
        if id < -psi / l {
            continue;
        }
        let found = strategy.strongest(speed).expect("within reach");
        assert!(close(found.id, id, i), "{found:?} {id}");
        assert!(close(found.current(), i, i));
    }
}

#[test]
fn at_high_speed_the_most_torque_per_volt_is_that_of_the_closed_form() {
    for machine in [WEAK, SURFACE] {
        assert!(machine.psi / machine.l_d < limits(0.0).current);
        let map = machine.map();
        let strategy = Strategy::new(&map, limits(0.0), Mode::Motor);
        for linkage in [0.03, 0.01, 0.002, 0.0004] {
            let (id, iq) = machine.mtpv(linkage);
            if id.hypot(iq) > 0.99 * limits(0.0).current {
                continue;
            }
            let speed = limits(0.0).voltage / linkage / POLE_PAIRS as f64;
            let found = strategy.strongest(speed).expect("an infinite speed range");
            let most = machine.torque(id, iq);
            assert_eq!(found.regime, Regime::LeastVoltage, "{found:?}");
            assert!(close(found.torque, most, most), "{found:?} {most}");
        }
    }
}

/// A characteristic current beyond the limit leaves a highest speed V / (p (ψ - L_d I)).
#[test]
fn the_highest_speed_is_where_the_whole_current_just_weakens_enough() {
    let map = INTERIOR.map();
    let strong = Linear {
        psi: 0.1,
        ..INTERIOR
    };
    let strong_map = strong.map();
    let i = limits(0.0).current;
    let highest = |m: Linear| limits(0.0).voltage / (POLE_PAIRS as f64 * (m.psi - m.l_d * i));
    let strategy = Strategy::new(&strong_map, limits(0.0), Mode::Motor);
    assert!(strategy.strongest(0.999 * highest(strong)).is_some());
    assert!(strategy.strongest(1.001 * highest(strong)).is_none());
    // ψ = L_d I exactly: no speed is too high.
    let strategy = Strategy::new(&map, limits(0.0), Mode::Motor);
    assert!(strategy.strongest(1e4).is_some());
}

/// A machine whose q axis saturates and takes flux from its d axis with it.
fn saturated(machine: Linear) -> FluxMap {
    let Linear { psi, l_d, l_q } = machine;
    FluxMap::of(POLE_PAIRS, 220.0, |id, iq| {
        let bend = 1.0 + iq / 250.0;
        (psi / (1.0 + 0.2 * iq / 250.0) + l_d * id, l_q * iq / bend)
    })
}

const GRID: usize = 240;

/// Every point of a fine grid of currents within the limits, a hair inside the voltage.
fn grid(map: &FluxMap, limits: Limits, speed: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
    let step = limits.current / GRID as f64;
    (0..=GRID)
        .flat_map(move |i| (0..=GRID).map(move |j| (-step * i as f64, step * j as f64)))
        .filter(move |(id, iq)| {
            id.hypot(*iq) <= limits.current
                && map.voltage(*id, *iq, speed, limits.resistance) <= limits.voltage
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_on_the_grid_does_better(
        psi in 0.02..0.1_f64,
        l_d in 0.2e-3..0.6e-3_f64,
        saliency in 1.0..3.0_f64,
        resistance in 0.0..0.1_f64,
        speed in 10.0..2500.0_f64,
        share in 0.05..1.2_f64,
        bent in any::<bool>(),
    ) {
        let machine = Linear { psi, l_d, l_q: l_d * saliency };
        let map = if bent { saturated(machine) } else { machine.map() };
        let limits = limits(resistance);
        let strategy = Strategy::new(&map, limits, Mode::Motor);
        let most = strategy.strongest(speed);
        let allowed: Vec<(f64, f64)> = grid(&map, limits, speed).collect();
        let torque = |(id, iq): (f64, f64)| map.torque(id, iq);
        let on_grid = allowed.iter().map(|at| torque(*at)).fold(f64::NEG_INFINITY, f64::max);
        let Some(most) = most else {
            prop_assert!(allowed.is_empty(), "{on_grid} N m at {speed} rad/s were overlooked");
            return Ok(());
        };
        prop_assert!(most.torque >= on_grid - 1e-6 * on_grid.abs(), "{most:?} {on_grid}");
        prop_assert!(most.voltage <= limits.voltage && most.current() <= limits.current * (1.0 + 1e-12));
        let asked = share * most.torque.max(1e-3);
        let found = strategy.line(asked).and_then(|line| line.at(speed));
        // A torque that is reached by a grid point with some room is never refused, one beyond never granted.
        let enough = || allowed.iter().filter(|at| torque(**at) >= asked);
        let least = enough().map(|(d, q)| d.hypot(*q)).fold(f64::INFINITY, f64::min);
        match found {
            None => prop_assert!(share > 0.999_999, "{asked} of {} N m was refused", most.torque),
            Some(found) => {
                prop_assert!(share < 1.000_001, "{found:?} beyond {most:?}");
                prop_assert!((found.torque / asked - 1.0).abs() < 1e-6);
                prop_assert!(found.current() <= least * (1.0 + 1e-6), "{found:?} {least}");
                prop_assert!(found.voltage <= limits.voltage);
                prop_assert!(found.current() <= limits.current * (1.0 + 1e-12));
            }
        }
    }

    #[test]
    fn the_envelope_never_rises_with_speed_and_a_generator_has_no_less(
        psi in 0.02..0.1_f64,
        l_d in 0.2e-3..0.6e-3_f64,
        saliency in 1.0..3.0_f64,
        resistance in 0.0..0.1_f64,
        bent in any::<bool>(),
    ) {
        let machine = Linear { psi, l_d, l_q: l_d * saliency };
        let map = if bent { saturated(machine) } else { machine.map() };
        let [motor, generator] = Mode::BOTH.map(|mode| Strategy::new(&map, limits(resistance), mode));
        let lossless = Mode::BOTH.map(|mode| Strategy::new(&map, limits(0.0), mode));
        let mut last = [f64::INFINITY; 2];
        for k in 0..24 {
            let speed = 100.0 * f64::from(k);
            for (last, strategy) in last.iter_mut().zip([&motor, &generator]) {
                let now = strategy.strongest(speed).map_or(0.0, |s| s.torque.abs());
                prop_assert!(now <= *last * (1.0 + 1e-6), "{now} after {last} at {speed}");
                *last = now;
            }
            prop_assert!(last[1] >= last[0] * (1.0 - 1e-6));
            let [m, g] = lossless.each_ref().map(|s| s.strongest(speed));
            let mirrored = g.map(|g| Setpoint { iq: -g.iq, torque: -g.torque, ..g });
            prop_assert_eq!(m, mirrored);
        }
    }
}
