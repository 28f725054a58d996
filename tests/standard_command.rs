//! `standard lint|list|show` and `explain` as their users see them.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn dualcert(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dualcert"));
    command.current_dir(folder);
    command
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn seen(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let code = output.status.code().expect("an exit code, not a signal");
    let stderr = String::from_utf8(output.stderr).unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    format!("exit code {code}\n--- standard error\n{stderr}--- standard output\n{stdout}")
}

/// A shipped standard with one passage changed, its examples beside it, in a folder of its own.
fn changed(stem: &str, passages: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let source = root().join("standards");
    let mut text = fs::read_to_string(source.join(format!("{stem}.json"))).unwrap();
    for (from, to) in passages {
        assert!(text.contains(from), "{stem} has no {from}");
        text = text.replacen(from, to, 1);
    }
    fs::write(folder.path().join("s.json"), text).unwrap();
    fs::copy(
        source.join(format!("{stem}.examples.json")),
        folder.path().join("s.examples.json"),
    )
    .unwrap();
    folder
}

fn lint(stem: &str, passages: &[(&str, &str)]) -> String {
    let folder = changed(stem, passages);
    seen(dualcert(folder.path()).args(["standard", "lint", "s.json"]))
}

#[test]
fn lint_says_what_is_wrong_where_and_what_to_write() {
    let stem = "magnet/ev_traction/a-1";
    let cases: [(&str, &[(&str, &str)]); 8] = [
        (
            "lint_wrong_unit",
            &[("\"x-unit\": \"T\"", "\"x-unit\": \"mT\"")],
        ),
        (
            "lint_limit_moved",
            &[("\"minimum\": 1.17", "\"minimum\": 1.16")],
        ),
        (
            "lint_misspelt",
            &[("\"minimum\": 1.17", "\"minimun\": 1.17")],
        ),
        (
            "lint_exchanged",
            &[(
                "\"minimum\": 18, \"maximum\": 28",
                "\"minimum\": 28, \"maximum\": 18",
            )],
        ),
        (
            "lint_unknown_word",
            &[("\"nominal_with_tolerance\"", "\"nominal_with_tolerence\"")],
        ),
        (
            "lint_digits",
            &[("\"minimum\": 1.17", "\"minimum\": 1.1700001")],
        ),
        (
            "lint_unknown_field",
            &[(
                "\"x-quantity\": \"magnet_measurement_method\"",
                "\"x-quantity\": \"magnet_measurment_method\"",
            )],
        ),
        (
            "lint_not_json",
            &[("\"minimum\": 1.17", "\"minimum\": 1.17,")],
        ),
    ];
    for (name, passages) in cases {
        insta::assert_snapshot!(name, lint(stem, passages));
    }
}

#[test]
fn lint_says_which_source_is_missing_and_which_clause_no_example_exercises() {
    let folder = changed("magnet/ev_traction/a-1", &[]);
    let path = folder.path().join("s.json");
    let mut standard: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    standard["$defs"]["a-m6"]
        .as_object_mut()
        .unwrap()
        .shift_remove("x-source");
    fs::write(&path, format!("{standard:#}")).unwrap();
    let command = || seen(dualcert(folder.path()).args(["standard", "lint", "s.json"]));
    insta::assert_snapshot!("lint_missing_source", command());

    let folder = changed("magnet/ev_traction/a-1", &[]);
    let path = folder.path().join("s.examples.json");
    let mut examples: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    examples["clauses"]
        .as_object_mut()
        .unwrap()
        .shift_remove("A-M6");
    fs::write(&path, format!("{examples:#}")).unwrap();
    let command = || seen(dualcert(folder.path()).args(["standard", "lint", "s.json"]));
    insta::assert_snapshot!("lint_no_example", command());
}

