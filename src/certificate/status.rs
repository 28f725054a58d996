//! The status list: which certificates no longer hold, since when and why. Append-only: JSON Lines, each
//! a signed envelope that names the digest of the line before it, so that no line can be changed, taken
//! out, put in or moved. That lines were cut off at the end cannot be seen from the list alone: keep its
//! length or the digest of its last line elsewhere.

use super::dsse::{Envelope, Malformed};
use super::key::PrivateKey;
use super::sha256;
use super::trust::{Role, Trust};
use crate::date::Date;
use crate::source::{MAXIMUM_BYTES, is_unseen, quoted};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the envelopes say that they hold.
/// What the envelope of an entry says that it holds.
pub const ENTRY_TYPE: &str = "application/vnd.dualcert.status+json";
/// Stands before the first line.
const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What has become of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Does not hold until it is reinstated
    Suspended,
    /// Holds again after a suspension
    Reinstated,
    /// Does not hold any more
    Withdrawn,
    /// Another certificate stands in its place
    Superseded,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::Suspended => "suspended",
            State::Reinstated => "reinstated",
            State::Withdrawn => "withdrawn",
            State::Superseded => "superseded",
        })
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Version of this form.
    pub status_version: String,
    /// Number of the line, from 1.
    pub sequence: u64,
    /// Digest of the line before it.
    pub previous_sha256: String,
    /// Id of the certificate.
    pub certificate: String,
    /// What has become of it.
    pub state: State,
    /// Since which day.
    pub since: Date,
    /// Why.
    pub reason: String,
    /// Id of the certificate in its place, of one that is superseded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<String>,
}

impl fmt::Display for Entry {
    /// The state, since when and why; not of which certificate.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = shown(&self.reason);
        write!(f, "{} since {}: {reason}", self.state, self.since)?;
        match &self.superseded_by {
            Some(successor) => write!(f, "; {} stands in its place", shown(successor)),
            None => Ok(()),
        }
    }
}

/// Why a list does not hold, or an entry may not be added.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ListFault {
    /// Nothing, which nobody signed: what is left of a list whose content was lost.
    #[error(
        "{name}: an empty file, signed by nobody; a list begins with its first entry, where there is no file"
    )]
    Empty {
        /// The list.
        name: String,
    },
    /// It ends within a line.
    #[error("{name}: the last line has no end; a writer was cut off, or the list was")]
    CutOff {
        /// The list.
        name: String,
    },
    /// More than is read at once, so that its end would go unseen.
    #[error("{name}: more than {} MiB; begin a new list", MAXIMUM_BYTES >> 20)]
    TooLong {
        /// The list.
        name: String,
    },
    /// A line is no envelope, or its signature does not hold.
    #[error("{name}: line {line}: {error}")]
    Line {
        /// The list.
        name: String,
        /// Number of the line.
        line: usize,
        /// Why.
        error: Malformed,
    },
    /// An entry of another form.
    #[error("{name}: line {line}: no entry of this form: {reason}")]
    Form {
        /// The list.
        name: String,
        /// Number of the line.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A line is missing, moved or doubled.
    #[error("{name}: line {line} does not follow the line before it")]
    Chain {
        /// The list.
        name: String,
        /// Number of the line.
        line: usize,
    },
    /// A certificate that is withdrawn or superseded stays so.
    #[error("{certificate} is {state} since {since} and stays so")]
    Final {
        /// Its id.
        certificate: String,
        /// Its state.
        state: State,
        /// Since when.
        since: Date,
    },
    /// Only what is suspended can be reinstated.
    #[error("{certificate} is not suspended")]
    NotSuspended {
        /// Its id.
        certificate: String,
    },
    /// An entry that lies before the last one of its certificate.
    #[error("{certificate}: the last entry is of {last}; a later one may not begin on {since}")]
    Backdated {
        /// Its id.
        certificate: String,
        /// Day of the last entry.
        last: Date,
        /// Day of the new one.
        since: Date,
    },
    /// What is named is no certificate.
    #[error("`{found}` is no id of a certificate: dc1- and 32 digits or letters a to f")]
    NoId {
        /// As written.
        found: String,
    },
    /// No reason, or more than a line of one.
    #[error("a reason is one line of words")]
    NoReason,
    /// A certificate in its own place.
    #[error("{certificate} cannot stand in its own place")]
    Itself {
        /// Its id.
        certificate: String,
    },
    /// A line that was seen once is not there.
    #[error(
        "{name}: no line has the digest {sha256}, which was seen; the list was cut back or begun anew"
    )]
    Forgotten {
        /// The list.
        name: String,
        /// The digest.
        sha256: String,
    },
    /// `superseded` and the certificate in its place belong together.
    #[error("a superseded certificate, and no other, names the one in its place")]
    Successor,
}

