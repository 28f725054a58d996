//! What `check --level screening` makes of a record whose torque is known at that level only.

use super::*;

/// Exit code, candidate and its clause P4 of pathway B.
fn screened(id: &str, more: &[&str]) -> (u8, Value, Value) {
    let folder = Folder::new();
    let file = folder.design("d.json", &[id]);
    let arguments = [&[file.as_str(), "--level", "screening"], more].concat();
    let (code, run) = checked_json(&arguments);
    assert_eq!(run["level"], json!("screening"));
    let candidate = run["files"][0]["candidates"][0].clone();
    let judgements = candidate["judgements"].as_array().unwrap();
    let motor = judgements
        .iter()
        .find(|j| j["standard"]["subject"] == "motor" && j["pathway"] == "b");
    let clauses = motor.unwrap()["clauses"].as_array().unwrap();
    let clause = clauses.iter().find(|c| c["id"] == "P4").unwrap().clone();
    (code, candidate, clause)
}

#[test]
fn a_candidate_that_would_meet_both_is_left_open() {
    let (code, candidate, clause) = screened("meets", &[]);
    assert_eq!((code, &candidate["meets_both"]), (5, &Value::Null));
    let statuses = &candidate["statuses"];
    assert_eq!(statuses["magnet_b"], json!("met"));
    assert_eq!(statuses["motor_b"], json!("could_not_judge"));
    assert_eq!(clause["verdict"], json!("could_not_judge"));
    // What was seen is told, beside why it decides nothing.
    assert!(clause["margin"].is_number() && clause["uncertainty"].is_number());
    let reason = clause["reason"].as_str().unwrap();
    assert!(reason.contains("judge it at verdict level"), "{reason}");
}

#[test]
fn only_what_lies_beyond_its_band_fails() {
    for (id, expected, verdict) in [
        ("slow", 1, "failed"),
        ("near", 5, "could_not_judge"),
        ("weak", 5, "could_not_judge"),
    ] {
        let (code, _, clause) = screened(id, &[]);
        assert_eq!(
            (code, &clause["verdict"]),
            (expected, &json!(verdict)),
            "{id}"
        );
    }
    // A shared risk is no shortcut: at verdict level the same value fails by itself.
    let simple = ["--decision-rule", "simple"];
    assert_eq!(screened("near", &simple).2["verdict"], "could_not_judge");
    let folder = Folder::new();
    let file = folder.design("d.json", &["near"]);
    let (_, run) = checked_json(&[&[file.as_str()], &simple[..]].concat());
    assert_eq!(run["level"], json!("verdict"));
    assert_eq!(
        run["files"][0]["candidates"][0]["statuses"]["motor_b"],
        "failed"
    );
}

#[test]
fn every_form_says_that_it_is_a_screening() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets", "slow"]);
    for format in [
        "human", "json", "jsonl", "sarif", "junit", "github", "markdown",
    ] {
        let of = |level: &str| outcome(&["check", &file, "--format", format, "--level", level], "");
        let (code, told, _) = of("screening");
        assert_eq!(code, 5, "{format}");
        assert!(told.contains("screen"), "{format}: {told}");
        assert!(!of("verdict").1.contains("screen"), "{format}");
    }
    let (_, report, _) = outcome(&["check", &file, "--level", "screening"], "");
    insta::assert_snapshot!("screening_report", report.replace(&file, "d.json"));
}

/// Standards that ask for nothing of the field are met by what needs none; the candidate is left open all the same.
#[test]
fn no_candidate_meets_both_at_screening_level() {
    use crate::verdict::{CandidateVerdict, Status, Statuses};
    let of = |status: Status, meets_both: Option<bool>| {
        let statuses = Statuses {
            magnet_a: Status::Met,
            motor_a: Status::Met,
            magnet_b: Status::Met,
            motor_b: Status::Met,
            interchange: status,
        };
        let verdict = CandidateVerdict {
            meets_both,
            statuses,
            judgements: vec![],
        };
        verdict.of_screening().meets_both
    };
    assert_eq!(of(Status::Met, Some(true)), None);
    assert_eq!(of(Status::Failed, Some(false)), Some(false));
    assert_eq!(of(Status::CouldNotJudge, None), None);
}
