//! The forms of the report that pipelines read, each by a reader that is not ours.

use super::*;
use junit_parser::TestStatus;
use std::collections::BTreeSet;

const SARIF_SCHEMA: &str = include_str!("../../../tests/vendored/sarif-schema-2.1.0.json");

/// Every kind of thing that can stand in the way: five candidates, a file that is no JSON, one that is
/// not there, one whose sector has no standard. The names of the files do not depend on the folder.
fn troubled() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let ids = ["meets", "weak", "one-country", "b-breaks", "breaks"];
    let lifts = with_ids(&["meets"]).replace("ev_traction", "lifts");
    let files = vec![
        folder.design("d.json", &ids),
        folder.file("broken <&\".json", "{\"name\": 1, \"name\": 2}"),
        folder.0.path().join("none.json").display().to_string(),
        folder.file("lifts.json", &lifts),
    ];
    (folder, files)
}

/// The report in a form, with the folder's path taken out.
fn report(format: &str) -> (u8, String) {
    let (folder, files) = troubled();
    let named: Vec<&str> = files.iter().map(String::as_str).collect();
    let arguments = [&["check", "--format", format][..], &named].concat();
    let (code, text, _) = outcome(&arguments, "");
    let path = folder.0.path().to_string_lossy().into_owned() + "/";
    (code, text.replace(&path, ""))
}

fn sarif() -> (u8, Value) {
    let (code, text) = report("sarif");
    (code, serde_json::from_str(&text).unwrap())
}

#[test]
fn sarif_follows_its_official_schema() {
    // One pattern of the published schema holds a stray bracket, which some readers of patterns take
    // literally and ours refuses; escaped it means what those take it for.
    let readable = SARIF_SCHEMA.replace("[a-zA-Z]{2}]?$", r"[a-zA-Z]{2}\\]?$");
    let schema: Value = serde_json::from_str(&readable).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let (code, document) = sarif();
    let wrong: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let run = &document["runs"][0];
    assert_eq!(run["invocations"][0]["exitCode"], json!(code));
    assert_eq!(run["invocations"][0]["executionSuccessful"], json!(false));
    // The schema can refuse.
    let mut broken = document.clone();
    broken["runs"][0]["results"][0]["level"] = json!("terrible");
    assert!(!validator.is_valid(&broken));
}

#[test]
fn every_sarif_result_has_a_region_a_rule_and_a_fingerprint_of_its_own() {
    let (_, document) = sarif();
    let run = &document["runs"][0];
    let results = run["results"].as_array().unwrap();
    let mut fingerprints = BTreeSet::new();
    for result in results {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(region[key].as_u64().unwrap() >= 1, "{result:#}");
        }
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        let rule = &run["tool"]["driver"]["rules"][rule];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(!rule["help"]["text"].as_str().unwrap().is_empty());
        let fingerprint = &result["partialFingerprints"]["dualcert/v1"];
        assert!(fingerprints.insert(fingerprint.to_string()), "{result:#}");
    }
    let verdicts: BTreeSet<&str> = results
        .iter()
        .map(|result| result["properties"]["verdict"].as_str().unwrap())
        .collect();
    let all = BTreeSet::from(["refused", "failed", "undecided", "could_not_judge"]);
    assert_eq!(verdicts, all);
    // Whatever blocks is an error: a reader that knows levels only passes nothing that is open.
    assert!(results.iter().all(|result| result["level"] == "error"));
}

#[test]
fn a_region_is_the_value_to_change() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["one-country"]);
    let (_, text, _) = outcome(&["check", "--format", "sarif", &file], "");
    let document: Value = serde_json::from_str(&text).unwrap();
    let results = document["runs"][0]["results"].as_array().unwrap();
    let result = results
        .iter()
        .find(|result| result["properties"]["field"] == "largest_country_share_ratio")
        .unwrap();
    assert_eq!(
        result["properties"]["remedy"][0],
        json!("supply_declaration")
    );
    let region = &result["locations"][0]["physicalLocation"]["region"];
    let text = fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let at = |key: &str| region[key].as_u64().unwrap() as usize;
    let first = lines[at("startLine") - 1];
    assert!(first.trim_start().starts_with("\"supply\": {"), "{first}");
    assert_eq!(&first[at("startColumn") - 1..], "{");
    assert_eq!(lines[at("endLine") - 1][..at("endColumn") - 1].trim(), "}");
    let start = lines[..at("startLine")].iter().rev();
    let pathway = start.map(|line| line.trim());
    let mut headed = pathway.filter(|line| line.starts_with("\"a\": {") || *line == "\"b\": {");
    assert_eq!(headed.next(), Some("\"b\": {"));
}

#[test]
fn rules_and_fingerprints_outlast_other_numbers_and_lines() {
    let prints = |text: &str| {
        let (_, report, _) = outcome(&["check", "--format", "sarif", "-"], text);
        let document: Value = serde_json::from_str(&report).unwrap();
        let results = document["runs"][0]["results"].as_array().unwrap().clone();
        let of = |result: &Value| {
            (
                result["ruleId"].to_string(),
                result["partialFingerprints"].to_string(),
            )
        };
        results.iter().map(of).collect::<BTreeSet<_>>()
    };
    let text = with_ids(&["weak"]);
    let moved = text.replacen('{', "{\n\n\n", 1);
    assert_eq!(prints(&text), prints(&moved));
    assert_ne!(prints(&text), prints(&with_ids(&["one-country"])));
}

