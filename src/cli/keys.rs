//! Keys and trust as the command line names them.

use super::{exit, input};
use crate::certificate::{PrivateKey, PublicKey, Trust};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Whose signatures count.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Trusted {
    /// Trust the keys of this file, each for its roles
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// Trust this public key, for its owner's own certificates and status lists
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
}

impl Trusted {
    /// Opens what is trusted.
    pub(super) fn open(&self) -> Result<Trust, (u8, String)> {
        let found = trusted(self.trust.as_deref(), self.public_key.as_deref())?;
        // The group of arguments asks for one.
        found.ok_or_else(|| (exit::USAGE, "error: nobody is trusted".to_owned()))
    }
}

/// What a trust file or a public key lets us trust, if either is named.
pub(super) fn trusted(
    file: Option<&Path>,
    public_key: Option<&Path>,
) -> Result<Option<Trust>, (u8, String)> {
    match (file, public_key) {
        (Some(file), _) => trust(file).map(Some),
        (None, Some(file)) => {
            let key = PublicKey::from_pem(&text(file)?).map_err(|error| named(file, &error))?;
            Ok(Some(Trust::in_one(&input::name_of(file), key)))
        }
        (None, None) => Ok(None),
    }
}

/// Reads a trust file.
pub(super) fn trust(file: &Path) -> Result<Trust, (u8, String)> {
    let text = text(file)?;
    Trust::read(&input::name_of(file), text.as_bytes())
        .map_err(|error| (exit::INVALID, format!("error: {error}")))
}

/// Reads a private key.
pub(super) fn private(file: &Path) -> Result<PrivateKey, (u8, String)> {
    PrivateKey::from_pem(&text(file)?).map_err(|error| named(file, &error))
}

fn text(file: &Path) -> Result<String, (u8, String)> {
    fs::read_to_string(file).map_err(|error| named(file, &error))
}

fn named(file: &Path, error: &dyn std::fmt::Display) -> (u8, String) {
    (exit::INVALID, format!("error: {}: {error}", file.display()))
}
