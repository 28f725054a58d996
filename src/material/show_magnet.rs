//! One magnet in full: data, states at temperature, demagnetisation curves.

use serde_json::{Value, json};

use super::MaterialError;
use super::corner::{Corner, Corners};
use super::curve::{Series, demagnetisation_curve, plot};
use super::list::{columns, confidence_key};
use super::magnet::Magnet;
use super::quantity::{show_energy_product, show_field_strength, show_flux_density};
use super::show::{composition_rows, pair, provenance};
use super::state::MagnetState;
use crate::unit::round_significant;

/// Temperatures shown unless others are asked for [°C].
const TEMPERATURES_C: [f64; 6] = [-40.0, 20.0, 60.0, 100.0, 120.0, 150.0];

/// States at the temperatures asked for, or at those of the usual ones that the data reach. A grade
/// that lacks Br or HcJ has none.
pub(super) fn states(
    magnet: &Magnet,
    temperatures_c: &[f64],
) -> Result<Vec<MagnetState>, MaterialError> {
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
pub(super) fn magnet_json(magnet: &Magnet, states: &[MagnetState]) -> Value {
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
pub(super) fn magnet_text(
    magnet: &Magnet,
    temperatures_c: &[f64],
) -> Result<String, MaterialError> {
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
