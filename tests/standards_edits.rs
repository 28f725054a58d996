//! The slips of an editor in every clause of every shipped standard: each is refused on loading, or the
//! comparison with the version before names it. What neither sees would let a record pass that failed.
//! (`standards_mutants.rs` has the misspelt keywords of the clause itself.)

use dualcert::lifecycle::{Bump, diff};
use dualcert::record::field;
use dualcert::standard::{Side, Standard, Standards, TextFile};
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

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
    all.map(|loaded| {
        let header = &loaded.header;
        let side = match header.side {
            Side::A => "a",
            Side::B => "b",
            Side::Pair => "pair",
        };
        let stem = format!("{}/{}/{side}-0", header.subject.name(), header.sector);
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

/// How many fields stand in for the one that a clause judges; `DUALCERT_CASES` raises it.
fn cases(default: usize) -> usize {
    let asked = std::env::var("DUALCERT_CASES").ok();
    asked.map_or(default, |text| {
        text.parse().expect("DUALCERT_CASES is a number")
    })
}

/// The place of the assertion of a clause: below `then` where there is a condition.
fn body(clause: &Value) -> &'static str {
    if clause.get("then").is_some() {
        "/then"
    } else {
        ""
    }
}

/// Every limit that one slip makes of a limit.
fn limits(limit: &Map<String, Value>) -> Vec<(&'static str, Map<String, Value>)> {
    let mut found = Vec::new();
    let mut put = |kind, change: &dyn Fn(&mut Map<String, Value>)| {
        let mut copy = limit.clone();
        change(&mut copy);
        found.push((kind, copy));
    };
    put("type dropped", &|copy| drop(copy.shift_remove("type")));
    let turned = [
        ("minimum", "maximum", "exclusiveMinimum", -1.0),
        ("maximum", "minimum", "exclusiveMaximum", 1.0),
        ("exclusiveMinimum", "exclusiveMaximum", "minimum", -1.0),
        ("exclusiveMaximum", "exclusiveMinimum", "maximum", 1.0),
    ];
    for (key, other_side, other_kind, outwards) in turned {
        let Some(value) = limit.get(key).and_then(Value::as_f64) else {
            continue;
        };
        let renamed = |copy: &mut Map<String, Value>, to: &str| {
            let value = copy.shift_remove(key).expect("a bound");
            copy.insert(to.to_owned(), value);
        };
        put("minimum for maximum", &|copy| renamed(copy, other_side));
        put("exclusive or inclusive", &|copy| renamed(copy, other_kind));
        // Records hold six significant digits.
        let step = 10f64.powf(value.abs().max(1e-6).log10().floor() - 5.0);
        let tenth = 0.1 * if value == 0.0 { 1.0 } else { value.abs() };
        for (kind, by) in [
            ("loosened by a step of rounding", step),
            ("loosened by 10 %", tenth),
        ] {
            let moved = dualcert::unit::round_significant(value + outwards * by, 6);
            put(kind, &|copy| {
                drop(copy.insert(key.to_owned(), json!(moved)))
            });
        }
    }
    for key in limit.keys() {
        put("keyword misspelt", &|copy| {
            let value = copy.shift_remove(key).expect("a member");
            copy.insert(format!("{key}_"), value);
        });
    }
    found
}

/// Slips in what the clause asks for.
fn of_assertion(clause: &Value) -> Vec<(&'static str, Value)> {
    let body = body(clause);
    let name = clause["x-quantity"].as_str().expect("a field");
    let at = format!("{body}/properties/{name}");
    let mut found = Vec::new();
    let mut put = |kind, change: &dyn Fn(&mut Value)| {
        let mut copy = clause.clone();
        change(&mut copy);
        found.push((kind, copy));
    };
    let limit = clause.pointer(&at).and_then(Value::as_object);
    for (kind, limit) in limits(limit.expect("a limit")) {
        put(kind, &|copy| {
            *copy.pointer_mut(&at).expect("a limit") = json!(limit)
        });
    }
    put("required dropped", &|copy| {
        let parent = copy.pointer_mut(body).expect("a body");
        parent
            .as_object_mut()
            .expect("an object")
            .shift_remove("required");
    });
    put("another unit", &|copy| copy["x-unit"] = json!("m"));
    let place = |name: &str| {
        field::ALL
            .iter()
            .position(|f| f.name == name)
            .expect("a field")
    };
    let own = field::ALL[place(name)];
    let mut alike: Vec<&field::Field> = field::ALL.to_vec();
    alike.retain(|f| f.name != own.name && f.kind == own.kind && f.unit == own.unit);
    // The neighbours in the table are those that are taken for each other; with the knob, all.
    alike.sort_by_key(|f| place(f.name).abs_diff(place(name)));
    alike.truncate(cases(3));
    for other in alike {
        put("another field of the same type", &|copy| {
            copy["x-quantity"] = json!(other.name);
            let parent = copy.pointer_mut(body).expect("a body");
            let required = parent["required"].as_array_mut().expect("a list");
            for word in required.iter_mut().filter(|word| *word == name) {
                *word = json!(other.name);
            }
            let properties = parent["properties"].as_object_mut().expect("an object");
            let limit = properties.shift_remove(name).expect("a limit");
            properties.insert(other.name.to_owned(), limit);
        });
    }
    found
}

/// Slips in where the clause is asked and how strongly.
fn of_standing(clause: &Value) -> Vec<(&'static str, Value)> {
    let mut found = Vec::new();
    let mut put = |kind, change: &dyn Fn(&mut Value)| {
        let mut copy = clause.clone();
        change(&mut copy);
        found.push((kind, copy));
    };
    for key in ["if", "then", "allOf", "properties"] {
        if clause.get(key).is_some() {
            let object = |copy: &mut Value| {
                let members = copy.as_object_mut().expect("an object");
                members.shift_remove(key);
            };
            put("if, then or the whole assertion dropped", &object);
        }
    }
    if let Some(condition) = clause.pointer("/if/properties").and_then(Value::as_object) {
        for (name, pinned) in condition {
            put("applicability negated", &|copy| {
                copy["if"]["properties"][name] = json!({ "not": pinned });
            });
        }
    }
    let level = clause["x-level"].as_str().expect("a level");
    for other in ["shall", "should", "info"]
        .into_iter()
        .filter(|l| *l != level)
    {
        put("level raised or lowered", &|copy| {
            copy["x-level"] = json!(other)
        });
    }
    found
}

fn edits(shipped: &Shipped, key: &str) -> Vec<Edit> {
    let clause = &shipped.standard["$defs"][key];
    let whole = |(kind, clause)| {
        let mut standard = shipped.standard.clone();
        standard["$defs"][key] = clause;
        (kind, standard, shipped.examples.clone())
    };
    let slips = of_assertion(clause).into_iter().chain(of_standing(clause));
    let mut all: Vec<Edit> = slips.map(whole).collect();
    let (mut standard, mut examples) = (shipped.standard.clone(), shipped.examples.clone());
    let reference = json!({ "$ref": format!("#/$defs/{key}") });
    let members = standard["allOf"].as_array_mut().expect("a list");
    members.retain(|member| *member != reference);
    all.push(("no longer referred to", standard.clone(), examples.clone()));
    standard["$defs"]
        .as_object_mut()
        .expect("an object")
        .shift_remove(key);
    all.push(("deleted", standard.clone(), examples.clone()));
    let id = clause["x-clause"].as_str().expect("a number");
    examples["clauses"]
        .as_object_mut()
        .expect("an object")
        .shift_remove(id);
    all.push(("deleted with its examples", standard, examples));
    all
}

/// What becomes of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Refused,
    Told,
    Missed,
}

