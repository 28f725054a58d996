//! Demagnetisation on the shipped lamination, with the physics shown: which grade holds where, what a
//! crossing costs, and that a second fault costs nothing more.

use dualcert::demagnetise::{self, DECISION_PERCENTILE, knee, remanence_after};
use dualcert::design::{Candidate, Design};
use dualcert::material::state::Graded;
use dualcert::material::{Corner, Library, MagnetState};
use dualcert::network::newton::{Materials, rotor_points};
use dualcert::operate::machine::Machine;
use dualcert::operate::study::Study;
use dualcert::resolution::Resolution;
use dualcert::source::Document;
use dualcert::unit::MU_0;
use dualcert::validation::reference::steel_laws;

fn candidate() -> Candidate {
    let text = std::fs::read_to_string("designs/ev_traction.json").expect("the shipped design");
    let document = Document::parse("designs/ev_traction.json", &text).expect("JSON");
    let design = Design::load(&document).expect("a valid design");
    design.candidates.into_iter().next().expect("a candidate")
}

fn machine(candidate: &Candidate, resolution: Resolution) -> Machine {
    let layout = candidate.winding.on(&candidate.topology).expect("balanced");
    let plan = candidate.topology.plan(&layout, resolution).expect("fits");
    Machine::new(&plan, &layout, resolution).expect("a grid")
}

fn materials(candidate: &Candidate, state: &MagnetState, kept: Option<Vec<f64>>) -> Materials {
    let steels = steel_laws(
        Library::builtin(),
        &candidate.stator_steel,
        &candidate.rotor_steel,
    );
    Materials {
        steels: steels.expect("steels"),
        remanence: state.remanence_t,
        recoil_permeability: state.recoil_permeability,
        kept,
    }
}

fn state(grade: &str, temperature: f64) -> MagnetState {
    let magnet = Library::builtin().magnet(grade).expect(grade);
    magnet.state(Corner::Minimum, temperature).expect(grade)
}

/// Margin of a grade with 300 A along negative d.
fn margin_at_300(machine: &Machine, candidate: &Candidate, state: &MagnetState) -> f64 {
    let mut study = Study::new(machine, materials(candidate, state, None), 1);
    let (_, densities) = study.read(-300.0, 0.0).expect("solved");
    let depth =
        |p: &dualcert::network::reading::MagnetPlace| candidate.topology.magnet_depth(p.rho, p.phi);
    demagnetise::judge(state, &densities.magnet.points(), &depth)
        .expect("magnets")
        .margin
}

#[test]
fn a_tabulated_uh_grade_holds_at_120_degrees_and_fails_at_140_and_an_hre_free_sh_grade_fails_at_120()
 {
    let candidate = candidate();
    let machine = machine(&candidate, Resolution::Standard);
    let uh = margin_at_300(&machine, &candidate, &state("N42UH", 120.0));
    let sh = margin_at_300(&machine, &candidate, &state("F42SH", 120.0));
    let hotter = margin_at_300(&machine, &candidate, &state("N42UH", 140.0));
    println!("margins: N42UH 120 °C {uh:.3} T, F42SH 120 °C {sh:.3} T, N42UH 140 °C {hotter:.3} T");
    assert!(uh > 0.0, "{uh}");
    assert!(sh < 0.0, "{sh}");
    assert!(hotter < 0.0, "{hotter}");
}

#[test]
fn a_ferrite_machine_fails_cold_where_it_passes_at_room_temperature() {
    let candidate = candidate();
    let machine = machine(&candidate, Resolution::Standard);
    // The weaker magnet of the same pocket; a current at which the margin changes sign between the two.
    let (room, cold) = (state("BMHF-32/32", 20.0), state("BMHF-32/32", -40.0));
    assert!(
        cold.coercivity_hcj_a_per_m < room.coercivity_hcj_a_per_m,
        "ferrite is weakest cold"
    );
    let margin = |state: &MagnetState, current: f64| {
        let mut study = Study::new(&machine, materials(&candidate, state, None), 1);
        let (_, densities) = study.read(-current, 0.0).expect("solved");
        demagnetise::judge(state, &densities.magnet.points(), &|_| 0.0)
            .expect("magnets")
            .margin
    };
    let found = (1..=12)
        .map(|k| 12.5 * f64::from(k))
        .find(|i| margin(&room, *i) > 0.0 && margin(&cold, *i) < 0.0);
    assert!(found.is_some(), "no current separates -40 °C from 20 °C");
}

#[test]
fn a_diffused_grade_passes_by_its_surface_and_fails_by_its_profile() {
    let candidate = candidate();
    let machine = machine(&candidate, Resolution::Standard);
    // N42UH data, once as if strong throughout, once with a core of the M class and a skin of 0.5 mm.
    let surface = state("N42UH", 120.0);
    let graded = MagnetState {
        core: Some(Graded {
            surface_hcj_a_per_m: surface.coercivity_hcj_a_per_m,
            core_hcj_a_per_m: surface.coercivity_hcj_a_per_m * 1114.0 / 1990.0,
            depth_m: 0.5e-3,
        }),
        ..surface.clone()
    };
    let (by_surface, by_profile) = (
        margin_at_300(&machine, &candidate, &surface),
        margin_at_300(&machine, &candidate, &graded),
    );
    println!("margin by surface {by_surface:.3} T, by profile {by_profile:.3} T");
    assert!(
        by_surface > 0.0 && by_profile < 0.0,
        "{by_surface} {by_profile}"
    );
    assert!(
        knee(&graded, 3e-3) > knee(&graded, 0.0),
        "the knee rises inwards"
    );
}

