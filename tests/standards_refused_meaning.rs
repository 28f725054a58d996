//! The gates on what a clause means refuse by clause and place.

#[path = "standards/damage.rs"]
mod damage;

use damage::*;
use serde_json::{Value, json};

#[test]
fn the_identity_clause_pins_what_conditions_read() {
    let identity = |damage: fn(&mut Value)| magnet_a_clause("identity", damage);
    let unread =
        identity(|c| c["required"] = json!(["record_version", "sector", "pathway", "has_magnets"]));
    only(&unread, "0", "standard-identity-open");
    let open = identity(|c| {
        c["properties"]
            .as_object_mut()
            .expect("object")
            .remove("magnet_family");
    });
    only(&open, "0", "standard-identity-open");
    only(
        &identity(|c| c["properties"]["pathway"] = json!({"const": "b"})),
        "0",
        "standard-identity-mismatch",
    );
    only(
        &identity(|c| c["properties"]["pathway"] = json!({"enum": ["a", "none"]})),
        "0",
        "standard-identity-mismatch",
    );
    let misspelt = identity(|c| {
        c["properties"]["magnet_family"] = json!({"enum": ["ndfeb", "ferite"]});
    });
    assert_eq!(misspelt[0], ("0".to_owned(), "standard-unknown-word"));
    let typed = identity(|c| c["properties"]["sector"] = json!({"type": "string"}));
    only(&typed, "0", "standard-shape");
    let conditional = identity(|c| {
        c["if"] =
            json!({"required": ["sector"], "properties": {"sector": {"const": "ev_traction"}}})
    });
    only(&conditional, "0", "standard-shape");
    let late = magnet_a_clause("identity", |c| c["x-clause"] = json!("9"));
    assert!(!late.is_empty());
}

#[test]
fn a_clause_judges_a_field_that_exists_as_it_is() {
    let m6 = |damage: fn(&mut Value)| magnet_a_clause("a-m6", damage);
    only(
        &m6(|c| c["x-unit"] = json!("K")),
        "A-M6",
        "standard-wrong-unit",
    );
    only(
        &m6(|c| c["x-quantity"] = json!("magnet_mass_kg")),
        "A-M6",
        "standard-several-fields",
    );
    only(
        &m6(|c| c["required"] = json!(["magnet_mass_kg"])),
        "A-M6",
        "standard-several-fields",
    );
    let unknown = m6(|c| {
        c["x-quantity"] = json!("magnet_colour");
        c["required"] = json!(["magnet_colour"]);
        c["properties"] = json!({"magnet_colour": {"type": "number", "minimum": 1}});
    });
    only(&unknown, "A-M6", "standard-unknown-field");
    let of_the_pair = m6(|c| {
        c["x-quantity"] = json!("same_laminations");
        c["required"] = json!(["same_laminations"]);
        c["properties"] = json!({"same_laminations": {"type": "boolean", "const": true}});
    });
    only(&of_the_pair, "A-M6", "standard-unknown-field");
    let wrong_type = m6(|c| {
        c["properties"] =
            json!({"magnet_reference_temperature_c": {"type": "string", "const": "20"}})
    });
    only(&wrong_type, "A-M6", "standard-wrong-type");
    let word = magnet_a_clause("a-m1", |c| {
        c["properties"]["magnet_data_kind"]["enum"] = json!(["minimal"])
    });
    only(&word, "A-M1", "standard-unknown-word");
    let recalled = m6(|c| c["x-source"]["evidence"] = json!("recalled"));
    only(&recalled, "A-M6", "standard-recalled");
}

