//! What every machine with salient poles on both sides owes to physics. Its phases are fed one by one, so that
//! it has laws of its own instead of those in d and q.

use crate::subject::{assert_close, linear_materials, materials as with_remanence};
use dualcert::design::Winding;
use dualcert::network::newton::{Materials, Solver};
use dualcert::network::reading::gap_torque;
use dualcert::network::sector::Side;
use dualcert::network::spot::{read, spots};
use dualcert::operate::period::Period;
use dualcert::operate::reluctance::drive::{Circuit, Control, Drive, STEPS};
use dualcert::operate::reluctance::machine::PoleMachine;
use dualcert::operate::reluctance::map::PhaseMap;
use dualcert::operate::reluctance::turn::Turn;
use dualcert::operate::reluctance::waves::Alone;
use dualcert::operate::study::Cost;
use dualcert::resolution::Resolution;
use dualcert::topology::srm::Srm;
use dualcert::winding::pole::PoleLayout;
use serde_json::{Value, json};

/// The solver stops at a residual of 1e-5 of the load; answers that should be equal are so to this.
const SOLVED: f64 = 1e-4;

/// A machine with the current that saturates it.
pub struct Subject {
    pub srm: Srm,
    pub layout: PoleLayout,
    pub current: f64,
}

fn subject(geometry: Value, turns: usize, current: f64) -> Subject {
    let srm: Srm = serde_json::from_value(geometry).unwrap();
    assert_eq!(srm.fits(), vec![]);
    let winding: Winding = serde_json::from_value(json!({
        "turns_per_coil": turns,
        "layers": 2,
        "coil_pitch_slots": 1,
        "parallel_paths": 1,
        "connection": "independent",
        "conductor": {"material": "copper", "strands": 1, "strand_diameter_mm": 1.0}
    }))
    .unwrap();
    let layout = winding.on_poles(&srm).unwrap();
    Subject {
        srm,
        layout,
        current,
    }
}

fn of_reference(text: &str, turns: usize, current: f64) -> Subject {
    let reference: Value = serde_json::from_str(text).unwrap();
    subject(reference["topology"]["srm"].clone(), turns, current)
}

/// Twelve and eight poles, of which finite elements are the reference.
pub fn twelve_eight() -> Subject {
    of_reference(include_str!("../reference/srm_12s8p.json"), 20, 60.0)
}

/// Eight and six poles: four phases.
pub fn eight_six() -> Subject {
    of_reference(include_str!("../reference/srm_8s6p_emdlab.json"), 278, 3.6)
}

/// Six and four poles with leaning sides.
pub fn six_four_tapered() -> Subject {
    let geometry = json!({
        "air_gap_mm": 0.45,
        "stack_length_mm": 70.0,
        "stator": {"pole_count": 6, "outer_diameter_mm": 125.0, "bore_diameter_mm": 60.0,
            "pole_arc_deg": 30.0, "pole_taper_deg": 4.0, "yoke_thickness_mm": 10.0, "coil_clearance_mm": 0.0},
        "rotor": {"pole_count": 4, "shaft_diameter_mm": 20.0, "pole_arc_deg": 34.2,
            "pole_taper_deg": 5.0, "yoke_thickness_mm": 8.0}
    });
    subject(geometry, 375, 3.6)
}

/// Ten and eight poles: five phases.
pub fn ten_eight() -> Subject {
    let geometry = json!({
        "air_gap_mm": 0.5,
        "stack_length_mm": 60.0,
        "stator": {"pole_count": 10, "outer_diameter_mm": 160.0, "bore_diameter_mm": 90.0,
            "pole_arc_deg": 16.0, "yoke_thickness_mm": 10.0, "coil_clearance_mm": 1.0},
        "rotor": {"pole_count": 8, "shaft_diameter_mm": 30.0, "pole_arc_deg": 17.0, "yoke_thickness_mm": 12.0}
    });
    subject(geometry, 80, 15.0)
}

/// Twelve and sixteen poles, the rotor around the stator.
pub fn outer_rotor() -> Subject {
    let geometry = json!({
        "air_gap_mm": 0.5,
        "rotor_position": "outer",
        "stack_length_mm": 50.0,
        "stator": {"pole_count": 12, "outer_diameter_mm": 140.0, "bore_diameter_mm": 60.0,
            "pole_arc_deg": 11.0, "yoke_thickness_mm": 10.0, "coil_clearance_mm": 2.0},
        "rotor": {"pole_count": 16, "outer_diameter_mm": 180.0, "pole_arc_deg": 10.0, "yoke_thickness_mm": 9.0}
    });
    subject(geometry, 40, 30.0)
}

