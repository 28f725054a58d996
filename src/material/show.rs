//! `material show`: one material in full, with its curves.

use serde_json::{Value, json};

use super::conductor::Conductor;
use super::curve::{Series, demagnetisation_csv, plot};
use super::library::Library;
use super::list::{columns, confidence_key};
use super::magnet::Magnet;
use super::show_magnet::{magnet_json, magnet_text, states};
use super::sleeve::SleeveRow;
use super::steel::Steel;
use super::{Composition, Kind, MaterialError};

/// A material of any kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Found<'a> {
    /// A permanent magnet.
    Magnet(&'a Magnet),
    /// A steel.
    Steel(&'a Steel),
    /// A conductor.
    Conductor(&'a Conductor),
    /// A sleeve material.
    Sleeve(&'a SleeveRow),
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
    if let Ok(sleeve) = library.sleeve(name) {
        return Ok(Found::Sleeve(sleeve));
    }
    let names = library
        .magnets()
        .iter()
        .map(|m| m.grade.as_str())
        .chain(library.steels().iter().map(|s| s.grade.as_str()))
        .chain(library.conductors().iter().map(|c| c.name.as_str()))
        .chain(library.sleeves().iter().map(|s| s.name.as_str()));
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
        Found::Sleeve(sleeve) => Ok(sleeve_text(sleeve)),
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
        Found::Sleeve(row) => json!({ "kind": "sleeve", "row": row }),
    })
}

/// The curves of one material as comma-separated values: demagnetisation curves of a magnet, the
/// magnetisation curve of a steel, the least strength of a sleeve material; empty for a conductor.
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
        Found::Sleeve(sleeve) => {
            let mut text = String::from("temperature_c,hoop_strength_min_mpa\n");
            for [temperature, strength] in &sleeve.hoop_strength_min_c_mpa {
                text.push_str(&format!("{temperature},{strength}\n"));
            }
            text
        }
    })
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

/// The text of a sleeve material.
fn sleeve_text(sleeve: &SleeveRow) -> String {
    let mpa = |value: f64| format!("{value} MPa");
    let mut rows = vec![
        pair("sleeve", sleeve.name.clone()),
        pair("form", sleeve.form.key().to_owned()),
        pair("density", format!("{} kg/m3", sleeve.density_kg_per_m3)),
        pair("modulus around", mpa(sleeve.hoop_modulus_mpa)),
        pair("modulus along radius", mpa(sleeve.radial_modulus_mpa)),
        pair("Poisson's ratio", sleeve.poisson_ratio.to_string()),
        pair(
            "expansion around",
            format!("{:e} per K", sleeve.hoop_expansion_per_k),
        ),
    ];
    if sleeve.hoop_strength_min_c_mpa.is_empty() {
        rows.push(pair("least strength", "not published".to_owned()));
    }
    for [temperature, strength] in &sleeve.hoop_strength_min_c_mpa {
        rows.push(pair(
            "least strength",
            format!("{strength} MPa at {temperature} C"),
        ));
    }
    if let Some(resistivity) = sleeve.resistivity_ohm_m {
        rows.push(pair("resistivity", format!("{resistivity:e} ohm m")));
    }
    if let Some(conducts) = sleeve.thermal_conductivity_w_per_m_k {
        rows.push(pair("conductivity", format!("{conducts} W/(m K)")));
    }
    if let Some(hottest) = sleeve.temperature_max_c {
        rows.push(pair("used to", format!("{hottest} C")));
    }
    for estimate in &sleeve.estimates {
        rows.push(pair(
            "estimate",
            format!("{}: {}", estimate.field, estimate.reason),
        ));
    }
    provenance(
        &sleeve.source,
        sleeve.confidence,
        sleeve.notes.as_ref(),
        &mut rows,
    );
    columns(&rows)
}

/// A line of name and value.
pub(super) fn pair(name: &str, value: String) -> Vec<String> {
    vec![name.to_owned(), value]
}

/// The composition with the basis of each share.
pub(super) fn composition_rows(composition: Option<&Composition>, rows: &mut Vec<Vec<String>>) {
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
pub(super) fn provenance(
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
