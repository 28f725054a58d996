//! Standard input, files, threads, materials, one point.

use super::*;

#[test]
fn a_design_may_come_from_standard_input() {
    let (code, stdout, _) = outcome(&["check", "-", "--format", "json"], &with_ids(&["meets"]));
    let run: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &run["files"][0]["file"]), (0, &json!("-")));
}

#[test]
fn output_and_table_go_to_files() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets", "weak"]);
    let path = |name: &str| folder.0.path().join(name).to_string_lossy().into_owned();
    let (report, table) = (path("report.txt"), path("records.csv"));
    let arguments = ["check", &file, "--output", &report, "--csv", &table];
    let (code, stdout, _) = outcome(&arguments, "");
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(fs::read_to_string(report).unwrap().contains("meets both"));
    let table = fs::read_to_string(table).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 1 + 2 * 3);
    assert!(
        lines[0].starts_with("file,candidate,record,record_version,"),
        "{}",
        lines[0]
    );
    let torque = column(&lines, "peak_torque_to_requirement_ratio");
    assert_eq!(torque[4], "0.96");
    assert_eq!(
        column(&lines, "peak_torque_to_requirement_ratio_uncertainty")[4],
        "0.02"
    );
    assert_eq!(torque[5], "");
}

/// One run gives every form, each as if it were the only one.
#[test]
fn other_forms_go_to_files_beside_the_report() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets", "weak"]);
    let path = |name: &str| folder.0.path().join(name).to_string_lossy().into_owned();
    let forms = [
        "human", "json", "jsonl", "sarif", "junit", "github", "markdown",
    ];
    let also: Vec<String> = forms
        .iter()
        .map(|form| format!("--also={form}={}", path(form)))
        .collect();
    let mut arguments = vec!["check", &file];
    arguments.extend(also.iter().map(String::as_str));
    let (code, stdout, stderr) = outcome(&arguments, "");
    assert_eq!((code, stderr.as_str()), (1, ""));
    assert_eq!(stdout, outcome(&["check", &file], "").1);
    for form in forms {
        let alone = outcome(&["check", &file, "--format", form], "").1;
        assert_eq!(fs::read_to_string(path(form)).unwrap(), alone, "{form}");
    }
}

#[test]
fn a_form_without_file_a_file_without_form_and_a_file_twice_are_refused() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let refused = |also: &str, words: &str| {
        let (code, _, stderr) = outcome(&["check", &file, "--also", also], "");
        assert_eq!(code, 2, "{also}");
        assert!(stderr.contains(words), "{also}: {stderr}");
    };
    refused("sarif", "as in sarif=check.sarif");
    refused("sarif=", "no file");
    refused("xml=a.xml", "no form `xml`, only human, json");
    let target = folder.0.path().join("twice").to_string_lossy().into_owned();
    for first in ["--output", "--csv"] {
        let also = format!("json={target}");
        let arguments = ["check", &file, first, &target, "--also", &also];
        let (code, _, stderr) = outcome(&arguments, "");
        assert_eq!(code, 2);
        assert!(stderr.contains("name the same file"), "{stderr}");
    }
    // However the path is written.
    let folder_name = folder.0.path().display().to_string();
    let detour = format!("json={folder_name}/./twice");
    let arguments = ["check", &file, "--output", &target, "--also", &detour];
    assert!(outcome(&arguments, "").2.contains("name the same file"));
    let also = format!("sarif={file}");
    assert_eq!(code(&["check", &file, "--also", &also]), 2);
    assert!(!folder.0.path().join("twice").exists());
}

