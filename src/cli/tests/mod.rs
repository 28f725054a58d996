//! The command line with a double in place of physics, so that every verdict and failure can be had at
//! will. The records are the standards' own base examples with one value changed.

use super::physics::{Cost, Evaluated, LookRequest, Physics, PointRequest};
use super::{Streams, run};
use crate::design::{Candidate, Design};
use crate::evaluate::Level;
use crate::evaluate::clear::Cleared;
use crate::material::Library;
use crate::report::sheet::Sheet;
use crate::report::{ChokePoint, RecordReport, Supply};
use crate::standard::{Standard, Standards};
use crate::substitute::{Outcome, Question};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use tempfile::TempDir;

mod certificates;
mod explain;
mod formats;
mod machine_forms;
mod markets;
mod screening;
mod standards;
mod streams;

const VALID: &str = include_str!("../../../tests/refusals/valid/two-candidates.json");

/// Physics whose answer is the candidate's id.
struct Double {
    standards: Standards,
}

impl Double {
    fn new() -> Double {
        Double {
            standards: Standards::shipped().unwrap(),
        }
    }

    fn records(&self) -> [RecordReport; 3] {
        let programme = self.standards.programme("ev_traction").unwrap();
        let report = |pathway, record| RecordReport { pathway, record };
        [
            report("a", merged(&programme.magnet_a, &programme.motor_a)),
            report("b", merged(&programme.magnet_b, &programme.motor_b)),
            report("pair", programme.interchange.examples[0].record.clone()),
        ]
    }
}

/// The record that both standards' examples begin with.
fn merged(magnet: &Standard, motor: &Standard) -> Value {
    let mut record = magnet.examples[0].record.clone();
    let Value::Object(other) = motor.examples[0].record.clone() else {
        panic!("a record is an object");
    };
    for (key, value) in other {
        match (record.get_mut(&key), value) {
            (Some(Value::Object(own)), Value::Object(more)) => own.extend(more),
            (_, value) => record[key] = value,
        }
    }
    record
}

impl Physics for Double {
    fn fixes(&self, _: &Library, _: &Design, _: usize) -> Result<Vec<Cleared>, String> {
        Err("the double changes nothing".to_owned())
    }

    fn substitute(&self, _: &Question) -> Result<Outcome, String> {
        Err("the double has no catalogue".to_owned())
    }

    fn evaluate(
        &self,
        _: &Library,
        _: &Design,
        candidate: &Candidate,
        level: Level,
    ) -> Result<Evaluated, String> {
        let [a, mut b, pair] = self.records();
        let mut failures = Vec::new();
        let mut records = vec![a];
        if level == Level::Screening {
            b.record["basis"]["peak_torque_to_requirement_ratio"] =
                json!("screening level: one coarse solution");
        }
        match candidate.id.as_str() {
            "breaks" => return Err("the field did not converge at 300 A".to_owned()),
            "one-country" => b.record["largest_country_share_ratio"] = json!(0.9),
            "unsure" => {
                b.record["basis"]["peak_torque_to_requirement_ratio"] = json!(
                    "model 0.01 from 2 machines of torque (weak: fewer than three machines), input 0"
                );
            }
            "slow" | "near" => {
                let ratio = if candidate.id == "slow" { 0.5 } else { 0.94 };
                b.record["peak_torque_to_requirement_ratio"] = json!(ratio);
                b.record["uncertainty"]["peak_torque_to_requirement_ratio"] = json!(0.02);
            }
            "banded" => {
                b.record["peak_torque_to_requirement_ratio"] = json!(1.1);
                b.record["uncertainty"]["peak_torque_to_requirement_ratio"] = json!(0.02);
                b.record["basis"]["peak_torque_to_requirement_ratio"] = json!(
                    "model 0.01 from 6 machines of torque, no built machine among them, input 0"
                );
            }
            "weak" => {
                b.record["peak_torque_to_requirement_ratio"] = json!(0.96);
                b.record["uncertainty"]["peak_torque_to_requirement_ratio"] = json!(0.02);
            }
            _ => {}
        }
        if candidate.id == "b-breaks" {
            failures.push(("b", "grade `X` has no data at 120 °C".to_owned()));
            failures.push(("pair", "pathway B gave no record".to_owned()));
        } else {
            records.extend([b, pair]);
        }
        Ok(Evaluated {
            records,
            failures,
            choke_points: vec![
                choke("physical", "demagnetisation", 0.02, 0.01, "T"),
                choke("supply", "single_country", 0.9, -0.384_615, "1"),
            ],
            supply: Supply::default(),
            cost: Cost {
                coarse_solves: 400,
                standard_solves: 120,
                fine_solves: 0,
                newton_iterations: 2600,
                standard_equivalents: 200.5,
            },
        })
    }

    fn solve(
        &self,
        _: &Library,
        _: &Design,
        candidate: &Candidate,
        point: &PointRequest,
    ) -> Result<Vec<(&'static str, Value)>, String> {
        if candidate.id == "breaks" {
            return Err("the field did not converge".to_owned());
        }
        let speed = point.speed_rad_per_s.unwrap_or(0.0);
        Ok(vec![
            ("torque_n_m", json!(point.iq_a)),
            ("voltage_peak_v", json!(speed)),
        ])
    }

