//! What was changed by one who has no key, and by one who has.

use super::seal::{payload, resealed};
use super::*;
use rayon::prelude::*;

#[test]
fn no_byte_of_payload_signature_or_key_id_can_be_changed() {
    let bench = Bench::new();
    let key = PrivateKey::from_seed(&[1; 32]);
    let trust = Trust::in_one("own", key.public());
    // All of a small envelope, every bit of every byte.
    let small = Envelope::seal("application/vnd.in-toto+json", b"{\"a\": [1, 2]}", &[key]);
    let whole = serde_json::to_string(&small).unwrap();
    let survivors = (0..whole.len() * 8).filter(|bit| {
        let mut bytes = whole.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let read = Envelope::read("c", &bytes);
        read.is_ok_and(|e| e.verified("application/vnd.in-toto+json", &trust).is_ok())
    });
    assert_eq!(survivors.count(), 0);
    assert!(
        small
            .verified("application/vnd.in-toto+json", &trust)
            .is_ok()
    );
    // A real certificate with two signatures, every byte of it.
    let second = PrivateKey::from_seed(&[2; 32]);
    let trust = two_owners(&second);
    let file = bench.certificate(&["--key", &bench.folder.file("second", &second.to_pem())]);
    let text = fs::read(file).unwrap();
    let original = certificate::open("c", &text, &trust).unwrap();
    assert_eq!(original.signers().len(), 2);
    let with = |at: usize, byte: u8| {
        let mut changed = text.clone();
        changed[at] = byte;
        certificate::open("c", &changed, &trust)
    };
    let flipped = (0..text.len())
        .into_par_iter()
        .map(|at| (at, with(at, text[at] ^ 1)));
    let survivors: Vec<usize> = flipped
        .filter_map(|(at, opened)| opened.ok().map(|_| at))
        .collect();
    assert!(survivors.is_empty(), "{survivors:?}");
    // White space between the members holds nothing that is reported.
    let spaces: Vec<usize> = (0..text.len())
        .filter(|at| text[*at].is_ascii_whitespace())
        .collect();
    assert!(spaces.len() > 20 && text.len() > 20_000, "{}", text.len());
    for at in spaces {
        assert_eq!(with(at, b'\t').as_ref(), Ok(&original), "byte {at}");
    }
}

/// Two owners who may certify their own.
fn two_owners(second: &PrivateKey) -> Trust {
    let first = PrivateKey::from_seed(&[1; 32]);
    let entry = |name: &str, key: &PrivateKey| json!({"name": name, "public_key": key.public().to_pem(), "roles": ["self"]});
    let keys = [entry("one", &first), entry("two", second)];
    let file = json!({"trust_version": "1.0", "keys": keys});
    Trust::read("trust.json", file.to_string().as_bytes()).unwrap()
}