/// Twelve poles of two teeth each and twenty-eight rotor poles: three phases.
pub fn two_teeth() -> Subject {
    of_reference(
        include_str!("../reference/srm_12s28p_two_teeth.json"),
        24,
        32.0,
    )
}

/// Six poles of three teeth each and twenty poles of a rotor around them, the teeth a little off its pitch.
pub fn three_teeth_outer_rotor() -> Subject {
    let geometry = json!({
        "air_gap_mm": 0.4,
        "rotor_position": "outer",
        "stack_length_mm": 40.0,
        "stator": {"pole_count": 6, "outer_diameter_mm": 120.0, "bore_diameter_mm": 40.0,
            "pole_arc_deg": 43.0, "pole_taper_deg": -20.0, "yoke_thickness_mm": 12.0, "coil_clearance_mm": 7.0,
            "teeth": {"count_per_pole": 3, "tooth_arc_deg": 6.5, "tooth_height_mm": 6.0}},
        "rotor": {"pole_count": 20, "outer_diameter_mm": 160.0, "pole_arc_deg": 7.0, "yoke_thickness_mm": 10.0}
    });
    subject(geometry, 60, 8.0)
}

impl Subject {
    fn machine(&self, resolution: Resolution) -> PoleMachine {
        let plan = self.srm.plan(&self.layout, resolution).unwrap();
        PoleMachine::new(&plan, &self.layout, resolution).unwrap()
    }
}

fn materials() -> Materials {
    with_remanence(0.0)
}

/// Linkages of all phases and the co-energy, with one phase fed.
fn feed(
    machine: &PoleMachine,
    materials: &Materials,
    phase: usize,
    current: f64,
    shift: usize,
) -> (Vec<f64>, f64) {
    let mut phases = vec![0.0; machine.phases()];
    phases[phase] = current;
    let load = machine.load(&phases);
    let mut solver = Solver::new(&machine.sector);
    let (state, _) = solver.solve(materials, &load, shift, None).unwrap();
    let energy = solver.co_energy(materials, &load, &state);
    (machine.linkages(&state.a), energy)
}

/// A shift at which poles overlap in part.
fn partial(machine: &PoleMachine) -> usize {
    machine.half_pitch_columns() / 3 + 1
}

pub fn without_current_there_is_no_field(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let (linkages, energy) = feed(&machine, &materials(), 0, 0.0, 3);
    let (_, fed) = feed(&machine, &materials(), 0, of.current, 3);
    assert!(linkages.iter().all(|psi| *psi == 0.0));
    // The energy of iron is an integral from zero, to rounding.
    assert_close(energy, 0.0, fed, 1e-12, "co-energy");
    // Nothing is left of a field from which the solution starts, in layers of iron that a cell is cut by either.
    let load = |current: f64| machine.load(&vec![current; machine.phases()]);
    let mut solver = Solver::new(&machine.sector);
    let materials = materials();
    let (before, _) = solver
        .solve(&materials, &load(of.current), 3, None)
        .unwrap();
    let (after, _) = solver
        .solve(&materials, &load(0.0), 4, Some(&before))
        .unwrap();
    let body = (0, Side::Stator);
    let spots = spots(&machine.sector, body);
    let left = |state| {
        let all = read(&machine.sector, body, &spots, state).into_iter();
        all.map(|r| r.b[0].hypot(r.b[1])).fold(0.0, f64::max)
    };
    assert!(left(&before) > 0.1);
    assert_eq!(left(&after), 0.0);
}

pub fn a_turn_by_one_rotor_pole_changes_nothing(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let (one, turned) = (
        partial(&machine),
        partial(&machine) + 2 * machine.half_pitch_columns(),
    );
    let (a, u) = feed(&machine, &materials(), 0, of.current, one);
    let (b, v) = feed(&machine, &materials(), 0, of.current, turned);
    let scale = a[0];
    for (a, b) in a.iter().zip(&b) {
        assert_close(*b, *a, scale, SOLVED, "linkage");
    }
    assert_close(v, u, u, SOLVED, "co-energy");
}

pub fn every_phase_sees_in_turn_what_the_first_saw(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let shift = partial(&machine);
    let (first, u) = feed(&machine, &materials(), 0, of.current, shift);
    for phase in 1..machine.phases() {
        let turned = shift + phase * machine.phase_step_columns();
        let (here, v) = feed(&machine, &materials(), phase, of.current, turned);
        assert_close(here[phase], first[0], first[0], SOLVED, "linkage");
        assert_close(v, u, u, SOLVED, "co-energy");
    }
}

