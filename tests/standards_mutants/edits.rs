//! Every slip of an editor in one clause, each with its kind.

use dualcert::record::field;
use serde_json::{Map, Value, json};

/// A kind of slip, and the clause after it.
pub type Slip = (&'static str, Value);

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

/// Collects changed copies of a value.
struct Copies<'v, V> {
    of: &'v V,
    found: Vec<(&'static str, V)>,
}

impl<'v, V: Clone> Copies<'v, V> {
    fn of(of: &'v V) -> Self {
        Copies { of, found: vec![] }
    }

    fn put(&mut self, kind: &'static str, change: impl FnOnce(&mut V)) {
        let mut copy = self.of.clone();
        change(&mut copy);
        self.found.push((kind, copy));
    }
}

fn renamed(object: &mut Map<String, Value>, key: &str, to: &str) {
    let value = object.shift_remove(key).expect("a member");
    object.insert(to.to_owned(), value);
}

/// Every limit that one slip makes of a limit.
fn limits(limit: &Map<String, Value>, allowed: &[&str]) -> Vec<(&'static str, Map<String, Value>)> {
    let mut copies = Copies::of(limit);
    for (key, value) in limit {
        let dropped = if key == "type" {
            "type dropped"
        } else {
            "limit dropped"
        };
        copies.put(dropped, |copy| drop(copy.shift_remove(key)));
        copies.put("keyword misspelt", |copy| {
            renamed(copy, key, &format!("{key}s"))
        });
        match value {
            Value::Bool(flag) => copies.put("word turned", |copy| copy[key] = json!(!flag)),
            Value::Array(words) => {
                for place in 0..words.len() {
                    let mut fewer = words.clone();
                    fewer.remove(place);
                    copies.put("a word less", |copy| copy[key] = json!(fewer));
                }
                for word in allowed.iter().map(|word| json!(word)) {
                    if !words.contains(&word) {
                        copies.put("a word more", |copy| {
                            copy[key] = json!([words.as_slice(), &[word]].concat());
                        });
                    }
                }
            }
            _ => {}
        }
    }
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
        copies.put("minimum for maximum", |copy| renamed(copy, key, other_side));
        copies.put("exclusive or inclusive", |copy| {
            renamed(copy, key, other_kind)
        });
        // Records hold six significant digits.
        let step = 10f64.powf(value.abs().max(1e-6).log10().floor() - 5.0);
        let tenth = 0.1 * if value == 0.0 { 1.0 } else { value.abs() };
        for (kind, moved) in [
            ("loosened by a step of rounding", value + outwards * step),
            ("loosened by 10 %", value + outwards * tenth),
            ("tightened by a step of rounding", value - outwards * step),
            ("moved far", value * 10.0 + 1.0),
            ("moved far", -value - 1.0),
        ] {
            let moved = dualcert::unit::round_significant(moved, 6);
            copies.put(kind, |copy| copy[key] = json!(moved));
        }
    }
    for (bound, value) in [("minimum", -1e9), ("maximum", 1e9)] {
        if limit.get(bound).is_none() {
            copies.put("a bound that binds nothing", |copy| {
                drop(copy.insert(bound.to_owned(), json!(value)));
            });
        }
    }
    copies.found
}

/// Slips in what the clause asks for.
fn of_limit(clause: &Value) -> Vec<Slip> {
    let name = clause["x-quantity"].as_str().expect("a field");
    let at = format!("{}/properties/{name}", body(clause));
    let limit = clause.pointer(&at).and_then(Value::as_object);
    let allowed = field::find(name).expect("a field").allowed;
    let mut copies = Copies::of(clause);
    for (kind, limit) in limits(limit.expect("a limit"), allowed) {
        copies.put(kind, |copy| {
            *copy.pointer_mut(&at).expect("a limit") = json!(limit)
        });
    }
    copies.found
}

