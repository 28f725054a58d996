//! Sleeves of the library, and sleeves over magnets between which iron stands.

use super::{faster, judged, sleeved};
use crate::design::{Design, Retention, Sleeve};
use crate::evaluate::sleeve::made;
use crate::material::Library;
use serde_json::{Value, json};

/// The sleeved motor with narrow magnets and iron of a height and a clearance [mm] between them.
fn inset(height: f64, clearance: f64, changes: &[(&str, Value)]) -> Design {
    let narrow = ("/topology/spm/rotor/magnet_arc_ratio", json!(0.8));
    let mut design = sleeved(changes, &[narrow]);
    let mut topology = serde_json::to_value(&design.candidates[0].topology).unwrap();
    let mut inside = topology["spm"].take();
    inside["iron_between_magnets"] = json!({"height_mm": height, "side_clearance_mm": clearance});
    design.candidates[0].topology = serde_json::from_value(json!({"inset": inside})).unwrap();
    design
}

fn narrow() -> Design {
    sleeved(&[], &[("/topology/spm/rotor/magnet_arc_ratio", json!(0.8))])
}

/// Without height and clearance of the iron between them inset magnets are those on the surface.
#[test]
fn no_inset_is_the_surface() {
    for times in [1.0, 25.0, 60.0] {
        let on = judged(&faster(narrow(), times)).unwrap();
        let low = judged(&faster(inset(1e-6, 1e-6, &[]), times)).unwrap();
        assert_eq!(on.peak.place, low.peak.place);
        for (a, b) in [
            (on.stress.value, low.stress.value),
            (on.margin().unwrap().value, low.margin().unwrap().value),
        ] {
            assert!((a / b - 1.0).abs() < 1e-4, "{times}: {a} {b}");
        }
    }
}

/// Iron between the magnets pulls at the ring below, so that no part is judged better with more of it.
#[test]
fn more_iron_between_magnets_is_not_judged_better() {
    let least = |height: f64, times: f64| {
        let margin = judged(&faster(inset(height, 0.1, &[]), times))
            .unwrap()
            .margin()
            .unwrap();
        margin.value - margin.uncertainty
    };
    for times in [1.0, 30.0] {
        let margins = [1e-3, 1.0, 2.0, 3.0].map(|height| least(height, times));
        assert!(margins.is_sorted_by(|a, b| a >= b), "{margins:?}");
    }
}

/// What the iron may take of the pressure is not known: where the sleeve may touch it, or a magnet does.
#[test]
fn a_sleeve_that_may_touch_iron_is_not_judged() {
    let flush = judged(&inset(3.5, 0.1, &[])).unwrap_err();
    assert!(
        flush.contains("may touch it") && flush.contains("above the seat"),
        "{flush}"
    );
    let beside = judged(&inset(2.0, 0.0, &[])).unwrap_err();
    assert!(beside.contains("`side_clearance_mm`"), "{beside}");
    // The height that it names is one at which it can be judged, and a little more is not.
    let words: Vec<&str> = flush.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "than").unwrap();
    let named: f64 = words[at + 1].parse().unwrap();
    assert!(judged(&inset(named * 0.999, 0.1, &[])).is_ok());
    assert!(judged(&inset(named * 1.01, 0.1, &[])).is_err());
    // A gap that is wider by the clearance lets the sleeve down further, and so do loose tolerances.
    let wide = judged(&inset(named * 0.999, 1.0, &[]));
    let loose = judged(&inset(
        named * 0.999,
        0.1,
        &[("interference_max_mm", json!(0.4))],
    ));
    assert!(wide.is_err() && loose.is_err());
}