pub fn both_ways_from_aligned_are_alike(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let shift = partial(&machine);
    let (here, u) = feed(&machine, &materials(), 0, of.current, shift);
    let back = 2 * machine.half_pitch_columns() - shift;
    let (there, v) = feed(&machine, &materials(), 0, of.current, back);
    assert_close(there[0], here[0], here[0], SOLVED, "linkage");
    assert_close(v, u, u, SOLVED, "co-energy");
}

pub fn reversing_the_current_reverses_the_linkage(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let shift = partial(&machine);
    let (plus, u) = feed(&machine, &materials(), 0, of.current, shift);
    let (minus, v) = feed(&machine, &materials(), 0, -of.current, shift);
    assert_close(minus[0], -plus[0], plus[0], SOLVED, "linkage");
    assert_close(v, u, u, SOLVED, "co-energy");
}

pub fn linkage_is_the_slope_of_co_energy(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let (shift, step) = (partial(&machine), 0.02 * of.current);
    let (linkages, _) = feed(&machine, &materials(), 0, of.current, shift);
    let (_, above) = feed(&machine, &materials(), 0, of.current + step, shift);
    let (_, below) = feed(&machine, &materials(), 0, of.current - step, shift);
    let slope = (above - below) / (2.0 * step);
    assert_close(
        slope,
        linkages[0],
        linkages[0],
        1e-3,
        "slope of the co-energy",
    );
}

pub fn in_linear_iron_co_energy_is_half_of_linkage_times_current(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let (linkages, energy) = feed(
        &machine,
        &linear_materials(0.0),
        0,
        of.current,
        partial(&machine),
    );
    assert_close(
        energy,
        0.5 * linkages[0] * of.current,
        energy,
        SOLVED,
        "co-energy",
    );
}

pub fn mutual_inductances_are_reciprocal(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let shift = partial(&machine);
    let (first, _) = feed(&machine, &linear_materials(0.0), 0, of.current, shift);
    for phase in 1..machine.phases() {
        let (other, _) = feed(&machine, &linear_materials(0.0), phase, of.current, shift);
        assert_close(other[0], first[phase], first[0], SOLVED, "mutual linkage");
    }
}

/// Twice the lengths and currents: the same flux densities, four times the linkage, eight times the energy.
pub fn scaled_lengths_and_currents_scale_linkage_and_co_energy(of: &Subject) {
    let value = serde_json::to_value(&of.srm).unwrap();
    let scaled: Srm = serde_json::from_value(doubled(value)).unwrap();
    let large = Subject {
        srm: scaled,
        layout: of.layout.clone(),
        current: 2.0 * of.current,
    };
    let (one, two) = (
        of.machine(Resolution::Coarse),
        large.machine(Resolution::Coarse),
    );
    let (a, u) = feed(&one, &materials(), 0, of.current, partial(&one));
    let (b, v) = feed(&two, &materials(), 0, large.current, partial(&two));
    assert_close(b[0], 4.0 * a[0], b[0], SOLVED, "linkage");
    assert_close(v, 8.0 * u, v, SOLVED, "co-energy");
}

fn doubled(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .map(|(key, inner)| {
                let scaled = match inner.as_f64() {
                    Some(length) if key.ends_with("_mm") => json!(length * 2.0),
                    _ => doubled(inner),
                };
                (key, scaled)
            })
            .collect(),
        other => other,
    }
}

/// The stress in the gap, over half a rotor pitch, does the work that the co-energies say.
pub fn the_gap_stress_does_the_work_of_the_co_energy(of: &Subject) {
    let machine = of.machine(Resolution::Standard);
    let columns = machine.half_pitch_columns();
    let map = PhaseMap::solve(&machine, &materials(), &[of.current], 2).unwrap();
    let expected = map.mean_torque()[0];
    let mut phases = vec![0.0; machine.phases()];
    phases[0] = of.current;
    let load = machine.load(&phases);
    let mut solver = Solver::new(&machine.sector);
    let (mut last, mut sum) = (None, 0.0);
    // At both ends the stress has no moment, so that the trapezium rule needs the inner columns only.
    for shift in 1..columns {
        let (state, _) = solver
            .solve(&materials(), &load, shift, last.as_ref())
            .unwrap();
        sum += gap_torque(&machine.sector, &state);
        last = Some(state);
    }
    let found = -sum / columns as f64;
    assert_close(found, expected, expected, 0.05, "mean torque");
    assert!(expected > 0.0);
}

/// Floor of the error estimate, as a share of the largest linkage and energy: two grids may agree by chance.
const FLOOR: f64 = 0.012;

