//! A machine with axial flux as a user meets it: what is refused, what `solve` shows, what is judged.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use assert_cmd::Command;
use serde_json::{Value, json};

fn dualcert(arguments: &[&str], input: &str) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dualcert"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .write_stdin(input)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

fn template() -> String {
    let (code, text, told) = dualcert(&["init", "--topology", "axial"], "");
    assert_eq!((code, told.as_str()), (0, ""));
    text
}

#[test]
fn what_cannot_be_built_is_refused_at_its_key() {
    let valid: Value = serde_json::from_str(&template()).unwrap();
    let mut told = String::new();
    for (key, to) in [
        ("inner_diameter_mm", json!(190.0)),
        ("stator/slot/width_mm", json!(28.0)),
        ("stator/slot/opening_width_mm", json!(16.0)),
        ("stator/slot/opening_height_mm", json!(0)),
        (
            "rotor/magnet_outline",
            json!({"parallel_sides": {"width_mm": 50}}),
        ),
        ("rotor/pole_count", json!(7)),
        ("air_gap_mm", json!(-1.0)),
        ("stator/slot/main_depth_mm", json!(2.0)),
        ("arrangement", json!("yokeless")),
        ("arrangement", json!("double_stator")),
        ("arrangement", json!("triple")),
        ("rotor/halbach", json!({"segments_per_pole": 3})),
        ("rotor/halbach", json!({"segments_per_pole": 1})),
        ("rotor/halbach", json!({"segments_per_pole": 9})),
        ("rotor/halbach", json!({"segments_per_pole": 2.5})),
        ("rotor/halbach", json!({"pieces": 2})),
        ("stator/slotless", json!(true)),
        ("rotor/interior", buried(4.0)),
        (
            "rotor/interior",
            json!({"buried": {"pole_piece_thickness_mm": 3}}),
        ),
        ("rotor/interior", json!({"spoke": {}})),
        (
            "rotor/interior",
            json!({"spoke": {"pocket_clearance_mm": -0.1}}),
        ),
        ("rotor/interior", json!("spoke")),
    ] {
        let mut changed = valid.clone();
        let pointer = format!("/candidates/0/topology/axial/{key}");
        let (above, last) = pointer.rsplit_once('/').unwrap();
        changed.pointer_mut(above).unwrap()[last] = to.clone();
        let (code, _, err) = dualcert(&["check", "-"], &format!("{changed:#}"));
        assert_eq!(code, 3, "{key}: {to}");
        told.push_str(&format!("--- {key}: {to}\n{err}"));
    }
    insta::assert_snapshot!(told);
}

fn solved(candidate: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["solve", "-", "--candidate", "axial-1", "--format", "json"];
    arguments.extend(["--resolution", "coarse"]);
    arguments.extend(more);
    let (code, out, told) = dualcert(&arguments, candidate);
    assert_eq!(code, 0, "{told}");
    serde_json::from_str(&out).unwrap()
}

/// The quantities of a sheet, wherever it keeps them.
fn number(sheet: &Value, name: &str) -> f64 {
    fn find<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
        match value {
            Value::Object(map) => map
                .get(name)
                .or_else(|| map.values().find_map(|inner| find(inner, name))),
            Value::Array(list) => list.iter().find_map(|inner| find(inner, name)),
            _ => None,
        }
    }
    let found = find(sheet, name).and_then(Value::as_f64);
    found.unwrap_or_else(|| panic!("no {name} in {sheet}"))
}

