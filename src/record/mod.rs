//! The record: named quantities with units, each with an uncertainty and a basis. It holds facts and
//! no judgement.
//!
//! A record is rounded once, when a value is put. What is judged, hashed and certified is the text of
//! [`Record::to_value`], nothing more precise.

pub mod field;
mod read;
pub mod schema;

use crate::unit::round_significant;
use field::{Field, Kind, Records};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Version of the record schema that this program writes.
pub const RECORD_VERSION: &str = "1.0";
/// How a basis says that its quantity is known at screening level only: it may show that a clause fails, and never
/// that one is met.
pub const SCREENING: &str = "screening level";
/// Significant decimal digits of every number in a record.
pub const DIGITS: usize = 6;

/// A value that may not stand in a record.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// NaN or infinite.
    #[error("field {field} cannot hold {value}, which is not a finite number")]
    NotFinite {
        /// Field name.
        field: String,
        /// What was put.
        value: f64,
    },
    /// An uncertainty below zero or not finite.
    #[error("the uncertainty of {field} is {value}; it must be a finite number, zero or more")]
    BadUncertainty {
        /// Field name.
        field: String,
        /// What was put.
        value: f64,
    },
    /// A value of another kind than the table says.
    #[error("field {field} holds a {expected}, not a {given}")]
    WrongKind {
        /// Field name.
        field: String,
        /// Kind of the table.
        expected: Kind,
        /// Kind that was put.
        given: Kind,
    },
    /// A fraction where a whole number of things is counted.
    #[error("field {field} counts things and cannot hold {value}")]
    NotACount {
        /// Field name.
        field: String,
        /// What was put.
        value: f64,
    },
    /// A word outside the enumerated set.
    #[error("field {field} cannot hold \"{word}\"; it holds one of {}", allowed.join(", "))]
    UnknownWord {
        /// Field name.
        field: String,
        /// What was put.
        word: String,
        /// What may stand there.
        allowed: Vec<String>,
    },
    /// Set a second time.
    #[error("field {field} is already set")]
    SetTwice {
        /// Field name.
        field: String,
    },
    /// A pair field in an evaluation record or the other way round.
    #[error("field {field} does not belong to this kind of record")]
    OtherRecord {
        /// Field name.
        field: String,
    },
    /// A fact without a statement of how it was obtained.
    #[error("field {field} needs a basis")]
    NoBasis {
        /// Field name.
        field: String,
    },
    /// A number without an uncertainty, in a record that was read.
    #[error("field {field} has no uncertainty")]
    NoUncertainty {
        /// Field name.
        field: String,
    },
    /// More digits than a record carries.
    #[error("field {field} holds {value}, which has more than {DIGITS} significant digits")]
    NotRounded {
        /// Field name.
        field: String,
        /// What was read.
        value: f64,
    },
    /// Anything else that the record schema refuses.
    #[error("the record does not follow its schema at {pointer}: {message}")]
    Schema {
        /// JSON pointer into the record.
        pointer: String,
        /// What the schema says.
        message: String,
    },
}

/// A value with its kind.
#[derive(Debug, Clone, PartialEq)]
enum Datum {
    Number(f64),
    Flag(bool),
    Text(String),
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    /// `None` when the quantity could not be judged; `basis` then holds the reason.
    value: Option<Datum>,
    uncertainty: Option<f64>,
    basis: String,
}

/// The evaluation record of one candidate under one pathway, or the pair record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    records: Records,
    entries: BTreeMap<usize, Entry>,
}

impl Record {
    /// An empty evaluation record: its version is set, everything else is to be put.
    pub fn evaluation() -> Record {
        Record::empty(Records::Evaluation)
    }

    /// An empty pair record: version and pathway are set, everything else is to be put.
    pub fn pair() -> Record {
        let mut record = Record::empty(Records::Pair);
        record.insert(
            &field::PATHWAY,
            Datum::Text("pair".to_owned()),
            None,
            String::new(),
        );
        record
    }

    fn empty(records: Records) -> Record {
        let mut record = Record {
            records,
            entries: BTreeMap::new(),
        };
        let version = Datum::Text(RECORD_VERSION.to_owned());
        record.insert(&field::RECORD_VERSION, version, None, String::new());
        record
    }

    /// Which of the two records this is.
    pub fn records(&self) -> Records {
        self.records
    }

    /// Puts a number in the field's unit with its expanded uncertainty (k = 2, same unit, zero for
    /// exact and declared values). Both are rounded to [`DIGITS`] significant digits, here and nowhere else.
    ///
    /// # Errors
    /// When the value is not finite, the uncertainty negative, the kind another, a count not whole,
    /// the basis empty or the field already set.
    pub fn put_number(
        &mut self,
        field: &Field,
        value: f64,
        uncertainty: f64,
        basis: impl Into<String>,
    ) -> Result<(), RecordError> {
        let name = || field.name.to_owned();
        let basis = self.admit(field, Kind::Number, basis.into())?;
        if !value.is_finite() {
            return Err(RecordError::NotFinite {
                field: name(),
                value,
            });
        }
        if !uncertainty.is_finite() || uncertainty < 0.0 {
            return Err(RecordError::BadUncertainty {
                field: name(),
                value: uncertainty,
            });
        }
        if field.is_count() && (value.fract() != 0.0 || value < 0.0) {
            return Err(RecordError::NotACount {
                field: name(),
                value,
            });
        }
        let number = Datum::Number(round_significant(value, DIGITS));
        self.insert(
            field,
            number,
            Some(round_significant(uncertainty, DIGITS)),
            basis,
        );
        Ok(())
    }