#[test]
fn lint_finds_motor_standards_that_no_machine_meets_together() {
    let folder = TempDir::new().unwrap();
    let source = root().join("standards/motor/ev_traction");
    for name in ["a-1.json", "a-1.examples.json"] {
        fs::copy(source.join(name), folder.path().join(name)).unwrap();
    }
    // B is held below what A asks for, with examples that say the same.
    let low = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(source.join(name)).unwrap()).unwrap()
    };
    let (mut standard, mut examples) = (low("b-1.json"), low("b-1.examples.json"));
    let field = "peak_torque_to_requirement_ratio";
    standard["$defs"]["p4"]["properties"][field] =
        serde_json::json!({"type": "number", "exclusiveMaximum": 1});
    examples["clauses"]["P4"] = serde_json::json!({
        "pass": {"one step below": {field: 0.999999}}, "fail": {"at the limit": {field: 1}}});
    examples["base"][field] = serde_json::json!(0.9);
    fs::write(folder.path().join("b-1.json"), format!("{standard:#}")).unwrap();
    fs::write(
        folder.path().join("b-1.examples.json"),
        format!("{examples:#}"),
    )
    .unwrap();
    let both = ["standard", "lint", "a-1.json", "b-1.json"];
    insta::assert_snapshot!(
        "lint_contradiction",
        seen(dualcert(folder.path()).args(both))
    );
    // Each by itself is sound.
    for one in ["a-1.json", "b-1.json"] {
        let code = dualcert(folder.path())
            .args(["standard", "lint", one])
            .output()
            .unwrap()
            .status;
        assert_eq!(code.code(), Some(0), "{one}");
    }
}

#[test]
fn lint_of_the_folder_passes_and_of_half_a_programme_does_not() {
    let all = dualcert(root())
        .args(["standard", "lint", "standards"])
        .output()
        .unwrap();
    assert_eq!(
        all.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&all.stderr)
    );
    let half = dualcert(root())
        .args(["standard", "lint", "standards/motor", "--format", "json"])
        .output()
        .unwrap();
    assert_eq!(half.status.code(), Some(4));
    let report: Value = serde_json::from_slice(&half.stdout).unwrap();
    let codes: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    assert!(
        codes.len() >= 9 && codes.iter().all(|code| *code == "standard-missing"),
        "{codes:?}"
    );
}

#[test]
fn lint_of_what_is_no_standard_is_no_success() {
    for (file, code) in [
        ("standards/record.schema.json", 4),
        ("designs", 4),
        ("standards/nothing.json", 3),
        ("designs/ev_traction.json", 4),
    ] {
        let output = dualcert(root())
            .args(["standard", "lint", file])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{file}");
        assert!(!output.stderr.is_empty(), "{file}");
    }
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("s.json"), b"{\n  \"a\": \"\xff\"}").unwrap();
    fs::write(folder.path().join("e.json"), "").unwrap();
    let told = |arguments: &[&str]| {
        let output = dualcert(folder.path()).args(arguments).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), told)
    };
    let (code, text) = told(&["standard", "lint", "s.json"]);
    assert!(code == Some(3) && text.contains("s.json:2:9: "), "{text}");
    let (code, text) = told(&["standard", "lint", "e.json"]);
    assert!(code == Some(4) && text.contains("`standards/`"), "{text}");
    fs::create_dir(folder.path().join("none")).unwrap();
    let (code, text) = told(&["standard", "list", "--standards", "none"]);
    assert!(
        code == Some(4) && text.contains("no standard was found"),
        "{text}"
    );
    // Nor is what the name makes no standard passed over beside one.
    let good = root().join("standards/motor/ev_traction/a-1.json");
    fs::copy(&good, folder.path().join("a-1.schema.json")).unwrap();
    let good = good.display().to_string();
    let (code, text) = told(&["standard", "lint", "a-1.schema.json", &good]);
    assert!(
        code == Some(4) && text.contains("a-1.schema.json is no standard"),
        "{text}"
    );
    // The sound file does not hide the one that cannot be read.
    let both = [
        "standard",
        "lint",
        "standards/motor/ev_traction/a-1.json",
        "nothing.json",
    ];
    assert_eq!(
        dualcert(root()).args(both).output().unwrap().status.code(),
        Some(3)
    );
}

