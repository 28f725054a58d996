//! What the material library promises: every family, sources, physics, refusals by name.

use dualcert::material::row::{MaterialFile, Trait};
use dualcert::material::{Corner, Family, Library, Magnet, MaterialError, Process, gate};

fn magnet(grade: &str) -> &'static Magnet {
    Library::builtin().magnet(grade).expect(grade)
}

#[test]
fn the_library_covers_every_family() {
    let library = Library::builtin();
    let solvable = library
        .magnets()
        .iter()
        .filter(|m| m.state(Corner::Minimum, 20.0).is_ok())
        .count();
    assert!(library.magnets().len() >= 70, "{}", library.magnets().len());
    assert!(solvable >= 60, "{solvable}");
    assert!(library.steels().len() >= 15);
    let has = |family: Family, process: Process| {
        library
            .magnets()
            .iter()
            .any(|m| m.family == family && m.process == process)
    };
    assert!(has(Family::Ndfeb, Process::Sintered));
    assert!(has(Family::Ndfeb, Process::GrainBoundaryDiffused));
    assert!(has(Family::Ndfeb, Process::HotDeformed));
    assert!(has(Family::Ferrite, Process::Sintered));
    assert!(has(Family::Smfen, Process::Powder));
    assert!(has(Family::Bonded, Process::Bonded));
    assert!(has(Family::Alnico, Process::Cast));
    for mark in [
        Trait::CeriumSubstituted,
        Trait::Recycled,
        Trait::LanthanumCobalt,
        Trait::Smco15,
        Trait::Smco217,
    ] {
        assert!(
            library.magnets().iter().any(|m| m.traits.contains(&mark)),
            "{mark:?}"
        );
    }
    for class in ["N35", "N42M", "N48H", "N42SH", "N42UH", "N35EH", "N38AH"] {
        assert!(library.magnet(class).is_ok(), "{class}");
    }
    for conductor in ["copper", "aluminium", "litz"] {
        assert!(library.conductor(conductor).is_ok(), "{conductor}");
    }
    assert!(library.steel("Somaloy-1000-3P").is_ok());
}

#[test]
fn every_row_has_a_source() {
    let library = Library::builtin();
    for magnet in library.magnets() {
        assert!(!magnet.row.source.is_empty(), "{}", magnet.grade);
        assert!(magnet.row.date.is_some(), "{}", magnet.grade);
    }
    for steel in library.steels() {
        assert!(!steel.source.is_empty(), "{}", steel.grade);
    }
}

#[test]
fn the_reference_steel_has_its_47_points() {
    let steel = Library::builtin().steel("M19_29G").expect("M19_29G");
    assert_eq!(steel.bh.len(), 47);
    assert_eq!(steel.bh[0], (0.0, 0.0));
    assert_eq!(steel.bh[1], (15.120_714, 0.05));
    assert_eq!(steel.bh[46], (234_024.751_347, 2.3));
    assert_eq!(
        steel.lamination_thickness_m.map(|t| (t * 1e7).round()),
        Some(3556.0)
    );
    assert!(!steel.loss.is_empty());
    let other = Library::builtin().steel("M19_29Ga").expect("M19_29Ga");
    assert_ne!(steel.bh, other.bh);
    let coarse = Library::builtin().steel("M400-50A").expect("M400-50A");
    assert_eq!(coarse.bh.len(), 44);
    assert_eq!(coarse.bh[43], (170_000.0, 2.3));
    assert!(Library::builtin().steel("M330-50A").is_ok());
}

