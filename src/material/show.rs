//! `material show`: one material in full, with its curves.

use serde_json::{Value, json};

use super::conductor::Conductor;
use super::curve::{Series, demagnetisation_csv, demagnetisation_curve, plot};
use super::library::Library;
use super::list::{columns, confidence_key};
use super::magnet::{Corner, Corners, Magnet};
use super::quantity::{show_energy_product, show_field_strength, show_flux_density};
use super::state::MagnetState;
use super::steel::Steel;
use super::{Composition, Kind, MaterialError};
use crate::unit::round_significant;

/// Temperatures shown unless others are asked for [°C].
const TEMPERATURES_C: [f64; 6] = [-40.0, 20.0, 60.0, 100.0, 120.0, 150.0];

/// A material of any kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Found<'a> {
    /// A permanent magnet.
    Magnet(&'a Magnet),
    /// A steel.
    Steel(&'a Steel),
    /// A conductor.
    Conductor(&'a Conductor),
}

/// The material of that name among all kinds.
///
/// # Errors
/// When there is none; the error lists the nearest names of all kinds.
pub fn find<'a>(library: &'a Library, name: &str) -> Result<Found<'a>, MaterialError> {
    if let Ok(magnet) = library.magnet(name) {
        return Ok(Found::Magnet(magnet));
    }
    if let Ok(steel) = library.steel(name) {
        return Ok(Found::Steel(steel));
    }
    if let Ok(conductor) = library.conductor(name) {
        return Ok(Found::Conductor(conductor));
    }
    let names = library
        .magnets()
        .iter()
        .map(|m| m.grade.as_str())
        .chain(library.steels().iter().map(|s| s.grade.as_str()))
        .chain(library.conductors().iter().map(|c| c.name.as_str()));
    Err(MaterialError::Unknown {
        kind: Kind::Material,
        name: name.to_owned(),
        nearest: super::nearest::nearest(name, names),
    })
}

/// One material as text. `temperatures_c` is for magnets; empty takes the usual ones.
///
/// # Errors
/// When a temperature asked for is outside the data of the magnet.
pub fn show_text(found: Found<'_>, temperatures_c: &[f64]) -> Result<String, MaterialError> {
    match found {
        Found::Magnet(magnet) => magnet_text(magnet, temperatures_c),
        Found::Steel(steel) => Ok(steel_text(steel)),
        Found::Conductor(conductor) => Ok(conductor_text(conductor)),
    }
}

/// One material as JSON: the row as its file gives it, and what follows from it.
///
/// # Errors
/// When a temperature asked for is outside the data of the magnet.
pub fn show_json(found: Found<'_>, temperatures_c: &[f64]) -> Result<Value, MaterialError> {
    Ok(match found {
        Found::Magnet(magnet) => magnet_json(magnet, &states(magnet, temperatures_c)?),
        Found::Steel(steel) => {
            json!({ "kind": "steel", "row": steel.row, "composition": steel.composition })
        }
        Found::Conductor(conductor) => {
            json!({ "kind": "conductor", "row": conductor.row, "composition": conductor.composition })
        }
    })
}

/// The curves of one material as comma-separated values: demagnetisation curves of a magnet, the
/// magnetisation curve of a steel; empty for a conductor.
///
/// # Errors
/// When a temperature asked for is outside the data of the magnet.
pub fn show_csv(found: Found<'_>, temperatures_c: &[f64]) -> Result<String, MaterialError> {
    Ok(match found {
        Found::Magnet(magnet) => demagnetisation_csv(&states(magnet, temperatures_c)?),
        Found::Steel(steel) => {
            let mut text = String::from("field_strength_a_per_m,flux_density_t\n");
            for (h, b) in &steel.bh {
                text.push_str(&format!("{h},{b}\n"));
            }
            text
        }
        Found::Conductor(_) => String::new(),
    })
}

/// States at the temperatures asked for, or at those of the usual ones that the data reach. A grade
/// that lacks Br or HcJ has none.
fn states(magnet: &Magnet, temperatures_c: &[f64]) -> Result<Vec<MagnetState>, MaterialError> {
    if !temperatures_c.is_empty() {
        return temperatures_c
            .iter()
            .map(|t| magnet.state(Corner::Minimum, *t))
            .collect();
    }
    let Some((low, high)) = magnet.usable_range_c() else {
        return Ok(Vec::new());
    };
    TEMPERATURES_C
        .iter()
        .filter(|t| (low..=high).contains(*t))
        .map(|t| magnet.state(Corner::Minimum, *t))
        .collect()
}

