//! Reading a record back from JSON, strictly: a record that this program would not write is refused.

use super::field::{self, Field, Kind, Records};
use super::{DIGITS, Datum, Entry, Record, RecordError, schema};
use crate::unit::is_rounded;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::LazyLock;

impl Record {
    /// Reads a record and holds it against the record schema; every number needs an uncertainty and
    /// every fact a basis.
    ///
    /// # Errors
    /// Names the first field that a record written by this program would not hold in that way.
    pub fn from_value(value: &Value) -> Result<Record, RecordError> {
        let records = kind_of(value);
        schema::check(value, records)?;
        let parts = Parts::of(value);
        let mut entries = BTreeMap::new();
        for (index, field) in field::ALL.iter().enumerate() {
            if let Some(entry) = parts.entry(field)? {
                entries.insert(index, entry);
            }
        }
        Ok(Record { records, entries })
    }

    /// Whether [`Record::from_value`] reads the record, without a copy of what it says.
    ///
    /// # Errors
    /// As [`Record::from_value`].
    pub fn check(value: &Value) -> Result<(), RecordError> {
        if schema::accepts(value, kind_of(value)) && Parts::of(value).are_whole() {
            return Ok(());
        }
        Record::from_value(value).map(drop)
    }
}

fn kind_of(value: &Value) -> Records {
    match value.get("pathway").and_then(Value::as_str) {
        Some("pair") => Records::Pair,
        _ => Records::Evaluation,
    }
}

/// The three maps of a record.
struct Parts<'v> {
    fields: &'v Map<String, Value>,
    uncertainty: &'v Map<String, Value>,
    basis: &'v Map<String, Value>,
}

/// What a record holds that has no such part.
static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// Where a record has its uncertainties.
const UNCERTAINTY: &str = "uncertainty";
/// Where a record has the basis of each value.
const BASIS: &str = "basis";

impl<'v> Parts<'v> {
    fn of(value: &'v Value) -> Self {
        let part = |name: &str| value.get(name).and_then(Value::as_object).unwrap_or(&EMPTY);
        Parts {
            fields: value.as_object().unwrap_or(&EMPTY),
            uncertainty: part(UNCERTAINTY),
            basis: part(BASIS),
        }
    }

    /// Whether every entry of a record that its schema accepts can be read.
    fn are_whole(&self) -> bool {
        let says = |name: &str| {
            let basis = self.basis.get(name).and_then(Value::as_str);
            basis.is_some_and(|basis| !basis.is_empty())
                || field::find(name).is_some_and(|field| field.identity)
        };
        let short = |value: &Value| value.as_f64().is_some_and(|n| is_rounded(n, DIGITS));
        let whole = |name: &String, value: &Value| {
            !value.is_number() || short(value) && self.uncertainty.get(name).is_some_and(short)
        };
        self.fields.iter().all(|(name, value)| {
            [UNCERTAINTY, BASIS].contains(&name.as_str()) || says(name) && whole(name, value)
        }) && self
            .uncertainty
            .keys()
            .all(|name| self.fields.contains_key(name))
    }
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
    if is_rounded(number, DIGITS) {
        Ok(number)
    } else {
        Err(RecordError::NotRounded {
            field: name.to_owned(),
            value: number,
        })
    }
}
