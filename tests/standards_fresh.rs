//! What is generated is fresh: `DUALCERT_UPDATE=1 cargo test --test standards_fresh` rewrites it.

use dualcert::record::schema::record_schema;
use std::path::Path;

#[test]
fn the_record_schema_is_the_field_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("standards/record.schema.json");
    let mut text = serde_json::to_string_pretty(&record_schema()).expect("a schema is JSON");
    text.push('\n');
    if std::env::var_os("DUALCERT_UPDATE").is_some() {
        std::fs::write(&path, &text).expect("standards/ is writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "{} is stale; run with DUALCERT_UPDATE=1",
        path.display()
    );
}

#[test]
fn the_record_schema_is_a_schema() {
    let schema = record_schema();
    jsonschema::draft202012::meta::validate(&schema).expect("valid 2020-12");
    jsonschema::draft202012::new(&schema).expect("compiles");
}
