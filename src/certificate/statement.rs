//! What a certificate says: an in-toto statement (in-toto attestation framework, Statement v1,
//! <https://github.com/in-toto/attestation>) whose predicate is ours.

use super::form::Form;
use super::market::CertifiedMarket;
use super::sha256;
use super::trust::Role;
use super::validation::Validation;
use crate::date::Date;
use crate::design::{Application, MaterialSupply, SupplyDeclaration};
use crate::standard::{Evidence, Level, Side, Status as StandardStatus, Subject as Judged};
use crate::verdict::{ClauseStatus, DecisionRule, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// Grid of the judged points.
pub(super) const RESOLUTION: &str = "standard";
/// What the envelope says that it holds.
pub(super) const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// The form of a statement.
pub(super) const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// The form of the predicate.
pub(super) const PREDICATE_TYPE: &str = "https://dualcert.invalid/certificate/v1";

/// Things with their digests, and what is stated of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Payload of a dualcert certificate: an in-toto statement")]
pub struct Statement {
    /// Always the URI of in-toto Statement v1.
    #[serde(rename = "_type")]
    #[schemars(extend("const" = "https://in-toto.io/Statement/v1"))]
    pub kind: String,
    /// Design file, records, and materials if some were added.
    pub subject: Vec<Subject>,
    /// Always the URI of this predicate.
    #[serde(rename = "predicateType")]
    #[schemars(extend("const" = "https://dualcert.invalid/certificate/v1"))]
    pub predicate_type: String,
    /// What is stated.
    pub predicate: Predicate,
}

/// A thing by its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Name: the design's file, `record/<pathway>`, `materials`.
    pub name: String,
    /// Digest of its exact bytes.
    pub digest: Digest,
}

/// A digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Digest {
    /// SHA-256, lower-case hexadecimal.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: String,
}

/// What is stated of one candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    /// Version of this form.
    #[schemars(with = "String", extend("const" = "1.3"))]
    pub certificate_version: Form,
    /// `dc1-` and the beginning of the digest of the statement without it.
    #[schemars(regex(pattern = r"^dc1-[0-9a-f]{32}$"))]
    pub id: String,
    /// The first line, with everything that was allowed.
    pub title: String,
    /// What a reader must know: what it is not, what it rests on.
    pub notes: Vec<String>,
    /// What was allowed that a certificate may not have by itself.
    pub allowed: Vec<Allowance>,
    /// Who issued it.
    pub issuer: String,
    /// What kind of attestation it is.
    pub attestation: Attestation,
    /// In whose place the issuer stands.
    pub assessor: Assessor,
    /// Day of issue.
    pub issued_at: Date,
    /// Last day on which it holds; none stated if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Date>,
    /// The program that computed the records.
    pub solver: Solver,
    /// The JSON Schema validator that judged.
    pub validator: Versioned,
    /// The schema of the records.
    pub record_schema: Schema,
    /// How margins were held against uncertainties.
    pub decision_rule: DecisionRule,
    /// The requirement that was judged against.
    pub application: Application,
    /// The file that replaced the design's own application, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_from: Option<String>,
    /// Day at which rules on supply were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// What was judged.
    pub design: Design,
    /// The weakest evidence of a limit among the `shall` clauses.
    #[schemars(with = "String")]
    pub weakest_evidence: Evidence,
    /// The machines that stand behind the uncertainties of `shall` clauses, quantity by quantity; absent in the versions
    /// before 1.3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub validation: Vec<Validation>,
    /// The judged records, verbatim.
    pub records: Vec<CertifiedRecord>,
    /// What every standard said.
    pub standards: Vec<CertifiedStandard>,
    /// Where the design has one way only.
    pub choke_points: Vec<ChokePoint>,
    /// What was declared of the supply of magnets.
    pub supply: Vec<Supply>,
    /// What was declared of the supply of conductor and laminations; absent if nothing was.
    #[serde(default, skip_serializing_if = "MaterialSupply::is_empty")]
    pub material_supply: MaterialSupply,
    /// What markets say of it; absent if none was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub markets: Vec<CertifiedMarket>,
    /// What a later switch does to this certificate.
    pub change_rule: ChangeRule,
}

/// What may be allowed one by one, each printed in the title.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum Allowance {
    /// Standards that are drafts
    Draft,
    /// Shall clauses whose uncertainty rests on fewer than three machines
    Weak,
    /// A supply of which something is assumed and not declared
    Assumed,
}

impl fmt::Display for Allowance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Allowance::Draft => "draft standards",
            Allowance::Weak => "weak validation basis",
            Allowance::Assumed => "assumed supply",
        })
    }
}