/// A list whose every signature and link holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StatusList {
    name: String,
    entries: Vec<Entry>,
    /// Digests of the lines.
    digests: Vec<String>,
}

impl StatusList {
    /// A list that is yet to be written.
    pub fn begin(name: &str) -> StatusList {
        StatusList {
            name: name.to_owned(),
            ..StatusList::default()
        }
    }

    /// Reads a list and checks every line.
    ///
    /// # Errors
    /// The first line that does not hold.
    pub fn read(name: &str, bytes: &[u8], trust: &Trust) -> Result<StatusList, ListFault> {
        let mut list = StatusList::begin(name);
        let name = || name.to_owned();
        if bytes.is_empty() {
            return Err(ListFault::Empty { name: name() });
        }
        if bytes.len() > MAXIMUM_BYTES {
            return Err(ListFault::TooLong { name: name() });
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n');
            let end = end.ok_or_else(|| ListFault::CutOff { name: name() })?;
            let line = &rest[..end];
            let entry = list.entry(line, trust)?;
            // The rules of adding hold for what is read too: a list cannot say what could not be added.
            list.admit(&entry)?;
            list.entries.push(entry);
            list.digests.push(sha256(line));
            rest = &rest[end + 1..];
        }
        Ok(list)
    }

    fn entry(&self, line: &[u8], trust: &Trust) -> Result<Entry, ListFault> {
        let (name, number) = (self.name.clone(), self.entries.len() + 1);
        let fault = |error| ListFault::Line {
            name: name.clone(),
            line: number,
            error,
        };
        let envelope = Envelope::read(&self.name, line).map_err(fault)?;
        let (payload, signers) = envelope.verified(ENTRY_TYPE, trust).map_err(fault)?;
        if let Some(key) = signers.iter().find(|key| !key.may(Role::Status)) {
            return Err(fault(Malformed::WrongRole {
                name: key.name().to_owned(),
                keyid: key.id(),
                role: Role::Status,
            }));
        }
        let form = |reason: String| ListFault::Form {
            name: name.clone(),
            line: number,
            reason,
        };
        let entry: Entry =
            serde_json::from_slice(&payload).map_err(|error| form(quoted(&error.to_string())))?;
        if entry.status_version != "1.0" {
            return Err(form("expected status_version `1.0`".to_owned()));
        }
        if entry.sequence != number as u64 || entry.previous_sha256 != self.link() {
            return Err(ListFault::Chain { name, line: number });
        }
        Ok(entry)
    }

    fn link(&self) -> &str {
        self.last_sha256().unwrap_or(BEGINNING)
    }

    /// Digest of the last line, to hold later states of the list against.
    pub fn last_sha256(&self) -> Option<&str> {
        self.digests.last().map(String::as_str)
    }

    /// The list if it holds the line of a digest that was seen once.
    ///
    /// # Errors
    /// When it does not: it was cut back, or is another.
    pub fn seen(self, sha256: Option<&str>) -> Result<StatusList, ListFault> {
        match sha256 {
            Some(sha256) if !self.digests.iter().any(|known| known == sha256) => {
                Err(ListFault::Forgotten {
                    name: self.name,
                    sha256: quoted(sha256),
                })
            }
            _ => Ok(self),
        }
    }

