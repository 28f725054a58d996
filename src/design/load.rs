//! From a document to a design, with everything that is wrong with it in one pass.

use super::comment::without_comments;
use super::form::{finding, violations};
use super::schema::{APPLICATION, DESIGN, Form};
use super::{Application, Candidate, Design, fit, sense};
use crate::source::{Document, Finding};
use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

impl Design {
    /// Reads and checks a design: its form against the schema, then what must agree with
    /// each other, geometry and winding included.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the text; the second kind only when the form is right.
    pub fn load(document: &Document) -> Result<Design, Vec<Finding>> {
        let design: Design = read(document, &DESIGN)?;
        settle(design, |design| {
            let mut findings = sense::contradictions(document, design);
            for (index, candidate) in design.candidates.iter().enumerate() {
                findings.extend(fit::misfits(document, index, candidate));
            }
            findings
        })
    }

    /// The candidate of that name.
    pub fn candidate(&self, id: &str) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.id == id)
    }
}

impl Application {
    /// Reads and checks an application block that is a document by itself.
    ///
    /// # Errors
    /// Everything that is wrong, as [`Design::load`].
    pub fn load(document: &Document) -> Result<Application, Vec<Finding>> {
        let application: Application = read(document, &APPLICATION)?;
        settle(application, |block| sense::application(document, block, ""))
    }
}

/// The value if nothing is wrong with it, else the findings in the order of the text.
fn settle<T>(value: T, check: impl FnOnce(&T) -> Vec<Finding>) -> Result<T, Vec<Finding>> {
    let mut findings = check(&value);
    if findings.is_empty() {
        return Ok(value);
    }
    findings.sort_by_key(|finding| finding.place);
    Err(findings)
}

/// Reads a value of a form, comments skipped, with everything that the form does not allow.
pub(crate) fn read<T: DeserializeOwned>(
    document: &Document,
    form: &Form,
) -> Result<T, Vec<Finding>> {
    let (value, mut findings) = without_comments(document);
    findings.extend(violations(document, &value, form));
    if !findings.is_empty() {
        findings.sort_by(|a, b| (a.place, &a.pointer, a.code).cmp(&(b.place, &b.pointer, b.code)));
        findings.dedup();
        return Err(findings);
    }
    T::deserialize(whole_numbers(value)).map_err(|error| {
        let words = [
            crate::source::quoted(&error.to_string()),
            "a value that the format can hold".to_owned(),
            "correct the value that the message names".to_owned(),
        ];
        vec![finding(document, "unreadable-value", "", false, words)]
    })
}

/// Numbers such as `48.0` as integers: JSON and its schema do not tell them from `48`, serde does.
fn whole_numbers(value: Value) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Array(list) => list.into_iter().map(whole_numbers).collect(),
        Value::Object(map) => map
            .into_iter()
            .map(|(key, inner)| (key, whole_numbers(inner)))
            .collect(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
                Value::Number(Number::from(float as i64))
            }
            _ => Value::Number(number),
        },
        other => other,
    }
}