    fn look(
        &self,
        _: &Library,
        _: &Design,
        _: &Candidate,
        look: &LookRequest,
    ) -> Result<Sheet, String> {
        Ok(Sheet {
            facts: vec![("view", json!(format!("{:?}", look.view)))],
            tables: vec![],
        })
    }
}

fn choke(
    kind: &'static str,
    mechanism: &str,
    value: f64,
    margin_ratio: f64,
    unit: &str,
) -> ChokePoint {
    ChokePoint {
        kind,
        mechanism: mechanism.to_owned(),
        key: "",
        location: "somewhere".to_owned(),
        pathway: "b",
        value,
        limit: 0.65,
        unit: unit.to_owned(),
        margin_ratio,
        fix: (kind == "supply").then(|| "name a second source".to_owned()),
    }
}

/// A folder of designs.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Writes a file and gives its path.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// Writes a design whose candidates have these ids.
    fn design(&self, name: &str, ids: &[&str]) -> String {
        self.file(name, &with_ids(ids))
    }
}

fn with_ids(ids: &[&str]) -> String {
    let mut design: Value = serde_json::from_str(VALID).unwrap();
    let model = design["candidates"][1].clone();
    let candidates = ids.iter().map(|id| {
        let mut candidate = model.clone();
        candidate["id"] = json!(id);
        candidate
    });
    design["candidates"] = candidates.collect();
    serde_json::to_string_pretty(&design).unwrap()
}

/// Exit code, standard output and standard error of a command line.
fn outcome(arguments: &[&str], stdin: &str) -> (u8, String, String) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        stdin: Box::new(stdin.as_bytes()),
        stdout: Box::new(&mut stdout),
        stderr: Box::new(&mut stderr),
        width: None,
        progress: false,
    };
    let line = ["dualcert"].iter().chain(arguments).map(OsString::from);
    let code = run(line, &mut streams, &Double::new());
    drop(streams);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (code, text(stdout), text(stderr))
}

fn code(arguments: &[&str]) -> u8 {
    outcome(arguments, "").0
}

fn checked_json(arguments: &[&str]) -> (u8, Value) {
    let all: Vec<&str> = ["check", "--format", "json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let (code, stdout, _) = outcome(&all, "");
    (code, serde_json::from_str(&stdout).unwrap())
}

#[test]
fn each_candidate_has_its_code_and_the_worst_stands_for_the_file() {
    let folder = Folder::new();
    let cases: [(&[&str], u8); 7] = [
        (&["meets"], 0),
        (&["weak"], 1),
        (&["one-country"], 1),
        (&["breaks"], 5),
        (&["b-breaks"], 5),
        (&["meets", "weak"], 1),
        (&["one-country", "breaks", "meets"], 5),
    ];
    for (ids, expected) in cases {
        let file = folder.design("d.json", ids);
        assert_eq!(code(&["check", &file]), expected, "{ids:?}");
    }
}

#[test]
fn over_files_three_goes_before_one_and_five_before_three() {
    let folder = Folder::new();
    let meets = folder.design("meets.json", &["meets"]);
    let fails = folder.design("fails.json", &["weak"]);
    let breaks = folder.design("breaks.json", &["breaks"]);
    let broken = folder.file("broken.json", "{");
    let missing = "no/such/file.json";
    assert_eq!(code(&["check", &meets, &fails]), 1);
    assert_eq!(code(&["check", missing, &meets, &fails]), 3);
    assert_eq!(code(&["check", &broken, &fails]), 3);
    assert_eq!(code(&["check", &broken, &fails, &breaks, missing]), 5);
}

#[test]
fn one_bad_file_hides_no_other() {
    let folder = Folder::new();
    let broken = folder.file("broken.json", "{");
    let meets = folder.design("meets.json", &["meets", "breaks"]);
    let (code, run) = checked_json(&[&broken, "no/such.json", &meets]);
    assert_eq!((code, &run["summary"]["exit_code"]), (5, &json!(5)));
    let statuses: Vec<&Value> = run["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| &file["status"])
        .collect();
    assert_eq!(statuses, ["invalid_design", "unreadable", "judged"]);
    let candidates = &run["files"][2]["candidates"];
    assert_eq!(candidates[0]["meets_both"], json!(true));
    assert_eq!(candidates[1]["meets_both"], Value::Null);
    assert_eq!(
        run["summary"],
        json!({"files": 3, "candidates": 2, "meets_both": 1, "does_not": 0, "exit_code": 5})
    );
}

#[test]
fn any_asks_for_one_candidate_of_every_file() {
    let folder = Folder::new();
    let some = folder.design("some.json", &["weak", "meets", "breaks"]);
    let none = folder.design("none.json", &["weak"]);
    assert_eq!(code(&["check", "--require", "any", &some]), 0);
    assert_eq!(code(&["check", "--require", "any", &some, &none]), 5);
    assert_eq!(code(&["check", "--require", "any", &none]), 1);
    assert_eq!(
        code(&["check", "--require", "any", &some, "no/such.json"]),
        5
    );
    let report = outcome(&["check", "--require", "any", &some], "").1;
    assert!(
        report.contains("weak (ipm): does not meet both"),
        "{report}"
    );
}

#[test]
fn the_shape_of_the_json_is_the_promised_one() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["weak"]);
    let (_, run) = checked_json(&[&file]);
    let has = |value: &Value, keys: &[&str]| {
        for key in keys {
            assert!(value.get(key).is_some(), "no {key} in {value:#}");
        }
    };
    has(
        &run,
        &["format_version", "tool", "as_of", "files", "summary"],
    );
    has(&run["tool"], &["name", "version"]);
    has(&run["files"][0], &["file", "status", "candidates"]);
    let candidate = &run["files"][0]["candidates"][0];
    has(
        candidate,
        &[
            "id",
            "topology",
            "meets_both",
            "statuses",
            "records",
            "judgements",
            "choke_points",
            "supply",
        ],
    );
    has(
        &candidate["statuses"],
        &["magnet_a", "motor_a", "magnet_b", "motor_b", "interchange"],
    );
    has(&candidate["records"][0], &["pathway", "record"]);
    let judgement = &candidate["judgements"][3];
    has(judgement, &["standard", "pathway", "verdict", "clauses"]);
    has(
        &judgement["standard"],
        &["series", "version", "subject", "side"],
    );
    has(
        &judgement["clauses"][0],
        &[
            "id",
            "title",
            "level",
            "verdict",
            "field",
            "value",
            "limit",
            "unit",
            "margin",
            "uncertainty",
            "basis",
            "remedy",
        ],
    );
    has(
        &candidate["choke_points"][0],
        &[
            "kind",
            "mechanism",
            "where",
            "pathway",
            "value",
            "limit",
            "unit",
            "margin_ratio",
            "fix",
        ],
    );
    assert_eq!(candidate["statuses"]["motor_b"], json!("undecided"));
}

