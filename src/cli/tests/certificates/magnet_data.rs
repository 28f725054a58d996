//! What a certificate that holds knows of its magnets for the label of Regulation (EU) 2024/1252.

use super::*;
use crate::record::field::element::IN_MAGNETS;

#[test]
fn what_is_known_of_the_magnets_is_that_of_the_records() {
    let bench = Bench::new();
    let certificate = bench.certificate(&[]);
    let file = bench.path("magnets.json");
    let (code, _) = bench.verify(&certificate, &["--magnet-data", &file]);
    assert_eq!(code, 0);
    let told: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let predicate = &payload(&certificate)["predicate"];
    assert_eq!(told["certificate"]["id"], predicate["id"]);
    assert_eq!(
        told["certificate"]["sha256"],
        json!(sha256(&fs::read(&certificate).unwrap()))
    );
    let records = predicate["records"].as_array().unwrap();
    let pathways = told["pathways"].as_array().unwrap();
    // The two machines; the pair is none.
    assert_eq!((pathways.len(), records.len()), (2, 3));
    for (pathway, certified) in pathways.iter().zip(records) {
        let record = &certified["record"];
        assert_eq!(pathway["pathway"], certified["pathway"]);
        assert_eq!(pathway["contains_permanent_magnets"], true);
        assert_eq!(pathway["mass_kg"], record["magnet_mass_kg"]);
        assert_eq!(
            pathway["mass_uncertainty_kg"],
            record["uncertainty"]["magnet_mass_kg"]
        );
        let known = IN_MAGNETS.iter().filter_map(|(symbol, field)| {
            let mass = record.get(field.name)?;
            (mass.as_f64() > Some(0.0)).then(|| ((*symbol).to_owned(), mass.clone()))
        });
        let known: serde_json::Map<String, Value> = known.collect();
        let told = pathway.get("composition_kg").and_then(Value::as_object);
        assert_eq!(told, (!known.is_empty()).then_some(&known));
        let types = [
            "neodymium-iron-boron",
            "samarium-cobalt",
            "aluminium-nickel-cobalt",
            "ferrite",
        ];
        assert!(types.contains(&pathway["type"].as_str().unwrap()));
    }
    assert_eq!(told["not_here"].as_array().unwrap().len(), 6);
}

#[test]
fn of_what_does_not_hold_nothing_is_told() {
    let bench = Bench::new();
    let certificate = bench.certificate(&["--not-after", "2026-12-31"]);
    let file = bench.path("magnets.json");
    let public = bench.path("key.pub");
    let head = ["verify", &certificate, "--public-key", &public];
    let late = ["--as-of", "2027-01-01", "--magnet-data", &file];
    let (code, answer, told) = outcome(&[&head[..], &late].concat(), "");
    assert_eq!(code, 1, "{answer}");
    assert!(told.contains("no magnet data is written"), "{told}");
    assert!(!std::path::Path::new(&file).exists());
    // No input is overwritten, and nothing twice.
    let (code, _, told) = outcome(&[&head[..], &["--magnet-data", &certificate]].concat(), "");
    assert_eq!(code, 2);
    assert!(told.contains("would be overwritten"), "{told}");
    let both = [
        &["--magnet-data", &file],
        &super::credential::asked(&file)[..],
    ]
    .concat();
    let (code, _, told) = outcome(&[&head[..], &both].concat(), "");
    assert_eq!(code, 2);
    assert!(told.contains("would be written twice"), "{told}");
}
