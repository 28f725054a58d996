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
    for empty in [
        json!({"type": "number", "maximum": -1}),
        json!({"type": "number", "exclusiveMaximum": 0}),
        json!({"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 2}),
    ] {
        only(&count(empty), "B-M4", "standard-empty-interval");
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
