//! Where in a design file the quantities stand that a standard's remedies name.
//!
//! A standard says `magnet_thickness` and never knows the design schema. A geometrical quantity is
//! looked for by its key below `topology`, so that a machine type needs no list of its own.

use crate::source::{Document, pointer};
use serde_json::Value;

/// JSON pointer of the value that a designer would change for a remedy of the candidate at `index`
/// under a pathway (`a`, `b`, `none`; for `pair` it is that of pathway B, the one that follows). What
/// the file leaves out is where it would be added: the pointer of the object around it.
///
/// Nothing when the machine has no such quantity.
pub fn remedy_pointer(
    document: &Document,
    index: usize,
    pathway: &str,
    quantity: &str,
) -> Option<String> {
    let candidate = format!("/candidates/{index}");
    let value = document.value();
    let magnets = match pathway {
        "a" => format!("{candidate}/magnet_pathways/a"),
        "b" | "pair" => format!("{candidate}/magnet_pathways/b"),
        _ => String::new(),
    };
    let of_pathway = |below: &str| {
        value.pointer(&magnets).filter(|_| !magnets.is_empty())?;
        Some(format!("{magnets}{below}"))
    };
    let pointer = match quantity {
        "magnet_grade" => of_pathway("/grade"),
        "magnet_declaration" => of_pathway("/declaration"),
        "supply_declaration" => of_pathway("/supply"),
        "stock" => of_pathway("/supply/stock_days"),
        "turns" => Some(format!("{candidate}/winding/turns_per_coil")),
        "conductor_area" => Some(format!("{candidate}/winding/conductor")),
        "cooling" => Some(format!("{candidate}/thermal")),
        "insulation" => Some(format!("{candidate}/winding")),
        "retention" => Some(format!("{candidate}/retention")),
        "vibration" => Some(format!("{candidate}/mechanical")),
        "lamination_steel" => Some(format!("{candidate}/stator_steel/grade")),
        "peak_current" => Some("/application/requirement/max_phase_current_a".to_owned()),
        "requirement" => Some("/application".to_owned()),
        other => {
            let topology = format!("{candidate}/topology");
            let start = value.pointer(&topology)?;
            keys(other)
                .iter()
                .find_map(|key| member(start, key, &topology))
        }
    }?;
    Some(existing(value, &pointer))
}

/// Keys of a geometrical quantity, the most telling first.
fn keys(quantity: &str) -> &'static [&'static str] {
    match quantity {
        "air_gap" => &["air_gap_mm"],
        "bridge" => &["bridge_thickness_mm"],
        "magnet_thickness" => &["magnet_thickness_mm"],
        "magnet_width" => &["magnet_width_mm", "magnet_arc_ratio"],
        "stack_length" => &["stack_length_mm"],
        "slot_area" => &["slot"],
        "tooth_width" => &["tooth_width_mm", "slot"],
        "yoke_height" => &["stator"],
        _ => &[],
    }
}

/// Pointer of the first member of that name below a value, in the order of the text.
fn member(value: &Value, key: &str, at: &str) -> Option<String> {
    let object = value.as_object()?;
    if object.contains_key(key) {
        return Some(pointer::member(at, key));
    }
    object
        .iter()
        .find_map(|(name, inner)| member(inner, key, &pointer::member(at, name)))
}

/// The pointer, shortened to a value that the document has.
fn existing(value: &Value, pointer: &str) -> String {
    let mut pointer = pointer;
    while value.pointer(pointer).is_none() {
        pointer = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    pointer.to_owned()
}

#[cfg(test)]
mod tests {
    use super::remedy_pointer;
    use crate::source::Document;
    use serde_json::Value;

    const META_SCHEMA: &str = include_str!("../../standards/standard.schema.json");
    const SHIPPED: &str = include_str!("../../designs/ev_traction.json");

    fn words() -> Vec<String> {
        let schema: Value = serde_json::from_str(META_SCHEMA).unwrap();
        let words = schema["$defs"]["remedy"]["enum"].as_array().unwrap();
        words
            .iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn every_remedy_that_a_standard_may_name_has_its_place() {
        let document = Document::parse("d.json", SHIPPED).unwrap();
        let words = words();
        assert!(words.len() > 10);
        for word in words {
            for pathway in ["a", "b", "pair"] {
                let pointer = remedy_pointer(&document, 0, pathway, &word).unwrap();
                assert!(document.value().pointer(&pointer).is_some(), "{pointer}");
            }
        }
    }

    #[test]
    fn places_are_the_ones_to_change() {
        let document = Document::parse("d.json", SHIPPED).unwrap();
        let at = |pathway, quantity| remedy_pointer(&document, 1, pathway, quantity).unwrap();
        assert_eq!(
            at("pair", "magnet_grade"),
            "/candidates/1/magnet_pathways/b/grade"
        );
        assert_eq!(
            at("a", "stock"),
            "/candidates/1/magnet_pathways/a/supply/stock_days"
        );
        assert_eq!(
            at("b", "bridge"),
            "/candidates/1/topology/ipm/rotor/bridge_thickness_mm"
        );
        assert_eq!(at("b", "turns"), "/candidates/1/winding/turns_per_coil");
    }

    #[test]
    fn what_is_left_out_is_where_it_would_be_added_and_what_cannot_be_is_nowhere() {
        let text = r#"{"candidates": [{"topology": {"spm": {"rotor": {"magnet_arc_ratio": 0.8}}},
            "magnet_pathways": {"b": {"grade": "N42", "supply": {}}}}]}"#;
        let document = Document::parse("d.json", text).unwrap();
        let at = |pathway, quantity| remedy_pointer(&document, 0, pathway, quantity);
        let supply = "/candidates/0/magnet_pathways/b/supply".to_owned();
        assert_eq!(at("b", "stock"), Some(supply));
        assert_eq!(at("a", "stock"), None);
        assert_eq!(at("none", "magnet_grade"), None);
        assert_eq!(at("b", "bridge"), None);
        assert_eq!(at("b", "no_such_quantity"), None);
        let arc = "/candidates/0/topology/spm/rotor/magnet_arc_ratio".to_owned();
        assert_eq!(at("b", "magnet_width"), Some(arc));
    }
}