#[test]
fn one_who_has_a_key_still_cannot_certify_what_does_not_hold() {
    let bench = Bench::new();
    let key = PrivateKey::from_seed(&[1; 32]);
    let statement = payload(&bench.certificate(&[]));
    let sealed = |change: &dyn Fn(&mut Value)| {
        let mut changed = statement.clone();
        change(&mut changed);
        let file = bench.folder.file("forged.json", &resealed(changed, &key));
        let (code, answer) = bench.verify(&file, &["--design", &bench.design]);
        // What is not checked is said.
        let told = answer.to_string().contains("were not checked");
        let version = &payload(&file)["predicate"]["certificate_version"];
        let older = version == "1.0" || version == "1.1";
        let outcome = answer["outcome"].as_str().unwrap().to_owned();
        assert_eq!(told, older && outcome == "valid");
        (code, outcome)
    };
    let is = |code: u8, word: &str| (code, word.to_owned());
    assert_eq!(sealed(&|_| {}), is(0, "valid"));
    // A record that was changed without its digest, then with it: judged again, computed again.
    let ratio = "/predicate/records/1/record/peak_torque_to_requirement_ratio";
    let set = |s: &mut Value, to: f64| *s.pointer_mut(ratio).unwrap() = json!(to);
    let digest = |s: &mut Value| {
        let text = s["predicate"]["records"][1]["record"].to_string();
        s["subject"][2]["digest"]["sha256"] = json!(sha256(text.as_bytes()));
    };
    assert_eq!(sealed(&|s| set(s, 1.5)), is(1, "not_genuine"));
    let both = |to: f64| {
        sealed(&|s| {
            set(s, to);
            digest(s);
        })
    };
    assert_eq!(both(0.5), is(1, "verdict_differs"));
    assert_eq!(both(1.5), is(1, "verdict_differs"));
    let torque = "/predicate/records/1/record/no_load_flux_linkage_wb";
    if statement.pointer(torque).is_some() {
        let forged = sealed(&|s| {
            *s.pointer_mut(torque).unwrap() = json!(9.0);
            digest(s);
        });
        assert_eq!(forged, is(1, "record_differs"));
    }
    // What is stated about the verdicts.
    let clause = "/predicate/standards/1/clauses/0/margin";
    let margin = sealed(&|s| *s.pointer_mut(clause).unwrap() = json!(123.0));
    assert_eq!(margin, is(1, "verdict_differs"));
    let silent = sealed(&|s| s["predicate"]["allowed"] = json!([]));
    assert_eq!(silent, is(1, "verdict_differs"));
    let short = sealed(&|s| {
        s["predicate"]["standards"].as_array_mut().unwrap().pop();
    });
    assert_eq!(short, is(1, "verdict_differs"));
    let evidence = sealed(&|s| s["predicate"]["weakest_evidence"] = json!("primary"));
    assert_eq!(evidence, is(1, "verdict_differs"));
    let keeps = "/predicate/change_rule/keeps/0";
    let rule = sealed(&|s| *s.pointer_mut(keeps).unwrap() = json!("any other magnet"));
    assert_eq!(rule, is(1, "verdict_differs"));
    let title = sealed(&|s| s["predicate"]["title"] = json!("certified"));
    assert_eq!(title, is(1, "verdict_differs"));
    // Words for readers that hold all that older forms asked of them, and more.
    let general = crate::change_rule::change_rule(&crate::change_rule::Judged {
        grades: None,
        pair: None,
        judgements: &[],
        meets_both: true,
    });
    let words: [(&str, Value); 3] = [
        ("/predicate/change_rule/keeps", json!(general.keeps)),
        (
            "/predicate/title",
            json!(format!(
                "tested. {}",
                statement["predicate"]["title"].as_str().unwrap()
            )),
        ),
        ("/predicate/notes", json!(["Approved by every body."])),
    ];
    for (pointer, word) in &words {
        let put = |s: &mut Value| *s.pointer_mut(pointer).unwrap() = word.clone();
        assert_eq!(sealed(&put), is(1, "verdict_differs"), "{pointer}");
        let older = sealed(&|s| {
            put(s);
            s["predicate"]["certificate_version"] = json!("1.1");
        });
        assert_eq!(older, is(0, "valid"), "{pointer}");
    }
    let places = "/predicate/choke_points";
    let hidden = sealed(&|s| {
        s.pointer_mut(places).unwrap().as_array_mut().unwrap().pop();
    });
    assert_eq!(hidden, is(1, "record_differs"));
    let eased = sealed(&|s| s["predicate"]["choke_points"][0]["value"] = json!(0.5));
    assert_eq!(eased, is(1, "record_differs"));
    let rule = sealed(&|s| s["predicate"]["decision_rule"] = json!("simple"));
    assert_eq!(rule, is(1, "not_genuine"));
    let assessor = sealed(&|s| s["predicate"]["assessor"] = json!("third_party"));
    assert_eq!(assessor, is(1, "not_genuine"));
    let other = sealed(&|s| s["predicate"]["standards"][0]["sha256"] = json!("0".repeat(64)));
    assert_eq!(other, is(5, "could_not_check"));
    // What is stated of the design beside its records.
    let is_other = is(1, "design_differs");
    let stages = "/predicate/supply/0/supply/stages";
    let supply = sealed(&|s| *s.pointer_mut(stages).unwrap() = json!({}));
    assert_eq!(supply, is_other);
    // In the place where the form has it, or the id would not follow.
    let state = |s: &mut Value, materials: &Value| {
        let predicate = s["predicate"].as_object_mut().unwrap();
        let (last, rule) = predicate.shift_remove_entry("change_rule").unwrap();
        predicate.insert("material_supply".to_owned(), materials.clone());
        predicate.insert(last, rule);
    };
    let copper = json!({"copper": {}});
    let materials = sealed(&|s| state(s, &copper));
    assert_eq!(materials, is_other);
    let topology = sealed(&|s| s["predicate"]["design"]["topology"] = json!("spm"));
    assert_eq!(topology, is_other);
    let name = sealed(&|s| s["predicate"]["design"]["name"] = json!("another"));
    assert_eq!(name, is_other);
    // A version that states less says nothing of it, one that nobody knows is refused.
    let version = |word: &str, materials: Option<&Value>| {
        sealed(&|s| {
            s["predicate"]["certificate_version"] = json!(word);
            if let Some(materials) = materials {
                state(s, materials);
            }
        })
    };
    assert_eq!(version("1.0", None), is(0, "valid"));
    assert_eq!(version("1.0", Some(&copper)), is(1, "not_genuine"));
    assert_eq!(version("1.1", None), is(0, "valid"));
    assert_eq!(version("1.4", None), is(1, "not_genuine"));
    let unknown = sealed(&|s| s["predicate"]["extra"] = json!(1));
    assert_eq!(unknown, is(1, "not_genuine"));
    let large = sealed(&|s| {
        s["predicate"]["standards"][0]["clauses"][0]["revision"] = json!(9_007_199_254_740_993_u64);
    });
    assert_eq!(large, is(1, "not_genuine"));
}

