//! Garbage from known seeds: designs, standards, certificates and configurations are changed at random, and
//! nothing may panic or let garbage pass. `DUALCERT_SECONDS` runs every target for so long instead of a
//! fixed number of cases. What once broke something is kept in `tests/hostile/` and read again every time.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use dualcert::certificate::{self, PublicKey, Trust};
use dualcert::cli::{self, Streams, physics::BuiltIn};
use dualcert::design::Design;
use dualcert::source::Document;
use dualcert::standard::{TextFile, versions};
use dualcert::verdict::{DecisionRule, Status, judge};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(root(name)).unwrap()
}

/// Numbers that are the same in every run.
struct Random(TestRng);

impl Random {
    fn of_case(case: usize) -> Self {
        let mut seed = [0x5a; 16];
        seed[..8].copy_from_slice(&(case as u64).to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::XorShift, &seed))
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.0.next_u64() % bound.max(1) as u64) as usize
    }
}

/// Texts that readers have stumbled over.
const WORDS: [&str; 16] = [
    "null",
    "1e999",
    "-0.0",
    "NaN",
    "\"",
    "{",
    "}",
    "[[[[[[[[",
    "\\u0000",
    "\u{feff}",
    "1e-320",
    "9007199254740993",
    "\"$comment\": 1,",
    "true",
    "\r\n",
    "\u{202e}",
];

/// Values that may stand where another stood.
fn values() -> [Value; 9] {
    [
        Value::Null,
        json!(0),
        json!(-1),
        json!(1e308),
        json!(1e-300),
        json!(""),
        json!([]),
        json!({}),
        json!(true),
    ]
}

/// The text with a few changes: of its bytes, or of its values where it is JSON.
fn changed(seed: &str, random: &mut Random) -> Vec<u8> {
    if random.below(2) == 0
        && let Ok(mut value) = serde_json::from_str::<Value>(seed)
    {
        for _ in 0..=random.below(3) {
            change_value(&mut value, random);
        }
        return value.to_string().into_bytes();
    }
    let mut bytes = seed.as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let end = (at + 1 + random.below(40)).min(bytes.len());
        match random.below(5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, again));
            }
            3 => bytes.truncate(at),
            _ => {
                let word = WORDS[random.below(WORDS.len())];
                drop(bytes.splice(at..at, word.bytes()));
            }
        }
    }
    bytes
}

/// Goes down to some value and puts another there, takes a member out or adds one.
fn change_value(value: &mut Value, random: &mut Random) {
    match value {
        Value::Object(map) if !map.is_empty() && random.below(8) > 0 => {
            let key = map.keys().nth(random.below(map.len())).unwrap().clone();
            if random.below(12) == 0 {
                map.remove(&key);
            } else if random.below(12) == 0 {
                map.insert(format!("{key}x"), json!(1));
            } else {
                change_value(&mut map[&key], random);
            }
        }
        Value::Array(list) if !list.is_empty() && random.below(8) > 0 => {
            let at = random.below(list.len());
            if random.below(12) == 0 {
                let again = list[at].clone();
                list.push(again);
            } else {
                change_value(&mut list[at], random);
            }
        }
        other => *other = values()[random.below(9)].clone(),
    }
}

/// Runs a target on everything that is kept and on changes of its seeds. A panic or a failed assertion
/// names the case.
fn run(target: &str, seeds: &[String], cases: usize, check: impl Fn(&[u8])) {
    let mut kept: Vec<PathBuf> = fs::read_dir(root("tests/hostile").join(target))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    kept.sort();
    assert!(!kept.is_empty(), "nothing is kept of {target}");
    for file in kept {
        check(&fs::read(file).unwrap());
    }
    let seconds = std::env::var("DUALCERT_SECONDS").ok();
    let seconds = seconds.map(|seconds| Duration::from_secs(seconds.parse().unwrap()));
    let start = Instant::now();
    let mut case = 0_usize;
    while seconds.map_or(case < cases, |seconds| start.elapsed() < seconds) {
        case += 1;
        let mut random = Random::of_case(case);
        let seed = &seeds[random.below(seeds.len())];
        let bytes = changed(seed, &mut random);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&bytes)));
        if let Err(panic) = outcome {
            eprintln!("{target}, case {case}: {}", String::from_utf8_lossy(&bytes));
            std::panic::resume_unwind(panic);
        }
    }
    println!(
        "{target}: {case} cases in {:.1} s",
        start.elapsed().as_secs_f64()
    );
}

