//! What a certificate says its numbers rest on: the machines behind its uncertainties, and where its geometry comes from.

use super::seal::resealed;
use super::*;

const BASIS: &str = "from 6 machines of torque, no built machine among them";

/// A certificate of the candidate whose uncertainty rests on six machines, and what it states.
fn banded(bench: &Bench) -> (String, Value) {
    let (code, text, stderr) = bench.certify("banded", &["--allow", "draft"]);
    assert_eq!(code, 0, "{stderr}");
    let file = bench.folder.file("banded.cert.json", &text);
    let statement = payload(&file);
    (file, statement)
}

fn notes(statement: &Value) -> String {
    statement["predicate"]["notes"].to_string()
}

#[test]
fn the_first_page_counts_machines_quantity_by_quantity() {
    let bench = Bench::new();
    let (file, statement) = banded(&bench);
    let stated = &statement["predicate"]["validation"];
    let expected = json!([{
        "quantity": "torque",
        "machine_count": 6,
        "has_built_machine": false,
        "clauses": ["ev_traction_motor_b P4"],
    }]);
    assert_eq!(stated, &expected);
    let sentence = "the uncertainty of each quantity: torque 6, none of them built.";
    assert!(notes(&statement).contains(sentence), "{statement:#}");
    let (code, answer) = bench.verify(&file, &["--design", &bench.design]);
    assert_eq!((code, &answer["validation"]), (0, &expected));
    assert_eq!(answer["weakest_evidence"], "project");
    assert_eq!(answer["notes"], statement["predicate"]["notes"]);
    let key = bench.path("key.pub");
    let human = ["verify", &file, "--public-key", &key, "--as-of"];
    let (_, text, _) = outcome(&[&human[..], &["2026-12-01"]].concat(), "");
    assert!(text.contains(sentence), "{text}");
    assert!(text.contains("weakest evidence of a limit"), "{text}");
    // A number that is uncertain and of which no machine speaks.
    let (code, text, _) = bench.certify("unsure", &["--allow", "draft", "--allow", "weak"]);
    let weak = payload(&bench.folder.file("weak.cert.json", &text));
    assert_eq!(code, 0);
    assert!(notes(&weak).contains("fewer than three machines"));
}

#[test]
fn machines_that_do_not_stand_behind_a_number_are_no_foundation() {
    let bench = Bench::new();
    let key = PrivateKey::from_seed(&[1; 32]);
    let (_, statement) = banded(&bench);
    let sealed = |change: &dyn Fn(&mut Value)| {
        let mut changed = statement.clone();
        change(&mut changed);
        forged::digested(&mut changed);
        let file = bench.folder.file("forged.json", &resealed(changed, &key));
        let (_, answer) = bench.verify(&file, &["--design", &bench.design]);
        (
            answer["outcome"].as_str().unwrap().to_owned(),
            answer["levels"].to_string(),
        )
    };
    assert_eq!(sealed(&|_| {}).0, "valid");
    let nine = |s: &mut Value| s["predicate"]["validation"][0]["machine_count"] = json!(9);
    assert_eq!(sealed(&nine).0, "verdict_differs");
    let none = |s: &mut Value| {
        s["predicate"]
            .as_object_mut()
            .unwrap()
            .shift_remove("validation");
    };
    assert_eq!(sealed(&none).0, "verdict_differs");
    // Everywhere, so that what is stated follows from the stored record.
    let everywhere = |from: &'static str, to: &'static str| {
        move |s: &mut Value| {
            let text = s.to_string();
            assert!(text.contains(from));
            *s = serde_json::from_str(&text.replace(from, to)).unwrap();
        }
    };
    let more = |s: &mut Value| {
        everywhere("from 6 machines", "from 9 machines")(s);
        everywhere("torque 6,", "torque 9,")(s);
        nine(s);
    };
    let (outcome, told) = sealed(&more);
    assert_eq!(outcome, "record_differs", "{told}");
    assert!(told.contains("fewer machines stand behind"), "{told}");
    let built = |s: &mut Value| {
        everywhere(", no built machine among them", "")(s);
        everywhere("torque 6, none of them built", "torque 6")(s);
        s["predicate"]["validation"][0]["has_built_machine"] = json!(true);
    };
    assert_eq!(sealed(&built).0, "record_differs");
    // An older program knew fewer: it holds, and is told.
    let fewer = |s: &mut Value| {
        everywhere("from 6 machines", "from 5 machines")(s);
        everywhere("torque 6,", "torque 5,")(s);
        s["predicate"]["validation"][0]["machine_count"] = json!(5);
    };
    let (outcome, told) = sealed(&fewer);
    assert_eq!(outcome, "valid", "{told}");
    assert!(told.contains("more machines stand behind"), "{told}");
    // Versions that do not state it.
    let older = |s: &mut Value| s["predicate"]["certificate_version"] = json!("1.2");
    assert_eq!(sealed(&older).0, "not_genuine");
    let honest = |s: &mut Value| {
        older(s);
        none(s);
        let notes = s["predicate"]["notes"].as_array_mut().unwrap();
        notes.retain(|note| !note.as_str().unwrap().starts_with("Different machines"));
        notes.retain(|note| !note.as_str().unwrap().starts_with("No machine"));
    };
    let (outcome, told) = sealed(&honest);
    assert_eq!(outcome, "valid", "{told}");
}

#[test]
fn the_source_of_the_geometry_is_that_of_the_design() {
    let bench = Bench::new();
    let without = notes(&banded(&bench).1);
    assert!(without.contains("as the design file states it; supply"));
    let text = fs::read_to_string(&bench.design).unwrap();
    let mut design: Value = serde_json::from_str(&text).unwrap();
    for candidate in design["candidates"].as_array_mut().unwrap() {
        candidate["geometry_source"] = json!("drawing 4711, revision C");
    }
    fs::write(&bench.design, design.to_string()).unwrap();
    let (file, statement) = banded(&bench);
    let stated = &statement["predicate"]["design"]["geometry_source"];
    assert_eq!(stated, "drawing 4711, revision C");
    assert!(notes(&statement).contains("by its words from: drawing 4711, revision C"));
    assert_eq!(bench.verify(&file, &["--design", &bench.design]).0, 0);
    let key = PrivateKey::from_seed(&[1; 32]);
    for other in [json!("drawing 4712, revision C"), Value::Null] {
        let mut changed = statement.clone();
        let design = changed["predicate"]["design"].as_object_mut().unwrap();
        let words = match other.as_str() {
            Some(_) => "from: drawing 4712, revision C; supply is as declared there. Neither was",
            None => "; supply is as declared there and was not",
        };
        match other {
            Value::Null => drop(design.shift_remove("geometry_source")),
            other => design["geometry_source"] = other,
        }
        let note = &mut changed["predicate"]["notes"][3];
        let head = "The geometry is as the design file states it";
        *note = json!(match words.starts_with("from") {
            true => format!("{head}, by its words {words} checked."),
            false => format!("{head}{words} checked."),
        });
        let file = bench.folder.file("other.json", &resealed(changed, &key));
        let (code, answer) = bench.verify(&file, &["--design", &bench.design]);
        assert_eq!((code, &answer["outcome"]), (1, &json!("design_differs")));
    }
}

#[test]
fn a_basis_of_the_double_is_one_of_the_program() {
    let found = crate::evaluate::behind(BASIS);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].quantity, found[0].machine_count), ("torque", 6));
}