/// Digests of all records of a statement, as they follow from them.
pub(super) fn digested(statement: &mut Value) {
    let records = statement["predicate"]["records"].clone();
    for record in records.as_array().unwrap() {
        let name = format!("record/{}", record["pathway"].as_str().unwrap());
        let digest = sha256(record["record"].to_string().as_bytes());
        let subjects = statement["subject"].as_array_mut().unwrap();
        let subject = subjects.iter_mut().find(|one| one["name"] == name.as_str());
        subject.unwrap()["digest"]["sha256"] = json!(digest);
    }
}

/// That an uncertainty rests on few machines is known from what is computed again, whatever is stated of it.
#[test]
fn what_was_weak_is_weak_when_it_is_computed_again() {
    let bench = Bench::new();
    let key = PrivateKey::from_seed(&[1; 32]);
    let (code, text, stderr) = bench.certify("unsure", &["--allow", "draft", "--allow", "weak"]);
    assert_eq!(code, 0, "{stderr}");
    let honest = bench.folder.file("weak.cert.json", &text);
    assert_eq!(bench.verify(&honest, &["--design", &bench.design]).0, 0);
    let mut statement = payload(&honest);
    let without = statement["predicate"]["records"].to_string();
    assert!(without.contains(crate::evaluate::WEAK));
    let without = without.replace(crate::evaluate::WEAK, "");
    statement["predicate"]["records"] = serde_json::from_str(&without).unwrap();
    digested(&mut statement);
    let predicate = &mut statement["predicate"];
    let title = predicate["title"].as_str().unwrap();
    predicate["title"] = json!(title.replace(", weak validation basis", ""));
    predicate["allowed"] = json!(["draft"]);
    let notes = predicate["notes"].as_array_mut().unwrap();
    notes.retain(|note| !note.as_str().unwrap().contains("fewer than three"));
    let forged = bench.folder.file("forged.json", &resealed(statement, &key));
    assert_eq!(
        bench.verify(&forged, &[]).0,
        0,
        "levels 1 and 2 cannot know"
    );
    let (code, answer) = bench.verify(&forged, &["--design", &bench.design]);
    assert_eq!((code, &answer["outcome"]), (1, &json!("verdict_differs")));
    let told = answer["levels"][2]["message"].as_str().unwrap();
    assert!(told.contains("fewer than three machines"), "{told}");
}

