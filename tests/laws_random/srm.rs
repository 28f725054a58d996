//! Random switched reluctance machines.

use crate::draw::share;
use crate::hold::{ITERATIONS, Outcome, close, least_jacobian};
use dualcert::material::Library;
use dualcert::network::law::IronLaw;
use dualcert::network::newton::{Materials, Solver};
use dualcert::network::reading::gap_torque;
use dualcert::network::sector::Side;
use dualcert::operate::reluctance::machine::PoleMachine;
use dualcert::resolution::Resolution;
use dualcert::topology::RotorPosition;
use dualcert::topology::Topology;
use dualcert::topology::srm::{PoleRotor, PoleStator, PoleTeeth, Srm};
use dualcert::winding::pole::{PoleScheme, layout};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::f64::consts::TAU;

/// Stator and rotor poles, and the teeth of a stator pole.
const POLES: [(usize, usize, usize); 20] = [
    (4, 2, 1),
    (6, 4, 1),
    (6, 8, 1),
    (6, 10, 1),
    (8, 6, 1),
    (8, 10, 1),
    (9, 6, 1),
    (10, 8, 1),
    (12, 8, 1),
    (12, 16, 1),
    (12, 10, 1),
    (18, 12, 1),
    (6, 14, 2),
    (6, 16, 2),
    (12, 22, 2),
    (12, 26, 2),
    (12, 28, 2),
    (4, 14, 3),
    (6, 20, 3),
    (4, 18, 4),
];

/// A machine, and the field that is asked for.
#[derive(Debug, Clone)]
pub struct Case {
    srm: Srm,
    /// Current density in the slots [A/m²].
    current_density: f64,
    shift: usize,
}

pub fn machines() -> impl Strategy<Value = Case> {
    let lamination = || (share(0.25..0.6), -0.1..0.2, share(0.2..0.8));
    (
        (
            prop::sample::select(POLES.to_vec()),
            any::<bool>(),
            share(0.02..0.2),
        ),
        (share(0.003..0.03), share(0.3..1.0), share(0.3..0.8)),
        (lamination(), lamination(), share(0.0..0.6)),
        (0.0..2e7, 0_usize..400),
        (share(0.25..0.6), share(0.05..1.1), -0.05..0.05),
    )
        .prop_map(|(counts, lengths, laminations, load, toothed)| {
            let ((ns, nr, count), outer, radius) = counts;
            let (current_density, shift) = load;
            let (gap, outside, inside) = lengths;
            let (stator, rotor, clearance) = laminations;
            let gap = gap * radius;
            // The inner body reaches the gap circle, the outer one begins a gap beyond it.
            let heights = (radius * (1.0 - inside), radius * outside);
            let (edge_in, edge_out) = (2.0 * radius * inside, 2.0 * (radius + gap + heights.1));
            let (position, stator_height, rotor_height) = if outer {
                (RotorPosition::Outer, heights.0, heights.1)
            } else {
                (RotorPosition::Inner, heights.1, heights.0)
            };
            let (outer_diameter, bore_diameter) = if outer {
                (2.0 * radius, edge_in)
            } else {
                (edge_out, 2.0 * (radius + gap))
            };
            let coil_clearance = clearance * (1.0 - stator.2) * stator_height;
            let (arc, height, off_pitch) = toothed;
            let rotor_pitch = TAU / nr as f64;
            let teeth = (count > 1).then_some(PoleTeeth {
                count_per_pole: count,
                arc: arc * rotor_pitch,
                height: height * coil_clearance,
            });
            let pole_arc = teeth.map_or(stator.0 * TAU / ns as f64, |teeth| {
                (count - 1) as f64 * rotor_pitch * (1.0 + off_pitch) + teeth.arc
            });
            let srm = Srm {
                air_gap: gap,
                rotor_position: position,
                stack_length: 0.05,
                stator: PoleStator {
                    pole_count: ns,
                    outer_diameter,
                    bore_diameter,
                    pole_arc,
                    pole_taper: stator.1,
                    yoke_thickness: stator.2 * stator_height,
                    coil_clearance,
                    teeth,
                },
                rotor: PoleRotor {
                    pole_count: nr,
                    shaft_diameter: (!outer).then_some(edge_in),
                    outer_diameter: outer.then_some(edge_out),
                    pole_arc: rotor.0 * rotor_pitch,
                    pole_taper: rotor.1,
                    yoke_thickness: rotor.2 * rotor_height,
                },
            };
            Case {
                srm,
                current_density,
                shift,
            }
        })
}

/// The laws for one case.
pub fn hold(case: &Case) -> Result<Outcome, TestCaseError> {
    let fail = |text: String| TestCaseError::fail(text);
    let srm = &case.srm;
    if !srm.fits().is_empty() {
        return Ok(Outcome::Refused);
    }
    let coils = layout(PoleScheme {
        stator_poles: srm.stator.pole_count,
        rotor_poles: srm.rotor.pole_count,
        turns_per_coil: 10.0,
        parallel_paths: 1,
    })
    .map_err(|e| fail(e.to_string()))?;
    let plan = srm
        .plan(&coils, Resolution::Coarse)
        .ok_or_else(|| fail("it fits and has no plan".to_owned()))?;
    let machine =
        PoleMachine::new(&plan, &coils, Resolution::Coarse).map_err(|e| fail(e.to_string()))?;
    for side in [Side::Rotor, Side::Stator] {
        let least = least_jacobian(&machine.sector.body(side).slices[0].mesh);
        prop_assert!(least > 0.0, "{side:?}: a cell is inverted, {least}");
    }
    let bill = Topology::Srm(srm.clone()).bill();
    let slot: f64 = machine.sector.stator.slices[0].cells.coil_area.iter().sum();
    prop_assert!(
        close(slot, bill.slot_area, 0.05),
        "slot area {slot} in the grid, {} in the drawing",
        bill.slot_area
    );
    prop_assert!(bill.rotor_iron_area > 0.0 && bill.stator_iron_area > 0.0);
    let steel = Library::builtin().steel("M19_29G").unwrap();
    let law = IronLaw::new(&steel.bh, 0.95).unwrap();
    let materials = Materials {
        steels: vec![law.clone(), law],
        remanence: 0.0,
        recoil_permeability: 1.0,
        kept: None,
    };
    let mut phases = vec![0.0; machine.phases()];
    phases[0] = case.current_density * bill.slot_area * 0.45 / 20.0;
    let load = machine.load(&phases);
    let mut solver = Solver::new(&machine.sector);
    let (state, effort) = solver
        .solve(&materials, &load, case.shift, None)
        .map_err(|e| fail(e.to_string()))?;
    prop_assert!(effort.iterations <= ITERATIONS, "{effort:?}");
    prop_assert!(state.a.iter().all(|a| a.is_finite()));
    prop_assert!(gap_torque(&machine.sector, &state).is_finite());
    prop_assert!(machine.linkages(&state.a)[0] >= 0.0);
    Ok(Outcome::Solved)
}
