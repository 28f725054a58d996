//! Machines with axial flux that are held to the laws.

use crate::subject::Subject;
use serde_json::json;

/// One stator, one rotor.
pub fn single() -> Subject {
    arranged("single_sided", Some(12.0), Some(10.0))
}

/// Two rotors around teeth without a yoke.
pub fn yokeless() -> Subject {
    arranged("yokeless", None, Some(10.0))
}

/// Twelve slots, eight poles, magnets with parallel sides, so that no two slices look alike.
fn arranged(arrangement: &str, yoke: Option<f64>, back_iron: Option<f64>) -> Subject {
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
