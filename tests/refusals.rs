//! Wrong designs, hostile JSON and wrong usage: the message and the exit code that a user sees.
//!
//! Every case is refused before anything is evaluated. Files in `tests/refusals/` are no designs; the
//! other cases are the valid design in `tests/refusals/valid/` with one passage changed. That one is
//! frozen, so that a new shipped design does not move every line number here.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use std::path::Path;

const VALID: &str = include_str!("refusals/valid/two-candidates.json");
const VALID_FILE: &str = "tests/refusals/valid/two-candidates.json";

fn dualcert() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dualcert"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// What a user sees, with the exit code in front. The report itself is left out when it is JSON or
/// help, whose form other tests hold.
fn seen(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let code = output.status.code().expect("an exit code, not a signal");
    let stderr = String::from_utf8(output.stderr).unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    format!("exit code {code}\n--- standard error\n{stderr}--- standard output\n{stdout}")
}

/// The valid design with one passage changed, judged from standard input.
fn changed(name: &str, from: &str, to: &str) {
    assert!(
        VALID.contains(from),
        "{name}: the valid design has no {from}"
    );
    let text = VALID.replacen(from, to, 1);
    let seen = seen(dualcert().args(["check", "-"]).write_stdin(text));
    insta::assert_snapshot!(name, seen);
}

#[test]
fn json_that_is_no_design() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refusals");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 15);
    for name in names {
        let file = format!("tests/refusals/{name}");
        let stem = name.trim_end_matches(".json");
        insta::assert_snapshot!(
            format!("json_{stem}"),
            seen(dualcert().args(["check", &file]))
        );
    }
}

#[test]
fn designs_of_the_wrong_form() {
    changed("unknown_key", "\"description\"", "\"descripton\"");
    changed(
        "unknown_key_without_a_neighbour",
        "\"description\"",
        "\"colour\"",
    );
    changed(
        "wrong_unit",
        "\"air_gap_mm\": 0.75",
        "\"air_gap_m\": 0.00075",
    );
    changed("unit_left_out", "\"peak_torque_n_m\"", "\"peak_torque\"");
    changed(
        "temperature_in_kelvin",
        "\"magnet_temperature_hot_c\": 120",
        "\"magnet_temperature_hot_k\": 393.15",
    );
    changed(
        "string_for_number",
        "\"air_gap_mm\": 0.75",
        "\"air_gap_mm\": \"0.75\"",
    );
    changed(
        "null_for_number",
        "\"air_gap_mm\": 0.75",
        "\"air_gap_mm\": null",
    );
    changed("missing_key", "\"air_gap_mm\": 0.75,", "");
    changed("unknown_topology", "\"ipm\": {", "\"imp\": {");
    changed(
        "unknown_word",
        "\"connection\": \"star\"",
        "\"connection\": \"Y\"",
    );
    changed(
        "fraction_of_a_slot",
        "\"slot_count\": 48",
        "\"slot_count\": 48.5",
    );
    changed(
        "negative_gap_count",
        "\"pole_count\": 8",
        "\"pole_count\": -8",
    );
    changed(
        "zero_requirement",
        "\"peak_torque_n_m\": 300",
        "\"peak_torque_n_m\": 0",
    );
    changed(
        "country_by_name",
        "\"country\": \"CN\"",
        "\"country\": \"China\"",
    );
    changed(
        "other_version",
        "\"design_version\": \"1.0\"",
        "\"design_version\": \"9.0\"",
    );
}

#[test]
fn designs_that_make_no_sense() {
    changed(
        "duplicate_id",
        "\"id\": \"ipm-low-dy\"",
        "\"id\": \"ipm-incumbent\"",
    );
    changed(
        "cold_above_hot",
        "\"magnet_temperature_cold_c\": -40",
        "\"magnet_temperature_cold_c\": 140",
    );
    changed(
        "base_above_maximum",
        "\"base_speed_rpm\": 1500",
        "\"base_speed_rpm\": 15000",
    );
    changed(
        "shares_above_the_whole",
        "\"share_ratio\": 0.3",
        "\"share_ratio\": 0.4",
    );
    changed(
        "no_such_day",
        "\"design_version\"",
        "\"as_of\": \"2025-02-29\", \"design_version\"",
    );
}

#[test]
fn pockets_that_cannot_be_built() {
    let before_opening = "\"opening\": {";
    for (name, key) in [
        ("pieces_across_a_v", "\"magnet_pieces_per_pole\": 3"),
        (
            "channel_without_turn",
            "\"pocket_end\": {\"channel\": {\"width_mm\": 3.0}}",
        ),
        (
            "span_and_width",
            "\"pocket_end\": {\"square\": {\"pocket_width_mm\": 20.0}}",
        ),
    ] {
        changed(name, before_opening, &format!("{key}, {before_opening}"));
    }
    changed("web_left_out", "\"interpolar_web_width_mm\": 14.0,", "");
    changed("no_opening", "\"outer_span_mm\": 42.0", "");
}

