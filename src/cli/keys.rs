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
        match (&self.trust, &self.public_key) {
            (Some(file), _) => trust(file),
            (None, Some(file)) => {
                let key = PublicKey::from_pem(&text(file)?).map_err(|error| named(file, &error))?;
                Ok(Trust::in_one(&input::name_of(file), key))
            }
            // The group of arguments asks for one.
            (None, None) => Err((exit::USAGE, "error: nobody is trusted".to_owned())),
        }
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
