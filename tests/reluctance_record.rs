//! The single record of a switched reluctance machine: what it is made of, what is in it, and how both motor
//! standards judge it.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use dualcert::design::{SteelChoice, Winding};
use dualcert::material::Library;
use dualcert::network::newton::Materials;
use dualcert::operate::reluctance::cycle::Cycle;
use dualcert::operate::reluctance::drive::{Circuit, Control, Drive, STEPS};
use dualcert::operate::reluctance::machine::PoleMachine;
use dualcert::operate::reluctance::map::PhaseMap;
use dualcert::operate::reluctance::turn::{RadialForce, Turn};
use dualcert::operate::study::Cost;
use dualcert::resolution::Resolution;
use dualcert::topology::srm::Srm;
use dualcert::validation::reference::steel_laws;
use serde_json::{Value, json};

fn dualcert(arguments: &[&str], input: &Value) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .args(arguments)
        .write_stdin(input.to_string())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

/// The design that `init` writes, with what losses need.
fn design() -> Value {
    let (code, text, _) = dualcert(&["init", "--topology", "srm"], &Value::Null);
    assert_eq!(code, 0);
    let mut design: Value = serde_json::from_str(&text).unwrap();
    let candidate = &mut design["candidates"][0];
    candidate["mechanical"] = json!({"bearing_friction_torque_n_m": 0.1});
    for steel in ["stator_steel", "rotor_steel"] {
        candidate[steel]["build_factor_ratio"] = json!(1.2);
    }
    design
}

/// The drive of the reference machine whose poles are twelve and eight, on the coarse grid, and all its phases
/// together.
fn driven() -> (PoleMachine, Cycle, Turn) {
    let reference: Value = serde_json::from_str(include_str!("reference/srm_12s8p.json")).unwrap();
    let srm: Srm = serde_json::from_value(reference["topology"]["srm"].clone()).unwrap();
    let winding: Winding = serde_json::from_value(reference["winding"].clone()).unwrap();
    let steel: SteelChoice = serde_json::from_value(reference["stator_steel"].clone()).unwrap();
    let layout = winding.on_poles(&srm).unwrap();
    let plan = srm.plan(&layout, Resolution::Coarse).unwrap();
    let machine = PoleMachine::new(&plan, &layout, Resolution::Coarse).unwrap();
    let materials = Materials {
        steels: steel_laws(Library::builtin(), &steel, &steel).unwrap(),
        remanence: 0.0,
        recoil_permeability: 1.0,
        kept: None,
    };
    let currents: Vec<f64> = (1..=8).map(|k| 15.0 * f64::from(k)).collect();
    let map = PhaseMap::solve(&machine, &materials, &currents, 10).unwrap();
    // A single pulse, which the few positions of the grid follow well.
    let circuit = Circuit {
        voltage: 400.0,
        resistance: 0.1,
        speed: 900.0,
    };
    let control = Control {
        on: (-6.0_f64).to_radians(),
        off: 11.0_f64.to_radians(),
        current: 120.0,
    };
    let cycle = Drive::new(&map, 3, STEPS).unwrap();
    let cycle = cycle.follow(&circuit, &control).unwrap();
    let mut cost = Cost::default();
    let unknowns = machine.sector.unknowns();
    let turn = Turn::solve(&machine, &materials, &cycle, 1, (&mut cost, unknowns)).unwrap();
    assert_eq!(cost.coarse_solves, 2 * machine.half_pitch_columns());
    (machine, cycle, turn)
}

/// Phases that are fed together do the work of phases by themselves but for the few per cent that they share, and
/// what rotor and stator see over their period nowhere jumps: each block of it joins the one before.
#[test]
fn all_phases_together_do_the_work_of_single_ones_and_their_waves_have_no_breaks() {
    let (machine, cycle, turn) = driven();
    let alone = turn.torque_of_single_phases(&machine, &cycle);
    let mean = cycle.mean_torque;
    assert!((alone / mean - 1.0).abs() < 0.03, "{alone} {mean}");
    assert!(
        (turn.torque() / alone - 1.0).abs() < 0.05,
        "{}",
        turn.torque()
    );
    let RadialForce { most, swing, .. } = turn.radial_force(&machine);
    assert!(
        most > 500.0 && swing > 0.5 * most && swing <= 1.01 * most,
        "{most} {swing}"
    );
    let periods = turn.periods(&machine);
    let [rotor, stator] = &periods[0];
    // A rotor pole meets the same again after half a turn: two poles of the sector, and their opposites.
    assert_eq!((rotor.blocks(), rotor.base_order()), (4, 0.25));
    assert_eq!((stator.blocks(), stator.base_order()), (1, 1.0));
    for period in [rotor, stator] {
        let block = 2 * machine.half_pitch_columns();
        let (mut inner, mut joints) = (0.0_f64, 0.0_f64);
        for spot in 0..period.spots.len() {
            let wave: Vec<[f64; 2]> = period.wave(0, spot).map(|r| r.b).collect();
            assert_eq!(wave.len(), block * period.blocks());
            for k in 0..wave.len() {
                let next = wave[(k + 1) % wave.len()];
                let jump = (next[0] - wave[k][0]).hypot(next[1] - wave[k][1]);
                let most = if (k + 1) % block == 0 {
                    &mut joints
                } else {
                    &mut inner
                };
                *most = most.max(jump);
            }
        }
        assert!(joints < 1.1 * inner && joints > 0.0, "{joints} {inner}");
    }
}

