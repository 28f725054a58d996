//! The list of choke points.

use super::ChokePoint;
use super::human::with_unit;
use std::fmt::Write;

/// All choke points of a candidate, smallest margin first.
pub(super) fn list(points: &[ChokePoint]) -> String {
    let mut ordered: Vec<&ChokePoint> = points.iter().collect();
    ordered.sort_by(|left, right| left.margin_ratio.total_cmp(&right.margin_ratio));
    let mut text = String::new();
    for point in ordered {
        let pathway = match point.pathway {
            "none" => String::new(),
            pathway => format!(" ({})", pathway.to_uppercase()),
        };
        let value = with_unit(&point.value.to_string(), &point.unit);
        let limit = with_unit(&point.limit.to_string(), &point.unit);
        let _ = writeln!(
            text,
            "  {}, {}: {}{pathway}: {value} against {limit}, margin ratio {}",
            point.kind,
            point.mechanism.replace('_', " "),
            point.location,
            point.margin_ratio
        );
        if let Some(fix) = &point.fix {
            let _ = writeln!(text, "    {fix}");
        }
    }
    text
}
