//! Stages where one country holds too much to do without.

use super::ChokePoint;
use crate::supply::{Declaration, stage_dependence};

/// One point a stage: the largest country's share, undeclared sources counted to it, against all.
pub(super) fn points(declaration: &Declaration, pathway: &'static str) -> Vec<ChokePoint> {
    stage_dependence(declaration)
        .into_iter()
        .map(|stage| ChokePoint {
            kind: "supply",
            mechanism: "single_country",
            location: format!("magnet supply, {}", stage.stage.key().replace('_', " ")),
            pathway,
            value: stage.largest_country_share_ratio,
            limit: 1.0,
            unit: "1",
            margin_ratio: 1.0 - stage.largest_country_share_ratio,
        })
        .collect()
}