fn fate(shipped: &Shipped, id: &str, standard: &Value, examples: &Value) -> Fate {
    let text = |ending: &str, value: &Value| TextFile {
        name: format!("{}{ending}.json", shipped.stem),
        text: value.to_string(),
    };
    let (file, examples) = (text("", standard), text(".examples", examples));
    let Ok(edited) = Standard::load(&file, Some(&examples)) else {
        return Fate::Refused;
    };
    let found = diff(&shipped.loaded, &edited).expect("two texts of one series");
    let named = found
        .changes
        .iter()
        .any(|c| c.clause == id && c.bump > Bump::Patch);
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
        for (kind, standard, examples) in edits(shipped, key) {
            if standard == shipped.standard {
                continue;
            }
            let fate = fate(shipped, id, &standard, &examples);
            score.by_kind.entry(kind).or_default()[fate as usize] += 1;
            if fate == Fate::Missed {
                score.missed.push(format!("{} {id}: {kind}", shipped.stem));
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
    assert!(
        missed.is_empty(),
        "{}:\n{}",
        missed.len(),
        missed.join("\n")
    );
    let lines = total.iter().map(|(kind, [refused, told, _])| {
        format!("{kind}: {refused} refused on loading, {told} told by diff")
    });
    // The kinds, and that each happens; how many of each follows from the standards.
    for line in lines {
        println!("{line}");
    }
    assert_eq!(total.len(), 15, "{:?}", total.keys());
}
