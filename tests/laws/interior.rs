//! Interior magnet machines with pockets of other kinds than the shipped one, and machines that can be
//! described in two ways.

use crate::subject::{Subject, assert_close, at, materials};
use dualcert::resolution::Resolution;
use serde_json::{Value, json};

/// A rotor in a stator of 24 slots or of 18, with poles that fit.
fn machine(slots: usize, poles: usize, coil_pitch: usize, rotor: Value) -> Subject {
    let slot = if slots == 24 {
        json!({
            "opening_width_mm": 2.0, "opening_height_mm": 0.7, "wedge_height_mm": 0.7,
            "tooth_width_mm": 4.0, "main_depth_mm": 15.0, "bottom_corner_radius_mm": 1.0
        })
    } else {
        json!({
            "opening_width_mm": 3.0, "opening_height_mm": 1.0, "wedge_height_mm": 1.0,
            "tooth_width_mm": 9.0, "main_depth_mm": 18.0, "bottom_corner_radius_mm": 1.0
        })
    };
    let (bore, outside) = if slots == 24 {
        (56.0, 112.0)
    } else {
        (100.0, 160.0)
    };
    let mut rotor = rotor;
    rotor["pole_count"] = json!(poles);
    let geometry = json!({"ipm": {
        "air_gap_mm": 0.5,
        "stack_length_mm": 65.0,
        "stator": {
            "slot_count": slots, "outer_diameter_mm": outside, "bore_diameter_mm": bore, "slot": slot
        },
        "rotor": rotor
    }});
    let winding = json!({
        "turns_per_coil": 20,
        "layers": if coil_pitch == 1 { 2 } else { 1 },
        "coil_pitch_slots": coil_pitch,
        "parallel_paths": 1,
        "connection": "star",
        "conductor": {"material": "copper", "strands": 4, "strand_diameter_mm": 0.6}
    });
    Subject::new(geometry, winding, 20.0)
}

fn with(base: &Value, changes: Value) -> Value {
    let mut rotor = base.clone();
    let map = rotor.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            map.remove(key);
        } else {
            map.insert(key.clone(), value.clone());
        }
    }
    rotor
}

fn flat_row() -> Value {
    json!({
        "shaft_diameter_mm": 16.0,
        "bridge_thickness_mm": 0.7,
        "apex_depth_mm": 6.0,
        "opening": {"v_angle_deg": 180.0, "outer_span_mm": 30.0},
        "centre_rib_width_mm": 0.0,
        "pocket_end": {"channel": {"width_mm": 2.5}},
        "magnet_thickness_mm": 4.0,
        "magnet_width_mm": 14.0,
        "magnet_seat_step_mm": 0.0,
        "magnet_offset_mm": 0.0
    })
}

fn vee() -> Value {
    json!({
        "shaft_diameter_mm": 16.0,
        "bridge_thickness_mm": 0.7,
        "apex_depth_mm": 10.0,
        "opening": {"v_angle_deg": 140.0},
        "interpolar_web_width_mm": 4.0,
        "centre_rib_width_mm": 1.0,
        "magnet_thickness_mm": 3.0,
        "magnet_width_mm": 12.0,
        "magnet_seat_step_mm": 0.5,
        "magnet_offset_mm": 1.0
    })
}

/// Four poles with a flat magnet each, and channels of air from its ends to the bridge.
pub fn turned_up() -> Subject {
    machine(24, 4, 6, flat_row())
}

/// Sixteen poles with rectangular pockets, each magnet in three pieces with ribs between them.
pub fn rectangles_in_pieces() -> Subject {
    let rotor = json!({
        "shaft_diameter_mm": 40.0,
        "bridge_thickness_mm": 0.8,
        "apex_depth_mm": 1.9,
        "opening": {"v_angle_deg": 180.0},
        "centre_rib_width_mm": 0.0,
        "pocket_end": {"square": {"pocket_width_mm": 7.4}},
        "magnet_thickness_mm": 3.0,
        "magnet_width_mm": 5.6,
        "magnet_pieces_per_pole": 3,
        "piece_rib_width_mm": 1.2,
        "magnet_seat_step_mm": 0.0,
        "magnet_offset_mm": 0.0
    });
    machine(12, 16, 1, rotor)
}

