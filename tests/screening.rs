//! The screening level as a process: what fails there fails at verdict level, at the very edge of its bands too, nothing
//! on a field is met, what is not computed says so, and it costs little.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// How a basis of a screened quantity begins.
const MARK: &str = "screening level";

fn dualcert(arguments: &[&str], stdin: &str) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .write_stdin(stdin)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

/// Exit code, the candidates of a design at a level and what was told of their cost.
fn judged(design: &Value, level: &str) -> (i32, Vec<Value>, String) {
    let arguments = [
        "check",
        "-",
        "--no-config",
        "--format",
        "json",
        "--timings",
        "--level",
        level,
    ];
    let (code, out, told) = dualcert(&arguments, &design.to_string());
    let run: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{told}"));
    assert_eq!(run["level"], level);
    let file = &run["files"][0];
    (code, file["candidates"].as_array().unwrap().clone(), told)
}

/// All clauses of a candidate with the pathway of their judgement.
fn clauses(candidate: &Value) -> impl Iterator<Item = (&Value, &Value)> {
    let judgements = candidate["judgements"].as_array().unwrap();
    judgements.iter().flat_map(|judgement| {
        let clauses = judgement["clauses"].as_array().unwrap();
        clauses.iter().map(move |clause| (judgement, clause))
    })
}

fn screened(clause: &Value) -> bool {
    let basis = clause["basis"].as_str();
    basis.is_some_and(|basis| basis.starts_with(MARK))
}

/// Candidate, series and clause of everything that failed.
fn failed(candidates: &[Value]) -> BTreeSet<(String, String, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let of = |candidate: &Value| -> Vec<_> {
        clauses(candidate)
            .filter(|(_, clause)| clause["verdict"] == "failed")
            .map(|(judgement, clause)| {
                let series = word(&judgement["standard"]["series"]);
                (word(&candidate["id"]), series, word(&clause["id"]))
            })
            .collect()
    };
    candidates.iter().flat_map(of).collect()
}

/// Machines of every family that are solved soon. `DUALCERT_CASES` set takes all of `DESIGNS`.
const SOON: [&str; 5] = ["ipm-smco", "srm-18-12", "spoke", "spm", "axial"];

fn all() -> bool {
    std::env::var_os("DUALCERT_CASES").is_some()
}

/// The shipped designs, one candidate a design, and one machine of every type that `init` writes.
static DESIGNS: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
    let mut found = vec![];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".json") && !name.ends_with(".schema.json")
        })
        .collect();
    files.sort();
    for file in files {
        let design: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for candidate in design["candidates"].as_array().unwrap() {
            let mut one = design.clone();
            one["candidates"] = json!([candidate]);
            one.as_object_mut().unwrap().remove("fleet");
            found.push((candidate["id"].as_str().unwrap().to_owned(), one));
        }
    }
    for topology in ["ipm", "spoke", "spm", "inset", "srm", "axial"] {
        let (code, text, _) = dualcert(&["init", "--topology", topology], "");
        assert_eq!(code, 0);
        found.push((topology.to_owned(), serde_json::from_str(&text).unwrap()));
    }
    found
});

/// A machine with its design and its screening.
struct Machine {
    name: String,
    design: Value,
    code: i32,
    candidate: Value,
    told: String,
}

static MACHINES: LazyLock<Vec<Machine>> = LazyLock::new(|| {
    DESIGNS
        .par_iter()
        .filter(|(name, _)| all() || SOON.contains(&name.as_str()))
        .map(|(name, design)| {
            let (code, mut candidates, told) = judged(design, "screening");
            Machine {
                name: name.clone(),
                design: design.clone(),
                code,
                candidate: candidates.remove(0),
                told,
            }
        })
        .collect()
});

fn machine(name: &str) -> &'static Machine {
    MACHINES.iter().find(|m| m.name == name).unwrap()
}

