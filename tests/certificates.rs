//! Real round trips: every shipped candidate that meets both is certified, and verified at all levels by a process with
//! another number of threads and another kernel of the linear algebra.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use rayon::prelude::*;
use std::process::{Command, Output};

/// The shipped candidates that meet both (`tests/designs.rs` holds the verdicts of all), and the magnets of A and B.
const CERTIFIED: [(&str, &str, [&str; 2]); 3] = [
    (
        "designs/ev_traction.json",
        "ipm-smco",
        ["neodymium-iron-boron", "samarium-cobalt"],
    ),
    (
        "designs/industrial_drive.json",
        "ipm-48-8",
        ["neodymium-iron-boron", "samarium-cobalt"],
    ),
    (
        "designs/defence_vehicle.json",
        "ipm-72-12",
        ["neodymium-iron-boron", "samarium-cobalt"],
    ),
];

fn dualcert(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

#[test]
fn what_meets_both_is_certified_and_verified_elsewhere() {
    // Half of each keeps one core busy.
    CERTIFIED
        .par_iter()
        .for_each(|(design, candidate, magnets)| round_trip(design, candidate, *magnets));
}

fn round_trip(design: &str, candidate: &str, types: [&str; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (key, file, magnets) = (path("key"), path("c.cert.json"), path("magnets.json"));
    assert!(
        dualcert(&["keygen", "--output", &key], &[])
            .status
            .success()
    );
    let certify = dualcert(
        &[
            "certify",
            design,
            "--candidate",
            candidate,
            "--key",
            &key,
            "--allow",
            "draft",
            "--allow",
            "weak",
            "--output",
            &file,
        ],
        &[
            ("SOURCE_DATE_EPOCH", "1796083200"),
            ("RAYON_NUM_THREADS", "2"),
        ],
    );
    let told = String::from_utf8_lossy(&certify.stderr);
    assert_eq!(certify.status.code(), Some(0), "{candidate}: {told}");
    let public = format!("{key}.pub");
    let verify = dualcert(
        &[
            "verify",
            &file,
            "--public-key",
            &public,
            "--design",
            design,
            "--as-of",
            "2026-12-01",
            "--magnet-data",
            &magnets,
        ],
        &[("RAYON_NUM_THREADS", "1"), ("OPENBLAS_CORETYPE", "Nehalem")],
    );
    let answer = String::from_utf8(verify.stdout).unwrap();
    assert_eq!(verify.status.code(), Some(0), "{candidate}: {answer}");
    for level in ["level 1, ", "level 2, ", "level 3, "] {
        let line = answer.lines().find(|line| line.contains(level)).unwrap();
        assert!(line.contains(": holds"), "{line}");
    }
    // The elements of either magnet make up its mass.
    let told = std::fs::read_to_string(&magnets).unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    for (index, name) in types.iter().enumerate() {
        let pathway = &told["pathways"][index];
        assert_eq!(pathway["type"], *name);
        let elements = pathway["composition_kg"].as_object().unwrap().values();
        let sum: f64 = elements.map(|mass| mass.as_f64().unwrap()).sum();
        let mass = pathway["mass_kg"].as_f64().unwrap();
        assert!(sum <= 1.001 * mass && sum > 0.9 * mass, "{sum} of {mass}");
    }
}
