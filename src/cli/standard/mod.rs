//! `dualcert standard`: what standards say and what changes in them.

mod archive;
mod diff;
mod impact;
mod judge;
mod lint;
mod look;
mod versions;

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
    /// Compare two versions: what changes, shown by records, and the version step it asks for
    #[command(after_help = diff::HELP)]
    Diff(diff::Compare),
    /// Judge archived records under the standards in force: which conform, and what stands in the way
    #[command(after_help = judge::HELP)]
    Judge(judge::Archived),
    /// Judge archived records under two versions: who loses, gains, keeps conformity
    #[command(after_help = impact::HELP)]
    Impact(impact::Replay),
    /// List every version of every standard
    List(look::List),
    /// Show one standard: clauses, limits, reasons, sources
    Show(look::Show),
}

pub(super) fn run(command: &StandardCommand, streams: &mut Streams<'_>) -> u8 {
    match &command.action {
        Action::Lint(command) => lint::run(command, streams),
        Action::Diff(command) => diff::run(command, streams),
        Action::Judge(command) => judge::run(command, streams),
        Action::Impact(command) => impact::run(command, streams),
        Action::List(command) => look::list(command, streams),
        Action::Show(command) => look::show(command, streams),
    }
}

/// Says why standards cannot be used.
fn refuse(message: &str, code: u8, streams: &mut Streams<'_>) -> u8 {
    streams.say(message);
    exit::worst([code])
}
