//! `dualcert completions`: what a shell completes, and the manual page.

use super::{Streams, exit, output};
use clap::{Args, Command, ValueEnum};
use clap_complete::Shell;
use std::io;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// For which shell, or `man` for the manual page
    #[arg(value_enum)]
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Bourne again shell
    Bash,
    /// Elvish
    Elvish,
    /// Friendly interactive shell
    Fish,
    /// PowerShell
    Powershell,
    /// Z shell
    Zsh,
    /// Manual pages of the program and of each command, in roff
    Man,
}

pub(super) fn run(command: &Completions, program: Command, streams: &mut Streams<'_>) -> u8 {
    let text = match shell(command.form) {
        Some(shell) => completions(shell, program),
        None => manual(program),
    };
    match text {
        Ok(text) => output::write(&text, None, streams, exit::MEETS_BOTH),
        Err(error) => {
            streams.say(format_args!("error: cannot write: {error}"));
            exit::INVALID
        }
    }
}

fn shell(form: Form) -> Option<Shell> {
    match form {
        Form::Bash => Some(Shell::Bash),
        Form::Elvish => Some(Shell::Elvish),
        Form::Fish => Some(Shell::Fish),
        Form::Powershell => Some(Shell::PowerShell),
        Form::Zsh => Some(Shell::Zsh),
        Form::Man => None,
    }
}

fn completions(shell: Shell, mut program: Command) -> io::Result<Vec<u8>> {
    let name = program.get_name().to_owned();
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut program, name, &mut text);
    Ok(text)
}

/// The page of the program, then one of each command.
fn manual(mut program: Command) -> io::Result<Vec<u8>> {
    // Gives every command its whole name.
    program.build();
    let mut text = Vec::new();
    let commands: Vec<Command> = program.get_subcommands().cloned().collect();
    clap_mangen::Man::new(program).render(&mut text)?;
    for command in commands {
        clap_mangen::Man::new(command).render(&mut text)?;
    }
    Ok(text)
}