#[test]
fn json_of_lint_names_clause_line_column_and_what_to_write() {
    let folder = changed(
        "magnet/ev_traction/a-1",
        &[("\"x-unit\": \"T\"", "\"x-unit\": \"mT\"")],
    );
    let output = dualcert(folder.path())
        .args(["standard", "lint", "s.json", "--format", "json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    insta::assert_json_snapshot!("lint_json", report);
}

#[test]
fn a_standard_reads_as_people_read_it() {
    let show = |format: &str| {
        let name = "ev_traction_magnet_b/0.1.0";
        seen(dualcert(root()).args(["standard", "show", name, "--format", format]))
    };
    insta::assert_snapshot!("show_human", show("human"));
    insta::assert_snapshot!("show_markdown", show("markdown"));
    let json = dualcert(root())
        .args([
            "standard",
            "show",
            "ev_traction_magnet_b/0.1.0",
            "--format",
            "json",
        ])
        .output()
        .unwrap();
    let shown: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(shown["clauses"].as_array().unwrap().len(), 8);
    assert_eq!(
        shown["clauses"][0]["field"],
        "heavy_rare_earth_mass_fraction_ratio"
    );
}

#[test]
fn the_list_holds_every_version_that_was_shipped() {
    let output = dualcert(root())
        .args(["standard", "list", "--format", "json"])
        .output()
        .unwrap();
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let standards = list["standards"].as_array().unwrap();
    let judging = standards.iter().filter(|one| one["judges"] == true).count();
    assert_eq!(judging % 5, 0);
    assert!(judging >= 15 && standards.len() > judging);
    let human = dualcert(root())
        .args(["standard", "list"])
        .output()
        .unwrap();
    let text = String::from_utf8(human.stdout).unwrap();
    assert_eq!(text.lines().count(), standards.len() + 1);
}

#[test]
fn names_that_are_none_are_told_with_the_nearest() {
    for (arguments, meant) in [
        (
            ["standard", "show", "ev_traction_moter_b"],
            "`ev_traction_motor_b`",
        ),
        (
            ["standard", "show", "ev_traction_motor_b/9.0.0"],
            "only 0.1.0",
        ),
        (
            ["explain", "--", "ev_traction_motor_b/9.0.0/P8"],
            "no version 9.0.0 of ev_traction_motor_b, only 0.1.0",
        ),
        (["explain", "--", "BM5"], "no standard has a clause `BM5`"),
        (
            ["explain", "--", "ev_traction_motor_b/P88"],
            "`ev_traction_motor_b/P8`",
        ),
    ] {
        let output = dualcert(root()).args(arguments).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(meant), "{told}");
    }
}

#[test]
fn a_clause_is_explained_with_its_history() {
    let explained = |name: &str| seen(dualcert(root()).args(["explain", name]));
    insta::assert_snapshot!("explain_history", explained("ev_traction_magnet_b/B-M10"));
    // As an older version had it, with what became of it since.
    let older = explained("ev_traction_motor_b/0.3.0/P8");
    assert!(older.contains("\nev_traction_motor_b 0.3.0\n"), "{older}");
    assert!(older.contains("      1.0.0 (published)"), "{older}");
    let pins = explained("ev_traction_motor_b/0.1.0/0");
    assert!(pins.contains("\nev_traction_motor_b 0.1.0\n"), "{pins}");
    let every = explained("P8");
    assert!(every.matches("history").count() >= 6, "{every}");
}

/// Pipelines read what `lint` finds in every form in which they read what `check` finds.
#[test]
fn lint_speaks_every_form_of_a_pipeline() {
    let stem = "magnet/ev_traction/a-1";
    let folder = changed(stem, &[("\"x-unit\": \"T\"", "\"x-unit\": \"m|<T>\"")]);
    let said = |format: &str| {
        let mut command = dualcert(folder.path());
        let output = command
            .args(["standard", "lint", "s.json", "--format", format])
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), told.as_str()),
            (Some(4), ""),
            "{format}"
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let json = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let lint = json(&said("json"));
    let finding = &lint["findings"][0];
    let place = &finding["place"];
    assert_eq!(finding["code"], "standard-wrong-unit");

    let sarif = json(&said("sarif"));
    // A pattern of the schema has a bracket too many, which no engine reads.
    let schema = include_str!("vendored/sarif-schema-2.1.0.json");
    let readable = schema.replace("[a-zA-Z]{2}]?$", r"[a-zA-Z]{2}\\]?$");
    let schema = jsonschema::draft7::new(&json(&readable)).unwrap();
    let faults: Vec<String> = schema.iter_errors(&sarif).map(|e| e.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], finding["code"]);
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "s.json");
    assert_eq!(location["region"]["startLine"], place["line"]);

    let junit = said("junit");
    let suites = junit_parser::from_reader(junit.as_bytes()).unwrap();
    assert_eq!((suites.tests, suites.failures), (1, 1));
    assert!(junit.contains("m|&lt;T&gt;"), "{junit}");

    let github = said("github");
    let head = format!("::error file=s.json,line={},", place["line"]);
    assert!(github.starts_with(&head), "{github}");
    assert!(
        github.ends_with("0 of 1 standards pass, 1 findings\n"),
        "{github}"
    );

    let lines = said("jsonl");
    let line = json(lines.lines().next().unwrap());
    assert_eq!(
        (lines.lines().count(), &line["passes"]),
        (1, &Value::from(false))
    );
    assert_eq!(&line["findings"][0], finding);
    assert!(said("markdown").contains("m\\|\\<T\\>"));

    // Without a finding a file is a case that passes.
    let whole = dualcert(root())
        .args(["standard", "lint", "standards", "--format", "junit"])
        .output()
        .unwrap();
    let suites = junit_parser::from_reader(whole.stdout.as_slice()).unwrap();
    assert_eq!(suites.failures, 0);
    assert!(suites.tests >= 30, "{}", suites.tests);
}

