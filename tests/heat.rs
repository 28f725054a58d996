//! Temperatures of the shipped design as they are judged: declared films give them, and none are made up.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What `check` says of the candidate that meets both, on pathway A alone and with a change.
fn judged(change: impl Fn(&mut Value)) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("designs/ev_traction.json")).unwrap();
    let mut design: Value = serde_json::from_str(&text).unwrap();
    design.as_object_mut().unwrap().remove("fleet");
    let candidates = design["candidates"].as_array_mut().unwrap();
    candidates.retain(|c| c["id"] == "ipm-smco");
    let candidate = &mut candidates[0];
    candidate["magnet_pathways"]
        .as_object_mut()
        .unwrap()
        .remove("b");
    change(candidate);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("design.json");
    fs::write(&path, design.to_string()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(["check", "--format", "json"])
        .arg(&path)
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["files"][0]["candidates"][0].clone()
}

fn clause<'a>(candidate: &'a Value, id: &str) -> &'a Value {
    candidate["judgements"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|j| j["clauses"].as_array().unwrap())
        .find(|c| c["id"] == id)
        .unwrap()
}

/// Without a `thermal` block the clause on the winding cannot be judged, and says what is missing; the clause on the
/// rotor does not hang on it. A film that is far too poor gives no temperature either, and no pass.
#[test]
fn what_is_not_declared_or_has_no_balance_is_not_judged() {
    let without = judged(|c| {
        c.as_object_mut().unwrap().remove("thermal");
    });
    let heat = clause(&without, "P12");
    assert_eq!(heat["verdict"], "could_not_judge");
    assert!(heat.to_string().contains("`thermal`"), "{heat}");
    assert_eq!(clause(&without, "P13")["verdict"], "met");
    let runaway = judged(|c| {
        c["thermal"]["coolant_film_w_per_m2_k"] = json!(0.1);
        c["thermal"]["end_winding_conductance_w_per_k"] = json!(0.0);
        c["thermal"]["rotor_conductance_w_per_k"] = json!(0.0);
    });
    let heat = clause(&runaway, "P12");
    assert_eq!(heat["verdict"], "could_not_judge");
    assert!(heat.to_string().contains("heats itself"), "{heat}");
}
