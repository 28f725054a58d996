//! What can be wrong with a standard: one variant a gate, with the values found.

use crate::source::{Document, Finding, Place};
use std::fmt;

/// A standard that may not judge: where, by clause, and which gate.
#[derive(Debug, Clone, PartialEq)]
pub struct StandardError {
    /// File as the user gave it; `standards` where none was found.
    pub file: String,
    /// Number of the clause (`x-clause`), where the fault lies in one.
    pub clause: Option<String>,
    /// JSON pointer into the file.
    pub pointer: String,
    /// Place in the file; `None` when it could not be read or there is none.
    pub place: Option<Place>,
    /// The gate that refused.
    pub fault: Fault,
}

impl fmt::Display for StandardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(place) = self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        if let Some(clause) = &self.clause {
            write!(f, ": clause {clause}")?;
        }
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        write!(f, ": {}; change: {}", self.fault, self.fault.change())
    }
}

impl std::error::Error for StandardError {}

impl StandardError {
    /// The error as a finding with its source line, for the same display as for a design.
    pub fn finding(&self, document: &Document) -> Finding {
        let place = self.place.unwrap_or(Place::START);
        let clause = self
            .clause
            .as_ref()
            .map(|id| format!("clause {id}: "))
            .unwrap_or_default();
        Finding {
            code: self.fault.code(),
            file: self.file.clone(),
            place,
            pointer: self.pointer.clone(),
            found: format!("{clause}{}", self.fault),
            expected: self.fault.expected().to_owned(),
            fix: self.fault.change(),
            excerpt: document.excerpt(place),
            related: None,
        }
    }
}