#[test]
fn remanence_after_a_crossing_is_what_a_hand_calculation_gives() {
    // One element: Br 1.1 T, µ 1.05, HcJ 700 kA/m, knee at 0.9 of it, pushed to 0.1 T.
    let uh = state("N42UH", 120.0);
    let s = MagnetState {
        remanence_t: 1.1,
        recoil_permeability: 1.05,
        coercivity_hcj_a_per_m: 7e5,
        knee_factor: 0.9,
        core: None,
        ..uh
    };
    // Knee: H = -630 kA/m, B = 1.1 - 1.05 µ0 630e3. End of the falling line: H = -700 kA/m, B = -µ0 700e3.
    let (b_knee, b_end) = (1.1 - 1.05 * MU_0 * 6.3e5, -MU_0 * 7e5);
    let h = 6.3e5 + 7e4 * (b_knee - 0.1) / (b_knee - b_end);
    let by_hand = 0.1 + 1.05 * MU_0 * h;
    assert!((remanence_after(&s, 0.1, 0.0) - by_hand).abs() < 1e-12);
    assert!(by_hand < 1.1);
    assert_eq!(
        remanence_after(&s, b_knee + 1e-6, 0.0),
        1.1,
        "above the knee nothing is lost"
    );
}

#[test]
fn after_a_crossing_no_load_flux_falls_and_a_repeated_fault_takes_no_more() {
    let candidate = candidate();
    let machine = machine(&candidate, Resolution::Coarse);
    let sector = &machine.sector;
    let s = state("F42SH", 120.0);
    let mut kept = vec![1.0; rotor_points(sector)];
    let fault = |kept: &mut Vec<f64>| -> f64 {
        let mut most: f64 = 0.0;
        for _ in 0..40 {
            let mut study = Study::new(&machine, materials(&candidate, &s, Some(kept.clone())), 1);
            let (_, densities) = study.read(-300.0, 0.0).expect("solved");
            let mut changed: f64 = 0.0;
            for p in densities.magnet.points() {
                let left =
                    (remanence_after(&s, p.along, 0.0) / s.remanence_t).min(kept[p.at.index]);
                changed = changed.max(kept[p.at.index] - left);
                kept[p.at.index] = left;
            }
            most = most.max(changed);
            if changed < 1e-6 {
                break;
            }
        }
        most
    };
    let no_load = |kept: Option<Vec<f64>>| {
        let mut study = Study::new(&machine, materials(&candidate, &s, kept), 1);
        study.at(0.0, 0.0).expect("solved").psi_d
    };
    let before = no_load(None);
    let first = fault(&mut kept);
    let after = no_load(Some(kept.clone()));
    let again = fault(&mut kept);
    println!(
        "no-load flux linkage {before:.4} then {after:.4} Wb; first fault {first:.3}, second {again:.1e}"
    );
    assert!(first > 0.01, "the fault crosses the knee");
    assert!(after < 0.999 * before, "{before} {after}");
    assert!(again < 1e-5, "a repeated fault loses no more: {again}");
    assert!((DECISION_PERCENTILE - 0.01).abs() < f64::EPSILON);
}

#[test]
fn an_evenly_weakened_magnet_gives_evenly_less_flux_in_a_linear_machine() {
    let candidate = candidate();
    let machine = machine(&candidate, Resolution::Coarse);
    let sector = &machine.sector;
    let s = state("N42UH", 20.0);
    let linear = dualcert::network::law::IronLaw::linear(2000.0);
    let psi = |kept: Option<Vec<f64>>| {
        let m = Materials {
            steels: vec![linear.clone(), linear.clone()],
            ..materials(&candidate, &s, kept)
        };
        Study::new(&machine, m, 1)
            .at(0.0, 0.0)
            .expect("solved")
            .psi_d
    };
    let points = rotor_points(sector);
    let ratio = psi(Some(vec![0.8; points])) / psi(None);
    assert!((ratio - 0.8).abs() < 1e-4, "{ratio}");
}

#[test]
fn greatest_remanence_at_least_coercivity_is_the_worse_corner_in_a_short_circuit() {
    // At the knee H is fixed, so a stronger magnet has a higher knee; its working point rises by less.
    let candidate = candidate();
    let machine = machine(&candidate, Resolution::Coarse);
    let weak = state("N42UH", 120.0);
    let greatest = Library::builtin()
        .magnet("N42UH")
        .expect("N42UH")
        .remanence_at(Corner::Maximum, 120.0);
    let strong = MagnetState {
        remanence_t: greatest.expect("Br"),
        ..weak.clone()
    };
    let (least, most) = (
        margin_at_300(&machine, &candidate, &weak),
        margin_at_300(&machine, &candidate, &strong),
    );
    println!("margin at least remanence {least:.3} T, at greatest {most:.3} T");
    assert!(most < least);
}
