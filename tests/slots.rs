//! Every way to state a slot: its area by hand, the grid's own count of it, its refusals.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::network::cell::pitch_cells;
use dualcert::network::mesh::pitch_mesh;
use dualcert::topology::stator::{Lamination, SlotFill, Stator};
use serde_json::{Value, json};
use std::f64::consts::PI;

fn stator(slot: Value) -> Stator {
    let slots = json!({"slot_count": 12, "outer_diameter_mm": 100.0, "bore_diameter_mm": 57.0, "slot": slot});
    serde_json::from_value(slots).unwrap()
}

fn slot(more: Value) -> Value {
    let mut slot =
        json!({"opening_width_mm": 2.5, "opening_height_mm": 1.0, "main_depth_mm": 12.0});
    slot.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    slot
}

/// The slots of this test: what is stated, and the area in mm² by hand, inside a bore.
fn kinds() -> Vec<(&'static str, Value, f64)> {
    let bore = (28.5_f64.powi(2) - 1.25_f64.powi(2)).sqrt();
    let half: f64 = PI / 12.0;
    let side = |x: f64, tooth: f64| x * half.tan() - tooth / 2.0 / half.cos();
    let (top, bottom) = (bore + 2.0, bore + 14.0);
    let tooth = (side(top, 7.6) + side(bottom, 7.6)) * 12.0;
    // A corner of radius r between the bottom and a side that leans by the half pitch takes away
    // r² (1/tan(a/2) - (π - a)/2) with a = 90° - half pitch, twice.
    let corner = |r: f64| {
        let a = PI / 2.0 - half;
        2.0 * r * r * (1.0 / (a / 2.0).tan() - (PI - a) / 2.0)
    };
    let open_top = bore + 1.0;
    vec![
        (
            "trapezoid",
            slot(json!({"wedge_height_mm": 1.0, "top_width_mm": 8.0, "bottom_width_mm": 12.0})),
            120.0,
        ),
        (
            "parallel slot",
            slot(json!({"wedge_height_mm": 1.0, "top_width_mm": 8.0, "bottom_width_mm": 8.0})),
            96.0,
        ),
        (
            "open parallel slot",
            slot(
                json!({"opening_width_mm": 8.0, "opening_height_mm": 0.0, "wedge_height_mm": 0.0, "top_width_mm": 8.0, "bottom_width_mm": 8.0}),
            ),
            96.0,
        ),
        (
            "round bottom",
            slot(
                json!({"wedge_height_mm": 1.0, "top_width_mm": 8.0, "bottom_width_mm": 8.0, "bottom_corner_radius_mm": 4.0}),
            ),
            96.0 - (4.0 - PI) * 4.0_f64.powi(2) / 2.0,
        ),
        (
            "parallel tooth",
            slot(json!({"wedge_height_mm": 1.0, "tooth_width_mm": 7.6})),
            tooth,
        ),
        (
            "parallel tooth, round corners",
            slot(
                json!({"wedge_height_mm": 1.0, "tooth_width_mm": 7.6, "bottom_corner_radius_mm": 2.0}),
            ),
            tooth - corner(2.0),
        ),
        (
            "parallel tooth, flat tip",
            slot(json!({"tip_angle_deg": 0.0, "tooth_width_mm": 7.6})),
            (side(open_top, 7.6) + side(open_top + 12.0, 7.6)) * 12.0,
        ),
        (
            "tip angle",
            slot(json!({"tip_angle_deg": 45.0, "top_width_mm": 8.0, "bottom_width_mm": 12.0})),
            120.0,
        ),
    ]
}

fn meshed_area(lamination: Lamination, columns: usize) -> f64 {
    let plan = lamination.body(1, 1e-3, columns, SlotFill::Stacked);
    let mesh = pitch_mesh(&plan, columns).unwrap();
    assert!(mesh.fallbacks.is_empty(), "{:?}", mesh.fallbacks);
    let cells = pitch_cells(&plan, &mesh);
    let [first, second] = cells.coil_area[..] else {
        panic!("two coil sides")
    };
    assert!(
        (first / second - 1.0).abs() < 0.05,
        "halves {first} {second}, {columns} columns"
    );
    first + second
}

#[test]
fn every_kind_has_the_area_of_its_drawing_and_the_grid_finds_it() {
    for (name, slot, area) in kinds() {
        let stator = stator(slot);
        assert!(
            stator.at_bore().fits().is_empty(),
            "{name}: {:?}",
            stator.at_bore().fits()
        );
        let found = stator.at_bore().slot_area() * 1e6;
        assert!(
            (found / area - 1.0).abs() < 2e-3,
            "{name}: {found} mm², by hand {area}"
        );
        for columns in [12, 15, 30] {
            let meshed = meshed_area(stator.at_bore(), columns) * 1e6;
            assert!(
                (meshed / area - 1.0).abs() < 0.02,
                "{name}, {columns} columns: {meshed} mm², by hand {area}"
            );
        }
    }
}

