//! Writers of one status list that are killed at any moment: no entry is lost, none is doubled, and the
//! list can always be verified. `DUALCERT_CASES` makes it longer.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use std::process::{Command, Stdio};
use std::time::Duration;

fn dualcert(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dualcert"));
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// An id of its own for each entry of each writer.
fn id_of(writer: usize, entry: usize) -> String {
    format!("dc1-{writer:016x}{entry:016x}")
}

/// Adds entries one after the other; every process but each third is killed after a while that grows
/// from nothing, and the entry is tried again until a process has said that it stands.
fn write(folder: &str, writer: usize, entries: usize) {
    let (list, key) = (format!("{folder}/list"), format!("{folder}/key"));
    let mut attempt = 0_u64;
    for entry in 0..entries {
        let id = id_of(writer, entry);
        let arguments = [
            "status",
            "add",
            &list,
            "--certificate",
            &id,
            "--state",
            "withdrawn",
            "--since",
            "2026-11-10",
            "--reason",
            "stress",
            "--key",
            &key,
        ];
        loop {
            attempt += 1;
            let mut child = dualcert(&arguments).spawn().unwrap();
            if !attempt.is_multiple_of(3) {
                std::thread::sleep(Duration::from_micros(attempt % 40 * 250));
                // It may have ended before; then this does nothing.
                let _ = child.kill();
            }
            match child.wait().unwrap().code() {
                Some(0) => break,
                Some(code) => panic!("writer {writer}, entry {entry}: exit code {code}"),
                None => {}
            }
        }
    }
}

#[test]
fn two_writers_that_are_killed_lose_and_double_nothing() {
    let cases = std::env::var("DUALCERT_CASES").ok();
    let entries: usize = cases.map_or(20, |cases| cases.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str().unwrap();
    let key = format!("{folder}/key");
    let made = dualcert(&["keygen", "--output", &key]).output().unwrap();
    assert!(made.status.success());
    std::thread::scope(|scope| {
        for writer in 0..2 {
            scope.spawn(move || write(folder, writer, entries));
        }
    });
    let list = format!("{folder}/list");
    let public = format!("{key}.pub");
    let shown = dualcert(&["status", "show", &list, "--public-key", &public])
        .output()
        .unwrap();
    assert!(shown.status.success(), "{shown:?}");
    let text = String::from_utf8(shown.stdout).unwrap();
    let mut found: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split(' ').nth(1).filter(|id| id.starts_with("dc1-")))
        .collect();
    found.sort_unstable();
    let mut expected: Vec<String> = (0..2)
        .flat_map(|writer| (0..entries).map(move |entry| id_of(writer, entry)))
        .collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
}