/// The JSON of a magnet.
fn magnet_json(magnet: &Magnet, states: &[MagnetState]) -> Value {
    let mut value = json!({ "kind": "magnet", "row": magnet.row });
    if let Some(composition) = &magnet.composition {
        value["composition"] = json!(composition);
        value["heavy_rare_earth_mass_fraction_ratio"] =
            json!(round_significant(composition.heavy_rare_earth_share(), 6));
    }
    if let Some(basis) = magnet.hcj_temperature_basis() {
        value["hcj_temperature_basis"] = json!(basis);
    }
    let rounded = |number: f64| round_significant(number, 6);
    value["states"] = states
        .iter()
        .map(|state| {
            let mut shown = json!({
                "corner": "minimum",
                "temperature_c": state.temperature_c,
                "remanence_t": rounded(state.remanence_t),
                "coercivity_hcj_ka_per_m": rounded(state.coercivity_hcj_a_per_m / 1e3),
                "knee_factor": state.knee_factor,
                "knee_flux_density_t": rounded(state.knee_flux_density_t),
                "basis": state.basis,
                "warnings": state.warnings,
                "demagnetisation_curve": demagnetisation_curve(state),
            });
            if let Some(core) = state.core {
                shown["core_hcj_ka_per_m"] = json!(rounded(core.core_hcj_a_per_m / 1e3));
                shown["diffusion_depth_mm"] = json!(rounded(core.depth_m * 1e3));
            }
            shown
        })
        .collect();
    value
}

/// Three corners in one line.
fn corners_line(corners: &Corners, show: fn(f64) -> String) -> String {
    [
        ("min", corners.minimum),
        ("nominal", corners.nominal),
        ("max", corners.maximum),
    ]
    .map(|(name, (value, origin))| format!("{name} {} [{}]", show(value), origin.key()))
    .join(", ")
}

/// The text of a magnet.
fn magnet_text(magnet: &Magnet, temperatures_c: &[f64]) -> Result<String, MaterialError> {
    let states = states(magnet, temperatures_c)?;
    let mut rows = vec![
        pair("grade", magnet.grade.clone()),
        pair(
            "family",
            format!("{}, {}", magnet.family.key(), magnet.process.key()),
        ),
        pair("data", magnet.data_kind.key().to_owned()),
    ];
    if !magnet.aliases.is_empty() {
        rows.push(pair("also", magnet.aliases.join(", ")));
    }
    let missing = || "not published".to_owned();
    let br = magnet
        .remanence_t
        .map(|c| corners_line(&c, show_flux_density));
    rows.push(pair("Br at 20 C", br.unwrap_or_else(missing)));
    let hcj = magnet.coercivity_hcj_a_per_m;
    let hcj = hcj.map(|c| corners_line(&c, show_field_strength));
    rows.push(pair("HcJ at 20 C", hcj.unwrap_or_else(missing)));
    if let Some(energy) = magnet.row.energy_product_max_kj_per_m3 {
        let printed = [
            ("min", energy.min),
            ("nominal", energy.nominal),
            ("max", energy.max),
        ];
        let printed: Vec<String> = printed
            .iter()
            .filter_map(|(name, q)| q.map(|q| format!("{name} {}", show_energy_product(q.0))))
            .collect();
        rows.push(pair("(BH)max", printed.join(", ")));
    }
    if let Some(basis) = magnet.hcj_temperature_basis() {
        rows.push(pair("HcJ(T)", basis.key().to_owned()));
    }
    if let Some((low, high)) = magnet.usable_range_c() {
        rows.push(pair("usable", format!("{low} to {high} C")));
    }
    rows.push(pair(
        "recoil permeability",
        magnet.recoil_permeability.to_string(),
    ));
    let knee = if magnet.knee_factor_published {
        "published"
    } else {
        "default"
    };
    rows.push(pair(
        "knee factor",
        format!("{} [{knee}]", magnet.knee_factor),
    ));
    rows.push(pair(
        "density",
        format!("{} kg/m3", magnet.density_kg_per_m3),
    ));
    if let Some(diffusion) = &magnet.diffusion {
        rows.push(pair(
            "diffusion",
            format!(
                "surface {}, core {}, depth {:.2} mm [{}]: {}",
                show_field_strength(diffusion.surface_hcj_20c_a_per_m),
                show_field_strength(diffusion.core_hcj_20c_a_per_m),
                diffusion.depth_m * 1e3,
                confidence_key(diffusion.confidence),
                diffusion.source
            ),
        ));
    }
    composition_rows(magnet.composition.as_ref(), &mut rows);
    provenance(
        &magnet.row.source,
        magnet.confidence,
        magnet.row.notes.as_ref(),
        &mut rows,
    );
    let mut text = columns(&rows);
    text.push_str(&states_text(&states));
    Ok(text)
}

