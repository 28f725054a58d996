//! The shipped standards pass their own gates, and the program ships what the folder holds.

use dualcert::standard::{Evidence, Level, Standards, Status, TextFile};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("standards")
}

fn walk(folder: &Path, files: &mut Vec<TextFile>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            let text = std::fs::read_to_string(&path).expect("text");
            files.push(TextFile {
                name: path.display().to_string(),
                text,
            });
        }
    }
}

fn shipped() -> Standards {
    Standards::shipped().unwrap_or_else(|errors| {
        let text: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", text.join("\n"))
    })
}

#[test]
fn the_shipped_standards_pass_the_gates() {
    let standards = shipped();
    let programme = standards.programme("ev_traction").expect("the sector");
    assert!(standards.programme("marine").is_none());
    let counts: Vec<usize> = programme
        .standards()
        .iter()
        .map(|s| s.clauses.len())
        .collect();
    assert_eq!(counts, [14, 14, 10, 18, 7]);
}

#[test]
fn every_sector_of_a_record_has_a_programme() {
    let standards = shipped();
    let found: Vec<&str> = standards
        .programmes()
        .iter()
        .map(|programme| programme.sector.as_str())
        .collect();
    assert_eq!(found, dualcert::record::field::SECTOR.allowed);
}

#[test]
fn programmes_of_two_sectors_differ_in_what_they_ask() {
    // A programme that is another under a new name would judge a machine by the wrong trade.
    let standards = shipped();
    let asked = |programme: &dualcert::standard::Programme| -> Vec<Vec<String>> {
        let limits = |s: &&dualcert::standard::Standard| {
            let clause = |c: &dualcert::standard::Clause| format!("{} {:?}", c.field.name, c.limit);
            s.clauses.iter().map(clause).collect()
        };
        programme.standards().iter().map(limits).collect()
    };
    let all: Vec<_> = standards.programmes().iter().map(asked).collect();
    for (index, one) in all.iter().enumerate() {
        for other in &all[..index] {
            for (a, b) in one.iter().zip(other) {
                assert_ne!(a, b);
            }
        }
    }
}

#[test]
fn the_folder_is_what_the_program_ships() {
    let mut files = Vec::new();
    walk(&folder(), &mut files);
    let from_folder = Standards::load(&files).expect("the folder passes the gates");
    let digests = |standards: &Standards| -> Vec<(String, String, usize)> {
        let all = standards.programmes().iter().flat_map(|p| p.standards());
        all.chain(standards.markets())
            .map(|s| (s.name(), s.digest.clone(), s.examples.len()))
            .collect()
    };
    assert_eq!(digests(&from_folder), digests(&shipped()));
    let data = files
        .iter()
        .filter(|file| file.name.ends_with(".json") && !file.name.ends_with(".schema.json"))
        // Curves are read by the program and not with the standards.
        .filter(|file| !file.name.contains("/curves/"))
        .count();
    // With the versions that were replaced.
    let every = |files| -> Vec<(String, String)> {
        let versions = dualcert::standard::versions(files).expect("sound");
        versions
            .iter()
            .map(|s| (s.name(), s.digest.clone()))
            .collect()
    };
    let shipped = every(None);
    assert_eq!(every(Some(&files)), shipped);
    assert_eq!(
        data,
        2 * shipped.len() + 1,
        "a file of the folder is not shipped"
    );
}

