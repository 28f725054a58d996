//! The program as a process: help, schemas, pipes.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use std::io::Read;
use std::process::{Command, Output, Stdio};

fn dualcert(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dualcert"));
    command.args(arguments).output().unwrap()
}

#[test]
fn help_and_version_succeed_on_standard_output() {
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["check", "--help"],
        &["solve", "--help"],
    ] {
        let output = dualcert(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(
            output.stderr.is_empty() && !output.stdout.is_empty(),
            "{arguments:?}"
        );
    }
}

#[test]
fn printed_schemas_are_those_of_the_repository() {
    for (name, file) in [
        ("design", "designs/design.schema.json"),
        ("record", "standards/record.schema.json"),
        ("standard", "standards/standard.schema.json"),
    ] {
        let output = dualcert(&["schema", name]);
        assert_eq!(output.status.code(), Some(0));
        let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let stored: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert!(
            printed == stored,
            "{file} is stale; run the tests with DUALCERT_UPDATE=1"
        );
    }
}

#[test]
fn a_reader_that_stops_early_ends_nothing_but_the_output() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(["schema", "design"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(stderr, "");
}
