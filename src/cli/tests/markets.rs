//! Markets beside the programme: what is covered, what is judged on its own, what stays open, and that a certificate
//! says nothing else.

use super::certificates::{Bench, seal};
use super::*;
use crate::certificate::PrivateKey;
use crate::standard::TextFile;

/// What a market says of the candidate that meets both.
fn on(market: &str, candidate: &str) -> (u8, Value) {
    let folder = Folder::new();
    let file = folder.design("d.json", &[candidate]);
    let (code, run) = checked_json(&[&file, "--market", market]);
    (code, run["files"][0]["candidates"][0]["markets"][0].clone())
}

#[test]
fn a_requirement_is_covered_only_where_the_core_is_met_on_the_same_record() {
    let (code, eu) = on("eu", "meets");
    assert_eq!((code, &eu["verdict"]), (0, &json!("met")), "{eu:#}");
    let covered = |pathway: &str, clause: &str| {
        let all = eu["covered"].as_array().unwrap();
        let found = all
            .iter()
            .find(|one| one["pathway"] == pathway && one["clause"] == clause);
        found.map(|one| format!("{} {}", one["by_standard"], one["by_clause"]).replace('"', ""))
    };
    let by_a = Some("ev_traction_magnet_a A-M6".to_owned());
    assert_eq!(covered("a", "EU-1"), by_a);
    // Nothing of the programme asks pathway B for it, and its record does not say.
    assert_eq!(covered("b", "EU-1"), None);
    let share = Some("ev_traction_magnet_b B-M5".to_owned());
    assert_eq!(covered("b", "EU-5"), share);
    assert_eq!(covered("a", "EU-5"), None);
    let b = &eu["judgements"][1]["clauses"][0];
    assert_eq!(
        (&b["id"], &b["verdict"]),
        (&json!("EU-1"), &json!("could_not_judge"))
    );
    // Minimum values are more than the programme asks for, so that it never covers them.
    assert_eq!(covered("a", "EU-2"), None);
    let open: Vec<&str> = eu["open"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["id"].as_str().unwrap())
        .collect();
    assert_eq!(open, ["EU-10", "EU-11", "EU-12", "EU-13", "EU-14"]);
    assert_eq!(
        eu["outside"],
        json!([]),
        "rules on industrial motors say nothing of a traction motor"
    );
    // With more from one country than the programme allows, the benchmark is not covered either.
    let (code, eu) = on("eu", "one-country");
    let shares = eu["covered"].as_array().unwrap().iter();
    assert_eq!(
        (code, shares.filter(|one| one["clause"] == "EU-5").count()),
        (1, 0)
    );
    let share = &eu["judgements"][1]["clauses"][4];
    assert_eq!(
        (&share["id"], &share["verdict"]),
        (&json!("EU-5"), &json!("failed"))
    );
}

#[test]
fn a_record_that_is_missing_covers_nothing_and_leaves_all_that_may_speak_of_it_open() {
    let (code, eu) = on("eu", "breaks");
    assert_eq!((code, &eu["verdict"]), (5, &json!("could_not_judge")));
    assert_eq!((&eu["covered"], &eu["outside"]), (&json!([]), &json!([])));
    assert_eq!(eu["open"].as_array().unwrap().len(), 5);
    let (_, eu) = on("eu", "b-breaks");
    let pathways = eu["covered"].as_array().unwrap().iter();
    assert_eq!(pathways.filter(|one| one["pathway"] == "b").count(), 0);
}

#[test]
fn what_a_screening_leaves_open_covers_nothing() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let (_, text, _) = outcome(
        &["check", &file, "--market", "us", "--level", "screening"],
        "",
    );
    assert!(text.contains("market United States of America: "), "{text}");
    // Which magnets are declared does not hang on the field: the clauses on them decide at either level.
    assert!(text.contains("covered: US-1"), "{text}");
}

#[test]
fn markets_are_named_by_those_that_there_are() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let refused = |more: &[&str]| {
        let (code, stdout, stderr) = outcome(&[&["check", file.as_str()], more].concat(), "");
        assert_eq!((code, stdout.as_str()), (2, ""));
        stderr
    };
    let told = refused(&["--market", "eux"]);
    assert!(
        told.contains("no market `eux`, only cn, eu, jp, uk, us; did you mean `eu`?"),
        "{told}"
    );
    let told = refused(&["--market", "eu", "--market", "eu"]);
    assert!(told.contains("market `eu` is given twice"), "{told}");
    let config = folder.file("dualcert.toml", "[check]\nmarket = [\"eu\", \"jp\"]\n");
    let (_, run) = checked_json(&[&file, "--config", &config]);
    let markets = run["files"][0]["candidates"][0]["markets"]
        .as_array()
        .unwrap();
    let names: Vec<&Value> = markets.iter().map(|market| &market["series"]).collect();
    assert_eq!(names, ["market_eu", "market_jp"]);
}

