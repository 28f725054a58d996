//! Machines with surface and inset magnets that are held to the laws.

use crate::subject::Subject;
use serde_json::{Value, json};

fn winding(turns: usize, coil_pitch: usize) -> Value {
    json!({
        "turns_per_coil": turns,
        "layers": 2,
        "coil_pitch_slots": coil_pitch,
        "parallel_paths": 1,
        "connection": "star",
        "conductor": {"material": "copper", "strands": 4, "strand_diameter_mm": 0.6}
    })
}

fn concentrated_stator() -> Value {
    json!({
        "slot_count": 12,
        "outer_diameter_mm": 100.0,
        "bore_diameter_mm": 57.0,
        "slot": {
            "opening_width_mm": 2.5,
            "opening_height_mm": 1.2,
            "wedge_height_mm": 1.2,
            "tooth_width_mm": 7.6,
            "main_depth_mm": 14.0,
            "bottom_corner_radius_mm": 1.0
        }
    })
}

fn distributed_stator() -> Value {
    json!({
        "slot_count": 36,
        "outer_diameter_mm": 150.0,
        "bore_diameter_mm": 90.0,
        "slot": {
            "opening_width_mm": 2.0,
            "opening_height_mm": 0.8,
            "wedge_height_mm": 0.8,
            "top_width_mm": 4.2,
            "bottom_width_mm": 6.4,
            "main_depth_mm": 14.0,
            "bottom_corner_radius_mm": 1.5
        }
    })
}

/// Coils around single teeth, arcs magnetised parallel.
pub fn concentrated() -> Subject {
    let geometry = json!({"spm": {
        "air_gap_mm": 1.0,
        "stack_length_mm": 50.0,
        "stator": concentrated_stator(),
        "rotor": {
            "pole_count": 10,
            "shaft_diameter_mm": 28.0,
            "magnet_thickness_mm": 3.0,
            "magnet_arc_ratio": 0.87,
            "magnetisation": "parallel"
        }
    }});
    Subject::new(geometry, winding(20, 1), 50.0)
}

/// A distributed winding, radial magnets in three pieces under a sleeve.
pub fn distributed() -> Subject {
    let geometry = json!({"spm": {
        "air_gap_mm": 0.8,
        "stack_length_mm": 80.0,
        "stator": distributed_stator(),
        "rotor": {
            "pole_count": 6,
            "shaft_diameter_mm": 40.0,
            "magnet_thickness_mm": 4.0,
            "magnet_arc_ratio": 0.8,
            "magnetisation": "radial",
            "segments_per_pole": 3,
            "sleeve_thickness_mm": 0.7
        }
    }});
    Subject::new(geometry, winding(12, 6), 60.0)
}

/// Flat seats, magnets rounder than the rotor.
pub fn bread_loaf() -> Subject {
    let geometry = json!({"spm": {
        "air_gap_mm": 1.0,
        "stack_length_mm": 50.0,
        "stator": concentrated_stator(),
        "rotor": {
            "pole_count": 10,
            "shaft_diameter_mm": 26.0,
            "magnet_thickness_mm": 4.0,
            "magnet_arc_ratio": 0.82,
            "magnet_shape": {"bread_loaf": {"outer_radius_mm": 18.0}},
            "magnetisation": "parallel"
        }
    }});
    Subject::new(geometry, winding(20, 1), 50.0)
}

/// Iron between the magnets up to three quarters of their height, a little air beside them.
pub fn inset() -> Subject {
    let geometry = json!({"inset": {
        "air_gap_mm": 0.8,
        "stack_length_mm": 80.0,
        "stator": distributed_stator(),
        "rotor": {
            "pole_count": 6,
            "shaft_diameter_mm": 40.0,
            "magnet_thickness_mm": 4.0,
            "magnet_arc_ratio": 0.7,
            "magnetisation": "parallel"
        },
        "iron_between_magnets": {"height_mm": 3.0, "side_clearance_mm": 1.5}
    }});
    Subject::new(geometry, winding(12, 6), 60.0)
}

/// A ring of magnets around the stator.
pub fn outer_rotor() -> Subject {
    let geometry = json!({"spm": {
        "rotor_position": "outer",
        "air_gap_mm": 0.8,
        "stack_length_mm": 30.0,
        "stator": {
            "slot_count": 12,
            "outer_diameter_mm": 80.0,
            "bore_diameter_mm": 30.0,
            "slot": {
                "opening_width_mm": 3.0,
                "opening_height_mm": 1.2,
                "wedge_height_mm": 1.2,
                "tooth_width_mm": 7.0,
                "main_depth_mm": 12.0,
                "bottom": "arc"
            }
        },
        "rotor": {
            "pole_count": 14,
            "outer_diameter_mm": 100.0,
            "magnet_thickness_mm": 3.0,
            "magnet_arc_ratio": 0.85,
            "magnetisation": "radial"
        }
    }});
    Subject::new(geometry, winding(15, 1), 50.0)
}