#[test]
fn designs() {
    let seeds = ["designs/ev_traction.json", "designs/wind_generator.json"].map(text);
    run("design", &seeds, 2_000, |bytes| {
        let Ok(document) = Document::from_bytes("d", bytes) else {
            return;
        };
        // What is read must be what is written: a value that was taken for another would differ.
        if let Ok(design) = Design::load(&document) {
            let again = serde_json::to_string(&design).unwrap();
            let again = Document::parse("d", &again).unwrap();
            assert_eq!(Design::load(&again).unwrap(), design);
        }
    });
}

#[test]
fn standards() {
    let name = "standards/motor/ev_traction/b-1";
    let examples = TextFile {
        name: format!("{name}.examples.json"),
        text: text(&format!("{name}.examples.json")),
    };
    run("standard", &[text(&format!("{name}.json"))], 500, |bytes| {
        let Ok(text) = String::from_utf8(bytes.to_vec()) else {
            return;
        };
        let file = TextFile {
            name: format!("{name}.json"),
            text,
        };
        let Ok(loaded) = versions(Some(&[file, examples.clone()])) else {
            return;
        };
        for standard in &loaded {
            let hollow = standard.examples[0].record.clone();
            let mut hollow = hollow.as_object().unwrap().clone();
            hollow.retain(|_, value| value.is_string() || value.is_boolean());
            for record in [json!({}), Value::Null, Value::Object(hollow)] {
                let said = judge(standard, &record, DecisionRule::GuardBanded);
                assert_ne!(said.verdict, Status::Met, "{}", standard.name());
            }
        }
    });
}

#[test]
fn certificates() {
    let seed = text("tests/versions/certificate-1.1.json");
    let key = PublicKey::from_pem(&text("tests/versions/key.pub")).unwrap();
    let trust = Trust::in_one("kept", key);
    let original = certificate::open("c", seed.as_bytes(), &trust).unwrap();
    run("certificate", &[seed], 2_000, |bytes| {
        // Nobody signed anything else with that key: what opens says what was signed.
        if let Ok(opened) = certificate::open("c", bytes, &trust) {
            assert_eq!(opened, original);
        }
    });
}

#[test]
fn configurations() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dualcert.toml");
    let seed = "[check]\nformat = \"sarif\"\nrequire = \"any\"\ncandidate = [\"x\", \"y\"]\n\
        standards = \"s\"\ntimings = true\n";
    run("config", &[seed.to_owned()], 1_000, |bytes| {
        fs::write(&file, bytes).unwrap();
        let path = file.display().to_string();
        let line = ["dualcert", "check", "--config", &path, "--print-config"];
        let mut stdout = Vec::new();
        let mut streams = Streams {
            stdin: Box::new(io::empty()),
            stdout: Box::new(&mut stdout),
            stderr: Box::new(io::sink()),
            width: None,
            progress: false,
        };
        let code = cli::run(line.map(OsString::from), &mut streams, &BuiltIn);
        drop(streams);
        assert!([0, 2].contains(&code), "exit code {code}");
        // What is in effect can be written as a file that says the same.
        if code == 0 {
            let printed = String::from_utf8(stdout).unwrap();
            let table: toml::Table = printed.parse().unwrap();
            assert!(table.contains_key("check"), "{printed}");
        }
    });
}