/// The gate that refused, with what it found. `Display` is one sentence; [`Fault::expected`] and
/// [`Fault::fix`] go with it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Fault {
    /// A file that cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// No strict JSON.
    #[error("{0}")]
    NotJson(String),
    /// Not a valid JSON Schema.
    #[error("this is not valid JSON Schema 2020-12: {0}")]
    NotASchema(String),
    /// Outside the part of JSON Schema that a standard may use.
    #[error("a standard may not say this: {0}")]
    NotAStandard(String),
    /// A key that has to stand there and does not.
    #[error("the key {key} is missing")]
    MissingKey {
        /// Key.
        key: String,
    },
    /// `$id` disagrees with the header.
    #[error("$id is {found}")]
    WrongId {
        /// As written.
        found: String,
    },
    /// Made for another record.
    #[error("the standard judges records {found}, and this program writes records 1.0")]
    OtherRecordSchema {
        /// Range in the header.
        found: String,
    },
    /// `allOf` and the clauses disagree.
    #[error("allOf lists {found:?} where the clauses that block are {expected:?}")]
    WrongOrder {
        /// Keys in `allOf`.
        found: Vec<String>,
        /// Keys of the `shall` clauses in the order of `$defs`.
        expected: Vec<String>,
    },
    /// Two clauses of one number.
    #[error("the number {id} is already used by clause {other}")]
    DuplicateClause {
        /// Number.
        id: String,
        /// Key of the first.
        other: String,
    },
    /// The first clause is not the identity clause.
    #[error("the first clause is {found} and not clause 0")]
    NoIdentity {
        /// Number of the first clause.
        found: String,
    },
    /// Clause 0 does not require and pin a field.
    #[error("clause 0 does not require and pin {field}")]
    Unpinned {
        /// Identity field.
        field: String,
    },
    /// Clause 0 contradicts the header.
    #[error("clause 0 admits {field} {found}, which the header does not")]
    IdentityMismatch {
        /// Identity field.
        field: String,
        /// Words admitted.
        found: String,
    },
    /// A field that no record has.
    #[error("no record has a field {field}")]
    UnknownField {
        /// As written.
        field: String,
    },
    /// `required`, `properties` and `x-quantity` name different fields.
    #[error("x-quantity is {quantity}, required names {required} and properties {judged}")]
    SeveralFields {
        /// `x-quantity`.
        quantity: String,
        /// `required`.
        required: String,
        /// `properties`.
        judged: String,
    },
    /// A type that the field does not have.
    #[error("{field} is judged as a {found}, and it is a {expected}")]
    WrongType {
        /// Field.
        field: String,
        /// Type in the clause.
        found: String,
        /// Type in the record schema.
        expected: String,
    },
    /// A unit that the field does not have.
    #[error("x-unit of {field} is {found}, and its unit is {expected}")]
    WrongUnit {
        /// Field.
        field: String,
        /// Unit in the clause.
        found: String,
        /// Unit in the record schema.
        expected: String,
    },
    /// A word that the field can never hold.
    #[error("{field} can never be {found}")]
    UnknownWord {
        /// Field.
        field: String,
        /// As written.
        found: String,
    },
    /// A condition on something other than an enumerated identity field.
    #[error("the condition reads {field}, which does not say what was judged")]
    ConditionNotIdentity {
        /// Field.
        field: String,
    },
    /// A condition that clause 0 makes impossible.
    #[error("the condition {field} = {found} can never hold under clause 0")]
    ConditionNeverHolds {
        /// Field.
        field: String,
        /// Words of the condition.
        found: String,
    },
    /// A limit with more digits than a record.
    #[error("the limit {found} cannot be written with 6 significant digits")]
    UnroundedLimit {
        /// As written.
        found: f64,
    },
    /// A limit on a count that is no whole number.
    #[error("{field} counts things, and its limit is {found}")]
    FractionOfACount {
        /// Field.
        field: String,
        /// As written.
        found: f64,
    },
    /// Bounds between which nothing lies.
    #[error("nothing lies between the lower bound {lower} and the upper bound {upper}")]
    EmptyInterval {
        /// Lower bound.
        lower: f64,
        /// Upper bound.
        upper: f64,
    },
    /// A clause that excludes another of its standard.
    #[error(
        "it asks for {this} of {field} and clause {other} for {that}, in records that both speak of"
    )]
    Clash {
        /// Field of both.
        field: String,
        /// Limit of the clause.
        this: String,
        /// Number of the other.
        other: String,
        /// Its limit.
        that: String,
    },
    /// A text with characters that no reader sees.
    #[error("a text holds the character {found}, which is not seen and may change what is")]
    Unseen {
        /// Its number.
        found: String,
    },
    /// A text without a word.
    #[error("a text says nothing")]
    Blank,
    /// A day that is none.
    #[error("{found} is no day")]
    NotADay {
        /// As written.
        found: String,
    },
    /// In force before it is issued.
    #[error("it holds from {effective} and is issued on {issued}")]
    HoldsBeforeIssue {
        /// `issued`.
        issued: String,
        /// `effective_from`.
        effective: String,
    },
    /// A limit within which every value of the field lies.
    #[error("every value that {field} can have is within the limit")]
    Vacuous {
        /// Field.
        field: String,
    },
    /// A limit that no value of the field can meet.
    #[error("no value that {field} can have is within the limit: {}", reach(*least, *most))]
    OutOfReach {
        /// Field.
        field: String,
        /// The least that it can be.
        least: Option<f64>,
        /// The most that it can be.
        most: Option<f64>,
    },
    /// A public document is said to be the project's own.
    #[error("{document} is a public document, and its evidence is said to be project")]
    PublicAsProject {
        /// As written.
        document: String,
    },
    /// A document is named for what it does not speak of.
    #[error("{document} is named for {field} in sector {sector}, and {reason}")]
    NotItsSubject {
        /// As written.
        document: String,
        /// Judged field.
        field: String,
        /// Sector of the standard.
        sector: String,
        /// Why it may not be named.
        reason: &'static str,
    },
    /// A version that replaces itself or a later one.
    #[error("version {version} is said to replace version {found}")]
    ReplacesLater {
        /// Version of the file.
        version: String,
        /// `supersedes`.
        found: String,
    },
    /// Two files are one version.
    #[error("{series} {version} is also {other}")]
    SameVersion {
        /// Series.
        series: String,
        /// Version of both.
        version: String,
        /// File of the other.
        other: String,
    },
    /// A version that replaces none of those that are there.
    #[error("{series} {version} replaces {found}, and the version before it here is {before}")]
    BrokenChain {
        /// Series.
        series: String,
        /// Version of the file.
        version: String,
        /// `supersedes`.
        found: String,
        /// The version before it.
        before: String,
    },
    /// A market names a clause that no programme has.
    #[error("no standard at hand has a clause {claim}")]
    UnknownCore {
        /// Series and clause.
        claim: String,
    },
    /// A market names a clause on another field.
    #[error("{claim} judges {found}, and this clause judges {expected}")]
    CoreOtherField {
        /// Series and clause.
        claim: String,
        /// Field of the named clause.
        found: String,
        /// Field of this one.
        expected: String,
    },
    /// A market names a clause that accepts what it does not.
    #[error("{claim} accepts {beyond}, which this clause does not")]
    CoreLaxer {
        /// Series and clause.
        claim: String,
        /// A value.
        beyond: String,
    },
    /// A market names a clause that never judges a record of which its own clause speaks.
    #[error("{claim} never judges a record that this clause speaks of")]
    CoreElsewhere {
        /// Series and clause.
        claim: String,
    },
    /// A rule is said not to bind, from memory.
    #[error("a rule is said not to bind, and that is only recalled")]
    RecalledOutside,
    /// A remembered limit that blocks.
    #[error("a limit that is only recalled would block a design")]
    RecalledShall,
    /// A body that an empty or hollow record passes.
    #[error("a record without content passes: {record}")]
    Hollow {
        /// The record.
        record: &'static str,
    },
    /// No examples file.
    #[error("the standard has no examples")]
    NoExamples,
    /// The examples file has another shape.
    #[error("the examples cannot be read: {0}")]
    BadExamples(String),
    /// An example that is no record.
    #[error("the example \"{example}\" is no record: {message}")]
    ExampleNotARecord {
        /// Its sentence.
        example: String,
        /// What the record schema says.
        message: String,
    },
    /// An example that is judged otherwise than it says.
    #[error("the example \"{example}\" should be {expected} and is {found}")]
    ExampleDisagrees {
        /// Its sentence.
        example: String,
        /// Verdict it stands under.
        expected: &'static str,
        /// Verdict it gets.
        found: String,
    },
    /// No pass and fail that differ in one field.
    #[error("no passing and failing example differ in {field} alone")]
    NoContrast {
        /// The judged field.
        field: String,
    },
    /// No pair of examples at a limit.
    #[error(
        "no pair of examples stands at the limit {limit}: one at {pass} that passes and one at {fail} that fails"
    )]
    NoBoundary {
        /// The limit.
        limit: f64,
        /// Last value that passes.
        pass: f64,
        /// First value that fails.
        fail: f64,
    },
    /// A programme without one of its standards.
    #[error("sector {sector} has no standard for {role}")]
    Missing {
        /// Sector.
        sector: String,
        /// Subject and side.
        role: String,
    },
    /// A programme with two standards for one role.
    #[error("sector {sector} has two standards for {role}: {first} and {second}")]
    Ambiguous {
        /// Sector.
        sector: String,
        /// Subject and side.
        role: String,
        /// File.
        first: String,
        /// File.
        second: String,
    },
    /// Motor A and motor B that no machine can meet together.
    #[error("{whole} of sector {sector}{}", clashes.as_deref().map(|c| format!(": {c}")).unwrap_or_default())]
    Contradiction {
        /// Sector.
        sector: String,
        /// What is not possible.
        whole: &'static str,
        /// Clauses that no value meets together, where there are such.
        clashes: Option<String>,
    },
    /// A folder without a standard.
    #[error("no standard was found")]
    Nothing,
}

/// What a field can be, in words.
fn reach(least: Option<f64>, most: Option<f64>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("it lies between {least} and {most}"),
        (Some(least), None) => format!("it is at least {least}"),
        (None, Some(most)) => format!("it is at most {most}"),
        (None, None) => "it may be any number".to_owned(),
    }
}