#[test]
fn an_operating_point_has_torque_losses_and_the_gap_of_its_middle_slice() {
    let design = template();
    let point = solved(
        &design,
        &["--id-a", "0", "--iq-a", "50", "--speed-rpm", "1500"],
    );
    let torque = number(&point, "torque_n_m");
    let stress = number(&point, "gap_stress_torque_n_m");
    assert!(
        torque > 15.0 && (stress / torque - 1.0).abs() < 0.05,
        "{torque} {stress}"
    );
    for name in [
        "copper_loss_w",
        "iron_loss_w",
        "magnet_loss_w",
        "windage_loss_w",
    ] {
        assert!(number(&point, name) > 0.0, "{name}");
    }
    // About B² / 2 µ0 on the iron: of half a tesla on the whole disc 1.6 kN, of one tesla 6.3 kN.
    let pull = number(&point, "axial_pull_per_gap_n");
    assert!((1.6e3..6.3e3).contains(&pull), "{pull}");
    assert!(!point.to_string().contains("off_middle"), "{point}");
    let gap = solved(&design, &["--gap", "--id-a", "0", "--iq-a", "0"]);
    let radius = number(&gap, "gap_radius_mm");
    assert!((radius - 72.5).abs() < 1e-6, "{radius}");
}

/// The fields of a record that references with edges speak of.
const WITH_EDGES: [&str; 7] = [
    "no_load_axial_pull_per_gap_n",
    "peak_torque_to_requirement_ratio",
    "no_load_flux_linkage_wb",
    "no_load_back_emf_constant_v_s_per_rad",
    "no_load_air_gap_flux_density_fundamental_t",
    "fault_emf_v",
    "fault_emf_to_semiconductor_voltage_ratio",
];

/// Some of those of which they do not.
const WITH_CURRENTS: [&str; 5] = [
    "rated_torque_n_m",
    "max_speed_torque_n_m",
    "max_speed_power_to_requirement_ratio",
    "demagnetisation_margin_short_circuit_hot_t",
    "no_load_inductance_q_h",
];

#[test]
fn what_references_with_edges_speak_of_is_judged_and_nothing_else() {
    let mut design: Value = serde_json::from_str(&template()).unwrap();
    let pathways = design.pointer_mut("/candidates/0/magnet_pathways").unwrap();
    pathways.as_object_mut().unwrap().remove("b");
    design["candidates"][0]["thermal"] = thermal();
    design["candidates"][0]["mechanical"] = json!({"bearing_friction_torque_n_m": 0.2});
    let (code, out, told) = dualcert(&["check", "-", "--format", "json"], &design.to_string());
    // What needs no field is judged: of the supply nothing is declared.
    assert_eq!(code, 1, "{told}");
    let report: Value = serde_json::from_str(&out).unwrap();
    let candidate = &report["files"][0]["candidates"][0];
    assert_eq!(candidate["meets_both"], false);
    let record = &candidate["records"][0]["record"];
    for name in WITH_EDGES {
        let (value, by) = (&record[name], &record["uncertainty"][name]);
        let known = |number: &Value| number.as_f64().is_some_and(|x| x > 0.0);
        assert!(known(value) && known(by), "{name}: {value} {by}");
    }
    // One gap has no middle.
    assert!(
        record
            .get("no_load_axial_pull_off_middle_n_per_mm")
            .is_none()
    );
    assert!(
        record["basis"]
            .get("no_load_axial_pull_off_middle_n_per_mm")
            .is_none()
    );
    warm(record);
    for name in WITH_CURRENTS {
        let basis = record["basis"][name].to_string();
        assert!(record[name].is_null(), "{name}: {}", record[name]);
        assert!(basis.contains("flux of the end turns"), "{name}: {basis}");
    }
    // Places are those of the machine and not of the circle on which its slices are drawn.
    let places: Vec<f64> = out
        .split("least at radius ")
        .skip(1)
        .filter_map(|rest| rest.split(' ').next()?.parse().ok())
        .collect();
    assert!(
        !places.is_empty() && places.iter().all(|r| (55.0..90.0).contains(r)),
        "{places:?}"
    );
    assert!(record["magnet_mass_kg"].is_number(), "{record}");
}

