//! What the field along the air gap owes to the machine on both of its sides.

use crate::subject::{Solved, Subject, assert_close, at, linear_materials, materials};
use dualcert::network::gap::{Component, GapField, Sample, Wave};
use dualcert::operate::machine::Machine;
use dualcert::resolution::Resolution;
use dualcert::unit::MU_0;
use std::f64::consts::{PI, TAU};

const BOTH: [Component; 2] = [Component::Radial, Component::Tangential];

/// The field along the gap of every slice.
fn slices(machine: &Machine, solved: &Solved) -> Vec<GapField> {
    let of = |slice| GapField::of_slice(&machine.sector, slice, &solved.state);
    (0..machine.sector.slices).map(of).collect()
}

/// Waves up to the thirteenth harmonic, of both components.
fn waves(field: &GapField, pole_pairs: usize) -> Vec<Wave> {
    let orders = 1..=(13 * pole_pairs).min(field.highest_order());
    orders
        .flat_map(|order| BOTH.map(|component| field.wave(component, order)))
        .collect()
}

/// A wave as cosine and sine.
fn parts(wave: &Wave) -> [f64; 2] {
    let (s, c) = wave.phase.sin_cos();
    [wave.amplitude * c, wave.amplitude * s]
}

/// Without current a turn by one slot carries the whole field along: every wave keeps its amplitude and
/// moves by its order times the slot pitch.
pub fn gap_waves_turn_with_the_rotor(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let slot = machine.sector.stator.columns;
    let pitch = TAU / subject.layout.scheme.slots as f64;
    let of = |shift| {
        let solved = at(&machine, &materials, (0.0, 0.0), shift);
        let fields = slices(&machine, &solved);
        let all = fields.iter().flat_map(|f| waves(f, machine.pole_pairs));
        all.collect::<Vec<Wave>>()
    };
    let (one, other) = (of(1), of(1 + slot));
    let scale = one.iter().map(|w| w.amplitude).fold(0.0, f64::max);
    assert!(scale > 0.1);
    for (here, there) in one.iter().zip(&other) {
        let moved = Wave {
            phase: here.phase + here.order as f64 * pitch,
            ..*here
        };
        for (found, expected) in parts(there).into_iter().zip(parts(&moved)) {
            let what = format!("wave of order {}", here.order);
            assert_close(found, expected, scale, 1e-4, &what);
        }
    }
}

/// Each conductor links what the waves let pass up to the middle of its slot; all conductors together the
/// d flux linkage that is read from the coils. For distributed windings the fundamental alone, times its
/// winding factor, is nearly all of it; tooth coils see the waves of their teeth as well.
pub fn gap_waves_and_winding_give_the_linkage(subject: &Subject) {
    let machine = subject.machine(Resolution::Standard);
    // Iron that does not saturate: saturated teeth drive flux across the slots, which links a part of them.
    let materials = linear_materials(1.2);
    let layout = &subject.layout;
    let (slots, pairs) = (layout.scheme.slots, machine.pole_pairs);
    let length = machine.sector.length * machine.sector.coil_share;
    let (mut linked, mut by_waves, mut by_fundamental) = (0.0, 0.0, 0.0);
    for shift in machine.shifts() {
        let solved = at(&machine, &materials, (0.0, 0.0), shift);
        let mut phases = vec![0.0; 3 * machine.phase_sets()];
        let mean = machine.shifts().count() as f64;
        for field in slices(&machine, &solved) {
            for order in 1..=field.highest_order() {
                let wave = field.wave(Component::Radial, order);
                // B_r = (1/r) dA/dφ: A = r B / ν sin(ν φ - phase).
                let potential = |angle: f64| {
                    field.radius * wave.amplitude / order as f64
                        * (order as f64 * angle - wave.phase).sin()
                };
                for (q, sides) in layout.slots.iter().enumerate() {
                    let middle = potential((q as f64 + 0.5) * TAU / slots as f64);
                    for side in sides {
                        phases[side.phase] += length * side.conductors * middle;
                    }
                }
            }
            let fundamental = field.wave(Component::Radial, pairs).amplitude;
            let flux = 2.0 * field.radius * length * fundamental / pairs as f64;
            by_fundamental += layout.factor(1) * layout.series_turns() * flux / mean;
        }
        linked += solved.psi_d / mean;
        by_waves += machine.park(phases, shift).0 / mean;
    }
    // Field that turns round in the slot openings without reaching the coils is the difference.
    assert_close(linked, by_waves, by_waves, 0.03, "linkage from all waves");
    let distributed = slots >= 3 * layout.scheme.poles;
    let share = if distributed { 0.03 } else { 0.15 };
    assert_close(
        linked,
        by_fundamental,
        linked,
        share,
        "linkage from the fundamental",
    );
}