/// What another schema and another program are said to have computed.
#[test]
fn of_an_older_schema_values_hold_and_uncertainties_are_those_of_today() {
    let bench = Bench::new();
    let key = PrivateKey::from_seed(&[1; 32]);
    let (code, text, stderr) = bench.certify("banded", &["--allow", "draft"]);
    assert_eq!(code, 0, "{stderr}");
    let statement = payload(&bench.folder.file("banded.cert.json", &text));
    let verified = |change: &dyn Fn(&mut Value)| {
        let mut changed = statement.clone();
        change(&mut changed);
        digested(&mut changed);
        let file = bench.folder.file("older.json", &resealed(changed, &key));
        let (_, answer) = bench.verify(&file, &["--design", &bench.design]);
        (answer["outcome"].as_str().unwrap().to_owned(), answer)
    };
    // A band that a clause of pathway B rests on, in the record and in what is stated of the clause.
    let of_b = |one: &&Value| one["pathway"] == "b";
    let standards = statement["predicate"]["standards"].as_array().unwrap();
    let clauses = standards.iter().filter(of_b);
    let mut clauses = clauses.flat_map(|one| one["clauses"].as_array().unwrap());
    let clause = clauses.find(|clause| clause["uncertainty"].as_f64().is_some_and(|u| u > 0.0));
    let clause = clause.unwrap();
    let name = clause["field"].as_str().unwrap().to_owned();
    assert_eq!(clause["uncertainty"], 0.02);
    let narrower = json!(0.018);
    let older = |s: &mut Value| s["predicate"]["record_schema"]["sha256"] = json!("0".repeat(64));
    // Puts a value of the clause into its record and into what is stated of it.
    let put = |s: &mut Value, key: &str, value: &Value| {
        let predicate = &mut s["predicate"];
        for record in predicate["records"].as_array_mut().unwrap() {
            if record["pathway"] == "b" {
                let record = &mut record["record"];
                match key {
                    "value" => record[&name] = value.clone(),
                    key => record[key][&name] = value.clone(),
                }
            }
        }
        for standard in predicate["standards"].as_array_mut().unwrap() {
            if standard["pathway"] == "b" {
                let clauses = standard["clauses"].as_array_mut().unwrap();
                let of_field = clauses
                    .iter_mut()
                    .filter(|clause| clause["field"] == name.as_str());
                of_field.for_each(|clause| clause[key] = value.clone());
            }
        }
    };
    let narrow = |s: &mut Value| put(s, "uncertainty", &narrower);
    let (outcome, answer) = verified(&narrow);
    assert_eq!(outcome, "record_differs");
    assert_eq!(
        answer["differences"][0]["field"],
        json!(format!("uncertainty/{name}"))
    );
    let (outcome, answer) = verified(&|s| {
        older(s);
        narrow(s);
    });
    assert_eq!(outcome, "valid");
    let told = answer["levels"][2]["message"].as_str().unwrap();
    assert!(
        told.contains("1 uncertainties are known otherwise now"),
        "{told}"
    );
    let (outcome, _) = verified(&|s| {
        older(s);
        put(s, "value", &json!(1.2));
        let standards = s["predicate"]["standards"].as_array_mut().unwrap();
        let all = standards.iter_mut().filter(|one| one["pathway"] == "b");
        let clauses = all.flat_map(|one| one["clauses"].as_array_mut().unwrap());
        let of_field = clauses.filter(|clause| clause["field"] == name.as_str());
        of_field.for_each(|clause| clause["margin"] = json!(0.25));
    });
    assert_eq!(outcome, "record_differs");
    for solver in ["name", "resolution"] {
        let (outcome, _) = verified(&|s| s["predicate"]["solver"][solver] = json!("fine"));
        assert_eq!(outcome, "design_differs");
    }
}

/// A certificate is of the rules that hold on the day on which it is issued.
#[test]
fn rules_of_another_day_certify_nothing() {
    let bench = Bench::new();
    let certified = |days: &[&str]| {
        let head = ["certify", &bench.design, "--candidate", "meets"];
        let tail = ["--key", &bench.key, "--allow", "draft"];
        let (code, text, stderr) = outcome(&[&head[..], &tail, days].concat(), "");
        assert_eq!(text.is_empty(), code != 0);
        (code, stderr)
    };
    for (days, told) in [
        (
            ["--issued-at", "2026-12-01", "--as-of", "2026-12-02"],
            "are not known on",
        ),
        (
            ["--issued-at", "2026-12-01", "--as-of", "2015-01-01"],
            "other rules on supply",
        ),
        (
            ["--issued-at", "2027-01-02", "--as-of", "2026-12-31"],
            "other rules on supply",
        ),
        (
            ["--issued-at", "2026-11-01", "--as-of", "2026-11-01"],
            "is in force from",
        ),
    ] {
        let (code, stderr) = certified(&days);
        assert!(code == 1 && stderr.contains(told), "{days:?}: {stderr}");
    }
    let days = ["--issued-at", "2026-12-01", "--as-of", "2026-11-30"];
    assert_eq!(certified(&days), (0, String::new()), "no rule changed");
}
