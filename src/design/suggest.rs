//! What an unknown key was probably meant to be: the same quantity in another unit, or a misspelling.

use crate::source::nearest;
use crate::unit::round_significant;
use serde_json::Value;

/// A unit suffix, the dimension it measures, and the scale and offset to that dimension's SI unit.
struct Unit {
    suffix: &'static str,
    dimension: &'static str,
    scale: f64,
    offset: f64,
}

const fn unit(suffix: &'static str, dimension: &'static str, scale: f64, offset: f64) -> Unit {
    Unit {
        suffix,
        dimension,
        scale,
        offset,
    }
}

/// Longer suffixes first, so that `_n_m` is not read as `_m`.
const UNITS: [Unit; 26] = [
    unit("_rad_per_s", "speed", 1.0, 0.0),
    unit("_percent", "ratio", 0.01, 0.0),
    unit("_ratio", "ratio", 1.0, 0.0),
    unit("_kn_m", "torque", 1e3, 0.0),
    unit("_pct", "ratio", 0.01, 0.0),
    unit("_n_m", "torque", 1.0, 0.0),
    unit("_rpm", "speed", std::f64::consts::PI / 30.0, 0.0),
    unit("_deg", "angle", std::f64::consts::PI / 180.0, 0.0),
    unit("_rad", "angle", 1.0, 0.0),
    unit("_nm", "torque", 1.0, 0.0),
    unit("_um", "length", 1e-6, 0.0),
    unit("_mm", "length", 1e-3, 0.0),
    unit("_cm", "length", 1e-2, 0.0),
    unit("_in", "length", 0.0254, 0.0),
    unit("_kw", "power", 1e3, 0.0),
    unit("_mw", "power", 1e6, 0.0),
    unit("_hp", "power", 745.7, 0.0),
    unit("_kv", "voltage", 1e3, 0.0),
    unit("_ka", "current", 1e3, 0.0),
    unit("_m", "length", 1.0, 0.0),
    unit("_w", "power", 1.0, 0.0),
    unit("_v", "voltage", 1.0, 0.0),
    unit("_a", "current", 1.0, 0.0),
    unit("_c", "temperature", 1.0, 273.15),
    unit("_k", "temperature", 1.0, 0.0),
    unit("_f", "temperature", 5.0 / 9.0, 273.15 - 32.0 * 5.0 / 9.0),
];

/// The quantity and the unit of a key; a key without a known suffix is a quantity by itself.
fn split(key: &str) -> (&str, Option<&'static Unit>) {
    UNITS
        .iter()
        .find_map(|unit| Some((key.strip_suffix(unit.suffix)?, Some(unit))))
        .unwrap_or((key, None))
}

/// A suggestion: the key that was meant, and the sentence that says what to change.
pub(super) struct Suggestion<'k> {
    pub(super) key: &'k str,
    pub(super) code: &'static str,
    pub(super) fix: String,
}

/// What `found` with its value was meant to be among the `known` keys.
pub(super) fn suggestion<'k>(
    found: &str,
    value: &Value,
    known: &[&'k str],
) -> Option<Suggestion<'k>> {
    let (quantity, from) = split(found);
    let other_unit = known.iter().find_map(|key| {
        let (known_quantity, to) = split(key);
        let same = known_quantity == quantity;
        let comparable = match (from, &to) {
            (Some(from), Some(to)) => from.dimension == to.dimension,
            (from, to) => from.is_some() != to.is_some(),
        };
        (same && comparable).then_some((*key, to))
    });
    if let Some((key, to)) = other_unit {
        return Some(Suggestion {
            key,
            code: "wrong-unit",
            fix: conversion(key, value, from, to),
        });
    }
    let key = nearest(found, known.iter().copied())?;
    Some(Suggestion {
        key,
        code: "unknown-key",
        fix: format!("write `{key}`"),
    })
}

/// How to state the same value under the known key.
fn conversion(key: &str, value: &Value, from: Option<&Unit>, to: Option<&Unit>) -> String {
    let stated = value.as_f64();
    match (stated, from, to) {
        (Some(stated), Some(from), Some(to)) => {
            let si = stated * from.scale + from.offset;
            let converted = round_significant((si - to.offset) / to.scale, 9);
            format!("write `\"{key}\": {converted}`, the same quantity in the unit of the key")
        }
        (_, None, Some(_)) => {
            format!("write `{key}`, with its unit, and state the value in that unit")
        }
        _ => format!("write `{key}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::suggestion;
    use serde_json::json;

    #[test]
    fn another_unit_of_a_known_quantity_is_converted() {
        let known = ["air_gap_mm", "peak_torque_n_m", "magnet_temperature_hot_c"];
        let cases = [
            (
                "air_gap_m",
                json!(0.00075),
                "air_gap_mm",
                "\"air_gap_mm\": 0.75",
            ),
            (
                "peak_torque_nm",
                json!(300),
                "peak_torque_n_m",
                "\"peak_torque_n_m\": 300",
            ),
            (
                "magnet_temperature_hot_k",
                json!(393.15),
                "magnet_temperature_hot_c",
                ": 120",
            ),
            ("air_gap", json!(0.75), "air_gap_mm", "with its unit"),
        ];
        for (found, value, key, part) in cases {
            let suggestion = suggestion(found, &value, &known).unwrap();
            assert_eq!((suggestion.key, suggestion.code), (key, "wrong-unit"));
            assert!(suggestion.fix.contains(part), "{}", suggestion.fix);
        }
    }

    #[test]
    fn a_misspelling_is_not_a_unit() {
        let found = suggestion("descripton", &json!("x"), &["id", "description"]).unwrap();
        assert_eq!((found.key, found.code), ("description", "unknown-key"));
        assert!(suggestion("colour", &json!("x"), &["id", "description"]).is_none());
        assert!(suggestion("air_gap_v", &json!(1), &["id"]).is_none());
    }
}
