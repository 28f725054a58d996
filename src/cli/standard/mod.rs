//! `dualcert standard`: what standards say and what changes in them.

mod lint;
mod look;

use super::{Streams, exit};
use clap::{Args, Subcommand};

/// Arguments of `standard`.
#[derive(Debug, Args)]
pub(super) struct StandardCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Pass standards through the gates of every load
    #[command(after_help = lint::HELP)]
    Lint(lint::Lint),
    /// List every version of every standard
    List(look::List),
    /// Show one standard: clauses, limits, reasons, sources
    Show(look::Show),
}

pub(super) fn run(command: &StandardCommand, streams: &mut Streams<'_>) -> u8 {
    match &command.action {
        Action::Lint(command) => lint::run(command, streams),
        Action::List(command) => look::list(command, streams),
        Action::Show(command) => look::show(command, streams),
    }
}

/// Says why standards cannot be used.
fn refuse(message: &str, code: u8, streams: &mut Streams<'_>) -> u8 {
    streams.say(message);
    exit::worst([code])
}