#[test]
fn machines_that_cannot_be_built() {
    changed(
        "retention_of_buried_magnets",
        "\"description\"",
        "\"retention\": {\"bond\": {\"strength_mpa\": 10, \"bonded_share_ratio\": 0.9}}, \"description\"",
    );
    changed(
        "negative_bridge",
        "\"bridge_thickness_mm\": 1.5",
        "\"bridge_thickness_mm\": -0.1",
    );
    changed(
        "slots_overlap",
        "\"top_width_mm\": 5.0",
        "\"top_width_mm\": 11.0",
    );
    changed(
        "magnet_too_wide",
        "\"magnet_width_mm\": 18.9",
        "\"magnet_width_mm\": 30.0",
    );
    changed("odd_poles", "\"pole_count\": 8", "\"pole_count\": 7");
    changed(
        "unbalanced_winding",
        "\"slot_count\": 48",
        "\"slot_count\": 44",
    );
    changed(
        "unequal_paths",
        "\"parallel_paths\": 1",
        "\"parallel_paths\": 3",
    );
    changed(
        "coils_that_join_no_phase",
        "\"coil_pitch_slots\": 6",
        "\"coil_pitch_slots\": 1",
    );
    changed("slot_overfull", "\"strands\": 13", "\"strands\": 130");
}

#[test]
fn windings_that_do_not_work() {
    changed(
        "six_phases_that_are_unequal",
        "\"parallel_paths\": 1",
        "\"phase_sets\": 3, \"parallel_paths\": 1",
    );
    changed(
        "a_slot_table_with_slips",
        "\"parallel_paths\": 1",
        "\"slot_table\": [\"A+ A+\", \"D-\", \"b+\"], \"parallel_paths\": 1",
    );
    let with_slots = |from: usize, to: &str| {
        let mut slots: Vec<&str> = "A+ A+ C- C- B+ B+ A- A- C+ C+ B- B-".split(' ').collect();
        slots[from] = to;
        let sound = "A+ A+ C- C- B+ B+ A- A- C+ C+ B- B-".split(' ');
        let all: Vec<&str> = slots.into_iter().chain(sound.cycle().take(36)).collect();
        format!("\"slot_table\": {all:?}, \"parallel_paths\": 1")
    };
    let paths = "\"parallel_paths\": 1";
    changed("a_slot_table_that_stays_open", paths, &with_slots(2, "C+"));
    changed("a_slot_table_with_an_empty_slot", paths, &with_slots(2, ""));
    let exchanged = with_slots(2, "C-").replacen("\"C-\", \"B+\"", "\"B+\", \"C-\"", 1);
    changed("a_slot_table_out_of_balance", paths, &exchanged);
    let sound = with_slots(2, "C-");
    changed(
        "a_slot_table_with_short_coils",
        "\"coil_pitch_slots\": 6,\n        \"parallel_paths\": 1",
        &format!("\"coil_pitch_slots\": 2, {sound}"),
    );
}

#[test]
fn conductors_that_cannot_be() {
    let strand = "\"strand_diameter_mm\": 0.912";
    let bar = |corner: &str| format!("\"bar\": {{\"width_mm\": 4.2, \"height_mm\": 3{corner}}}");
    changed("strand_and_bar", strand, &format!("{strand}, {}", bar("")));
    changed(
        "neither_strand_nor_bar",
        ", \"strand_diameter_mm\": 0.912",
        "",
    );
    changed("bars_that_overfill", strand, &bar(""));
    changed("bar_too_round", strand, &bar(", \"corner_radius_mm\": 1.6"));
    changed(
        "flat_bar",
        strand,
        "\"bar\": {\"width_mm\": 4.2, \"height_mm\": 0}",
    );
}

#[test]
fn declarations_that_cannot_be_true() {
    changed(
        "invented_country",
        "\"country\": \"AU\"",
        "\"country\": \"XX\"",
    );
    changed(
        "magnet_too_thick",
        "\"heavy_rare_earth_declared\": true",
        "\"heavy_rare_earth_declared\": true, \"dimensions\": {\"thickness_tolerance_mm\": 0.05, \"coating_thickness_mm\": 0.02}",
    );
    changed(
        "stock_for_ever",
        "\"stock_days\": 45",
        "\"stock_days\": 1e300",
    );
}

#[test]
fn materials_that_nobody_knows() {
    changed(
        "unknown_magnet",
        "\"grade\": \"N42UH\"",
        "\"grade\": \"N42HU\"",
    );
    changed(
        "unknown_steel",
        "\"grade\": \"M19_29G\"",
        "\"grade\": \"M19\"",
    );
    changed(
        "unknown_conductor",
        "\"material\": \"copper\"",
        "\"material\": \"cooper\"",
    );
}

