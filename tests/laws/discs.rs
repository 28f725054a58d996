//! Machines with axial flux that are held to the laws.

use crate::subject::{Subject, assert_close, at_phases, linear_materials, materials};
use dualcert::loss::sample::{Cuts, Ends, Sample};
use dualcert::network::law::IronLaw;
use dualcert::network::newton::{Materials, Solver};
use dualcert::network::reading::gap_pull;
use dualcert::network::sector::Side;
use dualcert::operate::machine::Machine;
use dualcert::operate::off_middle::OffMiddle;
use dualcert::operate::study::Study;
use dualcert::resolution::Resolution;
use dualcert::topology::Topology;
use dualcert::topology::axial::Interior;
use serde_json::{Value, json};

/// One stator, one rotor.
pub fn single() -> Subject {
    arranged("single_sided", Some(12.0), Some(10.0))
}

/// Two rotors around teeth without a yoke.
pub fn yokeless() -> Subject {
    arranged("yokeless", None, Some(10.0))
}

/// One stator, one rotor whose poles are Halbach arrays of three pieces.
pub fn halbach() -> Subject {
    arranged_with("single_sided", (Some(12.0), Some(10.0)), |rotor| {
        rotor["magnet_outline"] = json!({"sector": {"arc_ratio": 1.0}});
        rotor["halbach"] = json!({"segments_per_pole": 3});
    })
}

/// One stator, one rotor with magnets behind pieces of iron.
pub fn buried() -> Subject {
    arranged_with(
        "single_sided",
        (Some(12.0), Some(10.0)),
        within(26.0, &behind_iron()),
    )
}

/// Magnets behind pieces of iron on both sides, between two stators.
fn buried_between() -> Subject {
    arranged_with(
        "double_stator",
        (Some(12.0), None),
        within(26.0, &behind_iron()),
    )
}

/// One stator, one rotor with magnets between poles of iron.
pub fn spoke() -> Subject {
    arranged_with(
        "single_sided",
        (Some(12.0), None),
        within(8.0, &json!({"spoke": {}})),
    )
}

/// The same between two stators.
pub fn spoke_between() -> Subject {
    arranged_with("double_stator", (Some(12.0), None), |rotor| {
        within(8.0, &json!({"spoke": {"pocket_clearance_mm": 0.1}}))(rotor);
        rotor["magnet_thickness_mm"] = json!(24.0);
    })
}

fn behind_iron() -> Value {
    json!({"buried": {
        "pole_piece_thickness_mm": 3.0, "barrier_width_mm": 3.0, "bridge_thickness_mm": 1.0, "pocket_clearance_mm": 0.1
    }})
}

/// Magnets so wide [mm] within iron.
fn within(width: f64, interior: &Value) -> impl Fn(&mut Value) {
    move |rotor| {
        rotor["interior"] = interior.clone();
        rotor["magnet_outline"] = json!({"parallel_sides": {"width_mm": width}});
        if interior.get("spoke").is_some() {
            rotor["magnet_thickness_mm"] = json!(12.0);
        }
    }
}

/// Twelve slots, eight poles, magnets with parallel sides, so that no two slices look alike.
fn arranged(arrangement: &str, yoke: Option<f64>, back_iron: Option<f64>) -> Subject {
    arranged_with(arrangement, (yoke, back_iron), |_| {})
}

fn arranged_with(
    arrangement: &str,
    (yoke, back_iron): (Option<f64>, Option<f64>),
    change: impl Fn(&mut Value),
) -> Subject {
    let mut geometry = json!({"axial": {
        "arrangement": arrangement,
        "air_gap_mm": 1.0,
        "outer_diameter_mm": 160.0,
        "inner_diameter_mm": 110.0,
        "stator": {
            "slot_count": 12,
            "slot": {
                "opening_width_mm": 3.0,
                "opening_height_mm": 1.5,
                "wedge_height_mm": 1.0,
                "width_mm": 14.0,
                "main_depth_mm": 18.0
            }
        },
        "rotor": {
            "pole_count": 8,
            "magnet_thickness_mm": 5.0,
            "magnet_outline": {"parallel_sides": {"width_mm": 36.0}}
        }
    }});
    if let Some(thickness) = yoke {
        geometry["axial"]["stator"]["yoke_thickness_mm"] = json!(thickness);
    }
    if let Some(thickness) = back_iron {
        geometry["axial"]["rotor"]["back_iron_thickness_mm"] = json!(thickness);
    }
    change(&mut geometry["axial"]["rotor"]);
    let winding = json!({
        "turns_per_coil": 20,
        "layers": 2,
        "coil_pitch_slots": 1,
        "parallel_paths": 1,
        "connection": "star",
        "conductor": {"material": "copper", "strands": 8, "strand_diameter_mm": 0.7}
    });
    Subject::new(geometry, winding, 80.0)
}