/// Slips in which field the clause judges.
fn of_field(clause: &Value) -> Vec<Slip> {
    let body = body(clause);
    let name = clause["x-quantity"].as_str().expect("a field");
    let required = format!("{body}/required");
    let mut copies = Copies::of(clause);
    copies.put("required dropped", |copy| {
        let parent = copy.pointer_mut(body).and_then(Value::as_object_mut);
        parent.expect("a body").shift_remove("required");
    });
    copies.put("required emptied", |copy| {
        *copy.pointer_mut(&required).expect("a list") = json!([]);
    });
    for other in [
        "sector",
        "peak_torque_n_m",
        "b_to_a_peak_torque_ratio",
        "nothing",
    ] {
        copies.put("another field named", |copy| {
            copy["x-quantity"] = json!(other)
        });
        copies.put("another field required", |copy| {
            *copy.pointer_mut(&required).expect("a list") = json!([other]);
        });
    }
    let place = |name: &str| field::ALL.iter().position(|f| f.name == name);
    let own = field::find(name).expect("a field");
    let mut alike = field::ALL.to_vec();
    alike.retain(|f| f.name != own.name && f.kind == own.kind && f.unit == own.unit);
    // The neighbours in the table are those that are taken for each other; with the knob, all.
    let here = place(name).expect("a place");
    alike.sort_by_key(|f| place(f.name).expect("a place").abs_diff(here));
    alike.truncate(cases(3));
    for other in alike {
        copies.put("another field of the same type", |copy| {
            copy["x-quantity"] = json!(other.name);
            let parent = copy.pointer_mut(body).expect("a body");
            let required = parent["required"].as_array_mut().expect("a list");
            for word in required.iter_mut().filter(|word| *word == name) {
                *word = json!(other.name);
            }
            let properties = parent["properties"].as_object_mut().expect("an object");
            renamed(properties, name, other.name);
        });
    }
    copies.put("another unit", |copy| copy["x-unit"] = json!("m"));
    copies.found
}

/// Slips in where the clause is asked, how strongly, and on whose word.
fn of_standing(clause: &Value) -> Vec<Slip> {
    let mut copies = Copies::of(clause);
    let members = clause.as_object().expect("an object");
    for key in members.keys() {
        copies.put("keyword misspelt", |copy| {
            renamed(
                copy.as_object_mut().expect("an object"),
                key,
                &format!("{key}s"),
            );
        });
    }
    for key in ["if", "then", "properties"] {
        if members.contains_key(key) {
            copies.put("if, then or properties dropped", |copy| {
                copy.as_object_mut().expect("an object").shift_remove(key);
            });
        }
    }
    if let Some(condition) = clause.pointer("/if/properties").and_then(Value::as_object) {
        for (name, pinned) in condition {
            let at = format!("/if/properties/{name}");
            copies.put("applicability negated", |copy| {
                *copy.pointer_mut(&at).expect("a field") = json!({ "not": pinned });
            });
            let other = match &pinned["const"] {
                Value::Bool(flag) => json!(!flag),
                word => json!(if word == "ndfeb" { "smco" } else { "ndfeb" }),
            };
            if let Some(words) = pinned["enum"].as_array() {
                let enumerated = format!("{at}/enum");
                for place in 0..words.len() {
                    copies.put("a word less in the condition", |copy| {
                        let words = copy.pointer_mut(&enumerated).and_then(Value::as_array_mut);
                        words.expect("a list").remove(place);
                    });
                }
                let allowed = field::find(name).expect("a field").allowed;
                for word in allowed.iter().map(|word| json!(word)) {
                    if !words.contains(&word) {
                        copies.put("a word more in the condition", |copy| {
                            let words = copy.pointer_mut(&enumerated);
                            words
                                .and_then(Value::as_array_mut)
                                .expect("a list")
                                .push(word);
                        });
                    }
                }
            }
            copies.put("applicability turned", |copy| {
                *copy.pointer_mut(&at).expect("a field") = json!({ "const": other });
            });
        }
        copies.put("condition dropped", |copy| {
            let object = copy.as_object_mut().expect("an object");
            object.shift_remove("if");
            let then = object.shift_remove("then").expect("then");
            object.extend(then.as_object().expect("an object").clone());
        });
    }
    let level = clause["x-level"].as_str().expect("a level");
    for other in ["shall", "should", "info"]
        .into_iter()
        .filter(|l| *l != level)
    {
        copies.put("level raised or lowered", |copy| {
            copy["x-level"] = json!(other)
        });
    }
    copies.put("only recalled", |copy| {
        copy["x-level"] = json!("shall");
        copy["x-source"]["evidence"] = json!("recalled");
    });
    copies.found
}

/// Every slip.
pub fn slips(clause: &Value) -> Vec<Slip> {
    [of_limit(clause), of_field(clause), of_standing(clause)].concat()
}
