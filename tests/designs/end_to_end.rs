//! The main job through the real program: exit codes, equal bytes, verdicts that any validator repeats,
//! and what it costs.

use super::run::{DESIGN, REPORT, Run, SCREENING, TWO_THREADS, check, dualcert, root};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

fn candidates() -> &'static Vec<Value> {
    REPORT["files"][0]["candidates"].as_array().unwrap()
}

#[test]
fn the_exit_code_is_that_of_the_worst_candidate() {
    let code = |candidate: &Value| match candidate["meets_both"].as_bool() {
        Some(true) => 0,
        Some(false) => 1,
        None => 5,
    };
    let worst = candidates().iter().map(code).max();
    assert_eq!(TWO_THREADS.code, worst);
    assert_eq!(
        REPORT["summary"]["exit_code"].as_i64(),
        worst.map(i64::from)
    );
}

#[test]
fn some_candidate_of_the_shipped_design_meets_both() {
    let meeting: Vec<&str> = candidates()
        .iter()
        .filter(|candidate| candidate["meets_both"] == json!(true))
        .map(|candidate| candidate["id"].as_str().unwrap())
        .collect();
    assert!(meeting.contains(&"ipm-smco"), "meeting both: {meeting:?}");
}

/// The design from standard input on one thread: each candidate is judged as beside all others on two, to
/// the last digit, and one that meets both is enough.
#[test]
fn one_thread_says_the_same_from_standard_input() {
    let two = ["--candidate", "ipm-smco", "--candidate", "srm-18-12"];
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(["check", "-", "--format", "json", "--require", "any"])
        .args(two)
        .env("RAYON_NUM_THREADS", "1")
        .write_stdin(fs::read(root().join(DESIGN)).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["files"][0]["file"], "-");
    let judged = report["files"][0]["candidates"].as_array().unwrap();
    assert_eq!(judged.len(), 2);
    for candidate in judged {
        let same = candidates().iter().find(|one| one["id"] == candidate["id"]);
        assert_eq!(Some(candidate), same);
    }
}

#[test]
fn what_cannot_be_read_or_used_has_its_own_code() {
    let code = |arguments: &[&str]| dualcert(arguments).output().unwrap().status.code();
    assert_eq!(code(&["check"]), Some(2));
    assert_eq!(code(&["check", "no/such/design.json"]), Some(3));
    assert_eq!(code(&["check", "designs/design.schema.json"]), Some(3));
    let empty = tempfile::tempdir().unwrap();
    let folder = empty.path().to_str().unwrap();
    assert_eq!(code(&["check", DESIGN, "--standards", folder]), Some(4));
}

/// The file of every standard, by series and version.
fn standards() -> Vec<Value> {
    let (mut open, mut found) = (vec![root().join("standards")], vec![]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "json") {
                let value: Value =
                    serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
                if value.get("x-standard").is_some() {
                    found.push(value);
                }
            }
        }
    }
    found
}

/// A schema of one clause alone, with all that it may refer to.
fn clause_alone(standard: &Value, id: &str) -> jsonschema::Validator {
    let definitions = standard["$defs"].as_object().unwrap();
    let (key, _) = definitions
        .iter()
        .find(|(_, clause)| clause["x-clause"] == json!(id))
        .unwrap_or_else(|| panic!("{} has no clause {id}", standard["$id"]));
    let alone = json!({
        "$schema": standard["$schema"],
        "$ref": format!("#/$defs/{key}"),
        "$defs": definitions
    });
    jsonschema::draft202012::new(&alone).unwrap()
}