/// What `check` says of a design, and what its record holds.
fn judged(design: &Value) -> (i32, Value) {
    let (code, text, told) = dualcert(&["check", "-", "--format", "json"], design);
    assert_eq!(told, "");
    let report: Value = serde_json::from_str(&text).unwrap();
    (code, report["files"][0]["candidates"][0].clone())
}

#[test]
fn a_single_record_is_judged_by_both_motor_standards() {
    let (code, candidate) = judged(&design());
    let records = candidate["records"].as_array().unwrap();
    assert_eq!((code, records.len()), (1, 1));
    let (pathway, record) = (&records[0]["pathway"], &records[0]["record"]);
    assert_eq!(
        (pathway, &record["has_magnets"]),
        (&json!("none"), &json!(false))
    );
    let statuses = &candidate["statuses"];
    for (standard, status) in [
        ("magnet_a", "not_required"),
        ("motor_a", "failed"),
        ("magnet_b", "not_required"),
        ("interchange", "not_required"),
    ] {
        assert_eq!(statuses[standard], status, "{statuses}");
    }
    // Nothing of magnets, of their faults, or of axes that this machine does not have.
    for name in record.as_object().unwrap().keys() {
        let foreign = [
            "magnet_m",
            "no_load",
            "fault",
            "demagnetisation",
            "short_circuit",
            "saliency",
        ];
        let axes = name.contains("_d_") || name.contains("_q_") || name.ends_with("angle_deg");
        assert!(
            !axes && !foreign.iter().any(|part| name.contains(part)),
            "{name}"
        );
    }
    let names: Vec<&str> = record
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    insta::assert_snapshot!(names.join("\n"));
}

/// Without a word on bearings nobody knows the efficiency, and nothing passes.
#[test]
fn what_is_not_declared_could_not_be_judged() {
    let mut silent = design();
    silent["candidates"][0]
        .as_object_mut()
        .unwrap()
        .shift_remove("mechanical");
    silent["application"]["requirement"]["peak_torque_n_m"] = json!(40.0);
    let (code, candidate) = judged(&silent);
    assert_eq!((code, &candidate["meets_both"]), (5, &Value::Null));
    assert_eq!(candidate["statuses"]["motor_a"], "could_not_judge");
}

