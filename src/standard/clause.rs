//! A clause as it is judged: one field, its limit, when it applies, and the validators that a record
//! is held against.

use crate::record::{DIGITS, field::Field};
use crate::unit::round_significant;
use jsonschema::Validator;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Whether a clause blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Blocks.
    Shall,
    /// Reported, does not block.
    Should,
    /// Reported for information.
    Info,
}

/// How well the source of a limit is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The legal or official text was read.
    Primary,
    /// A page that states it was read.
    Secondary,
    /// A page that quotes such a page was read.
    Tertiary,
    /// Computed from a published data set.
    Dataset,
    /// Asked for by the project's brief.
    Brief,
    /// Set by the project, for the reason in the rationale.
    Project,
    /// Remembered and not confirmed; never blocks.
    Recalled,
}

impl Evidence {
    /// The word of the file.
    pub fn name(self) -> &'static str {
        match self {
            Evidence::Primary => "primary",
            Evidence::Secondary => "secondary",
            Evidence::Tertiary => "tertiary",
            Evidence::Dataset => "dataset",
            Evidence::Brief => "brief",
            Evidence::Project => "project",
            Evidence::Recalled => "recalled",
        }
    }
}

/// Where a limit comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Public standard, law, paper or project.
    pub document: String,
    /// Its edition.
    pub edition: String,
    /// Place in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How well it is known.
    pub evidence: Evidence,
    /// Documents that speak of the same thing without setting this limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub background: Vec<Background>,
}

/// A document that speaks of the same thing without setting the limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Background {
    /// The document.
    pub document: String,
    /// Its edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Place in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How well it is known.
    pub evidence: Evidence,
    /// What it says.
    pub says: String,
}

/// A clause of a programme by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoreClause {
    /// Series of its standard.
    pub standard: String,
    /// Its number.
    pub clause: String,
}

impl std::fmt::Display for CoreClause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.standard, self.clause)
    }
}

/// One bound of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// The limit in the field's unit.
    pub value: f64,
    /// Whether a value at the limit is within it.
    pub inclusive: bool,
}

/// What a clause asks of its field.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// A number within one or two bounds.
    Bounds {
        /// From below.
        lower: Option<Bound>,
        /// From above.
        upper: Option<Bound>,
    },
    /// One of the listed words or flags.
    OneOf(Vec<Value>),
}

impl Limit {
    /// Reads the limit of a body that the meta-schema has admitted.
    pub(super) fn of(schema: &Value) -> Limit {
        let bound = |inclusive: &str, exclusive: &str| {
            let number = |key: &str| schema.get(key).and_then(Value::as_f64);
            number(inclusive)
                .map(|value| Bound {
                    value,
                    inclusive: true,
                })
                .or(number(exclusive).map(|value| Bound {
                    value,
                    inclusive: false,
                }))
        };
        if schema["type"] == "number" {
            return Limit::Bounds {
                lower: bound("minimum", "exclusiveMinimum"),
                upper: bound("maximum", "exclusiveMaximum"),
            };
        }
        Limit::OneOf(words(schema))
    }

    /// The limit in the words of the standard: `{"minimum": 1.2}`, `{"const": true}`.
    pub fn to_value(&self) -> Value {
        match self {
            Limit::Bounds { lower, upper } => {
                let mut object = Map::new();
                let mut put = |bound: &Option<Bound>, inclusive: &str, exclusive: &str| {
                    if let Some(bound) = bound {
                        let key = if bound.inclusive {
                            inclusive
                        } else {
                            exclusive
                        };
                        object.insert(key.to_owned(), json!(bound.value));
                    }
                };
                put(lower, "minimum", "exclusiveMinimum");
                put(upper, "maximum", "exclusiveMaximum");
                Value::Object(object)
            }
            Limit::OneOf(words) if words.len() == 1 => json!({"const": words[0]}),
            Limit::OneOf(words) => json!({"enum": words}),
        }
    }
}

/// The words of `{"const": …}` or `{"enum": […]}`.
pub(super) fn words(schema: &Value) -> Vec<Value> {
    match (
        schema.get("const"),
        schema.get("enum").and_then(Value::as_array),
    ) {
        (Some(word), _) => vec![word.clone()],
        (None, Some(words)) => words.clone(),
        (None, None) => Vec::new(),
    }
}

/// Clause 0: what a record must be about for the standard to speak of it.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Title.
    pub title: String,
    /// Revision of the clause.
    pub revision: u64,
    /// Every pinned field with the words it may hold.
    pub pinned: Vec<(&'static Field, Vec<Value>)>,
}

/// A numbered clause.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Number, `x-clause`.
    pub id: String,
    /// Key in `$defs`.
    pub key: String,
    /// Title.
    pub title: String,
    /// What the clause asks, in a sentence.
    pub description: String,
    /// Revision of the clause.
    pub revision: u64,
    /// Whether it blocks.
    pub level: Level,
    /// Why the limit stands where it stands.
    pub rationale: String,
    /// Where it comes from.
    pub source: Source,
    /// The judged field.
    pub field: &'static Field,
    /// What is asked of it.
    pub limit: Limit,
    /// A typical size in the field's unit, by which margins of different clauses are compared.
    pub scale: f64,
    /// Quantities a designer may change.
    pub remedy: Vec<String>,
    /// Clauses of programmes that, where they are met, cover this clause of a market; none elsewhere.
    pub covered_by: Vec<CoreClause>,
    /// The identity words under which it applies; `None` when it always does.
    pub condition: Option<Vec<(&'static Field, Vec<Value>)>>,
    pub(super) applies: Option<Validator>,
    pub(super) body: Validator,
}

impl Clause {
    /// Whether the clause speaks of the record, by its `if`.
    pub fn applies_to(&self, record: &Value) -> bool {
        self.applies
            .as_ref()
            .is_none_or(|validator| validator.is_valid(record))
    }

    /// Whether a plain JSON Schema validator accepts the record under the body of the clause.
    pub fn accepts(&self, record: &Value) -> bool {
        self.body.is_valid(record)
    }
}

/// How far a number lies within its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// Signed distance to the nearest bound in the field's unit, positive within; rounded like the
    /// record, so that what is printed is what decides.
    pub value: f64,
    /// The nearest bound.
    pub bound: Bound,
}

impl Limit {
    /// Distance of a number to the nearest bound; `None` where there is no bound.
    pub fn margin(&self, value: f64) -> Option<Margin> {
        let Limit::Bounds { lower, upper } = self else {
            return None;
        };
        let rounded = |distance: f64| round_significant(distance, DIGITS);
        let below = lower.map(|bound| Margin {
            value: rounded(value - bound.value),
            bound,
        });
        let above = upper.map(|bound| Margin {
            value: rounded(bound.value - value),
            bound,
        });
        match (below, above) {
            (Some(below), Some(above)) if above.value < below.value => Some(above),
            (Some(below), _) => Some(below),
            (None, above) => above,
        }
    }
}