/// Designs in JSON Lines, from a file or from standard input, are told apart in every form.
#[test]
fn designs_of_one_file_are_told_apart() {
    let line = |name: &str, id: &str| {
        let mut design: Value = serde_json::from_str(&with_ids(&[id])).unwrap();
        design["name"] = json!(name);
        design.to_string()
    };
    let all = [
        line("one", "slow"),
        String::new(),
        line("two", "slow"),
        "{".to_owned(),
    ];
    let all = all.join("\n");
    let folder = Folder::new();
    let file = folder.file("many.jsonl", &all);
    for (path, stdin) in [(file.as_str(), ""), ("-", all.as_str())] {
        let said = |format: &str| outcome(&["check", path, "--format", format], stdin).1;
        let report: Value = serde_json::from_str(&said("json")).unwrap();
        let lines: Vec<&Value> = report["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| &f["line"])
            .collect();
        assert_eq!(lines, [1, 3, 4]);
        for number in [1, 3, 4] {
            assert!(said("junit").contains(&format!("testsuite name=\"{path}:{number}")));
            assert!(said("markdown").contains(&format!("many.jsonl:{number}")) || path == "-");
        }
        let sarif: Value = serde_json::from_str(&said("sarif")).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        let mut prints: Vec<String> = results
            .iter()
            .map(|r| r["partialFingerprints"].to_string())
            .collect();
        let count = prints.len();
        prints.sort();
        prints.dedup();
        assert_eq!((prints.len(), count > 2), (count, true));
    }
    // One document over several lines is no JSON Lines, nor is one line.
    let report: Value =
        serde_json::from_str(&outcome(&["check", "-", "--format", "json"], &with_ids(&["slow"])).1)
            .unwrap();
    assert_eq!(report["files"][0].get("line"), None);
}

/// Cells of a column of a table without quoted commas in front of it.
fn column<'t>(lines: &[&'t str], name: &str) -> Vec<&'t str> {
    let index = lines[0].split(',').position(|cell| cell == name).unwrap();
    lines[1..]
        .iter()
        .map(|line| line.split(',').nth(index).unwrap())
        .collect()
}

#[test]
fn timings_stand_on_standard_error_and_change_no_report() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let plain = outcome(&["check", &file], "");
    let timed = outcome(&["check", &file, "--timings"], "");
    assert_eq!(plain.1, timed.1);
    assert!(
        timed.2.contains("200.5 standard equivalents"),
        "{}",
        timed.2
    );
    let total = timed.2.lines().last().unwrap();
    assert!(
        total.starts_with("total: files 1, candidates 1, "),
        "{total}"
    );
    assert!(total.contains(" candidates/s"), "{total}");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = Folder::new();
    let files: Vec<String> = (0..6)
        .map(|index| folder.design(&format!("{index}.json"), &["meets", "weak", "breaks"]))
        .collect();
    let arguments: Vec<&str> = ["check", "--format", "json"]
        .into_iter()
        .chain(files.iter().map(String::as_str))
        .collect();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| outcome(&arguments, ""))
    };
    assert_eq!(with(1), with(2));
}

/// Takes a file away as soon as something is written.
struct Removing {
    path: PathBuf,
    written: Vec<u8>,
}

impl Write for &mut Removing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if String::from_utf8_lossy(bytes).contains("0000.json") {
            let _ = fs::remove_file(&self.path);
        }
        self.written.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What was judged is written, and let go, before the last file is opened.
#[test]
fn a_report_is_written_file_by_file() {
    for (format, last) in [("human", "could not be read"), ("jsonl", "unreadable")] {
        let folder = Folder::new();
        // More than are open at a time.
        let count = 8 * rayon::current_num_threads() + 4;
        let files: Vec<String> = (0..count)
            .map(|index| folder.design(&format!("{index:04}.json"), &["meets"]))
            .collect();
        let mut out = Removing {
            path: files[count - 1].clone().into(),
            written: Vec::new(),
        };
        let mut streams = Streams {
            stdin: Box::new(io::empty()),
            stdout: Box::new(&mut out),
            stderr: Box::new(io::sink()),
            width: None,
            progress: false,
        };
        let line = ["dualcert", "check", "--format", format];
        let line = line.into_iter().chain(files.iter().map(String::as_str));
        let code = run(line.map(OsString::from), &mut streams, &Double::new());
        drop(streams);
        let text = String::from_utf8(out.written).unwrap();
        let place = |index: usize| text.find(&files[index]).unwrap();
        let in_order = (1..count).all(|index| place(index - 1) < place(index));
        assert!(in_order, "{text}");
        assert_eq!(code, 3, "{format}");
        assert!(text.contains(last), "{format}: {text}");
    }
}

