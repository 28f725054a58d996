//! The envelope: DSSE, Dead Simple Signing Envelope, protocol 1.0
//! (<https://github.com/secure-systems-lab/dsse>), read strictly.

use super::base64;
use super::key::PrivateKey;
use super::trust::{Role, Trust, TrustedKey};
use crate::source::{Document, SourceError};
use serde::{Deserialize, Serialize};

/// A payload with its signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Envelope {
    /// What the payload is.
    pub payload_type: String,
    /// The payload, base64.
    pub payload: String,
    /// At least one.
    pub signatures: Vec<Signature>,
}

/// One signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Name of the key.
    pub keyid: String,
    /// The signature, base64.
    pub sig: String,
}

/// Why an envelope does not hold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Malformed {
    /// It is no strict JSON.
    #[error("{0}")]
    NotJson(SourceError),
    /// It is no envelope.
    #[error("{name}: expected a DSSE envelope: {reason}")]
    NotAnEnvelope {
        /// The file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It holds something else.
    #[error("the payload is `{found}`, expected `{expected}`")]
    OtherPayload {
        /// Its type.
        found: String,
        /// The type asked for.
        expected: &'static str,
    },
    /// The payload is no base64.
    #[error("the payload is no canonical base64")]
    Payload,
    /// No signature at all.
    #[error("there is no signature")]
    Unsigned,
    /// A key signed twice, so that fewer stand behind it than it seems.
    #[error("key {keyid} signed twice")]
    Twice {
        /// The key.
        keyid: String,
    },
    /// A signature by a key that is not trusted.
    #[error("key {keyid} is not trusted")]
    Unknown {
        /// The key.
        keyid: String,
    },
    /// A key that is trusted, but not for this.
    #[error("key {name} ({keyid}) is not trusted to sign as {role}")]
    WrongRole {
        /// Whose key it is.
        name: String,
        /// The key.
        keyid: String,
        /// What it signed as.
        role: Role,
    },
    /// Fewer owners signed than the trust file asks for.
    #[error("{found} signed as {role}, the trust file asks for {needed}")]
    TooFew {
        /// The place of the issuer.
        role: Role,
        /// How many owners signed.
        found: usize,
        /// How many must.
        needed: usize,
    },
    /// The signature is not one of the key over this payload.
    #[error("the signature of {name} ({keyid}) does not belong to this payload")]
    Forged {
        /// Whose key it is.
        name: String,
        /// The key.
        keyid: String,
    },
}

/// Pre-authentication encoding: what is signed (DSSE protocol 1.0, "Signature Definition").
fn encoding(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!(
        "DSSEv1 {} {payload_type} {} ",
        payload_type.len(),
        payload.len()
    );
    [head.as_bytes(), payload].concat()
}

impl Envelope {
    /// Signs a payload with every key, in their order.
    pub fn seal(payload_type: &str, payload: &[u8], keys: &[PrivateKey]) -> Envelope {
        let signed = encoding(payload_type, payload);
        let signatures = keys.iter().map(|key| Signature {
            keyid: key.public().id(),
            sig: base64::encode(&key.sign(&signed)),
        });
        Envelope {
            payload_type: payload_type.to_owned(),
            payload: base64::encode(payload),
            signatures: signatures.collect(),
        }
    }

    /// The same payload with one more signature at the end; nothing where it is no payload.
    pub(super) fn signed_also(&self, key: &PrivateKey) -> Option<Envelope> {
        let payload = base64::decode(&self.payload)?;
        let more = Envelope::seal(&self.payload_type, &payload, std::slice::from_ref(key));
        let mut signed = self.clone();
        signed.signatures.extend(more.signatures);
        Some(signed)
    }

    /// Reads an envelope; its signatures are still to be checked.
    ///
    /// # Errors
    /// When it is no strict JSON or has other members than an envelope.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Envelope, Malformed> {
        let document = Document::from_bytes(name, bytes).map_err(Malformed::NotJson)?;
        serde_json::from_value(document.value().clone()).map_err(|error| Malformed::NotAnEnvelope {
            name: name.to_owned(),
            reason: crate::source::quoted(&error.to_string()),
        })
    }

    /// The payload and whose keys signed it: *every* signature must be one of a trusted key over exactly
    /// this payload and type. A signature that nobody can check is not passed over in silence.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn verified<'t>(
        &self,
        payload_type: &'static str,
        trust: &'t Trust,
    ) -> Result<(Vec<u8>, Vec<&'t TrustedKey>), Malformed> {
        if self.payload_type != payload_type {
            return Err(Malformed::OtherPayload {
                found: crate::source::quoted(&self.payload_type),
                expected: payload_type,
            });
        }
        let payload = base64::decode(&self.payload).ok_or(Malformed::Payload)?;
        let signed = encoding(payload_type, &payload);
        let mut signers: Vec<&TrustedKey> = Vec::new();
        for Signature { keyid, sig } in &self.signatures {
            let shown = || crate::source::quoted(keyid);
            let unknown = || Malformed::Unknown { keyid: shown() };
            let key = trust.key(keyid).ok_or_else(unknown)?;
            if signers.iter().any(|known| known.id() == *keyid) {
                return Err(Malformed::Twice { keyid: shown() });
            }
            let bytes = base64::decode(sig).and_then(|sig| <[u8; 64]>::try_from(sig).ok());
            if !bytes.is_some_and(|sig| key.verifies(&signed, &sig)) {
                return Err(Malformed::Forged {
                    name: key.name().to_owned(),
                    keyid: shown(),
                });
            }
            signers.push(key);
        }
        if signers.is_empty() {
            return Err(Malformed::Unsigned);
        }
        Ok((payload, signers))
    }
}

#[cfg(test)]
mod tests {
    use super::encoding;

    /// The example of the DSSE protocol.
    #[test]
    fn the_encoding_is_that_of_the_protocol() {
        assert_eq!(
            encoding("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
    }
}
