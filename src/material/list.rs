//! `material list`: which materials there are, by family, heavy rare earth, and what they do at
//! temperature.

use serde_json::{Value, json};

use crate::unit::round_significant;

use super::corner::Corner;
use super::library::Library;
use super::magnet::Magnet;
use super::row::Family;

/// A least value at a temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtTemperature {
    /// Temperature [°C].
    pub temperature_c: f64,
    /// Least value there (HcJ [A/m] or Br [T]).
    pub least: f64,
}

/// What a grade must meet to be listed. An empty filter lists everything.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MagnetFilter {
    /// Family.
    pub family: Option<Family>,
    /// Most heavy rare earth [1].
    pub heavy_rare_earth_max_ratio: Option<f64>,
    /// Least HcJ (minimum corner) at a temperature [A/m].
    pub coercivity: Option<AtTemperature>,
    /// Least Br (minimum corner) at a temperature [T].
    pub remanence: Option<AtTemperature>,
}

/// Grades that meet a filter, and those that could not be compared with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<'a> {
    /// Grades that meet the filter, in the order of the library.
    pub magnets: Vec<&'a Magnet>,
    /// Grades whose data do not tell, with the reason: neither listed nor silently dropped.
    pub undecided: Vec<(&'a Magnet, String)>,
}

/// Whether a grade meets the filter; the reason where its data do not tell.
fn meets(magnet: &Magnet, filter: &MagnetFilter) -> Result<bool, String> {
    if filter.family.is_some_and(|family| family != magnet.family) {
        return Ok(false);
    }
    if let Some(most) = filter.heavy_rare_earth_max_ratio {
        match magnet.heavy_rare_earth_share() {
            Some(share) if share > most => return Ok(false),
            Some(_) => {}
            None => return Err("its heavy rare earth content is not published".to_owned()),
        }
    }
    if let Some(wanted) = filter.coercivity {
        let found = magnet
            .coercivity_at(Corner::Minimum, wanted.temperature_c)
            .map_err(|error| error.to_string())?;
        if found < wanted.least {
            return Ok(false);
        }
    }
    if let Some(wanted) = filter.remanence {
        let found = magnet
            .remanence_at(Corner::Minimum, wanted.temperature_c)
            .map_err(|error| error.to_string())?;
        if found < wanted.least {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The magnets that meet a filter.
#[must_use]
pub fn list<'a>(library: &'a Library, filter: &MagnetFilter) -> Listing<'a> {
    let mut listing = Listing {
        magnets: Vec::new(),
        undecided: Vec::new(),
    };
    for magnet in library.magnets() {
        match meets(magnet, filter) {
            Ok(true) => listing.magnets.push(magnet),
            Ok(false) => {}
            Err(reason) => listing.undecided.push((magnet, reason)),
        }
    }
    listing
}

/// The temperatures that a listing shows: 20 °C, and what the filter asks about.
fn shown_temperatures(filter: &MagnetFilter) -> Vec<f64> {
    let mut temperatures = vec![20.0];
    for asked in [filter.coercivity, filter.remanence].into_iter().flatten() {
        if !temperatures.contains(&asked.temperature_c) {
            temperatures.push(asked.temperature_c);
        }
    }
    temperatures
}

/// A value, or a dash where no source prints it.
fn or_dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| "-".to_owned())
}

/// Rows of text with columns as wide as their widest cell.
pub(super) fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        text.push_str(line.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// The library as text: magnets that meet the filter, steels, conductors and sleeves.
#[must_use]
pub fn list_text(library: &Library, filter: &MagnetFilter) -> String {
    let listing = list(library, filter);
    let temperatures = shown_temperatures(filter);
    let mut head: Vec<String> = ["magnet", "family", "process", "data"]
        .map(str::to_owned)
        .to_vec();
    for t in &temperatures {
        head.push(format!("Br_min T {t}C"));
        head.push(format!("HcJ_min kA/m {t}C"));
    }
    for name in ["heavy RE wt%", "HcJ(T)", "range C", "confidence"] {
        head.push(name.to_owned());
    }
    let mut rows = vec![head];
    for magnet in &listing.magnets {
        rows.push(magnet_cells(magnet, &temperatures));
    }
    let mut text = columns(&rows);
    text.push_str(&format!("{} magnet grades\n", listing.magnets.len()));
    if !listing.undecided.is_empty() {
        text.push_str("\nnot comparable with this filter:\n");
        for (magnet, reason) in &listing.undecided {
            text.push_str(&format!("  {}: {reason}\n", magnet.grade));
        }
    }
    if *filter == MagnetFilter::default() {
        text.push('\n');
        text.push_str(&soft_text(library));
    }
    text
}

/// The cells of one magnet.
fn magnet_cells(magnet: &Magnet, temperatures: &[f64]) -> Vec<String> {
    let mut cells = vec![
        magnet.grade.clone(),
        magnet.family.key().to_owned(),
        magnet.process.key().to_owned(),
        magnet.data_kind.key().to_owned(),
    ];
    for t in temperatures {
        let br = magnet.remanence_at(Corner::Minimum, *t).ok();
        let hcj = magnet.coercivity_at(Corner::Minimum, *t).ok();
        cells.push(or_dash(br.map(|b| format!("{b:.3}"))));
        cells.push(or_dash(hcj.map(|h| format!("{:.0}", h / 1e3))));
    }
    let share = magnet.heavy_rare_earth_share();
    cells.push(or_dash(share.map(|share| format!("{:.2}", share * 100.0))));
    cells.push(or_dash(
        magnet.hcj_temperature_basis().map(|b| b.key().to_owned()),
    ));
    let range = magnet.usable_range_c();
    cells.push(or_dash(range.map(|(low, high)| format!("{low}..{high}"))));
    cells.push(confidence_key(magnet.confidence).to_owned());
    cells
}

/// The word of a confidence.
pub(super) fn confidence_key(confidence: super::Confidence) -> &'static str {
    match confidence {
        super::Confidence::High => "high",
        super::Confidence::Medium => "medium",
        super::Confidence::Low => "low",
        super::Confidence::Estimated => "estimated",
    }
}