/// The whole circumference, solved as one, has the field of the sector that was thought to repeat: waves
/// of other orders, such as even ones where poles are alike but for their sign, do not exist.
pub fn a_whole_circumference_has_the_waves_of_a_sector(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let materials = materials(1.2);
    let shift = 2;
    let solved = at(&machine, &materials, subject.motoring(), shift);
    let part = GapField::of(&machine.sector, &solved.state);
    let mut plan = subject
        .topology
        .plan(&subject.layout, Resolution::Coarse)
        .unwrap();
    let sectors = plan.sectors;
    let mut beside = std::mem::take(&mut plan.beside);
    for slice in std::iter::once(&mut plan).chain(&mut beside) {
        slice.columns *= sectors;
        slice.rotor.pitches *= sectors;
        slice.stator.pitches *= sectors;
        (slice.sectors, slice.sign) = (1, 1.0);
    }
    plan.beside = beside;
    let machine = Machine::new(&plan, &subject.layout, Resolution::Coarse).unwrap();
    let solved = at(&machine, &materials, subject.motoring(), shift);
    let whole = GapField::of(&machine.sector, &solved.state);
    assert_eq!(part.samples().count(), whole.samples().count());
    let (one, other) = (
        waves(&part, machine.pole_pairs),
        waves(&whole, machine.pole_pairs),
    );
    let scale = one.iter().map(|w| w.amplitude).fold(0.0, f64::max);
    for (a, b) in one.iter().zip(&other) {
        let what = format!("wave of order {}", a.order);
        for (a, b) in parts(a).into_iter().zip(parts(b)) {
            assert_close(b, a, scale, 1e-4, &what);
        }
    }
}

/// Parseval: the mean square around the gap is the sum of the mean squares of all waves.
pub fn the_waves_hold_the_whole_field(subject: &Subject) {
    let machine = subject.machine(Resolution::Coarse);
    let solved = at(&machine, &materials(1.2), subject.motoring(), 3);
    let field = GapField::of(&machine.sector, &solved.state);
    let samples: Vec<Sample> = field.samples().collect();
    let count = samples.len();
    for component in BOTH {
        let of = |s: &Sample| match component {
            Component::Radial => s.radial,
            Component::Tangential => s.tangential,
        };
        let square = samples.iter().map(|s| of(s).powi(2)).sum::<f64>() / count as f64;
        let sum: f64 = (0..=count / 2)
            .map(|order| {
                // Means over a column are weaker than the wave.
                let half = PI * order as f64 / count as f64;
                let weaker = if order == 0 { 1.0 } else { half.sin() / half };
                let mean = (field.wave(component, order).amplitude * weaker).powi(2);
                // Zero and the last order have no partner of negative order: the last is doubled by it.
                let share = match order {
                    0 => 1.0,
                    last if 2 * last == count => 0.25,
                    _ => 0.5,
                };
                share * mean
            })
            .sum();
        assert_close(sum, square, square, 1e-9, "mean square");
    }
    let flux: f64 = samples.iter().map(|s| s.radial).sum::<f64>() / count as f64;
    assert!(flux.abs() < 1e-9, "flux out of the rotor: {flux} T");
}

/// Maxwell's stress on the middle circle alone, T = L r² / µ0 ∮ B_r B_φ dφ, is the torque of the linkages
/// to some per cent: it leans on one row of cells and does not improve steadily with the grid, which is why
/// torque is not taken from it. It holds sign and size of both components against each other.
pub fn the_stress_on_the_middle_circle_is_the_torque(subject: &Subject) {
    let machine = subject.machine(Resolution::Standard);
    let materials = materials(1.2);
    let sector = &machine.sector;
    let sense = if sector.rotor_outside { -1.0 } else { 1.0 };
    let (id, iq) = subject.motoring();
    let (mut circle, mut linked) = (0.0, 0.0);
    for shift in machine.shifts() {
        let solved = at(&machine, &materials, (id, iq), shift);
        for field in slices(&machine, &solved) {
            let stress: Vec<f64> = field.samples().map(|s| s.radial * s.tangential).collect();
            let mean = stress.iter().sum::<f64>() / stress.len() as f64;
            circle += sense * sector.length * field.radius.powi(2) / MU_0 * TAU * mean;
        }
        linked += machine.torque_factor() * (solved.psi_d * iq - solved.psi_q * id);
    }
    assert_close(circle, linked, linked, 0.03, "torque");
}
