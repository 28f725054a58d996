use super::{ALL, Kind};

/// The suffix that a name must carry for a unit. `None`: no number of that unit is expected.
fn suffixes(unit: &str) -> Option<&'static [&'static str]> {
    Some(match unit {
        "1" => &["_ratio", "_count"],
        "/min" => &["_rpm"],
        "A" => &["_a"],
        "Cel" => &["_c"],
        "MPa" => &["_mpa"],
        "MW.h" => &["_mwh"],
        "N.m" => &["_n_m"],
        "T" => &["_t"],
        "V" => &["_v"],
        "V.s/rad" => &["_v_s_per_rad"],
        "W" => &["_w"],
        "Wb" => &["_wb"],
        "H" => &["_h"],
        "min" => &["_min"],
        "d" => &["_d"],
        "deg" => &["_deg"],
        "kA/m" => &["_ka_per_m"],
        "kW" => &["_kw"],
        "kg" => &["_kg"],
        "mm" => &["_mm"],
        "N" => &["_n"],
        "N/mm" => &["_n_per_mm"],
        "{USD}" => &["_usd"],
        "kg/kW" => &["_kg_per_kw"],
        _ => return None,
    })
}

#[test]
fn every_number_carries_its_unit_in_its_name() {
    for field in ALL.iter().filter(|field| field.kind == Kind::Number) {
        let suffixes = suffixes(field.unit).unwrap_or_else(|| panic!("unit of {}", field.name));
        assert!(
            suffixes.iter().any(|s| field.name.ends_with(s)),
            "{} [{}]",
            field.name,
            field.unit
        );
    }
}

#[test]
fn names_are_unique_and_documented() {
    let mut names: Vec<_> = ALL.iter().map(|field| field.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
    for field in ALL {
        assert!(field.doc.ends_with('.'), "{}", field.name);
        assert!(
            field.kind == Kind::Number || field.unit == "1",
            "{}",
            field.name
        );
        assert!(
            field.kind == Kind::Text || field.allowed.is_empty(),
            "{}",
            field.name
        );
    }
}
