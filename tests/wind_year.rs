//! A generator over a year of wind: energy is kept, a steady turbine is weighed by hand, and what cannot be held is refused.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::design::{Design, OperatingPoint, Wind};
use dualcert::evaluate::view::year::{self, Year};
use dualcert::evaluate::{Conditions, EvaluateError, Side, candidate};
use dualcert::material::Library;
use dualcert::resolution::Resolution;
use dualcert::source::Document;

fn year_of(change: impl Fn(&mut Option<Wind>)) -> Result<Year, EvaluateError> {
    let text = include_str!("../designs/wind_generator.json");
    let mut design = Design::load(&Document::parse("wind.json", text).unwrap()).unwrap();
    change(&mut design.application.wind);
    let conditions = Conditions {
        side: Side::A,
        magnet_temperature: 80.0,
        resolution: Resolution::Coarse,
    };
    let candidate = &design.candidates[0];
    year::solve(
        &design.application,
        candidate,
        Library::builtin(),
        &conditions,
    )
}

fn steady(wind_speed: f64, shaft_power: f64) -> OperatingPoint {
    OperatingPoint {
        wind_speed,
        rotor_speed: 1.2,
        shaft_power,
    }
}

/// What the shaft gives is what leaves by the terminals and what is lost. The generator is worse than at its best point
/// and better than at its worst.
#[test]
fn energy_is_kept_over_the_year() {
    let year = year_of(|_| {}).unwrap();
    let e = year.energies;
    let lost = e.copper + e.iron + e.magnet + e.mechanical;
    assert!(
        ((e.electrical + lost) / e.shaft - 1.0).abs() < 1e-6,
        "{e:?}"
    );
    let of_points = year.points.iter().filter_map(|p| p.powers.efficiency());
    let (low, high) = of_points.fold((1.0_f64, 0.0_f64), |(l, h), x| (l.min(x), h.max(x)));
    let whole = e.efficiency().unwrap();
    assert!(
        low < whole && whole < high && high < 1.0,
        "{low} {whole} {high}"
    );
}

/// By hand: a turbine that gives 3 MW from 5 to 20 m/s. With shape 2 and scale 10 m/s it turns for
/// exp(-0.25) - exp(-4) = 0.760485 of the year, 6661.85 h, in which its shaft gives 19985.5 MWh.
#[test]
fn a_steady_turbine_is_weighed_by_hand() {
    let year = year_of(|wind| {
        *wind = Some(Wind {
            shape: 2.0,
            scale: 10.0,
            operating_points: vec![steady(5.0, 3e6), steady(20.0, 3e6)],
        });
    })
    .unwrap();
    let hours = year.turning / 3600.0;
    assert!((hours - 6661.85).abs() < 0.01, "{hours}");
    let megawatt_hours = year.energies.shaft / 3.6e9;
    assert!((megawatt_hours - 19985.5).abs() < 0.1, "{megawatt_hours}");
    let point = year.points[0].powers;
    let (whole, there) = (
        year.energies.efficiency().unwrap(),
        point.efficiency().unwrap(),
    );
    assert!((whole - there).abs() < 1e-9, "{whole} {there}");
}

#[test]
fn a_turbine_that_cannot_be_held_is_refused_and_no_wind_is_told() {
    let too_strong = year_of(|wind| {
        *wind = Some(Wind {
            shape: 2.0,
            scale: 10.0,
            operating_points: vec![steady(5.0, 1e6), steady(6.0, 1e8)],
        });
    });
    assert!(
        matches!(too_strong, Err(EvaluateError::TurbineTooStrong { .. })),
        "{too_strong:?}"
    );
    assert_eq!(year_of(|wind| *wind = None), Err(EvaluateError::NoWind));
}

/// The record of a motor that is fast to solve behind a small turbine: its year is that of `solve --wind-year` but for the
/// corner of the magnets and for losses that are solved at four currents in place of a map of them. A turbine that cannot
/// be held leaves a reason in place of a number.
#[test]
fn the_record_holds_the_year() {
    let text = include_str!("../designs/ev_traction.json");
    let mut design = Design::load(&Document::parse("ev.json", text).unwrap()).unwrap();
    let found = design.candidates.iter().find(|c| c.id == "ipm-smco");
    let mut one = found.unwrap().clone();
    one.magnet_pathways.b = None;
    let turbine = |most: f64| {
        let points = [(3.0, 60.0, 1e3), (12.0, 157.0, most), (25.0, 157.0, most)];
        Some(Wind {
            shape: 2.0,
            scale: 9.0,
            operating_points: points
                .map(|(wind_speed, rotor_speed, shaft_power)| OperatingPoint {
                    wind_speed,
                    rotor_speed,
                    shaft_power,
                })
                .into(),
        })
    };
    let library = Library::builtin();
    let mut record_of = |wind| {
        design.application.wind = wind;
        let assessment = candidate(&design.application, &one, library).unwrap();
        assessment.records[0].record.to_value()
    };
    let with = record_of(turbine(18e3));
    let too_strong = record_of(turbine(1e6));
    design.application.wind = turbine(18e3);
    let conditions = Conditions {
        side: Side::A,
        magnet_temperature: design.application.environment.magnet_temperature_hot,
        resolution: Resolution::Coarse,
    };
    let year = year::solve(&design.application, &one, library, &conditions).unwrap();
    let number = |field: &str| with[field].as_f64().unwrap();
    let (told, whole) = (
        number("wind_year_efficiency_ratio"),
        year.energies.efficiency().unwrap(),
    );
    // A twentieth of the losses.
    assert!(
        (told - whole).abs() < 0.05 * (1.0 - whole),
        "{told} {whole}"
    );
    let energy = year.energies.electrical / 3.6e9;
    assert!((number("wind_year_energy_mwh") / energy - 1.0).abs() < 0.01);
    let open = with["uncertainty"]["wind_year_efficiency_ratio"]
        .as_f64()
        .unwrap();
    assert!(open > 0.01 * (1.0 - told) && open < 1.0 - told, "{open}");
    for field in ["wind_year_efficiency_ratio", "wind_year_energy_mwh"] {
        assert!(too_strong.get(field).is_none());
        let reason = too_strong["basis"][field].as_str().unwrap();
        assert!(reason.contains("cannot be held"), "{reason}");
    }
}
