//! Bounds of every number in a design, by the unit at the end of its key.
//!
//! They lie far beyond any machine: what is outside is a slip of the unit or of the pen. Without them a blocking voltage or
//! a film that is off by powers of ten would meet whatever is asked, since what is declared is believed.

use serde_json::{Value, json};

/// Endings of keys with the largest size that a number under them may have, in the unit that they name.
const SIZES: [(&str, f64); 23] = [
    // Torque of the largest hydroelectric generators: some 10⁷ N m.
    ("_n_m", 1e9),
    ("_n_per_m", 1e13),
    // Osmium, the densest element: 22 590 kg/m³.
    ("_kg_per_m3", 3e4),
    ("_ka_per_m", 1e5),
    ("_m_per_s", 1e3),
    // Boiling water: some 10⁵ W/(m² K).
    ("_w_per_m2_k", 1e6),
    // Diamond: some 2 000 W/(m K).
    ("_w_per_m_k", 1e4),
    ("_w_per_k", 1e6),
    ("_per_k", 1e-2),
    // Diamond has a modulus of some 10⁶ MPa, and no fibre a strength of 10⁵ MPa.
    ("modulus_mpa", 2e6),
    ("strength_mpa", 1e5),
    ("_rpm", 2e6),
    ("_kw", 1e7),
    ("_kg", 1e9),
    ("_deg", 360.0),
    ("_mm", 1e6),
    ("_m2", 1e6),
    // The highest voltage of any grid: some 10⁶ V.
    ("_v", 1e7),
    ("_a", 1e7),
    // Tungsten melts at 3 422 °C.
    ("_c", 4e3),
    ("_k", 4e3),
    ("_days", 36_525.0),
    ("_ratio", 1e4),
];

/// Absolute zero [°C].
const COLDEST: f64 = -273.15;

/// Gives every number among the properties of a schema the bounds of its unit, where it has none that is closer.
pub(super) fn bound(schema: &mut serde_json::Map<String, Value>) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (key, property) in properties {
        let size = SIZES.iter().find(|(ending, _)| key.ends_with(ending));
        if let Some(&(ending, size)) = size {
            let least = if ending == "_c" { COLDEST } else { -size };
            bound_number(property, least, size);
        }
    }
}

fn bound_number(property: &mut Value, least: f64, most: f64) {
    if let Some(items) = property.get_mut("items") {
        bound_number(items, least, most);
    }
    if property["type"] != "number" {
        return;
    }
    let has = |keys: [&str; 2]| keys.iter().any(|key| property.get(key).is_some());
    let (from, to) = (
        has(["minimum", "exclusiveMinimum"]),
        has(["maximum", "exclusiveMaximum"]),
    );
    if !from {
        property["minimum"] = json!(least);
    }
    if !to {
        property["maximum"] = json!(most);
    }
}
