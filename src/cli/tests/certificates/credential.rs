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

fn assert_by_schema(credential: &Value) {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let faults: Vec<String> = validator
        .iter_errors(credential)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

/// The credential and the data of magnets of a certificate for markets.
#[test]
fn what_a_market_is_covered_in_stands_in_the_credential_and_what_is_open_is_no_conformance() {
    let bench = Bench::new();
    let certificate = bench.certificate(&["--market", "eu", "--market", "jp"]);
    let (file, magnets) = (bench.path("credential.json"), bench.path("magnets.json"));
    let words = [&asked(&file)[..], &["--magnet-data", &magnets]].concat();
    assert_eq!(bench.verify(&certificate, &words).0, 0);
    let read =
        |file: &str| -> Value { serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap() };
    let (credential, magnets) = (read(&file), read(&magnets));
    assert_by_schema(&credential);
    let predicate = &payload(&certificate)["predicate"];
    let assessments = credential["credentialSubject"]["assessment"]
        .as_array()
        .unwrap();
    let of_market = |series: &str| {
        let these = assessments
            .iter()
            .filter(|one| one["id"].as_str().unwrap().contains(&format!("#{series}/")));
        these.collect::<Vec<&Value>>()
    };
    let mut covered = 0;
    for (place, market) in predicate["markets"].as_array().unwrap().iter().enumerate() {
        let these = of_market(market["ledgers"][0]["series"].as_str().unwrap());
        let ledgers = market["ledgers"].as_array().unwrap().iter();
        assert_eq!(
            these.len(),
            ledgers
                .filter(|one| one["verdict"] != "not_required")
                .count()
        );
        let open = market["open"].as_array().unwrap();
        let law = open.iter().any(|one| one["level"] == "shall");
        for one in &these {
            let description = one["description"].as_str().unwrap();
            assert!(
                open.iter()
                    .all(|one| description.contains(one["title"].as_str().unwrap())),
                "{description}"
            );
            assert!(!law || one["conformance"] == false, "{one:#}");
        }
        let tags = these
            .iter()
            .flat_map(|one| one["assessmentCriteria"].as_array().unwrap());
        let tags = tags.map(|criterion| criterion["tag"][0].as_str().unwrap().to_owned());
        let found = tags.filter(|tag| tag.starts_with("covered by ")).count();
        assert_eq!(found, market["covered"].as_array().unwrap().len());
        covered += found;
        let data = &magnets["markets"][place];
        assert_eq!(data["name"], market["name"]);
        assert_eq!(data["open"].as_array().unwrap().len(), open.len());
        for clause in data["clauses"].as_array().unwrap() {
            let known = market["covered"].as_array().unwrap().iter().any(|one| {
                one["pathway"] == clause["pathway"] && one["clause"] == clause["clause"]
            });
            assert_eq!(clause["covered_by"].is_object(), known, "{clause}");
        }
    }
    assert!(covered > 0);
    // Whatever a market says, the programme is told as without it.
    let standards = predicate["standards"].as_array().unwrap();
    assert!(
        assessments[..standards.len()]
            .iter()
            .all(|one| one["conformance"] == true)
    );
}

#[test]
fn a_certificate_that_holds_is_a_credential_by_its_schema() {
    let bench = Bench::new();
    let certificate = bench.certificate(&["--issuer", "Hub", "--not-after", "2027-11-01"]);
    let file = bench.path("credential.json");
    let (code, _) = bench.verify(&certificate, &asked(&file));
    assert_eq!(code, 0);
    let credential: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_by_schema(&credential);
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
    let certificate = bench.certificate(&["--not-after", "2026-12-31"]);
    let file = bench.path("credential.json");
    let public = bench.path("key.pub");
    let head = ["verify", &certificate, "--public-key", &public];
    let late = ["--as-of", "2027-01-01"];
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
