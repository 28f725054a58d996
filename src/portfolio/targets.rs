//! The aims that fleets are set beside: data with their source.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// Aims of a fleet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// Largest share of one country, step by step [1].
    pub largest_country_share_ratio: Vec<f64>,
    /// Least and full stock [d].
    pub stock_days: [f64; 2],
    /// Least recycled mass over the mass of the magnets [1].
    pub recycled_content_min_ratio: f64,
    /// Who says so.
    pub source: String,
    /// How.
    pub evidence: String,
}

static TARGETS: LazyLock<Targets> = LazyLock::new(|| {
    match serde_json::from_str(include_str!("targets.json")) {
        Ok(targets) => targets,
        // Without aims everything would seem to meet them; a test excludes it.
        Err(error) => panic!("the shipped aims do not parse: {error}"),
    }
});

/// The aims of the program.
#[must_use]
pub fn targets() -> &'static Targets {
    &TARGETS
}

#[cfg(test)]
mod tests {
    use super::targets;

    #[test]
    fn the_aims_are_read_and_fall_step_by_step() {
        let steps = &targets().largest_country_share_ratio;
        assert!(!steps.is_empty() && steps.is_sorted_by(|a, b| a > b));
        assert!(steps.iter().all(|s| 0.0 < *s && *s < 1.0));
        let [least, full] = targets().stock_days;
        assert!(0.0 < least && least < full);
    }
}
