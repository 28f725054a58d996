//! A vehicle with a shipped machine over drive cycles: energy is kept, and what cannot be driven is refused.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::cycle::Cycle;
use dualcert::design::{Design, Vehicle};
use dualcert::evaluate::view::journey::{self, Energies, Journey};
use dualcert::evaluate::{Conditions, EvaluateError, Losses, Side};
use dualcert::material::Library;
use dualcert::resolution::Resolution;
use dualcert::source::Document;
use dualcert::topology::Topology;

/// Starts, runs, climbs to a higher speed, brakes hard and softly, stands.
const TRIP: &str = "time_s,speed_kmh\n0,0\n4,0\n14,40\n30,40\n40,80\n60,80\n63,50\n90,0\n95,0\n";

fn design() -> Design {
    let text = include_str!("../designs/ev_traction.json");
    Design::load(&Document::parse("ev_traction.json", text).unwrap()).unwrap()
}

fn driven(design: &Design, trip: &str) -> Result<Journey, EvaluateError> {
    let hot = Conditions {
        side: Side::A,
        magnet_temperature: 120.0,
        resolution: Resolution::Coarse,
    };
    let cycle = Cycle::from_csv("trip.csv", trip.as_bytes()).unwrap();
    let candidate = &design.candidates[3];
    journey::solve(
        &design.application,
        candidate,
        Library::builtin(),
        &hot,
        &cycle,
    )
}

fn lost(e: &Energies) -> f64 {
    e.copper + e.iron + e.magnet + e.mechanical
}

/// Work of rolling and air over a trip [J].
fn resisted(vehicle: &Vehicle, trip: &str) -> f64 {
    let cycle = Cycle::from_csv("trip.csv", trip.as_bytes()).unwrap();
    let moving = cycle.pieces().filter(|p| p.speed > 0.0);
    moving
        .map(|p| vehicle.resistance(p.speed) * p.speed * p.duration)
        .sum()
}

#[test]
fn energy_is_kept_from_the_supply_to_the_road() {
    let design = design();
    let vehicle = design.application.vehicle.unwrap();
    let trip = driven(&design, TRIP).unwrap();
    let e = trip.total;
    let in_machine = e.supplied + e.shaft_in;
    let out_of_machine = e.returned + e.shaft_out + lost(&e);
    assert!(
        (in_machine - out_of_machine).abs() < 1e-4 * in_machine,
        "{e:?}"
    );
    // From standstill to standstill the shaft and the brakes have paid for the road and the gear.
    let gear = vehicle.gear_efficiency;
    let at_wheels = e.shaft_out * gear - e.shaft_in / gear - e.brakes;
    let road = resisted(&vehicle, TRIP);
    assert!((at_wheels - road).abs() < 1e-4 * road, "{at_wheels} {road}");
    assert!(e.returned > 0.0 && e.returned < e.supplied);
}

#[test]
fn a_heavier_vehicle_takes_more_and_a_lossless_gear_less() {
    let mut design = design();
    let net = |design: &Design| {
        let e = driven(design, TRIP).unwrap().total;
        e.supplied - e.returned
    };
    let base = net(&design);
    let vehicle = design.application.vehicle.unwrap();
    design.application.vehicle = Some(Vehicle {
        mass: 1.1 * vehicle.mass,
        ..vehicle
    });
    assert!(net(&design) > base);
    design.application.vehicle = Some(Vehicle {
        gear_efficiency: 1.0,
        ..vehicle
    });
    assert!(net(&design) < base);
}

#[test]
fn what_the_machine_cannot_follow_is_refused_by_its_time() {
    let refused = driven(&design(), "time_s,speed_kmh\n0,0\n5,40\n7,160\n").unwrap_err();
    let EvaluateError::CycleTooHard { time_s, .. } = refused else {
        panic!("{refused}");
    };
    assert_eq!(time_s, 7.0);
    let mut without = design();
    without.application.vehicle = None;
    assert_eq!(
        driven(&without, TRIP).unwrap_err(),
        EvaluateError::NoVehicle
    );
}

#[test]
fn hard_braking_leaves_the_rest_to_the_brakes() {
    let hard = "time_s,speed_kmh\n0,0\n12,60\n20,60\n21.5,0\n";
    let e = driven(&design(), hard).unwrap().total;
    assert!(e.brakes > 0.0 && e.returned > 0.0, "{e:?}");
}

/// A machine whose phases are fed one by one keeps its energy too, and its losses between the points of the search are near
/// those of points of their own and of all phases solved together.
#[test]
fn a_switched_reluctance_machine_drives_a_cycle() {
    let design = design();
    let vehicle = design.application.vehicle.unwrap();
    let candidate = design.candidate("srm-18-12").unwrap();
    let Topology::Srm(srm) = &candidate.topology else {
        panic!("{:?}", candidate.topology);
    };
    let driven = |trip: &str| {
        let cycle = Cycle::from_csv("trip.csv", trip.as_bytes()).unwrap();
        let machine = (candidate, srm);
        journey::solve_poles(&design.application, machine, Library::builtin(), &cycle)
    };
    let trip = driven(TRIP).unwrap();
    let e = trip.total;
    let in_machine = e.supplied + e.shaft_in;
    let out_of_machine = e.returned + e.shaft_out + lost(&e);
    assert!((in_machine - out_of_machine).abs() < 1e-4 * in_machine);
    let gear = vehicle.gear_efficiency;
    let at_wheels = e.shaft_out * gear - e.shaft_in / gear - e.brakes;
    let road = resisted(&vehicle, TRIP);
    assert!((at_wheels - road).abs() < 1e-4 * road, "{at_wheels} {road}");
    assert!(e.returned > 0.0 && e.magnet == 0.0, "{e:?}");
    let names: Vec<&str> = trip.checks.iter().map(|check| check.name).collect();
    assert_eq!(
        names,
        [
            "most_driving_power",
            "middle_driving_power",
            "most_braking_power"
        ]
    );
    for check in &trip.checks {
        let moment = &check.moment;
        let of = |losses: &Losses| losses.winding() + losses.drag().unwrap();
        let itself = of(&moment.itself.added);
        let off = of(&moment.between) / itself - 1.0;
        assert!(off.abs() < 0.05, "{}: {off}", check.name);
        let off = of(&moment.itself.together) / itself - 1.0;
        assert!(off.abs() < 0.05, "{}: {off}", check.name);
    }
}

/// What is no cycle is refused with one heading, whatever is wrong with it.
#[test]
fn a_cycle_that_cannot_be_read_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str, text: Option<&str>| {
        let path = folder.path().join(name);
        if let Some(text) = text {
            std::fs::write(&path, text).unwrap();
        }
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_dualcert"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["solve", "designs/ev_traction.json", "--candidate"])
            .args(["ipm-smco", "--drive-cycle"])
            .arg(&path)
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0));
        assert_eq!(told.matches("error").count(), 1, "{told}");
        assert!(told.contains(name), "{told}");
    };
    refused("missing.csv", None);
    refused("words.csv", Some("time_s,speed_kmh\n0,0\n1,fast\n"));
    refused("backwards.csv", Some("time_s,speed_kmh\n0,0\n5,10\n4,0\n"));
    refused("heading.csv", Some("t,v\n0,0\n1,1\n"));
}
