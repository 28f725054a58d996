//! Level 1 of checking a certificate: signatures, digests, form and id.

use super::dsse::{Envelope, Malformed};
use super::issue::schema_sha256;
use super::key::PrivateKey;
use super::refusal::Refusal;
use super::sha256;
use super::statement::{
    Assessor, Attestation, PAYLOAD_TYPE, PREDICATE_TYPE, Predicate, STATEMENT_TYPE, Statement,
};
use super::trust::{Role, Trust};
use crate::date::Date;
use crate::record::{Record, RecordError};
use crate::source::{Document, quoted};
use crate::verdict::DecisionRule;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// Largest integer that every reader of JSON holds exactly.
const MAXIMUM_INTEGER: u64 = 1 << 53;

/// Why a certificate does not hold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The envelope or a signature.
    #[error("{0}")]
    Envelope(#[from] Malformed),
    /// The payload is signed and no statement of this program.
    #[error("the payload is no certificate of this form: {reason}")]
    Form {
        /// What is wrong with it.
        reason: String,
    },
    /// The id does not follow from the content.
    #[error("the id is {stated}, the content gives {computed}")]
    Id {
        /// What it says.
        stated: String,
        /// What follows from the content.
        computed: String,
    },
    /// A digest does not belong to what it names.
    #[error("the digest of {subject} is not that of its bytes")]
    Digest {
        /// What is named.
        subject: String,
    },
    /// Subjects and content do not name the same things.
    #[error("the statement speaks of {found}, expected {expected}")]
    Subjects {
        /// Names found.
        found: String,
        /// Names that the content asks for.
        expected: String,
    },
    /// A record that this program would not write.
    #[error("record {pathway}: {error}")]
    Record {
        /// Its pathway.
        pathway: String,
        /// Why.
        error: RecordError,
    },
    /// No standards for the sector.
    #[error("no standard for sector `{sector}` is at hand; name a folder with --standards")]
    NoStandards {
        /// Sector.
        sector: String,
    },
    /// The standard of the certificate is not at hand.
    #[error(
        "{standard} with digest {sha256} is not at hand; name the folder that has it with --standards"
    )]
    OtherStandard {
        /// Series and version.
        standard: String,
        /// Its digest in the certificate.
        sha256: String,
    },
    /// The candidate may not be certified.
    #[error("judged again: {0}")]
    Objection(Refusal),
    /// What was computed again may not be certified.
    #[error("computed again: {0}")]
    Recomputed(Refusal),
    /// Fewer machines stand behind an uncertainty than is stated.
    #[error(
        "computed again, fewer machines stand behind the uncertainty of {quantity} than the stated {stated}, or none of them is built"
    )]
    Foundation {
        /// The quantity.
        quantity: String,
        /// The stated number.
        stated: usize,
    },
    /// What is stated differs from what the design declares.
    #[error("{what} differs from what the design declares")]
    Declaration {
        /// What differs.
        what: String,
    },
    /// What is stated differs from what the standards say now.
    #[error("judged again, {what} differs from what is certified")]
    Verdict {
        /// Standard and clause.
        what: String,
    },
}

impl Fault {
    /// Whether nothing can be said without something that is not at hand.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Fault::NoStandards { .. } | Fault::OtherStandard { .. }
        )
    }
}

/// A certificate whose signatures, digests and id hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    statement: Statement,
    signers: Vec<Signer>,
}

/// Who signed, and what the verifier lets that key sign as.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signer {
    /// Owner of the key.
    pub name: String,
    /// Name of the key.
    pub keyid: String,
    /// What it may sign as.
    pub roles: Vec<Role>,
}

impl Opened {
    /// What it states.
    pub fn predicate(&self) -> &Predicate {
        &self.statement.predicate
    }

    /// What it states, as it was signed.
    pub(super) fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Those who signed, in the order of the signatures.
    pub fn signers(&self) -> &[Signer] {
        &self.signers
    }

    /// Whether title, notes and change rule must be those that follow from the rest. In older versions they are free, so
    /// that whoever signed may have written there what is judged nowhere.
    pub fn words_follow(&self) -> bool {
        self.predicate().certificate_version.words_follow()
    }

