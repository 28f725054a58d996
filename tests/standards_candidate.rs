//! The five statuses of a candidate and whether it meets both.

use dualcert::standard::{Programme, Standards};
use dualcert::verdict::Evaluation::{NotDeclared, NotEvaluated, Record};
use dualcert::verdict::{Candidate, CandidateVerdict, DecisionRule, Status, judge_candidate};
use serde_json::{Map, Value, json};

fn programme() -> Programme {
    let standards = Standards::shipped().expect("the shipped standards pass their gates");
    standards
        .programme("ev_traction")
        .expect("the sector")
        .clone()
}

/// One record that holds what the magnet and the motor standard of a side read.
fn merged(magnet: &Value, motor: &Value) -> Value {
    let mut record = magnet.clone();
    for (name, value) in motor.as_object().expect("object") {
        if let (Some(there), Some(more)) = (record[name].as_object_mut(), value.as_object()) {
            let more: Map<String, Value> = more.clone();
            there.extend(more);
        } else {
            record[name] = value.clone();
        }
    }
    record
}

struct Records {
    a: Value,
    b: Value,
    pair: Value,
}

fn records(programme: &Programme) -> Records {
    let base = |standard: &dualcert::standard::Standard| standard.examples[0].record.clone();
    Records {
        a: merged(&base(&programme.magnet_a), &base(&programme.motor_a)),
        b: merged(&base(&programme.magnet_b), &base(&programme.motor_b)),
        pair: base(&programme.interchange),
    }
}

fn judged(programme: &Programme, candidate: Candidate<'_>) -> CandidateVerdict {
    judge_candidate(programme, candidate, DecisionRule::GuardBanded)
}

use Status::{CouldNotJudge, Failed, Met, NotRequired, Undecided};

#[test]
fn a_candidate_that_meets_all_five_meets_both() {
    let programme = programme();
    let r = records(&programme);
    let candidate = Candidate::Magnets {
        a: Record(&r.a),
        b: Record(&r.b),
        pair: Record(&r.pair),
    };
    let verdict = judged(&programme, candidate);
    assert_eq!(verdict.statuses.all(), [Met; 5]);
    assert_eq!(verdict.meets_both, Some(true));
    let order: Vec<String> = verdict
        .judgements
        .iter()
        .map(|j| format!("{} {}", j.standard.series, j.pathway))
        .collect();
    assert_eq!(
        order,
        [
            "ev_traction_magnet_a a",
            "ev_traction_motor_a a",
            "ev_traction_magnet_b b",
            "ev_traction_motor_b b",
            "ev_traction_interchange pair"
        ]
    );
}

#[test]
fn a_pathway_that_is_not_declared_is_failed_and_says_so() {
    let programme = programme();
    let r = records(&programme);
    let candidate = Candidate::Magnets {
        a: Record(&r.a),
        b: NotDeclared,
        pair: NotDeclared,
    };
    let verdict = judged(&programme, candidate);
    assert_eq!(verdict.statuses.all(), [Met, Met, Failed, Failed, Failed]);
    assert_eq!(verdict.meets_both, Some(false));
    assert_eq!(
        verdict.judgements[2].reason.as_deref(),
        Some("pathway B not declared")
    );
    assert_eq!(
        verdict.judgements[3].reason.as_deref(),
        Some("pathway B not declared")
    );
}

#[test]
fn a_machine_without_magnets_is_judged_on_its_single_record() {
    let programme = programme();
    let r = records(&programme);
    let mut record = r.a.clone();
    for (name, value) in [
        ("pathway", json!("none")),
        ("topology", json!("srm")),
        ("has_magnets", json!(false)),
        ("magnet_family", json!("none")),
        ("heavy_rare_earth_mass_per_power_kg_per_kw", json!(0.0)),
    ] {
        record[name] = value;
    }
    for name in record
        .as_object()
        .expect("object")
        .keys()
        .cloned()
        .collect::<Vec<_>>()
    {
        if name.starts_with("demagnetisation")
            || name.starts_with("fault_emf")
            || name.contains("magnet_temperature")
        {
            record.as_object_mut().expect("object").remove(&name);
        }
    }
    let verdict = judged(&programme, Candidate::Magnetless(Record(&record)));
    assert_eq!(
        verdict.statuses.all(),
        [NotRequired, Met, NotRequired, Met, NotRequired]
    );
    assert_eq!(verdict.meets_both, Some(true));
    assert_eq!(verdict.judgements.len(), 2);
    assert!(verdict.judgements.iter().all(|j| j.pathway == "none"));

    record["peak_torque_to_requirement_ratio"] = json!(0.97);
    let verdict = judged(&programme, Candidate::Magnetless(Record(&record)));
    assert_eq!(
        verdict.statuses.all(),
        [NotRequired, Failed, NotRequired, Met, NotRequired]
    );
    assert_eq!(verdict.meets_both, Some(false));
}