/// What does not apply does so by the condition of its clause; what applies is judged on a number that is there.
#[test]
fn clauses_do_not_apply_by_their_own_condition_and_by_nothing_else() {
    let (_, candidate) = judged(&design());
    let record = &candidate["records"][0]["record"];
    let mut judged = 0;
    for judgement in candidate["judgements"].as_array().unwrap() {
        let side = judgement["standard"]["side"].as_str().unwrap();
        let file = format!(
            "{}/standards/motor/ev_traction/{side}-1.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let standard: Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let definitions = standard["$defs"].as_object().unwrap();
        for clause in judgement["clauses"].as_array().unwrap() {
            let definition = definitions
                .values()
                .find(|d| d["x-clause"] == clause["id"])
                .unwrap();
            let conditional = definition["if"]["properties"]["has_magnets"]["const"] == json!(true)
                || definition["if"]["properties"]
                    .get("magnet_family")
                    .is_some();
            let field = clause["field"].as_str().unwrap();
            match clause["verdict"].as_str().unwrap() {
                "not_applicable" => assert!(conditional, "{clause}"),
                "could_not_judge" => assert!(record.get(field).is_none(), "{clause}"),
                _ => {
                    assert!(!conditional && record.get(field).is_some(), "{clause}");
                    judged += 1;
                }
            }
        }
    }
    assert!(judged >= 9, "{judged}");
}

#[test]
fn a_requirement_decides_on_both_sides_of_what_the_machine_gives() {
    let with = |torque: f64, kilowatts: f64| {
        let mut design = design();
        let requirement = &mut design["application"]["requirement"];
        requirement["peak_torque_n_m"] = json!(torque);
        requirement["rated_torque_n_m"] = json!(0.4 * torque);
        requirement["max_speed_power_kw"] = json!(kilowatts);
        judged(&design).1
    };
    let of = |candidate: &Value, clause: &str| {
        let clauses = candidate["judgements"][0]["clauses"]
            .as_array()
            .unwrap()
            .clone();
        let found = clauses.into_iter().find(|c| c["id"] == clause).unwrap();
        found["verdict"].as_str().unwrap().to_owned()
    };
    let easy = with(40.0, 6.0);
    for clause in ["P4", "P5", "P6"] {
        assert_eq!(of(&easy, clause), "met");
    }
    let record = &easy["records"][0]["record"];
    assert_eq!(record["peak_point"], "required_torque");
    assert!((record["peak_torque_n_m"].as_f64().unwrap() - 40.0).abs() < 1e-3);
    assert!(record["peak_current_a"].as_f64().unwrap() < 100.0);
    assert!(record["rated_iron_loss_w"].as_f64().unwrap() > 1.0);
    // What the end turns leave open is told with the number.
    let basis = record["basis"]["max_speed_power_kw"].as_str().unwrap();
    assert!(basis.contains("end turns"), "{basis}");
    let hard = with(90.0, 40.0);
    for clause in ["P4", "P5"] {
        assert_eq!(of(&hard, clause), "failed");
    }
    assert_eq!(hard["records"][0]["record"]["peak_point"], "current_limit");
}

/// Beyond the validated range nothing is passed and nothing failed.
#[test]
fn a_gap_beyond_the_validated_range_could_not_be_judged() {
    let mut wide = design();
    let srm = &mut wide["candidates"][0]["topology"]["srm"];
    srm["air_gap_mm"] = json!(1.5);
    let (_, candidate) = judged(&wide);
    assert_eq!(candidate["statuses"]["motor_a"], "could_not_judge");
    let basis = &candidate["records"][0]["record"]["basis"]["peak_torque_to_requirement_ratio"];
    assert!(
        basis
            .as_str()
            .unwrap()
            .contains("outside the validated range")
    );
}

/// Rated with the torque that steady heat allows, the winding is as hot as its class bears, within what the losses of the
/// rated point leave open; without a word on cooling there is no such torque.
#[test]
fn the_torque_of_steady_heat_heats_the_winding_to_its_class() {
    let mut cooled = design();
    cooled["candidates"][0]["thermal"] = json!({
        "insulation_class": "155",
        "core_conductivity_w_per_m_k": 25,
        "impregnation_conductivity_w_per_m_k": 0.25,
        "slot_liner_thickness_mm": 0.3,
        "slot_liner_conductivity_w_per_m_k": 0.2,
        "coolant_film_w_per_m2_k": 600,
        "core_contact_w_per_m2_k": 1500,
        "end_winding_conductance_w_per_k": 5,
        "rotor_conductance_w_per_k": 2
    });
    let at = |design: &Value| judged(design).1["records"][0]["record"].clone();
    let number = |record: &Value, field: &str| record[field].as_f64().unwrap();
    let first = at(&cooled);
    let steady = number(&first, "continuous_torque_n_m");
    let rated = number(&first, "rated_torque_n_m");
    assert_eq!(first["continuous_bound"], "winding");
    let ratio = number(&first, "continuous_torque_to_requirement_ratio");
    assert!((ratio * rated / steady - 1.0).abs() < 1e-4, "{ratio}");
    let shaft = 1e3 * number(&first, "continuous_power_kw");
    let gap = steady * 2000.0_f64 * std::f64::consts::TAU / 60.0;
    assert!(shaft < gap && shaft > 0.8 * gap, "{shaft} {gap}");
    assert!(number(&first, "continuous_current_a") > 0.0);
    // Half an hour from cold allows no less.
    let short = number(&first, "short_time_torque_n_m");
    assert!(short > 0.999 * steady, "{short} {steady}");
    // Temperatures that nobody measured leave much of it open.
    let open = number(&first["uncertainty"], "continuous_torque_n_m");
    assert!(open > 0.1 * steady, "{open}");
    cooled["application"]["requirement"]["rated_torque_n_m"] = json!(steady);
    let second = at(&cooled);
    let over = number(&second, "winding_hot_spot_to_class_ratio");
    assert!((over - 1.0).abs() < 0.05, "{over}");
    let again = number(&second, "continuous_torque_to_requirement_ratio");
    assert!((again - 1.0).abs() < 0.03, "{again}");
}

#[test]
fn a_full_candidate_with_a_tolerance_keeps_its_bar_of_work() {
    let mut design = design();
    design["candidates"][0]["tolerances"] = json!({"air_gap_mm": 0.02});
    let (_, _, told) = dualcert(&["check", "-", "--timings"], &design);
    let equivalents: f64 = told
        .split("standard equivalents")
        .next()
        .and_then(|text| text.split_whitespace().next_back())
        .and_then(|word| word.parse().ok())
        .unwrap_or_else(|| panic!("{told}"));
    assert!((100.0..=250.0).contains(&equivalents), "{told}");
}