#[track_caller]
fn same_field(one: &Value, other: &Value) {
    let [a, b] = [one, other].map(|rotor| {
        let subject = machine(24, 4, 6, rotor.clone());
        let solved = at(
            &subject.machine(Resolution::Coarse),
            &materials(1.2),
            subject.motoring(),
            1,
        );
        let bill = subject.topology.bill();
        (
            solved.psi_d,
            solved.psi_q,
            bill.rotor_iron_area,
            bill.bridge.unwrap(),
        )
    });
    let scale = a.0.hypot(a.1);
    assert_close(a.0, b.0, scale, 1e-7, "d linkage");
    assert_close(a.1, b.1, scale, 1e-7, "q linkage");
    assert_close(a.2, b.2, a.2, 1e-9, "rotor iron");
    assert_close(a.3, b.3, a.3, 1e-7, "bridge");
}

/// Chord of the outer corners that an opening angle of 140° has at this depth and bridge [mm].
fn span_of_vee() -> f64 {
    let (bridge, x, y): (f64, f64, f64) = (27.5 - 0.7, 27.5 - 10.0, 0.5);
    let (dx, dy) = 20_f64.to_radians().sin_cos();
    let along = x * dx + y * dy;
    let length = (along * along - (x * x + y * y - bridge * bridge)).sqrt() - along;
    2.0 * (y + length * dy)
}

#[test]
fn an_opening_is_the_same_by_angle_by_span_and_by_both() {
    let span = span_of_vee();
    same_field(
        &vee(),
        &with(&vee(), json!({"opening": {"outer_span_mm": span}})),
    );
    let both = json!({"opening": {"outer_span_mm": span, "v_angle_deg": 140.0}});
    same_field(&vee(), &with(&vee(), both));
}

/// Apex depth and span of a flat row, rounded as in a drawing, lie on one line again.
#[test]
fn a_flat_row_of_rounded_lengths_is_flat() {
    let flat = |opening: Value| with(&vee(), json!({"apex_depth_mm": 5.0, "opening": opening}));
    let exact = 2.0 * (26.8_f64.powi(2) - 22.5_f64.powi(2)).sqrt();
    for rounding in [-0.005, 0.0, 0.005] {
        let span = json!({"outer_span_mm": exact + rounding});
        same_field(&flat(json!({"v_angle_deg": 180.0})), &flat(span));
    }
}

#[test]
fn a_rectangle_is_the_same_by_its_width_and_by_its_corner() {
    let end = |square: Value| {
        with(
            &vee(),
            json!({"pocket_end": {"square": square}, "interpolar_web_width_mm": null}),
        )
    };
    let width = (0.5 * span_of_vee() - 0.5) / 20_f64.to_radians().cos();
    same_field(&end(json!({})), &end(json!({"pocket_width_mm": width})));
}

#[test]
fn edges_that_meet_the_bridge_before_the_web_end_there() {
    let base = with(
        &vee(),
        json!({"interpolar_web_width_mm": 0.5, "magnet_width_mm": 10.0, "apex_depth_mm": 8.0}),
    );
    let straight = json!({"pocket_end": {"to_bridge": {}}, "interpolar_web_width_mm": null});
    same_field(&base, &with(&base, straight));
}

#[test]
fn pieces_without_ribs_are_one_magnet() {
    let flat = flat_row();
    for pieces in [1, 3, 4] {
        same_field(
            &flat,
            &with(&flat, json!({"magnet_pieces_per_pole": pieces})),
        );
    }
    same_field(&vee(), &with(&vee(), json!({"magnet_pieces_per_pole": 4})));
}
