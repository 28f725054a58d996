//! Reading a record back from JSON, strictly: a record that this program would not write is refused.

use super::field::{self, Kind, Records};
use super::{DIGITS, Datum, Entry, Record, RecordError, schema};
use crate::unit::round_significant;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

impl Record {
    /// Reads a record and holds it against the record schema; every number needs an uncertainty and
    /// every fact a basis.
    ///
    /// # Errors
    /// Names the first field that a record written by this program would not hold in that way.
    pub fn from_value(value: &Value) -> Result<Record, RecordError> {
        let is_pair = value.get("pathway").and_then(Value::as_str) == Some("pair");
        let records = if is_pair {
            Records::Pair
        } else {
            Records::Evaluation
        };
        schema::check(value, records)?;
        let empty = Map::new();
        let part = |name: &str| value.get(name).and_then(Value::as_object).unwrap_or(&empty);
        let (fields, uncertainty, basis) = (
            value.as_object().unwrap_or(&empty),
            part("uncertainty"),
            part("basis"),
        );
        let mut entries = BTreeMap::new();
        for (index, field) in field::ALL.iter().enumerate() {
            let basis = basis
                .get(field.name)
                .and_then(Value::as_str)
                .unwrap_or_default();
            let Some(found) = fields.get(field.name) else {
                if uncertainty.contains_key(field.name) {
                    let pointer = format!("/uncertainty/{}", field.name);
                    let message = "an absent quantity has no uncertainty".to_owned();
                    return Err(RecordError::Schema { pointer, message });
                }
                if !basis.is_empty() {
                    let entry = Entry {
                        value: None,
                        uncertainty: None,
                        basis: basis.to_owned(),
                    };
                    entries.insert(index, entry);
                }
                continue;
            };
            if basis.is_empty() && !field.identity {
                return Err(RecordError::NoBasis {
                    field: field.name.to_owned(),
                });
            }
            let (value, uncertainty) = match field.kind {
                Kind::Number => {
                    let value = rounded(field.name, found)?;
                    let missing = || RecordError::NoUncertainty {
                        field: field.name.to_owned(),
                    };
                    let stated = uncertainty.get(field.name).ok_or_else(missing)?;
                    (Datum::Number(value), Some(rounded(field.name, stated)?))
                }
                Kind::Boolean => (Datum::Flag(found == &Value::Bool(true)), None),
                Kind::Text => (
                    Datum::Text(found.as_str().unwrap_or_default().to_owned()),
                    None,
                ),
            };
            entries.insert(
                index,
                Entry {
                    value: Some(value),
                    uncertainty,
                    basis: basis.to_owned(),
                },
            );
        }
        Ok(Record { records, entries })
    }
}

/// The number, which must have no more digits than a record carries.
fn rounded(name: &str, value: &Value) -> Result<f64, RecordError> {
    let number = value.as_f64().unwrap_or(f64::NAN);
    if round_significant(number, DIGITS) == number {
        Ok(number)
    } else {
        Err(RecordError::NotRounded {
            field: name.to_owned(),
            value: number,
        })
    }
}
