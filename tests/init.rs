//! `dualcert init` as a process: every design that it writes is one that `check` judges, and no file is lost.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use rayon::prelude::*;
use std::path::Path;

fn dualcert(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

fn topologies() -> Vec<String> {
    let (code, listed, _) = dualcert(&["init", "--list"]);
    assert_eq!(code, 0);
    let lines = listed
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with(' '));
    let names = lines.map(|line| line.split_whitespace().next().unwrap().to_owned());
    let names: Vec<String> = names.collect();
    assert!(!names.is_empty(), "{listed}");
    names
}

#[test]
fn check_judges_every_design_that_init_writes() {
    let folder = tempfile::tempdir().unwrap();
    topologies().par_iter().for_each(|topology| {
        let path = folder.path().join(format!("{topology}.json"));
        let file = path.to_str().unwrap();
        let (code, out, told) = dualcert(&["init", "--topology", topology, "--output", file]);
        assert_eq!(
            (code, out.as_str(), told.as_str()),
            (0, "", ""),
            "{topology}"
        );
        let (code, report, told) = dualcert(&["check", file, "--format", "json"]);
        // 5 is a machine beyond the validated range, which is a judgement too; 3 is an invalid design.
        assert!(matches!(code, 0 | 1 | 5), "{topology}: {code} {told}");
        assert!(!report.contains("did not converge"), "{topology}");
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let candidate = &report["files"][0]["candidates"][0];
        assert_eq!(candidate["topology"], topology.as_str());
        let records = candidate["records"].as_array().unwrap();
        // What the program writes, archives of it can be read.
        for record in records {
            let read = dualcert::record::Record::check(&record["record"]);
            assert!(read.is_ok(), "{topology}: {read:?}");
        }
        let records = records.len();
        // One of each pathway and of their pair, or the single one of a machine without magnets.
        let expected = if topology == "srm" { 1 } else { 3 };
        assert_eq!(records, expected, "{told}");
    });
}

#[test]
fn standard_output_and_a_file_hold_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.json");
    let arguments = ["init", "--topology", "ipm", "--sector", "wind_generator"];
    let (code, printed, told) = dualcert(&arguments);
    assert_eq!((code, told.as_str()), (0, ""));
    assert!(printed.contains("\"sector\": \"wind_generator\""));
    let file = path.to_str().unwrap();
    let (code, _, _) = dualcert(&[&arguments[..], &["--output", file]].concat());
    assert_eq!(code, 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), printed);
}

#[test]
fn a_file_that_exists_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.json");
    std::fs::write(&path, "mine").unwrap();
    let file = path.to_str().unwrap();
    let (code, out, told) = dualcert(&["init", "--topology", "ipm", "--output", file]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(told.contains("exists and is not overwritten"), "{told}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    let nowhere = Path::new("no/such/folder/new.json").to_str().unwrap();
    let (code, _, told) = dualcert(&["init", "--topology", "ipm", "--output", nowhere]);
    assert_eq!(code, 2);
    assert!(told.starts_with("error: cannot write to no/such/folder/new.json"));
}

#[test]
fn wrong_usage_is_told_with_the_names_that_exist() {
    for (arguments, part) in [
        (&["init"][..], "--topology <NAME>"),
        (&["init", "--topology", "imp"][..], "ipm"),
        (
            &["init", "--topology", "ipm", "--sector", "ev"][..],
            "ev_traction",
        ),
        (
            &["init", "--topology", "ipm", "--list"][..],
            "cannot be used with",
        ),
    ] {
        let (code, out, told) = dualcert(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(told.contains(part), "{arguments:?}: {told}");
    }
}