/// Temperatures are told with more uncertainty than the rise has by itself, since the current of the rated torque has it.
fn warm(record: &Value) {
    let of = |part: &Value, name: &str| part[name].as_f64().unwrap();
    let open = &record["uncertainty"];
    for name in [
        "winding_hot_spot_temperature_c",
        "rated_magnet_temperature_c",
    ] {
        let rise = of(record, name) - 40.0;
        assert!(rise > 0.0 && of(open, name) > 1.05 * rise, "{name}: {rise}");
        let basis = record["basis"][name].as_str().unwrap();
        assert!(
            basis.contains("the current for the rated torque by"),
            "{basis}"
        );
        assert!(basis.contains("eight places"), "{basis}");
    }
    assert!(of(record, "continuous_torque_n_m") > 0.0);
    assert!(of(open, "continuous_torque_n_m") > 0.3 * of(record, "continuous_torque_n_m"));
    assert!(record["continuous_bound"].is_string(), "{record}");
}

/// Cooling of the template.
fn thermal() -> Value {
    json!({
        "insulation_class": "180", "core_conductivity_w_per_m_k": 25.0,
        "impregnation_conductivity_w_per_m_k": 0.2, "slot_liner_thickness_mm": 0.3,
        "slot_liner_conductivity_w_per_m_k": 0.2, "coolant_film_w_per_m2_k": 300.0,
        "end_winding_conductance_w_per_k": 5.0, "rotor_conductance_w_per_k": 2.0,
        "magnet_contact_w_per_m2_k": 1000.0
    })
}

/// The template with cooling of which a key is changed or left out, in an arrangement.
fn cooled(arrangement: &str, key: &str, to: &Value) -> String {
    let mut design: Value = serde_json::from_str(&template()).unwrap();
    let candidate = &mut design["candidates"][0];
    candidate["thermal"] = thermal();
    let thermal = candidate["thermal"].as_object_mut().unwrap();
    if to.is_null() {
        thermal.remove(key);
    } else {
        thermal.insert(key.to_owned(), to.clone());
    }
    let axial = &mut candidate["topology"]["axial"];
    axial["arrangement"] = json!(arrangement);
    let without = match arrangement {
        "yokeless" => Some(("stator", "yoke_thickness_mm")),
        "double_stator" => Some(("rotor", "back_iron_thickness_mm")),
        _ => None,
    };
    if let Some((part, key)) = without {
        axial[part].as_object_mut().unwrap().remove(key);
    }
    format!("{design:#}")
}

#[test]
fn cooling_that_has_no_place_is_refused_at_its_key() {
    let film = "coolant_film_w_per_m2_k";
    let across = "core_conductivity_across_w_per_m_k";
    let mut told = String::new();
    for (arrangement, key, to) in [
        ("yokeless", film, json!(300.0)),
        ("single_sided", film, Value::Null),
        ("single_sided", across, json!(3.0)),
        ("double_stator", film, json!(300.0)),
        ("single_sided", "magnet_contact_w_per_m2_k", json!(0.0)),
    ] {
        let (code, _, err) = dualcert(&["check", "-"], &cooled(arrangement, key, &to));
        assert_eq!(code, 3, "{arrangement} {key}: {to}");
        told.push_str(&format!("--- {arrangement}, {key}: {to}\n{err}"));
    }
    insta::assert_snapshot!(told);
}

/// What no drawing tells and no design declares is not made up; separate teeth have no yoke and their coils a temperature.
#[test]
fn discs_are_as_warm_as_their_declared_cooling_makes_them() {
    let heat = |design: &str| {
        let arguments = "solve - --candidate axial-1 --heat --duty s1 --speed-rpm-range 1000:2000:2 --format json";
        dualcert(&arguments.split(' ').collect::<Vec<_>>(), design)
    };
    for (arrangement, key) in [
        ("double_rotor", "core_conductivity_across_w_per_m_k"),
        ("single_sided", "magnet_contact_w_per_m2_k"),
    ] {
        let (code, _, told) = heat(&cooled(arrangement, key, &Value::Null));
        assert_eq!(code, 5, "{told}");
        assert!(told.contains(key), "{told}");
    }
    let (code, out, told) = heat(&cooled("yokeless", "coolant_film_w_per_m2_k", &Value::Null));
    assert_eq!(code, 0, "{told}");
    let sheet: Value = serde_json::from_str(&out).unwrap();
    let moment = &sheet["course"][0];
    assert!(moment["yoke_c"].is_null(), "{moment}");
    let of = |name: &str| moment[name].as_f64().unwrap();
    assert!(of("hot_spot_c") > of("winding_c") && of("winding_c") > 40.0);
    // The teeth have no way but their coils and the gaps, the magnets one of their own.
    assert!(
        of("tooth_c") > of("winding_c") && of("magnet_c") > 40.0,
        "{moment}"
    );
}

