//! `dualcert substitute` against brute force: the pairs that it finds are those that `check` finds.

use assert_cmd::Command;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

fn dualcert(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    let code = output.status.code().expect("a code");
    (code, text(output.stdout), text(output.stderr))
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Pathways of a side with this grade as the shipped design declares them.
fn declared(design: &Value, side: &str, grade: &str) -> Value {
    let candidates = design["candidates"].as_array().expect("a list");
    let pathways = candidates.iter().map(|c| &c["magnet_pathways"][side]);
    let mut of_grade = pathways.filter(|pathway| pathway["grade"] == grade);
    of_grade.next().expect("a declaration").clone()
}

/// Ids of the candidates of a file that meet both.
fn meet_both(file: &Path) -> BTreeSet<String> {
    let (_, out, told) = dualcert(&["check", file.to_str().expect("a path"), "--format", "json"]);
    assert_eq!(told, "");
    let report = json_of(&out);
    let candidates = report["files"][0]["candidates"]
        .as_array()
        .expect("a list")
        .clone();
    let met = candidates.iter().filter(|c| c["meets_both"] == json!(true));
    met.map(|c| c["id"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn the_list_is_that_of_a_check_over_all_pairs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (found_file, rest_file) = (
        folder.path().join("found.json"),
        folder.path().join("rest.json"),
    );
    let (grades_a, grades_b) = (["N38EH", "N42UH"], ["Recoma-33E", "G52UH"]);
    let mut arguments = vec![
        "substitute",
        "designs/ev_traction.json",
        "--candidate",
        "ipm-incumbent",
    ];
    for grade in grades_a {
        arguments.extend(["--grade-a", grade]);
    }
    for grade in grades_b {
        arguments.extend(["--grade-b", grade]);
    }
    arguments.extend([
        "--format",
        "json",
        "--design",
        found_file.to_str().expect("a path"),
    ]);
    let (code, out, told) = dualcert(&arguments);
    assert_eq!((code, told.as_str()), (0, ""));
    let outcome = json_of(&out);
    let pairs = outcome["pairs"].as_array().expect("a list");
    let found: BTreeSet<(String, String)> = pairs
        .iter()
        .map(|pair| {
            let grade = |key: &str| pair[key].as_str().expect("a grade").to_owned();
            (grade("grade_a"), grade("grade_b"))
        })
        .collect();
    let expected = [("N38EH".to_owned(), "Recoma-33E".to_owned())];
    assert_eq!(found, BTreeSet::from(expected), "{outcome:#}");
    assert_eq!(pairs[0]["assumed"], json!(false));
    assert_eq!(pairs[0]["terms_of_b"], "ipm-smco");
    let changed = &pairs[0]["changed"][1];
    let told = "pathway b: Recoma-33E instead of N42UH, on the terms of candidate ipm-smco";
    assert_eq!(changed, told);
    // Four magnets, whatever the number of trials.
    assert!(
        outcome["solved"].as_u64() <= Some(4),
        "{}",
        outcome["solved"]
    );
    // What was found meets both in a check of the file that was written.
    assert_eq!(meet_both(&found_file).len(), found.len());

    // No other pair does.
    let text = std::fs::read_to_string("designs/ev_traction.json").expect("the shipped design");
    let mut design = json_of(&text);
    let machine = design["candidates"][0].clone();
    let mut rest = vec![];
    for a in grades_a {
        for b in grades_b {
            if found.contains(&(a.to_owned(), b.to_owned())) {
                continue;
            }
            let mut candidate = machine.clone();
            candidate["id"] = json!(format!("{a}-{b}").to_lowercase());
            candidate["magnet_pathways"] =
                json!({"a": declared(&design, "a", a), "b": declared(&design, "b", b)});
            rest.push(candidate);
        }
    }
    assert_eq!(rest.len(), 3);
    design["candidates"] = json!(rest);
    std::fs::write(&rest_file, design.to_string()).expect("written");
    assert_eq!(meet_both(&rest_file), BTreeSet::new());

    // The clause that keeps the diffused grade out is named.
    let unmet = outcome["unmet"].as_array().expect("a list");
    let diffused = unmet
        .iter()
        .find(|t| t["grade"] == "G52UH" && t["pathway"] == "b");
    let binding = &diffused.expect("tried and not met")["binding"];
    assert_eq!(binding["standard"], "motor b");
    assert_eq!(binding["clause"], "P14", "{binding:#}");
}

#[test]
fn a_grade_or_candidate_that_is_not_there_is_named() {
    let of =
        |more: &[&str]| dualcert(&[&["substitute", "designs/ev_traction.json"], more].concat());
    let (code, out, told) = of(&["--grade-b", "N42UX"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(told.contains("N42U"), "{told}");
    let (code, out, told) = of(&["--candidate", "ipm-incumbant"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(told.contains("did you mean `ipm-incumbent`?"), "{told}");
}

/// A search in which no grade can meet its side says so with exit code 1 and tells what binds.
#[test]
fn where_no_pair_is_found_what_binds_is_told() {
    let arguments = [
        "substitute",
        "designs/ev_traction.json",
        "--candidate",
        "ipm-incumbent",
        "--grade-a",
        "N35",
        "--grade-b",
        "N42",
    ];
    let (code, out, told) = dualcert(&arguments);
    assert_eq!((code, told.as_str()), (1, ""));
    assert!(out.contains("0 pairs meet both"), "{out}");
    assert!(out.contains("nearest on pathway A"), "{out}");
    assert!(out.contains("supply and data assumed"), "{out}");
    assert!(out.contains("magnet a A-M3"), "{out}");
}