/// What stator and rotor pull each other by does the work of the co-energy as the gaps open under currents that stand
/// still: F = -dW'/dg at every gap, with currents and without, in iron that saturates and in iron that does not.
#[test]
fn the_pull_across_a_gap_does_the_work_of_the_co_energy() {
    for subject in [single(), yokeless(), halbach(), buried(), spoke_between()] {
        for (of, times) in [(materials(1.2), 1.0), (linear_materials(1.2), 0.0)] {
            pull_and_work(&subject, &of, times);
        }
    }
}

fn pull_and_work(subject: &Subject, materials: &Materials, times: f64) {
    let Topology::Axial(axial) = &subject.topology else {
        panic!("not an axial machine");
    };
    let (id, iq) = subject.motoring();
    let solved = |opened: f64| {
        let plan = axial.with_air_gap_changed(opened);
        // Room beyond the edges hangs on the gap, and what pulls there is in no slice.
        let plan = plan
            .plan(&subject.layout, Resolution::Standard)
            .in_the_plane();
        let machine = Machine::new(&plan, &subject.layout, Resolution::Standard).unwrap();
        let phases = machine.phase_currents(times * id, times * iq, 1);
        let solved = at_phases(&machine, materials, &phases, 1);
        let mut solver = Solver::new(&machine.sector);
        let work = solver.co_energy(materials, &machine.load(&phases), &solved.state);
        (work, gap_pull(&machine.sector, &solved.state))
    };
    // So little that as many rows stand in a bridge.
    let step = match axial.rotor.interior {
        Some(Interior::Buried(_)) => 2e-6,
        _ => 1e-5,
    };
    let ((high, _), (low, _), (_, pull)) = (solved(step), solved(-step), solved(0.0));
    assert!(pull > 0.0);
    let work = (low - high) / (2.0 * step);
    assert_close(work, pull, pull, 0.02, "work over the way and pull");
}

/// What is left of the pulls of two gaps, off the middle of them [N/m], without currents.
fn off_middle(subject: &Subject, materials: &Materials, resolution: Resolution) -> f64 {
    let by = 1e-5;
    let plans = [0.0, -by, by].map(|by| {
        let changed = subject.topology.with_air_gap_changed(by);
        changed.plan(&subject.layout, resolution).unwrap()
    });
    let cut = if subject.topology.halves_its_magnets() {
        Side::Rotor
    } else {
        Side::Stator
    };
    let halves = OffMiddle::new(plans, by, cut, (&subject.layout, resolution)).unwrap();
    halves.per_way(materials, (0.0, 0.0)).unwrap().0
}

/// The same if each half had a field of its own: what both pull more as they narrow.
fn by_themselves(subject: &Subject, materials: &Materials) -> f64 {
    let by = 2e-5;
    let pull = |by: f64| {
        let changed = subject.topology.with_air_gap_changed(by);
        let plan = changed.plan(&subject.layout, Resolution::Coarse).unwrap();
        let machine = Machine::new(&plan, &subject.layout, Resolution::Coarse).unwrap();
        let still = crate::subject::still(&machine);
        let pulls = machine.shifts().map(|shift| {
            let solved = at_phases(&machine, materials, &still, shift);
            gap_pull(&machine.sector, &solved.state)
        });
        pulls.sum::<f64>() / machine.shifts().count() as f64
    };
    (pull(-by) - pull(by)) / (2.0 * by)
}

