//! A mistake in any clause of any shipped standard is caught by the gates: every asserting part of
//! every clause is damaged in turn, and no damaged standard loads.

use dualcert::standard::{Standard, TextFile};
use serde_json::{Map, Value, json};
use std::path::Path;

const STEMS: [&str; 5] = [
    "magnet/ev_traction/a-0",
    "magnet/ev_traction/b-0",
    "motor/ev_traction/a-0",
    "motor/ev_traction/b-0",
    "interchange/ev_traction/pair-0",
];

fn read(name: &str) -> TextFile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("standards")
        .join(name);
    TextFile {
        name: name.to_owned(),
        text: std::fs::read_to_string(path).expect("a file"),
    }
}

/// Every value that differs from this limit in one way: a bound one step off, on the other side or
/// no longer inclusive; a word more, less or turned.
fn limits(limit: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut damaged = Vec::new();
    let mut put = |change: &dyn Fn(&mut Map<String, Value>)| {
        let mut copy = limit.clone();
        change(&mut copy);
        damaged.push(copy);
    };
    for (key, value) in limit {
        let (key, value) = (key.as_str(), value.clone());
        put(&|copy| drop(copy.shift_remove(key)));
        put(&|copy| {
            copy.shift_remove(key);
            copy.insert(format!("{key}s"), value.clone());
        });
        let other = match key {
            "minimum" => ["exclusiveMinimum", "maximum"],
            "maximum" => ["exclusiveMaximum", "minimum"],
            _ => ["", ""],
        };
        for other in other.into_iter().filter(|other| !other.is_empty()) {
            put(&|copy| {
                copy.shift_remove(key);
                copy.insert(other.to_owned(), value.clone());
            });
        }
        if let Some(number) = value.as_f64() {
            let step = if number == 0.0 {
                1e-7
            } else {
                number.abs() * 1e-5
            };
            for moved in [
                number + step,
                number - step,
                number * 10.0 + 1.0,
                -number - 1.0,
            ] {
                let moved = dualcert::unit::round_significant(moved, 6);
                put(&|copy| drop(copy.insert(key.to_owned(), json!(moved))));
            }
        }
        match &value {
            Value::Bool(flag) => put(&|copy| drop(copy.insert(key.to_owned(), json!(!flag)))),
            Value::Array(words) => {
                for place in 0..words.len() {
                    let mut fewer = words.clone();
                    fewer.remove(place);
                    put(&|copy| drop(copy.insert(key.to_owned(), json!(fewer))));
                }
            }
            _ => {}
        }
    }
    damaged
}

/// Every standard that differs from this one in one asserting place of one clause.
fn mutants(standard: &Value) -> Vec<(String, Value)> {
    let mut mutants = Vec::new();
    let clauses = standard["$defs"].as_object().expect("clauses");
    for (key, clause) in clauses.iter().skip(1) {
        let mut put = |what: &str, change: &dyn Fn(&mut Value)| {
            let mut copy = standard.clone();
            change(&mut copy["$defs"][key.as_str()]);
            if copy != *standard {
                mutants.push((format!("{key}: {what}"), copy));
            }
        };
        let conditional = clause.get("then").is_some();
        let body = if conditional { "/then" } else { "" };
        let field = clause["x-quantity"].as_str().expect("a field");
        let at = format!("{body}/properties/{field}");
        let limit = clause
            .pointer(&at)
            .and_then(Value::as_object)
            .expect("a limit");
        let allowed = dualcert::record::field::find(field)
            .expect("a field")
            .allowed;
        let mut damaged = limits(limit);
        for word in allowed.iter().filter(|word| {
            limit["type"] == "string"
                && !limit["enum"]
                    .as_array()
                    .is_some_and(|words| words.contains(&json!(word)))
        }) {
            let mut wider = limit.clone();
            wider["enum"]
                .as_array_mut()
                .expect("words")
                .push(json!(word));
            damaged.push(wider);
        }
        for (bound, value) in [("minimum", -1e9), ("maximum", 1e9)] {
            let mut narrower = limit.clone();
            if narrower.get(bound).is_none() {
                narrower.insert(bound.to_owned(), json!(value));
                damaged.push(narrower);
            }
        }
        for damaged in damaged {
            let what = Value::Object(damaged.clone()).to_string();
            put(&what, &|clause| {
                *clause.pointer_mut(&at).expect("a limit") = json!(damaged)
            });
        }
        for other in [
            "sector",
            "peak_torque_n_m",
            "b_to_a_peak_torque_ratio",
            "nothing",
        ] {
            put(other, &|clause| clause["x-quantity"] = json!(other));
            put(other, &|clause| {
                *clause
                    .pointer_mut(&format!("{body}/required"))
                    .expect("required") = json!([other]);
            });
        }
        put("no required", &|clause| {
            *clause
                .pointer_mut(&format!("{body}/required"))
                .expect("required") = json!([]);
        });
        for name in clause.as_object().expect("object").keys() {
            put(&format!("{name} misspelt"), &|clause| {
                let object = clause.as_object_mut().expect("object");
                let value = object.shift_remove(name).expect("a member");
                object.insert(format!("{name}s"), value);
            });
        }
        put("another unit", &|clause| clause["x-unit"] = json!("m"));
        put("only recalled", &|clause| {
            clause["x-level"] = json!("shall");
            clause["x-source"]["evidence"] = json!("recalled");
        });
        if conditional {
            put("the condition turned", &|clause| {
                let condition = clause["if"]["properties"].as_object_mut().expect("object");
                for pinned in condition.values_mut() {
                    let turned = match &pinned["const"] {
                        Value::Bool(flag) => json!(!flag),
                        word => json!(if word == "ndfeb" { "smco" } else { "ndfeb" }),
                    };
                    pinned["const"] = turned;
                }
            });
            put("no condition", &|clause| {
                let object = clause.as_object_mut().expect("object");
                object.shift_remove("if");
                let then = object.shift_remove("then").expect("then");
                for (name, value) in then.as_object().expect("object") {
                    object.insert(name.clone(), value.clone());
                }
            });
        }
    }
    mutants
}

#[test]
fn no_damaged_clause_loads() {
    let mut count = 0;
    let mut survivors = Vec::new();
    for stem in STEMS {
        let file = read(&format!("{stem}.json"));
        let examples = read(&format!("{stem}.examples.json"));
        let standard: Value = serde_json::from_str(&file.text).expect("JSON");
        for (what, mutant) in mutants(&standard) {
            count += 1;
            let file = TextFile {
                name: file.name.clone(),
                text: mutant.to_string(),
            };
            if Standard::load(&file, Some(&examples)).is_ok() {
                survivors.push(format!("{stem} {what}"));
            }
        }
    }
    assert!(count > 1000, "{count}");
    assert!(
        survivors.is_empty(),
        "{} of {count}:\n{}",
        survivors.len(),
        survivors.join("\n")
    );
}