#[test]
fn a_screening_meets_nothing_on_a_field_and_says_what_it_leaves_open() {
    assert!(MACHINES.len() >= SOON.len());
    for machine in MACHINES.iter() {
        let (name, candidate) = (&machine.name, &machine.candidate);
        assert!(matches!(machine.code, 1 | 5), "{name}: {}", machine.code);
        assert_ne!(candidate["meets_both"], json!(true), "{name}");
        let (mut open, mut seen) = (0, 0);
        for (_, clause) in clauses(candidate) {
            let verdict = clause["verdict"].as_str().unwrap();
            if screened(clause) {
                seen += 1;
                assert!(
                    matches!(verdict, "failed" | "could_not_judge"),
                    "{name}: {clause}"
                );
            }
            let basis = clause["basis"].as_str().unwrap_or_default();
            if basis.contains("not computed at screening level") {
                open += 1;
                assert_eq!(verdict, "could_not_judge", "{name}: {clause}");
                assert_eq!(clause["value"], Value::Null, "{name}: {clause}");
            }
        }
        assert!(open > 0 && open + seen > 2, "{name}: {open} and {seen}");
    }
}

/// The requirement at which a screening just fails what it judges of the field: the last that it may say, and the first
/// that a verdict could deny.
fn at_the_edge(design: &Value, candidate: &Value) -> Value {
    const PAST: f64 = 1.0005;
    let mut edge = design.clone();
    let requirement = &mut edge["application"]["requirement"];
    let mut moved = BTreeSet::new();
    for (judgement, clause) in clauses(candidate).filter(|(_, c)| screened(c)) {
        let (Some(value), Some(uncertainty), Some(limit)) = (
            clause["value"].as_f64(),
            clause["uncertainty"].as_f64(),
            clause["limit"].as_f64(),
        ) else {
            continue;
        };
        let key = match clause["field"].as_str().unwrap() {
            "peak_torque_to_requirement_ratio" => "peak_torque_n_m",
            "max_speed_power_to_requirement_ratio" => "max_speed_power_kw",
            "fault_emf_to_semiconductor_voltage_ratio" => "semiconductor_voltage_v",
            _ => continue,
        };
        // The stricter standard decides; the other pathway fails by more or less.
        if judgement["pathway"] == "b" || !moved.insert(key) {
            continue;
        }
        let least = clause["limits"].get("minimum").is_some();
        let factor = if least {
            PAST * (value + uncertainty) / limit
        } else {
            (value - uncertainty) / limit / PAST
        };
        let now = requirement[key].as_f64().unwrap();
        requirement[key] = json!(now * factor);
    }
    assert!(!moved.is_empty());
    edge
}

/// A requirement that the design format refuses, as a peak torque below the rated one, is none at which to compare.
fn comparable(design: &Value) -> bool {
    let q = &design["application"]["requirement"];
    q["peak_torque_n_m"].as_f64() >= q["rated_torque_n_m"].as_f64()
}

/// Every machine, or two that a verdict solves soon.
fn compared() -> Vec<&'static Machine> {
    let taken = |m: &&Machine| all() || SOON[..2].contains(&m.name.as_str());
    MACHINES.iter().filter(taken).collect()
}

/// At the edge of what a screening may say a verdict says it too, and of every field that a verdict states the screening
/// has a value or a reason.
#[test]
fn what_fails_at_screening_fails_at_verdict_level() {
    let on_field: usize = compared()
        .par_iter()
        .map(|machine| {
            let name = &machine.name;
            let judges =
                clauses(&machine.candidate).any(|(_, c)| screened(c) && !c["value"].is_null());
            if !judges {
                // Beyond the validated range nothing of a field is said.
                return 0;
            }
            let edge = at_the_edge(&machine.design, &machine.candidate);
            assert!(comparable(&edge), "{name}");
            let (_, screening, _) = judged(&edge, "screening");
            let (_, verdict, _) = judged(&edge, "verdict");
            all_that_is_stated(name, &screening[0], &verdict[0]);
            let (rough, sure) = (failed(&screening), failed(&verdict));
            let missing: Vec<_> = rough.difference(&sure).collect();
            assert!(missing.is_empty(), "{name}: {missing:#?}");
            let on_field = clauses(&screening[0])
                .filter(|(_, c)| screened(c) && c["verdict"] == "failed")
                .count();
            assert!(on_field > 0, "{name}: nothing failed at the edge");
            on_field
        })
        .sum();
    assert!(on_field >= 5, "only {on_field} clauses");
}

