//! Machines with axial flux that are held to the laws.

use crate::subject::Subject;
use serde_json::json;

/// Twelve slots, eight poles, magnets with parallel sides, so that no two slices look alike.
pub fn parallel_magnets() -> Subject {
    let geometry = json!({"axial": {
        "arrangement": "single_sided",
        "air_gap_mm": 1.0,
        "outer_diameter_mm": 160.0,
        "inner_diameter_mm": 110.0,
        "stator": {
            "slot_count": 12,
            "yoke_thickness_mm": 12.0,
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
            "magnet_outline": {"parallel_sides": {"width_mm": 36.0}},
            "back_iron_thickness_mm": 10.0
        }
    }});
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
