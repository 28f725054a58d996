//! Several signatures on one certificate, one after the other.

use super::seal::payload;
use super::*;

/// A key of that seed, as a file.
fn key(bench: &Bench, seed: u8) -> (String, PrivateKey) {
    let key = PrivateKey::from_seed(&[seed; 32]);
    let name = format!("key-{seed}");
    (bench.folder.file(&name, &key.to_pem()), key)
}

/// A trust file in which every owner may certify as an independent body, with a threshold.
fn trust(bench: &Bench, owners: &[(&str, &PrivateKey)], needed: Option<usize>) -> String {
    let keys = owners.iter().map(|(name, key)| {
        let pem = key.public().to_pem();
        json!({"name": name, "public_key": pem, "roles": ["third_party"]})
    });
    let mut file = json!({"trust_version": "1.0", "keys": keys.collect::<Vec<_>>()});
    if let Some(needed) = needed {
        file["thresholds"] = json!({"third_party": needed});
    }
    bench.folder.file("trust.json", &file.to_string())
}

fn countersign(certificate: &str, trust: &str, key: &str, more: &[&str]) -> (u8, String, String) {
    let head = ["countersign", certificate, "--trust", trust, "--key", key];
    let day = ["--as-of", "2026-12-01"];
    outcome(&[&head[..], &day, more].concat(), "")
}

#[test]
fn hub_and_bodies_sign_one_after_the_other_until_enough_have() {
    let bench = Bench::new();
    let hub = PrivateKey::from_seed(&[1; 32]);
    let [(a, key_a), (b, key_b)] = [2, 3].map(|seed| key(&bench, seed));
    let owners = [("hub", &hub), ("body a", &key_a), ("body b", &key_b)];
    let file = trust(&bench, &owners, Some(3));
    let as_third = ["--assessor", "third-party", "--trust", &file];
    let first = bench.certificate(&as_third);
    let told = |certificate: &str| {
        let (code, answer) = bench.verify(certificate, &["--trust", &file]);
        let message = answer["levels"][0]["message"].as_str().unwrap().to_owned();
        (code, message, answer)
    };
    let (code, message, _) = told(&first);
    assert_eq!(code, 1);
    assert_eq!(
        message,
        "1 signed as third party, the trust file asks for 3"
    );
    let mut certificate = first.clone();
    for (number, key) in [(2, &a), (3, &b)] {
        let (code, text, stderr) =
            countersign(&certificate, &file, key, &["--design", &bench.design]);
        assert_eq!(code, 0, "{stderr}");
        assert!(
            stderr.contains(&format!("as third party {number}, needed 3")),
            "{stderr}"
        );
        certificate = bench.folder.file(&format!("{number}.cert.json"), &text);
        assert_eq!(told(&certificate).0, u8::from(number < 3));
    }
    let (_, _, answer) = told(&certificate);
    assert_eq!(answer["signers"], json!(["hub", "body a", "body b"]));
    assert_eq!(answer["threshold"], json!(3));
    assert_eq!(answer["signatures"][2]["keyid"], json!(key_b.public().id()));
    assert_eq!(answer["signatures"][2]["roles"], json!(["third_party"]));
    // One statement, whoever signs, and in whatever order.
    assert_eq!(payload(&first), payload(&certificate));
    // Nobody signs twice.
    let (code, text, stderr) = countersign(&certificate, &file, &a, &[]);
    assert_eq!((code, text.as_str()), (1, ""));
    assert!(stderr.contains("signed twice"), "{stderr}");
}

#[test]
fn two_keys_of_one_owner_are_one_owner() {
    let bench = Bench::new();
    let hub = PrivateKey::from_seed(&[1; 32]);
    let [(a, key_a), (_, key_b)] = [2, 3].map(|seed| key(&bench, seed));
    let owners = [("hub", &hub), ("hub", &key_a), ("body", &key_b)];
    let file = trust(&bench, &owners, Some(2));
    let as_third = ["--assessor", "third-party", "--trust", &file];
    let first = bench.certificate(&as_third);
    let (code, text, _) = countersign(&first, &file, &a, &[]);
    assert_eq!(code, 0);
    let second = bench.folder.file("second.cert.json", &text);
    assert_eq!(bench.verify(&second, &["--trust", &file]).0, 1);
}

#[test]
fn only_a_valid_certificate_is_signed_and_only_with_a_key_that_may() {
    let bench = Bench::new();
    let hub = PrivateKey::from_seed(&[1; 32]);
    let [(a, key_a), (stranger, _)] = [2, 3].map(|seed| key(&bench, seed));
    let file = trust(&bench, &[("hub", &hub), ("body", &key_a)], None);
    let as_third = ["--assessor", "third-party", "--trust", &file];
    let first = bench.certificate(&[&as_third[..], &["--not-after", "2026-12-31"]].concat());
    let refused = |certificate: &str, key: &str, more: &[&str], words: &str| {
        let (code, text, stderr) = countersign(certificate, &file, key, more);
        assert_eq!(text, "");
        assert!(stderr.contains(words), "{stderr}");
        assert_ne!(code, 0);
    };
    refused(&first, &stranger, &[], "is not trusted");
    let text = fs::read_to_string(&first).unwrap();
    let changed = text.replacen("eyJ", "eyK", 1);
    let forged = bench.folder.file("forged.cert.json", &changed);
    refused(&forged, &a, &[], "not genuine");
    let other = bench.folder.design("other.json", &["meets"]);
    refused(&first, &a, &["--design", &other], "is not the file");
    let list = bench.path("status.jsonl");
    let id = payload(&first)["predicate"]["id"].to_string();
    let add = [
        "status",
        "add",
        &list,
        "--certificate",
        id.trim_matches('"'),
    ];
    let why = [
        "--state",
        "withdrawn",
        "--since",
        "2026-11-02",
        "--reason",
        "r",
    ];
    assert_eq!(
        code_of(&[&add[..], &why, &["--key", &bench.key]].concat()),
        0
    );
    // Its key is not trusted for lists here, so that nothing can be said of the standing.
    refused(&first, &a, &["--status", &list], "status list");
    let late = ["countersign", &first, "--trust", &file, "--key", &a];
    let (code, text, stderr) = outcome(&[&late[..], &["--as-of", "2027-01-01"]].concat(), "");
    assert_eq!((code, text.as_str()), (1, ""));
    assert!(stderr.contains("expired"), "{stderr}");
    // What is read is not written over.
    assert_eq!(countersign(&first, &file, &a, &["--output", &a]).0, 2);
    assert_eq!(fs::read_to_string(&a).unwrap(), key_a.to_pem());
}