    /// The entries in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What has become of a certificate by a day; nothing when the list says nothing, or reinstated it.
    pub fn state_of(&self, certificate: &str, day: Date) -> Option<&Entry> {
        let mut known = self.entries.iter().rev();
        let last = known.find(|e| e.certificate == certificate && e.since <= day)?;
        (last.state != State::Reinstated).then_some(last)
    }

    fn last_of(&self, certificate: &str) -> Option<&Entry> {
        let mut known = self.entries.iter().rev();
        known.find(|entry| entry.certificate == certificate)
    }

    fn admit(&self, entry: &Entry) -> Result<(), ListFault> {
        let certificate = || quoted(&entry.certificate);
        if (entry.state == State::Superseded) != entry.superseded_by.is_some() {
            return Err(ListFault::Successor);
        }
        let last = self.last_of(&entry.certificate);
        if let Some(last) = last.filter(|last| entry.since < last.since) {
            return Err(ListFault::Backdated {
                certificate: certificate(),
                last: last.since,
                since: entry.since,
            });
        }
        match (last.map(|last| (last, last.state)), entry.state) {
            (Some((last, state @ (State::Withdrawn | State::Superseded))), _) => {
                Err(ListFault::Final {
                    certificate: certificate(),
                    state,
                    since: last.since,
                })
            }
            (Some((_, State::Suspended)), State::Reinstated) => Ok(()),
            (_, State::Reinstated) => Err(ListFault::NotSuspended {
                certificate: certificate(),
            }),
            _ => Ok(()),
        }
    }

    /// The line to append for a new entry, with its line break; nothing when the list says exactly this
    /// of the certificate already, so that a writer that was killed can try again.
    ///
    /// # Errors
    /// When it contradicts the list.
    pub fn line(
        &self,
        certificate: &str,
        state: State,
        since: Date,
        reason: &str,
        superseded_by: Option<&str>,
        key: &PrivateKey,
    ) -> Result<Option<String>, ListFault> {
        let entry = Entry {
            status_version: "1.0".to_owned(),
            sequence: self.entries.len() as u64 + 1,
            previous_sha256: self.link().to_owned(),
            certificate: certificate.to_owned(),
            state,
            since,
            reason: reason.to_owned(),
            superseded_by: superseded_by.map(str::to_owned),
        };
        if let Some(last) = self.last_of(certificate) {
            let same = Entry {
                sequence: last.sequence,
                previous_sha256: last.previous_sha256.clone(),
                ..entry.clone()
            };
            if same == *last {
                return Ok(None);
            }
        }
        sound(&entry)?;
        self.admit(&entry)?;
        let form = |error: serde_json::Error| ListFault::Form {
            name: self.name.clone(),
            line: self.entries.len() + 1,
            reason: error.to_string(),
        };
        let payload = serde_json::to_vec(&entry).map_err(form)?;
        let envelope = Envelope::seal(ENTRY_TYPE, &payload, std::slice::from_ref(key));
        Ok(Some(serde_json::to_string(&envelope).map_err(form)? + "\n"))
    }
}

/// Whether a new entry speaks of certificates and says why. Lists that were written before this was asked are read as they
/// are.
fn sound(entry: &Entry) -> Result<(), ListFault> {
    for id in [Some(&entry.certificate), entry.superseded_by.as_ref()] {
        let Some(id) = id else { continue };
        let digits = id.strip_prefix("dc1-").unwrap_or_default();
        let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if digits.len() != 32 || !digits.chars().all(hexadecimal) {
            return Err(ListFault::NoId { found: quoted(id) });
        }
    }
    if entry.reason.trim().is_empty() || entry.reason.chars().any(is_unseen) {
        return Err(ListFault::NoReason);
    }
    if entry.superseded_by.as_ref() == Some(&entry.certificate) {
        return Err(ListFault::Itself {
            certificate: entry.certificate.clone(),
        });
    }
    Ok(())
}

/// A text of a list in one line, with nothing in it that is not seen.
fn shown(text: &str) -> String {
    let shown = |character: char| {
        if is_unseen(character) {
            character.escape_unicode().to_string()
        } else {
            character.to_string()
        }
    };
    text.chars().map(shown).collect()
}
