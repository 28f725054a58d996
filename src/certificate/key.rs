//! Keys: ed25519 (RFC 8032) in the files that other programs read, PKCS #8 and SubjectPublicKeyInfo
//! (RFC 8410) as PEM (RFC 7468).

use super::{base64, sha256};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use std::fmt;

/// DER before the 32 bytes of a private key: version 0, algorithm 1.3.101.112 (RFC 8410, section 7).
const PRIVATE_PREFIX: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/// DER before the 32 bytes of a public key (RFC 8410, section 4).
const PUBLIC_PREFIX: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The frame or the base64 within is wrong.
    #[error("expected the lines `-----BEGIN {0}-----`, one line of base64, `-----END {0}-----`")]
    NotPem(&'static str),
    /// It is a key of another algorithm.
    #[error("expected an ed25519 key of {0} bytes (RFC 8410)")]
    NotEd25519(usize),
    /// The bytes are no point of the curve, or one of small order, which anyone could sign for.
    #[error("the public key is not a sound point of the curve")]
    Unsound,
}

/// A key that signs.
pub struct PrivateKey(SigningKey);

/// A key that verifies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl fmt::Debug for PrivateKey {
    /// Never the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey of {}", self.public().id())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey {}", self.id())
    }
}

impl PrivateKey {
    /// The key of 32 secret random bytes.
    pub fn from_seed(seed: &[u8; 32]) -> PrivateKey {
        PrivateKey(SigningKey::from_bytes(seed))
    }

    /// Reads a PEM file.
    ///
    /// # Errors
    /// When it is not exactly such a file.
    pub fn from_pem(text: &str) -> Result<PrivateKey, KeyError> {
        body(text, "PRIVATE KEY", &PRIVATE_PREFIX).map(|seed| PrivateKey::from_seed(&seed))
    }

    /// The PEM file.
    pub fn to_pem(&self) -> String {
        pem("PRIVATE KEY", &PRIVATE_PREFIX, &self.0.to_bytes())
    }

    /// The key that verifies what this one signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs bytes. The same bytes give the same signature.
    pub(super) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

impl PublicKey {
    /// Reads a PEM file.
    ///
    /// # Errors
    /// When it is not exactly such a file, or no key that only its owner can sign for.
    pub fn from_pem(text: &str) -> Result<PublicKey, KeyError> {
        let bytes = body(text, "PUBLIC KEY", &PUBLIC_PREFIX)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyError::Unsound)?;
        if key.is_weak() {
            return Err(KeyError::Unsound);
        }
        Ok(PublicKey(key))
    }

    /// The PEM file.
    pub fn to_pem(&self) -> String {
        pem("PUBLIC KEY", &PUBLIC_PREFIX, self.0.as_bytes())
    }

    /// Name of the key: `sha256:` and the digest of its DER form.
    pub fn id(&self) -> String {
        let der = [&PUBLIC_PREFIX[..], self.0.as_bytes()].concat();
        format!("sha256:{}", sha256(&der))
    }

    /// Whether the signature is one of this key over the bytes, by the strict rules: no signature that
    /// another implementation could judge otherwise.
    pub(super) fn verifies(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.0.verify_strict(bytes, &signature).is_ok()
    }
}

fn pem(label: &str, prefix: &[u8], key: &[u8; 32]) -> String {
    let der = [prefix, key].concat();
    let text = base64::encode(&der);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

fn body(text: &str, label: &'static str, prefix: &[u8]) -> Result<[u8; 32], KeyError> {
    let wrong = KeyError::NotPem(label);
    let inner = text
        .trim_end()
        .strip_prefix(&format!("-----BEGIN {label}-----"))
        .and_then(|rest| rest.strip_suffix(&format!("-----END {label}-----")))
        .ok_or(wrong)?;
    let der = base64::decode(inner.trim()).ok_or(wrong)?;
    let key = der.strip_prefix(prefix);
    key.and_then(|key| key.try_into().ok())
        .ok_or(KeyError::NotEd25519(prefix.len() + 32))
}

#[cfg(test)]
mod tests {
    use super::{KeyError, PrivateKey, PublicKey};

    /// RFC 8410, section 10.3: the first example, an ed25519 private key without its public key.
    const RFC_PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    /// RFC 8410, section 10.1: the public key of it.
    const RFC_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";

    #[test]
    fn the_examples_of_the_rfc_are_read_written_and_belong_together() {
        let private = PrivateKey::from_pem(RFC_PRIVATE).unwrap();
        let public = PublicKey::from_pem(RFC_PUBLIC).unwrap();
        assert_eq!(private.public(), public);
        assert_eq!(private.to_pem(), RFC_PRIVATE);
        assert_eq!(public.to_pem(), RFC_PUBLIC);
    }

    /// RFC 8032, section 7.1, TEST 2: one byte is signed.
    #[test]
    fn the_second_vector_of_rfc_8032() {
        let seed: Vec<u8> = (0..64)
            .step_by(2)
            .map(|at| {
                let hex = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
                u8::from_str_radix(&hex[at..at + 2], 16).unwrap()
            })
            .collect();
        let key = PrivateKey::from_seed(&seed.try_into().unwrap());
        let signature = key.sign(&[0x72]);
        let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
        assert!(key.public().verifies(&[0x72], &signature));
        assert!(!key.public().verifies(&[0x73], &signature));
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        let private = KeyError::NotPem("PRIVATE KEY");
        assert_eq!(PrivateKey::from_pem("").unwrap_err(), private);
        assert_eq!(PrivateKey::from_pem(RFC_PUBLIC).unwrap_err(), private);
        let short = RFC_PUBLIC.replace("ZuE=", "Zu==");
        assert!(PublicKey::from_pem(&short).is_err());
        // The neutral element: every signature of a certain form would verify.
        let weak = super::pem("PUBLIC KEY", &super::PUBLIC_PREFIX, &{
            let mut one = [0; 32];
            one[0] = 1;
            one
        });
        assert_eq!(PublicKey::from_pem(&weak).unwrap_err(), KeyError::Unsound);
        let shown = format!("{:?}", PrivateKey::from_pem(RFC_PRIVATE).unwrap());
        assert!(shown.starts_with("PrivateKey of sha256:"), "{shown}");
    }
}