#[test]
fn the_report_for_people() {
    let folder = Folder::new();
    let ids = ["meets", "weak", "one-country", "b-breaks", "breaks"];
    let file = folder.design("d.json", &ids);
    let (code, report, _) = outcome(&["check", &file], "");
    assert_eq!(code, 5);
    insta::assert_snapshot!("report", report.replace(&file, "d.json"));
}

#[test]
fn a_pathway_that_is_not_declared_is_failed_even_where_nothing_could_be_evaluated() {
    let folder = Folder::new();
    for (id, motor_a) in [("meets", "met"), ("breaks", "could_not_judge")] {
        let mut design: Value = serde_json::from_str(&with_ids(&[id])).unwrap();
        let pathways = &mut design["candidates"][0]["magnet_pathways"];
        pathways.as_object_mut().unwrap().remove("b");
        let file = folder.file("d.json", &design.to_string());
        let (code, run) = checked_json(&[&file]);
        let statuses = &run["files"][0]["candidates"][0]["statuses"];
        assert_eq!(code, 1);
        assert_eq!(statuses["motor_a"], json!(motor_a));
        for failed in ["magnet_b", "motor_b", "interchange"] {
            assert_eq!(statuses[failed], json!("failed"));
        }
    }
}

#[test]
fn only_the_candidates_asked_for_are_judged() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets", "weak", "breaks"]);
    let (code, run) = checked_json(&[&file, "--candidate", "weak", "--candidate", "meets"]);
    let candidates = run["files"][0]["candidates"].as_array().unwrap();
    let ids: Vec<&Value> = candidates
        .iter()
        .map(|candidate| &candidate["id"])
        .collect();
    assert_eq!((code, ids), (1, vec![&json!("meets"), &json!("weak")]));
}

#[test]
fn a_pinned_application_replaces_the_design_s_own_and_is_named() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let mut block = serde_json::from_str::<Value>(VALID).unwrap()["application"].clone();
    block["requirement"]["peak_torque_n_m"] = json!(310.5);
    let pinned = folder.file("pinned.json", &block.to_string());
    let (code, run) = checked_json(&[&file, "--application", &pinned]);
    assert_eq!(code, 0);
    let judged = &run["files"][0];
    assert_eq!(
        judged["application"]["requirement"]["peak_torque_n_m"],
        json!(310.5)
    );
    assert_eq!(judged["application_from"], json!(pinned));
    let report = outcome(&["check", &file, "--application", &pinned], "").1;
    assert!(
        report.contains("310.5 N m") && report.contains("instead of the design"),
        "{report}"
    );
}

#[test]
fn the_decision_rule_is_applied_and_shown() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["weak"]);
    assert_eq!(code(&["check", &file]), 1);
    let (code, report, _) = outcome(&["check", &file, "--decision-rule", "simple"], "");
    assert_eq!(code, 0);
    assert!(
        report.starts_with("decision rule: simple (shared risk)"),
        "{report}"
    );
}
