//! What `material list` and `material show` print.

use dualcert::material::list::{AtTemperature, MagnetFilter, list, list_json, list_text};
use dualcert::material::show::{find, show_csv, show_json, show_text};
use dualcert::material::{Family, Library, MaterialError};

#[test]
fn the_list_filters_and_says_what_it_cannot_compare() {
    let filter = MagnetFilter {
        family: Some(Family::Ndfeb),
        heavy_rare_earth_max_ratio: Some(0.03),
        coercivity: Some(AtTemperature {
            temperature_c: 120.0,
            least: 600e3,
        }),
        remanence: None,
    };
    let listing = list(Library::builtin(), &filter);
    let grades: Vec<&str> = listing.magnets.iter().map(|m| m.grade.as_str()).collect();
    assert!(grades.contains(&"G52UH"), "{grades:?}");
    assert!(!grades.contains(&"N42UH"), "6.5 wt% of heavy rare earth");
    let open: Vec<&str> = listing
        .undecided
        .iter()
        .map(|(m, _)| m.grade.as_str())
        .collect();
    assert!(open.contains(&"N35"), "its data end at 80 C: {open:?}");
    insta::assert_snapshot!(list_text(Library::builtin(), &filter));
}

#[test]
fn the_whole_list_names_every_material() {
    let library = Library::builtin();
    let text = list_text(library, &MagnetFilter::default());
    let value = list_json(library, &MagnetFilter::default());
    for magnet in library.magnets() {
        assert!(text.contains(&magnet.grade));
    }
    for steel in library.steels() {
        assert!(text.contains(&steel.grade));
    }
    assert_eq!(
        value["magnets"].as_array().map(Vec::len),
        Some(library.magnets().len())
    );
    assert_eq!(
        value["steels"].as_array().map(Vec::len),
        Some(library.steels().len())
    );
    assert_eq!(value["conductors"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_magnet_is_shown_with_both_unit_worlds_and_its_curves() {
    let found = find(Library::builtin(), "G52UH").expect("G52UH");
    insta::assert_snapshot!(show_text(found, &[20.0, 120.0]).expect("text"));
    let value = show_json(found, &[20.0, 120.0]).expect("json");
    assert_eq!(value["kind"], "magnet");
    assert_eq!(value["row"]["grade"], "G52UH");
    assert_eq!(value["states"].as_array().map(Vec::len), Some(2));
    assert_eq!(value["states"][0]["coercivity_hcj_ka_per_m"], 1990.0);
    let csv = show_csv(found, &[20.0]).expect("csv");
    assert!(csv.starts_with("temperature_c,field_strength_a_per_m,"));
}

#[test]
fn a_steel_and_a_conductor_are_shown() {
    let steel = find(Library::builtin(), "M400-50A").expect("steel");
    insta::assert_snapshot!(show_text(steel, &[]).expect("text"));
    assert_eq!(show_csv(steel, &[]).expect("csv").lines().count(), 45);
    let copper = find(Library::builtin(), "copper").expect("copper");
    insta::assert_snapshot!(show_text(copper, &[]).expect("text"));
    let alloy = find(Library::builtin(), "in718_aged").expect("in718_aged");
    insta::assert_snapshot!(show_text(alloy, &[]).expect("text"));
}

#[test]
fn every_material_can_be_shown() {
    let library = Library::builtin();
    let magnets = library.magnets().iter().map(|m| &m.grade);
    let steels = library.steels().iter().map(|s| &s.grade);
    let conductors = library.conductors().iter().map(|c| &c.name);
    let sleeves = library.sleeves().iter().map(|s| &s.name);
    for name in magnets.chain(steels).chain(conductors).chain(sleeves) {
        let found = find(library, name).expect(name);
        assert!(show_text(found, &[]).expect(name).contains(name.as_str()));
        assert!(show_json(found, &[]).expect(name)["row"].is_object());
    }
}

#[test]
fn what_cannot_be_shown_is_refused() {
    let error = find(Library::builtin(), "M400-50B").expect_err("unknown");
    assert!(error.to_string().contains("`M400-50A`"), "{error}");
    let found = find(Library::builtin(), "N35").expect("N35");
    let error = show_text(found, &[120.0]).expect_err("outside");
    assert!(matches!(
        error,
        MaterialError::TemperatureOutsideData { .. }
    ));
}