/// Screened: the field of a machine whose edges no reference speaks of.
fn screened(changes: &[(&str, Value)]) -> String {
    let mut design: Value = serde_json::from_str(&template()).unwrap();
    for (key, to) in changes {
        let pointer = format!("/candidates/0/topology/axial/{key}");
        let (above, last) = pointer.rsplit_once('/').unwrap();
        let object = design.pointer_mut(above).unwrap().as_object_mut().unwrap();
        if to.is_null() {
            object.remove(last);
        } else {
            object.insert(last.to_owned(), to.clone());
        }
    }
    let arguments = ["check", "-", "--level", "screening", "--format", "json"];
    let (_, out, told) = dualcert(&arguments, &design.to_string());
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{told}"));
    let record = &report["files"][0]["candidates"][0]["records"][0]["record"];
    record["basis"]["no_load_flux_linkage_wb"].to_string()
}

#[test]
fn edges_of_which_no_reference_speaks_are_not_judged() {
    let known = screened(&[]);
    assert!(known.contains("with_edges"), "{known}");
    let short = screened(&[("inner_diameter_mm", json!(160.0))]);
    assert!(
        short.contains("air gap and magnet over radial length"),
        "{short}"
    );
    let without_iron = screened(&[
        ("arrangement", json!("double_stator")),
        ("rotor/back_iron_thickness_mm", Value::Null),
    ]);
    let array = screened(&HALBACH.map(|(key, to)| (key, serde_json::from_str(to).unwrap())));
    assert!(array.contains("magnetisation turns"), "{array}");
    assert!(
        without_iron.contains("no iron behind them"),
        "{without_iron}"
    );
}