/// The records of a screening hold every field of those of a verdict, or why they do not.
fn all_that_is_stated(name: &str, screening: &Value, verdict: &Value) {
    for record in verdict["records"].as_array().unwrap() {
        let same = |r: &&Value| r["pathway"] == record["pathway"];
        let rough = screening["records"].as_array().unwrap().iter().find(same);
        let rough = &rough.unwrap()["record"];
        for field in record["record"].as_object().unwrap().keys() {
            let said = !rough[field].is_null() || rough["basis"][field].is_string();
            assert!(said, "{name}: {field} of {}", record["pathway"]);
        }
    }
}

/// A magnet that a fault takes beyond its knee by far, and two grades that no one table serves.
#[test]
fn a_fault_and_an_unlike_magnet_fail_at_both_levels() {
    let mut hot = machine("ipm-smco").design.clone();
    hot["application"]["environment"]["magnet_temperature_hot_c"] = json!(170.0);
    let pathways = &mut hot["candidates"][0]["magnet_pathways"];
    pathways["a"]["grade"] = json!("N42UH");
    pathways["b"]["grade"] = json!("YX20H");
    let (_, screening, _) = judged(&hot, "screening");
    let (_, verdict, _) = judged(&hot, "verdict");
    let (rough, sure) = (failed(&screening), failed(&verdict));
    assert!(rough.is_subset(&sure), "{rough:#?} {sure:#?}");
    let on_field: BTreeSet<&str> = clauses(&screening[0])
        .filter(|(_, c)| screened(c) && c["verdict"] == "failed")
        .map(|(_, c)| c["field"].as_str().unwrap())
        .collect();
    for field in [
        "demagnetisation_margin_short_circuit_hot_t",
        "b_to_a_no_load_flux_linkage_ratio",
    ] {
        assert!(on_field.contains(field), "{field}: {on_field:?}");
    }
}

/// A plain validator, which knows no level, refuses what a screening leaves open too.
#[test]
fn no_motor_standard_accepts_a_screened_record_as_it_stands() {
    let candidate = &machine("ipm-smco").candidate;
    for side in ["a", "b"] {
        let file = format!("standards/motor/ev_traction/{side}-1.json");
        let text =
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        let standard = jsonschema::draft202012::new(&schema).unwrap();
        let records = candidate["records"].as_array().unwrap();
        let record = records.iter().find(|r| r["pathway"] == side).unwrap();
        assert!(!standard.is_valid(&record["record"]), "{side}");
    }
}

#[test]
fn two_threads_say_what_one_says_and_the_report_is_as_it_was() {
    let said = |threads: &str, format: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("RAYON_NUM_THREADS", threads)
            .args(["check", "designs/ev_traction.json", "--level", "screening"])
            .args(["--candidate", "ipm-smco", "--format", format])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for format in ["human", "json"] {
        assert!(said("1", format) == said("2", format), "{format}");
    }
    let human = said("2", "human");
    assert!(human.starts_with("level: screening"), "{human}");
    assert!(human.contains("screened:"), "{human}");
}

/// Solutions by `--timings`: coarse ones, standard ones, and their worth in standard ones.
fn cost(told: &str) -> (usize, usize, f64) {
    let line = told.lines().find(|l| l.starts_with("timing: ")).unwrap();
    let before = |word: &str| -> f64 {
        let (front, _) = line.split_once(word).unwrap();
        front.rsplit(' ').next().unwrap().parse().unwrap()
    };
    (
        before(" coarse,") as usize,
        before(" standard and") as usize,
        before(" standard equivalents"),
    )
}

#[test]
fn a_screening_costs_little() {
    for machine in MACHINES.iter() {
        let (name, (coarse, standard, equivalents)) = (&machine.name, cost(&machine.told));
        let candidate = &machine.design["candidates"][0];
        assert_eq!(standard, 0, "{name}");
        if candidate["topology"].get("srm").is_some() {
            assert!(equivalents <= 40.0, "{name}: {equivalents}");
        } else if candidate["topology"].get("axial").is_some() {
            assert!(equivalents <= 200.0, "{name}: {equivalents}");
        } else {
            // A stated tolerance takes four solutions a pathway more, and the first as many for what they move.
            let stated = candidate["tolerances"].as_object().map_or(0, |t| t.len());
            let more = if stated == 0 { 0 } else { 8 * (1 + stated) };
            assert!(coarse < 120 + more, "{name}: {coarse}");
        }
    }
}
