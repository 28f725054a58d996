//! A certificate in the form of a conformity credential: by the schema of that form, and only if it holds.

use super::*;

const SCHEMA: &str = include_str!("../../../../tests/vendored/untp-dcc.schema.json");

/// Whom the credential names.
const NAMED: [&str; 8] = [
    "--issuer-did",
    "did:web:hub.example",
    "--issued-to",
    "https://maker.example/",
    "Maker",
    "--standards-by",
    "https://body.example/",
    "Body",
];

pub(super) fn asked(file: &str) -> Vec<&str> {
    [&["--credential", file][..], &NAMED].concat()
}

#[test]
fn a_certificate_that_holds_is_a_credential_by_its_schema() {
    let bench = Bench::new();
    let certificate = bench.certificate(&["--issuer", "Hub", "--not-after", "2027-11-01"]);
    let file = bench.path("credential.json");
    let (code, _) = bench.verify(&certificate, &asked(&file));
    assert_eq!(code, 0);
    let credential: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&credential)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    let predicate = &payload(&certificate)["predicate"];
    assert_eq!(credential["issuer"]["name"], "Hub");
    assert_eq!(credential["validUntil"], "2027-11-01T23:59:59Z");
    let subject = &credential["credentialSubject"];
    assert_eq!(subject["name"], predicate["title"]);
    assert_eq!(subject["attestationType"], "declaration");
    let assessments = subject["assessment"].as_array().unwrap();
    let standards = predicate["standards"].as_array().unwrap();
    assert_eq!(assessments.len(), standards.len());
    assert!(assessments.iter().all(|one| one["conformance"] == true));
    // Every number of a clause with a unit that has a code is there.
    let values = assessments
        .iter()
        .map(|one| one["declaredValue"].as_array().unwrap().len());
    assert!(values.sum::<usize>() > 0);
}

#[test]
fn what_does_not_hold_is_no_credential() {
    let bench = Bench::new();
    let certificate = bench.certificate(&["--not-after", "2026-11-30"]);
    let file = bench.path("credential.json");
    let public = bench.path("key.pub");
    let head = ["verify", &certificate, "--public-key", &public];
    let late = ["--as-of", "2026-12-01"];
    let (code, answer, told) = outcome(&[&head[..], &late, &asked(&file)].concat(), "");
    assert_eq!(code, 1, "{answer}");
    assert!(told.contains("no credential is written"), "{told}");
    assert!(!std::path::Path::new(&file).exists());
    for (left_out, part) in [
        ("--issuer-did", "--issuer-did"),
        ("--issued-to", "--issued-to"),
    ] {
        let at = NAMED.iter().position(|word| *word == left_out).unwrap();
        let mut named = NAMED.to_vec();
        named.drain(at..at + if left_out == "--issuer-did" { 2 } else { 3 });
        let words = [&head[..], &["--credential", &file], &named].concat();
        let (code, _, told) = outcome(&words, "");
        assert_eq!(code, 2);
        assert!(told.contains(part), "{told}");
    }
    let mut wrong = NAMED;
    wrong[3] = "maker";
    let words = [&head[..], &["--credential", &file], &wrong].concat();
    let (code, _, told) = outcome(&words, "");
    assert_eq!(code, 2);
    assert!(told.contains("`maker` is no URI"), "{told}");
}