/// Two rotors around a yoke that holds nothing have fields of their own. Where flux passes straight from gap to gap, what is
/// left off the middle is less.
#[test]
fn halves_that_share_their_flux_hold_each_other() {
    let around = arranged("double_rotor", Some(12.0), Some(10.0));
    let free = linear_materials(1.2);
    let (left, own) = (
        off_middle(&around, &free, Resolution::Coarse),
        by_themselves(&around, &free),
    );
    assert_close(left, own, own, 0.02, "two rotors around a yoke");
    // Linear iron shorts magnets behind bridges.
    let saturates = materials(1.2);
    for (subject, of) in [
        (yokeless(), &saturates),
        (yokeless(), &free),
        (buried_between(), &saturates),
    ] {
        let left = off_middle(&subject, of, Resolution::Coarse);
        let share = left / by_themselves(&subject, of);
        assert!((0.0..0.9).contains(&share), "{share} of {left}");
    }
}

/// Poles between magnets, whose flux leaves to both sides, give more of it to the gap that has become narrower.
#[test]
fn poles_between_two_stators_give_to_the_nearer_one() {
    let free = linear_materials(1.2);
    let (left, own) = (
        off_middle(&spoke_between(), &free, Resolution::Coarse),
        by_themselves(&spoke_between(), &free),
    );
    assert!(left > 1.2 * own, "{left} {own}");
}

/// Magnets that the plane between two stators cuts in the middle: an even number of pieces is that of two halves by
/// themselves, an odd one counts as one fewer, and a magnet in one piece loses more than both, up to four times as much where
/// the field changes evenly.
#[test]
fn eddy_currents_pass_the_plane_that_cuts_their_magnet() {
    let subject = spoke_between();
    let machine = subject.machine(Resolution::Coarse);
    let mut study = Study::new(&machine, linear_materials(1.2), machine.sector.unknowns());
    let (id, iq) = subject.motoring();
    let period = study.period(id, iq).unwrap().unwrap();
    let loss = |across: usize, halved: bool| {
        let cuts = Cuts {
            axial: 1,
            across,
            halved,
            ends: Ends::Beyond,
        };
        Sample::of(&machine.sector, &period, 8e-3, cuts).magnet_loss(200.0, 1.4e-6)
    };
    let ratio = loss(1, true) / loss(2, true);
    assert!((1.2..4.5).contains(&ratio), "{ratio}");
    assert_eq!(loss(2, true), loss(1, false));
    assert_eq!(loss(3, true), loss(2, true));
    assert_eq!(loss(4, true), loss(2, false));
}

/// Magnets between two stators: whole they are half a machine in mirror image, at whose middle the field of spokes ends, so
/// that a rotor of half their height on ground that flux does not pass is the half. Behind a rotor with one gap there is
/// room, into which flux leaks.
#[test]
fn spokes_between_two_stators_leak_nothing_behind() {
    let linkage = |subject: &Subject| {
        let machine = subject.machine(Resolution::Coarse);
        let still = crate::subject::still(&machine);
        at_phases(&machine, &materials(1.2), &still, 1).psi_d
    };
    // Twice the gaps, each with as much magnet.
    let (one, both) = (linkage(&spoke()), linkage(&spoke_between()) / 2.0);
    assert!((0.6..0.95).contains(&(one / both)), "{one} {both}");
}

/// Magnets without iron between smooth iron on both sides against closed form: with μ_r = 1, magnets from -h to h, iron at
/// -L and L and k = n π / τ, the charges of both faces have the energy that Green's function between the irons gives them,
/// G(a, b) = sinh(k (L - a)) sinh(k (L + b)) / (k sinh(2 k L)), whose second difference off the middle is
/// (B_n² k / μ0) (cosh(2 k h) - 1) / sinh(2 k L) on each area, B_n = (4 B_r / π n) sin(π n α / 2).
#[test]
fn magnets_between_smooth_iron_are_pulled_off_the_middle_as_by_the_exact_field() {
    let mut geometry: Value = serde_json::to_value(single().topology).unwrap();
    geometry["axial"]["arrangement"] = json!("double_stator");
    geometry["axial"]["rotor"]
        .as_object_mut()
        .unwrap()
        .shift_remove("back_iron_thickness_mm");
    geometry["axial"]["rotor"]["magnet_thickness_mm"] = json!(10.0);
    let subject = slotless(geometry, (1e-3, 12e-3));
    let smooth = Materials {
        steels: vec![IronLaw::linear(1e5); 2],
        recoil_permeability: 1.0,
        ..materials(1.2)
    };
    let found = off_middle(&subject, &smooth, Resolution::Standard);
    let (h, length) = (5e-3, 5e-3);
    let far = h + 1e-3 + 1e-3;
    let exact: f64 = (0..5)
        .map(|slice| {
            let radius = 0.055 + length * (f64::from(slice) + 0.5);
            let pole = std::f64::consts::TAU * radius / 8.0;
            let harmonics = (0..20).map(|n| {
                let n = f64::from(2 * n + 1);
                let k = n * std::f64::consts::PI / pole;
                let arc = (0.5 * n * std::f64::consts::PI * 0.036 / pole).sin();
                let b = 4.0 * 1.2 / std::f64::consts::PI / n * arc;
                let share = ((2.0 * k * h).cosh() - 1.0) / (2.0 * k * far).sinh();
                b * b * k / (4e-7 * std::f64::consts::PI) * share
            });
            8.0 * pole * length * harmonics.sum::<f64>()
        })
        .sum();
    assert_close(found, exact, exact, 0.05, "pull off the middle");
}