#[test]
fn everything_wrong_is_told_at_once() {
    let text = VALID
        .replacen("\"air_gap_mm\": 0.75", "\"air_gap_m\": 0.00075", 1)
        .replacen("\"slot_count\": 48", "\"slot_count\": \"48\"", 1)
        .replacen("\"grade\": \"N42UH\"", "\"grad\": \"N42UH\"", 1);
    let seen = seen(dualcert().args(["check", "-"]).write_stdin(text));
    insta::assert_snapshot!("several_at_once", seen);
}

#[test]
fn ten_megabytes_of_nesting() {
    for (name, opening) in [("nested_lists", "["), ("nested_objects", "{\"a\":")] {
        let text = opening.repeat(10_000_000 / opening.len());
        let seen = seen(dualcert().args(["check", "-"]).write_stdin(text));
        insta::assert_snapshot!(name, seen);
    }
}

#[test]
fn more_bytes_than_a_document_may_have() {
    let text = format!("{{\"name\": \"{}\"}}", "x".repeat(17 << 20));
    insta::assert_snapshot!(
        "too_many_bytes",
        seen(dualcert().args(["check", "-"]).write_stdin(text))
    );
    let text = format!("[{}0]", "0,".repeat(1_100_000));
    insta::assert_snapshot!(
        "too_many_values",
        seen(dualcert().args(["check", "-"]).write_stdin(text))
    );
}

#[test]
fn files_that_cannot_be_read() {
    insta::assert_snapshot!(
        "missing_file",
        seen(dualcert().args(["check", "no/such.json"]))
    );
}

/// Every design of a folder is read, in the order of their names, and what is no design is told; a schema
/// beside them is passed over.
#[test]
fn a_folder_of_files_that_are_no_designs() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["not-an-object.json", "empty-object.json"] {
        let from = Path::new("tests/refusals").join(name);
        std::fs::copy(from, folder.path().join(name)).unwrap();
    }
    let schema = folder.path().join("design.schema.json");
    std::fs::copy("designs/design.schema.json", schema).unwrap();
    let told = seen(dualcert().arg("check").arg(folder.path()));
    let told = told.replace(&folder.path().to_string_lossy().into_owned(), "FOLDER");
    insta::assert_snapshot!("directory", told);
}

#[test]
fn unknown_candidates() {
    let file = VALID_FILE;
    let check = ["check", file, "--candidate", "ipm-lowdy"];
    insta::assert_snapshot!("unknown_candidate", seen(dualcert().args(check)));
    let solve = [
        "solve",
        file,
        "--candidate",
        "spm",
        "--id-a",
        "0",
        "--iq-a",
        "0",
    ];
    insta::assert_snapshot!("unknown_candidate_of_solve", seen(dualcert().args(solve)));
}

#[test]
fn a_pinned_application_is_checked_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pinned.json");
    std::fs::write(&path, "{\"sector\": \"ev_traction\"}").unwrap();
    let mut command = dualcert();
    command
        .args(["check", VALID_FILE, "--application"])
        .arg(&path);
    let output =
        seen(&mut command).replace(&folder.path().to_string_lossy().into_owned(), "FOLDER");
    insta::assert_snapshot!("pinned_application", output);
}

#[test]
fn wrong_usage_ends_the_run_before_any_file() {
    let cases: [(&str, &[&str]); 9] = [
        ("no_command", &[]),
        ("no_file", &["check"]),
        ("unknown_command", &["certainly"]),
        ("unknown_flag", &["check", "x.json", "--strict"]),
        ("unknown_format", &["check", "x.json", "--format", "xml"]),
        ("standard_input_twice", &["check", "-", "-"]),
        (
            "output_over_input",
            &["check", VALID_FILE, "--output", VALID_FILE],
        ),
        (
            "output_nowhere",
            &["check", "x.json", "--output", "no/such/folder/x"],
        ),
        (
            "current_not_finite",
            &[
                "solve",
                "x.json",
                "--candidate",
                "a",
                "--id-a",
                "nan",
                "--iq-a",
                "0",
            ],
        ),
    ];
    for (name, arguments) in cases {
        let seen = seen(dualcert().args(arguments));
        assert!(seen.starts_with("exit code 2\n"), "{name}: {seen}");
        insta::assert_snapshot!(format!("usage_{name}"), seen);
    }
    assert_eq!(std::fs::read_to_string(VALID_FILE).unwrap(), VALID);
}

#[test]
fn the_unchanged_design_is_not_refused() {
    // Whatever becomes of its evaluation, the schema accepts it and it loads.
    let document = dualcert::source::Document::parse("valid", VALID).unwrap();
    let design = dualcert::design::Design::load(&document).unwrap();
    assert_eq!(design.candidates.len(), 2);
}
