//! The list of choke points.

use super::ChokePoint;
use super::human::with_unit;
use crate::unit::round_significant;
use std::fmt::Write;

/// All choke points of a candidate, smallest margin first. What is the same on both pathways stands
/// once.
pub(super) fn list(points: &[ChokePoint]) -> String {
    let mut ordered: Vec<&ChokePoint> = points.iter().collect();
    ordered.sort_by(|left, right| left.margin_ratio.total_cmp(&right.margin_ratio));
    let mut lines: Vec<(&ChokePoint, Vec<&str>)> = Vec::new();
    for point in ordered {
        match lines.iter_mut().find(|(known, _)| alike(known, point)) {
            Some((_, pathways)) => pathways.push(point.pathway),
            None => lines.push((point, vec![point.pathway])),
        }
    }
    let mut text = String::new();
    for (point, pathways) in lines {
        let value = with_unit(&point.value.to_string(), &point.unit);
        let limit = with_unit(&point.limit.to_string(), &point.unit);
        let _ = writeln!(
            text,
            "  {}, {}: {}{}: {value} against {limit}, margin ratio {}",
            point.kind,
            point.mechanism.replace('_', " "),
            point.location,
            shown(&pathways),
            round_significant(point.margin_ratio, 3)
        );
        if let Some(fix) = &point.fix {
            let _ = writeln!(text, "    {fix}");
        }
    }
    text
}

/// Whether two points say the same of two pathways.
fn alike(left: &ChokePoint, right: &ChokePoint) -> bool {
    ChokePoint {
        pathway: right.pathway,
        ..left.clone()
    } == *right
}

/// The pathways in brackets; nothing for a machine without any.
fn shown(pathways: &[&str]) -> String {
    if pathways.contains(&"none") {
        return String::new();
    }
    if pathways.contains(&"pair") {
        return " (A, B)".to_owned();
    }
    let mut letters: Vec<String> = pathways.iter().map(|p| p.to_uppercase()).collect();
    letters.sort_unstable();
    format!(" ({})", letters.join(", "))
}