/// Kind of attestation. Certification in the sense of ISO/IEC 17065 is no act of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Attestation {
    /// The maker's own statement.
    Declaration,
    /// Another party made the calculation again.
    Verification,
}

/// In whose place an issuer stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum Assessor {
    /// The maker
    #[serde(rename = "self")]
    #[value(name = "self")]
    Own,
    /// A customer or hub
    SecondParty,
    /// An independent body
    ThirdParty,
}

impl Assessor {
    /// The role that a key must have to sign in this place.
    pub fn role(self) -> Role {
        match self {
            Assessor::Own => Role::Own,
            Assessor::SecondParty => Role::SecondParty,
            Assessor::ThirdParty => Role::ThirdParty,
        }
    }
}

/// A program with its version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Versioned {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// The program that computed the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Solver {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Processor and system that it ran on.
    pub target: String,
    /// Grid of the judged points.
    pub resolution: String,
}

/// A schema by version and digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Version.
    pub version: String,
    /// Digest of its text.
    pub sha256: String,
}

/// The design file and the candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Name of the file, without folders.
    pub file: String,
    /// What the design is called.
    pub name: String,
    /// The candidate.
    pub candidate: String,
    /// Its machine type.
    pub topology: String,
    /// Where its dimensions come from, as the design says; absent if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geometry_source: Option<String>,
}

/// A record with its pathway.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertifiedRecord {
    /// `a`, `b`, `none` or `pair`.
    pub pathway: String,
    /// The record.
    pub record: Value,
}

/// What a standard said of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertifiedStandard {
    /// Series.
    pub series: String,
    /// Version.
    pub version: String,
    /// What it judges.
    #[schemars(with = "String")]
    pub subject: Judged,
    /// For which side.
    #[schemars(with = "String")]
    pub side: Side,
    /// Whether it was in force.
    #[schemars(with = "String")]
    pub status: StandardStatus,
    /// Title.
    pub title: String,
    /// SHA-256 of the file's exact bytes.
    pub sha256: String,
    /// Pathway of the record.
    pub pathway: String,
    /// What it said as a whole.
    pub verdict: Status,
    /// Clause by clause.
    pub clauses: Vec<CertifiedClause>,
}

/// What a clause said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertifiedClause {
    /// Number.
    pub id: String,
    /// Revision.
    pub revision: u64,
    /// Whether it blocks.
    #[schemars(with = "String")]
    pub level: Level,
    /// What it said.
    pub verdict: ClauseStatus,
    /// The judged field.
    pub field: String,
    /// Its value; null when absent.
    pub value: Value,
    /// Expanded uncertainty (k = 2).
    pub uncertainty: Option<f64>,
    /// The limit in the words of the standard.
    pub limit: Value,
    /// Unit of value, limit, margin and uncertainty.
    pub unit: String,
    /// Distance to the nearest bound.
    pub margin: Option<f64>,
}

/// A place where the design has one way only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChokePoint {
    /// `physical` or `supply`.
    pub kind: String,
    /// Mechanism.
    pub mechanism: String,
    /// Where.
    #[serde(rename = "where")]
    pub location: String,
    /// Pathway.
    pub pathway: String,
    /// Value.
    pub value: f64,
    /// Limit.
    pub limit: f64,
    /// Unit of both.
    pub unit: String,
    /// Distance to the limit as a share.
    pub margin_ratio: f64,
}

/// What was declared of a pathway.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supply {
    /// Pathway.
    pub pathway: String,
    /// Magnet grade.
    pub grade: String,
    /// Sources, stage by stage.
    pub supply: SupplyDeclaration,
}

/// What a later switch does to a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRule {
    /// Leaves it in force.
    pub keeps: Vec<String>,
    /// Asks for a new certificate that supersedes it.
    pub extends: Vec<String>,
    /// Ends it.
    pub voids: Vec<String>,
}

impl Statement {
    /// The bytes that are signed: compact JSON in the order of the fields.
    ///
    /// # Errors
    /// When a value cannot be written as JSON.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// The id that follows from everything else.
    pub(super) fn computed_id(&self) -> Result<String, serde_json::Error> {
        let mut without = self.clone();
        without.predicate.id.clear();
        Ok(format!("dc1-{}", &sha256(&without.bytes()?)[..32]))
    }
}

impl CertifiedRecord {
    /// The bytes whose digest the statement names.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.record.to_string().into_bytes()
    }
}

/// JSON Schema of the payload, generated from these types.
pub fn certificate_schema() -> Value {
    schemars::schema_for!(Statement).to_value()
}
