//! Certificates of calculated conformity, and the list of those that no longer hold.
//!
//! A certificate is a DSSE envelope with an in-toto statement, signed with ed25519. It holds the records
//! that were judged, what each clause said, and digests of design and standards, so that anyone can
//! check the signature, judge the records again, and, with the design, compute them again. There is no
//! way to read one without checking its signatures.

mod base64;
mod check;
mod credential;
mod dsse;
mod form;
mod issue;
mod key;
mod lift;
mod magnet_data;
mod market;
mod recompute;
mod refusal;
mod rejudge;
mod statement;
mod status;
mod trust;
mod validation;
mod words;

pub use check::{Fault, Opened, Signer, Term, countersign, open};
pub use credential::{Parties, Party, credential};
pub use dsse::{Envelope, Malformed, Signature};
pub use form::{CERTIFICATE_VERSION, Form};
pub use issue::{ChokePoint, Draft, issue};
pub use key::{KeyError, PrivateKey, PublicKey};
pub use lift::{Lifted, lift, needs_design};
pub use magnet_data::magnet_data;
pub use market::CertifiedMarket;
pub use recompute::{Comparison, Difference, Kind, OtherPoints, compared, other_choke_points};
pub use refusal::Refusal;
pub use rejudge::{declares, rejudge, stands};
pub use statement::{
    Allowance, Assessor, CertifiedStandard, Predicate, Statement, certificate_schema,
};
pub use status::{ENTRY_TYPE, Entry, ListFault, State, StatusList};
pub use trust::{Role, Trust, TrustError, TrustedKey};
pub use validation::Validation;

use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
