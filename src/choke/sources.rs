//! Places in the chain of a pathway: a country that holds too much to do without, an element that the world
//! gets from one country, an export control or procurement rule that touches it.

use super::ChokePoint;
use crate::supply::rule::{RuleKind, Standing};
use crate::supply::{CommonMode, Element, Sheet, Stage};

/// Points of a pathway: one a link, one for each element and stage of which the world's shares are known,
/// one for each export control and procurement rule.
pub(super) fn points(sheet: &Sheet) -> Vec<ChokePoint> {
    let pathway = match sheet.pathway {
        // The materials of the machine belong to no pathway.
        "machine" => "none",
        pathway => pathway,
    };
    let mut points: Vec<ChokePoint> = Vec::new();
    for link in &sheet.links {
        let country = match (&link.largest_country, link.undeclared_share_ratio > 0.0) {
            (Some(country), false) => format!("most from {country}"),
            (Some(country), true) => {
                format!("most from {country}, the undeclared part counted to it")
            }
            (None, _) => "undeclared".to_owned(),
        };
        let place = format!("{}, {country}", stage_of(&link.elements, link.stage));
        points.push(point(
            "single_country",
            place,
            pathway,
            link.largest_country_share_ratio,
        ));
        for world in &link.world {
            let place = format!(
                "{}, most of the world's production in {} from {} (context, not a declaration)",
                stage_of(&[world.element], link.stage),
                world.year,
                world.country
            );
            points.push(point(
                "world_concentration",
                place,
                pathway,
                world.share_ratio,
            ));
        }
    }
    for rule in &sheet.rules {
        let mechanism = match rule.kind {
            RuleKind::ExportControl => "export_control",
            RuleKind::Procurement => "procurement",
            _ => continue,
        };
        let standing = match rule.standing {
            Standing::Announced => format!("in force from {}", rule.effective_from),
            Standing::InForce => format!("in force since {}", rule.effective_from),
            Standing::Suspended => match rule.suspended_until {
                Some(day) => format!("suspended until {day}"),
                None => "suspended".to_owned(),
            },
        };
        let touched: Vec<String> = rule
            .touches
            .iter()
            .map(|touched| stage_of(&touched.elements, touched.stage))
            .collect();
        let share = rule
            .touches
            .iter()
            .map(|t| t.share_ratio)
            .fold(0.0, f64::max);
        let place = format!("{}: {}, {standing}", touched.join("; "), rule.instrument);
        points.push(point(mechanism, place, pathway, share));
    }
    points
}

/// Places on which both pathways draw. There the limit is that nothing is shared.
pub(super) fn common(places: &[CommonMode]) -> Vec<ChokePoint> {
    let each = places.iter().map(|place| {
        let country = place
            .country
            .as_deref()
            .unwrap_or("a country that is undeclared");
        let share = match place.country {
            // Both lose what both draw from there.
            Some(_) => place.share_a_ratio.min(place.share_b_ratio),
            // What is undeclared on one side may be where the other draws.
            None => place.share_a_ratio.max(place.share_b_ratio),
        };
        ChokePoint {
            kind: "supply",
            mechanism: "common_mode",
            key: "",
            location: format!(
                "{} in {country}: A {}, B {}",
                words(place.stage),
                symbols(&place.elements_a),
                symbols(&place.elements_b)
            ),
            pathway: "pair",
            value: share,
            limit: 0.0,
            unit: "1",
            margin_ratio: -share,
        }
    });
    each.collect()
}

fn point(
    mechanism: &'static str,
    location: String,
    pathway: &'static str,
    share: f64,
) -> ChokePoint {
    ChokePoint {
        kind: "supply",
        mechanism,
        key: "",
        location,
        pathway,
        value: share,
        limit: 1.0,
        unit: "1",
        margin_ratio: 1.0 - share,
    }
}

/// A stage and what passes through it, in words.
pub(crate) fn stage_of(elements: &[Element], stage: Stage) -> String {
    format!("{} of {}", words(stage), symbols(elements))
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Mining => "mining",
        Stage::Separation => "separation",
        Stage::MetalAndAlloy => "metal and alloy",
        Stage::Magnet => "magnet making",
    }
}

fn symbols(elements: &[Element]) -> String {
    if elements.is_empty() {
        return "nothing declared".to_owned();
    }
    let names: Vec<String> = elements
        .iter()
        .map(|e| e.symbol().replace('_', " "))
        .collect();
    names.join(", ")
}