#[test]
fn a_condition_reads_identity_only() {
    let m2 = |damage: fn(&mut Value)| magnet_a_clause("a-m2", damage);
    let quantity = m2(
        |c| c["if"] = json!({"required": ["magnet_data_kind"], "properties": {"magnet_data_kind": {"const": "minimum"}}}),
    );
    only(&quantity, "A-M2", "standard-condition-field");
    let free_text = m2(|c| {
        c["if"] = json!({"required": ["topology"], "properties": {"topology": {"const": "ipm"}}})
    });
    only(&free_text, "A-M2", "standard-condition-field");
    only(
        &m2(|c| c["if"]["properties"]["magnet_family"]["const"] = json!("NdFeB")),
        "A-M2",
        "standard-unknown-word",
    );
    let number = m2(|c| c["if"]["properties"]["magnet_family"] = json!({"minimum": 1}));
    only(&number, "A-M2", "standard-shape");
    let dead = m2(|c| c["if"]["properties"]["magnet_family"]["const"] = json!("none"));
    assert!(
        dead.contains(&("A-M2".to_owned(), "standard-dead-condition")),
        "{dead:?}"
    );
    let not_required = m2(|c| c["if"]["required"] = json!(["has_magnets"]));
    only(&not_required, "A-M2", "standard-several-fields");
}

#[test]
fn a_limit_is_a_number_that_a_record_can_hold() {
    let m6 = |limits: Value| {
        magnet_a_clause("a-m6", move |c| {
            let mut schema = json!({"type": "number"});
            for (key, value) in limits.as_object().expect("object") {
                schema[key] = value.clone();
            }
            c["properties"] = json!({"magnet_reference_temperature_c": schema});
        })
    };
    only(
        &m6(json!({"minimum": 18.000_000_1})),
        "A-M6",
        "standard-limit-digits",
    );
    only(
        &m6(json!({"minimum": 28, "maximum": 18})),
        "A-M6",
        "standard-empty-interval",
    );
    let count = refused("magnet/ev_traction/b-1", |pair| {
        pair.standard["$defs"]["b-m4"]["properties"]["undeclared_stage_count"]["maximum"] =
            json!(0.5);
    });
    only(&count, "B-M4", "standard-limit-count");
}