/// The published rows that cannot be: each is refused with the relation and its numbers.
#[test]
fn impossible_published_rows_are_refused_by_name() {
    let text = include_str!("material/impossible.json");
    let Err(MaterialError::Impossible { refusals, .. }) =
        Library::with_user_file(text, "impossible.json")
    else {
        panic!("the impossible rows were accepted");
    };
    let said: Vec<String> = refusals
        .iter()
        .map(|refusal| format!("{}: {}", refusal.grade, refusal.violations[0]))
        .collect();
    let file: MaterialFile = serde_json::from_str(text).expect("a material file");
    assert_eq!(said.len(), file.magnets.len() + file.steels.len());
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn no_shipped_row_is_impossible() {
    let library = Library::builtin();
    for magnet in library.magnets() {
        assert_eq!(gate::magnet(&magnet.row), [], "{}", magnet.grade);
    }
    for steel in library.steels() {
        assert_eq!(gate::steel(&steel.row), [], "{}", steel.grade);
    }
    for row in library.sleeves() {
        assert_eq!(gate::sleeve(row), [], "{}", row.name);
    }
}

/// What no sleeve can be: metals that are softer along the radius, slips of the unit, strength that rises with temperature.
#[test]
fn impossible_sleeve_rows_are_refused_by_name() {
    let row = |changes: serde_json::Value| {
        let mut row = serde_json::json!({
            "name": "x", "form": "metal", "density_kg_per_m3": 8000.0, "hoop_modulus_mpa": 2e5,
            "radial_modulus_mpa": 2e5, "poisson_ratio": 0.3, "hoop_expansion_per_k": 1e-5,
            "source": "a test", "confidence": "estimated"
        });
        let all = changes.as_object().expect("changes").clone();
        row.as_object_mut().expect("a row").extend(all);
        let file = serde_json::json!({ "sleeves": [row] });
        let found = Library::with_user_file(&file.to_string(), "own.json");
        found.map(|library| library.sleeves().len())
    };
    let shipped = Library::builtin().sleeves().len();
    assert_eq!(row(serde_json::json!({})), Ok(shipped + 1));
    let said: Vec<String> = [
        serde_json::json!({"density_kg_per_m3": 8.0}),
        serde_json::json!({"hoop_modulus_mpa": 200.0e9}),
        serde_json::json!({"radial_modulus_mpa": 1e4}),
        serde_json::json!({"form": "wound_fibre", "radial_modulus_mpa": 3e5}),
        serde_json::json!({"poisson_ratio": 0.6}),
        serde_json::json!({"hoop_expansion_per_k": 1.2}),
        serde_json::json!({"hoop_strength_min_c_mpa": [[20.0, 900.0], [200.0, 950.0]]}),
        serde_json::json!({"hoop_strength_min_c_mpa": [[200.0, 900.0], [20.0, 950.0]]}),
        serde_json::json!({"hoop_strength_min_c_mpa": [[20.0, 900.0e6]]}),
        serde_json::json!({"resistivity_ohm_m": 1e-9}),
        serde_json::json!({"source": " "}),
        serde_json::json!({"name": "in718_aged"}),
        serde_json::json!({"strength_mpa": 900.0}),
    ]
    .into_iter()
    .map(|changes| {
        row(changes.clone())
            .expect_err(&changes.to_string())
            .to_string()
    })
    .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn compositions_come_to_one() {
    let library = Library::builtin();
    let of_magnets = library
        .magnets()
        .iter()
        .filter_map(|m| m.composition.as_ref());
    let of_steels = library
        .steels()
        .iter()
        .filter_map(|s| s.composition.as_ref());
    let of_conductors = library
        .conductors()
        .iter()
        .filter_map(|c| c.composition.as_ref());
    for composition in of_magnets.chain(of_steels).chain(of_conductors) {
        let sum: f64 = composition
            .elements
            .iter()
            .map(|s| s.mass_fraction_ratio)
            .sum();
        assert!((sum - 1.0).abs() < 1e-6, "{sum}: {}", composition.source);
        for share in &composition.elements {
            assert!(share.mass_fraction_ratio >= 0.0, "{}", share.element);
        }
    }
    assert_eq!(magnet("N42UH").heavy_rare_earth_share(), Some(0.065));
    assert_eq!(magnet("G52UH").heavy_rare_earth_share(), Some(0.025));
    assert_eq!(magnet("F42SH").heavy_rare_earth_share(), Some(0.0));
    assert_eq!(magnet("BMHF-32/32").heavy_rare_earth_share(), Some(0.0));
    assert_eq!(magnet("TbF3-diffused").heavy_rare_earth_share(), None);
}

#[test]
fn names_and_aliases_find_a_row_and_others_get_suggestions() {
    let library = Library::builtin();
    assert_eq!(
        library.magnet("Recoma 33E").expect("alias").grade,
        "Recoma-33E"
    );
    assert_eq!(library.magnet("n42uh").expect("case").grade, "N42UH");
    let error = library.magnet("N42UHX").expect_err("unknown").to_string();
    assert!(
        error.starts_with("unknown magnet grade `N42UHX`, did you mean `N42UH`"),
        "{error}"
    );
    let error = library.steel("M19_29").expect_err("unknown").to_string();
    assert!(error.contains("`M19_29G`"), "{error}");
}

#[test]
fn a_user_row_never_takes_a_name_silently() {
    let row = |extra: &str, grade: &str| {
        format!(
            r#"{{"magnets":[{{"grade":"{grade}",{extra}"family":"ndfeb","process":"sintered",
            "data_kind":"minimum","remanence_t":{{"min":"12.8 kG"}},"coercivity_hcj_ka_per_m":{{"min":"25 kOe"}},
            "recoil_permeability":1.05,"density_kg_per_m3":7600,"source":"mill sheet","confidence":"high"}}]}}"#
        )
    };
    let load = |text: &str| Library::with_user_file(text, "mine.json");
    assert!(matches!(
        load(&row("", "N42UH")),
        Err(MaterialError::NameTaken { .. })
    ));
    assert!(matches!(
        load(&row("", "n42uh")),
        Err(MaterialError::NameTaken { .. })
    ));
    assert!(matches!(
        load(&row(r#""replaces":"N99","#, "N42UH")),
        Err(MaterialError::NothingToReplace { .. })
    ));
    let own = load(&row("", "Own-42UH")).expect("own row");
    let state = own
        .magnet("Own-42UH")
        .expect("row")
        .state(Corner::Minimum, 20.0)
        .expect("state");
    assert!((state.remanence_t - 1.28).abs() < 1e-12);
    assert!((state.coercivity_hcj_a_per_m / 1e3 - 1989.4).abs() < 0.1);
    let replaced = load(&row(r#""replaces":"N42UH","#, "N42UH")).expect("replacing row");
    assert_eq!(replaced.magnets().len(), Library::builtin().magnets().len());
    assert_eq!(
        replaced.magnet("N42UH").expect("row").row.source,
        "user file mine.json: mill sheet"
    );
}

#[test]
fn a_file_that_is_not_a_material_file_is_refused_with_its_place() {
    for text in [
        "",
        "[]",
        r#"{"magnets":[["N1"]]}"#,
        r#"{"magnet":[]}"#,
        r#"{"magnets":[{"grade":"x"}]}"#,
        r#"{"steels":[],"steels":[]}"#,
        r#"{"conductors":[{"name":"x","form":"wire","resistivity_20c_ohm_m":1e999}]}"#,
    ] {
        let Err(error) = Library::with_user_file(text, "mine.json") else {
            panic!("{text} was accepted");
        };
        let MaterialError::Format { .. } = error else {
            panic!("{text}: {error}");
        };
        assert!(error.to_string().starts_with("mine.json:"), "{error}");
    }
}

#[test]
fn what_a_user_row_may_not_claim() {
    let row = |change: (&str, &str)| {
        let text = r#"{"magnets":[{"grade":"own","family":"ndfeb","process":"sintered","data_kind":"minimum",
            "remanence_t":{"min":1.2},"coercivity_hcj_ka_per_m":{"min":1600},"remanence_coefficient_per_k":-0.0012,
            "coercivity_coefficient_per_k":-0.005,"coefficient_range_c":[20,150],"recoil_permeability":1.05,
            "density_kg_per_m3":7500,"source":"test","confidence":"high"}]}"#;
        assert!(text.contains(change.0), "{}", change.0);
        Library::with_user_file(&text.replace(change.0, change.1), "own.json")
    };
    assert!(row(("1.2}", "1.2}")).is_ok());
    for change in [
        ("[20,150]", "[20,250]"),
        ("[20,150]", "[150,20]"),
        ("-0.005", "0.005"),
        ("-0.005", "-0.5"),
        ("-0.0012", "-0.12"),
        ("-0.0012", "0.0012"),
        ("1.05", "0.95"),
        ("1.05", "3.0"),
        ("7500", "7.5"),
        ("{\"min\":1.2}", "{\"min\":1.2,\"max\":1.1}"),
        ("{\"min\":1.2}", "{}"),
        ("{\"min\":1.2}", "{\"min\":-1.2}"),
        ("\"test\"", "\" \""),
        // Beyond what the compound can hold.
        ("{\"min\":1.2}", "{\"min\":1.7}"),
    ] {
        assert!(
            matches!(row(change), Err(MaterialError::Impossible { .. })),
            "{} for {} was accepted",
            change.1,
            change.0
        );
    }
}

/// The format is documented by its schema, which has every key of a row and refuses others.
#[test]
fn the_format_has_a_schema() {
    let schema = schemars::schema_for!(dualcert::material::row::MaterialFile);
    let text = serde_json::to_string(&schema).expect("json");
    for key in [
        "hcj_table_c_ka_per_m",
        "bh_a_per_m_t",
        "depth_mm",
        "replaces",
    ] {
        assert!(text.contains(&format!("\"{key}\"")), "{key}");
    }
    let validator = jsonschema::validator_for(&schema.to_value()).expect("validator");
    for shipped in [
        include_str!("../src/material/magnets.json"),
        include_str!("../src/material/steels.json"),
        include_str!("../src/material/conductors.json"),
    ] {
        let value: serde_json::Value = serde_json::from_str(shipped).expect("json");
        assert!(validator.is_valid(&value));
    }
    assert!(!validator.is_valid(&serde_json::json!({ "magnet": [] })));
}
