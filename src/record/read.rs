//! Reading a record back from JSON, strictly: a record that this program would not write is refused.

use super::field::{self, Field, Kind, Records};
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
        let parts = Parts {
            fields: value.as_object().unwrap_or(&empty),
            uncertainty: part("uncertainty"),
            basis: part("basis"),
        };
        let mut entries = BTreeMap::new();
        for (index, field) in field::ALL.iter().enumerate() {
            if let Some(entry) = parts.entry(field)? {
                entries.insert(index, entry);
            }
        }
        Ok(Record { records, entries })
    }
}

/// The three maps of a record.
struct Parts<'v> {
    fields: &'v Map<String, Value>,
    uncertainty: &'v Map<String, Value>,
    basis: &'v Map<String, Value>,
}

impl Parts<'_> {
    /// What the record says of a field; `None` when it says nothing.
    fn entry(&self, field: &Field) -> Result<Option<Entry>, RecordError> {
        let name = || field.name.to_owned();
        let basis = self
            .basis
            .get(field.name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let Some(found) = self.fields.get(field.name) else {
            if self.uncertainty.contains_key(field.name) {
                let pointer = format!("/uncertainty/{}", field.name);
                let message = "an absent quantity has no uncertainty".to_owned();
                return Err(RecordError::Schema { pointer, message });
            }
            let unjudgeable = Entry {
                value: None,
                uncertainty: None,
                basis,
            };
            return Ok((!unjudgeable.basis.is_empty()).then_some(unjudgeable));
        };
        if basis.is_empty() && !field.identity {
            return Err(RecordError::NoBasis { field: name() });
        }
        let mut uncertainty = None;
        let value = match field.kind {
            Kind::Number => {
                let stated = self.uncertainty.get(field.name);
                let stated = stated.ok_or_else(|| RecordError::NoUncertainty { field: name() })?;
                uncertainty = Some(rounded(field.name, stated)?);
                Datum::Number(rounded(field.name, found)?)
            }
            Kind::Boolean => Datum::Flag(found == &Value::Bool(true)),
            Kind::Text => Datum::Text(found.as_str().unwrap_or_default().to_owned()),
        };
        Ok(Some(Entry {
            value: Some(value),
            uncertainty,
            basis,
        }))
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
