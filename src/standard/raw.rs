//! The shape of a standard file after the meta-schema has admitted it.

use super::clause::{CoreClause, Level, Source};
use super::market::Proof;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a standard is: `x-standard`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Name that all versions share.
    pub series: String,
    /// What is judged.
    pub subject: Subject,
    /// For which side.
    pub side: Side,
    /// Sector of the application.
    pub sector: String,
    /// Version of the standard.
    pub version: String,
    /// Whether it is in force.
    pub status: Status,
    /// Day of issue.
    pub issued: Option<String>,
    /// Day from which it holds.
    pub effective_from: Option<String>,
    /// Version that it replaces.
    pub supersedes: Option<String>,
    /// Versions of the record that it judges.
    pub record_schema: String,
}

impl Header {
    /// The three numbers of the version; the meta-schema admits nothing else.
    pub fn numbers(&self) -> [u64; 3] {
        numbers(&self.version)
    }
}

/// The three numbers of a version.
pub(crate) fn numbers(version: &str) -> [u64; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0))
}

/// What a standard judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The magnets of one pathway.
    Magnet,
    /// The machine with the magnets of one pathway.
    Motor,
    /// Pathway B in place of pathway A.
    Interchange,
    /// The machine on one market.
    Market,
}

/// For which side a standard judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The incumbent path.
    A,
    /// The alternative path.
    B,
    /// B relative to A.
    Pair,
    /// Whichever pathway the machine is sold with.
    Any,
}

/// Whether a standard is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being written.
    Draft,
    /// In force.
    Published,
    /// No longer in force.
    Withdrawn,
}

impl Subject {
    /// The word of the file.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Magnet => "magnet",
            Subject::Motor => "motor",
            Subject::Interchange => "interchange",
            Subject::Market => "market",
        }
    }
}

impl Side {
    /// The word of the file, which is also the pathway of a record.
    pub fn name(self) -> &'static str {
        match self {
            Side::A => "a",
            Side::B => "b",
            Side::Pair => "pair",
            Side::Any => "any",
        }
    }
}

/// A clause before the gates.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RawClause {
    pub title: String,
    pub description: String,
    #[serde(rename = "x-clause")]
    pub id: String,
    #[serde(rename = "x-clause-revision")]
    pub revision: u64,
    #[serde(rename = "x-level")]
    pub level: Level,
    #[serde(rename = "x-rationale")]
    pub rationale: String,
    #[serde(rename = "x-source")]
    pub source: Source,
    #[serde(rename = "x-quantity", default)]
    pub quantity: String,
    #[serde(rename = "x-unit", default)]
    pub unit: String,
    #[serde(rename = "x-scale", default)]
    pub scale: f64,
    #[serde(rename = "x-remedy", default)]
    pub remedy: Vec<String>,
    #[serde(rename = "x-covered-by", default)]
    pub covered_by: Vec<CoreClause>,
    #[serde(default)]
    pub required: Vec<String>,
    #[serde(default)]
    pub properties: Map<String, Value>,
    #[serde(rename = "if")]
    pub condition: Option<RawBody>,
    pub then: Option<RawBody>,
}

/// `x-market` before the gates.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RawMarket {
    pub name: String,
    pub open: Vec<RawEntry>,
    pub outside: Vec<RawEntry>,
}

/// A requirement of a market that is not judged. The meta-schema asks for level and proof where something is open
/// and admits neither where a rule does not bind.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RawEntry {
    pub title: String,
    pub description: String,
    #[serde(rename = "x-clause")]
    pub id: String,
    #[serde(rename = "x-level")]
    pub level: Option<Level>,
    #[serde(rename = "x-proof")]
    pub proof: Option<Proof>,
    #[serde(rename = "x-rationale")]
    pub rationale: String,
    #[serde(rename = "x-source")]
    pub source: Source,
    #[serde(rename = "if")]
    pub condition: Option<RawBody>,
}

/// `required` and `properties` of a condition or a body.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RawBody {
    pub required: Vec<String>,
    pub properties: Map<String, Value>,
}

impl RawClause {
    /// The asserting part: `then` of a conditional clause, else the clause's own keywords.
    pub fn body(&self) -> RawBody {
        self.then.clone().unwrap_or_else(|| RawBody {
            required: self.required.clone(),
            properties: self.properties.clone(),
        })
    }

    /// JSON pointer of the body below the clause.
    pub fn body_pointer(&self) -> &'static str {
        if self.then.is_some() { "/then" } else { "" }
    }
}
