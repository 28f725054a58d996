//! `explain` on a design: the evaluation tree of a clause.

use super::*;

#[test]
fn a_clause_is_followed_step_by_step_on_a_design() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets", "weak"]);
    let (code, text, stderr) = outcome(&["explain", "P4", "--design", &file], "");
    assert_eq!((code, stderr.as_str()), (0, ""));
    // The design's sector only, each standard on the records of its pathway.
    assert!(!text.contains("precision_servo") && text.contains("ev_traction_motor_a"));
    assert_eq!(text.matches("on weak, pathway a").count(), 1);
    assert_eq!(text.matches("on weak, pathway b").count(), 1);
    let tree = text.rsplit("on weak, pathway b").next().unwrap();
    insta::assert_snapshot!("explain_tree", tree);
}

#[test]
fn a_clause_that_does_not_apply_says_so() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let (code, text, _) = outcome(&["explain", "B-M3", "--design", &file], "");
    assert_eq!(code, 0);
    assert!(
        text.contains("applies where magnet_family is ferrite: no"),
        "{text}"
    );
    assert!(
        text.trim_end().ends_with("verdict: not applicable"),
        "{text}"
    );
}

#[test]
fn what_has_no_record_is_told_and_is_no_success() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["breaks", "b-breaks"]);
    let (code, text, stderr) = outcome(&["explain", "P4", "--design", &file], "");
    assert_eq!(code, 5);
    assert!(
        stderr.contains("could not judge breaks: the field"),
        "{stderr}"
    );
    assert!(
        stderr.contains("could not judge b-breaks, pathway b: grade"),
        "{stderr}"
    );
    assert!(text.contains("on b-breaks, pathway a") && !text.contains("on b-breaks, pathway b"));
    let (code, _, stderr) = outcome(
        &["explain", "P4", "--design", &file, "--candidate", "x"],
        "",
    );
    assert_eq!(code, 3, "{stderr}");
    assert_eq!(outcome(&["explain", "P4", "--candidate", "x"], "").0, 2);
}

#[test]
fn json_of_explain_holds_the_judgement() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["one-country"]);
    let arguments = ["explain", "B-M5", "--design", &file, "--format", "json"];
    let (_, text, _) = outcome(&arguments, "");
    let told: Value = serde_json::from_str(&text).unwrap();
    let record = &told["clauses"][0]["records"][0];
    assert_eq!(record["judgement"]["verdict"], "failed");
    assert_eq!(record["judgement"]["value"], 0.9);
    assert_eq!(record["applies"], true);
}