#[test]
fn an_arc_as_bottom_leaves_a_yoke_of_one_height() {
    let stator = stator(slot(
        json!({"wedge_height_mm": 1.0, "tooth_width_mm": 7.6, "bottom": "arc"}),
    ));
    let lamination = stator.at_bore();
    assert!(lamination.fits().is_empty());
    let bottom = 50e-3 - lamination.yoke_height();
    // Sector between two circles less the tooth, less the top's chord.
    let flat = {
        let mut s = stator.clone();
        s.slot.bottom = dualcert::topology::stator::Bottom::Flat;
        s
    };
    let difference = lamination.slot_area() - flat.at_bore().slot_area();
    let half: f64 = PI / 12.0;
    let y = |x: f64| x * half.tan() - 3.8e-3 / half.cos();
    // Between the chord at x = bottom and the arc lie a segment of the circle, less the triangles outside it.
    let angle = ((3.8e-3 / bottom).asin() - half).abs();
    let (x, corner) = (bottom * angle.cos(), bottom * angle.sin());
    let expected =
        bottom * bottom * (angle - angle.sin() * angle.cos()) - (bottom - x) * (corner + y(bottom));
    assert!(
        (difference / expected - 1.0).abs() < 0.02,
        "{difference} against {expected}"
    );
    let meshed = meshed_area(lamination, 30);
    assert!((meshed / lamination.slot_area() - 1.0).abs() < 0.01);
}

#[test]
fn slots_open_outwards_under_an_outer_rotor() {
    let with = |slot| {
        let mut s = stator(slot);
        s.bore_diameter = 20e-3;
        s
    };
    for (name, slot, _) in kinds() {
        let stator = with(slot);
        let lamination = stator.at_outside();
        assert!(
            lamination.fits().is_empty(),
            "{name}: {:?}",
            lamination.fits()
        );
        let meshed = meshed_area(lamination, 30);
        let drawn = lamination.slot_area();
        assert!(
            (meshed / drawn - 1.0).abs() < 0.02,
            "{name}: {meshed} against {drawn}"
        );
        assert!(lamination.coil_radius() < 50e-3 && lamination.tooth_width() > 0.0);
    }
    let deep = with(slot(
        json!({"wedge_height_mm": 1.0, "tooth_width_mm": 7.6, "main_depth_mm": 41.0}),
    ));
    assert_eq!(deep.at_outside().fits()[0].code, "no-yoke");
    let closing = with(slot(
        json!({"wedge_height_mm": 1.0, "tooth_width_mm": 14.0, "main_depth_mm": 35.0}),
    ));
    assert_eq!(closing.at_outside().fits()[0].code, "slot-closes");
}

#[test]
fn what_is_stated_twice_or_not_at_all_is_refused() {
    for (code, more) in [
        ("slot-sides-unclear", json!({"wedge_height_mm": 1.0})),
        (
            "slot-sides-unclear",
            json!({"wedge_height_mm": 1.0, "top_width_mm": 8.0}),
        ),
        (
            "slot-sides-unclear",
            json!({"wedge_height_mm": 1.0, "top_width_mm": 8.0, "bottom_width_mm": 8.0, "tooth_width_mm": 7.0}),
        ),
        ("slot-wedge-unclear", json!({"tooth_width_mm": 7.0})),
        (
            "slot-wedge-unclear",
            json!({"wedge_height_mm": 1.0, "tip_angle_deg": 20.0, "tooth_width_mm": 7.0}),
        ),
        (
            "tip-angle-out-of-range",
            json!({"tip_angle_deg": 90.0, "tooth_width_mm": 7.0}),
        ),
        (
            "slot-corner-too-round",
            json!({"wedge_height_mm": 1.0, "tooth_width_mm": 7.0, "bottom": "arc", "bottom_corner_radius_mm": 1.0}),
        ),
        (
            "slot-corner-too-round",
            json!({"wedge_height_mm": 1.0, "tooth_width_mm": 7.0, "bottom_corner_radius_mm": 11.0}),
        ),
        (
            "slot-opening-wider-than-slot",
            json!({"opening_width_mm": 9.0, "wedge_height_mm": 1.0, "tooth_width_mm": 7.6}),
        ),
        (
            "tooth-tip-without-height",
            json!({"opening_height_mm": 0.0, "wedge_height_mm": 1.0, "tooth_width_mm": 7.6}),
        ),
        (
            "slots-overlap",
            json!({"wedge_height_mm": 1.0, "top_width_mm": 17.0, "bottom_width_mm": 17.0}),
        ),
        (
            "no-yoke",
            json!({"wedge_height_mm": 1.0, "tooth_width_mm": 7.6, "main_depth_mm": 22.0}),
        ),
        (
            "length-not-positive",
            json!({"wedge_height_mm": 1.0, "tooth_width_mm": -7.6}),
        ),
    ] {
        let stator = stator(slot(more.clone()));
        let codes: Vec<_> = stator.at_bore().fits().iter().map(|m| m.code).collect();
        assert!(codes.contains(&code), "{more}: {codes:?}");
    }
}
