//! The winding of a candidate as `dualcert solve` prints it.

use crate::record::DIGITS;
use crate::unit::round_significant;
use crate::winding::Layout;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Winding factors below this are zero but for rounding, and are left out.
const ZERO: f64 = 1e-9;

/// Slots in a line of the table for people.
const SLOTS_A_LINE: usize = 12;

/// Slots per pole and phase, the layout as a slot table, and the winding factors up to a harmonic of the
/// pole pairs; every order whose factor is not zero, sub-harmonics included.
pub(super) fn object(layout: &Layout, harmonics: usize) -> Map<String, Value> {
    let scheme = layout.scheme;
    let (pairs, sets) = (scheme.poles / 2, scheme.phase_sets);
    let short = |x: f64| round_significant(x, DIGITS);
    let factors: Vec<Value> = (1..=harmonics * pairs)
        .map(|order| (order, layout.factor_of_order(order)))
        .filter(|(_, factor)| *factor > ZERO)
        .map(|(order, factor)| {
            let harmonic = short(order as f64 / pairs as f64);
            json!({"order": order, "electrical_harmonic": harmonic, "factor": short(factor)})
        })
        .collect();
    let belts = (3 * sets * scheme.poles) as f64;
    let (sectors, _) = layout.sectors();
    [
        ("phase_sets", json!(sets)),
        (
            "slots_per_pole_and_phase",
            json!(short(scheme.slots as f64 / belts)),
        ),
        ("layers", json!(scheme.layers)),
        ("coil_pitch_slots", json!(scheme.coil_pitch)),
        ("parallel_paths", json!(scheme.parallel_paths)),
        ("repeating_sectors", json!(sectors)),
        ("series_turns", json!(short(layout.series_turns()))),
        ("slot_table", json!(layout.table())),
        ("factors", Value::Array(factors)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// The same for people: single values a line each, then the factors and the slots.
pub(super) fn text(winding: &Map<String, Value>) -> String {
    let list = |key: &str| {
        winding
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let mut text = "winding\n".to_owned();
    for (name, value) in winding.iter().filter(|(_, value)| !value.is_array()) {
        let _ = writeln!(text, "  {name:<24}  {}", crate::report::value_text(value));
    }
    let _ = writeln!(text, "  order  electrical harmonic  winding factor");
    for factor in list("factors") {
        let [order, harmonic, factor] = ["order", "electrical_harmonic", "factor"].map(|key| {
            factor
                .get(key)
                .map_or_else(String::new, crate::report::value_text)
        });
        let _ = writeln!(text, "  {order:>5}  {harmonic:>19}  {factor}");
    }
    let _ = writeln!(text, "  slots");
    let slots: Vec<&str> = list("slot_table").filter_map(Value::as_str).collect();
    for (line, some) in slots.chunks(SLOTS_A_LINE).enumerate() {
        let first = line * SLOTS_A_LINE;
        let _ = writeln!(text, "  {first:>5}  {}", some.join(" | "));
    }
    text
}
