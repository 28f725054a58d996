//! What a supplier declares may make a record weaker than the library's knowledge, never stronger.

use dualcert::design::{
    Candidate, Coating, Design, DiffusionDeclaration, DimensionDeclaration, HcjTemperatureBasis,
};
use dualcert::evaluate;
use dualcert::material::Library;
use dualcert::record::Record;
use dualcert::source::Document;

fn shipped() -> Design {
    let text = std::fs::read_to_string("designs/ev_traction.json").expect("the shipped design");
    let document = Document::parse("designs/ev_traction.json", &text).expect("JSON");
    Design::load(&document).expect("a valid design")
}

/// The record of pathway A of the first candidate, after a change of it, with a supply so weak that the
/// machine cannot be solved: what is declared is judged all the same, and the test is quick.
fn record(grade: &str, change: impl Fn(&mut Candidate)) -> Record {
    let mut design = shipped();
    design.application.requirement.dc_voltage = 1e-3;
    let mut candidate = design.candidates.remove(0);
    candidate.magnet_pathways.b = None;
    if let Some(a) = &mut candidate.magnet_pathways.a {
        a.grade = grade.to_owned();
    }
    change(&mut candidate);
    let found = evaluate::candidate(&design.application, &candidate, Library::builtin())
        .expect("evaluated");
    found.records.into_iter().next().expect("a record").record
}

fn declare(candidate: &mut Candidate) -> &mut dualcert::design::MagnetDeclaration {
    &mut candidate
        .magnet_pathways
        .a
        .as_mut()
        .expect("pathway A")
        .declaration
}

#[test]
fn less_heavy_rare_earth_cannot_be_declared_away_but_more_is_believed() {
    let share = "heavy_rare_earth_mass_fraction_ratio";
    let known = record("N38EH", |_| {}).get_number(share).expect("known");
    let less = record("N38EH", |c| declare(c).heavy_rare_earth_ratio = Some(0.0));
    assert_eq!(less.get_number(share), Some(known));
    let more = record("N38EH", |c| declare(c).heavy_rare_earth_ratio = Some(0.2));
    assert_eq!(more.get_number(share), Some(0.2));
}

#[test]
fn a_supplier_who_states_no_basis_has_none() {
    let basis = "magnet_hcj_temperature_basis";
    assert_eq!(record("N42UH", |_| {}).get_text(basis), Some("tabulated"));
    let silent = record("N42UH", |c| {
        declare(c).hcj_temperature_basis = HcjTemperatureBasis::NotStated
    });
    assert_eq!(silent.get_text(basis), None);
    let one = record("N42UH", |c| {
        declare(c).hcj_temperature_basis = HcjTemperatureBasis::SingleCoefficient
    });
    assert_eq!(one.get_text(basis), Some("single_coefficient"));
    let overstated = record("N38UH", |c| {
        declare(c).hcj_temperature_basis = HcjTemperatureBasis::Tabulated
    });
    assert_ne!(
        overstated.get_text(basis),
        Some("tabulated"),
        "the library knows one coefficient"
    );
}

#[test]
fn the_core_of_a_diffused_magnet_is_never_stronger_than_its_surface() {
    let core = "magnet_core_hcj_20c_min_ka_per_m";
    let boast = record("G52UH", |c| {
        declare(c).diffusion = Some(DiffusionDeclaration {
            core_hcj_20c: 9.999e6,
            depth: 1e-3,
        });
    });
    assert!(boast.get_number(core).expect("a core") <= 1990.0);
}

#[test]
fn a_machine_that_cannot_be_solved_is_judged_on_what_it_declares_and_nothing_else() {
    let found = record("N42UH", |_| {});
    assert!(found.get_number("largest_country_share_ratio").is_some());
    assert!(found.get_number("magnet_mass_kg").is_some());
    for missing in [
        "peak_torque_to_requirement_ratio",
        "demagnetisation_margin_short_circuit_hot_t",
        "fault_emf_v",
    ] {
        assert_eq!(found.get_number(missing), None, "{missing}");
    }
    let basis = &found.to_value()["basis"]["peak_torque_to_requirement_ratio"];
    assert!(
        basis
            .as_str()
            .is_some_and(|reason| reason.contains("phase voltage")),
        "{basis}"
    );
}

/// What a supplier says of squareness, composition, size and coating stands in the record; silence does too, as *not
/// declared* or as nothing.
#[test]
fn what_is_declared_of_a_magnet_is_told_and_silence_is_not_filled_in() {
    let flags = [
        "magnet_dimensions_declared",
        "magnet_composition_method_declared",
    ];
    let silent = record("N42UH", |c| {
        let d = declare(c);
        (d.dimensions, d.composition_method) = (None, None);
        (d.coating, d.squareness_ratio) = (None, None);
    });
    assert!(flags.iter().all(|f| silent.get_flag(f) == Some(false)));
    assert_eq!(silent.get_text("magnet_coating"), None);
    assert_eq!(silent.get_number("magnet_squareness_ratio"), None);
    let told = record("N42UH", |c| {
        let d = declare(c);
        d.dimensions = Some(DimensionDeclaration {
            thickness_tolerance: 5e-5,
            coating_thickness: 2e-5,
        });
        d.composition_method = Some("ICP-OES".to_owned());
        d.coating = Some(Coating::Epoxy);
        d.squareness_ratio = Some(0.95);
    });
    assert!(flags.iter().all(|f| told.get_flag(f) == Some(true)));
    assert_eq!(told.get_text("magnet_coating"), Some("epoxy"));
    assert_eq!(told.get_number("magnet_squareness_ratio"), Some(0.95));
}