/// Changes of the template that make its poles Halbach arrays.
const HALBACH: [(&str, &str); 2] = [
    ("rotor/magnet_outline", r#"{"sector": {"arc_ratio": 1.0}}"#),
    ("rotor/halbach", r#"{"segments_per_pole": 4}"#),
];

/// The template with changes of its candidate.
fn changed(changes: &[(&str, Value)]) -> String {
    let mut design: Value = serde_json::from_str(&template()).unwrap();
    for (key, to) in changes {
        let pointer = format!("/candidates/0/{key}");
        let (above, last) = pointer.rsplit_once('/').unwrap();
        design.pointer_mut(above).unwrap()[last] = to.clone();
    }
    design.to_string()
}

#[test]
fn a_halbach_array_is_solved_piece_by_piece() {
    let at = ["--id-a", "0", "--iq-a", "50", "--speed-rpm", "1500"];
    let of = |pieces: usize| {
        let outline = json!({"sector": {"arc_ratio": 1.0}});
        let array = json!({"segments_per_pole": pieces});
        let design = changed(&[
            ("topology/axial/rotor/magnet_outline", outline),
            ("topology/axial/rotor/halbach", array),
        ]);
        solved(&design, &at)
    };
    let (few, many) = (of(2), of(6));
    let both = |name| [&few, &many].map(|point| number(point, name));
    // Currents turn round inside a piece.
    let [wide, narrow] = both("magnet_loss_w");
    assert!(narrow > 0.0 && narrow < 0.6 * wide, "{narrow} {wide}");
    for (torque, stress) in both("torque_n_m")
        .into_iter()
        .zip(both("gap_stress_torque_n_m"))
    {
        assert!(
            torque > 10.0 && (stress / torque - 1.0).abs() < 0.05,
            "{torque} {stress}"
        );
    }
    // Each piece has a working point along its own direction: none lies far beyond its remanence.
    let mean = both("magnet_flux_density_mean_t");
    assert!(mean.iter().all(|b| (0.3..1.3).contains(b)), "{mean:?}");
}

/// Iron of 3 mm before the magnets, with bridges so thick [mm].
fn buried(bridge: f64) -> Value {
    json!({"buried": {
        "pole_piece_thickness_mm": 3.0, "barrier_width_mm": 2.0, "bridge_thickness_mm": bridge
    }})
}

/// Buried magnets have more torque with the field weakened than without, since iron between the poles draws too; poles between
/// magnets gather more flux than these have. Nothing of both is judged.
#[test]
fn magnets_within_iron_are_solved_and_not_judged() {
    let rotor = |interior: Value, width: f64| {
        vec![
            (
                "topology/axial/rotor/magnet_outline",
                json!({"parallel_sides": {"width_mm": width}}),
            ),
            ("topology/axial/rotor/interior", interior),
        ]
    };
    let design = changed(&rotor(buried(1.0), 30.0));
    let at = |id: &str| {
        let point = solved(&design, &["--id-a", id, "--iq-a", "60", "--speed-rpm", "0"]);
        let (torque, stress) = (
            number(&point, "torque_n_m"),
            number(&point, "gap_stress_torque_n_m"),
        );
        assert!((stress / torque - 1.0).abs() < 0.05, "{torque} {stress}");
        torque
    };
    let (straight, weakened) = (at("0"), at("-40"));
    assert!(weakened > 1.02 * straight, "{straight} {weakened}");

    let mut spoke: Value =
        serde_json::from_str(&changed(&rotor(json!({"spoke": {}}), 10.0))).unwrap();
    let machine = &mut spoke["candidates"][0]["topology"]["axial"];
    machine["arrangement"] = json!("double_stator");
    machine["rotor"]["magnet_thickness_mm"] = json!(40.0);
    let iron = machine["rotor"].as_object_mut().unwrap();
    iron.shift_remove("back_iron_thickness_mm");
    let whole = ["--id-a", "0", "--iq-a", "60", "--speed-rpm", "3000"];
    let point = solved(&spoke.to_string(), &whole);
    assert!(number(&point, "torque_n_m") > 40.0);
    assert!(number(&point, "magnet_loss_w") > 0.0);

    for text in [design, spoke.to_string()] {
        let arguments = ["check", "-", "--level", "screening", "--format", "json"];
        let (_, out, told) = dualcert(&arguments, &text);
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{told}"));
        let record = &report["files"][0]["candidates"][0]["records"][0]["record"];
        let basis = record["basis"]["no_load_flux_linkage_wb"].to_string();
        assert!(basis.contains("within the iron of its rotor"), "{basis}");
    }
}

/// Powder bears flux along all axes alike and fills its stack; it loses more than sheet at low frequency and leads less.
#[test]
fn a_core_of_powder_composite_has_its_own_loss() {
    let at = ["--id-a", "0", "--iq-a", "50", "--speed-rpm", "1500"];
    let powder = json!({"grade": "Somaloy-1000-3P", "stacking_factor_ratio": 1.0});
    let design = changed(&[("stator_steel", powder.clone()), ("rotor_steel", powder)]);
    let (sheet, powder) = (solved(&template(), &at), solved(&design, &at));
    let both = |name| [&sheet, &powder].map(|point| number(point, name));
    let [of_sheet, of_powder] = both("iron_loss_w");
    assert!(of_powder > 2.0 * of_sheet, "{of_powder} {of_sheet}");
    let [with_sheet, with_powder] = both("torque_n_m");
    assert!(
        with_powder < with_sheet && with_powder > 0.8 * with_sheet,
        "{with_powder} {with_sheet}"
    );
}