#[test]
fn a_pinned_application_is_not_looked_for_in_the_design() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["weak"]);
    let mut block = serde_json::from_str::<Value>(VALID).unwrap()["application"].clone();
    block["requirement"]["peak_torque_n_m"] = json!(310.5);
    let pinned = folder.file("pinned.json", &block.to_string());
    let pointers = |arguments: &[&str]| {
        let (_, run) = checked_json(arguments);
        let remedies = run["files"][0]["candidates"][0]["remedies"].clone();
        let mut all = remedies.as_array().unwrap().clone();
        all.retain(|remedy| {
            let pointer = remedy["pointer"].as_str().unwrap();
            pointer.starts_with("/application")
        });
        all.len()
    };
    assert!(pointers(&[&file]) > 0);
    assert_eq!(pointers(&[&file, "--application", &pinned]), 0);
}

#[test]
fn junit_is_read_by_another_program_case_by_case() {
    let (_, text) = report("junit");
    let suites = junit_parser::from_reader(text.as_bytes()).unwrap();
    let (code, run) = {
        let (code, text) = report("json");
        (code, serde_json::from_str::<Value>(&text).unwrap())
    };
    assert_eq!(code, 5);
    let mut read = [0; 4];
    for case in suites.suites.iter().flat_map(|suite| &suite.cases) {
        let slot = match &case.status {
            TestStatus::Success => 0,
            TestStatus::Failure(_) => 1,
            TestStatus::Error(_) => 2,
            TestStatus::Skipped(_) => 3,
        };
        read[slot] += 1;
    }
    // Counted again from the JSON, verdict by verdict.
    let mut counted = [0; 4];
    for file in run["files"].as_array().unwrap() {
        counted[2] += file["findings"].as_array().unwrap().len();
        for candidate in file["candidates"].as_array().unwrap() {
            counted[2] += candidate["notes"].as_array().unwrap().len();
            for judgement in candidate["judgements"].as_array().unwrap() {
                match (judgement["reason"].is_null(), &judgement["verdict"]) {
                    (true, _) => {}
                    (false, verdict) if verdict == "failed" => counted[1] += 1,
                    _ => counted[2] += 1,
                }
                for clause in judgement["clauses"].as_array().unwrap() {
                    let shall = clause["level"] == "shall";
                    let slot = match clause["verdict"].as_str().unwrap() {
                        "met" => 0,
                        "failed" | "undecided" if shall => 1,
                        "could_not_judge" if shall => 2,
                        _ => 3,
                    };
                    counted[slot] += 1;
                }
            }
        }
    }
    assert_eq!(read, counted);
    assert!(read.iter().all(|count| *count > 0), "{read:?}");
    assert_eq!(
        [suites.failures, suites.errors],
        [counted[1] as u64, counted[2] as u64]
    );
    let names: Vec<&str> = suites.suites.iter().map(|s| s.name.as_str()).collect();
    assert!(names.contains(&"d.json weak motor B"), "{names:?}");
    assert!(names.contains(&"broken <&\".json"), "{names:?}");
}

#[test]
fn github_annotations_are_worst_first_and_one_a_line() {
    let (code, text) = report("github");
    assert_eq!(code, 5);
    let lines: Vec<&str> = text.lines().collect();
    let (last, annotations) = lines.split_last().unwrap();
    assert!(last.starts_with("6 candidates in 4 files"), "{last}");
    let with = |word: &str| annotations.iter().position(|line| line.contains(word));
    let order = [
        with("duplicate key"),
        with("::weak: undecided").or(with("undecided: motor B")),
    ];
    assert!(order[0] < order[1], "{text}");
    assert!(annotations.iter().all(|line| line.starts_with("::error ")));
    assert!(annotations[0].contains("line="), "{}", annotations[0]);
}

#[test]
fn lines_say_what_the_document_says() {
    let (code, text) = report("jsonl");
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (_, document) = report("json");
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(lines.len(), 1 + 4 + 1);
    assert_eq!(lines[0]["run"]["tool"], document["tool"]);
    for (line, file) in lines[1..5]
        .iter()
        .zip(document["files"].as_array().unwrap())
    {
        assert_eq!(&line["file"], file);
    }
    assert_eq!(lines[5]["summary"], document["summary"]);
    assert_eq!(lines[5]["summary"]["exit_code"], json!(code));
}

#[test]
fn every_form_has_the_same_exit_code_and_the_last_word_of_each() {
    let expected = report("human").0;
    assert_eq!(expected, 5);
    for format in ["json", "jsonl", "sarif", "junit", "github", "markdown"] {
        assert_eq!(report(format).0, expected, "{format}");
    }
}

#[test]
fn the_forms_as_people_see_them() {
    insta::assert_snapshot!("github", report("github").1);
    insta::assert_snapshot!("markdown", report("markdown").1);
}