    /// Whether its records are of the schema that this program writes. Names are only ever added to it, so that those of
    /// an older one may lack some.
    pub fn is_of_this_schema(&self) -> bool {
        self.predicate().record_schema.sha256 == schema_sha256()
    }

    /// The digests of all standards and markets by which it was judged.
    pub fn standards(&self) -> Vec<&str> {
        let markets = self.predicate().markets.iter().flat_map(|one| &one.ledgers);
        let all = self.predicate().standards.iter().chain(markets);
        all.map(|one| one.sha256.as_str()).collect()
    }

    /// How many owners with the claimed role signed, and how many must.
    pub fn counted(&self, trust: &Trust) -> (usize, usize) {
        let role = self.predicate().assessor.role();
        let with = self.signers.iter().filter(|one| one.roles.contains(&role));
        let names: BTreeSet<&str> = with.map(|one| one.name.as_str()).collect();
        (names.len(), trust.threshold(role))
    }

    /// The digest that it states of a thing.
    pub fn digest_of(&self, name: &str) -> Option<&str> {
        let mut subjects = self.statement.subject.iter();
        let found = subjects.find(|subject| subject.name == name)?;
        Some(&found.digest.sha256)
    }

    /// Whether it has not begun or has ended on a day.
    pub fn term(&self, day: Date) -> Term {
        let predicate = self.predicate();
        if day < predicate.issued_at {
            Term::Early
        } else if predicate.not_after.is_some_and(|last| last < day) {
            Term::Late
        } else {
            Term::Within
        }
    }
}

/// A day held against the term of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// Before the day of issue.
    Early,
    /// Within.
    Within,
    /// After the last day.
    Late,
}

/// Level 1: reads a certificate and checks every signature, that enough signed, the id and the digests of
/// what it holds.
///
/// # Errors
/// The first thing that does not hold.
pub fn open(name: &str, bytes: &[u8], trust: &Trust) -> Result<Opened, Fault> {
    let opened = signed(&Envelope::read(name, bytes)?, trust)?;
    let (found, needed) = opened.counted(trust);
    if found >= needed {
        return Ok(opened);
    }
    let role = opened.predicate().assessor.role();
    Err(Fault::Envelope(Malformed::TooFew {
        role,
        found,
        needed,
    }))
}

/// Adds a signature to a certificate whose every signature, id and digests hold. Gives it opened, its new
/// signature included; whether enough have signed by now is for [`Opened::counted`].
///
/// # Errors
/// The first thing that does not hold: the key must be trusted to certify, and must not have signed yet.
pub fn countersign(
    name: &str,
    bytes: &[u8],
    trust: &Trust,
    key: &PrivateKey,
) -> Result<(Opened, Envelope), Fault> {
    let envelope = Envelope::read(name, bytes)?;
    signed(&envelope, trust)?;
    let more = envelope.signed_also(key).ok_or(Malformed::Payload)?;
    Ok((signed(&more, trust)?, more))
}

/// All of level 1 but the number of signers.
fn signed(envelope: &Envelope, trust: &Trust) -> Result<Opened, Fault> {
    let (payload, signers) = envelope.verified(PAYLOAD_TYPE, trust)?;
    let statement = statement(&payload)?;
    // A body may countersign what it could have issued; enough signers must have the role that is
    // claimed, and none may be a key for something else altogether.
    let may_certify = |key: &super::TrustedKey| {
        [Role::Own, Role::SecondParty, Role::ThirdParty]
            .iter()
            .any(|role| key.may(*role))
    };
    if let Some(key) = signers.iter().find(|key| !may_certify(key)) {
        return Err(Fault::Envelope(Malformed::WrongRole {
            name: key.name().to_owned(),
            keyid: key.id(),
            role: statement.predicate.assessor.role(),
        }));
    }
    consistent(&statement)?;
    let signers = signers.iter().map(|key| Signer {
        name: key.name().to_owned(),
        keyid: key.id(),
        roles: key.roles().to_vec(),
    });
    Ok(Opened {
        statement,
        signers: signers.collect(),
    })
}

