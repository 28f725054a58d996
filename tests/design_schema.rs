//! The schema that editors use is the one that the program uses.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use std::path::Path;

#[test]
fn the_schema_beside_the_designs_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs/design.schema.json");
    let schema = dualcert::design::design_schema();
    let text = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("DUALCERT_UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "designs/design.schema.json is stale; run the tests with DUALCERT_UPDATE=1"
    );
}

#[test]
fn every_shipped_design_is_valid_under_the_schema() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let validator = jsonschema::draft202012::new(dualcert::design::design_schema()).unwrap();
    let mut designs = 0;
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".schema.json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(validator.is_valid(&value), "{name}");
        designs += 1;
    }
    assert!(designs > 0);
}
