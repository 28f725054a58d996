//! `dualcert countersign`: one more signature on a certificate, once it has been checked.

use super::physics::Physics;
use super::verify::{self, Checks, Outcome};
use super::{Streams, exit, keys, output};
use crate::certificate;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `countersign`.
#[derive(Debug, Args)]
pub(super) struct Countersign {
    #[command(flatten)]
    checks: Checks,
    /// Private key to sign with; the trust file must let it certify
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Write the certificate to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(command: &Countersign, streams: &mut Streams<'_>, physics: &dyn Physics) -> u8 {
    let made = countersigned(command, streams, physics);
    output::end(made, command.output.as_deref(), streams)
}

/// The certificate with its new signature. Nothing is signed that `verify` does not call valid, but for
/// the number of signers, which this is about.
fn countersigned(
    command: &Countersign,
    streams: &mut Streams<'_>,
    physics: &dyn Physics,
) -> Result<String, (u8, String)> {
    if let Some(target) = &command.output {
        let mut inputs: Vec<PathBuf> = command.checks.inputs().cloned().collect();
        inputs.push(command.key.clone());
        output::probe(target, &inputs).map_err(|message| (exit::USAGE, message))?;
    }
    let key = keys::private(&command.key)?;
    let mut sealed = None;
    let versions = verify::Versions::InForce;
    let answer = verify::answer(
        &command.checks,
        streams,
        physics,
        versions,
        |name, bytes, trust| {
            let (opened, envelope) = certificate::countersign(name, bytes, trust, &key)?;
            sealed = Some(envelope);
            Ok(opened)
        },
    )?;
    let refused = || format!("refused: {}", verify::human(&answer).trim_end());
    let Some(envelope) = sealed.filter(|_| answer.outcome == Outcome::Valid) else {
        return Err((answer.outcome.code(), refused()));
    };
    streams.say(verify::human(&answer).trim_end());
    output::json(&envelope)
}
