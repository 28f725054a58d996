//! The standards of a run: a sector that has none, a folder that holds none.

use super::*;

#[test]
fn a_sector_without_standards_cannot_be_judged() {
    let folder = Folder::new();
    let file = folder.file(
        "d.json",
        &with_ids(&["meets"]).replace("ev_traction", "lifts"),
    );
    let (code, report, _) = outcome(&["check", &file], "");
    assert_eq!(code, 5);
    assert!(
        report.contains(
            "no standard for sector `lifts`, only for defence_vehicle, ev_traction, industrial_drive, precision_servo, wind_generator"
        ),
        "{report}"
    );
}

#[test]
fn a_broken_standard_goes_before_everything() {
    let folder = Folder::new();
    let standards = Folder::new();
    standards.file("a-0.json", "{\"title\": \"no standard\"}");
    let path = standards.0.path().to_string_lossy().into_owned();
    let breaks = folder.design("breaks.json", &["breaks"]);
    let (code, stdout, stderr) = outcome(
        &["check", &breaks, "no/such.json", "--standards", &path],
        "",
    );
    assert_eq!((code, stdout.as_str()), (4, ""));
    assert!(stderr.contains("a-0.json"), "{stderr}");
    assert_eq!(code_of_standards("no/such/folder"), 4);
    assert_eq!(
        code_of_standards(concat!(env!("CARGO_MANIFEST_DIR"), "/standards")),
        0
    );
}

fn code_of_standards(folder: &str) -> u8 {
    let design = Folder::new();
    let file = design.design("d.json", &["meets"]);
    code(&["check", &file, "--standards", folder])
}