#[test]
fn people_and_pipelines_read_the_same_of_a_market() {
    let folder = Folder::new();
    let file = folder.design("d.json", &["one-country"]);
    let form = |format: &str| {
        let asked = [
            "check", &file, "--market", "eu", "--market", "cn", "--format", format,
        ];
        let (code, text, _) = outcome(&asked, "");
        assert_eq!(code, 1);
        text.replace(&file, "d.json")
    };
    let text = form("human");
    let from = text.find("  market European Union").unwrap();
    let part: String = text[from..]
        .lines()
        .take_while(|line| !line.contains("choke points"))
        .map(|l| format!("{l}\n"))
        .collect();
    insta::assert_snapshot!("markets_human", part);
    let sarif: Value = serde_json::from_str(&form("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let of = |rule: &str| {
        results
            .iter()
            .find(|one| one["ruleId"] == rule)
            .unwrap_or_else(|| panic!("{rule}"))
    };
    assert_eq!(of("market_eu/EU-5")["level"], json!("note"));
    assert_eq!(
        of("market_cn/CN-11")["properties"]["verdict"],
        json!("open")
    );
    let junit = form("junit");
    assert!(junit.contains("market eu pathway b"), "{junit}");
    assert!(
        junit.contains("d.json one-country market_cn open"),
        "{junit}"
    );
    let markdown = form("markdown");
    assert!(markdown.contains("European Union:** "), "{markdown}");
    assert!(form("github").contains("::notice "));
}

/// The shipped standards in a folder, with those changed that `change` knows by the end of their names.
pub(super) fn copied(folder: &Folder, change: &dyn Fn(&str, &mut Value)) -> String {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/standards"));
    let all: Vec<TextFile> = super::super::standards::files(&root).unwrap();
    for file in all {
        let name = PathBuf::from(&file.name);
        let name = name.strip_prefix(&root).unwrap();
        let before: Value = serde_json::from_str(&file.text).unwrap();
        let mut after = before.clone();
        change(&name.to_string_lossy(), &mut after);
        let text = if after == before {
            file.text
        } else {
            after.to_string()
        };
        let target = folder.0.path().join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, text).unwrap();
    }
    folder.0.path().to_string_lossy().into_owned()
}

/// The shipped files with a market's clause raised to block.
fn raised(folder: &Folder, market: &str, clause: &str) -> String {
    let key = clause.to_lowercase();
    copied(folder, &|name, value| {
        if name.ends_with(&format!("market/{market}-0.json")) {
            value["$defs"][&key]["x-level"] = json!("shall");
            let listed = value["allOf"].as_array_mut().unwrap();
            listed.push(json!({"$ref": format!("#/$defs/{key}")}));
        }
    })
}

#[test]
fn what_blocks_on_a_market_decides_the_exit_code_and_is_not_certified() {
    let standards = Folder::new();
    let from = raised(&standards, "eu", "EU-1");
    let folder = Folder::new();
    let file = folder.design("d.json", &["meets"]);
    let with: &[&str] = &["check", &file, "--standards", &from];
    assert_eq!(code(with), 0);
    let asked = [with, &["--market", "eu"]].concat();
    assert_eq!(
        code(&asked),
        5,
        "pathway B does not say to which temperature its data refer"
    );
    assert_eq!(code(&[&asked[..], &["--require", "any"]].concat()), 5);
    let bench = Bench::new();
    let draft = ["--allow", "draft", "--standards", &from, "--market", "eu"];
    let (code, stdout, stderr) = bench.certify("meets", &draft);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(
        stderr.contains("market_eu 0.1.0, pathway b: could not judge"),
        "{stderr}"
    );
}

#[test]
fn a_certificate_states_markets_and_nothing_of_it_can_be_changed() {
    let bench = Bench::new();
    let key = PrivateKey::from_seed(&[1; 32]);
    let file = bench.certificate(&["--market", "eu", "--market", "cn"]);
    let (code, answer) = bench.verify(&file, &["--design", &bench.design]);
    assert_eq!(
        (code, &answer["outcome"]),
        (0, &json!("valid")),
        "{answer:#}"
    );
    assert_eq!(answer["markets"].as_array().unwrap().len(), 2);
    let statement = seal::payload(&file);
    let schema = crate::certificate::certificate_schema();
    assert!(
        jsonschema::draft202012::new(&schema)
            .unwrap()
            .is_valid(&statement)
    );
    let notes = statement["predicate"]["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| {
        note.as_str()
            .unwrap()
            .starts_with("Market European Union: ")
    }));
    let sealed = |change: &dyn Fn(&mut Value)| {
        let mut changed = statement.clone();
        change(&mut changed);
        let forged = bench
            .folder
            .file("forged.json", &seal::resealed(changed, &key));
        let (_, answer) = bench.verify(&forged, &[]);
        answer["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(sealed(&|_| {}), "valid");
    let at = |s: &mut Value, pointer: &str, to: Value| {
        *s.pointer_mut(&format!("/predicate/markets{pointer}"))
            .unwrap() = to
    };
    let words: [(&str, Value); 9] = [
        ("/0/name", json!("European Union and all others")),
        ("/0/open", json!([])),
        ("/0/open/0/level", json!("info")),
        ("/0/covered", json!([])),
        ("/0/covered/0/clause", json!("EU-10")),
        ("/0/ledgers/1/clauses/0/verdict", json!("met")),
        ("/0/ledgers/0/verdict", json!("failed")),
        ("/1/ledgers", json!([])),
        (
            "/1/outside",
            json!([{"id": "CN-10", "title": "T", "because": "b", "source": "s", "evidence": "primary"}]),
        ),
    ];
    for (pointer, to) in words {
        assert_eq!(
            sealed(&|s| at(s, pointer, to.clone())),
            "verdict_differs",
            "{pointer}"
        );
    }
    let twice = sealed(&|s| {
        let first = s["predicate"]["markets"][0].clone();
        s["predicate"]["markets"]
            .as_array_mut()
            .unwrap()
            .push(first);
    });
    assert_eq!(twice, "verdict_differs");
    let other = sealed(&|s| at(s, "/0/ledgers/0/sha256", json!("0".repeat(64))));
    assert_eq!(other, "could_not_check");
    // The note of a market that is not stated any more.
    let fewer = sealed(&|s| drop(s["predicate"]["markets"].as_array_mut().unwrap().pop()));
    assert_eq!(fewer, "verdict_differs");
    let older = sealed(&|s| s["predicate"]["certificate_version"] = json!("1.1"));
    assert_eq!(older, "not_genuine");
}
