//! `dualcert keygen`: a new key.

use super::{Streams, exit, output};
use crate::certificate::PrivateKey;
use clap::Args;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `keygen`.
#[derive(Debug, Args)]
pub(super) struct Keygen {
    /// New file for the private key, readable by its owner only; the public key goes to FILE.pub
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

pub(super) fn run(command: &Keygen, streams: &mut Streams<'_>) -> u8 {
    if let Err(refusal) = output::named(&command.output) {
        streams.say(refusal);
        return exit::USAGE;
    }
    let mut seed = [0; 32];
    if let Err(error) = getrandom::fill(&mut seed) {
        streams.say(format_args!(
            "error: the system gives no random bytes: {error}"
        ));
        return exit::INVALID;
    }
    let key = PrivateKey::from_seed(&seed);
    let mut public = OsString::from(&command.output);
    public.push(".pub");
    let public = PathBuf::from(public);
    let files = [
        (&command.output, key.to_pem(), 0o600),
        (&public, key.public().to_pem(), 0o644),
    ];
    for (path, text, mode) in files {
        if let Err(error) = write_new(path, &text, mode) {
            let path = path.display();
            streams.say(format_args!(
                "error: cannot write the key to {path}: {error}"
            ));
            return exit::INVALID;
        }
    }
    let line = format!("{}\n", key.public().id());
    output::write(line.as_bytes(), None, streams, exit::MEETS_BOTH)
}

/// Writes a file that must not exist yet: a key that is overwritten cannot be had again.
fn write_new(path: &Path, text: &str, mode: u32) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