pub fn a_finer_grid_stays_within_the_error_estimate(of: &Subject) {
    let solve = |resolution| {
        let machine = of.machine(resolution);
        let middle = machine.half_pitch() / 2.0;
        let map =
            PhaseMap::solve(&machine, &materials(), &[0.3 * of.current, of.current], 2).unwrap();
        let shift = machine.shift_at(middle);
        let (linkage, energy) = (&map.linkage, &map.co_energy);
        let mut found = vec![linkage[[0, 0]], linkage[[0, 1]], linkage[[1, 1]]];
        let mut energies = vec![energy[[0, 0]], energy[[0, 1]], energy[[1, 1]]];
        if let Some(shift) = shift {
            let (psi, w) = feed(&machine, &materials(), 0, of.current, shift);
            found.push(psi[0]);
            energies.push(w);
        }
        (found, energies)
    };
    let grids = [Resolution::Coarse, Resolution::Standard, Resolution::Fine].map(solve);
    let check = |of: &dyn Fn(usize) -> Vec<f64>, what: &str| {
        let (coarse, standard, fine) = (of(0), of(1), of(2));
        let largest = fine.iter().copied().fold(0.0, f64::max);
        for k in 0..coarse.len().min(standard.len()).min(fine.len()) {
            let estimate = (1.5 * (standard[k] - coarse[k]).abs()).max(FLOOR * largest);
            let moved = (fine[k] - standard[k]).abs();
            assert!(
                moved <= estimate,
                "{what} {k}: {coarse:?} {standard:?} {fine:?}"
            );
        }
    };
    check(&|g| grids[g].0.clone(), "linkage");
    check(&|g| grids[g].1.clone(), "co-energy");
}

pub fn newton_converges_at_absurd_currents(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    for factor in [1e-6, 1e3] {
        let (linkages, energy) = feed(
            &machine,
            &materials(),
            0,
            factor * of.current,
            partial(&machine),
        );
        assert!(linkages[0].is_finite() && linkages[0] > 0.0 && energy > 0.0);
    }
}

/// Aligned poles conduct best, and the phase pulls towards them all the way.
pub fn inductance_falls_and_torque_pulls_from_aligned_to_unaligned(of: &Subject) {
    let machine = of.machine(Resolution::Coarse);
    let currents = [0.3 * of.current, of.current];
    let map = PhaseMap::solve(&machine, &materials(), &currents, 8).unwrap();
    for (aligned, unaligned) in map.inductances() {
        assert!(aligned > 1.3 * unaligned && unaligned > 0.0);
    }
    let last = map.positions.len() - 1;
    for i in 0..currents.len() {
        for p in 0..last {
            assert!(map.linkage[[p, i]] > map.linkage[[p + 1, i]], "{p} {i}");
            assert!(map.co_energy[[p, i]] > map.co_energy[[p + 1, i]], "{p} {i}");
        }
        assert_eq!((map.torque[[0, i]], map.torque[[last, i]]), (0.0, 0.0));
    }
    let work: Vec<f64> = map.mean_torque();
    assert!(work[1] > work[0] && work[0] > 0.0);
}

/// Iron that does not saturate adds up: the sum of the fields of single phases is the field of all of them, whatever
/// pitch is looked at and whichever way its pole is wound.
pub fn fields_of_single_phases_add_up_in_linear_iron(of: &Subject) {
    let (machine, materials) = (of.machine(Resolution::Coarse), linear_materials(0.0));
    let unknowns = machine.sector.unknowns();
    let alone = Alone::solve(&machine, &materials, &[of.current], unknowns).unwrap();
    let drive = Drive::new(&alone.map, machine.phases(), STEPS).unwrap();
    let pitch = drive.pitch();
    let circuit = Circuit {
        voltage: 1e3,
        resistance: 0.0,
        speed: 1.0,
    };
    // Blocks of current long enough that phases overlap.
    let control = Control {
        on: 0.05 * pitch,
        off: 0.45 * pitch,
        current: of.current,
    };
    let cycle = drive.follow(&circuit, &control).unwrap();
    let cost = &mut Cost::default();
    let turn = Turn::solve(&machine, &materials, &cycle, 1, (cost, unknowns)).unwrap();
    let added = alone.periods(&machine, &cycle);
    for (found, expected) in added.iter().zip(&turn.periods(&machine)[0]) {
        assert_eq!(found.pitches * found.alike, expected.pitches);
        let largest = waves(expected).fold(0.0, |most: f64, b| most.max(b.abs()));
        for (a, b) in waves(found).zip(waves(expected)) {
            assert_close(a, b, largest, 1e-3, "flux density");
        }
    }
}

fn waves(period: &Period) -> impl Iterator<Item = f64> + '_ {
    let spots = (0..period.pitches).flat_map(|p| (0..period.spots.len()).map(move |n| (p, n)));
    spots.flat_map(|(pitch, n)| period.wave(pitch, n).flat_map(|reading| reading.b))
}