/// Whatever number a standard shows can be asked for: clause 0 and what a market lists beside its clauses too.
#[test]
fn every_number_that_a_standard_shows_is_explained() {
    let all = dualcert::standard::versions(None).unwrap();
    let mut asked = vec![];
    for standard in &all {
        let series = &standard.header.series;
        asked.push(format!("{series}/0"));
        asked.extend(
            standard
                .clauses
                .iter()
                .map(|c| format!("{series}/{}", c.id)),
        );
        if let Some(market) = &standard.market {
            let open = market.open.iter().map(|open| &open.entry);
            let entries = open.chain(market.outside.iter().map(|rule| &rule.entry));
            asked.extend(entries.map(|entry| format!("{series}/{}", entry.id)));
        }
    }
    asked.sort();
    asked.dedup();
    let known = |name: &str| {
        !dualcert::lifecycle::explain(&all, name, None).is_empty()
            || !dualcert::lifecycle::beside(&all, name).is_empty()
    };
    // A clause that a newer version has no more is told by the version that had it.
    let newest = |name: &&String| {
        let (series, id) = name.split_once('/').unwrap();
        let last = all.iter().rfind(|s| s.header.series == series).unwrap();
        id == "0" || last.market.is_some() || last.clauses.iter().any(|c| c.id == id)
    };
    let unknown: Vec<&String> = asked
        .iter()
        .filter(newest)
        .filter(|name| !known(name))
        .collect();
    assert_eq!(unknown, Vec::<&String>::new());
    let explained = |arguments: &[&str]| seen(dualcert(root()).arg("explain").args(arguments));
    insta::assert_snapshot!("explain_open", explained(&["market_cn/CN-10"]));
    insta::assert_snapshot!("explain_clause_0", explained(&["ev_traction_magnet_b/0"]));
    let on_a_design = explained(&["market_cn/CN-10", "--design", "designs/servo.json"]);
    assert!(on_a_design.starts_with("exit code 2"), "{on_a_design}");
    assert!(on_a_design.contains("leave --design out"), "{on_a_design}");
}
