//! The envelope of torque over speed and the map of efficiency of a shipped machine, held to physics and to solved
//! points.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::design::Design;
use dualcert::evaluate::view::efficiency::{self, EfficiencyMap};
use dualcert::evaluate::view::envelope::{self, Envelope};
use dualcert::evaluate::view::map::Axis;
use dualcert::evaluate::{Conditions, EvaluateError, Side, point};
use dualcert::material::Library;
use dualcert::operate::strategy::{Mode, Regime};
use dualcert::resolution::Resolution;
use dualcert::source::Document;
use std::collections::BTreeMap;

const HOT: Conditions = Conditions {
    side: Side::A,
    magnet_temperature: 120.0,
    resolution: Resolution::Coarse,
};

fn design() -> Design {
    let text = include_str!("../designs/ev_traction.json");
    Design::load(&Document::parse("ev_traction.json", text).unwrap()).unwrap()
}

fn envelope_of(design: &Design) -> Envelope {
    let speeds = Axis {
        from: 0.0,
        to: 1.5 * design.application.requirement.max_speed,
        count: 19,
    };
    let candidate = &design.candidates[3];
    let library = Library::builtin();
    envelope::solve(&design.application, candidate, library, &HOT, Some(speeds)).unwrap()
}

fn map_of(design: &Design, speeds: Axis, torques: Axis) -> Result<EfficiencyMap, EvaluateError> {
    let candidate = &design.candidates[3];
    let axes = (Some(speeds), Some(torques));
    efficiency::solve(
        &design.application,
        candidate,
        Library::builtin(),
        &HOT,
        axes,
    )
}

#[test]
fn torque_never_rises_with_speed_and_no_limit_is_passed() {
    let found = envelope_of(&design());
    for (k, mode) in Mode::BOTH.into_iter().enumerate() {
        let mut last = f64::INFINITY;
        let mut seen = vec![];
        for row in &found.rows {
            let at = row.most[k].unwrap();
            let torque = mode.sign() * at.torque;
            assert!(torque > 0.0 && torque <= last * (1.0 + 1e-9), "{row:?}");
            last = torque;
            assert!(at.current() <= found.limits.current * (1.0 + 1e-12));
            assert!(at.voltage <= found.limits.voltage);
            assert!(mode.sign() * at.iq > 0.0 && at.id <= 0.0);
            seen.push(at.regime);
        }
        assert_eq!(seen[0], Regime::LeastCurrent);
        assert_ne!(seen[seen.len() - 1], Regime::LeastCurrent);
    }
    // The resistance takes voltage from a motor and gives it to a generator.
    for row in &found.rows {
        let [motor, generator] = row.most.map(|at| at.unwrap());
        assert!(-generator.torque >= motor.torque * (1.0 - 1e-9), "{row:?}");
    }
}

#[test]
fn the_corners_of_the_map_are_those_of_solved_points() {
    let found = envelope_of(&design());
    assert_eq!(found.corners.len(), 2);
    for corner in &found.corners {
        let (on_map, solved) = (corner.on_map.unwrap(), corner.solved.as_ref().unwrap());
        // The same grid: what is left is the interpolation between the nodes.
        assert!((on_map / solved.torque - 1.0).abs() < 0.02, "{corner:?}");
    }
}

#[test]
fn without_control_the_voltage_rises_with_speed_and_a_short_circuit_brakes() {
    let found = envelope_of(&design());
    let (first, rest) = found.rows.split_first().unwrap();
    assert_eq!(
        (first.speed, first.open_voltage, first.short),
        (0.0, 0.0, None)
    );
    let per_speed = rest[0].open_voltage / rest[0].speed;
    for row in rest {
        assert!((row.open_voltage / row.speed / per_speed - 1.0).abs() < 1e-12);
        let short = row.short.unwrap();
        // What brakes the shaft heats the winding.
        let heat = 1.5 * found.limits.resistance * short.current.powi(2);
        let braked = -short.torque * row.speed;
        assert!(
            (braked / heat - 1.0).abs() < 1e-3,
            "{row:?} {braked} {heat}"
        );
    }
}

#[test]
fn a_point_of_the_map_loses_what_a_solved_point_loses() {
    let design = design();
    let (candidate, application) = (&design.candidates[3], &design.application);
    let (base, top) = (
        application.requirement.base_speed,
        application.requirement.max_speed,
    );
    let speeds = Axis {
        from: base,
        to: top,
        count: 2,
    };
    let torques = Axis {
        from: 40.0,
        to: 120.0,
        count: 2,
    };
    let map = map_of(&design, speeds, torques).unwrap();
    // 120 N m at the highest speed are beyond the voltage.
    assert_eq!(map.points.len(), 6);
    for p in &map.points {
        let request = point::Request {
            conditions: HOT,
            id: p.at.id,
            iq: p.at.iq,
            speed: Some(p.speed),
        };
        let solved = point::solve(application, candidate, Library::builtin(), &request).unwrap();
        let solved: BTreeMap<&str, f64> = solved.into_iter().collect();
        let near = |found: f64, name: &str, share: f64| {
            let expected = solved[name];
            assert!(
                (found / expected - 1.0).abs() < share,
                "{name}: {found} {expected} {p:?}"
            );
        };
        near(p.at.torque, "torque_n_m", 0.02);
        near(p.losses.copper + p.losses.proximity, "copper_loss_w", 0.005);
        near(p.losses.iron.clone().unwrap().total(), "iron_loss_w", 0.05);
        near(p.losses.windage, "windage_loss_w", 1e-9);
        near(p.power.efficiency.unwrap(), "efficiency_ratio", 0.003);
        // What comes in and does not come out is lost.
        let lost = p.losses.winding() + p.losses.drag().unwrap();
        assert!((p.power.electrical - p.power.shaft - lost).abs() < 1e-9 * lost);
    }
}

#[test]
fn the_map_costs_less_than_the_points_of_a_record() {
    let design = design();
    let speeds = Axis {
        from: 300.0,
        to: 300.0,
        count: 1,
    };
    let torques = Axis {
        from: 50.0,
        to: 50.0,
        count: 1,
    };
    let map = map_of(&design, speeds, torques).unwrap();
    // More speeds and torques cost no field; the fields of a candidate with two pathways may cost 400.
    let spent = map.flux_cost.standard_equivalents + map.loss_cost.standard_equivalents;
    assert!(spent < 200.0, "{spent}");
    assert_eq!(map.points.len(), 2);
}

#[test]
fn a_loss_that_nobody_knows_is_not_zero() {
    let mut design = design();
    design.candidates[3].mechanical = None;
    let one = |at: f64| Axis {
        from: at,
        to: at,
        count: 1,
    };
    let refused = map_of(&design, one(300.0), one(50.0)).unwrap_err();
    assert!(
        matches!(refused, EvaluateError::UnknownLoss(_)),
        "{refused:?}"
    );
}