/// A sleeve of the library, with what is stated of it.
fn of_library(material: &str, stated: &[(&str, Value)]) -> Design {
    let mut design = sleeved(&[], &[]);
    let Some(Retention::Sleeve(sleeve)) = &design.candidates[0].retention else {
        unreachable!("the motor has a sleeve");
    };
    let mut value = serde_json::to_value(sleeve).unwrap();
    let own = value.as_object_mut().unwrap();
    for key in [
        "density_kg_per_m3",
        "hoop_modulus_mpa",
        "radial_modulus_mpa",
        "poisson_ratio",
        "hoop_strength_mpa",
        "hoop_expansion_per_k",
    ] {
        own.remove(key);
    }
    own.insert("material".to_owned(), json!(material));
    own.extend(
        stated
            .iter()
            .map(|(key, to)| ((*key).to_owned(), to.clone())),
    );
    let sleeve: Sleeve = serde_json::from_value(value).unwrap();
    design.candidates[0].retention = Some(Retention::Sleeve(sleeve));
    design
}

/// The names of the library and its numbers stated by hand are one sleeve, at a speed at which its strength is what counts.
#[test]
fn a_name_stands_for_its_numbers() {
    let library = Library::builtin();
    for name in ["in718_aged", "ti6al4v_annealed", "cfrp_t300_914c"] {
        let row = library.sleeve(name).unwrap();
        let numbers = [
            ("density_kg_per_m3", json!(row.density_kg_per_m3)),
            ("hoop_modulus_mpa", json!(row.hoop_modulus_mpa)),
            ("radial_modulus_mpa", json!(row.radial_modulus_mpa)),
            ("poisson_ratio", json!(row.poisson_ratio)),
            ("hoop_expansion_per_k", json!(row.hoop_expansion_per_k)),
        ];
        let strength = [("hoop_strength_mpa", json!(500.0))];
        let named = judged(&faster(of_library(name, &strength), 25.0)).unwrap();
        let all = [&numbers[..], &strength[..]].concat();
        let stated = judged(&faster(of_library("something else", &all), 25.0)).unwrap();
        assert_eq!(named.stress.value, stated.stress.value, "{name}");
        assert_eq!(
            named.margin().unwrap().value,
            stated.margin().unwrap().value
        );
        assert!(named.stress.basis.contains(name));
    }
}

/// A statement makes a sleeve of the library weaker, never stronger; what the library does not know is not judged.
#[test]
fn the_library_knows_the_least() {
    let strength = |material: &str, stated: &[(&str, Value)]| {
        let design = of_library(material, stated);
        let Some(Retention::Sleeve(sleeve)) = &design.candidates[0].retention else {
            unreachable!("the motor has a sleeve");
        };
        made(sleeve, Library::builtin(), 100.0).map(|made| made.strength.value)
    };
    let stated = |strength: f64| [("hoop_strength_mpa", json!(strength))];
    // 100 °C, the magnets' hottest: 1034 − 172 · 80 / 629.
    let known = 1e6 * (1034.0 - 172.0 * 80.0 / 629.0);
    let found = strength("in718_aged", &stated(1e4)).unwrap();
    assert!((found / known - 1.0).abs() < 1e-9, "{found}");
    assert_eq!(strength("in718_aged", &stated(600.0)), Ok(600e6));
    assert_eq!(strength("in718_aged", &[]), Ok(found));
    assert_eq!(strength("ti6al4v_annealed", &stated(600.0)), Ok(600e6));
    let hot = [("hotter_than_magnets_k", json!(600.0))];
    let reason = judged(&of_library("in718_aged", &hot)).unwrap_err();
    assert!(reason.contains("up to 649 degC"), "{reason}");
    for material in ["ti6al4v_annealed", "cfrp_t300_914c"] {
        let reason = judged(&of_library(material, &[])).unwrap_err();
        assert!(reason.contains("`hoop_strength_mpa`"), "{reason}");
    }
    let reason = judged(&of_library("in718_agd", &[])).unwrap_err();
    assert!(
        reason.contains("unknown sleeve material") && reason.contains("`in718_aged`"),
        "{reason}"
    );
    let stiff = [("radial_modulus_mpa", json!(3e5))];
    let reason = judged(&of_library("in718_aged", &stiff)).unwrap_err();
    assert!(reason.contains("stiffer along its radius"), "{reason}");
}
