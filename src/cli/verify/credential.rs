//! A certificate that holds, written in the form of the UN/CEFACT Digital Conformity Credential.

use crate::certificate::{Parties, Party};
use clap::Args;
use std::path::PathBuf;

/// Where the credential goes, and whom it names.
#[derive(Debug, Args)]
pub(super) struct Credential {
    /// If the certificate holds, write it to this file in the form of the UN/CEFACT Digital Conformity Credential as well,
    /// not signed
    #[arg(long, value_name = "FILE", requires_all = ["issuer_did", "issued_to", "standards_by"])]
    pub(super) credential: Option<PathBuf>,
    /// With --credential: decentralised identifier of the issuer
    #[arg(long, value_name = "DID", value_parser = did, requires = "credential")]
    issuer_did: Option<String>,
    /// With --credential: to whom it is issued, by a URI and a name
    #[arg(long, value_names = ["URI", "NAME"], num_args = 2, requires = "credential")]
    issued_to: Option<Vec<String>>,
    /// With --credential: who publishes the standards, by a URI and a name
    #[arg(long, value_names = ["URI", "NAME"], num_args = 2, requires = "credential")]
    standards_by: Option<Vec<String>>,
}

impl Credential {
    /// The parties, if a credential is wanted.
    ///
    /// # Errors
    /// In words, when one of them is not named by a URI.
    pub(super) fn parties(&self) -> Result<Option<Parties>, String> {
        let (Some(_), Some(issuer), Some(holder), Some(standards)) = (
            &self.credential,
            &self.issuer_did,
            &self.issued_to,
            &self.standards_by,
        ) else {
            return Ok(None);
        };
        Ok(Some(Parties {
            issuer: issuer.clone(),
            holder: party("--issued-to", holder)?,
            standards: party("--standards-by", standards)?,
        }))
    }
}

fn party(flag: &str, words: &[String]) -> Result<Party, String> {
    match words {
        [id, name] if !name.trim().is_empty() => Ok(Party {
            id: uri(id).map_err(|told| format!("error: {flag}: {told}"))?,
            name: name.clone(),
        }),
        _ => Err(format!("error: {flag}: expected a URI and a name")),
    }
}

/// A scheme (RFC 3986, section 3.1), a colon, and something after it without spaces.
fn uri(text: &str) -> Result<String, String> {
    let valid = text.split_once(':').is_some_and(|(scheme, rest)| {
        let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
        let others = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        first
            && scheme.chars().all(others)
            && !rest.is_empty()
            && rest.chars().all(|c| c.is_ascii_graphic())
    });
    valid
        .then(|| text.to_owned())
        .ok_or_else(|| format!("`{text}` is no URI, as https://example.org/motors is one"))
}

/// `did:`, a method and an identifier (W3C, Decentralized Identifiers 1.0, section 3.1).
fn did(text: &str) -> Result<String, String> {
    let expected = || "expected a decentralised identifier, as did:web:example.org".to_owned();
    let rest = text.strip_prefix("did:").ok_or_else(expected)?;
    let (method, id) = rest.split_once(':').ok_or_else(expected)?;
    let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let known = |c: char| c.is_ascii_alphanumeric() || "._:%-".contains(c);
    let valid =
        !method.is_empty() && method.chars().all(lower) && !id.is_empty() && id.chars().all(known);
    valid.then(|| text.to_owned()).ok_or_else(expected)
}

#[cfg(test)]
mod tests {
    use super::{did, uri};

    #[test]
    fn identifiers_are_those_of_their_forms() {
        for good in ["did:web:example.org", "did:key:z6Mk", "did:web:a.b:c%3A1"] {
            assert_eq!(did(good).as_deref(), Ok(good));
        }
        for wrong in [
            "",
            "did:",
            "did:web",
            "did:web:",
            "did:WEB:x",
            "web:x",
            "did:web:a b",
        ] {
            assert!(did(wrong).is_err(), "{wrong}");
        }
        for good in ["https://example.org/x", "urn:oid:1.2", "ni:///sha-256;abc"] {
            assert_eq!(uri(good).as_deref(), Ok(good));
        }
        for wrong in ["", "example", ":x", "1a:x", "http:", "https://a b", "a_b:c"] {
            assert!(uri(wrong).is_err(), "{wrong}");
        }
    }
}