fn statement(payload: &[u8]) -> Result<Statement, Fault> {
    let form = |reason: String| Fault::Form { reason };
    let document =
        Document::from_bytes("payload", payload).map_err(|error| form(error.to_string()))?;
    if let Some(pointer) = first_large(document.value(), "") {
        return Err(form(format!("an integer above 2^53 at {pointer}")));
    }
    let statement: Statement = serde_json::from_value(document.value().clone())
        .map_err(|error| form(quoted(&error.to_string())))?;
    let predicate = &statement.predicate;
    let expected = [
        (&statement.kind, STATEMENT_TYPE),
        (&statement.predicate_type, PREDICATE_TYPE),
    ];
    for (found, expected) in expected {
        if found != expected {
            return Err(form(format!("`{}`, expected `{expected}`", quoted(found))));
        }
    }
    let version = predicate.certificate_version;
    let has_source = predicate.design.geometry_source.is_some();
    let foundation = version.states_foundation();
    for (is_stated, may_be, name) in [
        (
            !predicate.material_supply.is_empty(),
            version.states_material_supply(),
            "material_supply",
        ),
        (
            !predicate.markets.is_empty(),
            version.states_markets(),
            "markets",
        ),
        (!predicate.validation.is_empty(), foundation, "validation"),
        (has_source, foundation, "geometry_source"),
    ] {
        if is_stated && !may_be {
            return Err(form(format!("version {version} has no {name}")));
        }
    }
    let own = predicate.assessor == Assessor::Own;
    if own != (predicate.attestation == Attestation::Declaration) {
        return Err(form("attestation and assessor disagree".to_owned()));
    }
    if predicate.decision_rule != DecisionRule::GuardBanded {
        return Err(form("shared risk cannot be certified".to_owned()));
    }
    Ok(statement)
}

/// Pointer of the first integer that some readers would round.
fn first_large(value: &Value, at: &str) -> Option<String> {
    match value {
        Value::Number(number) => {
            let size = number
                .as_u64()
                .or_else(|| number.as_i64().map(i64::unsigned_abs));
            size.filter(|size| *size > MAXIMUM_INTEGER)
                .map(|_| at.to_owned())
        }
        Value::Array(list) => (0..)
            .zip(list)
            .find_map(|(index, inner)| first_large(inner, &format!("{at}/{index}"))),
        Value::Object(map) => map
            .iter()
            .find_map(|(key, inner)| first_large(inner, &format!("{at}/{key}"))),
        _ => None,
    }
}

/// Id, digests and records against each other.
fn consistent(statement: &Statement) -> Result<(), Fault> {
    let predicate = &statement.predicate;
    let computed = statement.computed_id().map_err(|error| Fault::Form {
        reason: error.to_string(),
    })?;
    if predicate.id != computed {
        return Err(Fault::Id {
            stated: quoted(&predicate.id),
            computed,
        });
    }
    let found: Vec<&str> = statement.subject.iter().map(|s| s.name.as_str()).collect();
    let mut expected = vec![predicate.design.file.clone()];
    let pathways = predicate.records.iter().map(|r| &r.pathway);
    expected.extend(pathways.map(|pathway| format!("record/{pathway}")));
    let with_materials = found.len() == expected.len() + 1 && found.last() == Some(&"materials");
    let named = &found[..found.len() - usize::from(with_materials)];
    if named != expected.iter().map(String::as_str).collect::<Vec<_>>() {
        return Err(Fault::Subjects {
            found: quoted(&found.join(", ")),
            expected: expected.join(", "),
        });
    }
    for (record, subject) in predicate.records.iter().zip(&statement.subject[1..]) {
        if sha256(&record.bytes()) != subject.digest.sha256 {
            return Err(Fault::Digest {
                subject: subject.name.clone(),
            });
        }
        let fault = |error| Fault::Record {
            pathway: record.pathway.clone(),
            error,
        };
        let read = Record::from_value(&record.record).map_err(fault)?;
        if read.get_text("pathway") != Some(record.pathway.as_str()) {
            return Err(Fault::Form {
                reason: format!("record {} is of another pathway", record.pathway),
            });
        }
    }
    Ok(())
}