/// A verdict is what the clause says, and nothing that this program adds: a validator that knows nothing
/// of verdicts accepts and refuses the same records. It knows no uncertainty, so that an undecided clause
/// is to it what the sign of the margin says.
#[test]
fn a_plain_validator_agrees_with_every_clause() {
    let standards = standards();
    let mut compared = 0;
    for candidate in candidates() {
        let records = candidate["records"].as_array().unwrap();
        for judgement in candidate["judgements"].as_array().unwrap() {
            let named = &judgement["standard"];
            let standard = standards
                .iter()
                .find(|s| {
                    s["x-standard"]["series"] == named["series"]
                        && s["x-standard"]["version"] == named["version"]
                })
                .unwrap();
            let Some(record) = records
                .iter()
                .find(|record| record["pathway"] == judgement["pathway"])
            else {
                continue;
            };
            let instance = &record["record"];
            for clause in judgement["clauses"].as_array().unwrap() {
                let id = clause["id"].as_str().unwrap();
                let accepted = clause_alone(standard, id).is_valid(instance);
                let expected = match clause["verdict"].as_str().unwrap() {
                    "met" | "not_applicable" => true,
                    "failed" | "could_not_judge" => false,
                    "undecided" => clause["margin"].as_f64().unwrap() >= 0.0,
                    other => panic!("verdict {other}"),
                };
                let what = format!("{} {} {id}", candidate["id"], named["series"]);
                assert_eq!(accepted, expected, "{what}: {clause}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "only {compared} clauses");
}

/// Candidate, series and clause of all that failed in a report.
fn failed(report: &Value) -> BTreeSet<(String, String, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let mut found = BTreeSet::new();
    for candidate in report["files"][0]["candidates"].as_array().unwrap() {
        for judgement in candidate["judgements"].as_array().unwrap() {
            for clause in judgement["clauses"].as_array().unwrap() {
                if clause["verdict"] == "failed" {
                    let series = word(&judgement["standard"]["series"]);
                    found.insert((word(&candidate["id"]), series, word(&clause["id"])));
                }
            }
        }
    }
    found
}

/// A screening says of the same candidates that nothing fails which does not, and meets none.
#[test]
fn what_fails_at_screening_fails_here() {
    let (rough, sure) = (failed(&SCREENING), failed(&REPORT));
    assert!(rough.len() > 5 && rough.is_subset(&sure), "{rough:#?}");
    assert_eq!(SCREENING["summary"]["meets_both"], json!(0));
}

/// The whole process under the bar of 100 MB, but for machines of several slices and of half a circumference: with those
/// it takes more, and no more than this.
#[test]
#[cfg(target_os = "linux")]
fn the_check_stays_small() {
    let small = [
        "ipm-incumbent",
        "ipm-low-dy",
        "ipm-hre-free",
        "ipm-smco",
        "srm-18-12",
    ];
    let size = |run: &Run| run.resident.expect("/proc says the size");
    let (some, all) = (size(&check(&small)), size(&TWO_THREADS));
    assert!(some < 100_000, "{some} kB");
    assert!(all < 150_000, "{all} kB");
}

/// Four hundred of the same machine; two thousand where each is one of five slices.
#[test]
fn a_candidate_takes_few_solutions() {
    let lines: Vec<&str> = TWO_THREADS
        .stderr
        .lines()
        .filter(|line| line.starts_with("timing: "))
        .collect();
    assert_eq!(lines.len(), candidates().len(), "{}", TWO_THREADS.stderr);
    for line in lines {
        let (before, _) = line.split_once(" standard equivalents").unwrap();
        let equivalents: f64 = before.rsplit(' ').next().unwrap().parse().unwrap();
        let most = if line.contains("axial-") {
            2000.0
        } else {
            400.0
        };
        assert!(equivalents > 0.0 && equivalents <= most, "{line}");
    }
}

/// A magnet of the shipped library with another remanence, as a user's own file.
fn with_remanence(grade: &str, remanence: f64) -> Value {
    let library: Value =
        serde_json::from_str(include_str!("../../src/material/magnets.json")).unwrap();
    let row = library["magnets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["grade"] == json!(grade));
    let mut row = row.unwrap().clone();
    row["grade"] = json!("reference");
    row["remanence_t"] = json!({"min": remanence, "nominal": remanence, "max": remanence});
    // They were printed for the original remanence.
    row.as_object_mut()
        .unwrap()
        .remove("energy_product_max_kj_per_m3");
    row.as_object_mut()
        .unwrap()
        .remove("coercivity_hcb_ka_per_m");
    json!({"magnets": [row]})
}

/// The machine that finite elements solved, with its magnet at 20 °C, from a user's material file.
#[test]
fn solve_gives_the_flux_linkage_of_finite_elements() {
    let folder = tempfile::tempdir().unwrap();
    let (materials, design) = (
        folder.path().join("materials.json"),
        folder.path().join("design.json"),
    );
    fs::write(&materials, with_remanence("N42UH", 1.24).to_string()).unwrap();
    let text = fs::read_to_string(root().join(DESIGN)).unwrap();
    fs::write(&design, text.replace("\"N42UH\"", "\"reference\"")).unwrap();
    let output = dualcert(&["solve", design.to_str().unwrap()])
        .args(["--materials", materials.to_str().unwrap()])
        .args([
            "--candidate",
            "ipm-incumbent",
            "--magnet-temperature-c",
            "20",
        ])
        .args(["--id-a", "-128.6", "--iq-a", "153.2", "--format", "json"])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let point: Value = serde_json::from_slice(&output.stdout).unwrap();
    let linkage = point["no_load_flux_linkage_wb"].as_f64().unwrap();
    assert!((linkage / 0.213 - 1.0).abs() < 0.01, "{linkage} Wb");
    assert!(point["torque_n_m"].as_f64().unwrap() > 0.0);
}
