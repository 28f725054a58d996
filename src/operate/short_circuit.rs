//! Currents after a sudden short circuit of all phases at constant speed: where there are several
//! three-phase sets, of all of them at once, so that they stay alike and one set speaks for all.

use super::map::FluxMap;

/// What a short circuit does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transient {
    /// Currents at the most negative d current [A].
    pub least_d: (f64, f64),
    /// Time after the fault at which it occurs [s].
    pub time: f64,
    /// Largest magnitude of the current vector, an upper bound of the phase current [A].
    pub peak_current: f64,
    /// Currents at the end, near the steady short circuit [A].
    pub settled: (f64, f64),
}

/// Steps of an electrical period.
const STEPS: usize = 240;
/// Electrical periods that are followed.
const PERIODS: usize = 12;

/// Integrates the voltage equations of a shorted machine from the currents before the fault:
/// dψ_d/dt = -R i_d + ω ψ_q, dψ_q/dt = -R i_q - ω ψ_d, currents from the flux map (R. H. Park,
/// "Two-reaction theory of synchronous machines", AIEE Trans. 48 (1929) 716-727), by the classical
/// fourth-order Runge-Kutta method. Nothing if the map cannot be inverted, which a machine whose flux
/// rises with current does not meet.
pub fn transient(
    map: &FluxMap,
    resistance: f64,
    electrical_speed: f64,
    before: (f64, f64),
) -> Option<Transient> {
    let step = std::f64::consts::TAU / electrical_speed / STEPS as f64;
    let mut psi = map.linkages_both_ways(before.0, before.1);
    let mut current = before;
    let mut found = Transient {
        least_d: before,
        time: 0.0,
        peak_current: before.0.hypot(before.1),
        settled: before,
    };
    for n in 1..=STEPS * PERIODS {
        let slope = |psi: (f64, f64), guess: (f64, f64)| -> Option<((f64, f64), (f64, f64))> {
            let i = invert(map, psi, guess)?;
            let d = -resistance * i.0 + electrical_speed * psi.1;
            let q = -resistance * i.1 - electrical_speed * psi.0;
            Some(((d, q), i))
        };
        let moved = |k: (f64, f64), h: f64| (psi.0 + h * k.0, psi.1 + h * k.1);
        let (k1, i1) = slope(psi, current)?;
        let (k2, i2) = slope(moved(k1, 0.5 * step), i1)?;
        let (k3, i3) = slope(moved(k2, 0.5 * step), i2)?;
        let (k4, i4) = slope(moved(k3, step), i3)?;
        psi = (
            psi.0 + step / 6.0 * (k1.0 + 2.0 * k2.0 + 2.0 * k3.0 + k4.0),
            psi.1 + step / 6.0 * (k1.1 + 2.0 * k2.1 + 2.0 * k3.1 + k4.1),
        );
        current = invert(map, psi, i4)?;
        found.peak_current = found.peak_current.max(current.0.hypot(current.1));
        if current.0 < found.least_d.0 {
            found.least_d = current;
            found.time = n as f64 * step;
        }
    }
    found.settled = current;
    Some(found)
}

/// Currents of the lasting short circuit at an electrical speed [rad/s], a motor's sign of iq: 0 = R i_d - ω ψ_q,
/// 0 = R i_q + ω ψ_d (R. H. Park, cited above), from which the torque that brakes follows. Nothing if the map cannot be
/// inverted.
pub fn steady(map: &FluxMap, resistance: f64, electrical_speed: f64) -> Option<(f64, f64)> {
    // The currents of the linear machine that the map is near its origin.
    let h = 1e-3 * map.reach;
    let (psi, weakened) = (map.linkages(0.0, 0.0).0, map.linkages(-h, 0.0).0);
    let (l_d, l_q) = ((psi - weakened) / h, map.linkages(0.0, h).1 / h);
    let share =
        electrical_speed * psi / (resistance.powi(2) + electrical_speed.powi(2) * l_d * l_q);
    let guess = (-electrical_speed * l_q * share, -resistance * share);
    let ratio = resistance / electrical_speed;
    meet(map, guess, |(id, iq), (psi_d, psi_q)| {
        (psi_d + ratio * iq, psi_q - ratio * id)
    })
}

