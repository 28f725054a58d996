//! Standards: numbered clauses as data, loaded through gates that refuse whatever could accept a
//! record by mistake.
//!
//! A standard is a file `<subject>/<sector>/<side>-<major>.json` with its examples beside it in
//! `<side>-<major>.examples.json`; both are read together, shipped or not. `standard lint` and every
//! load are this one code path.

mod advice;
mod authority;
mod chain;
mod clash;
mod clause;
mod clause_gates;
mod coverage;
mod examples;
mod fault;
mod folder;
mod gates;
mod instead;
mod lint;
mod market;
mod programme;
mod raw;
mod set;
mod shape;
mod shipped;
mod step;

pub use clause::{
    Background, Bound, Clause, CoreClause, Evidence, Identity, Level, Limit, Margin, Source,
};
pub use examples::{Example, Expected};
pub use fault::{Fault, StandardError};
pub use folder::versions;
pub use lint::{Checked, checked};
pub use market::{Entry, Market, Open, Outside, Proof};
pub use programme::{Programme, Standards};
pub(crate) use raw::numbers as version_numbers;
pub use raw::{Header, Side, Status, Subject};
pub use set::{Accepted, Difference, Interval, OTHER_WORD};
pub use shape::{EXAMPLES_SCHEMA, META_SCHEMA};

use crate::source::Document;
use jsonschema::Validator;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A file as it was read: its name in messages and its exact text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// Path, as messages show it.
    pub name: String,
    /// The text, byte for byte.
    pub text: String,
}

/// A standard that has passed the gates.
#[derive(Debug, Clone)]
pub struct Standard {
    /// File it came from.
    pub file: String,
    /// `x-standard`.
    pub header: Header,
    /// Title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// SHA-256 of the file's exact bytes, lower-case hexadecimal.
    pub digest: String,
    /// Clause 0.
    pub identity: Identity,
    /// The other clauses in their order.
    pub clauses: Vec<Clause>,
    /// What a market asks for beyond its clauses; none for the standards of a programme.
    pub market: Option<Market>,
    /// The examples, the base record first.
    pub examples: Vec<Example>,
    /// The standard as the JSON Schema that it is.
    pub schema: Value,
    speaks_of: Validator,
    whole: Validator,
}

impl Standard {
    /// Reads a standard and its examples and passes them through every gate.
    ///
    /// # Errors
    /// Every fault found, by clause and place. A file of the wrong shape is not looked into further.
    pub fn load(
        text: &TextFile,
        examples: Option<&TextFile>,
    ) -> Result<Standard, Vec<StandardError>> {
        let document = parse(text)?;
        let errors = shape::check(&document);
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut standard = build(&document)?;
        let Some(examples) = examples else {
            return Err(vec![shape::refuse(&document, "", Fault::NoExamples)]);
        };
        standard.examples = examples::pass(&standard, &parse(examples)?)?;
        Ok(standard)
    }

    /// A standard whose examples are not looked at, for tests that change clauses and not examples.
    #[cfg(test)]
    pub(crate) fn without_examples(text: &TextFile) -> Result<Standard, Vec<StandardError>> {
        let document = parse(text)?;
        let errors = shape::check(&document);
        if errors.is_empty() {
            build(&document)
        } else {
            Err(errors)
        }
    }

    /// Whether clause 0 admits the record.
    pub fn speaks_of(&self, record: &Value) -> bool {
        // `required` says nothing about a list or a number, which would pass.
        record.is_object() && self.speaks_of.is_valid(record)
    }

    /// The verdict of a plain JSON Schema validator on the whole file.
    pub fn accepts(&self, record: &Value) -> bool {
        self.whole.is_valid(record)
    }

    /// Whether the file is one that judges, and not a version that was replaced.
    pub fn judges(&self) -> bool {
        folder::is_current(&self.file)
    }

    /// Name in messages: series and version.
    pub fn name(&self) -> String {
        format!("{} {}", self.header.series, self.header.version)
    }
}

fn parse(file: &TextFile) -> Result<Document, Vec<StandardError>> {
    Document::parse(&file.name, &file.text).map_err(|error| {
        let each = error.findings.into_iter().map(|finding| StandardError {
            file: finding.file,
            clause: None,
            pointer: finding.pointer,
            place: Some(finding.place),
            fault: Fault::NotJson(format!("{}, expected {}", finding.found, finding.expected)),
        });
        each.collect()
    })
}

fn build(document: &Document) -> Result<Standard, Vec<StandardError>> {
    let schema = document.value();
    let shape_error =
        |message: String| vec![shape::refuse(document, "", Fault::NotASchema(message))];
    let header: Header = serde_json::from_value(schema["x-standard"].clone())
        .map_err(|error| shape_error(error.to_string()))?;
    let mut gate = gates::Gate {
        document,
        header,
        errors: Vec::new(),
    };
    let parts = gates::pass(&mut gate);
    let market = parts
        .as_ref()
        .and_then(|(identity, clauses)| market::read(&mut gate, identity, clauses));
    let (Some((identity, clauses)), true) = (parts, gate.errors.is_empty()) else {
        return Err(gate.errors);
    };
    let compile = |schema: &Value| {
        jsonschema::draft202012::new(schema).map_err(|error| shape_error(error.to_string()))
    };
    let whole = compile(schema)?;
    for (record, value) in clause_gates::hollow_records() {
        if whole.is_valid(&value) {
            return Err(vec![shape::refuse(document, "", Fault::Hollow { record })]);
        }
    }
    let text = |key: &str| schema[key].as_str().unwrap_or_default().to_owned();
    let first = schema["$defs"]
        .as_object()
        .and_then(|clauses| clauses.values().next());
    Ok(Standard {
        file: document.name().to_owned(),
        header: gate.header,
        title: text("title"),
        description: text("description"),
        digest: digest(document.text()),
        identity,
        clauses,
        market,
        examples: Vec::new(),
        schema: schema.clone(),
        speaks_of: compile(first.unwrap_or(&Value::Bool(false)))?,
        whole,
    })
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
