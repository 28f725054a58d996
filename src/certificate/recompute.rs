//! Two records of the same candidate field by field, within the tolerance that the record schema states
//! for another processor or another version of the program.

use crate::record::schema::{RECOMPUTE_OF_UNCERTAINTY_RATIO, RECOMPUTE_RELATIVE_RATIO};
use serde_json::{Map, Value};

/// A field in which a computed record differs from the stored one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{field} is {computed}, stored is {stored}")]
pub struct Difference {
    /// Field, or `uncertainty/<field>`.
    pub field: String,
    /// What the certificate holds; null when absent.
    pub stored: Value,
    /// What was computed; null when absent.
    pub computed: Value,
}

/// Every field that differs by more than the tolerance. Words and flags must be equal, numbers within
/// the larger of a relative difference and a share of the stated uncertainty, uncertainties within the
/// same of the value, and a fact must be absent from both or neither.
pub fn differences(stored: &Value, computed: &Value) -> Vec<Difference> {
    let none = Map::new();
    let object = |value: &'_ Value| value.as_object().cloned().unwrap_or_default();
    let (old, new) = (object(stored), object(computed));
    let band = |field: &str| stored["uncertainty"][field].as_f64().unwrap_or(0.0);
    let size = |field: &str| stored[field].as_f64().unwrap_or(0.0);
    let mut found = compare("", &old, &new, |field| tolerance(size(field), band(field)));
    let part = |record: &Map<String, Value>| {
        let inner = record.get("uncertainty").and_then(Value::as_object);
        inner.unwrap_or(&none).clone()
    };
    found.extend(compare("uncertainty/", &part(&old), &part(&new), |field| {
        tolerance(size(field), band(field))
    }));
    found
}

fn tolerance(value: f64, uncertainty: f64) -> f64 {
    let relative = RECOMPUTE_RELATIVE_RATIO * value.abs();
    relative.max(RECOMPUTE_OF_UNCERTAINTY_RATIO * uncertainty)
}

fn compare(
    prefix: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    tolerance: impl Fn(&str) -> f64,
) -> Vec<Difference> {
    let judged = |key: &&String| *key != "uncertainty" && *key != "basis";
    let added = new.keys().filter(|key| !old.contains_key(*key));
    let all = old.keys().chain(added).filter(judged);
    all.filter_map(|field| {
        let stored = old.get(field).cloned().unwrap_or_default();
        let computed = new.get(field).cloned().unwrap_or_default();
        let same = match (stored.as_f64(), computed.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= tolerance(field),
            _ => stored == computed,
        };
        (!same).then(|| Difference {
            field: format!("{prefix}{field}"),
            stored,
            computed,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::differences;
    use serde_json::json;

    #[test]
    fn numbers_may_differ_by_the_tolerance_and_nothing_else_may() {
        let stored = json!({"sector": "x", "torque": 100.0, "exact": 0.5, "flag": true,
            "uncertainty": {"torque": 2.0, "exact": 0.0}, "basis": {"torque": "as it was"}});
        let with = |pointer: &str, value: serde_json::Value| {
            let mut computed = stored.clone();
            *computed.pointer_mut(pointer).unwrap() = value;
            differences(&stored, &computed)
                .into_iter()
                .map(|d| d.field)
                .collect::<Vec<_>>()
        };
        let none: [&str; 0] = [];
        assert_eq!(differences(&stored, &stored), []);
        assert_eq!(with("/torque", json!(100.019)), none);
        assert_eq!(with("/torque", json!(100.021)), ["torque"]);
        assert_eq!(with("/exact", json!(0.500_004)), none);
        assert_eq!(with("/exact", json!(0.500_006)), ["exact"]);
        assert_eq!(
            with("/uncertainty/torque", json!(2.03)),
            ["uncertainty/torque"]
        );
        assert_eq!(with("/flag", json!(false)), ["flag"]);
        assert_eq!(with("/sector", json!("y")), ["sector"]);
        assert_eq!(with("/torque", json!("100")), ["torque"]);
        assert_eq!(with("/basis/torque", json!("as it is")), none);
        let mut less = stored.clone();
        less.as_object_mut().unwrap().remove("exact");
        assert_eq!(differences(&stored, &less)[0].field, "exact");
        assert_eq!(differences(&less, &stored)[0].field, "exact");
    }
}
