//! What a market file says is covered is borne out by the clauses that it names, or it does not load.

#[path = "standards/damage.rs"]
mod damage;

use damage::{Pair, only, read, shipped, text};
use dualcert::lifecycle::{Bump, diff};
use dualcert::standard::{Standards, TextFile, checked};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The shipped files with one pair in place of its own.
fn with(stem: &str, pair: &Pair) -> Vec<TextFile> {
    let mut files = Vec::new();
    for sector in dualcert::record::field::SECTOR.allowed {
        for role in [
            "magnet/{}/a-1",
            "magnet/{}/b-1",
            "motor/{}/a-1",
            "motor/{}/b-1",
            "interchange/{}/pair-1",
        ] {
            files.push(role.replace("{}", sector));
        }
    }
    files.push(stem.to_owned());
    files.sort();
    files.dedup();
    let of = |one: &String| {
        let found = if one == stem {
            Pair {
                standard: pair.standard.clone(),
                examples: pair.examples.clone(),
            }
        } else {
            shipped(one)
        };
        [
            text(&format!("{one}.json"), &found.standard),
            text(&format!("{one}.examples.json"), &found.examples),
        ]
    };
    files.iter().flat_map(of).collect()
}

/// What refuses a damaged market file, with the clause.
fn refused(market: &str, damage: impl Fn(&mut Value)) -> Vec<(String, &'static str)> {
    let stem = format!("market/{market}-0");
    let mut pair = shipped(&stem);
    damage(&mut pair.standard);
    let files = with(&stem, &pair);
    let errors = Standards::load(&files).expect_err("refused");
    // An author who lints this file alone is told the same, at the same place.
    let own: Vec<TextFile> = files
        .iter()
        .filter(|file| file.name.starts_with("market/"))
        .cloned()
        .collect();
    assert_eq!(checked(&own, false).errors, errors);
    assert!(
        errors.iter().all(|error| error.place.is_some()),
        "{errors:?}"
    );
    errors
        .iter()
        .map(|error| (error.clause.clone().unwrap_or_default(), error.fault.code()))
        .collect()
}

#[test]
fn a_claim_of_coverage_is_borne_out_or_refused() {
    let claim = |key: &'static str, standard: &'static str, clause: &'static str| {
        move |market: &mut Value| {
            market["$defs"][key]["x-covered-by"] =
                json!([{"standard": standard, "clause": clause}]);
        }
    };
    // The programme also accepts nominal values with a tolerance.
    let laxer = refused("eu", claim("eu-2", "ev_traction_magnet_a", "A-M1"));
    only(&laxer, "EU-2", "market-laxer-clause");
    let other = refused("eu", claim("eu-1", "ev_traction_magnet_a", "A-M2"));
    only(&other, "EU-1", "market-other-field");
    let pair = refused("eu", claim("eu-1", "ev_traction_interchange", "I1"));
    only(&pair, "EU-1", "market-other-field");
    for (standard, clause) in [
        ("ev_traction_magnet_a", "A-M66"),
        ("marine_magnet_a", "A-M6"),
        ("market_us", "US-1"),
    ] {
        let unknown = refused("eu", claim("eu-1", standard, clause));
        only(&unknown, "EU-1", "market-unknown-clause");
    }
    // Ferrites have a floor of their own, which says nothing of NdFeB; defence is exempt from the label.
    let elsewhere = refused("us", claim("us-2", "ev_traction_magnet_a", "A-M4"));
    only(&elsewhere, "US-2", "market-laxer-clause");
    let dead = refused("eu", |market| {
        market["$defs"]["eu-5"]["if"] =
            json!({"required": ["sector"], "properties": {"sector": {"const": "ev_traction"}}});
    });
    assert!(
        dead.iter().all(|(id, code)| id == "EU-5"
            && ["market-dead-cover", "standard-example-disagrees"].contains(code)),
        "{dead:?}"
    );
}

#[test]
fn what_is_only_recalled_neither_blocks_nor_lets_off() {
    let shall = refused("eu", |market| {
        market["x-market"]["open"][6]["x-level"] = json!("shall");
    });
    only(&shall, "EU-16", "standard-recalled");
    let outside = refused("eu", |market| {
        market["x-market"]["outside"][0]["x-source"]["evidence"] = json!("recalled");
    });
    only(&outside, "EU-20", "market-recalled-outside");
    let twice = refused("eu", |market| {
        market["x-market"]["open"][0]["x-clause"] = json!("EU-1");
    });
    only(&twice, "EU-1", "standard-duplicate-clause");
    let misspelt = refused("eu", |market| {
        market["x-market"]["open"][0]["if"]["properties"]["sector"]["const"] = json!("ev_tracton");
    });
    only(&misspelt, "EU-10", "standard-unknown-word");
}

