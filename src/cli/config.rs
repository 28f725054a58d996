//! `dualcert.toml`: flags of `check` that hold below a folder. The file is looked for upwards from the
//! working folder; its keys are the long names of the flags, and a flag of the command line goes before
//! it. Certificates are not configured: what they rest on is said where they are made.

use super::scenarios;
use crate::source::{nearest, quoted};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use std::ffi::OsString;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Name of the file.
const NAME: &str = "dualcert.toml";
/// Flags that name files, relative to the folder of `dualcert.toml`.
const PATHS: [&str; 5] = ["application", "csv", "materials", "output", "standards"];
/// Flags that are about the configuration itself.
const OWN: [&str; 4] = ["config", "no-config", "print-config", "help"];

/// The arguments that a file adds, and what it says.
#[derive(Debug, Default)]
pub(super) struct Config {
    file: Option<PathBuf>,
    /// Flags that the file set and the command line did not.
    set: Vec<String>,
    arguments: Vec<OsString>,
}

/// Adds what the configuration says to the arguments of `check`, behind the subcommand's name. Other
/// subcommands are left alone. The error is a sentence for the user: wrong usage.
pub(super) fn extend(
    arguments: &mut Vec<OsString>,
    folder: Option<&Path>,
    command: &Command,
) -> Result<Config, String> {
    let is_check = arguments.get(1).is_some_and(|word| word == "check");
    if !is_check || has(arguments, "no-config") {
        return Ok(Config::default());
    }
    let named = value_of(arguments, "config").map(PathBuf::from);
    let found = || folder.and_then(upwards);
    let Some(file) = named.or_else(found) else {
        return Ok(Config::default());
    };
    let config = read(&file, arguments, command)?;
    arguments.splice(2..2, config.arguments.iter().cloned());
    Ok(config)
}

/// Whether the command line holds a flag. After `--` nothing is a flag.
fn has(arguments: &[OsString], flag: &str) -> bool {
    let (long, with_value) = (format!("--{flag}"), format!("--{flag}="));
    flags(arguments).any(|word| *word == *long || word.to_string_lossy().starts_with(&with_value))
}

fn flags(arguments: &[OsString]) -> impl Iterator<Item = &OsString> {
    arguments.iter().take_while(|word| *word != "--")
}

fn value_of(arguments: &[OsString], flag: &str) -> Option<OsString> {
    let (long, with_value) = (format!("--{flag}"), format!("--{flag}="));
    let mut words = flags(arguments);
    while let Some(word) = words.next() {
        if *word == *long {
            return words.next().cloned();
        }
        if let Some(value) = word
            .to_str()
            .and_then(|word| word.strip_prefix(&with_value))
        {
            return Some(value.into());
        }
    }
    None
}

/// The nearest file, from the folder upwards. One that cannot be read, as a link to nothing, is not passed over: another
/// further up would say something else.
fn upwards(folder: &Path) -> Option<PathBuf> {
    let mut all = folder.ancestors().map(|folder| folder.join(NAME));
    all.find(|file| file.symlink_metadata().is_ok())
}

fn read(file: &Path, arguments: &[OsString], command: &Command) -> Result<Config, String> {
    let shown = file.display();
    let text =
        fs::read_to_string(file).map_err(|error| format!("error: cannot read {shown}: {error}"))?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        format!("error: {shown}: {}", error.to_string().trim())
    })?;
    if let Some(key) = table.keys().find(|key| *key != "check") {
        let key = quoted(key);
        return Err(format!(
            "error: {shown}: unknown table `{key}`, only [check]"
        ));
    }
    let check = match table.get("check") {
        None => return Ok(Config::default()),
        Some(toml::Value::Table(check)) => check,
        Some(_) => return Err(format!("error: {shown}: `check` must be a table, [check]")),
    };
    let known: Vec<&str> = known_flags(command).map(|(name, _)| name).collect();
    let mut config = Config {
        file: Some(file.to_owned()),
        ..Config::default()
    };
    let folder = file.parent().unwrap_or(Path::new(""));
    for (key, value) in check {
        if !known.contains(&key.as_str()) {
            let meant = nearest(key, known.iter().copied())
                .map_or_else(String::new, |flag| format!("; did you mean `{flag}`?"));
            let key = quoted(key);
            return Err(format!(
                "error: {shown}: unknown key `{key}` in [check]{meant}"
            ));
        }
        if has(arguments, key) {
            continue;
        }
        let words = words(key, value, folder).ok_or_else(|| {
            format!("error: {shown}: `{key}` takes a text, a list of texts or true")
        })?;
        config.set.push(key.clone());
        config.arguments.extend(words);
    }
    Ok(config)
}