/// A machine with coils so deep and wide [m] instead of teeth.
fn slotless(mut geometry: Value, (depth, width): (f64, f64)) -> Subject {
    geometry["axial"]["stator"] = json!({
        "slot_count": 12, "yoke_thickness_mm": 12.0, "slotless": true,
        "slot": {
            "opening_width_mm": 1e3 * width, "opening_height_mm": 0.0,
            "width_mm": 1e3 * width, "main_depth_mm": 1e3 * depth
        }
    });
    let winding = json!({
        "turns_per_coil": 20, "layers": 2, "coil_pitch_slots": 1, "parallel_paths": 1,
        "connection": "star",
        "conductor": {"material": "copper", "strands": 8, "strand_diameter_mm": 0.7}
    });
    Subject::new(geometry, winding, 80.0)
}

/// Coils without teeth on a smooth yoke against the exact field of flat magnets opposite smooth iron, slice by slice: with
/// μ_r of the magnets of thickness h, G to the iron and k = π / τ the potential of the gap is
/// A = (4 B_r / π k) sin(π α / 2) sinh(k h) cosh(k u) sin(k x) / (cosh(k G) sinh(k h) + μ_r cosh(k h) sinh(k G)), u from
/// the yoke on, from the scalar potentials of both layers, which agree with their flux at the face of the magnets; a linkage
/// is that of its means over both sides of a coil.
#[test]
fn coils_without_teeth_link_the_exact_flux() {
    let (depth, width) = (6e-3, 12e-3);
    let geometry = serde_json::to_value(single().topology).unwrap();
    let subject = slotless(geometry, (depth, width));
    let machine = subject.machine(Resolution::Standard);
    let smooth = Materials {
        steels: vec![IronLaw::linear(1e5); 2],
        ..materials(1.2)
    };
    let shifts: Vec<usize> = machine.shifts().collect();
    let still = crate::subject::still(&machine);
    let sum: f64 = shifts
        .iter()
        .map(|&shift| at_phases(&machine, &smooth, &still, shift).psi_d)
        .sum();
    let found = sum / shifts.len() as f64;
    let (magnet, gap, turns, length) = (5e-3, 1e-3, 4.0 * 20.0, 5e-3);
    let exact: f64 = (0..5)
        .map(|slice| {
            let radius = 0.055 + length * (f64::from(slice) + 0.5);
            let pole = std::f64::consts::TAU * radius / 8.0;
            let k = std::f64::consts::PI / pole;
            let arc = 0.036 / pole;
            let pole_of = (0.5 * std::f64::consts::PI * arc).sin();
            let (h, g) = (k * magnet, k * (gap + depth));
            let below = g.cosh() * h.sinh() + 1.05 * h.cosh() * g.sinh();
            let most = 4.0 * 1.2 / std::f64::consts::PI * pole_of * h.sinh() / below / k;
            let down = (k * depth).sinh() / (k * depth);
            let across = (k * width / 4.0).sin() / (k * width / 4.0);
            let side = pole / 3.0 - width / 4.0;
            2.0 * turns * length * most * down * across * (k * side).sin()
        })
        .sum();
    assert_close(found, exact, exact, 0.005, "linkage of coils in the gap");
}
