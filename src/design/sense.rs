//! What a schema cannot say: keys that must agree with each other.

use super::form::finding;
use super::{Application, Candidate, Design};
use crate::source::{Document, Finding, is_unseen, quoted};
use crate::supply::Contradiction;
use std::collections::BTreeMap;

/// Everything in a design of the right form that does not make sense.
pub(super) fn contradictions(document: &Document, design: &Design) -> Vec<Finding> {
    let mut findings = application(document, &design.application, "/application");
    if let Some(date) = &design.as_of
        && design.day().is_none()
    {
        let words = [
            format!("the string \"{date}\""),
            "a day of the calendar, as year-month-day".to_owned(),
            "write an existing day".to_owned(),
        ];
        findings.push(finding(document, "no-such-day", "/as_of", false, words));
    }
    findings.extend(repeated_ids(document, &design.candidates));
    findings.extend(fleet(document, design));
    for (index, candidate) in design.candidates.iter().enumerate() {
        let at = format!("/candidates/{index}");
        findings.extend(geometry_source(document, candidate, &at));
        findings.extend(supply(document, candidate, &at));
    }
    findings
}

/// What does not make sense in an application block that stands at the pointer `at`.
pub(super) fn application(document: &Document, block: &Application, at: &str) -> Vec<Finding> {
    let requirement = &block.requirement;
    let environment = &block.environment;
    let ordered = [
        (
            requirement.base_speed <= requirement.max_speed,
            ["requirement", "base_speed_rpm", "max_speed_rpm"],
        ),
        (
            requirement.rated_torque <= requirement.peak_torque,
            ["requirement", "rated_torque_n_m", "peak_torque_n_m"],
        ),
        (
            environment.magnet_temperature_cold <= environment.magnet_temperature_hot,
            [
                "environment",
                "magnet_temperature_cold_c",
                "magnet_temperature_hot_c",
            ],
        ),
    ];
    let winds = block
        .wind
        .iter()
        .flat_map(|wind| wind.findings(document, at));
    ordered
        .into_iter()
        .filter(|(holds, _)| !holds)
        .map(|(_, [block, low, high])| {
            let text_of = |key: &str| {
                let value = document.value().pointer(&format!("{at}/{block}/{key}"));
                value.map_or_else(String::new, ToString::to_string)
            };
            let words = [
                format!("`{low}` {} above `{high}` {}", text_of(low), text_of(high)),
                format!("`{low}` at most `{high}`"),
                "correct one of the two".to_owned(),
            ];
            let high_place = document.locate(&format!("{at}/{block}/{high}"));
            Finding {
                related: Some((high_place, format!("`{high}` stands at"))),
                ..finding(
                    document,
                    "out-of-order",
                    &format!("{at}/{block}/{low}"),
                    false,
                    words,
                )
            }
        })
        .chain(winds)
        .collect()
}

/// Most characters of the source of a geometry: it stands in a sentence of a certificate.
const SOURCE_CHARACTERS: usize = 200;

/// A source of the geometry that would not be one line of a certificate.
fn geometry_source(document: &Document, candidate: &Candidate, at: &str) -> Option<Finding> {
    let source = candidate.geometry_source.as_deref()?;
    let fits = source.chars().count() <= SOURCE_CHARACTERS;
    if fits && !source.trim().is_empty() && !source.chars().any(is_unseen) {
        return None;
    }
    let words = [
        format!("the string \"{}\"", quoted(source)),
        format!("one line of at most {SOURCE_CHARACTERS} characters that are seen"),
        "name the drawing or publication, or leave the key out".to_owned(),
    ];
    let pointer = format!("{at}/geometry_source");
    Some(finding(document, "not-one-line", &pointer, false, words))
}