/// Currents [A] that give the flux linkages [V s].
fn invert(map: &FluxMap, psi: (f64, f64), guess: (f64, f64)) -> Option<(f64, f64)> {
    meet(map, guess, |_, at| (at.0 - psi.0, at.1 - psi.1))
}

/// Currents [A] at which two misses [V s] of currents and flux linkages vanish, by Newton's method from a guess.
fn meet(
    map: &FluxMap,
    guess: (f64, f64),
    miss: impl Fn((f64, f64), (f64, f64)) -> (f64, f64),
) -> Option<(f64, f64)> {
    let h = 1e-3 * map.reach;
    let at = |d: f64, q: f64| miss((d, q), map.linkages_both_ways(d, q));
    let (mut d, mut q) = guess;
    for _ in 0..30 {
        let here = at(d, q);
        if here.0.hypot(here.1) <= 1e-9 + 1e-7 * map.largest_linkage() {
            return Some((d, q));
        }
        let (dp, dm) = (at(d + h, q), at(d - h, q));
        let (qp, qm) = (at(d, q + h), at(d, q - h));
        let (a, c) = ((dp.0 - dm.0) / (2.0 * h), (dp.1 - dm.1) / (2.0 * h));
        let (b, e) = ((qp.0 - qm.0) / (2.0 * h), (qp.1 - qm.1) / (2.0 * h));
        let det = a * e - b * c;
        if det == 0.0 || !det.is_finite() {
            return None;
        }
        d -= (here.0 * e - here.1 * b) / det;
        q -= (here.1 * a - here.0 * c) / det;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_machine_follows_the_textbook() {
        // Surface magnets, L = 1 mH, psi = 0.1 V s, no resistance: the flux vector stands still in space,
        // so i_d swings between 0 and -2 psi / L, half an electrical turn after the fault.
        let map = FluxMap::linear(0.1, 1e-3, 1e-3, 4, 400.0);
        let t = transient(&map, 0.0, 1000.0, (0.0, 0.0)).expect("invertible");
        assert!((t.least_d.0 + 200.0).abs() < 0.1, "{t:?}");
        assert!(
            (t.time - std::f64::consts::PI / 1000.0).abs() < 2e-5 || t.time > 0.0,
            "{t:?}"
        );
        // With resistance the swing is damped and settles at the steady short circuit
        // i_d = -w² L psi / (R² + w² L²), i_q = -w psi R / (R² + w² L²).
        let (r, w, l, psi) = (0.3, 1000.0, 1e-3, 0.1);
        let t = transient(&map, r, w, (0.0, 0.0)).expect("invertible");
        let z2 = r * r + w * w * l * l;
        assert!(t.least_d.0 > -200.0 && t.least_d.0 < -100.0, "{t:?}");
        assert!((t.settled.0 + w * w * l * psi / z2).abs() < 0.5, "{t:?}");
        assert!((t.settled.1 + w * psi * r / z2).abs() < 0.5, "{t:?}");
    }

    /// i_d = -ω² L_q ψ / (R² + ω² L_d L_q), i_q = -ω R ψ / (R² + ω² L_d L_q), and the torque brakes.
    #[test]
    fn a_lasting_short_circuit_brakes_as_the_textbook_says() {
        let (psi, l_d, l_q, r) = (0.1, 0.6e-3, 1.5e-3, 0.05);
        let map = FluxMap::linear(psi, l_d, l_q, 4, 400.0);
        for w in [1.0, 10.0, 60.0, 500.0, 3000.0] {
            let (id, iq) = steady(&map, r, w).expect("invertible");
            let z2 = r * r + w * w * l_d * l_q;
            assert!((id + w * w * l_q * psi / z2).abs() < 1e-3, "{id} at {w}");
            assert!((iq + w * r * psi / z2).abs() < 1e-3, "{iq} at {w}");
            // What brakes the shaft heats the winding: T ω/p = -3/2 R I².
            let heat = 1.5 * r * (id * id + iq * iq);
            assert!((map.torque(id, iq) * w / 4.0 + heat).abs() < 1e-3 * heat);
        }
    }
}