#[test]
fn failure_is_decisive_and_what_could_not_be_judged_is_neither() {
    let programme = programme();
    let r = records(&programme);
    let reason = "the solver did not converge at 250 A";
    let candidate = |b| Candidate::Magnets {
        a: Record(&r.a),
        b,
        pair: NotEvaluated(reason),
    };
    let verdict = judged(&programme, candidate(NotEvaluated(reason)));
    assert_eq!(
        verdict.statuses.all(),
        [Met, Met, CouldNotJudge, CouldNotJudge, CouldNotJudge]
    );
    assert_eq!(verdict.meets_both, None);
    assert_eq!(verdict.judgements[2].reason.as_deref(), Some(reason));

    let mut weak = r.b.clone();
    weak["peak_torque_to_requirement_ratio"] = json!(0.5);
    let verdict = judged(&programme, candidate(Record(&weak)));
    assert_eq!(
        verdict.statuses.all(),
        [Met, Met, Met, Failed, CouldNotJudge]
    );
    assert_eq!(verdict.meets_both, Some(false));
}

#[test]
fn an_undecided_clause_blocks_under_the_guard_band_only() {
    let programme = programme();
    let mut r = records(&programme);
    let name = "demagnetisation_margin_short_circuit_hot_t";
    r.b["uncertainty"][name] = json!(0.1);
    let candidate = Candidate::Magnets {
        a: Record(&r.a),
        b: Record(&r.b),
        pair: Record(&r.pair),
    };
    let verdict = judged(&programme, candidate);
    assert_eq!(verdict.statuses.motor_b, Undecided);
    assert_eq!(verdict.meets_both, Some(false));
    let line = verdict.judgements[3]
        .clauses
        .iter()
        .find(|line| line.field == name)
        .expect("P8");
    let reason = line.reason.as_deref().expect("a reason");
    assert!(
        reason.contains("0.06 T within") && reason.contains("known to ± 0.1 T"),
        "{reason}"
    );
    let simple = judge_candidate(&programme, candidate, DecisionRule::Simple);
    assert_eq!(simple.meets_both, Some(true));
}

#[test]
fn records_of_the_wrong_pathway_are_not_judged() {
    let programme = programme();
    let r = records(&programme);
    let candidate = Candidate::Magnets {
        a: Record(&r.b),
        b: Record(&r.a),
        pair: Record(&r.a),
    };
    let verdict = judged(&programme, candidate);
    assert_eq!(verdict.statuses.all(), [CouldNotJudge; 5]);
    assert_eq!(verdict.meets_both, None);
}

#[test]
fn the_serialised_shape_is_the_one_that_is_promised() {
    let programme = programme();
    let r = records(&programme);
    let candidate = Candidate::Magnets {
        a: Record(&r.a),
        b: Record(&r.b),
        pair: Record(&r.pair),
    };
    let value = serde_json::to_value(judged(&programme, candidate)).expect("JSON");
    assert_eq!(value["meets_both"], json!(true));
    assert_eq!(value["statuses"]["interchange"], json!("met"));
    let judgement = &value["judgements"][1];
    let standard = json!({"series": "ev_traction_motor_a", "version": "1.0.0", "subject": "motor", "side": "a"});
    assert_eq!(judgement["standard"], standard);
    let clause = &judgement["clauses"][0];
    let expected = [
        "id",
        "title",
        "level",
        "verdict",
        "field",
        "value",
        "limit",
        "limits",
        "unit",
        "margin",
        "margin_ratio",
        "uncertainty",
        "basis",
        "remedy",
        "reason",
    ];
    let keys: Vec<&String> = clause.as_object().expect("object").keys().collect();
    assert_eq!(keys, expected);
    assert_eq!(
        (&clause["id"], &clause["limit"], &clause["margin"]),
        (&json!("P1"), &json!(120.0), &json!(0.0))
    );
    assert_eq!(clause["verdict"], json!("met"));
}