#[test]
fn a_limit_that_everything_or_nothing_meets_is_refused() {
    let count = |limit: Value| {
        refused("magnet/ev_traction/b-1", move |pair| {
            pair.standard["$defs"]["b-m4"]["properties"]["undeclared_stage_count"] = limit.clone();
        })
    };
    for vacuous in [
        json!({"type": "number", "minimum": 0}),
        json!({"type": "number", "exclusiveMinimum": -1}),
    ] {
        only(&count(vacuous), "B-M4", "standard-vacuous");
    }
    for beyond in [
        json!({"type": "number", "maximum": -1}),
        json!({"type": "number", "exclusiveMaximum": 0}),
    ] {
        only(&count(beyond), "B-M4", "standard-out-of-reach");
    }
    let none = json!({"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 2});
    only(&count(none), "B-M4", "standard-empty-interval");
    // A share lies between none and all, an efficiency below all, a temperature above absolute zero.
    for (key, id, limits, code) in [
        ("p3a", "P3a", json!({"minimum": 0}), "standard-vacuous"),
        ("p3a", "P3a", json!({"maximum": 1}), "standard-vacuous"),
        (
            "p3a",
            "P3a",
            json!({"minimum": 1.01}),
            "standard-out-of-reach",
        ),
        (
            "p3a",
            "P3a",
            json!({"exclusiveMaximum": 0}),
            "standard-out-of-reach",
        ),
        ("p15", "P15", json!({"maximum": 1}), "standard-vacuous"),
        (
            "p15",
            "P15",
            json!({"minimum": 95}),
            "standard-out-of-reach",
        ),
        ("p1", "P1", json!({"minimum": -300}), "standard-vacuous"),
        (
            "p2",
            "P2",
            json!({"maximum": -300}),
            "standard-out-of-reach",
        ),
    ] {
        let found = refused("motor/ev_traction/a-1", |pair| {
            let clause = &mut pair.standard["$defs"][key];
            let field = clause["x-quantity"].as_str().expect("a field").to_owned();
            let body = if clause.get("then").is_some() {
                &mut clause["then"]
            } else {
                clause
            };
            let mut schema = limits.clone();
            schema["type"] = json!("number");
            body["properties"][field] = schema;
        });
        only(&found, id, code);
    }
    let every_word = magnet_a_clause("a-m1", |c| {
        c["properties"]["magnet_data_kind"]["enum"] =
            json!(["typical", "minimum", "nominal_with_tolerance", "nominal"])
    });
    only(&every_word, "A-M1", "standard-vacuous");
    // Between neighbours of the record's rounding lies nothing.
    let between =
        magnet_a_clause(
            "a-m6",
            |c| {
                c["properties"]["magnet_reference_temperature_c"] =
                    json!({"type": "number", "exclusiveMinimum": 18, "exclusiveMaximum": 18.0001})
            },
        );
    only(&between, "A-M6", "standard-empty-interval");
}

#[test]
fn clauses_that_no_record_meets_together_are_refused() {
    let least = |c: &Value| c["then"]["properties"].clone();
    let beside = |damage: &dyn Fn(&mut Value)| {
        magnet_a(|standard| {
            let mut more = standard["$defs"]["a-m4"].clone();
            let quantity = "magnet_coercivity_hcj_20c_min_ka_per_m";
            assert_eq!(least(&more)[quantity]["minimum"], json!(240));
            more["x-clause"] = json!("A-M15");
            more["then"]["properties"][quantity] = json!({"type": "number", "maximum": 200});
            damage(&mut more);
            standard["$defs"]["a-m15"] = more;
            let all_of = standard["allOf"].as_array_mut().expect("a list");
            all_of.push(json!({"$ref": "#/$defs/a-m15"}));
        })
    };
    let family = |word: &str| json!({"required": ["magnet_family"], "properties": {"magnet_family": {"const": word}}});
    only(&beside(&|_| {}), "A-M15", "standard-clash");
    // With the limit on ferrite and the other on all but ferrite nothing excludes anything; only the examples are missing.
    let apart = beside(&|c| c["if"] = family("bonded"));
    assert!(
        apart.iter().all(|(_, code)| *code != "standard-clash"),
        "{apart:?}"
    );
    // What advises does not block, so that it can be failed.
    let advice = magnet_a(|standard| {
        let mut more = standard["$defs"]["a-m4"].clone();
        more["x-clause"] = json!("A-M15");
        more["x-level"] = json!("should");
        more["then"]["properties"]["magnet_coercivity_hcj_20c_min_ka_per_m"] =
            json!({"type": "number", "maximum": 200});
        standard["$defs"]["a-m15"] = more;
    });
    assert!(
        advice.iter().all(|(_, code)| *code != "standard-clash"),
        "{advice:?}"
    );
}

#[test]
fn motor_standards_that_one_kind_of_machine_cannot_meet_together_are_refused() {
    use dualcert::standard::checked;
    let files = |(limit, beyond): (f64, f64)| -> Vec<_> {
        let (a, mut b) = (
            shipped("motor/ev_traction/a-1"),
            shipped("motor/ev_traction/b-1"),
        );
        // Of ferrite, side B asks peak torque to harm its magnets; that is not judged there otherwise.
        let field = "demagnetisation_margin_peak_hot_t";
        let clause = &mut b.standard["$defs"]["p9"];
        clause["x-quantity"] = json!(field);
        clause["if"] = json!({"required": ["magnet_family"], "properties": {"magnet_family": {"const": "ferrite"}}});
        clause["then"] = json!({"required": [field], "properties": {field: {"type": "number", "maximum": limit}}});
        b.examples["clauses"]["P9"] = json!({
            "pass": {"at the limit": {"magnet_family": "ferrite", field: limit}},
            "fail": {"one step beyond": {"magnet_family": "ferrite", field: beyond}}});
        vec![
            text("a.json", &a.standard),
            text("a.examples.json", &a.examples),
            text("b.json", &b.standard),
            text("b.examples.json", &b.examples),
        ]
    };
    let told = |limits| -> Vec<String> {
        let found = checked(&files(limits), false).errors;
        let of_both = found
            .iter()
            .filter(|e| e.fault.code() == "standard-contradiction");
        of_both.map(ToString::to_string).collect()
    };
    let clash = told((-0.1, -0.0999999));
    assert_eq!(clash.len(), 1, "{clash:?}");
    assert!(
        clash[0].contains("P7 of A") && clash[0].contains("P9 of B"),
        "{clash:?}"
    );
    assert_eq!(told((0.2, 0.200001)), Vec::<String>::new());
}

#[test]
fn texts_say_what_is_seen_of_them() {
    for hidden in [
        "a\u{1b}[31mred",
        "left\u{202e}right",
        "no\u{200b}space",
        "two\nlines",
    ] {
        let found = magnet_a_clause("a-m6", |c| c["title"] = json!(hidden));
        assert!(
            found.contains(&("A-M6".to_owned(), "standard-unseen-character")),
            "{found:?}"
        );
    }
    for blank in ["", " ", "\u{a0}"] {
        for key in ["title", "x-rationale"] {
            let found = magnet_a_clause("a-m6", |c| c[key] = json!(blank));
            assert!(
                found.contains(&("A-M6".to_owned(), "standard-blank")),
                "{key}: {found:?}"
            );
        }
        let found = magnet_a_clause("a-m6", |c| c["x-source"]["document"] = json!(blank));
        assert!(found.contains(&("A-M6".to_owned(), "standard-blank")));
    }
    for day in ["2026-13-45", "2020-00-00"] {
        only(
            &magnet_a(|s| s["x-standard"]["issued"] = json!(day)),
            "",
            "standard-date",
        );
    }
}

/// What a source is named for has to be what it says.
#[test]
fn sources_are_named_for_what_they_say() {
    for document in [
        "IEC 60034-1",
        "GB/T 13560",
        "Regulation (EU) 2019/1781",
        "10 CFR 431.25",
    ] {
        let found = magnet_a_clause("a-m2", |c| {
            c["x-source"] = json!({"document": document, "edition": "2022", "evidence": "project"});
        });
        only(&found, "A-M2", "standard-source-not-own");
    }
    let heat = |document: &str, edition: &str| {
        let mut pair = shipped("motor/ev_traction/a-1");
        let clause = &mut pair.standard["$defs"]["p12"];
        clause["x-source"] =
            json!({"document": document, "edition": edition, "evidence": "secondary"});
        let field = clause["x-quantity"].clone();
        assert_eq!(field, "winding_hot_spot_to_class_ratio");
        load(&pair).err().unwrap_or_default()
    };
    // As a ratio to the thermal class it is the heat of the winding all the same.
    let codes: Vec<&str> = heat("IEC 60034-1", "2022")
        .iter()
        .map(|error| error.fault.code())
        .collect();
    assert_eq!(codes, ["standard-source-subject"]);
    assert!(heat("IEC 60085", "2007").is_empty());
    let rise = |document: &str, edition: &str| -> Vec<&'static str> {
        let mut pair = shipped("motor/ev_traction/a-1");
        let clause = &mut pair.standard["$defs"]["p4"];
        clause["x-source"] =
            json!({"document": document, "edition": edition, "evidence": "secondary"});
        clause["x-quantity"] = json!("winding_temperature_c");
        clause["x-unit"] = json!("Cel");
        clause["required"] = json!(["winding_temperature_c"]);
        clause["properties"] = json!({"winding_temperature_c": {"type": "number", "maximum": 155}});
        let errors = load(&pair).expect_err("the examples are of another field");
        errors.iter().map(|error| error.fault.code()).collect()
    };
    for (document, edition) in [
        ("IEC 60034-1", "2022"),
        ("EN IEC 60034-1, Table 8", "2022"),
        ("GB/T 18488", "2024"),
    ] {
        assert_eq!(
            rise(document, edition),
            ["standard-source-subject"],
            "{document}"
        );
    }
    for (document, edition) in [("IEC 60034-11", "2020"), ("GB/T 18488", "2015")] {
        assert!(
            !rise(document, edition).contains(&"standard-source-subject"),
            "{document}"
        );
    }
}

#[test]
fn a_version_replaces_an_earlier_one() {
    for replaced in ["1.1.0", "1.2.0", "9.0.0"] {
        let found = magnet_a(|standard| standard["x-standard"]["supersedes"] = json!(replaced));
        assert_eq!(found[0].1, "standard-supersedes", "{found:?}");
    }
}