#[test]
fn a_point_is_one_object_with_its_winding() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets", "breaks"]);
    let solve = |id| {
        let asked = [
            "solve",
            &file,
            "--candidate",
            id,
            "--id-a",
            "-100",
            "--iq-a",
            "200",
        ];
        let more = ["--speed-rpm", "3000", "--pathway", "B", "--format", "json"];
        let all: Vec<&str> = asked.into_iter().chain(more).collect();
        outcome(&all, "")
    };
    let (code, stdout, _) = solve("meets");
    let point: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(code, 0);
    assert_eq!(point["torque_n_m"], json!(200.0));
    assert_eq!(point["magnet_temperature_c"], json!(120.0));
    assert_eq!(
        (&point["pathway"], &point["resolution"]),
        (&json!("b"), &json!("standard"))
    );
    let winding = &point["winding"];
    assert_eq!(winding["slots_per_pole_and_phase"], json!(2.0));
    assert_eq!(winding["slot_table"][2], json!("C-"));
    assert_eq!(
        winding["factors"][0],
        json!({"order": 4, "electrical_harmonic": 1.0, "factor": 0.965926})
    );
    // Odd harmonics up to the thirteenth, one order each.
    assert_eq!(winding["factors"].as_array().unwrap().len(), 7);
    let (code, stdout, stderr) = solve("breaks");
    assert_eq!((code, stdout.as_str()), (5, ""));
    assert!(stderr.contains("did not converge"), "{stderr}");
    assert_eq!(solve("nobody").0, 3);
}

/// A stream that fails in one way.
struct Failing(io::ErrorKind);

impl Write for Failing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_reader_that_has_gone_changes_no_verdict_and_a_full_disk_is_told() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["weak"]);
    let failing = |kind: io::ErrorKind| {
        let mut stderr = Vec::new();
        let mut streams = Streams {
            stdin: Box::new(io::empty()),
            stdout: Box::new(Failing(kind)),
            stderr: Box::new(&mut stderr),
            width: None,
            progress: false,
        };
        let line = ["dualcert", "check", &file].map(OsString::from);
        let code = run(line, &mut streams, &Double::new());
        drop(streams);
        (code, String::from_utf8(stderr).unwrap())
    };
    assert_eq!(failing(io::ErrorKind::BrokenPipe), (1, String::new()));
    let (code, message) = failing(io::ErrorKind::StorageFull);
    assert_eq!(code, 3);
    assert!(
        message.contains("cannot write to standard output"),
        "{message}"
    );
}

#[test]
fn a_file_that_is_read_is_never_written() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let before = fs::read(&file).unwrap();
    let detour: PathBuf = folder.0.path().join(".").join("d.json");
    for flag in ["--output", "--csv"] {
        assert_eq!(code(&["check", &file, flag, &detour.to_string_lossy()]), 2);
    }
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn materials_are_listed_and_shown() {
    let (code, listed, _) = outcome(
        &[
            "material",
            "list",
            "--family",
            "ndfeb",
            "--max-heavy-rare-earth-ratio",
            "0.01",
        ],
        "",
    );
    assert_eq!(code, 0);
    assert!(
        listed.contains("F42SH") && !listed.contains("N42UH"),
        "{listed}"
    );
    let (code, shown, _) = outcome(&["material", "show", "N42UH", "--format", "json"], "");
    assert_eq!(code, 0);
    assert!(serde_json::from_str::<Value>(&shown).is_ok());
    let (code, _, stderr) = outcome(&["material", "show", "N42UHH"], "");
    assert_eq!(code, 3);
    assert!(stderr.contains("N42UH"), "{stderr}");
    let ferrite = ["material", "list", "--family", "unobtainium"];
    assert_eq!(outcome(&ferrite, "").0, 2);
}

#[test]
fn a_user_s_materials_are_added_or_refused() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let empty = folder.file("empty.json", "{}");
    assert_eq!(code(&["check", &file, "--materials", &empty]), 0);
    let wrong = folder.file("wrong.json", "{\"magnet\": []}");
    let (code, stdout, stderr) = outcome(&["check", &file, "--materials", &wrong], "");
    assert_eq!(code, 3);
    assert!(
        stdout.contains("wrong.json: refused, 1 finding"),
        "{stdout}"
    );
    assert!(stderr.contains("wrong.json:1:"), "{stderr}");
}