#[test]
fn only_markets_have_what_markets_have() {
    let mut pair = shipped("magnet/ev_traction/a-1");
    pair.standard["x-market"] = read("market/eu-0.json")["x-market"].clone();
    let claim = json!([{"standard": "ev_traction_magnet_a", "clause": "A-M2"}]);
    pair.standard["$defs"]["a-m1"]["x-covered-by"] = claim;
    let errors = damage::load(&pair).expect_err("refused");
    let codes: Vec<&str> = errors.iter().map(|error| error.fault.code()).collect();
    assert_eq!(codes, ["standard-shape", "standard-shape"], "{errors:?}");
    for pathways in [json!(["a", "b"]), json!(["a", "b", "none", "pair"])] {
        let narrow = refused("eu", |market| {
            market["$defs"]["identity"]["properties"]["pathway"] = json!({"enum": pathways});
        });
        assert!(
            narrow.contains(&("0".to_owned(), "standard-identity-mismatch")),
            "{narrow:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    // Whatever limit a programme is given, the market file loads exactly if no value passes there that fails here.
    #[test]
    fn a_core_clause_that_is_laxer_by_anything_refuses_the_market(by in -0.2_f64..0.2) {
        let limit = dualcert::unit::round_significant(1.08 + by, 6);
        let mut core = shipped("magnet/wind_generator/a-1");
        core.standard["$defs"]["a-m2"]["then"]["properties"]["magnet_remanence_20c_min_t"]["minimum"] = json!(limit);
        let step = 1e-5;
        let below = dualcert::unit::round_significant(limit - if limit <= 1.0 { 1e-6 } else { step }, 6);
        core.examples["clauses"]["A-M2"]["pass"] = json!({"the least that is accepted": {"magnet_remanence_20c_min_t": limit}});
        core.examples["clauses"]["A-M2"]["fail"] = json!({"one step less": {"magnet_remanence_20c_min_t": below}});
        core.examples["base"]["magnet_remanence_20c_min_t"] = json!(2.0);
        let market = shipped("market/us-0");
        let mut files = vec![
            text("magnet/wind_generator/a-1.json", &core.standard),
            text("magnet/wind_generator/a-1.examples.json", &core.examples),
        ];
        files.extend([text("market/us-0.json", &market.standard), text("market/us-0.examples.json", &market.examples)]);
        let found = checked(&files, false);
        let codes: Vec<&str> = found.errors.iter().map(|error| error.fault.code()).collect();
        let expected: &[&str] = if limit < 1.08 { &["market-laxer-clause"] } else { &[] };
        prop_assert_eq!(codes, expected, "{}", limit);
    }
}

#[test]
fn what_a_market_lists_beside_its_clauses_is_compared_too() {
    let old = damage::load(&shipped("market/eu-0")).expect("sound");
    let compared = |damage: &dyn Fn(&mut Value)| {
        let mut pair = shipped("market/eu-0");
        pair.standard["x-standard"]["version"] = json!("0.1.1");
        pair.standard["x-standard"]["supersedes"] = json!("0.1.0");
        pair.standard["$id"] = json!("https://dualcert.invalid/standards/market_eu/0.1.1");
        damage(&mut pair.standard);
        let new = damage::load(&pair).expect("sound");
        let found = diff(&old, &new).expect("versions of one market");
        assert_eq!(found.changes, [], "no record is judged otherwise");
        (found.market, found.required, found.shortfalls.is_empty())
    };
    assert_eq!(compared(&|_| {}), (vec![], Bump::None, true));
    let open = |market: &mut Value| -> Vec<Value> {
        market["x-market"]["open"]
            .as_array()
            .expect("a list")
            .clone()
    };
    let fewer = compared(&|market| market["x-market"]["open"] = json!(open(market)[1..]));
    let line = "open EU-10 Net power and 30-minute power as measured: removed".to_owned();
    assert_eq!(fewer, (vec![line], Bump::Minor, true));
    let raised = compared(&|market| market["x-market"]["open"][1]["x-level"] = json!("shall"));
    let line = "open EU-11 Content of the data carrier: should → shall".to_owned();
    assert_eq!(raised, (vec![line], Bump::Major, false));
    let words = compared(&|market| market["x-market"]["open"][1]["title"] = json!("Another title"));
    assert_eq!((words.1, words.2), (Bump::Patch, true));
    let binds = compared(&|market| market["x-market"]["outside"] = json!([]));
    assert_eq!((binds.1, binds.2), (Bump::Major, false));
    let others = compared(&|market| {
        drop(
            market["x-market"]["open"][0]
                .as_object_mut()
                .expect("an entry")
                .remove("if"),
        )
    });
    assert_eq!((others.1, others.2), (Bump::Major, false));
    let claims = compared(&|market| {
        drop(
            market["$defs"]["eu-1"]["x-covered-by"]
                .as_array_mut()
                .expect("a list")
                .pop(),
        )
    });
    assert!(
        claims.0[0].starts_with("clause EU-1 is covered by "),
        "{claims:?}"
    );
    assert_eq!(claims.1, Bump::Patch);
}
