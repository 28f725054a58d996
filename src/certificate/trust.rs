//! Whose signature counts for what: the trust file.

use super::key::{KeyError, PublicKey};
use crate::source::{Document, SourceError, is_unseen, quoted};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// What a key may sign as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Certificates of its owner's own designs.
    #[serde(rename = "self")]
    Own,
    /// Certificates as a customer or hub.
    SecondParty,
    /// Certificates as an independent body.
    ThirdParty,
    /// Status lists.
    Status,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Role::Own => "self",
            Role::SecondParty => "second party",
            Role::ThirdParty => "third party",
            Role::Status => "status list",
        })
    }
}

/// A key, its owner and what it may sign as.
#[derive(Debug, Clone)]
pub struct TrustedKey {
    name: String,
    key: PublicKey,
    roles: Vec<Role>,
}

/// The keys that a verifier trusts, and how many owners must stand behind a certificate.
#[derive(Debug, Clone)]
pub struct Trust {
    keys: Vec<TrustedKey>,
    thresholds: Thresholds,
}

/// How many owners must sign in a place; one if left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Thresholds {
    #[serde(rename = "self")]
    own: Option<usize>,
    second_party: Option<usize>,
    third_party: Option<usize>,
}

/// Why a text is no trust file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TrustError {
    /// It is no strict JSON.
    #[error("{0}")]
    NotJson(SourceError),
    /// It is of another form.
    #[error(
        "{name}: expected {{\"trust_version\": \"1.0\", \"keys\": [{{\"name\", \"public_key\" (PEM), \"roles\"}}], optional \"thresholds\": {{role: owners}}}}: {reason}"
    )]
    Form {
        /// The file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A key cannot be read.
    #[error("{name}: key of `{owner}`: {error}")]
    Key {
        /// The file.
        name: String,
        /// Whose.
        owner: String,
        /// Why.
        error: KeyError,
    },
    /// An owner who could not be told from another, or from nobody.
    #[error("{name}: the owner `{owner}` {why}")]
    Owner {
        /// The file.
        name: String,
        /// As written.
        owner: String,
        /// What is wrong with it.
        why: String,
    },
    /// A key occurs twice, perhaps with different roles.
    #[error("{name}: the key of `{owner}` is listed twice")]
    Twice {
        /// The file.
        name: String,
        /// The second owner.
        owner: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    trust_version: Version,
    keys: Vec<Entry>,
    #[serde(default)]
    thresholds: Thresholds,
}

#[derive(Deserialize)]
enum Version {
    #[serde(rename = "1.0")]
    One,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    public_key: String,
    roles: Vec<Role>,
}

impl Thresholds {
    fn of(&self, role: Role) -> Option<usize> {
        match role {
            Role::Own => self.own,
            Role::SecondParty => self.second_party,
            Role::ThirdParty => self.third_party,
            Role::Status => None,
        }
    }
}

impl TrustedKey {
    /// Everything that it may sign as.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Whose key it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Name of the key.
    pub fn id(&self) -> String {
        self.key.id()
    }

    /// Whether it may sign as this.
    pub fn may(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    pub(super) fn verifies(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verifies(bytes, signature)
    }
}

impl Trust {
    /// Trusts one key to sign its owner's own certificates and status lists, and nothing else.
    pub fn in_one(name: &str, key: PublicKey) -> Trust {
        let roles = vec![Role::Own, Role::Status];
        let name = name.to_owned();
        Trust {
            keys: vec![TrustedKey { name, key, roles }],
            thresholds: Thresholds::default(),
        }
    }

    /// Reads a trust file.
    ///
    /// # Errors
    /// Names the first thing that is wrong with it.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Trust, TrustError> {
        let document = Document::from_bytes(name, bytes).map_err(TrustError::NotJson)?;
        let form = |reason: String| TrustError::Form {
            name: name.to_owned(),
            reason,
        };
        let file: File = serde_json::from_value(document.value().clone())
            .map_err(|error| form(quoted(&error.to_string())))?;
        let Version::One = file.trust_version;
        let mut keys: Vec<TrustedKey> = Vec::new();
        for entry in file.keys {
            let owner = || quoted(&entry.name);
            if let Some(why) = doubtful(&entry.name, &keys) {
                return Err(TrustError::Owner {
                    name: name.to_owned(),
                    owner: owner(),
                    why,
                });
            }
            let key = PublicKey::from_pem(&entry.public_key).map_err(|error| TrustError::Key {
                name: name.to_owned(),
                owner: owner(),
                error,
            })?;
            if keys.iter().any(|known| known.key == key) {
                return Err(TrustError::Twice {
                    name: name.to_owned(),
                    owner: owner(),
                });
            }
            keys.push(TrustedKey {
                name: entry.name,
                key,
                roles: entry.roles,
            });
        }
        if keys.is_empty() {
            return Err(form("no key at all".to_owned()));
        }
        let trust = Trust {
            keys,
            thresholds: file.thresholds,
        };
        for role in [Role::Own, Role::SecondParty, Role::ThirdParty] {
            let (needed, owners) = (trust.threshold(role), trust.owners(role));
            let stated = trust.thresholds.of(role).is_some();
            if stated && !(1..=owners).contains(&needed) {
                return Err(form(format!(
                    "the threshold of {role} is {needed}, and {owners} owners have that role"
                )));
            }
        }
        Ok(trust)
    }

    /// How many owners must sign a certificate in that place.
    pub fn threshold(&self, role: Role) -> usize {
        self.thresholds.of(role).unwrap_or(1)
    }

    /// Owners with a role. Two keys of one owner are one owner.
    fn owners(&self, role: Role) -> usize {
        let with = self.keys.iter().filter(|key| key.may(role));
        let names: BTreeSet<&str> = with.map(TrustedKey::name).collect();
        names.len()
    }

    /// The key of that name.
    pub fn key(&self, id: &str) -> Option<&TrustedKey> {
        self.keys.iter().find(|key| key.id() == id)
    }
}

/// What is wrong with the name of an owner. Owners are counted by their names, so that one who is written in two ways would
/// count twice.
fn doubtful(name: &str, known: &[TrustedKey]) -> Option<String> {
    if name.trim().is_empty() {
        return Some("has no name".to_owned());
    }
    if name.trim() != name || name.chars().any(is_unseen) {
        return Some("begins or ends with a blank, or holds what is not seen".to_owned());
    }
    let plain = |name: &str| {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    };
    let alike = known
        .iter()
        .find(|one| one.name != name && plain(&one.name) == plain(name));
    alike.map(|one| {
        let other = quoted(&one.name);
        format!("is written `{other}` before; write one owner in one way")
    })
}

#[cfg(test)]
mod tests {
    use super::{Role, Trust, TrustError};
    use crate::certificate::PrivateKey;
    use serde_json::json;

    #[test]
    fn a_key_has_the_roles_of_its_entry_and_no_others() {
        let key = PrivateKey::from_seed(&[7; 32]).public();
        let entry = json!({"name": "hub", "public_key": key.to_pem(), "roles": ["second_party"]});
        let read = |keys| {
            let file = json!({"trust_version": "1.0", "keys": keys});
            Trust::read("trust.json", file.to_string().as_bytes())
        };
        let trust = read(json!([entry])).unwrap();
        let found = trust.key(&key.id()).unwrap();
        assert!(found.may(Role::SecondParty) && !found.may(Role::ThirdParty));
        assert!(trust.key("sha256:00").is_none());
        let twice = read(json!([entry, entry]));
        assert!(matches!(twice, Err(TrustError::Twice { .. })));
        // What can never be reached is a mistake, and two keys of one owner are one.
        let with = |thresholds: serde_json::Value| {
            let second = PrivateKey::from_seed(&[8; 32]).public();
            let other =
                json!({"name": "hub", "public_key": second.to_pem(), "roles": ["second_party"]});
            let file =
                json!({"trust_version": "1.0", "keys": [entry, other], "thresholds": thresholds});
            Trust::read("trust.json", file.to_string().as_bytes())
        };
        assert_eq!(
            with(json!({"second_party": 1}))
                .unwrap()
                .threshold(Role::SecondParty),
            1
        );
        for wrong in [
            json!({"second_party": 2}),
            json!({"second_party": 0}),
            json!({"third_party": 1}),
            json!({"status": 1}),
        ] {
            assert!(
                matches!(with(wrong.clone()), Err(TrustError::Form { .. })),
                "{wrong}"
            );
        }
        // An owner who is written in two ways would count twice.
        let entry = |name: &str, seed: u8| {
            let key = PrivateKey::from_seed(&[seed; 32]).public();
            json!({"name": name, "public_key": key.to_pem(), "roles": ["self"]})
        };
        for (one, other) in [
            ("Body A", "body a"),
            ("Body A", "Body  A"),
            ("Body A", "Body A "),
            ("Body A", ""),
            ("Body A", "Body\tB"),
        ] {
            let keys = json!([entry(one, 1), entry(other, 2)]);
            let file = json!({"trust_version": "1.0", "keys": keys}).to_string();
            let refused = Trust::read("t", file.as_bytes());
            assert!(matches!(refused, Err(TrustError::Owner { .. })), "{other}");
        }
        let keys = json!([entry("Body A", 1), entry("Body A", 2), entry("Body B", 3)]);
        let file = json!({"trust_version": "1.0", "keys": keys}).to_string();
        assert!(Trust::read("t", file.as_bytes()).is_ok());
        for wrong in [json!([]), json!([{"name": "x"}]), json!({})] {
            assert!(matches!(read(wrong), Err(TrustError::Form { .. })));
        }
    }
}
