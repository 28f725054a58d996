//! Two records of the same candidate field by field, within the tolerance that the record schema states
//! for another processor or another version of the program, and its choke points one by one.

use super::statement::ChokePoint;
use crate::record::schema::{RECOMPUTE_OF_UNCERTAINTY_RATIO, RECOMPUTE_RELATIVE_RATIO};
use serde::Serialize;
use serde_json::{Map, Value};

/// A field in which a computed record differs from the stored one.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[error("{field} is {computed}, stored is {stored}")]
pub struct Difference {
    /// Field, or `uncertainty/<field>`.
    pub field: String,
    /// What the certificate holds; null when absent.
    pub stored: Value,
    /// What was computed; null when absent.
    pub computed: Value,
}

/// What a difference is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A value, or a fact that is there no more.
    Value,
    /// An uncertainty.
    Uncertainty,
    /// A fact that could not be obtained, and now can.
    Obtained,
}

impl Difference {
    /// What it is one of.
    pub fn kind(&self) -> Kind {
        match (self.stored.is_null(), self.field.starts_with(UNCERTAINTY)) {
            (true, false) => Kind::Obtained,
            (_, true) => Kind::Uncertainty,
            (false, false) => Kind::Value,
        }
    }
}

/// A stored record held against a computed one.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Fields that the stored one has.
    pub field_count: usize,
    /// Fields that its schema did not have, which were not compared.
    pub younger_count: usize,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// Holds a stored record against a computed one; of an older schema as far as it speaks.
pub fn compared(stored: &Value, computed: &Value, is_of_this_schema: bool) -> Comparison {
    let (computed, younger_count) = if is_of_this_schema {
        (computed.clone(), 0)
    } else {
        as_far_as_stated(stored, computed)
    };
    Comparison {
        field_count: stored.as_object().map_or(0, Map::len),
        younger_count,
        differences: differences(stored, &computed),
    }
}

/// What the names of uncertainties begin with.
const UNCERTAINTY: &str = "uncertainty/";

/// Every field that differs by more than the tolerance. Words and flags must be equal, numbers within
/// the larger of a relative difference and a share of the stated uncertainty, uncertainties within the
/// same of the value, and a fact must be absent from both or neither.
fn differences(stored: &Value, computed: &Value) -> Vec<Difference> {
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
    found.extend(compare(UNCERTAINTY, &part(&old), &part(&new), |field| {
        tolerance(size(field), band(field))
    }));
    found
}

/// The computed record without the facts of which the stored one says nothing, neither what they are nor why they could not
/// be obtained: its schema did not have them. Gives how many these are too.
fn as_far_as_stated(stored: &Value, computed: &Value) -> (Value, usize) {
    let mut less = computed.clone();
    let says = |name: &str| stored.get(name).is_some() || stored["basis"].get(name).is_some();
    let mut left_out = 0;
    if let Some(fields) = less.as_object_mut() {
        let before = fields.len();
        fields.retain(|name, _| says(name));
        left_out = before - fields.len();
        for part in ["uncertainty", "basis"] {
            if let Some(part) = fields.get_mut(part).and_then(Value::as_object_mut) {
                part.retain(|name, _| says(name));
            }
        }
    }
    (less, left_out)
}

/// Largest difference of a number of a physical choke point as a share of value or limit. These stand in no record
/// and have no uncertainty; fields differ by less from processor to processor.
const FIELD_RATIO: f64 = 1e-3;

/// Choke points that are in one list and not in the other.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherPoints {
    /// Those that are stated and were not found.
    pub gone: Vec<String>,
    /// Those that were found and are not stated.
    pub unstated: Vec<String>,
}

/// Holds two lists against each other. Their order may differ, since they are ordered by numbers, and the place in a magnet
/// may be that of a neighbour which is as near to its limit.
pub fn other_choke_points(stored: &[ChokePoint], computed: &[ChokePoint]) -> OtherPoints {
    let mut left: Vec<&ChokePoint> = computed.iter().collect();
    let mut gone = Vec::new();
    for point in stored {
        match left.iter().position(|other| same(point, other)) {
            Some(index) => drop(left.swap_remove(index)),
            None => gone.push(format!("{} is stated and was not found", told(point))),
        }
    }
    let unstated = |point| format!("{} was found and is not stated", told(point));
    OtherPoints {
        gone,
        unstated: left.into_iter().map(unstated).collect(),
    }
}