    /// Puts a flag. The basis may be empty for identity fields only.
    ///
    /// # Errors
    /// When the kind is another, the basis empty or the field already set.
    pub fn put_flag(
        &mut self,
        field: &Field,
        value: bool,
        basis: impl Into<String>,
    ) -> Result<(), RecordError> {
        let basis = self.admit(field, Kind::Boolean, basis.into())?;
        self.insert(field, Datum::Flag(value), None, basis);
        Ok(())
    }

    /// Puts a word or a name. The basis may be empty for identity fields only.
    ///
    /// # Errors
    /// When the word is outside the field's set, the kind another, the basis empty or the field
    /// already set.
    pub fn put_text(
        &mut self,
        field: &Field,
        value: impl Into<String>,
        basis: impl Into<String>,
    ) -> Result<(), RecordError> {
        let basis = self.admit(field, Kind::Text, basis.into())?;
        let value = value.into();
        let known = field.allowed.is_empty() || field.allowed.contains(&value.as_str());
        if !known || value.is_empty() {
            return Err(RecordError::UnknownWord {
                field: field.name.to_owned(),
                word: value,
                allowed: field.allowed.iter().map(|&word| word.to_owned()).collect(),
            });
        }
        self.insert(field, Datum::Text(value), None, basis);
        Ok(())
    }

    /// States that a quantity could not be obtained and why, for example that it lies outside the
    /// validated range. The field stays absent and its basis holds the reason, so that any clause on
    /// it is *could not judge*, in this program and in a plain validator.
    ///
    /// # Errors
    /// When the reason is empty or the field is already set.
    pub fn put_unjudgeable(
        &mut self,
        field: &Field,
        reason: impl Into<String>,
    ) -> Result<(), RecordError> {
        let basis = reason.into();
        if basis.is_empty() {
            return Err(RecordError::NoBasis {
                field: field.name.to_owned(),
            });
        }
        let basis = self.admit(field, field.kind, basis)?;
        let entry = Entry {
            value: None,
            uncertainty: None,
            basis,
        };
        self.entries.insert(place(field), entry);
        Ok(())
    }

    fn admit(&self, field: &Field, given: Kind, basis: String) -> Result<String, RecordError> {
        let name = field.name.to_owned();
        if field.kind != given {
            return Err(RecordError::WrongKind {
                field: name,
                expected: field.kind,
                given,
            });
        }
        if !field.belongs_to(self.records) {
            return Err(RecordError::OtherRecord { field: name });
        }
        if self.entries.contains_key(&place(field)) {
            return Err(RecordError::SetTwice { field: name });
        }
        if basis.is_empty() && !field.identity {
            return Err(RecordError::NoBasis { field: name });
        }
        Ok(basis)
    }

    fn insert(&mut self, field: &Field, value: Datum, uncertainty: Option<f64>, basis: String) {
        let entry = Entry {
            value: Some(value),
            uncertainty,
            basis,
        };
        self.entries.insert(place(field), entry);
    }

    /// Whether anything is said of the field, be it why it could not be obtained.
    pub fn speaks_of(&self, field: &Field) -> bool {
        self.entries.contains_key(&place(field))
    }

    fn datum(&self, name: &str) -> Option<&Datum> {
        let entry = self.entries.get(&field::position(name)?)?;
        entry.value.as_ref()
    }

    /// The number in the field, in its unit; `None` when it is absent or no number.
    pub fn get_number(&self, name: &str) -> Option<f64> {
        match self.datum(name)? {
            Datum::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// The flag in the field.
    pub fn get_flag(&self, name: &str) -> Option<bool> {
        match self.datum(name)? {
            Datum::Flag(value) => Some(*value),
            _ => None,
        }
    }

    /// The word or name in the field.
    pub fn get_text(&self, name: &str) -> Option<&str> {
        match self.datum(name)? {
            Datum::Text(value) => Some(value),
            _ => None,
        }
    }

    /// Expanded uncertainty of the number in the field, in its unit.
    pub fn get_uncertainty(&self, name: &str) -> Option<f64> {
        self.entries.get(&field::position(name)?)?.uncertainty
    }

    /// The record as it is printed, judged, hashed and certified: fields in table order, then the
    /// objects `uncertainty` and `basis`.
    pub fn to_value(&self) -> Value {
        let mut object = Map::new();
        let mut uncertainty = Map::new();
        let mut basis = Map::new();
        for (&index, entry) in &self.entries {
            let field = field::ALL[index];
            if let Some(datum) = &entry.value {
                object.insert(field.name.to_owned(), datum_value(field, datum));
            }
            if let Some(value) = entry.uncertainty {
                uncertainty.insert(field.name.to_owned(), Value::from(value));
            }
            if !entry.basis.is_empty() {
                basis.insert(field.name.to_owned(), Value::from(entry.basis.as_str()));
            }
        }
        object.insert("uncertainty".to_owned(), Value::Object(uncertainty));
        object.insert("basis".to_owned(), Value::Object(basis));
        Value::Object(object)
    }
}

/// Place of a table field. A field that is not in the table would be lost in every record; the table
/// is the only place that makes one, so a copy outside it is a programming error.
fn place(field: &Field) -> usize {
    field::position(field.name)
        .unwrap_or_else(|| unreachable!("{} is not in the table", field.name))
}

fn datum_value(field: &Field, datum: &Datum) -> Value {
    match datum {
        // A count reads as a whole number; within 2^53 nothing is lost.
        Datum::Number(value) if field.is_count() && *value < 9e15 => Value::from(*value as u64),
        Datum::Number(value) => Value::from(*value),
        Datum::Flag(value) => Value::from(*value),
        Datum::Text(value) => Value::from(value.as_str()),
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