/// A fleet of a machine that the file does not have, or on a pathway that it does not declare.
fn fleet(document: &Document, design: &Design) -> Option<Finding> {
    let fleet = design.fleet.as_ref()?;
    let Some(candidate) = design.candidate(&fleet.candidate) else {
        let ids: Vec<&str> = design.candidates.iter().map(|c| c.id.as_str()).collect();
        let words = [
            format!("the candidate \"{}\"", quoted(&fleet.candidate)),
            format!("a candidate of the file: {}", ids.join(", ")),
            "name the machine that is built".to_owned(),
        ];
        return Some(finding(
            document,
            "unknown-candidate",
            "/fleet/candidate",
            false,
            words,
        ));
    };
    let pathways = &candidate.magnet_pathways;
    let share = fleet.pathway_b_share_ratio;
    let missing = match (&pathways.a, &pathways.b) {
        (None, _) if candidate.has_magnets() && share < 1.0 => "a",
        (_, None) if share > 0.0 => "b",
        _ => return None,
    };
    let words = [
        format!(
            "machines on pathway {missing}, which `{}` does not declare",
            candidate.id
        ),
        "machines on declared pathways".to_owned(),
        "declare the pathway, or change the share of pathway B".to_owned(),
    ];
    let at = if document
        .value()
        .pointer("/fleet/pathway_b_share_ratio")
        .is_some()
    {
        "/fleet/pathway_b_share_ratio"
    } else {
        "/fleet"
    };
    Some(finding(document, "undeclared-pathway", at, false, words))
}

fn repeated_ids(document: &Document, candidates: &[Candidate]) -> Vec<Finding> {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    let mut findings = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let here = format!("/candidates/{index}/id");
        if let Some(first) = seen.get(candidate.id.as_str()) {
            let words = [
                format!("the id \"{}\" a second time", candidate.id),
                "an id that no other candidate of the file has".to_owned(),
                "rename one of the two".to_owned(),
            ];
            findings.push(Finding {
                related: Some((document.locate(first), "first used at".to_owned())),
                ..finding(document, "duplicate-id", &here, false, words)
            });
        } else {
            seen.insert(&candidate.id, here);
        }
    }
    findings
}

/// Declarations of supply that cannot be true.
fn supply(document: &Document, candidate: &Candidate, at: &str) -> Vec<Finding> {
    let materials = &candidate.material_supply;
    let entries = [
        ("copper", &materials.copper),
        ("electrical_steel", &materials.electrical_steel),
    ];
    let of_materials: Vec<Contradiction> = entries
        .iter()
        .filter_map(|(name, entry)| Some(entry.as_ref()?.contradictions(&format!("/{name}"))))
        .flatten()
        .collect();
    let tell = |place: String, found: Vec<Contradiction>| -> Vec<Finding> {
        let each = found.iter();
        each.map(|c| untrue(document, &format!("{place}{}", c.pointer()), c))
            .collect()
    };
    let mut findings = tell(format!("{at}/material_supply"), of_materials);
    let pathways = &candidate.magnet_pathways;
    for (name, pathway) in [("a", &pathways.a), ("b", &pathways.b)] {
        let Some(pathway) = pathway else { continue };
        let place = format!("{at}/magnet_pathways/{name}/supply");
        findings.extend(tell(place, pathway.supply.contradictions()));
    }
    findings
}

fn untrue(document: &Document, at: &str, contradiction: &Contradiction) -> Finding {
    let (code, expected, fix) = match contradiction {
        Contradiction::MoreThanWhole { .. } => (
            "shares-exceed-whole",
            "a sum of at most 1",
            "lower the shares; what is left to 1 counts as undeclared",
        ),
        Contradiction::NamelessSupplier { .. } => (
            "nameless-supplier",
            "the name of the supplier",
            "name the supplier, or leave the source out",
        ),
        Contradiction::Country { .. } => (
            "wrong-form",
            "two capital letters of ISO 3166-1 alpha-2",
            "write the country's code",
        ),
        Contradiction::Range { expected, .. } => ("out-of-range", *expected, "correct the value"),
    };
    let words = [
        contradiction.to_string(),
        expected.to_owned(),
        fix.to_owned(),
    ];
    finding(document, code, at, false, words)
}