/// The states of a magnet and the picture of their curves.
fn states_text(states: &[MagnetState]) -> String {
    let Some(last) = states.last() else {
        return "\nno state: Br or HcJ is not published\n".to_owned();
    };
    let head = ["T C", "Br", "HcJ", "core HcJ", "knee at B"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for state in states {
        rows.push(vec![
            state.temperature_c.to_string(),
            show_flux_density(state.remanence_t),
            show_field_strength(state.coercivity_hcj_a_per_m),
            state.core.map_or("-".to_owned(), |core| {
                show_field_strength(core.core_hcj_a_per_m)
            }),
            format!("{:+.3} T", state.knee_flux_density_t),
        ]);
    }
    let series: Vec<Series> = states
        .iter()
        .map(|state| Series {
            label: format!("B(H) at {} C", state.temperature_c),
            points: demagnetisation_curve(state)
                .iter()
                .map(|p| (p.field_strength_a_per_m / 1e3, p.flux_density_t))
                .collect(),
        })
        .collect();
    let mut text = format!("\nminimum corner:\n{}", columns(&rows));
    text.push_str(&format!(
        "basis at {} C: {}\n",
        last.temperature_c, last.basis
    ));
    for warning in &last.warnings {
        text.push_str(&format!("note: {warning}\n"));
    }
    text.push('\n');
    text.push_str(&plot(&series, "H kA/m", "B T"));
    text
}

/// The text of a steel.
fn steel_text(steel: &Steel) -> String {
    let mut rows = vec![pair("steel", steel.grade.clone())];
    if let Some(thickness) = steel.lamination_thickness_m {
        rows.push(pair("thickness", format!("{:.3} mm", thickness * 1e3)));
    }
    rows.push(pair(
        "density",
        format!("{} kg/m3", steel.density_kg_per_m3),
    ));
    if let Some(resistivity) = steel.resistivity_ohm_m {
        rows.push(pair("resistivity", format!("{resistivity:e} ohm m")));
    }
    let loss = match (steel.loss.len(), &steel.loss_fit) {
        (0, None) => "not published".to_owned(),
        (0, Some(fit)) => format!("no table; {}", fit.source),
        (points, _) => format!("{points} points"),
    };
    rows.push(pair("loss table", loss));
    composition_rows(steel.composition.as_ref(), &mut rows);
    provenance(
        &steel.row.source,
        steel.confidence,
        steel.row.notes.as_ref(),
        &mut rows,
    );
    let mut text = columns(&rows);
    text.push('\n');
    // Logarithmic in H: the knee of a steel lies a thousandth along a linear axis.
    let points = steel
        .bh
        .iter()
        .skip(1)
        .map(|(h, b)| (h.log10(), *b))
        .collect();
    let label = format!("{} points", steel.bh.len());
    text.push_str(&plot(&[Series { label, points }], "log10 H in A/m", "B T"));
    text
}

/// The text of a conductor.
fn conductor_text(conductor: &Conductor) -> String {
    let mut rows = vec![
        pair("conductor", conductor.name.clone()),
        pair(
            "resistivity",
            format!("{:e} ohm m at 20 C", conductor.resistivity_20c_ohm_m),
        ),
        pair(
            "coefficient",
            format!("{} per K", conductor.temperature_coefficient_per_k),
        ),
        pair("density", format!("{} kg/m3", conductor.density_kg_per_m3)),
        pair("length factor", conductor.length_factor_ratio.to_string()),
    ];
    composition_rows(conductor.composition.as_ref(), &mut rows);
    provenance(
        &conductor.row.source,
        conductor.confidence,
        conductor.row.notes.as_ref(),
        &mut rows,
    );
    columns(&rows)
}

/// A line of name and value.
fn pair(name: &str, value: String) -> Vec<String> {
    vec![name.to_owned(), value]
}

/// The composition with the basis of each share.
fn composition_rows(composition: Option<&Composition>, rows: &mut Vec<Vec<String>>) {
    let Some(composition) = composition else {
        rows.push(pair("composition", "not published".to_owned()));
        return;
    };
    let shares: Vec<String> = composition
        .elements
        .iter()
        .map(|share| format!("{} {:.2}", share.element, share.mass_fraction_ratio * 100.0))
        .collect();
    let confidence = confidence_key(composition.confidence);
    rows.push(pair(
        "composition",
        format!("{} wt% [{confidence}]", shares.join(", ")),
    ));
    let heavy = composition.heavy_rare_earth_share();
    if heavy > 0.0 {
        rows.push(pair(
            "heavy rare earth",
            format!("{:.2} wt%", heavy * 100.0),
        ));
    }
    rows.push(pair("composition source", composition.source.clone()));
}

/// Source, confidence and notes.
fn provenance(
    source: &str,
    confidence: super::Confidence,
    notes: Option<&String>,
    rows: &mut Vec<Vec<String>>,
) {
    rows.push(pair("source", source.to_owned()));
    rows.push(pair("confidence", confidence_key(confidence).to_owned()));
    if let Some(notes) = notes {
        rows.push(pair("notes", notes.clone()));
    }
}
