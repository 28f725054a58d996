//! What surrounds the code: the commands that the README shows are those of the program, and every
//! dependency has a licence, a source and a name that the project allows.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Between `<!-- shows 1-20: X -->` and `<!-- /shows -->` the README shows these lines of what
/// `dualcert X` prints. The check of a design whose report is a snapshot is not run again: the test of
/// the snapshot has run it.
#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = root().join("README.md");
    let stored = std::fs::read_to_string(&path).unwrap();
    let mut fresh = String::new();
    let mut rest = stored.as_str();
    // Most of them keep one core busy.
    let commands: BTreeSet<&str> = stored.split("<!-- shows ").skip(1).map(command).collect();
    let printed: BTreeMap<&str, String> = commands
        .into_par_iter()
        .map(|command| (command, output(command)))
        .collect();
    while let Some((before, block)) = rest.split_once("<!-- shows ") {
        let (head, block) = block.split_once(" -->\n").unwrap();
        let (_, after) = block.split_once("<!-- /shows -->").unwrap();
        let (lines, command) = head.split_once(": ").unwrap();
        let (first, last) = lines.split_once('-').unwrap();
        let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
        let output = &printed[command];
        let shown: Vec<&str> = output
            .lines()
            .skip(first - 1)
            .take(last + 1 - first)
            .map(str::trim_end)
            .collect();
        let shown = shown.join("\n");
        fresh.push_str(&format!(
            "{before}<!-- shows {head} -->\n```text\n{}\n```\n<!-- /shows -->",
            shown.trim_end()
        ));
        rest = after;
    }
    fresh.push_str(rest);
    if std::env::var_os("DUALCERT_UPDATE").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    } else {
        assert!(
            fresh == stored,
            "README.md is stale; run with DUALCERT_UPDATE=1"
        );
    }
    assert!(printed.len() >= 4, "the README shows {}", printed.len());
}

/// The command of a block that begins with `1-20: X -->`.
fn command(block: &str) -> &str {
    let (head, _) = block.split_once(" -->\n").unwrap();
    head.split_once(": ").unwrap().1
}

/// The report of `check designs/NAME.json` as `tests/designs.rs` keeps it.
fn kept(command: &str) -> Option<String> {
    let name = command
        .strip_prefix("check designs/")?
        .strip_suffix(".json")?;
    let path = root().join(format!("tests/snapshots/designs__report_{name}.snap"));
    let text = std::fs::read_to_string(path).ok()?;
    let (_, report) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    Some(report.to_owned())
}

fn output(command: &str) -> String {
    if let Some(report) = kept(command) {
        return report;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(command.split_whitespace())
        .current_dir(root())
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1 | 5)), "{command}");
    assert!(output.stderr.is_empty(), "{command}");
    String::from_utf8(output.stdout).unwrap()
}

/// The same lists that cargo-deny reads, held against every package of the lock file.
#[test]
fn every_dependency_is_allowed() {
    let rules = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let (allowed, banned) = (list(&rules, "allow"), list(&rules, "deny"));
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let mut wrong = vec![];
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let source = package["source"].as_str();
        if source.is_some_and(|s| !s.starts_with("registry+")) {
            wrong.push(format!("{name} comes from {source:?}"));
        }
        if source.is_none() && name != env!("CARGO_PKG_NAME") {
            wrong.push(format!("{name} comes from a folder"));
        }
        if banned.contains(&name) {
            wrong.push(format!("{name} is banned"));
        }
        match package["license"].as_str() {
            Some(licence) if admits(&allowed, licence) => {}
            licence => wrong.push(format!("{name} has licence {licence:?}")),
        }
    }
    assert!(packages.len() > 1 && wrong.is_empty(), "{wrong:#?}");
}

/// The words of the first list `key = […]` of a TOML file that has one word a line.
fn list<'t>(toml: &'t str, key: &str) -> Vec<&'t str> {
    let head = format!("{key} = [");
    let lines = toml.lines().skip_while(|line| line.trim() != head).skip(1);
    let words: Vec<&str> = lines
        .take_while(|line| line.trim() != "]")
        .map(|line| line.trim().trim_end_matches(',').trim_matches('"'))
        .collect();
    assert!(!words.is_empty(), "deny.toml has no list {key}");
    words
}

/// Whether an SPDX expression can be met with the allowed licences alone. `/` is an older `OR`.
fn admits(allowed: &[&str], expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any_of(allowed, &words, &mut at) && at == words.len()
}

fn any_of(allowed: &[&str], words: &[&str], at: &mut usize) -> bool {
    let mut good = all_of(allowed, words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        good |= all_of(allowed, words, at);
    }
    good
}

fn all_of(allowed: &[&str], words: &[&str], at: &mut usize) -> bool {
    let mut good = one(allowed, words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        good &= one(allowed, words, at);
    }
    good
}

fn one(allowed: &[&str], words: &[&str], at: &mut usize) -> bool {
    let Some(&word) = words.get(*at) else {
        return false;
    };
    *at += 1;
    if word == "(" {
        let good = any_of(allowed, words, at);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return good && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        let whole = format!("{word} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
        return allowed.contains(&whole.as_str());
    }
    allowed.contains(&word)
}

#[test]
fn licence_expressions_are_read_as_they_are_meant() {
    let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"];
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/Apache-2.0",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
    ] {
        assert!(admits(&allowed, good), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "Apache-2.0 WITH LLVM-exception",
        "(MIT",
        "MIT MIT",
    ] {
        assert!(!admits(&allowed, bad), "{bad}");
    }
}
