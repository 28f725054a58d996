//! A mistake in any clause of any shipped standard is caught by the gates: every asserting part of
//! every clause is damaged in turn, and no damaged standard loads.

use dualcert::standard::{Side, Standard, TextFile};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Every shipped standard: its path under `standards/` without the ending.
fn stems() -> Vec<String> {
    let standards = dualcert::standard::Standards::shipped().expect("the shipped standards");
    let all = standards.programmes().iter().flat_map(|p| p.standards());
    all.map(|standard| {
        let header = &standard.header;
        let side = match header.side {
            Side::A => "a",
            Side::B => "b",
            Side::Pair => "pair",
        };
        let subject = format!("{:?}", header.subject).to_lowercase();
        format!("{subject}/{}/{side}-0", header.sector)
    })
    .collect()
}

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

/// A change to one clause: what it is and how it is made.
type Damage = (String, Box<dyn Fn(&mut Value)>);

fn damage(what: impl Into<String>, change: impl Fn(&mut Value) + 'static) -> Damage {
    (what.into(), Box::new(change))
}

/// Where the body of a clause is.
fn body(clause: &Value) -> &'static str {
    if clause.get("then").is_some() {
        "/then"
    } else {
        ""
    }
}

/// The limit of the clause, damaged in every way.
fn other_limits(clause: &Value) -> Vec<Damage> {
    let field = clause["x-quantity"].as_str().expect("a field");
    let at = format!("{}/properties/{field}", body(clause));
    let limit = clause
        .pointer(&at)
        .and_then(Value::as_object)
        .expect("a limit");
    let mut damaged = limits(limit);
    let listed = limit
        .get("enum")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let allowed = dualcert::record::field::find(field)
        .expect("a field")
        .allowed;
    for word in allowed
        .iter()
        .map(|word| json!(word))
        .filter(|word| !listed.contains(word))
    {
        let mut wider = limit.clone();
        let words: Vec<Value> = listed.iter().cloned().chain([word]).collect();
        wider.insert("enum".to_owned(), json!(words));
        damaged.push(wider);
    }
    for (bound, value) in [("minimum", -1e9), ("maximum", 1e9)] {
        let mut narrower = limit.clone();
        if narrower.get(bound).is_none() {
            narrower.insert(bound.to_owned(), json!(value));
            damaged.push(narrower);
        }
    }
    let one = |limit: Map<String, Value>| {
        let at = at.clone();
        let what = Value::Object(limit.clone()).to_string();
        damage(what, move |clause| {
            *clause.pointer_mut(&at).expect("a limit") = json!(limit)
        })
    };
    damaged.into_iter().map(one).collect()
}

/// The clause reads another field, or none, or has a misspelt key.
fn other_fields(clause: &Value) -> Vec<Damage> {
    let required = format!("{}/required", body(clause));
    let require = |names: Value| {
        let at = required.clone();
        move |clause: &mut Value| *clause.pointer_mut(&at).expect("required") = names.clone()
    };
    let mut damages = vec![damage("no required", require(json!([])))];
    for other in [
        "sector",
        "peak_torque_n_m",
        "b_to_a_peak_torque_ratio",
        "nothing",
    ] {
        damages.push(damage(other, move |clause| {
            clause["x-quantity"] = json!(other)
        }));
        damages.push(damage(other, require(json!([other]))));
    }
    for name in clause.as_object().expect("object").keys() {
        let name = name.clone();
        damages.push(damage(format!("{name} misspelt"), move |clause| {
            let object = clause.as_object_mut().expect("object");
            let value = object.shift_remove(&name).expect("a member");
            object.insert(format!("{name}s"), value);
        }));
    }
    damages.push(damage("another unit", |clause| {
        clause["x-unit"] = json!("m")
    }));
    damages.push(damage("only recalled", |clause| {
        clause["x-level"] = json!("shall");
        clause["x-source"]["evidence"] = json!("recalled");
    }));
    damages
}

/// The clause applies when it should not, or always.
fn other_conditions(clause: &Value) -> Vec<Damage> {
    if body(clause).is_empty() {
        return Vec::new();
    }
    let turned = damage("the condition turned", |clause| {
        let condition = clause["if"]["properties"].as_object_mut().expect("object");
        for pinned in condition.values_mut() {
            pinned["const"] = match &pinned["const"] {
                Value::Bool(flag) => json!(!flag),
                word => json!(if word == "ndfeb" { "smco" } else { "ndfeb" }),
            };
        }
    });
    let none = damage("no condition", |clause| {
        let object = clause.as_object_mut().expect("object");
        object.shift_remove("if");
        let then = object.shift_remove("then").expect("then");
        object.extend(then.as_object().expect("object").clone());
    });
    vec![turned, none]
}

/// Every standard that differs from this one in one asserting place of one clause.
fn mutants(standard: &Value) -> Vec<(String, Value)> {
    let mut mutants = Vec::new();
    for (key, clause) in standard["$defs"]
        .as_object()
        .expect("clauses")
        .iter()
        .skip(1)
    {
        let every = [
            other_limits(clause),
            other_fields(clause),
            other_conditions(clause),
        ];
        for (what, change) in every.into_iter().flatten() {
            let mut copy = standard.clone();
            change(&mut copy["$defs"][key.as_str()]);
            if copy != *standard {
                mutants.push((format!("{key}: {what}"), copy));
            }
        }
    }
    mutants
}

#[test]
fn no_damaged_clause_loads() {
    let mut count = 0;
    let mut survivors = Vec::new();
    for stem in stems() {
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
    assert!(count > 3000, "{count}");
    assert!(
        survivors.is_empty(),
        "{} of {count}:\n{}",
        survivors.len(),
        survivors.join("\n")
    );
}