/// `released.json` holds the digests of every version that is out: those that were replaced and those
/// that are published. What is out is never edited; a change is a new version.
#[test]
fn what_is_released_is_frozen() {
    let digest = |text: &str| -> String {
        use sha2::Digest;
        sha2::Sha256::digest(text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    let path = folder().join("released.json");
    let stored: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_default())
            .unwrap_or_default();
    let mut fresh = serde_json::Map::new();
    for standard in dualcert::standard::versions(None).expect("sound") {
        if standard.judges() && standard.header.status == Status::Draft {
            continue;
        }
        let file = folder().parent().expect("the project").join(&standard.file);
        let examples = file.with_extension("examples.json");
        let text = std::fs::read_to_string(examples).expect("examples");
        let key = format!("{}/{}", standard.header.series, standard.header.version);
        let digests = serde_json::json!({"standard": standard.digest, "examples": digest(&text)});
        fresh.insert(key, digests);
    }
    // Curves are a part of every standard that judges by them: another curve is another file, and a new version of these.
    for entry in std::fs::read_dir(folder().join("curves")).expect("curves") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a curve");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        fresh.insert(
            format!("curves/{name}"),
            serde_json::json!({"curve": digest(&text)}),
        );
    }
    // One that is known may neither change nor go away, whatever switch is set.
    for (version, digests) in stored.as_object().into_iter().flatten() {
        assert_eq!(
            fresh.get(version),
            Some(digests),
            "{version} is released: restore it and write a new version"
        );
    }
    let text = format!("{:#}\n", serde_json::Value::Object(fresh.clone()));
    if std::env::var_os("DUALCERT_UPDATE").is_some() {
        std::fs::write(&path, text).expect("standards/ is writable");
    } else {
        assert_eq!(
            stored,
            serde_json::Value::Object(fresh),
            "run with DUALCERT_UPDATE=1"
        );
    }
}

#[test]
fn the_shipped_standards_say_what_they_are() {
    let standards = shipped();
    let of_programmes = standards.programmes().iter().flat_map(|p| p.standards());
    for standard in of_programmes.chain(standards.markets()) {
        let title = &standard.title;
        assert!(
            title.contains("reference programme of this project, not an official standard"),
            "{title}"
        );
        // Below 1.0 a standard is a draft; what is published says since when, and lies under its first number.
        let header = &standard.header;
        let draft = header.numbers()[0] == 0;
        let status = if draft {
            Status::Draft
        } else {
            Status::Published
        };
        assert_eq!(header.status, status, "{title}");
        assert_eq!(header.issued.is_none(), draft, "{title}");
        let major = format!("-{}.json", header.numbers()[0]);
        assert!(standard.file.ends_with(&major), "{}", standard.file);
        for clause in &standard.clauses {
            let id = &clause.id;
            assert!(
                clause.rationale.len() > 80,
                "{id} needs an engineering reason"
            );
            assert!(
                clause.source.evidence != Evidence::Recalled || clause.level != Level::Shall,
                "{id}"
            );
            let texts = [&clause.rationale, &clause.description, &clause.title];
            assert!(texts.iter().all(|text| !text.contains("must be")), "{id}");
        }
    }
}

/// A file of a market cannot list all that the market asks for and says so; each entry says how it is known.
#[test]
fn what_is_open_on_a_market_says_how_it_is_known() {
    let standards = shipped();
    assert_eq!(standards.market_names(), ["cn", "eu", "jp", "uk", "us"]);
    for standard in standards.markets() {
        let market = standard.market.as_ref().expect("a market");
        assert!(standard.description.contains("no list of everything"));
        assert!(!market.open.is_empty() && !market.outside.is_empty());
        let open = market.open.iter().map(|one| (&one.entry, Some(one.level)));
        let outside = market.outside.iter().map(|one| (&one.entry, None));
        for (entry, level) in open.chain(outside) {
            let id = &entry.id;
            assert!(entry.rationale.len() > 60, "{id}");
            let recalled = entry.source.evidence == Evidence::Recalled;
            assert!(!recalled || level == Some(Level::Info), "{id}");
        }
    }
}

#[test]
fn a_motor_standard_begins_with_the_adequacy_of_the_application() {
    let standards = shipped();
    let motors = standards
        .programmes()
        .iter()
        .flat_map(|programme| [&programme.motor_a, &programme.motor_b]);
    for standard in motors {
        let first: Vec<&str> = standard.clauses[..5].iter().map(|c| c.field.name).collect();
        assert_eq!(
            first,
            [
                "requirement_magnet_temperature_hot_c",
                "requirement_magnet_temperature_cold_c",
                "requirement_overspeed_ratio",
                "demagnetisation_decision_percentile_ratio",
                "demagnetisation_knee_factor_ratio",
            ]
        );
    }
}
