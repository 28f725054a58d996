//! The slips of an editor in every clause of every shipped standard. Each is refused on loading; what a new
//! version may rightly do, to weigh a clause otherwise or to take it out with its examples, is named by the
//! comparison with the version before. What neither sees would let a record pass that failed.

#[path = "standards_mutants/edits.rs"]
mod edits;

use dualcert::lifecycle::{Bump, diff};
use dualcert::standard::{Side, Standard, Standards, TextFile};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// What a new version may do.
const RIGHTLY: [&str; 2] = ["level raised or lowered", "deleted with its examples"];

/// A standard and its examples as they stand in the repository.
struct Shipped {
    stem: String,
    standard: Value,
    examples: Value,
    loaded: Standard,
}

fn shipped() -> Vec<Shipped> {
    let standards = Standards::shipped().expect("the shipped standards");
    let all = standards.programmes().iter().flat_map(|p| p.standards());
    all.chain(standards.markets())
        .map(|loaded| {
            let header = &loaded.header;
            let side = match header.side {
                Side::A => "a",
                Side::B => "b",
                Side::Pair => "pair",
                Side::Any => "any",
            };
            let stem = match header.series.strip_prefix("market_") {
                Some(market) => format!("market/{market}-0"),
                None => {
                    let (subject, major) = (header.subject.name(), header.numbers()[0]);
                    format!("{subject}/{}/{side}-{major}", header.sector)
                }
            };
            let read = |ending: &str| {
                let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("standards");
                let path = root.join(format!("{stem}{ending}.json"));
                let text = std::fs::read_to_string(path).expect("a file");
                serde_json::from_str(&text).expect("JSON")
            };
            Shipped {
                standard: read(""),
                examples: read(".examples"),
                loaded: loaded.clone(),
                stem,
            }
        })
        .collect()
}

/// An edit: its kind, and the standard and examples after it.
type Edit = (&'static str, Value, Value);

/// Every edit of the clause under a key, and those that take it out.
fn edits(shipped: &Shipped, key: &str) -> Vec<Edit> {
    let clause = &shipped.standard["$defs"][key];
    let whole = |(kind, clause)| {
        let mut standard = shipped.standard.clone();
        standard["$defs"][key] = clause;
        (kind, standard, shipped.examples.clone())
    };
    let mut all: Vec<Edit> = edits::slips(clause).into_iter().map(whole).collect();
    let (mut standard, mut examples) = (shipped.standard.clone(), shipped.examples.clone());
    let reference = json!({ "$ref": format!("#/$defs/{key}") });
    let members = standard["allOf"].as_array_mut().expect("a list");
    members.retain(|member| *member != reference);
    all.push(("no longer referred to", standard.clone(), examples.clone()));
    let remove = |object: &mut Value, key: &str| {
        object
            .as_object_mut()
            .expect("an object")
            .shift_remove(key)
            .expect("a member")
    };
    remove(&mut standard["$defs"], key);
    all.push(("deleted", standard.clone(), examples.clone()));
    let id = clause["x-clause"].as_str().expect("a number");
    remove(&mut examples["clauses"], id);
    all.push(("deleted with its examples", standard, examples));
    all.retain(|(_, standard, _)| *standard != shipped.standard);
    all
}

/// What becomes of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Refused,
    Told,
    Missed,
}

fn fate(shipped: &Shipped, id: &str, (kind, standard, examples): &Edit) -> Fate {
    let text = |ending: &str, value: &Value| TextFile {
        name: format!("{}{ending}.json", shipped.stem),
        text: value.to_string(),
    };
    let (file, examples) = (text("", standard), text(".examples", examples));
    let Ok(edited) = Standard::load(&file, Some(&examples)) else {
        return Fate::Refused;
    };
    if !RIGHTLY.contains(kind) {
        return Fate::Missed;
    }
    let found = diff(&shipped.loaded, &edited).expect("two texts of one series");
    let mut changes = found.changes.iter();
    let named = changes.any(|change| change.clause == id && change.bump > Bump::Patch);
    if named && !found.shortfalls.is_empty() {
        Fate::Told
    } else {
        Fate::Missed
    }
}

/// Edits of each kind by fate, and the ones that nothing saw.
#[derive(Default)]
struct Score {
    by_kind: BTreeMap<&'static str, [usize; 3]>,
    missed: Vec<String>,
}

fn score(shipped: &Shipped) -> Score {
    let mut score = Score::default();
    let clauses = shipped.standard["$defs"].as_object().expect("clauses");
    for (key, clause) in clauses.iter().skip(1) {
        let id = clause["x-clause"].as_str().expect("a number");
        for edit in edits(shipped, key) {
            let fate = fate(shipped, id, &edit);
            score.by_kind.entry(edit.0).or_default()[fate as usize] += 1;
            if fate == Fate::Missed {
                score
                    .missed
                    .push(format!("{} {id}: {}", shipped.stem, edit.0));
            }
        }
    }
    score
}

#[test]
fn no_slip_goes_unseen() {
    let all = shipped();
    let scores: Vec<Score> = all.par_iter().map(score).collect();
    let mut total: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut missed = Vec::new();
    for score in scores {
        for (kind, counts) in score.by_kind {
            let sum = total.entry(kind).or_default();
            (0..3).for_each(|fate| sum[fate] += counts[fate]);
        }
        missed.extend(score.missed);
    }
    for (kind, [refused, told, missed]) in &total {
        println!("{kind}: {refused} refused on loading, {told} told by diff, {missed} missed");
    }
    let count: usize = total.values().flatten().sum();
    println!("{count} edits of {} kinds", total.len());
    assert!(
        missed.is_empty(),
        "{}:\n{}",
        missed.len(),
        missed.join("\n")
    );
    assert!(count > 10_000, "{count}");
    assert_eq!(total.len(), 30, "{:?}", total.keys());
}