/// Steels, conductors and sleeves as text.
fn soft_text(library: &Library) -> String {
    let head = [
        "steel",
        "mm",
        "kg/m3",
        "B-H points",
        "B max T",
        "loss points",
        "confidence",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for steel in library.steels() {
        rows.push(vec![
            steel.grade.clone(),
            or_dash(
                steel
                    .lamination_thickness_m
                    .map(|t| format!("{:.3}", t * 1e3)),
            ),
            format!("{}", steel.density_kg_per_m3),
            steel.bh.len().to_string(),
            or_dash(steel.bh.last().map(|p| format!("{:.2}", p.1))),
            steel.loss.len().to_string(),
            confidence_key(steel.confidence).to_owned(),
        ]);
    }
    let mut text = columns(&rows);
    text.push('\n');
    let head = ["conductor", "ohm m at 20 C", "per K", "kg/m3", "confidence"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for conductor in library.conductors() {
        rows.push(vec![
            conductor.name.clone(),
            format!("{:e}", conductor.resistivity_20c_ohm_m),
            format!("{}", conductor.temperature_coefficient_per_k),
            format!("{}", conductor.density_kg_per_m3),
            confidence_key(conductor.confidence).to_owned(),
        ]);
    }
    text.push_str(&columns(&rows));
    text.push('\n');
    let head = [
        "sleeve",
        "form",
        "kg/m3",
        "MPa around",
        "MPa along radius",
        "per K",
        "least strength MPa",
        "confidence",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for sleeve in library.sleeves() {
        let strength = sleeve.hoop_strength_min_c_mpa.first();
        rows.push(vec![
            sleeve.name.clone(),
            sleeve.form.key().to_owned(),
            format!("{}", sleeve.density_kg_per_m3),
            format!("{}", sleeve.hoop_modulus_mpa),
            format!("{}", sleeve.radial_modulus_mpa),
            format!("{:e}", sleeve.hoop_expansion_per_k),
            or_dash(strength.map(|[at, strength]| format!("{strength} at {at} C"))),
            confidence_key(sleeve.confidence).to_owned(),
        ]);
    }
    text.push_str(&columns(&rows));
    text
}

/// The library as JSON, with the same filter.
#[must_use]
pub fn list_json(library: &Library, filter: &MagnetFilter) -> Value {
    let listing = list(library, filter);
    let temperatures = shown_temperatures(filter);
    let magnets: Vec<Value> = listing
        .magnets
        .iter()
        .map(|magnet| magnet_summary(magnet, &temperatures))
        .collect();
    let undecided: Vec<Value> = listing
        .undecided
        .iter()
        .map(|(magnet, reason)| json!({ "grade": magnet.grade, "reason": reason }))
        .collect();
    let mut value = json!({ "magnets": magnets, "not_comparable": undecided });
    if *filter == MagnetFilter::default() {
        value["steels"] = library.steels().iter().map(|s| json!({
            "grade": s.grade, "form": s.form, "density_kg_per_m3": s.density_kg_per_m3,
            "bh_point_count": s.bh.len(), "loss_point_count": s.loss.len(), "confidence": s.confidence,
        })).collect();
        value["conductors"] = library.conductors().iter().map(|c| json!({
            "name": c.name, "form": c.form, "resistivity_20c_ohm_m": c.resistivity_20c_ohm_m,
            "density_kg_per_m3": c.density_kg_per_m3, "confidence": c.confidence,
        })).collect();
        value["sleeves"] = library.sleeves().iter().map(|s| json!({
            "name": s.name, "form": s.form, "density_kg_per_m3": s.density_kg_per_m3,
            "hoop_modulus_mpa": s.hoop_modulus_mpa, "radial_modulus_mpa": s.radial_modulus_mpa,
            "hoop_expansion_per_k": s.hoop_expansion_per_k, "confidence": s.confidence,
        })).collect();
    }
    value
}

/// One magnet in a JSON listing; what no source prints is absent.
fn magnet_summary(magnet: &Magnet, temperatures: &[f64]) -> Value {
    let at: Vec<Value> = temperatures
        .iter()
        .map(|t| {
            let mut point = json!({ "temperature_c": t });
            if let Ok(br) = magnet.remanence_at(Corner::Minimum, *t) {
                point["remanence_min_t"] = json!(round_significant(br, 6));
            }
            if let Ok(hcj) = magnet.coercivity_at(Corner::Minimum, *t) {
                point["coercivity_hcj_min_ka_per_m"] = json!(round_significant(hcj / 1e3, 6));
            }
            point
        })
        .collect();
    let mut value = json!({
        "grade": magnet.grade,
        "family": magnet.family,
        "process": magnet.process,
        "data_kind": magnet.data_kind,
        "at": at,
        "confidence": magnet.confidence,
    });
    if let Some(share) = magnet.heavy_rare_earth_share() {
        value["heavy_rare_earth_mass_fraction_ratio"] = json!(round_significant(share, 6));
    }
    if let Some(basis) = magnet.hcj_temperature_basis() {
        value["hcj_temperature_basis"] = json!(basis);
    }
    if let Some((low, high)) = magnet.usable_range_c() {
        value["usable_range_c"] = json!([low, high]);
    }
    value
}