/// The flags of `check` that a file may set, by their long names.
fn known_flags(command: &Command) -> impl Iterator<Item = (&str, &Arg)> {
    command.get_arguments().filter_map(|argument| {
        let name = argument.get_long().filter(|name| !OWN.contains(name))?;
        Some((name, argument))
    })
}

/// A key and its value as arguments.
fn words(key: &str, value: &toml::Value, folder: &Path) -> Option<Vec<OsString>> {
    let one = |text: &str| -> OsString {
        let mut word = OsString::from(format!("--{key}="));
        // A form stands before the file of `also`.
        let (form, text) = match text.split_once('=') {
            Some((form, file)) if key == "also" => (form, file),
            _ => ("", text),
        };
        if !form.is_empty() {
            word.push(form);
            word.push("=");
        }
        let names_file = PATHS.contains(&key)
            || !form.is_empty()
            || key == "scenario" && scenarios::is_file(text);
        let relative = names_file && text != "-";
        let text = if relative {
            folder.join(text).into_os_string()
        } else {
            text.into()
        };
        word.push(text);
        word
    };
    match value {
        toml::Value::String(text) => Some(vec![one(text)]),
        toml::Value::Boolean(true) => Some(vec![format!("--{key}").into()]),
        toml::Value::Boolean(false) => Some(Vec::new()),
        toml::Value::Array(list) => list.iter().map(|item| item.as_str().map(one)).collect(),
        _ => None,
    }
}

impl Config {
    /// Which flags the file set, for a user who did not write them; nothing if it set none.
    pub(super) fn origin(&self) -> Option<String> {
        let file = self.file.as_ref().filter(|_| !self.set.is_empty())?;
        let flags: Vec<String> = self.set.iter().map(|flag| format!("--{flag}")).collect();
        Some(format!("from {}: {}", file.display(), flags.join(", ")))
    }

    /// What is in effect, as a file that would say so, with where each value comes from.
    pub(super) fn print(&self, command: &Command, matches: &ArgMatches) -> String {
        let mut text = match &self.file {
            Some(file) => format!("# from {}\n", file.display()),
            None => format!("# no {NAME} here or above\n"),
        };
        text.push_str("[check]\n");
        for (name, argument) in known_flags(command) {
            let id = argument.get_id().as_str();
            let by_file = self.set.iter().any(|key| key == name);
            let why = match matches.value_source(id) {
                Some(ValueSource::CommandLine) if by_file => "file",
                Some(ValueSource::CommandLine) => "command line",
                Some(ValueSource::DefaultValue) => "default",
                _ => {
                    let _ = writeln!(text, "# {name} is not set");
                    continue;
                }
            };
            let value = if argument.get_action().takes_values() {
                let raw = matches.get_raw(id).into_iter().flatten();
                let words: Vec<toml::Value> = raw
                    .map(|word| toml::Value::String(word.to_string_lossy().into_owned()))
                    .collect();
                match <[toml::Value; 1]>::try_from(words) {
                    Ok([one]) => one,
                    Err(many) => toml::Value::Array(many),
                }
            } else {
                toml::Value::Boolean(matches.get_flag(id))
            };
            let _ = writeln!(text, "{name} = {value} # {why}");
        }
        text
    }
}