fn told(point: &ChokePoint) -> String {
    let ChokePoint {
        mechanism,
        location,
        pathway,
        value,
        limit,
        unit,
        ..
    } = point;
    format!("{mechanism} of pathway {pathway}, {location}, {value} {unit} against {limit} {unit}")
}

fn same(a: &ChokePoint, b: &ChokePoint) -> bool {
    let words = |point: &ChokePoint| {
        let place: String = point.location.chars().filter(|c| !c.is_numeric()).collect();
        let (kind, mechanism) = (point.kind.clone(), point.mechanism.clone());
        [
            kind,
            mechanism,
            place,
            point.pathway.clone(),
            point.unit.clone(),
        ]
    };
    let ratio = if a.kind == "physical" {
        FIELD_RATIO
    } else {
        RECOMPUTE_RELATIVE_RATIO
    };
    let near = |x: f64, y: f64, size: f64| (x - y).abs() <= ratio * size;
    let size = a.value.abs().max(a.limit.abs());
    words(a) == words(b)
        && near(a.value, b.value, size)
        && near(a.limit, b.limit, size)
        && near(
            a.margin_ratio,
            b.margin_ratio,
            a.margin_ratio.abs().max(1.0),
        )
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
    use super::super::statement::ChokePoint;
    use super::{as_far_as_stated, differences, other_choke_points};
    use serde_json::json;

    #[test]
    fn choke_points_are_the_same_in_any_order_and_no_other_are() {
        let point = |kind: &str, location: &str, value: f64| ChokePoint {
            kind: kind.to_owned(),
            mechanism: "some".to_owned(),
            location: location.to_owned(),
            pathway: "a".to_owned(),
            value,
            limit: 2.0,
            unit: "T".to_owned(),
            margin_ratio: 0.1,
        };
        let tooth = point("physical", "tooth", 1.9);
        let magnet = point("physical", "magnet, 71.2 mm, 3.1 deg", 0.1);
        let mining = point("supply", "mining", 0.9);
        let stored = [tooth.clone(), magnet.clone(), mining.clone()];
        let moved = point("physical", "magnet, 70.9 mm, 2.9 deg", 0.1005);
        let other = |stored: &[ChokePoint], computed: &[ChokePoint]| {
            let other = other_choke_points(stored, computed);
            other.gone.into_iter().chain(other.unstated).next()
        };
        assert_eq!(
            other(&stored, &[mining.clone(), moved, tooth.clone()]),
            None
        );
        let found = |computed: &[ChokePoint]| other(&stored, computed).unwrap();
        assert!(found(&stored[..2]).contains("mining") && found(&stored[..2]).contains("stated"));
        let more = [&stored[..], &[point("physical", "yoke", 1.0)]].concat();
        assert!(found(&more).contains("yoke, 1 T against 2 T was found"));
        for (index, point) in [
            (0, point("physical", "tooth", 1.903)),
            (0, point("physical", "yoke", 1.9)),
            (2, point("supply", "mining", 0.9001)),
        ] {
            let mut computed = stored.clone();
            computed[index] = point;
            assert!(other(&stored, &computed).is_some());
        }
        let twice = [tooth.clone(), tooth];
        assert!(other(&twice, &twice[..1]).is_some());
    }

    #[test]
    fn of_a_record_of_an_older_schema_only_what_it_speaks_of_is_compared() {
        let computed = json!({"torque": 100.0, "young": 1.0, "open": 2.0,
            "uncertainty": {"torque": 2.0, "young": 0.0, "open": 0.1},
            "basis": {"torque": "t", "young": "y", "open": "o"}});
        let stored = json!({"torque": 100.0, "uncertainty": {"torque": 2.0},
            "basis": {"torque": "t", "open": "outside the validated range"}});
        let (less, left_out) = as_far_as_stated(&stored, &computed);
        assert_eq!(left_out, 1);
        // What could not be obtained and now can is another record, and so is what is there no more.
        let fields: Vec<String> = differences(&stored, &less)
            .into_iter()
            .map(|d| d.field)
            .collect();
        assert_eq!(fields, ["open", "uncertainty/open"]);
        let gone = json!({"torque": 100.0, "gone": 1.0, "uncertainty": {"torque": 2.0}, "basis": {"torque": "t"}});
        let (less, _) = as_far_as_stated(&gone, &computed);
        assert_eq!(differences(&gone, &less)[0].field, "gone");
    }

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
